"""Terms and triples as N-Triples text, and the words of RDF, RDFS and OWL that the rules speak of."""

from __future__ import annotations

from typing import Final, NamedTuple

from ruiran_ld.namespaces import OWL, RDF, RDFS, XSD


class Triple(NamedTuple):
    """Subject, predicate and object, each as an N-Triples term; inside the closure a subject may be a literal."""

    s: str
    p: str
    o: str


def rdf(name: str) -> str:
    """Term of the RDF namespace."""
    return f"<{RDF}{name}>"


def rdfs(name: str) -> str:
    """Term of the RDFS namespace."""
    return f"<{RDFS}{name}>"


def owl(name: str) -> str:
    """Term of the OWL namespace."""
    return f"<{OWL}{name}>"


TYPE: Final = rdf("type")
THING: Final = owl("Thing")
NOTHING: Final = owl("Nothing")
SAME_AS: Final = owl("sameAs")
DIFFERENT_FROM: Final = owl("differentFrom")

STANDARD_PREFIXES: Final = (f"<{RDF}", f"<{RDFS}", f"<{OWL}", f"<{XSD}")
"""How a term of RDF, RDFS, OWL or XSD begins: such a term belongs to the language, not to anybody's data."""

PLAIN_CLASSES: Final = frozenset(
    {THING, NOTHING, rdfs("Resource"), rdfs("Literal"), rdfs("Container"), owl("NamedIndividual")}
    | {rdf(name) for name in ("Statement", "Bag", "Seq", "Alt")}
)
"""Classes of the language whose instances are ordinary individuals."""

PLAIN_PROPERTIES: Final = frozenset(
    {rdfs(name) for name in ("label", "comment", "seeAlso", "isDefinedBy", "member")}
    | {rdf(name) for name in ("subject", "predicate", "object", "value")}
    | {owl(name) for name in ("versionInfo", "versionIRI", "deprecated", "priorVersion")}
    | {owl(name) for name in ("backwardCompatibleWith", "incompatibleWith")}
    | {SAME_AS, DIFFERENT_FROM}
)
"""Properties of the language that say something about individuals, not about the vocabulary."""


def is_literal(term: str) -> bool:
    """Say whether a term is a literal."""
    return term.startswith('"')


def is_blank(term: str) -> bool:
    """Say whether a term is a blank node."""
    return term.startswith("_:")


def is_standard(term: str) -> bool:
    """Say whether a term belongs to RDF, RDFS, OWL or XSD."""
    return term.startswith(STANDARD_PREFIXES)
