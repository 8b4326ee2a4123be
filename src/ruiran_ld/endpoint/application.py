"""The application: which path leads where."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, cast
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from ruiran_ld.dereferencing.layout import FORMS, VOID
from ruiran_ld.endpoint import answers
from ruiran_ld.endpoint.engine import Engine
from ruiran_ld.endpoint.leads import Elsewhere, File, Site, Unacceptable, relative
from ruiran_ld.endpoint.middleware import Packed, Watched
from ruiran_ld.endpoint.protocol import METHODS, RefusedError
from ruiran_ld.endpoint.sparql import Sparql

_READ: Final = ("GET", "HEAD", "OPTIONS")
_CACHING: Final = {"Cache-Control": "public, max-age=300"}
_VARYING: Final = {**_CACHING, "Vary": "Accept"}
_CORS: Final[Mapping[str, Any]] = {
    "allow_origins": ["*"],
    "allow_methods": METHODS,
    "allow_headers": ["If-None-Match", "If-Modified-Since", "Range"],
    "expose_headers": ["ETag", "Content-Length", "Content-Range", "Location", "Retry-After"],
    "max_age": 86400,
}
_MEDIA_TYPES: Final[Mapping[str, str]] = {
    **{form.suffix: form.media_type for form in FORMS},
    ".trig": "application/trig",
    ".rq": "application/sparql-query",
    ".ru": "application/sparql-update",
    ".rdfp": "application/rdf-patch",
    ".tsv": "text/tab-separated-values",
    ".csv": "text/csv",
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".wasm": "application/wasm",
    ".md": "text/markdown",
    ".yaml": "application/yaml",
    ".txt": "text/plain",
    ".cff": "text/plain",
    "": "text/plain",
}
"""Of files, by their endings; the same on every machine, whatever its own tables say."""


@dataclass(frozen=True, slots=True)
class Options:
    """What the application gives.

    Attributes:
        folder: where the files of the site stand; None to give none.
        site: what leads to them.
        void: the file at ``/.well-known/void`` where there is no site; None for none.
        max_body: bytes that a request may have.
        queries_at: the path at which queries are answered.
    """

    folder: Path | None
    site: Site
    void: Path | None = None
    max_body: int = 1_000_000
    queries_at: str = "/sparql"


def build(options: Options, engine: Engine) -> Starlette:
    """Build the application; it starts the engine when the server starts, and closes it with it."""

    @asynccontextmanager
    async def running(_app: Starlette) -> AsyncIterator[None]:
        try:
            await engine.start()
            yield
        finally:
            await engine.close()

    sparql = Sparql(engine, options.max_body, remarks(engine))
    return Starlette(
        routes=[
            Route(options.queries_at, _Endpoint(sparql.answer)),
            Route("/healthz", _Endpoint(_Health(engine).answer)),
            Route("/{path:path}", _Endpoint(_Files(options).answer)),
        ],
        middleware=[
            Middleware(Watched),
            Middleware(CORSMiddleware, **_CORS),
            Middleware(Packed),
        ],
        exception_handlers={RefusedError: _refused, ClientDisconnect: _nobody_there},
        lifespan=running,
    )


def remarks(engine: Engine) -> str:
    """Say for people what queries may take."""
    limits = engine.limits
    return (
        f"To read only. A query may take {limits.timeout:g} seconds and {limits.memory / 1e6:.0f} MB, and its answer "
        f"{limits.max_rows:,} rows and {limits.max_bytes / 1e6:.0f} MB; an answer is given whole or refused, never "
        "cut. SERVICE is refused. The default graph holds everything, with what follows by the ontology; the named "
        "graphs hold what each document claims."
    )


class _Endpoint:
    """Makes an application of a handler, which gets requests of every method.

    Args:
        handler: answers a request.
    """

    def __init__(self, handler: Callable[[Request], Awaitable[Response]]) -> None:
        self._handler = handler

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""
        response = await self._handler(Request(scope, receive, send))
        await response(scope, receive, send)


class _Health:
    """Tells programs that look after the server whether queries can be answered."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def answer(self, request: Request) -> Response:
        _require_reading(request)
        state = self._engine.state
        alive = state["workers"] > 0
        content = {"status": "ok" if alive else "no worker", **state}
        return JSONResponse(content, 200 if alive else 503, {"Cache-Control": "no-store"})


class _Files:
    """Gives the files of the site, and leads from IRIs to them."""

    def __init__(self, options: Options) -> None:
        self._options = options

    async def answer(self, request: Request) -> Response:
        _require_reading(request)
        if request.method == "OPTIONS":
            return Response(None, 204, {"Allow": ", ".join(_READ)})
        path: str = request.path_params["path"]
        options = self._options
        if options.folder is None:
            if path == VOID and options.void is not None:
                return self._file(request, options.void)
            raise RefusedError(404, f"there are no files here; queries are answered at {options.queries_at}")
        accept = ", ".join(request.headers.getlist("accept")) or None
        lead = options.site.lead(path, accept)
        if isinstance(lead, File):
            return self._file(request, options.folder / lead.name)
        if isinstance(lead, Elsewhere):
            headers = {"Location": quote(relative(path, lead.name)), **(_VARYING if lead.negotiated else _CACHING)}
            return Response(None, lead.status, headers)
        if isinstance(lead, Unacceptable):
            raise RefusedError(406, f"there is: {', '.join(lead.offered)}", {"Vary": "Accept"})
        raise _nothing()

    def _file(self, request: Request, path: Path) -> Response:
        try:
            found = path.stat()
        except OSError as error:  # taken away since the files were listed
            raise _nothing() from error
        # What is well known has no ending: there is VoID, as Turtle.
        media_type = FORMS[0].media_type if path.as_posix().endswith(VOID) else _media_type(path)
        return answers.of_file(request, path, found, media_type, _CACHING)


def _nothing() -> RefusedError:
    return RefusedError(404, "nothing of this name is published here", {"Vary": "Accept"})


def _media_type(path: Path) -> str:
    return _MEDIA_TYPES.get(path.suffix.lower(), "application/octet-stream")


def _require_reading(request: Request) -> None:
    if request.method not in _READ:
        raise RefusedError(405, f"{request.method} changes nothing here", {"Allow": ", ".join(_READ)})


async def _refused(_request: Request, error: Exception) -> Response:
    return answers.refused(cast("RefusedError", error))


async def _nobody_there(_request: Request, _error: Exception) -> Response:
    return Response(None, 499)  # nobody gets it; the log says with it, as that of nginx, that the client had gone
