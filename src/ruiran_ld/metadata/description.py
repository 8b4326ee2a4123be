"""All that is known of a build, from which every metadata file is written, and the IRIs that describe it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import quote

from ruiran_ld.metadata.counts import Counts
from ruiran_ld.metadata.files import PublishedFile
from ruiran_ld.metadata.tables import Table
from ruiran_ld.records import Settings

_SAFE = ":=,+"


class Software(NamedTuple):
    """What made the files: name, version, and the page that tells of it."""

    name: str
    version: str
    home: str


class Source(NamedTuple):
    """A document that was annotated: IRI, name for people, the named graph of its claims, and its statement of rights.

    ``graph`` is empty where the release has no file with named graphs, ``rights`` where nothing was said.
    """

    iri: str
    label: str
    graph: str
    triples: int
    rights: str


@dataclass(frozen=True, slots=True)
class Description:
    """What a build knows of itself.

    Attributes:
        settings: what people wrote of the dataset.
        software: what built it.
        files: the published files that are to be described, sorted by name.
        tables: those of them that are tables.
        inputs: path of a file of the dataset folder -> SHA-256 in hexadecimal.
        asserted: figures of the asserted graph.
        entailed: figures of the closure with the ontology's terms.
        documents: what was annotated.
        rights: IRI of a statement of rights -> what it says.
        ontologies: IRIs of the ontologies that the data uses.
        authorities: key -> what the IRIs of an authority's records begin with.
        examples: IRIs of things that show the data best.
        prefixes: prefix -> namespace, for names of parts.
    """

    settings: Settings
    software: Software
    files: tuple[PublishedFile, ...]
    tables: tuple[Table, ...]
    inputs: Mapping[str, str]
    asserted: Counts
    entailed: Counts
    documents: tuple[Source, ...]
    rights: Mapping[str, str]
    ontologies: tuple[str, ...]
    authorities: Mapping[str, str]
    examples: tuple[str, ...]
    prefixes: Mapping[str, str]

    @property
    def dataset(self) -> str:
        """IRI of the dataset."""
        return self.settings.base + self.settings.slug

    @property
    def document(self) -> str:
        """IRI of the metadata itself."""
        return f"{self.settings.base}metadata"

    @property
    def home(self) -> str:
        """Address of the page to send people to."""
        return self.settings.landingPage or self.settings.base

    def part(self, room: str, name: str = "") -> str:
        """Make the IRI of something that only the metadata speaks of, such as a file."""
        # A colon for a slash, which no prefixed name of Turtle can hold; no file and no slug has a colon of its own.
        return f"{self.document}#{room}" + (f":{quote(name.replace('/', ':'), safe=_SAFE)}" if name else "")

    def url(self, name: str) -> str:
        """Give the address of a published file."""
        return (self.settings.site or self.settings.base) + quote(name)

    def short(self, iri: str) -> str:
        """Shorten an IRI by a prefix, to name a part after it; without one it stays whole."""
        spaces = sorted(self.prefixes.items(), key=lambda pair: (-len(pair[1]), pair[0]))
        return next((f"{name}:{iri[len(space) :]}" for name, space in spaces if iri.startswith(space)), iri)

    def spdx_license(self) -> str:
        """Give the SPDX identifier of a Creative Commons licence; empty for others, which keep their IRI."""
        path = self.settings.license.partition("://creativecommons.org/")[2].strip("/").split("/")
        match path:
            case ["licenses", code, version]:
                return f"CC-{code.upper()}-{version}"
            case ["publicdomain", "zero", version]:
                return f"CC0-{version}"
            case _:
                return ""
