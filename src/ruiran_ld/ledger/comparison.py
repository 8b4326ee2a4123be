"""Holds what a graph is about to publish against what was promised, and says what to run where they differ."""

from __future__ import annotations

import shlex
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from ruiran_ld.errors import Place, Problem
from ruiran_ld.ledger.kinds import DERIVED, PARTS, Published
from ruiran_ld.ledger.rows import Row
from ruiran_ld.ledger.tombstones import Withdrawn

MAX_PROBLEMS: Final = 1000
"""Problems that are reported at most: a person reads no more."""


@dataclass(frozen=True, slots=True)
class Name:
    """Writes IRIs under a base as people give them to commands: a slug, ``document/claim``, ``concept/scheme/name``."""

    base: str

    def of(self, iri: str) -> str:
        """Shorten an IRI; one that is not under the base stays as it is."""
        return iri.removeprefix(self.base).removeprefix("id/") if iri.startswith(self.base) else iri

    def candidates(self, name: str) -> tuple[str, ...]:
        """List the IRIs that a name can stand for, the likeliest first."""
        return (name,) if "://" in name else (f"{self.base}id/{name}", f"{self.base}{name}")

    def command(self, verb: str, *arguments: str) -> str:
        """Write a command that a person can copy; IRIs among the arguments are shortened."""
        return shlex.join(["ruiran-ld", verb, *map(self.of, arguments)])


def compare(
    rows: Iterable[Row], published: Mapping[str, Published], base: str, file: str = "seeds/ledger.tsv"
) -> list[Problem]:
    """Find what a graph would break of what the ledger promises.

    An active IRI has to be there and name what it named; a deprecated one must not be described anew; a replacement has
    to be published, or to have a tombstone itself.

    Args:
        rows: the ledger.
        published: what the graph publishes; see ``published``.
        base: the base IRI of the dataset.
        file: what the ledger is called in messages.
    """
    return _Comparison({row.iri: row for row in rows}, published, Name(base), file).problems()


@dataclass(slots=True)
class _Comparison:
    rows: Mapping[str, Row]
    published: Mapping[str, Published]
    name: Name
    file: str
    withdrawn: Withdrawn = field(init=False)
    holders: dict[str, list[Row]] = field(init=False)
    takers: dict[str, list[str]] = field(init=False)

    def __post_init__(self) -> None:
        self.withdrawn = Withdrawn.of(self.rows.values())
        self.holders = defaultdict(list)
        for row in self.rows.values():
            for match in row.matches:
                self.holders[match].append(row)
        self.takers = defaultdict(list)
        for iri, now in self.published.items():
            for match in now.matches:
                self.takers[match].append(iri)

    def problems(self) -> list[Problem]:
        found: list[Problem] = []
        for row in self.rows.values():
            found += self._active(row) if row.is_active else self._deprecated(row)
            if len(found) >= MAX_PROBLEMS:
                return [*found[:MAX_PROBLEMS], Problem("there are more problems than are shown", "mend these first")]
        return found

    def _problem(self, row: Row, message: str, remedy: str) -> Problem:
        types = " ".join(iri.rpartition("#")[2].rpartition("/")[2] for iri in row.types)
        what = f"{self.name.of(row.iri)} ({row.kind}, {types}, since {row.since})" if types else self.name.of(row.iri)
        return Problem(f"{what} {message}", remedy, Place(self.file, row.line))

    # --- What has to be there ------------------------------------------------------------------------------------

    def _active(self, row: Row) -> Iterator[Problem]:
        now = self.published.get(row.iri)
        if now is None:
            yield self._lost(row)
        elif now.deprecated:
            remedy = f"run: {self.name.command('deprecate', row.iri, '--reason', 'WHY')}"
            yield self._problem(row, "is called deprecated by the data, but not by the ledger", remedy)
        else:
            yield from self._changed(row, now)

    def _lost(self, row: Row) -> Problem:
        if row.kind in DERIVED:
            run = self.name.command("deprecate", "--derived", "--reason", "WHY")
            remedy = f"put back the record that gave it, or withdraw all that no record gives any more, run: {run}"
            return self._problem(row, "would be lost: it is published, and no record gives it any more", remedy)
        whole = self.rows.get(row.iri.rpartition("/")[0]) if row.kind in PARTS else None
        if whole is not None and whole.is_active and whole.iri not in self.published:
            remedy = f"what is to be run for {self.name.of(whole.iri)} is enough"
            return self._problem(row, "would be lost with its document", remedy)
        rekey = self.name.command("rekey", row.iri, self._heir(row, new=True) or "NEW")
        heir = self._heir(row, new=False)
        deprecate = self.name.command(
            "deprecate", row.iri, *(("--replaced-by", heir) if heir else ()), "--reason", "WHY"
        )
        remedy = f"put it back; or, if it is called otherwise now, run: {rekey} ; or, to withdraw it, run: {deprecate}"
        return self._problem(row, "would be lost: it is published, and nothing describes it any more", remedy)

    def _heir(self, row: Row, *, new: bool) -> str:
        """Find the one IRI that has taken the identity of a lost row: one that was never published, or one that was."""
        candidates = {iri for match in row.matches for iri in self.takers.get(match, ())}
        found = [iri for iri in candidates if (iri not in self.rows) is new and self.published[iri].types == row.types]
        return found[0] if len(found) == 1 else ""

    # --- What has to be the same ---------------------------------------------------------------------------------

    def _changed(self, row: Row, now: Published) -> Iterator[Problem]:
        decide = self.name.command("decide", row.iri, "--reason", "WHY")
        undo = "an IRI is never reused for something else, so give what is new a slug of its own"
        remedy = f"{undo}; or, if it is the same thing, better described, run: {decide}"
        if (row.kind, row.types) != (now.kind, now.types):
            message = f"has changed its type: {self._list(row.types)} was published, {self._list(now.types)} is given"
            yield self._problem(row, message, remedy)
        if lost := set(row.matches) - set(now.matches):
            message = f"has changed its identity: {self._list(lost)} was published as the same thing"
            yield self._problem(row, message, remedy)
        for match in now.matches:
            for holder in self.holders.get(match, ()) if match not in row.matches else ():
                if self._is_merged(holder, row.iri):
                    into = self.name.command("deprecate", holder.iri, "--replaced-by", row.iri, "--reason", "WHY")
                    message = f"takes the identity of {self.name.of(holder.iri)}, {match}"
                    yield self._problem(row, message, f"if they are one thing, run: {into} ; or else run: {decide}")

    def _is_merged(self, holder: Row, iri: str) -> bool:
        """Tell whether a row's match passes to another IRI without a tombstone that says so.

        One that is lost is a problem already, and its tombstone settles both.
        """
        if not holder.is_active:
            return self.withdrawn.successor(holder.iri) != iri
        return holder.iri in self.published

    def _list(self, iris: Iterable[str]) -> str:
        return " ".join(sorted(iris)) or "none"

    # --- What must not be there ----------------------------------------------------------------------------------

    def _deprecated(self, row: Row) -> Iterator[Problem]:
        now = self.published.get(row.iri)
        if now is not None and not now.deprecated:
            yield self._revived(row, now)
        new = row.replaced_by
        if new.startswith(self.name.base) and new not in self.published and new not in self.rows:
            message = f"is replaced by {self.name.of(new)}, which nothing describes"
            run = self.name.command("deprecate", row.iri, "--replaced-by", "NEW", "--reason", "WHY")
            yield self._problem(row, message, f"describe that, or name another, run: {run}")

    def _revived(self, row: Row, now: Published) -> Problem:
        since = f"in {row.until}" if row.until else "for the coming release"
        message = f"was withdrawn {since} ({row.reason}) and is described again"
        if row.kind in DERIVED:
            run = self.name.command("decide", "--derived", "--reason", "WHY")
            return self._problem(row, message, f"if that is right, restore all that records give again, run: {run}")
        if (row.kind, row.types) != (now.kind, now.types):
            remedy = "an IRI is never reused for something else: give it another slug"
            return self._problem(row, f"{message} as {self._list(now.types)}", remedy)
        run = self.name.command("decide", row.iri, "--reason", "WHY")
        return self._problem(row, message, f"give what is new another slug; or, if it is the same thing, run: {run}")
