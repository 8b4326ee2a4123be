"""The catalogue of queries: each with its answer, open to be changed and run; and an empty workbench."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from ruiran_ld.namespaces import CSVW, DCTERMS, OWL
from ruiran_ld.queries import Query, read_tsv
from ruiran_ld.serialization import entailed_file_name
from ruiran_ld.site import completion
from ruiran_ld.site.answers import Answers, Shown
from ruiran_ld.site.curies import Curies
from ruiran_ld.site.material import Material
from ruiran_ld.site.page import SUFFIX, Entry, Page
from ruiran_ld.site.uses import WORKBENCH
from ruiran_ld.site.view import Text
from ruiran_ld.site.workshop import Workshop

OVERVIEW: Final = "queries.html"
_TITLE: Final = "Queries"
_ROWS: Final = 200
"""Rows of an answer that a page shows; files have them all."""
_ROOM: Final = "query/"
_STARTER: Final = """SELECT ?class (COUNT(?thing) AS ?things)
WHERE { ?thing a ?class }
GROUP BY ?class
ORDER BY DESC(?things) ?class
"""


class Listed(NamedTuple):
    """A query in the catalogue."""

    path: str
    name: str
    question: str
    keywords: Sequence[str]


class Part(NamedTuple):
    """A column of an answer, or another part of a query's description: fragment, name, what it holds."""

    anchor: str
    name: str
    descriptions: list[Text]


class Group(NamedTuple):
    """The queries of a category; those without one are ``others``."""

    name: str
    queries: list[Listed]


def path_of(name: str) -> str:
    """Give the path of the page of a bundled query."""
    return f"{_ROOM}{name}{SUFFIX}"


def pages(workshop: Workshop, curies: Curies) -> Iterator[Page]:
    """Make the catalogue, a page for each query, and the workbench."""
    material = workshop.material
    bench = _bench(material)
    answers = Answers(workshop.view, curies)
    yield Page(
        OVERVIEW,
        "queries",
        _TITLE,
        {"groups": _groups(material), "count": len(material.queries), "workbench": WORKBENCH},
        summary="Ready-made questions to the dataset, each with its answer, open to be changed and run.",
        scripts=("filter",),
    )
    for query in material.queries.values():
        yield _page(query, workshop, answers, bench)
    yield Page(
        WORKBENCH,
        "workbench",
        "Your own question",
        {"text": _starter(material), "bench": bench, "vocabularies": _vocabularies(workshop)},
        section=OVERVIEW,
        trail=(Entry(OVERVIEW, _TITLE),),
        summary="Ask the dataset in SPARQL, in the browser.",
        scripts=("workbench",),
    )


def _groups(material: Material) -> list[Group]:
    groups: dict[str, list[Listed]] = {}
    for query in material.queries.values():
        listed = Listed(path_of(query.name), query.name, query.question, query.keywords)
        groups.setdefault(query.category or "others", []).append(listed)
    return [Group(name, groups[name]) for name in sorted(groups)]


def _bench(material: Material) -> dict[str, str]:
    """Say where the script of the workbench finds what it needs, below the site's root."""
    return {
        "dump": entailed_file_name(material.settings.name),
        "terms": f"assets/{completion.FILE}",
        "base": material.layout.base,
    }


def _vocabularies(workshop: Workshop) -> list[Entry]:
    """List the pages of the ontology and of the shapes, which both are ontologies."""
    view = workshop.view
    ontologies = view.instances(f"{OWL}Ontology")
    return [Entry(path, view.title(iri)) for iri in ontologies if (path := view.page_path(iri))]


def _starter(material: Material) -> str:
    """Write a query to begin with, under the prefixes that most queries need."""
    return completion.prologue(material) + _STARTER


def _page(query: Query, workshop: Workshop, answers: Answers, bench: dict[str, str]) -> Page:
    material = workshop.material
    stem = f"{_ROOM}{query.name}"
    iri = material.layout.base + stem
    has_document = stem in material.heads
    context = {
        "query": query,
        "answer": _answer(query, material, answers),
        "parts": _parts(workshop, iri, stem),
        "downloads": _downloads(query, material),
        "bench": bench,
    }
    return Page(
        path_of(query.name),
        "query",
        query.name,
        context,
        section=OVERVIEW,
        trail=(Entry(OVERVIEW, _TITLE),),
        summary=query.question,
        iri=iri if has_document else "",
        stem=stem if has_document else "",
        data=workshop.head(iri),
        scripts=("workbench",),
    )


def _parts(workshop: Workshop, iri: str, stem: str) -> list[Part]:
    """List what else the document of a query describes: the columns of its answer, under their own IRIs."""
    view = workshop.view
    found = []
    for each in workshop.material.heads.get(stem, ()):
        if each != iri:
            names = view.texts(each, f"{CSVW}name") or view.names(each)
            fragment = each.partition("#")[2]
            name = names[0].text if names else fragment
            found.append(Part(fragment, name, view.texts(each, f"{DCTERMS}description")))
    return found


def _answer(query: Query, material: Material, answers: Answers) -> Shown | None:
    """Show the published answer; None if the release has none."""
    name = f"queries/{query.name}.tsv"
    if name not in material.files:
        return None
    return answers.show(read_tsv(material.files[name], name), dict(query.columns), _ROWS)


def _downloads(query: Query, material: Material) -> list[Entry]:
    """List the files of a query: its text, its description, its whole answer."""
    labels = {
        f"queries/{query.name}.rq": "SPARQL",
        f"queries/{query.name}.ttl": "description in Turtle",
        f"queries/{query.name}.tsv": "whole answer as TSV",
        query.table_file: "whole answer as CSV",
    }
    return [Entry(path, label) for path, label in labels.items() if path in material.files]
