"""Which prefixes stand for which namespaces, by a rule that gives the same names from one release to the next.

In order, a name once given staying with its first namespace:

1. the standard vocabularies below;
2. what the ontology's headers prefer (``vann:preferredNamespacePrefix``);
3. what the caller declares, such as the prefixes that the ontology's files use for vocabularies they align with;
4. the authorities, by the key that curators write: ``wikidata:``, ``geonames:``;
5. the rooms below the base: ``id:``, ``statement:``, ``value:``, ``concept:``.

Turtle and TriG have two more, which grow with the data and would clash with the terms of a JSON-LD context:

6. each concept scheme by its own name: ``realis:``, ``epistemic-status:``;
7. three for each document, for its claims, passages and selectors: ``doc-000:``, ``char-000:``, ``selector-000:``,
   where ``000`` is the document's slug up to the first ``_``, or all of it where another document begins so too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from ruiran_ld.namespaces import DCAT, DCTERMS, OA, OWL, RDF, RDFS, RR, SCHEMA, SH, SKOS, VANN, XSD
from ruiran_ld.vocabulary import Vocabulary

VOID: Final = "http://rdfs.org/ns/void#"

_STANDARD: Final = {
    "rdf": RDF,
    "rdfs": RDFS,
    "owl": OWL,
    "xsd": XSD,
    "skos": SKOS,
    "dcterms": DCTERMS,
    "dcat": DCAT,
    "void": VOID,
    "vann": VANN,
    "oa": OA,
    "prov": "http://www.w3.org/ns/prov#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "org": "http://www.w3.org/ns/org#",
    "schema": SCHEMA,
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "sh": SH,
    "edtf": "http://id.loc.gov/datatypes/",
    "rr": RR,
}
_ROOMS: Final = ("id", "statement", "value", "concept")
_is_prefix = re.compile(r"[A-Za-z](?:[A-Za-z0-9_-]*[A-Za-z0-9_-])?").fullmatch
_boundaries = re.compile("[/#=:?]")


class Prefixes:
    """A table of prefixes that finds the longest namespace of an IRI.

    Namespaces end in one of ``/ # = : ?``; a pair with another ending, or with a name that Turtle does not take as a
    prefix (production PN_PREFIX, here in ASCII), is left out. Of two pairs with one name or namespace the first stays.
    """

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._by_namespace: dict[str, str] = {}
        self._names: set[str] = set()
        for name, namespace in pairs:
            fits = _is_prefix(name) and namespace and _boundaries.fullmatch(namespace[-1])
            if fits and name not in self._names and namespace not in self._by_namespace:
                self._names.add(name)
                self._by_namespace[namespace] = name

    def __iter__(self) -> Iterator[tuple[str, str]]:
        """Give the pairs of name and namespace, sorted by name."""
        return iter(sorted((name, namespace) for namespace, name in self._by_namespace.items()))

    def split(self, iri: str) -> tuple[str, str] | None:
        """Split an IRI at the longest namespace of the table into prefix and local part, which is never empty."""
        for boundary in reversed([match.end() for match in _boundaries.finditer(iri)]):
            name = self._by_namespace.get(iri[:boundary])
            if name is not None and boundary < len(iri):
                return name, iri[boundary:]
        return None


def general_prefixes(base: str, vocabulary: Vocabulary, declared: Mapping[str, str]) -> list[tuple[str, str]]:
    """List the pairs that do not depend on the data: points 1 to 5 of the rule."""
    return [
        *_STANDARD.items(),
        *sorted(vocabulary.prefixes.items()),
        *sorted(declared.items()),
        *((key, authority.uri_space) for key, authority in sorted(vocabulary.authorities.items())),
        *((room, f"{base}{room}/") for room in _ROOMS),
    ]


def scheme_prefixes(vocabulary: Vocabulary) -> list[tuple[str, str]]:
    """List a pair for each concept scheme: point 6 of the rule."""
    concepts = (concept for members in vocabulary.concepts.values() for concept in members.values())
    schemes = sorted({concept.rpartition("/")[0] for concept in concepts})
    return [(scheme.rpartition("/")[2], f"{scheme}/") for scheme in schemes]


def document_prefixes(documents: Iterable[str], base: str) -> list[tuple[str, str]]:
    """List the pairs for documents, given by their IRIs: point 7 of the rule."""
    room = f"{base}id/"
    slugs = {iri: iri.removeprefix(room) for iri in sorted(documents) if iri.startswith(room)}
    heads = Counter(slug.partition("_")[0] for slug in slugs.values())
    pairs = []
    for iri, slug in slugs.items():
        head = slug.partition("_")[0]
        short = head if heads[head] == 1 else slug
        pairs += [
            (f"doc-{short}", f"{iri}/"),
            (f"char-{short}", f"{iri}#char="),
            (f"selector-{short}", f"{iri}#selector="),
        ]
    return pairs
