"""Asks HermiT, a complete reasoner for OWL 2 DL, whether the ontology is consistent and each class satisfiable."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from ruiran_ld import namespaces as ns
from ruiran_ld.errors import InternalError, Problem
from ruiran_ld.ontology_checks import java

_TYPE = ox.NamedNode(ns.RDF + "type")
_UNSATISFIABLE = re.compile(r"^\t(.+)$", re.MULTILINE)
_SATISFIABLE = "owl#Thing is satisfiable."
_INCONSISTENT = "InconsistentOntologyException"


def entity_triples(ontology: Iterable[ox.Triple], data: Iterable[ox.Triple]) -> list[ox.Triple]:
    """Triples between the entities of the data, with their classes and no literal.

    Claims and documents stay out: the ontology says little of them, and their dates are literals of datatypes at which
    HermiT stops. All individuals are of classes of the ontology, so that what links to authority records stays out too.
    """
    objects = {
        t.subject for t in ontology if t.predicate == _TYPE and t.object == ox.NamedNode(ns.OWL + "ObjectProperty")
    }
    entities = {t.subject for t in ontology if t.predicate == ox.NamedNode(ns.RDFS + "subClassOf")}
    kept = list(data)
    individuals = {t.subject for t in kept if t.predicate == _TYPE and t.object in entities}
    return [
        t
        for t in kept
        if t.subject in individuals
        and ((t.predicate == _TYPE and t.object in entities) or (t.predicate in objects and t.object in individuals))
    ]


def distinct_concepts(ontology: Iterable[ox.Triple]) -> list[ox.Triple]:
    """The axiom that no two concepts are one.

    OWL makes no such assumption, so that two values of a functional property would become one concept and go unseen.
    """
    concepts = sorted({t.subject for t in ontology if t.predicate.value == ns.SKOS + "inScheme"}, key=str)
    axiom, cells = ox.BlankNode(), [ox.BlankNode() for _ in concepts]
    ends: list[ox.BlankNode | ox.NamedNode] = [*cells[1:], ox.NamedNode(ns.RDF + "nil")]
    triples = [ox.Triple(axiom, _TYPE, ox.NamedNode(ns.OWL + "AllDifferent"))]
    if concepts:
        triples.append(ox.Triple(axiom, ox.NamedNode(ns.OWL + "members"), cells[0]))
    for cell, concept, rest in zip(cells, concepts, ends, strict=True):
        triples.append(ox.Triple(cell, ox.NamedNode(ns.RDF + "first"), concept))
        triples.append(ox.Triple(cell, ox.NamedNode(ns.RDF + "rest"), rest))
    return triples


def contradictions(triples: Iterable[ox.Triple]) -> list[Problem]:
    """What HermiT finds wrong: that the whole is inconsistent, or the classes that nothing can belong to."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ontology.nt"
        ox.serialize(triples, path, format=ox.RdfFormat.N_TRIPLES)
        result = _run_hermit(path)
    if _INCONSISTENT in result.stderr + result.stdout or "owl#Thing is not satisfiable" in result.stdout:
        message = "the ontology and the entities of the data contradict each other, says HermiT"
        return [Problem(message, "look for an entity in two classes that exclude each other")]
    if result.returncode or _SATISFIABLE not in result.stdout:
        raise InternalError(f"HermiT stopped with exit status {result.returncode}: {result.stderr.strip()[-2000:]}")
    classes = sorted(set(_UNSATISFIABLE.findall(result.stdout)) - {"owl:Nothing"})
    return [
        Problem(f"nothing can belong to the class {name}, says HermiT", "mend its super-classes or what they exclude")
        for name in classes
    ]


def _run_hermit(path: Path) -> subprocess.CompletedProcess[str]:
    classpath = os.pathsep.join(str(entry) for entry in java.hermit_classpath())
    command = [str(java.runtime() / "bin" / "java"), "-Xmx2g", "-cp", classpath]
    command += ["org.semanticweb.HermiT.cli.CommandLine", "-k", "-U", path.as_uri()]
    return subprocess.run(command, capture_output=True, text=True, check=False)
