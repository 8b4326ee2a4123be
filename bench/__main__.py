"""Runs the whole benchmark and writes the report; see ``--help``."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from bench import building, corpora, report
from bench.corpora import Bench
from bench.measuring import environment

_ROOT: Final = Path(__file__).parents[1]


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(
        prog="python -m bench", description="Measure conversion and build, write the report."
    )
    parser.add_argument(
        "--peers", type=Path, required=True, help="the Python that has bench/requirements.lock installed"
    )
    parser.add_argument("--documents", type=int, nargs="+", default=[1_000, 10_000], help="sizes of the corpora")
    parser.add_argument("--memory", type=int, nargs="*", default=[30_000], help="sizes that only ours is measured on")
    parser.add_argument("--runs", type=int, default=3, help="how often each tool runs")
    parser.add_argument("--slow-runs", type=int, default=3, help="how often those run that take minutes")
    parser.add_argument(
        "--scratch", type=Path, default=_ROOT / ".cache" / "bench", help="folder for corpora and outputs"
    )
    parser.add_argument("--date", help="a date to give in the report; none by default")
    parser.add_argument("--out", type=Path, default=_ROOT / "docs" / "benchmarks.md", help="the report")
    given = parser.parse_args()
    scratch = given.scratch.absolute()
    scratch.mkdir(parents=True, exist_ok=True)
    # Not resolved: an environment's interpreter is a link, and is found by where the link stands.
    peers = given.peers.absolute()
    bench = Bench(_ROOT, scratch, peers, environment(scratch / "modules"), given.runs, given.slow_runs)
    build = building.measure(bench)
    results = [corpora.measure(bench, documents, peers=True) for documents in given.documents]
    results += [corpora.measure(bench, documents, peers=False) for documents in given.memory]
    report.write(bench, results, build, given.date, given.out)
    print(f"written: {given.out}")


if __name__ == "__main__":
    main()
