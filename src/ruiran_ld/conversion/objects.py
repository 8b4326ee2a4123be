"""What a property's values become: for each property of the vocabulary, a function from a value to a term.

The functions are compiled once from the vocabulary; a value that does not fit raises ``Unfit``, which the caller turns
into a problem with its place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from ruiran_ld import ntriples
from ruiran_ld.edtf_bounds import bounds
from ruiran_ld.errors import nearest, quoted
from ruiran_ld.identifiers import Namespace
from ruiran_ld.keys import concepts_of, value_properties
from ruiran_ld.lexical import CONTROL, DECIMAL, INTEGER
from ruiran_ld.namespaces import EDTF, RDF, RR, XSD
from ruiran_ld.vocabulary import Kind, Property, Vocabulary

TYPE: Final = f"<{RDF}type>"
_control = re.compile(CONTROL).search
_integer = re.compile(INTEGER).fullmatch
_decimal = re.compile(DECIMAL).fullmatch


class Unfit(ValueError):  # noqa: N818 (not an error of ours to raise to people: it becomes a Problem)
    """A value that its property cannot have."""

    def __init__(self, message: str, remedy: str = "", key: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy
        self.key = key


class References(dict[str, str]):
    """Terms of the entities that may be referred to, by slug: those of the document, then those of the registers."""

    def __init__(self, local: Mapping[str, str], registered: Mapping[str, str]) -> None:
        super().__init__(local)
        self.registered = registered

    def __missing__(self, slug: str) -> str:
        term = self.registered.get(slug)
        if term is None:
            known = [*self.registered, *self]
            raise Unfit(f"unknown reference {quoted(slug)}", nearest(slug, known) or "declare it in a register")
        self[slug] = term
        return term


@dataclass(slots=True)
class Scope:
    """What the terms of one document, or of the registers, are written into.

    Attributes:
        references: slug -> term.
        language: tag of texts that give none.
        lines: N-Triples texts of one or more lines, each line with its newline.
        values: terms of the structured values that were written already.
        mentioned: terms of entities that structured values refer to.
    """

    references: References
    language: str
    lines: list[str] = field(default_factory=list)
    values: set[str] = field(default_factory=set)
    mentioned: list[str] = field(default_factory=list)


Write = Callable[[Any, Scope], str]


@dataclass(frozen=True, slots=True)
class Writer:
    """A property with its term and the function that writes its values as terms."""

    property: Property
    term: str
    write: Write
    is_reference: bool
    is_time: bool
    is_symmetric: bool


def compile_writers(vocabulary: Vocabulary, namespace: Namespace) -> dict[str, Writer]:
    """Compile the writer of each property, by curator key."""
    writers: dict[str, Writer] = {}
    for key, property_ in vocabulary.properties.items():
        writers[key] = Writer(
            property=property_,
            term=f"<{property_.iri}>",
            write=_write(property_, vocabulary, namespace, writers),
            is_reference=property_.kind is Kind.REFERENCE,
            is_time=property_.iri == f"{RR}time",
            is_symmetric=property_.symmetric and property_.kind is Kind.REFERENCE,
        )
    return writers


def _write(property_: Property, vocabulary: Vocabulary, namespace: Namespace, writers: dict[str, Writer]) -> Write:
    match property_.kind:
        case Kind.CONCEPT:
            return _concept(property_, vocabulary)
        case Kind.VALUE:
            return _value(property_, vocabulary, namespace, writers)
        case Kind.AUTHORITY:
            return _authority(vocabulary)
        case kind:
            return _SIMPLE.get(kind) or _literal(_LEXICAL[kind])


def text_of(value: Any) -> str:
    """Read a scalar as text.

    Raises:
        Unfit: for anything else, an empty text, or a control character, which no text of a curator holds.
    """
    if not isinstance(value, str):
        return _scalar(value)
    if not value or value.isspace():
        raise Unfit("an empty text", "write it or remove the key")
    if not value.isprintable() and _control(value):
        raise Unfit("a control character in a text", "remove it")
    return value


def _scalar(value: Any) -> str:
    # JSON may give numbers and truth values as such.
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    raise Unfit(f"{_shape(value)} where a text is expected", "write a single text")


def _shape(value: Any) -> str:
    return "a mapping" if isinstance(value, dict) else "a list" if isinstance(value, list) else "nothing"


def _reference(value: Any, scope: Scope) -> str:
    return scope.references[text_of(value)]


def _lang_string(value: Any, scope: Scope) -> str:
    return ntriples.lang_string(text_of(value), scope.language)


def _string(value: Any, scope: Scope) -> str:  # noqa: ARG001 (the signature of all writers)
    return ntriples.string(text_of(value))


_SIMPLE: Final[Mapping[Kind, Write]] = {
    Kind.REFERENCE: _reference,
    Kind.LANG_STRING: _lang_string,
    Kind.STRING: _string,
}


def _concept(property_: Property, vocabulary: Vocabulary) -> Write:
    terms = {key: f"<{iri}>" for key, iri in concepts_of(vocabulary, property_).items()}

    def write(value: Any, scope: Scope) -> str:  # noqa: ARG001 (the signature of all writers)
        name = text_of(value)
        term = terms.get(name)
        if term is None:
            raise Unfit(
                f"unknown {property_.label} {quoted(name)}", nearest(name, terms) or f"known: {', '.join(terms)}"
            )
        return term

    return write


def _authority(vocabulary: Vocabulary) -> Write:
    known = {key: (each.uri_space, re.compile(each.pattern)) for key, each in vocabulary.authorities.items()}

    def write(value: Any, scope: Scope) -> str:  # noqa: ARG001 (the signature of all writers)
        name, _, local = text_of(value).partition(":")
        if name not in known:
            raise Unfit(
                f"unknown authority {quoted(name)}", nearest(name, known) or f"known: {', '.join(sorted(known))}"
            )
        space, pattern = known[name]
        if not pattern.fullmatch(local) or not ntriples.is_iri(space + local):
            raise Unfit(f"{quoted(local)} is no identifier of {name}", f"one looks like {pattern.pattern}")
        return f"<{space}{local}>"

    return write


def _literal(lexical: Callable[[str], tuple[str, str]]) -> Write:
    def write(value: Any, scope: Scope) -> str:  # noqa: ARG001 (the signature of all writers)
        form, datatype = lexical(text_of(value))
        return f'"{form}"^^<{datatype}>'

    return write


def _edtf(text: str) -> tuple[str, str]:
    try:
        bounds(text)
    except ValueError as error:
        raise Unfit(str(error), "write YYYY-MM-DD, YYYY-MM, YYYY, with ~ or ?, or start/end") from error
    return text, EDTF


def _date(text: str) -> tuple[str, str]:
    try:
        return date.fromisoformat(text).isoformat(), f"{XSD}date"
    except ValueError as error:
        raise Unfit(f"{quoted(text)} is no date", "write YYYY-MM-DD") from error


def _number(text: str) -> tuple[str, str]:
    if not _integer(text):
        raise Unfit(f"{quoted(text)} is no whole number", "write digits only")
    return str(int(text)), f"{XSD}integer"


def _fraction(text: str) -> tuple[str, str]:
    if not _decimal(text):
        raise Unfit(f"{quoted(text)} is no decimal number", "write digits and a point")
    return text, f"{XSD}decimal"


def _truth(text: str) -> tuple[str, str]:
    if text not in ("true", "false"):
        raise Unfit(f"{quoted(text)} is neither true nor false", "write one of the two")
    return text, f"{XSD}boolean"


_LEXICAL: Final = {
    Kind.EDTF: _edtf,
    Kind.DATE: _date,
    Kind.INTEGER: _number,
    Kind.DECIMAL: _fraction,
    Kind.BOOLEAN: _truth,
}


def _value(property_: Property, vocabulary: Vocabulary, namespace: Namespace, writers: dict[str, Writer]) -> Write:
    """Compile the writer of structured values: a mapping becomes an individual named by the hash of its content."""
    class_iri = property_.ranges[0]
    carriers = value_properties(vocabulary, property_)

    def write(value: Any, scope: Scope) -> str:
        if not isinstance(value, dict) or not value:
            raise Unfit(f"{property_.label} is no mapping", f"write {{{', '.join(sorted(carriers))}}}")
        facts = [f"{TYPE} <{class_iri}>"]
        for key, inner in value.items():
            if key not in carriers:
                remedy = nearest(key, carriers) or f"known: {', '.join(sorted(carriers))}"
                raise Unfit(f"{property_.label} has an unknown key {quoted(key)}", remedy, key)
            writer = writers[key]
            if inner == []:
                raise Unfit(f"'{key}' is an empty list", "write a value or remove the key", key)
            for each in inner if isinstance(inner, list) else (inner,):
                term = writer.write(each, scope)
                facts.append(f"{writer.term} {term}")
                if writer.is_reference:
                    scope.mentioned.append(term)
        term = namespace.value(facts)
        if term not in scope.values:
            scope.values.add(term)
            scope.lines.extend(f"{term} {fact} .\n" for fact in facts)
        return term

    return write
