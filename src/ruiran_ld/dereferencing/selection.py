"""What belongs into the document of an IRI, so that it is useful alone.

1. The description: all triples of the IRI itself and of its fragments (a document's passages).
2. What is said of it: the statements, links and searches that have it as subject or object, and the claims that name
   it.
3. What those claims rest on: the statements that they make, passages with positions and hash, source documents with
   title and date.
4. Direct triples of others that have it as object.
5. The surroundings: of everything named so far, what it is and what it is called, and of an event its realis, so that
   no plan is taken for a delivery; of something withdrawn, where to go.
6. The dataset, its version and its licence.

The document of a concept has no claims: half of all claims have the status "asserted", and they say nothing about it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Final

from ruiran_ld.namespaces import DCTERMS, OA, OWL, RDF, RDFS, RR, SH, SKOS
from ruiran_ld.serialization import Facts, Graph, Part, is_iri

_TYPE: Final = f"<{RDF}type>"
_SURROUNDINGS: Final = tuple(
    f"<{iri}>"
    for iri in (
        f"{RDF}type",
        f"{RDFS}label",
        f"{SKOS}prefLabel",
        f"{DCTERMS}title",
        f"{RR}realis",
        f"{RR}gist",
        f"{OWL}deprecated",
        f"{DCTERMS}isReplacedBy",
    )
)
_OF_THE_DATASET: Final = (
    *_SURROUNDINGS,
    *(f"<{iri}>" for iri in (f"{DCTERMS}license", f"{DCTERMS}issued", f"{OWL}versionInfo")),
)
_ENDS: Final = frozenset({f"<{RDF}subject>", f"<{RDF}object>"})
# What leads from a node to another without which it cannot be understood.
_FOLLOWED: Final = tuple(
    f"<{iri}>"
    for iri in (
        *(RR + name for name in ("document", "passage", "states", "denies")),
        f"{OA}hasSelector",
        f"{SH}prefixes",
        f"{SH}declare",
    )
)
_SAYINGS: Final = frozenset(f"<{RR}{name}>" for name in ("Statement", "IdentityLink", "IdentitySearch"))
_CLAIM: Final = frozenset({f"<{RR}Claim>"})


class Selection:
    """Selects from one graph what belongs into each document.

    Args:
        graph: all that is published.
        concepts: IRIs of the concepts and their schemes.
        values: IRIs of the classes of structured values.
        dataset: IRI of the dataset.
    """

    def __init__(self, graph: Graph, concepts: AbstractSet[str], values: AbstractSet[str], dataset: str) -> None:
        self._subjects = graph.subjects
        self._concepts = frozenset(f"<{iri}>" for iri in concepts)
        self._values = frozenset(f"<{iri}>" for iri in values)
        self._dataset = f"<{dataset}>"
        self._known_surroundings: dict[str, dict[str, Sequence[str]]] = {}
        self._incoming: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for subject, facts in graph.subjects.items():
            for predicate, terms in facts.items():
                for term in filter(is_iri, terms):
                    self._incoming[term].append((subject, predicate))

    def parts(self, heads: Sequence[str]) -> list[Part]:
        """Select what belongs into the document of some terms, in the order of reading.

        Args:
            heads: the term that the document is about and its fragments; they may be named by others only.
        """
        about = [head for head in heads if head in self._subjects]
        said = [term for head in heads for term in self._sayings(head)]
        claims = [term for head in (*heads, *said) for term in self._claims(head)]
        seen: set[str] = set()
        parts = [
            self._part("about", about, seen),
            self._part("what is said of it", said, seen),
            self._part("claims", claims, seen),
            self._part("what they rest on", self._grounds([*about, *said, *claims]), seen),
        ]
        return [*parts, *self._around(heads, parts)]

    def parts_of_graph(self, name: str, graph: Graph) -> list[Part]:
        """Select what belongs into the document of a named graph: its triples, and what they rest on."""
        seen = set(graph.subjects)
        grounds = self._grounds(term for term in graph.subjects if term in self._subjects)
        about = self._part("about", [name] if name in self._subjects else [], seen)
        parts = [about, Part("the graph", graph.subjects), self._part("what they rest on", grounds, seen)]
        return [*parts, *self._around([name], parts)]

    def _part(self, title: str, terms: Iterable[str], seen: set[str]) -> Part:
        fresh = [term for term in dict.fromkeys(terms) if term not in seen]
        seen.update(fresh)
        return Part(title, {term: self._subjects[term] for term in fresh})

    def _is_a(self, term: str, classes: AbstractSet[str]) -> bool:
        return not classes.isdisjoint(self._subjects.get(term, {}).get(_TYPE, ()))

    def _sayings(self, head: str) -> list[str]:
        """List the statements, links and searches that have a term as subject or object."""
        if head in self._concepts:
            return []
        return [
            subject
            for subject, predicate in self._incoming.get(head, ())
            if predicate in _ENDS and self._is_a(subject, _SAYINGS)
        ]

    def _claims(self, head: str) -> list[str]:
        """List the claims that name a term, whatever as."""
        if head in self._concepts:
            return []
        return [subject for subject, _ in self._incoming.get(head, ()) if self._is_a(subject, _CLAIM)]

    def _grounds(self, roots: Iterable[str]) -> list[str]:
        """List all that some terms cannot be understood without, in the order in which it is come upon."""
        found = dict.fromkeys(roots)
        waiting = [*found]
        while waiting:
            facts = self._subjects[waiting.pop(0)]
            leads = [term for predicate in _FOLLOWED for term in facts.get(predicate, ())]
            leads += [term for terms in facts.values() for term in terms if self._is_a(term, self._values)]
            fresh = [term for term in dict.fromkeys(leads) if term not in found and term in self._subjects]
            found.update(dict.fromkeys(fresh))
            waiting += fresh
        return [*found]

    def _around(self, heads: Iterable[str], parts: Sequence[Part]) -> Iterator[Part]:
        """Give the direct triples that lead to the heads, and the surroundings of all that is named."""
        described = {subject for part in parts for subject in part.subjects}
        others: dict[str, Facts] = {**self._leading_to(heads, described)}
        waiting = {*heads, self._dataset, *others, *_named(part.subjects for part in parts), *_named([others])}
        known = set(described)
        while waiting := waiting - known:
            known |= waiting
            around = {term: self._surroundings(term) for term in waiting}
            for term, facts in around.items():
                others[term] = {**others[term], **facts} if term in others else facts
            waiting = set(_named([around]))
        dataset = others.pop(self._dataset, {})
        ordered = [term for term in sorted(others, key=_bare) if others[term]]
        terms = [term for term in ordered if any(map(_is_owl, others[term].get(_TYPE, ())))]
        yield Part("named here", {term: others[term] for term in ordered if term not in terms})
        yield Part("terms", {term: others[term] for term in terms})
        yield Part("the dataset", {self._dataset: dataset} if dataset else {})

    def _leading_to(self, heads: Iterable[str], described: AbstractSet[str]) -> dict[str, dict[str, list[str]]]:
        """Find the direct triples of others that have a head as object: subject -> predicate -> heads."""
        found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for head in heads:
            for subject, predicate in self._incoming.get(head, ()):
                if subject not in described and (head not in self._concepts or subject in self._concepts):
                    found[subject][predicate].append(head)
        return found

    def _surroundings(self, term: str) -> Facts:
        """Give some of a term's facts; of each term it is one object, so that writers know it again."""
        if term not in self._known_surroundings:
            kept = _OF_THE_DATASET if term == self._dataset else _SURROUNDINGS
            facts = self._subjects.get(term, {})
            self._known_surroundings[term] = {each: facts[each] for each in kept if each in facts}
        return self._known_surroundings[term]


def _named(groups: Iterable[Mapping[str, Facts]]) -> Iterator[str]:
    """Give every IRI that stands as predicate or object of some subjects."""
    for subjects in groups:
        for facts in subjects.values():
            yield from facts
            for terms in facts.values():
                yield from filter(is_iri, terms)


def _is_owl(term: str) -> bool:
    return term.startswith(f"<{OWL}")


def _bare(term: str) -> str:
    return term[1:-1]
