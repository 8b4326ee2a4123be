"""Versions of a dataset: Semantic Versioning 2.0.0, without build metadata, which gives no order."""

from __future__ import annotations

import re
from typing import Final

HOW_TO_WRITE: Final = "write MAJOR.MINOR.PATCH, such as 0.2.0 or 1.0.0-rc.1 (Semantic Versioning 2.0.0)"

_NUMBER: Final = r"(?:0|[1-9][0-9]*)"
_IDENTIFIER: Final = rf"(?:{_NUMBER}|[0-9]*[A-Za-z-][0-9A-Za-z-]*)"
_match = re.compile(rf"({_NUMBER}\.{_NUMBER}\.{_NUMBER})(?:-({_IDENTIFIER}(?:\.{_IDENTIFIER})*))?").fullmatch

Precedence = tuple[tuple[int, ...], bool, tuple[tuple[bool, int, str], ...]]
"""Numbers, whether it is no pre-release, the identifiers of the pre-release."""


def is_version(text: str) -> bool:
    """Tell whether a text is a version."""
    return _match(text) is not None


def precedence(version: str) -> Precedence:
    """Give the key that puts versions in their order (section 11): a later one is greater.

    Raises:
        ValueError: if the text is no version.
    """
    match = _match(version)
    if match is None:
        raise ValueError(f"not a version: {version!r}")
    numbers, before = match.groups()
    identifiers = before.split(".") if before else ()
    return (
        tuple(map(int, numbers.split("."))),
        before is None,
        tuple((not each.isdigit(), int(each) if each.isdigit() else 0, each) for each in identifiers),
    )
