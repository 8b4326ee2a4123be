"""What an ontology's file says of its terms, as rows for a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from ruiran_ld.namespaces import DCTERMS, OWL, RDF, RDFS, SCHEMA, SKOS
from ruiran_ld.site.axioms import Axioms, Expressions, Words, text_of
from ruiran_ld.site.view import Link, Text

_TYPE: Final = f"{RDF}type"
_NAMES: Final = (f"{RDFS}label", f"{SKOS}prefLabel")
_DEFINITIONS: Final = (f"{SKOS}definition", f"{RDFS}comment", f"{DCTERMS}description")
_SUB: Final = (f"{RDFS}subClassOf", f"{RDFS}subPropertyOf")
_ALIGNING: Final = {
    f"{RDFS}subClassOf": "sub-class of",
    f"{RDFS}subPropertyOf": "sub-property of",
    f"{OWL}equivalentClass": "the same as",
    f"{OWL}equivalentProperty": "the same as",
    **{f"{SKOS}{kind}Match": f"{kind} match of" for kind in ("exact", "close", "broad", "narrow", "related")},
}
"""Relations by which a term stands to those of other vocabularies."""
_ROWS: Final = {
    "Sub-class of": (f"{RDFS}subClassOf",),
    "Sub-property of": (f"{RDFS}subPropertyOf",),
    "The same as": (f"{OWL}equivalentClass", f"{OWL}equivalentProperty"),
    "Domain": (f"{RDFS}domain",),
    "Range": (f"{RDFS}range",),
    "Domain includes": (f"{SCHEMA}domainIncludes",),
    "Range includes": (f"{SCHEMA}rangeIncludes",),
    "Follows from the chain": (f"{OWL}propertyChainAxiom",),
    "Replaced by": (f"{DCTERMS}isReplacedBy",),
}
_INVERSE_ROWS: Final = {
    "Sub-classes": (f"{RDFS}subClassOf",),
    "Sub-properties": (f"{RDFS}subPropertyOf",),
    "Domain of": (f"{RDFS}domain",),
    "Range of": (f"{RDFS}range",),
    "Expected with": (f"{SCHEMA}domainIncludes",),
    "Expected as value of": (f"{SCHEMA}rangeIncludes",),
}
_SET_APART: Final = {f"{OWL}AllDisjointClasses", f"{OWL}AllDisjointProperties"}
_DISJOINT: Final = (f"{OWL}disjointWith", f"{OWL}propertyDisjointWith")
_CHARACTERISTICS: Final = {
    f"{OWL}{name}": words
    for name, words in {
        "FunctionalProperty": "functional: one value at most",
        "InverseFunctionalProperty": "inverse functional: a value belongs to one thing at most",
        "SymmetricProperty": "symmetric: holds both ways",
        "AsymmetricProperty": "asymmetric: never holds both ways",
        "TransitiveProperty": "transitive: holds along a chain",
        "ReflexiveProperty": "reflexive: holds of everything with itself",
        "IrreflexiveProperty": "irreflexive: never holds of a thing with itself",
        "DeprecatedClass": "deprecated",
        "DeprecatedProperty": "deprecated",
    }.items()
}
_SHOWN_ELSEWHERE: Final = frozenset(
    {
        *_NAMES,
        *_DEFINITIONS,
        *_ALIGNING,
        *_DISJOINT,
        *(predicate for predicates in _ROWS.values() for predicate in predicates),
        _TYPE,
        f"{OWL}inverseOf",
        f"{RDFS}isDefinedBy",
    }
)


class Row(NamedTuple):
    """A row of a description: what it says, and the values."""

    label: str | Link
    values: list[Words]


class Described:
    """The descriptions of terms in one file.

    Args:
        axioms: what the file says.
        expressions: writes terms and class expressions.
    """

    def __init__(self, axioms: Axioms, expressions: Expressions) -> None:
        self._axioms = axioms
        self._words = expressions.words
        self._link = expressions.link
        self._ontologies = {*axioms.of_type(f"{OWL}Ontology")}
        self._apart = [
            (node, axioms.members(listed))
            for node in axioms.of_type(*_SET_APART)
            for listed in axioms.terms(node, f"{OWL}members")
        ]

    def is_own(self, term: str) -> bool:
        """Tell whether a term belongs to an ontology of the file."""
        return not self._ontologies.isdisjoint(self._axioms.terms(term, f"{RDFS}isDefinedBy"))

    def names(self, term: str) -> list[Text]:
        """List what a term is called."""
        return self._texts(term, _NAMES)

    def definitions(self, term: str) -> list[Text]:
        """List how a term is defined."""
        return self._texts(term, _DEFINITIONS)

    def _texts(self, term: str, predicates: Sequence[str]) -> list[Text]:
        return [text_of(each) for each in self._axioms.terms(term, *predicates) if each.startswith('"')]

    def rows(self, term: str) -> list[Row]:
        """Say everything else of a term; rows without a value are left out."""
        rows = [
            *self._stated(term),
            Row("Inverse of", self._values(self._inverses(term))),
            Row("Characteristics", [[_CHARACTERISTICS[type_]] for type_ in self._characteristics(term)]),
            Row("Disjoint with", self._values(self._disjoint(term))),
            *self._said_of(term),
            Row("Aligned with", [*self._aligned(term)]),
            *self._rest(term),
        ]
        return [row for row in rows if row.values]

    def _stated(self, term: str) -> Iterator[Row]:
        for label, predicates in _ROWS.items():
            terms = self._axioms.terms(term, *predicates)
            yield Row(label, self._values(each for each in terms if not self._is_alignment(term, each, predicates[0])))

    def _said_of(self, term: str) -> Iterator[Row]:
        for label, predicates in _INVERSE_ROWS.items():
            subjects = self._axioms.subjects(term, *predicates)
            yield Row(label, self._values(each for each in subjects if each.startswith("<")))

    def _is_alignment(self, term: str, other: str, predicate: str) -> bool:
        is_foreign = other.startswith("<") and not self.is_own(other)
        return predicate in _ALIGNING and is_foreign and self.is_own(term)

    def _aligned(self, term: str) -> Iterator[Words]:
        for predicate, relation in _ALIGNING.items():
            for other in self._axioms.terms(term, predicate):
                if self._is_alignment(term, other, predicate):
                    yield [f"{relation} ", *self._words(other)]

    def _inverses(self, term: str) -> list[str]:
        inverse = f"{OWL}inverseOf"
        named = (each for each in self._axioms.subjects(term, inverse) if each.startswith("<"))
        return sorted({*self._axioms.terms(term, inverse), *named})

    def _characteristics(self, term: str) -> list[str]:
        types = {each[1:-1] for each in self._axioms.terms(term, _TYPE)}
        return [type_ for type_ in _CHARACTERISTICS if type_ in types]

    def _disjoint(self, term: str) -> list[str]:
        found = {*self._axioms.terms(term, *_DISJOINT), *self._axioms.subjects(term, *_DISJOINT)}
        found |= {each for _, members in self._apart if term in members for each in members}
        return sorted(found - {term})

    def _rest(self, term: str) -> Iterator[Row]:
        for predicate, terms in self._axioms.facts.get(term, {}).items():
            if predicate not in _SHOWN_ELSEWHERE:
                yield Row(self._link(predicate), self._values(terms))

    def _values(self, terms: Iterator[str] | Sequence[str]) -> list[Words]:
        return [self._words(each) for each in terms]

    def above(self, term: str) -> list[str]:
        """List the named terms directly above a term."""
        return [each for each in self._axioms.terms(term, *_SUB) if each.startswith("<")]
