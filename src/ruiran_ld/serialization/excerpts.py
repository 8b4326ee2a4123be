"""Excerpts: documents that hold a part of the graph, in an order given by who asks for them.

The writers are those of the whole graph, with its prefixes, so that a name means the same in every document. A document
declares the prefixes and the context's terms that it uses, and no others: it is read without a network.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ruiran_ld.serialization import jsonld, ntriples_file, turtle
from ruiran_ld.serialization.blocks import TurtleTerms, heading
from ruiran_ld.serialization.graph import Facts, Graph, is_iri, literal_parts
from ruiran_ld.serialization.jsonld_context import Context
from ruiran_ld.serialization.presentation import Presentation


class Part(NamedTuple):
    """Subjects that stand together under a heading, each with what the document says of it."""

    title: str
    subjects: Mapping[str, Facts]


class _Written(NamedTuple):
    """A subject in every format, and what its document has to declare for it."""

    block: str
    prefixes: frozenset[str]
    node: str
    lines: tuple[str, ...]
    iris: frozenset[str]


class ExcerptWriter:
    """Writes excerpts of one graph.

    Most subjects stand in many documents, so what was written once is kept, by the object that says what is said of it.

    Args:
        graph: the whole graph.
        presentation: how the dataset is shown.
    """

    def __init__(self, graph: Graph, presentation: Presentation) -> None:
        self._prefixes = presentation.graph_prefixes(graph)
        self._context = Context(presentation, jsonld.uri_schemes(graph))
        # The facts are kept with what was written: an object that is gone could lend its id to another.
        self._known: dict[tuple[str, int], tuple[Facts, _Written]] = {}

    def write(self, parts: Sequence[Part]) -> dict[str, bytes]:
        """Write a document in each format: suffix of the file -> bytes. A subject stands in one part only."""
        written = [self._written(subject, facts) for part in parts for subject, facts in part.subjects.items()]
        context = self._context.restricted_to(frozenset().union(*(each.iris for each in written)))
        lines = sorted(line for each in written for line in each.lines)
        return {
            turtle.SUFFIX: self.turtle(parts),
            jsonld.SUFFIX: "".join(jsonld.document((each.node for each in written), context)).encode(),
            ntriples_file.SUFFIX: "".join(f"{line}\n" for line in lines).encode(),
        }

    def turtle(self, parts: Sequence[Part]) -> bytes:
        """Write a document as Turtle, with a heading for each part that has subjects."""
        prefixes: set[str] = set()
        body: list[str] = []
        for part in parts:
            if part.subjects:
                body.append(heading(part.title))
            for subject, facts in part.subjects.items():
                written = self._written(subject, facts)
                prefixes |= written.prefixes
                body.append(f"\n{written.block}")
        return "".join([*sorted(prefixes), *body]).encode()

    def _written(self, subject: str, facts: Facts) -> _Written:
        key = (subject, id(facts))
        if key not in self._known:
            terms = TurtleTerms(self._prefixes)
            block = terms.block(subject, facts)
            said = {subject: facts}
            (node,) = jsonld.nodes(said, self._context)
            written = _Written(block, frozenset(terms.header()), node, tuple(triples(said)), _iris(said))
            self._known[key] = (facts, written)
        return self._known[key][1]


def triples(subjects: Mapping[str, Facts]) -> Iterator[str]:
    """Give the N-Triples lines, without newlines, of what is said of some subjects."""
    for subject, facts in subjects.items():
        for predicate, terms in facts.items():
            yield from (f"{subject} {predicate} {term} ." for term in terms)


def _iris(subjects: Mapping[str, Facts]) -> frozenset[str]:
    """List every IRI of some subjects, datatypes among them, without angle brackets."""
    terms = set(subjects)
    for facts in subjects.values():
        terms.update(facts)
        for objects in facts.values():
            terms.update(objects)
    return frozenset(term[1:-1] if is_iri(term) else literal_parts(term).datatype for term in terms)
