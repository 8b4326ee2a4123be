"""Reads the Turtle files that are checked and remembers where in them each term stands."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from ruiran_ld.errors import Place, Problem


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A Turtle file: its name for people, its lines, its prefixes and its triples."""

    name: str
    lines: tuple[str, ...]
    prefixes: dict[str, str]
    triples: tuple[ox.Triple, ...]

    def names_of(self, iri: str) -> list[str]:
        """Ways in which the file may write an IRI: in full, and with each prefix that fits."""
        fitting = (
            f"{prefix}:{iri[len(namespace) :]}"
            for prefix, namespace in self.prefixes.items()
            if iri.startswith(namespace)
        )
        return [f"<{iri}>", *fitting]

    def line_of(self, iri: str) -> int:
        """First line that starts with the IRI, else the first that holds it, else 0."""
        names = "|".join(re.escape(name) for name in self.names_of(iri))
        pattern = re.compile(rf"(?<![\w:])(?:{names})(?![\w-])")
        mentions = [(found.start() > 0, number) for number, found in self._matches(pattern)]
        return min(mentions)[1] if mentions else 0

    def _matches(self, pattern: re.Pattern[str]) -> Iterable[tuple[int, re.Match[str]]]:
        for number, line in enumerate(self.lines, start=1):
            if found := pattern.search(line):
                yield number, found


def turtle_files(folder: Path) -> list[Path]:
    """All Turtle files under a folder, in the order of their paths."""
    return sorted(folder.rglob("*.ttl"))


def read(path: Path, dataset: Path) -> SourceFile | Problem:
    """Parse one Turtle file (RDF 1.1 Turtle).

    Blank nodes get new names on each reading, so that those of several files stay apart in one graph.

    Returns:
        the file, or the problem that keeps it from being read.
    """
    name = path.relative_to(dataset).as_posix()
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        return Problem(f"is not UTF-8 at byte {error.start}", "save the file as UTF-8", Place(name))
    try:
        parser = ox.parse(text, format=ox.RdfFormat.TURTLE, rename_blank_nodes=True)
        triples = tuple(quad.triple for quad in parser)
    except SyntaxError as error:
        return Problem(f"is not Turtle: {error.msg}", "mend the syntax", Place(name, error.lineno or 0))
    return SourceFile(name, tuple(text.splitlines()), dict(parser.prefixes), triples)


def place_of(iri: str, files: Iterable[SourceFile]) -> Place | None:
    """Where a term stands: the first of the files that holds it, with the line."""
    for file in files:
        if line := file.line_of(iri):
            return Place(file.name, line)
    return None
