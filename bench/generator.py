"""Makes corpora: dataset folders of any size, in the project's own JSON Lines, the same bytes on every machine.

What properties and classes there are is read off the ontology, as the converter does; every reference is to an entry
that exists and every span has its hash, so that conversion finds nothing wrong. A document has about 500 triples. How
often claims have notes, speakers, statements and so on is counted off the annotated articles of this project; what they
seldom or never have (relayers, dates of saying, disputes) is given to a few.
"""

from __future__ import annotations

import argparse
import json
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any, Final

from bench.wording import day, foreign_name, moment, name, sentence
from ruiran_ld.namespaces import RR
from ruiran_ld.vocabulary import Kind, Property, Vocabulary, compile_vocabulary

SEED: Final = "ruiran-ld"
DOCUMENTS_PER_FILE: Final = 1000
_ENTITIES: Final = 300
_SHARED_EVENTS: Final = 100
_STATUSES: Final = (*("reported",) * 3, "assessed", "alleged", "announced", "predicted", "opinion", "denied")
_SETTINGS: Final = """\
slug: dataset
base: https://w3id.org/ruiran/
title: A generated corpus
description: Generated to measure with; it says nothing of the world.
version: 0.0.0
issued: 2024-01-01
license: https://creativecommons.org/publicdomain/zero/1.0/
creator: bench
publisher: bench
"""
_SCALARS: Final[Mapping[Kind, Callable[[Random], str]]] = {
    Kind.EDTF: moment,
    Kind.DATE: day,
    Kind.INTEGER: lambda random: str(random.randint(1, 5000)),
    Kind.DECIMAL: lambda random: f"{random.randint(1, 5000)}.5",
    Kind.BOOLEAN: lambda random: random.choice(("true", "false")),
    Kind.STRING: lambda random: sentence(random, 1, 4),
    Kind.LANG_STRING: lambda random: sentence(random, 2, 6),
}
Tree = dict[str, Any]


def _random(*parts: object) -> Random:
    """Make a source of numbers that depends on its name alone: the n-th document is one in corpora of every size."""
    return Random("/".join(map(str, (SEED, *parts))))  # noqa: S311 (a repeatable one is wanted)


@dataclass(slots=True)
class Generator:
    """Makes the records of a corpus.

    Attributes:
        vocabulary: the compiled ontology.
        entries: the register entries by slug.
        by_class: slugs of the entities that are no events, by the IRI of each class that they belong to.
        events: slugs of the events that many documents speak of.
    """

    vocabulary: Vocabulary
    entries: dict[str, Tree] = field(default_factory=dict)
    by_class: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    events: list[str] = field(default_factory=list)
    _things: list[str] = field(default_factory=list)
    _event_types: list[str] = field(default_factory=list)
    _of_events: list[Property] = field(default_factory=list)
    _of_things: list[Property] = field(default_factory=list)
    _value_classes: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        vocabulary = self.vocabulary
        types = sorted(key for key in vocabulary.classes if vocabulary.is_a(key, f"{RR}Entity"))
        core = {"Entity", "Event", "Agent", "OccurredEvent"}
        self._event_types = [key for key in types if vocabulary.is_a(key, f"{RR}Event") and key not in core]
        thing_types = [key for key in types if not vocabulary.is_a(key, f"{RR}Event") and key not in core]
        self._value_classes = {each.iri for each in vocabulary.classes.values() if f"{RR}Value" in each.ancestors}
        for term in self._claimable():
            of_event = not term.domains or f"{RR}Event" in term.domains
            (self._of_events if of_event else self._of_things).append(term)
        for number in range(_ENTITIES):
            self._register(thing_types[number % len(thing_types)], number)
        for number in range(_SHARED_EVENTS):
            self._register(self._event_types[number % len(self._event_types)], _ENTITIES + number)

    def _claimable(self) -> Iterator[Property]:
        """Find the properties that claims can use of entities."""
        for _, term in sorted(self.vocabulary.properties.items()):
            of_values = any(domain in self._value_classes for domain in term.domains)
            if not term.basis and not of_values and term.kind is not Kind.AUTHORITY:
                yield term

    def _register(self, type_: str, number: int) -> None:
        random = _random("entry", number)
        slug = f"{type_.lower()}-{number}"
        label = {"en": name(random)}
        if random.randrange(2):
            label |= {"ru": foreign_name(random), "fa": foreign_name(random)}
        entry: Tree = {"type": type_, "label": label}
        if random.randrange(2):
            entry["altLabel"] = [name(random), name(random)]
        if random.randrange(2):
            entry["exactMatch"] = {f"wikidata:Q{number + 1}": sentence(random, 5, 9)}
        self.entries[slug] = entry
        if type_ in self._event_types:
            self.events.append(slug)
            return
        self._things.append(slug)
        for ancestor in sorted(self.vocabulary.classes[type_].ancestors):
            self.by_class[ancestor].append(slug)

    def document(self, number: int) -> Tree:
        """Make the record of a document."""
        return _Article(self, number).record()

    def facts_of_event(self, random: Random) -> Tree:
        """Make what a claim says of an event: one to three properties, some with two values."""
        facts = {}
        for term in [random.choice(self._of_events) for _ in range(random.choice((1, 2, 2, 2, 3)))]:
            several = term.kind is Kind.REFERENCE and _chance(random, 0.15)
            facts[term.key] = [self._object(term, random) for _ in range(2)] if several else self._object(term, random)
        return facts

    def fact_of_thing(self, random: Random) -> Tree:
        """Make what a claim says of a lasting thing: a subject with one property."""
        term = random.choice(self._of_things)
        subjects = [slug for domain in term.domains for slug in self.by_class.get(domain, ())]
        return {random.choice(subjects or self._things): {term.key: self._object(term, random)}}

    def entity(self, random: Random) -> str:
        """Choose an entity that is no event."""
        return random.choice(self._things)

    def event(self, random: Random, number: int, index: int) -> tuple[str, Tree]:
        """Make an event of one document."""
        type_ = random.choice(self._event_types)
        return f"{type_.lower()}-{number:06d}-{index}", {"type": type_, "label": sentence(random, 4, 9)}

    def _object(self, term: Property, random: Random) -> Any:
        if term.kind is Kind.REFERENCE:
            fitting = [slug for range_ in term.ranges for slug in self.by_class.get(range_, ())]
            return random.choice(fitting or (self.events if f"{RR}Event" in term.ranges else self._things))
        if term.kind is Kind.CONCEPT:
            return random.choice([key for range_ in term.ranges for key in self.vocabulary.concepts[range_]])
        if term.kind is Kind.VALUE:
            return self._value(term.ranges[0], random)
        return _SCALARS[term.kind](random)

    def _value(self, class_iri: str, random: Random) -> Tree:
        carried = [term for _, term in sorted(self.vocabulary.properties.items()) if class_iri in term.domains]
        return {term.key: self._object(term, random) for term in carried}


class _Article:
    """One document in the making."""

    def __init__(self, generator: Generator, number: int) -> None:
        self.generator = generator
        self.number = number
        self.random = _random("document", number)
        self.slug = f"{number:06d}_{sha256(str(number).encode()).hexdigest()[:16]}"
        self.events = dict(generator.event(self.random, number, index) for index in range(self.random.randint(4, 8)))
        self.position = 0
        self.passages: dict[str, str] = {}

    def record(self) -> Tree:
        """Make the whole record; keys with default values are left out, as curators do."""
        random = self.random
        claims = {f"c{index:02d}": self._claim(index) for index in range(random.randint(12, 14))}
        record: Tree = {
            "document": self.slug,
            "label": sentence(random, 4, 9),
            "text": {"sha256": _hash(self.slug), "length": self.position + random.randint(1, 400)},
            "claims": claims,
            "issued": moment(random),
            "issuedNote": sentence(random, 8, 20),
        }
        if _chance(random, 0.5):
            record["title"] = sentence(random, 4, 10)
        if _chance(random, 0.3):
            record["publisher"] = self.generator.entity(random)
        if _chance(random, 0.3):
            record["author"] = self.generator.entity(random)
        if _chance(random, 0.8):
            record["note"] = sentence(random, 10, 30)
        return record | {"events": self.events, "passages": self.passages}

    def _claim(self, index: int) -> Tree:
        random, generator = self.random, self.generator
        claim: Tree = {"at": self._passage(), "gist": sentence(random, 7, 16)}
        optional: tuple[tuple[float, str, Callable[[], Any]], ...] = (
            (0.4, "by", lambda: generator.entity(random)),
            (0.05, "via", lambda: [generator.entity(random), generator.entity(random)]),
            (0.3, "status", lambda: random.choice(_STATUSES)),
            (0.08, "realis", lambda: "planned"),
            (0.05, "when", lambda: moment(random)),
            (0.33, "about", lambda: generator.entity(random)),
            (0.9, "says", self._says),
            (0.03, "disputes", lambda: f"c{random.randrange(index):02d}"),
            (0.05, "repeats", lambda: f"c{random.randrange(index):02d}"),
            (0.65, "note", lambda: sentence(random, 8, 25)),
        )
        for share, key, make in optional:
            if _chance(random, share) and (index or key not in ("disputes", "repeats")):
                claim[key] = make()
        if claim.get("status") == "denied" and "says" not in claim:
            claim["says"] = self._says()
        return claim

    def _says(self) -> Tree:
        random, generator = self.random, self.generator
        if _chance(random, 0.2):
            return generator.fact_of_thing(random)
        subjects = list(self.events) if _chance(random, 0.8) else generator.events
        chosen = [random.choice(subjects) for _ in range(random.choice((1, 1, 1, 2)))]
        return {slug: generator.facts_of_event(random) for slug in chosen}

    def _passage(self) -> str:
        """Take the next passage, or now and then the last one again."""
        random = self.random
        if self.passages and _chance(random, 0.05):
            return next(reversed(self.passages))
        start = self.position + random.randint(0, 60)
        self.position = start + random.randint(40, 250)
        span = f"{start}-{self.position}"
        self.passages[span] = _hash(f"{self.slug}#{span}")
        return span


def _chance(random: Random, share: float) -> bool:
    return random.random() < share


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def write_corpus(ontology: Path, folder: Path, documents: int) -> None:
    """Write a dataset folder with a copy of an ontology and as many generated documents as wanted."""
    registers, papers = folder / "seeds" / "registers", folder / "seeds" / "documents"
    for each in (folder / "ontology", registers, papers):
        each.mkdir(parents=True)
    for path in sorted(ontology.glob("*.ttl")):
        shutil.copyfile(path, folder / "ontology" / path.name)
    (folder / "seeds" / "dataset.yaml").write_text(_SETTINGS, encoding="utf-8")
    generator = Generator(compile_vocabulary(ontology))
    _write_lines(registers / "entries.jsonl", ({"id": slug} | entry for slug, entry in generator.entries.items()))
    for first in range(0, documents, DOCUMENTS_PER_FILE):
        numbers = range(first, min(first + DOCUMENTS_PER_FILE, documents))
        _write_lines(papers / f"{first // DOCUMENTS_PER_FILE:04d}.jsonl", map(generator.document, numbers))


def _write_lines(path: Path, records: Iterator[Mapping[str, Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        for record in records:
            stream.write(json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n")


def main() -> None:
    """Write a corpus, as told on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("ontology", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("documents", type=int)
    given = parser.parse_args()
    write_corpus(given.ontology, given.folder, given.documents)


if __name__ == "__main__":
    main()
