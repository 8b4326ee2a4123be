"""Checks across all documents of a corpus: slugs that stand twice, references to claims of other documents.

What they need grows with the number of documents, so it is kept in a temporary database that spills to disk.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from typing import Final

from ruiran_ld.conversion import Brought
from ruiran_ld.errors import Place, Problem

# The database dies with the process: it needs no journal to fall back on.
_TABLES: Final = """
PRAGMA journal_mode = OFF;
CREATE TABLE slugs (slug TEXT, file TEXT, line INTEGER);
CREATE TABLE claims (document TEXT, keys TEXT);
CREATE TABLE links (document TEXT, key TEXT, kind TEXT, to_document TEXT, to_key TEXT, file TEXT, line INTEGER);
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
        self.database = sqlite3.connect("")
        self.database.executescript(_TABLES)

    def add(self, documents: Iterable[Brought]) -> None:
        """Take what documents bring."""
        slugs: list[tuple[str, str, int]] = []
        claims: list[tuple[str, str]] = []
        links: list[tuple[str, str, str, str, str, str, int]] = []
        for each in documents:
            slugs += [(slug, place.file, place.line) for slug, place in each.slugs]
            claims.append((each.document, f" {' '.join(each.claims)} "))
            links += [
                (each.document, link.key, link.kind, link.to_document, link.to_key, link.place.file, link.place.line)
                for link in each.links
            ]
        self.database.executemany("INSERT INTO slugs VALUES (?, ?, ?)", slugs)
        self.database.executemany("INSERT INTO claims VALUES (?, ?)", claims)
        self.database.executemany("INSERT INTO links VALUES (?, ?, ?, ?, ?, ?, ?)", links)

    def problems(self, most: int, *, complete: bool) -> Iterator[Problem]:
        """Say what does not fit together; to be called once, after all was added.

        Args:
            most: problems of each kind.
            complete: whether all documents could be read; if not, an unknown claim may stand in another.
        """
        self.database.execute("CREATE INDEX slugs_slug ON slugs (slug)")
        self.database.execute("CREATE INDEX claims_document ON claims (document)")
        self.database.execute("CREATE INDEX links_from ON links (document, key)")
        yield from self._twice(most)
        if complete:
            yield from self._unknown(most)
        yield from self._circles(most)

    def _twice(self, most: int) -> Iterator[Problem]:
        for (slug,) in self.database.execute(_TWICE, (most,)):
            first, second = (Place(file, line) for file, line in self.database.execute(_OF_SLUG, (slug,)))
            message = f"two entities have the slug '{slug}': here and at {first}"
            yield Problem(
                message, "declare an event of several documents in a register, or give one another slug", second
            )

    def _unknown(self, most: int) -> Iterator[Problem]:
        for key, kind, document, claim, file, line in self.database.execute(_UNKNOWN, (most,)):
            message = f"claim '{key}': '{kind}' names an unknown claim '{document}/{claim}'"
            yield Problem(message, "write <document>/<key> of a claim that exists", Place(file, line))

    def _circles(self, most: int) -> Iterator[Problem]:
        while self.database.execute(_UNCHAIN).rowcount:
            pass
        for key, document, claim, file, line in self.database.execute(_CIRCLES, (most,)):
            message = f"claim '{key}' repeats '{document}/{claim}', which in the end repeats itself"
            yield Problem(message, "let the first of them repeat none", Place(file, line))

    def close(self) -> None:
        """Give the database back to the system."""
        self.database.close()
