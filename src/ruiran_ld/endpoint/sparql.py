"""``/sparql``: the query operation of the SPARQL 1.1 Protocol, and the service description."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from hashlib import sha256
from ipaddress import IPv6Address, ip_address
from typing import Any, Final

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from ruiran_ld.endpoint import answers, description, formats, media, protocol
from ruiran_ld.endpoint.bodies import Bodies
from ruiran_ld.endpoint.engine import Answer, Engine
from ruiran_ld.endpoint.messages import Job
from ruiran_ld.endpoint.protocol import Query, RefusedError

_CACHING: Final = {"Cache-Control": "no-cache", "Vary": "Accept"}
_MAX_LOGGED: Final = 300
_NETWORK: Final = 64


class Sparql:
    """Answers requests to ``/sparql``.

    Args:
        engine: runs queries.
        max_body: bytes that a request may have.
        remarks: what the service description says for people.
    """

    def __init__(self, engine: Engine, max_body: int, remarks: str) -> None:
        self._engine = engine
        self._bodies = Bodies(max_body, engine.limits.timeout)
        self._remarks = remarks

    async def answer(self, request: Request) -> Response:
        """Answer a request.

        Raises:
            RefusedError: with the status that says why not.
        """
        if request.method == "OPTIONS":
            return Response(None, 204, {"Allow": ", ".join(protocol.METHODS)})
        if request.method != "POST":
            return await self._answer(request, b"")
        async with self._bodies.held(request.stream(), request.headers.get("content-length", "")) as body:
            return await self._answer(request, body)

    async def _answer(self, request: Request, body: bytes) -> Response:
        content_type, encoding = (request.headers.get(f"content-{name}", "") for name in ("type", "encoding"))
        asked = protocol.Request(request.method, request.scope["query_string"], content_type, encoding, body)
        operation = protocol.read(asked)
        accept = ", ".join(request.headers.getlist("accept")) or None
        if isinstance(operation, Query):
            return await self._run(request, operation, accept)
        return self._describe(request, accept)

    async def _run(self, request: Request, query: Query, accept: str | None) -> Response:
        digest = sha256(query.text.encode()).hexdigest()[:16]
        request.scope["state"]["logged"] |= {"query": query.text[:_MAX_LOGGED], "query_hash": digest}
        limits = self._engine.limits
        job = Job(
            query.text,
            query.default_graphs,
            query.named_graphs,
            solutions=media.choose(accept, list(formats.SOLUTIONS)),
            boolean=media.choose(accept, list(formats.BOOLEANS)),
            graph=media.choose(accept, list(formats.GRAPHS)),
            max_rows=limits.max_rows,
            max_bytes=limits.max_bytes,
            seconds=limits.timeout + 1,
        )
        answer = await _while_connected(request, self._engine.run(job, _client(request)))
        request.scope["state"]["logged"]["rows"] = answer.rows
        return answers.of_result(request, answer.content, answer.media_type, _CACHING)

    def _describe(self, request: Request, accept: str | None) -> Response:
        media_type = media.choose(accept, list(formats.GRAPHS))
        if media_type is None:
            raise RefusedError(406, f"the service description there is as {', '.join(formats.GRAPHS)}")
        address = str(request.url.replace(query="", fragment=""))
        try:
            content = description.write(address, self._engine.ready, media_type, self._remarks)
        except ValueError as error:
            raise RefusedError(400, "the address of this request is no IRI") from error
        return answers.of_bytes(request, content, media_type, _CACHING)


def _client(request: Request) -> str:
    """Tell who asks: an address, of IPv6 the network, of which one client has all addresses."""
    host = request.client.host if request.client else ""
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        return host
    if isinstance(address, IPv6Address):
        return str(int(address) >> (address.max_prefixlen - _NETWORK))
    return host


async def _while_connected(request: Request, work: Coroutine[Any, Any, Answer]) -> Answer:
    """Work for a client as long as it waits for the answer.

    Raises:
        ClientDisconnect: if it does not any more.
    """
    working = asyncio.create_task(work)
    gone = asyncio.create_task(_gone(request))
    try:
        await asyncio.wait({working, gone}, return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            raise ClientDisconnect
        return working.result()
    finally:
        gone.cancel()
        working.cancel()
        await asyncio.gather(gone, working, return_exceptions=True)


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
