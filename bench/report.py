"""Writes what was measured as ``docs/benchmarks.md``."""

from __future__ import annotations

import platform
import subprocess
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from os import cpu_count
from pathlib import Path
from typing import Final

from bench import corpora, sections
from bench.building import Build
from bench.corpora import Bench, Corpus
from bench.measuring import Measured

_TARGETS: Final = (
    (corpora.MORPH_KGC, 10_000, 8.0),
    (corpora.PYOXIGRAPH, 10_000, 2.5),
    (corpora.RDFLIB, 1_000, 25.0),
)
_MEMORY_TARGET: Final = 100
_PACKAGES: Final = ("msgspec", "pyoxigraph", "rdflib", "owlrl", "pyshacl")
_HOW: Final = """\
Each number comes from whole processes, start and imports included, that ran in turn in one go: round by round, so that
what else the machine did met all of them. Times are CPU seconds, user and system, of a program and all processes it
started; the median is given, with least and most. `times` is how many times the CPU seconds of ours a tool took, the
median over rounds. Memory is the most that was resident at a time; of several processes together, where a page that
they share counts once. Compiled modules are kept, and a first run that does not count fills the caches.
Each run makes its file anew, and starts when the system has written what the one before left to be written.

`bench/generator.py` makes the corpora, the same bytes everywhere: documents of about 500 triples, in some dozen claims
that have notes, speakers and statements about as often as those of the annotated articles. They are JSON Lines, which
ours reads, making all its checks of form, key, value and reference. The other tools check nothing: they get the same
triples as ready-made CSV tables, one a record type, with whole IRIs and without duplicates.

* **morph-kgc** maps the tables with RML, one triples map a table, IRIs by reference, and in one process.
* **pyoxigraph objects** makes `NamedNode`, `Literal` and `Triple` of the rows and serializes them as they come.
* **rdflib built by hand** adds them to a `Graph` and serializes it; on the small corpus only, since it takes so long.
* **copying the output** reads and writes the finished file, which is the least that any tool has to do.

All of them made exactly the same set of triples, which each run of the benchmark asserts.
"""


def write(bench: Bench, results: Sequence[Corpus], build: Build, date: str | None, path: Path) -> None:
    """Write the report."""
    parts = [
        "# Benchmarks\n\nWritten by `make bench`, and the last section by `make bench-serve`; do not edit it.\n",
        f"## How it was run\n\n{_machine(bench, date)}\n\n{_HOW}",
        "## Conversion\n",
        *(_conversion(corpus) for corpus in results),
        f"## Memory\n\n{_memory(results)}",
        f"## Targets\n\n{_targets(results)}",
        f"## The build\n\n{_build(build)}",
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    served = sections.read(path, sections.SERVING)
    path.write_text("\n".join(filter(None, [*parts, served])), encoding="utf-8", newline="\n")


def _machine(bench: Bench, date: str | None) -> str:
    peers = _output(bench.peers, "from importlib.metadata import version; print(version('morph-kgc'))")
    packages = ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    text = (
        f"{platform.system()} on {platform.machine()}, {cpu_count()} processors; Python {platform.python_version()}; "
        f"{packages}; morph-kgc {peers}. {bench.runs} runs, {bench.slow_runs} of morph-kgc, rdflib and the build."
    )
    return f"{text} {date}." if date else text


def _output(python: Path, code: str) -> str:
    return subprocess.run((python, "-c", code), check=True, capture_output=True, text=True).stdout.strip()


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] + ["---:"] * (len(heads) - 1), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _seconds(measured: Measured) -> str:
    least, most = measured.spread
    return f"{measured.cpu:.2f} ({least:.2f}–{most:.2f})"


def _conversion(corpus: Corpus) -> str:
    ours = corpus.measured[corpora.OURS]
    rows = [
        (
            name,
            _seconds(each),
            f"{corpus.triples / each.cpu / 1e6:.2f}",
            f"{each.ratio(ours):.2f}",
            f"{each.memory:.0f}",
        )
        for name, each in sorted(corpus.measured.items(), key=lambda item: item[1].cpu)
    ]
    return (
        f"### {corpus.documents:,} documents\n\n{corpus.triples:,} triples; "
        f"records of {corpus.input_bytes / 1e6:.0f} MB, output of {corpus.output_bytes / 1e6:.0f} MB.\n\n"
        + _table(("tool", "CPU seconds", "million triples a CPU second", "times", "MB"), rows)
    )


def _memory(results: Sequence[Corpus]) -> str:
    names = (corpora.OURS, corpora.OURS_TWICE)
    rows = [(f"{each.documents:,}", *(f"{each.measured[name].memory:.0f} MB" for name in names)) for each in results]
    return _table(("documents", corpora.OURS, corpora.OURS_TWICE), rows)


def _targets(results: Sequence[Corpus]) -> str:
    by_size = {corpus.documents: corpus for corpus in results}
    rows = []
    for name, documents, wanted in _TARGETS:
        corpus = by_size.get(documents)
        if corpus is not None and name in corpus.measured:
            found = corpus.measured[name].ratio(corpus.measured[corpora.OURS])
            met = _met(met=found >= wanted)
            rows.append((f"{name}, {documents:,} documents", f"{wanted:g} times", f"{found:.1f} times", met))
    most = max(corpus.measured[corpora.OURS].memory for corpus in results)
    rows.append(("memory, any corpus", f"under {_MEMORY_TARGET} MB", f"{most:.0f} MB", _met(met=most < _MEMORY_TARGET)))
    return _table(("faster than, or within", "target", "measured", "met"), rows)


def _met(*, met: bool) -> str:
    return "yes" if met else "no"


def _build(build: Build) -> str:
    whole = sum(build.stages.values())
    alone = (build.build, build.owlrl, build.pyshacl)
    rows = [(name, f"{seconds:.2f}", f"{100 * seconds / whole:.0f} %") for name, seconds in build.stages.items()]
    return (
        f"The dataset of this checkout: {build.triples:,} triples asserted. `start` is Python with all imports.\n\n"
        + _table(("stage", "CPU seconds", "share"), rows)
        + "\nThe whole build, against owlrl and pySHACL alone on its asserted triples, the ontology and the shapes,\n"
        "each with its own start and imports:\n\n"
        + _table(("", "CPU seconds"), ((each.program.name, _seconds(each)) for each in alone))
        + f"\nThe whole build takes {build.share:.2f} of the time of the two one after the other (target: a third).\n"
    )
