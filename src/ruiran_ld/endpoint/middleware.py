"""What happens to every request: it is logged; its answer gets headers of security, and is packed if that is liked."""

from __future__ import annotations

import logging
import time
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ruiran_ld.endpoint import media

_log = logging.getLogger(__name__)
_MAX_PATH: Final = 200
_PAGE_POLICY: Final = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_SECURITY: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "cross-origin",
}


class Watched:
    """Logs each request once its answer has gone out, and adds the headers of security.

    What a handler puts into ``request.state.logged`` is logged too.

    Args:
        app: the application.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = time.perf_counter()
        status, size = 0, 0
        logged: dict[str, object] = {}
        scope.setdefault("state", {})["logged"] = logged

        async def sent(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
                _secure(MutableHeaders(raw=message["headers"]))
            size += len(message.get("body", b""))
            await send(message)

        try:
            await self._app(scope, receive, sent)
        except Exception:
            status = status or 500  # what is answered further out
            raise
        finally:
            fields = {
                "client": (scope.get("client") or ("",))[0],
                "method": scope["method"],
                "path": scope["path"][:_MAX_PATH],
                "status": status,
                "bytes": size,
                "ms": round(1000 * (time.perf_counter() - begun), 1),
                **logged,
            }
            _log.info("request", extra={"fields": fields})


def _secure(headers: MutableHeaders) -> None:
    for name, value in _SECURITY.items():
        headers[name] = value
    if headers.get("content-type", "").startswith("text/html"):
        headers["Content-Security-Policy"] = _PAGE_POLICY


class Packed(GZipMiddleware):
    """Packs answers for clients that accept it; the middleware that it extends does not see that ``gzip;q=0`` refuses.

    Args:
        app: the application.
    """

    def __init__(self, app: ASGIApp) -> None:
        super().__init__(app, minimum_size=1000, compresslevel=5)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""
        if scope["type"] == "http":
            given = Headers(scope=scope).get("accept-encoding") or "identity"
            headers = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
            if media.choose(given, ["gzip"]):
                headers.append((b"accept-encoding", b"gzip"))
                send = _without_length(send) if scope["method"] == "HEAD" else send
            scope = {**scope, "headers": headers}
        await super().__call__(scope, receive, send)


def _without_length(send: Send) -> Send:
    """Leave out a length that may not be that of the packed answer (RFC 9110, section 8.6)."""

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=message["headers"])
            headers.add_vary_header("Accept-Encoding")
            del headers["Content-Length"]
        await send(message)

    return sent
