"""Tables as metadata sees them: columns with a kind of value, and what tells one row from another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from ruiran_ld.errors import DataError, Place, Problem
from ruiran_ld.namespaces import XSD

_DATATYPES: Final = {
    **dict.fromkeys(("integer", "nonNegativeInteger", "positiveInteger"), "integer"),
    "boolean": "boolean",
    "date": "date",
    "decimal": "number",
    "double": "number",
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: name, what it holds, and the kind of its values: iri, text, integer, number, boolean or date."""

    name: str
    description: str
    kind: str


@dataclass(frozen=True, slots=True)
class Table:
    """A published table.

    Attributes:
        name: without the folder and the suffix of its file.
        file: the file's name within the release.
        description: the question that it answers.
        columns: in their order.
        rows: how many there are.
        key: the column that tells the rows apart, or empty.
        source: path of the query that gives it.
    """

    name: str
    file: str
    description: str
    columns: tuple[Column, ...]
    rows: int
    key: str
    source: str


class TableQuery(NamedTuple):
    """What is known of a table before it is filled.

    Attributes:
        file: its name within the release, such as ``tables/name.csv``.
        question: what it answers.
        path: of the query in the dataset folder, where the columns are described too.
        columns: name -> what the column holds.
    """

    file: str
    question: str
    path: str
    columns: Mapping[str, str]


def describe_table(query: TableQuery, variables: Sequence[str], rows: Sequence[Sequence[str | None]]) -> Table:
    """Describe a table from its rows of N-Triples terms.

    Args:
        query: what it is asked by.
        variables: names of the columns.
        rows: the terms; None where there is nothing.

    Raises:
        DataError: for a column that is not described, or a description without a column.
    """
    columns, place = query.columns, Place(query.path)
    problems = [
        Problem(f"the column '{name}' of a table is not described", "add a csvw:Column of that csvw:name", place)
        for name in variables
        if not columns.get(name)
    ]
    problems += [
        Problem(f"a column '{name}' is described, and the query has none", "correct its csvw:name", place)
        for name in columns
        if name not in variables
    ]
    if problems:
        raise DataError(problems)
    values = list(zip(*rows, strict=True)) or [()] * len(variables)
    described = tuple(Column(name, columns[name], _kind(each)) for name, each in zip(variables, values, strict=True))
    keys = (name for name, each in zip(variables, values, strict=True) if rows and _tells_apart(each))
    name = query.file.rpartition("/")[2].partition(".")[0]
    return Table(name, query.file, query.question, described, len(rows), next(keys, ""), query.path)


def _kind(values: Sequence[str | None]) -> str:
    """Find the kind that all values of a column have; text where they differ, or where there are none."""
    kinds = {_kind_of(value) for value in values if value is not None}
    return kinds.pop() if len(kinds) == 1 else "text"


def _kind_of(term: str) -> str:
    if term.startswith("<"):
        return "iri"
    datatype = term.rpartition("^^<")[2].removesuffix(">") if term.endswith(">") else ""
    return _DATATYPES.get(datatype.removeprefix(XSD), "text") if datatype.startswith(XSD) else "text"


def _tells_apart(values: Sequence[str | None]) -> bool:
    return None not in values and len(set(values)) == len(values)
