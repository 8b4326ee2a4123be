"""TriG (RDF 1.1): each document's claims and passages in a graph of their own, the rest in the default graph."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Final

from ruiran_ld.serialization.blocks import TurtleTerms, heading, section_blocks
from ruiran_ld.serialization.graph import Graph
from ruiran_ld.serialization.presentation import Presentation

SUFFIX: Final = ".trig"
MEDIA_TYPE: Final = "application/trig"


def graph_name(document: str) -> str:
    """Give the IRI of the graph that holds the claims of a document."""
    return f"{document}/claims"


def write(graph: Graph, presentation: Presentation) -> Iterator[str]:
    """Write a graph as TriG, in pieces; sections and blocks are those of the Turtle file."""
    prefixes = presentation.graph_prefixes(graph)
    terms = TurtleTerms(prefixes)
    body: list[str] = []
    for document, sections in groupby(presentation.sections(graph, prefixes), key=lambda section: section.document):
        if document:
            body.append(f"\n{terms.iri(f'<{graph_name(document)}>')} {{\n")
        for section in sections:
            body.append(heading(section.title))
            body.extend(section_blocks(graph, section, terms, "    " if document else ""))
        if document:
            body.append("}\n")
    yield from terms.header()
    yield from body
