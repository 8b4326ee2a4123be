"""Where a record writes names that were withdrawn; looked for only in records in which some were found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ruiran_ld.conversion.objects import Writer
from ruiran_ld.ledger import Replaced
from ruiran_ld.records import Document, Entry, Places, as_list

Path = tuple[str, ...]


def in_document(
    record: Document, places: Places, replaced: Mapping[str, str], writers: Mapping[str, Writer]
) -> Iterator[Replaced]:
    """Find every use of withdrawn slugs in a document.

    Args:
        record: the document.
        places: where its keys stand.
        replaced: withdrawn slug -> the one that it was taken as.
        writers: all properties, by curator key.
    """
    for slug, path in _of_document(record, writers):
        if slug in replaced:
            yield Replaced(slug, replaced[slug], places.place(*path))


def in_entry(entry: Entry, replaced: Mapping[str, str], writers: Mapping[str, Writer]) -> Iterator[Replaced]:
    """Find every use of withdrawn slugs in an entry of a register; see ``in_document``."""
    for slug, path in _of_facts(entry.facts, (), writers):
        if slug in replaced:
            yield Replaced(slug, replaced[slug], entry.places.place(*path))


def _of_document(record: Document, writers: Mapping[str, Writer]) -> Iterator[tuple[str, Path]]:
    yield record.publisher, ("publisher",)
    yield record.author, ("author",)
    for event, facts in record.events.items():
        yield from _of_facts(facts, ("events", event), writers)
    for key, claim in record.claims.items():
        for name, slugs in (("by", claim.by), ("via", claim.via), ("about", claim.about)):
            for slug in as_list(slugs):
                yield slug, ("claims", key, name)
        for subject, facts in claim.says.items():
            yield subject, ("claims", key, "says", subject)
            yield from _of_facts(facts, ("claims", key, "says", subject), writers)


def _of_facts(facts: Mapping[str, Any], path: Path, writers: Mapping[str, Writer]) -> Iterator[tuple[str, Path]]:
    for key, value in facts.items():
        for each in value if isinstance(value, list) else (value,):
            if isinstance(each, dict):
                yield from _of_facts(each, (*path, key), writers)
            elif isinstance(each, str) and key in writers and writers[key].is_reference:
                yield each, (*path, key)
