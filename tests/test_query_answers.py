"""Answers of the query engine, and the four ways in which they are written."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ruiran_ld import queries
from ruiran_ld.errors import DataError, UsageError
from ruiran_ld.queries import Table

XSD = "http://www.w3.org/2001/XMLSchema#"
TABLE = Table(
    ("thing", "text"),
    (
        ("<http://example.org/a,b>", '"plain"'),
        (None, '"comma, \\"quote\\"\\nand line\\tend"@en'),
        ("_:b0", None),
        (f'"7"^^<{XSD}integer>', '"شاهد ۱۳۶"@fa'),
    ),
)

words = st.text(st.characters(exclude_categories=["Cs"]))
literals = st.one_of(
    st.builds(ox.Literal, words),
    st.builds(lambda text, tag: ox.Literal(text, language=tag), words, st.sampled_from(["en", "ru", "fa", "en-gb"])),
    st.builds(ox.Literal, st.integers(-(2**60), 2**60)),
    st.builds(lambda day: ox.Literal(day.isoformat(), datatype=ox.NamedNode(f"{XSD}date")), st.dates()),
    st.builds(lambda text: ox.Literal(text, datatype=ox.NamedNode("http://example.org/type")), words),
)
iris = st.builds(
    lambda name: ox.NamedNode(f"http://example.org/{name}"),
    st.from_regex(r"[a-z\u0430-\u044f/=,-]*(#[a-z/=,-]*)?", fullmatch=True),
)
terms = st.one_of(st.none(), iris.map(str), literals.map(str))


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Make tables of one to four columns."""
    names = draw(st.lists(st.from_regex(r"[a-z][a-zA-Z0-9]{0,5}", fullmatch=True), min_size=1, max_size=4, unique=True))
    rows = draw(st.lists(st.tuples(*[terms] * len(names)), max_size=5))
    return Table(tuple(names), tuple(rows))


def table_of(solutions: object) -> Table:
    assert isinstance(solutions, ox.QuerySolutions)
    names = tuple(variable.value for variable in solutions.variables)
    return Table(names, tuple(tuple(None if term is None else str(term) for term in row) for row in solutions))


def test_tsv() -> None:
    assert queries.as_tsv(TABLE) == (
        "?thing\t?text\n"
        '<http://example.org/a,b>\t"plain"\n'
        '\t"comma, \\"quote\\"\\nand line\\tend"@en\n'
        "_:b0\t\n"
        f'"7"^^<{XSD}integer>\t"شاهد ۱۳۶"@fa\n'
    )


def test_csv() -> None:
    assert queries.as_csv(TABLE) == (
        'thing,text\r\n"http://example.org/a,b",plain\r\n,"comma, ""quote""\nand line\tend"\r\n_:b0,\r\n7,شاهد ۱۳۶\r\n'
    )


def test_json() -> None:
    assert json.loads(queries.as_json(TABLE)) == {
        "head": {"vars": ["thing", "text"]},
        "results": {
            "bindings": [
                {
                    "thing": {"type": "uri", "value": "http://example.org/a,b"},
                    "text": {"type": "literal", "value": "plain"},
                },
                {"text": {"type": "literal", "value": 'comma, "quote"\nand line\tend', "xml:lang": "en"}},
                {"thing": {"type": "bnode", "value": "b0"}},
                {
                    "thing": {"type": "literal", "value": "7", "datatype": f"{XSD}integer"},
                    "text": {"type": "literal", "value": "شاهد ۱۳۶", "xml:lang": "fa"},
                },
            ]
        },
    }


def test_text() -> None:
    prefixes = {"ex": "http://example.org/", "exa": "http://example.org/a"}
    assert queries.as_text(TABLE, prefixes) == (
        "thing   text\n"
        "------  ---------------------------\n"
        "exa:,b  plain\n"
        '        comma, "quote" and line\tend\n'
        "_:b0\n"
        "7       شاهد ۱۳۶\n"
    )


def test_text_is_cut_to_the_width() -> None:
    table = Table(("x",), (('"123456"',), ('"12345"',)))
    assert queries.as_text(table, {}, 5) == "x\n-----\n1234…\n12345\n"


def test_text_without_rows_shows_the_columns() -> None:
    assert queries.as_text(Table(("one", "two"), ()), {}) == "one  two\n---  ---\n"


@given(tables())
def test_tsv_is_read_back(table: Table) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "answer.tsv"
        path.write_text(queries.as_tsv(table), encoding="utf-8", newline="\n")
        assert queries.read_expected(path) == table


@given(tables())
def test_json_is_read_back(table: Table) -> None:
    read = ox.parse_query_results(queries.as_json(table).encode(), format=ox.QueryResultsFormat.JSON)
    assert table_of(read) == table


@given(tables())
def test_csv_is_read_back(table: Table) -> None:
    rows = list(csv.reader(io.StringIO(queries.as_csv(table), newline=""), strict=True))
    plain = [[queries.plain(term) for term in row] for row in table.rows]
    # A row of one empty value is an empty line, which Python's reader takes for no value at all.
    assert rows == [list(table.variables), *(row if row != [""] else [] for row in plain)]


@pytest.fixture
def store() -> ox.Store:
    store = ox.Store()
    for name in "cab":
        store.add(ox.Quad(ox.NamedNode(f"x:{name}"), ox.NamedNode("x:p"), ox.Literal(name)))
    return store


def test_select_keeps_the_order_asked_for(store: ox.Store) -> None:
    answer = queries.run(store, "SELECT ?s ?nothing { ?s <x:p> ?o } ORDER BY DESC(?s)")
    assert answer == Table(("s", "nothing"), (("<x:c>", None), ("<x:b>", None), ("<x:a>", None)))


@pytest.mark.parametrize(("name", "answer"), [("a", "true"), ("z", "false")])
def test_ask_gives_one_row(store: ox.Store, name: str, answer: str) -> None:
    assert queries.run(store, f"ASK {{ <x:{name}> ?p ?o }}") == Table(("answer",), ((f'"{answer}"^^<{XSD}boolean>',),))


def test_construct_gives_sorted_triples(store: ox.Store) -> None:
    answer = queries.run(store, "CONSTRUCT { ?s <x:q> ?o } { ?s <x:p> ?o }")
    assert answer.variables == ("subject", "predicate", "object")
    assert answer.rows == tuple((f"<x:{name}>", "<x:q>", f'"{name}"') for name in "abc")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT", "mine.rq: not a SPARQL query"),
        ("INSERT DATA { <x:a> <x:p> <x:b> }", "mine.rq: not a SPARQL query"),
        (
            "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
            "mine.rq: the query asks another server with SERVICE",
        ),
        ("SELECT ?t { BIND (TRIPLE(<x:a>, <x:p>, <x:b>) AS ?t) }", "mine.rq: the query cannot be run.*RDF 1.1"),
    ],
)
def test_run_refuses(store: ox.Store, text: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        queries.run(store, text, "mine.rq")


def test_open_store_says_what_is_missing_or_wrong(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"none\.ttl: nothing to query; run 'ruiran-ld build' first"):
        queries.open_store([tmp_path / "none.ttl"])
    (tmp_path / "bad.ttl").write_text("<x:a> <x:b> .", encoding="utf-8")
    with pytest.raises(DataError, match=r"bad\.ttl: not Turtle"):
        queries.open_store([tmp_path / "bad.ttl"])


def test_expected_result_that_is_missing_or_wrong(tmp_path: Path) -> None:
    path = tmp_path / "x.tsv"
    with pytest.raises(DataError, match=r"x\.tsv: the query has no expected result"):
        queries.read_expected(path)
    path.write_text("?a\t?b\n<x:a>\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"x\.tsv: not SPARQL TSV"):
        queries.read_expected(path)
    path.write_text("true\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"x\.tsv: an expected result is a table"):
        queries.read_expected(path)
