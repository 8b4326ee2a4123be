"""One run of pyoxigraph: triples made as objects from ready tables, and serialized as they come."""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from bench.layout import IRI, PLAIN, Table, read_layout
from ruiran_ld.namespaces import RDF

_TYPE = NamedNode(f"{RDF}type")


def _maker(kind: str) -> Callable[[str], NamedNode | Literal]:
    if kind == IRI:
        return NamedNode
    if kind == PLAIN:
        return Literal
    if kind.startswith("@"):
        language = kind[1:]
        return lambda value: Literal(value, language=language)
    datatype = NamedNode(kind)
    return lambda value: Literal(value, datatype=datatype)


def _triples(table: Table, rows: Iterator[list[str]]) -> Iterator[Triple]:
    classes = [NamedNode(class_) for class_ in table.classes]
    columns = [(number, NamedNode(each.predicate), _maker(each.kind)) for number, each in enumerate(table.columns, 1)]
    for row in rows:
        subject = NamedNode(row[0])
        for class_ in classes:
            yield Triple(subject, _TYPE, class_)
        for number, predicate, make in columns:
            if value := row[number]:
                yield Triple(subject, predicate, make(value))


def _facts(rows: Iterator[list[str]]) -> Iterator[Triple]:
    for subject, predicate, object_ in rows:
        yield Triple(NamedNode(subject), NamedNode(predicate), NamedNode(object_))


def _all(folder: Path) -> Iterator[Triple]:
    for table in read_layout(folder):
        with (folder / f"{table.name}.csv").open(encoding="utf-8", newline="") as stream:
            rows = csv.reader(stream)
            next(rows)
            yield from _facts(rows) if table.is_facts else _triples(table, rows)


def main() -> None:
    """Convert the tables of the folder named first into the file named second."""
    serialize(_all(Path(sys.argv[1])), sys.argv[2], format=RdfFormat.N_TRIPLES)


if __name__ == "__main__":
    main()
