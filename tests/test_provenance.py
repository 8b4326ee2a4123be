"""Whatever is published of an event, or of any entity, is stated by a claim: as queries that return nothing.

The exceptions stand here by name, so that calling a property a register's in the ontology excuses nothing.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import zip_longest
from pathlib import Path

import pyoxigraph as ox
import pytest

ROOT = Path(__file__).parents[1]
DATA = ROOT / "dist" / "ruiran.ttl"
ONTOLOGY = ROOT / "dist" / "ontology.ttl"
RR = "https://w3id.org/ruiran/ontology#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"

PREFIXES = f"""
PREFIX rr: <{RR}>
PREFIX rdf: <{RDF}>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""

# What a register gives and what is derived from claims; all else is stated by claims.
GIVEN = (
    "rdf:type, rdfs:label, skos:altLabel, skos:exactMatch, skos:closeMatch, rr:noMatchIn, rr:unnamed, rr:curatorNote, "
    "rr:countryCode"
)
DERIVED = "rr:realis, rr:earliestStart, rr:latestStart, rr:earliestEnd, rr:latestEnd"


def unstated(kind: str, which: str = "", claim: str = "") -> str:
    """Write the query for direct triples of instances of a class that no claim states.

    Args:
        kind: the class.
        which: a further condition on ``?subject``.
        claim: a further condition on ``?claim``.
    """
    return f"""{PREFIXES}
SELECT DISTINCT ?subject ?predicate ?object WHERE {{
  ?subject a/rdfs:subClassOf* {kind} ; ?predicate ?object .
  {which}
  FILTER (?predicate NOT IN ({GIVEN}, {DERIVED}))
  FILTER NOT EXISTS {{
    ?statement rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object .
    ?claim rr:states ?statement .
    {claim}
  }}
}}"""


EVENTS = unstated("rr:Event")
ENTITIES = unstated("rr:Entity")
LASTING = unstated(
    "rr:Entity",
    "FILTER NOT EXISTS { ?subject a/rdfs:subClassOf* rr:Event }",
    "?claim rr:epistemicStatus ?status . ?status rr:establishes true . FILTER NOT EXISTS { ?claim rr:mistaken true }",
)
# Nothing escapes the queries above by being of a class that they do not look at: these say nothing of the world.
UNKNOWN = f"""{PREFIXES}
SELECT DISTINCT ?subject WHERE {{
  ?subject a ?class .
  FILTER NOT EXISTS {{
    VALUES ?known {{
      rr:Entity rr:Document rr:Passage rr:Claim rr:Statement rr:IdentityLink rr:IdentitySearch rr:AuthorityRecord
      rr:Agent rr:Value rr:Tombstone rdf:Statement <http://purl.org/dc/terms/RightsStatement>
      <http://www.w3.org/ns/oa#TextPositionSelector> <http://www.w3.org/ns/dcat#Dataset>
      <http://purl.org/dc/terms/RightsStatement>
    }}
    ?class rdfs:subClassOf* ?known .
  }}
}}"""


Spo = tuple[str, str, str]


def load() -> ox.Store:
    """Load the asserted data, and of the ontology what the queries need: the hierarchy and what establishes."""
    store = ox.Store()
    store.load(path=str(DATA), format=ox.RdfFormat.TURTLE)
    for quad in ox.parse(path=str(ONTOLOGY), format=ox.RdfFormat.TURTLE):
        if quad.predicate.value in {"http://www.w3.org/2000/01/rdf-schema#subClassOf", f"{RR}establishes"}:
            store.add(ox.Quad(quad.subject, quad.predicate, quad.object))
    return store


@pytest.fixture(scope="module")
def store() -> ox.Store:
    return load()


@pytest.fixture
def mutable() -> ox.Store:
    return load()


def found(store: ox.Store, query: str) -> set[Spo]:
    solutions = store.query(query)
    assert isinstance(solutions, ox.QuerySolutions)
    return {(str(row["subject"]), str(row["predicate"]), str(row["object"])) for row in solutions}


def stated_once(store: ox.Store, kind: str) -> list[tuple[ox.Quad, Spo]]:
    """Find the rr:states triples whose statement no other claim makes, with what the statement says."""
    solutions = store.query(f"""{PREFIXES}
        SELECT ?claim ?statement ?s ?p ?o WHERE {{
          ?claim rr:states ?statement .
          ?statement rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o .
          ?s ?p ?o ; a/rdfs:subClassOf* {kind} .
          FILTER NOT EXISTS {{ ?other rr:states ?statement FILTER (?other != ?claim) }}
        }}""")
    assert isinstance(solutions, ox.QuerySolutions)
    states = ox.NamedNode(f"{RR}states")
    return [
        (ox.Quad(row["claim"], states, row["statement"]), (str(row["s"]), str(row["p"]), str(row["o"])))
        for row in solutions
    ]


@pytest.mark.parametrize("query", [EVENTS, ENTITIES, LASTING], ids=["events", "entities", "lasting things"])
def test_nothing_is_published_that_no_claim_states(store: ox.Store, query: str) -> None:
    assert found(store, query) == set()


def test_every_subject_is_of_a_known_class(store: ox.Store) -> None:
    solutions = store.query(UNKNOWN)
    assert isinstance(solutions, ox.QuerySolutions)
    assert [str(row["subject"]) for row in solutions] == []


@pytest.mark.parametrize(("kind", "query"), [("rr:Event", EVENTS), ("rr:Entity", ENTITIES)])
def test_a_claim_that_is_taken_away_is_missed(mutable: ox.Store, kind: str, query: str) -> None:
    cases = stated_once(mutable, kind)
    assert len(cases) > 100
    for quad, _ in cases:
        mutable.remove(quad)
    assert found(mutable, query) == {triple for _, triple in cases}


def test_each_claim_of_an_event_is_missed_by_itself(mutable: ox.Store) -> None:
    by_event: defaultdict[str, list[tuple[ox.Quad, Spo]]] = defaultdict(list)
    for quad, triple in stated_once(mutable, "rr:Event"):
        by_event[triple[0]].append((quad, triple))
    # Every event lacks one of its claims at a time, so that one query tries as many as there are events.
    for column in zip_longest(*by_event.values()):
        cases = [case for case in column if case]
        for quad, _ in cases:
            mutable.remove(quad)
        assert found(mutable, EVENTS) == {triple for _, triple in cases}
        for quad, _ in cases:
            mutable.add(quad)


def test_a_denial_is_no_statement(mutable: ox.Store) -> None:
    quad, triple = min(stated_once(mutable, "rr:Event"), key=str)
    mutable.remove(quad)
    mutable.add(ox.Quad(quad.subject, ox.NamedNode(f"{RR}denies"), quad.object))
    assert found(mutable, EVENTS) == {triple}


def test_a_triple_that_is_slipped_in_is_found(mutable: ox.Store) -> None:
    _, (event, _, _) = min(stated_once(mutable, "rr:Event"), key=str)
    slipped = (
        ox.NamedNode(event[1:-1]),
        ox.NamedNode(f"{RR}participant"),
        ox.NamedNode("https://example.org/somebody"),
    )
    mutable.add(ox.Quad(*slipped))
    assert found(mutable, EVENTS) == found(mutable, ENTITIES) == {(event, str(slipped[1]), str(slipped[2]))}


def test_an_opinion_establishes_nothing(mutable: ox.Store) -> None:
    """Publishing the triple of an opinion is found out, though a claim states it."""
    solutions = mutable.query(f"""{PREFIXES}
        SELECT ?s ?p ?o WHERE {{
          ?claim rr:states ?statement ; rr:epistemicStatus ?status .
          ?status rr:establishes false .
          ?statement rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o .
          FILTER NOT EXISTS {{ ?s ?p ?o }}
        }}""")
    assert isinstance(solutions, ox.QuerySolutions)
    opinions = [(row["s"], row["p"], row["o"]) for row in solutions]
    assert opinions
    for opinion in opinions:
        mutable.add(ox.Quad(*opinion))
    assert found(mutable, ENTITIES) == set()
    assert found(mutable, LASTING) == {(str(s), str(p), str(o)) for s, p, o in opinions}
