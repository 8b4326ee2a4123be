"""Kills publications with SIGKILL, one at each line that ``release`` executes, and prints what was left, as JSON.

Run as a program of its own: it forks once for each line, which a process with threads must not do. Arguments: a scratch
folder; ``exchange`` or ``rename``, the way in which the folders change places; ``first`` or ``again``, whether a good
release is there before.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import Any

from ruiran_ld import release
from ruiran_ld.errors import RuiranError

OLD = {"data.txt": b"old\n", "old-only.txt": b"o\n", "queries/one.rq": b"old query\n"}
NEW = {"data.txt": b"new\n", "queries/one.rq": b"new query\n", "queries/two.rq": b"n\n"}


def check(folder: Path) -> None:
    """Stand for the caller's check of a release."""
    release.verify_release(folder)


def kill_at(line: int) -> None:
    """Have this process kill itself when it is about to execute its n-th line of the release module."""
    left = line

    def trace(frame: FrameType, event: str, _argument: Any) -> Any:
        nonlocal left
        if frame.f_code.co_filename != release.__file__:
            return None
        if event == "line":
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
        return trace

    sys.settrace(trace)


def content(folder: Path) -> str:
    """Say which release a folder is."""
    if not folder.exists():
        return "missing"
    try:
        release.verify_release(folder)
    except RuiranError:
        return "broken"
    names = {file.name: (folder / file.name).read_bytes() for file in release.describe_release(folder)}
    return "old" if names == OLD else "new" if names == NEW else "other"


def killed(target: Path, line: int) -> bool:
    """Publish in a child process that is killed at a line; False if it came to its end before."""
    child = os.fork()
    if child == 0:
        kill_at(line)
        release.publish(target, NEW, check)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return os.WTERMSIG(status) == signal.SIGKILL
    if os.WEXITSTATUS(status):
        sys.exit("the child failed by itself")
    return False


def no_sync(_descriptor: object) -> None:
    """Stand for fsync: unlike a loss of power, a kill loses nothing that was written, and syncing takes a minute."""


def cannot_exchange(one: Path, other: Path) -> bool:
    """Stand for a system that cannot exchange two names in one step."""
    return one == other


def main() -> None:
    """Try every line and print, for each, what stood there after the kill, after recovery, and after the next run."""
    scratch, way, before = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    os.fsync = no_sync  # type: ignore[assignment]  # a stand-in without the name of the parameter
    if way == "rename":
        release._exchange = cannot_exchange
    results = []
    line = 0
    while True:
        line += 1
        target = scratch / str(line) / "dist"
        if before == "again":
            release.publish(target, OLD, check)
        was_killed = killed(target, line)
        at_once = content(target)
        release.recover(target)
        recovered = content(target)
        release.publish(target, NEW, check)
        left = sorted(path.name for path in target.parent.iterdir())
        results.append({"at_once": at_once, "recovered": recovered, "again": content(target), "left": left})
        if not was_killed:
            break
    print(json.dumps(results))


if __name__ == "__main__":
    main()
