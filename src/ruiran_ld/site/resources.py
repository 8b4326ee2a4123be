"""Pages that say what the graph says, for whatever has no page of a kind of its own; and those of withdrawn IRIs."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from ruiran_ld.namespaces import DCTERMS, RR
from ruiran_ld.site import times
from ruiran_ld.site.page import SUFFIX, Page
from ruiran_ld.site.view import Link, Text, View
from ruiran_ld.site.workshop import Workshop

_INSTANT: Final = "http://www.w3.org/ns/prov#invalidatedAtTime"


class Fact(NamedTuple):
    """What is said of a thing by one property: the property, and values that are links or texts."""

    property: Link
    values: list[Link | Text]


class Subject(NamedTuple):
    """A thing that a page describes: its fragment in the page, a link to it, and what is said of it."""

    fragment: str
    link: Link
    facts: list[Fact]


def pages(workshop: Workshop, others: Container[str]) -> Iterator[Page]:
    """Make a page for each document that has none, of what it is about or of the terms of a vocabulary.

    Args:
        workshop: what all pages are made with.
        others: paths of the pages that there are.
    """
    for stem, iris in workshop.material.heads.items():
        if stem + SUFFIX not in others:
            make = _tombstone if workshop.view.is_tombstone(iris[0]) else _page
            yield make(workshop, stem, iris)
    for stem in workshop.material.schemas:
        if stem + SUFFIX not in others:
            yield _schema(workshop, stem)


def facts(view: View, iri: str, without: Iterable[str] = ()) -> list[Fact]:
    """List what is said of a thing, but for some predicates (IRIs)."""
    left_out = {f"<{each}>" for each in without}
    return [
        Fact(view.link(predicate[1:-1]), [view.value(term) for term in terms])
        for predicate, terms in view.graph.subjects.get(f"<{iri}>", {}).items()
        if predicate not in left_out
    ]


def _page(workshop: Workshop, stem: str, iris: Sequence[str]) -> Page:
    view, first = workshop.view, iris[0]
    context = {
        "subjects": _subjects(view, iris),
        "statements": workshop.evidence.statements(first, "object"),
        "named_by": _named_by(view, first),
    }
    return Page(stem + SUFFIX, "resource", view.title(first), context, iri=first, stem=stem, data=workshop.head(first))


def _subjects(view: View, iris: Iterable[str]) -> list[Subject]:
    return [Subject(iri.partition("#")[2], view.link(iri), facts(view, iri)) for iri in iris]


def _named_by(view: View, iri: str) -> list[Link]:
    """Link to what names a thing, but for statements, which are shown as such."""
    subjects = dict.fromkeys(subject for subject, _ in view.incoming(iri))
    return [view.link(each) for each in subjects if f"{RR}Statement" not in view.types(each)]


def _schema(workshop: Workshop, stem: str) -> Page:
    """Make the page of a document that describes many things at once: what there is, by class."""
    view = workshop.view
    iri = view.layout.base + stem
    parts: dict[str, list[Subject]] = {}
    for term in view.graph.subjects:
        if (part := term[1:-1]) != iri and view.layout.path(part) == stem:
            kinds = view.row(view.types(part)) or "named only"
            parts.setdefault(kinds, []).append(Subject(part.partition("#")[2], view.link(part), []))
    context = {"facts": facts(view, iri), "parts": sorted(parts.items())}
    return Page(stem + SUFFIX, "schema", view.title(iri), context, iri=iri, stem=stem)


class Grave(NamedTuple):
    """What is left of a withdrawn IRI: the day, in words, and the reason of that, and what stands in its place."""

    days: list[str]
    reasons: list[Text]
    heirs: list[Link]


def grave(view: View, iri: str) -> Grave:
    """Find what a tombstone says."""
    heirs = [view.link(each) for each in view.objects(iri, f"{DCTERMS}isReplacedBy")]
    days = [times.day(each.text.partition("T")[0]) for each in view.texts(iri, _INSTANT)]
    return Grave(days, view.texts(iri, f"{RR}deprecationReason"), heirs)


def _tombstone(workshop: Workshop, stem: str, iris: Sequence[str]) -> Page:
    iri = iris[0]
    context = {"grave": grave(workshop.view, iri)}
    title = f"Withdrawn: {stem}"
    return Page(stem + SUFFIX, "tombstone", title, context, iri=iri, stem=stem, data=workshop.head(iri))
