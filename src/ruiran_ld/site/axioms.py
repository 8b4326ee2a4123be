"""What the file of an ontology or of shapes says, blank nodes among it, and class expressions in words.

Expressions are written as OWL 2 Manchester Syntax (W3C, second edition, section 2.4) has them, by names.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from ruiran_ld import ntriples
from ruiran_ld.namespaces import OWL, RDF
from ruiran_ld.serialization import is_iri, literal_parts
from ruiran_ld.site.view import Link, Text

Words = list[Link | Text | str]
"""A phrase: links, texts of the data, and words of the page's own."""

_MAX_DEPTH: Final = 12
_NIL: Final = f"<{RDF}nil>"
_RESTRICTIONS: Final = {
    "someValuesFrom": "some",
    "allValuesFrom": "only",
    "hasValue": "value",
    "hasSelf": "Self",
    "minCardinality": "min",
    "maxCardinality": "max",
    "cardinality": "exactly",
    "minQualifiedCardinality": "min",
    "maxQualifiedCardinality": "max",
    "qualifiedCardinality": "exactly",
}


class Axioms:
    """The triples of a file, by subject and by object.

    Args:
        lines: canonical N-Triples lines; blank nodes are allowed.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        facts: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        incoming: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for line in lines:
            subject, predicate, term = ntriples.split(line)
            facts[subject][predicate[1:-1]].append(term)
            incoming[term].append((subject, predicate[1:-1]))
        self.facts: Mapping[str, Mapping[str, Sequence[str]]] = {each: dict(facts[each]) for each in facts}
        self._incoming = dict(incoming)

    def terms(self, subject: str, *predicates: str) -> list[str]:
        """List the terms that a subject, a term itself, has for some predicates."""
        facts = self.facts.get(subject, {})
        return [term for predicate in predicates for term in facts.get(predicate, ())]

    def subjects(self, term: str, *predicates: str) -> list[str]:
        """List the subjects that have a term for one of some predicates."""
        return sorted({subject for subject, predicate in self._incoming.get(term, ()) if predicate in predicates})

    def of_type(self, *types: str) -> list[str]:
        """List the subjects of some classes, given by their IRIs."""
        return sorted({each for type_ in types for each in self.subjects(f"<{type_}>", f"{RDF}type")})

    def text(self, subject: str, *predicates: str) -> str:
        """Give the first literal that a subject has for some predicates, or nothing."""
        found = (term for term in self.terms(subject, *predicates) if term.startswith('"'))
        return next((literal_parts(term).lexical for term in found), "")

    def members(self, node: str) -> list[str]:
        """List the members of an RDF list; one that is broken or goes in a circle ends where it does."""
        found: list[str] = []
        seen = {_NIL}
        while node not in seen:
            seen.add(node)
            found += self.terms(node, f"{RDF}first")[:1]
            node = next(iter(self.terms(node, f"{RDF}rest")), _NIL)
        return found


class Expressions:
    """Writes terms and class expressions in words.

    Args:
        axioms: where blank nodes are described.
        link: leads to a term by its IRI.
    """

    def __init__(self, axioms: Axioms, link: Callable[[str], Link]) -> None:
        self._axioms = axioms
        self.link = link

    def words(self, term: str, depth: int = 0) -> Words:
        """Write a term: an IRI as a link, a literal as its text, a blank node as the expression that it stands for."""
        if is_iri(term):
            return [self.link(term[1:-1])]
        if term.startswith('"'):
            return [text_of(term)]
        if depth >= _MAX_DEPTH:
            return ["…"]
        return self._expression(term, depth + 1)

    def _expression(self, node: str, depth: int) -> Words:
        facts = self._axioms.facts.get(node, {})
        if f"{RDF}first" in facts:
            return ["(", *self._joined(node, ", ", depth), ")"]
        for name, joint in (("unionOf", " or "), ("intersectionOf", " and ")):
            if members := facts.get(OWL + name):
                return self._joined(members[0], joint, depth)
        if members := facts.get(f"{OWL}oneOf"):
            return ["{", *self._joined(members[0], ", ", depth), "}"]
        return self._single(node, depth) or self._plain(node, depth)

    def _single(self, node: str, depth: int) -> Words:
        """Write an expression about one other; nothing if it is none."""
        facts = self._axioms.facts.get(node, {})
        for name, word in (("complementOf", "not "), ("datatypeComplementOf", "not "), ("inverseOf", "inverse ")):
            if operands := facts.get(OWL + name):
                return [word, *self._operand(operands[0], depth)]
        if properties := facts.get(f"{OWL}onProperty"):
            return self._restriction(node, properties[0], depth)
        if datatypes := facts.get(f"{OWL}onDatatype"):
            return [*self.words(datatypes[0], depth), *self._facets(node, depth)]
        return []

    def _operand(self, term: str, depth: int) -> Words:
        """Write a part of an expression, in brackets if it is one itself."""
        words = self.words(term, depth)
        return words if len(words) == 1 else ["(", *words, ")"]

    def _joined(self, node: str, joint: str, depth: int) -> Words:
        found: Words = []
        for member in self._axioms.members(node):
            found += [*([joint] if found else []), *self._operand(member, depth)]
        return found

    def _restriction(self, node: str, on: str, depth: int) -> Words:
        found: Words = self._operand(on, depth)
        for name, word in _RESTRICTIONS.items():
            for term in self._axioms.terms(node, OWL + name):
                found += [f" {word} "] if name == "hasSelf" else [f" {word} ", *self._operand(term, depth)]
        for term in self._axioms.terms(node, f"{OWL}onClass", f"{OWL}onDataRange"):
            found += [" ", *self._operand(term, depth)]
        return found

    def _facets(self, node: str, depth: int) -> Words:
        found: Words = []
        for listed in self._axioms.terms(node, f"{OWL}withRestrictions"):
            for facet in self._axioms.members(listed):
                found += ["; " if found else "[", *self._plain(facet, depth)]
        return [*found, "]"] if found else []

    def _plain(self, node: str, depth: int) -> Words:
        """Write what OWL has no words for as its properties and values."""
        found: Words = []
        for predicate, terms in self._axioms.facts.get(node, {}).items():
            for term in terms:
                found += ["; "] if found else []
                found += [self.link(predicate), " ", *self.words(term, depth)]
        return found or ["something unnamed"]


def text_of(term: str) -> Text:
    """Show a literal as its text."""
    parts = literal_parts(term)
    return Text(parts.lexical, parts.language)
