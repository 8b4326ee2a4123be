"""Passages: stretches of a document's text, by position and hash, as N-Triples text, each written once."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from ruiran_ld.conversion.objects import Unfit
from ruiran_ld.errors import quoted
from ruiran_ld.lexical import SHA256, SPAN
from ruiran_ld.namespaces import OA, RDF, RR, XSD
from ruiran_ld.records import Document

_span = re.compile(SPAN).fullmatch
is_sha256 = re.compile(SHA256).fullmatch
_HASH_LENGTH: Final = 64
_SEAL: Final = "run 'ruiran-ld seal --texts DIR'"

_TYPE: Final = f" <{RDF}type> "
_A_PASSAGE: Final = f"{_TYPE}<{RR}Passage> .\n"
_HAS_SELECTOR: Final = f" <{OA}hasSelector> "
_SHA256: Final = f' <{RR}sha256> "'
_A_SELECTOR: Final = f"{_TYPE}<{OA}TextPositionSelector> .\n"
_START: Final = f' <{OA}start> "'
_STOP: Final = f' <{OA}end> "'
_NUMBER_END: Final = f'"^^<{XSD}nonNegativeInteger> .\n'


class UnsealedError(Unfit):
    """What stands as the hash of a passage is none."""


class Passages:
    """Writes the passages of one document (Web Annotation, section 4.2.4: text position selector), each with its hash.

    Their IRIs follow RFC 5147, section 2.

    Attributes:
        terms: span -> term of the passages, those left out whose span or hash is none.
    """

    __slots__ = ("_digests", "_length", "_prefix", "terms")

    def __init__(self, prefix: str, record: Document, lines: list[str]) -> None:
        self._prefix = prefix
        self._length = record.text.length
        self._digests = record.passages
        self.terms = self._write(lines)

    def _write(self, lines: list[str]) -> dict[str, str]:
        # One look at all hashes of a document; only where one is none, each is looked at.
        prefix, length, are_hashes = self._prefix, self._length, _are_sha256(self._digests.values())
        has_source = f" <{OA}hasSource> {prefix}> .\n"
        terms: dict[str, str] = {}
        for at, digest in self._digests.items():
            if (match := _span(at)) and (are_hashes or is_sha256(digest)):
                start, end = match.groups()
                if int(start) < int(end) <= length:
                    terms[at] = term = f"{prefix}#char={start},{end}>"
                    selector = f"{prefix}#selector={start},{end}>"
                    lines.append(
                        f"{term}{_A_PASSAGE}{term}{has_source}{term}{_HAS_SELECTOR}{selector} .\n"
                        f'{term}{_SHA256}{digest}" .\n{selector}{_A_SELECTOR}'
                        f"{selector}{_START}{start}{_NUMBER_END}{selector}{_STOP}{end}{_NUMBER_END}"
                    )
        return terms

    def unfit(self, at: str) -> Unfit:
        """Say why there is no passage at a span: it is none, is outside the text, or has no hash."""
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


def _are_sha256(digests: Collection[str]) -> bool:
    """Tell whether texts are 64 hexadecimal digits in lower case each."""
    joined = "".join(digests)
    try:
        return bytes.fromhex(joined).hex() == joined and {*map(len, digests)} <= {_HASH_LENGTH}
    except ValueError:
        return False
