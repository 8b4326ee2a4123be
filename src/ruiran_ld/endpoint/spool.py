"""Holds an answer between the worker that writes it and the client that reads it, however slowly."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from tempfile import SpooledTemporaryFile
from typing import Final

PIECE: Final = 1 << 16
_IN_MEMORY: Final = 1 << 18


class Spool:
    """An answer: in memory while it is small, then in a file of no name. Written once, then read once."""

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 (closed by close)
        self._digest = sha256()
        self.size = 0

    def write(self, content: bytes) -> None:
        """Take the next piece."""
        self._file.write(content)
        self._digest.update(content)
        self.size += len(content)

    @property
    def digest(self) -> str:
        """SHA-256 of what was written, in hexadecimal."""
        return self._digest.hexdigest()

    def pieces(self) -> Iterator[bytes]:
        """Read it in pieces from its beginning."""
        self._file.seek(0)
        while piece := self._file.read(PIECE):
            yield piece

    def close(self) -> None:
        """Let go of it."""
        self._file.close()
