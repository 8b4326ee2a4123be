"""Words that depend on numbers."""

from __future__ import annotations


def counted(number: int, one: str, many: str = "") -> str:
    """Say how many there are of something: ``1 claim``, ``2 claims``.

    Args:
        number: how many.
        one: what one of them is called.
        many: what several or none are called; empty for the same with an s.
    """
    return f"{number} {one if number == 1 else many or one + 's'}"
