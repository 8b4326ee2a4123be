"""What each file of a release is: media type, format, standard, what it holds and from what it was made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from ruiran_ld.errors import InternalError, Problem
from ruiran_ld.metadata.tables import Table


@dataclass(frozen=True, slots=True)
class Form:
    """A form of files.

    Attributes:
        title: for people.
        media_type: as IANA registers it.
        file_type: code in the EU's list of file types, or empty where it has none.
        standard: IRI of what the form conforms to.
        void_feature: IRI of the form for ``void:feature``, or empty where it is no form of RDF.
    """

    title: str
    media_type: str
    file_type: str
    standard: str
    void_feature: str = ""


_W3: Final = "https://www.w3.org/TR"
_RFC: Final = "https://www.rfc-editor.org/rfc"
_FORMATS: Final = "http://www.w3.org/ns/formats"
FORMS: Final = {
    ".ttl": Form("Turtle", "text/turtle", "RDF_TURTLE", f"{_W3}/turtle/", f"{_FORMATS}/Turtle"),
    ".jsonld": Form("JSON-LD", "application/ld+json", "JSON_LD", f"{_W3}/json-ld11/", f"{_FORMATS}/JSON-LD"),
    ".nt": Form("N-Triples", "application/n-triples", "RDF_N_TRIPLES", f"{_W3}/n-triples/", f"{_FORMATS}/N-Triples"),
    ".trig": Form("TriG", "application/trig", "RDF_TRIG", f"{_W3}/trig/", f"{_FORMATS}/TriG"),
    ".rq": Form("SPARQL", "application/sparql-query", "SPARQLQ", f"{_W3}/sparql11-query/"),
    ".sssom.tsv": Form("SSSOM", "text/tab-separated-values", "TSV", "https://w3id.org/sssom/"),
    ".tsv": Form("SPARQL TSV", "text/tab-separated-values", "TSV", f"{_W3}/sparql11-results-csv-tsv/"),
    ".csv": Form("CSV", "text/csv", "CSV", f"{_RFC}/rfc4180"),
    ".json": Form("JSON", "application/json", "JSON", f"{_RFC}/rfc8259"),
    ".cff": Form("Citation File Format", "application/yaml", "", "https://citation-file-format.github.io/"),
}
"""By the end of the name; the longest that fits counts."""

ASSERTED: Final = "asserted"
ENTAILED: Final = "entailed"


@dataclass(frozen=True, slots=True)
class Holdings:
    """Which files hold a graph of the data, known to who wrote them.

    Attributes:
        asserted: names of the files that hold the asserted graph.
        entailed: names of those that hold the closure and the ontology's terms.
    """

    asserted: frozenset[str]
    entailed: frozenset[str]


@dataclass(frozen=True, slots=True, order=True)
class PublishedFile:
    """A file of the release.

    Attributes:
        name: path within the release, with ``/``.
        size: in bytes.
        sha256: in hexadecimal.
        form: of the file.
        title: what it holds, for people.
        graph: ``asserted`` or ``entailed`` for a file that holds that graph, else empty.
        activity: the stage that made it.
        sources: paths of the files of the dataset folder that it was made from directly; a graph is no file.
    """

    name: str
    size: int
    sha256: str
    form: Form
    title: str
    graph: str = ""
    activity: str = "serialize"
    sources: tuple[str, ...] = ()

    @property
    def is_data(self) -> bool:
        """Whether it holds the data, as a graph or as a table, and not what goes with it."""
        return bool(self.graph) or self.name.startswith("tables/") or self.name.endswith(".sssom.tsv")


def title_of(name: str) -> str:
    """Say for people what a file is that every release has; empty for one whose content follows from the dataset."""
    return _OTHERS.get(name, ("", ()))[0]


def describe_files(
    files: Mapping[str, bytes], holdings: Holdings, sources: Iterable[str], tables: Iterable[Table]
) -> tuple[PublishedFile, ...]:
    """Describe the files of a release, sorted by name.

    Args:
        files: name -> content.
        holdings: which of them hold a graph.
        sources: paths of the files of the dataset folder.
        tables: which of the files are tables.

    Raises:
        InternalError: for a file in a form that is not known here.
    """
    known = tuple(sorted(sources))
    queries = {table.file: table.source for table in tables}
    return tuple(_describe(name, files[name], holdings, known, queries) for name in sorted(files))


def _describe(
    name: str, content: bytes, holdings: Holdings, sources: tuple[str, ...], tables: Mapping[str, str]
) -> PublishedFile:
    form = form_of(name)
    size, digest = len(content), sha256(content).hexdigest()
    folder, _, base = name.rpartition("/")
    stem = base.partition(".")[0]
    if name in holdings.asserted:
        return PublishedFile(name, size, digest, form, f"The asserted graph as {form.title}", ASSERTED)
    if name in holdings.entailed:
        title = f"The asserted graph, all that follows from it, and the ontology's terms, as {form.title}"
        return PublishedFile(name, size, digest, form, title, ENTAILED)
    if name in tables:
        return PublishedFile(name, size, digest, form, f"The table of {stem}", "", "answer", (tables[name],))
    if folder == "queries":
        what = "expected answer of the query" if name.endswith(".tsv") else "query"
        origin = (f"queries/{stem}.tsv",) if name.endswith(".tsv") else (f"queries/{stem}.ttl",)
        return PublishedFile(name, size, digest, form, f"The {what} {stem} as {form.title}", "", "answer", origin)
    title, used = _OTHERS.get(name, (f"{stem} as {form.title}", ()))
    activity = "describe" if "seeds" in used else "serialize"
    return PublishedFile(name, size, digest, form, title, "", activity, _below(sources, used))


_OTHERS: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "ontology.ttl": ("The ontology", ("ontology",)),
    "shapes.ttl": ("The SHACL shapes that the asserted graph conforms to", ("shapes",)),
    "context.jsonld": ("The JSON-LD context", ("ontology",)),
    "mappings.sssom.tsv": ("The identity links as a mapping set", ()),
    "document.schema.json": ("The JSON Schema of a document's record, for curators' editors", ("ontology",)),
    "register.schema.json": ("The JSON Schema of a register, for curators' editors", ("ontology",)),
    "CITATION.cff": ("How to cite the dataset", ("seeds",)),
    "croissant.json": ("The tables, described for machine learning (Croissant)", ("seeds",)),
    "schema-org.jsonld": ("The dataset, described for search engines (schema.org)", ("seeds",)),
    "metadata.ttl": ("The dataset, described for catalogues (DCAT-AP, VoID, PROV-O)", ("seeds",)),
    "ro-crate-metadata.json": ("The release and its files, described for archives (RO-Crate)", ("seeds",)),
    "SHA256SUMS": ("The SHA-256 of every other file, to check downloads with", ()),
}


def _below(sources: tuple[str, ...], folders: tuple[str, ...]) -> tuple[str, ...]:
    """Choose the sources in some folders; of the seeds, the settings alone."""
    chosen = (source for source in sources if source.partition("/")[0] in folders)
    return tuple(source for source in chosen if not source.startswith(("seeds/documents/", "seeds/registers/")))


def form_of(name: str) -> Form:
    """Find the form of a file by the end of its name.

    Raises:
        InternalError: if none is known.
    """
    fitting = [suffix for suffix in FORMS if name.endswith(suffix)]
    if not fitting:
        raise InternalError(Problem(f"no media type is known for '{name}'", "add its form to metadata/files.py"))
    return FORMS[max(fitting, key=len)]
