"""What the compiled vocabulary consists of: classes, properties and what their values are, statuses, authorities."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

import msgspec


class Kind(StrEnum):
    """What the values of a property are."""

    REFERENCE = "reference"
    CONCEPT = "concept"
    VALUE = "value"
    AUTHORITY = "authority"
    LANG_STRING = "lang_string"
    STRING = "string"
    EDTF = "edtf"
    DATE = "date"
    INTEGER = "integer"
    DECIMAL = "decimal"
    BOOLEAN = "boolean"


class Term(msgspec.Struct, frozen=True):
    """A class or property of the ontology: its key for curators, its IRI, its English label."""

    key: str
    iri: str
    label: str


class Class(Term, frozen=True):
    """A class with the IRIs of all its named super-classes, itself among them."""

    ancestors: frozenset[str]


class Property(Term, frozen=True):
    """A property and what its values are.

    Attributes:
        kind: what a value is.
        ranges: IRIs of the classes or the datatype of its values.
        domains: IRIs of the classes that rdfs:domain names.
        basis: ``register`` or ``derivation``; empty where direct triples rest on claims.
        lower: IRI of the property for the first day of an EDTF value, or empty.
        upper: the same for the last day.
        symmetric: whether the property holds both ways, so that its statements have one direction.
    """

    kind: Kind
    ranges: tuple[str, ...]
    domains: tuple[str, ...]
    basis: str
    lower: str
    upper: str
    symmetric: bool = False


class Status(msgspec.Struct, frozen=True):
    """An epistemic status: what claims that are put so do to statements and events."""

    iri: str
    realis: str
    negates: bool
    establishes: bool


class Realis(msgspec.Struct, frozen=True):
    """A realis value; over several claims, the one with the lowest precedence holds."""

    iri: str
    precedence: int


class Authority(msgspec.Struct, frozen=True):
    """A keeper of records elsewhere: how its identifiers look and what makes them IRIs."""

    uri_space: str
    pattern: str


class Vocabulary(msgspec.Struct, frozen=True):
    """The compiled ontology; see the module.

    Attributes:
        classes: by curator key.
        properties: what entities and structured values can carry, by curator key.
        all_properties: every property that the ontology declares, sorted by IRI.
        concepts: IRI of a concept class -> concept key -> concept IRI.
        statuses: by key.
        realis: by IRI.
        authorities: by key.
        prefixes: prefix -> namespace, as the ontology's headers prefer them.
        labels: IRI -> English label, of every term and concept.
        definitions: IRI -> English definition, of those that have one.
    """

    classes: Mapping[str, Class]
    properties: Mapping[str, Property]
    all_properties: tuple[Property, ...]
    concepts: Mapping[str, Mapping[str, str]]
    statuses: Mapping[str, Status]
    realis: Mapping[str, Realis]
    authorities: Mapping[str, Authority]
    prefixes: Mapping[str, str]
    labels: Mapping[str, str]
    definitions: Mapping[str, str]

    def is_a(self, class_key: str, ancestor: str) -> bool:
        """Tell whether a class, by key, is a sub-class of the class with the IRI ``ancestor``, or that class."""
        return ancestor in self.classes[class_key].ancestors
