"""The links as data for the script that draws them.

Things are lists, and refer to each other by their places; ``web/src/network/data.ts`` says what stands where. The links
stand in the order of the page's table, so that the script knows the row of each.
"""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterable
from typing import Any, Final, Generic, TypeVar

from ruiran_ld.namespaces import RR
from ruiran_ld.site import moments
from ruiran_ld.site.accounts import Account, Proposition
from ruiran_ld.site.links import Links
from ruiran_ld.site.marks import Mark
from ruiran_ld.site.workshop import Workshop

FILE: Final = "network.json"
STANDINGS: Final = ("vouched", "claimed", "denied")
_AGENT, _EVENT, _OTHER = range(3)

T = TypeVar("T", bound=Hashable)


class _Places(Generic[T]):
    """Things, and the place of each in the list of them."""

    def __init__(self, things: Iterable[T]) -> None:
        self.all = list(dict.fromkeys(things))
        self._places = {thing: place for place, thing in enumerate(self.all)}

    def of(self, things: Iterable[T]) -> list[int]:
        return [self._places[thing] for thing in things]

    def one(self, thing: T) -> int:
        return self._places[thing]


def assets(workshop: Workshop) -> dict[str, bytes]:
    """Make the data: name of the file -> JSON."""
    return {FILE: write(Links(workshop.view, workshop.material.choices.network))}


def write(links: Links) -> bytes:
    """Write links as JSON."""
    return json.dumps(_Data(links).content(), ensure_ascii=False, separators=(",", ":")).encode()


class _Data:
    """Numbers the parts of the links, and lists them."""

    def __init__(self, links: Links) -> None:
        self.links, self.view = links, links.view
        told = {account.claim: account for link in links.all for account in link.accounts}
        self.claims = _Places(sorted(told))
        self.accounts = [told[iri] for iri in self.claims.all]
        self.nodes = _Places(sorted({end for link in links.all for end in (link.subject, link.object)}))
        self.roles = _Places(sorted({(link.predicate, links.direction(link)) for link in links.all}))
        self.kinds = _Places(sorted({links.kind(link) for link in links.all}))
        self.agents = _Places(sorted({iri for each in self.accounts for iri in (*each.speakers, *each.origins)}))
        self.documents = _Places(links.documents)
        self.statuses, self.realis = _Places(links.statuses), _Places(links.standings)

    def content(self) -> dict[str, Any]:
        """List everything."""
        view = self.view
        return {
            "nodes": [self._node(iri) for iri in self.nodes.all],
            "roles": [[view.name(iri).text, direction] for iri, direction in self.roles.all],
            "kinds": [view.key(iri) for iri in self.kinds.all],
            "statuses": [self._value(mark) for mark in self.links.statuses.values()],
            "realis": [self._value(mark) for mark in self.links.standings.values()],
            "documents": [[view.key(iri), view.name(iri).text] for iri in self.documents.all],
            "agents": [[view.key(iri), view.name(iri).text] for iri in self.agents.all],
            "claims": [self._claim(account) for account in self.accounts],
            "links": [self._link(link) for link in self.links.all],
        }

    def _node(self, iri: str) -> list[object]:
        link = self.view.link(iri)
        kind = _EVENT if iri in self.links.events else _AGENT if iri in self.links.agents else _OTHER
        classes = ", ".join(self.view.name(each).text for each in self.view.types(iri))
        bounds = moments.bounds(self.view, iri)
        realis = [self.realis.one(each) for each in self.view.objects(iri, f"{RR}realis")]
        return [link.path, link.text, link.language, kind, classes, *(realis or [-1]), bounds[0] or "", bounds[3] or ""]

    def _value(self, mark: Mark) -> list[object]:
        return [self.view.key(mark.link.iri), mark.link.text, mark.shape]

    def _claim(self, account: Account) -> list[object]:
        return [
            self.view.link(account.claim).path,
            self.statuses.one(account.status),
            self.realis.one(account.realis),
            self.documents.one(account.document),
            self.agents.of(account.speakers),
            self.agents.of(account.origins),
        ]

    def _link(self, link: Proposition) -> list[object]:
        return [
            self.nodes.one(link.subject),
            self.roles.one((link.predicate, self.links.direction(link))),
            self.nodes.one(link.object),
            self.kinds.one(self.links.kind(link)),
            STANDINGS.index(link.standing),
            self.claims.of(account.claim for account in link.accounts if not account.denies),
            self.claims.of(account.claim for account in link.accounts if account.denies),
        ]
