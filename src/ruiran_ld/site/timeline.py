"""The timeline: every event that has a time, as a list with a drawing beside each entry, and those without a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from ruiran_ld.site.filters import marked_options, options
from ruiran_ld.site.happenings import Happening, Happenings
from ruiran_ld.site.page import Entry, Page
from ruiran_ld.site.view import View
from ruiran_ld.site.wording import counted
from ruiran_ld.site.workshop import Workshop

INDEX: Final = Entry("timeline.html", "Timeline")
_NARROWEST_LABEL: Final = 5.0
"""Percent of the width that a stretch needs so that its year can be written over it."""


class Year(NamedTuple):
    """A year of the timeline, and the events that are listed under it."""

    year: str
    events: Sequence[Happening]


def pages(workshop: Workshop) -> Iterator[Page]:
    """Make the page of the timeline."""
    yield page(workshop.view)


def page(view: View) -> Page:
    """Make the page of the timeline of a graph."""
    found = Happenings(view)
    events, stretches = found.all, found.scale.stretches if found.scale else []
    dated = [event for event in events if event.bar]
    undated = sorted((event for event in events if not event.bar), key=lambda event: event.link.text.casefold())
    standings = [event.realis.link.iri for event in events if event.realis]
    context = {
        "years": [Year(year, list(its_events)) for year, its_events in groupby(dated, key=lambda event: event.year)],
        "undated": undated,
        "stretches": stretches,
        "narrowest": _NARROWEST_LABEL,
        "realis": marked_options(view, found.marks, standings),
        "realis_marks": list(found.marks.values()),
        "classes": options(view, [link.iri for event in events for link in event.classes]),
        "documents": options(view, [iri for event in events for iri in event.documents]),
        "actors": options(view, [iri for event in events for iri in event.actors]),
        "first": stretches[0].first if stretches else "",
        "last": stretches[-1].last if stretches else "",
        "key": view.key,
    }
    summary = f"{counted(len(events), 'event')}, {len(dated)} of which claims date, in the order of their times."
    path, label = INDEX
    return Page(path, "timeline", label, context, section=path, summary=summary, scripts=("timeline",))
