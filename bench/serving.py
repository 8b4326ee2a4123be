"""Puts the endpoint under load with wrk: bundled queries alone, then with hostile ones; writes its section."""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from os import cpu_count
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from bench import sections
from bench.measuring import environment, memory
from ruiran_ld import queries

_ROOT: Final = Path(__file__).parents[1]
_COMMAND: Final = (sys.executable, "-c", "from ruiran_ld.cli import main; main()", "serve", "--no-site", "--port", "0")
_HOSTILE: Final = {
    "cross join": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "sorted cross join": "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f",
    "regular expression over a cross join": (
        'SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f FILTER REGEX(CONCAT(STR(?c), STR(?f)), "(a|aa)+(b?){60}$") }'
    ),
    "paths between all and all": "SELECT (COUNT(*) AS ?n) { ?a (!<x:p>|!^<x:p>)* ?b . ?b (!<x:q>)+ ?c }",
    "20,000 brackets": f"SELECT ({'(' * 20_000}1{')' * 20_000} AS ?x) {{}}",
    "too many rows": "SELECT * { ?a ?b ?c . ?d ?e ?f }",
}
_GOOD_CLIENTS: Final = 8
_HOSTILE_CLIENTS: Final = 4
_INTERVAL: Final = 0.5


@dataclass(slots=True)
class Load:
    """What one part of the run gave: what wrk printed, and the memory of the server with its workers, in megabytes."""

    good: dict[str, Any]
    hostile: list[dict[str, Any]]
    memory: list[float] = field(default_factory=list)


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(prog="python -m bench.serving", description="Put the endpoint under load.")
    parser.add_argument("--seconds", type=int, default=30, help="how long each part takes")
    parser.add_argument("--out", type=Path, default=_ROOT / "docs" / "benchmarks.md", help="the report")
    given = parser.parse_args()
    bundled = [query.text for query in queries.load_queries(_ROOT / "queries").values()]
    with tempfile.TemporaryDirectory() as name, _server(Path(name)) as (pid, url):
        folder = Path(name)
        good = _paths(folder / "good", bundled)
        hostile = _paths(folder / "hostile", list(_HOSTILE.values()))
        quiet = _loaded(pid, url, good, [], given.seconds)
        print(f"  alone: {quiet.good}", flush=True)
        attacked = _loaded(pid, url, good, [hostile] * _HOSTILE_CLIENTS, given.seconds)
        print(f"  with hostile queries: {attacked.good} {attacked.hostile}", flush=True)
    sections.replace(given.out, sections.SERVING, _section(len(bundled), quiet, attacked, given.seconds))
    print(f"written: {given.out}")


@contextmanager
def _server(folder: Path) -> Iterator[tuple[int, str]]:
    with (
        (folder / "log").open("wb") as log,
        subprocess.Popen(
            _COMMAND, stdout=subprocess.PIPE, stderr=log, text=True, env=environment(folder / "modules"), cwd=_ROOT
        ) as process,
    ):
        try:
            match = re.search(r"http://\S+/", process.stdout.readline() if process.stdout else "")
            if not match:
                sys.exit(f"the endpoint did not start: {(folder / 'log').read_text(encoding='utf-8')}")
            yield process.pid, match[0]
        finally:
            process.terminate()


def _paths(file: Path, texts: Sequence[str]) -> Path:
    lines = "".join(f"/sparql?query={quote(text, safe='')}\n" for text in texts)
    file.write_text(lines, encoding="ascii")
    return file


def _loaded(pid: int, url: str, good: Path, hostile: Sequence[Path], seconds: int) -> Load:
    """Run wrk for the good queries, and one for each hostile client, and look at the memory meanwhile."""
    found = [memory(pid)]
    attackers = [_wrk(url, file, f"203.0.113.{number}", 1, seconds) for number, file in enumerate(hostile)]
    asking = _wrk(url, good, "198.51.100.1", _GOOD_CLIENTS, seconds)
    over = threading.Event()
    watching = threading.Thread(target=_watch, args=(pid, over, found))
    watching.start()
    load = Load(_result(asking), [_result(each) for each in attackers], found)
    over.set()
    watching.join()
    return load


def _watch(pid: int, over: threading.Event, found: list[float]) -> None:
    while not over.wait(_INTERVAL):
        found.append(memory(pid))


def _wrk(url: str, file: Path, client: str, connections: int, seconds: int) -> subprocess.Popen[str]:
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "60s", "-s"]
    script = str(Path(__file__).with_suffix(".lua"))
    return subprocess.Popen([*command, script, url, "--", str(file), client], stdout=subprocess.PIPE, text=True)


def _result(process: subprocess.Popen[str]) -> dict[str, Any]:
    output, _ = process.communicate()
    line = next(line for line in output.splitlines() if line.startswith("JSON"))
    found: dict[str, Any] = json.loads(line.removeprefix("JSON"))
    return found


def _section(bundled: int, quiet: Load, attacked: Load, seconds: int) -> str:
    heads = ("", "queries", "a second", "not answered", "50 %", "90 %", "95 %", "99 %", "longest")
    rows = [_row("alone", quiet), _row("with hostile queries", attacked)]
    ended = _sum([each["statuses"] for each in attacked.hostile])
    statuses = ", ".join(f"{count:,} (status {status})" for status, count in sorted(ended.items()))
    names = "".join(f"* {name}\n" for name in _HOSTILE)
    lines = [heads, ["---"] + ["---:"] * (len(heads) - 1), *rows]
    table = "".join(f"| {' | '.join(line)} |\n" for line in lines)
    return (
        "wrk asks `ruiran-ld serve` with its default limits, on the same machine, of which wrk and whatever else runs\n"
        f"there take their share ({cpu_count()} processors). For {seconds} seconds it asks the {bundled} bundled "
        f"queries in turn,\nover {_GOOD_CLIENTS} connections of one client; then the same while {_HOSTILE_CLIENTS} "
        "other clients send hostile queries as fast as\nthey are answered. "
        f"Times are milliseconds, from request to answer.\n\n{table}\n"
        f"Of the hostile queries {statuses} were ended or refused:\n\n{names}\n"
        "Memory of the server and its workers together, where a page that they share counts once:\n\n"
        "| | at first | at the most | at last |\n| --- | ---: | ---: | ---: |\n"
        f"{_memory('alone', quiet)}{_memory('with hostile queries', attacked)}"
    )


def _row(name: str, load: Load) -> tuple[str, ...]:
    good = load.good
    unanswered = good["failed"] + sum(count for status, count in good["statuses"].items() if status != "200")
    rate = good["requests"] / good["seconds"]
    times = [f"{good['ms'][part]:,.0f}" for part in ("50", "90", "95", "99", "100")]
    return (name, f"{good['requests']:,}", f"{rate:.0f}", str(unanswered), *times)


def _memory(name: str, load: Load) -> str:
    first, most, last = load.memory[0], max(load.memory), load.memory[-1]
    return f"| {name} | {first:.0f} MB | {most:.0f} MB | {last:.0f} MB |\n"


def _sum(counts: Sequence[Mapping[str, int]]) -> dict[str, int]:
    keys = {key for each in counts for key in each}
    return {key: sum(each.get(key, 0) for each in counts) for key in keys}


if __name__ == "__main__":
    main()
