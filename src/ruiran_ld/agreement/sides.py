"""One curator's annotation of one document, with what its names mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from ruiran_ld import seeds
from ruiran_ld.dataset import DatasetFolder
from ruiran_ld.errors import DataError, Problem
from ruiran_ld.namespaces import RDFS, RR, SKOS
from ruiran_ld.records import Claim, Document, Entry, SubPlaces, as_list, entry_of
from ruiran_ld.verification import bounds_of
from ruiran_ld.vocabulary import Kind, Vocabulary, compile_vocabulary

AUTHOR: Final = "(the author)"
_NAMES: Final = (f"{RDFS}label", f"{SKOS}altLabel")


@dataclass(frozen=True, slots=True)
class Side:
    """One curator's annotation of one document.

    Attributes:
        record: the document.
        entries: slug -> entry, of the registers and of the document's own events.
        vocabulary: what the keys mean.
    """

    record: Document
    entries: Mapping[str, Entry]
    vocabulary: Vocabulary

    def is_event(self, slug: str) -> bool:
        """Tell whether a slug is that of an event."""
        entry = self.entries.get(slug)
        return entry is not None and entry.type in self.vocabulary.classes and self._is_event_class(entry.type)

    def _is_event_class(self, key: str) -> bool:
        return self.vocabulary.is_a(key, f"{RR}Event")

    def names(self, slug: str) -> frozenset[str]:
        """List what an entity is known by: its labels in any language, and its records with authorities."""
        entry = self.entries.get(slug)
        found: set[str] = set()
        for key, value in entry.facts.items() if entry else ():
            property_ = self.vocabulary.properties.get(key)
            if property_ is None:
                continue
            if property_.kind is Kind.AUTHORITY and isinstance(value, dict):
                found |= set(value)
            elif property_.iri in _NAMES:
                found |= {text.casefold() for text in _texts(value)}
        return frozenset(found)

    def span(self, key: str) -> tuple[int, int]:
        """Read the span of a claim."""
        return bounds_of(self.record.claims[key].at)

    def speakers(self, claim: Claim) -> list[str]:
        """List whose claim it is; the document's own voice is named, or ``AUTHOR``."""
        return as_list(claim.by) or [self.record.author or AUTHOR]

    def mentions(self, key: str) -> set[str]:
        """List the slugs of all entities that a claim speaks of or comes from."""
        claim = self.record.claims[key]
        found = {*as_list(claim.about), *as_list(claim.by), *as_list(claim.via), *claim.says}
        for _, property_key, value in self.statements(key):
            found |= self._references(property_key, value)
        return found & self.entries.keys()

    def _references(self, property_key: str, value: Any) -> set[str]:
        if isinstance(value, dict):
            return {slug for key, inner in value.items() for slug in self._references(key, inner)}
        property_ = self.vocabulary.properties.get(property_key)
        return {str(value)} if property_ is not None and property_.kind is Kind.REFERENCE else set()

    def statements(self, key: str) -> Iterator[tuple[str, str, Any]]:
        """Give each statement of a claim: subject, key of the property, value."""
        for subject, facts in self.record.claims[key].says.items():
            for property_key, value in facts.items():
                for each in value if isinstance(value, list) else (value,):
                    yield subject, property_key, each

    def all_mentions(self) -> set[str]:
        """List the slugs of all entities that the document's record speaks of."""
        named = {self.record.publisher, self.record.author} & self.entries.keys()
        return named.union(*(self.mentions(key) for key in self.record.claims))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts(inner)
    else:
        yield str(value)


def load_sides(folder: DatasetFolder) -> dict[str, Side]:
    """Load a curator's annotations by document.

    Raises:
        DataError: if a record does not have the form.
    """
    registers = seeds.load_registers(folder.seeds)
    vocabulary = compile_vocabulary(folder.ontology)
    problems: list[Problem] = [*registers.problems]
    sides: dict[str, Side] = {}
    for path in seeds.files(folder.documents(), problems):
        for loaded in seeds.read_documents(path, folder.seeds):
            if isinstance(loaded, DataError):
                problems.extend(loaded.problems)
                continue
            own = {
                slug: entry_of(slug, tree, SubPlaces(loaded.places, ("events", slug)), problems)
                for slug, tree in loaded.record.events.items()
            }
            events = {slug: entry for slug, entry in own.items() if entry is not None}
            sides[loaded.record.document] = Side(loaded.record, {**registers.entries, **events}, vocabulary)
    if problems:
        raise DataError(problems)
    return sides
