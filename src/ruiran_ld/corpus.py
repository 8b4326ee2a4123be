"""Conversion of a whole dataset, document by document, in bounded memory, in one process or several.

The output is the same for any number of processes. What grows with the number of documents is kept on disk, by
``cross_checks``.
"""

from __future__ import annotations

import gc
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path
from typing import Final

import msgspec

from ruiran_ld import json_records, seeds
from ruiran_ld.conversion import Brought, Converter, Evidence, merge
from ruiran_ld.core_terms import require_core
from ruiran_ld.cross_checks import CrossChecks
from ruiran_ld.dataset import DatasetFolder
from ruiran_ld.errors import DataError, Place, Problem, attempt
from ruiran_ld.identifiers import Namespace
from ruiran_ld.ledger import Lookup, Replaced
from ruiran_ld.records import LoadedDocument
from ruiran_ld.vocabulary import Vocabulary, compile_vocabulary

MAX_PROBLEMS: Final = 1000
"""Problems that are reported at most: a person reads no more, and memory stays bounded."""

_BATCH_BYTES: Final = 64 * 1024
Progress = Callable[[int], None]


class Batch(msgspec.Struct, frozen=True):
    """Work for one process: a file of YAML, or some lines of JSON Lines with their numbers."""

    path: Path
    lines: tuple[tuple[int, bytes], ...] = ()
    size: int = 0


class Output(msgspec.Struct):
    """What became of a batch.

    Attributes:
        texts: N-Triples of its documents.
        documents: how many they are.
        problems: what is wrong with them.
        evidence: what they say of events of the registers.
        brought: what has to fit together with all other documents.
        unread: documents and files whose form is wrong.
        places: term -> place of documents, events and claims; empty where it was not asked for.
        replaced: withdrawn names that stand in them, taken as what replaces them.
        size: bytes of the records, for progress.
    """

    texts: list[bytes] = []
    documents: int = 0
    problems: list[Problem] = []
    evidence: dict[str, Evidence] = {}
    brought: list[Brought] = []
    unread: int = 0
    places: dict[str, Place] = {}
    replaced: list[Replaced] = []
    size: int = 0


class Worker(msgspec.Struct):
    """Converts batches of one dataset; each process has its own, compiled once.

    Attributes:
        folder: the dataset.
        with_places: whether to keep the places of all records.
        converter: None where settings, ontology or registers cannot be read; then only the form is checked.
        problems: what is wrong with settings, ontology and registers.
    """

    folder: DatasetFolder
    with_places: bool = False
    converter: Converter | None = None
    problems: list[Problem] = []

    def __post_init__(self) -> None:
        settings = attempt(lambda: seeds.load_settings(self.folder.seeds), self.problems)
        vocabulary = attempt(lambda: _vocabulary(self.folder), self.problems)
        registers = seeds.load_registers(self.folder.seeds)
        self.problems.extend(registers.problems)
        if settings is not None and vocabulary is not None and registers.complete:
            lookup = Lookup(self.folder.ledger, self.folder.name(self.folder.ledger), settings.base)
            self.converter = Converter(vocabulary, settings, registers.entries, lookup)

    def convert(self, batch: Batch) -> Output:
        """Convert the documents of a batch."""
        output = Output(size=batch.size)
        for loaded in self._documents(batch):
            if isinstance(loaded, DataError):
                output.problems.extend(loaded.problems)
                output.unread += 1
            elif self.converter:
                output.documents += 1
                output.texts.append(self._convert_one(loaded, self.converter, output))
        return output

    def _convert_one(self, loaded: LoadedDocument, converter: Converter, output: Output) -> bytes:
        converted = converter.convert_document(loaded)
        output.problems.extend(converted.problems)
        output.replaced.extend(converted.replaced)
        merge(output.evidence, converted.evidence or {})
        if converted.brought:
            output.brought.append(converted.brought)
        if self.with_places:
            output.places.update(document_places(loaded, converter.namespace))
        return converted.text

    def _documents(self, batch: Batch) -> Iterator[LoadedDocument | DataError]:
        if not batch.lines:
            yield from seeds.read_documents(batch.path, self.folder.seeds)
            return
        name = self.folder.name(batch.path)
        for number, line in batch.lines:
            yield seeds.decode_line(line, name, number)


def _vocabulary(folder: DatasetFolder) -> Vocabulary:
    vocabulary = compile_vocabulary(folder.ontology)
    require_core(vocabulary, folder.ontology)
    return vocabulary


def document_places(loaded: LoadedDocument, namespace: Namespace) -> dict[str, Place]:
    """Find the places of a document, its events and its claims, by term."""
    slug = loaded.record.document
    found = {namespace.thing(slug): loaded.places.place("document")}
    for event in loaded.record.events:
        found[namespace.thing(event)] = loaded.places.place("events", event)
    for key in loaded.record.claims:
        found[namespace.claim(slug, key)] = loaded.places.place("claims", key)
    return found


class Conversion(msgspec.Struct):
    """What a whole conversion gave besides its text; see ``Output`` for the fields they share."""

    documents: int = 0
    places: dict[str, Place] = {}
    replaced: list[Replaced] = []


def convert(
    folder: DatasetFolder,
    write: Callable[[bytes], object],
    *,
    jobs: int = 1,
    with_places: bool = False,
    progress: Progress = lambda _: None,
) -> Conversion:
    """Convert registers and all documents of a dataset to N-Triples.

    Args:
        folder: the dataset.
        write: takes the text, piece by piece; a triple that two documents give comes twice.
        jobs: processes. More than one take more memory and more work in all; on two processors, no less time.
        with_places: whether to keep the places of all records, which takes memory for each.
        progress: is told the bytes of records that were read since the last time.

    Raises:
        DataError: with the problems of all documents; what was written is then not whole.
    """
    worker = Worker(folder, with_places)
    run = _Run(write, progress)
    run.collect(worker.problems)
    if worker.converter:
        run.take_registers(worker.converter)
    with closing(CrossChecks()) as checks, _no_cyclic_collection():
        for output in _outputs(worker, jobs, run.problems):
            run.take(output, checks)
        run.collect(checks.problems(MAX_PROBLEMS, complete=worker.converter is not None and not run.unread))
    if run.problems or not worker.converter:
        raise DataError(run.problems)
    write(worker.converter.derived(run.evidence).encode())
    return run.result


class _Run(msgspec.Struct):
    """A conversion under way."""

    write: Callable[[bytes], object]
    progress: Progress
    result: Conversion = msgspec.field(default_factory=Conversion)
    problems: list[Problem] = []
    evidence: dict[str, Evidence] = {}
    unread: int = 0

    def collect(self, found: Iterable[Problem]) -> None:
        """Take problems.

        Raises:
            DataError: if they have become too many.
        """
        _collect(self.problems, found)
        if len(self.problems) >= MAX_PROBLEMS:
            raise DataError([*self.problems, Problem("there are more problems than are shown", "mend these first")])

    def take_registers(self, converter: Converter) -> None:
        """Take what the registers give."""
        converted = converter.convert_registers()
        self.write(converted.text)
        self.collect(converted.problems)
        self._notice(converted.replaced)
        for slug, entry in converter.registers.items():
            self.result.places[converter.namespace.thing(slug)] = entry.places.place()

    def take(self, output: Output, checks: CrossChecks) -> None:
        """Take what a batch gave."""
        for text in output.texts:
            self.write(text)
        self.result.documents += output.documents
        self.result.places.update(output.places)
        merge(self.evidence, output.evidence)
        checks.add(output.brought)
        self.unread += output.unread
        self._notice(output.replaced)
        self.progress(output.size)
        self.collect(output.problems)

    def _notice(self, found: Iterable[Replaced]) -> None:
        room = MAX_PROBLEMS - len(self.result.replaced)
        self.result.replaced.extend(islice(found, room))


def _collect(into: list[Problem], found: Iterable[Problem]) -> None:
    for problem in found:
        if len(into) < MAX_PROBLEMS:
            into.append(problem)


@contextmanager
def _no_cyclic_collection() -> Iterator[None]:
    """Switch the search for reference cycles off: records are trees, and looking for cycles takes time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _batches(folder: DatasetFolder, problems: list[Problem]) -> Iterator[Batch]:
    """Cut the files of documents into batches; a file that cannot be read to its end gives a problem."""
    for path in seeds.files(folder.documents(), problems):
        if not seeds.is_jsonl(path):
            yield Batch(path, size=path.stat().st_size)
            continue
        lines: list[tuple[int, bytes]] = []
        size = 0
        try:
            for number, line in json_records.lines(path, folder.name(path)):
                lines.append((number, line))
                size += len(line)
                if size > _BATCH_BYTES:
                    yield Batch(path, tuple(lines), size)
                    lines, size = [], 0
        except DataError as error:
            _collect(problems, error.problems)
        if lines:
            yield Batch(path, tuple(lines), size)


def _outputs(worker: Worker, jobs: int, problems: list[Problem]) -> Iterator[Output]:
    batches = _batches(worker.folder, problems)
    if jobs <= 1:
        yield from map(worker.convert, batches)
        return
    # Imported where they are needed: most runs take one process, and start sooner without.
    import multiprocessing  # noqa: PLC0415
    from concurrent.futures import Future, ProcessPoolExecutor  # noqa: PLC0415

    # 'spawn' is the one way of starting processes that is the same, and safe, on every platform.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, context, _start, (worker.folder, worker.with_places)) as pool:
        waiting: deque[Future[Output]] = deque()
        for batch in batches:
            waiting.append(pool.submit(_work, batch))
            if len(waiting) > 2 * jobs:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


_workers: list[Worker] = []


def _start(folder: DatasetFolder, with_places: bool) -> None:  # noqa: FBT001 (the pool hands arguments by position)
    gc.disable()  # as in _no_cyclic_collection; the process does nothing else
    _workers[:] = [Worker(folder, with_places)]


def _work(batch: Batch) -> Output:
    return _workers[0].convert(batch)
