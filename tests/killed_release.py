"""Releases a dataset and kills its own process at a step: `killed_release.py DATASET VERSION STEP`."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ruiran_ld import ledger, pipeline, release, releasing
from ruiran_ld.dataset import DatasetFolder

STEPS: dict[str, tuple[Any, str, bool]] = {
    "before the build": (pipeline, "build", False),
    "after the build": (pipeline, "build", True),
    "before the ledger": (ledger, "write", False),
    "after the ledger": (ledger, "write", True),
    "while the release is written": (release, "_write", True),
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


def main() -> None:
    dataset, version, step = sys.argv[1:]
    module, name, after = STEPS[step]
    setattr(module, name, dying(getattr(module, name), after=after, target=f"{os.sep}releases{os.sep}"))
    releasing.publish_release(DatasetFolder(Path(dataset)), version)


if __name__ == "__main__":
    main()
