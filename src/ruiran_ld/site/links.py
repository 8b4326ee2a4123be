"""Links between things, as claims state or deny them: roles in events, and relations.

A link is a proposition whose subject and object are both entities.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from ruiran_ld.namespaces import RR
from ruiran_ld.site import accounts
from ruiran_ld.site.accounts import Proposition
from ruiran_ld.site.choices import Network
from ruiran_ld.site.marks import MISTAKEN, Mark, of_realis, of_statuses
from ruiran_ld.site.view import View
from ruiran_ld.vocabulary import Property


@dataclass
class Links:
    """All links of a dataset.

    Attributes:
        view: the graph.
        chosen: what the keeper of the site chose for the network.
    """

    view: View
    chosen: Network

    @cached_property
    def all(self) -> list[Proposition]:
        """The links, those of one subject together, the subjects by name."""
        found = list(accounts.links(self.view))
        names = {each.subject: self.view.name(each.subject).text.casefold() for each in found}
        return sorted(found, key=lambda each: (names[each.subject], each.subject, each.predicate, each.object))

    @cached_property
    def events(self) -> frozenset[str]:
        """IRIs of the events."""
        return frozenset(self.view.instances(f"{RR}Event"))

    @cached_property
    def agents(self) -> frozenset[str]:
        """IRIs of the agents."""
        return frozenset(self.view.instances(f"{RR}Agent"))

    @cached_property
    def statuses(self) -> Mapping[str, Mark]:
        """The marks of epistemic statuses, and of claims that are known to be wrong, by IRI."""
        return {**of_statuses(self.view), MISTAKEN.link.iri: MISTAKEN}

    @cached_property
    def standings(self) -> Mapping[str, Mark]:
        """The marks of events' standings, by IRI."""
        return of_realis(self.view)

    @cached_property
    def documents(self) -> list[str]:
        """IRIs of the documents, sorted; their numbers are their places from 1 on."""
        return sorted({account.document for link in self.all for account in link.accounts})

    @cached_property
    def _properties(self) -> dict[str, Property]:
        return {each.iri: each for each in self.view.vocabulary.all_properties}

    def kind(self, link: Proposition) -> str:
        """Say what a link is filtered by: the class of its event, or the relation where there is no event."""
        event = self._event(link)
        return next(iter(self.view.types(event)), "") if event else link.predicate

    def _event(self, link: Proposition) -> str:
        return next((end for end in (link.subject, link.object) if end in self.events), "")

    def at_first(self) -> frozenset[str]:
        """List the IRIs of the kinds that the network shows at first."""
        kinds = {self.kind(link) for link in self.all}
        if not self.chosen.classes:
            return frozenset(kinds)
        wanted = {self.view.vocabulary.classes[key].iri for key in self.chosen.classes}
        return frozenset(each.iri for each in self.view.vocabulary.classes.values() if wanted & each.ancestors) & kinds

    def direction(self, link: Proposition) -> int:
        """Say where an arrow belongs: 1 at the object, -1 at the subject, 0 for none.

        Roles have none but for those that the keeper of the site named; other properties point from subject to object,
        as they are read, unless they hold both ways.
        """
        ends = dict.fromkeys(self.chosen.targets, 1) | dict.fromkeys(self.chosen.sources, -1)
        known = self._properties[link.predicate]
        if known.symmetric or known.key in ends:
            return ends.get(known.key, 0)
        is_role = link.subject in self.events and link.object not in self.events
        return 0 if is_role else 1
