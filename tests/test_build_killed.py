"""A build that is killed at any stage leaves the last good release as it was, and the next build works."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from ruiran_ld import pipeline
from ruiran_ld.dataset import DatasetFolder
from running import digest_of, run

SCRIPT = Path(__file__).with_name("killed_build.py")


@pytest.mark.parametrize("stage", pipeline.STAGES)
def test_a_killed_build_leaves_the_release(dataset: Path, stage: str) -> None:
    path = dataset / "seeds" / "registers" / "waters.yaml"
    path.write_text(path.read_text().replace("The Lorn", "Great Lorn"))
    before = digest_of(dataset / "dist")
    done = subprocess.run([sys.executable, SCRIPT, dataset, stage], check=False)
    assert done.returncode == -signal.SIGKILL
    assert digest_of(dataset / "dist") == before
    assert run("query", "towns", here=dataset).status == 0


def test_the_build_after_a_killed_one_publishes(dataset: Path) -> None:
    path = dataset / "seeds" / "registers" / "waters.yaml"
    path.write_text(path.read_text().replace("The Lorn", "Great Lorn"))
    subprocess.run([sys.executable, SCRIPT, dataset, "release"], check=False)
    assert run("build", here=dataset).status == 0
    assert "Great Lorn" in (dataset / "dist" / "floods.ttl").read_text()
    assert [path.name for path in dataset.iterdir() if path.name.startswith(".")] == []


def test_every_stage_is_announced(dataset: Path) -> None:
    seen: list[str] = []
    pipeline.build(DatasetFolder(dataset), dataset / "dist", on_stage=seen.append)
    assert tuple(seen) == pipeline.STAGES
