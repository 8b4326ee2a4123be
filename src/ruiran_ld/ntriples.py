"""N-Triples terms as text, in the canonical form of RDF 1.1 N-Triples, section 4, and RDFC-1.0.

A term, here and in all stages, is a ``str`` as it stands in an N-Triples file: ``<iri>``, ``"text"@en``,
``"5"^^<datatype>``. Whole graphs are sorted lists of lines; no graph object is built.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

import pyoxigraph

from ruiran_ld.namespaces import XSD

_ESCAPES: Final = {code: f"\\u{code:04X}" for code in (*range(0x20), 0x7F)} | {
    ord(char): f"\\{name}" for char, name in zip("\b\t\n\f\r", "btnfr", strict=True)
}
_is_control = re.compile("[\x00-\x1f\x7f]").search


def escape(text: str) -> str:
    """Escape the characters of a literal that N-Triples cannot hold as they are."""
    plain = escape_marks(text)
    # 'translate' takes ten times as long as the rest, and few texts need it.
    return plain if text.isprintable() or not _is_control(plain) else plain.translate(_ESCAPES)


def escape_marks(text: str) -> str:
    """Escape quotation marks and backslashes, all that a printable text can need."""
    return text.replace("\\", "\\\\").replace('"', '\\"')


def is_iri(text: str) -> bool:
    """Tell whether a text is an absolute IRI (RFC 3987), which is all that N-Triples readers take."""
    try:
        pyoxigraph.NamedNode(text)
    except ValueError:
        return False
    return True


def iri(text: str) -> str:
    """Write an IRI as a term.

    Raises:
        ValueError: if it is no absolute IRI.
    """
    if not is_iri(text):
        raise ValueError(f"not an IRI: {text!r}")
    return f"<{text}>"


def string(text: str) -> str:
    """Write a plain literal (xsd:string) as a term."""
    return f'"{escape(text)}"'


def lang_string(text: str, language: str) -> str:
    """Write a language-tagged literal as a term; the tag is a well-formed BCP 47 tag."""
    return f'"{escape(text)}"@{language}'


def typed(lexical: str, datatype: str) -> str:
    """Write a typed literal as a term; ``datatype`` is an IRI without angle brackets."""
    return string(lexical) if datatype == f"{XSD}string" else f'"{escape(lexical)}"^^<{datatype}>'


def canonical_lines(text: str | bytes) -> list[str]:
    """Sort the lines of an N-Triples text by code point and drop repeated ones; lines end without newline."""
    if isinstance(text, bytes):
        text = text.decode()
    return sorted(set(filter(None, text.split("\n"))))


def join_lines(lines: Iterable[str]) -> bytes:
    """Join lines without newlines into the bytes of an N-Triples file."""
    return "".join(f"{line}\n" for line in lines).encode()


def split(line: str) -> tuple[str, str, str]:
    """Split a canonical line without a blank node into its subject, predicate and object terms."""
    subject, predicate, rest = line.split(" ", 2)
    return subject, predicate, rest.removesuffix(" .")


def term(node: pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal) -> str:
    """Write a pyoxigraph term as a term of this module."""
    if isinstance(node, pyoxigraph.Literal):
        if node.language is not None:
            return lang_string(node.value, node.language)
        return typed(node.value, node.datatype.value)
    return str(node)


def line(triple: pyoxigraph.Triple) -> str:
    """Write a pyoxigraph triple as a line without newline.

    Raises:
        TypeError: if its object is a triple, as RDF 1.2 has it.
    """
    if isinstance(triple.object, pyoxigraph.Triple):
        raise TypeError(f"not RDF 1.1: {triple}")
    return f"{triple.subject} {triple.predicate} {term(triple.object)} ."


def parsed(text: bytes) -> Iterator[pyoxigraph.Triple]:
    """Read N-Triples as pyoxigraph triples.

    Raises:
        SyntaxError: where the text is not N-Triples.
    """
    for quad in pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.N_TRIPLES):
        yield quad.triple
