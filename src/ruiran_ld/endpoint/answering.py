"""Runs a query and writes its answer, within its limits; in a child of a worker."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import IO, Final, cast

import pyoxigraph
from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    Store,
    Triple,
)

from ruiran_ld import queries
from ruiran_ld.endpoint import formats, rows
from ruiran_ld.endpoint.messages import Done, Failed, Job, frame, send
from ruiran_ld.errors import UsageError

PIECE: Final = 1 << 16
FORBIDDEN: Final = 403
TOO_MUCH: Final = "the query takes more memory than it may; ask for less"


class _RefusedError(Exception):
    """The query is not answered, with what is said of it."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.failed = Failed(status, message)


class _Answer(io.RawIOBase):
    """Takes an answer as it is written, holds it against the limits, and sends it in pieces."""

    def __init__(self, out: IO[bytes], job: Job, counted: rows.Rows | None = None) -> None:
        self._out = out
        self._job = job
        self._rows = counted
        self._piece = bytearray()
        self._sent = 0

    def writable(self) -> bool:
        return True

    def write(self, content: bytes) -> int:  # type: ignore[override]  # pyoxigraph hands bytes
        self._piece += content
        if self._rows:
            self._rows.take(content)
            _require_rows(self._rows.count, self._job.max_rows)
        if len(self._piece) >= PIECE:
            self.send()
        return len(content)

    def send(self) -> None:
        """Send what was written."""
        self._sent += len(self._piece)
        if self._sent > self._job.max_bytes:
            raise _RefusedError(
                FORBIDDEN, f"the answer has more than {self._job.max_bytes:,} bytes; ask for less of it"
            )
        send(self._out, frame(bytes(self._piece), is_piece=True))
        self._piece.clear()


def _require_rows(count: int, most: int) -> None:
    """Refuse an answer of more rows than it may have: one that is cut would pass for the whole."""
    if count > most:
        raise _RefusedError(FORBIDDEN, f"the answer has more than {most:,} rows; ask for fewer with LIMIT and OFFSET")


def answer(store: Store, job: Job, prefixes: dict[str, str], out: IO[bytes]) -> Done | Failed:
    """Run a query and send its answer.

    Args:
        store: the data.
        job: the query.
        prefixes: for graphs.
        out: takes frames.

    Returns:
        The last message about it.
    """
    try:
        queries.require_local(job.text, "query")
        media_type, count = _written(_results(store, job), job, prefixes, out)
        return Done(media_type, count)
    except UsageError as error:
        return Failed(FORBIDDEN, "; ".join(problem.message for problem in error.problems))
    except _RefusedError as error:
        return error.failed
    except SyntaxError as error:
        return Failed(400, f"not a SPARQL query: {error.msg}")
    except (OSError, ValueError) as error:
        return Failed(400, f"the query cannot be run: {error}")
    except MemoryError:
        return Failed(FORBIDDEN, TOO_MUCH)


def _results(store: Store, job: Job) -> QuerySolutions | QueryBoolean | QueryTriples:
    """Run a query; graphs that the protocol names take the place of those that the query names (section 2.1.4)."""
    if not job.default_graphs and not job.named_graphs:
        return store.query(job.text)
    default, named = ([NamedNode(iri) for iri in graphs] for graphs in (job.default_graphs, job.named_graphs))
    return store.query(job.text, default_graph=[*default], named_graphs=[*named])


def _written(
    results: QuerySolutions | QueryBoolean | QueryTriples, job: Job, prefixes: dict[str, str], out: IO[bytes]
) -> tuple[str, int]:
    if isinstance(results, QueryTriples):
        return _written_graph(results, job, prefixes, out)
    if isinstance(results, QueryBoolean):
        media_type = _required(job.boolean, formats.BOOLEANS)
        booleans = _Answer(out, job)
        results.serialize(cast("IO[bytes]", booleans), formats.BOOLEANS[media_type])
        booleans.send()
        return media_type, 1
    media_type = _required(job.solutions, formats.SOLUTIONS)
    format_ = formats.SOLUTIONS[media_type]
    if format_ == QueryResultsFormat.CSV:
        return media_type, _written_csv(results, job, out)
    counted = rows.OF_FORMAT[format_]()
    solutions = _Answer(out, job, counted)
    results.serialize(cast("IO[bytes]", solutions), format_)
    solutions.send()
    return media_type, counted.count


def _written_csv(solutions: QuerySolutions, job: Job, out: IO[bytes]) -> int:
    """Write CSV (SPARQL 1.1 Query Results CSV and TSV, section 3); pyoxigraph leaves commas in IRIs without quotes."""
    table = _Answer(out, job)
    table.write(queries.csv_line(variable.value for variable in solutions.variables).encode())
    count = 0
    for row in solutions:
        count += 1
        _require_rows(count, job.max_rows)
        table.write(queries.csv_line(map(_plain, row)).encode())
    table.send()
    return count


def _plain(term: NamedNode | BlankNode | Literal | Triple | None) -> str:
    if isinstance(term, NamedNode | Literal):
        return term.value
    return "" if term is None else str(term)


def _written_graph(triples: QueryTriples, job: Job, prefixes: dict[str, str], out: IO[bytes]) -> tuple[str, int]:
    media_type = _required(job.graph, formats.GRAPHS)
    count = 0

    def counted() -> Iterator[Triple]:
        nonlocal count
        for triple in triples:
            count += 1
            _require_rows(count, job.max_rows)
            yield triple

    graph = _Answer(out, job)
    pyoxigraph.serialize(counted(), cast("IO[bytes]", graph), format=formats.GRAPHS[media_type], prefixes=prefixes)
    graph.send()
    return media_type, count


def _required(media_type: str | None, offered: Iterable[str]) -> str:
    if media_type is None:
        raise _RefusedError(406, f"this kind of answer there is as {', '.join(offered)}")
    return media_type
