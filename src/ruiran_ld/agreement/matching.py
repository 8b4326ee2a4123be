"""What of one curator's annotation is the same as what of the other's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from ruiran_ld.agreement.sides import Side

Matches = Mapping[str, str]
"""From the first curator's name of a thing to the second's."""


def match_entities(first: Side, second: Side) -> dict[str, str]:
    """Match the entities that are no events: by slug, else by an authority record or a name that they share."""
    ones, others = _entities(first), _entities(second)
    matches = {slug: slug for slug in sorted(ones & others)}
    left = sorted(others - ones)
    for slug in sorted(ones - others):
        names = first.names(slug)
        same = next((other for other in left if names & second.names(other)), None)
        if same is not None:
            matches[slug] = same
            left.remove(same)
    return matches


def _entities(side: Side) -> set[str]:
    return {slug for slug in side.all_mentions() if not side.is_event(slug)}


def match_claims(first: Side, second: Side, entities: Matches, least: float) -> dict[str, str]:
    """Match claims one to one whose spans have at least a share of their union in common, the closest first.

    Where spans are equally close, claims go together that speak of more of the same entities, then the earlier ones.
    """
    candidates = []
    for i, one in enumerate(first.record.claims):
        known = {entities[slug] for slug in first.mentions(one) if slug in entities}
        for j, other in enumerate(second.record.claims):
            shared = overlap(first.span(one), second.span(other))
            if shared >= least:
                candidates.append((-shared, -_jaccard(known, second.mentions(other)), i, j, one, other))
    return _one_to_one((one, other) for *_, one, other in sorted(candidates))


def overlap(one: tuple[int, int], other: tuple[int, int]) -> float:
    """Give the share of the union of two spans that both hold."""
    common = min(one[1], other[1]) - max(one[0], other[0])
    return common / (max(one[1], other[1]) - min(one[0], other[0])) if common > 0 else 0.0


def _jaccard(one: set[str], other: set[str]) -> float:
    return len(one & other) / max(1, len(one | other))


def match_events(first: Side, second: Side, claims: Matches) -> dict[str, str]:
    """Match events one to one by how many matched claims speak of both; of one class before of two."""
    together: Counter[tuple[str, str]] = Counter()
    for one, other in claims.items():
        theirs = sorted(filter(second.is_event, second.mentions(other)))
        together.update((event, each) for event in filter(first.is_event, first.mentions(one)) for each in theirs)
    ranked = sorted(
        together,
        key=lambda pair: (pair[0] != pair[1], not _same_class(first, second, pair), -together[pair], pair),
    )
    return _one_to_one(ranked)


def _same_class(first: Side, second: Side, pair: tuple[str, str]) -> bool:
    return first.entries[pair[0]].type == second.entries[pair[1]].type


def _one_to_one(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    taken: set[str] = set()
    for one, other in pairs:
        if one not in found and other not in taken:
            found[one] = other
            taken.add(other)
    return found
