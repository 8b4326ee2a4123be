"""Errors for people: where it is, what stands there, what to do.

RuiranError
├── DataError      the data does not conform          (exit status 1)
├── UsageError     the command was used wrongly       (exit status 2)
└── InternalError  a fault of this software           (exit status 3)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Final, TypeVar

import msgspec

LoadedT = TypeVar("LoadedT")

_MAX_MESSAGE: Final = 1000
_MAX_QUOTED: Final = 80
_MAX_COMPARED: Final = 2000


class Place(msgspec.Struct, frozen=True, order=True):
    """A line of a file that a person can open; line 0 stands for the file as a whole."""

    file: str
    line: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file


class Problem(msgspec.Struct, frozen=True):
    """One thing that is wrong: its place, what stands there, and what to do about it."""

    message: str
    remedy: str = ""
    place: Place | None = None

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place else ""
        return visible(f"{where}{self.message}" + (f"; {self.remedy}" if self.remedy else ""))

    def sort_key(self) -> tuple[str, int, str]:
        """Key that puts problems in the order of their files and lines."""
        return (self.place.file, self.place.line, self.message) if self.place else ("", 0, self.message)


class RuiranError(Exception):
    """Root of all errors raised on purpose; holds every problem that was found in the run, each once.

    Args:
        problems: a message, a problem, or several problems.
    """

    exit_status = 3

    def __init__(self, problems: str | Problem | Iterable[Problem]) -> None:
        if isinstance(problems, str):
            problems = Problem(problems)
        found = (problems,) if isinstance(problems, Problem) else problems
        self.problems: tuple[Problem, ...] = tuple(sorted(dict.fromkeys(found), key=Problem.sort_key))
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[type[RuiranError], tuple[tuple[Problem, ...]]]:
        """Let the error travel between processes with its problems."""
        return (type(self), (self.problems,))


class DataError(RuiranError):
    """The data does not conform: what is in the dataset folder has to be changed."""

    exit_status = 1


class UsageError(RuiranError):
    """The command cannot do what was asked of it: a folder, a file or an option is wrong."""

    exit_status = 2


class InternalError(RuiranError):
    """The software contradicts itself; nobody's data is to blame."""

    exit_status = 3


@contextmanager
def gathered(problems: list[Problem]) -> Iterator[None]:
    """Go on after a ``DataError``: its problems are added to those of the run."""
    try:
        yield
    except DataError as error:
        problems.extend(error.problems)


def attempt(load: Callable[[], LoadedT], problems: list[Problem]) -> LoadedT | None:
    """Load something; where that ends in a ``DataError``, its problems are added to those of the run."""
    try:
        return load()
    except DataError as error:
        problems.extend(error.problems)
        return None


def nearest(name: str, known: Iterable[str]) -> str:
    """Say which known name is nearest to an unknown one, as the remedy of a problem; empty if none is near."""
    if len(name) > _MAX_QUOTED:
        return ""
    names = sorted(known)
    if len(names) > _MAX_COMPARED:
        # Comparing takes microseconds for each name: of very many, only those that begin alike are looked at.
        names = [each for each in names if each[:2] == name[:2]][:_MAX_COMPARED]
    # Imported where it is needed: most runs find nothing wrong, and start sooner without.
    from difflib import get_close_matches  # noqa: PLC0415

    close = get_close_matches(name, names, n=1, cutoff=0.6)
    return f"did you mean '{close[0]}'?" if close else ""


def quoted(value: object) -> str:
    """Quote a value that was found, cut to what a person needs to recognise it."""
    text = str(value)
    return f"'{text}'" if len(text) <= _MAX_QUOTED else f"'{text[:_MAX_QUOTED]}…'"


def visible(text: str) -> str:
    """Write a message on one line of bounded length, without characters that a terminal would obey."""
    if len(text) > _MAX_MESSAGE:
        text = f"{text[:_MAX_MESSAGE]}…"
    return "".join(char if char.isprintable() else " " if char.isspace() else ascii(char)[1:-1] for char in text)
