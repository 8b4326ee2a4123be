"""Compares N-Quads on standard input with an N-Triples file: exit status 1 where they are not the same graph.

Both sides are without blank nodes, so the same graph is the same set of triples.
"""

from __future__ import annotations

import sys
from itertools import islice

import pyoxigraph as ox


def main() -> int:
    """Print how many triples agree, or the first of those that do not."""
    theirs = {str(quad.triple) for quad in ox.parse(sys.stdin.buffer.read(), format=ox.RdfFormat.N_QUADS)}
    ours = {str(quad.triple) for quad in ox.parse(path=sys.argv[1], format=ox.RdfFormat.N_TRIPLES)}
    if theirs == ours and ours:
        print(f"jsonld.js reads the same {len(ours)} triples")
        return 0
    for title, triples in (("only in the JSON-LD", theirs - ours), (f"only in {sys.argv[1]}", ours - theirs)):
        print(f"{len(triples)} triples {title}", *islice(sorted(triples), 10), sep="\n  ")
    return 1


if __name__ == "__main__":
    sys.exit(main())
