"""The closure: semi-naive forward chaining of the rules over the data, each new fact joined once with what is known.

Terms are the N-Triples text of the data, so that no graph is built and nothing is parsed or written twice. All is taken
in the order in which it came, so that the same input always gives the same facts, reasons and report. What of the
closure is published is the business of `scope`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ruiran_ld.entailment.rules import Pattern, Rule
from ruiran_ld.entailment.terms import TYPE, Triple

Binding = dict[int, str]


class Reason(NamedTuple):
    """Why a fact is there: the rule that inferred it first, and from which facts."""

    rule: Rule
    premises: tuple[Triple, ...]


class _Join(NamedTuple):
    """A rule of several patterns, entered at one of them."""

    rule: Rule
    head: Pattern
    entry: Pattern
    rest: tuple[Pattern, ...]


class _Step(NamedTuple):
    """A rule of one pattern: 0 and 1 in the head stand for the subject and the object of the fact."""

    rule: Rule
    s: str | int
    p: str
    o: str | int


Key = str | tuple[str, str]
"""What a pattern is found by: its predicate, or predicate and object where the object is a term."""


class Facts:
    """Facts with their reasons, and the indexes that joins need."""

    def __init__(self, joined: Iterable[str]) -> None:
        """Args: joined: the predicates by which rules of several patterns, and clashes, look facts up."""
        self.reasons: dict[Triple, Reason | None] = {}
        self._joined = frozenset(joined)
        self._all: dict[str, list[Triple]] = {}
        self._by_subject: dict[tuple[str, str], list[Triple]] = {}
        self._by_object: dict[tuple[str, str], list[Triple]] = {}

    def add(self, fact: Triple, reason: Reason | None) -> bool:
        """Add a fact; say whether it was new."""
        if fact in self.reasons:
            return False
        self.reasons[fact] = reason
        s, p, o = fact
        if p in self._joined:
            self._all.setdefault(p, []).append(fact)
            self._by_object.setdefault((p, o), []).append(fact)
            if p != TYPE:
                self._by_subject.setdefault((p, s), []).append(fact)
        return True

    def find(self, s: str | None, p: str, o: str | None) -> Sequence[Triple]:
        """Return the facts with a predicate and, where given, a subject and an object."""
        if s is not None and o is not None:
            fact = Triple(s, p, o)
            return (fact,) if fact in self.reasons else ()
        if o is not None:
            return self._by_object.get((p, o), ())
        if s is not None:
            return self._by_subject.get((p, s), ())
        return self._all.get(p, ())

    def solve(self, binding: Binding, patterns: tuple[Pattern, ...]) -> Iterator[tuple[Binding, tuple[Triple, ...]]]:
        """Yield every way to complete a binding so that all patterns hold, with the facts that make them hold."""
        if not patterns:
            yield binding, ()
            return
        pattern, rest = patterns[0], patterns[1:]
        s, p, o = pattern
        for fact in self.find(_value(s, binding), p, _value(o, binding)):
            bound = bind(pattern, fact, binding)
            if bound is not None:
                for solution, premises in self.solve(bound, rest):
                    yield solution, (fact, *premises)


class _Agenda:
    """Facts, and those of them whose consequences have not been drawn yet."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.ahead: deque[Triple] = deque()

    def add(self, fact: Triple, reason: Reason | None) -> None:
        if self.facts.add(fact, reason):
            self.ahead.append(fact)

    def join(self, join: _Join, fact: Triple) -> None:
        """Fire a rule of several patterns for a fact that may match one of them."""
        bound = bind(join.entry, fact, {})
        if bound is not None:
            for solution, premises in list(self.facts.solve(bound, join.rest)):
                self.add(_instance(join.head, solution), Reason(join.rule, (fact, *premises)))


def saturate(rules: Sequence[Rule], given: Iterable[Triple]) -> Facts:
    """Chain the inferring rules over the given facts until nothing new follows; clash rules are left to `clashes`."""
    steps, joins = _triggers(rules)
    joined = (p for rule in rules if len(rule.body) > 1 or rule.head is None for _, p, _ in rule.body)
    agenda = _Agenda(Facts(joined))
    for fact in given:
        agenda.add(fact, None)
    for rule in rules:
        if rule.head is not None and not rule.body:
            agenda.add(_instance(rule.head, {}), Reason(rule, ()))
    while agenda.ahead:
        fact = agenda.ahead.popleft()
        s, p, o = fact
        for key in (p, (p, o)):
            for rule, hs, hp, ho in steps.get(key, ()):
                agenda.add(Triple(_filled(hs, s, o), hp, _filled(ho, s, o)), Reason(rule, (fact,)))
            for join in joins.get(key, ()):
                agenda.join(join, fact)
    return agenda.facts


def _instance(head: Pattern, binding: Binding) -> Triple:
    s, p, o = head
    return Triple(s if isinstance(s, str) else binding[s], p, o if isinstance(o, str) else binding[o])


def _triggers(rules: Sequence[Rule]) -> tuple[dict[Key, list[_Step]], dict[Key, list[_Join]]]:
    """Index the inferring rules by what sets them off."""
    steps: dict[Key, list[_Step]] = {}
    joins: dict[Key, list[_Join]] = {}
    for rule in rules:
        if rule.head is None:
            continue
        if len(rule.body) == 1:
            steps.setdefault(_key(rule.body[0]), []).append(_Step(rule, *rule.head))
            continue
        for position, entry in enumerate(rule.body):
            others = rule.body[:position] + rule.body[position + 1 :]
            joins.setdefault(_key(entry), []).append(_Join(rule, rule.head, entry, connected(entry, others)))
    return steps, joins


def connected(entry: Pattern, others: tuple[Pattern, ...]) -> tuple[Pattern, ...]:
    """Order patterns so that each shares a variable with those before it, as far as that can be."""
    known = _variables(entry)
    ordered: list[Pattern] = []
    left = list(others)
    while left:
        following = next((pattern for pattern in left if _variables(pattern) & known), left[0])
        left.remove(following)
        ordered.append(following)
        known |= _variables(following)
    return tuple(ordered)


def bind(pattern: Pattern, fact: Triple, binding: Binding) -> Binding | None:
    """Bind the variables of a pattern to a fact with its predicate; None if the fact does not match."""
    bound = dict(binding)
    for wanted, term in ((pattern[0], fact.s), (pattern[2], fact.o)):
        if isinstance(wanted, str):
            if wanted != term:
                return None
        elif bound.setdefault(wanted, term) != term:
            return None
    return bound


def _variables(pattern: Pattern) -> set[int]:
    return {term for term in (pattern[0], pattern[2]) if isinstance(term, int)}


def _key(pattern: Pattern) -> Key:
    return (pattern[1], pattern[2]) if isinstance(pattern[2], str) else pattern[1]


def _value(term: str | int, binding: Binding) -> str | None:
    return term if isinstance(term, str) else binding.get(term)


def _filled(term: str | int, s: str, o: str) -> str:
    if isinstance(term, str):
        return term
    return o if term else s
