"""owlrl, the reference that the closure is proved equal to; for tests and the benchmark only, far too slow for a build.

The reference differs from the rules in a few known points, which are owlrl's own: it skips the last member in
owl:AllDisjointProperties, and applies dt-not-type to the text of literals only, not to ranges.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

import owlrl
import pyoxigraph
import rdflib
from owlrl.Namespaces import ERRNS
from rdflib.term import Node

from ruiran_ld.entailment.clashes import Clash
from ruiran_ld.entailment.ontology import Ontology
from ruiran_ld.entailment.rules import IDENTIFYING
from ruiran_ld.entailment.scope import Scope
from ruiran_ld.entailment.terms import SAME_AS, TYPE, Triple
from ruiran_ld.ntriples import lang_string, string, typed

Outline = tuple[str, frozenset[str]]
"""A clash as owlrl can tell it: the kind of rule, and the names of the terms involved."""


class Reference(NamedTuple):
    """The closure as owlrl computes it, in the shape of ours.

    Attributes:
        inferred: the entailed triples about the data, sorted N-Triples lines.
        clashes: the outlines of its error messages.
        merged: whether it infers owl:sameAs between two different terms.
    """

    inferred: tuple[str, ...]
    clashes: frozenset[Outline]
    merged: bool


_MESSAGES: Final = (
    ("prp-irp", r"Irreflexive property used on (.*) with (.*)"),
    ("prp-asyp", r"Erroneous usage of asymmetric property (.*) on (.*) and (.*)"),
    ("prp-pdw", r"Erroneous usage of disjoint properties (.*) and (.*) on (.*) and (.*)"),
    ("prp-pdw", r"Disjoint properties in an .* disjoint: \((.*), (.*),(.*)\) and \(.*,(.*),.*\)"),
    ("prp-npa", r"Negative \(.*\) property assertion violated for: \((.*), (.*), (.*)\)"),
    ("cls-nothing2", r"(.*) is defined of type 'Nothing'"),
    ("cls-com", r"Violation of complementarity for classes (.*) and (.*) on element .*"),
    ("cls-max0", r"Erroneous usage of maximum cardinality with (.*) and (.*)"),
    ("cls-max0", r"Erroneous usage of maximum qualified cardinality with (.*), .* and (.*)"),
    ("cax-dw", r"Disjoint classes (.*) and (.*) have a common individual (.*)"),
    ("eq-diff1", r"'sameAs' and 'differentFrom' cannot be used .*: \((.*), (.*)\)"),
    ("dt-not-type", r"Lexical value of the literal '(.*)' does not match its datatype .*"),
)
_KINDS: Final = {
    "prp-adp": "prp-pdw",
    "prp-npa1": "prp-npa",
    "prp-npa2": "prp-npa",
    "cls-maxc1": "cls-max0",
    "cls-maxqc1": "cls-max0",
    "cls-maxqc2": "cls-max0",
    "cax-adc": "cax-dw",
}


def reference(asserted: Iterable[Triple], ontology: Ontology) -> Reference:
    """Expand data and ontology with owlrl and keep what is about the data.

    Raises:
        ValueError: owlrl wrote an error message of a form that is not known here.
    """
    graph = expand((*asserted, *ontology.triples))
    given = {*asserted, *ontology.triples}
    scope = Scope.of(ontology)
    inferred: list[str] = []
    messages: list[str] = []
    merged = False
    for s, p, o in graph:
        if p == ERRNS.error:
            messages.append(str(o))
        triple = Triple(*(_text(term) for term in (s, p, o)))
        merged = merged or (triple.p == SAME_AS and triple.s != triple.o)
        if triple not in given and scope.holds(triple):
            inferred.append(f"{triple.s} {triple.p} {triple.o} .")
    return Reference(tuple(sorted(inferred)), frozenset(map(_outline, messages)), merged)


def expand(triples: Iterable[Triple]) -> rdflib.Graph:
    """Build the rdflib graph of triples and expand it with owlrl's OWL 2 RL rules, without axiomatic triples."""
    graph = rdflib.Graph()
    text = "\n".join(f"{s} {p} {o} ." for s, p, o in triples).encode()
    for quad in pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.N_TRIPLES):
        graph.add((_node(quad.subject), _node(quad.predicate), _node(quad.object)))
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    return graph


def outline(clash: Clash) -> Outline | None:
    """Reduce one of our clashes to what owlrl would say; None where owlrl infers owl:sameAs and says nothing."""
    if clash.rule in IDENTIFYING:
        return None
    terms = {term for triple in clash.triples for term in triple if term != TYPE}
    if clash.rule in ("cls-nothing2", "eq-diff1", "dt-not-type"):
        terms = {clash.triples[0].o if clash.rule == "dt-not-type" else clash.triples[0].s}
    elif clash.rule == "cls-com":
        terms = {triple.o for triple in clash.triples}
    elif clash.rule in ("cls-maxc1", "cls-maxqc1", "cls-maxqc2"):
        links = [triple for triple in clash.triples if triple.p != TYPE]
        terms = {links[0].o}
    return _KINDS.get(clash.rule, clash.rule), frozenset(map(_bare, terms))


def _outline(message: str) -> Outline:
    for kind, pattern in _MESSAGES:
        match = re.fullmatch(pattern, message, re.DOTALL)
        if match is not None:
            groups = match.groups()[1:] if kind == "cls-max0" else match.groups()
            return kind, frozenset(groups)
    raise ValueError(f"unknown message of owlrl: {message}")


def _bare(term: str) -> str:
    """Write a term as owlrl's messages do."""
    if term.startswith("<"):
        return term[1:-1]
    return term[2:] if term.startswith("_:") else term[1 : term.rindex('"')]


def _node(term: pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal | pyoxigraph.Triple) -> Node:
    """Take a term over as it is spelt: rdflib's own reader would rewrite "01" to "1"."""
    if isinstance(term, pyoxigraph.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, pyoxigraph.BlankNode):
        return rdflib.BNode(term.value)
    if isinstance(term, pyoxigraph.Literal):
        if term.language:
            return rdflib.Literal(term.value, lang=term.language)
        return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value), normalize=False)
    raise TypeError(f"not a term of RDF 1.1: {term}")


def _text(node: Node) -> str:
    """Write a node of rdflib as N-Triples."""
    if isinstance(node, rdflib.BNode):
        return f"_:{node}"
    if isinstance(node, rdflib.URIRef):
        return f"<{node}>"
    if not isinstance(node, rdflib.Literal):
        raise TypeError(f"not a term of RDF 1.1: {node!r}")
    if node.language:
        return lang_string(str(node), node.language)
    return typed(str(node), str(node.datatype)) if node.datatype else string(str(node))
