"""What the readers of axioms share: the check of operands, and the making of rules that know their axiom.

A term of RDF, RDFS or OWL as an operand would let data say axioms (a range of owl:Class), or hang on rules that are not
there (members of owl:Thing, of datatypes); such operands are refused.
"""

from __future__ import annotations

from collections.abc import Callable

from ruiran_ld.entailment.datatypes import SUPPORTED
from ruiran_ld.entailment.ontology import Ontology
from ruiran_ld.entailment.rules import Axiom, Pattern, Rule
from ruiran_ld.entailment.terms import (
    DIFFERENT_FROM,
    PLAIN_CLASSES,
    PLAIN_PROPERTIES,
    SAME_AS,
    THING,
    TYPE,
    Triple,
    is_literal,
    is_standard,
    rdfs,
)
from ruiran_ld.namespaces import XSD


class RefusedError(Exception):
    """An axiom, or an operand of it, that no rule here implements; says why. Never leaves `axioms`."""


class Compiler:
    """What the readers share: the ontology, the check of operands, the making of rules."""

    def __init__(self, ontology: Ontology) -> None:
        self.ontology = ontology
        self.show = ontology.show

    def rule(self, of: Triple, name: str, body: tuple[Pattern, ...], head: Pattern | None) -> Rule:
        """Make a rule that comes from a triple of the ontology."""
        return Rule(name, Axiom(self.ontology.show_axiom(of), self.ontology.triples[of]), body, head)

    def clash(self, of: Triple, name: str, *body: Pattern, different: tuple[int, int] | None = None) -> Rule:
        """Make a rule that finds a contradiction."""
        rule = self.rule(of, name, body, None)
        return Rule(name, rule.axiom, body, None, different)

    def named(self, term: str) -> str:
        """Check an individual that an axiom speaks of."""
        if is_literal(term) or (is_standard(term) and term not in PLAIN_CLASSES):
            raise RefusedError(f"{self.show(term)} is not an individual")
        return term

    def property(self, term: str) -> str:
        """Check a property that an axiom speaks of."""
        if is_literal(term) or (is_standard(term) and term not in PLAIN_PROPERTIES - {SAME_AS, DIFFERENT_FROM}):
            raise RefusedError(f"{self.show(term)} is not a property that says something about individuals")
        return term

    def superclass(self, term: str) -> str:
        """Check a class or a datatype to which an axiom assigns members."""
        if self.is_datatype(term):
            if term not in SUPPORTED:
                raise RefusedError(
                    f"the datatype {self.show(term)} is not in OWL 2 RL (schema:rangeIncludes has no force)"
                )
        elif is_literal(term) or (is_standard(term) and term not in PLAIN_CLASSES):
            raise RefusedError(f"{self.show(term)} is not a class of individuals")
        return term

    def subclass(self, term: str) -> str:
        """Check a class from whose members an axiom infers something."""
        if term == THING or self.is_datatype(term):
            raise RefusedError(f"nothing is inferred from membership in {self.show(term)}")
        return self.superclass(term)

    def is_datatype(self, term: str) -> bool:
        """Say whether a term is a datatype."""
        if term.startswith(f"<{XSD}") or term in SUPPORTED:
            return True
        return rdfs("Datatype") in self.ontology.objects(term, TYPE)

    def one(self, subject: str, predicate: str) -> str:
        """Return the only object of a subject's triples with a predicate."""
        found = self.ontology.objects(subject, predicate)
        if len(found) != 1:
            raise RefusedError(f"it needs just one {self.show(predicate)}, not {len(found)}")
        return found[0]

    def listed(self, head: str, check: Callable[[str], str]) -> list[str]:
        """Return the checked members of a list that must not be empty."""
        members = self.ontology.members(head)
        if not members:
            raise RefusedError("its list is empty")
        return [check(member) for member in members]
