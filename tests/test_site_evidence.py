"""What pages make of claims that are known to be wrong, and of claims that repeat others.

The first establish nothing, wherever they show; the second are no second voice.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest

from conftest import lay_out
from html_pages import Element, Pages, pages_of
from keeping import REPORT_1, REPORT_2, edit
from running import run

REPORT_3 = """\
document: report_3
label: Third report
author: flood-office
claims:
  rumour:
    at: 0-27
    repeats: report_2/market
    gist: They say that Oldbridge was flooded.
    says:
      spring-flood-1999: {floods: oldbridge}
  other-river:
    at: 28-55
    mistaken: true
    gist: The flood was one of the Lorn, and of the Mere.
    says:
      spring-flood-1999: {ofRiver: [lorn, mere]}
    note: The Mere is a lake.
"""
REPORT_4 = """\
document: report_4
label: Fourth report
claims:
  own-eyes:
    at: 0-27
    gist: Oldbridge stood under water.
    says:
      spring-flood-1999: {floods: oldbridge}
"""
WRONG = "known to be wrong"
ESTABLISHED = "established by a claim"


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    """Make the pages of floods with mistakes and hearsay.

    ``gauge`` alone gives the crest, ``course`` alone says which water runs into which, and both are mistaken;
    ``other-river`` is mistaken in saying what ``rise`` says too. ``rumour`` repeats what repeats ``rise``.
    """
    folder = lay_out(tmp_path_factory.mktemp("mistaken") / "floods")
    edit(folder, REPORT_1, ("  gauge:\n", "  gauge:\n    mistaken: true\n    note: The gauge was broken.\n"))
    edit(folder, REPORT_2, ("  course:\n", "  course:\n    mistaken: true\n    note: It is the other way round.\n"))
    for number, record in ((3, REPORT_3), (4, REPORT_4)):
        (folder / "seeds" / "documents" / f"report_{number}.yaml").write_text(record, encoding="utf-8")
        (folder / "texts" / f"report_{number}.txt").write_text("Water " * 20, encoding="utf-8")
    for arguments in (("seal", "--texts", folder / "texts"), ("build", "--update-expected")):
        outcome = run(*arguments, "--dataset", folder)
        assert outcome.status == 0, outcome.err
    return pages_of(folder)


def statement_page(pages: Pages, heading: str) -> str:
    (path,) = [
        path for path in pages.paths if path.startswith("statement/") and pages.page(path).one("h1").text == heading
    ]
    return path


def lines_with(pages: Pages, path: str, text: str) -> list[Element]:
    return [each for each in pages.page(path).all("li") if text in " ".join(each.text.split())]


def test_what_only_mistaken_claims_state_is_established_nowhere(pages: Pages) -> None:
    relation = statement_page(pages, "Lorn flows into Mere")
    (crest,) = [path for path in pages.paths if path.startswith("statement/") and " crest " in pages.page(path).text]
    for path in (relation, crest):
        text = pages.text(path)
        assert WRONG in text
        assert ESTABLISHED not in text
        assert "claimed; no claim establishes it" in text
        assert not [each for each in first_marks(pages, path) if "firm" in each.attributes["class"]]
    (line,) = lines_with(pages, "id/mere.html", "Lorn claimed; no claim establishes it")
    assert WRONG in line.text
    assert "asserted" not in line.text, "that it was asserted is on its own page, beside what is known of it"
    (value,) = [each for each in pages.page("id/lorn.html").all("li", class_="said indirect") if "Mere" in each.text]
    assert ESTABLISHED not in value.text


def first_marks(pages: Pages, path: str) -> Iterator[Element]:
    """Give the marks of a page that stand before its lists of claims."""
    for each in pages.page(path).elements:
        if each.name == "section":
            return
        if each.attributes.get("class", "").startswith("mark "):
            yield each


def test_a_mistaken_claim_among_others_takes_nothing_from_them_and_adds_nothing(pages: Pages) -> None:
    (lake,) = lines_with(pages, "id/mere.html", "Spring flood of 1999 claimed; no claim establishes it")
    assert WRONG in lake.text
    (river,) = lines_with(pages, "id/lorn.html", "Spring flood of 1999 ■ happened")
    assert re.sub(r"\s+", " ", river.text).endswith(f"● asserted {WRONG} who says so")


def test_a_mistaken_claim_is_marked_wherever_it_shows(pages: Pages) -> None:
    assert WRONG in pages.text("id/report_1/gauge.html").partition("Who says it")[0]
    assert "The gauge was broken." in pages.text("id/report_1/gauge.html")
    for path in ("id/report_1.html", "id/oldbridge.html", "id/spring-flood-1999.html"):
        listed = [each.text for each in pages.page(path).elements if each.attributes.get("class") == "claim"]
        about = [each for each in listed if "The water stood 4.50 metres high" in each]
        assert about, path
        assert all(WRONG in each for each in about), path
    bars = {title.text.split(":")[0]: rect for rect, title in bars_of(pages, "id/report_1.html")}
    assert bars["rise"].attributes["class"] == "bar firm"
    assert bars["gauge"].attributes["class"] == "bar hedged"
    assert WRONG in bars["gauge"].text


def bars_of(pages: Pages, path: str) -> Iterator[tuple[Element, Element]]:
    elements = pages.page(path).elements
    return ((one, other) for one, other in pairwise(elements) if one.name == "rect")


def test_search_marks_a_mistaken_claim_as_such(pages: Pages) -> None:
    data: dict[str, Any] = json.loads(pages.files["assets/search.json"])
    marks = {path: data["marks"][mark] for path, _, mark, _, _ in data["entries"] if mark >= 0}
    assert marks["id/report_1/rise.html"]["firm"]
    assert (marks["id/report_1/gauge.html"]["firm"], marks["id/report_1/gauge.html"]["label"]) == (False, WRONG)


def test_the_network_vouches_for_nothing_that_is_known_to_be_wrong(pages: Pages) -> None:
    data: dict[str, Any] = json.loads(pages.files["assets/network.json"])
    standings = {
        (data["nodes"][one][1], data["roles"][role][0], data["nodes"][other][1]): ("vouched", "claimed", "denied")[
            standing
        ]
        for one, role, other, _, standing, *_ in data["links"]
    }
    assert standings["Lorn", "flows into", "Mere"] == "claimed"
    assert standings["Spring flood of 1999", "of river", "Mere"] == "claimed"
    assert standings["Spring flood of 1999", "of river", "Lorn"] == "vouched"
    put = {path: data["statuses"][status][1] for path, status, *_ in data["claims"]}
    assert (put["id/report_2/course.html"], put["id/report_1/rise.html"]) == (WRONG, "asserted")
    rows = re.findall(r'<tr class="link"><td>flows into</td>.*?</tr>', pages.files["network.html"].decode())
    assert [f"<td>✗ {WRONG}</td>" in row for row in rows] == [True, True], "both that the claim states"


def test_claims_of_one_origin_do_not_count_as_several(pages: Pages) -> None:
    said = pages.text(statement_page(pages, "Spring flood of 1999 floods Oldbridge"))
    assert "4 claims in 4 documents, from 2 origins" in said
    data: dict[str, Any] = json.loads(pages.files["assets/network.json"])
    origins = {path: {data["agents"][each][0] for each in found} for path, *_, found in data["claims"]}
    first, second, third, fourth = (
        origins[f"id/{claim}.html"]
        for claim in ("report_1/rise", "report_2/market", "report_3/rumour", "report_4/own-eyes")
    )
    assert first == second == third, "through two repetitions"
    assert fourth.isdisjoint(first)
    floods = pages.files["network.html"].decode()
    (row,) = re.findall(r'<tr class="link"><td>floods</td>.*?</tr>', floods)
    assert row.endswith("<td>2</td></tr>")


def test_a_claim_that_repeats_says_on_whom_it_rests(pages: Pages) -> None:
    rumour = pages.text("id/report_3/rumour.html")
    assert "It rests in the end on" in rumour
    assert pages.text("id/report_1/rise.html").split("It rests in the end on ")[1].split(";")[0] in rumour


def test_of_one_claim_a_page_speaks_in_the_singular(pages: Pages) -> None:
    assert "A text with 1 claim read from it." in pages.text("id/report_4.html")
    described = pages.page("id/report_4.html").one("meta", name="description").attributes["content"]
    assert "and 1 claim read from it" in described
