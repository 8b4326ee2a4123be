"""Which IRIs the records and the ontology declare, found without converting.

An edit of the ledger has to work where conversion does not yet, because records still speak of what was withdrawn.
"""

from __future__ import annotations

from dataclasses import dataclass

from ruiran_ld import entailment, ledger, seeds
from ruiran_ld.corpus import document_places
from ruiran_ld.dataset import DatasetFolder
from ruiran_ld.errors import DataError, Place, Problem
from ruiran_ld.identifiers import UNNAMED_AUTHOR_KEY, Namespace
from ruiran_ld.vocabulary import ontology_files


@dataclass(frozen=True, slots=True)
class Declaration:
    """Where an IRI is declared, as what kind, and whether the ontology calls it deprecated."""

    kind: str
    place: Place
    deprecated: bool = False


def declarations(folder: DatasetFolder, base: str) -> dict[str, Declaration]:
    """List what is declared under the base IRI of a dataset: register entries, documents, claims, terms, concepts.

    Raises:
        DataError: where a file cannot be read, since what it declares is not known.
    """
    found: dict[str, Declaration] = {}
    ontology = entailment.read_ontology(ontology_files(folder.ontology))
    for iri, each in ledger.published(ontology.bare_lines(), base).items():
        found[iri] = Declaration(each.kind, Place(folder.name(folder.ontology)), each.deprecated)
    settings = seeds.load_settings(folder.seeds)
    found[base + settings.slug] = Declaration("dataset", Place(folder.name(folder.seeds / "dataset.yaml")))
    namespace = Namespace(base)
    registers = seeds.load_registers(folder.seeds)
    problems: list[Problem] = [] if registers.complete else list(registers.problems)
    for slug, entry in registers.entries.items():
        found[namespace.thing(slug)[1:-1]] = Declaration("thing", entry.places.place())
    for path in seeds.files(folder.documents()):
        for loaded in seeds.read_documents(path, folder.seeds):
            if isinstance(loaded, DataError):
                problems.extend(loaded.problems)
                continue
            slug = loaded.record.document
            if not loaded.record.author:
                author = namespace.claim(slug, UNNAMED_AUTHOR_KEY)[1:-1]
                found[author] = Declaration("author", loaded.places.place("document"))
            for term, place in document_places(loaded, namespace).items():
                found[term[1:-1]] = Declaration(_kind(term, slug, namespace), place)
    if problems:
        raise DataError(problems)
    return found


def _kind(term: str, document: str, namespace: Namespace) -> str:
    if term == namespace.thing(document):
        return "document"
    return "claim" if term.startswith(f"{namespace.thing(document)[:-1]}/") else "thing"
