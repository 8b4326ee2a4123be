"""Subjects as blocks of Turtle (RDF 1.1 Turtle, sections 2 and 6.5), for the Turtle and TriG writers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from ruiran_ld.namespaces import OA, RDF, RDFS, XSD
from ruiran_ld.serialization.graph import TYPE, Facts, Graph, is_iri
from ruiran_ld.serialization.layout import Section
from ruiran_ld.serialization.prefixes import Prefixes

_LINE_LENGTH: Final = 120
_HEADING_LENGTH: Final = 100
# The order in which people read; other predicates follow by their written names.
_FIRST: Final = {
    predicate: rank
    for rank, predicate in enumerate(
        [
            TYPE,
            f"<{RDFS}label>",
            *(f"<{RDF}{name}>" for name in ("subject", "predicate", "object")),
            *(f"<{OA}{name}>" for name in ("start", "end")),
        ]
    )
}
_TYPED: Final = re.compile(r'(".*")\^\^(<[^"]*>)')
# Only lexical forms that every reader keeps: Turtle keeps 01, readers that make numbers of it do not.
_integer = re.compile(rf'"(0|-?[1-9][0-9]*)"\^\^<{re.escape(XSD)}integer>').fullmatch
_boolean = re.compile(rf'"(true|false)"\^\^<{re.escape(XSD)}boolean>').fullmatch
# PN_LOCAL in ASCII, with the sub-delimiters that PN_LOCAL_ESC lets stand behind a backslash. An IRI whose rest has
# anything else, such as / # ? or %, is easier to read in full.
_is_local = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.!$&'()*+,;=~:-]*[A-Za-z0-9_!$&'()*+,;=~:-])?").fullmatch
_reserved = re.compile(r"[!$&'()*+,;=~]")


class TurtleTerms:
    """Writes terms and blocks, and remembers the prefixes that were used."""

    def __init__(self, prefixes: Prefixes) -> None:
        self._prefixes = prefixes
        self._used: set[str] = set()
        self._known: dict[str, str] = {}

    def iri(self, term: str) -> str:
        """Write an IRI term as a prefixed name where it makes a clean one, else in full."""
        written = self._known.get(term)
        if written is None:
            written = self._known[term] = self._shorten(term)
        return written

    def term(self, term: str) -> str:
        """Write any term; integers and booleans bare where that is the very same literal."""
        if is_iri(term):
            return self.iri(term)
        if not term.endswith(">"):
            return term
        bare = _integer(term) or _boolean(term)
        if bare:
            return bare[1]
        typed = _TYPED.fullmatch(term)
        return f"{typed[1]}^^{self.iri(typed[2])}" if typed else term

    def block(self, subject: str, facts: Facts, indent: str = "") -> str:
        """Write what is said of one subject: its classes, its labels, then the other predicates."""
        lines = []
        for predicate in sorted(facts, key=lambda predicate: (_FIRST.get(predicate, len(_FIRST)), self.iri(predicate))):
            verb = "a" if predicate == TYPE else self.iri(predicate)
            lines.append(_predicate_line(verb, [self.term(term) for term in facts[predicate]], indent))
        first, *others = lines
        body = f" ;\n{indent}    ".join([f"{self.iri(subject)} {first}", *others])
        return f"{indent}{body} .\n"

    def header(self) -> Iterator[str]:
        """Give a declaration for each prefix used so far, sorted."""
        for name, namespace in self._prefixes:
            if name in self._used:
                yield f"@prefix {name}: <{namespace}> .\n"

    def _shorten(self, term: str) -> str:
        split = self._prefixes.split(term[1:-1])
        if split is None or not _is_local(split[1]):
            return term
        name, local = split
        self._used.add(name)
        escaped = _reserved.sub(r"\\\g<0>", local)
        return f"{name}:{escaped}"


def heading(title: str) -> str:
    """Write a comment that heads a section."""
    return f"\n# --- {title} ".ljust(_HEADING_LENGTH, "-") + "\n"


def section_blocks(graph: Graph, section: Section, terms: TurtleTerms, indent: str = "") -> Iterable[str]:
    """Write the subjects of a section, an empty line before each."""
    for subject in section.subjects:
        yield "\n" + terms.block(subject, graph.subjects[subject], indent)


def _predicate_line(verb: str, objects: list[str], indent: str) -> str:
    line = f"{verb} {', '.join(objects)}"
    if len(objects) == 1 or len(indent) + 4 + len(line) + 2 <= _LINE_LENGTH:
        return line
    between = f",\n{indent}        "
    return f"{verb}\n{indent}        {between.join(objects)}"
