"""Claims as pages show them: who says what, through whom, how surely, and where it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from ruiran_ld.namespaces import DCTERMS, OA, RDF, RR
from ruiran_ld.site import marks, times
from ruiran_ld.site.marks import Mark
from ruiran_ld.site.view import Link, Text, View

_ENDS: Final = ("subject", "predicate", "object")


class Span(NamedTuple):
    """A stretch of a document's text, in characters (Unicode code points)."""

    start: int
    end: int


class Claim(NamedTuple):
    """A claim as other pages list it.

    Attributes:
        link: to its page; the text is its key.
        gist: what it says.
        status: how it is put.
        realis: the standing that it gives to events, if it has one.
        speakers: whose claim it is.
        relayers: through whom it reached the document.
        document: where it stands.
        issued: the date of the document in words, or empty.
        span: the characters that it rests on.
        is_mistaken: whether the curator knows it to be wrong.
    """

    link: Link
    gist: Text
    status: Mark | None
    realis: Mark | None
    speakers: list[Link]
    relayers: list[Link]
    document: Link
    issued: str
    span: Span
    is_mistaken: bool


class Statement(NamedTuple):
    """A statement with the claims on it.

    Attributes:
        link: to its page.
        subject, predicate, value: its triple.
        stated, denied: the claims that state it and those that deny it.
        is_direct: whether its triple is published as such.
        is_event: whether its subject is an event, whose triples are published whatever its standing.
        realis: the surest standing that a claim which states it, and is not known to be wrong, gives; None for none.
    """

    link: Link
    subject: Link
    predicate: Link
    value: Link | Text
    stated: list[Claim]
    denied: list[Claim]
    is_direct: bool
    is_event: bool
    realis: Mark | None

    @property
    def is_mistaken(self) -> bool:
        """Whether all claims that state it are known to be wrong."""
        return bool(self.stated) and all(each.is_mistaken for each in self.stated)

    @property
    def tally(self) -> list[tuple[Mark, int]]:
        """Count the claims on it by status, but for those that are known to be wrong."""
        found = Counter(each.status for each in self._all if each.status and not each.is_mistaken)
        return sorted(found.items(), key=lambda item: (not item[0].is_firm, item[0].link.text))

    @property
    def wrong(self) -> int:
        """How many of the claims on it are known to be wrong."""
        return sum(each.is_mistaken for each in self._all)

    @property
    def _all(self) -> tuple[Claim, ...]:
        return (*self.stated, *self.denied)


def is_mistaken(view: View, claim: str) -> bool:
    """Tell whether the curator knows a claim to be wrong."""
    return view.graph.text(f"<{claim}>", f"{RR}mistaken") == "true"


def origins(view: View, claim: str) -> list[str]:
    """List those on whom a claim rests in the end: its own origins, else those of the claims that it repeats.

    That a claim has the origins of what it repeats is entailed, and pages are made of what is asserted.
    """
    found: dict[str, None] = {}
    waiting, seen = [claim], {claim}
    while waiting:
        each = waiting.pop(0)
        own = view.objects(each, f"{RR}origin")
        found.update(dict.fromkeys(own))
        fresh = [] if own else [other for other in view.objects(each, f"{RR}repeats") if other not in seen]
        seen.update(fresh)
        waiting += fresh
    return [*found]


@dataclass
class Evidence:
    """All claims and statements of a view, each made once."""

    view: View
    statuses: Mapping[str, Mark] = field(init=False)
    standings: Mapping[str, Mark] = field(init=False)
    _claims: dict[str, Claim] = field(init=False, default_factory=dict)
    _statements: dict[str, Statement] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.statuses = marks.of_statuses(self.view)
        self.standings = marks.of_realis(self.view)

    def claim(self, iri: str) -> Claim:
        """Show a claim."""
        if iri not in self._claims:
            self._claims[iri] = self._claim(iri)
        return self._claims[iri]

    def claims(self, iris: Iterable[str]) -> list[Claim]:
        """Show claims in the order of documents and of positions in them."""
        found = [self.claim(iri) for iri in dict.fromkeys(iris)]
        return sorted(found, key=lambda each: (each.document.iri, each.span, each.link.iri))

    def naming(self, iri: str, *properties: str) -> list[str]:
        """List the claims that have a thing for one of some core properties, by their local names."""
        wanted = {RR + name for name in properties}
        return [subject for subject, predicate in self.view.incoming(iri) if predicate in wanted]

    def statement(self, iri: str) -> Statement:
        """Show a statement."""
        if iri not in self._statements:
            self._statements[iri] = self._statement(iri)
        return self._statements[iri]

    def statements(self, iri: str, end: str) -> list[Statement]:
        """Show the statements that have a thing as their ``subject`` or ``object``, by property and value."""
        found = [s for s, predicate in self.view.incoming(iri) if predicate == RDF + end]
        shown = [self.statement(each) for each in found if f"{RR}Statement" in self.view.types(each)]
        return sorted(
            shown, key=lambda each: (each.predicate.text, each.value.text.casefold(), each.subject.text, each.link.iri)
        )

    def realis(self, event: str) -> Mark | None:
        """Give the mark of the standing of an event."""
        return next(
            (self.standings[each] for each in self.view.objects(event, f"{RR}realis") if each in self.standings), None
        )

    def span(self, passage: str) -> Span:
        """Find the characters of a passage."""
        for selector in self.view.objects(passage, f"{OA}hasSelector"):
            ends = [self.view.graph.text(f"<{selector}>", f"{OA}{end}") for end in ("start", "end")]
            return Span(*(int(each or 0) for each in ends))
        return Span(0, 0)

    def links(self, iri: str, property_: str) -> list[Link]:
        """Link to what a claim has for a core property."""
        return [self.view.link(each) for each in self.view.objects(iri, RR + property_)]

    def _claim(self, iri: str) -> Claim:
        view = self.view
        documents, passages = (view.objects(iri, RR + name) for name in ("document", "passage"))
        status, realis = (view.objects(iri, RR + name) for name in ("epistemicStatus", "claimedRealis"))
        document = documents[0] if documents else ""
        gists = view.texts(iri, f"{RR}gist")
        return Claim(
            link=Link(iri, view.page_path(iri) or iri, iri.rpartition("/")[2]),
            gist=gists[0] if gists else Text("", ""),
            status=self.statuses.get(status[0]) if status else None,
            realis=self.standings.get(realis[0]) if realis else None,
            speakers=self.links(iri, "attributedTo"),
            relayers=self.links(iri, "relayedBy"),
            document=view.link(document),
            issued=times.in_words(view.graph.text(f"<{document}>", f"{DCTERMS}issued")),
            span=self.span(passages[0]) if passages else Span(0, 0),
            is_mistaken=is_mistaken(view, iri),
        )

    def _statement(self, iri: str) -> Statement:
        view = self.view
        subject, predicate, term = (view.graph.subjects[f"<{iri}>"][f"<{RDF}{end}>"][0] for end in _ENDS)
        stated = self.claims(self.naming(iri, "states"))
        standings = [each.realis for each in stated if each.realis and not each.is_mistaken]
        order = list(self.standings.values())
        return Statement(
            link=view.link(iri),
            subject=view.link(subject[1:-1]),
            predicate=view.link(predicate[1:-1]),
            value=view.value(term),
            stated=stated,
            denied=self.claims(self.naming(iri, "denies")),
            is_direct=term in view.graph.subjects.get(subject, {}).get(predicate, ()),
            is_event=view.is_a(subject[1:-1], f"{RR}Event"),
            realis=min(standings, key=order.index, default=None),
        )
