"""The releases of a dataset: ``releases/<version>/``, each whole, none ever changed.

A release holds all files of ``dist/``, ``ledger.tsv``, ``delta/`` against the release before, and ``SHA256SUMS``.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ruiran_ld import release, seeds, serialization
from ruiran_ld.dataset import DatasetFolder
from ruiran_ld.delta import Edition
from ruiran_ld.errors import DataError, Place, Problem, UsageError, nearest
from ruiran_ld.versions import is_version, precedence

DIST: Final = "dist"
"""What the published state that may not be released yet is called among the versions."""

LEDGER: Final = "ledger.tsv"
PATCH: Final = "delta/patch.rdfp"
UPDATE: Final = "delta/update.ru"
CHANGES: Final = "delta/changes.md"
ONTOLOGY: Final = "ontology.ttl"


@dataclass(frozen=True, slots=True)
class Release:
    """A release: its version and its folder."""

    version: str
    folder: Path


def list_releases(folder: DatasetFolder) -> list[Release]:
    """List the releases of a dataset, the oldest first; what stands aside under a dotted name is none.

    Raises:
        DataError: for anything in ``releases/`` that is not a folder with a version for its name.
    """
    if not folder.releases.is_dir():
        return []
    paths = sorted(path for path in folder.releases.iterdir() if not path.name.startswith("."))
    problems = [
        Problem("not a release", "move it elsewhere: each folder here bears a version", Place(folder.name(path)))
        for path in paths
        if not path.is_dir() or path.is_symlink() or not is_version(path.name)
    ]
    if problems:
        raise DataError(problems)
    return sorted((Release(path.name, path) for path in paths), key=lambda each: precedence(each.version))


def verify_releases(folder: DatasetFolder) -> list[Release]:
    """Compare every release with its ``SHA256SUMS``, and give them all.

    Raises:
        DataError: with each file that is missing, was changed or was added.
    """
    found = list_releases(folder)
    problems: list[Problem] = []
    for each in found:
        problems += _differences(folder, each)
    if problems:
        raise DataError(problems)
    return found


def _differences(folder: DatasetFolder, each: Release) -> list[Problem]:
    try:
        release.verify_release(each.folder)
    except DataError as error:
        remedy = f"a release never changes: take {folder.name(each.folder)} from where it was published"
        return [Problem(problem.message, remedy, problem.place) for problem in error.problems]
    return []


def open_edition(folder: DatasetFolder, name: str) -> Edition:
    """Open a release by its version, or ``dist``.

    Raises:
        UsageError: if there is no such release, or nothing was built.
        DataError: if its files are not those that were published.
    """
    if name == DIST:
        release.recover(folder.dist)
        if not folder.dist.is_dir():
            raise UsageError(Problem("nothing is published", "run 'ruiran-ld build' first", Place(str(folder.dist))))
        return _edition(folder, folder.dist, name)
    known = {each.version: each.folder for each in list_releases(folder)}
    if name not in known:
        remedy = nearest(name, known) or f"give {DIST}, or one of: {' '.join(known) or 'none, nothing was released'}"
        raise UsageError(Problem(f"there is no release '{name}'", remedy))
    if problems := _differences(folder, Release(name, known[name])):
        raise DataError(problems)
    return _edition(folder, known[name], name)


def _edition(folder: DatasetFolder, files: Path, name: str) -> Edition:
    settings = seeds.load_settings(folder.seeds)
    graph = files / serialization.graph_file_name(settings.name)
    try:
        lines = graph.read_bytes().decode().split("\n")[:-1]
        return Edition(name, lines, (files / ONTOLOGY).read_bytes())
    except OSError as error:
        message = f"cannot be read: {error.strerror}"
        remedy = "see that it is a whole release, and that 'name' in seeds/dataset.yaml is what it was then"
        raise DataError(Problem(message, remedy, Place(folder.name(Path(error.filename))))) from error
    except UnicodeDecodeError as error:
        raise DataError(Problem("not UTF-8", "see that it is a whole release", Place(str(graph)))) from error
