"""Answers of HTTP: files and results, both with ETag and 304, and refusals as plain text."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from email.utils import parsedate_to_datetime
from hashlib import sha256
from os import stat_result
from pathlib import Path
from typing import Final

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response, StreamingResponse

from ruiran_ld.endpoint.protocol import RefusedError
from ruiran_ld.endpoint.spool import PIECE, Spool

_DIGITS: Final = 32
_NOT_MODIFIED: Final = ("cache-control", "content-location", "etag", "last-modified", "vary")


def refused(refusal: RefusedError) -> Response:
    """Say why a request is not answered, in plain text."""
    headers = {"Cache-Control": "no-store", **refusal.headers}
    return PlainTextResponse(f"{refusal.message}\n", refusal.status, headers)


def of_file(request: Request, path: Path, found: stat_result, media_type: str, headers: Mapping[str, str]) -> Response:
    """Give a file, or say that the client has it already.

    Args:
        request: what was asked.
        path: the file.
        found: its state.
        media_type: what it is.
        headers: more of them.
    """
    every = {**headers, "ETag": _weak(f"{found.st_mtime_ns:x}-{found.st_size:x}")}
    return _unless_known(request, FileResponse(path, headers=every, media_type=media_type, stat_result=found))


def of_result(request: Request, content: Spool, media_type: str, headers: Mapping[str, str]) -> Response:
    """Give the answer to a query, and let go of it.

    Args:
        request: what was asked.
        content: the answer.
        media_type: what it is.
        headers: more of them.
    """
    etag = _weak(sha256(f"{media_type} {content.digest}".encode()).hexdigest()[:_DIGITS])
    every = {**headers, "ETag": etag, "Content-Length": str(content.size)}
    if content.size <= PIECE:
        small = b"".join(content.pieces())
        content.close()
        return _unless_known(request, Response(small, 200, every, media_type))
    response = _unless_known(request, StreamingResponse(_pieces(content), 200, every, media_type))
    if response.status_code == 304:
        content.close()
    return response


async def _pieces(content: Spool) -> AsyncIterator[bytes]:
    try:
        for piece in content.pieces():
            yield piece
    finally:
        content.close()


def of_bytes(request: Request, content: bytes, media_type: str, headers: Mapping[str, str]) -> Response:
    """Give a few bytes, or say that the client has them already."""
    every = {**headers, "ETag": _weak(sha256(media_type.encode() + content).hexdigest()[:_DIGITS])}
    return _unless_known(request, Response(content, 200, every, media_type))


def _weak(tag: str) -> str:
    """Write an entity tag: weak, since an answer that is packed is the same, but not its bytes (RFC 9110, 8.8.1)."""
    return f'W/"{tag}"'


def _unless_known(request: Request, response: Response) -> Response:
    """Answer 304 where the client's conditions say that it has the answer (RFC 9110, section 13.2.2)."""
    if request.method not in {"GET", "HEAD"} or not _is_known(request.headers, response.headers):
        return response
    return Response(None, 304, {name: value for name, value in response.headers.items() if name in _NOT_MODIFIED})


def _is_known(asked: Headers, given: Mapping[str, str]) -> bool:
    if (tags := asked.get("if-none-match")) is not None:
        known = {tag.strip().removeprefix("W/") for tag in tags.split(",")}
        return tags.strip() == "*" or given["etag"].removeprefix("W/") in known
    since, modified = asked.get("if-modified-since"), given.get("last-modified")
    if since is None or modified is None:
        return False
    try:
        return parsedate_to_datetime(modified) <= parsedate_to_datetime(since)
    except (TypeError, ValueError):
        return False
