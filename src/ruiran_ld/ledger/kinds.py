"""What a graph publishes: the IRIs under its base, each with its kind, its classes and its identity."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from ruiran_ld import ntriples
from ruiran_ld.hierarchy import ancestors
from ruiran_ld.namespaces import OA, OWL, RDF, RDFS, RR, SKOS

_KINDS: Final = (
    ("document", f"{RR}Document"),
    ("claim", f"{RR}Claim"),
    ("passage", f"{RR}Passage"),
    ("selector", f"{OA}TextPositionSelector"),
    ("statement", f"{RR}Statement"),
    ("link", f"{RR}IdentityLink"),
    ("link", f"{RR}IdentitySearch"),
    ("value", f"{RR}Value"),
    ("author", f"{RR}UnnamedAuthor"),
    ("thing", f"{RR}Entity"),
    ("concept", f"{SKOS}Concept"),
    ("scheme", f"{SKOS}ConceptScheme"),
    ("ontology", f"{OWL}Ontology"),
    *(("term", OWL + name) for name in ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty")),
    *(("term", iri) for iri in (f"{RDFS}Class", f"{RDFS}Datatype", f"{RDF}Property")),
)
_DATASET: Final = ("http://www.w3.org/ns/dcat#", "http://rdfs.org/ns/void#")
_OTHER: Final = "other"
DERIVED: Final = frozenset({"passage", "selector", "statement", "link", "value"})
"""Kinds whose IRIs follow from the records, by position or content: nobody gives or takes them one by one."""

PARTS: Final = frozenset({"claim", "author"})
"""Kinds that belong to a document, whose IRI theirs begin with, and go with it."""

# What these say of a thing can be corrected without its being another thing.
_CHARACTERISTICS: Final = frozenset(
    {f"{OWL}NamedIndividual", f"{RDF}Statement"}
    | {f"{OWL}{name}Property" for name in ("Functional", "InverseFunctional", "Transitive", "Symmetric", "Asymmetric")}
    | {f"{OWL}{name}Property" for name in ("Reflexive", "Irreflexive")}
)
_LABELS: Final = frozenset(f"<{iri}>" for iri in (f"{RDFS}label", f"{SKOS}prefLabel", f"{RR}gist"))
_TYPE: Final = f"<{RDF}type>"
_SUB_CLASS: Final = f"<{RDFS}subClassOf>"
_MATCH: Final = f"<{SKOS}exactMatch>"
_DEPRECATED: Final = f"<{OWL}deprecated>"
_TOMBSTONE: Final = f"{RR}Tombstone"
_Ancestors = Callable[[str], frozenset[str]]


@dataclass(frozen=True, slots=True)
class Published:
    """What a graph says that an IRI names.

    Attributes:
        kind: one word; see ``_KINDS``.
        types: IRIs of the most specific classes that it is given, sorted.
        matches: IRIs of its exact matches, sorted.
        label: one of its labels, or the gist of a claim, as a term; empty if there is none.
        deprecated: whether the graph says so itself (``owl:deprecated``), beside describing it.
    """

    kind: str
    types: tuple[str, ...]
    matches: tuple[str, ...] = ()
    label: str = ""
    deprecated: bool = False


def published(lines: Iterable[str], base: str) -> dict[str, Published]:
    """Find what a graph publishes.

    Args:
        lines: its asserted triples together with the ontology's, as N-Triples lines in any order; triples of blank
            nodes do no harm.
        base: the base IRI of the dataset.

    Returns:
        By IRI, sorted, whatever stands under the base, is the subject of a triple, and is not a tombstone.
    """
    facts: dict[str, dict[str, list[str]]] = {}
    above: dict[str, set[str]] = defaultdict(set)
    own = f"<{base}"
    for line in lines:
        if line.startswith("_:"):
            continue
        subject, predicate, object_ = ntriples.split(line)
        if predicate == _SUB_CLASS:
            above[subject[1:-1]].add(object_[1:-1])
        if subject.startswith(own):
            known = facts.setdefault(subject[1:-1], {})
            if predicate in (_TYPE, _MATCH, _DEPRECATED) or predicate in _LABELS:
                known.setdefault(predicate, []).append(object_)
    ancestors_of = cache(lambda iri: ancestors(iri, lambda each: above.get(each, ())))
    found = {iri: _describe(facts[iri], ancestors_of) for iri in sorted(facts)}
    return {iri: each for iri, each in found.items() if each.types != (_TOMBSTONE,)}


def _describe(facts: Mapping[str, list[str]], ancestors_of: _Ancestors) -> Published:
    given = {term[1:-1] for term in facts.get(_TYPE, ())}
    given = given - _CHARACTERISTICS or given
    types = {iri for iri in given if not any(iri in ancestors_of(other) - {other} for other in given)} or given
    return Published(
        kind=_kind(types, ancestors_of),
        types=tuple(sorted(types)),
        matches=tuple(sorted(term[1:-1] for term in facts.get(_MATCH, ()))),
        label=min((text for label in _LABELS for text in facts.get(label, ())), default=""),
        deprecated=any(text.startswith('"true"') for text in facts.get(_DEPRECATED, ())),
    )


def _kind(types: Iterable[str], ancestors_of: _Ancestors) -> str:
    above = {ancestor for iri in types for ancestor in ancestors_of(iri)}
    for kind, iri in _KINDS:
        if iri in above:
            return kind
    return "dataset" if any(iri.startswith(_DATASET) for iri in above) else _OTHER
