"""The report: words, file and line, severities, formats, and that it is the same however the data comes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Final

import pyoxigraph
import pytest
from pyshacl import validate as pyshacl_validate
from rdflib import SH, Graph, Literal, URIRef
from rdflib.term import Node

from ruiran_ld.errors import DataError, Place
from ruiran_ld.validation import Finding, Report, Validation, validate

ROOT: Final = Path(__file__).parent.parent
ID: Final = "https://w3id.org/ruiran/id/"
PLACES: Final = {
    f"{ID}iran": Place("registers/states.yaml", 3),
    f"{ID}russia": Place("registers/states.yaml", 9),
    f"{ID}transfer": Place("registers/events.yaml", 1),
    f"{ID}weapon": Place("registers/weapons.yaml", 4),
    f"{ID}doc_1": Place("documents/doc_1.yaml", 1),
    f"{ID}doc_1/c1": Place("documents/doc_1.yaml", 12),
    f"{ID}doc_1/c2": Place("documents/doc_1.yaml", 20),
}
PREFIXES: Final = f"""
    @prefix : <{ID}> . @prefix rr: <https://w3id.org/ruiran/ontology#> . @prefix oa: <http://www.w3.org/ns/oa#> .
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
    @prefix value: <https://w3id.org/ruiran/value/> . @prefix st: <https://w3id.org/ruiran/statement/> .
"""


@cache
def validation() -> Validation:
    return Validation((ROOT / "ontology").glob("*.ttl"), (ROOT / "shapes").glob("*.ttl"))


@cache
def lines(more: str = "") -> tuple[str, ...]:
    """Read the common fixture of the shapes' cases, with some more Turtle, as lines of N-Triples."""
    common = (ROOT / "tests" / "shapes" / "common.ttl").read_text(encoding="utf-8")
    turtle = pyoxigraph.RdfFormat.TURTLE
    quads = (quad for text in (common, PREFIXES + more) for quad in pyoxigraph.parse(text, format=turtle))
    return tuple(f"{quad.triple} .\n" for quad in quads)


def report(more: str = "") -> Report:
    return validation().validate("".join(lines(more)), PLACES)


def found(found_in: Report, shape: str) -> Finding:
    (finding,) = (finding for finding in found_in.findings if finding.shape.endswith(f"#{shape}"))
    return finding


def test_data_that_conforms_says_so() -> None:
    nothing = report()
    assert nothing.conforms
    assert nothing.as_text() == "conforms: 0 violations, 0 warnings\n"
    assert json.loads(nothing.as_json()) == {"conforms": True, "findings": []}
    nothing.require_conformance()


def test_a_finding_speaks_in_labels_and_names_file_and_line() -> None:
    finding = found(report(":transfer rr:supplier :russia ."), "SupplierIsNotRecipient")
    assert (finding.focus_label, finding.path_label, finding.value_label) == ("'a transfer'", "'supplier'", "'Russia'")
    text = str(finding.as_problem())
    assert text.startswith("registers/events.yaml:1: 'a transfer': The supplier of a transfer is its recipient too.")
    assert text.endswith("('supplier': 'Russia') [SupplierIsNotRecipient]")


def test_messages_name_properties_by_their_labels() -> None:
    message = found(report(":iran rr:allyOf :russia ."), "TripleStated").message
    assert message.startswith("A triple with 'ally of' is published")


@pytest.mark.parametrize(
    ("more", "shape", "place"),
    [
        (f"<{ID}doc_1#selector=10,20> oa:exact 'x' .", "NoExactQuote", Place("documents/doc_1.yaml", 12)),
        (f"<{ID}doc_1#char=30,40> rr:sha256 'xy' .", "PassageHash", Place("documents/doc_1.yaml", 20)),
        (f"value:{1:032} rr:wording 'x' , 'y' .", "QuantityWording", Place("documents/doc_1.yaml", 12)),
        (f"value:{2:032} rr:name 'x' .", "DesignationName", Place("documents/doc_1.yaml", 20)),
        (f"<{ID}doc_1/author> a rr:UnnamedAuthor ; a rr:Person .", "EnglishName", Place("documents/doc_1.yaml", 12)),
        (f"st:{'f' * 32} rdfs:label 'x' .", "LinkProperties", Place("registers/states.yaml", 3)),
    ],
)  # fmt: skip
def test_a_node_without_a_place_takes_that_of_what_leads_to_it(more: str, shape: str, place: Place) -> None:
    findings = [finding for finding in report(more).findings if finding.shape.endswith(f"#{shape}")]
    assert {finding.place for finding in findings} == {place}


def test_a_triple_that_a_claim_states_is_at_the_place_of_the_claim() -> None:
    statement = f"st:{'a' * 32} a rr:Statement ; rdf:subject :transfer ; rdf:predicate rr:weapon ; rdf:object :iran ."
    more = f":transfer rr:weapon :iran . {statement} <{ID}doc_1/c2> rr:states st:{'a' * 32} ."
    assert found(report(more), "ValueInRange").place == Place("documents/doc_1.yaml", 20)


def test_a_node_that_nothing_leads_to_has_no_place() -> None:
    finding = found(report(f"value:{'9' * 32} a rr:Designation ; rr:name 'W-9' ."), "ValueStated")
    assert finding.place is None
    assert str(finding.as_problem()).startswith("'W-9': ")


def test_warnings_do_not_fail() -> None:
    only_warnings = report(":nobody a rr:Person ; rdfs:label 'nobody'@en .")
    assert [finding.severity for finding in only_warnings.findings] == ["Warning"]
    assert only_warnings.conforms
    only_warnings.require_conformance()
    assert only_warnings.as_text().startswith("warning: 'nobody': ")
    assert only_warnings.as_text().endswith("conforms: 0 violations, 1 warning\n")


def test_violations_fail_with_all_problems_and_come_first() -> None:
    grave = report(":nobody a rr:Person ; rdfs:label 'nobody'@en . :iran rr:allyOf :russia ; rr:opposes :russia .")
    assert not grave.conforms
    severities = [finding.severity for finding in grave.findings]
    assert severities == sorted(severities, key=["Violation", "Warning"].index)
    assert severities[-1] == "Warning"
    with pytest.raises(DataError) as caught:
        grave.require_conformance()
    assert len(caught.value.problems) == len(grave.violations) == 4
    assert {problem.place for problem in caught.value.problems} == {Place("registers/states.yaml", 3)}


def test_json_gives_every_field() -> None:
    (first, *_) = json.loads(report(":iran rr:allyOf :russia .").as_json())["findings"]
    assert first == {
        "file": "registers/states.yaml",
        "line": 3,
        "severity": "Violation",
        "shape": "https://w3id.org/ruiran/shapes#RelationEstablished",
        "constraint": "SPARQL",
        "message": first["message"],
        "focus": f"<{ID}iran>",
        "path": "<https://w3id.org/ruiran/ontology#allyOf>",
        "value": f"<{ID}russia>",
        "focus_label": "'Iran'",
        "path_label": "'ally of'",
        "value_label": "'Russia'",
    }


def test_the_report_does_not_depend_on_the_order_of_the_data() -> None:
    more = ":iran rr:allyOf :russia ; rr:opposes :weapon . :nobody a rr:Person . :nothing a rr:Meeting ."
    forwards = validation().validate("".join(lines(more)), PLACES)
    backwards = validation().validate("".join(reversed(lines(more))).encode(), dict(reversed(PLACES.items())))
    assert forwards.as_json() == backwards.as_json()
    assert len(forwards.findings) > 5


def test_a_result_on_a_longer_path_writes_the_path() -> None:
    finding = found(report(":other a rr:State ; rdfs:label 'other'@en ; rr:countryCode 'IR' ."), "EntryUsed")
    assert finding.path.startswith("(^<https://w3id.org/ruiran/ontology#about>|^<")
    shared = report(":other a rr:State ; rdfs:label 'other'@en ; rr:countryCode 'IR' .").violations[0]
    assert shared.path_label == "'country code'/^'country code'"


def test_data_that_is_no_n_triples_is_refused() -> None:
    with pytest.raises(DataError, match="the data cannot be read"):
        validation().validate("this is not a triple\n", {})


def test_files_that_are_no_turtle_are_refused(tmp_path: Path) -> None:
    broken = tmp_path / "broken.ttl"
    broken.write_text("<a> <b>", encoding="utf-8")
    with pytest.raises(DataError, match=r"broken\.ttl cannot be read"):
        validate("", (ROOT / "ontology").glob("*.ttl"), [broken])


@pytest.mark.parametrize(
    "shape",
    ["sh:minCount 1 , 2 ; sh:path rdf:type", "sh:sparql [ sh:select 'SELECT nonsense' ]", "sh:property sh:path"],
)
def test_shapes_that_cannot_be_applied_are_refused(shape: str, tmp_path: Path) -> None:
    broken = tmp_path / "broken.ttl"
    prefixes = f"{PREFIXES} @prefix sh: <{SH}> ."
    broken.write_text(f"{prefixes} [] sh:targetClass rr:Document ; {shape} .", encoding="utf-8")
    with pytest.raises(DataError, match="a shape cannot be applied"):
        validate("".join(lines()), (ROOT / "ontology").glob("*.ttl"), [broken])


def test_one_call_does_the_same() -> None:
    once = validate("".join(lines()), (ROOT / "ontology").glob("*.ttl"), (ROOT / "shapes").glob("*.ttl"))
    assert once == report()


@pytest.mark.slow
def test_the_findings_are_those_of_plain_pyshacl_on_graphs_that_rdflib_parsed() -> None:
    # pySHACL alone takes ten times as long: every fifth case will do. Blank nodes have no names to compare by.
    cases = sorted((ROOT / "tests" / "shapes").glob("*/invalid.*.ttl"))
    cases = [case for case in cases if "blank-nodes" not in case.name][::5]
    data = Graph()
    for file in (ROOT / "tests" / "shapes" / "common.ttl", *cases):
        data.parse(file)
    ours = validation().validate(data.serialize(format="nt", encoding="utf-8"), {})
    shapes = Graph()
    for file in (ROOT / "shapes").glob("*.ttl"):
        shapes.parse(file)
    for file in (ROOT / "ontology").glob("*.ttl"):
        data.parse(file)
    _, results, _ = pyshacl_validate(data, shacl_graph=shapes)
    assert isinstance(results, Graph)
    assert {(f.shape, f.constraint, f.focus, f.value) for f in ours.findings} == set(map(essentials, plain(results)))
    assert {f.shape.rpartition("#")[2] for f in ours.findings if f.constraint == "SPARQL"} >= sparql_shapes(cases)


def sparql_shapes(cases: Iterable[Path]) -> set[str]:
    """Read which shapes with a SPARQL constraint each case breaks by itself."""
    lines = [line for case in cases for line in case.with_suffix(".expected").read_text(encoding="utf-8").splitlines()]
    found = {shape for _, shape, constraint, *_ in (line.split(" | ") for line in lines) if constraint == "SPARQL"}
    assert found
    return found


def plain(results: Graph) -> Iterator[dict[str, Node]]:
    for result in results.objects(None, SH.result):
        yield {str(p).removeprefix(str(SH)): o for p, o in results.predicate_objects(result)}


def essentials(result: dict[str, Node]) -> tuple[str, str, str, str]:
    component = str(result["sourceConstraintComponent"]).removeprefix(str(SH)).removesuffix("ConstraintComponent")
    return str(result["sourceShape"]), component, term(result["focusNode"]), term(result.get("value"))


def term(node: Node | None) -> str:
    return node.n3() if isinstance(node, URIRef | Literal) else ""
