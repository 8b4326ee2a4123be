"""Sorts the differences of two editions into what people ask: what is new, what was wrong, what became surer or less.

Each changed property of a thing goes to one group; a thing with several can stand in several groups.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from pyoxigraph import NamedNode

from ruiran_ld.delta.view import CLAIM, COUNTED, DATASET, PASSAGE, STATEMENT, TOMBSTONE, Facts, Term, View
from ruiran_ld.namespaces import RR


class Group(StrEnum):
    """The groups, as they are called on the page, in its order."""

    RETRACTED = "Retracted"
    CORRECTED = "Corrected"
    STATUS = "Status changed"
    CHANGED = "Changed"
    ADDED = "Added"


PASSAGE_OF: Final = f"{RR}passage"
_CORRECTIONS: Final = frozenset(RR + name for name in ("gist", "passage", "states", "denies"))
_STATUS: Final = frozenset(RR + name for name in ("epistemicStatus", "claimedRealis", "realis", "establishes"))
HASH: Final = f"{RR}sha256"


@dataclass(frozen=True, slots=True)
class PropertyChange:
    """What one property of a thing had in the old edition alone, and what it has in the new one alone."""

    predicate: str
    before: tuple[Term, ...]
    after: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Established:
    """A triple that claims stated in both editions and that stands for itself in one of them alone.

    Attributes:
        triple: subject, predicate, value.
        now: whether it does so in the new edition.
    """

    triple: tuple[Term, Term, Term]
    now: bool


@dataclass(slots=True)
class Changes:
    """The differences of two editions.

    Attributes:
        added: IRIs that only the new edition describes.
        retracted: IRIs that the old edition describes and that have a tombstone in the new one.
        vanished: IRIs that only the old edition describes, and that have no tombstone.
        changed: group -> IRI -> its changed properties.
        established: relations that claims now establish, or no longer do.
        counted: the same for what is not listed: group -> kind -> how many.
    """

    added: list[str] = field(default_factory=list)
    retracted: list[str] = field(default_factory=list)
    vanished: list[str] = field(default_factory=list)
    changed: dict[Group, dict[str, list[PropertyChange]]] = field(default_factory=dict)
    established: list[Established] = field(default_factory=list)
    counted: dict[Group, Counter[str]] = field(default_factory=dict)


def compare(old: View, new: View) -> Changes:
    """Find and sort the differences of two editions."""
    changes = Changes(changed={group: {} for group in Group}, counted={group: Counter() for group in Group})
    for iri in sorted({*old.facts, *new.facts}):
        if new.kind(iri) == TOMBSTONE != old.kind(iri):
            if iri in old.facts:  # else it came and went between the two
                _withdrawn(iri, old, changes, changes.retracted)
        elif iri not in new.facts:
            _withdrawn(iri, old, changes, changes.vanished)
        elif iri in old.facts:
            _changed(iri, old, new, changes)
        elif new.kind(iri) in COUNTED:
            changes.counted[Group.ADDED][new.kind(iri)] += 1
        else:
            changes.added.append(iri)
    for iri in sorted(old.terms.keys() & new.terms.keys()):
        for change in _property_changes(old.terms[iri], new.terms[iri]):
            if change.predicate in _STATUS:
                changes.changed[Group.STATUS].setdefault(iri, []).append(change)
    return changes


def _withdrawn(iri: str, old: View, changes: Changes, things: list[str]) -> None:
    kind = old.kind(iri)
    # A statement that nobody makes any more can be read; positions and hashes cannot.
    if kind in COUNTED and kind != STATEMENT:
        changes.counted[Group.RETRACTED][kind] += 1
    else:
        things.append(iri)


def _changed(iri: str, old: View, new: View, changes: Changes) -> None:
    for change in _property_changes(old.facts[iri], new.facts[iri]):
        kept, predicate = _without_established(iri, change, old, new, changes), change.predicate
        if new.kind(iri) == PASSAGE and predicate == HASH:
            for claim in _resting_on(iri, new):
                changes.changed[Group.CORRECTED].setdefault(claim, []).append(change)
        elif kept.before or kept.after:
            changes.changed[_group(predicate, new.kind(iri))].setdefault(iri, []).append(kept)


def _group(predicate: str, kind: str) -> Group:
    if predicate in _STATUS:
        return Group.STATUS
    return Group.CORRECTED if predicate in _CORRECTIONS and kind == CLAIM else Group.CHANGED


def _property_changes(old: Facts, new: Facts) -> Iterator[PropertyChange]:
    for predicate in sorted({*old, *new}):
        before, after = old.get(predicate, ()), new.get(predicate, ())
        lost = tuple(term for term in before if term not in after)
        won = tuple(term for term in after if term not in before)
        if lost or won:
            yield PropertyChange(predicate, lost, won)


def _without_established(iri: str, change: PropertyChange, old: View, new: View, changes: Changes) -> PropertyChange:
    """Take out the values that claims stated before and still state: what changed is that the claims establish them."""
    if old.kind(iri) == DATASET:
        return change
    predicate = NamedNode(change.predicate)
    moved = set()
    for value in (*change.before, *change.after):
        triple = (NamedNode(iri), predicate, value)
        if old.claims_that_state(triple) and new.claims_that_state(triple):
            moved.add(value)
            changes.established.append(Established(triple, now=value in change.after))
    before = tuple(value for value in change.before if value not in moved)
    return PropertyChange(change.predicate, before, tuple(value for value in change.after if value not in moved))


def _resting_on(passage: str, view: View) -> list[str]:
    return [iri for iri in view.facts if passage in view.iris(iri, PASSAGE_OF)]
