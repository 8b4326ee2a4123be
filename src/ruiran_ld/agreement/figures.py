"""The figures of agreement: F1 of what was found, Cohen's kappa of how it was classified."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final, NamedTuple

Pairs = Sequence[tuple[str, str]]
"""For each matched thing, what the first curator and what the second called it."""


class Found(NamedTuple):
    """How many things both curators found, the first alone, the second alone."""

    both: int = 0
    first: int = 0
    second: int = 0

    def __add__(self, other: object) -> Found:
        """Add the counts of another document."""
        if not isinstance(other, Found):
            return NotImplemented
        return Found(self.both + other.both, self.first + other.first, self.second + other.second)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, the same whichever of the two is right; 1 if none found any."""
        total = 2 * self.both + self.first + self.second
        return 2 * self.both / total if total else 1.0


NONE: Final = Found()


def observed(pairs: Pairs) -> float:
    """Give the share of matched things that both called the same; 1 if there are none."""
    return sum(one == other for one, other in pairs) / len(pairs) if pairs else 1.0


def kappa(pairs: Pairs) -> float:
    """Give Cohen's kappa: the share called the same, less what chance gives, over what chance leaves.

    It is 1 where both called everything by one and the same name, which chance gives as well.
    """
    by_first, by_second = (Counter(pair[side] for pair in pairs) for side in (0, 1))
    chance = sum(number * by_second[name] for name, number in by_first.items()) / max(1, len(pairs)) ** 2
    return 1.0 if chance == 1 or not pairs else (observed(pairs) - chance) / (1 - chance)
