"""The published formats, one short module each, behind one interface (``Format``).

All take the same graph and give text that depends on nothing else: sorted, without blank nodes, UTF-8, a newline at the
end, the same bytes on every machine and day.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Protocol

from ruiran_ld.serialization import jsonld, jsonld_context, ntriples_file, sssom, trig, turtle
from ruiran_ld.serialization.excerpts import ExcerptWriter, Part, triples
from ruiran_ld.serialization.graph import Facts, Graph, is_iri, literal_parts
from ruiran_ld.serialization.presentation import Presentation


class Format(Protocol):
    """What each format's module has."""

    @property
    def SUFFIX(self) -> str:  # noqa: N802 (a constant of the module)
        """What follows the dataset's name in the name of the file in the release."""

    @property
    def MEDIA_TYPE(self) -> str:  # noqa: N802 (a constant of the module)
        """Media type of the file."""

    def write(self, graph: Graph, presentation: Presentation) -> Iterator[str]:
        """Write a graph in this format, in pieces."""


FORMATS: Final[tuple[Format, ...]] = (turtle, jsonld, ntriples_file, trig)


def serialize(graph: Graph, presentation: Presentation, formats: tuple[Format, ...] = FORMATS) -> dict[str, bytes]:
    """Write a graph in several formats: file name -> bytes."""
    name = presentation.name
    return {name + each.SUFFIX: "".join(each.write(graph, presentation)).encode() for each in formats}


def serialize_context(presentation: Presentation) -> dict[str, bytes]:
    """Write the JSON-LD context: file name -> bytes."""
    return {jsonld_context.FILE_NAME: "".join(jsonld_context.write_context(presentation)).encode()}


def serialize_mappings(graph: Graph, presentation: Presentation) -> dict[str, bytes]:
    """Write the links to authorities' records as SSSOM: file name -> bytes."""
    return {sssom.FILE_NAME: "".join(sssom.write(graph, presentation)).encode()}


def serialize_entailed(graph: Graph, presentation: Presentation) -> dict[str, bytes]:
    """Write the closure as Turtle: file name -> bytes."""
    return {entailed_file_name(presentation.name): "".join(turtle.write(graph, presentation)).encode()}


def serialize_description(name: str, graph: Graph, presentation: Presentation) -> dict[str, bytes]:
    """Write a graph that describes the dataset as Turtle: file name -> bytes."""
    return {name: "".join(turtle.write(graph, presentation)).encode()}


def file_name(name: str) -> str:
    """Name the Turtle file of the asserted graph of a dataset."""
    return name + turtle.SUFFIX


def graph_file_name(name: str) -> str:
    """Name the N-Triples file of the asserted graph of a dataset."""
    return name + ntriples_file.SUFFIX


def dataset_file_name(name: str) -> str:
    """Name the TriG file of a dataset, which has the claims of each document in a named graph."""
    return name + trig.SUFFIX


def entailed_file_name(name: str) -> str:
    """Name the Turtle file of the closure of a dataset."""
    return name + turtle.ENTAILED_SUFFIX


def mappings_file_name() -> str:
    """Name the SSSOM file; what stands before its first dot names the mapping set below the base."""
    return sssom.FILE_NAME


__all__ = [
    "FORMATS",
    "ExcerptWriter",
    "Facts",
    "Format",
    "Graph",
    "Part",
    "Presentation",
    "dataset_file_name",
    "entailed_file_name",
    "file_name",
    "graph_file_name",
    "is_iri",
    "literal_parts",
    "mappings_file_name",
    "serialize",
    "serialize_context",
    "serialize_description",
    "serialize_entailed",
    "serialize_mappings",
    "triples",
]
