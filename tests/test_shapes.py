"""The shapes: their cases as files, each constraint with a failing case, and that they are well-formed shapes at all.

A case is ``tests/shapes/<profile>/(valid|invalid).<why>.ttl`` and stands on ``tests/shapes/common.ttl``. Beside an
invalid one, ``.expected`` lists what the shapes find: severity, shape, constraint, focus node, path and value, sorted.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

import pyoxigraph
import pytest
from pyshacl import validate as pyshacl_validate
from rdflib import RDF, SH, Graph, URIRef
from rdflib.term import Node

from ruiran_ld.validation import Finding, Report, Validation

ROOT: Final = Path(__file__).parent.parent
CASES: Final = ROOT / "tests" / "shapes"
SHAPE_FILES: Final = sorted((ROOT / "shapes").glob("*.ttl"))
PROFILES: Final = sorted(file.stem for file in SHAPE_FILES if file.stem != "shapes")
INVALID: Final = sorted(CASES.glob("*/invalid.*.ttl"))
VALID: Final = sorted(CASES.glob("*/valid.*.ttl"))

BASE: Final = "https://w3id.org/ruiran/"
PREFIXES: Final = {
    f"{BASE}ontology#": "rr:",
    f"{BASE}concept/": "concept/",
    f"{BASE}id/": "",
    BASE: "",
    "http://www.w3.org/ns/oa#": "oa:",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf:",
    "http://www.w3.org/2000/01/rdf-schema#": "rdfs:",
    "http://www.w3.org/2004/02/skos/core#": "skos:",
    "http://www.w3.org/2001/XMLSchema#": "xsd:",
    "http://id.loc.gov/datatypes/": "",
    "http://purl.org/dc/terms/": "dcterms:",
}

# SHACL, W3C Recommendation of 20 July 2017: the parameters of section 4 that name a constraint component of their own.
PARAMETERS: Final = {
    "class", "datatype", "nodeKind", "minCount", "maxCount", "minExclusive", "minInclusive", "maxExclusive",
    "maxInclusive", "minLength", "maxLength", "pattern", "languageIn", "uniqueLang", "equals", "disjoint", "lessThan",
    "lessThanOrEquals", "not", "and", "or", "xone", "node", "property", "qualifiedMinCount", "qualifiedMaxCount",
    "closed", "hasValue", "in",
}  # fmt: skip
COMPONENTS: Final = {name: name[0].upper() + name[1:] for name in PARAMETERS} | {"sparql": "SPARQL"}
TARGETS: Final = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)
# The rest of the vocabulary that shapes may use (sections 2, 3.6 and 5, and appendix A).
OTHER_TERMS: Final = {
    "NodeShape", "PropertyShape", "SPARQLConstraint", "Violation", "Warning", "Info", "IRI", "Literal", "BlankNode",
    "BlankNodeOrIRI", "BlankNodeOrLiteral", "IRIOrLiteral", "targetClass", "targetNode", "targetSubjectsOf",
    "targetObjectsOf", "path", "inversePath", "alternativePath", "zeroOrMorePath", "oneOrMorePath", "zeroOrOnePath",
    "severity", "message", "deactivated", "name", "description", "order", "group", "defaultValue", "flags",
    "ignoredProperties", "qualifiedValueShape", "qualifiedValueShapesDisjoint", "sparql", "select", "prefixes",
    "declare", "prefix", "namespace",
}  # fmt: skip


@cache
def validation() -> Validation:
    return Validation((ROOT / "ontology").glob("*.ttl"), SHAPE_FILES)


@cache
def shapes() -> Graph:
    graph = Graph()
    for file in SHAPE_FILES:
        graph.parse(file)
    return graph


@cache
def report(case: Path) -> Report:
    turtle = {CASES / "common.ttl", case}
    triples = [
        quad.triple
        for file in sorted(turtle)
        for quad in pyoxigraph.parse(file.read_bytes(), format=pyoxigraph.RdfFormat.TURTLE, rename_blank_nodes=True)
    ]
    return validation().validate("".join(f"{triple} .\n" for triple in triples), {})


def name_of(case: Path) -> str:
    return case.relative_to(CASES).as_posix()


def line(finding: Finding) -> str:
    shape = finding.shape.rpartition("#")[2]
    terms = f"{finding.focus} | {finding.path} | {finding.value}"
    text = f"{finding.severity} | {shape} | {finding.constraint} | {terms}".strip()
    for namespace, prefix in PREFIXES.items():
        text = text.replace(namespace, prefix)
    return text.replace("<", "").replace(">", "")


def as_expected(found: Report) -> str:
    return "".join(f"{text}\n" for text in sorted(map(line, found.findings)))


@pytest.mark.parametrize("case", [CASES / "common.ttl", *VALID], ids=name_of)
def test_valid_case_has_no_finding(case: Path) -> None:
    assert as_expected(report(case)) == ""


@pytest.mark.parametrize("case", INVALID, ids=name_of)
def test_invalid_case_has_the_expected_findings(case: Path) -> None:
    assert as_expected(report(case)) == case.with_suffix(".expected").read_text(encoding="utf-8")


def test_every_invalid_case_fails_and_every_expectation_has_its_case() -> None:
    assert not [name_of(case) for case in INVALID if not report(case).findings]
    assert sorted(file.with_suffix(".ttl") for file in CASES.glob("*/*.expected")) == INVALID


def test_every_profile_has_cases_and_every_folder_of_cases_a_profile() -> None:
    assert {case.parent.name for case in INVALID} == set(PROFILES)
    assert {case.parent.name for case in VALID} <= set(PROFILES)


def all_shapes() -> set[Node]:
    graph = shapes()
    return {*graph.subjects(RDF.type, SH.NodeShape), *graph.subjects(RDF.type, SH.PropertyShape)}


def reporting_shapes() -> Iterator[Node]:
    """List the shapes with a target: the others are parts of these and report nothing themselves."""
    for shape in all_shapes():
        if any(shapes().value(shape, target, any=True) for target in TARGETS):
            yield shape


def test_every_constraint_has_a_failing_case_in_its_profile() -> None:
    failing = {
        (case.parent.name, finding.shape, finding.constraint) for case in INVALID for finding in report(case).findings
    }
    missing = [
        f"{profile}: {str(shape).rpartition('#')[2]} {component}"
        for profile, shape, component in constraints()
        if not any(found[1:] == (str(shape), component) for found in failing)
    ]
    assert sorted(missing) == []


@cache
def profile_graph(profile: str) -> Graph:
    return Graph().parse(ROOT / "shapes" / f"{profile}.ttl")


def constraints() -> Iterator[tuple[str, Node, str]]:
    for profile in PROFILES:
        for shape in reporting_shapes():
            for predicate in set(profile_graph(profile).predicates(shape)):
                if (term := str(predicate).removeprefix(str(SH))) in COMPONENTS:
                    yield profile, shape, COMPONENTS[term]


def test_every_invalid_case_fails_its_own_profile() -> None:
    for case in INVALID:
        own = set(profile_graph(case.parent.name).subjects())
        assert any(URIRef(finding.shape) in own for finding in report(case).findings), name_of(case)


def test_every_shape_has_an_iri_a_severity_and_one_message() -> None:
    graph = shapes()
    for shape in all_shapes():
        assert isinstance(shape, URIRef), shape
        assert str(shape).startswith(f"{BASE}shapes#"), shape
        assert len(list(graph.objects(shape, SH.severity))) == 1, shape
        (message,) = graph.objects(shape, SH.message)
        assert str(message).endswith("."), shape
    for shape in reporting_shapes():
        assert len(str(graph.value(shape, SH.message)).split(". ")) >= 2, f"{shape} does not say what to do"


def test_nothing_is_used_as_a_shape_without_being_declared_one() -> None:
    graph = shapes()
    named = {o for p in (SH.property, SH.node, SH["not"], SH.qualifiedValueShape) for o in graph.objects(None, p)}
    listed = {item for p in (SH["or"], SH["and"], SH.xone) for o in graph.objects(None, p) for item in graph.items(o)}
    assert named | listed <= all_shapes()
    assert {subject for target in TARGETS for subject in graph.subjects(target)} <= all_shapes()


def unknown_terms(graph: Graph) -> list[str]:
    """List the terms in SHACL's namespace that SHACL does not have: pySHACL and the shapes of shapes let them pass."""
    terms = {term for triple in graph for term in triple if isinstance(term, URIRef) and term.startswith(str(SH))}
    return sorted({str(term).removeprefix(str(SH)) for term in terms} - PARAMETERS - OTHER_TERMS)


def test_every_term_of_shacl_exists() -> None:
    assert unknown_terms(shapes()) == []


def test_a_misspelt_parameter_is_noticed() -> None:
    misspelt = Graph().parse(data=f"@prefix sh: <{SH}> . <urn:shape> a sh:NodeShape ; sh:minCout 1 .", format="turtle")
    assert unknown_terms(misspelt) == ["minCout"]


def test_every_term_of_the_ontology_exists() -> None:
    ontology = Graph()
    for file in (ROOT / "ontology").glob("*.ttl"):
        ontology.parse(file)
    terms = {term for triple in shapes() for term in triple if isinstance(term, URIRef)}
    ours = {term for term in terms if str(term).startswith((f"{BASE}ontology#", f"{BASE}concept/"))}
    assert sorted(ours - set(ontology.subjects())) == []


def test_shapes_conform_to_the_shapes_of_shapes() -> None:
    bundled = files("pyshacl") / "assets" / "shacl-shacl.ttl"
    shapes_of_shapes = Graph().parse(data=bundled.read_text(encoding="utf-8"), format="turtle")
    # Lists in paths in lists of shapes go deeper than the default of 15 allows.
    conforms, _, text = pyshacl_validate(shapes(), shacl_graph=shapes_of_shapes, max_validation_depth=40)
    assert conforms, text
