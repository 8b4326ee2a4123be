"""What the documents are made of: the files of a release, read back.

Everything is taken from what was published, so that a document never says what the release does not.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pyoxigraph
from pyoxigraph import NamedNode, Quad, RdfFormat

from ruiran_ld import ntriples, release
from ruiran_ld.errors import DataError, Place, Problem
from ruiran_ld.namespaces import OWL, RDF
from ruiran_ld.serialization import Graph

ONTOLOGY: Final = "ontology.ttl"
SCHEMAS: Final[tuple[str, ...]] = (ONTOLOGY, "shapes.ttl")
"""Files that are published as they were written, with axioms that need blank nodes."""
_TURTLE: Final = ".ttl"
_TRIG: Final = ".trig"


@dataclass(frozen=True, slots=True)
class Schema:
    """The ontology's or the shapes' file, or another Turtle file that is a document by itself.

    Attributes:
        text: as it was published.
        lines: its triples in canonical form (RDFC-1.0), blank nodes among them.
        iris: the IRIs that it names.
        roots: the subjects that the file as a whole describes: ontologies, and terms with hash IRIs.
        versions: the IRIs of the ontologies' versions.
    """

    text: bytes
    lines: tuple[str, ...]
    iris: frozenset[str]
    roots: frozenset[str]
    versions: frozenset[str]

    @property
    def bare(self) -> list[str]:
        """The triples without blank nodes."""
        return [line for line in self.lines if not _has_blank_node(line)]

    def as_jsonld(self, more: Iterable[str]) -> bytes:
        """Write the triples, and more of them, as expanded JSON-LD."""
        quads = ntriples.join_lines(sorted({*self.lines, *more}))
        parsed = pyoxigraph.parse(quads, format=RdfFormat.N_TRIPLES)
        text = io.BytesIO()
        pyoxigraph.serialize(parsed, text, format=RdfFormat.JSON_LD)
        return (json.dumps(json.loads(text.getvalue()), ensure_ascii=False, indent=1) + "\n").encode()


@dataclass(slots=True)
class Sources:
    """A release as documents are made of it.

    Attributes:
        files: its files, by name.
        graph: all triples of its RDF files that have no blank node, but for what is only entailed.
        schemas: by name of the file.
        named: IRI of a named graph -> its triples.
    """

    files: dict[str, bytes]
    graph: Graph
    schemas: dict[str, Schema] = field(default_factory=dict)
    named: dict[str, Graph] = field(default_factory=dict)


def read(folder: Path, entailed: str) -> Sources:
    """Read a release.

    Args:
        folder: where it stands; its files are those of its ``SHA256SUMS``.
        entailed: name of the file of the closure, which documents do not take from.

    Raises:
        DataError: if it is not whole, or a file of it is not what its name says.
    """
    files = read_files(folder)
    schemas: dict[str, Schema] = {name: schema(files[name], name) for name in SCHEMAS if name in files}
    lines: set[str] = set()
    for name, content in files.items():
        if name.endswith(_TURTLE) and name not in (*SCHEMAS, entailed):
            lines.update(_line(quad) for quad in _quads(folder / name, content, RdfFormat.TURTLE))
    for each in schemas.values():
        lines.update(each.bare)
    graph = Graph.read(line for line in lines if not _has_blank_node(line))
    named = {iri: each for name in files if name.endswith(_TRIG) for iri, each in _named(folder / name, files[name])}
    return Sources(files, graph, schemas, named)


def read_files(folder: Path) -> dict[str, bytes]:
    """Read the files of a release, its list of checksums among them: name -> bytes.

    Raises:
        DataError: if it is not whole.
    """
    release.verify_release(folder)
    names = [*(each.name for each in release.describe_release(folder)), release.SUMS]
    return {name: (folder / name).read_bytes() for name in names}


def _named(path: Path, content: bytes) -> Iterator[tuple[str, Graph]]:
    graphs: dict[str, list[str]] = {}
    for quad in _quads(path, content, RdfFormat.TRIG):
        if isinstance(quad.graph_name, NamedNode):
            graphs.setdefault(quad.graph_name.value, []).append(_line(quad))
    yield from ((iri, Graph.read(lines)) for iri, lines in graphs.items())


def schema(content: bytes, name: str) -> Schema:
    """Read a file of a release that is a document by itself.

    Args:
        content: its Turtle.
        name: what it is called in messages.

    Raises:
        DataError: if it is not Turtle.
    """
    dataset = pyoxigraph.Dataset(_quads(Path(name), content, RdfFormat.TURTLE))
    dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    terms = {term.value for quad in dataset for term in (*quad.triple,) if isinstance(term, NamedNode)}
    subjects = {quad.subject.value for quad in dataset if isinstance(quad.subject, NamedNode)}
    kind = (NamedNode(f"{RDF}type"), NamedNode(f"{OWL}Ontology"))
    ontologies = {quad.subject.value for quad in dataset if (quad.predicate, quad.object) == kind}
    return Schema(
        text=content,
        lines=tuple(sorted(map(_line, dataset))),
        iris=frozenset(terms),
        roots=frozenset(ontologies | {iri for iri in subjects if "#" in iri}),
        versions=frozenset(_versions(dataset)),
    )


def _versions(quads: Iterable[Quad]) -> Iterator[str]:
    is_version = NamedNode(f"{OWL}versionIRI")
    for quad in quads:
        if quad.predicate == is_version and isinstance(quad.object, NamedNode):
            yield quad.object.value


def _quads(path: Path, content: bytes, form: RdfFormat) -> list[Quad]:
    try:
        return list(pyoxigraph.parse(content, format=form))
    except SyntaxError as error:
        place = Place(str(path), error.lineno or 0)
        raise DataError(Problem(f"cannot be read: {error.msg}", "build again", place)) from error


def _line(quad: Quad) -> str:
    return ntriples.line(quad.triple)


def _has_blank_node(line: str) -> bool:
    subject, _, rest = ntriples.split(line)
    return subject.startswith("_:") or rest.startswith("_:")


def versions(releases: Path) -> Mapping[str, Path]:
    """Find the releases of a dataset: version -> folder, by version; a missing folder has none."""
    if not releases.is_dir():
        return {}
    return {folder.name: folder for folder in sorted(releases.iterdir()) if (folder / release.SUMS).is_file()}
