"""The service description: what the endpoint is and which graphs it has (SPARQL 1.1 Service Description)."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Final

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Triple

from ruiran_ld.endpoint import formats
from ruiran_ld.endpoint.messages import Ready
from ruiran_ld.namespaces import RDF, RDFS, XSD

_SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_VOID: Final = "http://rdfs.org/ns/void#"
_PREFIXES: Final = {"sd": _SD, "void": _VOID, "rdfs": RDFS, "format": "http://www.w3.org/ns/formats/"}


def write(endpoint: str, ready: Ready, media_type: str, remarks: str) -> bytes:
    """Write the description.

    Args:
        endpoint: the address that was asked.
        ready: which graphs there are.
        media_type: one of ``formats.GRAPHS``.
        remarks: for people: what queries may take.

    Raises:
        ValueError: if the address is no IRI.
    """
    target = io.BytesIO()
    triples = list(_triples(endpoint, ready, remarks))
    pyoxigraph.serialize(triples, target, format=formats.GRAPHS[media_type], prefixes=_PREFIXES)
    return target.getvalue()


def _triples(endpoint: str, ready: Ready, remarks: str) -> Iterator[Triple]:
    """Describe the service; its parts have names, not blank nodes, as all that is published here."""
    service, dataset, default = (NamedNode(endpoint + part) for part in ("#service", "#dataset", "#default-graph"))
    yield _typed(service, "Service")
    yield Triple(service, _sd("endpoint"), NamedNode(endpoint))
    yield Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query"))
    every = {each.iri for each in formats.SOLUTIONS.values()} | {each.iri for each in formats.GRAPHS.values()}
    yield from (Triple(service, _sd("resultFormat"), NamedNode(iri)) for iri in sorted(every))
    yield Triple(service, NamedNode(f"{RDFS}comment"), Literal(remarks, language="en"))
    yield Triple(service, _sd("defaultDataset"), dataset)
    yield _typed(dataset, "Dataset")
    yield Triple(dataset, _sd("defaultGraph"), default)
    yield from _graph(default, ready.triples)
    for number, (name, size) in enumerate(ready.graphs.items(), 1):
        named, graph = NamedNode(f"{endpoint}#named-graph-{number}"), NamedNode(f"{endpoint}#graph-{number}")
        yield Triple(dataset, _sd("namedGraph"), named)
        yield _typed(named, "NamedGraph")
        yield Triple(named, _sd("name"), NamedNode(name))
        yield Triple(named, _sd("graph"), graph)
        yield from _graph(graph, size)


def _graph(graph: NamedNode, size: int) -> Iterator[Triple]:
    yield _typed(graph, "Graph")
    yield Triple(graph, NamedNode(f"{_VOID}triples"), Literal(str(size), datatype=NamedNode(f"{XSD}integer")))


def _typed(node: NamedNode, name: str) -> Triple:
    return Triple(node, NamedNode(f"{RDF}type"), _sd(name))


def _sd(name: str) -> NamedNode:
    return NamedNode(_SD + name)
