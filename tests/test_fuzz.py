"""Whatever stands in a file, reading and converting it gives a result or an error that was meant."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import OTHER
from ruiran_ld import ntriples, seeds, yaml_records
from ruiran_ld.conversion import Converter
from ruiran_ld.errors import DataError, Problem, RuiranError
from ruiran_ld.records import Entry, LoadedDocument
from ruiran_ld.vocabulary import compile_vocabulary

FUZZ = settings(
    max_examples=120, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
REPORT = (OTHER / "seeds" / "documents" / "report_1.yaml").read_bytes()
WATERS = (OTHER / "seeds" / "registers" / "waters.yaml").read_bytes()

WORDS = st.sampled_from(
    (
        *("lorn", "oldbridge", "spring-flood-1999", "own", "c1", "report_1/rise", "asserted", "denied", "happened"),
        *("0-10", "10-0", "1999-04", "1999/1998", "", " ", "\x00", "\ud800", "../x", "author", "high", "\u2028"),
        *("a" * 200, "9" * 5000),
    )
)
KEYS = st.sampled_from(
    (
        *("document", "label", "text", "sha256", "length", "claims", "passages", "events", "issued", "language"),
        *("publisher", "author", "note", "title", "at", "gist", "by", "via", "status", "realis", "when", "about"),
        *("says", "disputes", "repeats", "type", "altLabel", "exactMatch", "floods", "ofRiver", "crest", "metres"),
        *("time", "deaths", "dammed"),
    )
)
SCALARS = WORDS | st.text(max_size=10) | st.integers() | st.floats() | st.booleans() | st.none()
TREES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS | WORDS, inner, max_size=4), max_leaves=12
)


@pytest.fixture(scope="module")
def converter(built: Path) -> Converter:
    registers = seeds.load_registers(built / "seeds")
    return Converter(compile_vocabulary(built / "ontology"), seeds.load_settings(built / "seeds"), registers.entries)


def accept(converter: Converter, loaded: LoadedDocument | DataError) -> None:
    """Convert what was loaded; text without problems has to be N-Triples."""
    if isinstance(loaded, DataError):
        assert loaded.problems
        for problem in loaded.problems:
            look_at(problem)
        return
    converted = converter.convert_document(loaded)
    for problem in converted.problems:
        look_at(problem)
    if not converted.problems:
        for line in ntriples.canonical_lines(converted.text):
            assert len(list(ntriples.parsed(line.encode()))) == 1


def look_at(problem: Problem) -> None:
    assert problem.message
    assert problem.remedy
    assert problem.place is not None
    assert len(str(problem)) < 1100
    assert str(problem).isprintable()


def whole_document(tree: dict[str, Any]) -> dict[str, Any]:
    """Put a tree where a document would be, with what every document needs."""
    needed = {"document": "d_1", "label": "L", "text": {"sha256": "0" * 64, "length": 50}, "claims": {}}
    return {**needed, "passages": {"0-10": "1" * 64}, **tree}


@FUZZ
@given(st.binary(max_size=200))
def test_any_bytes(converter: Converter, tmp_path: Path, content: bytes) -> None:
    for name in ("a.yaml", "a.jsonl", "a.jsonl.gz", "a.jsonl.zst"):
        (tmp_path / name).write_bytes(content)
        for loaded in seeds.read_documents(tmp_path / name, tmp_path):
            accept(converter, loaded)


def mutated(content: bytes) -> st.SearchStrategy[bytes]:
    """Cut pieces out of a file and put others in."""
    pieces = st.one_of(
        st.binary(max_size=4),
        st.sampled_from(
            [b"\t", b"\n", b": ", b"{", b"}", b"[", b"]", b"- ", b"&a ", b"*a", b"!t ", b"'", b'"', b"|", b"---\n"]
        ),
        st.sampled_from(
            [b"says", b"denied", b"lorn", b"../", b"\xff", b"\x00", b"\xe2\x80\xa8", b"\xef\xbb\xbf", b"<<: ", b"? "]
        ),
    )
    edits = st.lists(st.tuples(st.integers(0, len(content)), st.integers(0, 12), pieces), min_size=1, max_size=5)

    def apply(all_edits: list[tuple[int, int, bytes]]) -> bytes:
        changed = content
        for start, length, piece in all_edits:
            changed = changed[:start] + piece + changed[start + length :]
        return changed

    return edits.map(apply)


@FUZZ
@given(mutated(REPORT))
def test_changed_yaml_of_a_document(converter: Converter, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "report_1.yaml"
    path.write_bytes(content)
    for loaded in seeds.read_documents(path, tmp_path):
        accept(converter, loaded)


@FUZZ
@given(mutated(json.dumps(yaml_records.read(OTHER / "seeds" / "documents" / "report_1.yaml").tree).encode()))
def test_a_changed_line_of_json(converter: Converter, content: bytes) -> None:
    accept(converter, seeds.decode_line(content, "a.jsonl", 1))


@FUZZ
@given(mutated(WATERS))
def test_changed_yaml_of_a_register(converter: Converter, tmp_path: Path, content: bytes) -> None:
    folder = tmp_path / "registers"
    folder.mkdir(exist_ok=True)
    (folder / "waters.yaml").write_bytes(content)
    registers = seeds.load_registers(tmp_path)
    check_entries(converter, registers.entries, registers.problems)


def check_entries(converter: Converter, entries: dict[str, Entry], problems: list[Problem]) -> None:
    converted = Converter(converter.vocabulary, converter.settings, entries).convert_registers()
    for problem in (*problems, *converted.problems):
        look_at(problem)
    if not problems and not converted.problems:
        assert list(ntriples.parsed(converted.text))


@FUZZ
@given(st.dictionaries(KEYS, TREES, max_size=8))
def test_any_tree_as_a_document(converter: Converter, tree: dict[str, Any]) -> None:
    for each in (tree, whole_document(tree)):
        accept(converter, seeds.decode_line(json.dumps(each).encode(), "a.jsonl", 1))


@FUZZ
@given(
    st.dictionaries(
        st.sampled_from(["at", "by", "via", "status", "realis", "when", "about", "says", "disputes", "repeats"]), TREES
    )
)
def test_any_tree_as_a_claim(converter: Converter, tree: dict[str, Any]) -> None:
    claims = {"c1": {"at": "0-10", "gist": "g", **tree}}
    accept(converter, seeds.decode_line(json.dumps(whole_document({"claims": claims})).encode(), "a.jsonl", 1))


@FUZZ
@given(st.dictionaries(KEYS | WORDS, st.dictionaries(KEYS, TREES, max_size=3), max_size=3))
def test_any_tree_as_what_a_claim_says(converter: Converter, says: dict[str, Any]) -> None:
    claims = {"c1": {"at": "0-10", "gist": "g", "says": {"spring-flood-1999": {"floods": "oldbridge"}, **says}}}
    accept(converter, seeds.decode_line(json.dumps(whole_document({"claims": claims})).encode(), "a.jsonl", 1))


@FUZZ
@given(st.dictionaries(KEYS, TREES, max_size=5))
def test_any_tree_as_an_entry(converter: Converter, tmp_path: Path, facts: dict[str, Any]) -> None:
    folder = tmp_path / "registers"
    folder.mkdir(exist_ok=True)
    (folder / "any.jsonl").write_text(json.dumps({"id": "any", "type": "River", "label": "L", **facts}))
    registers = seeds.load_registers(tmp_path)
    check_entries(converter, registers.entries, registers.problems)


@FUZZ
@given(mutated((OTHER / "seeds" / "dataset.yaml").read_bytes()))
def test_changed_settings(converter: Converter, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "dataset.yaml").write_bytes(content)
    with suppress(RuiranError):
        loaded = seeds.load_settings(tmp_path)
        converted = Converter(converter.vocabulary, loaded, converter.registers).convert_registers()
        assert list(ntriples.parsed(converted.text))


@FUZZ
@given(mutated((OTHER / "ontology" / "floods.ttl").read_bytes()))
def test_a_changed_ontology(built: Path, tmp_path: Path, content: bytes) -> None:
    folder = tmp_path / "ontology"
    folder.mkdir(exist_ok=True)
    (folder / "core.ttl").write_bytes((built / "ontology" / "core.ttl").read_bytes())
    (folder / "floods.ttl").write_bytes(content)
    with suppress(RuiranError):
        vocabulary = compile_vocabulary(folder)
        registers = seeds.load_registers(built / "seeds")
        Converter(vocabulary, seeds.load_settings(built / "seeds"), registers.entries).convert_registers()
