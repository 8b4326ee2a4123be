"""One run of pySHACL alone: the N-Triples named on the command line against all shapes, with the ontology."""

from __future__ import annotations

import sys
from pathlib import Path

import pyshacl
from rdflib import Graph


def _turtle(folder: Path) -> Graph:
    graph = Graph()
    for path in sorted(folder.glob("*.ttl")):
        graph.parse(path, format="turtle")
    return graph


def main() -> None:
    """Validate the data named first against the shapes in the folder named second, with the ontology in the third."""
    data = Graph().parse(sys.argv[1], format="nt")
    shapes, ontology = _turtle(Path(sys.argv[2])), _turtle(Path(sys.argv[3]))
    _, _, text = pyshacl.validate(data, shacl_graph=shapes, ont_graph=ontology)
    print(text.partition("\n")[0])


if __name__ == "__main__":
    main()
