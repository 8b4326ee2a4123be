"""Edits of the ledger between releases: withdrawing IRIs, renaming them, and recording decisions about them.

Each edit is checked against what the records and the ontology declare, then the ledger is written whole in one step.
From reading it to writing it, an edit keeps out other edits, which it would undo, and releases, which would undo it:
who comes second is refused (``UsageError``).
Nothing is edited but the ledger: what a curator has written stays the curator's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Final

from ruiran_ld import ledger, ntriples, pipeline, release, seeds
from ruiran_ld.dataset import DatasetFolder
from ruiran_ld.declarations import Declaration, declarations
from ruiran_ld.errors import DataError, Place, Problem, UsageError, nearest, quoted
from ruiran_ld.heirs import heirs_of_derived
from ruiran_ld.ledger import ACTIVE, DEPRECATED, DERIVED, Name, Published, Row
from ruiran_ld.vocabulary import compile_vocabulary

RENAMED: Final = "renamed"
"""The reason of a renaming that is given none."""

_MAX_REASON: Final = 1000


@dataclass(frozen=True, slots=True)
class Edit:
    """What became of an IRI by an edit: its name, the name that replaces it (or nothing)."""

    name: str
    replaced_by: str = ""


def deprecate(folder: DatasetFolder, names: Sequence[str], replaced_by: str | None, reason: str) -> list[Edit]:
    """Withdraw what curators have named: it is declared no more, and its IRI gets a tombstone.

    Something that was withdrawn before can be given another replacement or reason. With a document go its claims and
    its unnamed author.

    Args:
        folder: the dataset.
        names: slugs, ``document/claim``, other parts of IRIs below the base, or IRIs.
        replaced_by: the same, for what to use instead; empty if nothing replaces it, None to leave that as it was.
        reason: why.

    Raises:
        UsageError: for a name that was never published, is still declared, or would be replaced by itself or by what
            is neither declared nor an IRI of others.
        DataError: where records cannot be read.
    """
    with _edited(folder, reason) as book:
        new = book.resolve_new(replaced_by) if replaced_by else replaced_by
        edits = []
        for row in book.rows_of(names):
            if row.kind in DERIVED:
                remedy = "take out the record, then run: ruiran-ld deprecate --derived --reason WHY"
                raise UsageError(Problem(f"{quoted(book.words.of(row.iri))} follows from records", remedy))
            book.require_undeclared(row, "take it out there first, or give what is new another slug")
            edits.append(book.withdraw(row, row.replaced_by if new is None else new))
            if row.kind == "document":
                edits += book.withdraw_parts(row.iri)
        return edits


def deprecate_derived(folder: DatasetFolder, reason: str) -> list[Edit]:
    """Withdraw all statements, passages, values and links that no record gives any more.

    One that differs from a published one by nothing but renamed things is replaced by that.

    Raises:
        UsageError: if there is none.
        DataError: where the records cannot be converted.
    """
    with _edited(folder, reason) as book:
        asserted = pipeline.convert(folder)
        published = pipeline.describe(folder, asserted)
        standing = {row.iri for row in book.rows.values() if row.is_active and row.kind in DERIVED}
        lost = standing - published.keys()
        if not lost:
            message = "every published statement, passage, value and link is still given"
            raise UsageError(Problem(message, "nothing to do"))
        properties = compile_vocabulary(folder.ontology).all_properties
        symmetric = {each.iri for each in properties if each.symmetric}
        heirs = heirs_of_derived(asserted.lines, lost, book.renamed(), book.base, symmetric)
        return [book.withdraw(book.rows[iri], heirs.get(iri, "")) for iri in sorted(lost)]


def rekey(folder: DatasetFolder, old: str, new: str, reason: str = RENAMED) -> list[Edit]:
    """Send readers of a thing's, document's or claim's old IRI to its new one, after a curator has renamed it.

    With a document go its claims of the same key and its unnamed author.

    Raises:
        UsageError: if the old name is still declared, or the new one is not or is not new.
        DataError: where records cannot be read.
    """
    with _edited(folder, reason) as book:
        row = book.row(old)
        if row.kind in DERIVED or not row.is_active:
            run = book.words.command("deprecate", row.iri, "--replaced-by", "NEW", "--reason", "WHY")
            why = "follows from records" if row.kind in DERIVED else "was withdrawn already"
            raise UsageError(Problem(f"{quoted(old)} {why}", f"to change what replaces it, run: {run}"))
        book.require_undeclared(row, f"call it '{new}' there first, and wherever else the records name it")
        target = book.resolve_new(new)
        deprecate_ = book.words.command("deprecate", row.iri, "--replaced-by", target, "--reason", "WHY")
        if target in book.rows:
            first = "" if book.rows[target].is_active else f"run: {book.restoring(target)} ; and then "
            remedy = f"to merge the two, {first}run: {deprecate_}"
            raise UsageError(Problem(f"{quoted(new)} is no new name: it was published", remedy))
        if target not in book.declared:
            remedy = f"to send readers elsewhere, run: {deprecate_}"
            raise UsageError(Problem(f"{quoted(new)} is not declared here", remedy))
        kind = book.declared[target].kind
        if kind != row.kind:
            remedy = "a renamed thing stays what it was: if another takes its place, use 'ruiran-ld deprecate'"
            raise UsageError(Problem(f"{quoted(new)} is a {kind}, and {quoted(old)} was a {row.kind}", remedy))
        edits = [book.withdraw(row, target)]
        if row.kind == "document":
            edits += book.rekey_parts(row.iri, target)
        return edits


def decide(folder: DatasetFolder, names: Sequence[str], reason: str) -> list[Edit]:
    """Record that what was published under an IRI is the same thing as what is described under it now.

    The row takes over kind, classes and identity as they are now, and keeps what changed and why; a withdrawn IRI that
    is described again is active again.

    Raises:
        UsageError: if there is nothing to decide, or the IRI would name something else than what was withdrawn.
        DataError: where the records cannot be converted.
    """
    with _edited(folder, reason) as book:
        published = pipeline.describe(folder, pipeline.convert(folder))
        return [book.accept(row, published) for row in book.rows_of(names)]


def decide_derived(folder: DatasetFolder, reason: str) -> list[Edit]:
    """Restore all withdrawn statements, passages, values and links that records give again.

    Raises:
        UsageError: if there is none.
        DataError: where the records cannot be converted.
    """
    with _edited(folder, reason) as book:
        published = pipeline.describe(folder, pipeline.convert(folder))
        back = [row for row in book.rows.values() if not row.is_active and row.kind in DERIVED and row.iri in published]
        if not back:
            raise UsageError(Problem("no withdrawn statement, passage, value or link is given again", "nothing to do"))
        return [book.restore(row, published[row.iri]) for row in back]


def remaining(folder: DatasetFolder) -> tuple[Problem, ...]:
    """List what is still to be done before a build keeps its promises, and where records write withdrawn names."""
    used: tuple[Problem, ...] = ()
    try:
        asserted = pipeline.convert(folder)
        used = tuple(use.as_problem() for use in asserted.replaced)
        pipeline.keep_promises(folder, asserted)
    except DataError as error:
        return (*error.problems, *used)
    return used


@contextmanager
def _edited(folder: DatasetFolder, reason: str) -> Iterator[_Book]:
    """Open the ledger for an edit, and write it when the block ends; if it ends in an error, nothing is written."""
    if folder.carried:
        raise UsageError(Problem("this dataset belongs to the package", "give one of your own with --dataset DIR"))
    # The lock of releases, which write the ledger too.
    with release.exclusive(folder.releases):
        book = _Book.open(folder, reason)
        yield book
        ledger.write(folder.ledger, book.rows.values())


@dataclass(slots=True)
class _Book:
    """The ledger under an edit, with what it is checked against."""

    folder: DatasetFolder
    base: str
    version: str
    reason: str
    rows: dict[str, Row]
    _declared: dict[str, Declaration] | None = field(default=None)

    @classmethod
    def open(cls, folder: DatasetFolder, reason: str) -> _Book:
        settings = seeds.load_settings(folder.seeds)
        rows = ledger.read(folder.ledger, folder.name(folder.ledger))
        if not rows:
            remedy = "nothing was released yet: change or remove what you like"
            raise UsageError(Problem("there is no ledger", remedy, Place(folder.name(folder.ledger))))
        return cls(folder, settings.base, settings.version, _clean(reason), {row.iri: row for row in rows})

    @property
    def words(self) -> Name:
        return Name(self.base)

    @property
    def declared(self) -> Mapping[str, Declaration]:
        if self._declared is None:
            self._declared = declarations(self.folder, self.base)
        return self._declared

    def row(self, name: str) -> Row:
        for iri in self.words.candidates(name):
            if iri in self.rows:
                return self.rows[iri]
        remedy = nearest(name, map(self.words.of, self.rows)) or "what was never published can be changed or removed"
        raise UsageError(Problem(f"{quoted(name)} was never published", remedy))

    def rows_of(self, names: Iterable[str]) -> list[Row]:
        """Find the rows of names, each once."""
        rows = map(self.row, names)
        return list({row.iri: row for row in rows}.values())

    def resolve_new(self, name: str) -> str:
        """Find the IRI of a replacement: declared, or withdrawn for something else, or of another publisher."""
        for iri in self.words.candidates(name):
            if iri in self.declared or iri in self.rows:
                return iri
            if "://" in name and not iri.startswith(self.base):
                if not ntriples.is_iri(iri):
                    raise UsageError(Problem(f"{quoted(name)} is no IRI", "write %XX for what cannot stand in one"))
                return iri
        known = map(self.words.of, self.declared)
        raise UsageError(Problem(f"{quoted(name)} is declared nowhere", nearest(name, known) or "declare it first"))

    def require_undeclared(self, row: Row, remedy: str) -> None:
        found = self.declared.get(row.iri)
        if found is not None and not found.deprecated:
            raise UsageError(Problem(f"'{self.words.of(row.iri)}' is still declared here", remedy, found.place))

    def withdraw(self, row: Row, new: str) -> Edit:
        name = self.words.of(row.iri)
        end = new
        while end != row.iri and end in self.rows and self.rows[end].replaced_by:
            end = self.rows[end].replaced_by
        if end == row.iri:
            raise UsageError(Problem(f"'{name}' would be replaced by itself", self._way_out(row, new)))
        note = _noted(self.reason, row)
        self.rows[row.iri] = replace(row, state=DEPRECATED, replaced_by=new, note=note)
        return Edit(name, self.words.of(new))

    def restoring(self, iri: str) -> str:
        """Write the command that makes a withdrawn IRI stand again."""
        derived = self.rows[iri].kind in DERIVED
        return self.words.command("decide", "--derived" if derived else iri, "--reason", "WHY")

    def _way_out(self, row: Row, new: str) -> str:
        """Say what to do where a replacement leads back: if it stands again, the ledger has to know that first."""
        if new != row.iri and (row.kind in DERIVED or new in self.declared):
            return f"since {self.words.of(new)} is described again, first run: {self.restoring(new)}"
        return "name what takes its place, if anything"

    def rekey_parts(self, old: str, new: str) -> Iterator[Edit]:
        """Withdraw the claims and the author of a renamed document in favour of those of the same key."""
        for iri, row in list(self.rows.items()):
            target = new + iri.removeprefix(old)
            if not iri.startswith(f"{old}/") or not row.is_active or iri in self.declared:
                continue
            if target in self.declared and target not in self.rows:
                yield self.withdraw(row, target)

    def withdraw_parts(self, document: str) -> Iterator[Edit]:
        """Withdraw the claims and the author of a withdrawn document."""
        for iri, row in list(self.rows.items()):
            if iri.startswith(f"{document}/") and row.is_active and iri not in self.declared:
                yield self.withdraw(row, "")

    def renamed(self) -> dict[str, tuple[str, ...]]:
        """List the withdrawn IRIs that each standing one replaces."""
        withdrawn = ledger.Withdrawn.of(self.rows.values())
        found: dict[str, tuple[str, ...]] = {}
        for iri in withdrawn.rows:
            if new := withdrawn.successor(iri):
                found[new] = (*found.get(new, ()), iri)
        return found

    def accept(self, row: Row, published: Mapping[str, Published]) -> Edit:
        name, now = self.words.of(row.iri), published.get(row.iri)
        if now is None:
            raise UsageError(Problem(f"nothing describes {quoted(name)}", "describe it first, or withdraw it"))
        if not row.is_active:
            if (row.kind, row.types) != (now.kind, now.types):
                remedy = "an IRI is never reused for something else: give it another slug"
                message = f"{quoted(name)} was withdrawn as {_list(row.types)} and is {_list(now.types)} now"
                raise UsageError(Problem(message, remedy))
            return self.restore(row, now)
        changes = _changes(row, now)
        if not changes:
            raise UsageError(Problem(f"{quoted(name)} is what it was published as", "there is nothing to decide"))
        note = _noted(f"{self.version}: {changes}: {self.reason}", row)
        self.rows[row.iri] = replace(row, kind=now.kind, types=now.types, matches=now.matches, note=note)
        return Edit(self.words.of(row.iri))

    def restore(self, row: Row, now: Published) -> Edit:
        note = _noted(f"{self.version}: restored: {self.reason}", row)
        self.rows[row.iri] = replace(
            row, matches=now.matches, state=ACTIVE, until="", date="", replaced_by="", note=note
        )
        return Edit(self.words.of(row.iri))


def _changes(row: Row, now: Published) -> str:
    found = []
    if (row.kind, row.types) != (now.kind, now.types):
        found.append(f"type {_list(row.types)} -> {_list(now.types)}")
    if row.matches != now.matches:
        found.append(f"match {_list(row.matches)} -> {_list(now.matches)}")
    return ", ".join(found)


def _list(iris: Iterable[str]) -> str:
    return " ".join(iris) or "none"


def _noted(note: str, row: Row) -> str:
    return f"{note}{ledger.BETWEEN_NOTES}{row.note}" if row.note else note


def _clean(reason: str) -> str:
    """Put a reason on one line.

    Raises:
        UsageError: if it is empty, or cannot stand in the ledger's file.
    """
    text = " ".join(reason.split())
    if not text or len(text) > _MAX_REASON:
        message = f"a reason of {len(text)} characters"
        raise UsageError(Problem(message, f"say in up to {_MAX_REASON} why: readers of the old IRI are told"))
    if "|" in text or ledger.is_unwritable(text):
        raise UsageError(Problem(f"a reason with | or a control character: {quoted(text)}", "use other words"))
    return text
