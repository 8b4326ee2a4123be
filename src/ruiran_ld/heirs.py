"""Which statement, value, passage or link stands where one stood before things were renamed.

Their IRIs follow from what they hold: with a renamed thing in it, a statement has another IRI, though it says the same.
Putting the old name back and minting again gives the IRI that it had.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from graphlib import TopologicalSorter
from itertools import product
from typing import Final

from ruiran_ld import ntriples
from ruiran_ld.identifiers import Namespace
from ruiran_ld.namespaces import RDF

_TERMS: Final = tuple(f"<{RDF}{part}>" for part in ("subject", "predicate", "object"))
_MOST_NAMES: Final = 64
"""Old forms of one statement that are tried at most."""


def heirs_of_derived(
    lines: Iterable[str],
    lost: AbstractSet[str],
    renamed: Mapping[str, tuple[str, ...]],
    base: str,
    symmetric: AbstractSet[str] = frozenset(),
) -> dict[str, str]:
    """Find what replaces lost statements, values, passages and links: the same with renamed things in it.

    Args:
        lines: the asserted graph.
        lost: IRIs that nothing gives any more.
        renamed: IRI of a thing, document or concept -> the IRIs that it replaces.
        base: the base IRI of the dataset.
        symmetric: IRIs of the properties whose statements have one direction, by the order of their terms.

    Returns:
        Lost IRI -> the one that replaces it; without those for which nothing is found.
    """
    heirs: dict[str, str] = {}
    before = {f"<{new}>": tuple(f"<{old}>" for old in olds) for new, olds in renamed.items()}
    facts = _facts(lines, base)
    minted = _Minted(Namespace(base), frozenset(f"<{iri}>" for iri in symmetric))
    for term in _inner_first(facts, f"<{base}value/"):  # values before statements, which hold them
        for old in minted.old_values(facts[term], before):
            if old[1:-1] in lost:
                heirs.setdefault(old[1:-1], term[1:-1])
                before[term] = (*before.get(term, ()), old)
    for term in sorted(facts):
        for old in minted.old_statements(facts[term], before) if term.startswith(f"<{base}statement/") else ():
            if old[1:-1] in lost:
                heirs.setdefault(old[1:-1], term[1:-1])
    for term in sorted(facts):
        document, mark, part = term[1:-1].partition("#")
        for old in renamed.get(document, ()) if mark else ():
            if f"{old}#{part}" in lost:
                heirs.setdefault(f"{old}#{part}", term[1:-1])
    return heirs


def _inner_first(facts: Mapping[str, list[tuple[str, str]]], room: str) -> Iterable[str]:
    """Order the structured values that are described, those within another before it: by hashes, none is in itself."""
    values = sorted(term for term in facts if term.startswith(room))
    described = frozenset(values)
    inner = {term: [object_ for _, object_ in facts[term] if object_ in described] for term in values}
    return TopologicalSorter(inner).static_order()


def _facts(lines: Iterable[str], base: str) -> dict[str, list[tuple[str, str]]]:
    """Group the triples of what has a minted IRI, and name the passages, by subject."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    rooms = (f"<{base}value/", f"<{base}statement/")
    for line in lines:
        subject, predicate, object_ = ntriples.split(line)
        if subject.startswith(rooms) or "#" in subject:
            found[subject].append((predicate, object_))
    return dict(found)


@dataclass(frozen=True, slots=True)
class _Minted:
    """Mints again what was minted with old names."""

    namespace: Namespace
    symmetric: AbstractSet[str]

    def old_values(self, facts: list[tuple[str, str]], before: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
        predicates = [predicate for predicate, _ in facts]
        for objects in _variants([object_ for _, object_ in facts], before):
            yield self.namespace.value(map(" ".join, zip(predicates, objects, strict=True)))

    def old_statements(self, facts: list[tuple[str, str]], before: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
        parts = dict(facts)
        if not all(term in parts for term in _TERMS):
            return
        for subject, predicate, object_ in _variants([parts[term] for term in _TERMS], before):
            # As in conversion: what holds both ways is one statement, and the old name may have turned it round.
            turned = predicate in self.symmetric and object_ < subject
            start, end = (object_, subject) if turned else (subject, object_)
            yield self.namespace.statement(f"{start} {predicate} {end}")


def _variants(terms: list[str], before: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """Give the terms with old names in place of new ones, in every combination but the present one."""
    choices = [(term, *before.get(term, ())) for term in terms]
    for number, variant in enumerate(product(*choices)):
        if number > _MOST_NAMES:
            return
        if number:
            yield variant
