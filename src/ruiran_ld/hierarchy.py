"""Ways up a hierarchy."""

from __future__ import annotations

from collections.abc import Callable, Iterable


def ancestors(start: str, above: Callable[[str], Iterable[str]]) -> frozenset[str]:
    """Find whatever stands above a class, itself among it, by whatever ways lead there; circles do no harm.

    Args:
        start: the class.
        above: gives what stands directly above a class.
    """
    found: set[str] = set()
    waiting = [start]
    while waiting:
        current = waiting.pop()
        if current not in found:
            found.add(current)
            waiting.extend(above(current))
    return frozenset(found)
