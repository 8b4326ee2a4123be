"""The map of the world beneath places: outlines of states, and where towns are, found by identity links.

``web/world.mjs`` makes the file; a site without scripts has none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Final, NamedTuple

import msgspec

FILE: Final = "world.json"


class Outline(msgspec.Struct, frozen=True):
    """A state on the map.

    Attributes:
        records: IRIs of authorities' records about it; none where nothing pairs the outline with one.
        at: where its mark belongs, as x and y.
        d: its outline, as a path of SVG.
    """

    records: list[str]
    at: tuple[float, float]
    d: str


class Spot(NamedTuple):
    """Where something is on the map: x and y, and the outline that it is, for a state."""

    x: float
    y: float
    outline: int | None


class World(msgspec.Struct, frozen=True, dict=True):
    """The map: its size, the outlines, and points by the beginning and the rest of the IRIs of authorities' records."""

    width: float
    height: float
    outlines: list[Outline]
    points: dict[str, dict[str, tuple[float, float]]]

    @cached_property
    def _outline_of(self) -> dict[str, int]:
        return {record: place for place, outline in enumerate(self.outlines) for record in outline.records}

    def locate(self, records: Iterable[str]) -> Spot | None:
        """Find where something is by authorities' records of it: its outline, else its point, else None."""
        for record in records:
            if (place := self._outline_of.get(record)) is not None:
                return Spot(*self.outlines[place].at, place)
        return next((spot for record in records if (spot := self._point(record))), None)

    def _point(self, record: str) -> Spot | None:
        for beginning, points in self.points.items():
            at = points.get(record.removeprefix(beginning)) if record.startswith(beginning) else None
            if at:
                return Spot(*at, None)
        return None


def read(built: Mapping[str, bytes]) -> World | None:
    """Read the map from the files that were built with the scripts, by name; None where it is not among them."""
    content = built.get(FILE)
    return msgspec.json.decode(content, type=World) if content else None
