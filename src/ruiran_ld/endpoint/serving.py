"""Runs the application until a signal ends it."""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

import uvicorn
from starlette.applications import Starlette

from ruiran_ld.errors import InternalError, Place, Problem, UsageError

_MAX_CONNECTIONS: Final = 1000
_GRACE: Final = 5


def listen(host: str, port: int) -> socket.socket:
    """Bind a socket; port 0 for any that is free.

    Raises:
        UsageError: if the address cannot be had.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        remedy = "give another --host or --port"
        raise UsageError(Problem(f"cannot listen there: {error.strerror}", remedy, Place(f"{host}:{port}"))) from error


def url(bound: socket.socket) -> str:
    """Write the address of a bound socket."""
    host, port = bound.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def serve(application: Starlette, bound: socket.socket, on_ready: Callable[[], None]) -> None:
    """Serve until SIGINT or SIGTERM; requests that run are given some seconds to end.

    Args:
        application: what to serve.
        bound: where.
        on_ready: called once the workers are ready.

    Raises:
        InternalError: if the workers do not start.
    """
    config = uvicorn.Config(
        application,
        http="h11",  # which bounds the head of a request
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        limit_concurrency=_MAX_CONNECTIONS,
        timeout_graceful_shutdown=_GRACE,
    )
    server = _Server(config, on_ready)
    with bound, _ending(server):
        server.run(sockets=[bound])
    if not server.started:
        raise InternalError(Problem("the endpoint did not start", "see the log above"))


class _Server(uvicorn.Server):
    """Says when it is ready."""

    def __init__(self, config: uvicorn.Config, on_ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_ready = on_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._on_ready()


@contextmanager
def _ending(server: uvicorn.Server) -> Iterator[None]:
    """End the server, and not the process, by signals: uvicorn raises them again once it has ended."""

    def end(_number: int, _frame: FrameType | None) -> None:
        server.should_exit = True

    before = {number: signal.signal(number, end) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
