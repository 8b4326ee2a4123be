"""Answers of queries as tables of a page."""

from __future__ import annotations

from typing import Final, NamedTuple

from ruiran_ld.namespaces import RDF, XSD
from ruiran_ld.queries import Table
from ruiran_ld.serialization import is_iri, literal_parts
from ruiran_ld.site.curies import Curies
from ruiran_ld.site.view import Link, Text, View

_PLAIN: Final = frozenset((f"{XSD}string", f"{RDF}langString"))
_NUMBERS: Final = frozenset(XSD + name for name in ("integer", "decimal", "double", "nonNegativeInteger"))


class Column(NamedTuple):
    """A column: its variable, what it holds in words, the datatypes of its values, whether they are numbers."""

    name: str
    description: str
    datatypes: list[str]
    is_number: bool


class Shown(NamedTuple):
    """A table as a page shows it: columns, the first rows, and how many rows there are."""

    columns: list[Column]
    rows: list[list[Link | Text | None]]
    total: int


class Answers:
    """Shows answers.

    Args:
        view: the graph, which knows names and pages.
        curies: shortens what has no page.
    """

    def __init__(self, view: View, curies: Curies) -> None:
        self._view = view
        self._curies = curies

    def show(self, table: Table, descriptions: dict[str, str], limit: int) -> Shown:
        """Show the first rows of a table.

        Args:
            table: the answer.
            descriptions: what columns hold, by variable.
            limit: how many rows.
        """
        columns = [
            self._column(name, descriptions.get(name, ""), [row[place] for row in table.rows])
            for place, name in enumerate(table.variables)
        ]
        rows = [[self._cell(term) for term in row] for row in table.rows[:limit]]
        return Shown(columns, rows, len(table.rows))

    def _column(self, name: str, description: str, terms: list[str | None]) -> Column:
        literals = {literal_parts(term).datatype for term in terms if term and term.startswith('"')}
        shown = sorted(self._curies.short(each) for each in literals - _PLAIN)
        return Column(name, description, shown, bool(literals) and literals <= _NUMBERS)

    def _cell(self, term: str | None) -> Link | Text | None:
        if term is None:
            return None
        if is_iri(term):
            return self._link(term[1:-1])
        if term.startswith('"'):
            parts = literal_parts(term)
            return Text(parts.lexical, parts.language)
        return Text(term, "")

    def _link(self, iri: str) -> Link:
        """Link to a thing of the dataset by its name, to a term or to something else by its prefixed name."""
        is_term = "#" in iri and not self._view.types(iri)
        return self._view.link(iri) if self._view.page_path(iri) and not is_term else self._curies.link(iri)
