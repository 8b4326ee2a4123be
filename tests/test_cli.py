"""The command line: it teaches, is quiet, speaks JSON to programs, and its exit status tells what happened."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import ROOT
from ruiran_ld import cli, ntriples, pipeline
from ruiran_ld.cli.options import default_target
from ruiran_ld.dataset import locate
from ruiran_ld.errors import DataError
from running import run

MAIN = "from ruiran_ld.cli import main; main()"


TEACH_BY_SEVERAL = {"cite", "coverage", "decide", "delta", "deprecate", "query", "rekey", "release"}


@pytest.mark.parametrize("command", sorted(cli.COMMANDS))
def test_each_command_teaches(command: str, tmp_path: Path) -> None:
    outcome = run(command, "--help", here=tmp_path)
    assert (outcome.status, outcome.err) == (0, "")
    assert f"Usage: ruiran-ld {command}" in outcome.out
    assert "--dataset DIR" in outcome.out or command == "agreement"  # which takes two
    examples = "Examples" if command in TEACH_BY_SEVERAL else "Example"
    assert f"{examples}:\n    ruiran-ld {command}" in outcome.out
    assert len(outcome.out.splitlines()) > 10


def test_the_first_page_says_what_there_is(tmp_path: Path) -> None:
    outcome = run("--help", here=tmp_path)
    assert outcome.status == 0
    for command, summary in cli.COMMANDS.items():
        assert command in outcome.out
        assert summary in outcome.out
    assert "Exit status: 0 fine, 1 the data does not conform, 2 wrong usage, 3 an internal fault." in " ".join(
        outcome.out.split()
    )
    assert run("--version").out.startswith("ruiran-ld, version ")


def test_a_build_says_what_it_did_and_nothing_else(dataset: Path) -> None:
    outcome = run("build", here=dataset)
    assert (outcome.status, outcome.err) == (0, "")
    assert outcome.out.count("\n") == 1
    assert outcome.out.endswith("files from 2 documents, 246 triples asserted and 26 inferred; conforms\n")


def test_a_build_for_a_program(dataset: Path, tmp_path: Path) -> None:
    outcome = run("build", "--json", "--out", tmp_path / "out", "--dataset", dataset)
    assert (outcome.status, outcome.err) == (0, "")
    told = outcome.json
    assert (told["documents"], told["asserted"], told["inferred"], told["warnings"]) == (2, 246, 26, [])
    assert told["target"] == str(tmp_path / "out")
    for name, facts in told["files"].items():
        assert (tmp_path / "out" / name).stat().st_size == facts["size"]


def test_warnings_are_shown_and_let_pass(dataset: Path, tmp_path: Path) -> None:
    shapes = dataset / "shapes" / "floods.ttl"
    shapes.write_text(shapes.read_text().replace("sh:Violation", "sh:Warning"))
    path = dataset / "seeds" / "documents" / "report_1.yaml"
    path.write_text(path.read_text().replace("{ofRiver: lorn, floods", "{floods"))
    outcome = run("build", "--dataset", dataset, "--out", tmp_path / "out", "--update-expected")
    assert outcome.status == 0
    assert outcome.err.startswith("warning: seeds/registers/places.jsonl:3: ")
    validated = run("validate", "--json", "--dataset", dataset)
    assert validated.status == 0
    assert validated.json["conforms"] is True


def test_what_does_not_conform_for_a_program(dataset: Path) -> None:
    path = dataset / "seeds" / "documents" / "report_1.yaml"
    path.write_text(path.read_text().replace("{ofRiver: lorn, floods", "{floods"))
    outcome = run("validate", "--json", here=dataset)
    assert (outcome.status, outcome.err) == (1, "")
    assert outcome.json["conforms"] is False
    text = run("validate", here=dataset)
    assert text.status == 1
    assert "seeds/registers/places.jsonl:3" in text.out


def test_a_dataset_that_contradicts_itself_is_refused(dataset: Path) -> None:
    (dataset / "ontology" / "more.ttl").write_text(
        "@prefix fl: <https://example.org/floods/terms#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
        "fl:River owl:disjointWith fl:Town .\n"
    )
    path = dataset / "seeds" / "documents" / "report_1.yaml"
    path.write_text(path.read_text().replace("floods: oldbridge", "floods: [oldbridge, mere]"))
    for command in ("validate", "build"):
        outcome = run(command, here=dataset)
        assert outcome.status == 1
        assert "id/mere" in outcome.err


def test_queries_are_listed_found_and_shown(built: Path) -> None:
    listed = run("query", here=built)
    towns = "towns\n    Which towns were flooded, when at the earliest, and by which river?\n"
    tables = "\ntables\ntable-floods\n    Which floods do claims speak of, and which towns did they reach?\n"
    assert listed.out == towns + tables
    assert run("query", "--search", "RIVER", here=built).out == towns
    told = run("query", "--json", here=built).json
    assert [each["name"] for each in told] == ["table-floods", "towns"]
    assert told[1]["keywords"] == ["rivers", "towns"]
    assert "SELECT ?town ?river ?first" in run("query", "towns", "--show", here=built).out


def test_an_answer_in_every_form(built: Path) -> None:
    base = "https://example.org/floods/id/"
    assert run("query", "towns", here=built).out.splitlines() == [
        "town          river    first",
        "------------  -------  ----------",
        "id:oldbridge  id:lorn  1999-01-01",
    ]
    rows = list(csv.reader(io.StringIO(run("query", "towns", "--format", "csv", here=built).out)))
    assert rows == [["town", "river", "first"], [f"{base}oldbridge", f"{base}lorn", "1999-01-01"]]
    told = run("query", "towns", "--format", "json", here=built)
    assert told.json["results"]["bindings"][0]["town"] == {"type": "uri", "value": f"{base}oldbridge"}
    assert run("query", "towns", "--json", here=built).out == told.out
    assert run("query", "towns", "--format", "tsv", here=built).out == (built / "queries" / "towns.tsv").read_text()


def test_a_query_of_ones_own(dataset: Path) -> None:
    sparql = b"ASK { ?river <https://example.org/floods/terms#flowsInto> <https://example.org/floods/id/tarn> }"
    (dataset / "mine.rq").write_bytes(sparql)
    assert run("query", "mine.rq", here=dataset).out.split() == ["answer", "------", "true"]
    assert run("query", "-", here=dataset, given=sparql).out.split() == ["answer", "------", "true"]


def test_a_file_does_not_hide_a_query_of_its_name(dataset: Path) -> None:
    (dataset / "towns").write_text("nonsense")
    assert run("query", "towns", here=dataset).status == 0


def test_conversion_to_a_file_and_to_standard_output(built: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.nt"
    assert run("convert", "--dataset", built, "--out", out).status == 0
    printed = run("convert", "--dataset", built)
    assert (printed.status, printed.err) == (0, "")
    assert printed.out.encode() == out.read_bytes()
    assert (
        ntriples.join_lines(ntriples.canonical_lines(out.read_bytes())) == (built / "dist" / "floods.nt").read_bytes()
    )
    assert [path.name for path in tmp_path.iterdir()] == ["out.nt"]


def test_a_failed_conversion_leaves_the_old_file(dataset: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.nt"
    out.write_text("old\n")
    (dataset / "seeds" / "documents" / "bad.yaml").write_text("")
    assert run("convert", "--dataset", dataset, "--out", out).status == 1
    assert out.read_text() == "old\n"
    assert [path.name for path in tmp_path.glob(".*")] == []


def test_counts(built: Path) -> None:
    told = run("stats", "--json", here=built).json
    assert told["triples"] == 246
    assert told["core"] == {
        "document": 2,
        "claim": 6,
        "passage": 6,
        "statement": 10,
        "identity link": 1,
        "identity search": 1,
    }
    assert told["claims"] == {"asserted": 4, "denied": 1, "feared": 1}
    assert told["realis"] == {"expected": 1, "happened": 1}
    assert told["entities"] == {"river": 3, "flood": 2, "flood office": 1, "town": 1}
    assert told["corroborated"] == 1
    text = run("stats", here=built)
    assert text.out.startswith("246 triples; 1 statements stand in more than one document\n")
    assert "      4  asserted\n" in text.out


def test_the_dataset_stood_in_comes_before_the_one_carried(built: Path, tmp_path: Path) -> None:
    assert "Which towns were flooded" in run("query", here=built).out
    assert "Which towns were flooded" not in run("query", here=tmp_path).out
    assert "Which towns were flooded" in run("query", "--dataset", built, here=tmp_path).out


def test_the_carried_dataset_is_built_into_the_folder_stood_in(tmp_path: Path) -> None:
    folder = locate(None, tmp_path)
    assert folder.carried
    assert folder.root == ROOT
    assert default_target(folder, None) == Path("dist")
    assert default_target(folder, tmp_path) == tmp_path


def faulty(*_arguments: object, **_options: object) -> None:
    raise KeyError("a fault")


def test_a_fault_of_the_software_has_a_status_of_its_own(dataset: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "build", faulty)
    outcome = run("build", here=dataset)
    assert outcome.status == 3
    assert outcome.err.startswith("error: KeyError: 'a fault'\n")
    assert "RUIRAN_LD_DEBUG=1" in outcome.err
    assert "Traceback" not in outcome.err
    monkeypatch.setenv("RUIRAN_LD_DEBUG", "1")
    with pytest.raises(KeyError):
        run("build", here=dataset)


def interrupted(*_arguments: object, **_options: object) -> None:
    raise KeyboardInterrupt


def test_an_interruption_is_no_fault(dataset: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "build", interrupted)
    assert run("build", here=dataset).status == 130


def several(*_arguments: object, **_options: object) -> None:
    raise DataError("one problem without a place")


def test_a_problem_without_a_place(dataset: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "build", several)
    outcome = run("build", here=dataset)
    assert (outcome.status, outcome.err) == (1, "error: one problem without a place\n")


def test_who_stops_listening_gets_no_error(built: Path) -> None:
    command = f'"{sys.executable}" -c "{MAIN}" convert | head -c 1'
    done = subprocess.run(["/bin/sh", "-c", command], cwd=built, capture_output=True, check=False)
    assert done.stderr == b""


def seen_on_a_terminal(command: list[str], here: Path) -> str:
    """Run a command whose standard error is a terminal, and give what the terminal was sent."""
    master, slave = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-c", MAIN, *command], cwd=here, stdout=subprocess.DEVNULL, stderr=slave
    ) as process:
        os.close(slave)
        seen = b""
        while True:
            try:
                piece = os.read(master, 4096)
            except OSError:  # Linux ends a terminal so
                break
            if not piece:
                break
            seen += piece
    os.close(master)
    assert process.returncode == 0
    return seen.decode()


def test_progress_is_for_terminals(built: Path, tmp_path: Path) -> None:
    command = ["convert", "--dataset", str(built), "--out", "out.nt"]
    assert "converting" in seen_on_a_terminal(command, tmp_path)
    done = subprocess.run([sys.executable, "-c", MAIN, *command], cwd=tmp_path, capture_output=True, check=True)
    assert done.stdout + done.stderr == b""


def test_the_answer_for_a_program_is_json_even_where_an_iri_is_unusual(dataset: Path) -> None:
    sparql = b'SELECT (<http://x/\xc3\xa4> AS ?a) ("\\n\\"" AS ?b) ?c { }'
    told = json.loads(run("query", "-", "--json", here=dataset, given=sparql).out)
    assert told["results"]["bindings"] == [
        {"a": {"type": "uri", "value": "http://x/ä"}, "b": {"type": "literal", "value": '\n"'}}
    ]
