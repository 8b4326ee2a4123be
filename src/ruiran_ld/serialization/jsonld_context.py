"""The JSON-LD 1.1 context: a short name for each class and property of the ontology, with what its values are.

Names are the local names of the terms. Of two terms with one local name, the ontology's own comes first and the other
is written with its prefix. A prefix whose name is a term's is left out. There is no ``@vocab`` and no ``@base``: a key
that the context does not know is an error to be seen, not a new property.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from typing import Final

from ruiran_ld.namespaces import EDTF, OA, OWL, RDF, XSD
from ruiran_ld.serialization.prefixes import Prefixes
from ruiran_ld.serialization.presentation import Presentation
from ruiran_ld.vocabulary import Kind, Property, Vocabulary

FILE_NAME: Final = "context.jsonld"
MEDIA_TYPE: Final = "application/ld+json"

REFERENCE: Final = "@id"
LANGUAGE_MAP: Final = "@language"
PLAIN: Final = ""
CLASS: Final = "@type"

_is_name = re.compile(r"[A-Za-z][A-Za-z0-9_-]*").fullmatch
_local_name = re.compile(r"[^/#]*$")
# Characters after which a processor takes a term for a prefix without being told (JSON-LD 1.1, section 4.1.5).
_GEN_DELIMS: Final = (":", "/", "?", "#", "[", "]", "@")
_REFERENCES: Final = (Kind.REFERENCE, Kind.CONCEPT, Kind.VALUE, Kind.AUTHORITY)
_DATATYPES: Final = {
    Kind.EDTF: EDTF,
    Kind.DATE: f"{XSD}date",
    Kind.INTEGER: f"{XSD}integer",
    Kind.DECIMAL: f"{XSD}decimal",
    Kind.BOOLEAN: f"{XSD}boolean",
    Kind.STRING: PLAIN,
    Kind.LANG_STRING: LANGUAGE_MAP,
}


@dataclass(frozen=True, slots=True)
class ContextTerm:
    """A class or property by its short name.

    Attributes:
        name: the key in JSON.
        iri: the class or property.
        coercion: ``CLASS``; or what the values of the property are: ``REFERENCE`` (IRIs), ``LANGUAGE_MAP`` (texts by
            language), ``PLAIN`` (xsd:string), or the IRI of the datatype of its strings.
    """

    name: str
    iri: str
    coercion: str


_STANDARD: Final = (
    ContextTerm("subject", f"{RDF}subject", REFERENCE),
    ContextTerm("predicate", f"{RDF}predicate", REFERENCE),
    ContextTerm("object", f"{RDF}object", REFERENCE),
    ContextTerm("hasSource", f"{OA}hasSource", REFERENCE),
    ContextTerm("hasSelector", f"{OA}hasSelector", REFERENCE),
    ContextTerm("start", f"{OA}start", f"{XSD}nonNegativeInteger"),
    ContextTerm("end", f"{OA}end", f"{XSD}nonNegativeInteger"),
    ContextTerm("deprecated", f"{OWL}deprecated", f"{XSD}boolean"),
    ContextTerm("invalidatedAtTime", "http://www.w3.org/ns/prov#invalidatedAtTime", f"{XSD}dateTime"),
)


class Context:
    """The context of a dataset.

    Args:
        presentation: the vocabulary and the prefixes.
        schemes: URI schemes in use in a graph. A prefix or term of such a name is left out, since a processor would
            take an absolute IRI like ``tag:x`` for a compact one.

    """

    def __init__(self, presentation: Presentation, schemes: frozenset[str] = frozenset()) -> None:
        names: dict[str, ContextTerm] = {}
        iris: set[str] = set()
        for term in _candidates(presentation.vocabulary):
            if _is_name(term.name) and term.name not in schemes | names.keys() and term.iri not in iris:
                names[term.name] = term
                iris.add(term.iri)
        self.classes = {term.iri: term.name for term in names.values() if term.coercion == CLASS}
        self.properties = {term.iri: term for term in names.values() if term.coercion != CLASS}
        taken = schemes | names.keys()
        self.prefixes = Prefixes(pair for pair in presentation.general_prefixes() if pair[0] not in taken)
        self._splits: dict[str, tuple[str, str] | None] = {}

    def compact(self, iri: str) -> str:
        """Write an IRI as a compact IRI, or in full."""
        split = self._split(iri)
        return ":".join(split) if split and not split[1].startswith("//") else iri

    def _split(self, iri: str) -> tuple[str, str] | None:
        if iri not in self._splits:
            self._splits[iri] = self.prefixes.split(iri)
        return self._splits[iri]

    def restricted_to(self, iris: frozenset[str]) -> Context:
        """Give the context that a document with these IRIs needs: the same short names, without those of others."""
        small = copy(self)  # it has the same prefix for each of the IRIs, and shares what was split already
        small.classes = {iri: name for iri, name in self.classes.items() if iri in iris}
        small.properties = {iri: term for iri, term in self.properties.items() if iri in iris}
        coercions = (term.coercion for term in small.properties.values())
        splits = map(self._split, {*iris, *small.classes, *small.properties, *coercions})
        names = {split[0] for split in splits if split}
        small.prefixes = Prefixes(pair for pair in self.prefixes if pair[0] in names)
        return small

    def definition(self) -> Iterator[tuple[str, object]]:
        """Give the entries of ``@context``: version, prefixes, classes, properties."""
        yield "@version", 1.1
        for name, namespace in self.prefixes:
            yield name, namespace if namespace.endswith(_GEN_DELIMS) else {"@id": namespace, "@prefix": True}
        for iri, name in sorted(self.classes.items(), key=lambda item: item[1]):
            yield name, {"@id": self.compact(iri)}
        for term in sorted(self.properties.values(), key=lambda term: term.name):
            yield term.name, self._term(term)

    def _term(self, term: ContextTerm) -> dict[str, str]:
        entry = {"@id": self.compact(term.iri)}
        if term.coercion == LANGUAGE_MAP:
            entry["@container"] = "@language"
        elif term.coercion == REFERENCE:
            entry["@type"] = "@id"
        elif term.coercion != PLAIN:
            entry["@type"] = self.compact(term.coercion)
        return entry


def write_context(presentation: Presentation) -> Iterator[str]:
    """Write the context as a document of its own, one term a line, in pieces."""
    yield '{\n"@context": '
    yield from context_lines(Context(presentation))
    yield "\n}\n"


def context_lines(context: Context) -> Iterator[str]:
    """Write the value of ``@context``, one entry a line."""
    separator = "{\n"
    for name, value in context.definition():
        yield f"{separator} {json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}"
        separator = ",\n"
    yield "\n}"


def _candidates(vocabulary: Vocabulary) -> list[ContextTerm]:
    """List what could stand in the context: the ontology's own terms, the standard ones, what it declares of others."""
    own = tuple(vocabulary.prefixes.values())
    classes = [ContextTerm(_local(term.iri), term.iri, CLASS) for term in vocabulary.classes.values()]
    declared = sorted([*map(_property_term, vocabulary.all_properties), *classes], key=lambda term: term.iri)
    others = [term for term in declared if not term.iri.startswith(own)]
    return [*(term for term in declared if term.iri.startswith(own)), *_STANDARD, *others]


def _property_term(term: Property) -> ContextTerm:
    return ContextTerm(_local(term.iri), term.iri, _coercion(term))


def _coercion(term: Property) -> str:
    if term.kind in _REFERENCES:
        return REFERENCE
    expected = _DATATYPES[term.kind]
    in_ranges = [range_ for range_ in term.ranges if range_.startswith(XSD)]
    return in_ranges[0] if expected.startswith(XSD) and len(in_ranges) == 1 else expected


def _local(iri: str) -> str:
    match = _local_name.search(iri)
    return match.group() if match else ""
