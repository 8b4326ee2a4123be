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

    def mention_of(self, iri: str) -> tuple[int, int] | None:
        """The line where the IRI stands at its best, with a rank before it; None if it stands nowhere.

        Rank 0 is where the term is said to be something, 1 where a line starts with it, 2 any other line.
        """
        names = self.names_of(iri)
        pattern = re.compile(rf"(?<![\w:])(?:{'|'.join(map(re.escape, names))})(?![\w-])(?P<declared> a |$)?")
        # Looked for first, as most lines have none of the names and a pattern takes long to say so.
        local = min((name.partition(":")[2] for name in names[1:]), key=len, default=iri)
        mentions = [
            (2 if found.start() else 0 if found["declared"] is not None else 1, number)
            for number, line in enumerate(self.lines, start=1)
            if local in line and (found := pattern.search(line))
        ]
        return min(mentions, default=None)


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
    """Where a term stands best: where it is declared, else where something is said of it, else where it is at all."""
    best: tuple[int, Place] | None = None
    for file in files:
        mention = file.mention_of(iri)
        if mention and (best is None or mention[0] < best[0]):
            best = (mention[0], Place(file.name, mention[1]))
    return best[1] if best else None
