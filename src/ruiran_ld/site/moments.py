"""Times of events in words: EDTF as it is written, what its qualifiers mean, and the strict bounds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ruiran_ld.edtf_bounds import Bounds
from ruiran_ld.namespaces import RR
from ruiran_ld.site import times as words
from ruiran_ld.site.view import View

_QUALIFIERS: Final = {"uncertain": "?%", "approximate": "~%"}
"""What the qualifiers mean (EDTF, level 1)."""
_OPEN: Final = ".."
PROPERTIES: Final = tuple(RR + name for name in ("earliestStart", "latestStart", "earliestEnd", "latestEnd"))
"""IRIs of the properties that have the bounds."""


def times(view: View, event: str) -> list[str]:
    """List the times of an event, as claims give them."""
    return [text.text for text in view.texts(event, f"{RR}time")]


def bounds(view: View, event: str) -> Bounds:
    """Give the published bounds of an event."""
    return Bounds(*(view.graph.text(f"<{event}>", name) or None for name in PROPERTIES))


def qualifier(written: Sequence[str]) -> str:
    """Say in words how sure times are that claims give; nothing where none is qualified."""
    last = {end[-1] for text in written for end in text.split("/") if end}
    return " and ".join(word for word, signs in _QUALIFIERS.items() if last & set(signs))


def is_ongoing(written: Sequence[str]) -> bool:
    """Tell whether a time has an end that is open, and not one that is only unknown."""
    return any(text.endswith(f"/{_OPEN}") for text in written)


def has_open_start(written: Sequence[str]) -> bool:
    """Tell whether a time has a start that is open, and not one that is only unknown."""
    return any(text.startswith(f"{_OPEN}/") for text in written)


def in_words(found: Bounds, written: Sequence[str]) -> str:
    """Say when an event begins and ends, by its bounds, and what is open."""
    told = words.bounds_in_words(found)
    if not found.latest_end:
        told.append("goes on" if is_ongoing(written) else "no end is given")
    if not found.earliest_start:
        told.append("its start is open" if has_open_start(written) else "no start is given")
    return ", ".join(told)
