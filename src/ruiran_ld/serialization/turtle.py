"""Turtle (RDF 1.1), for people: everything in one graph, in sections by kind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ruiran_ld.serialization.blocks import TurtleTerms, heading, section_blocks
from ruiran_ld.serialization.graph import Graph
from ruiran_ld.serialization.presentation import Presentation

SUFFIX: Final = ".ttl"
ENTAILED_SUFFIX: Final = "-entailed.ttl"
MEDIA_TYPE: Final = "text/turtle"


def write(graph: Graph, presentation: Presentation) -> Iterator[str]:
    """Write a graph as Turtle, in pieces."""
    prefixes = presentation.graph_prefixes(graph)
    terms = TurtleTerms(prefixes)
    body: list[str] = []
    for section in presentation.sections(graph, prefixes):
        body.append(heading(section.title))
        body.extend(section_blocks(graph, section, terms))
    yield from terms.header()
    yield from body
