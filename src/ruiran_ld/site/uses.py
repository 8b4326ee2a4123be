"""How often terms are used in the dataset, with examples, and the query that finds all uses."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple
from urllib.parse import quote

import pyoxigraph
from pyoxigraph import RdfFormat

from ruiran_ld.namespaces import RDF, RR
from ruiran_ld.serialization import entailed_file_name
from ruiran_ld.site.material import Material
from ruiran_ld.site.view import Link, View

WORKBENCH: Final = "workbench.html"
_EXAMPLES: Final = 3
_TYPE: Final = f"<{RDF}type>"


class Use(NamedTuple):
    """How a class or property is used.

    Attributes:
        asserted: things of the class, or triples with the property, that the dataset asserts.
        entailed: the same with what follows by the ontology; 0 where the release has no such file.
        examples: some things that it is said of.
        query: path of the page that asks for all of them.
    """

    asserted: int
    entailed: int
    examples: Sequence[Link]
    query: str


class Uses:
    """Counts the uses of terms.

    What ontology and shapes say of themselves is no use of theirs.

    Args:
        material: what the site is made of.
        view: the graph.
    """

    def __init__(self, material: Material, view: View) -> None:
        self._view = view
        schema = {line.partition(" ")[0] for lines in material.schemas.values() for line in lines}
        self._asserted: Counter[str] = Counter()
        self._subjects: dict[str, list[str]] = defaultdict(list)
        for subject, facts in material.graph.subjects.items():
            if subject not in schema:
                self._count(subject, facts.items())
        self._entailed: Counter[str] = Counter()
        self._with: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        self._read_closure(material)

    def _count(self, subject: str, facts: Iterable[tuple[str, Sequence[str]]]) -> None:
        for predicate, terms in facts:
            self._asserted[predicate] += len(terms)
            classes = terms if predicate == _TYPE else ()
            self._asserted.update(classes)
            for term in (predicate, *classes):
                if len(self._subjects[term]) < _EXAMPLES and self._has_place(subject[1:-1]):
                    self._subjects[term].append(subject[1:-1])

    def _has_place(self, iri: str) -> bool:
        """Tell whether there is a place to lead to: a page no longer has what was withdrawn from it."""
        return "#" not in iri or not self._view.is_tombstone(iri)

    def _read_closure(self, material: Material) -> None:
        """Count classes and properties in the file that queries are asked of, and find what has which concepts."""
        vocabulary, base = material.presentation.vocabulary, material.layout.base
        concepts = {f"<{iri}>" for members in vocabulary.concepts.values() for iri in members.values()}
        content = material.files.get(entailed_file_name(material.settings.name), b"")
        for quad in pyoxigraph.parse(content, format=RdfFormat.TURTLE):
            predicate, term = str(quad.predicate), str(quad.object)
            self._entailed[predicate] += 1
            if predicate == _TYPE:
                self._entailed[term] += 1
            elif term in concepts and predicate[1:].startswith((base, RR)):
                self._with[term[1:-1]][predicate[1:-1]].append(str(quad.subject)[1:-1])

    def with_concept(self, iri: str) -> dict[str, list[str]]:
        """List what has a concept as value, what follows by the ontology included: property -> things, sorted."""
        found = self._with.get(iri, {})
        return {predicate: sorted(found[predicate]) for predicate in sorted(found)}

    def of(self, iri: str, *, is_class: bool) -> Use:
        """Say how a term is used."""
        term = f"<{iri}>"
        examples = [self._view.link(each) for each in self._subjects.get(term, ())]
        return Use(self._asserted[term], self._entailed[term], examples, query_path(_query(iri, is_class=is_class)))


def query_path(text: str) -> str:
    """Give the path of the page that opens with a query; the query stands in the fragment."""
    return f"{WORKBENCH}#query={quote(text, safe='')}"


def _query(iri: str, *, is_class: bool) -> str:
    if is_class:
        return f"SELECT ?thing WHERE {{ ?thing a <{iri}> }}\nORDER BY ?thing\n"
    return f"SELECT ?thing ?value WHERE {{ ?thing <{iri}> ?value }}\nORDER BY ?thing ?value\n"
