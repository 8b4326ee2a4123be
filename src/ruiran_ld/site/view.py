"""The published graph as pages show it: names, classes, what leads to a thing, and where its page stands."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from ruiran_ld.dereferencing import Layout
from ruiran_ld.namespaces import DCTERMS, RDF, RDFS, SKOS
from ruiran_ld.serialization import Graph, is_iri, literal_parts
from ruiran_ld.site.page import SUFFIX
from ruiran_ld.vocabulary import Vocabulary

_NAMES: Final = (f"{RDFS}label", f"{SKOS}prefLabel", f"{DCTERMS}title")


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
    """

    graph: Graph
    vocabulary: Vocabulary
    layout: Layout
    language: str
    _incoming: dict[str, list[tuple[str, str]]] = field(init=False)

    def __post_init__(self) -> None:
        incoming: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for subject, facts in self.graph.subjects.items():
            for predicate, terms in facts.items():
                for term in filter(is_iri, terms):
                    incoming[term[1:-1]].append((subject[1:-1], predicate[1:-1]))
        self._incoming = dict(incoming)

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
        """Say what a thing is called; what has no name is called by the end of its IRI."""
        names = self.names(iri)
        if names:
            return names[0]
        known = self.vocabulary.labels.get(iri)
        if known:
            return Text(known, self.language)
        return Text(iri.removeprefix(self.layout.base).rpartition("#")[2], "")

    def types(self, iri: str) -> list[str]:
        """List the classes that are said of a thing."""
        return self.objects(iri, f"{RDF}type")

    def incoming(self, iri: str) -> list[tuple[str, str]]:
        """List what has a thing as object: subject and predicate."""
        return self._incoming.get(iri, [])

    def page_path(self, iri: str) -> str | None:
        """Give the path of the page of an IRI, with its fragment; None for one that is not the dataset's."""
        path = self.layout.path(iri)
        if path is None:
            return None
        fragment = iri.partition("#")[2]
        return f"{path}{SUFFIX}" + (f"#{fragment}" if fragment else "")

    def link(self, iri: str) -> Link:
        """Link to a thing by name: to its page, or to its own address if it is not the dataset's."""
        name = self.name(iri)
        return Link(iri, self.page_path(iri) or iri, name.text, name.language)
