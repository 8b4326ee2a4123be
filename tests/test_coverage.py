"""No stretch of a text is left out: it is in some claim's span, or set aside with a reason."""

from __future__ import annotations

import json
import shutil
from itertools import pairwise
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import OTHER, ROOT
from ruiran_ld import seeds
from ruiran_ld.coverage import Coverage, Standing, measure
from ruiran_ld.records import Claim, Document, LinePlaces, LoadedDocument, TextFingerprint
from running import Outcome, run

TEXTS = ROOT.parent / "shared" / "seeds"
DOCUMENTS = sorted((ROOT / "seeds" / "documents").glob("*.yaml"))
REPORT = "seeds/documents/report_1.yaml"
needs_texts = pytest.mark.skipif(not TEXTS.is_dir(), reason="the texts of the articles are not here")


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    return Path(shutil.copytree(OTHER / "texts", tmp_path / "texts"))


def cover(dataset: Path, texts: Path, *options: str | Path) -> Outcome:
    return run("coverage", "--dataset", dataset, "--texts", texts, *options)


def edit(dataset: Path, old: str, new: str) -> None:
    path = dataset / REPORT
    text = path.read_text()
    assert text.count(old) == 1
    path.write_text(text.replace(old, new))


GAUGE = """  gauge:
    at: 85-127
    gist: The water stood 4.50 metres high.
    says:
      spring-flood-1999: {crest: {metres: 4.50, at: oldbridge}}
"""


def test_a_text_that_is_covered(dataset: Path, texts: Path) -> None:
    outcome = cover(dataset, texts)
    assert (outcome.status, outcome.err) == (0, "")
    assert "report_1: 207 characters, 4 claims: 96.1% claimed, 3.9% between\n" in outcome.out
    assert outcome.out.endswith("every stretch of 2 documents is accounted for\n")


def test_a_claim_that_is_removed_is_missed(dataset: Path, texts: Path) -> None:
    edit(dataset, GAUGE, "")
    outcome = cover(dataset, texts)
    assert outcome.status == 1
    assert (
        f"{REPORT}:1: 83-129 is in no claim's span and not set aside: "
        "'. At the old weir the gauge read 4.50 metres.'; annotate it, or give a reason under 'setAside'"
    ) in outcome.err
    assert "report_1 was sealed with 4 claims and has 3; put back what is missing" in outcome.err


def test_a_claim_whose_span_others_cover_is_missed_too(dataset: Path, texts: Path) -> None:
    edit(dataset, "claims:\n", "claims:\n  weir: {at: 85-127, gist: There is an old weir.}\n")
    assert run("seal", "--dataset", dataset, "--texts", texts).status == 0
    assert cover(dataset, texts).status == 0
    edit(dataset, "  weir: {at: 85-127, gist: There is an old weir.}\n", "")
    outcome = cover(dataset, texts)
    assert outcome.status == 1
    assert "report_1 was sealed with 5 claims and has 4" in outcome.err
    assert "in no claim's span" not in outcome.err


def test_what_is_set_aside_is_accounted_for_and_published(dataset: Path, texts: Path) -> None:
    edit(dataset, GAUGE, "")
    edit(dataset, "text: ", "setAside: {85-127: farewell}\ntext: ")
    assert run("seal", "--dataset", dataset, "--texts", texts).status == 0
    outcome = cover(dataset, texts, "--show")
    assert outcome.status == 0
    assert "{farewell: At the old weir the gauge read 4.50 metres}" in outcome.out
    assert "[rise]The Lorn rose" in outcome.out
    assert "20.3% set aside" in outcome.out
    verified = run("verify", "--dataset", dataset, "--texts", texts)
    assert verified.status == 0
    assert (
        "ok report_1 85-127\n   text: At the old weir the gauge read 4.50 metres\n   gist: set aside as farewell"
        in verified.out
    )
    assert run("build", "--dataset", dataset).status == 0
    triple = (
        "<https://example.org/floods/id/report_1#char=85,127> <https://w3id.org/ruiran/ontology#setAsideFor> "
        "<https://example.org/floods/concept/reason/farewell> ."
    )
    assert triple in (dataset / "dist" / "floods.nt").read_text()
    (texts / "report_1.txt").write_text((texts / "report_1.txt").read_text().replace("weir", "Weir"))
    assert (
        "set aside: what stands at 85-127 is not what was annotated"
        in run("verify", "--dataset", dataset, "--texts", texts).err
    )


def test_what_is_both_claimed_and_set_aside_is_told(dataset: Path, texts: Path) -> None:
    edit(dataset, "text: ", "setAside: {120-140: farewell}\ntext: ")
    assert run("seal", "--dataset", dataset, "--texts", texts).status == 0
    outcome = cover(dataset, texts)
    assert outcome.status == 1
    assert "120-127 is set aside though claims rest on it: gauge; cut the span under 'setAside'" in outcome.err
    assert "129-140 is set aside though claims rest on it: second" in outcome.err


def test_for_a_program(dataset: Path, texts: Path) -> None:
    edit(dataset, GAUGE, "")
    told = cover(dataset, texts, "--json")
    assert told.status == 1
    assert told.json["complete"] is False
    (report,) = (each for each in told.json["documents"] if each["document"] == "report_1")
    assert report["unaccounted"] == ["83-129"]
    assert report["shares"]["unaccounted for"] == round(46 / 207, 4)
    assert cover(dataset, texts, "--json").out == json.dumps(told.json, ensure_ascii=False, indent=2) + "\n"


def test_the_page_shows_everything_and_obeys_nothing(dataset: Path, texts: Path, tmp_path: Path) -> None:
    edit(dataset, GAUGE, "")
    path = texts / "report_1.txt"
    path.write_text(path.read_text().replace("old weir the gauge", "<script>alert(000)"))
    page = tmp_path / "page.html"
    assert cover(dataset, texts, "--html", page).status == 1
    html = page.read_text(encoding="utf-8")
    assert "<script" not in html
    assert "<strong>. At the &lt;script&gt;alert(000) read 4.50 metres. </strong>" in html
    assert '<sup>rise</sup><mark title="rise">The Lorn' in html
    assert "<dt>nobody</dt><dd>Nobody was drowned.</dd>" in html


@pytest.mark.parametrize("name", ["page.html", "dist/page.html", "../floods/page.html"])
def test_no_text_enters_the_dataset(dataset: Path, texts: Path, name: str) -> None:
    outcome = cover(dataset, texts, "--html", dataset / name)
    assert outcome.status == 2
    assert "the texts belong to others and may not enter the dataset's folder; give a file elsewhere" in outcome.err
    assert not (dataset / name).exists()


def test_a_page_that_cannot_be_written(dataset: Path, texts: Path, tmp_path: Path) -> None:
    outcome = cover(dataset, texts, "--html", tmp_path / "nowhere" / "page.html")
    assert outcome.status == 2
    assert "cannot be written: No such file or directory" in outcome.err


def document(spans: list[tuple[int, int]], aside: list[tuple[int, int]], length: int) -> LoadedDocument:
    claims = {f"c{number}": Claim(f"{start}-{end}", "Something.") for number, (start, end) in enumerate(spans)}
    set_aside = {f"{start}-{end}": "farewell" for start, end in aside}
    record = Document("d", "D", TextFingerprint("", length), claims, setAside=set_aside)
    return LoadedDocument(record, LinePlaces("d.jsonl", 1))


SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=6)


@given(st.text(alphabet="ab é٣ .,\n", min_size=1, max_size=50), SPANS, SPANS)
def test_the_stretches_are_the_whole_text(
    text: str, spans: list[tuple[int, int]], aside: list[tuple[int, int]]
) -> None:
    found = measure(document(spans, aside, len(text)), text)
    assert [found.stretches[0].start, found.stretches[-1].end] == [0, len(text)]
    assert all(one.end == other.start for one, other in pairwise(found.stretches))
    for position, character in enumerate(text):
        (stretch,) = (each for each in found.stretches if each.start <= position < each.end)
        keys = tuple(f"c{number}" for number, (start, end) in enumerate(spans) if start <= position < end)
        is_aside = any(start <= position < end for start, end in aside)
        assert stretch.claims == keys
        assert bool(stretch.reason) is is_aside
        if character.isalnum() and not keys and not is_aside:
            assert stretch.standing is Standing.UNACCOUNTED
        assert (stretch.standing is Standing.CLAIMED) is bool(keys)


def loaded(path: Path) -> tuple[LoadedDocument, str]:
    (found,) = seeds.read_documents(path, ROOT / "seeds")
    assert isinstance(found, LoadedDocument)
    text = (TEXTS / f"{found.record.document}.txt").read_bytes().decode()
    return found, text


@needs_texts
def test_our_five_articles_are_covered() -> None:
    outcome = run("coverage", "--dataset", ROOT, "--texts", TEXTS)
    assert (outcome.status, outcome.err) == (0, "")
    assert outcome.out.endswith(f"every stretch of {len(DOCUMENTS)} documents is accounted for\n")


@needs_texts
@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: cast("Path", path).stem[:3])
def test_every_single_claim_of_ours_would_be_missed(path: Path) -> None:
    whole, text = loaded(path)
    assert measure(whole, text).problems == ()
    uncovered = 0
    for key in whole.record.claims:
        claims = {other: claim for other, claim in whole.record.claims.items() if other != key}
        record = Document(whole.record.document, "", whole.record.text, claims, setAside=whole.record.setAside)
        found: Coverage = measure(LoadedDocument(record, whole.places), text)
        assert found.problems, key
        uncovered += bool(found.unaccounted())
    assert uncovered > 10
