"""The network: who and what claims link with whom and what, as a table, which a script draws as a graph."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from ruiran_ld.namespaces import RR
from ruiran_ld.site import moments
from ruiran_ld.site.accounts import Proposition
from ruiran_ld.site.choices import Network
from ruiran_ld.site.filters import marked_options, options
from ruiran_ld.site.links import Links
from ruiran_ld.site.marks import Mark
from ruiran_ld.site.page import Entry, Page
from ruiran_ld.site.view import Link, View
from ruiran_ld.site.wording import counted
from ruiran_ld.site.workshop import Workshop

INDEX: Final = Entry("network.html", "Network")


class Row(NamedTuple):
    """A link as the table shows it.

    Attributes:
        role: how the one is linked with the other.
        other: with whom or what.
        standing: ``vouched``, ``claimed`` or ``denied``.
        statuses: marks of how its claims are put.
        documents: numbers of the documents that they stand in.
        origins: on how many they rest in the end.
    """

    role: Link
    other: Link
    standing: str
    statuses: Sequence[Mark]
    documents: Sequence[int]
    origins: int


class Group(NamedTuple):
    """The links of one thing: its page, its standing if it is an event, and the rows."""

    subject: Link
    realis: Mark | None
    rows: Sequence[Row]


def pages(workshop: Workshop) -> Iterator[Page]:
    """Make the page of the network."""
    yield page(workshop.view, workshop.material.choices.network)


def page(view: View, chosen: Network) -> Page:
    """Make the page of the network of a graph.

    Args:
        view: the graph.
        chosen: what the keeper of the site chose for the network.
    """
    links = Links(view, chosen)
    told = [account for link in links.all for account in set(link.accounts)]
    kinds = options(view, [links.kind(link) for link in links.all])
    classes = {each.iri for each in view.vocabulary.classes.values()}
    is_class = {view.key(iri) for iri in classes}
    context = {
        "groups": _groups(links),
        "documents": [view.link(iri) for iri in links.documents],
        "statuses": marked_options(view, links.statuses, [each.status for each in told]),
        "realis": marked_options(view, links.standings, [each.realis for each in told]),
        "classes": [each for each in kinds if each.key in is_class],
        "relations": [each for each in kinds if each.key not in is_class],
        "ticked": {view.key(iri) for iri in links.at_first()},
        "sources": options(view, [each.document for each in told]),
        "speakers": options(view, [iri for each in told for iri in each.speakers]),
        "years": _years(view),
        "most_origins": max(map(_origins, links.all), default=1),
    }
    told_links = counted(len(links.all), "link")
    summary = f"{told_links} between actors, events and other things, each with the claims behind it."
    return Page(INDEX.path, "network", INDEX.label, context, section=INDEX.path, summary=summary, scripts=("network",))


def _groups(links: Links) -> list[Group]:
    view = links.view
    found = []
    for subject, its_links in groupby(links.all, key=lambda each: each.subject):
        standing = next((links.standings.get(iri) for iri in view.objects(subject, f"{RR}realis")), None)
        found.append(Group(view.link(subject), standing, [_row(links, link) for link in its_links]))
    return found


def _row(links: Links, link: Proposition) -> Row:
    view = links.view
    named = {account.status for account in link.accounts}
    return Row(
        role=view.link(link.predicate),
        other=view.link(link.object),
        standing=link.standing,
        statuses=[mark for iri, mark in links.statuses.items() if iri in named],
        documents=sorted({links.documents.index(account.document) + 1 for account in link.accounts}),
        origins=_origins(link),
    )


def _origins(link: Proposition) -> int:
    return len({origin for account in link.accounts for origin in account.origins})


def _years(view: View) -> tuple[str, str]:
    """Give the first and the last year in which something can have begun or ended; empty where nothing has a time."""
    days = [day for event in view.instances(f"{RR}Event") for day in moments.bounds(view, event) if day]
    return min(days, default="")[:4], max(days, default="")[:4]
