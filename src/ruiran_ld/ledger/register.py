"""What a release writes into the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from ruiran_ld.ledger.kinds import Published
from ruiran_ld.ledger.rows import Row


def register(rows: Iterable[Row], published: Mapping[str, Published], version: str, issued: str) -> tuple[Row, ...]:
    """Bring the ledger up to a release, whose graph has no problem in ``compare``.

    New IRIs get a row; what was withdrawn since the last release is dated to this one; an exact match that was found
    since belongs to the identity from now on.

    Args:
        rows: the ledger.
        published: what the release publishes.
        version: that of the release.
        issued: its day of issue, YYYY-MM-DD.

    Returns:
        The rows, sorted by IRI.
    """
    found: dict[str, Row] = {}
    for row in rows:
        now = published.get(row.iri)
        if not row.is_active and not row.until:
            found[row.iri] = replace(row, until=version, date=issued)
        elif row.is_active and now is not None:
            found[row.iri] = replace(row, matches=now.matches)
        else:
            found[row.iri] = row
    for iri, now in published.items():
        if iri not in found:
            found[iri] = Row(iri, now.kind, now.types, now.matches, version)
    return tuple(found[iri] for iri in sorted(found))
