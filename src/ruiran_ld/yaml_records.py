"""Strict YAML for records: every scalar is the text that stands there, and every key has a line.

Refused, each with its line: bad UTF-8, tabs, duplicate keys, anchors and aliases (which can explode), tags, several
documents in one file, deep nesting. Since no scalar is typed, the traps of YAML 1.1 (``no``, ``1_000``, sexagesimals)
do not exist; the ontology says which values are numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import msgspec
import yaml

from ruiran_ld.errors import DataError, Place, Problem, gathered

MAX_BYTES: Final = 32 * 1024 * 1024
MAX_DEPTH: Final = 12

KeyPath = tuple[str, ...]


class Located(msgspec.Struct):
    """A tree of mappings, lists and strings with the line of each of its keys.

    Attributes:
        tree: the value of the whole file.
        file: the file's name for messages.
        lines: line of each node, by its path of keys and list positions.
    """

    tree: Any
    file: str
    lines: dict[KeyPath, int] = {}

    def place(self, *path: str) -> Place:
        """Find the line of a node, or of the nearest node that holds it."""
        for end in range(len(path), -1, -1):
            line = self.lines.get(path[:end])
            if line is not None:
                return Place(self.file, line)
        return Place(self.file)


def read(path: Path, name: str | None = None) -> Located:
    """Read one YAML file.

    Args:
        path: the file.
        name: how messages call it; its path by default.

    Raises:
        DataError: with the line of each thing that is refused.
    """
    located = Located(None, name or str(path))
    text = _text(path, located.file)
    events = _events(text, located.file)
    builder = _Builder(located)
    with gathered(builder.problems):
        located.tree = builder.document(events)
    if not builder.problems and located.tree in (None, ""):
        raise DataError(Problem("the file is empty", "write records in it or remove it", Place(located.file)))
    if builder.problems:
        raise DataError(builder.problems)
    return located


def _text(path: Path, name: str) -> str:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise DataError(Problem(f"larger than {MAX_BYTES // 2**20} MiB", "write JSON Lines instead", Place(name)))
        data = path.read_bytes()
    except OSError as error:
        raise DataError(Problem(f"cannot be read: {error.strerror}", "", Place(name))) from error
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        place = Place(name, data.count(b"\n", 0, error.start) + 1)
        raise DataError(Problem(f"byte 0x{data[error.start]:02x} is not UTF-8", "save as UTF-8", place)) from error
    tabs = [number for number, line in enumerate(text.split("\n"), 1) if "\t" in line]
    if tabs:
        raise DataError(Problem("a tab", "indent and separate with spaces", Place(name, line)) for line in tabs)
    return text


def _events(text: str, name: str) -> Iterator[yaml.Event]:
    try:
        yield from yaml.parse(text, Loader=yaml.CBaseLoader)
    except yaml.reader.ReaderError as error:
        place = Place(name, text.count("\n", 0, error.position) + 1)
        raise DataError(
            Problem(f"a character that YAML does not allow: U+{error.character:04X}", "remove it", place)
        ) from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        message = error.problem or error.context or "unreadable"
        line = mark.line + 1 if mark else 0
        raise DataError(Problem(f"not YAML: {message}", "mend the syntax", Place(name, line))) from error


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 0


class _Builder:
    """Builds the tree from parser events, so that nothing is expanded before it was looked at."""

    def __init__(self, located: Located) -> None:
        self.located = located
        self.problems: list[Problem] = []

    def problem(self, event: yaml.Event, message: str, remedy: str) -> None:
        self.problems.append(Problem(message, remedy, Place(self.located.file, _line(event))))

    def unreadable(self, event: yaml.Event, message: str, remedy: str) -> DataError:
        """Make the error for what cannot be read on from; the problems found before are not lost."""
        return DataError(Problem(message, remedy, Place(self.located.file, _line(event))))

    def refuse_properties(self, event: yaml.Event) -> None:
        """Refuse anchors and tags (YAML 1.2, section 6.9) on a value or a key."""
        if anchor := getattr(event, "anchor", None):
            self.problem(event, f"anchor '&{anchor}'", "write values out: anchors are not allowed")
        if (tag := getattr(event, "tag", None)) not in (None, "!"):
            self.problem(event, f"tag '{tag}'", "remove it: the ontology knows what the value is")

    def document(self, events: Iterator[yaml.Event]) -> Any:
        tree: Any = None
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self.problem(event, "a second YAML document", "one file holds one document")
            elif isinstance(event, yaml.NodeEvent):
                value = self.node(event, events, ())
                tree = value if documents == 1 else tree
        return tree

    def node(self, event: yaml.Event, events: Iterator[yaml.Event], path: KeyPath) -> Any:
        self.located.lines.setdefault(path, _line(event))
        if len(path) > MAX_DEPTH:
            raise self.unreadable(event, f"nested deeper than {MAX_DEPTH} levels", "no record is so deep")
        if isinstance(event, yaml.AliasEvent):
            self.problem(event, f"alias '*{event.anchor}'", "write the value out: aliases are not allowed")
            return ""
        self.refuse_properties(event)
        if isinstance(event, yaml.MappingStartEvent):
            return self.mapping(events, path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(events, path)
        return event.value if isinstance(event, yaml.ScalarEvent) else ""

    def mapping(self, events: Iterator[yaml.Event], path: KeyPath) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key in events:
            if isinstance(key, yaml.MappingEndEvent):
                break
            if not isinstance(key, yaml.ScalarEvent):
                raise self.unreadable(key, "a key that is not a word", "keys are plain words")
            self.refuse_properties(key)
            inner = (*path, key.value)
            if key.value in values:
                first = self.located.lines[inner]
                self.problem(key, f"key '{key.value}' stands here and on line {first}", "keep one of the two")
            self.located.lines.setdefault(inner, _line(key))
            values[key.value] = self.node(next(events), events, inner)
        return values

    def sequence(self, events: Iterator[yaml.Event], path: KeyPath) -> list[Any]:
        values: list[Any] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            values.append(self.node(event, events, (*path, str(len(values)))))
        return values
