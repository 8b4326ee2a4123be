"""Times as pages show them, in words: EDTF of levels 0 and 1 without seasons, as the dataset takes it, and bounds."""

from __future__ import annotations

import re
from typing import Final

from ruiran_ld.edtf_bounds import Bounds

_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_DOUBTS: Final = {"?": " (uncertain)", "~": " (approximately)", "%": " (uncertain and approximate)"}
_WITHOUT: Final = {"": "unknown", "..": "open"}
"""What it means that an interval has no start or no end (EDTF, level 1)."""
# A second part above 12 is a season, and those are none of ours.
_match_date = re.compile(
    r"([0-9]{4}|[0-9]{3}X|[0-9]{2}XX)(?:-(0[1-9]|1[0-2]|XX)(?:-([0-9]{2}|XX))?)?([?~%]?)"
).fullmatch


def in_words(edtf: str) -> str:
    """Say in words what an EDTF expression says; what the dataset does not take for one is given back."""
    start, slash, end = edtf.partition("/")
    if not slash:
        return _date(start)
    if start in _WITHOUT:
        return edtf if end in _WITHOUT else f"until {_date(end)}, start {_WITHOUT[start]}"
    if end in _WITHOUT:
        return f"from {_date(start)}, end {_WITHOUT[end]}"
    return f"from {_date(start)} to {_date(end)}"


def day(iso: str) -> str:
    """Write a day, ``YYYY-MM-DD``, in words."""
    return _date(iso)


def between(first: str | None, last: str | None) -> str:
    """Say within which days something lies; a bound that is None or empty is open."""
    if first and last:
        return f"on {day(first)}" if first == last else f"between {day(first)} and {day(last)}"
    if first:
        return f"on or after {day(first)}"
    return f"on or before {day(last)}" if last else ""


def bounds_in_words(bounds: Bounds) -> list[str]:
    """Say when something began and ended, as far as there are bounds."""
    starts, ends = bounds[:2], bounds[2:]
    if starts == ends:
        return [words] if (words := between(*starts)) else []
    told = (("begins", between(*starts)), ("ends", between(*ends)))
    return [f"{verb} {words}" for verb, words in told if words]


def _date(text: str) -> str:
    match = _match_date(text)
    if match is None:
        return text
    year, month, day_, doubt = match.groups()
    return " ".join(filter(None, (_day(day_), _month(month), _year(year)))) + _DOUBTS.get(doubt, "")


def _year(digits: str) -> str:
    if digits.endswith("XX"):
        return f"some year from {digits[:2]}00 to {digits[:2]}99"
    return f"the {digits[:3]}0s" if digits.endswith("X") else digits


def _month(digits: str | None) -> str:
    if not digits:
        return ""
    return _MONTHS[int(digits) - 1] if digits.isdecimal() else "an unknown month of"


def _day(digits: str | None) -> str:
    if not digits:
        return ""
    return str(int(digits)) if digits.isdecimal() else "an unknown day of"
