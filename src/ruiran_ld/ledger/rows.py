"""The ledger's file: tab-separated values with a header line, sorted by IRI, UTF-8, lines that end in LF.

A file of lines, so that a change to it reads well in a diff and merges as text does.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Final

from ruiran_ld import ntriples
from ruiran_ld.errors import DataError, InternalError, Place, Problem, UsageError, nearest, quoted

COLUMNS: Final = ("iri", "kind", "type", "match", "since", "state", "until", "date", "replacedBy", "note")
"""The header line."""

ACTIVE: Final = "active"
DEPRECATED: Final = "deprecated"
BETWEEN_NOTES: Final = " | "
"""What stands between the notes of a row, the newest of which comes first."""

_control = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]").search
_is_version = re.compile(r"[0-9A-Za-z][0-9A-Za-z.+-]*").fullmatch


@dataclass(frozen=True, slots=True)
class Row:
    """An IRI that was published.

    Attributes:
        iri: the IRI, without angle brackets.
        kind: what it names, such as ``thing`` or ``claim``; see ``kinds``.
        types: IRIs of its most specific classes, sorted.
        matches: IRIs of the authority records that it is an exact match of, sorted.
        since: the version of the dataset that brought it.
        state: ``active`` or ``deprecated``.
        until: the version that withdrew it; empty while it is active, and until the release that withdraws it.
        date: that version's day of issue, empty with it.
        replaced_by: the IRI to use instead, or empty.
        note: why it was withdrawn, or what was decided about it; the newest first, with `` | `` between.
        line: of the file, 0 where it stands in none yet.
    """

    iri: str
    kind: str
    types: tuple[str, ...]
    matches: tuple[str, ...]
    since: str
    state: str = ACTIVE
    until: str = ""
    date: str = ""
    replaced_by: str = ""
    note: str = ""
    line: int = field(default=0, compare=False)

    @property
    def is_active(self) -> bool:
        """Whether the IRI is to be published with what it names."""
        return self.state == ACTIVE

    @property
    def reason(self) -> str:
        """The newest of the notes: for a deprecated row, why it was withdrawn."""
        return self.note.partition(BETWEEN_NOTES)[0]

    def cells(self) -> tuple[str, ...]:
        """Give the cells of the row in the order of ``COLUMNS``."""
        types, matches = " ".join(self.types), " ".join(self.matches)
        facts = (self.iri, self.kind, types, matches, self.since)
        return (*facts, self.state, self.until, self.date, self.replaced_by, self.note)


def read(path: Path, name: str = "seeds/ledger.tsv") -> tuple[Row, ...]:
    """Read a ledger; a missing file is an empty one.

    Args:
        path: the file.
        name: what it is called in messages.

    Raises:
        DataError: with all that is wrong with the file.
    """
    try:
        text = path.read_bytes().decode()
    except FileNotFoundError:
        return ()
    except UnicodeDecodeError as error:
        message = f"not UTF-8 at byte {error.start}"
        raise DataError(Problem(message, "save it as UTF-8, or take it from the last release", Place(name))) from error
    except OSError as error:
        raise DataError(Problem(f"cannot be read: {error.strerror}", "it is a file", Place(name))) from error
    problems: list[Problem] = []
    rows = list(_rows(text, name, problems))
    if not problems:
        problems += _disorder(rows, name)
        problems += _endless(rows, name)
    if problems:
        raise DataError(problems)
    return tuple(rows)


def write(path: Path, rows: Iterable[Row]) -> None:
    """Write a ledger, sorted, in the place of the one before; one who is killed meanwhile leaves the one before.

    Raises:
        UsageError: if the system refuses.
        InternalError: for a row that could not be read again.
    """
    content = _text(rows).encode()
    aside = path.with_name(f".{path.name}.new")
    try:
        with aside.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        aside.replace(path)
    except OSError as error:
        message = f"cannot be written: {error.strerror}"
        raise UsageError(Problem(message, "see that the folder can be written", Place(str(path)))) from error


def is_unwritable(text: str) -> bool:
    """Tell whether a text has a character that cannot stand in a cell, such as a tab or the end of a line."""
    return _control(text) is not None


def _text(rows: Iterable[Row]) -> str:
    lines = ["\t".join(COLUMNS)]
    for row in sorted(rows, key=lambda row: row.iri):
        cells = row.cells()
        if any(map(is_unwritable, cells)):
            raise InternalError(Problem(f"a row that no line can hold: {quoted(cells)}", "report this"))
        lines.append("\t".join(cells))
    return "".join(f"{line}\n" for line in lines)


def _rows(text: str, name: str, problems: list[Problem]) -> Iterator[Row]:
    header, *lines = text.split("\n")
    if header != "\t".join(COLUMNS):
        remedy = f"the first line is {' '.join(COLUMNS)}, with tabs between and lines that end in LF"
        problems.append(Problem(f"not the header of a ledger: {quoted(header)}", remedy, Place(name, 1)))
        return
    if not lines or lines.pop():
        remedy = "take the file from the last release and run the commands since again"
        problems.append(Problem("the last line has no end: the file was cut off", remedy, Place(name, len(lines) + 2)))
        return
    for number, line in enumerate(lines, 2):
        cells = line.split("\t")
        if len(cells) != len(COLUMNS):
            message = f"{len(cells)} columns where {len(COLUMNS)} are expected"
            problems.append(Problem(message, "put a tab between the cells, and none in them", Place(name, number)))
            continue
        row = _row(dict(zip(COLUMNS, cells, strict=True)), number)
        bad = list(_row_problems(row, name))
        problems += bad
        if not bad:
            yield row


def _row(cells: Mapping[str, str], number: int) -> Row:
    return Row(
        iri=cells["iri"],
        kind=cells["kind"],
        types=tuple(cells["type"].split(" ")) if cells["type"] else (),
        matches=tuple(cells["match"].split(" ")) if cells["match"] else (),
        since=cells["since"],
        state=cells["state"],
        until=cells["until"],
        date=cells["date"],
        replaced_by=cells["replacedBy"],
        note=cells["note"],
        line=number,
    )


def _row_problems(row: Row, name: str) -> Iterator[Problem]:
    place = Place(name, row.line)
    for key, values in (("iri", (row.iri,)), ("type", row.types), ("match", row.matches)):
        for value in values:
            if not ntriples.is_iri(value):
                yield Problem(
                    f"{key} {quoted(value)} is no IRI", "write one in full, with one space between two", place
                )
        if list(values) != sorted(set(values)):
            yield Problem(f"{key}: {quoted(' '.join(values))} is not sorted", "sort it, and name each once", place)
    for key, version in (("since", row.since), ("until", row.until)):
        if not _is_version(version) and (version or key == "since"):
            yield Problem(f"{key} {quoted(version)} is no version", "write that of a release, such as 0.1.0", place)
    if not row.kind:
        yield Problem("a row without a kind", "take it from the last release", place)
    if any(map(is_unwritable, row.cells())):
        yield Problem("a control character", "remove it; lines end in LF alone", place)
    yield from _state_problems(row, place)


def _state_problems(row: Row, place: Place) -> Iterator[Problem]:
    if row.state not in (ACTIVE, DEPRECATED):
        remedy = nearest(row.state, (ACTIVE, DEPRECATED)) or f"write {ACTIVE} or {DEPRECATED}"
        yield Problem(f"unknown state {quoted(row.state)}", remedy, place)
        return
    if row.is_active:
        for key, value in (("until", row.until), ("date", row.date), ("replacedBy", row.replaced_by)):
            if value:
                yield Problem(f"{key} {quoted(value)} in an active row", f"remove it, or write {DEPRECATED}", place)
        return
    if not row.reason.strip():
        yield Problem("a deprecated row without a note", "write why it was withdrawn", place)
    if bool(row.until) != bool(row.date):
        yield Problem("one of until and date without the other", "give both or none", place)
    if row.replaced_by and not ntriples.is_iri(row.replaced_by):
        yield Problem(f"replacedBy {quoted(row.replaced_by)} is no IRI", "write one in full", place)
    if row.date and not _is_date(row.date):
        yield Problem(f"{quoted(row.date)} is no date", "write YYYY-MM-DD", place)


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _disorder(rows: list[Row], name: str) -> Iterator[Problem]:
    for before, row in pairwise(rows):
        if before.iri == row.iri:
            message = f"<{row.iri}> stands here and on line {before.line}"
            yield Problem(message, "an IRI has one row: keep the right one", Place(name, row.line))
        elif before.iri > row.iri:
            message = f"<{row.iri}> comes after <{before.iri}>"
            yield Problem(message, "sort the rows by IRI, character by character", Place(name, row.line))


def _endless(rows: list[Row], name: str) -> Iterator[Problem]:
    """Find replacements that lead back to themselves."""
    following = {row.iri: row.replaced_by for row in rows if row.replaced_by}
    sound: set[str] = set()
    for row in rows:
        seen: dict[str, None] = {}
        current = row.iri
        while current in following and current not in sound and current not in seen:
            seen[current] = None
            current = following[current]
        if current == row.iri and seen:
            message = f"<{row.iri}> is replaced in the end by itself"
            yield Problem(message, "let the last of them be replaced by none", Place(name, row.line))
        elif current not in seen:
            sound.update(seen)
