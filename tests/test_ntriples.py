"""Terms as text are what pyoxigraph reads and writes."""

from __future__ import annotations

import pyoxigraph
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ruiran_ld import ntriples
from ruiran_ld.namespaces import XSD

TEXTS = st.text(st.characters(codec="utf-8"))


@settings(max_examples=300, deadline=None, derandomize=True)
@given(TEXTS)
def test_literals_are_read_back_and_written_alike(text: str) -> None:
    for term, node in (
        (ntriples.string(text), pyoxigraph.Literal(text)),
        (ntriples.lang_string(text, "fa"), pyoxigraph.Literal(text, language="fa")),
        (ntriples.typed(text, f"{XSD}date"), pyoxigraph.Literal(text, datatype=pyoxigraph.NamedNode(f"{XSD}date"))),
    ):
        line = f"<x:s> <x:p> {term} ."
        (triple,) = ntriples.parsed(line.encode())
        assert triple.object == node
        assert ntriples.term(node) == term
        assert ntriples.canonical_lines(f"{line}\n{line}\n") == [line]
        assert ntriples.split(line) == ("<x:s>", "<x:p>", term)


@pytest.mark.parametrize("char", '<>"{}|^`\\ \n\x00[]%')
def test_what_no_iri_may_hold(char: str) -> None:
    assert not ntriples.is_iri(f"http://x/{char}")
    with pytest.raises(ValueError, match="not an IRI"):
        ntriples.iri(f"http://x/{char}")


def test_lines_are_sorted_by_code_point_and_joined_with_newlines() -> None:
    assert ntriples.join_lines(ntriples.canonical_lines("b\nä\na\u2028\nb\n\n")) == "a\u2028\nb\nä\n".encode()


@pytest.mark.parametrize("text", ["", "a", "//x/y", "#x", "http://x:y/"])
def test_what_is_no_absolute_iri(text: str) -> None:
    assert not ntriples.is_iri(text)


def test_what_is_an_iri() -> None:
    assert ntriples.iri("https://example.org/ä?b=c#d") == "<https://example.org/ä?b=c#d>"
