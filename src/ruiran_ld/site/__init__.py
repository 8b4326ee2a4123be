"""The website: a page for people beside each document, and overviews.

Pages are made of what was published and say nothing else. They are whole without scripts, ask no other host for
anything, and work below any path.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources as package_files
from typing import Final

from ruiran_ld.dereferencing import Layout
from ruiran_ld.queries import Query
from ruiran_ld.records import Settings
from ruiran_ld.serialization import Presentation
from ruiran_ld.serialization.graph import Graph
from ruiran_ld.site import resources
from ruiran_ld.site.page import Page
from ruiran_ld.site.rendering import Entry, Renderer
from ruiran_ld.site.view import View

ASSETS: Final = "assets/"
NAVIGATION: Final[tuple[Entry, ...]] = ()


@dataclass(frozen=True, slots=True)
class Material:
    """What a site is made of.

    Attributes:
        graph: all that is published without blank nodes, but for what is only entailed.
        heads: path of each document -> the IRIs that it is about.
        files: the files of the release, by name.
        queries: the bundled queries, by name.
        layout: where documents and files stand.
        settings: what the dataset is called, its version and licence.
        presentation: the compiled ontology, and how IRIs are shortened.
    """

    graph: Graph
    heads: Mapping[str, Sequence[str]]
    files: Mapping[str, bytes]
    queries: Mapping[str, Query]
    layout: Layout
    settings: Settings
    presentation: Presentation


def make(material: Material) -> dict[str, bytes]:
    """Make all pages, and what they need: path below the site's root -> bytes."""
    settings = material.settings
    view = View(material.graph, material.presentation.vocabulary, material.layout, settings.language)
    renderer = Renderer(settings.title, settings.version, settings.language, NAVIGATION)
    return {**renderer.render(_pages(material, view)), **_static()}


def _pages(material: Material, view: View) -> Iterator[Page]:
    for stem, iris in sorted(material.heads.items()):
        yield resources.page(view, stem, list(iris))


def _static() -> dict[str, bytes]:
    folder = package_files.files("ruiran_ld.site") / "static"
    return {ASSETS + each.name: each.read_bytes() for each in sorted(folder.iterdir(), key=lambda each: each.name)}
