"""Two curators' annotations are compared: what they found, and how they classified it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import ROOT
from ruiran_ld.agreement import Comparison, Found, Side, compare, kappa, load_sides, observed
from ruiran_ld.agreement.matching import overlap
from ruiran_ld.dataset import DatasetFolder
from running import run

REPORT = "seeds/documents/report_1.yaml"


@pytest.fixture
def other(dataset: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(dataset, tmp_path / "other"))


def edit(folder: Path, *changes: tuple[str, str], file: str = REPORT) -> None:
    path = folder / file
    text = path.read_text()
    for old, new in changes:
        assert text.count(old) >= 1, old
        text = text.replace(old, new)
    path.write_text(text)


def sides(folder: Path) -> Side:
    return load_sides(DatasetFolder(folder))["report_1"]


def test_a_record_agrees_with_itself(dataset: Path, other: Path) -> None:
    found = compare(sides(dataset), sides(other))
    for counts in (found.entities, found.events, found.claims, found.statements, found.characters):
        assert counts.f1 == 1
        assert counts.both
    assert kappa(found.speakers) == kappa(found.statuses) == 1
    assert found.differences == ()


def test_other_names_for_the_same_are_the_same(dataset: Path, other: Path) -> None:
    # The event has another slug, the river too; the river is known by its record, the event by its claims.
    edit(other, ("spring-flood-1999", "flood-of-spring"), ("lorn", "river-lorn"), ("second-wave", "wave-two"))
    for register in ("waters.yaml", "places.jsonl"):
        edit(other, ("lorn", "river-lorn"), file=f"seeds/registers/{register}") if register == "waters.yaml" else None
    text = (other / "seeds/registers/places.jsonl").read_text().replace("spring-flood-1999", "flood-of-spring")
    (other / "seeds/registers/places.jsonl").write_text(text)
    edit(other, ("label: {en: Lorn, de: Lorne}", "label: Another name"), file="seeds/registers/waters.yaml")
    found = compare(sides(dataset), sides(other))
    assert found.entities.f1 == found.events.f1 == found.statements.f1 == 1
    assert found.differences == ()


def test_each_difference_is_counted_and_listed(dataset: Path, other: Path) -> None:
    edit(
        other,
        ("    at: 85-127\n", "    at: 85-95\n"),
        ("    by: flood-office\n    status: feared\n", "    status: asserted\n"),
        ("at: 168-205", "at: 160-205"),
    )
    found = compare(sides(dataset), sides(other))
    assert found.claims == Found(3, 1, 1)
    assert sorted(found.speakers) == [
        ("(the author)", "(the author)"),
        ("flood-office", "(the author)"),
        ("flood-office", "flood-office"),
    ]
    assert observed(found.statuses) == pytest.approx(2 / 3)
    kinds = [(each.kind, each.first, each.second) for each in found.differences]
    assert ("claim", "gauge", "") in kinds
    assert ("claim", "", "gauge") in kinds
    assert ("speaker", "flood-office", "(the author)") in kinds
    assert ("status", "feared", "asserted") in kinds
    assert found.characters.both == 207 - 207 + len({*range(83), *range(85, 95), *range(129, 166), *range(168, 205)})


def test_claims_on_one_span_go_together_by_what_they_speak_of(dataset: Path, other: Path) -> None:
    both = "  {}:\n    at: 0-83\n    gist: A {}.\n    about: {}\n"
    first = both.format("a", "town", "oldbridge") + both.format("b", "lake", "mere")
    second = both.format("y", "lake", "mere") + both.format("z", "town", "oldbridge")
    edit(dataset, ("claims:\n", f"claims:\n{first}"))
    edit(other, ("claims:\n", f"claims:\n{second}"))
    found = compare(sides(dataset), sides(other))
    assert found.claims == Found(6, 0, 0)
    assert found.differences == ()


def test_the_command(dataset: Path, other: Path) -> None:
    edit(other, ("status: feared", "status: asserted"))
    outcome = run("agreement", dataset, other, "--document", "report_1", "--differences")
    assert (outcome.status, outcome.err) == (0, "")
    assert "  claims      F1 1.00   4 both, 0 A alone, 0 B alone\n" in outcome.out
    assert "  statuses    same 0.75, kappa 0.56   of 4 claims\n" in outcome.out
    assert "  status: feared | asserted  (second and second, 129-166: Another wave might come.)\n" in outcome.out
    told = run("agreement", dataset, other, "--json").json
    assert [each["document"] for each in told] == ["report_1", "report_2", "all"]
    assert told[2]["claims"] == {"both": 6, "first": 0, "second": 0, "f1": 1.0}
    assert told[0]["statuses"] == {"claims": 4, "same": 0.75, "kappa": 0.5556}
    strict = run("agreement", dataset, other, "--overlap", "1")
    assert "all\n" in strict.out


def test_wrong_usage(dataset: Path, other: Path, tmp_path: Path) -> None:
    missing = run("agreement", dataset, tmp_path / "nowhere")
    assert missing.status == 2
    assert "no dataset: ontology and seeds missing" in missing.err
    unknown = run("agreement", dataset, other, "--document", "report_9")
    assert unknown.status == 2
    assert "'report_9' is not a document that both have; both have: report_1, report_2" in unknown.err
    shutil.rmtree(other / "seeds" / "documents")
    nothing = run("agreement", dataset, other)
    assert nothing.status == 2
    assert "no document that both have" in nothing.err
    assert run("agreement", dataset, other, "--overlap", "0").status == 2


def test_a_bad_record_is_named(dataset: Path, other: Path) -> None:
    edit(other, ("document: report_1", "document: report_7"))
    outcome = run("agreement", dataset, other)
    assert outcome.status == 1
    assert f"{REPORT}:1: document 'report_7' stands in a file called 'report_1.yaml'" in outcome.err


# Cohen 1960, table 1: 200 cases in three categories; kappa is .492 there, with proportions rounded to two places.
COHEN = {
    ("1", "1"): 88, ("1", "2"): 14, ("1", "3"): 18,
    ("2", "1"): 10, ("2", "2"): 40, ("2", "3"): 10,
    ("3", "1"): 2, ("3", "2"): 6, ("3", "3"): 12,
}  # fmt: skip


def test_kappa_is_that_of_cohen() -> None:
    pairs = [pair for pair, number in COHEN.items() for _ in range(number)]
    assert observed(pairs) == pytest.approx(0.70)
    assert kappa(pairs) == pytest.approx(0.492, abs=0.001)


PAIRS = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), max_size=30)


@given(PAIRS)
def test_kappa_has_no_first_and_no_second(pairs: list[tuple[str, str]]) -> None:
    assert kappa(pairs) == pytest.approx(kappa([(other, one) for one, other in pairs]))
    assert -1 <= kappa(pairs) <= 1
    assert kappa(pairs) <= observed(pairs) + 1e-9


@given(*[st.tuples(st.integers(0, 30), st.integers(0, 30)).map(sorted).map(tuple) for _ in range(2)])
def test_overlap_is_the_share_of_the_union(one: tuple[int, int], other: tuple[int, int]) -> None:
    ones, others = set(range(*one)), set(range(*other))
    expected = len(ones & others) / len(ones | others) if ones & others else 0
    assert overlap(one, other) == pytest.approx(expected)


def test_f1() -> None:
    assert Found(3, 1, 1).f1 == 0.75
    assert Found().f1 == 1
    assert Found(0, 2, 0).f1 == 0


BOTH = sorted((ROOT / "tests" / "agreement").iterdir())
GUIDE = ROOT / "docs" / "annotation-guide.md"


def both_passes(folder: Path, target: Path) -> Comparison:
    """Compare the two annotations of one of our articles, as they were before they were settled."""
    sides: list[Side] = []
    for which in ("first", "second"):
        shutil.copytree(folder / which, target / folder.name / which)
        shutil.copytree(ROOT / "ontology", target / folder.name / which / "ontology")
        (side,) = load_sides(DatasetFolder(target / folder.name / which)).values()
        sides.append(side)
    return compare(sides[0], sides[1])


def row(name: str, found: Comparison) -> str:
    """Write a row of the guide's table."""
    claims = found.claims
    f1 = " | ".join(f"{each.f1:.2f}" for each in (found.entities, found.events, found.claims, found.statements))
    same = " | ".join(f"{observed(pairs):.2f} / {kappa(pairs):.2f}" for pairs in (found.speakers, found.statuses))
    return f"| {name} | {claims.both + claims.first} | {claims.both + claims.second} | {f1} | {same} |\n"


def test_the_figures_of_the_guide_are_those_of_the_two_passes(tmp_path: Path) -> None:
    guide = GUIDE.read_text(encoding="utf-8")
    assert {path.name for path in BOTH} == {path.stem[:3] for path in (ROOT / "seeds" / "documents").glob("*.yaml")}
    total = Comparison("all")
    for folder in BOTH:
        found = both_passes(folder, tmp_path)
        assert row(folder.name, found) in guide
        total = total.with_other(found)
    assert row("all", total) in guide


def test_the_claims_that_the_guide_names_exist() -> None:
    named = re.findall(r"(00[0-4])/(c\d+)", GUIDE.read_text(encoding="utf-8"))
    assert len(named) > 10
    for document, key in named:
        (path,) = (ROOT / "seeds" / "documents").glob(f"{document}_*.yaml")
        assert re.search(rf"^  {key}:", path.read_text(encoding="utf-8"), re.MULTILINE), f"{document}/{key}"


def test_the_rows_of_settled_differences_add_up() -> None:
    guide = GUIDE.read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([a-z ]+) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|$", guide, re.MULTILINE)
    counts = {name: [int(number) for number in numbers] for name, *numbers in rows}
    total = counts.pop("all")
    assert total == [sum(column) for column in zip(*counts.values(), strict=True)]
    assert all(sum(each[:4]) == each[4] for each in counts.values())
