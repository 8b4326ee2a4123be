"""The published dataset as its readers open it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pyoxigraph

from ruiran_ld import queries, release, seeds, serialization
from ruiran_ld.dataset import DatasetFolder
from ruiran_ld.errors import Place, Problem, UsageError

_prefix_line = re.compile(r"@prefix ([^:]*): <([^>]*)> \.").fullmatch


def open_published(folder: DatasetFolder) -> pyoxigraph.Store:
    """Open the asserted graph with all that follows from it and with the ontology's terms.

    Raises:
        UsageError: if nothing was published yet.
    """
    return queries.open_store([_file(folder, serialization.entailed_file_name)])


def open_asserted(folder: DatasetFolder) -> pyoxigraph.Store:
    """Open the asserted graph alone.

    Raises:
        UsageError: if nothing was published yet.
    """
    return queries.open_store([_file(folder, serialization.file_name)])


def published_files(folder: DatasetFolder) -> tuple[Path, Path]:
    """Name the files that together are the published RDF dataset: the closure, and the one with the named graphs.

    Raises:
        UsageError: if nothing was published yet.
    """
    names = (serialization.entailed_file_name, serialization.dataset_file_name)
    entailed, named = (_file(folder, name_of) for name_of in names)
    for path in (entailed, named):
        if not path.is_file():
            raise UsageError(Problem("nothing to query", "run 'ruiran-ld build' first", Place(str(path))))
    return entailed, named


def published_prefixes(folder: DatasetFolder) -> dict[str, str]:
    """Read the prefixes that the published Turtle declares, to shorten IRIs with."""
    found: dict[str, str] = {}
    with _file(folder, serialization.entailed_file_name).open(encoding="utf-8") as lines:
        for line in lines:
            if match := _prefix_line(line.strip()):
                found[match.group(1)] = match.group(2)
            elif line.strip() and not line.startswith("#"):
                break
    return found


def _file(folder: DatasetFolder, name_of: Callable[[str], str]) -> Path:
    release.recover(folder.dist)
    return folder.dist / name_of(seeds.load_settings(folder.seeds).name)
