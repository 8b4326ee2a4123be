"""Runs programs and measures what they take: CPU seconds of all their processes, and memory at its highest."""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

_INTERVAL: Final = 0.05
_KIB_PER_MB: Final = 1000 * 1000 / 1024
_share = re.compile(r"^Pss:\s*([0-9]+) kB$", re.MULTILINE).search


@dataclass(frozen=True, slots=True)
class Run:
    """What one run of a program took.

    Attributes:
        cpu: seconds of user and system time of the program and all processes it started.
        memory: megabytes at the highest: the resident memory of one process, or what several hold together, in which
            a page that they share counts once (the sum of their proportional set sizes, sampled while they run).
        output: what it printed.
    """

    cpu: float
    memory: float
    output: str


@dataclass(frozen=True, slots=True)
class Program:
    """A program to measure.

    Attributes:
        name: what the report calls it.
        command: with its arguments.
        runs: how often it is to run.
        output: the file that it makes, removed before each run: freeing an old one is no part of the work.
    """

    name: str
    command: Sequence[str | Path]
    runs: int
    output: Path | None = None


@dataclass(slots=True)
class Measured:
    """The runs of one program."""

    program: Program
    runs: list[Run] = field(default_factory=list)

    @property
    def cpu(self) -> float:
        """The median of CPU seconds."""
        return statistics.median(run.cpu for run in self.runs)

    @property
    def spread(self) -> tuple[float, float]:
        """The least and the most CPU seconds."""
        return min(run.cpu for run in self.runs), max(run.cpu for run in self.runs)

    @property
    def memory(self) -> float:
        """The most memory of any run."""
        return max(run.memory for run in self.runs)

    def ratio(self, other: Measured) -> float:
        """How many times the CPU seconds of another program this one took: the median over runs side by side."""
        return statistics.median(mine.cpu / theirs.cpu for mine, theirs in zip(self.runs, other.runs, strict=False))


def environment(cache: Path) -> dict[str, str]:
    """Give the environment of all programs: compiled modules are kept in ``cache``, so only a first run compiles."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    root = Path(__file__).parents[1]
    return kept | {"PYTHONPATH": f"{root / 'src'}{os.pathsep}{root}", "PYTHONPYCACHEPREFIX": str(cache)}


def side_by_side(programs: Sequence[Program], variables: Mapping[str, str]) -> list[Measured]:
    """Run programs in turn, round by round, after one run of each that does not count."""
    measured = [Measured(program) for program in programs]
    for program in programs:
        run(program, variables)
    for turn in range(max(program.runs for program in programs)):
        for each in measured:
            if turn < each.program.runs:
                each.runs.append(run(each.program, variables))
                print(f"  {each.program.name}: {each.runs[-1].cpu:.2f} s, {each.runs[-1].memory:.0f} MB", flush=True)
    return measured


def run(program: Program, variables: Mapping[str, str]) -> Run:
    """Run a program to its end.

    Raises:
        SystemExit: if it fails; what it wrote to standard error has then been seen.
    """
    if program.output:
        program.output.unlink(missing_ok=True)
    os.sync()  # else a program is held up by what the one before it left to be written
    with subprocess.Popen(list(map(str, program.command)), env=variables, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        together = 0
        while True:
            shares = list(_shares(process.pid))
            together = max(together, sum(shares)) if len(shares) > 1 else together
            pid, status, usage = os.wait4(process.pid, os.WNOHANG)
            if pid:
                break
            time.sleep(_INTERVAL)
        process.returncode = os.waitstatus_to_exitcode(status)
        output = process.stdout.read()
    if process.returncode:
        sys.exit(f"{program.name} ended with status {process.returncode}: {' '.join(map(str, program.command))}")
    highest = usage.ru_maxrss // 1024 if sys.platform == "darwin" else usage.ru_maxrss
    memory = max(highest, together) / _KIB_PER_MB
    return Run(usage.ru_utime + usage.ru_stime, memory, output)


def memory(pid: int) -> float:
    """Tell the megabytes that a process and all below it hold together, where a page that they share counts once."""
    return sum(_shares(pid)) / _KIB_PER_MB


def _shares(pid: int) -> Iterator[int]:
    """Read the proportional set sizes, in KiB, of a process and of all below it, where the system tells (Linux)."""
    folder = Path("/proc") / str(pid)
    try:
        children = (folder / "task" / str(pid) / "children").read_text(encoding="ascii").split()
        found = _share((folder / "smaps_rollup").read_text(encoding="ascii", errors="replace"))
    except OSError:
        return  # it has just ended, or this system has no such files
    if found:
        yield int(found.group(1))
    for child in children:
        yield from _shares(int(child))
