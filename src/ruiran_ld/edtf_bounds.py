"""Strict day bounds of EDTF expressions, levels 0 and 1 (Extended Date/Time Format, Library of Congress, 2019).

Seasons are refused: their days depend on where one stands. Strict means: what the expression says, not widened for ``~`` and ``?``. An open or unknown end has no bound.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Final, NamedTuple

_UNBOUNDED: Final = frozenset(("", ".."))
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}").fullmatch
# Level 0 dates and level 1 unspecified digits from the right, each with an optional qualifier. Level 1 also has
# seasons, whose days depend on the hemisphere: they have no strict bounds and are refused.
_LEVEL_0_OR_1: Final = re.compile(
    r"([0-9]{4}(-(0[1-9]|1[0-2]))?|[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{3}X|[0-9]{2}XX"
    r"|[0-9]{4}-XX(-XX)?|[0-9]{4}-[0-9]{2}-XX)[?~%]?"
).fullmatch


class Bounds(NamedTuple):
    """First and last day, as xsd:date lexical forms, on which something can have begun and can have ended."""

    earliest_start: str | None
    latest_start: str | None
    earliest_end: str | None
    latest_end: str | None


@lru_cache(maxsize=16384)
def bounds(text: str) -> Bounds:
    """Compute the strict bounds of an EDTF expression.

    Raises:
        ValueError: if it is no EDTF of level 0 or 1 in the years 0001 to 9999, or its end lies before its start.
    """
    start, slash, end = text.partition("/")
    if not slash:
        first, last = _days(start)
        return Bounds(first, last, first, last)
    if start in _UNBOUNDED and end in _UNBOUNDED:
        raise ValueError(f"'{text}' has neither start nor end")
    start_days = _end_point(start)
    end_days = _end_point(end)
    if start_days[0] and end_days[1] and start_days[0] > end_days[1]:
        raise ValueError(f"'{text}' ends before it starts")
    return Bounds(*start_days, *end_days)


def _end_point(text: str) -> tuple[str | None, str | None]:
    return (None, None) if text in _UNBOUNDED else _days(text)


def _days(text: str) -> tuple[str, str]:
    """Compute the first and the last day of a date without slash."""
    if not _LEVEL_0_OR_1(text):
        raise ValueError(f"'{text}' is not EDTF of level 0 or 1 within the years 0001 to 9999")
    try:
        if _DAY(text):
            date.fromisoformat(text)
            return text, text
        return _days_by_library(text)
    except ValueError as error:
        raise ValueError(f"'{text}' is no day, month or year of the calendar") from error


def _days_by_library(text: str) -> tuple[str, str]:
    # The library takes 0.3 s to import and milliseconds for each date; most dates are whole days and do without it.
    from edtf import parse_edtf  # noqa: PLC0415
    from edtf.parser.edtf_exceptions import EDTFParseException  # noqa: PLC0415

    try:
        parsed = parse_edtf(text)
    except EDTFParseException as error:
        raise ValueError(text) from error
    return _iso(parsed.lower_strict()), _iso(parsed.upper_strict())


def _iso(day: tuple[int, ...]) -> str:
    return date(*day[:3]).isoformat()
