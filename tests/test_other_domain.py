"""The software knows no domain: a dataset with words, statuses and a base of its own is built by the same code."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph

from conftest import ROOT
from ruiran_ld.namespaces import RR
from running import digest_of, run


def test_its_files_bear_its_name(built: Path) -> None:
    published = {path.relative_to(built / "dist").as_posix() for path in (built / "dist").rglob("*") if path.is_file()}
    assert published == {
        *(f"floods{suffix}" for suffix in (".ttl", ".jsonld", ".nt", ".trig", "-entailed.ttl")),
        *("context.jsonld", "mappings.sssom.tsv", "ontology.ttl", "shapes.ttl", "SHA256SUMS"),
        *("document.schema.json", "register.schema.json"),
        *(f"queries/towns{suffix}" for suffix in (".rq", ".ttl", ".tsv")),
    }


def test_its_iris_are_its_own(built: Path) -> None:
    # rr:OccurredEvent of the core names a concept of ours; nothing else of ours may stand in another's data.
    text = (built / "dist" / "floods.nt").read_text()
    assert "https://w3id.org/ruiran/" not in text.replace(RR, "")
    assert text.count("<https://example.org/floods/id/") > 100


def test_its_transitive_property_is_entailed(built: Path) -> None:
    store = pyoxigraph.Store()
    store.load(path=str(built / "dist" / "floods-entailed.ttl"), format=pyoxigraph.RdfFormat.TURTLE)
    names = ("id/lorn", "terms#flowsInto", "id/tarn")
    lorn, flows_into, tarn = (pyoxigraph.NamedNode(f"https://example.org/floods/{name}") for name in names)
    assert pyoxigraph.Quad(lorn, flows_into, tarn) in store


def test_it_is_built_to_the_same_bytes_again(dataset: Path) -> None:
    before = digest_of(dataset / "dist")
    assert run("build", here=dataset).status == 0
    assert digest_of(dataset / "dist") == before


def test_it_shares_no_word_with_ours_but_the_core() -> None:
    ours = (ROOT / "ontology" / "domain.ttl").read_text(encoding="utf-8")
    theirs = pyoxigraph.parse(
        path=str(ROOT / "tests/other_dataset/ontology/floods.ttl"), format=pyoxigraph.RdfFormat.TURTLE
    )
    names = {str(quad.subject).rpartition("#")[2].strip(">") for quad in theirs if "terms#" in str(quad.subject)}
    assert len(names) > 15
    assert not [name for name in names if f"rr:{name} a " in ours]
