"""Compiles the vocabulary: reads its parts off the triples of the ontology's Turtle files."""

from __future__ import annotations

import re
import warnings
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final, TypeVar

import pyoxigraph
from pyoxigraph import BlankNode, Literal, NamedNode

from ruiran_ld.errors import DataError, Place, Problem, gathered, quoted
from ruiran_ld.hierarchy import ancestors
from ruiran_ld.namespaces import EDTF, OWL, RDF, RDFS, RR, SCHEMA, SKOS, XSD
from ruiran_ld.vocabulary.terms import Authority, Class, Kind, Property, Realis, Status, Term, Vocabulary

_LOCAL_NAME: Final = re.compile(r"[^/#]+$")
_PROPERTY_TYPES: Final = tuple(f"{OWL}{name}" for name in ("ObjectProperty", "DatatypeProperty", "AnnotationProperty"))


TermT = TypeVar("TermT", bound="Term")

_SELF_DESCRIPTION: Final = frozenset(RR + name for name in ("curatorKey", "basis", "lowerBound", "upperBound"))
_KIND_OF_DATATYPE: Final = {
    f"{RDF}langString": Kind.LANG_STRING,
    f"{XSD}string": Kind.STRING,
    EDTF: Kind.EDTF,
    f"{XSD}date": Kind.DATE,
    f"{XSD}integer": Kind.INTEGER,
    f"{XSD}nonNegativeInteger": Kind.INTEGER,
    f"{XSD}decimal": Kind.DECIMAL,
    f"{XSD}boolean": Kind.BOOLEAN,
}


def _place(path: Path, line: int = 0) -> Place:
    """Name a file of the ontology, or its folder, from the dataset's folder."""
    return Place(path.name if path.suffix != ".ttl" else f"{path.parent.name}/{path.name}", line)


def ontology_files(folder: Path) -> list[Path]:
    """List the Turtle files of an ontology folder in the order of their names.

    Raises:
        DataError: if there is none.
    """
    files = sorted(folder.glob("*.ttl"))
    if not files:
        raise DataError(Problem("no ontology", "the folder needs Turtle files (*.ttl)", _place(folder)))
    return files


def compile_vocabulary(folder: Path) -> Vocabulary:
    """Compile the vocabulary from the Turtle files of a folder.

    Raises:
        DataError: for a file that is not Turtle, two terms with one key, a status without its axes.
    """
    return _Compiler(_index(ontology_files(folder)), folder).compile()


_Node = NamedNode | BlankNode | Literal
_Index = dict[str, dict[str, list[_Node]]]


def _index(files: Iterable[Path]) -> _Index:
    index: _Index = defaultdict(lambda: defaultdict(list))
    problems: list[Problem] = []
    for path in files:
        with gathered(problems):
            _read_into(index, path)
    if problems:
        raise DataError(problems)
    return index


def _read_into(index: _Index, path: Path) -> None:
    try:
        for quad in pyoxigraph.parse(path.read_bytes(), format=pyoxigraph.RdfFormat.TURTLE):
            # Turtle has no quoted triples as subjects or objects in RDF 1.1, which the files are in.
            index[str(quad.subject)][quad.predicate.value].append(quad.object)
    except OSError as error:
        raise DataError(
            Problem(f"cannot be read: {error.strerror}", "ontology/*.ttl are files", _place(path))
        ) from error
    except SyntaxError as error:
        raise DataError(
            Problem(f"not Turtle: {error.msg}", "mend the syntax", _place(path, error.lineno or 0))
        ) from error


def _subjects_by_type(index: _Index) -> dict[str, set[str]]:
    """Find the subjects of each type, by the type's IRI."""
    found: dict[str, set[str]] = defaultdict(set)
    for subject, facts in index.items():
        for type_ in facts.get(f"{RDF}type", ()):
            if isinstance(type_, NamedNode):
                found[type_.value].add(subject)
    return found


class _Compiler:
    """Reads the parts of a vocabulary off an index subject -> predicate -> objects."""

    def __init__(self, index: _Index, folder: Path) -> None:
        self.index = index
        self.place = _place(folder)
        self.problems: list[Problem] = []
        self.by_type = _subjects_by_type(index)
        self.ontologies = self.by_type.get(f"{OWL}Ontology", set())
        self.ancestors = {iri: ancestors(iri, self._super_classes) for iri in self._of_type(f"{OWL}Class")}

    def compile(self) -> Vocabulary:
        classes = [
            Class(self._key(iri), iri, self._label(iri), self.ancestors[iri])
            for iri in self._of_type(f"{OWL}Class")
            if self._is_own(iri)
        ]
        properties = [self._property(iri) for iri in self._of_type(*_PROPERTY_TYPES)]
        vocabulary = Vocabulary(
            classes={term.key: term for term in self._unique(classes)},
            properties={term.key: term for term in self._unique(filter(self._is_curators, properties))},
            all_properties=tuple(properties),
            concepts=self._concepts(),
            statuses={self._local(iri): self._status(iri) for iri in self._instances("EpistemicStatus")},
            realis=self._realis(),
            authorities={
                self._local(iri): Authority(self._text(iri, "uriSpace"), self._pattern(iri))
                for iri in self._instances("Authority")
            },
            prefixes=self._prefixes(),
            labels={iri: self._label(iri) for iri in self._subjects()},
            definitions={iri: text for iri in self._subjects() if (text := self._english(iri, f"{SKOS}definition"))},
        )
        if self.problems:
            raise DataError(self.problems)
        return vocabulary

    def _objects(self, iri: str, predicate: str) -> list[_Node]:
        return self.index.get(f"<{iri}>", {}).get(predicate, [])

    def _iris(self, iri: str, predicate: str) -> list[str]:
        return [node.value for node in self._objects(iri, predicate) if isinstance(node, NamedNode)]

    def _super_classes(self, iri: str) -> list[str]:
        return self._iris(iri, f"{RDFS}subClassOf")

    def _of_type(self, *types: str) -> list[str]:
        subjects = {subject for type_ in types for subject in self.by_type.get(type_, ())}
        return sorted(subject[1:-1] for subject in subjects if subject.startswith("<"))

    def _instances(self, class_name: str) -> list[str]:
        return self._of_type(*(iri for iri, ancestors in self.ancestors.items() if RR + class_name in ancestors))

    def _is_own(self, iri: str) -> bool:
        return any(f"<{defined}>" in self.ontologies for defined in self._iris(iri, f"{RDFS}isDefinedBy"))

    def _is_curators(self, term: Property) -> bool:
        # A term of others is a key of ours only where the ontology says what its values rest on.
        if not (self._is_own(term.iri) or term.basis) or term.iri in _SELF_DESCRIPTION:
            return False
        carriers = {f"{RR}Entity", f"{RR}Value"}
        return not term.domains or any(carriers & self.ancestors.get(domain, frozenset()) for domain in term.domains)

    @staticmethod
    def _local(iri: str) -> str:
        match = _LOCAL_NAME.search(iri)
        return match.group() if match else iri

    def _key(self, iri: str) -> str:
        keys = self._objects(iri, f"{RR}curatorKey")
        return keys[0].value if keys else self._local(iri)

    def _label(self, iri: str) -> str:
        return self._english(iri, f"{RDFS}label", f"{SKOS}prefLabel") or self._local(iri)

    def _english(self, iri: str, *predicates: str) -> str:
        for predicate in predicates:
            for node in self._objects(iri, predicate):
                if isinstance(node, Literal) and node.language in ("en", None):
                    return node.value
        return ""

    def _property(self, iri: str) -> Property:
        ranges = tuple(sorted({*self._iris(iri, f"{RDFS}range"), *self._iris(iri, f"{SCHEMA}rangeIncludes")}))
        one = {name: [*self._objects(iri, RR + name)] for name in ("basis", "lowerBound", "upperBound")}
        basis, lower, upper = (nodes[0].value if nodes else "" for nodes in one.values())
        return Property(
            key=self._key(iri),
            iri=iri,
            label=self._label(iri),
            kind=self._kind(iri, ranges),
            ranges=ranges,
            domains=tuple(sorted(self._iris(iri, f"{RDFS}domain"))),
            basis=basis,
            lower=lower,
            upper=upper,
            symmetric=f"<{iri}>" in self.by_type.get(f"{OWL}SymmetricProperty", ()),
        )

    def _kind(self, iri: str, ranges: Sequence[str]) -> Kind:
        datatypes = [_KIND_OF_DATATYPE[range_] for range_ in ranges if range_ in _KIND_OF_DATATYPE]
        if datatypes:
            return datatypes[0]
        above = [self.ancestors.get(range_, frozenset((range_,))) for range_ in ranges]
        for ancestor, kind in (
            (f"{SKOS}Concept", Kind.CONCEPT),
            (f"{RR}Value", Kind.VALUE),
            (f"{RR}AuthorityRecord", Kind.AUTHORITY),
        ):
            if any(ancestor in ancestors for ancestors in above):
                return kind
        for range_ in ranges:
            if range_.startswith(XSD):
                message = f"<{iri}> has values of <{range_}>, which nothing writes"
                self.problems.append(Problem(message, f"known are {', '.join(sorted(_KIND_OF_DATATYPE))}", self.place))
        is_object = f"<{iri}>" in self.by_type.get(f"{OWL}ObjectProperty", ())
        return Kind.REFERENCE if ranges or is_object else Kind.STRING

    def _unique(self, terms: Iterable[TermT]) -> list[TermT]:
        found: dict[str, TermT] = {}
        for term in terms:
            other = found.setdefault(term.key, term)
            if other is not term:
                message = f"<{other.iri}> and <{term.iri}> have one key, '{term.key}'"
                self.problems.append(Problem(message, "give one of them an rr:curatorKey", self.place))
        return list(found.values())

    def _concepts(self) -> dict[str, dict[str, str]]:
        classes = [iri for iri, ancestors in self.ancestors.items() if f"{SKOS}Concept" in ancestors]
        return {iri: {self._local(concept): concept for concept in self._of_type(iri)} for iri in sorted(classes)}

    def _status(self, iri: str) -> Status:
        realis = self._one_iri(iri, "defaultRealis")
        polarity = self._one_iri(iri, "polarity")
        negates = bool(polarity) and self._boolean(polarity, "negates")
        return Status(iri, realis, negates, self._boolean(iri, "establishes"))

    def _one_iri(self, iri: str, name: str) -> str:
        values = self._iris(iri, RR + name)
        return values[0] if len(values) == 1 else self._lacks(iri, name)

    def _text(self, iri: str, name: str) -> str:
        values = [node.value for node in self._objects(iri, RR + name) if isinstance(node, Literal)]
        return values[0] if len(values) == 1 else self._lacks(iri, name)

    def _boolean(self, iri: str, name: str) -> bool:
        return self._text(iri, name) in ("true", "1")

    def _pattern(self, iri: str) -> str:
        pattern = self._text(iri, "idPattern")
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error", FutureWarning)  # what Python will read otherwise some day
                re.compile(pattern)
        except (re.error, FutureWarning) as error:
            message = f"rr:idPattern of <{iri}> is no regular expression: {error}"
            self.problems.append(Problem(message, "mend it in the ontology", self.place))
            return ""
        return pattern

    def _realis(self) -> dict[str, Realis]:
        found: dict[int, str] = {}
        for iri in self._instances("Realis"):
            text = self._text(iri, "precedence")
            number = int(text) if re.fullmatch("[0-9]{1,9}", text) else len(found) - 10**9
            if text and number < 0:
                message = f"rr:precedence of <{iri}> is no whole number: {quoted(text)}"
                self.problems.append(Problem(message, "write digits", self.place))
            other = found.setdefault(number, iri)
            if other != iri:
                message = f"<{other}> and <{iri}> have one rr:precedence, {number}"
                self.problems.append(Problem(message, "give each its own: the lower one holds", self.place))
        return {iri: Realis(iri, number) for number, iri in found.items()}

    def _lacks(self, iri: str, name: str) -> str:
        self.problems.append(Problem(f"<{iri}> needs exactly one rr:{name}", "give it in the ontology", self.place))
        return ""

    def _prefixes(self) -> dict[str, str]:
        vann = "http://purl.org/vocab/vann/preferredNamespace"
        found = {}
        for ontology in sorted(self.ontologies):
            names = self.index[ontology].get(f"{vann}Prefix", [])
            spaces = self.index[ontology].get(f"{vann}Uri", [])
            if names and spaces:
                found[names[0].value] = spaces[0].value
        return found

    def _subjects(self) -> list[str]:
        return sorted(subject[1:-1] for subject in self.index if subject.startswith("<"))
