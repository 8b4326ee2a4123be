"""Canonical N-Triples (RDF 1.1 N-Triples, section 4), sorted by code point, for machines and for comparing releases."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ruiran_ld.serialization.graph import Graph
from ruiran_ld.serialization.presentation import Presentation

SUFFIX: Final = ".nt"
MEDIA_TYPE: Final = "application/n-triples"


def write(graph: Graph, presentation: Presentation) -> Iterator[str]:  # noqa: ARG001 (the interface of all formats)
    """Write a graph as N-Triples, line by line."""
    for line in graph.lines:
        yield f"{line}\n"
