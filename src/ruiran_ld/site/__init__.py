"""The website: a page for people beside each document, and overviews.

Pages say of things what was published and nothing else; what the home page says of the dataset's extent, and what is
shown first, its keeper chose (``choices``). They are whole without scripts, ask no other host for anything, and work
below any path.
"""

from __future__ import annotations

from importlib import resources as package_files
from typing import Final

from ruiran_ld.site import (
    atlas,
    claims,
    documents,
    home,
    network,
    network_data,
    reference,
    resources,
    things,
    timeline,
    world,
)
from ruiran_ld.site.choices import Choices
from ruiran_ld.site.choices import load as load_choices
from ruiran_ld.site.material import Material
from ruiran_ld.site.page import Entry
from ruiran_ld.site.rendering import Frame, Renderer
from ruiran_ld.site.view import View
from ruiran_ld.site.workshop import Workshop

ASSETS: Final = "assets/"
BUILT: Final = "built"
"""Folder of this package with the scripts, which npm builds."""
_SCRIPT: Final = ".js"
_NOTICES: Final = "licences.txt"
"""The licences of what the scripts are made of, which ``web/build.mjs`` writes beside them."""
SEARCH: Final = "search.html"
NAVIGATION: Final[tuple[Entry, ...]] = (
    things.INDEX,
    timeline.INDEX,
    network.INDEX,
    atlas.INDEX,
    documents.INDEX,
    Entry("queries.html", "Queries"),
    Entry("concepts.html", "Concepts"),
    Entry("ontology.html", "Ontology"),
)
"""The overviews in the order of the header; those that have no page are left out."""


_PARTS: Final = (claims, documents, things, timeline, network, atlas, reference)
"""What makes pages of a kind of its own."""


def make(material: Material) -> dict[str, bytes]:
    """Make all pages, and what they need: path below the site's root -> bytes."""
    settings = material.settings
    workshop = Workshop(material, _view(material))
    pages = {page.path: page for part in _PARTS for page in part.pages(workshop)}
    pages |= {page.path: page for page in resources.pages(workshop, pages)}
    navigation = [entry for entry in NAVIGATION if entry.path in pages]
    pages[home.PATH] = home.page(workshop, navigation)
    frame = Frame(
        settings.title,
        settings.version,
        settings.language,
        settings.license,
        settings.creator,
        navigation,
        SEARCH if SEARCH in pages else "",
        ASSETS + _NOTICES if _NOTICES in material.scripts else "",
    )
    scripts = {name.removesuffix(_SCRIPT) for name in material.scripts if name.endswith(_SCRIPT)}
    # The world is read here, not by browsers.
    built = {name: content for name, content in material.scripts.items() if name != world.FILE}
    assets = {**_files("static"), **built, **network_data.assets(workshop), **reference.assets(workshop)}
    return {**Renderer(frame, scripts).render(pages.values()), **{ASSETS + name: assets[name] for name in assets}}


def built_scripts() -> dict[str, bytes]:
    """Read the scripts as they were built: name -> bytes; none where they were not."""
    return _files(BUILT)


def _view(material: Material) -> View:
    documents = frozenset((*material.heads, *material.schemas))
    vocabulary, language = material.presentation.vocabulary, material.settings.language
    return View(material.graph, vocabulary, material.layout, language, documents, material.files)


def _files(folder: str) -> dict[str, bytes]:
    """Read the files of a folder of this package, which may be missing: name -> bytes."""
    path = package_files.files("ruiran_ld.site") / folder
    found = sorted(path.iterdir(), key=lambda each: each.name) if path.is_dir() else []
    return {each.name: each.read_bytes() for each in found if each.is_file() and not each.name.startswith(".")}


__all__ = ["Choices", "Material", "built_scripts", "load_choices", "make"]
