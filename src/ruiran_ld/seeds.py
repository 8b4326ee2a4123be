"""Loads what curators wrote: settings, registers and documents, from YAML and from JSON Lines.

Everything comes with its place, so that later stages can name file and line. All problems of a file are found in one
run. JSON Lines are read line by line, in memory that does not grow with the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final

import msgspec

from ruiran_ld import json_records, ntriples, yaml_records
from ruiran_ld.errors import DataError, Place, Problem, gathered, quoted
from ruiran_ld.forms import Spot, decode
from ruiran_ld.identifiers import document_slug_problem, is_language, slug_problem
from ruiran_ld.records import (
    Claim,
    Document,
    Entry,
    LinePlaces,
    LoadedDocument,
    Period,
    Places,
    Settings,
    SubPlaces,
    entry_of,
)
from ruiran_ld.versions import HOW_TO_WRITE, is_version, precedence

_YAML: Final = (".yaml", ".yml")
_TAKEN: Final = ("context", "ontology", "shapes")
_SUFFIXES: Final = _YAML + json_records.SUFFIXES
_IRIS: Final = ("landingPage", "accrualPeriodicity", "availability", "publisherType")
_is_schemed = re.compile(r"[a-z][a-z0-9+.-]*:\S").match
_encode: Final = msgspec.json.Encoder().encode


def _refuse_fraction(text: str) -> Any:
    """Send a line with a fraction the slow way, which keeps the digits as they stand (``1.50`` is not ``1.5``)."""
    raise ValueError(text)


# Strict: a number or a truth value that stands as something else goes the slow way too, which takes it all the same.
_decode_document: Final = msgspec.json.Decoder(Document, float_hook=_refuse_fraction).decode


def load_settings(folder: Path) -> Settings:
    """Load ``dataset.yaml`` of a seeds folder.

    Raises:
        DataError: if it is missing or does not have the form of ``records.Settings``, with all problems.
    """
    located = yaml_records.read(folder / "dataset.yaml", _name(folder / "dataset.yaml", folder))
    problems: list[Problem] = []
    settings = decode(located.tree, Settings, Spot("dataset", located), problems)
    if settings is not None:
        problems += [Problem(bad.message, bad.remedy, located.place(key)) for key, bad in _settings_problems(settings)]
    if settings is None or problems:
        raise DataError(problems)
    return settings


def _settings_problems(settings: Settings) -> Iterator[tuple[str, Problem]]:
    if not re.fullmatch(r"https?://[^\s/]+(/[^\s]*)?/", settings.base) or not ntriples.is_iri(settings.base):
        remedy = "write http(s)://.../ with a slash at its end"
        yield "base", Problem(f"base {quoted(settings.base)} is no IRI", remedy)
    yield from _site_problems(settings.site)
    if not _is_schemed(settings.license) or not ntriples.is_iri(settings.license):
        yield "license", Problem(f"license {quoted(settings.license)} is no IRI", "write the licence's IRI")
    for key in ("slug", "name"):
        if bad := slug_problem(getattr(settings, key)):
            yield key, bad
    if settings.name in _TAKEN:
        yield "name", Problem(f"'{settings.name}' is what another published file is called", "choose another name")
    if not is_language(settings.language):
        yield "language", Problem(f"{quoted(settings.language)} is no language tag", "write one of BCP 47, such as en")
    try:
        date.fromisoformat(settings.issued)
    except ValueError:
        yield "issued", Problem(f"{quoted(settings.issued)} is no date", "write YYYY-MM-DD")
    yield from _version_problems(settings)
    for key in ("title", "description", "creator", "publisher"):
        if not getattr(settings, key).strip():
            yield key, Problem(f"'{key}' is empty", "write it")
    yield from _description_problems(settings)


def _description_problems(settings: Settings) -> Iterator[tuple[str, Problem]]:
    """Look at the settings that only metadata files need."""
    given: list[tuple[str, str]] = [
        *((key, iri) for key in ("themes", "languages") for iri in getattr(settings, key)),
        *(("spatial", iri) for iri in settings.spatial.values()),
        *((key, getattr(settings, key)) for key in _IRIS if getattr(settings, key)),
        *([("contact", settings.contact.iri)] if settings.contact else []),
    ]
    for key, iri in given:
        if not _is_schemed(iri) or not ntriples.is_iri(iri):
            yield key, Problem(f"{quoted(iri)} is no IRI", f"write the whole IRI in '{key}'")
    for key, names in (("keywords", settings.keywords), ("spatial", settings.spatial)):
        if not all(name.strip() for name in names):
            yield key, Problem(f"'{key}' has an empty name", "write it, or take it out")
    if settings.contact and not settings.contact.name.strip():
        yield "contact", Problem("the contact has no name", "write it")
    if settings.temporal:
        yield from (("temporal", problem) for problem in _period_problems(settings.temporal))


def _period_problems(period: Period) -> Iterator[Problem]:
    days = [day for day in (period.start, period.end) if day]
    wrong = [day for day in days if not _is_day(day)]
    yield from (Problem(f"{quoted(day)} is no date", "write YYYY-MM-DD") for day in wrong)
    if not days:
        yield Problem("the period has neither start nor end", "write one of them, or take 'temporal' out")
    elif not wrong and days != sorted(days):
        yield Problem(f"the period ends on {period.end}, before it starts", "exchange start and end")


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _version_problems(settings: Settings) -> Iterator[tuple[str, Problem]]:
    for key, version in (("version", settings.version), ("priorVersion", settings.priorVersion)):
        if not is_version(version) and (version or key == "version"):
            yield key, Problem(f"{quoted(version)} is no version", HOW_TO_WRITE)
            return
    if settings.priorVersion and precedence(settings.priorVersion) >= precedence(settings.version):
        message = f"priorVersion {settings.priorVersion} is not before version {settings.version}"
        yield "priorVersion", Problem(message, "write the last version that was released, or remove the key")


def _site_problems(site: str) -> Iterator[tuple[str, Problem]]:
    # Apache reads % and $ in what it redirects to as references, and a space as the end.
    if site and not re.fullmatch(r"https?://[A-Za-z0-9.:-]+/([A-Za-z0-9._~+-]+/)*", site):
        remedy = "write http(s)://.../ with a slash at its end, or leave it out where the files stand at the base"
        yield "site", Problem(f"site {quoted(site)} is no plain address of a folder", remedy)


class Registers(msgspec.Struct):
    """The register entries of a dataset.

    Attributes:
        entries: by slug, in the order of files and lines; one whose form is wrong is there without type and facts.
        problems: what is wrong with them.
        complete: whether all files could be read; if not, a reference may be to an entry that was not seen.
    """

    entries: dict[str, Entry] = {}
    problems: list[Problem] = []
    complete: bool = True


def load_registers(folder: Path) -> Registers:
    """Load every file of ``registers/`` in a seeds folder."""
    found = Registers()
    for path in files(folder / "registers", found.problems):
        try:
            for slug, tree, places in _register_trees(path, _name(path, folder)):
                _add_entry(found, entry_of(slug, tree, places, found.problems))
        except DataError as error:
            found.problems.extend(error.problems)
            found.complete = False
    return found


def files(folder: Path, problems: list[Problem] | None = None) -> list[Path]:
    """List the files of records in a folder of the seeds, in the order of their names; a missing folder has none.

    Args:
        folder: ``registers/`` or ``documents/`` of the seeds.
        problems: gets what stands there and is no file of records; None where that was said already.
    """
    if not folder.exists():
        return []
    found = []
    try:
        paths = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except OSError as error:
        if problems is not None:
            place = Place(_name(folder, folder.parent))
            problems.append(Problem(f"cannot be read: {error.strerror}", "it is a folder of records", place))
        return []
    for path in paths:
        if path.name.endswith(_SUFFIXES) and path.is_file():
            found.append(path)
        elif problems is not None:
            remedy = f"a file of records is {', '.join(f'*{suffix}' for suffix in _SUFFIXES)}; move anything else away"
            problems.append(Problem("not a file of records", remedy, Place(_name(path, folder.parent))))
    return found


def is_jsonl(path: Path) -> bool:
    """Tell whether a file of records holds JSON Lines, compressed or not."""
    return path.name.endswith(json_records.SUFFIXES)


def _name(path: Path, seeds: Path) -> str:
    """Name a file in messages from the folder that holds the seeds, so that output has no path of a machine."""
    return path.relative_to(seeds.parent).as_posix() if path.is_relative_to(seeds.parent) else str(path)


def _register_trees(path: Path, name: str) -> Iterator[tuple[str, Any, Places]]:
    if is_jsonl(path):
        problems: list[Problem] = []
        for number, line in json_records.lines(path, name):
            places = LinePlaces(name, number)
            with gathered(problems):
                tree = json_records.tree(line, places.place())
                slug = tree.pop("id", None) if isinstance(tree, dict) else None
                if not isinstance(slug, str):
                    raise DataError(Problem("an entry without 'id'", "give it its slug as 'id'", places.place()))
                yield slug, tree, places
        if problems:
            raise DataError(problems)
        return
    located = yaml_records.read(path, name)
    if not isinstance(located.tree, dict):
        raise DataError(Problem("no mapping of slugs to entries", "write 'slug:' and its keys below", Place(name, 1)))
    for slug, tree in located.tree.items():
        yield slug, tree, SubPlaces(located, (slug,))


def _add_entry(found: Registers, entry: Entry | None) -> None:
    if entry is None:
        return
    other = found.entries.setdefault(entry.slug, entry)
    if other is not entry:
        message = f"two entities have the slug '{entry.slug}': here and at {other.places.place()}"
        found.problems.append(Problem(message, "give one of them another slug", entry.places.place()))


def read_documents(path: Path, seeds: Path) -> Iterator[LoadedDocument | DataError]:
    """Read the documents of one file; a document that does not have the form comes as the error that says why."""
    name = _name(path, seeds)
    try:
        if is_jsonl(path):
            for number, line in json_records.lines(path, name):
                yield decode_line(line, name, number)
        else:
            yield _yaml_document(path, name)
    except DataError as error:
        yield error


def _yaml_document(path: Path, name: str) -> LoadedDocument:
    located = yaml_records.read(path, name)
    problems: list[Problem] = []
    given = located.tree.get("document") if isinstance(located.tree, dict) else None
    if isinstance(given, str) and given != path.name.removesuffix(path.suffix):
        message = f"document {quoted(given)} stands in a file called '{path.name}'"
        problems.append(Problem(message, "the file's name is the slug", located.place("document")))
    with gathered(problems):
        loaded = document_of(located.tree, located)
        if not problems:
            return loaded
    raise DataError(problems)


def decode_line(line: bytes, name: str, number: int) -> LoadedDocument | DataError:
    """Decode one line of JSON Lines into a document.

    The fast way decodes into the record at once. If a line holds a key twice, the decoder keeps the last, and the line
    has to be read by a reader that sees both: see ``_may_hold_a_key_twice``.
    """
    places = LinePlaces(name, number)
    try:
        record = _decode_document(line)
        if _may_hold_a_key_twice(line, record):
            json_records.tree(line, places.place())
        if bad := document_slug_problem(record.document):
            return DataError(Problem(bad.message, bad.remedy, places.place()))
        return LoadedDocument(record, places)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return _decode_slowly(line, places)
    except DataError as error:
        return error


def _may_hold_a_key_twice(line: bytes, record: Document) -> bool:
    """Tell whether a line may hold a key twice, of which the record that was decoded from it has one.

    Written again, nothing becomes longer than it was (numbers and truth values are of their kind, since decoding is
    strict): a record as long as its line has all that the line has. Where a
    line has spaces between its parts, or keys that say nothing, its quotation marks are counted; an escaped one would
    be one of the record that the line does not have.
    """
    written = _encode(record)
    if len(written) == len(line):
        return False
    return b"\\u0022" in line or written.count(b'"') != line.count(b'"')


def _decode_slowly(line: bytes, places: LinePlaces) -> LoadedDocument | DataError:
    try:
        return document_of(json_records.tree(line, places.place()), places)
    except DataError as error:
        return error


def document_of(tree: Any, places: Places) -> LoadedDocument:
    """Build a document from a tree of mappings, lists and strings, claim by claim.

    Raises:
        DataError: with every problem of its form.
    """
    problems: list[Problem] = []
    trees = tree.get("claims") if isinstance(tree, dict) else None
    claims: dict[str, Claim] = {}
    if isinstance(trees, dict):
        for key, claim_tree in trees.items():
            spot = Spot(f"claim {quoted(key)}", places, ("claims", key))
            claim = decode(claim_tree, Claim, spot, problems)
            if claim is not None:
                claims[key] = claim
        tree = {**tree, "claims": {}}
    record = decode(tree, Document, Spot("document", places), problems)
    slug = tree.get("document") if isinstance(tree, dict) else None
    if isinstance(slug, str) and (bad := document_slug_problem(slug)):
        problems.append(Problem(bad.message, bad.remedy, places.place("document")))
    if record is None or problems:
        raise DataError(problems)
    record.claims = claims
    return LoadedDocument(record, places)
