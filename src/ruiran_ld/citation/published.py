"""The published graph as a citation reads it: values and labels of a thing, and what thing a person means by a name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pyoxigraph
from pyoxigraph import Literal, NamedNode

from ruiran_ld.errors import Problem, UsageError, nearest, quoted
from ruiran_ld.namespaces import DCTERMS, RDF, RDFS, SKOS

FOAF_NAME = "http://xmlns.com/foaf/0.1/name"
NAMES = (f"{RDFS}label", f"{SKOS}prefLabel", f"{DCTERMS}title", FOAF_NAME)


@dataclass(frozen=True, slots=True)
class Published:
    """A published dataset.

    Attributes:
        store: the graph with all that follows from it and with the ontology's terms.
        base: the IRI under which all of the dataset stands, with a slash at its end.
        slug: what the base goes on with in the dataset's own IRI.
        name: the name of the published files, which begins the keys of citations.
        language: the language of labels to prefer, as a BCP 47 tag.
        prefixes: prefix -> namespace, by which a person may shorten an IRI.
    """

    store: pyoxigraph.Store
    base: str
    slug: str
    name: str
    language: str
    prefixes: Mapping[str, str]

    @property
    def dataset(self) -> str:
        """The IRI of the dataset itself."""
        return self.base + self.slug

    def nodes(self, subject: str, predicate: str) -> list[NamedNode | Literal]:
        """Give the values of a property in a fixed order: RDF has none."""
        found = (q.object for q in self.store.quads_for_pattern(NamedNode(subject), NamedNode(predicate), None))
        return sorted((each for each in found if isinstance(each, NamedNode | Literal)), key=str)

    def values(self, subject: str, predicate: str) -> list[str]:
        """Give the values of a property as plain text, sorted."""
        return [each.value for each in self.nodes(subject, predicate)]

    def value(self, subject: str, *predicates: str) -> str:
        """Give the first value that there is among several properties, or an empty text."""
        return next((value for each in predicates for value in self.values(subject, each)), "")

    def worded(self, subject: str, *predicates: str) -> tuple[str, str]:
        """Give a text with its language: the dataset's, else English, else the first that it is there in."""
        for predicate in predicates:
            found = [each for each in self.nodes(subject, predicate) if isinstance(each, Literal)]
            by_language = {each.language or "": each.value for each in reversed(found)}
            for language in (self.language, "en", "", *sorted(by_language)):
                if by_language.get(language):
                    return by_language[language], language
        return "", ""

    def text(self, subject: str, *predicates: str) -> str:
        """Give a text in the language that ``worded`` chooses."""
        return self.worded(subject, *predicates)[0]

    def label(self, iri: str) -> str:
        """Give the label of a thing; the IRI itself where it has none."""
        return self.text(iri, *NAMES) or iri

    def names(self, subject: str, predicate: str) -> list[str]:
        """Give the values of a property by name: a literal as it is, a thing by its label."""
        return [
            each.value if isinstance(each, Literal) else self.label(each.value)
            for each in self.nodes(subject, predicate)
        ]

    def types(self, iri: str) -> set[str]:
        """Give the classes of a thing, entailed ones among them."""
        return set(self.values(iri, f"{RDF}type"))

    def describes(self, iri: str) -> bool:
        """Tell whether anything is said of a thing."""
        return next(self.store.quads_for_pattern(NamedNode(iri), None, None), None) is not None

    def subjects(self, predicate: str, value: str) -> list[str]:
        """Give the IRIs that have a thing for a value, sorted."""
        found = self.store.quads_for_pattern(None, NamedNode(predicate), NamedNode(value))
        return sorted(each.subject.value for each in found if isinstance(each.subject, NamedNode))

    def find(self, name: str) -> str:
        """Find the IRI that a person means: by a slug, ``document/claim``, a prefixed name, or the IRI itself.

        Raises:
            UsageError: if nothing is called so, naming the nearest thing that there is.
        """
        plain = name.strip().removeprefix("<").removesuffix(">")
        prefix, _, local = plain.partition(":")
        candidates = [f"{self.base}id/{plain}", self.base + plain, plain]
        if prefix in self.prefixes:
            candidates.append(self.prefixes[prefix] + local)
        for candidate in candidates:
            if _is_iri(candidate) and self.describes(candidate):
                return candidate
        asked = plain.removeprefix(self.base).removeprefix("id/")
        remedy = nearest(asked, self._known(asked)) or "give a slug, document/claim, or an IRI of the dataset"
        raise UsageError(Problem(f"nothing published is called {quoted(name)}", remedy))

    def _known(self, asked: str) -> set[str]:
        """List the names of what can be cited; those of claims only for who asks for a claim, as they are many."""
        space = f"{self.base}id/"
        names = {
            quad.subject.value.removeprefix(space)
            for quad in self.store.quads_for_pattern(None, NamedNode(f"{RDF}type"), None)
            if isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(space)
        }
        return {each for each in names if "#" not in each and ("/" in each) == ("/" in asked)}


def _is_iri(text: str) -> bool:
    try:
        NamedNode(text)
    except ValueError:
        return False
    return True
