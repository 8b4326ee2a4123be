"""Figures of a graph, as VoID asks for them (VoID, section 4, Interest Group Note of 2011)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pyoxigraph

from ruiran_ld import ntriples
from ruiran_ld.namespaces import RDF, RR, SKOS

_TYPE = f"<{RDF}type>"
_MATCHES = tuple(f"{SKOS}{name}Match" for name in ("exact", "close"))


@dataclass(frozen=True, slots=True)
class PropertyCount:
    """How often a property stands in a graph: triples, and distinct subjects and objects of them."""

    triples: int
    subjects: int
    objects: int


@dataclass(frozen=True, slots=True)
class Counts:
    """Figures of a graph.

    Attributes:
        triples: all of it.
        entities: distinct subjects under the base IRI.
        subjects: distinct subjects.
        objects: distinct objects, literals among them (``void:distinctObjects``).
        classes: class IRI -> instances.
        properties: property IRI -> its figures.
        links: authority's key and property IRI -> links to records of the authority.
    """

    triples: int
    entities: int
    subjects: int
    objects: int
    classes: Mapping[str, int]
    properties: Mapping[str, PropertyCount]
    links: Mapping[tuple[str, str], int]


def count(lines: Iterable[str], base: str, authorities: Mapping[str, str]) -> Counts:
    """Count a graph.

    Args:
        lines: canonical N-Triples lines, each once.
        base: what the IRIs of its entities begin with.
        authorities: key -> what the IRIs of an authority's records begin with.
    """
    subjects: set[str] = set()
    objects: set[str] = set()
    classes: Counter[str] = Counter()
    links: Counter[tuple[str, str]] = Counter()
    pairs: defaultdict[str, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    triples: Counter[str] = Counter()
    for line in lines:
        subject, predicate, object_ = ntriples.split(line)
        subjects.add(subject)
        objects.add(object_)
        name = predicate[1:-1]
        triples[name] += 1
        pairs[name][0].add(subject)
        pairs[name][1].add(object_)
        if predicate == _TYPE:
            classes[object_[1:-1]] += 1
        if name in _MATCHES:
            links.update((key, name) for key, space in authorities.items() if object_.startswith(f"<{space}"))
    properties = {name: PropertyCount(triples[name], len(pairs[name][0]), len(pairs[name][1])) for name in triples}
    entities = sum(1 for subject in subjects if subject.startswith(f"<{base}"))
    return Counts(triples.total(), entities, len(subjects), len(objects), classes, properties, links)


def examples(lines: Iterable[str]) -> list[str]:
    """Choose what shows a graph best: its first document and claim, the event and the thing that most claims are about.

    Args:
        lines: canonical N-Triples lines of the closure, where the types of all super-classes stand.
    """
    members: defaultdict[str, set[str]] = defaultdict(set)
    about: Counter[str] = Counter()
    for line in lines:
        subject, predicate, object_ = ntriples.split(line)
        if predicate == _TYPE:
            members[object_].add(subject)
        elif predicate == f"<{RR}about>":
            about[object_] += 1
    documents, claims, events, entities = (
        members[f"<{RR}{name}>"] for name in ("Document", "Claim", "Event", "Entity")
    )
    found = [min(group) for group in (documents, claims) if group]
    found += [max(sorted(group), key=about.__getitem__) for group in (events, entities - events) if group]
    return sorted(term[1:-1] for term in found)


def named_graphs(trig: bytes) -> dict[str, int]:
    """Count the triples of each named graph of a TriG file: IRI -> triples."""
    found: Counter[str] = Counter()
    for quad in pyoxigraph.parse(trig, format=pyoxigraph.RdfFormat.TRIG):
        if isinstance(quad.graph_name, pyoxigraph.NamedNode):
            found[quad.graph_name.value] += 1
    return dict(sorted(found.items()))
