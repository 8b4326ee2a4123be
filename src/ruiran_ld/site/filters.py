"""What overviews can be filtered by: lists of options, which the page holds and a script makes work."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ruiran_ld.site.marks import Mark
from ruiran_ld.site.view import View


class Option(NamedTuple):
    """Something to filter by.

    Attributes:
        key: its short name, as it stands in addresses and in the data of the page.
        text: what it is called.
        language: the language of that (BCP 47), or nothing.
        number: of how many things it holds.
        shape: the shape of its mark, or nothing.
    """

    key: str
    text: str
    language: str
    number: int
    shape: str = ""


def options(view: View, iris: Iterable[str]) -> list[Option]:
    """Make an option of each thing that is named, by name.

    Args:
        view: the graph.
        iris: one for each time that something is of it.
    """
    counts = Counter(iris)
    named = [(view.name(iri), iri) for iri in counts]
    found = [Option(view.key(iri), name.text, name.language, counts[iri]) for name, iri in named]
    return sorted(found, key=lambda each: (each.text.casefold(), each.key))


def marked_options(view: View, marks: Mapping[str, Mark], iris: Iterable[str]) -> list[Option]:
    """Make an option of each value of a vocabulary that is named, in the order of its marks."""
    counts = Counter(iris)
    return [
        Option(view.key(iri), mark.link.text, mark.link.language, counts[iri], mark.shape)
        for iri, mark in marks.items()
        if counts[iri]
    ]
