"""The ledger's file and its edits: what is written is read again, and what cannot be is refused and changes nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import ROOT
from keeping import BASE, ID, WATERS, commands, edit, promise, refused, row
from ruiran_ld import ledger, ntriples, pipeline, release, withdrawal
from ruiran_ld.dataset import DatasetFolder
from ruiran_ld.declarations import Declaration, declarations
from ruiran_ld.errors import DataError, UsageError
from ruiran_ld.ledger import DEPRECATED, Published, Row
from running import run

iris = st.from_regex(r"https://example\.org/floods/id/[a-d]{1,3}", fullmatch=True)
versions = st.from_regex(r"[0-9]\.[0-9]", fullmatch=True)
notes = st.lists(st.text("ab çА\u200c\"'", min_size=1).map(str.strip).filter(bool), min_size=1, max_size=3)


@st.composite
def rows_of_an_iri(draw: st.DrawFn, iri: str) -> Row:
    types, matches = (tuple(sorted(draw(st.sets(iris, max_size=2)))) for _ in range(2))
    note = " | ".join(draw(notes))
    facts = Row(iri, draw(st.sampled_from(["thing", "claim"])), types, matches, draw(versions), note=note)
    if draw(st.booleans()):
        return facts
    until, date = draw(st.sampled_from([("", ""), ("1.1", "2026-02-03")]))
    new = draw(st.sampled_from(["", "https://example.org/elsewhere"]))
    return Row(iri, facts.kind, types, matches, facts.since, DEPRECATED, until, date, new, note)


ledgers = st.sets(iris, min_size=1).flatmap(lambda found: st.tuples(*map(rows_of_an_iri, sorted(found))))


@given(ledgers)
def test_what_is_written_is_read_again_and_written_to_the_same_bytes(
    tmp_path_factory: pytest.TempPathFactory, rows: tuple[Row, ...]
) -> None:
    path = tmp_path_factory.getbasetemp() / "ledger.tsv"
    ledger.write(path, reversed(rows))
    once = path.read_bytes()
    assert ledger.read(path) == rows
    ledger.write(path, ledger.read(path))
    assert path.read_bytes() == once


@given(ledgers, versions)
def test_a_release_takes_in_what_is_new_and_dates_what_was_withdrawn(rows: tuple[Row, ...], version: str) -> None:
    published = {each.iri: Published(each.kind, each.types, each.matches) for each in rows if each.is_active}
    published[f"{ID}new"] = Published("thing", (f"{BASE}terms#Town",))
    after = {each.iri: each for each in ledger.register(rows, published, version, "2026-05-06")}
    assert after[f"{ID}new"] == Row(f"{ID}new", "thing", (f"{BASE}terms#Town",), (), version)
    assert sorted(after) == list(after)
    for before in rows:
        now = after[before.iri]
        assert (now.since, now.state, now.note) == (before.since, before.state, before.note)
        assert now.is_active or now.until
        assert now.date == ("" if now.is_active else before.date or "2026-05-06")
    again = ledger.register(after.values(), published, "9.9", "2027-01-01")
    assert again == tuple(after.values()), "a second release of the same changes nothing"
    assert ledger.compare(again, published, BASE) == []


@given(ledgers)
def test_tombstones_are_lines_that_name_no_kind_and_no_active_iri(rows: tuple[Row, ...]) -> None:
    lines = ledger.tombstones(rows, "2026-07-08")
    assert lines == ntriples.canonical_lines(ntriples.join_lines(lines))
    assert {line.split()[0][1:-1] for line in lines} == {each.iri for each in rows if not each.is_active}
    assert ledger.published(lines, BASE) == {}
    assert len(list(ntriples.parsed(ntriples.join_lines(lines)))) == len(lines)


def test_an_instance_of_a_class_is_of_its_kind_and_of_its_lowest_classes() -> None:
    sub, a = "<http://www.w3.org/2000/01/rdf-schema#subClassOf>", "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
    rr, owl = "https://w3id.org/ruiran/ontology#", "http://www.w3.org/2002/07/owl#"
    found = ledger.published(
        [
            f"<{BASE}terms#River> {sub} <{BASE}terms#Water> .",
            f"<{BASE}terms#Water> {sub} <{rr}Entity> .",
            f"<{BASE}terms#near> {a} <{owl}ObjectProperty> .",
            f"<{BASE}terms#near> {a} <{owl}SymmetricProperty> .",
            f"<{ID}lorn> {a} <{BASE}terms#River> .",
            f"<{ID}lorn> {a} <{BASE}terms#Water> .",
            f"<{BASE}dataset> {a} <http://www.w3.org/ns/dcat#Dataset> .",
            f"<https://example.org/gazetteer/RV17> {a} <{rr}AuthorityRecord> .",
            f"_:b0 {a} <{owl}AllDisjointClasses> .",
        ],
        BASE,
    )
    assert {iri.removeprefix(BASE): (each.kind, each.types) for iri, each in found.items()} == {
        "dataset": ("dataset", ("http://www.w3.org/ns/dcat#Dataset",)),
        "id/lorn": ("thing", (f"{BASE}terms#River",)),
        "terms#River": ("other", ()),
        "terms#Water": ("other", ()),
        "terms#near": ("term", (f"{owl}ObjectProperty",)),
    }


def test_our_own_dataset_names_every_kind_and_keeps_its_own_promise(tmp_path: Path) -> None:
    folder = DatasetFolder(ROOT)
    published = pipeline.describe(folder, pipeline.convert(folder))
    kinds = {each.kind for each in published.values()}
    base = "https://w3id.org/ruiran/"
    assert kinds == {
        *("author", "claim", "concept", "dataset", "document", "link", "ontology", "passage", "scheme"),
        *("other", "selector", "statement", "term", "thing", "value"),
    }
    rows = ledger.register((), published, "0.1.0", "2026-11-22")
    ledger.write(tmp_path / "ledger.tsv", rows)
    assert ledger.compare(ledger.read(tmp_path / "ledger.tsv"), published, base) == []


def test_a_missing_ledger_is_an_empty_one(tmp_path: Path) -> None:
    assert ledger.read(tmp_path / "ledger.tsv") == ()
    assert ledger.compare((), {}, BASE) == []
    assert ledger.tombstones((), "2026-01-01") == []


def test_a_ledger_that_is_no_file_or_no_text(tmp_path: Path) -> None:
    path = tmp_path / "ledger.tsv"
    path.write_bytes(b"iri\tk\xff")
    with pytest.raises(DataError, match=r"seeds/ledger\.tsv: not UTF-8 at byte 5"):
        ledger.read(path)
    path.unlink()
    path.mkdir()
    with pytest.raises(DataError, match=r"seeds/ledger\.tsv: cannot be read: Is a directory"):
        ledger.read(path)
    with pytest.raises(UsageError, match="cannot be written"):
        ledger.write(path, ())


KILLED = """
import os, signal, sys
from pathlib import Path
from ruiran_ld import ledger
from ruiran_ld.ledger import Row
path = Path(sys.argv[1])
os.fsync = lambda _: os.kill(os.getpid(), signal.SIGKILL)
ledger.write(path, [Row("https://example.org/floods/id/b", "thing", (), (), "1.0")])
"""


def test_who_is_killed_while_writing_leaves_the_ledger_before(tmp_path: Path) -> None:
    path = tmp_path / "ledger.tsv"
    ledger.write(path, [Row(f"{ID}a", "thing", (), (), "1.0")])
    before = path.read_bytes()
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run([sys.executable, "-c", KILLED, path], check=False, env=environment)
    assert (done.returncode, path.read_bytes()) == (-signal.SIGKILL, before)
    ledger.write(path, ledger.read(path))
    assert [each.name for each in tmp_path.iterdir()] == ["ledger.tsv"], "nothing is left beside it after the next edit"


# --- What the commands refuse ----------------------------------------------------------------------------------------


@pytest.fixture(name="kept")
def _kept(dataset: Path) -> Path:
    promise(dataset)
    return dataset


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["deprecate", "tarn", "--reason", "x"], "'tarn' is still declared here; take it out there first"),
        (["deprecate", "trn", "--reason", "x"], "'trn' was never published; did you mean 'tarn'?"),
        (["deprecate", "tarn"], "Missing option '--reason'"),
        (["decide", "tarn"], "Missing option '--reason'"),
        (["deprecate", "--reason", "x"], "no name; give one or more slugs or IRIs, or --derived alone"),
        (["deprecate", "tarn", "--derived", "--reason", "x"], "names and --derived together"),
        (["deprecate", "--derived", "--replaced-by", "mere", "--reason", "x"], "--derived with --replaced-by"),
        (["deprecate", "--derived", "--reason", "x"], "every published statement, passage, value and link is still"),
        (["deprecate", "tarn", "--reason", "  "], "a reason of 0 characters"),
        (["deprecate", "tarn", "--reason", "a | b"], "a reason with | or a control character"),
        (["deprecate", "tarn", "--reason", "a\x07b"], "a reason with | or a control character"),
        (["rekey", "tarn", "pond"], "'tarn' is still declared here; call it 'pond' there first"),
        (["decide", "tarn", "--reason", "x"], "'tarn' is what it was published as; there is nothing to decide"),
        (["decide", "--derived", "--reason", "x"], "no withdrawn statement, passage, value or link is given again"),
    ],
    ids=" ".join,
)
def test_what_cannot_be_is_refused_and_changes_nothing(kept: Path, arguments: list[str], said: str) -> None:
    before = (kept / "seeds/ledger.tsv").read_bytes()
    outcome = run(*arguments, here=kept)
    assert (outcome.status, outcome.out) == (2, "")
    assert said in outcome.err
    assert (kept / "seeds/ledger.tsv").read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["rekey", "tarn", "pnd"], "'pnd' is declared nowhere; did you mean 'pond'?"),
        (["rekey", "tarn", "mere"], "'mere' is no new name: it was published; to merge the two, run: "),
        (["rekey", "tarn", "report_9"], "'report_9' is a document, and 'tarn' was a thing"),
        (["deprecate", "tarn", "--replaced-by", "tarn", "--reason", "x"], "'tarn' would be replaced by itself"),
        (["deprecate", "tarn", "--replaced-by", "trn", "--reason", "x"], "'trn' is declared nowhere"),
        (["deprecate", "tarn", "--replaced-by", "https://example.com/a b", "--reason", "x"], "a b' is no IRI; write"),
        (["deprecate", "tarn", "--replaced-by", "https://example.com/a\tb", "--reason", "x"], "' is no IRI; write %XX"),
        (["rekey", "tarn", "https://example.com/tarn"], "'https://example.com/tarn' is not declared here; to send"),
        (["decide", "tarn", "--reason", "x"], "nothing describes 'tarn'"),
    ],
    ids=" ".join,
)
def test_a_replacement_has_to_be_one(kept: Path, arguments: list[str], said: str) -> None:
    edit(kept, WATERS, ("tarn: {", "pond: {"))
    edit(kept, "seeds/documents/report_2.yaml", ("flowsInto: tarn", "flowsInto: pond"))
    text = (kept / "seeds/documents/report_1.yaml").read_text().replace("report_1", "report_9")
    text = text.replace("second-wave", "third-wave")
    (kept / "seeds/documents/report_9.yaml").write_text(text)
    before = (kept / "seeds/ledger.tsv").read_bytes()
    outcome = run(*arguments, here=kept)
    assert outcome.status == 2
    assert said in outcome.err
    assert (kept / "seeds/ledger.tsv").read_bytes() == before


def test_a_replacement_of_another_publisher(kept: Path) -> None:
    edit(kept, WATERS, ("tarn: {", "pond: {"))
    edit(kept, "seeds/documents/report_2.yaml", ("flowsInto: tarn", "flowsInto: pond"))
    assert run("deprecate", "tarn", "--replaced-by", "https://example.com/tarn", "--reason", "x", here=kept).status == 0
    assert row(kept, f"{ID}tarn").replaced_by == "https://example.com/tarn"
    assert run("deprecate", f"{ID}tarn", "--replaced-by", "pond", "--reason", "mistyped", here=kept).status == 0
    assert (row(kept, f"{ID}tarn").replaced_by, row(kept, f"{ID}tarn").reason) == (f"{ID}pond", "mistyped")


def test_another_reason_leaves_the_replacement_unless_it_is_taken_away(kept: Path) -> None:
    edit(kept, WATERS, ("tarn: {", "pond: {"))
    edit(kept, "seeds/documents/report_2.yaml", ("flowsInto: tarn", "flowsInto: pond"))
    assert run("rekey", "tarn", "pond", here=kept).status == 0
    assert run("deprecate", "tarn", "--reason", "it is a pond", here=kept).out == "tarn: withdrawn, replaced by pond\n"
    assert (row(kept, f"{ID}tarn").replaced_by, row(kept, f"{ID}tarn").reason) == (f"{ID}pond", "it is a pond")
    done = run("deprecate", "tarn", f"{ID}tarn", "--replaced-by", "", "--reason", "another water", here=kept)
    assert done.out == "tarn: withdrawn\n", "named twice, it is withdrawn once"
    assert (row(kept, f"{ID}tarn").replaced_by, row(kept, f"{ID}tarn").note) == (
        "",
        "another water | it is a pond | renamed",
    )


def test_of_two_edits_at_once_the_second_is_refused_and_none_is_lost(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(kept, WATERS, ("tarn: {", "pond: {"), ("mere: {", "pool: {"))
    edit(kept, "seeds/documents/report_2.yaml", ("flowsInto: tarn", "flowsInto: pond"), ("mere", "pool"))
    inside, done = threading.Event(), threading.Event()

    def slowly(folder: DatasetFolder, base: str) -> Mapping[str, Declaration]:
        inside.set()
        assert done.wait(30)
        return declarations(folder, base)

    monkeypatch.setattr(withdrawal, "declarations", slowly)
    first = threading.Thread(target=withdrawal.deprecate, args=(DatasetFolder(kept), ["tarn"], "", "gone"))
    first.start()
    try:
        assert inside.wait(30)
        outcome = run("deprecate", "mere", "--reason", "gone too", here=kept)
        assert (outcome.status, "wait until it has ended" in outcome.err) == (2, True)
    finally:
        done.set()
        first.join()
    assert run("deprecate", "mere", "--reason", "gone too", here=kept).status == 0
    assert {row(kept, f"{ID}{name}").reason for name in ("tarn", "mere")} == {"gone", "gone too"}


def test_an_edit_during_a_release_is_refused_and_changes_nothing(kept: Path) -> None:
    before = (kept / "seeds/ledger.tsv").read_bytes()
    edit(kept, WATERS, ("tarn: {", "pond: {"))
    edit(kept, "seeds/documents/report_2.yaml", ("flowsInto: tarn", "flowsInto: pond"))
    with release.exclusive(kept / "releases"):
        outcome = run("rekey", "tarn", "pond", here=kept)
    assert (outcome.status, "another run of ruiran-ld is writing here" in outcome.err) == (2, True)
    assert (kept / "seeds/ledger.tsv").read_bytes() == before


def test_a_circle_of_replacements_is_refused(kept: Path) -> None:
    edit(kept, WATERS, ("tarn: {", "pond: {"), ("mere: {", "pool: {"))
    edit(kept, "seeds/documents/report_2.yaml", ("flowsInto: tarn", "flowsInto: pond"), ("mere", "pool"))
    assert run("deprecate", "tarn", "--replaced-by", "mere", "--reason", "x", here=kept).status == 0
    outcome = run("deprecate", "mere", "--replaced-by", "tarn", "--reason", "x", here=kept)
    assert (outcome.status, "'mere' would be replaced by itself" in outcome.err) == (2, True)


def test_a_replacement_that_goes_before_it_was_released(kept: Path) -> None:
    edit(kept, WATERS, ("tarn: {", "pond: {"))
    edit(kept, "seeds/documents/report_2.yaml", ("flowsInto: tarn", "flowsInto: pond"))
    assert run("rekey", "tarn", "pond", here=kept).status == 0
    edit(kept, WATERS, ("pond: {", "pool: {"))
    edit(kept, "seeds/documents/report_2.yaml", ("flowsInto: pond", "flowsInto: pool"))
    outcome = refused(kept)
    assert "tarn (thing, River, since 1.0.0) is replaced by pond, which nothing describes" in outcome.err
    assert ["deprecate", "tarn", "--replaced-by", "NEW", "--reason", "WHY"] in commands(outcome.err)


def test_the_carried_dataset_is_nobodys_to_edit(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    outcome = run("deprecate", "anything", "--reason", "x")
    assert (outcome.status, "this dataset belongs to the package" in outcome.err) == (2, True)


def test_a_row_that_a_release_has_cannot_be_struck_out(kept: Path) -> None:
    released = kept / "releases" / "1.0.0" / "ledger.tsv"
    released.parent.mkdir(parents=True)
    text = (kept / "seeds/ledger.tsv").read_text()
    released.write_text(text)
    number, line = next((n, line) for n, line in enumerate(text.splitlines(), 1) if line.startswith(f"{ID}tarn\t"))
    (kept / "seeds/ledger.tsv").write_text(text.replace(f"{line}\n", ""))
    message = f"error: releases/1.0.0/ledger.tsv:{number}: <{ID}tarn> was released, and has no row in seeds/ledger.tsv"
    assert refused(kept).err == f"{message}; put this line back there, in its order\n"
    (kept / "seeds/ledger.tsv").unlink()
    assert refused(kept).err.count("was released, and has no row") == len(text.splitlines()) - 1
