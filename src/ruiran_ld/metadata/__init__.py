"""One description of a build in the words of DCAT-AP, VoID, PROV-O, schema.org, RO-Crate, Croissant and CFF.

What people wrote stands once, in the settings; the rest is counted here. Nothing reads a clock.

No file can hold its own checksum, and no two each other's, so the metadata files are written in three steps. Each
describes, with size and SHA-256, all files before it: ``catalogues`` (schema.org, Croissant, CFF) what the other
stages gave; ``graph`` (``metadata.ttl``) those too; ``crate`` (RO-Crate) all but itself. ``SHA256SUMS`` has every one.
"""

from __future__ import annotations

from typing import Final

from ruiran_ld.metadata import citation, croissant, dcat, prov, ro_crate, schema_org, void
from ruiran_ld.metadata.counts import Counts, count, examples, named_graphs
from ruiran_ld.metadata.description import Description, Software, Source
from ruiran_ld.metadata.files import Holdings, describe_files, title_of
from ruiran_ld.metadata.tables import Table, TableQuery, describe_table
from ruiran_ld.metadata.triples import PREFIXES

GRAPH_FILE: Final = "metadata.ttl"


def catalogues(description: Description) -> dict[str, bytes]:
    """Describe what the other stages gave for those who look for data or cite it: file name -> bytes."""
    written = {each.FILE_NAME: each.write(description) for each in (citation, schema_org)}
    return written | ({croissant.FILE_NAME: croissant.write(description)} if description.tables else {})


def graph(description: Description) -> list[str]:
    """Describe a build as RDF: canonical N-Triples lines, sorted, for ``GRAPH_FILE``."""
    return sorted({*dcat.lines(description), *void.lines(description), *prov.lines(description)})


def crate(description: Description) -> dict[str, bytes]:
    """Describe the release as a whole: file name -> bytes."""
    return {ro_crate.FILE_NAME: ro_crate.write(description)}


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
    "catalogues",
    "count",
    "crate",
    "describe_files",
    "describe_table",
    "examples",
    "graph",
    "named_graphs",
    "title_of",
]
