"""The benchmark's corpora: the same on every machine, right for the converter, and of the size that the report says."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from bench import sections

from ruiran_ld import corpus, dataset
from ruiran_ld.records import Document

ROOT = Path(__file__).parents[1]
DOCUMENTS = 40


def generate(folder: Path, hash_seed: int) -> Path:
    variables = os.environ | {"PYTHONHASHSEED": str(hash_seed), "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    command = (sys.executable, "-m", "bench.generator", str(ROOT / "ontology"), str(folder), str(DOCUMENTS))
    subprocess.run(command, env=variables, cwd=ROOT, check=True)
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return generate(tmp_path_factory.mktemp("bench") / "corpus", hash_seed=1)


def test_the_generator_gives_the_same_bytes_under_any_hash_seed(generated: Path, tmp_path: Path) -> None:
    assert contents(generate(tmp_path / "again", hash_seed=2)) == contents(generated)


def test_conversion_finds_nothing_wrong_and_documents_have_some_500_triples(generated: Path) -> None:
    pieces: list[bytes] = []
    result = corpus.convert(dataset.locate(generated), pieces.append, jobs=1)
    assert result.documents == DOCUMENTS
    registers = pieces[0].count(b"\n")
    assert 450 < (len(set(b"".join(pieces).splitlines())) - registers) / DOCUMENTS < 550


def test_records_are_as_short_as_they_can_be_written(generated: Path) -> None:
    # A longer line would send every record the slow way that looks for keys that stand twice.
    lines = (generated / "seeds" / "documents" / "0000.jsonl").read_bytes().splitlines()
    assert len(lines) == DOCUMENTS
    for line in lines:
        assert len(msgspec.json.encode(msgspec.json.decode(line, type=Document))) == len(line)


def test_a_section_that_is_measured_apart_stays_when_others_are_written_anew(tmp_path: Path) -> None:
    report = tmp_path / "report.md"
    sections.replace(report, sections.SERVING, "first")
    assert report.read_text(encoding="utf-8") == f"# Benchmarks\n\n{sections.SERVING}\n\nfirst\n"
    assert sections.read(report, sections.SERVING) == f"{sections.SERVING}\n\nfirst\n"
    report.write_text(f"# Benchmarks\n\n{sections.SERVING}\n\nfirst\n\n## Other\n\nkept\n", encoding="utf-8")
    sections.replace(report, sections.SERVING, "second")
    assert report.read_text(encoding="utf-8") == f"# Benchmarks\n\n{sections.SERVING}\n\nsecond\n\n## Other\n\nkept\n"
    assert sections.read(report, "## None") == ""
