"""Writes descriptions as N-Triples lines, and holds the namespaces of metadata."""

from __future__ import annotations

from typing import Final

from ruiran_ld import ntriples
from ruiran_ld.namespaces import RDF, RDFS, XSD

ADMS: Final = "http://www.w3.org/ns/adms#"
DCAT: Final = "http://www.w3.org/ns/dcat#"
DCATAP: Final = "http://data.europa.eu/r5r/"
FOAF: Final = "http://xmlns.com/foaf/0.1/"
PROV: Final = "http://www.w3.org/ns/prov#"
SPDX: Final = "http://spdx.org/rdf/terms#"
VCARD: Final = "http://www.w3.org/2006/vcard/ns#"
VOID: Final = "http://rdfs.org/ns/void#"
EU: Final = "http://publications.europa.eu/resource/authority"
IANA: Final = "https://www.iana.org/assignments/media-types"

PREFIXES: Final = {"adms": ADMS, "dcatap": DCATAP, "foaf": FOAF, "prov": PROV, "spdx": SPDX, "vcard": VCARD}
"""What readers of metadata expect these namespaces to be called."""


class Facts:
    """Collects what is said of subjects, given by their IRIs."""

    def __init__(self, language: str) -> None:
        self.lines: list[str] = []
        self._language = language

    def types(self, subject: str, *classes: str) -> None:
        """Say what a subject is."""
        self.links(subject, f"{RDF}type", *classes)

    def links(self, subject: str, predicate: str, *objects: str) -> None:
        """Link a subject to IRIs; one that is empty says nothing."""
        self.lines += (f"<{subject}> <{predicate}> {ntriples.iri(each)} ." for each in objects if each)

    def text(self, subject: str, predicate: str, *texts: str, language: str | None = None) -> None:
        """Say something in words, by default in the language of the dataset."""
        tag = language or self._language
        self.lines += (f"<{subject}> <{predicate}> {ntriples.lang_string(each, tag)} ." for each in texts if each)

    def value(self, subject: str, predicate: str, lexical: str | int, datatype: str = "string") -> None:
        """Give a literal of a datatype of XML Schema; one that is empty says nothing."""
        if lexical != "":
            self.lines.append(f"<{subject}> <{predicate}> {ntriples.typed(str(lexical), XSD + datatype)} .")

    def label(self, subject: str, text: str) -> None:
        """Name a subject in English, where the words are the software's."""
        self.text(subject, f"{RDFS}label", text, language="en")
