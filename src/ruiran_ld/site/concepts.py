"""Pages of concepts and of their schemes, with what has them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from ruiran_ld.namespaces import DCTERMS, OWL, RDF, RDFS, SKOS
from ruiran_ld.serialization import is_iri
from ruiran_ld.site import marks
from ruiran_ld.site.axioms import Words, text_of
from ruiran_ld.site.curies import Curies
from ruiran_ld.site.marks import Mark
from ruiran_ld.site.page import Entry, Page
from ruiran_ld.site.terms import Row
from ruiran_ld.site.uses import Uses, query_path
from ruiran_ld.site.view import Link, Text, View
from ruiran_ld.site.workshop import Workshop

OVERVIEW: Final = "concepts.html"
_TITLE: Final = "Concepts"
_SHOWN: Final = 100
"""Things that a page of a concept links to for each property; a query gives the rest."""
_DEFINITIONS: Final = (f"{SKOS}definition", f"{SKOS}scopeNote", f"{RDFS}comment", f"{DCTERMS}description")
_NOTATION: Final = f"{SKOS}notation"
_SHOWN_ELSEWHERE: Final = frozenset(
    f"<{iri}>" for iri in (*_DEFINITIONS, _NOTATION, f"{RDFS}label", f"{SKOS}prefLabel", f"{RDFS}isDefinedBy")
)


class Having(NamedTuple):
    """What has a concept by one property: the property, how many, the first of them, the query for all."""

    property: Link
    number: int
    things: list[Link]
    query: str


class Summary(NamedTuple):
    """A concept in the list of its scheme.

    Attributes:
        link: to its page.
        mark: how it shows elsewhere, if it has a mark.
        definitions: what it means.
        notations: its codes elsewhere.
        number: how many things have it.
    """

    link: Link
    mark: Mark | None
    definitions: list[Text]
    notations: list[Text]
    number: int


class Scheme(NamedTuple):
    """A concept scheme, or the concepts of a class that are in none: link, fragment, definition, concepts."""

    link: Link
    anchor: str
    definitions: list[Text]
    concepts: list[Summary]


def pages(workshop: Workshop, curies: Curies, uses: Uses) -> Iterator[Page]:
    """Make the overview, and a page for each scheme and each concept that has a document."""
    view, heads = workshop.view, workshop.material.heads
    writer = _Writer(view, curies, uses)
    schemes = writer.schemes()
    counts = {"schemes": schemes, "count": sum(len(scheme.concepts) for scheme in schemes)}
    yield Page(OVERVIEW, "concepts", _TITLE, counts, summary="Every concept of the dataset, by scheme.")
    for scheme in schemes:
        if workshop.stem(scheme.link.iri) in heads:
            yield _page(workshop, scheme.link.iri, "scheme", {"scheme": scheme}, ())
        for concept in scheme.concepts:
            if workshop.stem(concept.link.iri) in heads:
                above = (Entry(scheme.link.path, scheme.link.text),) if scheme.link.iri else ()
                yield _page(workshop, concept.link.iri, "concept", writer.context(concept), above)


def _page(workshop: Workshop, iri: str, template: str, context: Mapping[str, object], above: tuple[Entry, ...]) -> Page:
    definitions = workshop.view.texts(iri, *_DEFINITIONS)
    return Page(
        **workshop.beside(iri),
        template=template,
        title=workshop.view.name(iri).text,
        context=context,
        section=OVERVIEW,
        trail=(Entry(OVERVIEW, _TITLE), *above),
        summary=definitions[0].text if definitions else "",
    )


class _Writer:
    """Collects what the pages show."""

    def __init__(self, view: View, curies: Curies, uses: Uses) -> None:
        self._view = view
        self._curies = curies
        self._uses = uses
        self._marks = {**marks.of_statuses(view), **marks.of_realis(view)}

    def schemes(self) -> list[Scheme]:
        """List the schemes, each with its concepts; what is in no scheme goes by its class."""
        members: dict[str, list[str]] = defaultdict(list)
        by_class: dict[str, list[str]] = defaultdict(list)
        known = self._view.vocabulary.concepts
        placed: set[str] = set()
        for class_ in sorted(known):
            for iri in sorted(set(known[class_].values()) - placed):
                placed.add(iri)
                schemes = self._view.objects(iri, f"{SKOS}inScheme")
                (members[schemes[0]] if schemes else by_class[class_]).append(iri)
        found = [self._scheme(self._view.link(iri), iri, members[iri]) for iri in sorted(members)]
        return found + [self._scheme(self._unschemed(iri), iri, by_class[iri]) for iri in sorted(by_class)]

    def _unschemed(self, class_: str) -> Link:
        return self._view.link(class_)._replace(iri="")

    def _scheme(self, link: Link, iri: str, concepts: Sequence[str]) -> Scheme:
        anchor = "scheme-" + iri.rpartition("#")[2].rpartition("/")[2]
        definitions = self._view.texts(iri, *_DEFINITIONS)
        return Scheme(link, anchor, definitions, [self._summary(each) for each in concepts])

    def _summary(self, iri: str) -> Summary:
        having = self._uses.with_concept(iri)
        things = {thing for things in having.values() for thing in things}
        mark = self._marks.get(iri)
        notations = self._view.texts(iri, _NOTATION)
        return Summary(self._view.link(iri), mark, self._view.texts(iri, *_DEFINITIONS), notations, len(things))

    def context(self, concept: Summary) -> dict[str, object]:
        """Collect what the page of a concept shows."""
        iri = concept.link.iri
        return {
            "concept": concept,
            "names": self._view.names(iri),
            "rows": [*self._rows(iri)],
            "having": [self._having(iri, *each) for each in self._uses.with_concept(iri).items()],
        }

    def _rows(self, iri: str) -> Iterator[Row]:
        for predicate, terms in self._view.graph.subjects.get(f"<{iri}>", {}).items():
            if predicate not in _SHOWN_ELSEWHERE:
                is_type = predicate == f"<{RDF}type>"
                label = "Class" if is_type else self._view.link(predicate[1:-1])
                yield Row(label, [self._value(term) for term in terms if not is_type or OWL not in term])

    def _value(self, term: str) -> Words:
        return [self._view.link(term[1:-1]) if is_iri(term) else text_of(term)]

    def _having(self, iri: str, predicate: str, things: list[str]) -> Having:
        text = f"SELECT ?thing WHERE {{ ?thing <{predicate}> <{iri}> }}\nORDER BY ?thing\n"
        links = [self._view.link(each) for each in things[:_SHOWN]]
        return Having(self._view.link(predicate), len(things), links, query_path(text))
