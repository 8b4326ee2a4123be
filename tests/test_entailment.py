"""The closure against files of cases, against owlrl on the real ontology, and against owlrl on generated graphs.

A case is `tests/entailment/<rule>[.<why>].trig`: its graph `ex:ontology` is the ontology, its default graph the data.
Beside it stands what has to come of it: `.nt` the inferred triples, `.clash` or `.refused` the report. The reference
has to agree, but where a file `.owlrl` says how it errs.
"""

from __future__ import annotations

import os
from pathlib import Path

import pyoxigraph
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ruiran_ld import entailment
from ruiran_ld.entailment import reference as owlrl
from ruiran_ld.entailment.ontology import Ontology
from ruiran_ld.entailment.rules import CLASHING, IDENTIFYING, INFERRING
from ruiran_ld.entailment.terms import TYPE, Triple, owl, rdf, rdfs
from ruiran_ld.errors import DataError, InternalError, Place
from ruiran_ld.ntriples import term

CASES = Path(__file__).parent / "entailment"
ROOT = Path(__file__).parents[1]
EX = "https://example.org/"
EXAMPLES = int(os.environ.get("RUIRAN_EXAMPLES", "25"))


def cases(suffix: str) -> list[str]:
    return sorted(file.stem for file in CASES.glob(f"*{suffix}"))


def load(name: str) -> tuple[Ontology, list[str]]:
    """Read a case: its ontology, and its data as lines."""
    ontology, data, axioms = Ontology(), [], []
    parser = pyoxigraph.parse(path=str(CASES / f"{name}.trig"), format=pyoxigraph.RdfFormat.TRIG)
    for quad in parser:
        s, p, o = quad.triple
        assert not isinstance(s, pyoxigraph.Triple)
        assert not isinstance(o, pyoxigraph.Triple)
        triple = Triple(term(s), term(p), term(o))
        if isinstance(quad.graph_name, pyoxigraph.DefaultGraph):
            data.append(f"{triple.s} {triple.p} {triple.o} .")
        else:
            axioms.append(triple)
    ontology.prefixes.update(parser.prefixes)
    ontology.add(axioms, "ontology.ttl")
    return ontology, data


def run(name: str) -> tuple[Ontology, list[str], entailment.Closure]:
    ontology, data = load(name)
    return ontology, data, entailment.entail(data, entailment.compile_axioms(ontology))


def agree(ontology: Ontology, data: list[str], ours: entailment.Closure) -> bool:
    """Say whether the reference gives the same triples, or finds the same clashes."""
    theirs = owlrl.reference(entailment.read_data(data), ontology)
    if theirs.merged or any(clash.rule in IDENTIFYING for clash in ours.clashes):
        # Once two names are one, owlrl goes on with the merged thing: only the verdict can be compared.
        return theirs.merged and any(clash.rule in IDENTIFYING for clash in ours.clashes)
    if theirs.clashes or ours.clashes:
        return theirs.clashes == {owlrl.outline(clash) for clash in ours.clashes}
    return theirs.inferred == ours.inferred


# --- Cases --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", cases(".nt"))
def test_infers_what_the_case_says(name: str) -> None:
    ontology, data, closure = run(name)
    assert closure.clashes == ()
    assert "".join(f"{line}\n" for line in closure.inferred) == (CASES / f"{name}.nt").read_text()
    assert agree(ontology, data, closure)


@pytest.mark.parametrize("name", cases(".clash"))
def test_reports_the_clashes_that_the_case_says(name: str) -> None:
    ontology, data, closure = run(name)
    with pytest.raises(DataError) as stopped:
        closure.require_consistency()
    assert f"{stopped.value}\n" == (CASES / f"{name}.clash").read_text()
    assert {clash.rule for clash in closure.clashes} == {name.split(".", 1)[0]}
    assert agree(ontology, data, closure) != (CASES / f"{name}.owlrl").exists()


@pytest.mark.parametrize("name", cases(".refused"))
def test_refuses_aloud_what_is_not_implemented(name: str) -> None:
    with pytest.raises(DataError) as refused:
        run(name)
    assert f"{refused.value}\n" == (CASES / f"{name}.refused").read_text()


def test_every_rule_has_a_case_and_every_case_an_expectation() -> None:
    known = cases(".nt") + cases(".clash") + cases(".refused")
    assert sorted(known) == cases(".trig")
    assert {name.split(".")[0] for name in known if not name.startswith("refused")} == INFERRING | CLASHING
    assert set(cases(".owlrl")) <= set(known)


# --- The interface ------------------------------------------------------------------------------------------------


def test_the_order_of_lines_and_their_ends_change_nothing() -> None:
    ontology, data = load("prp-spo2.four-links")
    axioms = entailment.compile_axioms(ontology)
    expected = entailment.entail(data, axioms)
    assert entailment.entail("".join(f"{line}\n" for line in reversed(data)).encode(), axioms) == expected


def test_a_line_that_is_not_canonical_is_our_own_fault() -> None:
    with pytest.raises(InternalError, match="not a line of canonical N-Triples"):
        entailment.entail(["<a:s> <a:p>"], entailment.compile_axioms(Ontology()))


def test_a_clash_is_reported_where_its_subject_comes_from() -> None:
    _, _, closure = run("cax-dw")
    with pytest.raises(DataError) as stopped:
        closure.require_consistency({f"<{EX}a>": Place("people.yaml", 7)}.get)
    assert stopped.value.problems[0].place == Place("people.yaml", 7)


def test_an_ontology_that_is_not_turtle_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "core.ttl").write_text("@prefix : <a:> .\n:a :b\n")
    with pytest.raises(DataError, match=r"core\.ttl:\d: not Turtle"):
        entailment.read_ontology(tmp_path.glob("*.ttl"))


# --- The real ontology --------------------------------------------------------------------------------------------


def real_ontology() -> Ontology:
    return entailment.read_ontology((ROOT / "ontology").glob("*.ttl"))


def compare(ontology: Ontology, data: list[str]) -> entailment.Closure:
    """Hold our closure against the reference's and return it."""
    ours = entailment.entail(data, entailment.compile_axioms(ontology))
    theirs = owlrl.reference(entailment.read_data(data), ontology)
    assert ours.clashes == ()
    assert theirs.clashes == frozenset()
    assert not theirs.merged
    assert theirs.inferred == ours.inferred
    return ours


@pytest.mark.slow
def test_the_real_ontology_entails_the_same_as_owlrl_on_a_small_dataset() -> None:
    parser = pyoxigraph.parse(path=str(CASES / "small-dataset.ttl"), format=pyoxigraph.RdfFormat.TURTLE)
    closure = compare(real_ontology(), [f"{quad.triple} ." for quad in parser])
    assert len(closure.inferred) > 100


@pytest.mark.slow
@pytest.mark.skipif(not (ROOT / "dist" / "ruiran.nt").exists(), reason="the dataset has not been built")
def test_the_real_ontology_entails_the_same_as_owlrl_on_the_published_dataset() -> None:
    compare(real_ontology(), (ROOT / "dist" / "ruiran.nt").read_text().splitlines())


# --- Generated graphs ---------------------------------------------------------------------------------------------

CLASSES = [f"<{EX}C{number}>" for number in range(3)]
PROPERTIES = [f"<{EX}p{number}>" for number in range(3)]
THINGS = [f"<{EX}i{number}>" for number in range(4)]
LITERALS = ['"one"', '"one"@en', '"1"^^<http://www.w3.org/2001/XMLSchema#integer>']
CLASS, PROPERTY, THING = st.sampled_from(CLASSES), st.sampled_from(PROPERTIES), st.sampled_from(THINGS)
NUMBERS = [f'"{number}"^^<http://www.w3.org/2001/XMLSchema#nonNegativeInteger>' for number in (0, 1)]


class _Draft:
    """An ontology in the making, with names for its blank nodes."""

    def __init__(self) -> None:
        self.triples: list[Triple] = []

    def add(self, *triples: tuple[str, str, str]) -> None:
        self.triples.extend(Triple(*triple) for triple in triples)

    def node(self) -> str:
        return f"_:n{len(self.triples)}"

    def list_of(self, members: list[str]) -> str:
        head = rdf("nil")
        for member in reversed(members):
            node = self.node()
            self.add((node, rdf("first"), member), (node, rdf("rest"), head))
            head = node
        return head


@st.composite
def expressions(draw: st.DrawFn, draft: _Draft) -> str:
    """Draw a class: a named one or, now and then, an expression."""
    kind = draw(
        st.sampled_from(["name"] * 4 + ["and", "or", "some", "some", "thing", "only", "only", "value", "max", "max-of"])
    )
    if kind == "name":
        return draw(CLASS)
    node = f"{draft.node()}x"
    if kind in ("and", "or"):
        head = draft.list_of(draw(st.lists(CLASS, min_size=1, max_size=3)))
        draft.add((node, owl("intersectionOf" if kind == "and" else "unionOf"), head))
        return node
    draft.add((node, TYPE, owl("Restriction")), (node, owl("onProperty"), draw(PROPERTY)))
    if kind in ("some", "only"):
        draft.add((node, owl("someValuesFrom" if kind == "some" else "allValuesFrom"), draw(CLASS)))
    elif kind == "thing":
        draft.add((node, owl("someValuesFrom"), owl("Thing")))
    elif kind == "value":
        draft.add((node, owl("hasValue"), draw(THING | st.sampled_from(LITERALS))))
    elif kind == "max":
        draft.add((node, owl("maxCardinality"), draw(st.sampled_from(NUMBERS))))
    else:
        filler = draw(CLASS | st.just(owl("Thing")))
        draft.add(
            (node, owl("onClass"), filler), (node, owl("maxQualifiedCardinality"), draw(st.sampled_from(NUMBERS)))
        )
    return node


INFERRING_KINDS = ["Symmetric", "Transitive"]
CLASHING_KINDS = ["Functional", "InverseFunctional", "Irreflexive", "Asymmetric"]
BETWEEN_CLASSES = [rdfs("subClassOf"), rdfs("subClassOf"), owl("equivalentClass")]
BETWEEN_PROPERTIES = [rdfs("subPropertyOf"), owl("equivalentProperty"), owl("inverseOf")]


@st.composite
def axioms(draw: st.DrawFn, draft: _Draft) -> None:
    """Draw one axiom; those that can clash are rarer, so that many graphs are consistent."""
    kinds = ["classes"] * 5 + ["properties"] * 3 + ["domain", "range", "chain", "chain", "kind", "kind", "apart", "one"]
    kind = draw(st.sampled_from(kinds))
    if kind == "classes":
        link = draw(st.sampled_from(BETWEEN_CLASSES))
        draft.add((draw(expressions(draft)), link, draw(expressions(draft))))
    elif kind == "properties":
        draft.add((draw(PROPERTY), draw(st.sampled_from(BETWEEN_PROPERTIES)), draw(PROPERTY)))
    elif kind in ("domain", "range"):
        draft.add((draw(PROPERTY), rdfs(kind), draw(expressions(draft))))
    elif kind == "chain":
        head = draft.list_of(draw(st.lists(PROPERTY, min_size=1, max_size=3)))
        draft.add((draw(PROPERTY), owl("propertyChainAxiom"), head))
    elif kind == "kind":
        name = draw(st.sampled_from(INFERRING_KINDS * 2 + CLASHING_KINDS))
        draft.add((draw(PROPERTY), TYPE, owl(f"{name}Property")))
    elif kind == "one":
        draft.add((draw(CLASS), owl("oneOf"), draft.list_of(draw(st.lists(THING, min_size=1, max_size=2)))))
    else:
        draw(clashing(draft))


@st.composite
def clashing(draw: st.DrawFn, draft: _Draft) -> None:
    """Draw an axiom that keeps things apart."""
    kind = draw(st.sampled_from(["disjointWith", "complementOf", "propertyDisjointWith", "all", "not"]))
    if kind == "all":
        node = f"{draft.node()}d"
        members = draft.list_of(draw(st.lists(CLASS, min_size=2, max_size=3, unique=True)))
        draft.add((node, TYPE, owl("AllDisjointClasses")), (node, owl("members"), members))
    elif kind == "not":
        node = f"{draft.node()}n"
        draft.add((node, owl("sourceIndividual"), draw(THING)), (node, owl("assertionProperty"), draw(PROPERTY)))
        draft.add((node, owl("targetIndividual"), draw(THING)))
    else:
        pair = st.lists(PROPERTY if kind.startswith("p") else CLASS, min_size=2, max_size=2, unique=True)
        one, other = draw(pair)
        draft.add((one, owl(kind), other))


@st.composite
def graphs(draw: st.DrawFn) -> tuple[Ontology, list[str]]:
    """Draw an ontology with declared terms and some data."""
    draft = _Draft()
    draft.add(*((name, TYPE, owl("Class")) for name in draw(st.sets(CLASS))))
    draft.add(*((name, TYPE, owl("ObjectProperty")) for name in draw(st.sets(PROPERTY))))
    for _ in range(draw(st.integers(3, 9))):
        draw(axioms(draft))
    members = st.tuples(THING, st.just(TYPE), CLASS)
    links = st.tuples(THING, PROPERTY, THING | THING | THING | st.sampled_from(LITERALS))
    data = draw(st.lists(members | links, min_size=6, max_size=14))
    ontology = Ontology()
    ontology.add(draft.triples, "generated.ttl")
    return ontology, [f"{s} {p} {o} ." for s, p, o in data]


@settings(max_examples=EXAMPLES, deadline=None, derandomize=EXAMPLES == 25, database=None)
@given(graphs())
def test_generated_graphs_entail_and_clash_as_in_owlrl(graph: tuple[Ontology, list[str]]) -> None:
    ontology, data = graph
    ours = entailment.entail(data, entailment.compile_axioms(ontology))
    assert agree(ontology, data, ours)
