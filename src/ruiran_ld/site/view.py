"""The published graph as pages show it: names, classes, what leads to a thing, and where its page stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable
from dataclasses import dataclass, field
from textwrap import shorten
from typing import Final, NamedTuple

from ruiran_ld.dereferencing import Layout
from ruiran_ld.namespaces import DCTERMS, EDTF, OA, OWL, RDF, RDFS, RR, SKOS
from ruiran_ld.serialization import Graph, is_iri, literal_parts
from ruiran_ld.site import times
from ruiran_ld.site.page import SUFFIX
from ruiran_ld.vocabulary import Vocabulary

_NAMES: Final = (f"{RDFS}label", f"{SKOS}prefLabel", f"{DCTERMS}title", f"{RR}gist")
_TYPE: Final = f"<{RDF}type>"
_MAX_TITLE: Final = 120


class Text(NamedTuple):
    """A text of the data and its language tag (BCP 47), or an empty one; shown with ``dir="auto"``."""

    text: str
    language: str


class Link(NamedTuple):
    """Something that a page leads to: its IRI, its path below the site's root or full address, and its name."""

    iri: str
    path: str
    text: str
    language: str = ""


@dataclass
class View:
    """The published graph, for pages.

    Attributes:
        graph: all that is published without blank nodes, but for what is only entailed.
        vocabulary: the compiled ontology.
        layout: where documents and pages stand.
        language: the dataset's language (BCP 47), whose names come first.
        documents: paths of the documents, each of which has a page.
        files: names of the files of the release.
    """

    graph: Graph
    vocabulary: Vocabulary
    layout: Layout
    language: str
    documents: Container[str]
    files: Container[str]
    _incoming: dict[str, list[tuple[str, str]]] = field(init=False)
    _ancestors: dict[str, frozenset[str]] = field(init=False)
    _by_class: dict[str, list[str]] = field(init=False, default_factory=dict)
    _known_names: dict[str, Text] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        incoming: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for subject, facts in self.graph.subjects.items():
            for predicate, terms in facts.items():
                for term in filter(is_iri, terms):
                    incoming[term[1:-1]].append((subject[1:-1], predicate[1:-1]))
        self._incoming = dict(incoming)
        self._ancestors = {term.iri: term.ancestors for term in self.vocabulary.classes.values()}

    def texts(self, iri: str, *predicates: str) -> list[Text]:
        """List the literals that a thing has for some predicates, those in the dataset's language first."""
        found = []
        for predicate in predicates:
            for term in self.graph.subjects.get(f"<{iri}>", {}).get(f"<{predicate}>", ()):
                if not is_iri(term):
                    parts = literal_parts(term)
                    found.append(Text(parts.lexical, parts.language))
        return sorted(found, key=lambda each: each.language != self.language)

    def objects(self, iri: str, predicate: str) -> list[str]:
        """List the IRIs that a thing has for a predicate."""
        return self.graph.iris(f"<{iri}>", predicate)

    def names(self, iri: str) -> list[Text]:
        """List what a thing is called, in the dataset's language first."""
        return self.texts(iri, *_NAMES)

    def name(self, iri: str) -> Text:
        """Say what a thing is called; what has no name of its own is described by what it is made of."""
        if iri not in self._known_names:
            self._known_names[iri] = self._name(iri)
        return self._known_names[iri]

    def _name(self, iri: str) -> Text:
        names = self.names(iri)
        if names:
            return names[0]
        known = self.vocabulary.labels.get(iri)
        if known:
            return Text(known, self.language)
        return Text(self._described(iri) or iri.removeprefix(self.layout.base) or iri, "")

    def _described(self, iri: str) -> str:
        """Put into words what has parts and no name: a statement, a passage, a value; empty for anything else."""
        facts = self.graph.subjects.get(f"<{iri}>", {})
        triple = [facts.get(f"<{RDF}{part}>") for part in ("subject", "predicate", "object")]
        if all(triple):
            return " – ".join(self.value(each[0]).text for each in triple if each)
        span = [self.graph.text(f"<{iri}>", f"{OA}{end}") for end in ("start", "end")]
        if all(span):
            return f"characters {'–'.join(span)}"
        for selector in self.objects(iri, f"{OA}hasSelector"):
            return f"{self.name(selector).text} of {self.row(self.objects(iri, f'{OA}hasSource'))}"
        if self.is_a(iri, f"{RR}Value"):
            return "; ".join(
                f"{self.name(each[1:-1]).text}: {self._row(facts[each])}" for each in facts if each != _TYPE
            )
        return ""

    def row(self, iris: Iterable[str]) -> str:
        """Name things in one line."""
        return ", ".join(self.name(iri).text for iri in iris)

    def _row(self, terms: Iterable[str]) -> str:
        return ", ".join(self.value(term).text for term in terms)

    def value(self, term: str) -> Link | Text:
        """Show a term of the graph: a link to a thing, or the text of a literal."""
        if is_iri(term):
            return self.link(term[1:-1])
        parts = literal_parts(term)
        words = times.in_words(parts.lexical) if parts.datatype == EDTF else parts.lexical
        return Text(parts.lexical if words == parts.lexical else f"{parts.lexical} – {words}", parts.language)

    def title(self, iri: str) -> str:
        """Name a thing in a heading: as long as headings are."""
        return shorten(self.name(iri).text, _MAX_TITLE, placeholder=" …")

    def types(self, iri: str) -> list[str]:
        """List the classes that are said of a thing."""
        return self.objects(iri, f"{RDF}type")

    def is_a(self, iri: str, ancestor: str) -> bool:
        """Tell whether a thing is of a class, or of one below it, as far as the ontology declares them."""
        return any(ancestor == type_ or ancestor in self._ancestors.get(type_, ()) for type_ in self.types(iri))

    def instances(self, ancestor: str) -> list[str]:
        """List the things of a class and of those below it that are the dataset's, sorted by IRI."""
        if ancestor not in self._by_class:
            found = [term[1:-1] for term in self.graph.subjects if self.is_a(term[1:-1], ancestor)]
            self._by_class[ancestor] = [iri for iri in found if self.layout.path(iri)]
        return self._by_class[ancestor]

    def is_tombstone(self, iri: str) -> bool:
        """Tell whether an IRI was withdrawn."""
        return self.graph.text(f"<{iri}>", f"{OWL}deprecated") == "true"

    def incoming(self, iri: str) -> list[tuple[str, str]]:
        """List what has a thing as object: subject and predicate."""
        return self._incoming.get(iri, [])

    def page_path(self, iri: str) -> str | None:
        """Give the path of the page of an IRI, with its fragment, or of the file that it names; None for any other."""
        path = self.layout.path(iri)
        if path not in self.documents:
            return self.layout.file(iri, self.files)
        fragment = iri.partition("#")[2]
        return f"{path}{SUFFIX}" + (f"#{fragment}" if fragment else "")

    def link(self, iri: str) -> Link:
        """Link to a thing by name: to its page, or to its own address if it is not the dataset's."""
        name = self.name(iri)
        return Link(iri, self.page_path(iri) or iri, name.text, name.language)

    def key(self, iri: str) -> str:
        """Give the short name of a thing in the filters of overviews: its IRI without the dataset's base."""
        return iri.removeprefix(self.layout.base)

    def sub_properties(self, iri: str) -> frozenset[str]:
        """Find the properties that the ontology puts below one, and the property itself."""
        found = {iri}
        waiting = [iri]
        while waiting:
            above = waiting.pop()
            below = {child for child, link in self.incoming(above) if link == f"{RDFS}subPropertyOf"} - found
            found |= below
            waiting.extend(sorted(below))
        return frozenset(found)
