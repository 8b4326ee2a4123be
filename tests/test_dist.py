"""What people download: the files of dist/ hold one graph, in the words of readers that are not ours."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from pyld import jsonld

from ruiran_ld import queries
from ruiran_ld.release import SUMS, describe_release, verify_release

DIST = Path(__file__).parent.parent / "dist"
FORMATS = {
    "ruiran.ttl": ox.RdfFormat.TURTLE,
    "ruiran.jsonld": ox.RdfFormat.JSON_LD,
    "ruiran.nt": ox.RdfFormat.N_TRIPLES,
    "ruiran.trig": ox.RdfFormat.TRIG,
}


def canonical(quads: ox.QuadParser) -> set[str]:
    """Give the triples of a document, whatever graph they stand in, canonicalized by RDFC-1.0."""
    dataset = ox.Dataset(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return {str(quad.triple) for quad in dataset}


@pytest.fixture(scope="module")
def triples() -> set[str]:
    return canonical(ox.parse(path=str(DIST / "ruiran.nt"), format=ox.RdfFormat.N_TRIPLES))


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_holds_the_same_graph(name: str, triples: set[str]) -> None:
    assert canonical(ox.parse(path=str(DIST / name), format=FORMATS[name])) == triples


@pytest.mark.parametrize("name", [*FORMATS, "ruiran-entailed.ttl"])
def test_there_is_no_blank_node(name: str) -> None:
    quads = ox.parse(path=str(DIST / name), format=FORMATS.get(name, ox.RdfFormat.TURTLE))
    assert not any(isinstance(term, ox.BlankNode) for quad in quads for term in (quad.subject, quad.object))


def test_pyld_reads_the_same_graph(triples: set[str]) -> None:
    def refuse(url: str, _options: Any) -> Any:
        raise AssertionError(f"the document needs {url}")

    document = json.loads((DIST / "ruiran.jsonld").read_text(encoding="utf-8"))
    options = {"format": "application/n-quads", "documentLoader": refuse}
    quads = jsonld.to_rdf(document, options)
    assert canonical(ox.parse(quads.encode(), format=ox.RdfFormat.N_QUADS)) == triples


def test_the_context_stands_by_itself_as_well() -> None:
    context = json.loads((DIST / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    assert json.loads((DIST / "ruiran.jsonld").read_text(encoding="utf-8"))["@context"] == context


def test_each_document_has_a_graph_for_its_claims() -> None:
    store = ox.Store()
    store.bulk_load(path=str(DIST / "ruiran.trig"), format=ox.RdfFormat.TRIG)
    claim, document = "<https://w3id.org/ruiran/ontology#Claim>", "<https://w3id.org/ruiran/ontology#Document>"
    assert not queries.run(store, f"SELECT ?c {{ ?c a {claim} }}").rows
    graphs = queries.run(store, f"SELECT DISTINCT ?g {{ GRAPH ?g {{ ?c a {claim} }} }} ORDER BY ?g").rows
    documents = queries.run(store, f"SELECT ?d {{ ?d a {document} }} ORDER BY ?d").rows
    assert [graph for (graph,) in graphs] == [f"{str(d).rstrip('>')}/claims>" for (d,) in documents]


def test_the_entailed_graph_has_all_that_is_asserted_and_more(triples: set[str]) -> None:
    everything = canonical(ox.parse(path=str(DIST / "ruiran-entailed.ttl"), format=ox.RdfFormat.TURTLE))
    assert triples < everything


def test_the_checksums_fit_and_name_every_file() -> None:
    verify_release(DIST)
    files = {path.relative_to(DIST).as_posix() for path in DIST.rglob("*") if path.is_file()}
    assert files == {SUMS, *(file.name for file in describe_release(DIST))}
