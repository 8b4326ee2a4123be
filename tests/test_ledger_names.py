"""Withdrawn names in annotations: read as what replaces them, with a warning; without a replacement, refused."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from keeping import BASE, FLOODS, ID, REPORT_1, REPORT_2, WATERS, edit, promise
from running import run

MESSAGE = "lorn: This name was withdrawn and is taken as 'river-lorn'. Write that instead. [Tombstone]"


@pytest.fixture(name="renamed")
def _renamed(dataset: Path) -> Path:
    """Give a released dataset in which a river was renamed in the register alone."""
    promise(dataset)
    edit(dataset, WATERS, ("lorn:\n", "river-lorn:\n"))
    assert run("rekey", "lorn", "river-lorn", here=dataset).status == 0
    return dataset


def places_of(dataset: Path, file: str, text: str) -> list[str]:
    lines = (dataset / file).read_text(encoding="utf-8").splitlines()
    return [f"{file}:{number}" for number, line in enumerate(lines, 1) if text in line]


def test_every_place_is_named_and_the_replacement_is_taken(renamed: Path) -> None:
    assert run("deprecate", "--derived", "--reason", "lorn was renamed", here=renamed).status == 0
    outcome = run("build", "--update-expected", here=renamed)
    assert outcome.status == 0
    places = [*places_of(renamed, REPORT_1, "ofRiver: lorn"), *places_of(renamed, REPORT_2, "      lorn:")]
    assert outcome.err.splitlines() == [f"warning: {place}: {MESSAGE}" for place in places]
    assert len(places) == 3
    assert f"<{ID}river-lorn> <{BASE}terms#flowsInto> <{ID}mere> ." in (renamed / "dist/floods.nt").read_text()
    text = run("validate", here=renamed)
    assert (text.status, text.out.count(MESSAGE)) == (0, 3)
    assert text.out.endswith("conforms: 0 violations, 3 warnings\n")
    for command in ("build", "validate"):
        found = run(command, "--json", here=renamed).json
        (first, *_) = found["warnings" if command == "build" else "findings"]
        assert (f"{first['file']}:{first['line']}", first["severity"]) == (places[0], "Warning")
        assert first["focus"] == f"<{ID}lorn>"
        assert "'river-lorn'" in first["message"]


def test_conversion_alone_warns_too_in_any_number_of_processes(renamed: Path) -> None:
    for jobs in ("1", "2"):
        outcome = run("convert", "--jobs", jobs, here=renamed)
        assert outcome.status == 0
        assert [
            line for line in outcome.err.splitlines() if ": lorn: This name was withdrawn" in line
        ] == outcome.err.splitlines()
        assert f"{ID}lorn>" not in outcome.out


def test_json_lines_are_read_alike(renamed: Path) -> None:
    record = {
        "document": "report_3",
        "label": "Third",
        "text": {"sha256": "0" * 64, "length": 9},
        "passages": {"0-3": "0" * 64},
        "claims": {"c": {"at": "0-3", "gist": "g", "by": "lorn", "about": ["lorn", "mere"]}},
    }
    (renamed / "seeds/documents/more.jsonl").write_text(f"{json.dumps(record)}\n", encoding="utf-8")
    err = run("convert", here=renamed).err
    assert err.count("warning: seeds/documents/more.jsonl:1: lorn: This name was withdrawn") == 2


def test_a_name_without_a_replacement_is_refused(renamed: Path) -> None:
    edit(renamed, WATERS, ("tarn: {", "pond: {"))
    assert run("deprecate", "tarn", "--reason", "it is a lake", here=renamed).status == 0
    outcome = run("build", here=renamed)
    (place,) = places_of(renamed, REPORT_2, "flowsInto: tarn")
    assert outcome.status == 1
    assert f"error: {place}: claim 'course', 'mere', 'flowsInto': unknown reference 'tarn', " in outcome.err
    assert "which was withdrawn (it is a lake); leave it out, or say what replaces it, run: " in outcome.err


def test_a_withdrawn_claim_that_another_repeats(renamed: Path) -> None:
    edit(renamed, REPORT_1, ("  rise:\n", "  flood:\n"))
    outcome = run("convert", here=renamed)
    assert (outcome.status, "unknown claim 'report_1/rise'" in outcome.err) == (1, True)
    assert run("rekey", "report_1/rise", "report_1/flood", here=renamed).status == 0
    outcome = run("convert", here=renamed)
    (place,) = places_of(renamed, REPORT_2, "by: flood-office")
    place = f"{REPORT_2}:{int(place.rpartition(':')[2]) + 2}"
    assert f"warning: {place}: report_1/rise: This name was withdrawn and is taken as 'report_1/flood'." in outcome.err
    assert f"<{ID}report_2/market> <https://w3id.org/ruiran/ontology#repeats> <{ID}report_1/flood> ." in outcome.out


def test_a_withdrawn_claim_of_the_same_document(renamed: Path) -> None:
    edit(renamed, REPORT_1, ("  nobody:\n", "  nobody:\n    disputes: gauge\n"), ("  gauge:\n", "  level:\n"))
    assert "unknown claim 'gauge', which was published" in run("convert", here=renamed).err
    assert run("rekey", "report_1/gauge", "report_1/level", here=renamed).status == 0
    out = run("convert", here=renamed).out
    assert f"<{ID}report_1/nobody> <https://w3id.org/ruiran/ontology#disputes> <{ID}report_1/level> ." in out


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("concept/danger/high", "concept/danger/severe", "unknown danger 'high'"),
        ("concept/status/feared", "concept/status/dreaded", "unknown status 'feared'"),
        ("terms#crest", "terms#peak", "unknown key 'crest'"),
        ("terms#Town", "terms#Village", "unknown type 'Town'"),
    ],
)
def test_a_withdrawn_word_of_the_ontology_is_named_with_its_replacement(
    renamed: Path, old: str, new: str, said: str
) -> None:
    prefixed = [(each.replace("terms#", "fl:"), f"{BASE}{each}>") for each in (old, new)]
    text = (renamed / FLOODS).read_text().replace(prefixed[0][1], prefixed[1][1])
    (renamed / FLOODS).write_text(text.replace(f"{prefixed[0][0]} ", f"{prefixed[1][0]} "))
    assert run("rekey", old, new, "--reason", "better English", here=renamed).status == 0
    outcome = run("convert", here=renamed)
    assert outcome.status == 1
    (line, *_) = [line for line in outcome.err.splitlines() if said in line]
    assert line.endswith(f"; it was withdrawn (better English) and replaced by {new}")


def test_no_ledger_is_read_for_names_that_are_declared(dataset: Path) -> None:
    (dataset / "seeds/ledger.tsv").write_text("broken", encoding="utf-8")
    shutil.rmtree(dataset / "dist")
    assert run("convert", here=dataset).status == 0
    edit(dataset, REPORT_2, ("flowsInto: tarn", "flowsInto: barn"))
    assert "seeds/ledger.tsv:1: not the header of a ledger" in run("convert", here=dataset).err
