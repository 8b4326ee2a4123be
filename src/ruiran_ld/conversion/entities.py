"""Register entries and declared events as N-Triples text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ruiran_ld.conversion.objects import TYPE, Scope, Unfit, Writer, literal, word_remedy
from ruiran_ld.errors import Problem, nearest, quoted
from ruiran_ld.identifiers import Namespace, is_language
from ruiran_ld.keys import NO_MATCH, entity_classes, event_classes, register_properties
from ruiran_ld.ledger import Lookup
from ruiran_ld.namespaces import RDF, RR
from ruiran_ld.records import Entry
from ruiran_ld.vocabulary import Kind, Vocabulary


class EntityConverter:
    """Converts entries; compiled once for a vocabulary and a namespace."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        namespace: Namespace,
        writers: Mapping[str, Writer],
        lookup: Lookup | None = None,
    ) -> None:
        self.vocabulary = vocabulary
        self.namespace = namespace
        self.lookup = lookup
        self.writers = {key: writers[key] for key in register_properties(vocabulary)}
        self.all_keys = frozenset(writers)
        self.entity_classes = {key: f" {TYPE} <{each.iri}> .\n" for key, each in entity_classes(vocabulary).items()}
        self.event_classes = frozenset(event_classes(vocabulary))

    def is_event(self, entry: Entry) -> bool:
        """Tell whether an entry is of a class of events."""
        return entry.type in self.event_classes

    def write(self, entry: Entry, scope: Scope, problems: list[Problem]) -> None:
        """Write the triples of an entry into the scope; what is wrong goes to ``problems``."""
        if not entry.type:
            return  # its form is wrong, which was said when it was loaded
        type_ = self.entity_classes.get(entry.type)
        if type_ is None:
            withdrawn = self.lookup.of_term(entry.type) if self.lookup else ""
            near = nearest(entry.type, self.entity_classes) or "take a class of entities from the ontology"
            remedy = withdrawn or near
            problems.append(Problem(f"unknown type {quoted(entry.type)}", remedy, entry.places.place("type")))
            return
        subject = scope.references[entry.slug]
        scope.lines.append(subject + type_)
        for key, value in entry.facts.items():
            try:
                self._fact(subject, key, value, scope)
            except Unfit as unfit:
                place = entry.places.place(key, unfit.key) if unfit.key else entry.places.place(key)
                where = f"{entry.slug}, '{key}'" if key in self.writers else entry.slug
                problems.append(Problem(f"{where}: {unfit.message}", unfit.remedy, place))

    def _fact(self, subject: str, key: str, value: Any, scope: Scope) -> None:
        writer = self.writers.get(key)
        if writer is None:
            if key in self.all_keys:
                raise Unfit(f"'{key}' does not rest on a register", "say it in a claim")
            known = [*self.writers, "type"]
            raise Unfit(f"unknown key {quoted(key)}", word_remedy(key, known, self.lookup))
        kind = writer.property.kind
        if kind is Kind.LANG_STRING:
            self._texts(subject, writer, value, scope)
        elif kind is Kind.AUTHORITY:
            self._links(subject, writer, value, scope)
        elif writer.property.iri == NO_MATCH:
            self._searches(subject, writer, value, scope)
        else:
            for each in value if isinstance(value, list) else (value,):
                scope.lines.append(f"{subject} {writer.term} {writer.write(each, scope)} .\n")

    @staticmethod
    def _texts(subject: str, writer: Writer, value: Any, scope: Scope) -> None:
        if type(value) is str:
            scope.worded.append(f"{subject} {writer.term} {literal(value)}@{scope.language} .\n")
            return
        by_language = value if isinstance(value, dict) else {scope.language: value}
        for language, texts in by_language.items():
            if not is_language(language):
                raise Unfit(
                    f"{quoted(language)} is no language tag", "write one of BCP 47, such as en, ru, fa", language
                )
            for text in texts if isinstance(texts, list) else (texts,):
                scope.worded.append(f"{subject} {writer.term} {literal(text)}@{language} .\n")

    def _links(self, subject: str, writer: Writer, value: Any, scope: Scope) -> None:
        """Write the links to authorities' records, each with the identity link that says how it was verified."""
        if not isinstance(value, dict):
            raise Unfit("no mapping of records to how they were verified", "write {authority:identifier: how}")
        for record, how in value.items():
            target = writer.write(record, scope)
            scope.lines.append(f"{target} {TYPE} <{RR}AuthorityRecord> .\n")
            self._described(f"{subject} {writer.term} {target}", "IdentityLink", f"<{RR}verifiedBy>", how, scope)

    def _searches(self, subject: str, writer: Writer, value: Any, scope: Scope) -> None:
        """Write in which authorities' records nothing was found, each with the search that says what was looked at."""
        if not isinstance(value, dict):
            raise Unfit("no mapping of authorities to what was looked at", "write {authority: what was looked at}")
        for authority, what in value.items():
            target = writer.write(authority, scope)
            self._described(f"{subject} {writer.term} {target}", "IdentitySearch", f"<{RR}searched>", what, scope)

    def _described(self, triple: str, kind: str, predicate: str, text: Any, scope: Scope) -> None:
        """Write a triple, and the same as a resource of a kind that bears a text."""
        link = self.namespace.statement(triple)
        subject, verb, target = triple.split(" ", 2)
        scope.worded.append(
            f"{triple} .\n{link} {TYPE} <{RR}{kind}> .\n{link} {TYPE} <{RDF}Statement> .\n"
            f"{link} <{RDF}subject> {subject} .\n{link} <{RDF}predicate> {verb} .\n"
            f"{link} <{RDF}object> {target} .\n{link} {predicate} {literal(text)} .\n"
        )
