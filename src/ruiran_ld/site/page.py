"""What a page is, before it is written as HTML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

SUFFIX: Final = ".html"


class Entry(NamedTuple):
    """An entry of the navigation or of the breadcrumbs: the path of a page, and what it is called."""

    path: str
    label: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page to render.

    Attributes:
        path: name of the file below the site's root, with ``/``.
        template: name of the template without its suffix.
        title: what the page is called, in the dataset's language.
        context: what the template shows; its keys are the template's variables.
        section: path of the overview that it belongs to, which the navigation marks; empty for none.
        trail: the pages above it but for the home page, from the top: its breadcrumbs.
        summary: what is on it, in a sentence, for those who list pages; empty for none.
        iri: the permanent address of what it is about; empty for an overview.
        stem: path without suffix of the document whose other forms stand beside it; empty if there are none.
        data: JSON-LD for the page's head; empty for none.
        scripts: names of the scripts that improve it, besides the one that every page has.
    """

    path: str
    template: str
    title: str
    context: Mapping[str, object] = field(default_factory=dict)
    section: str = ""
    trail: tuple[Entry, ...] = ()
    summary: str = ""
    iri: str = ""
    stem: str = ""
    data: bytes = b""
    scripts: tuple[str, ...] = ()

    @property
    def root(self) -> str:
        """The way from the page to the site's root: empty, or ``../`` as often as needed."""
        return "../" * self.path.count("/")
