"""The comparison of two annotations of one document."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ruiran_ld.agreement.figures import NONE, Found, Pairs
from ruiran_ld.agreement.matching import Matches, match_claims, match_entities, match_events
from ruiran_ld.agreement.sides import Side
from ruiran_ld.vocabulary import Kind


@dataclass(frozen=True, slots=True)
class Difference:
    """Something to settle by reading the passage again.

    Attributes:
        kind: what the two differ in.
        first: what the first curator has, or empty.
        second: what the second has, or empty.
        detail: what a reader needs to find it.
    """

    kind: str
    first: str
    second: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """How far two annotations of one or of all documents agree.

    Attributes:
        document: slug, or a word for all.
        entities: those that are no events.
        events: matched by claims.
        claims: matched by span.
        statements: of all claims, with entities and events matched.
        speakers: of each matched claim, what either has.
        statuses: the same of its status.
        characters: of each character of the text that some claim of either rests on, whether each has one there.
        differences: to be settled.
    """

    document: str
    entities: Found = NONE
    events: Found = NONE
    claims: Found = NONE
    statements: Found = NONE
    speakers: Pairs = ()
    statuses: Pairs = ()
    characters: Found = NONE
    differences: tuple[Difference, ...] = ()

    def with_other(self, other: Comparison) -> Comparison:
        """Add the figures of another document; the name stays."""
        return Comparison(
            self.document,
            self.entities + other.entities,
            self.events + other.events,
            self.claims + other.claims,
            self.statements + other.statements,
            (*self.speakers, *other.speakers),
            (*self.statuses, *other.statuses),
            self.characters + other.characters,
            (*self.differences, *other.differences),
        )


def compare(first: Side, second: Side, least: float = 0.5) -> Comparison:
    """Compare two annotations of one document.

    Args:
        first: the one.
        second: the other.
        least: share of their union that the spans of matched claims have in common at least.
    """
    entities = match_entities(first, second)
    claims = match_claims(first, second, entities, least)
    events = match_events(first, second, claims)
    pairs = [(first.record.claims[one], second.record.claims[other]) for one, other in claims.items()]
    named = {**entities, **events}
    return Comparison(
        first.record.document,
        entities=_found(_mentioned(first, events=False), _mentioned(second, events=False), entities),
        events=_found(_mentioned(first, events=True), _mentioned(second, events=True), events),
        claims=Found(len(claims), len(first.record.claims) - len(claims), len(second.record.claims) - len(claims)),
        statements=_common(_statements(first, named), _statements(second, {})),
        speakers=[(_joined(first, one, entities), _joined(second, other, {})) for one, other in pairs],
        statuses=[(one.status, other.status) for one, other in pairs],
        characters=_common(_characters(first), _characters(second)),
        differences=tuple(_differences(first, second, entities, events, claims)),
    )


def _mentioned(side: Side, *, events: bool) -> set[str]:
    return {slug for slug in side.all_mentions() if side.is_event(slug) is events}


def _found(ones: set[str], others: set[str], matches: Matches) -> Found:
    return Found(len(matches), len(ones) - len(matches), len(others) - len(matches))


def _common(ones: set[Any], others: set[Any]) -> Found:
    both = len(ones & others)
    return Found(both, len(ones) - both, len(others) - both)


def _statements(side: Side, named: Matches) -> set[tuple[str, str, str]]:
    """List a side's statements with the other side's names, where it has any."""
    return {
        (named.get(subject, subject), key, _value(side, key, value, named))
        for claim in side.record.claims
        for subject, key, value in side.statements(claim)
    }


def _value(side: Side, key: str, value: Any, named: Matches) -> str:
    if isinstance(value, dict):
        return json.dumps({inner: _value(side, inner, each, named) for inner, each in sorted(value.items())})
    property_ = side.vocabulary.properties.get(key)
    is_reference = property_ is not None and property_.kind is Kind.REFERENCE
    return named.get(str(value), str(value)) if is_reference else str(value)


def _joined(side: Side, claim: Any, named: Matches) -> str:
    return ", ".join(sorted(named.get(slug, slug) for slug in side.speakers(claim)))


def _characters(side: Side) -> set[int]:
    return {position for key in side.record.claims for position in range(*side.span(key))}


def _differences(
    first: Side, second: Side, entities: Matches, events: Matches, claims: Matches
) -> Iterator[Difference]:
    for kind, matches, is_event in (("entity", entities, False), ("event", events, True)):
        ones, others = _mentioned(first, events=is_event), _mentioned(second, events=is_event)
        yield from (Difference(kind, slug, "") for slug in sorted(ones - matches.keys()))
        yield from (Difference(kind, "", slug) for slug in sorted(others - set(matches.values())))
    taken = set(claims.values())
    for key, claim in first.record.claims.items():
        if key not in claims:
            yield Difference("claim", key, "", f"{claim.at} {claim.gist}")
    for key, claim in second.record.claims.items():
        if key not in taken:
            yield Difference("claim", "", key, f"{claim.at} {claim.gist}")
    for one, other in claims.items():
        yield from _classified_otherwise(first, second, entities, one, other)


def _classified_otherwise(first: Side, second: Side, entities: Matches, one: str, other: str) -> Iterator[Difference]:
    mine, theirs = first.record.claims[one], second.record.claims[other]
    where = f"{one} and {other}, {mine.at}: {mine.gist}"
    speakers = _joined(first, mine, entities), _joined(second, theirs, {})
    if speakers[0] != speakers[1]:
        yield Difference("speaker", *speakers, where)
    if mine.status != theirs.status:
        yield Difference("status", mine.status, theirs.status, where)
