"""JSON-LD 1.1, compacted, with the context inline so that it is read without a network.

Numbers and booleans are JSON's own where the term names the datatype and the processor's canonical form is the lexical
form (JSON-LD 1.1 API, section 8.2.2); a value that a term cannot hold stands under the property's compact IRI instead.
Literals of xsd:double are refused: PyLD and jsonld.js both rewrite them, even those that are given as strings.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Final

from ruiran_ld.errors import InternalError, Problem
from ruiran_ld.namespaces import XSD
from ruiran_ld.serialization.graph import TYPE, Facts, Graph, is_iri, literal_parts
from ruiran_ld.serialization.jsonld_context import LANGUAGE_MAP, REFERENCE, Context, ContextTerm, context_lines
from ruiran_ld.serialization.presentation import Presentation

SUFFIX: Final = ".jsonld"
MEDIA_TYPE: Final = "application/ld+json"

_STRING: Final = f"{XSD}string"
_DOUBLE: Final = f"{XSD}double"
_INTEGERS: Final = frozenset(XSD + name for name in ("integer", "nonNegativeInteger", "positiveInteger"))
_is_integer = re.compile("0|-?[1-9][0-9]{0,14}").fullmatch
_BOOLEANS: Final = {"true": True, "false": False}

_Json = str | int | bool | dict[str, "_Json"] | list["_Json"]


def write(graph: Graph, presentation: Presentation) -> Iterator[str]:
    """Write a graph as one JSON-LD document, a node object for each subject, in pieces.

    Raises:
        InternalError: for a literal of xsd:double.
    """
    context = Context(presentation, uri_schemes(graph))
    yield from document(nodes(graph.subjects, context), context)


def nodes(subjects: Mapping[str, Facts], context: Context) -> Iterator[str]:
    """Write the node object of each subject under a context.

    Raises:
        InternalError: for a literal of xsd:double.
    """
    writer = _NodeWriter(context)
    for subject, facts in subjects.items():
        yield json.dumps(writer.node(subject, facts), ensure_ascii=False, indent=1)


def document(written: Iterable[str], context: Context) -> Iterator[str]:
    """Put node objects together to one JSON-LD document with its context, in pieces."""
    yield '{\n"@context": '
    yield from context_lines(context)
    yield ',\n"@graph": ['
    separator = "\n"
    for node in written:
        yield separator + node
        separator = ",\n"
    yield "\n]\n}\n"


def uri_schemes(graph: Graph) -> frozenset[str]:
    """List the URI schemes in use in a graph, which no prefix of a context may be called by."""
    terms = set(graph.subjects)
    for facts in graph.subjects.values():
        terms.update(facts, chain.from_iterable(facts.values()))
    iris = (term[1:-1] if is_iri(term) else literal_parts(term).datatype for term in terms)
    return frozenset(iri.partition(":")[0] for iri in iris)


class _NodeWriter:
    """Makes node objects under a context."""

    def __init__(self, context: Context) -> None:
        self.context = context

    def node(self, subject: str, facts: Facts) -> dict[str, _Json]:
        """Make the node object of a subject: ``@id``, ``@type``, then the keys by name."""
        entries: dict[str, _Json] = {}
        types = [term[1:-1] for term in facts.get(TYPE, ()) if is_iri(term)]
        for predicate, terms in facts.items():
            left = [term for term in terms if not is_iri(term)] if predicate == TYPE else terms
            entries.update(self._entries(predicate[1:-1], left))
        head: dict[str, _Json] = {"@id": self.context.compact(subject[1:-1])}
        if types:
            head["@type"] = _one_or_all([self._class(iri) for iri in types])
        return head | dict(sorted(entries.items()))

    def _class(self, iri: str) -> str:
        return self.context.classes.get(iri) or self.context.compact(iri)

    def _entries(self, predicate: str, terms: Sequence[str]) -> Iterator[tuple[str, _Json]]:
        definition = self.context.properties.get(predicate)
        fitting: list[_Json] = []
        texts: dict[str, list[_Json]] = {}
        others: list[_Json] = []
        for term in terms:
            if definition and definition.coercion == LANGUAGE_MAP and not is_iri(term) and literal_parts(term).language:
                lexical, language, _ = literal_parts(term)
                texts.setdefault(language, []).append(lexical)
                continue
            value = self._coerced(term, definition) if definition else None
            if value is None:
                others.append(self._explicit(term))
            else:
                fitting.append(value)
        if definition and texts:
            yield definition.name, {language: _one_or_all(texts[language]) for language in sorted(texts)}
        if definition and fitting:
            yield definition.name, _one_or_all(fitting)
        if others:
            yield self.context.compact(predicate), _one_or_all(others)

    def _coerced(self, term: str, definition: ContextTerm) -> _Json | None:
        """Write a value in the short form that the term's definition allows, if it allows one."""
        if is_iri(term):
            return self.context.compact(term[1:-1]) if definition.coercion == REFERENCE else None
        lexical, language, datatype = literal_parts(term)
        if language or datatype != (definition.coercion or _STRING):
            return None
        if datatype in _INTEGERS and _is_integer(lexical):
            return int(lexical)
        return _BOOLEANS.get(lexical, lexical) if datatype == f"{XSD}boolean" else lexical

    def _explicit(self, term: str) -> _Json:
        """Write a value so that it means the same under any key without a definition."""
        if is_iri(term):
            return {"@id": self.context.compact(term[1:-1])}
        lexical, language, datatype = literal_parts(term)
        if language:
            return {"@language": language, "@value": lexical}
        if datatype == _STRING:
            return lexical
        if datatype == _DOUBLE:
            raise InternalError(Problem(f"JSON-LD cannot hold {term} as it stands", "make it an xsd:decimal"))
        return {"@type": self.context.compact(datatype), "@value": lexical}


def _one_or_all(values: list[_Json]) -> _Json:
    return values[0] if len(values) == 1 else values
