"""The records that curators and machines write: one document with its claims, one register entry.

YAML files and JSON Lines hold the very same records. What the keys of an entry or of ``says`` mean is not known here:
the ontology says it (see ``vocabulary``).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

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

    ``setAside`` maps the spans that no claim was read from to the reason why. ``rights`` says what was taken from a
    text that has other terms than the settings' ``documentRights``.
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
    rights: str = ""
    events: dict[str, dict[str, Any]] = {}
    setAside: dict[str, str] = {}  # noqa: N815 (the key that curators write)
    passages: dict[str, str] = {}


class Contact(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True, frozen=True):
    """Whom to write to about a dataset: a name, and an address as an IRI (``mailto:`` or a page)."""

    name: str
    iri: str


class Period(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True, frozen=True):
    """The first and the last day that a dataset speaks of, YYYY-MM-DD; either may be open."""

    start: str = ""
    end: str = ""


class Settings(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True, frozen=True):
    """The settings of a dataset (``seeds/dataset.yaml``): its one description, from which all metadata files are made.

    ``slug`` makes the dataset's own IRI, ``name`` the names of the published files. ``issued`` is a setting so that no
    clock is read. ``priorVersion`` is the version released before this one; empty for the first.
    ``site`` is where the files are hosted, with a slash at its end; empty if that is the base itself.

    What follows it may be left out, and is then in no metadata file. ``keywords`` are in the dataset's language;
    ``themes``, ``languages``, ``accrualPeriodicity``, ``availability`` and ``publisherType`` are IRIs of the lists that
    DCAT-AP 3.0.1, section 11, demands; ``spatial`` maps the name of a place to its IRI. ``documentRights`` says, for
    each document, what was taken from it and what was not; a document with other terms has a ``rights`` of its own.
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
    priorVersion: str = ""  # noqa: N815 (the key that curators write)
    site: str = ""
    keywords: list[str] = []
    themes: list[str] = []
    languages: list[str] = []
    contact: Contact | None = None
    landingPage: str = ""  # noqa: N815 (the key that curators write)
    spatial: dict[str, str] = {}
    temporal: Period | None = None
    accrualPeriodicity: str = ""  # noqa: N815 (the key that curators write)
    availability: str = ""
    publisherType: str = ""  # noqa: N815 (the key that curators write)
    documentRights: str = ""  # noqa: N815 (the key that curators write)


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


class SubPlaces(msgspec.Struct, frozen=True):
    """Places below a path of another record."""

    places: Places
    path: tuple[str, ...]

    def place(self, *path: str) -> Place:
        """Find the place of a key below the path."""
        return self.places.place(*self.path, *path)


class Entry(msgspec.Struct, frozen=True):
    """An entity as a register or a document declares it: the key of its class, and its facts by property key."""

    slug: str
    type: str
    facts: Mapping[str, Any]
    places: Places


class LoadedDocument(msgspec.Struct, frozen=True):
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
        facts = tree.copy()
        del facts["type"]
        return Entry(slug, kind, facts, places)
    problems.append(Problem(f"entry '{slug}' has no type", "write 'type:' with a class", places.place()))
    return Entry(slug, "", {}, places)
