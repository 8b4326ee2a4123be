"""The graph as the writers see it: N-Triples terms grouped by subject and predicate, everything sorted.

Terms stay text (see ``ntriples``). The lines come from other stages of this software, so a line that is not canonical,
or that holds a blank node, is a fault of the software and refused, never mended.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from ruiran_ld import ntriples
from ruiran_ld.errors import InternalError, Problem
from ruiran_ld.namespaces import RDF, XSD

_IRI: Final = r'<[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>"{}|^`\\]*>'
_STRING: Final = r'"[^"\\\x00-\x1f\x7f]*(?:\\[^\n][^"\\\x00-\x1f\x7f]*)*"'
_LANGUAGE: Final = r"@[a-zA-Z]+(?:-[a-zA-Z0-9]+)*"
_match_line = re.compile(rf"({_IRI}) ({_IRI}) ({_IRI}|{_STRING}(?:{_LANGUAGE}|\^\^{_IRI})?) \.").fullmatch
_match_literal = re.compile(r'"(.*)"(?:@([^"]+)|\^\^<([^"]+)>)?').fullmatch
_NAMES: Final = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", '"': '"', "\\": "\\"}
_escaped = re.compile(r'\\(?:u([0-9A-F]{4})|([btnfr"\\]))')

TYPE: Final = f"<{RDF}type>"

Facts = Mapping[str, Sequence[str]]
"""What is said of one subject: predicate term -> object terms, both sorted."""


class LiteralParts(NamedTuple):
    """A literal taken apart: lexical form, language tag (or empty), datatype IRI."""

    lexical: str
    language: str
    datatype: str


@dataclass(frozen=True, slots=True)
class Graph:
    """A graph without blank nodes.

    Attributes:
        lines: its canonical N-Triples lines without newlines, sorted by code point, each once.
        subjects: subject term -> facts, sorted.
    """

    lines: Sequence[str]
    subjects: Mapping[str, Facts]

    @classmethod
    def read(cls, lines: Iterable[str]) -> Graph:
        """Group canonical N-Triples lines, in any order.

        Raises:
            InternalError: for each line that is not canonical or holds a blank node.
        """
        unique = sorted(set(lines))
        subjects: dict[str, dict[str, list[str]]] = {}
        refused = []
        for line in unique:
            match = _match_line(line)
            if match is None or not _is_canonical(match[3]):
                refused.append(_refusal(line))
                continue
            subjects.setdefault(match[1], {}).setdefault(match[2], []).append(match[3])
        if refused:
            raise InternalError(refused)
        return cls(unique, {subject: _sorted_facts(subjects[subject]) for subject in sorted(subjects, key=_bare)})

    def iris(self, subject: str, predicate: str) -> list[str]:
        """List the IRIs, without angle brackets, that a subject term has for a predicate IRI."""
        return [term[1:-1] for term in self.subjects.get(subject, {}).get(f"<{predicate}>", ()) if is_iri(term)]

    def text(self, subject: str, predicate: str) -> str:
        """Give the lexical form of the first literal that a subject term has for a predicate IRI, or nothing."""
        for term in self.subjects.get(subject, {}).get(f"<{predicate}>", ()):
            if not is_iri(term):
                return literal_parts(term).lexical
        return ""


def is_iri(term: str) -> bool:
    """Tell an IRI from a literal."""
    return term.startswith("<")


def literal_parts(term: str) -> LiteralParts:
    """Take a literal term apart.

    Raises:
        InternalError: if the term is no literal.
    """
    match = _match_literal(term)
    if match is None:
        raise InternalError(f"not a literal: {term}")
    lexical, language, datatype = match.groups()
    if language:
        return LiteralParts(_unescape(lexical), language, f"{RDF}langString")
    return LiteralParts(_unescape(lexical), "", datatype or f"{XSD}string")


def _unescape(text: str) -> str:
    if "\\" not in text:
        return text
    return _escaped.sub(lambda match: chr(int(match[1], 16)) if match[1] else _NAMES[match[2]], text)


def _is_canonical(term: str) -> bool:
    if is_iri(term):
        return True
    if term.endswith((f"^^<{XSD}string>", f"^^<{RDF}langString>")):
        return False
    if "\\" not in term:
        return True
    body = term[1 : term.rindex('"')]
    return ntriples.escape(_unescape(body)) == body


def _refusal(line: str) -> Problem:
    outside_literal, _, _ = line.partition('"')
    is_blank = line.startswith("_:") or " _:" in outside_literal
    kind = "a blank node" if is_blank else "not a canonical N-Triples line"
    return Problem(f"{kind}: {line}", "the stage that made the line has to mint an IRI or write the canonical form")


def _bare(term: str) -> str:
    # Without its bracket, so that a document comes before its claims.
    return term[1:-1]


def _sorted_facts(facts: Mapping[str, list[str]]) -> Facts:
    return {predicate: sorted(facts[predicate]) for predicate in sorted(facts)}
