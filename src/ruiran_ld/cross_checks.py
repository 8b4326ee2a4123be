"""Checks across all documents of a corpus: slugs that stand twice, references to claims of other documents.

What they need grows with the number of documents. Up to ``_MOST_IN_MEMORY`` slugs it is kept in memory, where it can be
seen quickly that all fits together. Beyond that, and to find out what does not fit, it goes into a temporary database
that spills to disk.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from ruiran_ld.conversion import Brought, ClaimLink
from ruiran_ld.errors import Place, Problem

if TYPE_CHECKING:
    from sqlite3 import Connection

_MOST_IN_MEMORY: Final = 100_000
_REPEATS: Final = "repeats"
# The database dies with the process: it needs no journal to fall back on.
_TABLES: Final = """
PRAGMA journal_mode = OFF;
CREATE TABLE slugs (slug TEXT, file TEXT, line INTEGER);
CREATE TABLE claims (document TEXT, keys TEXT);
CREATE TABLE links (document TEXT, key TEXT, kind TEXT, to_document TEXT, to_key TEXT, file TEXT, line INTEGER);
"""
_INDEXES: Final = """
CREATE INDEX slugs_slug ON slugs (slug);
CREATE INDEX claims_document ON claims (document);
CREATE INDEX links_from ON links (document, key);
"""
_TWICE: Final = "SELECT slug FROM slugs GROUP BY slug HAVING count(*) > 1 ORDER BY slug LIMIT ?"
_OF_SLUG: Final = "SELECT file, line FROM slugs WHERE slug = ? ORDER BY rowid LIMIT 2"
_UNKNOWN: Final = """
SELECT key, kind, to_document, to_key, file, line FROM links
WHERE NOT EXISTS (
    SELECT 1 FROM claims WHERE claims.document = to_document AND instr(claims.keys, ' ' || to_key || ' ')
) ORDER BY links.rowid LIMIT ?
"""
# A claim repeats one other at most. Without those whose chain ends somewhere, circles and what leads into them remain.
_UNCHAIN: Final = """
DELETE FROM links WHERE kind <> 'repeats' OR NOT EXISTS (
    SELECT 1 FROM links AS next
    WHERE next.kind = 'repeats' AND next.document = links.to_document AND next.key = links.to_key
)
"""
_CIRCLES: Final = "SELECT key, to_document, to_key, file, line FROM links ORDER BY rowid LIMIT ?"


class CrossChecks:
    """Takes what documents bring, and says at the end what does not fit together; to be closed after use."""

    def __init__(self) -> None:
        self._slugs: list[tuple[str, Place]] = []
        self._claims: dict[str, str] = {}
        self._links: list[tuple[str, ClaimLink]] = []
        self._database: Connection | None = None

    def add(self, documents: Iterable[Brought]) -> None:
        """Take what documents bring."""
        for each in documents:
            if each.document in self._claims:
                self._store()  # two documents of one slug: the database takes both
            self._slugs += each.slugs
            self._claims[each.document] = f" {' '.join(each.claims)} "
            self._links += [(each.document, link) for link in each.links]
        if len(self._slugs) > _MOST_IN_MEMORY:
            self._store()

    def problems(self, most: int, *, complete: bool) -> Iterator[Problem]:
        """Say what does not fit together; to be called once, after all was added.

        Args:
            most: problems of each kind.
            complete: whether all documents could be read; if not, an unknown claim may stand in another.
        """
        if self._database is None and self._all_fits():
            return
        database = self._store()
        database.executescript(_INDEXES)
        yield from _twice(database, most)
        if complete:
            yield from _unknown(database, most)
        yield from _circles(database, most)

    def _all_fits(self) -> bool:
        """Tell whether what is in memory, which is all, fits together."""
        if len({slug for slug, _ in self._slugs}) < len(self._slugs):
            return False
        if any(f" {link.to_key} " not in self._claims.get(link.to_document, "") for _, link in self._links):
            return False
        repeated = {
            (document, link.key): (link.to_document, link.to_key)
            for document, link in self._links
            if link.kind == _REPEATS
        }
        while repeated:
            # Without those whose chain ends here; where none does, they go in circles.
            going_on = {claim: other for claim, other in repeated.items() if other in repeated}
            if len(going_on) == len(repeated):
                return False
            repeated = going_on
        return True

    def _store(self) -> Connection:
        """Move what is in memory into the database."""
        database = self._database = self._database or _new_database()
        database.executemany(
            "INSERT INTO slugs VALUES (?, ?, ?)", ((slug, place.file, place.line) for slug, place in self._slugs)
        )
        database.executemany("INSERT INTO claims VALUES (?, ?)", self._claims.items())
        database.executemany(
            "INSERT INTO links VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                (document, link.key, link.kind, link.to_document, link.to_key, link.place.file, link.place.line)
                for document, link in self._links
            ),
        )
        for stored in (self._slugs, self._claims, self._links):
            stored.clear()
        return database

    def close(self) -> None:
        """Give the database back to the system."""
        if self._database is not None:
            self._database.close()


def _new_database() -> Connection:
    # Imported where it is needed: most corpora are checked in memory, and start sooner without.
    import sqlite3  # noqa: PLC0415

    database = sqlite3.connect("")
    database.executescript(_TABLES)
    return database


def _twice(database: Connection, most: int) -> Iterator[Problem]:
    for (slug,) in database.execute(_TWICE, (most,)):
        first, second = (Place(file, line) for file, line in database.execute(_OF_SLUG, (slug,)))
        message = f"two entities have the slug '{slug}': here and at {first}"
        yield Problem(message, "declare an event of several documents in a register, or give one another slug", second)


def _unknown(database: Connection, most: int) -> Iterator[Problem]:
    for key, kind, document, claim, file, line in database.execute(_UNKNOWN, (most,)):
        message = f"claim '{key}': '{kind}' names an unknown claim '{document}/{claim}'"
        yield Problem(message, "write <document>/<key> of a claim that exists", Place(file, line))


def _circles(database: Connection, most: int) -> Iterator[Problem]:
    while database.execute(_UNCHAIN).rowcount:
        pass
    for key, document, claim, file, line in database.execute(_CIRCLES, (most,)):
        message = f"claim '{key}' repeats '{document}/{claim}', which in the end repeats itself"
        yield Problem(message, "let the first of them repeat none", Place(file, line))
