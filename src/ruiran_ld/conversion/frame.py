"""What the conversion of a document stands in: what all documents share, and what a claim is while it is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import msgspec

from ruiran_ld.conversion.objects import Writer
from ruiran_ld.errors import Place
from ruiran_ld.ledger import Lookup
from ruiran_ld.vocabulary import Status


class Frame(msgspec.Struct):
    """What all documents share: the compiled writers, the registers' terms, the statuses.

    Attributes:
        base: the base IRI.
        mint_statements: makes the terms of statements from their triples.
        writers: the properties that claims can state, by curator key.
        other_keys: the other properties, which rest on registers or are derived.
        registered: slug -> term of the register entries.
        registered_events: terms of those that are events.
        statuses: by key.
        realis: realis key -> IRI.
        precedence: realis IRI -> precedence.
        language: language of gists and notes.
        set_aside_reasons: key -> IRI of the reasons for which a passage can be set aside.
        lookup: finds what became of names that nothing declares; None where no ledger is asked.
        document_rights: term of what is said of every document's licence and reuse, or empty.
    """

    base: str
    mint_statements: Callable[[Iterable[str]], list[str]]
    writers: Mapping[str, Writer]
    other_keys: frozenset[str]
    registered: Mapping[str, str]
    registered_events: frozenset[str]
    statuses: Mapping[str, Status]
    realis: Mapping[str, str]
    precedence: Mapping[str, int]
    language: str
    set_aside_reasons: Mapping[str, str]
    lookup: Lookup | None = None
    document_rights: str = ""


class ClaimLink(msgspec.Struct, frozen=True):
    """A reference from one claim to another: the key, 'repeats' or 'disputes', the other claim, where it stands."""

    key: str
    kind: str
    to_document: str
    to_key: str
    place: Place


class Saying(msgspec.Struct):
    """A claim while its statements are written.

    Attributes:
        key: of the claim.
        status: of the claim.
        establishes: whether the claim is enough for a direct triple between lasting things.
        precedence: of its realis.
        about: terms of what its statements name.
        triples: those of its statements.
    """

    key: str
    status: Status
    establishes: bool
    precedence: int
    about: dict[str, None]
    triples: list[str] = []
