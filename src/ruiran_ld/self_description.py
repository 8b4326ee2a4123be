"""Brings together what the stages of a build gave, and has it described by ``metadata``."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Final

from ruiran_ld import __version__, metadata, seeds, serialization
from ruiran_ld.dataset import DatasetFolder
from ruiran_ld.metadata import Description, Holdings, Software, Source, Table
from ruiran_ld.namespaces import DCTERMS, OWL, RDF, RDFS, RR
from ruiran_ld.serialization import Graph, Presentation
from ruiran_ld.vocabulary import compile_vocabulary

_SOFTWARE: Final = Software("ruiran-ld", __version__, RR.removesuffix("ontology#"))
_TRIG: Final = ".trig"
_PACKED: Final = (".gz", ".zst")


@dataclass(frozen=True, slots=True)
class Given:
    """What the stages of a build gave.

    Attributes:
        files: name -> content of all that is to be described.
        tables: which of the files are tables.
        asserted: the asserted graph as canonical N-Triples lines.
        everything: the closure with the ontology's terms.
        prefixes: those that the ontology's files declare.
    """

    files: Mapping[str, bytes]
    tables: Sequence[Table]
    asserted: list[str]
    everything: list[str]
    prefixes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SelfDescription:
    """Metadata files, and the lines of those that are RDF of ours, by name."""

    files: dict[str, bytes]
    graphs: dict[str, list[str]]


def describe(folder: DatasetFolder, given: Given) -> SelfDescription:
    """Describe a build of a dataset folder, in the three steps of ``metadata``."""
    description = _description(folder, given)
    files = metadata.catalogues(description)
    description = _with(description, files)
    lines = metadata.graph(description)
    declared = {**description.prefixes, "metadata": f"{description.document}#"}
    settings, vocabulary = description.settings, compile_vocabulary(folder.ontology)
    presentation = Presentation(settings.base, vocabulary, settings.name, declared)
    written = serialization.serialize_description(metadata.GRAPH_FILE, Graph.read(lines), presentation)
    crate = metadata.crate(_with(description, written))
    return SelfDescription(files | written | crate, {metadata.GRAPH_FILE: lines})


def _with(description: Description, files: Mapping[str, bytes]) -> Description:
    """Add files to those that are to be described."""
    added = metadata.describe_files(files, Holdings(frozenset(), frozenset()), description.inputs, ())
    return replace(description, files=tuple(sorted((*description.files, *added))))


def inputs(folder: DatasetFolder) -> dict[str, str]:
    """Hash the files that people wrote: path in the dataset folder -> SHA-256.

    A byte order mark and carriage returns, which editors and checkouts add, change nothing that is read from a text,
    and so not its hash. The ledger is none of them: it tells what was published, and is written after.
    """
    paths: list[Path] = [folder.seeds / "dataset.yaml"]
    for name in ("documents", "registers"):
        paths += seeds.files(folder.seeds / name)
    for below in (folder.ontology, folder.shapes, folder.queries):
        paths += below.glob("*.ttl")
    paths += folder.queries.glob("*.tsv")
    named = {path.relative_to(folder.root).as_posix(): path for path in paths}
    return {name: sha256(_as_written(named[name])).hexdigest() for name in sorted(named)}


def _as_written(path: Path) -> bytes:
    content = path.read_bytes()
    if path.suffix in _PACKED:
        return content
    return content.removeprefix(BOM_UTF8).replace(b"\r\n", b"\n")


def _description(folder: DatasetFolder, given: Given) -> Description:
    settings, vocabulary = seeds.load_settings(folder.seeds), compile_vocabulary(folder.ontology)
    graph, used = Graph.read(given.asserted), inputs(folder)
    asserted_files = frozenset(f"{settings.name}{format_.SUFFIX}" for format_ in serialization.FORMATS)
    holdings = Holdings(asserted_files, frozenset((serialization.entailed_file_name(settings.name),)))
    spaces = {key: authority.uri_space for key, authority in vocabulary.authorities.items()}
    documents = tuple(_documents(graph, metadata.named_graphs(given.files[f"{settings.name}{_TRIG}"])))
    statements = sorted({document.rights for document in documents if document.rights})
    return Description(
        settings=settings,
        software=_SOFTWARE,
        files=metadata.describe_files(given.files, holdings, used, given.tables),
        tables=tuple(given.tables),
        inputs=used,
        asserted=metadata.count(given.asserted, settings.base, spaces),
        entailed=metadata.count(given.everything, settings.base, spaces),
        documents=documents,
        rights={each: graph.text(f"<{each}>", f"{DCTERMS}description") for each in statements},
        ontologies=tuple(sorted(_ontologies(given.everything))),
        authorities=spaces,
        examples=tuple(metadata.examples(given.everything)),
        prefixes={**given.prefixes, **vocabulary.prefixes, **metadata.PREFIXES},
    )


def _documents(graph: Graph, named: Mapping[str, int]) -> Iterator[Source]:
    for subject in graph.subjects:
        if f"{RR}Document" in graph.iris(subject, f"{RDF}type"):
            iri = subject[1:-1]
            own = next((name for name in named if name.startswith(f"{iri}/")), "")
            rights = next(iter(graph.iris(subject, f"{DCTERMS}rights")), "")
            yield Source(iri, graph.text(subject, f"{RDFS}label"), own, named.get(own, 0), rights)


def _ontologies(lines: Sequence[str]) -> Iterator[str]:
    """Find the ontologies whose terms stand in the closure."""
    header = f" <{RDF}type> <{OWL}Ontology> ."
    return (line.removesuffix(header)[1:-1] for line in lines if line.endswith(header))
