"""What a property's values become: for each property of the vocabulary, a function from a value to a term.

The functions are compiled once from the vocabulary; a value that does not fit raises ``Unfit``, which the caller turns
into a problem with its place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, Final

import msgspec

from ruiran_ld import ntriples
from ruiran_ld.edtf_bounds import bounds
from ruiran_ld.errors import nearest, quoted
from ruiran_ld.identifiers import Namespace
from ruiran_ld.keys import concepts_of, value_properties
from ruiran_ld.ledger import Lookup
from ruiran_ld.lexical import CONTROL, DECIMAL, INTEGER
from ruiran_ld.namespaces import EDTF, RDF, RR, XSD
from ruiran_ld.records import Document
from ruiran_ld.vocabulary import Kind, Property, Vocabulary

TYPE: Final = f"<{RDF}type>"
_MOST_WORDS: Final = 40
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
    """Terms of the entities that may be referred to, by slug: those of the document, then those of the registers.

    A slug that was withdrawn stands for its replacement. Only a slug that is declared nowhere is looked up: the others
    cost what a dictionary costs.

    Attributes:
        replaced: withdrawn slugs that were referred to -> the slugs that they were taken as.
    """

    def __init__(self, local: Mapping[str, str], registered: Mapping[str, str], lookup: Lookup | None = None) -> None:
        super().__init__(local)
        self.registered = registered
        self.replaced: dict[str, str] = {}
        self._lookup = lookup

    def __missing__(self, slug: str) -> str:
        term = self.registered.get(slug) or self._replacement(slug)
        if term is None:
            known = [*self.registered, *self]
            message, remedy = self._lookup.story(slug) if self._lookup else ("", "")
            if message:
                raise Unfit(f"unknown reference {quoted(slug)}, which {message}", remedy)
            raise Unfit(f"unknown reference {quoted(slug)}", nearest(slug, known) or "declare it in a register")
        self[slug] = term
        return term

    def _replacement(self, slug: str) -> str | None:
        new = self._lookup.successor(slug) if self._lookup else ""
        term = self.get(new) or self.registered.get(new)
        if term is not None:
            self.replaced[slug] = new
        return term


class Scope(msgspec.Struct):
    """What the terms of one document, or of the registers, are written into.

    Attributes:
        references: slug -> term.
        language: tag of texts that give none.
        lines: N-Triples texts of one or more lines, each line with its newline.
        worded: the same, of lines that hold words of a curator, in any script. They are kept apart because one Persian
            letter would make all that it is joined with two bytes a character.
        values: terms of the structured values that were written already.
        mentioned: terms of entities that structured values refer to.
    """

    references: References
    language: str
    lines: list[str] = []
    worded: list[str] = []
    values: set[str] = set()
    mentioned: list[str] = []


Write = Callable[[Any, Scope], str]


class Writer(msgspec.Struct, frozen=True):
    """A property with its term and the function that writes its values as terms."""

    property: Property
    term: str
    write: Write
    is_reference: bool
    is_time: bool
    is_symmetric: bool


def compile_writers(vocabulary: Vocabulary, namespace: Namespace, lookup: Lookup | None = None) -> dict[str, Writer]:
    """Compile the writer of each property, by curator key."""
    writers: dict[str, Writer] = {}
    for key, property_ in vocabulary.properties.items():
        writers[key] = Writer(
            property=property_,
            term=f"<{property_.iri}>",
            write=_write(property_, vocabulary, namespace, writers, lookup),
            is_reference=property_.kind is Kind.REFERENCE,
            is_time=property_.iri == f"{RR}time",
            is_symmetric=property_.symmetric and property_.kind is Kind.REFERENCE,
        )
    return writers


def _write(
    property_: Property,
    vocabulary: Vocabulary,
    namespace: Namespace,
    writers: dict[str, Writer],
    lookup: Lookup | None,
) -> Write:
    match property_.kind:
        case Kind.CONCEPT:
            return _concept(property_, vocabulary, lookup)
        case Kind.VALUE:
            return _value(property_, vocabulary, namespace, writers)
        case Kind.AUTHORITY:
            return _authority(vocabulary)
        case kind:
            return _SIMPLE.get(kind) or _literal(_LEXICAL[kind])


def word_remedy(name: str, known: Iterable[str], lookup: Lookup | None) -> str:
    """Say what to write for a word that the ontology does not have: it was withdrawn, or one is near, or list them."""
    names = sorted(known)
    withdrawn = lookup.of_term(name) if lookup else ""
    return withdrawn or nearest(name, names) or f"known: {', '.join(names[:_MOST_WORDS])}"


def unknown_claim(record: Document, key: str, lookup: Lookup | None) -> Unfit:
    """Say that a document has no claim of a key, and what became of it if it had one."""
    message, remedy = lookup.story(f"{record.document}/{key}") if lookup else ("", "")
    if message:
        return Unfit(f"unknown claim {quoted(key)}, which {message}", remedy)
    return Unfit(f"unknown claim {quoted(key)}", word_remedy(key, record.claims, None))


def refuse_empty(value: Any) -> None:
    """Refuse a list of no values.

    Raises:
        Unfit: if it is one.
    """
    if value == []:
        raise Unfit("an empty list", "write a value or remove the key")


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


def literal(value: Any) -> str:
    """Write a scalar as a literal without tag and datatype, in its quotation marks.

    Raises:
        Unfit: where ``text_of`` does.
    """
    # A printable text, as most are, holds nothing to be refused, and at most two characters to escape.
    if type(value) is str and value and value.isprintable() and not value.isspace():
        return f'"{value}"' if '"' not in value and "\\" not in value else f'"{ntriples.escape_marks(value)}"'
    return ntriples.string(text_of(value))


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
    return f"{literal(value)}@{scope.language}"


def _string(value: Any, scope: Scope) -> str:  # noqa: ARG001 (the signature of all writers)
    return literal(value)


_SIMPLE: Final[Mapping[Kind, Write]] = {
    Kind.REFERENCE: _reference,
    Kind.LANG_STRING: _lang_string,
    Kind.STRING: _string,
}


def _concept(property_: Property, vocabulary: Vocabulary, lookup: Lookup | None) -> Write:
    terms = {key: f"<{iri}>" for key, iri in concepts_of(vocabulary, property_).items()}

    def write(value: Any, scope: Scope) -> str:  # noqa: ARG001 (the signature of all writers)
        name = text_of(value)
        term = terms.get(name)
        if term is None:
            raise Unfit(f"unknown {property_.label} {quoted(name)}", word_remedy(name, terms, lookup))
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
