"""Spans and hashes are held against the texts; sealing writes them and nothing else."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from conftest import OTHER, ROOT
from running import Outcome, run

SEEDS = ROOT.parent / "shared" / "seeds"
DOCUMENTS = "seeds/documents"


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    return Path(shutil.copytree(OTHER / "texts", tmp_path / "texts"))


def verify(dataset: Path, texts: Path, *options: str) -> Outcome:
    return run("verify", "--dataset", dataset, "--texts", texts, *options)


def test_every_span_stands_where_it_was_read(dataset: Path, texts: Path) -> None:
    outcome = verify(dataset, texts)
    assert (outcome.status, outcome.err) == (0, "")
    assert outcome.out.count("\nok ") == 5
    assert (
        "text: At the old weir the gauge read 4.50 metres\n   gist: The water stood 4.50 metres high.\n" in outcome.out
    )
    assert outcome.out.endswith("6 spans of 2 documents stand where they were read\n")
    assert verify(dataset, texts, "--quiet").out == "6 spans of 2 documents stand where they were read\n"
    told = verify(dataset, texts, "--json").json
    assert told["fits"] is True
    assert {(each["document"], each["claim"]) for each in told["spans"]} >= {
        ("report_1", "rise"),
        ("report_2", "course"),
    }


@pytest.mark.parametrize(
    "old_new", [("4.50", "4.51"), ("weir", "Weir"), ("\n", ""), ("4.50", "4.5"), ("The", "\ufeffThe")]
)
def test_one_changed_character_is_found(dataset: Path, texts: Path, old_new: tuple[str, str]) -> None:
    path = texts / "report_1.txt"
    path.write_text(path.read_text().replace(*old_new))
    outcome = verify(dataset, texts)
    assert outcome.status == 1
    lines = (dataset / DOCUMENTS / "report_1.yaml").read_text().splitlines()
    place = next(number for number, line in enumerate(lines, 1) if line.startswith("text: "))
    assert f"{DOCUMENTS}/report_1.yaml:{place}: the text of report_1 has SHA-256" in outcome.err
    if "." in old_new[0]:
        place = lines.index("  gauge:") + 2
        assert f"{DOCUMENTS}/report_1.yaml:{place}: claim 'gauge': what stands at " in outcome.err
        assert "no report_1/gauge" in outcome.out
        assert "no report_1/gauge" in verify(dataset, texts, "--quiet").out
        assert "ok report_1/rise" in outcome.out
    told = verify(dataset, texts, "--json")
    assert told.status == 1
    assert told.json["fits"] is False
    assert "report_2" not in outcome.err


def test_what_is_wrong_is_told_of_all_documents_at_once(dataset: Path, texts: Path) -> None:
    (texts / "report_1.txt").unlink()
    (texts / "report_2.txt").write_bytes(b"caf\xe9")
    (dataset / DOCUMENTS / "empty.yaml").write_text("")
    outcome = verify(dataset, texts)
    assert outcome.status == 1
    assert "report_1.txt: no text: No such file or directory; give the folder" in outcome.err
    assert "report_2.txt: the text is not UTF-8 at byte 3" in outcome.err
    assert "empty.yaml: the file is empty" in outcome.err


def test_a_wrong_span_and_a_wrong_hash(dataset: Path, texts: Path) -> None:
    path = dataset / DOCUMENTS / "report_2.yaml"
    text = re.sub(r"at: (\d+)-\d+", r"at: \g<1>-99999", path.read_text(), count=1)
    path.write_text(re.sub(r": [0-9a-f]{64}\n\Z", f": {'0' * 64}\n", text))
    outcome = verify(dataset, texts)
    assert "claim 'market': span 0-99999 is not inside the text" in outcome.err
    assert "claim 'course': what stands at" in outcome.err


def test_sealing_what_is_sealed_changes_nothing(dataset: Path, texts: Path) -> None:
    before = {path: path.read_bytes() for path in (dataset / DOCUMENTS).iterdir()}
    outcome = run("seal", "--dataset", dataset, "--texts", texts)
    assert outcome.out == f"{DOCUMENTS}/report_1.yaml: unchanged\n{DOCUMENTS}/report_2.yaml: unchanged\n"
    assert {path: path.read_bytes() for path in (dataset / DOCUMENTS).iterdir()} == before


HAND = """# A comment
document: report_1
text:   # to be sealed

label: 'Hand-written'   # spaced

claims:

  c1:
    at: 4-8
    gist: >-
      Folded
      text.

  c2: {at: 0-3, gist: The word}
passages:
  0-3: old

note: |
  Kept as it is

  text: not a key
"""


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_sealing_touches_its_two_blocks_alone(dataset: Path, texts: Path, newline: str, mark: str) -> None:
    path = dataset / DOCUMENTS / "report_1.yaml"
    path.write_bytes((mark + HAND).replace("\n", newline).encode())
    assert run("seal", "--dataset", dataset, "--texts", texts).status == 0
    sealed = path.read_bytes().decode()
    lines = sealed.split(newline)
    assert lines[2].startswith("text: {sha256: ")
    start = lines.index("passages:  # written by 'ruiran-ld seal', never by hand")
    assert [line.split(":")[0] for line in lines[start + 1 : start + 3]] == ["  0-3", "  4-8"]
    kept = [*lines[:2], "text:   # to be sealed", *lines[3:start], "passages:", "  0-3: old", *lines[start + 3 :]]
    assert newline.join(kept) == (mark + HAND).replace("\n", newline)
    outcome = run("seal", "--dataset", dataset, "--texts", texts)
    assert f"{DOCUMENTS}/report_1.yaml: unchanged" in outcome.out
    assert path.read_bytes().decode() == sealed
    assert run("verify", "--dataset", dataset, "--texts", texts).status == 0


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{document: report_1, text: {}, claims: {}}\n", "sealing would change more than its two blocks"),
        ('"text": {}\ndocument: report_1\nclaims: {}\n', "sealing would change more than its two blocks"),
        ("document: report_1\nclaims: {c1: {at: 5-3}, c2: {at: 0-9999}, c3: {}}\n", "claim 'c3': 'None' is no span"),
        ("- a\n", "no mapping"),
    ],
)
def test_what_cannot_be_sealed_stays_as_it_is(dataset: Path, texts: Path, content: str, words: str) -> None:
    path = dataset / DOCUMENTS / "report_1.yaml"
    path.write_text(content)
    outcome = run("seal", "--dataset", dataset, "--texts", texts)
    assert outcome.status == 1
    assert words in outcome.err
    assert path.read_text() == content
    assert f"{DOCUMENTS}/report_2.yaml: unchanged" in outcome.out
    assert sorted(each.name for each in path.parent.iterdir()) == ["report_1.yaml", "report_2.yaml"]


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the texts of the articles are not here")
def test_every_span_of_our_own_dataset() -> None:
    outcome = run("verify", "--dataset", ROOT, "--texts", SEEDS, "--quiet")
    assert outcome.status == 0, outcome.err


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the texts of the articles are not here")
def test_one_changed_character_of_an_article_is_found(tmp_path: Path) -> None:
    for path in SEEDS.glob("*.txt"):
        shutil.copy(path, tmp_path)
    slug = min((ROOT / DOCUMENTS).glob("*.yaml")).stem
    text = (tmp_path / f"{slug}.txt").read_text(encoding="utf-8")
    middle = len(text) // 2
    changed = text[:middle] + ("x" if text[middle] != "x" else "y") + text[middle + 1 :]
    (tmp_path / f"{slug}.txt").write_text(changed, encoding="utf-8")
    outcome = run("verify", "--dataset", ROOT, "--texts", tmp_path)
    assert outcome.status == 1
    assert f"{slug}.yaml" in outcome.err


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the texts of the articles are not here")
def test_our_own_dataset_is_sealed(tmp_path: Path) -> None:
    for name in ("ontology", "seeds"):
        shutil.copytree(ROOT / name, tmp_path / name)
    outcome = run("seal", "--dataset", tmp_path, "--texts", SEEDS)
    assert outcome.status == 0, outcome.err
    assert "sealed" not in outcome.out
