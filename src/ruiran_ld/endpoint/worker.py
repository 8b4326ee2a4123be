"""A process that holds the data and has queries answered, one after the other: ``python -m ruiran_ld.endpoint.worker``.

pyoxigraph cannot be interrupted, and a query can take all the memory that there is, or end its process. So the process
never runs one itself: it forks a child for each, which has the data as it stands, and hands on what the child writes.
That takes milliseconds; the process has no other thread that a fork could lose; and whatever becomes of the child, the
next query finds all as it was.

The child gives up what it could do harm with before it looks at the query:

* It can open nothing any more, neither file nor connection (RLIMIT_NOFILE is 0), whatever a query finds to make the
  engine do it: the engine would follow SERVICE.
* It can take no more memory than it was given (RLIMIT_DATA), and leaves no core when it is ended for that.
* An alarm of the system ends it if a query takes longer than it may, even where the endpoint has gone.

Signals of the endpoint: SIGTERM ends the query that runs, SIGUSR1 lets others go before it.
"""

from __future__ import annotations

import gc
import io
import os
import resource
import signal
import sys
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import IO, Final, NoReturn

from pyoxigraph import DefaultGraph, NamedNode, RdfFormat, Store

from ruiran_ld.endpoint.answering import FORBIDDEN, PIECE, TOO_MUCH, answer
from ruiran_ld.endpoint.messages import HEAD, Failed, Job, MessageT, Ready, Setup, decode, encode, send

_ENDED: Final = {
    signal.SIGABRT: Failed(FORBIDDEN, TOO_MUCH),  # so the engine ends when it gets no more
    signal.SIGALRM: Failed(503, "the query took too long; ask for less"),
    signal.SIGKILL: Failed(500, "the process that ran the query was ended from outside"),
}
_CRASHED: Final = Failed(500, "the query ended the engine, as one does that is nested too deeply")
_NICENESS: Final = 10


def _load(setup: Setup) -> Store:
    store = Store()
    for path in setup.named:
        store.bulk_load(path=path, format=RdfFormat.TRIG)
    store.clear_graph(DefaultGraph())
    for path in setup.default:
        store.bulk_load(path=path, format=RdfFormat.TURTLE)
    return store


def _sizes(store: Store) -> Ready:
    def size(graph: NamedNode | DefaultGraph) -> int:
        return sum(1 for _ in store.quads_for_pattern(None, None, None, graph))

    graphs = {graph.value: size(graph) for graph in store.named_graphs() if isinstance(graph, NamedNode)}
    return Ready(size(DefaultGraph()), dict(sorted(graphs.items())))


def _confine(memory: int) -> None:
    """Give up what a query has no need of."""
    if memory:
        data = _data() + memory
        resource.setrlimit(resource.RLIMIT_DATA, (data, data))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def _data() -> int:
    """Tell the bytes of data that the process holds: what RLIMIT_DATA counts, else (not Linux) the most resident."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
        return next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmData:"))
    except (OSError, StopIteration):
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return most if sys.platform == "darwin" else most * 1024


def _read(given: IO[bytes], type_: type[MessageT]) -> MessageT | None:
    """Read a message; None where no more will come."""
    head = given.read(HEAD.size)
    if len(head) < HEAD.size:
        return None
    _, size = HEAD.unpack(head)
    return decode(given.read(size), type_)


class _Children:
    """Runs each query in a child.

    Args:
        store: the data.
        setup: prefixes, and what memory a query may take.
        out: takes frames.
    """

    def __init__(self, store: Store, setup: Setup, out: IO[bytes]) -> None:
        self._store = store
        self._setup = setup
        self._out = out
        self._pid = 0
        signal.signal(signal.SIGTERM, self._end)
        signal.signal(signal.SIGUSR1, self._lower)

    def run(self, job: Job) -> None:
        """Have a query answered, and send all that is said about it."""
        read_end, write_end = os.pipe()
        pid = os.fork()
        if not pid:
            self._be_child(job, write_end)
        self._pid = pid
        os.close(write_end)
        with os.fdopen(read_end, "rb") as written:
            last = self._hand_on(written)
        self._pid = 0  # from here on its number may be another's
        _, status = os.waitpid(pid, 0)
        if last is None:
            number = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
            last = encode(next((failed for each, failed in _ENDED.items() if each == number), _CRASHED))
        send(self._out, last)

    def _hand_on(self, written: IO[bytes]) -> bytes | None:
        """Hand on whole pieces, and give the last message; None if the child ended before it."""
        while len(head := written.read(HEAD.size)) == HEAD.size:
            is_piece, size = HEAD.unpack(head)
            content = written.read(size)
            if len(content) == size and not is_piece:
                return head + content
            if len(content) == size:
                send(self._out, head + content)
        return None

    def _be_child(self, job: Job, write_end: int) -> NoReturn:
        status = 1
        try:
            # The alarm ends the process without asking Python, which waits for the engine.
            for number in (signal.SIGTERM, signal.SIGUSR1, signal.SIGALRM):
                signal.signal(number, signal.SIG_DFL)
            signal.setitimer(signal.ITIMER_REAL, job.seconds)
            os.nice(_NICENESS if job.is_low else 0)
            # All that is the parent's, so that the endpoint sees at once should the parent end. The engine's cries when
            # it gets no more memory go with it; what became of it is known from how it ended.
            for inherited in (0, 1, 2, self._out.fileno()):
                os.close(inherited)
            out = os.fdopen(write_end, "wb")
            _confine(self._setup.memory)
            send(out, encode(answer(self._store, job, self._setup.prefixes, out)))
            status = 0
        finally:
            os._exit(status)

    def _end(self, _number: int, _frame: FrameType | None) -> None:
        if self._pid:
            os.kill(self._pid, signal.SIGKILL)

    def _lower(self, _number: int, _frame: FrameType | None) -> None:
        if self._pid:
            os.setpriority(os.PRIO_PROCESS, self._pid, _NICENESS)


def main() -> None:
    """Have queries from standard input answered to standard output until there are no more."""
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # whatever prints does not get between the frames
    given = sys.stdin.buffer
    setup = _read(given, Setup)
    if setup is None:
        return
    store = _load(setup)
    ready = _sizes(store)
    _warm_up(store)
    children = _Children(store, setup, out)
    gc.freeze()  # what is there is left alone, so that children go on sharing its memory
    send(out, encode(ready))
    with suppress(BrokenPipeError):  # the endpoint has gone
        while (job := _read(given, Job)) is not None:
            children.run(job)


def _warm_up(store: Store) -> None:
    """Run one query of each kind and an error, so that all is imported before nothing can be opened any more."""
    for text in ("SELECT * {}", "ASK {}", "CONSTRUCT WHERE {}", "none", "SELECT * { SERVICE <a:b> {} }"):
        job = Job(text, (), (), "text/csv", "application/json", "text/turtle", max_rows=1, max_bytes=PIECE, seconds=0)
        answer(store, job, {}, io.BytesIO())


if __name__ == "__main__":
    main()
