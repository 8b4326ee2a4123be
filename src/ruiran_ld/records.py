"""The records that curators and machines write: one document with its claims, one register entry.

YAML files and JSON Lines hold the very same records. What the keys of an entry or of ``says`` mean is not known here:
the ontology says it (see ``vocabulary``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

import msgspec

from ruiran_ld.errors import Place, Problem
from ruiran_ld.identifiers import slug_problem


class TextFingerprint(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True, frozen=True):
    """What a document's text is known by: SHA-256 of its bytes, and its length in Unicode code points.

    ``claims`` is how many claims there were when the record was sealed, so that a claim that gets lost is missed.
    """

    sha256: str
    length: int
    claims: int | None = None


class Claim(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """One attributed proposition in one passage.

    ``at`` is a span ``start-end`` in code points, end exclusive. ``says`` maps a subject's slug to property keys and
    their values: a string, a list, or a mapping for a structured value. A claim that the curator knows to be
    ``mistaken`` establishes nothing.
    """

    at: str
    gist: str
    by: str | list[str] = ""
    via: str | list[str] = ""
    status: str = "asserted"
    realis: str = ""
    when: str = ""
    about: str | list[str] = ""
    says: dict[str, dict[str, Any]] = {}
    disputes: str | list[str] = ""
    repeats: str = ""
    mistaken: bool = False
    note: str = ""


class Document(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """One document: what is known of it, the events only it speaks of, its claims, the hashes of their passages.

    ``setAside`` maps the spans that no claim was read from to the reason why.
    """

    document: str
    label: str
    text: TextFingerprint
    claims: dict[str, Claim]
    title: str = ""
    language: str = ""
    issued: str = ""
    issuedNote: str = ""  # noqa: N815 (the key that curators write)
    publisher: str = ""
    author: str = ""
    note: str = ""
    events: dict[str, dict[str, Any]] = {}
    setAside: dict[str, str] = {}  # noqa: N815 (the key that curators write)
    passages: dict[str, str] = {}


class Settings(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True, frozen=True):
    """The settings of a dataset (``seeds/dataset.yaml``).

    ``slug`` makes the dataset's own IRI, ``name`` the names of the published files. ``issued`` is a setting so that no
    clock is read. ``site`` is where the files are hosted, with a slash at its end; empty if that is the base itself.
    """

    slug: str
    base: str
    title: str
    description: str
    version: str
    issued: str
    license: str
    creator: str
    publisher: str
    language: str = "en"
    name: str = "dataset"
    site: str = ""


def as_list(value: str | list[str]) -> list[str]:
    """Read a field that takes one slug or several."""
    if isinstance(value, str):
        return [value] if value else []
    return value


class Places(Protocol):
    """Finds the place of a key, given as a path of keys, in the file that a record came from."""

    def place(self, *path: str) -> Place:
        """Find the place of a key or of the nearest one above it."""


class LinePlaces:
    """Places in a record that stands on one line."""

    __slots__ = ("_place",)

    def __init__(self, file: str, line: int) -> None:
        self._place = Place(file, line)

    def place(self, *path: str) -> Place:  # noqa: ARG002 (one line holds every path)
        """Find the line."""
        return self._place


class SubPlaces(NamedTuple):
    """Places below a path of another record."""

    places: Places
    path: tuple[str, ...]

    def place(self, *path: str) -> Place:
        """Find the place of a key below the path."""
        return self.places.place(*self.path, *path)


class Entry(NamedTuple):
    """An entity as a register or a document declares it: the key of its class, and its facts by property key."""

    slug: str
    type: str
    facts: Mapping[str, Any]
    places: Places


@dataclass(frozen=True, slots=True)
class LoadedDocument:
    """A document's record and where its keys stand."""

    record: Document
    places: Places


def entry_of(slug: str, tree: Any, places: Places, problems: list[Problem]) -> Entry | None:
    """Check the form of an entry; what is wrong goes to ``problems``.

    Returns:
        The entry, without type and facts if its form is wrong, so that references to it are no further problems; None
        where its slug cannot be one.
    """
    if bad := slug_problem(slug):
        problems.append(Problem(bad.message, bad.remedy, places.place()))
        return None
    kind = tree.get("type") if isinstance(tree, dict) else None
    if isinstance(kind, str) and kind:
        return Entry(slug, kind, {key: value for key, value in tree.items() if key != "type"}, places)
    problems.append(Problem(f"entry '{slug}' has no type", "write 'type:' with a class", places.place()))
    return Entry(slug, "", {}, places)
