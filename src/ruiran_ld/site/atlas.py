"""The map: what claims put where, as a list of places and as a drawing without tiles from elsewhere.

A place is what a property leads to that stands below SEM's *has place*, or whose values are places of SEM. Where it
lies is known from its identity links alone; what no linked authority's record locates is listed and not drawn.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from ruiran_ld.namespaces import RR, SEM, SKOS
from ruiran_ld.site.accounts import Proposition, links
from ruiran_ld.site.filters import marked_options
from ruiran_ld.site.marks import Mark, of_realis
from ruiran_ld.site.page import Entry, Page
from ruiran_ld.site.view import Link, View
from ruiran_ld.site.wording import counted
from ruiran_ld.site.workshop import Workshop
from ruiran_ld.site.world import Spot, World, read

INDEX: Final = Entry("map.html", "Map")
_MARGIN: Final = 0.12
"""Part of the width that is left free around what is marked."""
_NARROWEST: Final = 800.0
"""Width of the part that is shown at least, in the map's units."""
_SIDES: Final = 1.6
"""Width of the part that is shown, by its height."""


class There(NamedTuple):
    """Something that claims put somewhere.

    Attributes:
        link: to it.
        role: how it is linked with the place.
        realis: its standing, if it is an event.
        standing: whether claims vouch for the link; see ``Proposition``.
        claims: how many claims state or deny it.
    """

    link: Link
    role: Link
    realis: Mark | None
    standing: str
    claims: int

    def order(self) -> tuple[str, str, str]:
        """Give what it is sorted by."""
        return self.link.text.casefold(), self.link.iri, self.role.iri


class Site(NamedTuple):
    """A place, the fragment of its entry, what is there, and where it lies on the map."""

    link: Link
    anchor: str
    there: Sequence[There]
    spot: Spot | None


class Frame(NamedTuple):
    """The part of the map that is shown: left, top, width, height."""

    left: float
    top: float
    width: float
    height: float


def pages(workshop: Workshop) -> Iterator[Page]:
    """Make the page of the map."""
    yield page(workshop.view, read(workshop.material.scripts))


def page(view: View, world: World | None) -> Page:
    """Make the page of the map.

    Args:
        view: the graph.
        world: what lies beneath; None where there is none, so that places are only listed.
    """
    found = sites(view, world)
    drawn = [site for site in found if site.spot]
    events = [each.realis.link.iri for site in found for each in site.there if each.realis]
    context = {
        "drawn": drawn,
        "left_out": [site for site in found if not site.spot],
        "world": world,
        "frame": frame([site.spot for site in drawn if site.spot], world) if world else None,
        "located": {site.spot.outline for site in drawn if site.spot},
        "realis": marked_options(view, of_realis(view), events),
        "key": view.key,
    }
    places = counted(len(found), "place or state", "places and states")
    summary = f"{places} where claims put something, {len(drawn)} of them on the map."
    return Page(INDEX.path, "map", INDEX.label, context, section=INDEX.path, summary=summary, scripts=("map",))


def sites(view: View, world: World | None) -> list[Site]:
    """List the places at which claims put something, those with most first."""
    there: dict[str, list[Proposition]] = defaultdict(list)
    wanted = place_properties(view)
    for link in links(view):
        if link.predicate in wanted:
            there[link.object].append(link)
    marks = of_realis(view)
    found = []
    for iri, its_links in there.items():
        records = [record for name in ("exactMatch", "closeMatch") for record in view.objects(iri, SKOS + name)]
        here = sorted((_there(view, marks, each) for each in its_links), key=There.order)
        anchor = f"at-{view.key(iri).rpartition('/')[2]}"
        found.append(Site(view.link(iri), anchor, here, world.locate(records) if world else None))
    return sorted(found, key=lambda site: (-len(site.there), site.link.text.casefold(), site.link.iri))


def place_properties(view: View) -> frozenset[str]:
    """Find the properties that say where something is."""
    places = {each.iri for each in view.vocabulary.classes.values() if f"{SEM}Place" in each.ancestors}
    to_places = {each.iri for each in view.vocabulary.all_properties if places & set(each.ranges)}
    return view.sub_properties(f"{SEM}hasPlace") | to_places


def frame(spots: Sequence[Spot], world: World) -> Frame:
    """Choose the part of the map to show: all that is marked with some room around it, or the whole world."""
    if not spots:
        return Frame(0, 0, world.width, world.height)
    left, right = min(spot.x for spot in spots), max(spot.x for spot in spots)
    top, bottom = min(spot.y for spot in spots), max(spot.y for spot in spots)
    width = max((right - left) * (1 + 2 * _MARGIN), (bottom - top) * (1 + 2 * _MARGIN) * _SIDES, _NARROWEST)
    width = min(width, world.width)
    height = width / _SIDES
    return Frame(*(round(value) for value in ((left + right - width) / 2, (top + bottom - height) / 2, width, height)))


def _there(view: View, marks: Mapping[str, Mark], link: Proposition) -> There:
    realis = next((marks[each] for each in view.objects(link.subject, f"{RR}realis") if each in marks), None)
    return There(view.link(link.subject), view.link(link.predicate), realis, link.standing, len(link.accounts))
