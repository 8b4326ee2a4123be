r"""SPARQL 1.1 Update: DELETE DATA and INSERT DATA (sections 3.1.1 and 3.1.2), on the default graph.

The changes are cut into operations that stores can read: Virtuoso takes up to 10,000 lines in one; rdflib needs time
that grows with the square of one, and a deeper stack for each further one, so that some 60 are the most it can read.

Escapes are where an N-Triples term is no SPARQL term. SPARQL 1.1 Query, section 19.2, replaces ``\uXXXX`` in the whole
text before it is parsed, and says nothing of a backslash that is itself escaped: in ``"C:\\u0041"`` some engines see
the letter A. And rdflib reads eight hexadecimal digits after a small ``u`` too. So no literal may have ``\\u`` in it,
and control characters are written with all eight digits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from math import ceil
from typing import Final

from ruiran_ld.delta.edition import Edition, added, removed

BLOCK: Final = 250
"""Triples in one operation, where these are not too many operations."""

OPERATIONS: Final = 30
"""Operations in one update, where their triples are not too many for one."""

LONGEST: Final = 9_000
"""Triples in one operation at most."""

_escape: Final = re.compile(r"\\(?:\\([uU])|u([0-9A-F]{4})|.)")


def write_update(old: Edition, new: Edition) -> Iterator[str]:
    """Write the update that makes the new graph of the old one, line by line; equal graphs give an empty update."""
    yield f"# SPARQL 1.1 Update of the default graph: {old.name} becomes {new.name}.\n"
    gone, come = removed(old, new), added(old, new)
    size = min(max(BLOCK, ceil((len(gone) + len(come)) / OPERATIONS)), LONGEST)
    for operation, lines in (("DELETE DATA", gone), ("INSERT DATA", come)):
        for block in _blocks(lines, size):
            yield f"{operation} {{\n"
            for line in block:
                yield f"{sparql_line(line)}\n"
            yield "} ;\n"


def sparql_line(line: str) -> str:
    """Write a canonical N-Triples line so that every reading of SPARQL's escapes gives the same triple."""
    return _escape.sub(_safe, line) if "\\" in line else line


def _safe(escape: re.Match[str]) -> str:
    letter, control = escape.groups()
    if letter:
        return rf"\\\U{ord(letter):08X}"
    return rf"\U0000{control}" if control else escape[0]


def _blocks(lines: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    for start in range(0, len(lines), size):
        yield lines[start : start + size]
