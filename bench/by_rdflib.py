"""One run of rdflib: a graph built by hand from ready tables, and serialized."""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from rdflib import Graph, Literal, URIRef

from bench.layout import IRI, PLAIN, Table, read_layout
from ruiran_ld.namespaces import RDF

_TYPE = URIRef(f"{RDF}type")


def _maker(kind: str) -> Callable[[str], URIRef | Literal]:
    if kind == IRI:
        return URIRef
    if kind == PLAIN:
        return Literal
    if kind.startswith("@"):
        language = kind[1:]
        return lambda value: Literal(value, lang=language)
    datatype = URIRef(kind)
    return lambda value: Literal(value, datatype=datatype)


def _fill(graph: Graph, table: Table, rows: Iterator[list[str]]) -> None:
    classes = [URIRef(class_) for class_ in table.classes]
    columns = [(number, URIRef(each.predicate), _maker(each.kind)) for number, each in enumerate(table.columns, 1)]
    for row in rows:
        subject = URIRef(row[0])
        for class_ in classes:
            graph.add((subject, _TYPE, class_))
        for number, predicate, make in columns:
            if value := row[number]:
                graph.add((subject, predicate, make(value)))


def main() -> None:
    """Convert the tables of the folder named first into the file named second."""
    folder, graph = Path(sys.argv[1]), Graph()
    for table in read_layout(folder):
        with (folder / f"{table.name}.csv").open(encoding="utf-8", newline="") as stream:
            rows = csv.reader(stream)
            next(rows)
            if table.is_facts:
                for subject, predicate, object_ in rows:
                    graph.add((URIRef(subject), URIRef(predicate), URIRef(object_)))
            else:
                _fill(graph, table, rows)
    graph.serialize(sys.argv[2], format="nt", encoding="utf-8")


if __name__ == "__main__":
    main()
