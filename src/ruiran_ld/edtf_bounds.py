"""Strict day bounds of EDTF expressions, levels 0 and 1 (Extended Date/Time Format, Library of Congress, 2019).

Seasons are refused: their days depend on where one stands. Strict means: what the expression says, not widened for
``~`` and ``?``. An open or unknown end has no bound.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache
from typing import Final, NamedTuple

from ruiran_ld.errors import quoted

_UNBOUNDED: Final = frozenset(("", ".."))
_UNKNOWN: Final = "XX"
# Level 0 dates and level 1 unspecified digits from the right, each with an optional qualifier. Level 1 also has
# seasons, whose days depend on the hemisphere: they have no strict bounds and are refused.
_LEVEL_0_OR_1: Final = re.compile(
    r"([0-9]{4}(-(0[1-9]|1[0-2]))?|[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{3}X|[0-9]{2}XX"
    r"|[0-9]{4}-XX(-XX)?|[0-9]{4}-[0-9]{2}-XX)[?~%]?"
).fullmatch

# The same for readers that only have the pattern, so that the calendar is in it as far as it can be.
_MONTH_AND_DAY: Final = "(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-9]|XX)|(?:0[13-9]|1[0-2])-30|(?:0[13578]|1[02])-31"
_DATE: Final = f"(?:[0-9]{{4}}(?:-(?:0[1-9]|1[0-2]|XX|XX-XX|{_MONTH_AND_DAY}))?|[0-9]{{3}}X|[0-9]{{2}}XX)[?~%]?"
PATTERN: Final = rf"(?:{_DATE}(?:/(?:{_DATE}|\.\.)?)?|(?:\.\.)?/{_DATE})"
"""A regular expression that fits whatever has bounds, and beside that only years from 0000 on (also as 000X and 00XX),
29 February of years that have none, and what ends before it starts."""


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
        raise ValueError(f"{quoted(text)} has neither start nor end")
    start_days = _end_point(start)
    end_days = _end_point(end)
    if start_days[0] and end_days[1] and start_days[0] > end_days[1]:
        raise ValueError(f"{quoted(text)} ends before it starts")
    return Bounds(*start_days, *end_days)


def _end_point(text: str) -> tuple[str | None, str | None]:
    return (None, None) if text in _UNBOUNDED else _days(text)


def _days(text: str) -> tuple[str, str]:
    """Compute the first and the last day of a date; what is unspecified is read as low and as high as it can be.

    The library ``edtf``, which takes ten milliseconds for each expression, is what a test holds this against.
    """
    if not _LEVEL_0_OR_1(text):
        raise ValueError(f"{quoted(text)} is not EDTF of level 0 or 1 within the years 0001 to 9999")
    year, month, day = (*text.rstrip("?~%").split("-"), _UNKNOWN, _UNKNOWN)[:3]
    try:
        first = date(int(year.replace("X", "0")), _number(month, 1), _number(day, 1))
        last_year, last_month = int(year.replace("X", "9")), _number(month, 12)
        last = date(last_year, last_month, _number(day, monthrange(last_year, last_month)[1]))
    except ValueError as error:
        raise ValueError(f"{quoted(text)} is no day, month or year of the calendar") from error
    return first.isoformat(), last.isoformat()


def _number(digits: str, unknown: int) -> int:
    return unknown if digits == _UNKNOWN else int(digits)
