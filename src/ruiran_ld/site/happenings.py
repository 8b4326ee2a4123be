"""Events as the timeline shows them: their times, their standing, who and what tells of them, and their drawing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from ruiran_ld.edtf_bounds import Bounds
from ruiran_ld.namespaces import RR
from ruiran_ld.serialization import is_iri
from ruiran_ld.site import moments
from ruiran_ld.site.marks import Mark, of_realis
from ruiran_ld.site.scale import Bar, Scale
from ruiran_ld.site.view import Link, View

PATTERNS: Final = 8
"""How many patterns there are (templates/drawings.html.j2)."""


@dataclass(frozen=True, slots=True)
class Happening:
    """An event on the timeline.

    Attributes:
        iri: the event.
        link: its page.
        classes: what kinds of event it is, as links.
        realis: its standing.
        pattern: the number of the pattern of that, by its position among all values.
        written: its times as claims give them (EDTF).
        bounds: the strict bounds of these.
        documents: IRIs of the documents with claims about it.
        actors: IRIs of the agents that are named in it.
        bar: what it looks like; None for an event without a time.
    """

    iri: str
    link: Link
    classes: Sequence[Link]
    realis: Mark | None
    pattern: int
    written: Sequence[str] = ()
    bounds: Bounds = field(default=Bounds(None, None, None, None))
    documents: Sequence[str] = ()
    actors: Sequence[str] = ()
    bar: Bar | None = None

    @property
    def qualifier(self) -> str:
        """How sure its times are, in words; empty where nothing qualifies them."""
        return moments.qualifier(self.written)

    @property
    def is_ongoing(self) -> bool:
        """Whether it is said to go on."""
        return moments.is_ongoing(self.written)

    @property
    def when(self) -> str:
        """Its bounds in words."""
        return moments.in_words(self.bounds, self.written)

    @property
    def order(self) -> tuple[str, str, str]:
        """What it is sorted by: the first day that is known of it, then the last."""
        known = [day for day in self.bounds if day]
        return (min(known, default=""), max(known, default=""), self.iri)

    @property
    def year(self) -> str:
        """The year under which it is listed."""
        return self.order[0][:4]


@dataclass
class Happenings:
    """All events of a view.

    Attributes:
        view: the graph.
    """

    view: View

    @cached_property
    def all(self) -> list[Happening]:
        """All events: those without a time first, then the others in their order."""
        return sorted(map(self._happening, self._iris), key=lambda event: event.order)

    @cached_property
    def scale(self) -> Scale | None:
        """The scale for all that have a time; None if none has."""
        days = [day for iri in self._iris for day in moments.bounds(self.view, iri) if day]
        return Scale(days) if days else None

    @cached_property
    def marks(self) -> Mapping[str, Mark]:
        """The marks of standings, by IRI."""
        return of_realis(self.view)

    @cached_property
    def _iris(self) -> list[str]:
        return self.view.instances(f"{RR}Event")

    @cached_property
    def _agents(self) -> frozenset[str]:
        return frozenset(self.view.instances(f"{RR}Agent"))

    @cached_property
    def _documents(self) -> Mapping[str, set[str]]:
        """The documents with claims about each thing."""
        found: dict[str, set[str]] = defaultdict(set)
        for claim in self.view.instances(f"{RR}Claim"):
            for thing in self.view.objects(claim, f"{RR}about"):
                found[thing].update(self.view.objects(claim, f"{RR}document"))
        return found

    def _happening(self, iri: str) -> Happening:
        view = self.view
        facts = view.graph.subjects[f"<{iri}>"]
        named = {term[1:-1] for terms in facts.values() for term in terms if is_iri(term)}
        bounds = moments.bounds(view, iri)
        realis = next(iter(view.objects(iri, f"{RR}realis")), "")
        return Happening(
            iri=iri,
            link=view.link(iri),
            classes=[view.link(each) for each in view.types(iri)],
            realis=self.marks.get(realis),
            pattern=list(self.marks).index(realis) % PATTERNS + 1 if realis in self.marks else 1,
            written=moments.times(view, iri),
            bounds=bounds,
            documents=sorted(self._documents.get(iri, ())),
            actors=sorted(named & self._agents),
            bar=self.scale.bar(bounds) if self.scale and any(bounds) else None,
        )
