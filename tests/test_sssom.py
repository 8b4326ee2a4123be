"""The identity links as SSSOM: a row for each, and for each search in vain. `make sssom` runs its makers' validator."""

from __future__ import annotations

import csv
from pathlib import Path

import pyoxigraph as ox
import pytest
import yaml

from running import run

ROOT = Path(__file__).parents[1]
NAME = "mappings.sssom.tsv"
RR = "https://w3id.org/ruiran/ontology#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
NO_TERM = "https://w3id.org/sssom/NoTermFound"


def read(path: Path) -> tuple[dict[str, object], list[dict[str, str]]]:
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    header = yaml.safe_load("".join(line[1:] for line in lines if line.startswith("#")))
    rows = list(csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t"))
    return header, rows


@pytest.fixture(scope="module")
def expanded() -> list[dict[str, str]]:
    header, rows = read(ROOT / "dist" / NAME)
    prefixes = header["curie_map"]
    assert isinstance(prefixes, dict)

    def expand(value: str) -> str:
        prefix, _, local = value.partition(":")
        return f"{prefixes[prefix]}{local}"

    curies = ("record_id", "subject_id", "predicate_id", "object_id", "mapping_justification", "object_source")
    return [{**row, **{slot: expand(row[slot]) for slot in curies}} for row in rows]


@pytest.fixture(scope="module")
def store() -> ox.Store:
    store = ox.Store()
    store.load(path=str(ROOT / "dist" / "ruiran.nt"), format=ox.RdfFormat.N_TRIPLES)
    return store


def rows_of(store: ox.Store, class_: str, text: str) -> set[tuple[str, ...]]:
    found = store.query(f"""SELECT ?link ?s ?p ?o ?text WHERE {{
        ?link a <{RR}{class_}> ; <{RDF}subject> ?s ; <{RDF}predicate> ?p ; <{RDF}object> ?o ; <{RR}{text}> ?text }}""")
    assert isinstance(found, ox.QuerySolutions)
    return {tuple(row[name].value for name in ("link", "s", "p", "o", "text")) for row in found}


def test_every_link_has_its_row(store: ox.Store, expanded: list[dict[str, str]]) -> None:
    links = rows_of(store, "IdentityLink", "verifiedBy")
    assert len(links) > 100
    slots = ("record_id", "subject_id", "predicate_id", "object_id", "comment")
    assert links == {tuple(row[slot] for slot in slots) for row in expanded if row["object_id"] != NO_TERM}


def test_every_search_in_vain_has_its_row(store: ox.Store, expanded: list[dict[str, str]]) -> None:
    searches = {
        (link, thing, where, text) for link, thing, _, where, text in rows_of(store, "IdentitySearch", "searched")
    }
    assert len(searches) > 10
    slots = ("record_id", "subject_id", "object_source", "comment")
    assert searches == {tuple(row[slot] for slot in slots) for row in expanded if row["object_id"] == NO_TERM}


def test_each_row_says_whose_record_it_is(expanded: list[dict[str, str]]) -> None:
    assert {row["mapping_justification"] for row in expanded} == {"https://w3id.org/semapv/vocab/ManualMappingCuration"}
    for row in expanded:
        if row["object_id"] != NO_TERM:
            keeper = row["object_source"].rpartition("/")[2]
            assert keeper in row["object_id"], row
        assert row["subject_label"]


def test_the_header_describes_the_set() -> None:
    header, rows = read(ROOT / "dist" / NAME)
    assert header["mapping_set_id"] == "https://w3id.org/ruiran/mappings"
    assert header["license"] == "https://creativecommons.org/licenses/by/4.0/"
    assert header["sssom_version"] == "1.1"
    assert [row["subject_id"] for row in rows] == sorted(row["subject_id"] for row in rows)


def test_text_that_a_table_could_stumble_over(dataset: Path) -> None:
    path = dataset / "seeds" / "registers" / "waters.yaml"
    text = path.read_text().replace("looked under Tarn and Tarn Water", '''"a \\"quoted\\" word, and\\ttab\\nline"''')
    path.write_text(text)
    assert run("build", "--dataset", dataset).status == 0
    _, rows = read(dataset / "dist" / NAME)
    (row,) = (row for row in rows if row["object_id"] == "sssom:NoTermFound")
    assert row["comment"] == 'a "quoted" word, and\ttab\nline'
