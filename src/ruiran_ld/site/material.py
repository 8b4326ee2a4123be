"""What a site is made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ruiran_ld.dereferencing import Layout
from ruiran_ld.queries import Query
from ruiran_ld.records import Settings
from ruiran_ld.serialization import Graph, Presentation
from ruiran_ld.site.choices import Choices


@dataclass(frozen=True, slots=True)
class Material:
    """What a site is made of.

    Attributes:
        graph: all that is published without blank nodes, but for what is only entailed.
        heads: path of each document -> the IRIs that it is about.
        schemas: path of each document of an ontology, of one of its versions, of shapes or of another file with hash
            IRIs -> what it says, as N-Triples lines, blank nodes among them. None of them is in ``heads``.
        files: the files of the release, by name.
        queries: the bundled queries, by name.
        layout: where documents and files stand.
        settings: what the dataset is called, its version and licence.
        presentation: the compiled ontology, and how IRIs are shortened.
        choices: what the site's keeper chose for it.
        profiles: IRI of a shape -> name of the profile that it belongs to.
        scripts: files of the built scripts, by name; empty for a site without.
    """

    graph: Graph
    heads: Mapping[str, Sequence[str]]
    schemas: Mapping[str, Sequence[str]]
    files: Mapping[str, bytes]
    queries: Mapping[str, Query]
    layout: Layout
    settings: Settings
    presentation: Presentation
    choices: Choices
    profiles: Mapping[str, str]
    scripts: Mapping[str, bytes]
