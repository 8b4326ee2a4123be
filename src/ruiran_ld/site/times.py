"""Times as pages show them: the EDTF expression as it was written, and in words what it says (EDTF, levels 0 and 1)."""

from __future__ import annotations

import re
from typing import Final

_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_DOUBTS: Final = {"?": " (uncertain)", "~": " (approximately)", "%": " (uncertain and approximate)"}
_match_date = re.compile(r"([0-9X]{4})(?:-([0-9X]{2}))?(?:-([0-9X]{2}))?([?~%]?)").fullmatch


def in_words(edtf: str) -> str:
    """Say in words what an EDTF expression says; what is none is given back."""
    start, slash, end = edtf.partition("/")
    if not slash:
        return _date(start)
    if start in {"", ".."}:
        return f"until {_date(end)}"
    if end in {"", ".."}:
        return f"from {_date(start)}" + (", end open" if end else ", end unknown")
    return f"from {_date(start)} to {_date(end)}"


def day(iso: str) -> str:
    """Write a day, ``YYYY-MM-DD``, in words."""
    return _date(iso)


def between(first: str, last: str) -> str:
    """Say within which days something lies; an empty bound is open."""
    if first and last:
        return f"on {day(first)}" if first == last else f"between {day(first)} and {day(last)}"
    if first:
        return f"on or after {day(first)}"
    return f"on or before {day(last)}" if last else ""


def bounds_in_words(starts: tuple[str, str], ends: tuple[str, str]) -> list[str]:
    """Say when something began and ended: the first and the last day of each, empty where there is no bound."""
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
    number = int(digits) if digits.isdecimal() else 0
    return _MONTHS[number - 1] if 1 <= number <= 12 else "an unknown month of"


def _day(digits: str | None) -> str:
    if not digits:
        return ""
    return str(int(digits)) if digits.isdecimal() else "an unknown day of"
