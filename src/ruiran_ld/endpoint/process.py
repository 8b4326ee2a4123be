"""A worker seen from the endpoint: starts it, asks it, ends it."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from pathlib import Path
from typing import Final, TypeVar

from ruiran_ld.endpoint.messages import HEAD, Done, Failed, Job, Ready, Reply, Setup, decode_reply, encode
from ruiran_ld.endpoint.spool import PIECE, Spool

_COMMAND: Final = (sys.executable, "-P", "-m", "ruiran_ld.endpoint.worker")
_GRACE: Final = 2.0
_MAX_TOLD: Final = 1000
StreamT = TypeVar("StreamT")
ReplyT = TypeVar("ReplyT", Ready, Failed)


class WorkerEndedError(Exception):
    """The process ended by itself.

    Args:
        status: its exit status; negative for a signal.
        told: the last that it wrote to standard error.
    """

    def __init__(self, status: int, told: str) -> None:
        super().__init__(f"a worker ended with status {status}: {told}")
        self.status = status


class Worker:
    """A running worker; made by ``start``.

    Attributes:
        ready: what data it has.
    """

    def __init__(self, process: Process) -> None:
        self._process = process
        self._given, self._taken = _pipe(process.stdin), _pipe(process.stdout)
        self._told = b""
        self._listening = asyncio.create_task(self._listen(_pipe(process.stderr)))
        self._busy = asyncio.Lock()
        self.ready = Ready(0, {})

    @classmethod
    async def start(cls, setup: Setup) -> Worker:
        """Start a worker and wait until it has loaded the data.

        Raises:
            WorkerEndedError: if it cannot.
        """
        package = str(Path(__file__).parents[2])
        path = os.pathsep.join(filter(None, (package, os.environ.get("PYTHONPATH"))))
        process = await asyncio.create_subprocess_exec(
            *_COMMAND,
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
            env=os.environ | {"PYTHONPATH": path},
            start_new_session=True,  # so that the terminal's ^C reaches the endpoint alone, which ends its workers
        )
        worker = cls(process)
        try:
            reply = await worker._exchange(encode(setup), None)
        except BaseException:
            await worker.end()
            raise
        worker.ready = _expected(reply, Ready)
        return worker

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    async def ask(self, job: Job, into: Spool) -> Done | Failed:
        """Have a query answered.

        Args:
            job: the query.
            into: takes the answer.

        Raises:
            WorkerEndedError: if the process ends, which no query makes it do.
        """
        async with self._busy:
            reply = await self._exchange(encode(job), into)
        return reply if isinstance(reply, Done) else _expected(reply, Failed)

    async def _exchange(self, message: bytes, into: Spool | None) -> Reply:
        try:
            self._given.write(message)
            await self._given.drain()
            while True:
                is_piece, size = HEAD.unpack(await self._taken.readexactly(HEAD.size))
                content = await self._taken.readexactly(size)
                if not is_piece:
                    return decode_reply(content)
                if into is not None:
                    into.write(content)
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            raise WorkerEndedError(await self._end(), self.told) from error

    async def ended(self) -> None:
        """Wait until the process has ended."""
        await self._process.wait()

    @property
    def told(self) -> str:
        """The last that it, or a query in it, wrote to standard error."""
        return self._told.decode(errors="replace").strip()

    async def _listen(self, errors: asyncio.StreamReader) -> None:
        while content := await errors.read(1 << 12):
            self._told = (self._told + content)[-_MAX_TOLD:]

    def stop(self) -> None:
        """End the query that runs; it will be said of it that it failed."""
        self._signal(signal.SIGTERM)

    def lower(self) -> None:
        """Let others go before the query that runs."""
        self._signal(signal.SIGUSR1)

    async def end(self) -> None:
        """End the process and the query that it runs, and wait until it is gone."""
        self.stop()
        try:
            await asyncio.wait_for(self._busy.acquire(), _GRACE)
        except TimeoutError:
            self._signal(signal.SIGKILL)
            await self._busy.acquire()
        await self._end()
        self._listening.cancel()

    async def _end(self) -> int:
        self._given.close()  # which tells it that no more will come
        try:
            return await asyncio.wait_for(self._gone(), _GRACE)
        except TimeoutError:
            self._signal(signal.SIGKILL)
            return await self._gone()

    async def _gone(self) -> int:
        """Wait until the process is gone, for which all that it wrote has to be taken."""
        while await self._taken.read(PIECE):
            pass
        return await self._process.wait()

    def _signal(self, number: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError):
            self._process.send_signal(number)


def _pipe(stream: StreamT | None) -> StreamT:
    if stream is None:
        raise TypeError("the process was started without this pipe")
    return stream


def _expected(reply: Reply, type_: type[ReplyT]) -> ReplyT:
    if not isinstance(reply, type_):
        raise TypeError(f"a worker sent {reply} out of turn")
    return reply
