"""What the tables of the other tools look like: which file has which columns, and what these are in RDF."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

IRI: Final = "iri"
PLAIN: Final = "plain"
_FILE: Final = "layout.json"


class Column(NamedTuple):
    """A property and what its values are: ``iri``, ``plain``, ``@`` and a language tag, or the IRI of a datatype."""

    predicate: str
    kind: str


class Table(NamedTuple):
    """A table whose first column is the subject.

    Attributes:
        name: name of its file, without suffix.
        classes: IRIs of the classes of all its subjects.
        columns: the others, in their order; none for the table of subject, property and object.
    """

    name: str
    classes: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def is_facts(self) -> bool:
        """Whether it is the table of subject, property and object."""
        return not self.columns and not self.classes

    def header(self) -> list[str]:
        """Name the columns; morph-kgc keeps names such as "subject" for itself."""
        if self.is_facts:
            return ["item", "property", "other"]
        return ["item", *(f"c{number}" for number in range(len(self.columns)))]


def write_layout(tables: Sequence[Table], folder: Path) -> None:
    """Write the layout of the tables of a folder."""
    (folder / _FILE).write_text(json.dumps(tables), encoding="utf-8")


def read_layout(folder: Path) -> list[Table]:
    """Read the layout of the tables of a folder."""
    tables = json.loads((folder / _FILE).read_text(encoding="utf-8"))
    return [Table(name, tuple(classes), tuple(Column(*each) for each in columns)) for name, classes, columns in tables]
