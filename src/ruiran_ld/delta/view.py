"""An edition read for people: what is said of each thing, what things are, what they are called."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import pyoxigraph
from pyoxigraph import Literal, NamedNode

from ruiran_ld import ntriples
from ruiran_ld.delta.edition import Edition
from ruiran_ld.errors import DataError, Place, Problem
from ruiran_ld.hierarchy import ancestors
from ruiran_ld.namespaces import DCAT, DCTERMS, OA, RDF, RDFS, RR, SKOS

Term = NamedNode | Literal
Facts = Mapping[str, Sequence[Term]]
"""What is said of one thing: predicate IRI -> values, in the order of the lines."""

TYPE: Final = f"{RDF}type"
TOMBSTONE: Final = f"{RR}Tombstone"
DATASET: Final = f"{DCAT}Dataset"
CLAIM: Final = f"{RR}Claim"
DOCUMENT: Final = f"{RR}Document"
EVENT: Final = f"{RR}Event"
ENTITY: Final = f"{RR}Entity"
UNNAMED: Final = f"{RR}UnnamedAuthor"
STATEMENT: Final = f"{RR}Statement"
PASSAGE: Final = f"{RR}Passage"
VALUE: Final = f"{RR}Value"

LISTED: Final = (CLAIM, EVENT, ENTITY, DOCUMENT, UNNAMED, DATASET)
"""What is listed thing by thing; whatever fits none of these or of the next is listed as well."""

COUNTED: Final = (
    STATEMENT, PASSAGE, f"{OA}TextPositionSelector", VALUE,
    f"{RR}IdentityLink", f"{RR}IdentitySearch", f"{RR}AuthorityRecord",
)  # fmt: skip
"""What only follows from the things above and is counted: people meet it in what they say."""

_KINDS: Final = (TOMBSTONE, *LISTED, *COUNTED)
_TRIPLE: Final = tuple(f"{RDF}{name}" for name in ("subject", "predicate", "object"))
_LABELS: Final = (f"{RDFS}label", f"{SKOS}prefLabel", f"{DCTERMS}title")


@dataclass(frozen=True)
class View:
    """An edition with indexes.

    Attributes:
        edition: what is looked at.
        language: the language of labels that is taken first.
        facts: IRI of each thing that the data describe -> what they say.
        terms: the same for the ontology.
    """

    edition: Edition
    language: str
    facts: Mapping[str, Facts]
    terms: Mapping[str, Facts] = field(default_factory=dict)

    @classmethod
    def of(cls, edition: Edition, language: str) -> View:
        """Read an edition.

        Raises:
            DataError: if its ontology is not Turtle.
        """
        data = ntriples.parsed(ntriples.join_lines(edition.lines))
        try:
            quads = list(pyoxigraph.parse(edition.ontology, format=pyoxigraph.RdfFormat.TURTLE))
        except SyntaxError as error:
            raise DataError(Problem(f"not Turtle: {error.msg}", "build again", Place("ontology.ttl"))) from error
        return cls(edition, language, _facts(data), _facts(quad.triple for quad in quads))

    def kind(self, iri: str) -> str:
        """Tell what a thing is, as the first that fits of the kinds that the software knows; empty if none does."""
        found = {ancestor for each in self.types(iri) for ancestor in self.ancestors(each)}
        return next((kind for kind in _KINDS if kind in found), "")

    def types(self, iri: str) -> list[str]:
        """List the classes that a thing is said to be in."""
        return self.iris(iri, TYPE)

    def iris(self, iri: str, predicate: str) -> list[str]:
        """List the IRIs that a thing has for a property."""
        return [term.value for term in self.values(iri, predicate) if isinstance(term, NamedNode)]

    def values(self, iri: str, predicate: str) -> Sequence[Term]:
        """List the values that a thing has for a property."""
        return self.facts.get(iri, {}).get(predicate, ())

    def ancestors(self, term: str) -> frozenset[str]:
        """Give a class with all its named super-classes."""
        if term not in self._ancestors:
            self._ancestors[term] = ancestors(term, self._super_classes)
        return self._ancestors[term]

    def label(self, iri: str) -> str:
        """Find what a thing, a concept or a term is called, in the language wanted where it has one; or nothing."""
        for facts in (self.facts.get(iri, {}), self.terms.get(iri, {})):
            for predicate in _LABELS:
                labels = [term for term in facts.get(predicate, ()) if isinstance(term, Literal)]
                if labels:
                    return min(labels, key=self._preference).value
        return ""

    def type_label(self, iri: str) -> str:
        """Say what a thing is, in the ontology's words."""
        return ", ".join(filter(None, (self.label(each) for each in self.types(iri))))

    def triple(self, iri: str) -> tuple[Term, Term, Term] | None:
        """Give the triple that a statement or an identity link stands for; None for anything else."""
        parts = [self.values(iri, predicate) for predicate in _TRIPLE]
        return (parts[0][0], parts[1][0], parts[2][0]) if all(parts) else None

    def claims_that_state(self, triple: tuple[Term, Term, Term]) -> list[str]:
        """List the claims that state a triple, sorted."""
        return self._claims_by_triple.get(triple, [])

    def is_direct(self, triple: tuple[Term, Term, Term]) -> bool:
        """Tell whether a triple stands in the graph itself."""
        subject, predicate, value = triple
        return value in self.values(subject.value, predicate.value)

    def title(self) -> str:
        """Give the title of the dataset, or nothing."""
        datasets = [iri for iri in self.facts if DATASET in self.types(iri)]
        return self.label(datasets[0]) if datasets else ""

    @cached_property
    def _ancestors(self) -> dict[str, frozenset[str]]:
        return {}

    @cached_property
    def _claims_by_triple(self) -> dict[tuple[Term, Term, Term], list[str]]:
        found: dict[tuple[Term, Term, Term], list[str]] = {}
        for claim, facts in self.facts.items():
            for statement in _iris(facts.get(f"{RR}states", ())):
                if triple := self.triple(statement):
                    found.setdefault(triple, []).append(claim)
        return found

    def _super_classes(self, term: str) -> list[str]:
        return _iris(self.terms.get(term, {}).get(f"{RDFS}subClassOf", ()))

    def _preference(self, label: Literal) -> tuple[bool, bool, str]:
        return label.language != self.language, label.language is not None, label.value


def _iris(terms: Iterable[Term]) -> list[str]:
    return [term.value for term in terms if isinstance(term, NamedNode)]


def _facts(triples: Iterable[pyoxigraph.Triple]) -> dict[str, dict[str, list[Term]]]:
    found: dict[str, dict[str, list[Term]]] = {}
    for subject, predicate, value in _without_blank_nodes(triples):
        found.setdefault(subject, {}).setdefault(predicate, []).append(value)
    return found


def _without_blank_nodes(triples: Iterable[pyoxigraph.Triple]) -> Iterator[tuple[str, str, Term]]:
    for triple in triples:
        if isinstance(triple.subject, NamedNode) and isinstance(triple.object, NamedNode | Literal):
            yield triple.subject.value, triple.predicate.value, triple.object
