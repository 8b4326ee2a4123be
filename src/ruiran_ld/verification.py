"""Verification: do the spans and hashes of the annotations still fit the texts they were read from?

A text is what its bytes are: UTF-8, no newline or Unicode normalisation; positions count code points. The texts
themselves never enter the dataset; ``seal`` writes their hashes into the annotations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from ruiran_ld import yaml_records
from ruiran_ld.errors import DataError, Place, Problem, UsageError
from ruiran_ld.records import Document, LoadedDocument

_span = re.compile(r"(0|[1-9][0-9]{0,14})-([1-9][0-9]{0,14})").fullmatch
_NO_BLOCKS: Final = {"text": None, "passages": None}
_SEALED: Final = "passages:  # written by 'ruiran-ld seal', never by hand"


@dataclass(frozen=True, slots=True)
class SpanCheck:
    """One claim's span, or one that was set aside, held against the text.

    Attributes:
        document: slug of the document.
        claim: key of the claim; empty for a span that was set aside.
        span: ``start-end``.
        passage: what stands there in the text; shown to people and never stored.
        gist: what the claim says of it, or why the span was set aside.
        problem: what is wrong, or None.
    """

    document: str
    claim: str
    span: str
    passage: str
    gist: str
    problem: Problem | None


def read_text(folder: Path, slug: str) -> str:
    """Read the text of a document, ``<slug>.txt`` in a folder of texts.

    Raises:
        DataError: if the folder has no such text, or it is not UTF-8.
    """
    path = folder / f"{slug}.txt"
    try:
        return path.read_bytes().decode("utf-8")
    except OSError as error:
        remedy = "give the folder that holds <document>.txt with --texts"
        raise DataError(Problem(f"no text: {error.strerror}", remedy, Place(str(path)))) from error
    except UnicodeDecodeError as error:
        message = f"the text is not UTF-8 at byte {error.start}"
        raise DataError(Problem(message, "find the text that was annotated", Place(str(path)))) from error


def check_document(loaded: LoadedDocument, text: str) -> tuple[list[Problem], list[SpanCheck]]:
    """Hold a document's fingerprint and all its spans against the text.

    Returns:
        What is wrong with the text as a whole, and a check for each claim and for each span that was set aside.
    """
    record, place = loaded.record, loaded.places.place("text")
    problems: list[Problem] = []
    found = sha256(text.encode()).hexdigest()
    if len(text) != record.text.length:
        message = f"the text of {record.document} has {len(text)} characters, not {record.text.length}"
        problems.append(Problem(message, "find the text that was annotated", place))
    if found != record.text.sha256:
        message = f"the text of {record.document} has SHA-256 {found}, not {record.text.sha256}"
        problems.append(Problem(message, "find the text that was annotated", place))
    return problems, list(_spans(record, loaded, text))


def _spans(record: Document, loaded: LoadedDocument, text: str) -> Iterator[SpanCheck]:
    for key, claim in record.claims.items():
        yield _check(loaded, text, claim.at, ("claims", key, "at"), claim.gist)
    for span, reason in record.setAside.items():
        yield _check(loaded, text, span, ("setAside", span), f"set aside as {reason}")


def _check(loaded: LoadedDocument, text: str, at: str, path: tuple[str, ...], gist: str) -> SpanCheck:
    place = loaded.places.place(*path)
    key = path[1] if path[0] == "claims" else ""
    what = f"claim '{key}'" if key else "set aside"
    start, end = bounds_of(at)
    if not start < end <= len(text):
        problem = Problem(f"{what}: span {at} is not inside the text", "mend the span", place)
        return SpanCheck(loaded.record.document, key, at, "", gist, problem)
    passage = text[start:end]
    if loaded.record.passages.get(at) == sha256(passage.encode()).hexdigest():
        return SpanCheck(loaded.record.document, key, at, passage, gist, None)
    remedy = "find the text that was annotated, or mend the span and seal again"
    problem = Problem(f"{what}: what stands at {at} is not what was annotated", remedy, place)
    return SpanCheck(loaded.record.document, key, at, passage, gist, problem)


def bounds_of(at: str) -> tuple[int, int]:
    """Read a span ``start-end``; what is none is empty."""
    match = _span(at)
    return (int(match.group(1)), int(match.group(2))) if match else (0, 0)


def seal(path: Path, texts: Path, name: str) -> bool:
    """Write the hashes of a document's text and of its claims' spans into its YAML file.

    Only the blocks ``text:`` and ``passages:`` change; the rest stays, byte by byte, as the curator wrote it.

    Returns:
        Whether the file changed.

    Raises:
        DataError: for a file or a span that does not have the form, or if there is no text for the document.
    """
    located = yaml_records.read(path, name)
    if not isinstance(located.tree, dict):
        raise DataError(Problem("no mapping", "a document is 'document:', 'claims:' and so on", Place(name, 1)))
    text = read_text(texts, path.name.removesuffix(path.suffix))
    digests = _digests(located.tree, text, located)
    old = path.read_bytes().decode("utf-8")
    newline = "\r\n" if "\r\n" in old else "\n"
    lines = old.removesuffix(newline).split(newline)
    claims = located.tree.get("claims")
    number = len(claims) if isinstance(claims, dict) else 0
    digest = sha256(text.encode()).hexdigest()
    fingerprint = f"text: {{sha256: {digest}, length: {len(text)}, claims: {number}}}"
    lines = _replace(lines, "text", [fingerprint])
    lines = _replace(lines, "passages", [_SEALED, *(f"  {span}: {digest}" for span, digest in digests)])
    new = newline.join(lines) + newline
    if new == old:
        return False
    _write(path, new, located.tree, name)
    return True


def _write(path: Path, new: str, tree: Mapping[str, Any], name: str) -> None:
    """Put a sealed file in the place of the old one, if all but the two blocks reads as it did."""
    aside = path.with_name(f".{path.name}.new")
    try:
        aside.write_bytes(new.encode())
        if not _differs_in_blocks_only(aside, tree):
            remedy = "write 'text:' and 'passages:' each at the beginning of a line, without quotes"
            raise DataError(Problem("sealing would change more than its two blocks", remedy, Place(name)))
        aside.replace(path)
    except OSError as error:
        raise UsageError(Problem(f"cannot be written: {error.strerror}", "", Place(name))) from error
    finally:
        aside.unlink(missing_ok=True)


def _differs_in_blocks_only(path: Path, tree: Mapping[str, Any]) -> bool:
    try:
        found = yaml_records.read(path).tree
    except DataError:
        return False
    return isinstance(found, dict) and {**found, **_NO_BLOCKS} == {**tree, **_NO_BLOCKS}


def _digests(tree: Mapping[str, Any], text: str, located: yaml_records.Located) -> list[tuple[str, str]]:
    spans: dict[str, tuple[int, int]] = {}
    problems: list[Problem] = []
    for at, path, what in _given_spans(tree):
        start, end = bounds_of(at) if isinstance(at, str) else (0, 0)
        if start < end <= len(text):
            spans[str(at)] = (start, end)
        else:
            message = f"{what}: '{at}' is no span of {len(text)} characters"
            problems.append(Problem(message, "mend it", located.place(*path)))
    if problems:
        raise DataError(problems)
    in_order = sorted(spans.items(), key=lambda item: item[1])
    return [(span, sha256(text[start:end].encode()).hexdigest()) for span, (start, end) in in_order]


def _given_spans(tree: Mapping[str, Any]) -> Iterator[tuple[Any, tuple[str, ...], str]]:
    """Find the spans of a document, each with the path of its key and what it is."""
    claims, set_aside = (tree.get(key) for key in ("claims", "setAside"))
    for key, claim in (claims if isinstance(claims, dict) else {}).items():
        yield (claim.get("at") if isinstance(claim, dict) else None), ("claims", key, "at"), f"claim '{key}'"
    for span in set_aside if isinstance(set_aside, dict) else {}:
        yield span, ("setAside", span), "set aside"


def _replace(lines: list[str], key: str, block: list[str]) -> list[str]:
    """Put a block in the place of a top-level key and what is indented below it, or at the end."""
    start = next((number for number, line in enumerate(lines) if re.match(rf"{key}\s*:(\s|$)", line)), None)
    if start is None:
        return [*lines, *block]
    end = start + 1
    for number in range(start + 1, len(lines)):
        if lines[number].startswith((" ", "}", "]")):
            end = number + 1
        elif lines[number].strip():
            break
    return [*lines[:start], *block, *lines[end:]]
