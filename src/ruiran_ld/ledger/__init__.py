"""The ledger: every IRI that a release has published, with what it names and whether it still does.

``seeds/ledger.tsv`` keeps the promise that an IRI can be cited. A release adds the new ones (``register``); a build
that would lose one, or let it name something else, is refused (``compare``); one that is withdrawn keeps a tombstone
(``tombstones``). A dataset without the file has published nothing yet, and nothing is held against it.

What belongs to the ledger is what stands under the base IRI of the dataset: the dataset can promise nothing of others.
"""

from __future__ import annotations

from ruiran_ld.ledger.comparison import Name, compare
from ruiran_ld.ledger.kinds import DERIVED, Published, published
from ruiran_ld.ledger.lookup import Lookup, Replaced
from ruiran_ld.ledger.memory import forgotten
from ruiran_ld.ledger.register import register
from ruiran_ld.ledger.rows import ACTIVE, BETWEEN_NOTES, COLUMNS, DEPRECATED, Row, is_unwritable, read, write
from ruiran_ld.ledger.tombstones import Withdrawn, tombstones

__all__ = [
    "ACTIVE",
    "BETWEEN_NOTES",
    "COLUMNS",
    "DEPRECATED",
    "DERIVED",
    "Lookup",
    "Name",
    "Published",
    "Replaced",
    "Row",
    "Withdrawn",
    "compare",
    "forgotten",
    "is_unwritable",
    "published",
    "read",
    "register",
    "tombstones",
    "write",
]
