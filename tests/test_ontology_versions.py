"""A version of an ontology names one content, down to what stands in blank nodes, and the version before it."""

from __future__ import annotations

import pytest

from conftest import ROOT
from ruiran_ld import pipeline
from ruiran_ld.dataset import DatasetFolder
from ruiran_ld.errors import DataError
from ruiran_ld.ontology_versions import check_versions

HEADER = """
@prefix : <https://example.org/one#> . @prefix other: <https://example.org/other#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<https://example.org/other> a owl:Ontology .
other:A a owl:Class ; rdfs:isDefinedBy <https://example.org/other> .
"""
VERSION = """<https://example.org/one> a owl:Ontology ; owl:versionInfo "0.1.0" ;
    owl:versionIRI <https://example.org/one/0.1.0> .
"""
NEXT = """<https://example.org/one> a owl:Ontology ; owl:versionInfo "0.2.0" ;
    owl:versionIRI <https://example.org/one/0.2.0> ; owl:priorVersion <https://example.org/one/0.1.0> .
"""
TERMS = """
:A a owl:Class ; rdfs:isDefinedBy <https://example.org/one> ;
    owl:equivalentClass [ owl:unionOf ( :B [ owl:complementOf :C ] ) ] .
:B a owl:Class ; rdfs:isDefinedBy <https://example.org/one> .
[] a owl:AllDisjointClasses ; owl:members ( :B :C ) .
"""


def messages(old: str, new: str) -> list[str]:
    return [str(problem) for problem in check_versions((HEADER + new).encode(), (HEADER + old).encode())]


def test_our_ontology_has_a_version_and_its_iri() -> None:
    assert check_versions(pipeline.joined_ontology(DatasetFolder(ROOT)), None) == []


def test_the_same_content_needs_no_new_version() -> None:
    shuffled = TERMS.replace("owl:AllDisjointClasses ;", "owl:AllDisjointClasses;\n# a comment\n")
    assert messages(VERSION + TERMS, shuffled + VERSION) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a owl:Class ; rdfs:isDefinedBy", 'a owl:Class ; rdfs:label "a" ; rdfs:isDefinedBy'),
        ("owl:complementOf :C", "owl:complementOf :B"),
        ("( :B [", "( :C ["),
        ("( :B :C )", "( :C :B )"),
        (":B a owl:Class ; rdfs:isDefinedBy <https://example.org/one> .", ""),
    ],
)
def test_other_content_needs_a_new_version(old: str, new: str) -> None:
    assert old in TERMS
    changed = TERMS.replace(old, new)
    (message,) = messages(VERSION + TERMS, VERSION + changed)
    assert "is not what version 0.1.0 was when it was released" in message
    assert message.endswith("and owl:priorVersion <https://example.org/one/0.1.0>")
    assert messages(VERSION + TERMS, NEXT + changed) == []


def test_an_ontology_without_a_version_promises_none() -> None:
    assert messages(VERSION + TERMS, f'{VERSION}{TERMS} other:A rdfs:label "a" .') == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("one/0.2.0>", "one/0.3.0>", "write owl:versionIRI <https://example.org/one/0.2.0>"),
        ("owl:versionIRI <https://example.org/one/0.2.0> ;", "", "has version 0.2.0 and version IRI ''"),
        (
            "one/0.1.0>",
            "one/0.0.1>",
            "follows version 0.1.0 and names 'https://example.org/one/0.0.1' as the one before",
        ),
        ("0.2.0", "0.0.9", "goes back from version 0.1.0 to 0.0.9; write a later owl:versionInfo"),
    ],
)
def test_a_header_that_is_wrong(old: str, new: str, said: str) -> None:
    (message,) = messages(VERSION, NEXT.replace(old, new))
    assert said in message


def test_what_is_no_turtle() -> None:
    with pytest.raises(DataError, match="ontology: not Turtle"):
        check_versions(b"nonsense", None)


def test_a_long_list_is_no_depth() -> None:
    members = " ".join(f":C{number}" for number in range(3000))
    long = f"[] a owl:AllDisjointClasses ; owl:members ( :B {members} ) ."
    (message,) = messages(VERSION + TERMS, VERSION + TERMS + long)
    assert "[] differs" in message
