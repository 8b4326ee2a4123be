"""Finds which terms the ontology, the shapes and the queries use, and in what position.

SPARQL is read by rdflib's parser, whether it stands in a file of its own or in a `sh:select` (SHACL, section 5.3.1).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import pyoxigraph as ox
from pyparsing import ParseException
from rdflib import URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, ORG, OWL, PROV, RDF, RDFS, SDO, SH, SKOS, VANN, VOID, XSD
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue

from ruiran_ld import namespaces as ns
from ruiran_ld.errors import Place, Problem
from ruiran_ld.ontology_checks.files import SourceFile

PUBLISHED_LISTS = (DCAT, DCTERMS, FOAF, ORG, OWL, PROV, RDF, RDFS, SDO, SH, SKOS, VANN, VOID, XSD)
"""Vocabularies of which rdflib carries the full list of terms."""

_QUERY_PROPERTIES = {ns.SH + name for name in ("select", "ask", "construct")}


class Position(StrEnum):
    """The position in which a term is used."""

    PREDICATE = "predicate"
    CLASS = "class"
    OTHER = "other"


@dataclass(frozen=True, slots=True, order=True)
class Use:
    """A use of a term in a file."""

    term: str
    position: Position
    file: str


def listed(term: str) -> bool | None:
    """Whether the vocabulary of a term has it; None where its list of terms is not at hand."""
    for vocabulary in PUBLISHED_LISTS:
        if term.startswith(str(vocabulary)) and term != str(vocabulary):
            return URIRef(term) in vocabulary
    return None


def uses_in_triples(file: SourceFile) -> Iterator[Use]:
    """All IRIs in the triples of a file, datatypes of literals among them."""
    for triple in file.triples:
        subject, predicate, value = triple.subject, triple.predicate, triple.object
        yield Use(predicate.value, Position.PREDICATE, file.name)
        if isinstance(subject, ox.NamedNode):
            yield Use(subject.value, Position.OTHER, file.name)
        if isinstance(value, ox.NamedNode):
            is_class = predicate.value == ns.RDF + "type"
            yield Use(value.value, Position.CLASS if is_class else Position.OTHER, file.name)
        elif isinstance(value, ox.Literal):
            yield Use(value.datatype.value, Position.OTHER, file.name)


def declared_prefixes(files: Iterable[SourceFile]) -> dict[str, str]:
    """Prefixes that `sh:declare` gives to the queries of the files (SHACL, section 5.2.1)."""
    prefix_of: dict[object, str] = {}
    namespace_of: dict[object, str] = {}
    for file in files:
        for triple in file.triples:
            if isinstance(triple.object, ox.Literal):
                if triple.predicate.value == ns.SH + "prefix":
                    prefix_of[triple.subject] = triple.object.value
                elif triple.predicate.value == ns.SH + "namespace":
                    namespace_of[triple.subject] = triple.object.value
    return {prefix: namespace_of[node] for node, prefix in prefix_of.items() if node in namespace_of}


def embedded_queries(file: SourceFile) -> Iterator[str]:
    """The SPARQL texts that stand as literals in a Turtle file."""
    for triple in file.triples:
        if triple.predicate.value in _QUERY_PROPERTIES and isinstance(triple.object, ox.Literal):
            yield triple.object.value


def uses_in_query(text: str, prefixes: dict[str, str], file: str) -> Iterator[Use] | Problem:
    """All IRIs of a SPARQL query, or the problem that keeps it from being parsed."""
    try:
        algebra = translateQuery(parseQuery(text), initNs=prefixes).algebra
    except ParseException as error:
        return Problem(f"is not SPARQL 1.1: {error}", "mend the syntax of the query", Place(file))
    except Exception as error:
        # rdflib raises Exception itself, and nothing narrower, for a prefix that nobody declared.
        if type(error) is not Exception:
            raise
        return Problem(f"is not SPARQL 1.1: {error}", "declare the prefix", Place(file))
    return _walk(algebra, file)


def _walk(node: object, file: str) -> Iterator[Use]:
    if isinstance(node, URIRef):
        yield Use(str(node), Position.OTHER, file)
    elif isinstance(node, CompValue):
        for key, value in node.items():
            if key == "triples":
                yield from _walk_triples(value, file)
            else:
                yield from _walk(value, file)
    elif isinstance(node, dict):
        yield from _walk([*node.keys(), *node.values()], file)
    elif isinstance(node, list | tuple | set | frozenset):
        for part in node:
            yield from _walk(part, file)
    elif hasattr(node, "args") or hasattr(node, "path") or hasattr(node, "arg"):
        # A property path: its parts stand in one of three attributes, by its kind.
        for use in _walk([getattr(node, name, None) for name in ("args", "path", "arg")], file):
            yield Use(use.term, Position.PREDICATE, file)


def _walk_triples(runs: Iterable[Sequence[object]], file: str) -> Iterator[Use]:
    # A pattern that was translated has its triples one by one, one inside EXISTS has them in runs.
    for run in runs:
        for subject, predicate, value in zip(run[::3], run[1::3], run[2::3], strict=True):
            yield from _walk(subject, file)
            if isinstance(predicate, URIRef):
                yield Use(str(predicate), Position.PREDICATE, file)
            else:
                yield from _walk(predicate, file)
            if isinstance(value, URIRef) and predicate == RDF.type:
                yield Use(str(value), Position.CLASS, file)
            else:
                yield from _walk(value, file)
