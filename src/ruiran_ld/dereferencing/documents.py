"""The documents: one for each IRI of the base that stands anywhere in a release, in every form.

Ontology and shapes have one document each, the file as it was written: its terms have hash IRIs, and its axioms need
blank nodes, which no other document has. An ontology's version has its own, which stays when the next version comes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from ruiran_ld import ntriples, release
from ruiran_ld.dereferencing import sources
from ruiran_ld.dereferencing.layout import FORMS, Layout
from ruiran_ld.dereferencing.selection import Selection
from ruiran_ld.dereferencing.sources import Schema, Sources
from ruiran_ld.errors import DataError, Problem
from ruiran_ld.namespaces import RDF, RR, SKOS
from ruiran_ld.serialization import ExcerptWriter, Facts, Part, Presentation, is_iri, triples

_TURTLE, _JSONLD, _NTRIPLES = (form.suffix for form in FORMS)


class Documents:
    """Makes the documents of one release.

    Args:
        source: the release.
        layout: where documents stand.
        presentation: how the dataset is shown.
    """

    def __init__(self, source: Sources, layout: Layout, presentation: Presentation) -> None:
        self._source = source
        self._layout = layout
        self._writer = ExcerptWriter(source.graph, presentation)
        self._schema_at = _whole_files(source, layout)
        values = {term.iri for term in presentation.vocabulary.classes.values() if f"{RR}Value" in term.ancestors}
        self._selection = Selection(source.graph, _concepts(source, presentation), values, layout.base + layout.home)

    @property
    def web_documents(self) -> frozenset[str]:
        """Paths of IRIs that are documents of the web themselves (W3C, Cool URIs for the Semantic Web, section 3)."""
        return frozenset(self._schema_at)

    def of_entities(self) -> dict[str, bytes]:
        """Make the documents of things, claims, statements and whatever else is named: name of the file -> bytes.

        Raises:
            DataError: for an IRI that cannot have a file.
        """
        files: dict[str, bytes] = {}
        for path, heads in self.heads().items():
            _require_name(self._layout.base, path)
            parts = self._selection.parts([f"<{iri}>" for iri in heads])
            files |= {path + suffix: content for suffix, content in self._writer.write(parts).items()}
        for iri, graph in self._source.named.items():
            if named := self._layout.path(iri):
                parts = self._selection.parts_of_graph(f"<{iri}>", graph)
                files |= {named + suffix: content for suffix, content in self._writer.write(parts).items()}
        return files

    def of_schemas(self) -> dict[str, bytes]:
        """Make the documents of ontology and shapes, with all that is said of their terms: file name -> bytes."""
        files: dict[str, bytes] = {}
        for path, schema in self._schema_at.items():
            known = set(schema.lines)
            more = {
                subject: facts
                for subject, facts in self._source.graph.subjects.items()
                if self._layout.path(subject[1:-1]) == path and not known.issuperset(triples({subject: facts}))
            }
            files |= _schema_files(path, schema, more, self._writer)
        return files

    def heads(self) -> dict[str, list[str]]:
        """Find what each document is about, but for ontologies and shapes: path -> IRIs, both sorted."""
        heads: dict[str, set[str]] = defaultdict(set)
        elsewhere = {*self._schema_at, *self._source.files, self._layout.mapping_set}
        for term in self._iris():
            path = self._layout.path(term[1:-1])
            if path and path not in elsewhere:
                heads[path].add(term[1:-1])
        return {path: sorted(heads[path]) for path in sorted(heads)}

    def _iris(self) -> Iterator[str]:
        for schema in self._source.schemas.values():
            yield from (f"<{iri}>" for iri in schema.iris)
        for subject, facts in self._source.graph.subjects.items():
            yield subject
            for predicate, terms in facts.items():
                yield predicate
                yield from filter(is_iri, terms)


def web_documents(source: Sources, layout: Layout) -> frozenset[str]:
    """Find the paths of IRIs that are documents of the web themselves, of a release that is not to be written."""
    return frozenset(_whole_files(source, layout))


def of_older_schema(folder: Path, files: Mapping[str, bytes], layout: Layout) -> dict[str, bytes]:
    """Make the documents of the version of the ontology that an older release has: name of the file -> bytes.

    Args:
        folder: where the release stands.
        files: its files.
        layout: where documents stand.
    """
    if sources.ONTOLOGY not in files:
        return {}
    schema = sources.schema(files[sources.ONTOLOGY], f"{folder.name}/{sources.ONTOLOGY}")
    made: dict[str, bytes] = {}
    for path in sorted({path for path in map(layout.path, schema.versions) if path}):
        made |= _schema_files(path, schema, {}, None)
    return made


def lines_by_path(files: Mapping[str, bytes]) -> dict[str, list[str]]:
    """Read what documents of schemas say: path -> N-Triples lines."""
    names = sorted(name for name in files if name.endswith(_NTRIPLES))
    return {name.removesuffix(_NTRIPLES): ntriples.canonical_lines(files[name]) for name in names}


def _schema_files(
    path: str, schema: Schema, more: Mapping[str, Facts], writer: ExcerptWriter | None
) -> dict[str, bytes]:
    lines = set(triples(more))
    text = schema.text
    if more and writer:
        text += b"\n" + writer.turtle([Part("what else is said of these terms", more)])
    return {
        path + _TURTLE: text,
        path + _JSONLD: schema.as_jsonld(lines),
        path + _NTRIPLES: ntriples.join_lines(sorted({*schema.lines, *lines})),
    }


def _paths(schema: Schema, layout: Layout) -> list[str]:
    return sorted({path for path in map(layout.path, schema.roots | schema.versions) if path})


def _whole_files(source: Sources, layout: Layout) -> dict[str, Schema]:
    """Find what has a file of the release as its document: path -> file.

    These are ontologies and shapes, whose terms may have any IRI, and what has hash IRIs in a file of the same name.
    """
    own = {layout.path(subject[1:-1]) for subject in source.graph.subjects if "#" in subject}
    whole = {name: each for name in source.files if (each := name.removesuffix(_TURTLE)) != name and each in own}
    found = {
        stem: sources.schema(source.files[name], name)
        for name, stem in whole.items()
        if name not in source.schemas and stem + _NTRIPLES not in source.files
    }
    return found | {path: each for each in source.schemas.values() for path in _paths(each, layout)}


def _concepts(source: Sources, presentation: Presentation) -> set[str]:
    found = {iri for members in presentation.vocabulary.concepts.values() for iri in members.values()}
    is_scheme = f"<{SKOS}ConceptScheme>"
    found |= {s[1:-1] for s, facts in source.graph.subjects.items() if is_scheme in facts.get(f"<{RDF}type>", ())}
    return found


def _require_name(base: str, path: str) -> None:
    if not all(map(release.is_name_part, path.split("/"))):
        remedy = "an IRI of the dataset has letters, digits and _ . + - between its slashes"
        raise DataError(Problem(f"<{base}{path}> cannot be the name of a file", remedy))
