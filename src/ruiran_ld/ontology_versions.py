"""Versions of ontologies: one name for one content, and each names the one before.

An ontology is a thing of class owl:Ontology; its terms are those that say so (rdfs:isDefinedBy), with all that hangs on
them by blank nodes. Versions stand in the header: OWL 2 Structural Specification, sections 3.1 (version IRIs) and 3.5
(owl:versionInfo, owl:priorVersion). An ontology whose header states no version promises none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph
from pyoxigraph import BlankNode, Literal, NamedNode

from ruiran_ld.errors import DataError, Place, Problem
from ruiran_ld.namespaces import OWL, RDF, RDFS
from ruiran_ld.versions import is_version, precedence

_Node = NamedNode | BlankNode | Literal | pyoxigraph.Triple
_ONTOLOGY = NamedNode(f"{OWL}Ontology")
_Odd = BlankNode | pyoxigraph.Triple
_TYPE, _FIRST, _REST, _HOME = f"{RDF}type", f"{RDF}first", f"{RDF}rest", f"{RDFS}isDefinedBy"


@dataclass(frozen=True, slots=True)
class Header:
    """What an ontology says of its version, and what it holds.

    Attributes:
        iri: of the ontology.
        version: its ``owl:versionInfo``, or empty.
        version_iri: its ``owl:versionIRI``, or empty.
        prior: its ``owl:priorVersion``, or empty.
        content: a line for each of its terms, the header left out.
    """

    iri: str
    version: str
    version_iri: str
    prior: str
    content: frozenset[str]


def check_versions(current: bytes, released: bytes | None, name: str = "ontology") -> list[Problem]:
    """Find what is wrong with the versions of the ontologies of a release to be.

    Args:
        current: Turtle with the ontologies.
        released: the same of the release before; None if there is none.
        name: what the files are called in messages.

    Raises:
        DataError: if one is not Turtle.
    """
    before = read_headers(released, name) if released is not None else {}
    problems: list[Problem] = []
    for header in read_headers(current, name).values():
        if header.version:
            messages = [*_form(header), *(_succession(header, before[header.iri]) if header.iri in before else ())]
            problems += [Problem(f"<{header.iri}> {what}", remedy, Place(name)) for what, remedy in messages]
    return problems


def _form(header: Header) -> Iterator[tuple[str, str]]:
    expected = f"{header.iri.rstrip('#/')}/{header.version}"
    if header.version_iri != expected:
        yield (
            f"has version {header.version} and version IRI '{header.version_iri}'",
            f"write owl:versionIRI <{expected}>",
        )


def _succession(header: Header, before: Header) -> Iterator[tuple[str, str]]:
    if header.version == before.version:
        changed = sorted(header.content ^ before.content)
        if changed:
            term = changed[0].partition(" ")[0]
            yield (
                f"is not what version {before.version} was when it was released: {term} differs",
                f"write a new owl:versionInfo and owl:versionIRI, and owl:priorVersion <{before.version_iri}>",
            )
        return
    ordered = is_version(header.version) and is_version(before.version)
    if ordered and precedence(header.version) < precedence(before.version):
        yield f"goes back from version {before.version} to {header.version}", "write a later owl:versionInfo"
    elif before.version_iri and header.prior != before.version_iri:
        message = f"follows version {before.version} and names '{header.prior}' as the one before"
        yield message, f"write owl:priorVersion <{before.version_iri}>"


def read_headers(turtle: bytes, name: str = "ontology") -> dict[str, Header]:
    """Read the ontologies of a Turtle file, by IRI.

    Raises:
        DataError: if it is not Turtle.
    """
    facts: dict[_Node, list[tuple[str, _Node]]] = defaultdict(list)
    try:
        for quad in pyoxigraph.parse(turtle, format=pyoxigraph.RdfFormat.TURTLE):
            facts[quad.subject].append((quad.predicate.value, quad.object))
    except SyntaxError as error:
        raise DataError(Problem(f"not Turtle: {error.msg}", "mend the syntax", Place(name))) from error
    content = _content(facts)
    return {
        node.value: Header(
            iri=node.value,
            version=_only(pairs, "versionInfo"),
            version_iri=_only(pairs, "versionIRI"),
            prior=_only(pairs, "priorVersion"),
            content=frozenset(content[node.value]),
        )
        for node, pairs in facts.items()
        if isinstance(node, NamedNode) and (_TYPE, _ONTOLOGY) in pairs
    }


def _only(pairs: list[tuple[str, _Node]], name: str) -> str:
    values = (node.value for predicate, node in pairs if predicate == OWL + name and not isinstance(node, _Odd))
    return next(values, "")


def _content(facts: Mapping[_Node, list[tuple[str, _Node]]]) -> dict[str, list[str]]:
    """Write each thing with all that hangs on it by blank nodes on one line, by the ontologies that it belongs to."""
    found: dict[str, list[str]] = defaultdict(list)
    inner = {node for pairs in facts.values() for _, node in pairs if isinstance(node, BlankNode)}
    homes = {node: _homes(pairs) for node, pairs in facts.items()}
    for node, pairs in facts.items():
        if node in inner or (_TYPE, _ONTOLOGY) in pairs:
            continue
        line = f"{'[]' if isinstance(node, BlankNode) else node} {_nested(node, facts)}"
        # An axiom without a name, such as one of disjointness, belongs to the ontologies of the terms in it.
        about = homes[node] or {home for term in _named(node, facts) for home in homes.get(term, ())}
        for home in about:
            found[home].append(line)
    return found


def _homes(pairs: list[tuple[str, _Node]]) -> set[str]:
    return {node.value for predicate, node in pairs if predicate == _HOME and isinstance(node, NamedNode)}


def _nested(node: _Node, facts: Mapping[_Node, list[tuple[str, _Node]]]) -> str:
    members, rest = [], node
    while isinstance(rest, BlankNode) and (found := dict(facts.get(rest, ()))).keys() >= {_FIRST, _REST}:
        members.append(_written(found[_FIRST], facts))
        rest = found[_REST]
    if members:
        return f"( {' '.join(members)} )"
    return " ; ".join(sorted(f"<{predicate}> {_written(value, facts)}" for predicate, value in facts.get(node, ())))


def _written(node: _Node, facts: Mapping[_Node, list[tuple[str, _Node]]]) -> str:
    return f"[ {_nested(node, facts)} ]" if isinstance(node, BlankNode) else str(node)


def _named(node: _Node, facts: Mapping[_Node, list[tuple[str, _Node]]]) -> Iterator[NamedNode]:
    waiting = [node]
    while waiting:
        for _, value in facts.get(waiting.pop(), ()):
            if isinstance(value, NamedNode):
                yield value
            elif isinstance(value, BlankNode):
                waiting.append(value)
