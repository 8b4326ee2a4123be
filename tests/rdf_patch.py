"""Reads RDF Patch as Jena documents it, with nothing of ours: the other side of what ``ruiran_ld.delta`` writes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

TOKEN = re.compile(
    r"""\s*(?:
        (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
      | (?P<literal>"(?:[^"\\\n\r]|\\[tbnrf"'\\]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*"
            (?:@[A-Za-z]+(?:-[A-Za-z0-9]+)*|\^\^<[^<>"{}|^`\\\x00-\x20]*>)?)
      | (?P<word>[A-Za-z][A-Za-z0-9_-]*)
      | (?P<dot>\.)
    )""",
    re.VERBOSE,
)


@dataclass
class Patch:
    """A patch: its header, and its rows in order, each ``A`` or ``D`` with a triple as an N-Triples line."""

    header: dict[str, str] = field(default_factory=dict)
    rows: list[tuple[str, str]] = field(default_factory=list)

    def applied(self, lines: set[str]) -> set[str]:
        """Do to a set of N-Triples lines what the rows say."""
        found = set(lines)
        for code, line in self.rows:
            (found.add if code == "A" else found.discard)(line)
        return found


def tokens(row: str) -> Iterator[tuple[str, str]]:
    position = 0
    while position < len(row):
        match = TOKEN.match(row, position)
        assert match, f"no token at {position}: {row!r}"
        assert match.lastgroup
        yield match.lastgroup, match[match.lastgroup]
        position = match.end()


def read(text: str) -> Patch:
    """Read a patch of one transaction; whatever is not of that form fails."""
    assert text.endswith("\n")
    patch, inside, ended = Patch(), False, False
    for row in text[:-1].split("\n"):
        assert not ended, f"after the transaction: {row!r}"
        (_, code), *terms, (last, _) = tokens(row)
        assert last == "dot", row
        kinds = [kind for kind, _ in terms]
        values = [value for _, value in terms]
        if code == "H":
            assert not inside, row
            assert kinds[0] == "word", row
            assert len(terms) == 2, row
            patch.header[values[0]] = values[1]
        elif code in {"A", "D"}:
            assert inside, row
            assert kinds[:2] == ["iri", "iri"], row
            assert kinds[2] in {"iri", "literal"}, row
            assert len(terms) == 3, row
            patch.rows.append((code, f"{' '.join(values)} ."))
        else:
            assert (code, terms, inside) == ("TC" if inside else "TX", [], inside), row
            inside, ended = not inside, inside
    assert ended, "no TC"
    return patch
