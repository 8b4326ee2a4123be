"""What the workbench completes: the prefixes and terms of the dataset, as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

from ruiran_ld.namespaces import OWL, RDF, RR, SKOS
from ruiran_ld.serialization import Graph, literal_parts
from ruiran_ld.serialization.prefixes import Prefixes
from ruiran_ld.site.material import Material

FILE: Final = "terms.json"
_KINDS: Final = {
    f"{OWL}Class": "class",
    f"{OWL}ObjectProperty": "property",
    f"{OWL}DatatypeProperty": "property",
    f"{OWL}AnnotationProperty": "property",
}
_NAMES: Final = ("http://www.w3.org/2000/01/rdf-schema#label", f"{SKOS}prefLabel")
_COMMON: Final = ("rdf", "rdfs", "skos")


def make(material: Material) -> bytes:
    """Write prefixes and terms: classes and properties of the ontology and of others, concepts, and named things."""
    prefixes = _prefixes(material)
    terms = [
        {"name": ":".join(split), "kind": kind, "label": label, "definition": definition}
        for iri, kind, label, definition in _terms(material)
        if (split := prefixes.split(iri))
    ]
    used = {term["name"].partition(":")[0] for term in terms}
    content = {"prefixes": {name: space for name, space in prefixes if name in used | {*_COMMON}}, "terms": terms}
    return (json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def prologue(material: Material) -> str:
    """Write the PREFIX lines that most queries need: of the own vocabularies, of things, and the common ones."""
    spaces = dict(_prefixes(material))
    own = {"rr", "id", *material.presentation.vocabulary.prefixes}
    names = sorted(name for name in {*own, *_COMMON} if name in spaces)
    return "".join(f"PREFIX {name}: <{spaces[name]}>\n" for name in names)


def _prefixes(material: Material) -> Prefixes:
    return material.presentation.graph_prefixes(material.graph)


def _terms(material: Material) -> Iterator[tuple[str, str, str, str]]:
    """List IRI, kind, label and definition, sorted by IRI; of things only those that the registers and events name."""
    graph, vocabulary = material.graph, material.presentation.vocabulary
    concepts = {iri for members in vocabulary.concepts.values() for iri in members.values()}
    entities = {term.iri: term for term in vocabulary.classes.values() if f"{RR}Entity" in term.ancestors}
    for subject in graph.subjects:
        iri = subject[1:-1]
        types = graph.iris(subject, f"{RDF}type")
        kinds = [_KINDS[type_] for type_ in types if type_ in _KINDS]
        if kinds or iri in concepts:
            definition = vocabulary.definitions.get(iri, "")
            yield iri, kinds[0] if kinds else "concept", _label(graph, subject), definition
        elif known := [entities[type_].label for type_ in types if type_ in entities]:
            yield iri, known[0], _label(graph, subject), ""


def _label(graph: Graph, subject: str) -> str:
    """Give the English name of a term, else its first."""
    terms = [term for name in _NAMES for term in graph.subjects[subject].get(f"<{name}>", ())]
    parts = sorted(map(literal_parts, terms), key=lambda each: each.language != "en")
    return parts[0].lexical if parts else ""
