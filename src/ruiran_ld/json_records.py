"""JSON Lines of records: read line by line in bounded memory, plain or packed, with keys that stand twice refused."""

from __future__ import annotations

import codecs
import io
import json
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Final, cast

from ruiran_ld.errors import DataError, Place, Problem, UsageError, quoted

SUFFIXES: Final = (".jsonl", ".jsonl.gz", ".jsonl.zst")
MAX_LINE: Final = 16 * 1024 * 1024
"""Bytes that a line may have: some thousand times a long document's annotations."""

_ONE_OBJECT: Final = "write one JSON object a line"
_MAX_DIGITS: Final = 40
_CHUNK: Final = 128 * 1024


def lines(path: Path, name: str) -> Iterator[tuple[int, bytes]]:
    """Read the lines of a JSON Lines file, plain, .gz or .zst, with their numbers; empty lines are skipped.

    Raises:
        DataError: at the end, for lines over ``MAX_LINE`` bytes, which are skipped, or where there is none; at once
            for a file that cannot be read or unpacked.
        UsageError: for .zst where zstandard is not installed.
    """
    count = number = 0
    too_long: list[Problem] = []
    try:
        with _opened(path, name) as stream:
            while line := stream.readline(MAX_LINE + 1):
                number += 1
                if len(line) > MAX_LINE:
                    remedy = "write one document a line, and long ones as several"
                    too_long.append(Problem(f"a line over {MAX_LINE // 2**20} MiB", remedy, Place(name, number)))
                    while line and not line.endswith(b"\n"):
                        line = stream.readline(_CHUNK)
                elif stripped := (line if number > 1 else line.removeprefix(codecs.BOM_UTF8)).strip():
                    count += 1
                    yield number, stripped
    except (OSError, EOFError, zlib.error) as error:
        message = f"cannot be read: {getattr(error, 'strerror', None) or error}"
        raise DataError([*too_long, Problem(message, "see whether the file is whole", Place(name, number))]) from error
    if too_long:
        raise DataError(too_long)
    if not count:
        raise DataError(Problem("the file is empty", "write records in it or remove it", Place(name)))


@contextmanager
def _opened(path: Path, name: str) -> Iterator[BinaryIO]:
    # Lines are longer than the buffer that files have by default.
    with path.open("rb", buffering=_CHUNK) as packed:
        if path.suffix == ".gz":
            import gzip  # noqa: PLC0415 (most files are not packed: commands start sooner without)

            with gzip.GzipFile(fileobj=packed) as unzipped:
                yield cast("BinaryIO", unzipped)
        elif path.suffix == ".zst":
            yield cast("BinaryIO", io.BufferedReader(_Zstandard(packed, name), _CHUNK))
        else:
            yield packed


class _Zstandard(io.RawIOBase):
    """Unpacks Zstandard, frame after frame; a frame that breaks off is an error, as in gzip.

    Args:
        packed: the packed file.
        name: how messages call it.

    Raises:
        UsageError: where zstandard is not installed.
    """

    def __init__(self, packed: BinaryIO, name: str) -> None:
        try:
            import zstandard  # noqa: PLC0415 (an optional extra)
        except ImportError as error:
            remedy = "pip install zstandard"
            raise UsageError(Problem("zstandard is not installed", remedy, Place(name))) from error
        self._packed = packed
        self._error: type[Exception] = zstandard.ZstdError
        self._new_frame = zstandard.ZstdDecompressor().decompressobj
        self._frame: Any = None
        self._input = b""
        self._output = memoryview(b"")

    def readable(self) -> bool:
        """Tell that it can be read, as a buffer asks."""
        return True

    def readinto(self, buffer: Any, /) -> int:
        """Read the next unpacked bytes into a buffer; 0 at the end."""
        while not self._output and self._fill():
            self._unpack()
        size = min(len(buffer), len(self._output))
        buffer[:size] = self._output[:size]
        self._output = self._output[size:]
        return size

    def _fill(self) -> bool:
        """Read packed bytes; a little at a time, because what they unpack to has to fit into memory."""
        self._input = self._input or self._packed.read(256)
        if not self._input and self._frame is not None:
            raise EOFError("the packed data breaks off")
        return bool(self._input)

    def _unpack(self) -> None:
        self._frame = self._frame or self._new_frame()
        try:
            self._output = memoryview(self._frame.decompress(self._input))
        except self._error as error:
            raise OSError(str(error)) from error
        self._input = b""
        if self._frame.eof:
            self._input = self._frame.unused_data
            self._frame = None


def tree(line: bytes, place: Place) -> Any:
    """Read JSON and refuse keys that stand twice in one object; fractions come as the text that stands there.

    Raises:
        DataError: for such keys, or for what is not JSON in UTF-8.
    """
    twice: set[str] = set()

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(items)
        if len(found) != len(items):
            twice.update(key for key, count in Counter(key for key, _ in items).items() if count > 1)
        return found

    try:
        value = _read(line, pairs)
    except (RecursionError, ValueError) as error:
        message, remedy = _why_not_json(error, line)
        raise DataError(Problem(message, remedy, place)) from error
    if twice:
        raise DataError(
            Problem(f"key {quoted(key)} stands twice", "keep one of the two", place) for key in sorted(twice)
        )
    return value


def _read(line: bytes, pairs: Callable[[list[tuple[str, Any]]], Any]) -> Any:
    text = line.decode("utf-8")
    value = json.loads(
        text, object_pairs_hook=pairs, parse_float=str, parse_int=_whole_number, parse_constant=_no_constant
    )
    if "\\u" in text:
        # Half of a surrogate pair is no character: writing it tells.
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    return value


def _whole_number(digits: str) -> int:
    if len(digits) > _MAX_DIGITS:
        raise ValueError(f"a number of {len(digits)} digits")
    return int(digits)


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")


def _why_not_json(error: Exception, line: bytes) -> tuple[str, str]:
    """Say why a line is not JSON, and what to do."""
    match error:
        case RecursionError():
            return "nested too deeply", "no record is so deep"
        case UnicodeDecodeError():
            return f"byte 0x{line[error.start]:02x} is not UTF-8", "save as UTF-8"
        case UnicodeEncodeError():
            return "half of a surrogate pair", "write the whole character"
        case json.JSONDecodeError():
            return f"not JSON: {error.msg} at character {error.pos + 1}", _ONE_OBJECT
        case _:
            return f"not JSON: {error}", _ONE_OBJECT
