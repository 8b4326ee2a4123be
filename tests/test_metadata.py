"""The metadata files: true of the files beside them, valid by their standards, and all told from one description."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pyshacl
import pytest
import rdflib
import yaml
from pyld import jsonld

from conftest import ROOT
from ruiran_ld import __version__
from ruiran_ld.seeds import load_settings
from running import run

HERE = Path(__file__).parent / "metadata"
DIST = ROOT / "dist"
CATALOGUES = {"CITATION.cff", "croissant.json", "schema-org.jsonld"}
SELF = {"SHA256SUMS", "ro-crate-metadata.json"}
BASE = "https://w3id.org/ruiran/"
SITE = load_settings(ROOT / "seeds").site
PREFIXES = """
PREFIX dcat: <http://www.w3.org/ns/dcat#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <https://schema.org/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX spdx: <http://spdx.org/rdf/terms#>
PREFIX void: <http://rdfs.org/ns/void#>
PREFIX rr: <https://w3id.org/ruiran/ontology#>
"""
SETTINGS = """
keywords: [floods]
themes: [http://publications.europa.eu/resource/authority/data-theme/ENVI]
languages: [http://publications.europa.eu/resource/authority/language/ENG]
contact: {name: The testers, iri: "mailto:testers@example.org"}
landingPage: https://example.org/floods/about
spatial: {Lornland: https://example.org/places/lornland}
temporal: {start: 1999-01-01}
availability: http://publications.europa.eu/resource/authority/planned-availability/EXPERIMENTAL
publisherType: http://purl.org/adms/publishertype/NonProfitOrganisation
documentRights: Taken were positions; the text was not.
"""


def rows(store: ox.Store, query: str) -> list[tuple[str, ...]]:
    """Run a SELECT query; values without their syntax."""
    solutions = store.query(PREFIXES + query)
    assert isinstance(solutions, ox.QuerySolutions)
    return [tuple("" if each is None else getattr(each, "value", str(each)) for each in row) for row in solutions]


def load(*names: str) -> ox.Store:
    store = ox.Store()
    for name in names:
        store.bulk_load(path=str(DIST / name), format=ox.RdfFormat.TURTLE)
    return store


def files_of(folder: Path) -> dict[str, tuple[int, str]]:
    """Measure all files of a release: name -> size and SHA-256."""
    paths = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return {name: (len(content), sha256(content).hexdigest()) for name, content in paths.items()}


@pytest.fixture(scope="module")
def metadata() -> ox.Store:
    return load("metadata.ttl")


@pytest.fixture(scope="module")
def data() -> ox.Store:
    return load("ruiran.ttl")


@pytest.fixture(scope="module")
def measured() -> dict[str, tuple[int, str]]:
    return files_of(DIST)


@pytest.fixture(scope="module")
def json_files() -> dict[str, Any]:
    names = ("schema-org.jsonld", "ro-crate-metadata.json", "croissant.json")
    return {name: json.loads((DIST / name).read_text(encoding="utf-8")) for name in names}


def settings() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((ROOT / "seeds" / "dataset.yaml").read_text(encoding="utf-8"))
    return found


def findings(graph: rdflib.Graph) -> set[tuple[str, str, str]]:
    """Hold a graph against the shapes: severity, path, and a class of the focus node, for each result."""
    shapes = rdflib.Graph().parse(HERE / "dcat-ap.ttl")
    _, report, _ = pyshacl.validate(graph, shacl_graph=shapes, inference="none")
    assert isinstance(report, rdflib.Graph)
    shacl = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    return {
        (
            str(report.value(result, shacl.resultSeverity)).rpartition("#")[2],
            str(report.value(result, shacl.resultPath)),
            str(class_),
        )
        for result in report.subjects(rdflib.RDF.type, shacl.ValidationResult)
        for class_ in graph.objects(report.value(result, shacl.focusNode), rdflib.RDF.type)
    }


@pytest.fixture
def described(dataset: Path) -> Path:
    """Give the dataset of the other domain with a full description, built."""
    with (dataset / "seeds" / "dataset.yaml").open("a", encoding="utf-8") as file:
        file.write(SETTINGS)
    outcome = run("build", "--dataset", dataset)
    assert outcome.status == 0, outcome.err
    return dataset


# --- Valid ------------------------------------------------------------------------------------------------------------


def test_our_catalogue_has_all_that_dcat_ap_demands_and_recommends() -> None:
    assert not findings(rdflib.Graph().parse(DIST / "metadata.ttl"))


def test_a_dataset_that_tells_little_has_what_is_mandatory(built: Path) -> None:
    found = findings(rdflib.Graph().parse(built / "dist" / "metadata.ttl"))
    assert found
    assert not [each for each in found if each[0] == "Violation"]


def test_what_is_missing_is_found(described: Path) -> None:
    whole = rdflib.Graph().parse(described / "dist" / "metadata.ttl")
    assert not findings(whole)
    shapes = ox.Store()
    shapes.load(path=str(HERE / "dcat-ap.ttl"), format=ox.RdfFormat.TURTLE)
    query = """PREFIX sh: <http://www.w3.org/ns/shacl#> SELECT DISTINCT ?p ?class
        { ?s sh:targetClass ?class ; sh:property ?each . ?each sh:path ?p ; sh:minCount 1 FILTER (isIRI(?p)) }"""
    demanded = set(rows(shapes, query))
    assert len(demanded) > 40
    bare = rdflib.Graph()
    for triple in whole:
        if str(triple[1]) not in {path for path, _ in demanded}:
            bare.add(triple)
    assert demanded <= {(path, class_) for _, path, class_ in findings(bare)}


CONTEXTS = {
    "https://schema.org/": {"@context": {"@vocab": "https://schema.org/"}},
    "https://w3id.org/ro/crate/1.2/context": json.loads((HERE / "ro-crate-context.json").read_text(encoding="utf-8")),
}


def serve(url: str, _options: Any) -> Any:
    return {"contextUrl": None, "documentUrl": url, "document": CONTEXTS[url], "contentType": "application/ld+json"}


def keys(value: Any) -> Iterator[str]:
    """Give the keys of a JSON-LD document that have to become properties."""
    if isinstance(value, list):
        for each in value:
            yield from keys(each)
    elif isinstance(value, dict):
        for key, each in value.items():
            if key != "@context":
                yield from (() if key.startswith("@") else (key,))
                yield from keys(each)


@pytest.mark.parametrize("name", ["schema-org.jsonld", "ro-crate-metadata.json", "croissant.json"])
def test_pyld_expands_every_key(name: str, json_files: dict[str, Any]) -> None:
    expanded = jsonld.expand(json_files[name], {"documentLoader": serve, "base": "https://example.org/"})
    properties = [key.rpartition("#")[2].rpartition("/")[2] for key in keys(expanded)]
    assert sorted(properties) == sorted(keys(json_files[name]))


# --- True -------------------------------------------------------------------------------------------------------------


def test_the_catalogue_describes_every_file_as_it_is(metadata: ox.Store, measured: dict[str, tuple[int, str]]) -> None:
    found = rows(
        metadata,
        """SELECT ?name ?url ?size ?sum { ?dataset dcat:distribution ?d . ?d dcterms:title ?name ;
        dcat:downloadURL ?url ; dcat:byteSize ?size ; spdx:checksum/spdx:checksumValue ?sum }""",
    )
    assert {name: (int(size), digest) for name, _, size, digest in found} == {
        name: each for name, each in measured.items() if name not in SELF | {"metadata.ttl"}
    }
    assert all(url == SITE + name for name, url, _, _ in found)


def test_the_crate_describes_every_file_as_it_is(
    json_files: dict[str, Any], measured: dict[str, tuple[int, str]]
) -> None:
    graph = json_files["ro-crate-metadata.json"]["@graph"]
    found = {each["@id"]: (int(each["contentSize"]), each["sha256"]) for each in graph if each["@type"] == "File"}
    assert found == {name: each for name, each in measured.items() if name not in SELF}
    (root,) = (each for each in graph if each["@id"] == "./")
    assert {each["@id"] for each in root["hasPart"]} == set(found)
    referred = {value["@id"] for each in graph for value in each.values() if isinstance(value, dict)}
    assert referred - {each["@id"] for each in graph} == {"https://w3id.org/ro/crate/1.2"}


def test_schema_org_describes_every_file_as_it_is(
    json_files: dict[str, Any], measured: dict[str, tuple[int, str]]
) -> None:
    described = json_files["schema-org.jsonld"]
    assert len(described["description"]) >= 50, "shorter ones are not taken"
    files = [*described["distribution"], *described["hasPart"]]
    assert {each["name"]: (each["contentSize"], each["sha256"]) for each in files} == {
        name: (f"{size} B", digest)
        for name, (size, digest) in measured.items()
        if name not in SELF | CATALOGUES | {"metadata.ttl"}
    }
    assert {each["contentUrl"].removeprefix(SITE) for each in files} == {each["name"] for each in files}
    assert {"ruiran.ttl", "tables/claims.csv"} <= {each["name"] for each in described["distribution"]}


def test_croissant_describes_the_tables_as_they_are(
    json_files: dict[str, Any], measured: dict[str, tuple[int, str]]
) -> None:
    described = json_files["croissant.json"]
    assert {each["@id"]: (each["contentSize"], each["sha256"]) for each in described["distribution"]} == {
        name: (f"{size} B", digest) for name, (size, digest) in measured.items() if name.startswith("tables/")
    }
    for record_set in described["recordSet"]:
        with (DIST / f"tables/{record_set['@id']}.csv").open(encoding="utf-8", newline="") as file:
            table = list(csv.DictReader(file))
        assert f"({len(table)} records)" in record_set["description"]
        assert [field["source"]["extract"]["column"] for field in record_set["field"]] == list(table[0])
        key = record_set["key"]["@id"].partition("/")[2]
        assert len({row[key] for row in table}) == len(table)


def test_each_table_has_a_row_for_each_thing(data: ox.Store) -> None:
    for name, kind in (("claims", "rr:Claim"), ("documents", "rr:Document")):
        with (DIST / f"tables/{name}.csv").open(encoding="utf-8", newline="") as file:
            found = sorted(row[name.removesuffix("s")] for row in csv.DictReader(file))
        assert found == sorted(iri for (iri,) in rows(data, f"SELECT ?x {{ ?x a {kind} }}"))


@pytest.mark.parametrize(("graph", "name"), [("dataset", "ruiran.ttl"), ("metadata#entailed", "ruiran-entailed.ttl")])
def test_the_counts_of_a_graph_are_counted_again(graph: str, name: str, metadata: ox.Store) -> None:
    store = load(name)
    for figure, query in {
        "triples": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
        "distinctSubjects": "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }",
        "entities": f"SELECT (COUNT(DISTINCT ?s) AS ?n) {{ ?s ?p ?o FILTER (STRSTARTS(STR(?s), '{BASE}')) }}",
        "classes": "SELECT (COUNT(DISTINCT ?c) AS ?n) { ?s a ?c }",
        "properties": "SELECT (COUNT(DISTINCT ?p) AS ?n) { ?s ?p ?o }",
    }.items():
        assert rows(metadata, f"SELECT ?n {{ <{BASE}{graph}> void:{figure} ?n }}") == rows(store, query), figure
    # Read without a store, which takes 5 as an integer and 5 as a nonNegativeInteger for one.
    objects = {quad.object for quad in ox.parse(path=str(DIST / name), format=ox.RdfFormat.TURTLE)}
    assert rows(metadata, f"SELECT ?n {{ <{BASE}{graph}> void:distinctObjects ?n }}") == [(str(len(objects)),)]


def test_the_partitions_are_counted_again(metadata: ox.Store, data: ox.Store) -> None:
    given = rows(metadata, "SELECT ?c ?n { ?d void:classPartition ?p . ?p void:class ?c ; void:entities ?n }")
    assert sorted(given) == sorted(rows(data, "SELECT ?c (COUNT(?s) AS ?n) { ?s a ?c } GROUP BY ?c"))
    given = rows(
        metadata,
        """SELECT ?p ?t ?s ?o { ?d void:propertyPartition ?part . ?part void:property ?p ; void:triples ?t ;
        void:distinctSubjects ?s ; void:distinctObjects ?o }""",
    )
    counted = """SELECT ?p (COUNT(*) AS ?n) (COUNT(DISTINCT ?s) AS ?ss) (COUNT(DISTINCT ?o) AS ?os)
        { ?s ?p ?o } GROUP BY ?p"""
    assert sorted(given) == sorted(rows(data, counted))


def test_the_links_and_the_graphs_of_documents_are_counted_again(metadata: ox.Store, data: ox.Store) -> None:
    given = rows(
        metadata,
        """SELECT ?p ?space ?n { ?l a void:Linkset ; void:linkPredicate ?p ; void:triples ?n ;
        void:subjectsTarget ?d ; void:objectsTarget/void:uriSpace ?space }""",
    )
    spaces = {space for _, space, _ in given}
    assert {"http://www.wikidata.org/entity/", "https://sws.geonames.org/"} <= spaces
    for predicate, space, number in given:
        counted = f"SELECT (COUNT(*) AS ?n) {{ ?s <{predicate}> ?o FILTER (STRSTARTS(STR(?o), '{space}')) }}"
        assert rows(data, counted) == [(number,)]
    trig = ox.Store()
    trig.bulk_load(path=str(DIST / "ruiran.trig"), format=ox.RdfFormat.TRIG)
    assert sorted(
        rows(
            metadata,
            f"""SELECT ?g ?n {{ ?g dcterms:source ?document ; void:triples ?n . ?document dcterms:rights ?r
            FILTER (?g != <{BASE}dataset>) }}""",
        )
    ) == [*sorted(rows(trig, "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"))]


def test_examples_and_dumps_exist(metadata: ox.Store, data: ox.Store, measured: dict[str, tuple[int, str]]) -> None:
    examples = [iri for (iri,) in rows(metadata, "SELECT ?x { ?d void:exampleResource ?x }")]
    assert len(examples) == 4
    assert all(rows(data, f"SELECT ?p {{ <{iri}> ?p ?o }}") for iri in examples)
    dumps = {url.removeprefix(SITE) for (url,) in rows(metadata, "SELECT ?x { ?d void:dataDump ?x }")}
    assert dumps == {name for name in measured if name.startswith("ruiran")}


def test_every_file_has_one_maker_and_every_source_its_checksum(metadata: ox.Store) -> None:
    query = "SELECT ?path ?sum { ?s rdfs:label ?path ; spdx:checksum/spdx:checksumValue ?sum }"
    sources = {path: digest for path, digest in rows(metadata, query)}  # noqa: C416 (typed as pairs)
    assert {"seeds/dataset.yaml", "ontology/core.ttl", "shapes/claims.ttl", "queries/documents.ttl"} <= set(sources)
    assert sources == {name: sha256((ROOT / name).read_bytes()).hexdigest() for name in sources}
    made = rows(metadata, "SELECT ?f ?a { ?f a dcat:Distribution ; prov:wasGeneratedBy ?a ; prov:wasDerivedFrom ?x }")
    assert len({file for file, _ in made}) == len(rows(metadata, "SELECT ?f { ?f a dcat:Distribution }")) - 1
    assert rows(metadata, "SELECT ?v { ?a a prov:SoftwareAgent ; schema:softwareVersion ?v }") == [(__version__,)]


def test_there_is_no_time_but_the_issue_date(metadata: ox.Store) -> None:
    dates = rows(metadata, 'SELECT DISTINCT ?p ?v { ?s ?p ?v FILTER REGEX(STR(DATATYPE(?v)), "date", "i") }')
    of_the_period = [value for predicate, value in dates if predicate.endswith(("startDate", "endDate"))]
    assert {value for _, value in dates} - set(of_the_period) == {str(settings()["issued"])}


# --- One description --------------------------------------------------------------------------------------------------


def test_all_files_say_the_same(metadata: ox.Store, json_files: dict[str, Any]) -> None:
    given = settings()
    expected = tuple(str(given[key]) for key in ("title", "description", "version", "issued", "license"))
    query = f"""SELECT ?t ?d ?v ?i ?l {{ <{BASE}dataset> dcterms:title ?t ; dcterms:description ?d ; dcat:version ?v ;
        dcterms:issued ?i ; dcterms:license ?l }}"""
    assert rows(metadata, query) == [expected]
    root = next(each for each in json_files["ro-crate-metadata.json"]["@graph"] if each["@id"] == "./")
    wanted = ("name", "description", "version", "datePublished", "license")
    root = {**root, "license": root["license"]["@id"]}
    for described in (root, json_files["schema-org.jsonld"], json_files["croissant.json"]):
        assert tuple(described[key] for key in wanted) == expected
        assert described["keywords"] == given["keywords"]
    citation = yaml.safe_load((DIST / "CITATION.cff").read_text(encoding="utf-8"))
    assert tuple(str(citation[key]) for key in ("title", "abstract", "version", "date-released")) == expected[:4]
    assert citation["license"] == "CC-BY-4.0"
    assert [each["name"] for each in citation["authors"]] == [given["creator"]]


def test_the_citation_file_of_the_project_is_the_published_one() -> None:
    assert (ROOT / "CITATION.cff").read_bytes() == (DIST / "CITATION.cff").read_bytes(), "run 'make dist'"


def test_the_period_holds_all_events(data: ox.Store) -> None:
    period = settings()["temporal"]
    ((first, last),) = rows(
        data, "SELECT (MIN(?s) AS ?a) (MAX(?e) AS ?b) { ?x rr:earliestStart ?s . ?y rr:latestEnd ?e }"
    )
    assert str(period["start"]) <= first
    assert str(period["end"]) >= last


def test_each_document_says_what_was_taken_and_what_was_not(data: ox.Store, metadata: ox.Store) -> None:
    query = "SELECT ?d ?text { ?d dcterms:rights/dcterms:description ?text . ?d dcterms:rights ?r } ORDER BY ?d"
    found = [(iri, text) for iri, text in rows(data, query) if "/id/" in iri]
    assert [iri for iri, _ in found] == [iri for (iri,) in rows(data, "SELECT ?d { ?d a rr:Document } ORDER BY ?d")]
    for _, text in found:
        assert "Taken from the document" in text
        assert "Not taken: the text" in text
    assert set(found) <= set(rows(metadata, query))


# --- Another dataset --------------------------------------------------------------------------------------------------


def test_a_dataset_that_tells_little_leaves_out_the_rest(built: Path) -> None:
    described = json.loads((built / "dist" / "schema-org.jsonld").read_text(encoding="utf-8"))
    assert not {"keywords", "spatialCoverage", "temporalCoverage"} & set(described)
    text = (built / "dist" / "metadata.ttl").read_text(encoding="utf-8")
    assert not [
        word for word in ("keyword", "contactPoint", "themeTaxonomy", "availability", "rights") if f":{word} " in text
    ]
    citation = yaml.safe_load((built / "dist" / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["license"] == "CC0-1.0"
    assert "keywords" not in citation


def test_a_full_description_is_in_every_file(described: Path) -> None:
    dist = described / "dist"
    search = json.loads((dist / "schema-org.jsonld").read_text(encoding="utf-8"))
    assert search["temporalCoverage"] == "1999-01-01/.."
    assert search["spatialCoverage"][0]["name"] == "Lornland"
    assert search["url"] == "https://example.org/floods/about"
    crate = json.loads((dist / "ro-crate-metadata.json").read_text(encoding="utf-8"))
    assert "mailto:testers@example.org" in [each.get("email") for each in crate["@graph"]]
    assert "vcard:hasEmail <mailto:testers@example.org>" in (dist / "metadata.ttl").read_text(encoding="utf-8")
    assert "Taken were positions" in (dist / "floods.ttl").read_text(encoding="utf-8")


def test_a_document_can_have_terms_of_its_own(described: Path) -> None:
    path = described / "seeds" / "documents" / "report_1.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "\nrights: The text is free for all.\n", encoding="utf-8")
    settings_file = described / "seeds" / "dataset.yaml"
    text = settings_file.read_text(encoding="utf-8").replace("publicdomain/zero/1.0/", "unheard/of/")
    settings_file.write_text(text, encoding="utf-8")
    assert run("build", "--dataset", described).status == 0
    store = ox.Store()
    store.load(path=str(described / "dist" / "metadata.ttl"), format=ox.RdfFormat.TURTLE)
    found = rows(
        store, "SELECT DISTINCT ?d ?t { ?d dcterms:rights/dcterms:description ?t ; dcterms:title ?l } ORDER BY ?d"
    )
    texts = {iri.rpartition("/id/")[2]: text for iri, text in found}
    assert texts["report_1"] == "The text is free for all."
    assert texts["report_2"] == "Taken were positions; the text was not."
    assert "license-url: " in (described / "dist" / "CITATION.cff").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("themes: [environment]", "dataset.yaml:11: 'environment' is no IRI; write the whole IRI in 'themes'"),
        ("contact: {name: ' ', iri: 'mailto:a@example.org'}", "dataset.yaml:11: the contact has no name; write it"),
        ("contact: {name: Me}", "dataset.yaml:11: 'contact' of the dataset lacks 'iri'; add it"),
        ("landingPage: example.org", "dataset.yaml:11: 'example.org' is no IRI"),
        ("spatial: {'': 'https://example.org/x'}", "'spatial' has an empty name"),
        ("keywords: [' ']", "'keywords' has an empty name; write it, or take it out"),
        ("temporal: {start: 2024}", "dataset.yaml:11: '2024' is no date; write YYYY-MM-DD"),
        ("temporal: {start: 2024-02-01, end: 2024-01-01}", "ends on 2024-01-01, before it starts"),
        ("temporal: {}", "the period has neither start nor end"),
        ("keyword: [x]", "unknown key 'keyword'; did you mean 'keywords'?"),
    ],
)
def test_a_setting_that_is_wrong_is_named(dataset: Path, line: str, expected: str) -> None:
    with (dataset / "seeds" / "dataset.yaml").open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")
    outcome = run("validate", "--dataset", dataset)
    assert outcome.status == 1
    assert expected in outcome.err


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('csvw:name "town"', 'csvw:name "village"', "queries/table-floods.ttl: the column 'town' of a table is not"),
        (
            "<https://example.org/floods/query/table-floods#first> a csvw",
            "<x:y> a csvw",
            "the column 'first' of a table",
        ),
        ('csvw:name "first"', 'csvw:name "first", "last"', "a column 'last' is described, and the query has none"),
    ],
)
def test_a_column_that_is_not_explained_fails_the_build(dataset: Path, old: str, new: str, expected: str) -> None:
    path = dataset / "queries" / "table-floods.ttl"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    outcome = run("build", "--dataset", dataset)
    assert outcome.status == 1
    assert expected in outcome.err
