"""Clashes: where the data, with all that follows from them, contradict the ontology; told so that a curator can act.

Two names are never merged. Where OWL 2 RL would infer owl:sameAs between two names (a functional property with two
values, a maximal cardinality of 1 …), this is a clash too: one of the triples is wrong, or the axiom is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from ruiran_ld.entailment.closure import Facts, bind, connected
from ruiran_ld.entailment.datatypes import SUPPORTED, belongs, is_well_formed
from ruiran_ld.entailment.ontology import Ontology
from ruiran_ld.entailment.rules import IDENTIFYING, Axiom, Rule
from ruiran_ld.entailment.terms import TYPE, Triple, is_literal, rdfs
from ruiran_ld.errors import Place, Problem
from ruiran_ld.namespaces import SKOS

_SPELLING = Axiom("the text is not one that the literal's datatype allows")
_NAMES = (rdfs("label"), f"<{SKOS}prefLabel>")


@dataclass(frozen=True, slots=True)
class Clash:
    """Triples that cannot hold together.

    Attributes:
        rule: the name of the rule in OWL 2 RL/RDF.
        axiom: what in the ontology they contradict.
        triples: the triples, asserted or inferred.
        text: all this for a person, with labels and with what the inferred triples follow from.
    """

    rule: str
    axiom: Axiom
    triples: tuple[Triple, ...]
    text: str

    def problem(self, place_of: Callable[[str], Place | None]) -> Problem:
        """Put the clash as a problem, at the place where its first triple's subject comes from."""
        remedy = "take back one of the asserted triples, or correct the axiom"
        return Problem(self.text, remedy, place_of(self.triples[0].s))


def find_clashes(rules: Iterable[Rule], facts: Facts, ontology: Ontology) -> tuple[Clash, ...]:
    """Find every clash in a closure; the same triples clash once for one axiom.

    Returns:
        The clashes in the order of their texts.
    """
    teller = _Teller(facts, ontology)
    found: dict[tuple[str, Axiom, frozenset[Triple]], Clash] = {}
    # Blank nodes have other names in every run: order by what is shown, never by the terms.
    for rule, triples in (*_by_rules(rules, facts), *_by_literals(facts)):
        distinct = tuple(sorted(dict.fromkeys(triples), key=teller.text))
        key = (rule.name, rule.axiom, frozenset(distinct))
        if key not in found:
            found[key] = Clash(rule.name, rule.axiom, distinct, teller.tell(rule, distinct))
    return tuple(sorted(found.values(), key=lambda clash: clash.text))


def _by_rules(rules: Iterable[Rule], facts: Facts) -> Iterator[tuple[Rule, tuple[Triple, ...]]]:
    """Evaluate the rules without a head, each from its rarest pattern on."""
    for rule in rules:
        if rule.head is not None:
            continue
        candidates = [_extension(facts, *pattern) for pattern in rule.body]
        rarest = min(range(len(candidates)), key=lambda position: len(candidates[position]))
        entry = rule.body[rarest]
        rest = connected(entry, rule.body[:rarest] + rule.body[rarest + 1 :])
        for fact in candidates[rarest]:
            bound = bind(entry, fact, {})
            if bound is None:
                continue
            for solution, premises in facts.solve(bound, rest):
                if rule.different is None or solution[rule.different[0]] != solution[rule.different[1]]:
                    yield rule, (fact, *premises)


def _extension(facts: Facts, s: str | int, p: str, o: str | int) -> Sequence[Triple]:
    return facts.find(s if isinstance(s, str) else None, p, o if isinstance(o, str) else None)


def _by_literals(facts: Facts) -> Iterator[tuple[Rule, tuple[Triple, ...]]]:
    """Apply dt-not-type: to the text of each literal, and to each literal that an axiom gives a type."""
    sound: dict[str, bool] = {}
    for fact, reason in facts.reasons.items():
        s, p, o = fact
        if reason is None and is_literal(o):
            if o not in sound:
                sound[o] = is_well_formed(o)
            if not sound[o]:
                yield Rule("dt-not-type", _SPELLING, (), None), (fact,)
        elif reason is not None and p == TYPE and is_literal(s) and o in SUPPORTED and not belongs(s, o):
            yield Rule("dt-not-type", reason.rule.axiom, (), None), reason.premises


class _Teller:
    """Tells clashes with labels."""

    def __init__(self, facts: Facts, ontology: Ontology) -> None:
        self._facts = facts
        self._ontology = ontology
        self._labels: dict[str, str] | None = None

    def tell(self, rule: Rule, triples: Sequence[Triple]) -> str:
        """Say which triples clash, by which axiom, and what the inferred ones follow from."""
        why = "; two names are never merged into one thing" if rule.name in IDENTIFYING else ""
        shown = " AND ".join(self._triple(triple) for triple in triples)
        return f"clash ({rule.name}: {rule.axiom}{why}): {shown}"

    def _triple(self, triple: Triple) -> str:
        text = self.text(triple)
        if self._facts.reasons.get(triple) is None:
            return f"{text} [asserted]"
        origins = "; ".join(map(self.text, self._origins(triple)))
        steps = "; ".join(dict.fromkeys(self._steps(triple)))
        return f"{text} [inferred from: {origins or 'the ontology alone'}; by: {steps}]"

    def _origins(self, triple: Triple) -> list[Triple]:
        """Return the asserted triples that an inferred one rests on, in the order of its derivation."""
        return [fact for fact in self._derivation(triple) if self._facts.reasons[fact] is None]

    def _steps(self, triple: Triple) -> Iterator[str]:
        for fact in self._derivation(triple):
            reason = self._facts.reasons[fact]
            if reason is not None:
                yield f"{reason.rule.name} {reason.rule.axiom}"

    def _derivation(self, triple: Triple) -> list[Triple]:
        """Return a fact and all that it was inferred from, each once, premises after conclusions."""
        found: dict[Triple, None] = {}
        ahead = [triple]
        while ahead:
            fact = ahead.pop()
            if fact not in found:
                found[fact] = None
                reason = self._facts.reasons[fact]
                if reason is not None:
                    ahead.extend(reversed(reason.premises))
        return list(found)

    def text(self, triple: Triple) -> str:
        """Write a triple for people, with labels; two runs write it the same, whatever names blank nodes get."""
        s, p, o = triple
        return f"{self._term(s)} {'a' if p == TYPE else self._ontology.show(p)} {self._term(o)}"

    def _term(self, term: str) -> str:
        if self._labels is None:
            self._labels = _labels(self._facts.reasons)
        label = self._labels.get(term)
        return f"‘{label}’ {self._ontology.show(term)}" if label is not None else self._ontology.show(term)


def _labels(facts: Iterable[Triple]) -> dict[str, str]:
    """Choose one label for each thing: English first, rdfs:label before skos:prefLabel, then by the alphabet."""
    best: dict[str, tuple[bool, bool, str]] = {}
    for s, p, o in facts:
        if p in _NAMES:
            rank = (not o.endswith('"@en'), p != _NAMES[0], o[1 : o.rindex('"')])
            best[s] = min(best.get(s, rank), rank)
    return {term: label for term, (_, _, label) in best.items()}
