"""RDF Patch, in the text form that Apache Jena documents (jena.apache.org/documentation/rdf-patch).

Section "Structure": rows of an operation and its terms in N-Triples syntax, each with a dot at its end. Section
"Header": ``H id`` and ``H prev`` make patches a log. Section "Preferred Style": one row on a line, single spaces, no
comments. There are no prefixes (``PA``) in it: they are no part of a graph.
"""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from uuid import NAMESPACE_URL, uuid5

from ruiran_ld import ntriples
from ruiran_ld.delta.edition import Edition, added, removed


def write_patch(old: Edition, new: Edition) -> Iterator[str]:
    """Write the patch that makes the new graph of the old one, row by row: all deletions, then all additions."""
    yield f"H id <{edition_id(new)}> .\n"
    yield f"H prev <{edition_id(old)}> .\n"
    yield "TX .\n"
    for line in removed(old, new):
        yield f"D {line}\n"
    for line in added(old, new):
        yield f"A {line}\n"
    yield "TC .\n"


def edition_id(edition: Edition) -> str:
    """Name a graph by its content, so that the ``prev`` of a patch is the ``id`` of the one that led there.

    Returns:
        A version 5 UUID (RFC 9562, section 5.5) made from the name of the graph's N-Triples file by RFC 6920, section
        3: whoever has the file can compute it.
    """
    digest = hashlib.sha256(ntriples.join_lines(edition.lines)).digest()
    name = urlsafe_b64encode(digest).rstrip(b"=").decode()
    return f"uuid:{uuid5(NAMESPACE_URL, f'ni:///sha-256;{name}')}"
