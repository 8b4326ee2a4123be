"""The graphs in VoID: counts, partitions by class and property, vocabularies, links, examples, files to load."""

from __future__ import annotations

import re
from typing import Final

from ruiran_ld.metadata.counts import Counts
from ruiran_ld.metadata.description import Description
from ruiran_ld.metadata.files import ASSERTED, ENTAILED
from ruiran_ld.metadata.triples import FOAF, VOID, Facts
from ruiran_ld.namespaces import DCTERMS

_DATASET: Final = f"{VOID}Dataset"
_namespace = re.compile(r".*[#/]").match


def lines(description: Description) -> list[str]:
    """Describe the asserted graph, which is the dataset, and the closure as N-Triples lines."""
    facts = Facts(description.settings.language)
    dataset, entailed = description.dataset, description.part("entailed")
    facts.types(description.document, f"{VOID}DatasetDescription")
    facts.text(description.document, f"{DCTERMS}title", description.settings.title)
    facts.links(description.document, f"{FOAF}primaryTopic", dataset)
    for graph, counts, name in ((dataset, description.asserted, ASSERTED), (entailed, description.entailed, ENTAILED)):
        facts.types(graph, _DATASET)
        _totals(graph, counts, facts)
        facts.value(graph, f"{VOID}uriSpace", description.settings.base)
        held = [file for file in description.files if file.graph == name]
        facts.links(graph, f"{VOID}dataDump", *(description.url(file.name) for file in held))
        facts.links(graph, f"{VOID}feature", *{file.form.void_feature for file in held})
    facts.links(entailed, f"{VOID}subset", dataset)
    facts.text(entailed, f"{DCTERMS}title", "The closure, with the ontology's terms", language="en")
    facts.links(dataset, f"{VOID}exampleResource", *description.examples)
    facts.links(dataset, f"{VOID}vocabulary", *_vocabularies(description.asserted))
    _partitions(description, facts)
    _links(description, facts)
    _named_graphs(description, facts)
    return facts.lines


def _totals(graph: str, counts: Counts, facts: Facts) -> None:
    """Give the figures of a graph (VoID, section 4.6)."""
    figures = {
        "triples": counts.triples,
        "entities": counts.entities,
        "distinctSubjects": counts.subjects,
        "distinctObjects": counts.objects,
        "classes": len(counts.classes),
        "properties": len(counts.properties),
    }
    for name, figure in figures.items():
        facts.value(graph, VOID + name, figure, "integer")


def _vocabularies(counts: Counts) -> list[str]:
    """Find the namespaces of all classes and properties that are used."""
    matches = (_namespace(iri) for iri in (*counts.classes, *counts.properties))
    return sorted({match[0] for match in matches if match})


def _partitions(description: Description, facts: Facts) -> None:
    """Part the asserted graph by class and by property (VoID, section 4.5)."""
    dataset = description.dataset
    for iri, instances in description.asserted.classes.items():
        part = description.part("class", description.short(iri))
        facts.links(dataset, f"{VOID}classPartition", part)
        facts.types(part, _DATASET)
        facts.links(part, f"{VOID}class", iri)
        facts.value(part, f"{VOID}entities", instances, "integer")
    for iri, figures in description.asserted.properties.items():
        part = description.part("property", description.short(iri))
        facts.links(dataset, f"{VOID}propertyPartition", part)
        facts.types(part, _DATASET)
        facts.links(part, f"{VOID}property", iri)
        facts.value(part, f"{VOID}triples", figures.triples, "integer")
        facts.value(part, f"{VOID}distinctSubjects", figures.subjects, "integer")
        facts.value(part, f"{VOID}distinctObjects", figures.objects, "integer")


def _links(description: Description, facts: Facts) -> None:
    """Describe the links to authorities' records (VoID, section 5)."""
    for (key, predicate), number in description.asserted.links.items():
        target = description.part("authority", key)
        linkset = description.part("links", f"{key}:{re.split('[#/]', predicate)[-1]}")
        facts.types(target, _DATASET)
        facts.label(target, key)
        facts.value(target, f"{VOID}uriSpace", description.authorities[key])
        facts.types(linkset, f"{VOID}Linkset")
        facts.links(linkset, f"{VOID}subjectsTarget", description.dataset)
        facts.links(linkset, f"{VOID}objectsTarget", target)
        facts.links(linkset, f"{VOID}linkPredicate", predicate)
        facts.value(linkset, f"{VOID}triples", number, "integer")
        facts.links(description.dataset, f"{VOID}subset", linkset)


def _named_graphs(description: Description, facts: Facts) -> None:
    """Describe the claims of each document, which are a named graph where a file has such."""
    for document in description.documents:
        if document.graph:
            facts.links(description.dataset, f"{VOID}subset", document.graph)
            facts.types(document.graph, _DATASET)
            facts.text(document.graph, f"{DCTERMS}title", document.label)
            facts.links(document.graph, f"{DCTERMS}source", document.iri)
            facts.links(document.graph, f"{DCTERMS}rights", document.rights)
            facts.value(document.graph, f"{VOID}triples", document.triples, "integer")
