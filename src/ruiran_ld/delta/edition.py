"""One edition of a dataset, as the writers of differences see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Edition:
    """The asserted graph of a dataset at one time.

    Attributes:
        name: what it is called: its version, or what else people know it by.
        lines: canonical N-Triples lines without newlines, sorted by code point, each once, without blank nodes.
        ontology: the ontology that goes with it, as Turtle; it gives labels and kinds, and is not compared as a graph.
    """

    name: str
    lines: Sequence[str]
    ontology: bytes = b""


def removed(old: Edition, new: Edition) -> list[str]:
    """List the lines that the old edition has and the new one has not, sorted."""
    return sorted({*old.lines}.difference(new.lines))


def added(old: Edition, new: Edition) -> list[str]:
    """List the lines that the new edition has and the old one has not, sorted."""
    return removed(new, old)
