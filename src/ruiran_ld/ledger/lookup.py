"""What became of a name that a record uses and nothing declares."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from ruiran_ld.errors import Place, Problem
from ruiran_ld.ledger.comparison import Name
from ruiran_ld.ledger.rows import DEPRECATED, Row, read
from ruiran_ld.ledger.tombstones import Withdrawn

_WORDS: Final = ("term", "concept")


def _is_called(iri: str, name: str) -> bool:
    return iri.endswith((f"/{name}", f"#{name}"))


@dataclass(frozen=True, slots=True)
class Replaced:
    """A withdrawn name in a record, taken as the one that replaces it; where it stands."""

    old: str
    new: str
    place: Place

    @property
    def message(self) -> str:
        """Say it to the curator, who is told the old name and the place besides."""
        return f"This name was withdrawn and is taken as '{self.new}'. Write that instead."

    def as_problem(self) -> Problem:
        """Say it as one of the problems that errors are made of."""
        return Problem(f"{self.old}: {self.message}", place=self.place)


@dataclass(slots=True)
class Lookup:
    """Looks up names in the ledger, which is read when the first one is asked for: most runs need none of it.

    Attributes:
        path: the ledger.
        file: what it is called in messages.
        base: the base IRI of the dataset.
    """

    path: Path
    file: str
    base: str
    _any_withdrawn: bool | None = field(default=None)
    _loaded: tuple[dict[str, Row], Withdrawn] | None = field(default=None)

    def successor(self, name: str) -> str:
        """Give the name, under the base and ``id/``, that replaces a withdrawn one; empty if there is none.

        Raises:
            DataError: where the ledger is broken.
        """
        if self._any_withdrawn is None:
            # A reference to another document's claim asks too, and a ledger may be long: most need no more than this.
            mark = f"\t{DEPRECATED}\t".encode()
            self._any_withdrawn = self.path.is_file() and mark in self.path.read_bytes()
        if not self._any_withdrawn:
            return ""
        _, withdrawn = self._load()
        room = f"{self.base}id/"
        new = withdrawn.successor(room + name)
        return new.removeprefix(room) if new.startswith(room) else ""

    def story(self, name: str) -> tuple[str, str]:
        """Say what became of a name that nothing declares, and what to do; both empty if it was never published.

        Raises:
            DataError: where the ledger is broken.
        """
        rows, _ = self._load()
        row = rows.get(f"{self.base}id/{name}")
        if row is None:
            return "", ""
        words = Name(self.base)
        deprecate = words.command("deprecate", row.iri, "--replaced-by", "NEW", "--reason", "WHY")
        if row.is_active:
            rekey = words.command("rekey", row.iri, "NEW")
            remedy = (
                f"declare it; or, if it is called otherwise now, run: {rekey} ; or, to withdraw it, run: {deprecate}"
            )
            return f"was published ({row.kind}, since {row.since}) and is declared no more", remedy
        instead = f"; it is replaced by {words.of(row.replaced_by)}" if row.replaced_by else ""
        remedy = f"leave it out, or say what replaces it, run: {deprecate}"
        return f"was withdrawn ({row.reason}){instead}", remedy

    def of_term(self, name: str) -> str:
        """Say what became of a term or concept, by its local name; empty if none of that name was withdrawn.

        Raises:
            DataError: where the ledger is broken.
        """
        _, withdrawn = self._load()
        found = sorted(iri for iri, row in withdrawn.rows.items() if row.kind in _WORDS and _is_called(iri, name))
        if not found:
            return ""
        instead = withdrawn.successor(found[0])
        words = f" and replaced by {Name(self.base).of(instead)}" if instead else ""
        return f"it was withdrawn ({withdrawn.rows[found[0]].reason}){words}"

    def _load(self) -> tuple[dict[str, Row], Withdrawn]:
        if self._loaded is None:
            rows = read(self.path, self.file)
            self._loaded = {row.iri: row for row in rows}, Withdrawn.of(rows)
        return self._loaded
