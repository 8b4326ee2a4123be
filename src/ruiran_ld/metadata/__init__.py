"""One description of a build in the words of DCAT-AP, VoID, PROV-O, schema.org, RO-Crate, Croissant and CFF.

What people wrote stands once, in the settings; the rest is counted here. Nothing reads a clock. The metadata files
describe every other file with size and SHA-256; of each other they give at most the name, since files that held each
other's checksums could never be written. ``SHA256SUMS`` of the release has those of all.
"""

from __future__ import annotations

from typing import Final

from ruiran_ld.metadata import citation, croissant, dcat, prov, ro_crate, schema_org, void
from ruiran_ld.metadata.counts import Counts, count, examples, named_graphs
from ruiran_ld.metadata.description import Description, Software, Source
from ruiran_ld.metadata.files import Holdings, describe_files
from ruiran_ld.metadata.tables import Table, TableQuery, describe_table
from ruiran_ld.metadata.triples import PREFIXES

GRAPH_FILE: Final = "metadata.ttl"


def file_names() -> tuple[str, ...]:
    """List the metadata files, which describe all others."""
    return (GRAPH_FILE, *(each.FILE_NAME for each in (citation, croissant, ro_crate, schema_org)))


def graph(description: Description) -> list[str]:
    """Describe a build as RDF: canonical N-Triples lines, sorted, for ``GRAPH_FILE``."""
    return sorted({*dcat.lines(description), *void.lines(description), *prov.lines(description)})


def documents(description: Description) -> dict[str, bytes]:
    """Describe a build in all forms that are not RDF of ours: file name -> bytes."""
    written = {
        citation.FILE_NAME: citation.write(description),
        ro_crate.FILE_NAME: ro_crate.write(description, (GRAPH_FILE, citation.FILE_NAME, schema_org.FILE_NAME)),
        schema_org.FILE_NAME: schema_org.write(description),
    }
    if description.tables:
        written[croissant.FILE_NAME] = croissant.write(description)
    return written


__all__ = [
    "GRAPH_FILE",
    "PREFIXES",
    "Counts",
    "Description",
    "Holdings",
    "Software",
    "Source",
    "Table",
    "TableQuery",
    "count",
    "describe_files",
    "describe_table",
    "documents",
    "examples",
    "file_names",
    "graph",
    "named_graphs",
]
