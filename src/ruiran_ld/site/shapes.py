"""Reference pages of shapes: what the data has to look like, in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from ruiran_ld.namespaces import DCTERMS, OWL, RDFS, SH
from ruiran_ld.site.axioms import Axioms, Expressions, Words, text_of
from ruiran_ld.site.constraints import Constraints
from ruiran_ld.site.curies import Curies, anchors
from ruiran_ld.site.material import Material
from ruiran_ld.site.page import SUFFIX, Page
from ruiran_ld.site.view import Link, Text

_SHAPES: Final = (f"{SH}NodeShape", f"{SH}PropertyShape")
_VIOLATION: Final = f"{SH}Violation"
_USING: Final = tuple(f"{SH}{name}" for name in ("node", "property", "not", "qualifiedValueShape"))
_LISTING: Final = tuple(f"{SH}{name}" for name in ("or", "and", "xone"))
_OTHERS: Final = "others"
OVERVIEW: Final = "ontology.html"
"""What the navigation marks: shapes belong to the vocabulary."""


class Section(NamedTuple):
    """What the page says of a shape.

    Attributes:
        anchor: fragment of the section, and its name.
        iri: of the shape.
        severity: ``Violation``, ``Warning`` or ``Info``, or another name.
        messages: what a result of it says.
        targets: what it is about.
        paths: where it looks from there.
        constraints: what it asks for.
        queries: what it asks for in SPARQL.
        used_by: shapes that use it.
    """

    anchor: str
    iri: str
    severity: str
    messages: list[Text]
    targets: list[Words]
    paths: list[Words]
    constraints: list[Words]
    queries: list[Mapping[str, object]]
    used_by: list[Words]


class Profile(NamedTuple):
    """The shapes of a profile: name, fragment, sections."""

    title: str
    anchor: str
    sections: list[Section]


def pages(material: Material, curies: Curies) -> Iterator[Page]:
    """Make a page for each document of shapes."""
    for stem, lines in material.schemas.items():
        axioms = Axioms(lines)
        if axioms.of_type(*_SHAPES):
            yield _Writer(axioms, stem, material, curies).page()


def checks(material: Material, curies: Curies) -> dict[str, list[Link]]:
    """Tell which shapes speak of a term: IRI -> links to them, in target, path or constraint."""
    found: dict[str, list[Link]] = defaultdict(list)
    for stem, lines in material.schemas.items():
        axioms = Axioms(lines)
        names = anchors((each[1:-1] for each in _named(axioms)), material.layout.base, curies)
        for shape in _named(axioms):
            name = names[shape[1:-1]]
            for iri in sorted(_mentioned(axioms, shape)):
                found[iri].append(Link(shape[1:-1], f"{stem}{SUFFIX}#{name}", name))
    return found


def _named(axioms: Axioms) -> list[str]:
    """List the shapes of a file that have an IRI, as terms."""
    return [each for each in axioms.of_type(*_SHAPES) if each.startswith("<")]


def _mentioned(axioms: Axioms, shape: str) -> set[str]:
    """List the IRIs that a shape names, directly or through blank nodes."""
    found: set[str] = set()
    seen: set[str] = set()
    waiting = [shape]
    while waiting:
        node = waiting.pop()
        seen.add(node)
        for predicate, terms in axioms.facts.get(node, {}).items():
            if predicate != f"{SH}ignoredProperties":
                found.update(term[1:-1] for term in terms if term.startswith("<"))
                waiting += [term for term in terms if term.startswith("_:") and term not in seen]
    return found


class _Writer:
    """Writes the page of one document of shapes."""

    def __init__(self, axioms: Axioms, stem: str, material: Material, curies: Curies) -> None:
        self._axioms = axioms
        self._stem = stem
        self._iri = material.layout.base + stem
        self._profiles = material.profiles
        self._curies = curies
        self._shapes = _named(axioms)
        self._anchors = anchors((each[1:-1] for each in self._shapes), material.layout.base, curies)
        self._expressions = Expressions(axioms, self._link)
        self._constraints = Constraints(axioms, self._expressions)

    def _link(self, iri: str) -> Link:
        anchor = self._anchors.get(iri)
        return Link(iri, f"#{anchor}", anchor) if anchor else self._curies.link(iri)

    def page(self) -> Page:
        """Make the page."""
        head = next(iter(self._axioms.of_type(f"{OWL}Ontology")), "")
        title = self._axioms.text(head, f"{DCTERMS}title", f"{RDFS}label") or self._stem
        context = {
            "description": self._axioms.text(head, f"{DCTERMS}description"),
            "version": self._axioms.text(head, f"{OWL}versionInfo"),
            "licences": [self._link(each[1:-1]) for each in self._axioms.terms(head, f"{DCTERMS}license")],
            "profiles": self._grouped(),
            "namespaces": self._namespaces(),
        }
        return Page(
            f"{self._stem}{SUFFIX}",
            "shapes",
            title,
            context,
            section=OVERVIEW,
            summary=self._axioms.text(head, f"{DCTERMS}description"),
            iri=self._iri,
            stem=self._stem,
        )

    def _namespaces(self) -> list[tuple[str, str]]:
        declared = self._axioms.facts
        return sorted(
            (prefix, self._axioms.text(node, f"{SH}namespace"))
            for node in declared
            if (prefix := self._axioms.text(node, f"{SH}prefix"))
        )

    def _grouped(self) -> list[Profile]:
        groups: dict[str, list[Section]] = defaultdict(list)
        for shape in self._shapes:
            groups[self._profiles.get(shape[1:-1], _OTHERS)].append(self._section(shape))
        return [
            Profile(name.replace("-", " ").capitalize(), f"profile-{name}", groups[name]) for name in sorted(groups)
        ]

    def _section(self, shape: str) -> Section:
        iri = shape[1:-1]
        severities = self._axioms.terms(shape, f"{SH}severity") or [f"<{_VIOLATION}>"]
        return Section(
            anchor=self._anchors[iri],
            iri=iri,
            severity=severities[0][1:-1].removeprefix(SH),
            messages=[text_of(term) for term in self._axioms.terms(shape, f"{SH}message")],
            targets=self._constraints.targets(shape),
            paths=self._constraints.paths(shape),
            constraints=self._constraints.constraints(shape),
            queries=list(self._constraints.queries(shape)),
            used_by=[self._expressions.words(each) for each in self._users(shape)],
        )

    def _users(self, shape: str) -> Sequence[str]:
        """List the shapes that use a shape, directly or in a list."""
        found = {each for each in self._axioms.subjects(shape, *_USING) if each.startswith("<")}
        for user in self._shapes:
            lists = self._axioms.terms(user, *_LISTING)
            found |= {user for listed in lists if shape in self._axioms.members(listed)}
        return sorted(found)
