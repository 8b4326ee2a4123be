"""Shows that each check of the ontology can fail: a copy of the ontology is spoilt, and the check has to say so."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from ruiran_ld.errors import Problem, UsageError
from ruiran_ld.ontology_checks import java, profile, reasoner
from ruiran_ld.ontology_checks.__main__ import main
from ruiran_ld.ontology_checks.checks import check_consistency, check_terms, load, run_all

ROOT = Path(__file__).parents[1]

PREFIXES = """
@prefix rr: <https://w3id.org/ruiran/ontology#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix ex: <https://example.org/vocabulary#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
LABEL = 'rdfs:label "thing"@en ; '
DEFINITION = 'skos:definition "A thing."@en ; '
HOME = "rdfs:isDefinedBy <https://w3id.org/ruiran/ontology> "
WHOLE = LABEL + DEFINITION + HOME

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
    return check_terms(dataset, ontology)


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
}


@pytest.mark.parametrize("case", SPOILT_TERMS)
def test_a_spoilt_term_is_found(case: str, dataset: Path, spoil: Spoil) -> None:
    text, expected = SPOILT_TERMS[case]
    spoil("ontology/spoilt.ttl", text)
    findings = term_findings(dataset)
    assert any(expected in str(finding) for finding in findings), findings
    assert all(finding.place and finding.place.file == "ontology/spoilt.ttl" for finding in findings)
    assert all(finding.place and finding.place.line for finding in findings)


def test_every_quality_query_has_a_case_that_it_finds(dataset: Path) -> None:
    problems = {path: path.read_text(encoding="utf-8") for path in (dataset / "ontology" / "checks").glob("*.rq")}
    for path, text in problems.items():
        header = " ".join(text.partition("\n# Solution:")[0].split())
        assert any(expected in header for _, expected in SPOILT_TERMS.values()), path.name


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


def test_a_quality_query_without_header_is_found(dataset: Path, spoil: Spoil) -> None:
    spoil("ontology/checks/x.rq", "SELECT ?term { ?term ?p ?o }")
    assert ["has no header" in str(finding) for finding in term_findings(dataset)] == [True]


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
    assert [str(problem.place) for problem in problems] == ["ontology/latin.ttl", "ontology/spoilt.ttl:12"]


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
    assert "ontology/spoilt.ttl:11: term without an English definition" in capsys.readouterr().out
