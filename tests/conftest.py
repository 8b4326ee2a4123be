"""What many tests use: datasets to change and to break, and built ones to read, each built once for a process."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from running import run

ROOT = Path(__file__).parents[1]
OTHER = Path(__file__).parent / "other_dataset"
CORE = ("core.ttl", "external.ttl")
"""What every ontology takes over from ours: the notions that the software itself knows, and the terms of standards."""


def lay_out(target: Path) -> Path:
    """Put the dataset of the other domain together in a folder."""
    shutil.copytree(OTHER, target)
    for name in CORE:
        shutil.copy(ROOT / "ontology" / name, target / "ontology" / name)
    return target


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the dataset of the other domain; not to be changed."""
    folder = lay_out(tmp_path_factory.mktemp("built") / "floods")
    outcome = run("build", "--dataset", folder)
    assert outcome.status == 0, outcome.err
    return folder


@pytest.fixture
def dataset(built: Path, tmp_path: Path) -> Path:
    """Give a built dataset of the other domain that may be changed."""
    return Path(shutil.copytree(built, tmp_path / "floods"))


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy our own dataset as it is checked out, with its dist/; not to be changed."""
    folder = tmp_path_factory.mktemp("real") / "dataset"
    for name in ("ontology", "shapes", "seeds", "queries", "dist"):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name)
    return folder
