"""Reference pages: every IRI of a term leads to its explanation, queries show their answers, search knows all names."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from conftest import ROOT
from html_pages import Parsed, parse
from ruiran_ld import dereferencing, ntriples, pipeline, queries, seeds, serialization, site, validation
from ruiran_ld.dataset import DatasetFolder
from ruiran_ld.dereferencing import documents
from ruiran_ld.queries import Query
from ruiran_ld.serialization import Graph, Presentation
from ruiran_ld.site import reference
from ruiran_ld.site.axioms import Axioms, Expressions, Words
from ruiran_ld.site.constraints import Constraints
from ruiran_ld.site.material import Material
from ruiran_ld.site.rendering import Frame, Renderer
from ruiran_ld.site.view import Link, View
from ruiran_ld.site.workshop import Workshop
from ruiran_ld.vocabulary import compile_vocabulary

RR = "https://w3id.org/ruiran/ontology#"
OWL = "http://www.w3.org/2002/07/owl#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
SH = "http://www.w3.org/ns/shacl#"
TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
TERMS = tuple(f"{OWL}{kind}" for kind in ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty"))
HOSTILE = '</script><script>alert("1")</script> "\'& \u202e'


def material_of(root: Path, schemas: Mapping[str, str]) -> Material:
    """Read what the reference pages of a built dataset are made of, without the documents, which take long.

    Args:
        root: the dataset.
        schemas: path of a document -> name of the file that it has.
    """
    settings = seeds.load_settings(root / "seeds")
    vocabulary = compile_vocabulary(root / "ontology")
    presentation = Presentation(settings.base, vocabulary, settings.name)
    layout = dereferencing.layout_of(settings)
    source = dereferencing.read(root / "dist", serialization.entailed_file_name(settings.name))
    maker = documents.Documents(source, layout, presentation)
    return Material(
        graph=source.graph,
        heads=maker.heads(),
        schemas={stem: source.schemas[name].lines for stem, name in schemas.items()},
        files=source.files,
        queries=queries.load_queries(root / "queries"),
        layout=layout,
        settings=settings,
        presentation=presentation,
        choices=site.Choices(),
        scripts={},
        profiles=validation.profiles(sorted((root / "shapes").glob("*.ttl"))),
    )


class Reference:
    """The reference pages of a dataset."""

    def __init__(self, material: Material, step: int = 1) -> None:
        self.material = material
        self.step = step  # of our own dataset's many pages of one kind every seventh will do
        known = frozenset((*material.heads, *material.schemas))
        vocabulary = material.presentation.vocabulary
        view = View(material.graph, vocabulary, material.layout, "en", known, material.files)
        workshop = Workshop(material, view)
        pages = {page.path: page for page in reference.pages(workshop)}
        frame = Frame("a title", "1", "en", "https://example.org/licence", "someone")
        self.files = {**Renderer(frame).render(pages.values()), **reference.assets(workshop)}
        self.page = cache(lambda path: parse(self.files[path]))

    def json(self, name: str) -> Any:
        return json.loads(self.files[name])

    def pages(self) -> Iterator[tuple[str, Parsed]]:
        single = [path for path in self.files if path.endswith(".html") and "/" not in path]
        many = [path for path in self.files if path.endswith(".html") and "/" in path]
        yield from ((path, self.page(path)) for path in (*single, *many[:: self.step]))

    def queries(self) -> list[tuple[str, Query]]:
        return [*self.material.queries.items()][:: self.step]


def floods(built: Path) -> Material:
    return material_of(built, {"terms": "ontology.ttl", "shapes": "shapes.ttl"})


@pytest.fixture(scope="module")
def made(built: Path) -> Reference:
    return Reference(floods(built))


@pytest.mark.slow
def test_all_of_this_holds_for_our_own_dataset() -> None:
    # One test, so that its pages are made once whatever number of processes the tests run in.
    made = Reference(material_of(ROOT, {"ontology": "ontology.ttl", "shapes": "shapes.ttl"}), step=7)
    test_the_iri_of_every_term_leads_to_its_section(made)
    test_the_iri_of_every_shape_leads_to_its_section(made)
    test_links_within_a_page_lead_somewhere_and_no_identifier_stands_twice(made)
    test_links_between_reference_pages_lead_to_a_section(made)
    test_a_concept_says_what_has_it(made)
    test_a_query_shows_its_published_answer(made)
    test_search_knows_every_name(made)
    test_search_marks_claims_and_leads_to_pages(made)
    test_data_for_scripts_is_small(made)
    test_completion_knows_terms_by_the_names_that_queries_use(made)
    assert len(made.material.schemas["shapes"]) > 1000


def test_the_site_has_these_pages_and_data(built: Path) -> None:
    files = pipeline.make_site(DatasetFolder(built))
    pages = {"terms", "shapes", "concepts", "queries", "query/towns", "workbench", "search", "metadata"}
    assert {*(f"site/{page}.html" for page in pages), "site/assets/search.json", "site/assets/terms.json"} <= set(files)
    assert "Floods (1)" in parse(files["site/shapes.html"]).text, "shapes are grouped by their files"


def terms_of(lines: Iterable[str], *types: str) -> set[str]:
    """List the IRIs that are of some classes."""
    triples = map(ntriples.split, lines)
    wanted = {f"<{type_}>" for type_ in types}
    return {s[1:-1] for s, p, o in triples if p == TYPE and o in wanted and s.startswith("<")}


def test_the_iri_of_every_term_leads_to_its_section(made: Reference) -> None:
    own = 0
    for stem, lines in made.material.schemas.items():
        page = made.page(f"{stem}.html")
        for iri in terms_of(lines, *TERMS):
            if made.material.layout.path(iri) == stem:
                own += 1
                assert iri in page.section(iri.partition("#")[2]), iri
            definition = made.material.presentation.vocabulary.definitions.get(iri, "")
            assert iri in page.text, iri
            assert " ".join(definition.split()) in page.text, iri
    assert own > 10


def test_the_iri_of_every_shape_leads_to_its_section(made: Reference) -> None:
    lines = made.material.schemas["shapes"]
    facts = Axioms(lines)
    shapes = terms_of(lines, f"{SH}NodeShape", f"{SH}PropertyShape")
    for iri in shapes:
        section = made.page("shapes.html").section(iri.partition("#")[2])
        assert " ".join(facts.text(f"<{iri}>", f"{SH}message").split()) in section
        for query in facts.terms(f"<{iri}>", f"{SH}sparql"):
            assert " ".join(facts.text(query, f"{SH}select").split()) in section
    assert shapes


def test_links_within_a_page_lead_somewhere_and_no_identifier_stands_twice(made: Reference) -> None:
    for path, page in made.pages():
        assert page.is_balanced, path
        names = Counter(each.attributes["id"] for each in page.elements if "id" in each.attributes)
        assert [name for name, count in names.items() if count > 1] == [], path
        assert {link[1:] for link in page.links if link.startswith("#")} <= set(page.ids), path


def test_links_between_reference_pages_lead_to_a_section(made: Reference) -> None:
    for path, page in made.pages():
        for link in page.links:
            name, _, fragment = link.partition("#")
            target = "/".join([*path.split("/")[:-1], name])
            while "/../" in f"/{target}":
                head, _, tail = f"/{target}".partition("/../")
                target = "/".join([*head.split("/")[1:-1], tail])
            if fragment and name and target in made.files and not fragment.startswith("query="):
                assert fragment in made.page(target).ids, f"{path}: {link}"


def test_every_document_of_a_vocabulary_or_concept_has_its_page(made: Reference) -> None:
    concepts = {iri for members in made.material.presentation.vocabulary.concepts.values() for iri in members.values()}
    stems = {made.material.layout.path(iri) for iri in concepts} & set(made.material.heads)
    stems |= set(made.material.schemas)
    assert {f"{stem}.html" for stem in stems} <= set(made.files)


def test_a_concept_says_what_has_it(made: Reference) -> None:
    graph = made.material.graph
    for status in made.material.presentation.vocabulary.statuses.values():
        claims = [
            s for s, facts in graph.subjects.items() if f"<{status.iri}>" in facts.get(f"<{RR}epistemicStatus>", ())
        ]
        page = made.page(f"{made.material.layout.path(status.iri)}.html")
        headings = [each.text.strip() for each in page.all("h2")]
        number = f"{len(claims)} {'thing' if len(claims) == 1 else 'things'}"
        assert not claims or f"epistemic status: {number}" in headings
        first = made.material.layout.path(min(claims)[1:-1]) if claims else None
        assert first is None or f"../../{first}.html" in page.links


def test_a_query_shows_its_published_answer(made: Reference) -> None:
    for name, query in made.queries():
        page = made.page(f"query/{name}.html")
        answer = queries.read_expected(query.expected)
        rows = page.all("tr")[1:] if page.all("table") else []
        assert len(rows) == min(200, len(answer.rows)), name
        assert f"{len(answer.rows)} row" in page.text
        assert [each.text for each in page.all("code") if each.text == query.text], name
        for term, cell in zip(answer.rows[0] if rows else (), page.all("td"), strict=False):
            if term and term.startswith('"'):
                assert " ".join(queries.plain(term).split()) in " ".join(cell.text.split())
            elif term:
                assert cell.text.strip()


def test_the_catalogue_lists_every_query(made: Reference) -> None:
    page = made.page("queries.html")
    for name, query in made.material.queries.items():
        assert f"query/{name}.html" in page.links
        assert " ".join(query.question.split()) in page.text


def test_search_knows_every_name(made: Reference) -> None:
    found = {
        (path, name if isinstance(name, str) else name[0]): kind
        for path, kind, _, names, _ in made.json("search.json")["entries"]
        for name in names
    }
    layout, vocabulary = made.material.layout, made.material.presentation.vocabulary
    entities = {term.iri for term in vocabulary.classes.values() if f"{RR}Entity" in term.ancestors}
    wanted = [f"<{iri}>" for iri in (f"{RDFS}label", f"{SKOS}altLabel", f"{RR}gist")]
    names = 0
    for subject, facts in made.material.graph.subjects.items():
        types = {each[1:-1] for each in facts.get(TYPE, ())}
        if types & {*entities, f"{RR}Claim"}:
            for term in (term for predicate in wanted for term in facts.get(predicate, ())):
                names += 1
                assert (f"{layout.path(subject[1:-1])}.html", queries.plain(term)) in found, term
    assert names > 10
    for name, query in made.material.queries.items():
        assert (f"query/{name}.html", query.question) in found


def test_search_marks_claims_and_leads_to_pages(made: Reference) -> None:
    data = made.json("search.json")
    marked = {data["kinds"][kind]: mark for _, kind, mark, _, _ in data["entries"] if mark >= 0}
    assert "claim" in marked
    for path, kind, mark, names, _ in data["entries"]:
        assert names
        stem = path.partition("#")[0].removesuffix(".html")
        assert path in made.files or stem in {*made.material.heads, *made.material.schemas} or stem.startswith("query/")
        assert data["kinds"][kind] != "claim" or mark >= 0


def test_data_for_scripts_is_small(made: Reference) -> None:
    for name, limit in (("search.json", 100_000), ("terms.json", 50_000)):
        assert len(gzip.compress(made.files[name])) < limit


def test_completion_knows_terms_by_the_names_that_queries_use(made: Reference) -> None:
    data = made.json("terms.json")
    known = {term["name"]: term for term in data["terms"]}
    for name, term in known.items():
        assert name.partition(":")[0] in data["prefixes"]
        assert term["kind"]
    assert known["rr:Claim"]["kind"] == "class"
    assert known["rr:attributedTo"]["kind"] == "property"
    assert known["rr:Claim"]["definition"].startswith("One proposition")


def test_the_version_of_an_ontology_has_a_page_like_its_own(built: Path) -> None:
    lines = [
        f"<https://a.example/o> {TYPE} <{OWL}Ontology> .",
        f"<https://a.example/o#T> {TYPE} <{OWL}Class> .",
        f"<https://a.example/o#T> <{RDFS}isDefinedBy> <https://a.example/o> .",
        f"<https://a.example/o#gone> {TYPE} <{RR}Tombstone> .",
        f'<https://a.example/o#gone> <{RR}deprecationReason> "it was the same"@en .',
    ]
    material = floods(built)
    layout = replace(material.layout, base="https://a.example/")
    made = Reference(replace(material, layout=layout, heads={}, queries={}, schemas={"o": lines, "o/1.0": lines}))
    for path, other in (("o.html", "o/1.0.html"), ("o/1.0.html", "../o.html")):
        assert "https://a.example/o#T" in made.page(path).section("T")
        assert "it was the same" in made.page(path).section("gone")
        assert other in made.page(path).links


def words(phrase: Words) -> str:
    return "".join(each if isinstance(each, str) else each.text for each in phrase)


def axioms_of(turtle: str) -> Axioms:
    head = f"@prefix : <x:> . @prefix owl: <{OWL}> . @prefix rdfs: <{RDFS}> . @prefix sh: <{SH}> . "
    quads = ox.parse(
        (head + "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . " + turtle).encode(), format=ox.RdfFormat.TURTLE
    )
    return Axioms(ntriples.line(quad.triple) for quad in quads)


def expressions(axioms: Axioms) -> Expressions:
    return Expressions(axioms, lambda iri: Link(iri, iri, iri.removeprefix("x:").rpartition("#")[2]))


EXPRESSIONS: Mapping[str, str] = {
    ":A": "A",
    "[ owl:unionOf ( :A :B ) ]": "A or B",
    "[ owl:intersectionOf ( :A [ owl:complementOf :B ] ) ]": "A and (not B)",
    "[ owl:oneOf ( :a :b ) ]": "{a, b}",
    "[ owl:onProperty :p ; owl:hasValue :a ]": "p value a",
    "[ owl:onProperty [ owl:inverseOf :p ] ; owl:someValuesFrom :A ]": "(inverse p) some A",
    "[ owl:onProperty :p ; owl:allValuesFrom [ owl:unionOf ( :A :B ) ] ]": "p only (A or B)",
    "[ owl:onProperty :p ; owl:maxCardinality 1 ]": "p max 1",
    "[ owl:onProperty :p ; owl:minQualifiedCardinality 2 ; owl:onClass :A ]": "p min 2 A",
    "[ owl:onProperty :p ; owl:hasSelf true ]": "p Self ",
    "[ owl:onDatatype xsd:integer ; owl:withRestrictions ( [ xsd:minInclusive 0 ] [ xsd:maxInclusive 9 ] ) ]": (
        "integer[minInclusive 0; maxInclusive 9]"
    ),
    "[ :p 'text'@en ; :q [ :r :a ] ]": "p text; q r a",
    "( :p :q )": "(p, q)",
    "[]": "something unnamed",
}


@pytest.mark.parametrize("turtle", EXPRESSIONS)
def test_class_expressions_are_put_in_words(turtle: str) -> None:
    axioms = axioms_of(f":it :is {turtle} .")
    [term] = axioms.terms("<x:it>", "x:is")
    assert words(expressions(axioms).words(term)) == EXPRESSIONS[turtle]


def test_expressions_that_go_in_a_circle_end() -> None:
    rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    axioms = axioms_of(
        f":it :is _:a . _:a owl:complementOf _:a . :list :is _:l . _:l <{rdf}first> :A ; <{rdf}rest> _:l ."
    )
    assert "…" in words(expressions(axioms).words(axioms.terms("<x:it>", "x:is")[0]))
    assert axioms.members(axioms.terms("<x:list>", "x:is")[0]) == ["<x:A>"]


CONSTRAINTS: Mapping[str, str] = {
    "sh:minCount 1 ; sh:maxCount 1": "exactly 1 value",
    "sh:minCount 2 ; sh:maxCount 3": "at least 2 values | at most 3 values",
    "sh:maxCount 0": "no value",
    "sh:class :A ; sh:nodeKind sh:IRI": "each value is of the class A | each value is of the kind IRI",
    "sh:datatype xsd:date": "each value has the datatype date",
    "sh:minLength 2": "each value has at least 2 characters",
    "sh:pattern '^a' ; sh:flags 'i'": "each value matches ^a with the flags i",
    "sh:in ( :a 'b' )": "each value is one of a, b",
    "sh:languageIn ( 'en' 'ru' ) ; sh:uniqueLang true": (
        "each text is in a language of en, ru | one text at most in each language"
    ),
    "sh:or ( :S [ sh:path :p ; sh:minCount 1 ] )": "conforms to one at least of S or (p) at least 1 value",
    "sh:not [ sh:class :A ]": "does not conform to each value is of the class A",
    "sh:qualifiedValueShape :S ; sh:qualifiedMinCount 1 ; sh:qualifiedMaxCount 1": "exactly 1 value conforms to S",
    "sh:closed true ; sh:ignoredProperties ( :p :q )": "no property other than p, q",
    "sh:closed false": "",
    "sh:lessThan :p ; sh:equals :q ; sh:disjoint :r": (
        "the values are exactly those of q | no value is one of r | each value is less than each of p"
    ),
    "sh:reifierShape :S": "reifierShape S",
}


@pytest.mark.parametrize("turtle", CONSTRAINTS)
def test_constraints_are_put_in_words(turtle: str) -> None:
    axioms = axioms_of(f":it a sh:NodeShape ; {turtle} .")
    found = Constraints(axioms, expressions(axioms)).constraints("<x:it>")
    assert " | ".join(map(words, found)) == CONSTRAINTS[turtle]


PATHS: Mapping[str, str] = {
    ":p": "p",
    "[ sh:inversePath :p ]": "^p",
    "( :p [ sh:inversePath :q ] )": "p / ^q",
    "[ sh:alternativePath ( :p ( :q :r ) ) ]": "p | (q / r)",
    "[ sh:zeroOrMorePath [ sh:alternativePath ( :p :q ) ] ]": "(p | q)*",
    "( [ sh:oneOrMorePath :p ] [ sh:zeroOrOnePath :q ] )": "p+ / q?",
}


@pytest.mark.parametrize("turtle", PATHS)
def test_paths_are_written_as_in_sparql(turtle: str) -> None:
    axioms = axioms_of(f":it sh:path {turtle} .")
    assert [words(path) for path in Constraints(axioms, expressions(axioms)).paths("<x:it>")] == [PATHS[turtle]]


def test_texts_of_the_data_stay_texts(built: Path) -> None:
    material = floods(built)
    subjects = [*material.graph.subjects]
    literal = ntriples.lang_string(HOSTILE, "en")
    lines = [
        f"{subject} <{predicate}> {literal} ."
        for subject in subjects
        for predicate in (f"{RDFS}label", f"{SKOS}definition")
    ]
    lines += [f"{subject} <{RR}gist> {literal} ." for subject in subjects]
    asked = {
        name: replace(
            query, question=HOSTILE + "x" * 10_000, category="<b>", keywords=("<i>", HOSTILE), text=f"# {HOSTILE}\n"
        )
        for name, query in material.queries.items()
    }
    schemas = {
        stem: [*said, *(line for line in lines if material.layout.path(line.partition(" ")[0][1:-1]) == stem)]
        for stem, said in material.schemas.items()
    }
    graph = Graph.read([*material.graph.lines, *lines])
    made = Reference(replace(material, graph=graph, queries=asked, schemas=schemas))
    for path, page in made.pages():
        scripts = [each.text for each in page.all("script")]
        assert not any("alert" in text and not text.lstrip().startswith("{") for text in scripts), path
        assert page.is_balanced, path
        assert not [each for each in page.elements if each.name in ("i", "b")], path
    assert HOSTILE in made.page(f"query/{next(iter(asked))}.html").all("h1")[0].text
