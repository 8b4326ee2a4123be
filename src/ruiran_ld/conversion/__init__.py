"""Conversion: records in, N-Triples text out, one record at a time and without a graph.

The vocabulary's table is compiled to functions once (``Converter``). A register event's realis and time rest on the
claims of many documents: each document's share comes back as evidence, which the caller adds up with ``merge`` and
writes with ``Converter.derived``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from ruiran_ld import ntriples
from ruiran_ld.conversion import replaced, rights
from ruiran_ld.conversion.documents import DocumentConverter
from ruiran_ld.conversion.entities import EntityConverter
from ruiran_ld.conversion.evidence import Evidence, derived_lines, merge, realis_facts
from ruiran_ld.conversion.frame import ClaimLink, Frame
from ruiran_ld.conversion.objects import TYPE, References, Scope, compile_writers
from ruiran_ld.errors import Place, Problem
from ruiran_ld.identifiers import Namespace
from ruiran_ld.keys import claim_properties, realis_values, set_aside_reasons
from ruiran_ld.ledger import Lookup, Replaced
from ruiran_ld.namespaces import DCAT, DCTERMS, OWL, RDFS, XSD
from ruiran_ld.records import Entry, LoadedDocument, Settings, SubPlaces, entry_of
from ruiran_ld.vocabulary import Vocabulary

__all__ = ["Brought", "ClaimLink", "Converted", "Converter", "Evidence", "merge"]


class Brought(msgspec.Struct, frozen=True):
    """What a document brings that has to fit together with all other documents.

    Attributes:
        document: its slug.
        slugs: that slug and those of its events, with their places.
        claims: keys of its claims.
        links: its references to claims.
    """

    document: str
    slugs: Sequence[tuple[str, Place]]
    claims: tuple[str, ...]
    links: tuple[ClaimLink, ...]


class Converted(msgspec.Struct, frozen=True):
    """What one document, or the registers, gave.

    Attributes:
        text: N-Triples in UTF-8.
        problems: what is wrong; the text is then not whole.
        evidence: what the document's claims say of events of the registers.
        brought: what has to fit together with all other documents; None for the registers.
        replaced: withdrawn names that stand in it, taken as what replaces them.
    """

    text: bytes
    problems: tuple[Problem, ...] = ()
    evidence: Mapping[str, Evidence] | None = None
    brought: Brought | None = None
    replaced: tuple[Replaced, ...] = ()


class Converter:
    """Converts the records of one dataset.

    Args:
        vocabulary: the compiled ontology.
        settings: the dataset's settings.
        registers: the register entries by slug.
        lookup: finds what became of names that nothing declares; None where no ledger is asked.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        settings: Settings,
        registers: Mapping[str, Entry],
        lookup: Lookup | None = None,
    ) -> None:
        namespace = Namespace(settings.base)
        writers = compile_writers(vocabulary, namespace, lookup)
        self.settings = settings
        self.registers = registers
        self.vocabulary = vocabulary
        self.namespace = namespace
        self.realis_facts = realis_facts(vocabulary.realis.values())
        self.writers = writers
        self.entities = EntityConverter(vocabulary, namespace, writers, lookup)
        registered = {slug: namespace.thing(slug) for slug in registers}
        claimable = {key: writers[key] for key in claim_properties(vocabulary)}
        self.frame = Frame(
            base=settings.base,
            mint_statements=namespace.statements,
            writers=claimable,
            other_keys=frozenset(writers) - frozenset(claimable),
            registered=registered,
            registered_events=frozenset(
                registered[slug] for slug, entry in registers.items() if self.entities.is_event(entry)
            ),
            statuses=vocabulary.statuses,
            realis=realis_values(vocabulary),
            precedence={iri: each.precedence for iri, each in vocabulary.realis.items()},
            language=settings.language,
            set_aside_reasons=set_aside_reasons(vocabulary),
            lookup=lookup,
            document_rights=rights.shared_term(settings),
        )

    def convert_registers(self) -> Converted:
        """Convert the dataset's own description and all register entries."""
        scope = self._scope({})
        problems: list[Problem] = []
        scope.lines += (self._dataset(), rights.shared_lines(self.settings))
        for entry in self.registers.values():
            self.entities.write(entry, scope, problems)
        used: list[Replaced] = []
        if old := scope.references.replaced:
            for entry in self.registers.values():
                used += replaced.in_entry(entry, old, self.writers)
        return Converted(_unique(scope.lines + scope.worded).encode(), tuple(problems), replaced=tuple(used))

    def _scope(self, local: Mapping[str, str]) -> Scope:
        return Scope(References(local, self.frame.registered, self.frame.lookup), self.settings.language)

    def convert_document(self, loaded: LoadedDocument) -> Converted:
        """Convert one document with its events, passages, claims and statements."""
        record = loaded.record
        problems: list[Problem] = []
        local: dict[str, str] = {}
        entries: list[Entry] = []
        for slug, tree in record.events.items():
            entry = entry_of(slug, tree, SubPlaces(loaded.places, ("events", slug)), problems)
            if entry is not None:
                self._declare(entry, local, entries, problems)
        if record.document in self.registers:
            other = self.registers[record.document].places.place()
            message = f"'{record.document}' is the slug of a register entry too: {other}"
            problems.append(Problem(message, "give one of them another slug", loaded.places.place("document")))
        scope = self._scope(local)
        for entry in entries:
            self.entities.write(entry, scope, problems)
        events = set(local.values())
        converter = DocumentConverter(self.frame, loaded, events, scope, problems)
        converter.write()
        own = {event: facts for event, facts in converter.evidence.items() if event in events}
        shared = {event: facts for event, facts in converter.evidence.items() if event not in events}
        scope.lines += derived_lines(own, self.realis_facts)
        text = _encoded(scope)
        used = converter.replaced
        if old := scope.references.replaced:
            used = [*used, *replaced.in_document(record, loaded.places, old, self.writers)]
        return Converted(text, tuple(problems), shared, _brought(loaded, local, converter.links), tuple(used))

    def derived(self, evidence: Mapping[str, Evidence]) -> str:
        """Write the derived triples of the registers' events from the evidence of all documents."""
        return "".join(derived_lines(evidence, self.realis_facts))

    def _declare(self, entry: Entry, local: dict[str, str], entries: list[Entry], problems: list[Problem]) -> None:
        other = self.registers.get(entry.slug)
        if other is not None:
            message = f"two entities have the slug '{entry.slug}': here and at {other.places.place()}"
            problems.append(Problem(message, "remove it here or give it another slug", entry.places.place()))
        elif self.entities.is_event(entry) or entry.type not in self.entities.entity_classes:
            local[entry.slug] = self.namespace.thing(entry.slug)
            entries.append(entry)
        else:
            message = f"'{entry.slug}' is a {entry.type}, which is no event"
            problems.append(Problem(message, "declare it in a register", entry.places.place("type")))

    def _dataset(self) -> str:
        """Describe the dataset itself, from its settings."""
        settings, term = self.settings, f"<{self.settings.base}{self.settings.slug}>"
        facts = [
            f"{TYPE} <{DCAT}Dataset>",
            f"<{RDFS}label> {ntriples.lang_string(settings.title, settings.language)}",
            f"<{DCTERMS}title> {ntriples.lang_string(settings.title, settings.language)}",
            f"<{DCTERMS}description> {ntriples.lang_string(settings.description, settings.language)}",
            f"<{DCTERMS}issued> {ntriples.typed(settings.issued, f'{XSD}date')}",
            f"<{DCTERMS}license> {ntriples.iri(settings.license)}",
            f"<{DCTERMS}creator> {ntriples.string(settings.creator)}",
            f"<{DCTERMS}publisher> {ntriples.string(settings.publisher)}",
            f"<{OWL}versionInfo> {ntriples.string(settings.version)}",
            f"<{DCAT}version> {ntriples.string(settings.version)}",
            f"<{OWL}versionIRI> {self.namespace.version(settings.slug, settings.version)}",
        ]
        if settings.priorVersion:
            prior = self.namespace.version(settings.slug, settings.priorVersion)
            facts += [f"<{DCAT}previousVersion> {prior}", f"<{OWL}priorVersion> {prior}"]
        return "".join(f"{term} {fact} .\n" for fact in facts)


def _brought(loaded: LoadedDocument, events: Iterable[str], links: Iterable[ClaimLink]) -> Brought:
    document, place = loaded.record.document, loaded.places.place
    slugs = [(document, place("document")), *[(slug, place("events", slug)) for slug in events]]
    return Brought(document, slugs, tuple(loaded.record.claims), tuple(links))


def _encoded(scope: Scope) -> bytes:
    """Join the lines of a scope as UTF-8."""
    joined = "".join(scope.lines)
    if not joined.isascii():  # as where a statement's object is a text
        return b"".join(map(str.encode, [*scope.lines, *scope.worded]))
    return b"".join([joined.encode(), *map(str.encode, scope.worded)])


def _unique(lines: list[str]) -> str:
    """Drop repeated lines: two entries may link to one authority record."""
    return "".join(f"{line}\n" for line in dict.fromkeys("".join(lines).split("\n")) if line)
