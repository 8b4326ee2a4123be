"""From the ontology to rules: one reader for each kind of axiom, and a refusal, aloud, of every other kind.

The readers follow the tables of https://www.w3.org/TR/owl2-profiles/#Reasoning_in_OWL_2_RL_and_RDF_Graphs_using_Rules.
Because every axiom is compiled beforehand, the rules hold only as long as no rule and no data bring a further axiom;
hence the refusals of language terms as operands, here, and in data (`closure`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from ruiran_ld.entailment.ontology import Ontology
from ruiran_ld.entailment.operands import Compiler, RefusedError
from ruiran_ld.entailment.rules import Axiom, Pattern, Rule
from ruiran_ld.entailment.schema import schema_rules
from ruiran_ld.entailment.scope import DECLARATIONS, Scope
from ruiran_ld.entailment.terms import (
    DIFFERENT_FROM,
    NOTHING,
    PLAIN_CLASSES,
    PLAIN_PROPERTIES,
    SAME_AS,
    THING,
    TYPE,
    Triple,
    is_literal,
    is_standard,
    owl,
    rdf,
    rdfs,
)
from ruiran_ld.errors import DataError, Place, Problem

X, Y, Z = 0, 1, 2
Clause = tuple[str, tuple[Pattern, ...], Pattern | None]
Reader = Callable[[Compiler, Triple], Iterator[Rule]]

LANGUAGE_RULES: Final = (
    Rule("eq-rep", Axiom("owl:sameAs between two names would merge them"), ((X, SAME_AS, Y),), None, (X, Y)),
    Rule("eq-diff1", Axiom("nothing differs from itself"), ((X, DIFFERENT_FROM, X),), None),
    Rule("cls-nothing2", Axiom("owl:Nothing has no members"), ((X, TYPE, NOTHING),), None),
)
"""The clashes that need no axiom."""


@dataclass(frozen=True)
class Axioms:
    """A compiled ontology.

    Attributes:
        rules: its axioms as rules, in the order of the files.
        facts: its other triples: labels, the concepts and whatever else it says about individuals.
        scope: which entailed triples are about the data.
        ontology: what it was compiled from, for showing terms to people.
    """

    rules: tuple[Rule, ...]
    facts: tuple[Triple, ...]
    scope: Scope
    ontology: Ontology


def compile_axioms(ontology: Ontology) -> Axioms:
    """Compile an ontology to rules.

    Raises:
        DataError: for every axiom that is not implemented, one problem with the axiom and its file.
    """
    compiler = Compiler(ontology)
    rules: list[Rule] = list(LANGUAGE_RULES)
    facts: list[Triple] = []
    problems: list[Problem] = []
    for triple, file in ontology.triples.items():
        reader = _reader(triple)
        if reader is None:
            facts.append(triple)
            continue
        try:
            rules.extend(reader(compiler, triple))
        except (RefusedError, ValueError) as reason:
            text = ontology.show_axiom(triple)
            problems.append(
                Problem(
                    f"the closure does not implement the axiom '{text}': {reason}",
                    "state it with the axioms listed in docs/decisions/0003-entailment.md, or take it out",
                    Place(file),
                )
            )
    if problems:
        raise DataError(problems)
    rules.extend(schema_rules(rules, ontology))
    return Axioms(tuple(dict.fromkeys(rules)), tuple(facts), Scope.of(ontology), ontology)


def _reader(triple: Triple) -> Reader | None:
    """Find the reader of an axiom; None stands for a plain fact."""
    _, p, o = triple
    if p == TYPE:
        if not is_standard(o) or o in PLAIN_CLASSES:
            return None
        return _TYPE_READERS.get(o, _refuse)
    if not is_standard(p) or p in PLAIN_PROPERTIES:
        return None
    return _READERS.get(p, _refuse)


def _refuse(compiler: Compiler, triple: Triple) -> Iterator[Rule]:
    """Read an axiom of a kind that is not implemented."""
    raise RefusedError(f"no rule for {compiler.show(triple.o if triple.p == TYPE else triple.p)}")


def _part(_compiler: Compiler, _triple: Triple) -> Iterator[Rule]:
    """Read a triple that is part of another axiom, or a declaration: it gives no rule by itself."""
    return iter(())


# --- Properties (table 5) ---------------------------------------------------------------------------------------


def _domain(c: Compiler, t: Triple) -> Iterator[Rule]:
    yield c.rule(t, "prp-dom", ((X, c.property(t.s), Y),), (X, TYPE, c.superclass(t.o)))


def _range(c: Compiler, t: Triple) -> Iterator[Rule]:
    yield c.rule(t, "prp-rng", ((X, c.property(t.s), Y),), (Y, TYPE, c.superclass(t.o)))


def _sub_property(c: Compiler, t: Triple) -> Iterator[Rule]:
    yield c.rule(t, "prp-spo1", ((X, c.property(t.s), Y),), (X, c.property(t.o), Y))


def _equivalent_property(c: Compiler, t: Triple) -> Iterator[Rule]:
    one, other = c.property(t.s), c.property(t.o)
    yield c.rule(t, "prp-eqp1", ((X, one, Y),), (X, other, Y))
    yield c.rule(t, "prp-eqp2", ((X, other, Y),), (X, one, Y))


def _inverse(c: Compiler, t: Triple) -> Iterator[Rule]:
    one, other = c.property(t.s), c.property(t.o)
    yield c.rule(t, "prp-inv1", ((X, one, Y),), (Y, other, X))
    yield c.rule(t, "prp-inv2", ((X, other, Y),), (Y, one, X))


def _chain(c: Compiler, t: Triple) -> Iterator[Rule]:
    chain = c.listed(t.o, c.property)
    body = tuple((step, link, step + 1) for step, link in enumerate(chain))
    yield c.rule(t, "prp-spo2", body, (0, c.property(t.s), len(chain)))


def _symmetric(c: Compiler, t: Triple) -> Iterator[Rule]:
    yield c.rule(t, "prp-symp", ((X, c.property(t.s), Y),), (Y, t.s, X))


def _transitive(c: Compiler, t: Triple) -> Iterator[Rule]:
    yield c.rule(t, "prp-trp", ((X, c.property(t.s), Y), (Y, t.s, Z)), (X, t.s, Z))


def _functional(c: Compiler, t: Triple) -> Iterator[Rule]:
    yield c.clash(t, "prp-fp", (X, c.property(t.s), Y), (X, t.s, Z), different=(Y, Z))


def _inverse_functional(c: Compiler, t: Triple) -> Iterator[Rule]:
    yield c.clash(t, "prp-ifp", (X, c.property(t.s), Y), (Z, t.s, Y), different=(X, Z))


def _irreflexive(c: Compiler, t: Triple) -> Iterator[Rule]:
    yield c.clash(t, "prp-irp", (X, c.property(t.s), X))


def _asymmetric(c: Compiler, t: Triple) -> Iterator[Rule]:
    yield c.clash(t, "prp-asyp", (X, c.property(t.s), Y), (Y, t.s, X))


def _disjoint_property(c: Compiler, t: Triple) -> Iterator[Rule]:
    yield c.clash(t, "prp-pdw", (X, c.property(t.s), Y), (X, c.property(t.o), Y))


def _all_disjoint_properties(c: Compiler, t: Triple) -> Iterator[Rule]:
    members = c.one(t.s, owl("members"))
    for one, other in combinations(c.listed(members, c.property), 2):
        yield Rule("prp-adp", _apart(c, t, one, other), ((X, one, Y), (X, other, Y)), None)


def _negative_assertion(c: Compiler, t: Triple) -> Iterator[Rule]:
    source, link = c.named(t.o), c.property(c.one(t.s, owl("assertionProperty")))
    targets = [("prp-npa1", c.named(o)) for o in c.ontology.objects(t.s, owl("targetIndividual"))]
    targets += [("prp-npa2", o) for o in c.ontology.objects(t.s, owl("targetValue"))]
    if not targets:
        raise RefusedError("it names neither owl:targetIndividual nor owl:targetValue")
    for name, target in targets:
        text = f"not: {' '.join(map(c.show, (source, link, target)))}"
        yield Rule(name, Axiom(text, c.ontology.triples[t]), ((source, link, target),), None)


# --- Class expressions (table 6) --------------------------------------------------------------------------------


def _has_value(c: Compiler, t: Triple) -> Iterator[Rule]:
    link = c.property(c.one(t.s, owl("onProperty")))
    value = t.o if is_literal(t.o) else c.named(t.o)
    yield c.rule(t, "cls-hv1", ((X, TYPE, t.s),), (X, link, value))
    yield c.rule(t, "cls-hv2", ((X, link, value),), (X, TYPE, t.s))


def _some_values(c: Compiler, t: Triple) -> Iterator[Rule]:
    link = c.property(c.one(t.s, owl("onProperty")))
    if t.o == THING:
        yield c.rule(t, "cls-svf2", ((X, link, Y),), (X, TYPE, t.s))
    else:
        yield c.rule(t, "cls-svf1", ((X, link, Y), (Y, TYPE, c.subclass(t.o))), (X, TYPE, t.s))


def _all_values(c: Compiler, t: Triple) -> Iterator[Rule]:
    link = c.property(c.one(t.s, owl("onProperty")))
    yield c.rule(t, "cls-avf", ((X, TYPE, t.s), (X, link, Y)), (Y, TYPE, c.superclass(t.o)))


def _intersection(c: Compiler, t: Triple) -> Iterator[Rule]:
    members = c.listed(t.o, c.subclass)
    yield c.rule(t, "cls-int1", tuple((X, TYPE, member) for member in members), (X, TYPE, t.s))
    for member in members:
        yield c.rule(t, "cls-int2", ((X, TYPE, t.s),), (X, TYPE, member))


def _union(c: Compiler, t: Triple) -> Iterator[Rule]:
    for member in c.listed(t.o, c.subclass):
        yield c.rule(t, "cls-uni", ((X, TYPE, member),), (X, TYPE, t.s))


def _complement(c: Compiler, t: Triple) -> Iterator[Rule]:
    yield c.clash(t, "cls-com", (X, TYPE, c.subclass(t.s)), (X, TYPE, c.subclass(t.o)))


def _one_of(c: Compiler, t: Triple) -> Iterator[Rule]:
    for member in c.listed(t.o, c.named):
        yield c.rule(t, "cls-oo", (), (member, TYPE, t.s))


def _at_most(t: Triple) -> int:
    """Read the number of a maximal cardinality; OWL 2 RL has 0 and 1."""
    for number in (0, 1):
        if t.o.split("^^")[0] == f'"{number}"':
            return number
    raise RefusedError("OWL 2 RL knows a maximal cardinality of 0 or 1 only")


def _max_cardinality(c: Compiler, t: Triple) -> Iterator[Rule]:
    link, member = c.property(c.one(t.s, owl("onProperty"))), (X, TYPE, t.s)
    if _at_most(t) == 0:
        yield c.clash(t, "cls-maxc1", member, (X, link, Y))
    else:
        yield c.clash(t, "cls-maxc2", member, (X, link, Y), (X, link, Z), different=(Y, Z))


def _max_qualified(c: Compiler, t: Triple) -> Iterator[Rule]:
    link, filler = c.property(c.one(t.s, owl("onProperty"))), c.one(t.s, owl("onClass"))
    thing, none = filler == THING, _at_most(t) == 0
    name = {(True, False): "1", (True, True): "2", (False, False): "3", (False, True): "4"}[none, thing]
    body: list[Pattern] = [(X, TYPE, t.s)]
    for value in (Y,) if none else (Y, Z):
        body.append((X, link, value))
        if not thing:
            body.append((value, TYPE, c.subclass(filler)))
    yield c.clash(t, f"cls-maxqc{name}", *body, different=None if none else (Y, Z))


# --- Class axioms (table 7) -------------------------------------------------------------------------------------


def _sub_class(c: Compiler, t: Triple) -> Iterator[Rule]:
    yield c.rule(t, "cax-sco", ((X, TYPE, c.subclass(t.s)),), (X, TYPE, c.superclass(t.o)))


def _equivalent_class(c: Compiler, t: Triple) -> Iterator[Rule]:
    one, other = c.subclass(t.s), c.subclass(t.o)
    yield c.rule(t, "cax-eqc1", ((X, TYPE, one),), (X, TYPE, other))
    yield c.rule(t, "cax-eqc2", ((X, TYPE, other),), (X, TYPE, one))


def _disjoint_class(c: Compiler, t: Triple) -> Iterator[Rule]:
    yield c.clash(t, "cax-dw", (X, TYPE, c.subclass(t.s)), (X, TYPE, c.subclass(t.o)))


def _all_disjoint_classes(c: Compiler, t: Triple) -> Iterator[Rule]:
    members = c.one(t.s, owl("members"))
    for one, other in combinations(c.listed(members, c.subclass), 2):
        yield Rule("cax-adc", _apart(c, t, one, other), ((X, TYPE, one), (X, TYPE, other)), None)


def _apart(c: Compiler, t: Triple, one: str, other: str) -> Axiom:
    """Put a list of disjoint terms as an axiom about two of its members."""
    return Axiom(f"{c.show(one)} and {c.show(other)} are stated to be disjoint", c.ontology.triples[t])


_TYPE_READERS: Final[dict[str, Reader]] = dict.fromkeys(DECLARATIONS, _part) | {
    owl("FunctionalProperty"): _functional,
    owl("InverseFunctionalProperty"): _inverse_functional,
    owl("IrreflexiveProperty"): _irreflexive,
    owl("SymmetricProperty"): _symmetric,
    owl("AsymmetricProperty"): _asymmetric,
    owl("TransitiveProperty"): _transitive,
    owl("AllDisjointProperties"): _all_disjoint_properties,
    owl("AllDisjointClasses"): _all_disjoint_classes,
}

_PARTS: Final = (
    *(rdf(name) for name in ("first", "rest")),
    *(owl(name) for name in ("onProperty", "onClass", "members", "assertionProperty")),
    *(owl(name) for name in ("targetIndividual", "targetValue")),
)

_READERS: Final[dict[str, Reader]] = dict.fromkeys(_PARTS, _part) | {
    rdfs("domain"): _domain,
    rdfs("range"): _range,
    rdfs("subPropertyOf"): _sub_property,
    owl("equivalentProperty"): _equivalent_property,
    owl("inverseOf"): _inverse,
    owl("propertyChainAxiom"): _chain,
    owl("propertyDisjointWith"): _disjoint_property,
    owl("sourceIndividual"): _negative_assertion,
    owl("hasValue"): _has_value,
    owl("someValuesFrom"): _some_values,
    owl("allValuesFrom"): _all_values,
    owl("intersectionOf"): _intersection,
    owl("unionOf"): _union,
    owl("complementOf"): _complement,
    owl("oneOf"): _one_of,
    owl("maxCardinality"): _max_cardinality,
    owl("maxQualifiedCardinality"): _max_qualified,
    rdfs("subClassOf"): _sub_class,
    owl("equivalentClass"): _equivalent_class,
    owl("disjointWith"): _disjoint_class,
}
