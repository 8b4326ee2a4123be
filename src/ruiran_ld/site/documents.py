"""Pages of the documents that claims were read from, and the overview of them. No word of a text is on them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from ruiran_ld.namespaces import DCTERMS, OA, RDF, RDFS, RR
from ruiran_ld.site import resources, times
from ruiran_ld.site.evidence import Claim, Span
from ruiran_ld.site.page import Entry, Page
from ruiran_ld.site.resources import Grave
from ruiran_ld.site.view import Link, View
from ruiran_ld.site.wording import counted
from ruiran_ld.site.workshop import Workshop

INDEX: Final = Entry("documents.html", "Documents")
_LANE: Final = 24
_WIDTH: Final = 1000


class Passage(NamedTuple):
    """A passage: its characters, its hash, the claims that rest on it, or why there is none; fragments name it."""

    fragments: list[str]
    span: Span
    digest: str
    claims: list[Claim]
    reason: Link | None


class Withdrawn(NamedTuple):
    """A passage or selector that was withdrawn: its fragment in the page, and what its tombstone says."""

    fragment: str
    grave: Grave


class Bar(NamedTuple):
    """A stretch of the text as a bar of the strip; position and size are in units of the drawing."""

    x: float
    y: int
    width: float
    claim: Claim | None
    words: str


class Strip(NamedTuple):
    """The text's length as a drawing, with a bar for each claim and for what is set aside."""

    width: int
    height: int
    bars: list[Bar]


class Share(NamedTuple):
    """A part of the text: what it is, how many characters, and how much of all, in per cent."""

    what: str
    characters: int
    percent: float


class Row(NamedTuple):
    """A document in the overview."""

    link: Link
    issued: str
    publishers: list[Link]
    length: int
    claims: int
    claimed: float


def pages(workshop: Workshop) -> Iterator[Page]:
    """Make a page for each document, and the overview."""
    iris = workshop.view.instances(f"{RR}Document")
    for iri in iris:
        yield _page(workshop, iri)
    rows = [_row(workshop, iri) for iri in iris]
    summary = "The texts that claims were read from: what is known of them, and how much of each the claims cover."
    yield Page(INDEX.path, "documents", INDEX.label, {"rows": rows}, section=INDEX.path, summary=summary)


def _page(workshop: Workshop, iri: str) -> Page:
    view = workshop.view
    passages = _passages(workshop, iri)
    claims, length = sum(len(each.claims) for each in passages), _length(view, iri)
    without = [
        f"{RDF}type",
        f"{RDFS}label",
        f"{RR}sha256",
        f"{RR}textLength",
        f"{RR}issuedNotBefore",
        f"{RR}issuedNotAfter",
    ]
    context = {
        "facts": resources.facts(view, iri, without),
        "issued": times.between(
            *(view.graph.text(f"<{iri}>", RR + end) for end in ("issuedNotBefore", "issuedNotAfter"))
        ),
        "length": length,
        "digest": view.graph.text(f"<{iri}>", f"{RR}sha256"),
        "identifier": view.graph.text(f"<{iri}>", f"{DCTERMS}identifier"),
        "passages": passages,
        "claims": claims,
        "withdrawn": _withdrawn(workshop, workshop.stem(iri)),
        "strip": _strip(passages, length),
        "shares": _shares(passages, length),
        "cited": workshop.cited(iri),
    }
    return Page(
        **workshop.beside(iri),
        template="document",
        title=view.title(iri),
        context=context,
        section=INDEX.path,
        trail=(INDEX,),
        summary=f"What is known of this text, and {counted(claims, 'claim')} read from it.",
    )


def _length(view: View, iri: str) -> int:
    return int(view.graph.text(f"<{iri}>", f"{RR}textLength") or 0)


def _passages(workshop: Workshop, iri: str) -> list[Passage]:
    view, evidence = workshop.view, workshop.evidence
    found = []
    for subject, predicate in view.incoming(iri):
        if predicate == f"{OA}hasSource":
            names = [subject, *view.objects(subject, f"{OA}hasSelector")]
            claims = evidence.claims(evidence.naming(subject, "passage"))
            reasons = [view.link(each) for each in view.objects(subject, f"{RR}setAsideFor")]
            fragments = [each.partition("#")[2] for each in names if view.layout.path(each) == workshop.stem(iri)]
            digest = view.graph.text(f"<{subject}>", f"{RR}sha256")
            reason = reasons[0] if reasons else None
            found.append(Passage(fragments, evidence.span(subject), digest, claims, reason))
    return sorted(found, key=lambda each: (each.span, each.fragments))


def _withdrawn(workshop: Workshop, stem: str) -> list[Withdrawn]:
    """Find the tombstones of passages, whose addresses are fragments of the document's."""
    view = workshop.view
    gone = [each for each in workshop.material.heads.get(stem, ()) if "#" in each and view.is_tombstone(each)]
    return [Withdrawn(each.partition("#")[2], resources.grave(view, each)) for each in gone]


def _strip(passages: Sequence[Passage], length: int) -> Strip:
    """Draw the passages, each in the first lane where it hides no other."""
    ends: list[int] = []
    bars = []
    for passage in passages:
        resting: list[Claim | None] = [*passage.claims] or [None]
        for claim in resting:
            start, end = passage.span
            lane = next((place for place, taken in enumerate(ends) if taken <= start), len(ends))
            ends[lane : lane + 1] = [end]
            words = f"{claim.link.text}: {claim.gist.text}" if claim else passage.reason.text if passage.reason else ""
            bars.append(Bar(_scaled(start, length), lane * _LANE, max(2, _scaled(end - start, length)), claim, words))
    return Strip(_WIDTH, max(1, len(ends)) * _LANE, bars)


def _scaled(characters: int, length: int) -> float:
    return round(characters * _WIDTH / max(1, length), 1)


def _shares(passages: Iterable[Passage], length: int) -> list[Share]:
    """Count the characters that claims rest on, those set aside by reason, and the rest, which is between spans."""
    claimed: set[int] = set()
    aside: dict[str, set[int]] = defaultdict(set)
    for each in passages:
        if each.claims:
            claimed.update(range(*each.span))
        elif each.reason:
            aside[each.reason.text].update(range(*each.span))
    parts = [("in claims", len(claimed))]
    parts += [(f"set aside: {reason}", len(found - claimed)) for reason, found in sorted(aside.items())]
    parts.append(("between the spans: spaces and punctuation", length - sum(count for _, count in parts)))
    return [Share(what, count, 100 * count / max(1, length)) for what, count in parts]


def _row(workshop: Workshop, iri: str) -> Row:
    view = workshop.view
    passages, length = _passages(workshop, iri), _length(view, iri)
    return Row(
        view.link(iri),
        times.in_words(view.graph.text(f"<{iri}>", f"{DCTERMS}issued")),
        [view.link(each) for each in view.objects(iri, f"{DCTERMS}publisher")],
        length,
        sum(len(each.claims) for each in passages),
        _shares(passages, length)[0].percent,
    )
