"""Passages: stretches of a document's text, by position and hash, as N-Triples text, each written once."""

from __future__ import annotations

import re
from typing import Final

from ruiran_ld.conversion.objects import Unfit
from ruiran_ld.conversion.templates import passage_text
from ruiran_ld.errors import quoted
from ruiran_ld.lexical import SHA256, SPAN
from ruiran_ld.records import Document

_span = re.compile(SPAN).fullmatch
is_sha256 = re.compile(SHA256).fullmatch
_SEAL: Final = "run 'ruiran-ld seal --texts DIR'"


class UnsealedError(Unfit):
    """What stands as the hash of a passage is none."""


class Passages:
    """Writes the passages of one document; their IRIs follow RFC 5147, section 2.

    Attributes:
        terms: span -> term of the passages that were written.
    """

    __slots__ = ("_digests", "_length", "_lines", "_prefix", "terms")

    def __init__(self, prefix: str, record: Document, lines: list[str]) -> None:
        self._prefix = prefix
        self._length = record.text.length
        self._digests = record.passages
        self._lines = lines
        self.terms: dict[str, str] = {}

    def write(self, at: str) -> str:
        """Write a passage and its selector, and give its term.

        Raises:
            UnsealedError: if its hash is none.
            Unfit: if the span is none, is outside the text, or has no hash.
        """
        match = _span(at)
        digest = self._digests.get(at)
        if match is None or digest is None:
            raise self._unfit(at)
        start, end = match.groups()
        if not int(start) < int(end) <= self._length or not is_sha256(digest):
            raise self._unfit(at)
        term = f"{self._prefix}#char={start},{end}>"
        selector = f"{self._prefix}#selector={start},{end}>"
        self._lines.append(passage_text(term, f"{self._prefix}>", selector, digest, start, end))
        self.terms[at] = term
        return term

    def _unfit(self, at: str) -> Unfit:
        """Say why a span is not one, or has no hash."""
        match = _span(at)
        start, end = map(int, match.groups()) if match else (0, 0)
        digest = self._digests.get(at)
        if match is None:
            return Unfit(f"{quoted(at)} is no span", "write start-end in characters, such as 1059-1160")
        if start >= end:
            return Unfit(f"span {at} ends before it starts", "write the first character and the one after the last")
        if end > self._length:
            return Unfit(f"span {at} is outside the text of {self._length} characters", "mend it")
        if digest is None:
            return Unfit(f"span {at} has no hash", _SEAL)
        return UnsealedError(f"{quoted(digest)} is no SHA-256", _SEAL)
