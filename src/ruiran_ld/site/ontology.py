"""Reference pages of ontologies: one for each document of an ontology or of one of its versions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from ruiran_ld.namespaces import DCTERMS, OWL, RR, SKOS, VANN
from ruiran_ld.site.axioms import Axioms, Expressions, Words
from ruiran_ld.site.curies import Curies, anchors
from ruiran_ld.site.material import Material
from ruiran_ld.site.page import SUFFIX, Page
from ruiran_ld.site.terms import Described, Row
from ruiran_ld.site.uses import Use, Uses
from ruiran_ld.site.view import Link, Text
from ruiran_ld.site.workshop import Workshop

_KINDS: Final = {
    "Classes": ("Class", f"{OWL}Class"),
    "Object properties": ("Object property", f"{OWL}ObjectProperty"),
    "Datatype properties": ("Datatype property", f"{OWL}DatatypeProperty"),
    "Annotation properties": ("Annotation property", f"{OWL}AnnotationProperty"),
    "Datatypes": ("Datatype", "http://www.w3.org/2000/01/rdf-schema#Datatype"),
    "Withdrawn terms": ("Withdrawn term", f"{RR}Tombstone"),
}
"""What terms are: heading, what one is called, class."""
OVERVIEW: Final = "ontology.html"
"""Where the navigation leads; an ontology of another name has its page elsewhere."""
_FOREIGN: Final = "Terms of other vocabularies"
_IN_HEAD: Final = frozenset({f"{DCTERMS}title", f"{DCTERMS}description"})
_FIRST: Final = (
    *(OWL + name for name in ("versionInfo", "versionIRI", "priorVersion", "backwardCompatibleWith", "imports")),
    *(DCTERMS + name for name in ("license", "creator", "publisher", "created", "issued", "modified")),
    *(VANN + name for name in ("preferredNamespacePrefix", "preferredNamespaceUri")),
)
"""What people look for first in a head; the rest follows by the alphabet."""


class Node(NamedTuple):
    """A term in the table of contents, with those below it."""

    anchor: str
    name: str
    children: list[Node]


class Section(NamedTuple):
    """What the page says of a term."""

    anchor: str
    iri: str
    short: str
    kind: str
    names: list[Text]
    definitions: list[Text]
    rows: list[Row]
    use: Use


class Group(NamedTuple):
    """The terms of one kind: heading, fragment, contents as a tree, sections."""

    title: str
    anchor: str
    tree: list[Node]
    sections: list[Section]


def pages(workshop: Workshop, curies: Curies, uses: Uses, checks: Mapping[str, Sequence[Link]]) -> Iterator[Page]:
    """Make a page for each document of an ontology.

    Args:
        workshop: what the makers of pages share.
        curies: shortens IRIs.
        uses: counts how terms are used.
        checks: IRI of a term -> the shapes that speak of it.
    """
    found = {stem: Axioms(lines) for stem, lines in workshop.material.schemas.items()}
    found = {stem: axioms for stem, axioms in found.items() if _terms(axioms)}
    for stem, axioms in found.items():
        writer = _Writer(axioms, stem, workshop.view.layout.base, curies, uses)
        page = writer.page(_others(stem, found), checks)
        yield replace(page, data=workshop.head(page.iri))


def places(material: Material, curies: Curies) -> dict[str, str]:
    """Tell where each term is described: IRI -> path with fragment, on the page of the current version."""
    found: dict[str, str] = {}
    for stem, lines in material.schemas.items():
        is_version = any(stem.startswith(f"{other}/") for other in material.schemas)
        iris = [] if is_version else [each[1:-1] for each in _terms(Axioms(lines))]
        found |= {iri: f"{stem}{SUFFIX}#{name}" for iri, name in anchors(iris, material.layout.base, curies).items()}
    return found


def _terms(axioms: Axioms) -> list[str]:
    """List the terms of a file, each once, as terms."""
    return [each for each in axioms.of_type(*(type_ for _, type_ in _KINDS.values())) if each.startswith("<")]


def _others(stem: str, found: Iterable[str]) -> list[Link]:
    """Link to the documents of other versions of an ontology."""
    home = stem if stem in found and not any(stem.startswith(f"{each}/") for each in found) else stem.rpartition("/")[0]
    related = [each for each in found if each != stem and (each == home or each.startswith(f"{home}/"))]
    return [Link("", each + SUFFIX, "current version" if each == home else each.rpartition("/")[2]) for each in related]


class _Writer:
    """Writes the page of one document."""

    def __init__(self, axioms: Axioms, stem: str, base: str, curies: Curies, uses: Uses) -> None:
        self._axioms = axioms
        self._stem = stem
        self._iri = base + stem
        self._curies = curies
        self._uses = uses
        self._anchors = anchors((each[1:-1] for each in _terms(axioms)), base, curies)
        self._described = Described(axioms, Expressions(axioms, self._link))

    def _link(self, iri: str) -> Link:
        """Link to a term: to its section on this page, if it has one."""
        link = self._curies.link(iri)
        anchor = self._anchors.get(iri)
        return link._replace(path=f"#{anchor}") if anchor else link

    def page(self, others: Sequence[Link], checks: Mapping[str, Sequence[Link]]) -> Page:
        """Make the page.

        Args:
            others: the documents of other versions.
            checks: IRI of a term -> the shapes that speak of it.
        """
        heads = self._axioms.of_type(f"{OWL}Ontology")
        titles = [text for head in heads if (text := self._axioms.text(head, f"{DCTERMS}title"))]
        context = {
            "heads": [self._head(head) for head in heads],
            "versions": others,
            "checks": checks,
            "namespaces": self._curies.namespaces(self._iris()),
            "groups": [group for group in self._groups() if group.sections],
            "schemes": self._schemes(),
        }
        title = titles[0] if titles else self._stem
        return Page(
            f"{self._stem}{SUFFIX}",
            "ontology",
            title,
            context,
            section=OVERVIEW,
            summary=self._axioms.text(heads[0], f"{DCTERMS}description") if heads else "",
            iri=self._iri,
            stem=self._stem,
        )

    def _iris(self) -> set[str]:
        terms = {each for facts in self._axioms.facts.values() for each in facts}
        objects = (term for facts in self._axioms.facts.values() for each in facts.values() for term in each)
        return terms | {term[1:-1] for term in (*self._axioms.facts, *objects) if term.startswith("<")}

    def _head(self, term: str) -> Mapping[str, object]:
        rows = {row.label.iri: row for row in self._described.rows(term) if isinstance(row.label, Link)}
        order = dict.fromkeys([*(iri for iri in _FIRST if iri in rows), *rows])
        return {
            "iri": term[1:-1],
            "title": self._axioms.text(term, f"{DCTERMS}title"),
            "description": self._axioms.text(term, f"{DCTERMS}description"),
            "rows": [Row(self._titled(iri), rows[iri].values) for iri in order if iri not in _IN_HEAD],
        }

    def _titled(self, iri: str) -> Link:
        """Link to a property by its label, where the file gives one."""
        names = self._described.names(f"<{iri}>")
        link = self._link(iri)
        return link._replace(text=names[0].text, language=names[0].language) if names else link

    def _groups(self) -> Iterator[Group]:
        terms = _terms(self._axioms)
        left = set(terms)
        for title, (kind, type_) in _KINDS.items():
            own = [each for each in self._axioms.of_type(type_) if each in left and self._belongs(each, type_)]
            left -= set(own)
            yield self._group(title, own, kind)
        for title, (kind, type_) in _KINDS.items():
            foreign = [each for each in self._axioms.of_type(type_) if each in left]
            left -= set(foreign)
            yield self._group(f"{_FOREIGN}: {title.lower()}", foreign, kind)

    def _belongs(self, term: str, type_: str) -> bool:
        return self._described.is_own(term) or type_ == f"{RR}Tombstone"

    def _group(self, title: str, terms: list[str], kind: str) -> Group:
        ordered = sorted(terms, key=lambda each: (self._curies.short(each[1:-1]).casefold(), each))
        sections = [self._section(each, kind) for each in ordered]
        anchor = "kind-" + title.lower().replace(": ", "-").replace(" ", "-")
        return Group(title, anchor, self._tree(ordered), sections)

    def _section(self, term: str, kind: str) -> Section:
        iri = term[1:-1]
        return Section(
            anchor=self._anchors[iri],
            iri=iri,
            short=self._curies.short(iri),
            kind=kind,
            names=self._described.names(term),
            definitions=self._described.definitions(term),
            rows=self._described.rows(term),
            use=self._uses.of(iri, is_class=kind == _KINDS["Classes"][0]),
        )

    def _tree(self, terms: list[str]) -> list[Node]:
        """Put terms below those that they are kinds of; one with several stands below each."""
        above = {term: [each for each in self._described.above(term) if each in set(terms)] for term in terms}
        below: dict[str, list[str]] = {term: [] for term in terms}
        for term, parents in above.items():
            for parent in parents:
                below[parent].append(term)
        placed: set[str] = set()

        def node(term: str, path: tuple[str, ...]) -> Node:
            placed.add(term)
            children = [node(each, (*path, term)) for each in below[term] if each not in (*path, term)]
            return Node(self._anchors[term[1:-1]], self._curies.short(term[1:-1]), children)

        roots = [node(term, ()) for term in terms if not above[term]]
        # Terms that are kinds of each other have no root above them.
        return roots + [node(term, ()) for term in terms if term not in placed]

    def _schemes(self) -> list[tuple[Link, Words]]:
        """List the concept schemes with their concepts."""
        found: list[tuple[Link, Words]] = []
        for scheme in self._axioms.of_type(f"{SKOS}ConceptScheme"):
            concepts = self._axioms.subjects(scheme, f"{SKOS}inScheme")
            found.append((self._named(scheme), [self._named(each) for each in concepts]))
        return found

    def _named(self, term: str) -> Link:
        link, title = self._curies.link(term[1:-1]), self._titled(term[1:-1])
        return link._replace(text=title.text, language=title.language)
