"""Every bundled query is described in the SIB form and gives its expected result in two engines."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.query import ResultRow

from ruiran_ld import queries
from ruiran_ld.errors import DataError, UsageError
from ruiran_ld.queries import Query, Table

ROOT = Path(__file__).parents[1]
PUBLISHED = ROOT / "dist" / "ruiran-entailed.ttl"
QUERIES = queries.load_queries(ROOT / "queries")
FORMS = {
    "select": "SPARQLSelectExecutable",
    "ask": "SPARQLAskExecutable",
    "construct": "SPARQLConstructExecutable",
}
SH = "http://www.w3.org/ns/shacl#"
SCHEMA = "https://schema.org/"
RDF_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
XSD = "http://www.w3.org/2001/XMLSchema#"

each_query = pytest.mark.parametrize("query", QUERIES.values(), ids=list(QUERIES))


class Term(NamedTuple):
    """A term that both engines can be compared by."""

    kind: str
    value: str
    datatype: str = ""
    language: str = ""


@pytest.fixture(scope="session")
def store() -> ox.Store:
    return queries.open_store([PUBLISHED])


@pytest.fixture(scope="session")
def graph() -> rdflib.Graph:
    return rdflib.Graph().parse(PUBLISHED)


@pytest.fixture(scope="session")
def described() -> set[str]:
    """Collect the IRIs that the published graph describes."""
    triples = ox.parse(path=str(PUBLISHED), format=ox.RdfFormat.TURTLE)
    return {triple.subject.value for triple in triples if isinstance(triple.subject, ox.NamedNode)}


def of_oxigraph(term: str | None) -> Term | None:
    if term is None:
        return None
    node = queries._node(term)
    if isinstance(node, ox.Literal):
        return Term("literal", node.value, node.datatype.value, node.language or "")
    return Term("iri" if isinstance(node, ox.NamedNode) else "blank", node.value)


def of_rdflib(term: object) -> Term | None:
    if isinstance(term, rdflib.Literal):
        string = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString" if term.language else f"{XSD}string"
        return Term("literal", str(term), str(term.datatype or string), term.language or "")
    return None if term is None else Term("blank" if isinstance(term, rdflib.BNode) else "iri", str(term))


def rows_of_oxigraph(table: Table) -> list[tuple[Term | None, ...]]:
    return [tuple(of_oxigraph(term) for term in row) for row in table.rows]


def rows_of_rdflib(graph: rdflib.Graph, text: str) -> list[tuple[Term | None, ...]]:
    result = graph.query(text)
    if result.type == "ASK":
        return [(Term("literal", "true" if result.askAnswer else "false", f"{XSD}boolean"),)]
    if result.type == "CONSTRUCT":
        assert result.graph is not None
        triples = ox.parse(result.graph.serialize(format="nt"), format=ox.RdfFormat.N_TRIPLES)
        lines = sorted((str(each.subject), str(each.predicate), str(each.object)) for each in triples)
        return [tuple(of_oxigraph(term) for term in line) for line in lines]
    return [tuple(of_rdflib(term) for term in row) for row in result if isinstance(row, ResultRow)]


def body_of(query: Query) -> str:
    """Give the query without PREFIX lines, comments, IRIs and strings, so that words can be looked for."""
    body = "\n".join(line for line in query.text.splitlines() if not line.startswith(("PREFIX ", "# ")))
    return re.sub(r'<[^<>\s]*>|"[^"\n]*"', " ", body)


def test_there_are_enough_queries() -> None:
    assert len(QUERIES) >= 20


def test_every_query_is_in_a_group_and_no_group_is_thin() -> None:
    sizes = Counter(query.category for query in QUERIES.values())
    assert sizes.pop("tables") == 4
    assert set(sizes) == {"who", "what", "when", "weapons", "claims", "provenance", "quality"}
    assert min(sizes.values()) >= 5


def test_no_expected_result_without_a_query() -> None:
    assert {path.stem for path in (ROOT / "queries").glob(f"*{queries.EXPECTED_SUFFIX}")} == set(QUERIES)


def test_no_file_of_another_kind() -> None:
    assert {path.suffix for path in (ROOT / "queries").iterdir()} == {".ttl", queries.EXPECTED_SUFFIX}


def test_no_question_is_asked_twice() -> None:
    assert (
        len({query.question for query in QUERIES.values()})
        == len({body_of(q) for q in QUERIES.values()})
        == len(QUERIES)
    )


@each_query
def test_expected_result_in_oxigraph(query: Query, store: ox.Store) -> None:
    expected = queries.read_expected(query.expected)
    assert expected.rows
    assert queries.run(store, query.text, query.name) == expected


@each_query
def test_expected_result_in_rdflib(query: Query, graph: rdflib.Graph) -> None:
    # Where this takes long: rdflib joins by bindings only next to a leaf; no pattern may be a cross product by itself.
    assert rows_of_rdflib(graph, query.text) == rows_of_oxigraph(queries.read_expected(query.expected))


@each_query
def test_no_row_stands_twice(query: Query) -> None:
    rows = queries.read_expected(query.expected).rows
    assert len(set(rows)) == len(rows)


@each_query
def test_every_column_comes_from_the_pattern(query: Query) -> None:
    body = body_of(query)
    if "SELECT" in body:
        for name in queries.read_expected(query.expected).variables:
            assert f"AS ?{name})" in body or len(
                re.findall(rf"\?{name}\b", body.partition("WHERE")[2].rpartition("}")[0])
            )


def test_order_does_not_depend_on_the_order_of_the_data(store: ox.Store) -> None:
    other = ox.Store()
    for quad in sorted(store, key=str, reverse=True):
        other.add(quad)
    for query in QUERIES.values():
        assert queries.run(other, query.text) == queries.run(store, query.text), query.name


@each_query
def test_sib_form(query: Query) -> None:
    described = ox.Store()
    described.load(path=str(query.expected.with_suffix(".ttl")), format=ox.RdfFormat.TURTLE)
    (resource,) = described.quads_for_pattern(None, RDF_TYPE, ox.NamedNode(f"{SH}SPARQLExecutable"))
    subject = resource.subject
    assert isinstance(subject, ox.NamedNode)
    assert subject.value.rpartition("/")[2] == query.name

    def values(predicate: str, of: ox.NamedNode = subject) -> list[ox.NamedNode | ox.Literal]:
        found = [quad.object for quad in described.quads_for_pattern(of, ox.NamedNode(predicate), None)]
        assert all(isinstance(value, ox.NamedNode | ox.Literal) for value in found), (
            "no blank node where it can be named"
        )
        return [value for value in found if isinstance(value, ox.NamedNode | ox.Literal)]

    (form,) = (form for form in FORMS if values(SH + form))
    assert {value.value for value in values(RDF_TYPE.value)} == {f"{SH}SPARQLExecutable", SH + FORMS[form]}
    (comment,) = values("http://www.w3.org/2000/01/rdf-schema#comment")
    assert isinstance(comment, ox.Literal)
    assert comment.language == "en"
    assert comment.value == query.question
    (target,) = values(f"{SCHEMA}target")
    assert isinstance(target, ox.NamedNode)
    assert query.keywords
    (prefixes,) = values(f"{SH}prefixes")
    assert isinstance(prefixes, ox.NamedNode)
    for node in values(f"{SH}declare", prefixes):
        assert isinstance(node, ox.NamedNode)
        (prefix,) = values(f"{SH}prefix", node)
        (space,) = values(f"{SH}namespace", node)
        assert isinstance(space, ox.Literal)
        assert space.datatype.value == f"{XSD}anyURI"
        assert f"PREFIX {prefix.value}: <{space.value}>\n" in query.text


@each_query
def test_question_is_a_sentence(query: Query) -> None:
    assert re.fullmatch(r"[A-Z][^\n]*[?.](?: \([^\n]*\))?", query.question)


@each_query
def test_declares_the_prefixes_that_it_uses(query: Query) -> None:
    declared = re.findall(r"^PREFIX (\w+): ", query.text, re.MULTILINE)
    body = "\n".join(line for line in query.text.splitlines() if not line.startswith(("PREFIX ", "# ")))
    text = re.sub(r'"[^"\n]*"', " ", body)
    assert declared == sorted(set(re.findall(r"(?<![\w:])([a-z]+):[A-Za-z]", text)))


def test_a_prefix_stands_for_one_namespace() -> None:
    lines = {line for query in QUERIES.values() for line in query.text.splitlines() if line.startswith("PREFIX ")}
    assert len({line.split()[1] for line in lines}) == len(lines)


@each_query
def test_names_only_what_the_dataset_describes(query: Query, described: set[str]) -> None:
    spaces = dict(re.findall(r"^PREFIX (\w+): <(.*)>$", query.text, re.MULTILINE))
    named = re.findall(r"(?<![\w:])([a-z]+):([A-Za-z][\w-]*)", body_of(query))
    ours = {spaces[prefix] + name for prefix, name in named if spaces[prefix].startswith("https://w3id.org/")}
    assert ours <= described


@each_query
def test_asks_one_default_graph_in_plain_sparql(query: Query) -> None:
    body = body_of(query)
    assert not re.search(r"(?<![?$\w])(GRAPH|SERVICE|FROM)\b", body, re.IGNORECASE)
    assert set(re.findall(r"(\w+:\w+)\s*\(", body)) <= {"xsd:integer"}


@each_query
def test_rows_have_an_order(query: Query) -> None:
    body = body_of(query).strip()
    assert not body.startswith("SELECT") or "\nORDER BY " in body


def test_find_query_names_the_nearest() -> None:
    name = next(iter(QUERIES))
    assert queries.find_query(QUERIES, name) is QUERIES[name]
    with pytest.raises(UsageError, match=name):
        queries.find_query(QUERIES, name[:-1] + "x")
    with pytest.raises(UsageError, match="ruiran-ld query"):
        queries.find_query(QUERIES, "0000")


DESCRIBED = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<x:q> a sh:SPARQLExecutable ; rdfs:comment "What?" ; sh:prefixes <x:p> ; sh:select "SELECT * {}" .
<x:p> sh:declare <x:p#a> . <x:p#a> sh:prefix "a" ; sh:namespace "x:a#" .
<x:other> sh:declare <x:p#b> . <x:p#b> sh:prefix "b" ; sh:namespace "x:b#" .
"""


def test_load_takes_the_prefixes_that_the_query_points_to(tmp_path: Path) -> None:
    (tmp_path / "one.ttl").write_text(DESCRIBED, encoding="utf-8")
    loaded = queries.load_queries(tmp_path)
    text = "PREFIX a: <x:a#>\nSELECT * {}\n"
    assert loaded == {"one": Query("one", "What?", "", (), text, tmp_path / "one.tsv")}


def test_load_takes_the_group_and_the_keywords(tmp_path: Path) -> None:
    schema = f'; <{SCHEMA}category> "things" ; <{SCHEMA}keywords> "b" , "a" ; sh:select'
    (tmp_path / "one.ttl").write_text(DESCRIBED.replace("; sh:select", schema), encoding="utf-8")
    loaded = queries.load_queries(tmp_path)["one"]
    assert (loaded.category, loaded.keywords) == ("things", ("a", "b"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a sh:SPARQLExecutable", "a sh:SPARQLExecutables"),
        ("rdfs:comment", "rdfs:label"),
        ('"What?"', '"What?", "Who?"'),
        ("sh:select", "sh:selects"),
        ('"SELECT * {}"', '"SELECT * {}" ; sh:ask "ASK {}"'),
        ("<x:other> ", "<x:other> a sh:SPARQLExecutable ; "),
    ],
)
def test_load_refuses_what_is_not_one_described_query(old: str, new: str, tmp_path: Path) -> None:
    assert old in DESCRIBED
    (tmp_path / "one.ttl").write_text(DESCRIBED.replace(old, new), encoding="utf-8")
    with pytest.raises(DataError, match=r"one\.ttl: not a described query; describe one sh:SPARQLExecutable"):
        queries.load_queries(tmp_path)


def test_load_names_the_line_that_is_not_turtle(tmp_path: Path) -> None:
    (tmp_path / "one.ttl").write_text(DESCRIBED.replace("<x:other>", "x:other"), encoding="utf-8")
    with pytest.raises(DataError, match=r"one\.ttl:4: not Turtle"):
        queries.load_queries(tmp_path)
