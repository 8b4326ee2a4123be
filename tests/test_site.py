"""The files to host: every IRI leads to a document, every document is useful alone, in every form the same."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest

from conftest import ROOT
from ruiran_ld import dereferencing, ntriples, pipeline
from ruiran_ld.dataset import DatasetFolder
from ruiran_ld.dereferencing import Layout
from ruiran_ld.errors import DataError, InternalError
from running import digest_of, run
from sites import host, number, rewrite, withdraw

RR = "https://w3id.org/ruiran/ontology#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
OA = "http://www.w3.org/ns/oa#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"
PREF_LABEL = f"<{SKOS}prefLabel>"
FLOODS = "https://example.org/floods/"
MAIN = "from ruiran_ld.cli import main; main()"

Description = Mapping[str, Mapping[str, set[str]]]


class _Facts(dict[str, set[str]]):
    """What is said of a subject; asked for more, it has nothing and stays as it is."""

    def __missing__(self, predicate: str) -> set[str]:
        return set()


class _Subjects(dict[str, _Facts]):
    """Subjects; asked for another, nothing is said of it."""

    def __missing__(self, subject: str) -> _Facts:
        return _Facts()


def described(text: bytes) -> Description:
    """Index N-Triples: subject -> predicate -> objects."""
    found = _Subjects()
    for line in text.decode().splitlines():
        subject, predicate, term = ntriples.split(line)
        found.setdefault(subject, _Facts()).setdefault(predicate, set()).add(term)
    return found


def iris(description: Description) -> set[str]:
    """List the terms of a description that are IRIs."""
    terms = {*description, *(predicate for facts in description.values() for predicate in facts)}
    terms |= {term for facts in description.values() for terms in facts.values() for term in terms}
    return {term for term in terms if term.startswith("<")}


class Site:
    """Files to host, and the release that they were made of."""

    def __init__(self, layout: Layout, files: Mapping[str, bytes], name: str) -> None:
        self.layout = layout
        self.files = {each.removeprefix("site/"): files[each] for each in files if each.startswith("site/")}
        self.data = described(self.files[f"{name}.nt"])
        self.trig = self.files[f"{name}.trig"]
        self.document = cache(lambda path: described(self.files[f"{path}.nt"]))

    def lines(self) -> set[str]:
        """List the lines of all N-Triples, dumps and older releases among them."""
        texts = (text.decode() for name, text in self.files.items() if name.endswith(".nt"))
        return {line for text in texts for line in text.splitlines()}

    def paths(self) -> list[str]:
        """List documents by their paths; of a great many, as ours are, every seventh will do."""
        whole = {name.partition(".")[0] for name in self.files if name.endswith(".trig")}
        found = {name[:-3] for name in self.files if name.endswith(".nt") and not name.startswith("releases/")}
        return sorted(found - whole)[:: 7 if len(found) > 1000 else 1]

    def about(self, term: str) -> Description:
        """Open the document of a term."""
        path = self.layout.path(term[1:-1])
        assert path, term
        opened: Description = self.document(path)
        return opened

    def is_own(self, term: str) -> bool:
        return term.startswith(f"<{self.layout.base}")


def site_of(root: Path) -> Site:
    """Make the documents of a built dataset without writing them, and without pages."""
    hosted = pipeline.make_documents(DatasetFolder(root))
    layout = dereferencing.layout_of(hosted.settings)
    files = dereferencing.assemble(hosted.published, {}, layout, hosted.settings)
    return Site(layout, files, hosted.settings.name)


@pytest.fixture(scope="module", params=[pytest.param("ours", marks=pytest.mark.slow), "floods"])
def site(request: pytest.FixtureRequest, built: Path) -> Site:
    return site_of(ROOT if request.param == "ours" else built)


def test_every_iri_of_every_document_leads_somewhere(site: Site) -> None:
    terms = {term for line in site.lines() for term in ntriples.split(line)}
    named = {term[1:-1] for term in terms if site.is_own(term)}
    graphs = {quad.graph_name for quad in ox.parse(site.trig, format=ox.RdfFormat.TRIG)}
    named |= {graph.value for graph in graphs if isinstance(graph, ox.NamedNode)}
    named |= set(re.findall(r'mapping_set_id: "([^"]*)"', site.files["mappings.sssom.tsv"].decode()))
    assert len(named) > 40
    assert [iri for iri in sorted(named) if site.layout.file(iri, site.files) is None] == []


def test_every_iri_of_the_data_has_a_document_in_every_form(site: Site) -> None:
    paths = {site.layout.path(term[1:-1]) for term in site.data if site.is_own(term)}
    missing = [f"{path}{form}" for path in paths for form in (".ttl", ".jsonld", ".nt")]
    assert [name for name in sorted(missing) if name not in site.files] == []
    for term, facts in site.data.items():
        if site.is_own(term):
            assert all(facts[predicate] <= site.about(term)[term][predicate] for predicate in facts), term


def test_a_document_has_the_claims_on_what_it_is_about(site: Site) -> None:
    claims = {term: facts for term, facts in site.data.items() if f"<{RR}Claim>" in facts[f"<{RDF}type>"]}
    assert claims
    for claim, facts in list(claims.items())[:: 7 if len(claims) > 100 else 1]:
        statements = facts[f"<{RR}states>"] | facts[f"<{RR}denies>"]
        ends = {
            end for each in statements for name in ("subject", "object") for end in site.data[each][f"<{RDF}{name}>"]
        }
        agents = facts[f"<{RR}attributedTo>"] | facts[f"<{RR}relayedBy>"]
        for topic in ends | agents | statements | facts[f"<{RR}about>"] | facts[f"<{RR}document>"]:
            if site.is_own(topic) and "/concept/" not in topic:
                document = site.about(topic)
                assert document[claim] == facts, (claim, topic)
                assert all(document[statement] == site.data[statement] for statement in statements)


def test_a_claim_in_a_document_has_all_that_one_needs_to_judge_it(site: Site) -> None:
    seen = 0
    for path in site.paths():
        document = site.document(path)
        for facts in document.values():
            if f"<{RR}Claim>" not in facts[f"<{RDF}type>"] or not facts[f"<{RR}passage>"]:
                continue  # one that is only named, with its gist
            seen += 1
            (gist,), (passage,), (source,) = (facts[f"<{RR}{name}>"] for name in ("gist", "passage", "document"))
            (status,), (realis,) = facts[f"<{RR}epistemicStatus>"], facts[f"<{RR}claimedRealis>"]
            (selector,) = document[passage][f"<{OA}hasSelector>"]
            assert gist
            assert document[status][PREF_LABEL]
            assert document[realis][PREF_LABEL]
            assert all(document[agent][f"<{RDF}type>"] for agent in facts[f"<{RR}attributedTo>"])
            assert document[passage][f"<{RR}sha256>"]
            assert document[selector][f"<{OA}start>"]
            assert document[selector][f"<{OA}end>"]
            # The metadata say more of it.
            assert all(values <= document[source][name] for name, values in site.data[source].items())
    assert seen > 10


def test_what_a_document_names_is_labelled_in_it(site: Site) -> None:
    ontology = described(site.files["ontology.nt"]) if "ontology.nt" in site.files else {}
    whole = {**ontology, **site.data}
    schemas = {"metadata", "ontology", "shapes", "terms"}  # files of their own, as they were published
    for path in site.paths():
        if path.partition("/")[0] in schemas:
            continue
        document = site.document(path)
        for term in iris(document):
            for label in (LABEL, PREF_LABEL):
                assert whole.get(term, {}).get(label, set()) <= document[term][label], (path, term)


def test_an_event_that_is_named_has_its_realis(site: Site) -> None:
    events = {term: facts[f"<{RR}realis>"] for term, facts in site.data.items() if facts[f"<{RR}realis>"]}
    entities = [path for path in site.paths() if path.startswith("id/")]
    for path in entities:
        document = site.document(path)
        for event in events.keys() & iris(document):
            assert document[event][f"<{RR}realis>"] == events[event], (path, event)


def test_only_axioms_have_blank_nodes(site: Site) -> None:
    with_blank_nodes = {name for name, text in site.files.items() if name.endswith(".nt") and b"_:" in text}
    allowed = ("ontology", "shapes", "terms")
    assert all(name.startswith(allowed) for name in with_blank_nodes)


def test_a_document_says_under_which_licence(site: Site) -> None:
    dataset = f"<{site.layout.base}{site.layout.home}>"
    for path in site.paths():
        if path.startswith(("id/", "statement/", "value/")):
            facts = site.document(path)[dataset]
            assert facts["<http://purl.org/dc/terms/license>"]
            assert facts["<http://www.w3.org/2002/07/owl#versionInfo>"]


# --- the command, on the small dataset ------------------------------------------------------------


@pytest.mark.slow
def test_the_same_release_gives_the_same_bytes(built: Path, tmp_path: Path) -> None:
    digests = set()
    for seed in ("1", "2"):
        out = tmp_path / seed
        arguments = [
            sys.executable,
            "-c",
            MAIN,
            "site",
            "--dataset",
            str(built),
            "--out",
            str(out),
            "--without-scripts",
        ]
        subprocess.run(arguments, check=True, env={**os.environ, "PYTHONHASHSEED": seed}, stdout=subprocess.DEVNULL)
        digests.add(digest_of(out))
    assert len(digests) == 1


def test_the_command_for_a_program_and_again_into_the_same_folder(built: Path, tmp_path: Path) -> None:
    told = run("site", "--json", "--dataset", built, "--out", tmp_path / "out", "--without-scripts").json
    hosted = [path for path in (tmp_path / "out" / "site").rglob("*") if path.is_file()]
    assert told["hosted"] == len(hosted)
    assert told["bytes"] == sum(path.stat().st_size for path in hosted)
    assert told["redirects"] == ["site/.htaccess"]
    before = digest_of(tmp_path / "out")
    assert run("site", "--dataset", built, "--out", tmp_path / "out", "--without-scripts").status == 0
    assert digest_of(tmp_path / "out") == before


def test_a_folder_of_somebody_else_stays_as_it_is(built: Path, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    outcome = run("site", "--dataset", built, "--out", tmp_path, "--without-scripts")
    assert outcome.status == 2
    assert "not a release of ours" in outcome.err
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_without_a_release_there_is_nothing_to_host(dataset: Path, tmp_path: Path) -> None:
    for path in sorted((dataset / "dist").rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    outcome = run("site", "--dataset", dataset, "--out", tmp_path / "out", "--without-scripts")
    assert outcome.status == 1
    assert "no release here; build one" in outcome.err


def test_redirects_stand_apart_where_base_and_site_are_two_hosts(dataset: Path, tmp_path: Path) -> None:
    set_site(dataset, "https://files.example/floods/")
    out = host(dataset, tmp_path / "out")
    assert not (out / "site" / ".htaccess").exists()
    assert (out / "site" / ".nojekyll").exists()
    rules = (out / "w3id" / "floods" / ".htaccess").read_text(encoding="utf-8")
    assert "https://files.example/floods/$1%{ENV:FORM} [R=303,L]" in rules
    readme = (out / "w3id" / "floods" / "README.md").read_text(encoding="utf-8")
    assert f"* Base IRI: <{FLOODS}>\n* Hosted at: <https://files.example/floods/>" in readme


def set_site(dataset: Path, site: str) -> None:
    path = dataset / "seeds" / "dataset.yaml"
    path.write_text(path.read_text(encoding="utf-8") + f"site: {site}\n", encoding="utf-8")


@pytest.mark.parametrize(
    "site", ["https://files.example/floods", "files.example/", "https://x.example/a b/", "https://x/$1/"]
)
def test_a_site_that_is_no_folder_of_the_web(dataset: Path, site: str) -> None:
    set_site(dataset, site)
    outcome = run("build", "--dataset", dataset)
    assert outcome.status == 1
    assert f"dataset.yaml:11: site '{site}' is no plain address of a folder; write http(s)://.../" in outcome.err


def test_a_withdrawn_iri_has_a_document_that_says_where_to_go(dataset: Path, tmp_path: Path) -> None:
    old, term = f"{FLOODS}id/lorn-river", f"{FLOODS}terms#Stream"
    withdraw(dataset / "dist", "floods", {old: f"{FLOODS}id/lorn", term: f"{FLOODS}terms#River"})
    site = host(dataset, tmp_path / "out") / "site"
    tombstone = described((site / "id" / "lorn-river.nt").read_bytes())
    assert tombstone[f"<{old}>"]["<http://purl.org/dc/terms/isReplacedBy>"] == {f"<{FLOODS}id/lorn>"}
    assert tombstone[f"<{old}>"][f"<{RR}deprecationReason>"] == {'"it was the same"@en'}
    assert '"Lorn"@en' in tombstone[f"<{FLOODS}id/lorn>"][LABEL]
    turtle = (site / "terms.ttl").read_text(encoding="utf-8")
    assert "fl:River a owl:Class" in turtle
    assert "fl:Stream a rr:Tombstone" in turtle


def test_numbered_releases_and_versions_of_the_ontology_stay(dataset: Path, tmp_path: Path) -> None:
    ontology = (dataset / "dist" / "ontology.ttl").read_text(encoding="utf-8")
    for version in ("0.1", "0.2"):
        header = f"<{FLOODS}terms> <http://www.w3.org/2002/07/owl#versionIRI> <{FLOODS}terms/{version}> .\n"
        rewrite(dataset / "dist", {"ontology.ttl": (ontology + header).encode()})
        number(dataset, f"{version}.0")
    site = host(dataset, tmp_path / "out") / "site"
    for version in ("0.1", "0.2"):
        kept = digest_of(dataset / "releases" / f"{version}.0")
        assert digest_of(site / "releases" / f"{version}.0") == kept
        assert f"terms/{version}> ." in (site / "terms" / f"{version}.ttl").read_text(encoding="utf-8")
        assert (site / "terms" / f"{version}.jsonld").exists()
    assert "terms/0.2> ." in (site / "terms.ttl").read_text(encoding="utf-8")


def test_a_file_of_the_name_of_its_hash_iris_is_their_document(dataset: Path, tmp_path: Path) -> None:
    notes = f'<{FLOODS}notes#a> {LABEL} "a note"@en . <{FLOODS}id/lorn> {LABEL} "the Lorn"@en .\n'.encode()
    rewrite(dataset / "dist", {"notes.ttl": notes})
    site = host(dataset, tmp_path / "out") / "site"
    assert (site / "notes.ttl").read_bytes() == notes
    assert described((site / "notes.nt").read_bytes())[f"<{FLOODS}notes#a>"][LABEL] == {'"a note"@en'}
    assert (site / "notes.jsonld").exists()
    assert '"the Lorn"@en' in described((site / "id" / "lorn.nt").read_bytes())[f"<{FLOODS}id/lorn>"][LABEL]


def test_a_release_with_an_iri_that_leads_nowhere_is_not_hosted(dataset: Path, tmp_path: Path) -> None:
    number(dataset, "0.1.0")
    old = dataset / "releases" / "0.1.0"
    triple = f'<{FLOODS}id/forgotten> {LABEL} "forgotten"@en .\n'.encode()
    rewrite(old, {"floods.nt": (old / "floods.nt").read_bytes() + triple})
    outcome = run("site", "--dataset", dataset, "--out", tmp_path / "out", "--without-scripts")
    assert outcome.status == 1
    assert outcome.err.startswith(f"error: releases/0.1.0/floods.nt: <{FLOODS}id/forgotten> leads nowhere; ")
    assert not (tmp_path / "out").exists()


def test_an_iri_that_cannot_be_a_file_is_named(dataset: Path, tmp_path: Path) -> None:
    ontology = dataset / "ontology" / "floods.ttl"
    concept = f'\n<{FLOODS}concept/danger/very%20high> a fl:Danger ; skos:prefLabel "very high"@en .\n'
    ontology.write_text(ontology.read_text(encoding="utf-8") + concept, encoding="utf-8")
    assert run("build", "--dataset", dataset).status == 0
    outcome = run("site", "--dataset", dataset, "--out", tmp_path / "out", "--without-scripts")
    assert outcome.status == 1
    assert f"<{FLOODS}concept/danger/very%20high> cannot be the name of a file" in outcome.err


@pytest.fixture
def hosted(built: Path, tmp_path: Path) -> Path:
    return host(built, tmp_path / "out") / "site"


def test_a_document_that_is_missing_is_noticed(hosted: Path) -> None:
    for form in ("ttl", "jsonld", "nt"):
        (hosted / "id" / f"lorn.{form}").unlink()
    with pytest.raises(DataError, match=f"<{FLOODS}id/lorn> leads nowhere"):
        dereferencing.check(hosted, Layout(FLOODS, FLOODS, "dataset", "mappings.sssom.tsv"))


@pytest.mark.parametrize("form", ["ttl", "jsonld"])
def test_a_form_that_holds_another_graph_is_noticed(hosted: Path, form: str) -> None:
    path = hosted / "id" / f"lorn.{form}"
    path.write_text(path.read_text(encoding="utf-8").replace("Lorn", "Lorne"), encoding="utf-8")
    with pytest.raises(InternalError, match=f"id/lorn.{form}: holds another graph than the N-Triples"):
        dereferencing.check(hosted, Layout(FLOODS, FLOODS, "dataset", "mappings.sssom.tsv"))


def paths_of(layout: Layout, names: Iterable[str]) -> Iterator[str | None]:
    return map(layout.path, names)


def test_where_the_document_of_an_iri_stands() -> None:
    layout = Layout("https://a.example/b/", "https://c.example/", "dataset", "mappings.sssom.tsv")
    base = layout.base
    asked = [f"{base}id/x", f"{base}id/x#char=0,1", f"{base}terms#T", f"{base}id/x/", base, base[:-1], f"{base}#it"]
    assert [*paths_of(layout, asked)] == ["id/x", "id/x", "terms", "id/x", "dataset", "dataset", "dataset"]
    assert [*paths_of(layout, ["https://a.example/bb/id/x", "https://c.example/id/x", "urn:x"])] == [None] * 3
    files = {"id/x.ttl", "dump.nt", "mappings.sssom.tsv", "releases/1.0/SHA256SUMS"}
    leads = {
        f"{base}id/x#char=0,1": "id/x.ttl",
        f"{base}dump.nt": "dump.nt",
        "https://c.example/dump.nt": "dump.nt",
        "https://c.example/id/x": None,
        f"{base}mappings": "mappings.sssom.tsv",
        f"{base}releases/1.0/": "releases/1.0/SHA256SUMS",
        f"{base}id/y": None,
    }
    assert {iri: layout.file(iri, files) for iri in leads} == leads
