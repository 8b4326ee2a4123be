"""The part of the vocabulary's own closure that bears on data: sub-classes that follow from the shape of restrictions.

Sub-class and sub-property chains, equivalences, domains and ranges need no closure beforehand: chaining over the data
takes each step. A restriction that a thing is only said to satisfy, with no value in the data, is another matter: from
"some Dog" follows "some Animal" by scm-svf1 alone (table 9 of the OWL 2 RL rules).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import permutations
from typing import Final, NamedTuple

from ruiran_ld.entailment.ontology import Ontology
from ruiran_ld.entailment.rules import Axiom, Rule
from ruiran_ld.entailment.terms import NOTHING, THING, TYPE, owl, rdf, rdfs

_CLASS_STEPS: Final = frozenset({"cax-sco", "cax-eqc1", "cax-eqc2", "cls-int2", "cls-uni"})
_PROPERTY_STEPS: Final = frozenset({"prp-spo1", "prp-eqp1", "prp-eqp2"})
_PROPERTY_KINDS: Final = frozenset({owl("ObjectProperty"), owl("DatatypeProperty"), rdf("Property")})


class _Restriction(NamedTuple):
    node: str
    link: str
    filler: str


@dataclass
class _Order:
    """A reflexive (for declared terms) and transitive relation, given by its steps."""

    steps: dict[str, list[str]] = field(default_factory=dict)

    def add(self, below: str, above: str) -> None:
        self.steps.setdefault(below, []).append(above)

    def holds(self, below: str, above: str) -> bool:
        """Say whether one or more steps lead from one term to the other."""
        seen, ahead = {below}, list(self.steps.get(below, ()))
        while ahead:
            term = ahead.pop()
            if term == above:
                return True
            if term not in seen:
                seen.add(term)
                ahead.extend(self.steps.get(term, ()))
        return False


def schema_rules(rules: Iterable[Rule], ontology: Ontology) -> Iterator[Rule]:
    """Give the sub-class rules that scm-svf1, scm-svf2, scm-avf1, scm-avf2 and scm-hv add to those of the axioms."""
    classes, properties = _orders(rules, ontology)
    some = _restrictions(ontology, owl("someValuesFrom"))
    only = _restrictions(ontology, owl("allValuesFrom"))
    value = _restrictions(ontology, owl("hasValue"))
    found: dict[tuple[str, str], Rule] = {}
    before = -1
    while len(found) > before:
        before = len(found)
        for name, below, above in _inferred(some, only, value, classes, properties):
            if (below, above) not in found:
                found[below, above] = _rule(name, below, above, ontology)
                classes.add(below, above)
    yield from found.values()


def _orders(rules: Iterable[Rule], ontology: Ontology) -> tuple[_Order, _Order]:
    """Collect the sub-class and sub-property steps, with scm-cls, scm-op and scm-dp for what is declared."""
    classes, properties = _Order(), _Order()
    for rule in rules:
        if rule.head is None:
            continue
        if rule.name in _CLASS_STEPS:
            classes.add(str(rule.body[0][2]), str(rule.head[2]))
        elif rule.name in _PROPERTY_STEPS:
            properties.add(rule.body[0][1], rule.head[1])
    for s, p, o in ontology.triples:
        if p == TYPE and o == owl("Class"):
            for below, above in ((s, s), (s, THING), (NOTHING, s)):
                classes.add(below, above)
        elif p == TYPE and o in _PROPERTY_KINDS:
            properties.add(s, s)
    return classes, properties


def _restrictions(ontology: Ontology, facet: str) -> list[_Restriction]:
    return [
        _Restriction(s, link, o)
        for s, p, o in ontology.triples
        if p == facet
        for link in ontology.objects(s, owl("onProperty"))
    ]


def _inferred(
    some: list[_Restriction],
    only: list[_Restriction],
    value: list[_Restriction],
    classes: _Order,
    properties: _Order,
) -> Iterator[tuple[str, str, str]]:
    """Apply the five rules once; each result is a rule's name, a class and a class above it."""
    for one, other in permutations(some, 2):
        if one.link == other.link and classes.holds(one.filler, other.filler):
            yield "scm-svf1", one.node, other.node
        if one.filler == other.filler and properties.holds(one.link, other.link):
            yield "scm-svf2", one.node, other.node
    for one, other in permutations(only, 2):
        if one.link == other.link and classes.holds(one.filler, other.filler):
            yield "scm-avf1", one.node, other.node
        if one.filler == other.filler and properties.holds(one.link, other.link):
            yield "scm-avf2", other.node, one.node
    for one, other in permutations(value, 2):
        if one.filler == other.filler and properties.holds(one.link, other.link):
            yield "scm-hv", one.node, other.node


def _rule(name: str, below: str, above: str, ontology: Ontology) -> Rule:
    text = f"{ontology.show(below)} {ontology.show(rdfs('subClassOf'))} {ontology.show(above)}"
    return Rule(name, Axiom(text), ((0, TYPE, below),), (0, TYPE, above))
