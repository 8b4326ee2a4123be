"""Loads what curators wrote: settings, registers and documents, from YAML and from JSON Lines.

Everything comes with its place, so that later stages can name file and line. All problems of a file are found in one
run. JSON Lines are read line by line, in memory that does not grow with the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import msgspec

from ruiran_ld import json_records, yaml_records
from ruiran_ld.errors import DataError, Place, Problem, nearest
from ruiran_ld.identifiers import document_slug_problem
from ruiran_ld.records import (
    Claim,
    Document,
    Entry,
    LinePlaces,
    LoadedDocument,
    Places,
    Settings,
    SubPlaces,
    entry_of,
)

_YAML: Final = (".yaml", ".yml")
_decode_document = msgspec.json.Decoder(Document, strict=False).decode
_encode = msgspec.json.Encoder().encode
_unknown_field = re.compile(r"unknown field `(.*?)`").search
_missing_field = re.compile(r"missing required field `(.*?)`").search
_path_in_message = re.compile(r" - at `\$\.?(.*?)`$")


def load_settings(folder: Path) -> Settings:
    """Load ``dataset.yaml`` of a seeds folder.

    Raises:
        DataError: if it is missing or does not have the form of ``records.Settings``.
    """
    located = yaml_records.read(folder / "dataset.yaml", _name(folder / "dataset.yaml", folder))
    try:
        settings = msgspec.convert(located.tree, Settings, strict=False)
    except msgspec.ValidationError as error:
        raise DataError(_problem(error, located, (), Settings)) from error
    if not re.fullmatch(r"https?://[^\s<>\"]+/", settings.base):
        place = located.place("base")
        raise DataError(Problem(f"base '{settings.base}' is no IRI", "write http(s)://.../ with a slash at its end", place))
    return settings


def load_registers(folder: Path) -> dict[str, Entry]:
    """Load every file of ``registers/`` in a seeds folder.

    Returns:
        The entries by slug, in the order of files and lines.

    Raises:
        DataError: with all problems of all files.
    """
    entries: dict[str, Entry] = {}
    problems: list[Problem] = []
    for path in files(folder / "registers"):
        try:
            for slug, tree, places in _register_trees(path, _name(path, folder)):
                _add_entry(entries, entry_of(slug, tree, places, problems), problems)
        except DataError as error:
            problems.extend(error.problems)
    if problems:
        raise DataError(problems)
    return entries


def files(folder: Path) -> list[Path]:
    """List the files of records in a folder, in the order of their names.

    Raises:
        DataError: for a file of a form that is not known.
    """
    found = sorted(path for path in folder.glob("*") if path.is_file() and not path.name.startswith("."))
    unknown = [path for path in found if not path.name.endswith(_YAML + json_records.SUFFIXES)]
    if unknown:
        known = ", ".join(_YAML + json_records.SUFFIXES)
        raise DataError(Problem("not a file of records", f"known are {known}", Place(str(path))) for path in unknown)
    return found


def is_jsonl(path: Path) -> bool:
    """Tell whether a file of records holds JSON Lines, compressed or not."""
    return path.name.endswith(json_records.SUFFIXES)


def _name(path: Path, seeds: Path) -> str:
    """Name a file in messages from the folder that holds the seeds, so that output has no path of a machine."""
    return str(path.relative_to(seeds.parent)) if path.is_relative_to(seeds.parent) else str(path)


def _register_trees(path: Path, name: str) -> Iterator[tuple[str, Any, Places]]:
    if is_jsonl(path):
        for number, line in json_records.lines(path, name):
            places = LinePlaces(name, number)
            tree = json_records.tree(line, places.place())
            slug = tree.pop("id", None) if isinstance(tree, dict) else None
            if not isinstance(slug, str):
                raise DataError(Problem("an entry without 'id'", "give it its slug as 'id'", places.place()))
            yield slug, tree, places
        return
    located = yaml_records.read(path, name)
    if not isinstance(located.tree, dict):
        raise DataError(Problem("no mapping of slugs to entries", "write 'slug:' and its keys below", Place(name, 1)))
    for slug, tree in located.tree.items():
        yield slug, tree, SubPlaces(located, (slug,))


def _add_entry(entries: dict[str, Entry], entry: Entry | None, problems: list[Problem]) -> None:
    if entry is None:
        return
    other = entries.setdefault(entry.slug, entry)
    if other is not entry:
        message = f"two entities have the slug '{entry.slug}': here and at {other.places.place()}"
        problems.append(Problem(message, "give one of them another slug", entry.places.place()))


def read_documents(path: Path, seeds: Path) -> Iterator[LoadedDocument | DataError]:
    """Read the documents of one file; a document that does not have the form comes as the error that says why."""
    name = _name(path, seeds)
    try:
        if not is_jsonl(path):
            located = yaml_records.read(path, name)
            loaded = document_of(located.tree, located)
            stem = path.name.removesuffix(path.suffix)
            if loaded.record.document != stem:
                message = f"document '{loaded.record.document}' stands in a file called '{path.name}'"
                raise DataError(Problem(message, "the file's name is the slug", located.place("document")))
            yield loaded
            return
        for number, line in json_records.lines(path, name):
            yield decode_line(line, name, number)
    except DataError as error:
        yield error


def decode_line(line: bytes, name: str, number: int) -> LoadedDocument | DataError:
    """Decode one line of JSON Lines into a document.

    The fast way decodes into the record at once. A line that is not as short as its record can be written may hold a
    key twice, of which the decoder would keep the last: it is read again with a reader that sees both.
    """
    places = LinePlaces(name, number)
    try:
        record = _decode_document(line)
        if len(_encode(record)) != len(line):
            json_records.tree(line, places.place())
        if bad := document_slug_problem(record.document):
            return DataError(Problem(bad.message, bad.remedy, places.place()))
        return LoadedDocument(record, places)
    except msgspec.ValidationError:
        try:
            return document_of(json_records.tree(line, places.place()), places)
        except DataError as error:
            return error
    except msgspec.DecodeError as error:
        return DataError(Problem(f"not JSON: {error}", "one JSON object a line", places.place()))
    except DataError as error:
        return error


def document_of(tree: Any, places: Places) -> LoadedDocument:
    """Build a document from a tree of mappings, lists and strings, claim by claim.

    Raises:
        DataError: with every problem of its form.
    """
    if not isinstance(tree, dict):
        raise DataError(Problem("no mapping", "a document is 'document:', 'claims:' and so on", places.place()))
    problems: list[Problem] = []
    claims_tree = tree.get("claims", {})
    claims: dict[str, Claim] = {}
    if isinstance(claims_tree, dict):
        for key, claim in claims_tree.items():
            try:
                claims[key] = msgspec.convert(claim, Claim, strict=False)
            except msgspec.ValidationError as error:
                problems.append(_problem(error, places, ("claims", key), Claim))
        tree = {**tree, "claims": {}}
    try:
        record = msgspec.convert(tree, Document, strict=False)
    except msgspec.ValidationError as error:
        raise DataError([*problems, _problem(error, places, (), Document)]) from error
    if bad := document_slug_problem(record.document):
        problems.append(Problem(bad.message, bad.remedy, places.place("document")))
    if problems:
        raise DataError(problems)
    record.claims = claims
    return LoadedDocument(record, places)


def _problem(
    error: msgspec.ValidationError, places: Places, path: tuple[str, ...], form: type[msgspec.Struct]
) -> Problem:
    """Say in a curator's words what msgspec found wrong below ``path``."""
    text = str(error)
    inside = _path_in_message.search(text)
    field = re.split(r"[.\[]", inside.group(1))[0] if inside else ""
    text = _path_in_message.sub("", text)
    subject = f"{path[-2][:-1]} '{path[-1]}'" if path else form.__name__.lower()
    if unknown := _unknown_field(text):
        name = unknown.group(1)
        known = form.__struct_fields__
        remedy = nearest(name, known) or f"known keys are {', '.join(known)}"
        return Problem(f"{subject} has an unknown key '{name}'", remedy, places.place(*path, *filter(None, [field]), name))
    if missing := _missing_field(text):
        return Problem(f"{subject} lacks '{missing.group(1)}'", "add it", places.place(*path, *filter(None, [field])))
    where = f" in '{field}'" if field else ""
    return Problem(f"{subject}: {text[0].lower()}{text[1:]}{where}", "mend the value", places.place(*path, field))
