"""One run of owlrl alone: the OWL 2 RL closure of the ontology and the N-Triples named on the command line."""

from __future__ import annotations

import sys
from pathlib import Path

import owlrl
from rdflib import Graph


def main() -> None:
    """Parse the data named first and the ontology in the folder named second, and expand them."""
    graph = Graph()
    graph.parse(sys.argv[1], format="nt")
    for path in sorted(Path(sys.argv[2]).glob("*.ttl")):
        graph.parse(path, format="turtle")
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    print(len(graph))


if __name__ == "__main__":
    main()
