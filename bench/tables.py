"""Cuts our output into tables, one a record type, for the tools that we are measured against.

They get what a well kept relational database would give them: whole IRIs, nothing twice, no check left to do. A
property with at most one value is a column, one with several a table of its own; what is said of events and other
things, in dozens of properties, is one table of subject, property and object.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Collection, Iterator
from contextlib import ExitStack
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Triple

from bench.layout import IRI, PLAIN, Column, Table, write_layout
from ruiran_ld.namespaces import OA, RDF, RDFS, RR, XSD

if TYPE_CHECKING:
    from _csv import Writer

_TYPE: Final = f"{RDF}type"
_RECORDS: Final = {
    f"{RR}Claim": "claims",
    f"{RR}Document": "documents",
    f"{RR}Passage": "passages",
    f"{OA}TextPositionSelector": "selectors",
    f"{RR}Statement": "statements",
    f"{RR}IdentityLink": "identity_links",
    f"{RR}UnnamedAuthor": "unnamed_authors",
    f"{RR}AuthorityRecord": "authority_records",
}
_THINGS: Final = "things"
_FACTS: Final = "facts"
_COLUMNS_OF_THINGS: Final = frozenset((_TYPE, f"{RR}realis", f"{RDFS}label"))


def _column(triple: Triple) -> tuple[Column, str]:
    object_ = triple.object
    if isinstance(object_, NamedNode):
        return Column(triple.predicate.value, IRI), object_.value
    assert isinstance(object_, Literal)
    if object_.language:
        return Column(triple.predicate.value, f"@{object_.language}"), object_.value
    datatype = object_.datatype.value
    return Column(triple.predicate.value, PLAIN if datatype == f"{XSD}string" else datatype), object_.value


def _subjects(sorted_triples: Path) -> Iterator[tuple[str, str, list[tuple[Column, str]]]]:
    """Read the subjects of sorted N-Triples: record type, IRI, facts."""
    quads = pyoxigraph.parse(path=str(sorted_triples), format=pyoxigraph.RdfFormat.N_TRIPLES)
    for subject, group in groupby((quad.triple for quad in quads), key=lambda triple: triple.subject):
        assert isinstance(subject, NamedNode)
        facts = [_column(triple) for triple in group]
        types = [value for column, value in facts if column.predicate == _TYPE]
        record = next((_RECORDS[type_] for type_ in types if type_ in _RECORDS), _THINGS)
        yield record, subject.value, facts


def _in_facts(record: str, column: Column) -> bool:
    return record == _THINGS and column.kind == IRI and column.predicate not in _COLUMNS_OF_THINGS


def _name(column: Column) -> str:
    return column.predicate.replace("#", "/").rpartition("/")[2] + column.kind.replace("#", "/").rpartition("/")[2]


def layout(sorted_triples: Path) -> list[Table]:
    """Find which tables and columns the records need."""
    classes: dict[str, set[str]] = {}
    single: dict[str, dict[Column, bool]] = {}
    for record, _, facts in _subjects(sorted_triples):
        types = {value for column, value in facts if column.predicate == _TYPE} if record != _THINGS else set()
        classes.setdefault(record, types).intersection_update(types)
        columns = single.setdefault(record, {})
        here = [column for column, value in facts if not _is_class(column, value, classes[record])]
        for column in here:
            if not _in_facts(record, column):
                columns[column] = columns.get(column, True) and here.count(column) == 1
    tables = [Table(_FACTS, (), ())]
    for record, columns in sorted(single.items()):
        wide = tuple(sorted(column for column, one in columns.items() if one))
        tables.append(Table(record, tuple(sorted(classes[record])), wide))
        tables.extend(Table(f"{record}_{_name(c)}", (), (c,)) for c, one in sorted(columns.items()) if not one)
    return tables


def _is_class(column: Column, value: str, classes: Collection[str]) -> bool:
    return column.predicate == _TYPE and value in classes


def write_tables(sorted_triples: Path, folder: Path) -> None:
    """Write the tables as CSV, with their layout beside them."""
    tables = layout(sorted_triples)
    folder.mkdir(parents=True)
    write_layout(tables, folder)
    by_name = {table.name: table for table in tables}
    with ExitStack() as stack:
        writers = {table.name: _open(table, folder, stack) for table in tables}
        for record, subject, facts in _subjects(sorted_triples):
            table, row = by_name[record], dict[Column, str]()
            for column, value in facts:
                if _is_class(column, value, table.classes):
                    continue
                if column in table.columns:
                    row[column] = value
                elif _in_facts(record, column):
                    writers[_FACTS].writerow((subject, column.predicate, value))
                else:
                    writers[f"{record}_{_name(column)}"].writerow((subject, value))
            writers[record].writerow((subject, *(row.get(column, "") for column in table.columns)))


def _open(table: Table, folder: Path, stack: ExitStack) -> Writer:
    stream = stack.enter_context((folder / f"{table.name}.csv").open("w", encoding="utf-8", newline=""))
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(table.header())
    return writer


def main() -> None:
    """Cut the sorted N-Triples named first into tables in the folder named second."""
    write_tables(Path(sys.argv[1]), Path(sys.argv[2]))


if __name__ == "__main__":
    main()
