"""Runs queries in a pool of workers: bounds what each may take, ends what takes longer, and starts workers anew.

A query that has run for a moment (``Limits.patience``) is a long one. Long queries go on with low priority and only so
many at a time; one more is ended at once. So there are always workers that come free within that moment, and short
queries never wait for long ones.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from msgspec import structs

from ruiran_ld.endpoint.limits import Limits
from ruiran_ld.endpoint.messages import Done, Failed, Job, Ready, Setup
from ruiran_ld.endpoint.process import Worker, WorkerEndedError
from ruiran_ld.endpoint.protocol import RefusedError
from ruiran_ld.endpoint.spool import Spool
from ruiran_ld.endpoint.turns import QueueFullError, Turns

_PAUSE: Final = 1.0
_AGAIN: Final = 0.2
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer: its media type, rows or triples, and its bytes, to be closed."""

    media_type: str
    rows: int
    content: Spool


class Engine:
    """The pool. ``start`` it in the event loop that uses it, and ``close`` it there.

    Args:
        setup: what the workers load.
        limits: what queries may take.
    """

    def __init__(self, setup: Setup, limits: Limits) -> None:
        self.limits = limits
        self._setup = setup
        self._turns: Turns[asyncio.Future[Worker]] = Turns(limits.waiting, limits.waiting_of_client)
        self._idle: list[Worker] = []
        self._all: set[Worker] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._long: Counter[str] = Counter()
        self.ready = Ready(0, {})

    async def start(self) -> None:
        """Start the workers.

        Raises:
            WorkerEndedError: if one cannot load the data.
        """
        started = await asyncio.gather(*(self._start_worker() for _ in range(self.limits.workers)))
        self.ready = started[0].ready
        for worker in started:
            self._offer(worker)

    async def close(self) -> None:
        """End all workers, and the queries that run."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.gather(*(worker.end() for worker in self._all))
        self._all.clear()
        self._idle.clear()

    @property
    def state(self) -> dict[str, int]:
        """How many workers there are, how many queries run, how many of these for long, and how many wait."""
        return {
            "workers": len(self._all),
            "running": self._turns.running,
            "long": self._long.total(),
            "waiting": len(self._turns),
        }

    @property
    def pids(self) -> list[int]:
        """Numbers of the workers' processes."""
        return sorted(worker.pid for worker in self._all)

    async def run(self, job: Job, client: str) -> Answer:
        """Answer a query; again should a worker have been ended from outside, which no query does.

        Args:
            job: the query.
            client: who asks.

        Raises:
            RefusedError: 400, 403 or 406 as the worker says, 429 if this client has too many queries waiting, 500 if
                the query ended the engine, 503 if it took too long or there is no room for it.
        """
        # Those that were there may all be ended at once, each before that is noticed.
        for _ in range(self.limits.workers):
            with suppress(WorkerEndedError):
                return await self._run(job, client)
        try:
            return await self._run(job, client)
        except WorkerEndedError as last:
            raise RefusedError(500, "the process that has the data ended; ask again") from last

    async def _run(self, job: Job, client: str) -> Answer:
        worker = await self._worker_for(client)
        begun = _now()
        content = Spool()
        job = structs.replace(job, is_low=self._turns.took(client) > self.limits.patience)
        asked = asyncio.create_task(worker.ask(job, content))
        done: Done | None = None
        try:
            done = _require_done(await self._watched(worker, asked, client))
        except OSError as error:  # the folder for temporary files is full
            raise _later(503, "there is no room for the answer") from error
        finally:
            # Not waited for: who gave up may be told so at once.
            self._go_on(self._settle(worker, asked, client, begun, content if done is None else None))
        return Answer(done.media_type, done.rows, content)

    async def _settle(
        self, worker: Worker, asked: asyncio.Task[Done | Failed], client: str, begun: float, unused: Spool | None
    ) -> None:
        """See a query to its end, ending it if it still runs, and give its worker back."""
        while not asked.done():
            worker.stop()  # again, should it have come before the query began
            await asyncio.wait({asked}, timeout=_AGAIN)
        if unused:
            unused.close()
        if asked.exception():
            self._all.discard(worker)
            await worker.end()  # what it still had to say would be taken for the next answer; it is replaced
        self._turns.end(client, _now() - begun)
        self._offer(worker)

    async def _worker_for(self, client: str) -> Worker:
        turn: asyncio.Future[Worker] = asyncio.get_running_loop().create_future()
        try:
            self._turns.wait(turn, client, _now())
        except QueueFullError as full:
            whose = "of yours " if full.by_client else ""
            raise _later(429 if full.by_client else 503, f"too many queries {whose}wait") from full
        self._hand_out()
        try:
            return await asyncio.wait_for(asyncio.shield(turn), self.limits.timeout)
        except BaseException as error:
            self._turns.leave(turn)
            if turn.done():  # it came in the very moment of giving up
                self._turns.end(client, 0)
                self._offer(turn.result())
            if isinstance(error, TimeoutError):
                raise _later(503, f"other queries run, and none ended within {self.limits.timeout:g} s") from error
            raise

    async def _watched(self, worker: Worker, asked: asyncio.Task[Done | Failed], client: str) -> Done | Failed:
        await asyncio.wait({asked}, timeout=min(self.limits.patience, self.limits.timeout))
        if not asked.done():
            await self._for_long(worker, asked, client)
        return asked.result()

    async def _for_long(self, worker: Worker, asked: asyncio.Task[Done | Failed], client: str) -> None:
        if self._long.total() >= self.limits.long or self._long[client] >= self.limits.long_of_client:
            message = f"the query takes longer than {self.limits.patience:g} s, and other such queries run already"
            raise _later(503, message)
        self._long[client] += 1
        worker.lower()
        try:
            await asyncio.wait({asked}, timeout=self.limits.timeout - self.limits.patience)
        finally:
            self._long[client] -= 1
            self._long += Counter()  # forgets who has none
        if not asked.done():
            raise RefusedError(503, f"the query was ended after {self.limits.timeout:g} s; ask for less")

    def _offer(self, worker: Worker) -> None:
        if worker in self._all:  # else it has ended
            self._idle.append(worker)
            self._hand_out()

    def _hand_out(self) -> None:
        while self._idle and (turn := self._turns.next()) is not None:
            turn.set_result(self._idle.pop(0))

    def _go_on(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _start_worker(self) -> Worker:
        worker = await Worker.start(self._setup)
        self._all.add(worker)
        self._go_on(self._look_after(worker))
        return worker

    async def _look_after(self, worker: Worker) -> None:
        """Replace a worker should it end, again and again until another starts."""
        await worker.ended()
        _log.warning("a worker ended", extra={"fields": {"pid": worker.pid, "told": worker.told}})
        self._all.discard(worker)
        if worker in self._idle:
            self._idle.remove(worker)
        while True:
            try:
                self._offer(await self._start_worker())
            except (WorkerEndedError, OSError):
                _log.exception("no worker can be started")
                await asyncio.sleep(_PAUSE)
            else:
                return


def _now() -> float:
    return asyncio.get_running_loop().time()


def _require_done(last: Done | Failed) -> Done:
    if isinstance(last, Failed):
        raise RefusedError(last.status, last.message)
    return last


def _later(status: int, message: str) -> RefusedError:
    return RefusedError(status, f"{message}; ask again later", {"Retry-After": "1"})
