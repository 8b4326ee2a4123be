"""Measures the build of the dataset in the checkout: its stages, and owlrl and pySHACL alone on the same data."""

from __future__ import annotations

import json
import shutil
import statistics
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bench.corpora import Bench
from bench.measuring import Measured, Program, side_by_side

_BUILD: Final = "whole build"
_OWLRL: Final = "owlrl alone"
_PYSHACL: Final = "pySHACL alone"


@dataclass(frozen=True, slots=True)
class Build:
    """What was measured on the build.

    Attributes:
        triples: triples that it asserts.
        stages: median CPU seconds by stage, in their order; ``start`` is Python and the imports.
        build: the whole build.
        owlrl: the closure by owlrl alone.
        pyshacl: the validation by pySHACL alone.
    """

    triples: int
    stages: Mapping[str, float]
    build: Measured
    owlrl: Measured
    pyshacl: Measured

    @property
    def share(self) -> float:
        """What part of the time of owlrl and pySHACL one after the other the whole build takes: a median."""
        rounds = zip(self.build.runs, self.owlrl.runs, self.pyshacl.runs, strict=True)
        return statistics.median(ours.cpu / (owlrl.cpu + pyshacl.cpu) for ours, owlrl, pyshacl in rounds)


def measure(bench: Bench) -> Build:
    """Measure the build of the checkout's own dataset, into a folder of the benchmark's."""
    dist = bench.scratch / "dist"
    shutil.rmtree(dist, ignore_errors=True)
    print("the build", flush=True)
    python, root = sys.executable, bench.root
    data = dist / "ruiran.nt"
    build, owlrl, pyshacl = side_by_side(
        (
            Program(_BUILD, (python, "-m", "bench.stages", root, dist), bench.slow_runs),
            Program(_OWLRL, (python, "-m", "bench.by_owlrl", data, root / "ontology"), bench.slow_runs),
            Program(
                _PYSHACL, (python, "-m", "bench.by_pyshacl", data, root / "shapes", root / "ontology"), bench.slow_runs
            ),
        ),
        bench.variables,
    )
    stages = [json.loads(run.output) for run in build.runs]
    medians = {name: statistics.median(each[name] for each in stages) for name in stages[0]}
    with data.open("rb") as lines:
        triples = sum(1 for _ in lines)
    return Build(triples, medians, build, owlrl, pyshacl)
