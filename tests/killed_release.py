"""Releases copies of a dataset, each in a process that kills itself at a step: `killed_release.py DATASET DIR VERSION`.

A program of its own that forks, as starting Python anew for each step takes longer than all the rest; a process with
threads must not fork. Leaves a folder in DIR for each step, by its name.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ruiran_ld import ledger, pipeline, release, releasing
from ruiran_ld.dataset import DatasetFolder

STEPS: dict[str, tuple[Any, str, bool]] = {
    "after the build": (pipeline, "build", True),
    "before the ledger": (ledger, "write", False),
    "after the ledger": (ledger, "write", True),
    "before the release is renamed": (release, "_swap", False),
    "after the release is renamed": (release, "_swap", True),
}
"""Where the process dies: the module, its function, and whether after it rather than before."""


def dying(function: Callable[..., Any], *, after: bool, target: str) -> Callable[..., Any]:
    """Wrap a function that ends the process; those of the release's module are told by what they work on."""

    def wrapped(*arguments: Any, **options: Any) -> Any:
        fatal = target in str(arguments[0]) or function.__module__ != release.__name__
        result = function(*arguments, **options) if after or not fatal else None
        if fatal:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    return wrapped


def die(folder: Path, version: str, step: str) -> None:
    """Release in this process and be killed."""
    module, name, after = STEPS[step]
    setattr(module, name, dying(getattr(module, name), after=after, target=f"{os.sep}releases{os.sep}"))
    releasing.publish_release(DatasetFolder(folder), version)


def main() -> None:
    dataset, scratch, version = sys.argv[1:]
    for step in STEPS:
        folder = Path(shutil.copytree(dataset, Path(scratch) / step))
        child = os.fork()
        if child == 0:
            die(folder, version, step)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if not os.WIFSIGNALED(status) or os.WTERMSIG(status) != signal.SIGKILL:
            sys.exit(f"was not killed {step}: {status}")


if __name__ == "__main__":
    main()
