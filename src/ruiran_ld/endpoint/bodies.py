"""Holds the bodies of requests, each no longer than it may be and no more of all than there is room for."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterable, AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from ruiran_ld.endpoint.protocol import RefusedError

SMALL: Final = 1 << 16
"""Bytes of each body that take no room, so that long bodies never keep ordinary queries out."""
_WHOLE: Final = 32
"""How many bodies of the greatest length there is room for."""


class Bodies:
    """The bodies that are held at a time: while they arrive, and until their queries are answered.

    Args:
        most: bytes of one.
        seconds: that one may take to arrive.
    """

    def __init__(self, most: int, seconds: float) -> None:
        self._most = most
        self._seconds = seconds
        self._room = _WHOLE * most

    @asynccontextmanager
    async def held(self, pieces: AsyncIterable[bytes], declared: str) -> AsyncIterator[bytes]:
        """Read a body, and hold it as long as the block runs.

        Args:
            pieces: what arrives.
            declared: the header Content-Length, empty if there is none.

        Raises:
            RefusedError: 408 for one that takes too long to arrive, 413 for one that is too long, 503 if there is no
                room for it now.
        """
        if declared.isdecimal() and int(declared) > self._most:
            raise self._too_long()
        body = bytearray()
        try:
            await self._read(pieces, body)
            yield bytes(body)
        finally:
            self._room += _beyond_small(len(body))

    async def _read(self, pieces: AsyncIterable[bytes], body: bytearray) -> None:
        try:
            async with asyncio.timeout(self._seconds):
                async for piece in pieces:
                    self._make_room(len(body), len(body) + len(piece))
                    body += piece
        except TimeoutError as error:
            raise RefusedError(408, "the request did not come to its end", {"Connection": "close"}) from error

    def _make_room(self, before: int, after: int) -> None:
        if after > self._most:
            raise self._too_long()
        more = _beyond_small(after) - _beyond_small(before)
        if more > self._room:
            headers = {"Retry-After": "1", "Connection": "close"}
            raise RefusedError(503, "too many long requests are held; ask again later", headers)
        self._room -= more

    def _too_long(self) -> RefusedError:
        return RefusedError(413, f"the request has more than {self._most:,} bytes")


def _beyond_small(length: int) -> int:
    return max(0, length - SMALL)
