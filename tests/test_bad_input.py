"""Whatever is wrong with the input, people get messages with place, value and remedy, and the last release stays.

Each folder of ``bad_input`` holds files that are put over the small dataset; ``expected.txt`` is what the build says.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from running import digest_of, run

CASES = Path(__file__).parent / "bad_input"


def overlay(case: Path, dataset: Path) -> None:
    shutil.copytree(case, dataset, dirs_exist_ok=True, ignore=shutil.ignore_patterns("expected.txt"))


@pytest.mark.parametrize("case", sorted(path for path in CASES.iterdir() if path.is_dir()), ids=lambda path: path.name)
def test_bad_input_is_named_and_nothing_is_published(case: Path, dataset: Path) -> None:
    before = digest_of(dataset / "dist")
    overlay(case, dataset)
    outcome = run("build", here=dataset)
    assert outcome.err.replace(f"{dataset}/", "") == (case / "expected.txt").read_text(encoding="utf-8")
    assert outcome.status == 1
    assert outcome.out == ""
    assert digest_of(dataset / "dist") == before
    assert sorted(path.name for path in dataset.iterdir() if path.name.startswith(".")) == []


def test_every_line_that_is_expected_says_where_and_what_to_do() -> None:
    for path in sorted(CASES.glob("*/expected.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("error: "):
                place, _, rest = line.removeprefix("error: ").partition(": ")
                assert place.startswith(("seeds/", "ontology", "queries/")), line
                assert "; " in rest, f"{path.parent.name}: no remedy in {line}"
