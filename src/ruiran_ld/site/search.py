"""Search over everything that has a page: its page, and what the script searches in.

Names are written as they are; the script makes spellings alike (``web/src/search/normalise.ts``), for what stands here
and for what is typed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from ruiran_ld.namespaces import DCTERMS, OWL, RDF, RDFS, RR, SKOS
from ruiran_ld.serialization import is_iri, literal_parts
from ruiran_ld.site import catalogue, marks
from ruiran_ld.site.evidence import is_mistaken
from ruiran_ld.site.marks import Mark
from ruiran_ld.site.material import Material
from ruiran_ld.site.page import Page
from ruiran_ld.site.view import Text, View

PATH: Final = "search.html"
FILE: Final = "search.json"
_NAMES: Final = (f"{RDFS}label", f"{SKOS}prefLabel", f"{DCTERMS}title", f"{RR}gist", f"{SKOS}altLabel")
_MARKED_BY: Final = (f"{RR}epistemicStatus", f"{RR}realis")
_KINDS: Final = {
    f"{RR}Claim": "claim",
    f"{RR}Document": "document",
    f"{RR}Tombstone": "withdrawn",
}
_TERM_KINDS: Final = ("class", "property")


class Entry(NamedTuple):
    """Something to find.

    Attributes:
        path: its page.
        kind: what it is, in a word or two.
        mark: IRI of the status or of the realis value that it is marked with, or of the property by which the curator
            says that it is wrong; empty for none.
        names: what it is called, the name to show first.
        text: what else it is found by.
    """

    path: str
    kind: str
    mark: str
    names: list[Text]
    text: str


def page() -> Page:
    """Make the page that shows what was found."""
    return Page(PATH, "search", "Search", {}, summary="Search names, claims, terms and queries.", scripts=("search",))


def make(material: Material, view: View, places: Mapping[str, str]) -> bytes:
    """Write what the script searches in, as JSON.

    Each of ``entries`` is ``[path, kind, mark, names, text]``: kind and mark are positions in ``kinds`` and ``marks``
    (-1 for none), a name is a text in the dataset's language or a pair of text and language tag.

    Args:
        material: what the site is made of.
        view: the graph.
        places: IRI of a term of the vocabulary -> path of its section.
    """
    sources = (
        _things(material, view),
        _concepts(view),
        _terms(material, view, places),
        _vocabularies(view),
        _queries(material),
    )
    entries = [entry for source in sources for entry in source if entry.names]
    kinds = sorted({entry.kind for entry in entries})
    known = {**marks.of_statuses(view), **marks.of_realis(view), marks.MISTAKEN.link.iri: marks.MISTAKEN}
    order = sorted(known)
    rows = [
        [
            entry.path,
            kinds.index(entry.kind),
            order.index(entry.mark) if entry.mark in known else -1,
            [name.text if name.language in ("", view.language) else [name.text, name.language] for name in entry.names],
            entry.text,
        ]
        for entry in sorted(entries)
    ]
    content = {"kinds": kinds, "marks": [_mark(known[iri]) for iri in order], "entries": rows}
    return (json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def _mark(mark: Mark) -> dict[str, str | bool]:
    return {
        "kind": mark.kind,
        "shape": mark.shape,
        "line": mark.line,
        "firm": mark.is_firm,
        "negative": mark.is_negative,
        "label": mark.link.text,
    }


def _things(material: Material, view: View) -> Iterator[Entry]:
    """List entities, claims, documents and what was withdrawn."""
    classes = {term.iri: term for term in material.presentation.vocabulary.classes.values()}
    values = {iri for iri, term in classes.items() if f"{RR}Value" in term.ancestors}
    entities = {iri: term.label for iri, term in classes.items() if f"{RR}Entity" in term.ancestors}
    agents = {iri: term.label for iri, term in classes.items() if f"{RR}Agent" in term.ancestors}
    kinds = {**agents, **entities, **_KINDS}
    for subject in view.graph.subjects:
        iri = subject[1:-1]
        found = [kinds[type_] for type_ in view.types(iri) if type_ in kinds]
        path = view.page_path(iri)
        if found and path:
            own = next((each for predicate in _MARKED_BY for each in view.objects(iri, predicate)), "")
            mark = marks.MISTAKEN.link.iri if is_mistaken(view, iri) else own
            names = [*view.texts(iri, *_NAMES), *_names_in_values(view, iri, values)]
            speakers = [view.name(each).text for each in view.objects(iri, f"{RR}attributedTo")]
            yield Entry(path, found[0], mark, list(dict.fromkeys(names)), ", ".join(speakers))


def _names_in_values(view: View, iri: str, values: set[str]) -> Iterator[Text]:
    """List the texts of structured values that are said of a thing, such as the names that others use for it."""
    said = (statement for statement, predicate in view.incoming(iri) if predicate == f"{RDF}subject")
    objects = {each for statement in said for each in view.objects(statement, f"{RDF}object")}
    for value in sorted(objects):
        if not values.isdisjoint(view.types(value)):
            terms = (term for terms in view.graph.subjects[f"<{value}>"].values() for term in terms)
            for term in terms:
                if not is_iri(term) and not literal_parts(term).lexical.isdecimal():
                    yield Text(*literal_parts(term)[:2])


def _concepts(view: View) -> Iterator[Entry]:
    for members in view.vocabulary.concepts.values():
        for iri in members.values():
            names = [*view.names(iri), *view.texts(iri, f"{SKOS}notation", f"{SKOS}altLabel")]
            if path := view.page_path(iri):
                yield Entry(path, "concept", "", names, view.vocabulary.definitions.get(iri, ""))


def _terms(material: Material, view: View, places: Mapping[str, str]) -> Iterator[Entry]:
    prefixes = material.presentation.graph_prefixes(material.graph)
    properties = {term.iri for term in view.vocabulary.all_properties}
    for iri, path in places.items():
        label = view.vocabulary.labels.get(iri)
        split = prefixes.split(iri)
        names = [Text(label, view.language)] if label else []
        names += [Text(":".join(split), "")] if split else []
        kind = _TERM_KINDS[iri in properties]
        yield Entry(path, kind, "", names, view.vocabulary.definitions.get(iri, ""))


def _vocabularies(view: View) -> Iterator[Entry]:
    """List the pages of the ontology and of the shapes."""
    for iri in view.instances(f"{OWL}Ontology"):
        if path := view.page_path(iri):
            descriptions = view.texts(iri, f"{DCTERMS}description")
            yield Entry(path, "vocabulary", "", view.names(iri), " ".join(each.text for each in descriptions))


def _queries(material: Material) -> Iterator[Entry]:
    for query in material.queries.values():
        text = ", ".join((query.name, *query.keywords))
        yield Entry(catalogue.path_of(query.name), "query", "", [Text(query.question, "")], text)
