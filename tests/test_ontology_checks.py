"""Shows that each check of the ontology can fail: a copy of the ontology is spoilt, and the check has to say so."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from conftest import lay_out
from ruiran_ld.errors import Problem, UsageError
from ruiran_ld.ontology_checks import java, profile, reasoner, severities
from ruiran_ld.ontology_checks.__main__ import main
from ruiran_ld.ontology_checks.checks import check_consistency, check_terms, data_graph, load, run_all

ROOT = Path(__file__).parents[1]

PREFIXES = """
@prefix rr: <https://w3id.org/ruiran/ontology#> .
@prefix bibo: <http://purl.org/ontology/bibo/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix ex: <https://example.org/vocabulary#> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix vann: <http://purl.org/vocab/vann/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
LABEL = 'rdfs:label "thing"@en ; '
DEFINITION = 'skos:definition "A thing."@en ; '
HOME = "rdfs:isDefinedBy <https://w3id.org/ruiran/ontology> "
WHOLE = LABEL + DEFINITION + HOME
UNDER = "rdfs:subClassOf rr:Entity ; "
SOMEWHERE = "rdfs:domain rr:Claim ; rdfs:range rr:Event ; "
OTHER = "<https://w3id.org/ruiran/other>"
HEADER = f"""{OTHER} a owl:Ontology ;
    dcterms:title "other"@en ; dcterms:description "Another one."@en ; dcterms:creator "x" ; dcterms:publisher "x" ;
    dcterms:license <https://creativecommons.org/licenses/by/4.0/> ; dcterms:bibliographicCitation "x" ;
    dcterms:created "2026-01-01" ; dcterms:issued "2026-01-02" ; dcterms:modified "2026-01-03" ;
    dcterms:source <https://example.org/> ; bibo:status <http://purl.org/ontology/bibo/status/draft> ;
    bibo:doi "10.1/x" ; foaf:logo <https://example.org/logo.svg> ;
    schema:includedInDataCatalog <https://example.org/catalog> ;
    owl:versionInfo "1.0" ; owl:versionIRI <https://w3id.org/ruiran/other/1.0> ;
    vann:preferredNamespacePrefix "oo" ; vann:preferredNamespaceUri "https://w3id.org/ruiran/other#" .
    bibo:doi a owl:AnnotationProperty ; rdfs:label "DOI"@en ; skos:definition "A DOI."@en ; rdfs:isDefinedBy bibo: .
    foaf:logo a owl:AnnotationProperty ; rdfs:label "logo"@en ; skos:definition "A logo."@en ; rdfs:isDefinedBy foaf: .
    <https://w3id.org/ruiran/other#Thing> a owl:Class ; rdfs:subClassOf foaf:Agent ; {LABEL}{DEFINITION}
        rdfs:isDefinedBy {OTHER} .
"""

needs_java = [
    pytest.mark.java,
    pytest.mark.skipif(bool(java.missing_modules()), reason="the extra 'check' is not installed"),
]

Spoil = Callable[[str, str], None]


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    """A folder with a copy of the ontology and nothing else."""
    shutil.copytree(ROOT / "ontology", tmp_path / "ontology")
    return tmp_path


@pytest.fixture
def spoil(dataset: Path) -> Spoil:
    """Adds a file to the copy; Turtle gets the usual prefixes."""

    def add(name: str, text: str) -> None:
        path = dataset / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(PREFIXES + text if name.endswith(".ttl") else text, encoding="utf-8")

    return add


def term_findings(dataset: Path) -> list[Problem]:
    ontology, problems = load(dataset, "ontology")
    assert not problems
    return check_terms(dataset, ontology).problems


def axioms(dataset: Path) -> list[ox.Triple]:
    files, problems = load(dataset, "ontology")
    assert not problems
    return [triple for file in files for triple in file.triples]


def as_ntriples(triples: list[ox.Triple]) -> str:
    return "".join(f"{triple} .\n" for triple in triples)


def test_the_ontology_as_it_is_gives_no_finding(dataset: Path) -> None:
    assert term_findings(dataset) == []


SPOILT_TERMS = {
    "no label": (f"rr:Thing a owl:Class ; {DEFINITION}{HOME}.", "without an English label"),
    "label in another language": (
        f'rr:Thing a owl:Class ; rdfs:label "вещь"@ru ; {DEFINITION}{HOME}.',
        "without an English label",
    ),
    "no definition": (f"rr:Thing a owl:Class ; {LABEL}{HOME}.", "without an English definition"),
    "no home": (f"rr:Thing a owl:Class ; {LABEL}{DEFINITION} skos:notation 'x' .", "without rdfs:isDefinedBy"),
    "no type": (f"rr:Thing {WHOLE}.", "has no type"),
    "two labels": (f'rr:Thing a owl:Class ; rdfs:label "matter"@en ; {WHOLE}.', "more than one English label"),
    "unknown term of ours": (f"rr:Thing a owl:Class ; rdfs:subClassOf rr:Claimm ; {WHOLE}.", "does not exist"),
    "unknown term of SKOS": (f'rr:Thing a owl:Class ; skos:example "x"@en ; {WHOLE}.', "does not exist"),
    "misspelt term of OWL": (f"rr:thing a owl:ObjectPropety ; {WHOLE}.", "its vocabulary does not have"),
    "misspelt term of RDFS": (
        f"rr:Thing a owl:Class ; rdfs:subclassOf rr:Claim ; {WHOLE}.",
        "vocabulary does not",
    ),
    "unknown datatype": ('rr:Claim skos:notation "x"^^xsd:strng .', "its vocabulary does not have"),
    "declared but not of the vocabulary": (
        f"dcterms:replacedBy a owl:AnnotationProperty ; {WHOLE}.",
        "its vocabulary does not have",
    ),
    "undeclared vocabulary": (f'rr:Thing a owl:Class ; ex:colour "red" ; {WHOLE}.', "declares nothing"),
    "concept in no scheme": (f'rr:x a rr:Realis ; skos:prefLabel "x"@en ; {DEFINITION}{HOME}.', "no declared scheme"),
    "scheme without concepts": (f"rr:x a skos:ConceptScheme ; {WHOLE}.", "no declared scheme"),
    "reflexive property": (f"rr:thing a owl:ObjectProperty , owl:ReflexiveProperty ; {WHOLE}.", "outside OWL 2 RL"),
    "class under a property": (f"rr:Thing a owl:Class ; rdfs:subClassOf rr:about ; {WHOLE}.", "of another kind"),
    "property under one of another kind": (
        f"rr:thing a owl:DatatypeProperty ; rdfs:subPropertyOf rr:about ; {WHOLE}.",
        "of another kind",
    ),
    "class on its own": (f"rr:Thing a owl:Class ; {WHOLE}.", "stands under no other class"),
    "class that is a restriction": (
        (
            f"rr:Thing a owl:Class ; {UNDER}{WHOLE}; owl:equivalentClass [ a owl:Restriction ; "
            "owl:onProperty rr:about ; owl:hasValue rr:x ] ."
        ),
        "defined by a restriction alone",
    ),
    "class that is another": (
        f"rr:Thing a owl:Class ; {UNDER}{WHOLE}; owl:equivalentClass rr:Agent .",
        "made the same as another named one",
    ),
    "class that is two things": (
        (
            f"rr:Thing a owl:Class ; {UNDER}{WHOLE}; owl:equivalentClass "
            "[ owl:intersectionOf ( rr:Agent rr:Event ) ] , [ owl:intersectionOf ( rr:Value rr:Event ) ] ."
        ),
        "or defined more than once",
    ),
    "definition in lower case": (
        f'rr:Thing a owl:Class ; {UNDER}{LABEL}{HOME}; skos:definition "a thing."@en .',
        "definition that is no sentence",
    ),
    "definition without a full stop": (
        f'rr:Thing a owl:Class ; {UNDER}{LABEL}{HOME}; skos:definition "A thing"@en .',
        "definition that is no sentence",
    ),
    "use of a deprecated property": (
        (
            f"rr:gone a owl:ObjectProperty ; {SOMEWHERE}{WHOLE}; owl:deprecated true ; "
            "dcterms:isReplacedBy rr:about .\nrr:x rr:gone rr:y ."
        ),
        "use of a deprecated term",
    ),
    "class under a deprecated one": (
        (
            f"rr:Gone a owl:Class ; {UNDER}{WHOLE}; owl:deprecated true ; dcterms:isReplacedBy rr:Event .\n"
            f"rr:Thing a owl:Class ; rdfs:subClassOf rr:Gone ; {WHOLE}."
        ),
        "use of a deprecated term",
    ),
    "deprecated by a string": (
        f'rr:Gone a owl:Class ; {UNDER}{WHOLE}; owl:deprecated "true" ; rdfs:comment "No use."@en .',
        "deprecation is not told",
    ),
    "deprecated without a word": (f"rr:Gone a owl:Class ; {UNDER}{WHOLE}; owl:deprecated true .", "deprecation is not"),
    "replaced but not deprecated": (
        f"rr:Gone a owl:Class ; {UNDER}{WHOLE}; dcterms:isReplacedBy rr:Event .",
        "deprecation is not told",
    ),
    "called obsolete": (
        f'rr:Gone a owl:Class ; {UNDER}rdfs:label "obsolete thing"@en ; {DEFINITION}{HOME}.',
        "deprecation is not told",
    ),
    "property of nothing": (
        f"rr:thing a owl:ObjectProperty ; rdfs:range rr:Event ; {WHOLE}.",
        "does not say what it is said of",
    ),
    "property with any value": (
        f"rr:thing a owl:DatatypeProperty ; schema:domainIncludes rr:Event ; {WHOLE}.",
        "does not say what it is said of",
    ),
    "class with a small letter": (f"rr:thing a owl:Class ; {UNDER}{WHOLE}.", "not stand in the namespace"),
    "term in another namespace": (f"ex:Thing a owl:Class ; {UNDER}{WHOLE}.", "not stand in the namespace"),
    "one definition twice": (
        (
            f"rr:Thing a owl:Class ; {UNDER}{WHOLE}.\n"
            f'rr:Thing2 a owl:Class ; {UNDER}{DEFINITION}{HOME}; rdfs:label "thing2"@en .'
        ),
        "have the same definition",
    ),
    "one label twice": (
        (
            f"rr:Thing a owl:Class ; {UNDER}{WHOLE}.\n"
            f'rr:Thing2 a owl:Class ; {UNDER}{LABEL}{HOME}; skos:definition "Another thing."@en .'
        ),
        "go by the same name",
    ),
    "label that is another's second name": (
        (
            f'rr:Thing a owl:Class ; {UNDER}{WHOLE}; skos:altLabel "another"@en .\n'
            f'rr:Thing2 a owl:Class ; {UNDER}rdfs:label "another"@en ; {HOME}; skos:definition "Another thing."@en .'
        ),
        "go by the same name",
    ),
    "space at the end": (
        f'rr:Thing a owl:Class ; {UNDER}rdfs:label "thing "@en ; {DEFINITION}{HOME}.',
        "begins or ends with white space",
    ),
    "line break": (
        f'rr:Thing a owl:Class ; {UNDER}{LABEL}{HOME}; skos:definition "A\\nthing."@en .',
        "begins or ends with white space",
    ),
    "no title": (HEADER.replace('dcterms:title "other"@en ;', ""), "without the least"),
    "no licence": (HEADER.replace("dcterms:license <", "dcterms:source <"), "without the least"),
    "no citation": (HEADER.replace('dcterms:bibliographicCitation "x" ;', ""), "to use and to cite it"),
    "no status": (HEADER.replace("bibo:status <", "dcterms:source <"), "sources or publisher are not told"),
    "no catalog": (HEADER.replace("schema:includedInDataCatalog", "dcterms:source"), "no catalog lists"),
    "one version for all": (HEADER.replace("other/1.0>", "other>"), "does not tell its version"),
    "version of another number": (HEADER.replace("other/1.0>", "other/1.1>"), "does not tell its version"),
    "version before itself": (
        HEADER + f"{OTHER} owl:priorVersion <https://w3id.org/ruiran/other/1.0> .",
        "does not tell its version",
    ),
    "issued before it was made": (HEADER.replace("2026-01-02", "2025-12-31"), "dates are no days"),
    "date that is no day": (HEADER.replace("2026-01-03", "January"), "dates are no days"),
    "IRI on a host": (
        HEADER.replace("https://w3id.org/ruiran/other", "https://example.org/other"),
        "hangs on one host",
    ),
    "no reuse": (HEADER.replace("foaf:Agent", "<https://w3id.org/ruiran/other#Other>"), "under a term of another"),
}
"""Case -> Turtle that spoils the ontology, and a part of the problem that the check has to tell."""


@pytest.mark.parametrize("case", SPOILT_TERMS)
def test_a_spoilt_term_is_found(case: str, dataset: Path, spoil: Spoil) -> None:
    text, expected = SPOILT_TERMS[case]
    spoil("ontology/spoilt.ttl", text)
    findings = term_findings(dataset)
    assert any(expected in str(finding) for finding in findings), findings
    assert all(finding.place and finding.place.file == "ontology/spoilt.ttl" for finding in findings)
    assert all(finding.place and finding.place.line for finding in findings)


def test_the_header_that_the_cases_spoil_is_without_fault(dataset: Path, spoil: Spoil) -> None:
    spoil("ontology/spoilt.ttl", HEADER)
    assert term_findings(dataset) == []


NOTED = "names no version before it"


def test_every_quality_query_has_a_case_that_it_finds(dataset: Path) -> None:
    problems = {path: path.read_text(encoding="utf-8") for path in (dataset / "ontology" / "checks").glob("*.rq")}
    for path, text in problems.items():
        header = " ".join(text.partition("\n# Solution:")[0].split())
        assert any(expected in header for expected in (NOTED, *(each for _, each in SPOILT_TERMS.values()))), path.name


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("shapes/x.ttl", "rr:S a sh:NodeShape ; sh:targetClass rr:Clam .", "ontology#Clam>"),
        ("shapes/x.ttl", "rr:Claim sh:property [ sh:path rr:about ; sh:minCout 1 ] .", "shacl#minCout>"),
        ("shapes/x.ttl", 'rr:Claim sh:select "SELECT * { ?s a <https://w3id.org/ruiran/ontology#X> }" .', "#X>"),
        ("shapes/x.ttl", 'rr:Claim sh:select "SELECT * { ?s a rr:Claim }" .', "declare the prefix"),
        ("queries/x.ttl", 'rr:Claim sh:select "SELECT WHERE" .', "is not SPARQL"),
        ("queries/x.rq", "PREFIX rr: <https://w3id.org/ruiran/ontology#> SELECT * { ?s rr:abuot/rr:x* ?o }", "#abuot>"),
        ("queries/x.rq", "PREFIX ex: <https://example.org/#> SELECT * { ?s ex:abc ?o }", "declares nothing"),
        (
            "queries/x.rq",
            "PREFIX rr: <https://w3id.org/ruiran/ontology#> SELECT * { ?s ?p ?o FILTER NOT EXISTS { ?s rr:nope ?o } }",
            "#nope>",
        ),
        (
            "queries/x.rq",
            (
                "PREFIX rr: <https://w3id.org/ruiran/ontology#> SELECT ?c { ?c a rr:Claim BIND (EXISTS { "
                "{ ?c rr:about ?x ; rr:nope ?o . ?o rr:states/rr:no ?p } UNION { ?c a rr:No } } AS ?y) } ORDER BY ?c"
            ),
            "#nope>",
        ),
        ("queries/x.rq", "SELECT * { ?s ?p <https://w3id.org/ruiran/concept/realis/happened> }", "realis/happened>"),
    ],
)
def test_an_unknown_term_in_shapes_and_queries_is_found(
    name: str, text: str, expected: str, dataset: Path, spoil: Spoil
) -> None:
    spoil(name, text)
    findings = [str(finding) for finding in term_findings(dataset)]
    assert any(expected in finding and finding.startswith(name) for finding in findings), findings


def test_prefixes_that_shapes_declare_serve_their_queries(dataset: Path, spoil: Spoil) -> None:
    declare = '[] sh:declare [ sh:prefix "rr" ; sh:namespace "https://w3id.org/ruiran/ontology#"^^xsd:anyURI ] .\n'
    spoil("shapes/x.ttl", declare + '[] sh:select "SELECT $this { $this a rr:Claim ; $PATH ?value }" .')
    assert term_findings(dataset) == []


PROFILE = "ontology/checks/profile.tsv"


def test_what_is_only_noted_stops_nothing(dataset: Path, spoil: Spoil) -> None:
    spoil("ontology/spoilt.ttl", HEADER)
    found = check_terms(dataset, load(dataset, "ontology")[0])
    assert found.problems == []
    assert [str(note.place) for note in found.notes if "ruiran/other" in note.message] == ["ontology/spoilt.ttl:15"]
    assert all(note.message.startswith("INFO ") and NOTED in note.message for note in found.notes)
    spoil("ontology/spoilt.ttl", HEADER + f"{OTHER} owl:priorVersion <https://w3id.org/ruiran/other/0.9> .")
    notes = check_terms(dataset, load(dataset, "ontology")[0]).notes
    assert not [note for note in notes if "ruiran/other" in note.message]


def test_the_level_of_a_check_is_that_of_the_profile(dataset: Path, spoil: Spoil) -> None:
    spoil("ontology/spoilt.ttl", f"rr:Thing a owl:Class ; {WHOLE}.")
    (finding,) = term_findings(dataset)
    assert finding.message.startswith("WARN class of an ontology of ours")
    profile_file = dataset / PROFILE
    text = profile_file.read_text()
    check = "class-without-super-class"
    profile_file.write_text(text.replace(f"{check}\tWARN\t", f"{check}\tERROR\t"))
    (finding,) = term_findings(dataset)
    assert finding.message.startswith("ERROR class of an ontology of ours")
    waiver = f"{check}\tWARN\trr:Thing\t\tit is a test\t\n"
    profile_file.write_text(text + waiver)
    assert term_findings(dataset) == []


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("term-without-label\tERROR\trr:Claim\t\tno reason at all\t", "waives what 'term-without-label' does not find"),
        ("ontology-without-detailed-metadata\tWARN\trr:\tdcterms:source\tx\t", "does not find"),
        (
            "term-without-lable\tERROR\t\t\t\t",
            "there is no check 'term-without-lable'; did you mean 'term-without-label'?",
        ),
        ("term-without-label\tERROR\t\t\t\t", "says the same of 'term-without-label' twice"),
        ("term-without-label\tERROR\trr:Claim\t\t\t", "no reason"),
        ("term-without-label\tINFO\trr:Claim\t\tx\t", "as INFO, which is ERROR"),
        ("(something)\tELSEWHERE\t\t\t\tFOOPS X", "no reason"),
        ("term-without-home\tELSEWHERE\trr:Claim\t\tx\tx", "there is a check 'term-without-home'"),
        ("term-without-label\tBAD\trr:Claim\t\tx\t", "'BAD' is no level"),
        ("term-without-label\tERROR", "has 2 columns, not 6"),
    ],
)
def test_a_fault_of_the_profile_is_found(line: str, expected: str, dataset: Path) -> None:
    path = dataset / PROFILE
    path.write_text(path.read_text() + line + "\n")
    findings = term_findings(dataset)
    assert any(expected in str(finding) for finding in findings), findings
    last = f"{PROFILE}:{len(path.read_text().splitlines())}"
    assert {str(finding.place) for finding in findings} == {last}


def test_a_waiver_that_the_ontology_outgrew_is_found(dataset: Path) -> None:
    core = dataset / "ontology" / "core.ttl"
    core.write_text(core.read_text() + "rr:Value rdfs:subClassOf rr:Entity .\n")
    (finding,) = term_findings(dataset)
    assert "waives what 'class-without-super-class' does not find" in str(finding)
    assert "ontology#Value>" in str(finding)


@pytest.mark.parametrize(
    ("text", "expected"),
    [(None, "there is no profile"), ("", "has another header"), ("check\tlevel\n", "has another header")],
)
def test_no_profile_at_all_is_found(text: str | None, expected: str, dataset: Path) -> None:
    path = dataset / PROFILE
    path.unlink()
    if text is not None:
        path.write_text(text)
    findings = [str(finding) for finding in term_findings(dataset)]
    assert any(expected in finding for finding in findings), findings
    assert any("gives no level to the check 'unknown-term'" in finding for finding in findings)


FOOPS = {
    *("CN1", "DOC1", "FIND1", "FIND2", "FIND3", "FIND_3_BIS", "HTTP1", "OM1", "OM2", "OM3", "OM4.1", "OM4.2", "OM5.1"),
    *("OM5.2", "PURL1", "RDF1", "URI1", "URI2", "VER1", "VER2", "VOC1", "VOC2", "VOC3", "VOC4"),
}
ROBOT = {
    *("annotation_whitespace", "deprecated_boolean_datatype", "deprecated_class_reference"),
    *("deprecated_property_reference", "duplicate_definition", "duplicate_exact_synonym", "duplicate_label"),
    *("duplicate_label_synonym", "duplicate_scoped_synonym", "equivalent_class_axiom_no_genus", "equivalent_pair"),
    *("illegal_use_of_built_in_vocabulary", "invalid_entity_uri", "invalid_xref", "label_formatting"),
    *("label_whitespace", "lowercase_definition", "missing_definition", "missing_label", "missing_obsolete_label"),
    *("missing_ontology_description", "missing_ontology_license", "missing_ontology_title"),
    *("missing_subset_declaration", "missing_superclass", "missing_synonymtype_declaration"),
    *("misused_obsolete_label", "misused_replaced_by", "multiple_asserted_superclasses", "multiple_definitions"),
    *("multiple_equivalent_class_definitions", "multiple_equivalent_classes", "multiple_labels"),
    "multiple_logical_definitions",
}


def test_all_that_foops_and_robot_ask_is_answered_or_said_to_be_elsewhere(dataset: Path) -> None:
    rows = severities.read(dataset / PROFILE, dataset, {}).rows
    answered = {each for row in rows for each in row.answers}
    assert answered == {f"FOOPS {each}" for each in FOOPS} | {f"ROBOT {each}" for each in ROBOT}


def test_another_dataset_is_checked_with_a_profile_of_its_own(tmp_path: Path) -> None:
    folder = lay_out(tmp_path / "floods")
    shutil.copytree(ROOT / "ontology" / "checks", folder / "ontology" / "checks")
    findings = [str(finding) for finding in term_findings(folder)]
    assert any("ERROR term without an English definition: <https://example.org/floods/terms#Riv" in f for f in findings)
    assert any("(dcterms:license)" in finding for finding in findings)
    assert not any(
        finding.startswith(("ontology/checks", "ontology/core.ttl")) for finding in findings if "ERROR" in finding
    )


def test_the_data_graph_is_called_as_the_settings_say(built: Path, dataset: Path) -> None:
    assert data_graph(built) == built / "dist" / "floods.nt"
    assert data_graph(dataset) is None


def test_a_quality_query_without_header_is_found(dataset: Path, spoil: Spoil) -> None:
    spoil("ontology/checks/x.rq", "SELECT ?term { ?term ?p ?o }")
    found = [str(finding) for finding in term_findings(dataset)]
    assert ["has no header" in found[0], "gives no level to the check 'x'" in found[1]] == [True, True]


def test_a_quality_query_that_cannot_find_is_found(dataset: Path, spoil: Spoil) -> None:
    spoil("ontology/checks/x.rq", "# Problem: x\n# Solution: y\nSELECT ?thing { ?thing a ?o }")
    spoil("ontology/checks/y.rq", "# Problem: x\n# Solution: y\nSELECT ?term { ?term }")
    found = [str(finding) for finding in term_findings(dataset)]
    assert ["selects no ?term" in found[0], "is not SPARQL" in found[1]] == [True, True]


def test_no_quality_query_at_all_is_found(dataset: Path) -> None:
    shutil.rmtree(dataset / "ontology" / "checks")
    assert [finding.message for finding in term_findings(dataset)] == ["there is no quality query"]


def test_a_file_that_does_not_parse_is_found_with_its_line(dataset: Path, spoil: Spoil) -> None:
    spoil("ontology/spoilt.ttl", "rr:Thing a owl:Class\nrr:Other a owl:Class .")
    (dataset / "ontology" / "latin.ttl").write_bytes(b"# caf\xe9\n")
    _, problems = load(dataset, "ontology")
    assert [str(problem.place) for problem in problems] == ["ontology/latin.ttl", "ontology/spoilt.ttl:16"]


def test_a_folder_without_ontology_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no Turtle file"):
        run_all(tmp_path)
    if not java.missing_modules():
        assert main(["--dataset", str(tmp_path)]) == 2


class TestProfile:
    pytestmark = needs_java

    def test_the_ontology_is_in_the_profile(self, dataset: Path) -> None:
        assert profile.violations(as_ntriples(axioms(dataset))) == []

    @pytest.mark.parametrize(
        "axiom",
        [
            "rr:Claim rdfs:subClassOf [ a owl:Class ; owl:unionOf ( rr:Document rr:Event ) ] .",
            "rr:Claim rdfs:subClassOf [ a owl:Restriction ; owl:onProperty rr:about ; owl:someValuesFrom rr:Event ] .",
            "rr:Claim owl:disjointUnionOf ( rr:Document rr:Event ) .",
            "rr:gist rdfs:range xsd:date .",
            "rr:gist a owl:ObjectProperty .",
        ],
    )
    def test_an_axiom_outside_the_profile_is_found(self, axiom: str, dataset: Path, spoil: Spoil) -> None:
        spoil("ontology/spoilt.ttl", axiom)
        findings = profile.violations(as_ntriples(axioms(dataset)))
        assert findings
        assert all("not in OWL 2 RL" in str(finding) for finding in findings)


class TestReasoner:
    pytestmark = needs_java

    def test_the_ontology_is_consistent(self, dataset: Path) -> None:
        assert check_consistency(dataset, axioms(dataset)) == []

    def test_a_class_that_nothing_can_belong_to_is_found(self, dataset: Path, spoil: Spoil) -> None:
        spoil("ontology/spoilt.ttl", f"rr:Thing a owl:Class ; rdfs:subClassOf rr:Claim , rr:Document ; {WHOLE}.")
        findings = [str(finding) for finding in reasoner.contradictions(axioms(dataset))]
        assert len(findings) == 1
        assert "nothing can belong to the class" in findings[0]
        assert "Thing" in findings[0]

    def test_an_entity_in_two_classes_that_exclude_each_other_is_found(self, dataset: Path, spoil: Spoil) -> None:
        spoil("ontology/spoilt.ttl", "rr:x a rr:Claim , rr:Document .")
        assert any("contradict" in str(finding) for finding in reasoner.contradictions(axioms(dataset)))

    def test_a_contradiction_in_the_entities_of_the_data_is_found(self, dataset: Path, spoil: Spoil) -> None:
        ns = "https://w3id.org/ruiran/ontology#"
        a = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
        (dataset / "seeds").mkdir()
        shutil.copy(ROOT / "seeds" / "dataset.yaml", dataset / "seeds")
        data = f"<urn:x> {a} <{ns}Person> .\n<urn:e> {a} <{ns}Visit> .\n<urn:e> <{ns}visitor> <urn:x> .\n"
        spoil("dist/ruiran.nt", data)
        assert check_consistency(dataset, axioms(dataset)) == []
        # The range of the property makes the visit an actor, and no actor is an event.
        spoil("dist/ruiran.nt", data + f"<urn:e> <{ns}host> <urn:e> .\n")
        assert [finding.message for finding in check_consistency(dataset, axioms(dataset))] == [
            "the ontology and the entities of the data contradict each other, says HermiT"
        ]

    def test_two_values_of_a_functional_property_are_found(self, dataset: Path) -> None:
        ontology = axioms(dataset)
        quantity, unit = ox.NamedNode("urn:q"), ox.NamedNode("https://w3id.org/ruiran/ontology#unit")
        values = [ox.NamedNode(f"https://w3id.org/ruiran/concept/unit/{name}") for name in ("item", "person")]
        twice = [ox.Triple(quantity, unit, value) for value in values]
        assert reasoner.contradictions([*ontology, *twice]) == []
        assert reasoner.contradictions([*ontology, *twice, *reasoner.distinct_concepts(ontology)])


@pytest.mark.skipif(bool(java.missing_modules()), reason="the extra 'check' is not installed")
@pytest.mark.java
def test_the_command_prints_findings_and_says_so_in_its_status(
    dataset: Path, spoil: Spoil, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--dataset", str(dataset)]) == 0
    assert "alone: no data is built yet" in capsys.readouterr().out
    spoil("ontology/spoilt.ttl", f"rr:Thing a owl:Class ; {LABEL}{HOME}.")
    assert main(["--dataset", str(dataset)]) == 1
    assert "ontology/spoilt.ttl:15: ERROR term without an English definition" in capsys.readouterr().out
