"""The order of a build: load, convert, compare, validate, entail, serialize, answer, describe, release."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

import pyoxigraph

from ruiran_ld import (
    corpus,
    entailment,
    json_schema,
    ledger,
    metadata,
    ntriples,
    queries,
    release,
    seeds,
    self_description,
    serialization,
    validation,
)
from ruiran_ld.dataset import DatasetFolder
from ruiran_ld.entailment import Closure, Ontology
from ruiran_ld.errors import DataError, InternalError, Place, Problem, UsageError
from ruiran_ld.namespaces import RR
from ruiran_ld.queries import Query
from ruiran_ld.serialization import Graph, Presentation
from ruiran_ld.vocabulary import compile_vocabulary, ontology_files

STAGES: Final = ("convert", "compare", "validate", "entail", "serialize", "answer", "describe", "release")
_READ_BACK: Final = {
    ".ttl": pyoxigraph.RdfFormat.TURTLE,
    ".jsonld": pyoxigraph.RdfFormat.JSON_LD,
    ".nt": pyoxigraph.RdfFormat.N_TRIPLES,
    ".trig": pyoxigraph.RdfFormat.TRIG,
}
OnStage = Callable[[str], None]


@dataclass(slots=True)
class Asserted:
    """What conversion gave: the asserted graph as sorted N-Triples lines, and where its terms come from."""

    lines: list[str]
    documents: int
    places: dict[str, Place] = field(default_factory=dict)
    replaced: list[ledger.Replaced] = field(default_factory=list)

    def place_of(self, term: str) -> Place | None:
        """Find the file and line behind a term."""
        return self.places.get(term)


@dataclass(frozen=True, slots=True)
class Built:
    """What a build published.

    Attributes:
        target: the folder.
        documents: documents converted.
        asserted: triples asserted.
        inferred: triples that follow from them.
        report: what the shapes found; it conforms, and may hold warnings.
        files: the published files.
    """

    target: Path
    documents: int
    asserted: int
    inferred: int
    report: validation.Report
    files: tuple[release.ReleasedFile, ...]


def build(
    folder: DatasetFolder, target: Path, *, update_expected: bool = False, on_stage: OnStage = lambda _: None
) -> Built:
    """Build and publish a dataset; on any error the last good release stays as it is.

    Args:
        folder: the dataset.
        target: the folder to publish to.
        update_expected: write the queries' expected results anew instead of holding the answers against them.
        on_stage: is told each stage of ``STAGES`` as it begins.

    Raises:
        RuiranError: with every problem of the stage that failed.
    """
    release.require_replaceable(target)
    on_stage("convert")
    asserted = convert(folder)
    on_stage("compare")
    asserted = keep_promises(folder, asserted)
    on_stage("validate")
    report = validate(folder, asserted)
    report.require_conformance()
    on_stage("entail")
    closure, ontology = entail(folder, asserted)
    on_stage("serialize")
    everything = sorted({*asserted.lines, *closure.inferred, *ontology.bare_lines()})
    name = seeds.load_settings(folder.seeds).name
    files = _serialized(folder, asserted, everything, ontology)
    on_stage("answer")
    answered = _answered(folder, everything, update=update_expected)
    files |= answered.files
    on_stage("describe")
    graphs = {f"{name}{format_.SUFFIX}": asserted.lines for format_ in serialization.FORMATS}
    graphs[serialization.entailed_file_name(name)] = everything
    given = self_description.Given(files, answered.tables, asserted.lines, everything, ontology.prefixes)
    about = self_description.describe(folder, given)
    files |= about.files
    graphs |= about.graphs
    on_stage("release")
    published = release.publish(target, files, lambda written: _read_back(written, graphs))
    return Built(target, asserted.documents, len(asserted.lines), len(closure.inferred), report, published)


def convert(folder: DatasetFolder) -> Asserted:
    """Convert a dataset to its asserted graph.

    Raises:
        DataError: with the problems of all records.
    """
    pieces: list[bytes] = []
    conversion = corpus.convert(folder, pieces.append, with_places=True)
    lines = ntriples.canonical_lines(b"".join(pieces))
    return Asserted(lines, conversion.documents, conversion.places, conversion.replaced)


def keep_promises(folder: DatasetFolder, asserted: Asserted) -> Asserted:
    """Hold the asserted graph against the ledger, and give it the tombstones of what was withdrawn.

    Raises:
        DataError: naming each IRI that would be lost or reused, and what to run.
    """
    file = folder.name(folder.ledger)
    rows = ledger.read(folder.ledger, file)
    released = [(path, folder.name(path)) for path in folder.released_ledgers()]
    if problems := ledger.forgotten({row.iri for row in rows}, released, file):
        raise DataError(problems)
    if not rows:
        return asserted
    settings = seeds.load_settings(folder.seeds)
    published = describe(folder, asserted)
    if problems := ledger.compare(rows, published, settings.base, file):
        raise DataError(problems)
    stones = ledger.tombstones(rows, settings.issued, published, settings.language)
    lines = sorted({*asserted.lines, *stones})
    places = {f"<{row.iri}>": Place(file, row.line) for row in rows if not row.is_active}
    return replace(asserted, lines=lines, places=places | asserted.places)


def describe(folder: DatasetFolder, asserted: Asserted) -> dict[str, ledger.Published]:
    """List what a dataset publishes by IRI: in its asserted graph, and in its ontology."""
    ontology = entailment.read_ontology(ontology_files(folder.ontology))
    return ledger.published([*asserted.lines, *ontology.bare_lines()], seeds.load_settings(folder.seeds).base)


def validate(folder: DatasetFolder, asserted: Asserted) -> validation.Report:
    """Hold the asserted graph against the shapes."""
    shapes = sorted(folder.shapes.glob("*.ttl"))
    if not shapes:
        raise DataError(
            Problem("no shapes", "the folder needs Turtle files (*.ttl)", Place(folder.name(folder.shapes)))
        )
    places = {term.strip("<>"): place for term, place in asserted.places.items()}
    checks = validation.Validation(ontology_files(folder.ontology), shapes)
    report = checks.validate(ntriples.join_lines(asserted.lines), places)
    room = f"{seeds.load_settings(folder.seeds).base}id/"
    warnings = (
        validation.Finding.of_records(f"{RR}Tombstone", use.message, room + use.old, use.place)
        for use in asserted.replaced
    )
    return validation.Report(tuple(sorted((*report.findings, *warnings), key=validation.Finding.sort_key)))


def entail(folder: DatasetFolder, asserted: Asserted) -> tuple[Closure, Ontology]:
    """Draw what follows from the asserted graph by the ontology.

    Raises:
        DataError: if they contradict each other, naming the triples that clash.
    """
    ontology = entailment.read_ontology(ontology_files(folder.ontology))
    closure = entailment.entail(asserted.lines, entailment.compile_axioms(ontology))
    closure.require_consistency(asserted.place_of)
    return closure, ontology


def _serialized(
    folder: DatasetFolder, asserted: Asserted, everything: list[str], ontology: Ontology
) -> dict[str, bytes]:
    settings = seeds.load_settings(folder.seeds)
    presentation = Presentation(settings.base, compile_vocabulary(folder.ontology), settings.name, ontology.prefixes)
    graph = Graph.read(asserted.lines)
    return {
        **serialization.serialize(graph, presentation),
        **serialization.serialize_mappings(graph, presentation),
        **serialization.serialize_context(presentation),
        **json_schema.write(presentation.vocabulary, settings),
        **serialization.serialize_entailed(Graph.read(everything), presentation),
        "ontology.ttl": joined_ontology(folder),
        "shapes.ttl": _joined(sorted(folder.shapes.glob("*.ttl"))),
    }


def joined_ontology(folder: DatasetFolder) -> bytes:
    """Join the ontology's files into the one that is published.

    Raises:
        DataError: if two files give one prefix to two namespaces.
    """
    return _joined(sorted(folder.ontology.glob("*.ttl")))


def _joined(files: list[Path]) -> bytes:
    """Join Turtle files as they were written, comments and all, under one set of prefixes.

    Raises:
        DataError: if two files give one prefix to two namespaces.
    """
    prefixes: dict[str, str] = {}
    bodies: list[str] = []
    for path in files:
        body: list[str] = []
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if not line.startswith("@prefix "):
                body.append(line)
                continue
            name = line.split()[1]
            if prefixes.setdefault(name, line) != line:
                message = f"prefix {name} stands for something else in another file"
                raise DataError(
                    Problem(
                        message, "use one prefix for one namespace", Place(f"{path.parent.name}/{path.name}", number)
                    )
                )
        bodies.append("\n".join(body).strip("\n"))
    return ("\n".join(prefixes[name] for name in sorted(prefixes)) + "\n\n" + "\n\n".join(bodies) + "\n").encode()


@dataclass(slots=True)
class _Answered:
    """Files of the queries and of their answers, and what is known of those that are tables."""

    files: dict[str, bytes] = field(default_factory=dict)
    tables: list[metadata.Table] = field(default_factory=list)


def _answered(folder: DatasetFolder, everything: list[str], *, update: bool) -> _Answered:
    """Run every query on the published graph, hold the answers against the expected ones, and publish both."""
    store = pyoxigraph.Store()
    store.bulk_load(ntriples.join_lines(everything), format=pyoxigraph.RdfFormat.N_TRIPLES)
    answered = _Answered()
    problems: list[Problem] = []
    for name, query in queries.load_queries(folder.queries).items():
        try:
            answer = queries.run(store, query.text, f"queries/{name}.ttl")
            if update:
                query.expected.write_text(queries.as_tsv(answer), encoding="utf-8", newline="\n")
            elif queries.read_expected(query.expected) != answer:
                remedy = "look at it with 'ruiran-ld query'; if it is right, 'ruiran-ld build --update-expected'"
                place = Place(folder.name(query.expected))
                problems.append(Problem(f"query '{name}' does not give its expected result", remedy, place))
            answered.files |= _query_files(folder, name, query)
            if query.table_file:
                _add_table(answered, query, answer)
        except (DataError, UsageError) as error:  # a bundled query is data, whatever is wrong with it
            problems.extend(error.problems)
        except OSError as error:
            problems.append(
                Problem(f"cannot be read or written: {error.strerror}", "", Place(folder.name(query.expected)))
            )
    if problems:
        raise DataError(problems)
    return answered


def _add_table(answered: _Answered, query: Query, answer: queries.Table) -> None:
    """Publish an answer as CSV too.

    Raises:
        DataError: if its columns are not described, or another query gives a table of the same name.
    """
    name, source = query.table_file, f"queries/{query.name}.ttl"
    if name in answered.files:
        raise DataError(Problem(f"another query gives {name} too", "give one of them another name", Place(source)))
    answered.files[name] = queries.as_csv(answer).encode()
    asked = metadata.TableQuery(name, query.question, source, query.columns)
    answered.tables.append(metadata.describe_table(asked, answer.variables, answer.rows))


def _query_files(folder: DatasetFolder, name: str, query: Query) -> dict[str, bytes]:
    plain = "".join(f"# {line}\n" for line in query.question.splitlines()) + query.text
    return {
        f"queries/{name}.rq": plain.encode(),
        f"queries/{name}.ttl": (folder.queries / f"{name}.ttl").read_bytes(),
        f"queries/{name}.tsv": query.expected.read_bytes(),
    }


def _read_back(written: Path, graphs: Mapping[str, list[str]]) -> None:
    """Read the written files again: each data file must hold the very graph, and no blank node.

    Args:
        written: the folder.
        graphs: name of each data file -> the sorted lines of its graph.

    Raises:
        InternalError: naming the file that does not.
    """
    for name, expected in graphs.items():
        path = written / name
        try:
            quads = pyoxigraph.parse(path=str(path), format=_READ_BACK[path.suffix])
            found = sorted({f"{q.subject} {q.predicate} {ntriples.term(q.object)} ." for q in quads})
        except SyntaxError as error:
            raise InternalError(Problem(f"unreadable: {error}", "report this", Place(path.name))) from error
        if found != expected:
            changed = set(found) ^ set(expected)
            raise InternalError(Problem(f"reads back differently: {min(changed)}", "report this", Place(path.name)))
