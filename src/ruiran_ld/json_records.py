"""JSON Lines of records: read line by line in bounded memory, plain or packed, with keys that stand twice refused."""

from __future__ import annotations

import gzip
import io
import json
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Final

from ruiran_ld.errors import DataError, Place, Problem, UsageError

SUFFIXES: Final = (".jsonl", ".jsonl.gz", ".jsonl.zst")
MAX_LINE: Final = 16 * 1024 * 1024
"""Bytes that a line may have: some thousand times a long document's annotations."""


def lines(path: Path, name: str) -> Iterator[tuple[int, bytes]]:
    """Read the lines of a JSON Lines file, plain, .gz or .zst, with their numbers; empty lines are skipped.

    Raises:
        DataError: for a file that cannot be read or unpacked, an empty file, or a line over ``MAX_LINE`` bytes.
        UsageError: for .zst where zstandard is not installed.
    """
    count = 0
    number = 0
    try:
        with _opened(path) as stream:
            while line := stream.readline(MAX_LINE + 1):
                number += 1
                if len(line) > MAX_LINE:
                    remedy = "write one document a line, and long ones as several"
                    raise DataError(Problem(f"a line over {MAX_LINE // 2**20} MiB", remedy, Place(name, number)))
                if stripped := line.strip():
                    count += 1
                    yield number, stripped
    except (OSError, EOFError, zlib.error) as error:
        raise DataError(Problem(f"cannot be read: {error}", "is it complete?", Place(name, number))) from error
    if not count:
        raise DataError(Problem("the file is empty", "write records in it or remove it", Place(name)))


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    if path.suffix == ".gz":
        with gzip.open(path) as unzipped:
            yield unzipped  # type: ignore[misc]  # a GzipFile reads like any binary stream
    elif path.suffix == ".zst":
        with _zstd(path) as unpacked:
            yield unpacked
    else:
        with path.open("rb") as stream:
            yield stream


@contextmanager
def _zstd(path: Path) -> Iterator[BinaryIO]:
    try:
        import zstandard  # noqa: PLC0415 (an optional extra)
    except ImportError as error:
        raise UsageError(Problem("zstandard is not installed", "pip install 'ruiran-ld[zstd]'", Place(str(path)))) from error
    with path.open("rb") as packed:
        try:
            yield io.BufferedReader(zstandard.ZstdDecompressor().stream_reader(packed))
        except zstandard.ZstdError as error:
            raise OSError(str(error)) from error


def tree(line: bytes, place: Place) -> Any:
    """Read JSON and refuse keys that stand twice in one object.

    Raises:
        DataError: for such a key, or for what is not JSON.
    """
    twice: set[str] = set()

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(items)
        if len(found) != len(items):
            keys = [key for key, _ in items]
            twice.update(key for key in keys if keys.count(key) > 1)
        return found

    try:
        value = json.loads(line, object_pairs_hook=pairs)
    except (ValueError, RecursionError) as error:
        raise DataError(Problem(f"not JSON: {error}", "one JSON object a line", place)) from error
    if twice:
        raise DataError(Problem(f"key '{key}' stands twice", "keep one of the two", place) for key in sorted(twice))
    return value
