"""What the writers of differences write gives the new graph, in the hands of others; the page for people says it."""

from __future__ import annotations

import base64
import hashlib
import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import example, given, settings
from hypothesis import strategies as st

import rdf_patch
from ruiran_ld import ntriples
from ruiran_ld.delta import Edition, update, write_markdown, write_patch, write_update
from ruiran_ld.delta.words import plain
from ruiran_ld.errors import DataError
from ruiran_ld.namespaces import RDF, RR, XSD

BASE = "https://example.org/"
# Each of these has been mistaken for something else by a reader of escapes, comments, lines or numbers.
NASTY = (
    "", '"', "'", '"""', "\\", "\\\\", "\\u0041", "\\U00000041", "\\\\u0041", "\\n", "\x01abcd", "\x1f0041", "\x7f\x00",
    "\r\n\t\b\f", "# no comment", "} ; DROP ALL", "<x>", "?v $v", "{}", "😀👩‍👩‍👧", "\u202eright\u200f", "می‌شود",
    "\u2028\u2029\x85\ufeff", "e\u0301", "C:\\Users\\user", "^^", "@en", " . ", "\ud7ff\ue000\U0010ffff",
)  # fmt: skip
TEXTS = st.one_of(
    st.sampled_from(NASTY),
    st.lists(st.sampled_from(NASTY), max_size=3).map("".join),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
)
# Stores may keep the value of a number and forget how it was written, so numbers are written as XSD does.
TYPED = st.one_of(
    st.integers(-(10**6), 10**6).map(lambda number: (str(number), f"{XSD}integer")),
    st.dates().map(lambda day: (day.isoformat(), f"{XSD}date")),
    st.sampled_from([("true", f"{XSD}boolean"), ("2022-08~", "http://id.loc.gov/datatypes/edtf")]),
    TEXTS.map(lambda text: (text, f"{BASE}datatype")),
)
IRIS = st.sampled_from(["a", "b#c=1,2", "é/ü", "😀", "x?q=%20&y=(z)", "document#char=0,1", "user/\u06af"]).map(
    lambda name: f"<{BASE}{name}>"
)
LITERALS = st.one_of(
    TEXTS.map(ntriples.string),
    st.builds(ntriples.lang_string, TEXTS, st.sampled_from(["en", "fa", "ru-latn", "zh-hant-tw"])),
    TYPED.map(lambda pair: ntriples.typed(*pair)),
)
LINES = st.builds(lambda s, p, o: f"{s} {p} {o} .", IRIS, IRIS, st.one_of(IRIS, LITERALS))


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Edition, Edition]:
    """Give two graphs that have something in common."""
    both, old, new = (draw(st.sets(LINES, max_size=6)) for _ in range(3))
    return edition("1.0.0", *both, *old), edition("1.1.0", *both, *new)


def edition(name: str, *lines: str, ontology: str = "") -> Edition:
    return Edition(name, sorted(set(lines)), ontology.encode())


def swapped(*texts: str) -> tuple[Edition, Edition]:
    """Give two graphs of which each has some literals and their neighbours that the other has not."""
    lines = [f"<{BASE}s> <{BASE}p> {ntriples.string(text)} ." for text in texts]
    return edition("1.0.0", *lines[::2]), edition("1.1.0", *lines[1::2])


@contextmanager
def lexical_forms_kept() -> Iterator[None]:
    """Have rdflib leave literals as they are written."""
    before, rdflib.NORMALIZE_LITERALS = rdflib.NORMALIZE_LITERALS, False
    try:
        yield
    finally:
        rdflib.NORMALIZE_LITERALS = before


def in_rdflib(lines: object) -> rdflib.Graph:
    assert isinstance(lines, list | set | tuple)
    graph = rdflib.Graph()
    graph.parse(data=ntriples.join_lines(sorted(lines)).decode(), format="nt")
    return graph


def in_oxigraph(lines: object) -> ox.Store:
    assert isinstance(lines, list | set | tuple)
    store = ox.Store()
    store.load(ntriples.join_lines(sorted(lines)), format=ox.RdfFormat.N_TRIPLES)
    return store


@given(pairs())
@example(swapped(*NASTY))
@example(swapped(*reversed(NASTY)))
@settings(max_examples=60, deadline=None)
def test_old_and_patch_give_new(pair: tuple[Edition, Edition]) -> None:
    old, new = pair
    found = rdf_patch.read("".join(write_patch(old, new))).applied({*old.lines})
    assert found == {*new.lines}
    assert set(in_oxigraph(found)) == set(in_oxigraph(list(new.lines)))
    with lexical_forms_kept():
        assert set(in_rdflib(found)) == set(in_rdflib(list(new.lines)))


@given(pairs())
@example(swapped(*NASTY))
@example(swapped(*reversed(NASTY)))
@settings(max_examples=60, deadline=None)
def test_old_and_update_give_new(pair: tuple[Edition, Edition]) -> None:
    old, new = pair
    text = "".join(write_update(old, new))
    store = in_oxigraph(list(old.lines))
    store.update(text)
    assert set(store) == set(in_oxigraph(list(new.lines)))
    with lexical_forms_kept():
        graph = in_rdflib(list(old.lines))
        for operation in operations(text):  # rdflib refuses an update without any
            graph.update(operation)
        assert set(graph) == set(in_rdflib(list(new.lines)))


def operations(text: str) -> list[str]:
    """Give the whole update, or nothing where it has no operation in it."""
    return [text] if re.search(r"^(DELETE|INSERT) DATA", text, re.MULTILINE) else []


@pytest.mark.parametrize(
    ("gone", "come", "operations_each"),
    [
        (0, 1, (0, 1)),
        (update.BLOCK, update.BLOCK + 1, (1, 2)),
        (0, update.BLOCK * update.OPERATIONS, (0, update.OPERATIONS)),
        (1, update.BLOCK * update.OPERATIONS * 2, (1, update.OPERATIONS)),
    ],
)
def test_an_update_comes_in_operations_that_stores_can_read(
    gone: int, come: int, operations_each: tuple[int, int]
) -> None:
    old = edition("1.0.0", *(f"<{BASE}s> <{BASE}p> <{BASE}{number}> ." for number in range(gone)))
    new = edition("1.1.0", *(f"<{BASE}s> <{BASE}q> <{BASE}{number}> ." for number in range(come)))
    text = "".join(write_update(old, new))
    assert (text.count("DELETE DATA {\n"), text.count("INSERT DATA {\n")) == operations_each
    assert max(operation.count("\n") for operation in text.split(" ;\n")) < 10_000


def test_rdflib_reads_as_many_operations_as_an_update_has() -> None:
    # Its parser takes them one within the other.
    lines = [f"<{BASE}s> <{BASE}p> <{BASE}{number}> ." for number in range(update.OPERATIONS)]
    text = "".join(f"INSERT DATA {{\n{line}\n}} ;\n" for line in lines)
    graph = rdflib.Graph()
    graph.update(text + "INSERT DATA {} ;\n")
    assert len(graph) == update.OPERATIONS


def test_every_reading_of_escapes_is_the_same() -> None:
    # SPARQL 1.1, section 19.2, read to the letter: \u and \U are replaced first, wherever they stand.
    line = f"<{BASE}s> <{BASE}p> {ntriples.string('C:' + chr(92) + 'u0041' + chr(1) + 'abcd')} ."
    written = update.sparql_line(line)
    replaced = re.sub(r"\\U([0-9A-F]{8})", lambda match: chr(int(match[1], 16)), written)
    assert "\\u0" not in written
    assert replaced == f'<{BASE}s> <{BASE}p> "C:\\\\u0041\x01abcd" .'


def test_the_headers_of_patches_make_a_log() -> None:
    first, second, third = (edition(name, f"<{BASE}s> <{BASE}p> <{BASE}{name}> .") for name in ("1", "2", "3"))
    one = rdf_patch.read("".join(write_patch(first, second)))
    other = rdf_patch.read("".join(write_patch(second, third)))
    assert one.header["id"] == other.header["prev"]
    assert len({one.header["prev"], one.header["id"], other.header["id"]}) == 3
    digest = hashlib.sha256(f"{second.lines[0]}\n".encode()).digest()
    name = "ni:///sha-256;" + base64.urlsafe_b64encode(digest).decode().rstrip("=")
    assert one.header["id"] == f"<uuid:{uuid.uuid5(uuid.NAMESPACE_URL, name)}>"


# --- The page for people -----------------------------------------------------------------------------------------

TERMS = f"""
@prefix rr: <{RR}> . @prefix ex: <{BASE}> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
ex:River rdfs:subClassOf rr:Entity ; rdfs:label "river"@en .
ex:Flood rdfs:subClassOf rr:Event ; rdfs:label "flood"@en .
ex:Level rdfs:subClassOf rr:Value ; rdfs:label "level"@en .
ex:joins rdfs:label "joins"@en . ex:crest rdfs:label "crest"@en . ex:metres rdfs:label "metres"@en .
rr:Claim rdfs:label "claim"@en . rr:Event rdfs:label "event"@en . rr:Entity rdfs:label "entity"@en .
rr:Statement rdfs:label "statement"@en . rr:Passage rdfs:label "passage"@en . rr:Document rdfs:label "document"@en .
rr:UnnamedAuthor rdfs:label "unnamed author"@en .
rr:gist rdfs:label "gist"@en . rr:passage rdfs:label "passage"@en . rr:states rdfs:label "states"@en .
rr:epistemicStatus rdfs:label "epistemic status"@en . rr:realis rdfs:label "realis"@en .
rr:establishes rdfs:label "establishes"@en . rdfs:label rdfs:label "label"@en .
ex:certain rdfs:label "certain"@en ; rr:establishes true . ex:doubted rdfs:label "doubted"@en .
ex:happened rdfs:label "happened"@en . ex:feared rdfs:label "feared"@en .
"""
DATA = f"""
@prefix rr: <{RR}> . @prefix ex: <{BASE}> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix rdf: <{RDF}> . @prefix oa: <http://www.w3.org/ns/oa#> . @prefix dcterms: <http://purl.org/dc/terms/> .
@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix prov: <http://www.w3.org/ns/prov#> . @prefix xsd: <{XSD}> .
ex:dataset a dcat:Dataset ; dcterms:title "Floods"@en ; owl:versionInfo "1.0.0" .
ex:lorn a ex:River ; rdfs:label "Lorn"@en , "Лорн"@ru .
ex:tarn a ex:River ; rdfs:label "Tarn"@en .
ex:flood a ex:Flood ; rdfs:label "Flood of [1990]"@en ; rr:realis ex:feared ; ex:crest ex:value1 .
ex:value1 a ex:Level ; ex:metres 4 .
ex:doc a rr:Document ; rdfs:label "Report"@en .
ex:author a rr:UnnamedAuthor ; rdfs:label "unnamed author of doc"@en .
<{BASE}doc/c1> a rr:Claim ; rr:document ex:doc ; rr:gist "The Lorn joins the Tarn."@en ; rr:attributedTo ex:author ;
    rr:epistemicStatus ex:doubted ; rr:states ex:joining ; rr:passage <{BASE}doc#char=1,5> .
ex:joining a rr:Statement ; rdf:subject ex:lorn ; rdf:predicate ex:joins ; rdf:object ex:tarn .
<{BASE}doc#char=1,5> a rr:Passage ; rr:sha256 "00" ; oa:hasSelector ex:selector .
ex:selector a oa:TextPositionSelector ; oa:start 1 ; oa:end 5 .
"""


def turtle(text: str, name: str = "1.0.0", terms: str = TERMS) -> Edition:
    quads = ox.parse(text.encode(), format=ox.RdfFormat.TURTLE)
    return edition(name, *(f"{q.subject} {q.predicate} {ntriples.term(q.object)} ." for q in quads), ontology=terms)


def page(*changes: tuple[str, str], terms: str = TERMS) -> dict[str, str]:
    """Write the page of a change to ``DATA``: heading -> what stands under it."""
    text = DATA
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    whole = "".join(write_markdown(turtle(DATA), turtle(text, "1.1.0", terms), "en"))
    head, *sections = re.split(r"^## ", whole, flags=re.MULTILINE)
    return {"": head} | dict(section.split("\n", 1) for section in sections)


def test_the_page_begins_with_counts() -> None:
    found = page(("The Lorn joins the Tarn", "The Lorn reaches the Tarn"), ('"Lorn"', '"Great Lorn"'))
    assert found[""].splitlines() == [
        "# Floods: from 1.0.0 to 1.1.0",
        "",
        "| | Retracted | Corrected | Status changed | Changed | Added |",
        "|---|---:|---:|---:|---:|---:|",
        "| claim | – | 1 | – | – | – |",
        "| entity | – | – | – | 1 | – |",
        "",
        "2 triples are new and 2 are gone.",
        "",
    ]


def test_equal_editions_have_no_changes() -> None:
    assert "Nothing changed." in page()[""]
    assert set(page()) == {""}


FLOOD = 'ex:flood a ex:Flood ; rdfs:label "Flood of [1990]"@en ; rr:realis ex:feared ; ex:crest ex:value1 .'
TARN = "ex:tarn a ex:River"
CLAIM = f"""<{BASE}doc/c2> a rr:Claim ; rr:document ex:doc ; rr:gist "So."@en ; rr:attributedTo ex:author ;
    rr:epistemicStatus ex:certain . """
SECOND = 'ex:second a ex:Flood ; rdfs:label "Second flood"@en ; rr:realis ex:feared . '
DALE = 'ex:dale a ex:River ; rdfs:label "Dale"@en . '


def at(label: str, name: str) -> str:
    """Write the link that the page has for a thing."""
    return f"[{label}]({BASE}{name})"


C2 = at("c2", "doc/c2")
CASES = {
    "gist": (
        "Corrected",
        ("joins the Tarn.", "reaches it."),
        "- gist: from “The Lorn joins the Tarn.” to “The Lorn reaches it.”",
    ),
    "statement": (
        "Corrected",
        ("rr:states ex:joining ;", ""),
        f"- states: removed {at('Lorn – joins – Tarn', 'joining')}",
    ),
    "hash": ("Corrected", ('rr:sha256 "00"', 'rr:sha256 "11"'), "its passage has another hash"),
    "status": (
        "Status changed",
        ("ex:doubted", "ex:certain"),
        f"- epistemic status: from {at('doubted', 'doubted')} to {at('certain', 'certain')}",
    ),
    "realis": (
        "Status changed",
        ("rr:realis ex:feared", "rr:realis ex:happened"),
        f"- realis: from {at('feared', 'feared')} to {at('happened', 'happened')}",
    ),
    "established": (
        "Status changed",
        ("ex:lorn a ex:River", "ex:lorn ex:joins ex:tarn ; a ex:River"),
        f"now established by claims: {at('Lorn', 'lorn')} – joins – {at('Tarn', 'tarn')} ({at('c1', 'doc/c1')})",
    ),
    "label": ("Changed", ('"Лорн"@ru', '"Ло́рн"@ru'), "- label: from “Лорн” (ru) to “Ло́рн” (ru)"),
    "relation": ("Changed", (TARN, f"{TARN} ; ex:joins ex:lorn"), f"- joins: added {at('Lorn', 'lorn')}"),
    "value": (
        "Changed",
        ("value1", "value2"),
        f"- crest: from {at('level', 'value1')} (metres “4”) to {at('level', 'value2')} (metres “4”)",
    ),
    "new thing": ("Added", (TARN, DALE + TARN), f"### river (1)\n\n- {at('Dale', 'dale')}"),
    "new event": ("Added", (TARN, SECOND + TARN), f"### flood (1)\n\n- {at('Second flood', 'second')}: feared"),
    "new claim": (
        "Added",
        (TARN, CLAIM + TARN),
        f"### claim: {at('Report', 'doc')} (1)\n\n- “So.” — {at('unnamed author', 'author')}, certain · {C2}",
    ),
    "gone": (
        "Retracted",
        (FLOOD, ""),
        f"- [Flood of \\[1990\\]]({BASE}flood) (flood)\n  - no longer described, and without a tombstone",
    ),
}
"""Group, what is exchanged in ``DATA``, and what the page then says in that group and in no other."""


@pytest.mark.parametrize(("group", "change", "sentence"), CASES.values(), ids=CASES)
def test_each_change_stands_in_its_group(group: str, change: tuple[str, str], sentence: str) -> None:
    found = page(change)
    assert set(found) == {"", group}
    assert sentence in found[group]


def test_a_tombstone_says_why_and_what_to_use_instead() -> None:
    stone = (
        'ex:lorn a rr:Tombstone ; owl:deprecated true ; rr:deprecationReason "Named twice."@en ; dcterms:isReplacedBy '
        'ex:tarn ; prov:invalidatedAtTime "2026-02-01T00:00:00Z"^^xsd:dateTime .'
    )
    found = page(('ex:lorn a ex:River ; rdfs:label "Lorn"@en , "Лорн"@ru .', stone))
    assert set(found) == {"", "Retracted"}
    assert found["Retracted"].splitlines()[-3:] == [
        f"- [Lorn]({BASE}lorn) (river)",
        "  - withdrawn on 2026-02-01: Named twice.",
        f"  - use instead: [Tarn]({BASE}tarn) (river)",
    ]


def test_what_came_and_went_between_two_editions_is_not_listed() -> None:
    stone = 'ex:beck a rr:Tombstone ; owl:deprecated true ; rr:deprecationReason "No water."@en . '
    assert set(page((TARN, stone + TARN))) == {""}


def test_a_status_that_no_longer_establishes_is_told() -> None:
    found = page(terms=TERMS.replace("rr:establishes true", "rr:establishes false"))
    assert found["Status changed"].splitlines()[-2:] == [
        f"- [certain]({BASE}certain)",
        "  - establishes: from “true” to “false”",
    ]


def test_positions_and_hashes_are_counted_and_not_listed() -> None:
    found = page(("char=1,5", "char=2,5"))
    assert f"passage: from [characters 1–5]({BASE}doc#char=1,5) to [characters 1–5]" in found["Corrected"]
    assert "| passage | 1 | – | – | – | 1 |" in found[""]
    assert set(found) == {"", "Corrected"}


@given(TEXTS)
def test_a_text_is_nothing_but_text_in_markdown(text: str) -> None:
    written = plain(text)
    assert not re.search(r"[\\`*_\[\]<>&|~!]", re.sub(r"\\.", "", written))
    assert all(char.isprintable() or char in "\u200c\u200d" for char in written)
    assert written == written.strip()
    shown = re.sub(r"\\(.)", r"\1", written)
    if all(char.isprintable() for char in text):
        assert shown == " ".join(text.split())


def test_an_ontology_that_is_no_turtle_is_an_error_for_people() -> None:
    with pytest.raises(DataError, match=r"ontology\.ttl: not Turtle"):
        list(write_markdown(turtle(DATA), turtle(DATA, terms="nonsense"), "en"))
