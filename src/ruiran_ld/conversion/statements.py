"""The statements of one document as N-Triples text, each written once, whichever of its claims states it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ruiran_ld.conversion.templates import objects_text, statement_texts, triples_text


class Statements:
    """Gathers the statements of one document's claims, to be named and written together at its end.

    Attributes:
        triples: what is stated -> its three terms.
        stated: for each claim that states something, its term and property, spaced, and its triples.
        direct: the triples that hold on their own too, some perhaps more than once.
    """

    __slots__ = ("direct", "stated", "triples")

    def __init__(self) -> None:
        self.triples: dict[str, tuple[str, str, str]] = {}
        self.stated: list[tuple[str, list[str]]] = []
        self.direct: list[str] = []

    def lines(self, mint: Callable[[Iterable[str]], list[str]]) -> list[str]:
        """Write all of them, named by what ``mint`` makes of their triples."""
        terms = mint(self.triples)
        term_of = dict(zip(self.triples, terms, strict=True)).__getitem__
        lines = statement_texts(zip(terms, self.triples.values(), strict=True))
        lines += [objects_text(start, map(term_of, triples)) for start, triples in self.stated]
        lines.append(triples_text(dict.fromkeys(self.direct)))
        return lines
