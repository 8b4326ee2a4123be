"""The bundled SPARQL queries and their answers.

A query is a described resource in the form of the SIB's SPARQL examples (``sh:SPARQLExecutable`` with ``sh:select``,
``rdfs:comment``, ``schema:keywords``), in a Turtle file of its own; beside it stands its expected result as SPARQL TSV.
A file of a person's own is plain SPARQL.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pyoxigraph
from pyoxigraph import QueryResultsFormat, QuerySolutions

from ruiran_ld.errors import DataError, Place, Problem, UsageError, nearest
from ruiran_ld.namespaces import CSVW, DCTERMS, RDF, RDFS, SCHEMA, SH

EXPECTED_SUFFIX: Final = ".tsv"
TABLES: Final = "tables"
"""Category of the queries whose answers are published as CSV too."""
# IRIs, strings and comments (SPARQL 1.1 Query, section 19.8).
_not_code: Final = re.compile(
    r"""<[^<>"{}|^`\\\s]*>|\"{3}(?:\\.|[^\\])*?\"{3}|'{3}(?:\\.|[^\\])*?'{3}|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|\#[^\n]*""",
    re.DOTALL,
)
_is_service: Final = re.compile(r"(?<![\w:?$@-])service(?![\w:-])", re.IGNORECASE).search
_FORMS: Final = ("select", "ask", "construct")


@dataclass(frozen=True, slots=True)
class Query:
    """A bundled query.

    Attributes:
        name: the file's name without suffix.
        question: what it answers, for people.
        category: the group of questions that it belongs to, or empty.
        keywords: what to find it by.
        text: the whole SPARQL, prefixes included.
        expected: the file with its expected result.
        columns: what each column holds, by name, where the file says so (``csvw:Column``), as that of a table does.
    """

    name: str
    question: str
    category: str
    keywords: tuple[str, ...]
    text: str
    expected: Path
    columns: Mapping[str, str] = field(default_factory=dict)

    @property
    def table_file(self) -> str:
        """Name of the CSV file of its answer within a release; empty for a query that gives no published table."""
        return f"{TABLES}/{self.name.removeprefix('table-')}.csv" if self.category == TABLES else ""


@dataclass(frozen=True, slots=True)
class Table:
    """An answer: variables, and rows of N-Triples terms or None where a variable is unbound."""

    variables: tuple[str, ...]
    rows: tuple[tuple[str | None, ...], ...]


def load_queries(folder: Path) -> dict[str, Query]:
    """Load the bundled queries of a folder, by name in order.

    Raises:
        DataError: for a file that is not a query in the form above.
    """
    return {path.stem: _load(path) for path in sorted(folder.glob("*.ttl"))}


def find_query(queries: Mapping[str, Query], name: str) -> Query:
    """Find a bundled query by name.

    Raises:
        UsageError: naming the nearest one, if there is none.
    """
    if name in queries:
        return queries[name]
    remedy = nearest(name, queries) or "'ruiran-ld query' lists them"
    raise UsageError(Problem(f"no query is called '{name}'", remedy))


def _load(path: Path) -> Query:
    by_subject = _described(path)
    executables = [each for each in by_subject.values() if f"{SH}SPARQLExecutable" in each.get(f"{RDF}type", ())]
    described = executables[0] if len(executables) == 1 else {}
    bodies = [body for form in _FORMS for body in described.get(SH + form, ())]
    comments = described.get(f"{RDFS}comment", ())
    if len(bodies) != 1 or len(comments) != 1:
        remedy = "describe one sh:SPARQLExecutable with one sh:select, sh:ask or sh:construct and one rdfs:comment"
        raise DataError(Problem("not a described query", remedy, Place(str(path))))
    return Query(
        name=path.stem,
        question=comments[0],
        category=next(iter(described.get(f"{SCHEMA}category", ())), ""),
        keywords=tuple(sorted(described.get(f"{SCHEMA}keywords", ()))),
        text=_prologue(by_subject, described) + bodies[0].strip() + "\n",
        expected=path.with_suffix(EXPECTED_SUFFIX),
        columns=_columns(by_subject, described),
    )


def _described(path: Path) -> dict[str, dict[str, list[str]]]:
    """Read a Turtle file: subject -> predicate -> values."""
    by_subject: dict[str, dict[str, list[str]]] = {}
    try:
        for quad in pyoxigraph.parse(path=str(path), format=pyoxigraph.RdfFormat.TURTLE):
            values = by_subject.setdefault(_value(quad.subject), {}).setdefault(quad.predicate.value, [])
            values.append(_value(quad.object))
    except SyntaxError as error:
        place = Place(str(path), error.lineno or 0)
        raise DataError(Problem(f"not Turtle: {error.msg}", "mend the syntax", place)) from error
    return by_subject


def _value(term: pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal | pyoxigraph.Triple) -> str:
    return str(term) if isinstance(term, pyoxigraph.Triple) else term.value


def _prologue(by_subject: Mapping[str, Mapping[str, list[str]]], described: Mapping[str, list[str]]) -> str:
    """Write the PREFIX lines that the query's sh:prefixes declare."""
    holders = (by_subject.get(holder, {}) for holder in described.get(f"{SH}prefixes", ()))
    nodes = (by_subject.get(node, {}) for holder in holders for node in holder.get(f"{SH}declare", ()))
    pairs = {
        (prefix, space)
        for node in nodes
        for prefix in node.get(f"{SH}prefix", ())
        for space in node.get(f"{SH}namespace", ())
    }
    return "".join(f"PREFIX {prefix}: <{space}>\n" for prefix, space in sorted(pairs))


def _columns(by_subject: Mapping[str, Mapping[str, list[str]]], described: Mapping[str, list[str]]) -> dict[str, str]:
    """Read what the columns hold (Metadata Vocabulary for Tabular Data, sections 5.5 and 5.6)."""
    schemas = (by_subject.get(schema, {}) for schema in described.get(f"{CSVW}tableSchema", ()))
    nodes = (by_subject.get(node, {}) for schema in schemas for node in schema.get(f"{CSVW}column", ()))
    return {
        name: next(iter(node.get(f"{DCTERMS}description", ())), "")
        for node in nodes
        for name in node.get(f"{CSVW}name", ())
    }


def open_store(data: Iterable[Path]) -> pyoxigraph.Store:
    """Load Turtle files into the default graph of a store in memory.

    Raises:
        UsageError: if a file is missing.
        DataError: if one is not Turtle.
    """
    store = pyoxigraph.Store()
    for path in data:
        try:
            store.bulk_load(path=str(path), format=pyoxigraph.RdfFormat.TURTLE)
        except OSError as error:
            raise UsageError(Problem("nothing to query", "run 'ruiran-ld build' first", Place(str(path)))) from error
        except SyntaxError as error:
            raise DataError(Problem(f"not Turtle: {error.msg}", "build again", Place(str(path)))) from error
    return store


def run(store: pyoxigraph.Store, text: str, source: str = "query") -> Table:
    """Run a SELECT, ASK or CONSTRUCT query.

    Returns:
        A table; ASK gives one row ``answer``, CONSTRUCT the columns subject, predicate, object, sorted.

    Raises:
        UsageError: if it is not SPARQL, or an update, or asks another server.
    """
    require_local(text, source)
    try:
        results = store.query(text)
        if isinstance(results, QuerySolutions):
            return _table(results)
        if isinstance(results, pyoxigraph.QueryBoolean):
            answer = "true" if results else "false"
            return Table(("answer",), ((f'"{answer}"^^<http://www.w3.org/2001/XMLSchema#boolean>',),))
        triples = sorted((str(t.subject), str(t.predicate), str(t.object)) for t in results)
        return Table(("subject", "predicate", "object"), tuple(triples))
    except SyntaxError as error:
        raise UsageError(Problem(f"not a SPARQL query: {error.msg}", "mend it", Place(source))) from error
    except (OSError, ValueError) as error:
        problem = Problem(f"the query cannot be run: {error}", "ask this dataset alone", Place(source))
        raise UsageError(problem) from error


def _term(
    term: pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal | pyoxigraph.Triple | None,
) -> str | None:
    if isinstance(term, pyoxigraph.Triple):
        raise ValueError("it answers with a triple as a term, which RDF 1.1 does not know")  # noqa: TRY004 (the query is at fault, not a caller)
    return None if term is None else str(term)


def require_local(text: str, source: str) -> None:
    """Refuse a query that would ask another server, before any is asked (SPARQL 1.1 Federated Query, section 2).

    Raises:
        UsageError: for SERVICE outside IRIs, strings and comments.
    """
    if _is_service(_not_code.sub(" ", text)):
        problem = Problem("the query asks another server with SERVICE", "ask this dataset alone", Place(source))
        raise UsageError(problem)


def read_expected(path: Path) -> Table:
    """Read an expected result (SPARQL 1.1 TSV).

    Raises:
        DataError: if it is missing or not in that form.
    """
    try:
        return read_tsv(path.read_bytes(), str(path))
    except OSError as error:
        remedy = "'ruiran-ld build --update-expected' writes it; look at it then"
        raise DataError(Problem("the query has no expected result", remedy, Place(str(path)))) from error


def read_tsv(content: bytes, name: str) -> Table:
    """Read an answer (SPARQL 1.1 TSV).

    Args:
        content: the bytes of the file.
        name: what it is called in messages.

    Raises:
        DataError: if it is not in that form.
    """
    try:
        results = pyoxigraph.parse_query_results(content, format=QueryResultsFormat.TSV)
        if isinstance(results, pyoxigraph.QueryBoolean):
            raise DataError(Problem("an expected result is a table", "write variables and rows", Place(name)))
        return _table(results)
    except (SyntaxError, ValueError) as error:
        raise DataError(Problem(f"not SPARQL TSV: {error}", "mend it", Place(name))) from error


def _table(solutions: QuerySolutions) -> Table:
    variables = tuple(variable.value for variable in solutions.variables)
    return Table(variables, tuple(tuple(_term(each) for each in row) for row in solutions))


def as_tsv(table: Table) -> str:
    """Write a table as SPARQL 1.1 TSV (section 4): terms in full."""
    lines = ["\t".join(f"?{variable}" for variable in table.variables)]
    lines.extend("\t".join(term or "" for term in row) for row in table.rows)
    return "\n".join(lines) + "\n"


def as_csv(table: Table) -> str:
    """Write a table as SPARQL 1.1 CSV (section 3): plain values."""
    return csv_line(table.variables) + "".join(csv_line(map(plain, row)) for row in table.rows)


def csv_line(values: Iterable[str]) -> str:
    """Write a line of CSV (RFC 4180), its end included."""
    return ",".join(map(_csv_field, values)) + "\r\n"


def as_json(table: Table) -> str:
    """Write a table as SPARQL 1.1 Query Results JSON."""
    bindings = [
        {name: _json_term(term) for name, term in zip(table.variables, row, strict=True) if term is not None}
        for row in table.rows
    ]
    document = {"head": {"vars": list(table.variables)}, "results": {"bindings": bindings}}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def as_text(table: Table, prefixes: Mapping[str, str], width: int = 0) -> str:
    """Write a table for people: IRIs shortened by prefixes, literals plain, columns in line.

    Args:
        table: the answer.
        prefixes: prefix -> namespace.
        width: characters that a column may take; 0 for no limit.
    """
    rows = [[_short(term, prefixes) for term in row] for row in table.rows]
    if width:
        rows = [[cell if len(cell) <= width else cell[: width - 1] + "…" for cell in row] for row in rows]
    grid = [list(table.variables), *rows]
    widths = [max(len(row[column]) for row in grid) for column in range(len(table.variables))]
    lines = ["  ".join(cell.ljust(size) for cell, size in zip(row, widths, strict=True)).rstrip() for row in grid]
    lines.insert(1, "  ".join("-" * size for size in widths))
    return "\n".join(lines) + "\n"


def plain(term: str | None) -> str:
    """Give the value of a term without its syntax: an IRI, the text of a literal; a blank node as ``_:label``."""
    if term is None or term.startswith("_:"):
        return term or ""
    return _node(term).value


def _node(term: str) -> pyoxigraph.NamedNode | pyoxigraph.Literal | pyoxigraph.BlankNode:
    if term.startswith("<"):
        return pyoxigraph.NamedNode(term[1:-1])
    if term.startswith("_:"):
        return pyoxigraph.BlankNode(term[2:])
    quad = next(iter(pyoxigraph.parse(f"<x:s> <x:p> {term} .".encode(), format=pyoxigraph.RdfFormat.N_TRIPLES)))
    if not isinstance(quad.object, pyoxigraph.Literal):
        raise TypeError(term)
    return quad.object


def _short(term: str | None, prefixes: Mapping[str, str]) -> str:
    value = plain(term)
    if term is None or not term.startswith("<"):
        return value.replace("\n", " ")
    spaces: Sequence[tuple[str, str]] = sorted(prefixes.items(), key=lambda item: (-len(item[1]), item[0]))
    for prefix, space in spaces:
        if value.startswith(space):
            return f"{prefix}:{value.removeprefix(space)}"
    return value


def _csv_field(value: str) -> str:
    quoted = value.replace('"', '""')
    return f'"{quoted}"' if any(char in value for char in '",\r\n') else value


def _json_term(term: str) -> dict[str, str]:
    node = _node(term)
    if isinstance(node, pyoxigraph.NamedNode):
        return {"type": "uri", "value": node.value}
    if isinstance(node, pyoxigraph.BlankNode):
        return {"type": "bnode", "value": node.value}
    if node.language is not None:
        return {"type": "literal", "value": node.value, "xml:lang": node.language}
    if node.datatype.value == "http://www.w3.org/2001/XMLSchema#string":
        return {"type": "literal", "value": node.value}
    return {"type": "literal", "value": node.value, "datatype": node.datatype.value}
