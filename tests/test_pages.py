"""The pages of the website: what they say of things and claims, where they lead, and that data stays data on them."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ruiran_ld.site
from conftest import ROOT
from html_pages import Pages, Parsed, pages_of, parse
from ruiran_ld import dereferencing, pipeline
from ruiran_ld.dataset import DatasetFolder
from ruiran_ld.dereferencing import Layout, page_links
from ruiran_ld.errors import DataError, InternalError
from ruiran_ld.serialization import Graph
from ruiran_ld.site import load_choices, marks, times
from ruiran_ld.site.page import Page
from ruiran_ld.site.rendering import POLICY, Frame, Renderer
from ruiran_ld.site.view import Link, Text, View
from ruiran_ld.vocabulary import compile_vocabulary
from running import run
from sites import rewrite, withdraw

FLOODS = "https://example.org/floods/"
RR = "https://w3id.org/ruiran/ontology#"
LAYOUT = Layout(FLOODS, FLOODS, "dataset", "mappings.sssom.tsv")


@pytest.fixture(scope="module")
def floods(built: Path) -> Pages:
    return pages_of(built)


# --- every page -----------------------------------------------------------------------------------


def test_every_page_is_whole(floods: Pages) -> None:
    for path in floods.paths:
        page = floods.page(path)
        assert page.is_balanced, path
        levels = [int(each.name[1]) for each in page.elements if each.name in {"h1", "h2", "h3", "h4"}]
        assert levels.count(1) == 1, path
        assert all(after <= before + 1 for before, after in zip([0, *levels], levels, strict=False)), path
        root = page.one("html").attributes["data-root"]
        assert root == "../" * path.count("/")
        assert page.one("main").attributes["id"] == "main"
        for table in page.all("table"):
            assert table.text.strip(), path
        assert len(page.all("table")) == len(page.all("caption"))


def test_no_page_has_anything_that_its_policy_forbids(floods: Pages) -> None:
    for path in floods.paths:
        page = floods.page(path)
        policy = page.one("meta", **{"http-equiv": "Content-Security-Policy"}).attributes["content"]
        assert policy == POLICY
        assert not page.all("style"), path
        for element in page.elements:
            assert not {name for name in element.attributes if name == "style" or name.startswith("on")}, path
            for name in ("src", "action"):
                assert "://" not in element.attributes.get(name, ""), path
            if element.name == "script":
                assert element.attributes == {"type": "application/ld+json"}, path


def test_a_document_and_its_page_stand_side_by_side(floods: Pages) -> None:
    page = floods.page("id/report_1/rise.html")
    links = {each.attributes["type"]: each.attributes["href"] for each in page.all("link", rel="alternate")}
    assert links == {
        "text/turtle": "rise.ttl",
        "application/ld+json": "rise.jsonld",
        "application/n-triples": "rise.nt",
    }
    described = {each.subject for each in ox.parse(page.one("script").text, format=ox.RdfFormat.JSON_LD)}
    assert described == {ox.NamedNode(f"{FLOODS}id/report_1/rise")}


# --- what they say --------------------------------------------------------------------------------


def test_a_thing_has_its_names_with_their_languages(floods: Pages) -> None:
    page = floods.page("id/lorn.html")
    assert page.one("h1").text == "Lorn"
    names = {each.text: each.attributes.get("lang") for each in page.all("bdi")}
    assert names["Lorne"] == "de"
    text = floods.text("id/lorn.html")
    assert "German Lorne" in text
    assert "How it was verified: the gazetteer gives the same mouth" in text
    assert "Looked at, and found none: looked under Tarn and Tarn Water" in floods.text("id/tarn.html")


def test_a_value_has_all_the_claims_that_state_it_with_speaker_status_and_passage(floods: Pages) -> None:
    text = floods.text("id/spring-flood-1999.html")
    claims = floods.page("id/spring-flood-1999.html").all("li", class_="claim")
    said = [" ".join(each.text.split()) for each in claims]
    assert any(
        "asserted" in each and "Flood Office" in each and "The flood came to Oldbridge" in each
        and "Claim market · Second report" in each and "characters 0–86" in each
        for each in said
    )  # fmt: skip
    assert "1999~ – 1999 (approximately)" in text
    assert "1999-04-03 – 3 April 1999" in text


def test_a_plan_is_not_taken_for_what_happened(floods: Pages) -> None:
    page = floods.page("id/second-wave.html")
    marks_of = [
        each.text.split()[-1] for each in page.all("span") if each.attributes.get("class", "").startswith("mark")
    ]
    assert marks_of == ["expected", "expected", "feared"]
    # Nor where a thing that it names lists it.
    (line,) = [each for each in floods.page("id/lorn.html").all("li") if "Second wave" in each.text]
    assert line.text.split("·")[0].split()[-1] == "expected"


def test_a_claim_has_its_chain_its_passage_and_its_neighbours(floods: Pages) -> None:
    text = floods.text("id/report_1/second.html")
    assert "said by Flood Office" in text
    assert "read in First report, May 1999, characters 129–166" in text
    assert "ruiran-ld verify --texts" in text
    page = floods.page("id/report_1/second.html")
    assert page.one("a", rel="prev").attributes["href"] == "../../id/report_1/gauge.html"
    assert page.one("a", rel="next").attributes["href"] == "../../id/report_1/nobody.html"
    assert "Repeats" in floods.text("id/report_2/market.html")
    assert "denied" in floods.text("id/report_1/nobody.html")


def test_a_statement_counts_origins_and_not_claims(floods: Pages) -> None:
    path = next(
        path for path in floods.paths
        if path.startswith("statement/") and floods.page(path).one("h1").text == "Spring flood of 1999 floods Oldbridge"
    )  # fmt: skip
    assert "2 claims in 2 documents, from 1 origin" in floods.text(path)


def test_a_document_has_every_passage_in_order_and_says_what_is_covered(floods: Pages) -> None:
    page = floods.page("id/report_1.html")
    rows = [each.attributes["id"] for each in page.all("tr") if "id" in each.attributes]
    assert rows == ["char=0,83", "char=85,127", "char=129,166", "char=168,205"]
    assert {each.attributes["id"] for each in page.all("th") if "id" in each.attributes} >= {"selector=0,83"}
    bars = page.all("rect")
    assert len(bars) == 4
    assert float(bars[1].attributes["x"]) == round(85 * 1000 / 207, 1)
    assert "in claims 199 96.1 %" in floods.text("id/report_1.html")


def test_the_home_page_counts_and_leads_on(floods: Pages) -> None:
    text = floods.text("index.html")
    for figure in ("2 documents", "6 claims", "2 events"):
        assert figure in text
    page = floods.page("index.html")
    sums = floods.files["SHA256SUMS"].decode()
    (row,) = [each for each in page.all("tr") if "floods.ttl" in each.text]
    assert f"{row.text.split()[-1]}  floods.ttl" in sums
    hrefs = {each.attributes["href"] for each in page.all("a")}
    assert {"floods.nt", "floods-entailed.ttl", "things.html", "documents.html", "dataset.html"} <= hrefs


def test_every_download_says_what_it_is(floods: Pages) -> None:
    row = re.compile(r'<tr><th scope="row"><a href="([^"]+)">\1</a></th><td>([^<]*)</td><td>')
    said = dict(row.findall(floods.files["index.html"].decode()))
    released = {line.partition("  ")[2] for line in floods.files["SHA256SUMS"].decode().splitlines()}
    assert {*said} == {"SHA256SUMS", *(name for name in released if not name.startswith("queries/"))}
    assert [name for name, words in said.items() if not words.strip()] == []


def test_what_can_be_cited_has_its_citation(floods: Pages, built: Path) -> None:
    bibtex = floods.page("id/lorn.html").one("pre", id="cite-bibtex").text
    assert bibtex == run("cite", "lorn", "--dataset", built).out
    assert floods.page("id/lorn.html").one("button", **{"data-copy": "#cite-bibtex"}).attributes["hidden"] == ""


@pytest.fixture(scope="module")
def special(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Pages:
    """Make the pages of a dataset with a withdrawn IRI, choices of its keeper, and scripts."""
    folder = shutil.copytree(built, tmp_path_factory.mktemp("special") / "floods")
    passages = {f"{FLOODS}id/report_1#char=0,9": f"{FLOODS}id/report_1#char=0,83"}
    withdraw(folder / "dist", "floods", {f"{FLOODS}id/lorn-river": f"{FLOODS}id/lorn", **passages})
    choices = "scope:\n  covers: [Every flood of the Lorn.]\n  leavesOut: [The droughts.]\nfeaturedQueries: [towns]\n"
    (folder / "seeds" / "site.yaml").write_text(choices + "examples: [lorn]\n", encoding="utf-8")
    scripts = {"page.js": b"//", "engine.wasm": b"", "licences.txt": b"MIT"}
    return Pages(pipeline.make_site(DatasetFolder(folder), scripts))


def test_a_withdrawn_address_says_where_to_go_and_why(special: Pages) -> None:
    text = special.text("id/lorn-river.html")
    assert "published and then withdrawn" in text
    assert "Use instead Lorn" in text
    assert "Withdrawn on 31 January 2026 Why it was the same" in text
    assert "id/lorn.html" in {
        each.attributes["href"].removeprefix("../") for each in special.page("id/lorn-river.html").all("a")
    }


def test_a_withdrawn_passage_is_found_on_the_page_of_its_document(special: Pages) -> None:
    stone = special.page("id/report_1.html").one("section", id="char=0,9")
    assert "Why it was the same" in " ".join(stone.text.split())
    assert {each.attributes["href"] for each in special.page("id/report_1.html").all("a")} >= {
        "../id/report_1.html#char=0,83"
    }


def test_what_the_keeper_chose_stands_on_the_home_page(special: Pages) -> None:
    text = special.text("index.html")
    assert "Every flood of the Lorn." in text
    assert "What it leaves out The droughts." in text
    assert "For example: Lorn." in text


def test_pages_name_the_scripts_that_there_are(special: Pages) -> None:
    assert special.files["assets/engine.wasm"] == b""
    (script,) = special.page("id/lorn.html").all("script", type="module")
    assert script.attributes["src"] == "../assets/page.js"


def test_every_page_leads_to_the_licences_of_the_scripts_that_it_comes_with(special: Pages, floods: Pages) -> None:
    assert special.files["assets/licences.txt"] == b"MIT"
    for path in special.paths:
        link = special.page(path).one("a", href="../" * path.count("/") + "assets/licences.txt")
        assert link.text == "licences of the scripts", path
    for path in floods.paths:
        assert b"licences of the scripts" not in floods.files[path], path


# --- data stays data ------------------------------------------------------------------------------

HOSTILE = "<script>alert(1)</script>\"'&amp;]]><!-- --></script><img src=x onerror=alert(1)>\u202e\u200f"
LONG = HOSTILE + "x" * 10_000


def change_texts(dataset: Path, change: Callable[[str, str], str]) -> None:
    """Change all texts that have a language in what was built, by predicate."""
    changed = {}
    for name in ("floods.ttl", "floods-entailed.ttl", "metadata.ttl"):
        lines = []
        for quad in ox.parse(path=dataset / "dist" / name, format=ox.RdfFormat.TURTLE):
            term = quad.object
            if isinstance(term, ox.Literal) and term.language:
                term = ox.Literal(change(quad.predicate.value, term.value), language=term.language)
            lines.append(f"{quad.subject} {quad.predicate} {term} .\n")
        changed[name] = "".join(lines).encode()
    rewrite(dataset / "dist", changed)


def test_texts_of_the_data_are_never_markup(dataset: Path, floods: Pages) -> None:
    change_texts(dataset, lambda predicate, text: (LONG if predicate == f"{RR}gist" else HOSTILE) + text)
    attacked = pages_of(dataset)
    assert attacked.paths == floods.paths
    for path in floods.paths:
        assert attacked.page(path).is_balanced, path
        assert attacked.page(path).skeleton() == floods.page(path).skeleton(), path
    claim = attacked.page("id/report_1/rise.html")
    assert claim.one("h1").text == LONG + "Oldbridge was flooded when the Lorn overflowed in spring 1999."
    assert claim.one("meta", name="description").attributes["content"].startswith(HOSTILE[:40])
    head = ox.parse(attacked.page("id/mere.html").one("script").text, format=ox.RdfFormat.JSON_LD)
    assert HOSTILE + "Mere" in {each.object.value for each in head if isinstance(each.object, ox.Literal)}


ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
FRAME = Frame("A title", "1.0.0", "en", "https://example.org/licence", "The testers")
RENDERER = Renderer(FRAME)


def seen(text: str) -> str:
    """Give a text as HTML can hold it: without controls, and with one kind of line end."""
    return "".join(
        "\ufffd" if (ord(char) < 32 and char not in "\t\n\r\f") or 127 <= ord(char) < 160 or char in "\ufffe\uffff"
        or 0xFDD0 <= ord(char) <= 0xFDEF else char
        for char in text
    )  # fmt: skip


def record(title: str, value: Text | Link, data: bytes, summary: str) -> Parsed:
    """Render a page of one template with given texts."""
    context = {"ends": [value] * 3, "facts": []}
    page = Page("a/b.html", "record", title, context, data=data, summary=summary)
    return parse(RENDERER.render([page])["a/b.html"])


@settings(max_examples=50, deadline=None)
@given(title=ANY, summary=ANY, value=ANY, data=st.dictionaries(ANY, ANY))
def test_any_text_comes_back_as_it_was(title: str, summary: str, value: str, data: dict[str, str]) -> None:
    parsed = record(title, Text(value, ""), json.dumps(data).encode(), summary or "x")
    assert parsed.is_balanced
    assert parsed.one("h1").text == seen(title)
    assert [each.text for each in parsed.all("bdi")][-3:] == [seen(value)] * 3
    assert json.loads(parsed.one("script").text) == data
    assert parsed.skeleton() == record("x", Text("x", ""), b"{}", "x").skeleton()


@pytest.mark.parametrize(
    ("iri", "is_linked"),
    [
        ("https://example.org/a", True),
        ("http://example.org/a", True),
        ("javascript:alert(1)", False),
        ("JavaScript://example.org/%0Aalert(1)", False),
        ("data:text/html,x", False),
        ("urn:isbn:0451450523", False),
    ],
)
def test_only_addresses_of_the_web_become_links(iri: str, *, is_linked: bool) -> None:
    parsed = record("x", Link(iri, iri, "a name"), b"", "x")
    assert (iri in {each.attributes["href"] for each in parsed.all("a")}) == is_linked
    assert [each.text for each in parsed.all("bdi")][-3:] == ["a name"] * 3


# --- marks and times ------------------------------------------------------------------------------


def test_marks_differ_without_colour() -> None:
    vocabulary = compile_vocabulary(ROOT / "ontology")
    view = View(Graph.read([]), vocabulary, LAYOUT, "en", frozenset(), frozenset())
    statuses, standings = marks.of_statuses(view), marks.of_realis(view)
    shapes = [each.shape for each in (*statuses.values(), *standings.values())]
    assert len(set(shapes)) == len(shapes)
    for iri, mark in statuses.items():
        status = next(each for each in vocabulary.statuses.values() if each.iri == iri)
        assert (mark.is_firm, mark.is_negative) == (status.establishes, status.negates)
        assert (mark.line == "solid") == (status.establishes or status.negates)


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2024-08-05", "5 August 2024"),
        ("2022-08~", "August 2022 (approximately)"),
        ("2024-04?", "April 2024 (uncertain)"),
        ("2022", "2022"),
        ("198X", "the 1980s"),
        ("19XX", "some year from 1900 to 1999"),
        ("2022-XX", "an unknown month of 2022"),
        ("2022-05-XX", "an unknown day of May 2022"),
        ("1999-04/1999-05", "from April 1999 to May 1999"),
        ("2015/..", "from 2015, end open"),
        ("2015/", "from 2015, end unknown"),
        ("../2015", "until 2015, start open"),
        ("/2015~", "until 2015 (approximately), start unknown"),
        ("../..", "../.."),
        ("2015-21", "2015-21"),
        ("not a time", "not a time"),
    ],
)
def test_a_time_in_words(edtf: str, words: str) -> None:
    assert times.in_words(edtf) == words


# --- links ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def hosted(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write what has to be hosted to where it is written by default, beside the sealed release."""
    folder = shutil.copytree(built, tmp_path_factory.mktemp("hosted") / "floods")
    assert run("site", "--dataset", folder, "--without-scripts").status == 0
    return folder / "build" / "hosted" / "site"


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('href="../id/mere.html"', 'href="../id/meer.html"', "id/lorn.html: the link '../id/meer.html' leads nowhere"),
        ('href="#cite"', 'href="#site"', "id/lorn.html: the link '#site' leads nowhere"),
        ('id="claimed"', 'id="cite"', "id/lorn.html: the id 'cite' stands 2 times in the page"),
        ('href="../id/mere.html"', 'href="javascript:x"', "id/lorn.html: the link 'javascript:x' leads nowhere"),
    ],
)
def test_a_link_that_leads_nowhere_is_noticed(hosted: Path, old: str, new: str, problem: str) -> None:
    path = hosted / "id" / "lorn.html"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    try:
        with pytest.raises(InternalError) as raised:
            page_links.follow(hosted, {each.relative_to(hosted).as_posix() for each in hosted.rglob("*")})
        assert problem in str(raised.value)
    finally:
        path.write_text(text, encoding="utf-8")


def test_a_document_without_a_page_is_noticed(hosted: Path) -> None:
    path = hosted / "id" / "tarn.html"
    text = path.read_bytes()
    path.unlink()
    try:
        with pytest.raises(InternalError, match=r"id/tarn\.html: there is no such page"):
            dereferencing.check(hosted, LAYOUT)
    finally:
        path.write_bytes(text)


# --- choices and scripts --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("choices", "problem"),
    [
        (
            "featuredQueries: [town]",
            ":1: 'featuredQueries' names 'town', which there is not; did you mean 'towns'?",
        ),
        ("network: {classes: [Fload]}", "'network.classes' names 'Fload', which there is not; did you mean 'Flood'?"),
        ("scop: {}", ":1: site has an unknown key 'scop'; did you mean 'scope'?"),
        ("examples: [nobody]", ":1: 'examples' names 'nobody', which there is not"),
    ],
)
def test_a_choice_that_is_none_is_told_to_the_keeper(built: Path, tmp_path: Path, choices: str, problem: str) -> None:
    (tmp_path / "site.yaml").write_text(choices + "\n", encoding="utf-8")
    with pytest.raises(DataError) as raised:
        load_choices(tmp_path, compile_vocabulary(built / "ontology"), {"towns"}, {"lorn"})
    assert problem in str(raised.value)


def test_scripts_that_were_not_built(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ruiran_ld.site, "BUILT", "nothing")
    outcome = run("site", "--dataset", built, "--out", tmp_path / "out")
    assert outcome.status == 2
    assert "'make site' builds them; '--without-scripts'" in outcome.err
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
def test_every_page_of_ours_is_whole() -> None:
    pages = pages_of(ROOT)
    test_every_page_is_whole(pages)
    test_no_page_has_anything_that_its_policy_forbids(pages)
    first = sum(len(pages.files[name]) for name in ("index.html", "assets/site.css", "assets/icon.svg"))
    assert first < 100_000
