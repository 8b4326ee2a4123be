"""A scale of time on which few years long ago and many days of late can both be read, and what events look like on it.

Each year with a date in it has a stretch that is the wider the more dates it has; years without a date are one narrow
stretch. Within a stretch time runs evenly. Positions are percentages of the drawing's width.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Final, NamedTuple

from ruiran_ld.edtf_bounds import Bounds

MARGIN: Final = 3.0
"""Percent at either side, where what has no bound runs out."""
_EMPTY_WEIGHT: Final = 1.0
_YEAR_WEIGHT: Final = 3.0


class Stretch(NamedTuple):
    """Some years on the scale, in which dates fall or not, and where they begin and end in percent."""

    first: int
    last: int
    has_dates: bool
    start: float
    end: float

    @property
    def label(self) -> str:
        """The years."""
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"


class Span(NamedTuple):
    """From where to where, in percent."""

    start: float
    end: float

    @property
    def width(self) -> float:
        """How wide it is, in percent."""
        return round(self.end - self.start, 2)


class Bar(NamedTuple):
    """What an event looks like.

    Attributes:
        possible: the days on which it can have been going on; to the edge where there is no bound.
        certain: the days on which it must have been going on, where there are any.
        is_open_start: whether nothing says when it began.
        is_open_end: whether nothing says when it ended.
        mark: where its mark stands: in the middle of what is certain, or of what is bounded.
    """

    possible: Span
    certain: Span | None
    is_open_start: bool
    is_open_end: bool
    mark: float


class Scale:
    """The scale for some dates.

    Args:
        days: bounds of events (xsd:date), at least one.
    """

    def __init__(self, days: Iterable[str]) -> None:
        dates = Counter(int(day[:4]) for day in set(days))
        weighed = [(first, last, _weight(dates, first)) for first, last in _runs(dates)]
        unit = (100 - 2 * MARGIN) / sum(weight for *_, weight in weighed)
        self.stretches: list[Stretch] = []
        start = MARGIN
        for first, last, weight in weighed:
            end = start + weight * unit
            self.stretches.append(Stretch(first, last, first in dates, round(start, 2), round(end, 2)))
            start = end
        self._firsts = [stretch.first for stretch in self.stretches]

    def start_of(self, day: str) -> float:
        """Say where a day (xsd:date) begins; what is off the scale is at its edge."""
        return self._position(date.fromisoformat(day).toordinal())

    def end_of(self, day: str) -> float:
        """Say where a day (xsd:date) ends."""
        return self._position(date.fromisoformat(day).toordinal() + 1)

    def bar(self, bounds: Bounds) -> Bar:
        """Draw an event of which at least one bound is known."""
        start = self.start_of(bounds.earliest_start) if bounds.earliest_start else 0.0
        end = self.end_of(bounds.latest_end) if bounds.latest_end else 100.0
        certain = self._certain(bounds)
        known = [day for day in bounds if day]
        bounded = Span(start or self.start_of(min(known)), end if bounds.latest_end else self.end_of(max(known)))
        mark = _middle(certain or bounded)
        return Bar(Span(start, end), certain, bounds.earliest_start is None, bounds.latest_end is None, mark)

    def _certain(self, bounds: Bounds) -> Span | None:
        if not bounds.latest_start or not bounds.earliest_end or bounds.latest_start > bounds.earliest_end:
            return None
        return Span(self.start_of(bounds.latest_start), self.end_of(bounds.earliest_end))

    def _position(self, ordinal: int) -> float:
        day = date.fromordinal(min(ordinal, date.max.toordinal()))
        index = bisect_right(self._firsts, day.year) - 1
        if index < 0:
            return MARGIN
        stretch = self.stretches[index]
        first = date(stretch.first, 1, 1).toordinal()
        after = date(stretch.last, 12, 31).toordinal() + 1
        share = min((ordinal - first) / (after - first), 1.0)
        return round(stretch.start + share * (stretch.end - stretch.start), 2)


def _runs(dates: Counter[int]) -> list[tuple[int, int]]:
    """Part the years into those with dates, one by one, and runs of years without."""
    runs: list[tuple[int, int]] = []
    for year in sorted(dates):
        if runs and runs[-1][1] + 1 < year:
            runs.append((runs[-1][1] + 1, year - 1))
        runs.append((year, year))
    return runs


def _weight(dates: Counter[int], first: int) -> float:
    return _YEAR_WEIGHT + dates[first] if first in dates else _EMPTY_WEIGHT


def _middle(span: Span) -> float:
    return round((span.start + span.end) / 2, 2)
