"""The making of the files in PROV-O: which stage of which software made what from which sources.

There is no time but the issue date: when a build ran says nothing of it, since the same sources give the same bytes.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from ruiran_ld.metadata.dcat import checksum, creator, held_graph
from ruiran_ld.metadata.description import Description
from ruiran_ld.metadata.triples import PROV, Facts
from ruiran_ld.namespaces import DCTERMS, SCHEMA


class _Stage(NamedTuple):
    """A stage: what it does, the folders and graphs that it uses, and the stage before it."""

    label: str
    folders: tuple[str, ...]
    graphs: tuple[str, ...]
    after: str


_DATA: Final = "data"
_CLOSURE: Final = "closure"
_STAGES: Final = {
    "convert": _Stage("Conversion of the curators' records to RDF", ("seeds", "ontology"), (), ""),
    "validate": _Stage("Validation of the asserted graph by SHACL", ("shapes", "ontology"), (_DATA,), "convert"),
    "entail": _Stage("Closure by the rules of OWL 2 RL", ("ontology",), (_DATA,), "validate"),
    "serialize": _Stage("Writing of the files", ("ontology", "shapes"), (_DATA, _CLOSURE), "entail"),
    "answer": _Stage("Answering of the queries", ("queries",), (_CLOSURE,), "serialize"),
    "describe": _Stage("Writing of the metadata", ("seeds",), (_DATA, _CLOSURE), "answer"),
}


def lines(description: Description) -> list[str]:
    """Describe stages, sources and files as N-Triples lines."""
    facts = Facts(description.settings.language)
    _software(description, facts)
    _sources(description, facts)
    graphs = {_DATA: description.dataset, _CLOSURE: description.part("entailed")}
    for name, stage in _STAGES.items():
        activity = description.part("activity", name)
        facts.types(activity, f"{PROV}Activity")
        facts.label(activity, stage.label)
        facts.links(activity, f"{PROV}wasAssociatedWith", description.part("software"))
        used = (path for path in description.inputs if path.partition("/")[0] in stage.folders)
        facts.links(activity, f"{PROV}used", *(description.part("source", path) for path in used))
        facts.links(activity, f"{PROV}used", *(graphs[graph] for graph in stage.graphs))
        if stage.after:
            facts.links(activity, f"{PROV}wasInformedBy", description.part("activity", stage.after))
    _made(description, description.dataset, "convert", facts)
    _made(description, graphs[_CLOSURE], "entail", facts)
    facts.links(graphs[_CLOSURE], f"{PROV}wasDerivedFrom", description.dataset)
    facts.links(description.dataset, f"{PROV}wasAttributedTo", creator(description))
    facts.links(description.dataset, f"{PROV}wasDerivedFrom", *(each.iri for each in description.documents))
    _made(description, description.document, "describe", facts)
    _files(description, facts)
    return facts.lines


def _software(description: Description, facts: Facts) -> None:
    software, name = description.software, description.part("software")
    facts.types(name, f"{PROV}SoftwareAgent", f"{SCHEMA}SoftwareApplication")
    facts.label(name, f"{software.name} {software.version}")
    facts.value(name, f"{SCHEMA}softwareVersion", software.version)
    facts.links(name, f"{SCHEMA}url", software.home)


def _sources(description: Description, facts: Facts) -> None:
    """Describe the files that people wrote, by path and checksum; they are not published with the release."""
    for path, digest in description.inputs.items():
        source = description.part("source", path)
        facts.types(source, f"{PROV}Entity")
        facts.label(source, path)
        checksum(description, source, digest, f"source/{path}", facts)


def _files(description: Description, facts: Facts) -> None:
    for file in description.files:
        iri = description.part("file", file.name)
        _made(description, iri, file.activity, facts)
        facts.links(iri, f"{PROV}wasDerivedFrom", held_graph(description, file))
        facts.links(iri, f"{PROV}wasDerivedFrom", *(description.part("source", path) for path in file.sources))
        if file.activity == "answer":
            facts.links(iri, f"{PROV}wasDerivedFrom", description.part("entailed"))


def _made(description: Description, thing: str, stage: str, facts: Facts) -> None:
    facts.types(thing, f"{PROV}Entity")
    facts.links(thing, f"{PROV}wasGeneratedBy", description.part("activity", stage))
    facts.value(thing, f"{DCTERMS}issued", description.settings.issued, "date")
