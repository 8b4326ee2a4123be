"""What of a closure is published: the one definition of "entailed triples about the data", for our closure and owlrl's.

Left out are triples that
* are not RDF (a literal as subject) or touch a blank node (class expressions of the ontology; data have none);
* say nothing (x owl:sameAs x; x rdf:type owl:Thing or rdfs:Resource);
* have the vocabulary as their subject: a term of RDF, RDFS, OWL or XSD, a class, a property, a datatype, the ontology
  itself. What follows about the vocabulary is the business of the ontology, not of the dataset.
What is entailed about the ontology's individuals, such as its concepts, stays in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from ruiran_ld.entailment.ontology import Ontology
from ruiran_ld.entailment.terms import (
    PLAIN_PROPERTIES,
    SAME_AS,
    THING,
    TYPE,
    Triple,
    is_blank,
    is_literal,
    is_standard,
    owl,
    rdf,
    rdfs,
)

DECLARATIONS: Final = frozenset(
    {owl(name) for name in ("Class", "Restriction", "ObjectProperty", "DatatypeProperty", "AnnotationProperty")}
    | {owl("Ontology"), owl("NegativePropertyAssertion")}
    | {rdfs("Class"), rdfs("Datatype"), rdf("Property"), rdf("List")}
)
"""The classes of the language that say what kind of term something is, and no more."""

_CHARACTERISTICS: Final = frozenset(
    owl(f"{name}Property")
    for name in ("Functional", "InverseFunctional", "Irreflexive", "Symmetric", "Asymmetric", "Transitive")
)
_BETWEEN_TERMS: Final = frozenset(
    {rdfs(name) for name in ("domain", "range", "subClassOf", "subPropertyOf")}
    | {owl(name) for name in ("equivalentClass", "equivalentProperty", "disjointWith", "propertyDisjointWith")}
    | {owl(name) for name in ("inverseOf", "complementOf", "onProperty", "onClass", "someValuesFrom", "allValuesFrom")}
    | {owl("assertionProperty")}
)
"""Properties both ends of which are vocabulary (lists and class expressions, being blank, need no mention)."""

_LISTS: Final = frozenset({owl("propertyChainAxiom"), owl("intersectionOf"), owl("unionOf"), owl("members")})
_DEFINITIONS: Final = frozenset({owl("oneOf"), owl("hasValue"), owl("maxCardinality"), owl("maxQualifiedCardinality")})
_SAYING_NOTHING: Final = frozenset({THING, rdfs("Resource")})


@dataclass(frozen=True)
class Scope:
    """Tells triples about the data from triples about the vocabulary."""

    vocabulary: frozenset[str]

    @classmethod
    def of(cls, ontology: Ontology) -> Scope:
        """Find the vocabulary: what an ontology declares, and what stands in an axiom where only vocabulary can."""
        terms: set[str] = set()
        for s, p, o in ontology.triples:
            if p == TYPE:
                if o in DECLARATIONS or o in _CHARACTERISTICS:
                    terms.add(s)
                elif not is_standard(o):
                    terms.add(o)
            elif p in _BETWEEN_TERMS:
                terms.update((s, o))
            elif p in _LISTS:
                terms.update((s, *ontology.members(o)))
            elif p in _DEFINITIONS:
                terms.add(s)
        return cls(frozenset(terms))

    def holds(self, triple: Triple) -> bool:
        """Say whether an entailed triple is about the data and worth publishing."""
        s, p, o = triple
        if is_literal(s) or is_blank(s) or is_blank(p) or is_blank(o):
            return False
        if p == SAME_AS or (p == TYPE and o in _SAYING_NOTHING):
            return False
        return s not in self.vocabulary and not is_standard(s)


def is_axiomatic(triple: Triple) -> bool:
    """Say whether a triple speaks in the language of axioms, so that it has no place in data."""
    _, p, o = triple
    if p == TYPE:
        return is_standard(o) and o not in _INSTANTIABLE
    return is_standard(p) and p not in PLAIN_PROPERTIES


_INSTANTIABLE: Final = frozenset(
    {THING, owl("Nothing"), owl("NamedIndividual"), rdfs("Resource"), rdfs("Container")}
    | {rdf(name) for name in ("Statement", "Bag", "Seq", "Alt")}
)
