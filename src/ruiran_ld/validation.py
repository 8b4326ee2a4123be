"""Validation of the asserted graph against the shapes (SHACL, W3C Recommendation 2017), with a report for curators.

The data graph is the asserted data together with the ontology and its concepts; nothing is inferred first, because a
range axiom would repair the very errors that the shapes look for. pySHACL is used here and nowhere else, on rdflib's
own memory store: on other stores it was measured to be wrong.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final, cast

import pyoxigraph
from pyparsing import ParseException
from pyshacl import Validator
from pyshacl.errors import ReportableRuntimeError
from pyshacl.graph_abstraction import DataGraph
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result
from rdflib.term import Identifier, Node

from ruiran_ld.errors import DataError, Place, Problem
from ruiran_ld.namespaces import OA, RDF, RDFS, RR, SH, SKOS, XSD

SEVERITIES: Final = ("Violation", "Warning", "Info")
"""Local names of the severities, the gravest first (SHACL, section 2.1.4)."""

_MAX_STEPS: Final = 4  # from a structured value: statement, claim; from a position: passage, claim
_NO_STEP: Final = frozenset((URIRef(f"{RDF}type"),))
_STEPS_TO_CLAIM: Final = frozenset(
    URIRef(iri)
    for iri in (f"{RDF}object", f"{RR}states", f"{RR}denies", f"{RR}passage", f"{RR}attributedTo", f"{OA}hasSelector")
)
_REPEATED_PATHS: Final = {"zeroOrMorePath": "*", "oneOrMorePath": "+", "zeroOrOnePath": "?"}
_TERMS: Final = tuple(URIRef(f"{RDF}{part}") for part in ("subject", "predicate", "object"))
_LABELS: Final = tuple(URIRef(iri) for iri in (f"{RDFS}label", f"{SKOS}prefLabel", f"{RR}gist", f"{RR}name"))


@dataclass(frozen=True, slots=True)
class Finding:
    """One validation result (SHACL, section 3.6.2), with what a curator needs to find and to mend it.

    Attributes:
        severity: ``Violation``, ``Warning`` or ``Info``.
        shape: IRI of the shape that found it.
        constraint: which constraint of the shape, by its component's local name, such as ``MinCount``.
        message: what is wrong and what to do, from the shape.
        focus, path, value: focus node, property path and value, as terms or paths of SPARQL; empty where there is none.
        focus_label, path_label, value_label: the same in words.
        place: file and line that the result goes back to, if they are known.
    """

    severity: str
    shape: str
    constraint: str
    message: str
    focus: str
    path: str
    value: str
    focus_label: str
    path_label: str
    value_label: str
    place: Place | None

    @classmethod
    def of_records(cls, check: str, message: str, focus: str, place: Place) -> Finding:
        """Make a warning of what another check found in the records.

        Args:
            check: an IRI that says what was looked for.
            message: what is wrong and what to do.
            focus: IRI of what it is about.
            place: where it stands.
        """
        label = _local_name(focus)
        return cls("Warning", check, _local_name(check), message, f"<{focus}>", "", "", label, "", "", place)

    def sort_key(self) -> tuple[int | str, ...]:
        """Key that puts the gravest first, and results in the order of files and lines."""
        place = self.place or Place("")
        rest = (self.focus, self.shape, self.path, self.value, self.constraint, self.message)
        return (SEVERITIES.index(self.severity), place.file, place.line, *rest)

    def as_problem(self) -> Problem:
        """Say it as one of the problems that errors are made of."""
        path = self.path_label if self.path.count("<") == 1 and self.path.startswith("<") else ""
        value = self.value_label if self.value != self.focus else ""
        about = ": ".join(filter(None, (path, value)))
        about = f" ({about})" if about else ""
        return Problem(f"{self.focus_label}: {self.message}{about} [{_local_name(self.shape)}]", place=self.place)

    def as_json(self) -> dict[str, str | int | None]:
        """Give all fields by name, for a program."""
        found = {field.name: getattr(self, field.name) for field in fields(self) if field.name != "place"}
        file, line = (self.place.file, self.place.line) if self.place else (None, None)
        return {"file": file, "line": line, **found}


@dataclass(frozen=True, slots=True)
class Report:
    """All results of a validation, sorted; the data conforms if none of them is a violation."""

    findings: tuple[Finding, ...]

    @property
    def violations(self) -> tuple[Finding, ...]:
        """The findings for which the data does not conform."""
        return tuple(finding for finding in self.findings if finding.severity == SEVERITIES[0])

    @property
    def conforms(self) -> bool:
        """Whether there is no violation; warnings and infos are allowed."""
        return not self.violations

    def require_conformance(self) -> None:
        """Let nothing pass that does not conform.

        Raises:
            DataError: with a problem for each violation.
        """
        if violations := self.violations:
            raise DataError(finding.as_problem() for finding in violations)

    def as_text(self) -> str:
        """Write the report for people: a line for each finding, then a summary."""
        lines = [f"{finding.severity.lower()}: {finding.as_problem()}" for finding in self.findings]
        return "\n".join((*lines, self._summary())) + "\n"

    def as_json(self) -> str:
        """Write the report for programs, as one JSON object."""
        report = {"conforms": self.conforms, "findings": [finding.as_json() for finding in self.findings]}
        return json.dumps(report, ensure_ascii=False, indent=2) + "\n"

    def _summary(self) -> str:
        grave = len(self.violations)
        rest = len(self.findings) - grave
        verdict = "does not conform" if grave else "conforms"
        return f"{verdict}: {_count(grave, 'violation')}, {_count(rest, 'warning')}"


class Validation:
    """The shapes and the ontology, loaded once, to validate data against as often as needed."""

    def __init__(self, ontology: Iterable[Path], shapes: Iterable[Path]) -> None:
        """Load both.

        Args:
            ontology: the Turtle files of the ontology, with all concepts that the data may use.
            shapes: the Turtle files of the shapes.

        Raises:
            DataError: where a file is not Turtle.
        """
        self._ontology = [triple for file in sorted(ontology) for triple in _turtle(file)]
        self._shapes = Graph(bind_namespaces="none")
        for file in sorted(shapes):
            _fill(self._shapes, _turtle(file))
        self._prepared: dict[str, Query] = {}

    def validate(self, data: str | bytes, places: Mapping[str, Place]) -> Report:
        """Validate N-Triples.

        Args:
            data: the asserted graph.
            places: file and line by the IRI of each entity, document and claim. Other nodes take the place of what
                leads to them.

        Raises:
            DataError: where the data is not N-Triples, or a shape is not well-formed and so cannot be applied.
        """
        graph = _PreparingGraph(self._prepared)
        _fill(graph, _parsed(data, pyoxigraph.RdfFormat.N_TRIPLES, "the data"))
        _fill(graph, self._ontology)
        reader = _ResultReader(graph, self._shapes, places)
        return Report(tuple(sorted(set(reader.findings(self._results(graph))), key=Finding.sort_key)))

    def _results(self, graph: _PreparingGraph) -> Graph:
        validator = Validator(DataGraph.from_rdflib_graph(graph), shacl_graph=self._shapes, options={"inplace": True})
        try:
            _, results, _ = validator.run()  # type: ignore[no-untyped-call]  # pySHACL has types, but not here
        except (ReportableRuntimeError, ParseException) as error:
            raise DataError(
                Problem(f"a shape cannot be applied: {error}", "correct it in the shapes folder")
            ) from error
        return cast("Graph", results)


def validate(
    data: str | bytes, ontology: Iterable[Path], shapes: Iterable[Path], places: Mapping[str, Place] | None = None
) -> Report:
    """Validate N-Triples once; see :class:`Validation`."""
    return Validation(ontology, shapes).validate(data, places or {})


class _PreparingGraph(Graph):
    """A graph in memory that parses each text of a query once.

    pySHACL asks the same query for every focus node and gives it as text; parsing took nine tenths of its time.
    """

    def __init__(self, prepared: dict[str, Query]) -> None:
        super().__init__(bind_namespaces="none")
        self._prepared = prepared

    def query(self, query_object: Any, *args: Any, **options: Any) -> Result:
        if isinstance(query_object, str):
            if query_object not in self._prepared:
                self._prepared[query_object] = prepareQuery(query_object)
            query_object = self._prepared[query_object]
        return super().query(query_object, *args, **options)


class _ResultReader:
    """Reads pySHACL's results graph, and finds words and places for its nodes in the data graph."""

    def __init__(self, data: Graph, shapes: Graph, places: Mapping[str, Place]) -> None:
        self._data = data
        self._shapes = shapes
        self._places = places

    def findings(self, results: Graph) -> Iterator[Finding]:
        for result in results.objects(None, URIRef(f"{SH}result")):
            parts = {str(p).removeprefix(SH): o for p, o in results.predicate_objects(result)}
            messages = sorted(str(text) for text in results.objects(result, URIRef(f"{SH}resultMessage")))
            yield self._finding(parts, " ".join(messages))

    def _finding(self, parts: Mapping[str, Node], message: str) -> Finding:
        shape, focus, value = parts["sourceShape"], parts["focusNode"], parts.get("value")
        path = parts.get("resultPath")
        if isinstance(path, BNode):  # a path that is more than a property is read where it is written
            path = self._shapes.value(shape, URIRef(f"{SH}path"))
        return Finding(
            severity=str(parts["resultSeverity"]).removeprefix(SH),
            shape=str(shape),
            constraint=str(parts["sourceConstraintComponent"]).removeprefix(SH).removesuffix("ConstraintComponent"),
            message=self._in_words(message),
            focus=_term(focus),
            path=self._path(path, _term) if path else "",
            value=_term(value) if value is not None else "",
            focus_label=self.label(focus),
            path_label=self._path(path, self.label) if path else "",
            value_label=self.label(value) if value is not None else "",
            place=self._place_of_triple(focus, path, value) or self.place(focus),
        )

    def _in_words(self, message: str) -> str:
        """Put labels for the IRIs that SPARQL constraints have put into a message."""
        words = (word.rstrip(".,:;") for word in message.split() if "://" in word)
        for iri in sorted(set(words), key=len, reverse=True):
            message = message.replace(iri, self.label(URIRef(iri)))
        return message

    # --- Words -----------------------------------------------------------------------------------------------------

    def label(self, node: Node) -> str:
        """Say a node in words: its English label, the terms of a statement, or the end of its IRI."""
        if isinstance(node, Literal):
            return f"'{node}'"
        for predicate in _LABELS:
            texts = [text for text in self._data.objects(node, predicate) if isinstance(text, Literal)]
            if texts:
                return f"'{min(texts, key=lambda text: (text.language != 'en', text.language or '', str(text)))}'"
        terms = [min(self._data.objects(node, part), key=str, default=None) for part in _TERMS]
        if None not in terms:
            return " – ".join(self.label(term) for term in terms if term is not None)
        return _local_name(str(node))

    def _path(self, path: Node, name: Callable[[Node], str]) -> str:
        """Write a property path in the syntax of SPARQL, each property as ``name`` does (SHACL, section 2.3.1)."""
        if isinstance(path, URIRef):
            return name(path)
        parts = {str(p).removeprefix(SH): o for p, o in self._shapes.predicate_objects(path)}
        if "inversePath" in parts:
            return f"^{self._path(parts['inversePath'], name)}"
        if "alternativePath" in parts:
            branches = self._shapes.items(parts["alternativePath"])
            return f"({'|'.join(self._path(branch, name) for branch in branches)})"
        for repeated, mark in _REPEATED_PATHS.items():
            if repeated in parts:
                return f"{self._path(parts[repeated], name)}{mark}"
        return "/".join(self._path(step, name) for step in self._shapes.items(path))

    # --- Places ----------------------------------------------------------------------------------------------------

    def _place_of_triple(self, focus: Node, path: Node | None, value: Node | None) -> Place | None:
        """Find the claim that gives the triple a result complains of: that is the line to mend, not the event's."""
        if value is None or not isinstance(path, URIRef):
            return None
        statements = self._data.subjects(_TERMS[2], value)
        places = (self.place(node) for node in statements if self._states(node, focus, path))
        return min(filter(None, places), default=None)

    def _states(self, statement: Node, subject: Node, predicate: Node) -> bool:
        return all((statement, *term) in self._data for term in zip(_TERMS, (subject, predicate), strict=False))

    def place(self, node: Node) -> Place | None:
        """Find the place of a node: its own, or that of the nearest nodes that lead to it, the first of them."""
        return (
            self._places.get(str(node))
            or self._walk(node, _STEPS_TO_CLAIM)
            or self._walk(node, None)
            or self._walk_subject(node)
        )

    def _walk(self, node: Node, steps: frozenset[URIRef] | None) -> Place | None:
        level, seen = {node}, {node}
        for _ in range(_MAX_STEPS):
            level = {
                source
                for target in level
                for source, predicate in self._data.subject_predicates(target)
                if source not in seen and (predicate in steps if steps else predicate not in _NO_STEP)
            }
            if found := [self._places[str(source)] for source in level if str(source) in self._places]:
                return min(found)
            seen |= level
        return None

    def _walk_subject(self, node: Node) -> Place | None:
        """A statement that no claim makes, or an identity link, is at the place of its subject."""
        subjects = self._data.objects(node, _TERMS[0])
        return min((self._places[str(thing)] for thing in subjects if str(thing) in self._places), default=None)


def _turtle(file: Path) -> list[tuple[Identifier, Identifier, Identifier]]:
    return list(_parsed(file.read_bytes(), pyoxigraph.RdfFormat.TURTLE, str(file)))


def _parsed(
    text: str | bytes, rdf_format: pyoxigraph.RdfFormat, name: str
) -> Iterator[tuple[Identifier, Identifier, Identifier]]:
    """Parse with pyoxigraph into rdflib terms, lexical forms as they stand; ten times faster than rdflib's parsers."""
    try:
        for quad in pyoxigraph.parse(text, format=rdf_format, rename_blank_nodes=True):
            yield _node(quad.subject), _node(quad.predicate), _node(quad.object)
    except SyntaxError as error:
        raise DataError(Problem(f"{name} cannot be read: {error}", "correct the syntax")) from error


def _node(term: Any) -> Identifier:
    if isinstance(term, pyoxigraph.NamedNode):
        return URIRef(term.value)
    if isinstance(term, pyoxigraph.BlankNode):
        return BNode(term.value)
    if term.language:
        return Literal(term.value, lang=term.language)
    datatype = None if term.datatype.value == f"{XSD}string" else URIRef(term.datatype.value)  # as rdflib's parsers do
    return Literal(term.value, datatype=datatype, normalize=False)


def _fill(graph: Graph, triples: Iterable[tuple[Identifier, Identifier, Identifier]]) -> None:
    for triple in triples:
        graph.add(triple)


def _term(node: Node) -> str:
    return "_:" if isinstance(node, BNode) else node.n3() if isinstance(node, Identifier) else str(node)


def _local_name(iri: str) -> str:
    """Cut an IRI to the part that a curator would know: the slug, the document and the key, the shape's name."""
    _, found, rest = iri.partition("/id/")
    return rest if found else iri.rstrip("/").rpartition("#" if "#" in iri else "/")[2]


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def profiles(files: Iterable[Path]) -> dict[str, str]:
    """Tell which profile each shape belongs to: IRI of the shape -> name of its file without suffix."""
    found: dict[str, str] = {}
    for path in files:
        for quad in pyoxigraph.parse(path=str(path), format=pyoxigraph.RdfFormat.TURTLE):
            if isinstance(quad.subject, pyoxigraph.NamedNode):
                found.setdefault(quad.subject.value, path.stem)
    return found
