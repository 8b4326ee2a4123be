"""The forms that answers have: which media types there are for which kind of answer, and what writes them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from pyoxigraph import QueryResultsFormat, RdfFormat

SOLUTIONS: Final[Mapping[str, QueryResultsFormat]] = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "text/csv": QueryResultsFormat.CSV,
    "text/tab-separated-values": QueryResultsFormat.TSV,
    "application/json": QueryResultsFormat.JSON,
    "application/xml": QueryResultsFormat.XML,
    "text/xml": QueryResultsFormat.XML,
}
"""Of SELECT, what is given first where a client likes several equally well. The last three are wider names that clients
ask for and get."""

BOOLEANS: Final[Mapping[str, QueryResultsFormat]] = {
    media_type: format_
    for media_type, format_ in SOLUTIONS.items()
    if format_ in (QueryResultsFormat.JSON, QueryResultsFormat.XML)
}
"""Of ASK. CSV and TSV have no booleans (SPARQL 1.1 Query Results CSV and TSV Formats, section 1)."""

GRAPHS: Final[Mapping[str, RdfFormat]] = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/rdf+xml": RdfFormat.RDF_XML,
}
"""Of CONSTRUCT and DESCRIBE, and of the service description."""
