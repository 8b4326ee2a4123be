"""Measures conversion on corpora of several sizes, side by side with other tools on the same triples."""

from __future__ import annotations

import filecmp
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bench.by_morph_kgc import write_mapping
from bench.measuring import Measured, Program, run, side_by_side

OURS: Final = "ruiran-ld, 1 process"
OURS_TWICE: Final = "ruiran-ld, 2 processes"
PYOXIGRAPH: Final = "pyoxigraph objects"
MORPH_KGC: Final = "morph-kgc"
RDFLIB: Final = "rdflib built by hand"
COPYING: Final = "copying the output"
_RDFLIB_DOCUMENTS: Final = 1000


@dataclass(frozen=True, slots=True)
class Corpus:
    """What was measured on one corpus.

    Attributes:
        documents: how many it has.
        triples: distinct triples of the output.
        input_bytes: size of its records.
        output_bytes: size of the output.
        measured: by the program's name.
    """

    documents: int
    triples: int
    input_bytes: int
    output_bytes: int
    measured: Mapping[str, Measured]


@dataclass(frozen=True, slots=True)
class Bench:
    """What all measurements share.

    Attributes:
        root: the checkout.
        scratch: a folder for corpora and outputs.
        peers: the interpreter that has morph-kgc.
        variables: the environment of all programs.
        runs: how often each program runs.
        slow_runs: how often those run that take minutes.
    """

    root: Path
    scratch: Path
    peers: Path
    variables: Mapping[str, str]
    runs: int
    slow_runs: int

    def call(self, module: str, *arguments: object) -> None:
        """Run a module of the benchmark that is not measured, in a process of its own: this one stays small."""
        command = (sys.executable, "-m", f"bench.{module}", *map(str, arguments))
        subprocess.run(command, env=dict(self.variables), check=True)

    def ours(self, corpus: Path, output: Path, jobs: int) -> Program:
        """Give the program that converts a corpus."""
        options = ("--dataset", corpus, "--out", output, "--jobs", str(jobs))
        name = OURS if jobs == 1 else OURS_TWICE
        return Program(name, (sys.executable, "-m", "bench.by_ruiran_ld", "convert", *options), self.runs, output)


def measure(bench: Bench, documents: int, *, peers: bool) -> Corpus:
    """Measure conversion of a corpus of so many documents; without peers, only ours and the copying."""
    folder = bench.scratch / str(documents)
    shutil.rmtree(folder, ignore_errors=True)
    corpus, output, canonical = folder / "corpus", folder / "ruiran-ld.nt", folder / "sorted.nt"
    print(f"{documents} documents", flush=True)
    bench.call("generator", bench.root / "ontology", corpus, documents)
    run(bench.ours(corpus, output, 1), bench.variables)
    _sort(output, canonical)
    programs = [
        bench.ours(corpus, output, 1),
        bench.ours(corpus, folder / "two.nt", 2),
        _program(COPYING, "by_copying", output, folder / "copy.nt", bench.runs),
    ]
    if peers:
        programs += _peers(bench, folder, canonical, documents)
    measured = side_by_side(programs, bench.variables)
    for made in sorted(folder.glob("*.nt")):
        if made not in (output, canonical):
            _require_same(made, canonical, folder / "check")
    with canonical.open("rb") as lines:
        triples = sum(1 for _ in lines)
    records = sum(path.stat().st_size for path in sorted((corpus / "seeds").rglob("*.jsonl")))
    result = Corpus(documents, triples, records, output.stat().st_size, {each.program.name: each for each in measured})
    shutil.rmtree(folder)
    return result


def _peers(bench: Bench, folder: Path, canonical: Path, documents: int) -> Sequence[Program]:
    tables = folder / "tables"
    bench.call("tables", canonical, tables)
    configuration = write_mapping(tables, folder / "morph-kgc.nt", folder)
    programs = [
        _program(PYOXIGRAPH, "by_pyoxigraph", tables, folder / "pyoxigraph.nt", bench.runs),
        Program(MORPH_KGC, (bench.peers, "-m", "morph_kgc", configuration), bench.slow_runs, folder / "morph-kgc.nt"),
    ]
    if documents <= _RDFLIB_DOCUMENTS:
        programs.append(_program(RDFLIB, "by_rdflib", tables, folder / "rdflib.nt", bench.slow_runs))
    return programs


def _program(name: str, module: str, source: Path, output: Path, runs: int) -> Program:
    return Program(name, (sys.executable, "-m", f"bench.{module}", source, output), runs, output)


def _sort(triples: Path, into: Path) -> None:
    """Sort the lines of a file by their bytes and drop repeated ones; the tool does so in bounded memory."""
    command = ("sort", "--unique", "--output", str(into), str(triples))
    subprocess.run(command, env=os.environ | {"LC_ALL": "C", "TMPDIR": str(into.parent)}, check=True)


def _require_same(made: Path, canonical: Path, scratch: Path) -> None:
    """See that a tool made exactly the triples that ours made.

    Raises:
        SystemExit: if it did not; the measurement would then compare different work.
    """
    _sort(made, scratch)
    if not filecmp.cmp(scratch, canonical, shallow=False):
        sys.exit(f"{made} does not hold the triples of {canonical}")
    scratch.unlink()
    made.unlink()
