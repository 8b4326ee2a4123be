"""What stands at an IRI that was withdrawn: that it was, when, why, and where to go."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from ruiran_ld import ntriples
from ruiran_ld.ledger.rows import Row
from ruiran_ld.namespaces import DCTERMS, OWL, RDF, RR, XSD

_INVALIDATED = "http://www.w3.org/ns/prov#invalidatedAtTime"


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The deprecated rows of a ledger, by IRI, and where each leads."""

    rows: Mapping[str, Row]
    _ends: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Iterable[Row]) -> Withdrawn:
        """Take the deprecated rows of a ledger that was read: no replacement goes in circles."""
        return cls({row.iri: row for row in rows if not row.is_active})

    def successor(self, iri: str) -> str:
        """Find what to use instead of a withdrawn IRI: the last of those that replace each other, or nothing."""
        row = self.rows.get(iri)
        if row is None or not row.replaced_by:
            return ""
        if iri not in self._ends:
            end = row.replaced_by
            while (further := self.rows.get(end)) is not None and further.replaced_by:
                end = further.replaced_by
            self._ends[iri] = end
        return self._ends[iri]


def tombstones(rows: Iterable[Row], issued: str, described: Collection[str] = (), language: str = "en") -> list[str]:
    """Write the tombstones of a ledger as sorted N-Triples lines.

    Args:
        rows: the ledger.
        issued: the day of issue of the coming release, which withdraws whatever no release has withdrawn yet.
        described: IRIs that the graph describes itself, such as terms that the ontology keeps and calls deprecated:
            they are not gone, and get no tombstone.
        language: of the reasons.
    """
    withdrawn = Withdrawn.of(rows)
    lines: list[str] = []
    for iri, row in withdrawn.rows.items():
        if iri in described:
            continue
        term, instant = f"<{iri}>", f"{row.date or issued}T00:00:00Z"
        lines += [
            f"{term} <{RDF}type> <{RR}Tombstone> .",
            f'{term} <{OWL}deprecated> "true"^^<{XSD}boolean> .',
            f"{term} <{_INVALIDATED}> {ntriples.typed(instant, f'{XSD}dateTime')} .",
            f"{term} <{RR}deprecationReason> {ntriples.lang_string(row.reason, language)} .",
        ]
        if successor := withdrawn.successor(iri):
            lines.append(f"{term} <{DCTERMS}isReplacedBy> <{successor}> .")
    return sorted(lines)
