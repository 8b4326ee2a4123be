"""Figures of a dataset, counted in its published graph; which classes and statuses there are, the ontology says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pyoxigraph

from ruiran_ld.namespaces import RDF, RR

_CORE = ("Document", "Claim", "Passage", "Statement", "IdentityLink", "IdentitySearch")


@dataclass(frozen=True, slots=True)
class Statistics:
    """Counts of a dataset.

    Attributes:
        triples: all triples of the graph.
        core: label of a core class -> instances.
        entities: label of a class of entities -> instances of just this class.
        claims: label of an epistemic status -> claims.
        realis: label of a realis value -> events.
        corroborated: statements that claims of more than one document state.
    """

    triples: int
    core: Mapping[str, int]
    entities: Mapping[str, int]
    claims: Mapping[str, int]
    realis: Mapping[str, int]
    corroborated: int

    def as_json(self) -> dict[str, object]:
        """Give all counts by name, for a program."""
        fields = ("triples", "core", "entities", "claims", "realis", "corroborated")
        return {field: getattr(self, field) for field in fields}


def count(store: pyoxigraph.Store, labels: Mapping[str, str], entity_classes: Mapping[str, str]) -> Statistics:
    """Count what a graph holds.

    Args:
        store: the asserted graph.
        labels: IRI -> label, of the ontology's terms and concepts.
        entity_classes: IRI -> label of the classes of entities.
    """
    by_class = _grouped(store, f"SELECT ?key (COUNT(?s) AS ?n) WHERE {{ ?s <{RDF}type> ?key }} GROUP BY ?key")
    by_status = _grouped(store, _per("epistemicStatus"))
    by_realis = _grouped(store, _per("realis"))
    return Statistics(
        triples=len(store),
        core={labels[RR + name]: by_class.get(RR + name, 0) for name in _CORE},
        entities=_labelled({iri: n for iri, n in by_class.items() if iri in entity_classes}, entity_classes),
        claims=_labelled(by_status, labels),
        realis=_labelled(by_realis, labels),
        corroborated=_corroborated(store),
    )


def _per(property_: str) -> str:
    return f"SELECT ?key (COUNT(?s) AS ?n) WHERE {{ ?s <{RR}{property_}> ?key }} GROUP BY ?key"


def _corroborated(store: pyoxigraph.Store) -> int:
    documents = (
        f"SELECT ?key (COUNT(DISTINCT ?d) AS ?n) WHERE {{ ?c <{RR}states> ?key ; <{RR}document> ?d }} GROUP BY ?key"
    )
    return sum(1 for n in _grouped(store, documents).values() if n > 1)


def _grouped(store: pyoxigraph.Store, query: str) -> dict[str, int]:
    solutions = store.query(query)
    if not isinstance(solutions, pyoxigraph.QuerySolutions):
        raise TypeError(query)
    return {row["key"].value: int(row["n"].value) for row in solutions}


def _labelled(counts: Mapping[str, int], labels: Mapping[str, str]) -> dict[str, int]:
    found = {labels.get(iri, iri): n for iri, n in counts.items()}
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))
