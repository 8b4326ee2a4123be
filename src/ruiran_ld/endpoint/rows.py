"""Counts the rows of an answer while it is written, so that one with too many is ended and not finished."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from typing import Final

from pyoxigraph import QueryResultsFormat

_escape = re.compile(rb"\\.", re.DOTALL)
_quoted = re.compile(rb'"[^"]*"')
_ROW_OF_XML: Final = b"<result>"


class Rows(ABC):
    """A count of the rows in what was written so far; what is written comes in pieces cut anywhere."""

    def __init__(self) -> None:
        self.count = 0

    @abstractmethod
    def take(self, piece: bytes) -> None:
        """Take the next piece."""


class RowsOfTsv(Rows):
    """A line each, after the line of names; line ends in values are escaped."""

    def __init__(self) -> None:
        super().__init__()
        self.count = -1

    def take(self, piece: bytes) -> None:  # noqa: D102 (as above)
        self.count += piece.count(b"\n")


class RowsOfXml(Rows):
    """An element ``result`` each; in values, ``<`` is escaped."""

    def __init__(self) -> None:
        super().__init__()
        self._end = b""

    def take(self, piece: bytes) -> None:  # noqa: D102 (as above)
        text = self._end + piece
        self.count += text.count(_ROW_OF_XML)
        self._end = text[1 - len(_ROW_OF_XML) :]


class RowsOfJson(Rows):
    """An object each in the one array that has objects; outside of strings only they follow ``[`` or ``,``."""

    def __init__(self) -> None:
        super().__init__()
        self._open = b""
        self._before = b""

    def take(self, piece: bytes) -> None:  # noqa: D102 (as above)
        text = _escape.sub(b"", self._open + piece)
        escape = text[len(text.rstrip(b"\\")) :]
        plain, quote, _ = _quoted.sub(b"", text.removesuffix(escape)).partition(b'"')
        marks = self._before + plain
        self.count += marks.count(b"[{") + marks.count(b",{")
        self._before = b"" if quote else marks[-1:]
        self._open = quote + escape


OF_FORMAT: Final[Mapping[QueryResultsFormat, Callable[[], Rows]]] = {
    QueryResultsFormat.JSON: RowsOfJson,
    QueryResultsFormat.XML: RowsOfXml,
    QueryResultsFormat.TSV: RowsOfTsv,
}
