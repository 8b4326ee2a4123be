"""Pages of entities and agents, and the overview of them.

A page has what the registers say (names, links to authorities), then what is claimed, by property, each value with all
the claims that state or deny it, then what names the thing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from ruiran_ld.namespaces import RDF, RDFS, RR, SKOS
from ruiran_ld.site import moments, resources, times
from ruiran_ld.site.evidence import Claim, Statement
from ruiran_ld.site.marks import Mark
from ruiran_ld.site.page import Entry, Page
from ruiran_ld.site.view import Link, Text, View
from ruiran_ld.site.wording import counted
from ruiran_ld.site.workshop import Workshop

INDEX: Final = Entry("things.html", "Things")
_LANGUAGES: Final = {
    "ar": "Arabic", "de": "German", "en": "English", "fa": "Persian", "fr": "French", "he": "Hebrew", "ru": "Russian",
    "tr": "Turkish", "uk": "Ukrainian", "zh": "Chinese",
}  # fmt: skip
_SHOWN_APART: Final = (
    f"{RDF}type",
    f"{RDFS}label",
    f"{SKOS}altLabel",
    f"{SKOS}exactMatch",
    f"{SKOS}closeMatch",
    f"{RR}noMatchIn",
    f"{RR}realis",
    *moments.PROPERTIES,
)


class Group(NamedTuple):
    """The statements by one property; ``anchor`` is the group's fragment in the page."""

    anchor: str
    property: Link
    statements: list[Statement]


class Identity(NamedTuple):
    """An authority's record of the same thing or nearly the same, or a search for one in vain, with how it was done."""

    link: Link
    property: Link
    target: Link
    how: list[Text]
    is_found: bool


class Names(NamedTuple):
    """What a thing is called in one language: the language's name, and the names in it."""

    language: str
    names: list[Text]


class Row(NamedTuple):
    """A thing in the overview: a link to it, its names in other languages, and its mark if it is an event."""

    link: Link
    others: list[Text]
    mark: Mark | None


def pages(workshop: Workshop) -> Iterator[Page]:
    """Make a page for each entity and each agent, and the overview."""
    view = workshop.view
    things = [iri for iri in _things(view) if not view.is_tombstone(iri)]
    for iri in things:
        yield _page(workshop, iri)
    yield _index(workshop, things)


def _things(view: View) -> list[str]:
    return sorted({*view.instances(f"{RR}Entity"), *view.instances(f"{RR}Agent")})


def _page(workshop: Workshop, iri: str) -> Page:
    view, evidence = workshop.view, workshop.evidence
    forward, backward = (evidence.statements(iri, end) for end in ("subject", "object"))
    known = {each.link.iri for group in (forward, backward) for one in group for each in (*one.stated, *one.denied)}
    mentions = evidence.claims(each for each in evidence.naming(iri, "about") if each not in known)
    said = evidence.claims(evidence.naming(iri, "attributedTo"))
    context = {
        "names": _names(view, iri),
        "alternatives": view.texts(iri, f"{SKOS}altLabel"),
        "classes": [view.link(each) for each in view.types(iri)],
        "realis": evidence.realis(iri),
        "times": times.bounds_in_words(moments.bounds(view, iri)),
        "identities": _identities(view, iri),
        "facts": resources.facts(view, iri, [*_SHOWN_APART, *(each.predicate.iri for each in forward)]),
        "is_event": view.is_a(iri, f"{RR}Event"),
        "claimed": _groups("claimed", forward),
        "naming": _groups("naming", backward),
        "mentions": by_document(mentions),
        "said": by_document(said),
        "relayed": by_document(evidence.claims(evidence.naming(iri, "relayedBy"))),
        "cited": workshop.cited(iri),
    }
    return Page(
        **workshop.beside(iri),
        template="thing",
        title=view.title(iri),
        context=context,
        section=INDEX.path,
        trail=(INDEX,),
        summary=_summary(view, iri, len(known) + len(mentions)),
    )


def by_document(claims: Sequence[Claim]) -> list[tuple[Link, list[Claim]]]:
    """Group claims, which are in the order of documents, by document."""
    return [(document, [*each]) for document, each in groupby(claims, key=lambda claim: claim.document)]


def _summary(view: View, iri: str, claims: int) -> str:
    kinds = view.row(view.types(iri))
    told = counted(claims, "claim says", "claims say")
    return f"{view.name(iri).text} ({kinds}): what {told} of it, who makes them, and how surely."


def _names(view: View, iri: str) -> list[Names]:
    names = sorted(view.names(iri), key=lambda each: (each.language != view.language, each.language))
    grouped = groupby(names, key=lambda each: each.language)
    return [Names(_LANGUAGES.get(language, language), [*each]) for language, each in grouped]


def _identities(view: View, iri: str) -> list[Identity]:
    found = [subject for subject, predicate in view.incoming(iri) if predicate == f"{RDF}subject"]
    return [
        Identity(
            view.link(each),
            view.link(view.objects(each, f"{RDF}predicate")[0]),
            view.link(view.objects(each, f"{RDF}object")[0]),
            view.texts(each, f"{RR}verifiedBy", f"{RR}searched"),
            f"{RR}IdentityLink" in view.types(each),
        )
        for each in found
        if {f"{RR}IdentityLink", f"{RR}IdentitySearch"} & {*view.types(each)}
    ]


def _groups(prefix: str, statements: Iterable[Statement]) -> list[Group]:
    grouped = groupby(statements, key=lambda each: each.predicate)
    return [Group(f"{prefix}-{number}", link, [*each]) for number, (link, each) in enumerate(grouped, 1)]


def _index(workshop: Workshop, things: Iterable[str]) -> Page:
    view = workshop.view
    by_class: dict[str, list[str]] = {}
    for iri in things:
        for type_ in view.types(iri):
            by_class.setdefault(type_, []).append(iri)
    classes = [
        (f"class-{place}", view.link(type_), _rows(workshop, iris))
        for place, (type_, iris) in enumerate(sorted(by_class.items(), key=lambda item: view.name(item[0]).text), 1)
    ]
    summary = "Everything that claims are about, by class, with its names."
    return Page(INDEX.path, "things", INDEX.label, {"classes": classes}, section=INDEX.path, summary=summary)


def _rows(workshop: Workshop, iris: Iterable[str]) -> list[Row]:
    view = workshop.view
    rows = []
    for iri in iris:
        link = view.link(iri)
        others = [each for each in view.names(iri) if each.text != link.text]
        rows.append(Row(link, others, workshop.evidence.realis(iri)))
    return sorted(rows, key=lambda row: (row.link.text.casefold(), row.link.iri))
