"""Bounds of EDTF expressions, held against the library edtf wherever it reads an expression as strictly."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest
from edtf import parse_edtf

from ruiran_ld.edtf_bounds import bounds

DATES = (
    *(
        "0001",
        "1900",
        "2024",
        "9999",
        "199X",
        "19XX",
        "2024-XX",
        "2023-XX-XX",
        "2024-02-XX",
        "2023-02-XX",
        "1900-02-XX",
    ),
    *("2024-01", "2024-02", "2023-02", "1900-02", "2000-02", "2024-12", "2024-02-29", "2024-12-31", "9999-12-31"),
)


@pytest.mark.parametrize("text", [f"{text}{mark}" for text, mark in product(DATES, ("", "?", "~", "%"))])
def test_days_are_those_of_the_library(text: str) -> None:
    parsed = parse_edtf(text)
    first, last = (date(*day[:3]).isoformat() for day in (parsed.lower_strict(), parsed.upper_strict()))
    assert bounds(text) == (first, last, first, last)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-02/2024-03-05", ("2024-02-01", "2024-02-29", "2024-03-05", "2024-03-05")),
        ("2024-08-05/", ("2024-08-05", "2024-08-05", None, None)),
        ("2022-02/..", ("2022-02-01", "2022-02-28", None, None)),
        ("../2024", (None, None, "2024-01-01", "2024-12-31")),
        ("2022~/2024?", ("2022-01-01", "2022-12-31", "2024-01-01", "2024-12-31")),
    ],
)
def test_an_interval_has_bounds_on_the_sides_that_are_known(text: str, expected: tuple[str | None, ...]) -> None:
    assert bounds(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        *("0000", "000X", "2023-02-29", "2024-04-31~", "2024-13", "2024-00", "2024-13-01", "2024-01-00", "2024-XX-05"),
        *(
            "2024-21",
            "Y12024",
            "24",
            "2024-2",
            "2024/2023",
            "/",
            "../..",
            "",
            "2024-01-01T00:00:00",
            "2024?~",
            "２０２４",
        ),
    ],
)
def test_what_is_no_date_or_has_no_strict_days_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="'"):
        bounds(text)
