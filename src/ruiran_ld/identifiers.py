"""Identifiers: which slugs and keys are allowed, and how IRIs are made of them.

A slug is given once by a curator and never derived from a label. Statements and structured values are named by a hash
of their content, so that equal ones have one IRI in every document and every build.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from hashlib import sha256
from typing import Final

import msgspec

from ruiran_ld.errors import Problem, quoted

DIGEST_LENGTH: Final = 32
"""Hexadecimal digits of a content hash in an IRI: 128 bits, no collision to be expected below 10**18 statements."""

UNNAMED_AUTHOR_KEY: Final = "author"
SLUG: Final = "[a-z0-9]+(?:-[a-z0-9]+)*"
DOCUMENT_SLUG: Final = "[a-z0-9]+(?:[-_][a-z0-9]+)*"
LANGUAGE: Final = "[a-z]{2,8}(?:-[a-z0-9]{1,8})*"
MAX_SLUG: Final = 120
_is_slug = re.compile(SLUG).fullmatch
_is_document_slug = re.compile(DOCUMENT_SLUG).fullmatch
_is_language = re.compile(LANGUAGE).fullmatch


def slug_problem(slug: str) -> Problem | None:
    """Say what is wrong with the slug of an entity, or None."""
    return None if _is_slug(slug) and len(slug) <= MAX_SLUG else _bad(slug, "letters a-z, digits and single hyphens")


def document_slug_problem(slug: str) -> Problem | None:
    """Say what is wrong with the slug of a document, or None."""
    fits = _is_document_slug(slug) and len(slug) <= MAX_SLUG
    return None if fits else _bad(slug, "letters a-z, digits and single hyphens or underscores")


@lru_cache(maxsize=4096)
def claim_key_problem(key: str) -> Problem | None:
    """Say what is wrong with the key of a claim, or None."""
    if key == UNNAMED_AUTHOR_KEY:
        return Problem(f"'{key}' names the document's unnamed author", "give the claim another key")
    return slug_problem(key)


def _bad(slug: str, allowed: str) -> Problem:
    return Problem(f"{quoted(slug)} cannot be part of an IRI", f"use {allowed}, at most {MAX_SLUG}")


@lru_cache(maxsize=1024)
def is_language(tag: str) -> bool:
    """Tell whether a text has the form of a BCP 47 tag (RFC 5646, section 2.1), in the lower case that RDF prefers."""
    return _is_language(tag) is not None


class Namespace(msgspec.Struct, frozen=True):
    """Mints the IRIs of a dataset, as N-Triples terms, under its base IRI (which ends in a slash)."""

    base: str

    def thing(self, slug: str) -> str:
        """Mint the IRI of an entity or a document."""
        return f"<{self.base}id/{slug}>"

    def claim(self, document: str, key: str) -> str:
        """Mint the IRI of a claim; with the key ``author``, of the document's unnamed author."""
        return f"<{self.base}id/{document}/{key}>"

    def statement(self, triple: str) -> str:
        """Mint the IRI of the statement of a triple, given as its three terms with a space between."""
        return self.statements((triple,))[0]

    def statements(self, triples: Iterable[str]) -> list[str]:
        """Mint the IRIs of the statements of triples."""
        # Not by way of _digest, and many at a time: this is done for each statement of a corpus.
        start, length = f"<{self.base}statement/", DIGEST_LENGTH
        return [f"{start}{sha256(triple.encode()).hexdigest()[:length]}>" for triple in triples]

    def version(self, slug: str, version: str) -> str:
        """Make the IRI of one version of the dataset, whose own slug is given."""
        return f"<{self.base}{slug}/{version}>"

    def value(self, facts: Iterable[str]) -> str:
        """Mint the IRI of a structured value from its facts, each ``predicate object``."""
        return f"<{self.base}value/{_digest(chr(10).join(sorted(facts)))}>"


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:DIGEST_LENGTH]
