"""The ontology as triples with the files that they stand in, and how its class expressions read.

Only reading happens here: what the triples mean is the business of `axioms`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph

from ruiran_ld.entailment.terms import TYPE, Triple, is_blank, is_literal, owl, rdf
from ruiran_ld.errors import DataError, Place, Problem
from ruiran_ld.namespaces import OWL, RDF, RDFS, XSD
from ruiran_ld.ntriples import term

_FACETS = {
    owl("hasValue"): "value",
    owl("someValuesFrom"): "some",
    owl("allValuesFrom"): "only",
    owl("maxCardinality"): "max",
    owl("maxQualifiedCardinality"): "max",
}
_CONNECTIVES = {owl("intersectionOf"): " and ", owl("unionOf"): " or ", owl("oneOf"): " "}


@dataclass
class Ontology:
    """All triples of the ontology in the order of the files, and the prefixes to show its terms with.

    Attributes:
        triples: each triple once, with the name of the file that says it first.
        prefixes: the prefixes of the standards, and those that the files declare.
    """

    triples: dict[Triple, str] = field(default_factory=dict)
    prefixes: dict[str, str] = field(default_factory=lambda: {"rdf": RDF, "rdfs": RDFS, "owl": OWL, "xsd": XSD})
    _objects: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def add(self, triples: Iterable[Triple], file: str) -> None:
        """Add the triples of one file."""
        for triple in triples:
            if triple not in self.triples:
                self.triples[triple] = file
                self._objects.setdefault((triple.s, triple.p), []).append(triple.o)

    def bare_lines(self) -> list[str]:
        """Give the triples that need no blank node as lines: terms, labels, definitions, concepts, hierarchy."""
        bare = (triple for triple in self.triples if "_:" not in (triple.s[:2], triple.o[:2]))
        return [f"{triple.s} {triple.p} {triple.o} ." for triple in bare]

    def objects(self, subject: str, predicate: str) -> list[str]:
        """Return the objects of a subject's triples with a predicate, in the order of the files."""
        return self._objects.get((subject, predicate), [])

    def members(self, head: str) -> list[str]:
        """Return the members of an RDF list.

        Raises:
            ValueError: the list does not end, or a node of it has not just one rdf:first and one rdf:rest.
        """
        found: list[str] = []
        seen: set[str] = set()
        while head != rdf("nil"):
            first, rest = self.objects(head, rdf("first")), self.objects(head, rdf("rest"))
            if head in seen or len(first) != 1 or len(rest) != 1:
                raise ValueError(
                    "what should be a list does not end, or has a node without just one first and one rest"
                )
            seen.add(head)
            found.append(first[0])
            head = rest[0]
        return found

    def show(self, term: str) -> str:
        """Write a term for people: with a prefix where one is known, class expressions much as in Manchester syntax."""
        if is_blank(term):
            return self._expression(term)
        if is_literal(term):
            text, typed, datatype = term.rpartition("^^")
            return f"{text}^^{self.show(datatype)}" if typed and datatype.startswith("<") else term
        iri = term[1:-1]
        for prefix, namespace in self.prefixes.items():
            local = iri.removeprefix(namespace)
            if local != iri and local and not set(local) & set("/#?"):
                return f"{prefix}:{local}"
        return term

    def show_axiom(self, triple: Triple) -> str:
        """Write a triple of the ontology for people; one that makes a class expression is written as the expression."""
        s, p, o = triple
        if is_blank(s) and (p in _FACETS or p in _CONNECTIVES or p == owl("complementOf")):
            return self.show(s)
        return f"{self.show(s)} {'a' if p == TYPE else self.show(p)} {self.show(o)}"

    def _expression(self, node: str) -> str:
        for predicate, word in _FACETS.items():
            for value in self.objects(node, predicate):
                on = [*self.objects(node, owl("onProperty")), *self.objects(node, owl("onClass"))]
                names = [self.show(term) for term in on] or ["?"]
                return f"({' '.join([names[0], word, self.show(value), *names[1:]])})"
        for predicate, word in _CONNECTIVES.items():
            for head in self.objects(node, predicate):
                return self._list(head, word)
        for predicate, word in ((owl("complementOf"), "not"), (owl("inverseOf"), "inverse")):
            for other in self.objects(node, predicate):
                return f"({word} {self.show(other)})"
        return self._list(node, " ") if self.objects(node, rdf("first")) else "[]"

    def _list(self, head: str, between: str) -> str:
        try:
            return f"({between.join(map(self.show, self.members(head)))})"
        except ValueError:
            return "(a broken list)"


def read_ontology(files: Iterable[Path]) -> Ontology:
    """Read Turtle files.

    Raises:
        DataError: a file is not Turtle; the problem names its line.
    """
    ontology = Ontology()
    for file in sorted(files):
        parser = pyoxigraph.parse(path=str(file), format=pyoxigraph.RdfFormat.TURTLE, rename_blank_nodes=True)
        try:
            ontology.add(_triples(parser, file), file.name)
        except SyntaxError as error:
            remedy = "correct the Turtle"
            raise DataError(Problem(f"not Turtle: {error.msg}", remedy, Place(str(file), error.lineno or 0))) from error
        for prefix, namespace in parser.prefixes.items():
            ontology.prefixes.setdefault(prefix, namespace)
    return ontology


def _triples(quads: Iterable[pyoxigraph.Quad], file: Path) -> Iterator[Triple]:
    for quad in quads:
        s, p, o = quad.triple
        if isinstance(s, pyoxigraph.Triple) or isinstance(o, pyoxigraph.Triple):
            raise DataError(Problem(f"a triple as a term: {s} {p} {o}", "keep to RDF 1.1", Place(str(file))))
        yield Triple(term(s), term(p), term(o))
