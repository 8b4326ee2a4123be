"""Asks OWLAPI whether the ontology is in the OWL 2 RL profile (OWL 2 Profiles, section 4)."""

from __future__ import annotations

import re
from typing import Any

from ruiran_ld.errors import Problem
from ruiran_ld.ontology_checks import java

_REMEDY = "say it in a form that OWL 2 RL has (OWL 2 Profiles, section 4.2), or leave it to a shape"
_ONTOLOGY_SUFFIX = re.compile(r" in OntologyID\(.*\)(?=\]|$)")


def _start_jvm() -> Any:
    import jpype  # noqa: PLC0415 - in the extra alone, and missed with a message of ours

    if not jpype.isJVMStarted():
        library = next(java.runtime().glob("lib/server/*jvm*"))
        jpype.startJVM(
            str(library),
            # Since Java 24 a native library that asks for no permission is warned of on standard error.
            "--enable-native-access=ALL-UNNAMED",
            classpath=[str(path) for path in java.owlapi_classpath()],
        )
    return jpype


def violations(ntriples: str) -> list[Problem]:
    """What keeps an ontology out of the profile, in OWLAPI's words; nothing if it is in it.

    Args:
        ntriples: the whole ontology, imports and all, as N-Triples.
    """
    jpype = _start_jvm()
    manager = jpype.JClass("org.semanticweb.owlapi.apibinding.OWLManager").createOWLOntologyManager()
    source = jpype.JClass("org.semanticweb.owlapi.io.StringDocumentSource")(ntriples)
    ontology = manager.loadOntologyFromOntologyDocument(source)
    report = jpype.JClass("org.semanticweb.owlapi.profiles.OWL2RLProfile")().checkOntology(ontology)
    found = {_ONTOLOGY_SUFFIX.sub("", str(violation)) for violation in report.getViolations()}
    if not found and not report.isInProfile():
        found = {"OWLAPI does not say why"}
    return [Problem(f"not in OWL 2 RL: {message}", _REMEDY) for message in sorted(found)]
