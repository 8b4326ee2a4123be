"""Runs the command line inside the test's process, which takes a hundredth of the time of starting it."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from ruiran_ld import cli


@dataclass(frozen=True)
class Outcome:
    """What a command gave: exit status, standard output, standard error."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def run(*arguments: str | Path, here: Path | None = None, given: bytes = b"") -> Outcome:
    """Run ``ruiran-ld`` as its entry point does, in a folder and with a standard input of its own."""
    out, err = io.BytesIO(), io.BytesIO()
    streams = io.TextIOWrapper(out, "utf-8", newline=""), io.TextIOWrapper(err, "utf-8", errors="backslashreplace")
    status: object = "did not exit"
    with _exchanged(["ruiran-ld", *map(str, arguments)], *streams, io.TextIOWrapper(io.BytesIO(given)), here):
        try:
            cli.main()
        except SystemExit as ended:
            status = ended.code
    for stream in streams:
        stream.flush()
    assert isinstance(status, int), status
    return Outcome(status, out.getvalue().decode(), err.getvalue().decode())


@contextmanager
def _exchanged(
    argv: list[str], out: io.TextIOWrapper, err: io.TextIOWrapper, given: io.TextIOWrapper, here: Path | None
) -> Iterator[None]:
    old = sys.argv, sys.stdout, sys.stderr, sys.stdin, Path.cwd()
    try:
        sys.argv, sys.stdout, sys.stderr, sys.stdin = argv, out, err, given
        if here:
            os.chdir(here)
        yield
    finally:
        sys.argv, sys.stdout, sys.stderr, sys.stdin = old[:4]
        os.chdir(old[4])


def digest_of(folder: Path) -> str:
    """Hash names and contents of all that is in a folder."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    seen = "".join(f"{path.relative_to(folder)} {sha256(path.read_bytes()).hexdigest()}\n" for path in files)
    return sha256(seen.encode()).hexdigest()
