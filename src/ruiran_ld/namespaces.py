"""The namespaces that the software itself knows: its own core vocabulary and the standards it writes."""

from __future__ import annotations

from typing import Final

RR: Final = "https://w3id.org/ruiran/ontology#"
RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
OWL: Final = "http://www.w3.org/2002/07/owl#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
DCTERMS: Final = "http://purl.org/dc/terms/"
DCAT: Final = "http://www.w3.org/ns/dcat#"
OA: Final = "http://www.w3.org/ns/oa#"
SCHEMA: Final = "https://schema.org/"
VANN: Final = "http://purl.org/vocab/vann/"
SEM: Final = "http://semanticweb.cs.vu.nl/2009/11/sem/"
SH: Final = "http://www.w3.org/ns/shacl#"
CSVW: Final = "http://www.w3.org/ns/csvw#"
EDTF: Final = "http://id.loc.gov/datatypes/edtf"
