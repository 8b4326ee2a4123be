"""How much a finding of a quality query weighs: the profile of the checks, `ontology/checks/profile.tsv`.

One tab-separated line for each check, with its level: ERROR and WARN stop `make check`, INFO is only shown. Further
lines of a check waive what it finds of one term, each with its reason; a waiver of what is not found any more is an
error, so that the profile never says less good of the ontology than is true. The level ELSEWHERE is for what others'
checkers ask and no query here can answer: the reason says who answers it, or why nobody does. The last column names
the tests of FOOPS! and of ROBOT's report that a check answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Final

import msgspec

from ruiran_ld.errors import Place, Problem, nearest
from ruiran_ld.ontology_checks.quality_queries import Finding

FILE: Final = "profile.tsv"
COLUMNS: Final = ("check", "level", "term", "detail", "reason", "answers")


class Level(StrEnum):
    """The weight of what a check finds."""

    ERROR = "ERROR"
    WARN = "WARN"
    INFO = "INFO"
    ELSEWHERE = "ELSEWHERE"


@dataclass(slots=True)
class Found:
    """What the checks found.

    Attributes:
        problems: what stops `make check`: errors, warnings, and what is wrong with the checks themselves.
        notes: what is only shown.
    """

    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the profile; ``term`` is an IRI, and empty where the line is about the check as a whole."""

    check: str
    level: str
    term: str
    detail: str
    reason: str
    answers: tuple[str, ...]
    place: Place

    @property
    def key(self) -> tuple[str, str, str]:
        """What the line is about; no two lines are about the same."""
        return self.check, self.term, self.detail


@dataclass(frozen=True, slots=True)
class Profile:
    """The lines of the profile, and what is wrong with its form."""

    name: str
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...] = ()

    def judge(self, findings: Iterable[Finding], checks: Iterable[str]) -> Found:
        """Weigh findings by the profile, and hold the profile against what there is.

        Args:
            findings: of all checks.
            checks: names of the checks that were run.
        """
        found = Found([*self.problems, *self._misfits(set(checks))])
        levels = {row.check: row.level for row in self.rows if not row.term}
        unused = {row.key: row for row in self.rows if row.term}
        waived = set(unused)
        for finding in findings:
            key = (finding.check, finding.term, finding.detail)
            unused.pop(key, None)
            if key in waived:
                continue
            level = levels.get(finding.check, Level.ERROR)
            told = msgspec.structs.replace(finding.problem, message=f"{level} {finding.problem.message}")
            (found.notes if level == Level.INFO else found.problems).append(told)
        for row in unused.values():
            what = f"<{row.term}>" + (f" ({row.detail})" if row.detail else "")
            found.problems.append(
                Problem(f"waives what '{row.check}' does not find: {what}", "remove the line", row.place)
            )
        return found

    def _misfits(self, checks: set[str]) -> Iterable[Problem]:
        told = {row.check: row for row in self.rows if not row.term}
        for check in sorted(checks - told.keys()):
            yield Problem(f"gives no level to the check '{check}'", "add a line for it", Place(self.name))
        for row in self.rows:
            expected = row.level != Level.ELSEWHERE
            if (row.check in checks) != expected:
                message = f"there is {'no' if expected else 'a'} check '{row.check}'"
                remedy = nearest(row.check, checks) if expected else "give it a level"
                yield Problem(message, remedy or "remove the line", row.place)
            elif expected and row.check in told and row.level != told[row.check].level:
                message = f"waives '{row.check}' as {row.level}, which is {told[row.check].level}"
                yield Problem(message, "give the waiver the level of the check", row.place)


def read(path: Path, dataset: Path, prefixes: Mapping[str, str]) -> Profile:
    """Read a profile.

    Args:
        path: the file.
        dataset: the folder that messages name it from.
        prefixes: prefix -> namespace, by which the profile may shorten terms.
    """
    name = path.relative_to(dataset).as_posix()
    if not path.exists():
        return Profile(name, (), (Problem("there is no profile of the checks", f"restore {name}", Place(name)),))
    lines = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    if not lines or tuple(lines[0]) != COLUMNS:
        remedy = f"begin with the columns {', '.join(COLUMNS)}"
        return Profile(name, (), (Problem("has another header", remedy, Place(name, 1)),))
    rows, problems = [], []
    seen: set[tuple[str, str, str]] = set()
    for number, cells in enumerate(lines[1:], start=2):
        place = Place(name, number)
        if len(cells) != len(COLUMNS):
            problems.append(Problem(f"has {len(cells)} columns, not {len(COLUMNS)}", "separate them by tabs", place))
            continue
        check, level, term, detail, reason, answers = (cell.strip() for cell in cells)
        row = Row(
            check, level, _expanded(term, prefixes), detail, reason, tuple(filter(None, answers.split("; "))), place
        )
        problems += _faults(row, seen)
        rows.append(row)
        seen.add(row.key)
    return Profile(name, tuple(rows), tuple(problems))


def _expanded(term: str, prefixes: Mapping[str, str]) -> str:
    prefix, colon, local = term.partition(":")
    return prefixes[prefix] + local if colon and prefix in prefixes else term.removeprefix("<").removesuffix(">")


def _faults(row: Row, seen: set[tuple[str, str, str]]) -> Iterable[Problem]:
    if row.level not in set(Level):
        yield Problem(f"'{row.level}' is no level", f"write one of {', '.join(Level)}", row.place)
    if (row.term or row.level == Level.ELSEWHERE) and not row.reason:
        yield Problem(f"says of '{row.check}' no reason", "write why this is not mended, or not asked here", row.place)
    if row.key in seen:
        yield Problem(f"says the same of '{row.check}' twice", "remove one of the lines", row.place)
