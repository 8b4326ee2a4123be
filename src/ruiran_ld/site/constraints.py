"""What shapes ask for, in words (SHACL, W3C Recommendation 2017): targets, paths, constraints."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from ruiran_ld.namespaces import OWL, RDF, RDFS, SH
from ruiran_ld.serialization import literal_parts
from ruiran_ld.site.axioms import Axioms, Expressions, Words, text_of

_MAX_DEPTH: Final = 6
_TARGETS: Final = {
    "targetClass": "all of the class ",
    "targetSubjectsOf": "all that have ",
    "targetObjectsOf": "all that are a value of ",
    "targetNode": "",
}
_REPEATED: Final = {"zeroOrMorePath": "*", "oneOrMorePath": "+", "zeroOrOnePath": "?"}
_VALUES: Final = {
    "class": ("each value is of the class ", ""),
    "datatype": ("each value has the datatype ", ""),
    "nodeKind": ("each value is of the kind ", ""),
    "minExclusive": ("each value is more than ", ""),
    "minInclusive": ("each value is at least ", ""),
    "maxExclusive": ("each value is less than ", ""),
    "maxInclusive": ("each value is at most ", ""),
    "minLength": ("each value has at least ", " characters"),
    "maxLength": ("each value has at most ", " characters"),
    "hasValue": ("one of the values is ", ""),
    "equals": ("the values are exactly those of ", ""),
    "disjoint": ("no value is one of ", ""),
    "lessThan": ("each value is less than each of ", ""),
    "lessThanOrEquals": ("each value is at most each of ", ""),
    "node": ("each value conforms to ", ""),
    "property": ("conforms to ", ""),
    "not": ("does not conform to ", ""),
}
"""Parameters with a single term as value: the words before and after it."""
_LISTS: Final = {
    "in": ("each value is one of ", ", "),
    "languageIn": ("each text is in a language of ", ", "),
    "and": ("conforms to all of ", " and "),
    "or": ("conforms to one at least of ", " or "),
    "xone": ("conforms to exactly one of ", " or "),
}
_COUNTS: Final = ("minCount", "maxCount")
_QUALIFIED: Final = ("qualifiedMinCount", "qualifiedMaxCount")
_ELSEWHERE: Final = frozenset(
    [
        *(f"{SH}{name}" for name in (*_TARGETS, *_COUNTS, *_QUALIFIED)),
        *(f"{SH}{name}" for name in ("path", "message", "severity", "sparql", "name", "description", "deactivated")),
        *(f"{SH}{name}" for name in ("qualifiedValueShape", "ignoredProperties", "flags")),
        *(f"{RDF}type", f"{RDFS}label", f"{RDFS}comment", f"{RDFS}isDefinedBy"),
    ]
)


class Constraints:
    """Says what the shapes of one file ask for.

    Args:
        axioms: what the file says.
        expressions: writes terms.
    """

    def __init__(self, axioms: Axioms, expressions: Expressions) -> None:
        self._axioms = axioms
        self._words = expressions.words
        self._link = expressions.link

    def targets(self, shape: str) -> list[Words]:
        """Say what a shape is about (section 2.1.3); a class that is a shape is its own target."""
        found = [[words, *self._words(term)] for name, words in _TARGETS.items() for term in self._terms(shape, name)]
        if f"<{RDFS}Class>" in self._axioms.terms(shape, f"{RDF}type"):
            found.append(["all of the class ", *self._words(shape)])
        return found

    def paths(self, shape: str) -> list[Words]:
        """Write the paths of a shape as SPARQL does (section 2.3.1)."""
        return [self.path(term) for term in self._terms(shape, "path")]

    def path(self, node: str, depth: int = 0) -> Words:
        """Write a property path."""
        if not node.startswith("_:"):
            return self._words(node)
        if depth >= _MAX_DEPTH:
            return ["…"]
        if f"{RDF}first" in self._axioms.facts.get(node, {}):
            return self._steps(self._axioms.members(node), " / ", depth)
        return next(self._modified(node, depth), None) or self._words(node)

    def _modified(self, node: str, depth: int) -> Iterator[Words]:
        """Write a path that turns, repeats or chooses from others."""
        for inverse in self._terms(node, "inversePath"):
            yield ["^", *self._step(inverse, depth)]
        for alternatives in self._terms(node, "alternativePath"):
            yield self._steps(self._axioms.members(alternatives), " | ", depth)
        for name, mark in _REPEATED.items():
            for repeated in self._terms(node, name):
                yield [*self._step(repeated, depth), mark]

    def _step(self, node: str, depth: int) -> Words:
        words = self.path(node, depth + 1)
        links = sum(not isinstance(each, str) for each in words)
        return words if links == 1 else ["(", *words, ")"]

    def _steps(self, nodes: Sequence[str], joint: str, depth: int) -> Words:
        found: Words = []
        for node in nodes:
            found += [*([joint] if found else []), *self._step(node, depth)]
        return found

    def constraints(self, shape: str, depth: int = 0) -> list[Words]:
        """Say what a shape asks for (section 4), but for what SPARQL says."""
        facts = self._axioms.facts.get(shape, {})
        return [
            *self._counts(shape, _COUNTS, ["value"], ["values"]),
            *self._qualified(shape, depth),
            *(words for name, (before, after) in _VALUES.items() for words in self._single(shape, name, before, after)),
            *(words for name, (before, joint) in _LISTS.items() for words in self._listed(shape, name, before, joint)),
            *self._texts(shape),
            *self._closed(shape),
            *self._others(facts, depth),
        ]

    def queries(self, shape: str) -> Iterator[Mapping[str, object]]:
        """List the SPARQL constraints of a shape (section 5): query, and messages of their own."""
        for node in self._terms(shape, "sparql"):
            for text in self._terms(node, "select"):
                yield {
                    "text": _dedented(literal_parts(text).lexical),
                    "iri": node[1:-1] if node.startswith("<") else "",
                    "messages": [text_of(term) for term in self._terms(node, "message")],
                }

    def _terms(self, shape: str, name: str) -> list[str]:
        return self._axioms.terms(shape, SH + name)

    def _counts(self, shape: str, names: tuple[str, str], one: Words, many: Words) -> Iterator[Words]:
        least, most = (self._axioms.text(shape, SH + name) for name in names)
        if least and least == most:
            yield [f"exactly {least} ", *(one if least == "1" else many)]
            return
        for words, number in (("at least", least), ("at most", most)):
            if number == "0" and words == "at most":
                yield ["no ", *one]
            elif number:
                yield [f"{words} {number} ", *(one if number == "1" else many)]

    def _qualified(self, shape: str, depth: int) -> Iterator[Words]:
        for other in self._terms(shape, "qualifiedValueShape"):
            conforming = self._shape(other, depth)
            one: Words = ["value conforms to ", *conforming]
            yield from self._counts(shape, _QUALIFIED, one, ["values conform to ", *conforming])

    def _single(self, shape: str, name: str, before: str, after: str) -> Iterator[Words]:
        for term in self._terms(shape, name):
            yield [before, *self._shape(term, 0), after] if after else [before, *self._shape(term, 0)]

    def _listed(self, shape: str, name: str, before: str, joint: str) -> Iterator[Words]:
        for listed in self._terms(shape, name):
            found: Words = []
            for member in self._axioms.members(listed):
                found += [*([joint] if found else []), *self._shape(member, 0)]
            yield [before, *found]

    def _shape(self, term: str, depth: int) -> Words:
        """Write a term; a shape without a name as what it asks for."""
        if not term.startswith("_:"):
            return self._words(term)
        if depth >= _MAX_DEPTH:
            return ["…"]
        found: Words = []
        for path in self.paths(term):
            found += ["(", *path, ") "]
        for each in self.constraints(term, depth + 1):
            found += [*([", "] if found and found[-1] != ") " else []), *each]
        return found or self._words(term)

    def _texts(self, shape: str) -> Iterator[Words]:
        flags = self._axioms.text(shape, f"{SH}flags")
        for term in self._terms(shape, "pattern"):
            yield ["each value matches ", text_of(term), *([f" with the flags {flags}"] if flags else [])]
        if self._axioms.text(shape, f"{SH}uniqueLang") in ("true", "1"):
            yield ["one text at most in each language"]

    def _closed(self, shape: str) -> Iterator[Words]:
        if self._axioms.text(shape, f"{SH}closed") not in ("true", "1"):
            return
        found: Words = []
        for listed in self._terms(shape, "ignoredProperties"):
            for member in self._axioms.members(listed):
                found += [*([", "] if found else []), *self._words(member)]
        yield ["no property other than ", *found] if found else ["no property but those of its property shapes"]

    def _others(self, facts: Mapping[str, Sequence[str]], depth: int) -> Iterator[Words]:
        """Say what this software has no words for, parameter by parameter, so that nothing is left out."""
        known = {f"{SH}{name}" for name in (*_VALUES, *_LISTS, "pattern", "uniqueLang", "closed")}
        for predicate, terms in facts.items():
            if predicate not in known | _ELSEWHERE and not predicate.startswith(OWL):
                for term in terms:
                    yield [self._link(predicate), " ", *self._shape(term, depth)]


def _dedented(text: str) -> str:
    """Take away the indentation that the lines after the first share, as a query within Turtle has it."""
    first, *rest = text.strip("\n").split("\n")
    depth = min((len(line) - len(line.lstrip()) for line in rest if line.strip()), default=0)
    return "\n".join([first.strip() if rest else first, *(line[depth:] for line in rest)])
