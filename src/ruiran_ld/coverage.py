"""Coverage: is every stretch of a document's text inside some claim's span, or set aside with a reason?

Spaces and punctuation between spans need no reason: only a stretch with a letter or a digit in it can say something.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from ruiran_ld.errors import Problem, quoted
from ruiran_ld.records import LoadedDocument
from ruiran_ld.verification import bounds_of


class Standing(StrEnum):
    """What a stretch of a text is."""

    CLAIMED = "claimed"
    SET_ASIDE = "set aside"
    BETWEEN = "between"
    UNACCOUNTED = "unaccounted for"


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a text on which the same claims rest.

    Attributes:
        start: first character, in code points.
        end: the one after the last.
        standing: what it is.
        claims: keys of the claims whose spans hold it.
        reason: why it was set aside, or empty.
    """

    start: int
    end: int
    standing: Standing
    claims: tuple[str, ...] = ()
    reason: str = ""

    @property
    def span(self) -> str:
        """The stretch as curators write it."""
        return f"{self.start}-{self.end}"


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of a document's text is accounted for.

    Attributes:
        document: slug of the document.
        claims: how many it has.
        stretches: all of its text, in order and without gaps.
        problems: what is unaccounted for, and what is set aside though claims rest on it.
    """

    document: str
    claims: int
    stretches: tuple[Stretch, ...]
    problems: tuple[Problem, ...]

    def characters(self, *standings: Standing) -> int:
        """Count the characters of some standings, or of all if none is given."""
        return sum(each.end - each.start for each in self.stretches if not standings or each.standing in standings)

    def share(self, standing: Standing) -> float:
        """Give the share of the characters that have a standing, from 0 to 1."""
        return self.characters(standing) / max(1, self.characters())

    def unaccounted(self) -> list[Stretch]:
        """List the stretches that are unaccounted for."""
        return [each for each in self.stretches if each.standing is Standing.UNACCOUNTED]


def measure(loaded: LoadedDocument, text: str) -> Coverage:
    """Find what accounts for each stretch of a text."""
    record = loaded.record
    stretches = tuple(_stretches(loaded, text))
    problems = [_missing(loaded, each, text) for each in stretches if each.standing is Standing.UNACCOUNTED]
    problems += [_both(loaded, each) for each in stretches if each.claims and each.reason and _says(text, each)]
    sealed = record.text.claims
    if sealed is not None and sealed != len(record.claims):
        message = f"{record.document} was sealed with {sealed} claims and has {len(record.claims)}"
        remedy = "put back what is missing, or run 'ruiran-ld seal' if it is as it should be"
        problems.append(Problem(message, remedy, loaded.places.place("text")))
    return Coverage(record.document, len(record.claims), stretches, tuple(problems))


def _missing(loaded: LoadedDocument, stretch: Stretch, text: str) -> Problem:
    words = " ".join(text[stretch.start : stretch.end].split())
    message = f"{stretch.span} is in no claim's span and not set aside: {quoted(words)}"
    return Problem(message, "annotate it, or give a reason under 'setAside'", loaded.places.place("document"))


def _both(loaded: LoadedDocument, stretch: Stretch) -> Problem:
    message = f"{stretch.span} is set aside though claims rest on it: {', '.join(stretch.claims)}"
    return Problem(message, "cut the span under 'setAside'", loaded.places.place("setAside"))


def _says(text: str, stretch: Stretch) -> bool:
    return any(map(str.isalnum, text[stretch.start : stretch.end]))


def _stretches(loaded: LoadedDocument, text: str) -> Iterator[Stretch]:
    """Cut a text wherever a span begins or ends."""
    record, length = loaded.record, len(text)
    claims = [(key, *_inside(claim.at, length)) for key, claim in record.claims.items()]
    aside = [(reason, *_inside(span, length)) for span, reason in record.setAside.items()]
    cuts = sorted({0, length, *(cut for _, start, end in (*claims, *aside) for cut in (start, end))})
    for start, end in pairwise(cuts):
        keys = tuple(key for key, first, last in claims if first <= start and end <= last)
        reason = next((reason for reason, first, last in aside if first <= start and end <= last), "")
        if keys:
            standing = Standing.CLAIMED
        elif reason:
            standing = Standing.SET_ASIDE
        else:
            is_empty = not any(map(str.isalnum, text[start:end]))
            standing = Standing.BETWEEN if is_empty else Standing.UNACCOUNTED
        yield Stretch(start, end, standing, keys, reason)


def _inside(span: str, length: int) -> tuple[int, int]:
    start, end = bounds_of(span)
    return min(start, length), min(end, length)
