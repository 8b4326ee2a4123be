"""Every person, organisation and weapon of the registers is named where a claim speaks of it, or says why not."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache

import pyoxigraph as ox
import pytest

from conftest import ROOT

TEXTS = ROOT.parent / "shared" / "seeds"
RR = "https://w3id.org/ruiran/ontology#"
NAMED = f"""
PREFIX rr: <{RR}>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX oa: <http://www.w3.org/ns/oa#>
SELECT DISTINCT ?entry ?name ?document ?start ?end WHERE {{
  VALUES ?kind {{ rr:Person rr:Organisation rr:WeaponSystem }}
  ?entry a ?kind ; rdfs:label|skos:altLabel ?name .
  FILTER NOT EXISTS {{ ?entry rr:unnamed true }}
  FILTER NOT EXISTS {{ ?entry rr:curatorNote ?why }}
  OPTIONAL {{
    ?claim rr:about|rr:attributedTo|rr:relayedBy ?entry ; rr:passage ?passage .
    ?passage oa:hasSource/dcterms:identifier ?document ; oa:hasSelector ?selector .
    ?selector oa:start ?start ; oa:end ?end .
  }}
}}"""


@cache
def text_of(document: str) -> str:
    return (TEXTS / f"{document}.txt").read_bytes().decode()


def plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def query(text: str) -> ox.QuerySolutions:
    store = ox.Store()
    store.load(path=str(ROOT / "dist" / "ruiran-entailed.ttl"), format=ox.RdfFormat.TURTLE)
    found = store.query(text)
    assert isinstance(found, ox.QuerySolutions)
    return found


@pytest.mark.skipif(not TEXTS.is_dir(), reason="the texts of the articles are not here")
def test_every_entry_is_named_in_a_span_or_says_why_not() -> None:
    names: dict[str, set[str]] = defaultdict(set)
    spans: dict[str, set[str]] = defaultdict(set)
    for row in query(NAMED):
        entry = row["entry"].value.rpartition("/")[2]
        names[entry].add(plain(row["name"].value))
        if row["document"] is not None:
            start, end = int(row["start"].value), int(row["end"].value)
            spans[entry].add(plain(text_of(row["document"].value)[start:end]))
    assert len(names) > 50
    unnamed = [
        entry
        for entry, known in names.items()
        if not any(f" {name} " in f" {span} " for name in known for span in spans[entry])
    ]
    assert sorted(unnamed) == []


def test_every_entry_is_needed_by_a_claim() -> None:
    needless = query(f"""SELECT ?entry WHERE {{
        ?entry a <{RR}Entity> .
        FILTER NOT EXISTS {{ ?claim <{RR}about> ?entry }}
        FILTER NOT EXISTS {{ ?claim <{RR}attributedTo> ?entry }}
        FILTER NOT EXISTS {{ ?claim <{RR}relayedBy> ?entry }}
    }}""")
    assert [row["entry"].value for row in needless] == []
