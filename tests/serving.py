"""A real server: ``ruiran-ld serve`` in a process of its own, on a port of the loopback that is free."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

COMMAND = (sys.executable, "-c", "from ruiran_ld.cli import main; main()", "serve", "--port", "0")


@dataclass(frozen=True)
class Server:
    """A server that runs."""

    process: subprocess.Popen[str]
    url: str
    log: Path

    @property
    def port(self) -> int:
        return int(self.url.rpartition(":")[2].rstrip("/"))

    def connection(self, timeout: float = 60) -> HTTPConnection:
        """Give a new connection to it."""
        return HTTPConnection("127.0.0.1", self.port, timeout=timeout)

    def workers(self) -> list[int]:
        """List the numbers of its workers."""
        return _children(self.process.pid)

    def queries(self) -> list[int]:
        """List the numbers of the processes in which queries run."""
        return [child for worker in self.workers() for child in _children(worker)]


def _children(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task").glob("*/children")
    return sorted(int(number) for each in listed for number in each.read_text(encoding="ascii").split())


def is_alive(pid: int) -> bool:
    """Tell whether a process runs; one that has ended and waits to be noted does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def wait_until(holds: object, seconds: float = 30) -> None:
    """Wait until a function gives something true."""
    assert callable(holds)
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it did not come to pass"
        time.sleep(0.05)


@contextmanager
def running(log: Path, *arguments: str | Path) -> Iterator[Server]:
    """Run a server until the block ends, if it has not ended before.

    Args:
        log: the file that takes its standard error.
        arguments: more options of ``ruiran-ld serve``.
    """
    variables = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    with (
        log.open("w", encoding="utf-8") as errors,
        subprocess.Popen(
            [*COMMAND, *map(str, arguments)], stdout=subprocess.PIPE, stderr=errors, text=True, env=variables
        ) as process,
    ):
        try:
            assert process.stdout is not None
            said = process.stdout.readline()
            match = re.search(r"http://\S+", said)
            assert match, log.read_text(encoding="utf-8")
            yield Server(process, match[0], log)
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
                process.wait(timeout=30)
