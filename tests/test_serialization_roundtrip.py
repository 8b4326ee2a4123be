"""Whatever a graph holds, each format is read back to exactly it, by readers that we did not write."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from pyld import jsonld

from ruiran_ld import ntriples
from ruiran_ld.errors import InternalError
from ruiran_ld.namespaces import OA, RDF, RDFS, RR, XSD
from ruiran_ld.serialization import FORMATS, Graph, Presentation, serialize
from ruiran_ld.vocabulary import compile_vocabulary

BASE = "https://example.org/data/"
EX = "https://example.org/vocabulary#"
PRESENTATION = Presentation(BASE, compile_vocabulary(Path(__file__).parent / "serialization" / "ontology"), "ruiran")

NASTY_TEXTS = [
    "",
    " ",
    '"',
    '"""',
    "\\",
    "\\u0041",
    "a\nb\r\nc\td",
    "\x00\x01\x08\x0b\x0c\x1f\x7f\x85",
    "\u2028\u2029\u200f\u202e\ufeff\ufffe",
    "سرگئی شویگو",
    "😀👩‍🔬",
    "_:b",
    "@id",
    "@none",
    "<https://example.org/data/id/x>",
    "id:x",
    "# --- no heading",
    "true",
    "01",
]
NASTY_LOCALS = [
    "x", "0", "a.b", "a.", ".a", "-a", "a-", "_", "a:b", ":", "a,b", "a=b", "a+b", "a~b", "a'b", "a!b", "a$b", "a&b",
    "a(b)", "a*b", "a;b", "a/b", "a/", "/a", "//a", "a?b", "a%20b", "%41", "a@b", "Иран", "ایران", "état", "c0",
    "007_x", "007_x/c1", "007_x/claims", "a//b", "e\u0301", "𐎠",
]  # fmt: skip
FRAGMENT_LOCALS = ["007_x#char=1,22", "007_x#selector=1,22", "x#", "x#a/b"]
OTHER_IRIS = [
    "urn:uuid:0", "tag:x,2024:y", "mailto:a@example.org", "geo:1,2", "id:x", "value:0", "statement:0", "about:x",
    "rr:x", "Ferry:x", "http:a", "https://example.org", "https://example.org/data/", "https://example.org/vocabulary#",
    f"{RDF}nil", f"{RDF}first", f"{RDF}JSON", f"{XSD}integer",
]  # fmt: skip
TERMS = ["about", "states", "gist", "count", "tonnes", "insured", "sailed", "statement", "weather", "Ferry"]

namespaces = st.sampled_from([f"{BASE}id/", f"{BASE}statement/", f"{BASE}concept/weather/", "https://other.example/"])
iris = st.one_of(
    st.builds("{}{}".format, namespaces, st.sampled_from([*NASTY_LOCALS, *FRAGMENT_LOCALS])),
    st.builds("{}{}".format, st.sampled_from([EX, RR]), st.sampled_from([*TERMS, *NASTY_LOCALS])),
    st.sampled_from(OTHER_IRIS),
)
core = [f"{RR}document", f"{RR}passage", f"{RDFS}label", f"{OA}start", f"{OA}hasSelector", f"{RDF}object", f"{RDF}type"]
predicates = st.one_of(st.sampled_from(core), st.builds("{}{}".format, st.just(EX), st.sampled_from(TERMS)), iris)
texts = st.one_of(st.sampled_from(NASTY_TEXTS), st.text(max_size=12))
lexicals = st.one_of(
    st.sampled_from(
        ["01", "-0", "+1", "0", "-7", "12", "9" * 15, "9" * 16, "1e21", "1.0", "1.50", "TRUE", "true", "1"]
    ),
    texts,
)
datatypes = st.one_of(
    st.sampled_from(
        [f"{XSD}{name}" for name in ("integer", "nonNegativeInteger", "boolean", "decimal", "double", "date")]
    ),
    iris.filter(lambda iri: not iri.startswith(RDF)),
)
languages = st.sampled_from(["en", "ru", "fa", "en-gb", "zh-hant-tw", "x-none"])
literals = st.one_of(
    st.builds(ntriples.string, texts),
    st.builds(ntriples.lang_string, texts, languages),
    st.builds(ntriples.typed, lexicals, datatypes),
)
classes = st.sampled_from([f"{RR}Claim", f"{RR}Document", f"{RR}Event", f"{RR}OccurredEvent", f"{EX}Ferry"])
objects = st.one_of(iris.map(ntriples.iri), classes.map(ntriples.iri), literals)
triples = st.builds("{} {} {} .".format, iris.map(ntriples.iri), predicates.map(ntriples.iri), objects)
graphs = st.lists(triples, max_size=12).map(lambda lines: sorted(set(lines)))
json_graphs = graphs.filter(lambda lines: not any(line.endswith(f"^^<{XSD}double> .") for line in lines))


@pytest.fixture(autouse=True)
def literal_forms_stay() -> Iterator[None]:
    """Keep rdflib from making numbers of literals and writing them otherwise: 01 is not 1."""
    before = rdflib.NORMALIZE_LITERALS
    rdflib.NORMALIZE_LITERALS = False
    yield
    rdflib.NORMALIZE_LITERALS = before


def written(lines: list[str], suffix: str) -> str:
    (format_,) = (one for one in FORMATS if f".{suffix}" == one.SUFFIX)
    return serialize(Graph.read(lines), PRESENTATION, (format_,))[f"ruiran.{suffix}"].decode()


def in_oxigraph(text: str, format_: ox.RdfFormat) -> list[str]:
    quads = ox.parse(text.encode(), format=format_, lenient=True)
    return sorted({" ".join([*map(ntriples.term, quad.triple), "."]) for quad in quads})


def in_rdflib(text: str, format_: str) -> list[str]:
    def term(node: Any) -> str:
        if isinstance(node, rdflib.URIRef):
            return f"<{node}>"
        assert isinstance(node, rdflib.Literal), f"a blank node: {node!r}"
        if node.language:
            return ntriples.lang_string(str(node), node.language)
        return ntriples.typed(str(node), str(node.datatype or f"{XSD}string"))

    graph = rdflib.Graph().parse(data=text, format=format_)
    return sorted({" ".join([*map(term, triple), "."]) for triple in graph})


def in_pyld(text: str) -> list[str]:
    def term(node: dict[str, str]) -> str:
        if node["type"] == "IRI":
            return f"<{node['value']}>"
        assert node["type"] == "literal", node
        if "language" in node:
            return ntriples.lang_string(node["value"], node["language"])
        return ntriples.typed(node["value"], node["datatype"])

    def refuse(url: str, _options: object) -> None:
        raise AssertionError(url)

    dataset = jsonld.to_rdf(json.loads(text), {"documentLoader": refuse})
    assert set(dataset) <= {"@default"}
    rows = dataset.get("@default", [])
    return sorted({" ".join([*(term(row[part]) for part in ("subject", "predicate", "object")), "."]) for row in rows})


@given(graphs)
@settings(max_examples=200, deadline=None)
def test_n_triples(lines: list[str]) -> None:
    text = written(lines, "nt")
    assert text.split("\n")[:-1] == lines
    assert in_oxigraph(text, ox.RdfFormat.N_TRIPLES) == lines


@given(graphs)
@settings(max_examples=200, deadline=None)
def test_turtle(lines: list[str]) -> None:
    text = written(lines, "ttl")
    assert in_oxigraph(text, ox.RdfFormat.TURTLE) == lines
    assert in_rdflib(text, "turtle") == lines


@given(graphs)
@settings(max_examples=200, deadline=None)
def test_trig(lines: list[str]) -> None:
    assert in_oxigraph(written(lines, "trig"), ox.RdfFormat.TRIG) == lines


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # rdflib's own parser uses it
@given(json_graphs)
@settings(max_examples=200, deadline=None)
def test_json_ld(lines: list[str]) -> None:
    text = written(lines, "jsonld")
    assert in_pyld(text) == lines
    assert in_rdflib(text, "json-ld") == lines
    assert in_oxigraph(text, ox.RdfFormat.JSON_LD) == lines


def test_json_ld_refuses_a_double_because_its_readers_would_rewrite_it() -> None:
    with pytest.raises(InternalError, match="xsd:decimal"):
        written([f'<urn:x:s> <urn:x:p> "01"^^<{XSD}double> .'], "jsonld")


@given(json_graphs, st.randoms(use_true_random=False))
@settings(max_examples=50, deadline=None)
def test_the_order_of_the_input_does_not_matter(lines: list[str], random: Any) -> None:
    shuffled = random.sample(lines, len(lines))
    assert serialize(Graph.read(shuffled), PRESENTATION) == serialize(Graph.read(lines), PRESENTATION)


def test_claims_stand_in_the_graph_of_their_document() -> None:
    text = (Path(__file__).parent / "serialization" / "layout.trig").read_bytes()
    graphs_of: dict[str, set[str]] = {}
    for quad in ox.parse(text, format=ox.RdfFormat.TRIG):
        graphs_of.setdefault(str(quad.graph_name), set()).add(str(quad.subject)[1:-1])
    named = {name: subjects for name, subjects in graphs_of.items() if name.startswith("<")}
    assert set(named) == {f"<{BASE}id/007_log/claims>", f"<{BASE}id/008_a/claims>"}
    assert named[f"<{BASE}id/008_a/claims>"] == {
        f"{BASE}id/008_a/c1",
        f"{BASE}id/008_a#char=0,9",
        f"{BASE}id/008_a#selector=0,9",
    }
    (default,) = set(graphs_of) - set(named)
    assert not graphs_of[default] & set().union(*named.values())


def test_the_layout_case_is_the_same_graph_in_every_format() -> None:
    folder = Path(__file__).parent / "serialization"
    lines = (folder / "layout.nt").read_text(encoding="utf-8").splitlines()
    assert in_oxigraph((folder / "layout.ttl").read_text(encoding="utf-8"), ox.RdfFormat.TURTLE) == lines
    assert in_oxigraph((folder / "layout.trig").read_text(encoding="utf-8"), ox.RdfFormat.TRIG) == lines
    assert in_pyld((folder / "layout.jsonld").read_text(encoding="utf-8")) == lines
