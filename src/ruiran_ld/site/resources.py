"""Pages that say what the graph says, for everything that has no page of a kind of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ruiran_ld.serialization import is_iri, literal_parts
from ruiran_ld.site.page import SUFFIX, Page
from ruiran_ld.site.view import Link, Text, View


class Fact(NamedTuple):
    """What is said of a thing by one property: the property, and values that are links or texts."""

    property: Link
    values: list[Link | Text]


def page(view: View, stem: str, iris: list[str]) -> Page:
    """Make the page of a document.

    Args:
        view: the graph.
        stem: the document's path without suffix.
        iris: what it is about.
    """
    subjects = [(view.link(iri), list(_facts(view, iri))) for iri in iris]
    title = view.name(iris[0]).text
    return Page(stem + SUFFIX, "resource", title, {"subjects": subjects}, stem=stem)


def _facts(view: View, iri: str) -> Iterator[Fact]:
    for predicate, terms in view.graph.subjects.get(f"<{iri}>", {}).items():
        yield Fact(view.link(predicate[1:-1]), [_value(view, term) for term in terms])


def _value(view: View, term: str) -> Link | Text:
    if is_iri(term):
        return view.link(term[1:-1])
    parts = literal_parts(term)
    return Text(parts.lexical, parts.language)
