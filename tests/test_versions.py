"""Versions have the order of Semantic Versioning 2.0.0, section 11, and the form of section 2 and 9."""

from __future__ import annotations

from itertools import pairwise

import pytest

from ruiran_ld.versions import is_version, precedence

IN_ORDER = (
    "0.1.0", "0.2.0", "0.10.0", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2",
    "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0", "2.0.0", "2.1.0", "2.1.1", "10.0.0",
)  # fmt: skip


@pytest.mark.parametrize(("earlier", "later"), list(pairwise(IN_ORDER)))
def test_the_order(earlier: str, later: str) -> None:
    assert precedence(earlier) < precedence(later)


@pytest.mark.parametrize(
    "text", ["", "1", "1.0", "1.0.0.0", "01.0.0", "1.0.0-01", "1.0.0-", "1.0.0+a", "v1.0.0", "1.0.٣"]
)
def test_what_is_no_version(text: str) -> None:
    assert not is_version(text)
    with pytest.raises(ValueError, match="not a version"):
        precedence(text)
