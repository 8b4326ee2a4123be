"""Bad input that is no text to be kept as a case: huge, missing, unreadable, of the wrong kind; and wrong usage."""

from __future__ import annotations

import gzip
import os
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import lay_out
from ruiran_ld import json_records
from ruiran_ld.errors import DataError
from running import Outcome, digest_of, run

DOCUMENTS = "seeds/documents"
HUGE = 200_000_000
ADDRESSES = 700_000_000
MAIN = "from ruiran_ld.cli import main; main()"


def fails(dataset: Path, status: int, *words: str, command: tuple[str, ...] = ("build",)) -> Outcome:
    """Run a command that has to fail with a status and these words, publishing nothing."""
    before = digest_of(dataset / "dist")
    outcome = run(*command, here=dataset)
    assert outcome.status == status, outcome.err
    for word in words:
        assert word in outcome.err, outcome.err
    assert "Traceback" not in outcome.err
    assert digest_of(dataset / "dist") == before
    return outcome


@pytest.mark.parametrize("suffix", [".jsonl", ".jsonl.gz"])
def test_a_huge_line_is_refused_in_bounded_memory(dataset: Path, suffix: str) -> None:
    path = dataset / DOCUMENTS / f"huge{suffix}"
    piece = b" " * 1_000_000
    with gzip.open(path, "wb", compresslevel=1) if suffix.endswith(".gz") else path.open("wb") as stream:
        stream.write(b'{"document":"first"}\n')
        for _ in range(HUGE // len(piece)):
            stream.write(piece)
        stream.write(b'\n{"document":"last"}\n')
    limited = f"import resource; resource.setrlimit(resource.RLIMIT_AS, ({ADDRESSES}, {ADDRESSES})); {MAIN}"
    command = [sys.executable, "-c", limited, "convert", "--dataset", str(dataset), "--out", str(dataset / "out.nt")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    assert f"{DOCUMENTS}/huge{suffix}:2: a line over 16 MiB; write one document a line" in done.stderr
    assert f"{DOCUMENTS}/huge{suffix}:1: document lacks 'text'" in done.stderr
    assert f"{DOCUMENTS}/huge{suffix}:3: document lacks 'text'" in done.stderr
    assert not (dataset / "out.nt").exists()


def test_reading_a_huge_line_takes_no_more_memory_than_a_line_may_have(tmp_path: Path) -> None:
    path = tmp_path / "huge.jsonl"
    with path.open("wb") as stream:
        stream.truncate(HUGE)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(DataError, match=r"huge\.jsonl:1: a line over 16 MiB"):
        list(json_records.lines(path, "huge.jsonl"))
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown * 1024 < 4 * json_records.MAX_LINE


def test_a_zstandard_frame_that_breaks_off_between_lines_is_found(tmp_path: Path) -> None:
    zstandard = pytest.importorskip("zstandard")
    lines = b"".join(b'{"n":%d}\n' % number for number in range(50_000))
    packed = zstandard.ZstdCompressor().compress(lines)
    path = tmp_path / "a.jsonl.zst"
    path.write_bytes(packed[:-1])
    with pytest.raises(DataError, match="the packed data breaks off"):
        list(json_records.lines(path, "a"))


def test_all_frames_of_a_zstandard_file_are_read(tmp_path: Path) -> None:
    zstandard = pytest.importorskip("zstandard")
    path = tmp_path / "a.jsonl.zst"
    path.write_bytes(b"".join(zstandard.ZstdCompressor().compress(text) for text in (b"1\n2", b"\n3\n", b"", b"4")))
    assert list(json_records.lines(path, "a")) == [(1, b"1"), (2, b"2"), (3, b"3"), (4, b"4")]


def test_missing_settings(dataset: Path) -> None:
    (dataset / "seeds" / "dataset.yaml").unlink()
    fails(dataset, 1, "seeds/dataset.yaml: cannot be read: No such file or directory")


def test_an_empty_ontology(dataset: Path) -> None:
    for path in (dataset / "ontology").iterdir():
        path.unlink()
    fails(dataset, 1, "ontology: no ontology; the folder needs Turtle files (*.ttl)")


def test_an_ontology_without_the_core(dataset: Path) -> None:
    (dataset / "ontology" / "core.ttl").unlink()
    outcome = fails(dataset, 1, "ontology: rr:Claim is not declared; take core.ttl", "rr:states is not declared")
    assert "rr:Entity is not declared" in outcome.err


def test_a_folder_called_like_a_turtle_file(dataset: Path) -> None:
    (dataset / "ontology" / "x.ttl").mkdir()
    fails(dataset, 1, "ontology/x.ttl: cannot be read: Is a directory")


def test_no_shapes(dataset: Path) -> None:
    shutil.rmtree(dataset / "shapes")
    fails(dataset, 1, "no shapes")


def test_links_that_lead_nowhere_or_in_a_circle(dataset: Path) -> None:
    folder = dataset / DOCUMENTS
    (folder / "circle.yaml").symlink_to(folder / "circle.yaml")
    (folder / "nowhere.yaml").symlink_to(folder / "missing.yaml")
    fails(
        dataset,
        1,
        f"{DOCUMENTS}/circle.yaml: not a file of records",
        f"{DOCUMENTS}/nowhere.yaml: not a file of records",
    )


def test_documents_that_are_a_file(dataset: Path) -> None:
    shutil.rmtree(dataset / DOCUMENTS)
    (dataset / DOCUMENTS).write_text("x")
    fails(dataset, 1, f"{DOCUMENTS}: cannot be read: Not a directory")


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_that_may_not_be_read(dataset: Path) -> None:
    (dataset / DOCUMENTS / "report_1.yaml").chmod(0)
    fails(dataset, 1, f"{DOCUMENTS}/report_1.yaml: cannot be read: Permission denied")


def test_a_yaml_file_too_large(dataset: Path) -> None:
    with (dataset / DOCUMENTS / "huge.yaml").open("wb") as stream:
        stream.truncate(HUGE)
    fails(dataset, 1, f"{DOCUMENTS}/huge.yaml: larger than 32 MiB; write JSON Lines instead")


def test_byte_order_marks_and_carriage_returns_are_no_matter(dataset: Path) -> None:
    for path in (dataset / "seeds").rglob("*.yaml"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    places = dataset / "seeds" / "registers" / "places.jsonl"
    places.write_bytes(b"\xef\xbb\xbf" + places.read_bytes().replace(b"\n", b"\r\n"))
    names = ("floods.nt", "floods.ttl", "floods.trig", "floods.jsonld", "mappings.sssom.tsv", "tables/floods.csv")
    before = [(dataset / "dist" / name).read_bytes() for name in names]
    outcome = run("build", here=dataset)
    assert outcome.status == 0, outcome.err
    # The metadata name the hashes of the sources, whose bytes are others now.
    assert [(dataset / "dist" / name).read_bytes() for name in names] == before


def test_more_problems_than_anyone_reads(dataset: Path) -> None:
    with (dataset / DOCUMENTS / "many.jsonl").open("w") as stream:
        stream.writelines(f'{{"document":"d{number}"}}\n' for number in range(100_000))
    outcome = fails(dataset, 1, "there are more problems than are shown; mend these first")
    assert len(outcome.err.splitlines()) < 1100


def test_what_violates_the_shapes_is_named_by_its_file_and_line(dataset: Path) -> None:
    path = dataset / DOCUMENTS / "report_1.yaml"
    path.write_text(path.read_text().replace("{ofRiver: lorn, floods: oldbridge,", "{floods: oldbridge,"))
    fails(dataset, 1, "A flood is one of a river.", "seeds/registers/places.jsonl:3")


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (("build", "--dataset", "seeds"), "seeds: no dataset: ontology and seeds missing; give a folder"),
        (("build", "--dataset", "nowhere"), "nowhere: no dataset"),
        (("build", "--out", "/proc/dist"), "/proc"),
        (("build", "--out", "seeds/dataset.yaml"), "seeds/dataset.yaml: not a folder"),
        (("build", "--out", "seeds"), "seeds: the folder is not empty and has no SHA256SUMS"),
        (("convert", "--out", "nowhere/x.nt"), "nowhere/x.nt: cannot be written: No such file or directory"),
        (("convert", "--out", "seeds"), "is a directory"),
        (("convert", "--jobs", "0"), "--jobs"),
        (("convert", "--jobs", "many"), "--jobs"),
        (("verify",), "--texts"),
        (("verify", "--texts", "nowhere"), "'nowhere' does not exist"),
        (("verify", "--texts", "seeds/dataset.yaml"), "is a file"),
        (("seal", "--texts", "nowhere"), "'nowhere' does not exist"),
        (("query", "twns"), "no query is called 'twns'; did you mean 'towns'?"),
        (("query", "zzz"), "'ruiran-ld query' lists them"),
        (("query", "towns", "--format", "xml"), "--format"),
        (("query", "--search", "zzz"), "no query has the word 'zzz'"),
        (("query", "seeds"), "no query is called 'seeds'"),
        (("nonsense",), "nonsense"),
        (("build", "--nonsense"), "--nonsense"),
        (("build", "surplus"), "surplus"),
    ],
    ids=" ".join,
)
def test_wrong_usage(dataset: Path, command: tuple[str, ...], words: str) -> None:
    fails(dataset, 2, words, command=command)


@pytest.mark.parametrize(
    ("sparql", "words"),
    [
        (b"SELEC ?x { }", "not a SPARQL query"),
        (b"", "not a SPARQL query"),
        (b"SELECT ?x { SERVICE <http://localhost:9/> { ?x ?p ?o } }", "the query asks another server with SERVICE"),
        (
            b"SELECT ?x { service silent <http://localhost:9/> { ?x ?p ?o } }",
            "the query asks another server with SERVICE",
        ),
        (b"DELETE WHERE { ?s ?p ?o }", "not a SPARQL query"),
        (b"INSERT DATA { <x:a> <x:b> <x:c> }", "not a SPARQL query"),
        (b"SELECT ?x { ?x \xff ?y }", "not UTF-8"),
        (b"{" * 5000, "not a SPARQL query"),
    ],
)
def test_queries_that_cannot_be_run(dataset: Path, sparql: bytes, words: str) -> None:
    (dataset / "mine.rq").write_bytes(sparql)
    fails(dataset, 2, f"mine.rq: {words}", command=("query", "mine.rq"))
    outcome = run("query", "-", here=dataset, given=sparql)
    assert outcome.status == 2
    assert words in outcome.err


@pytest.mark.parametrize("command", ["query towns", "stats"])
def test_what_was_never_built_cannot_be_asked(tmp_path: Path, command: str) -> None:
    outcome = run(*command.split(), here=lay_out(tmp_path / "floods"))
    assert outcome.status == 2
    assert "run 'ruiran-ld build' first" in outcome.err


def test_problems_have_no_way_to_write_to_the_terminal(dataset: Path) -> None:
    (dataset / DOCUMENTS / "bad.jsonl").write_text('{"document":"\\u001b[31m\\n\\u202e","label":"' + "x" * 9000 + '"}')
    outcome = fails(dataset, 1, "\\x1b[31m")
    assert "\x1b" not in outcome.err
    assert "\u202e" not in outcome.err
    assert max(map(len, outcome.err.splitlines())) < 1100


def test_a_process_of_its_own_says_and_ends_the_same(dataset: Path) -> None:
    (dataset / DOCUMENTS / "empty.yaml").write_text("")
    command = [sys.executable, "-c", MAIN, "build"]
    done = subprocess.run(command, cwd=dataset, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"error: {DOCUMENTS}/empty.yaml: the file is empty; write records in it or remove it\n"
