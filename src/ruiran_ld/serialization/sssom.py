"""The identity links as a mapping set: SSSOM/TSV, version 1.1, with canonical order of slots.

One row for each link to an authority's record, and one with ``sssom:NoTermFound`` for each search that found none.
Rows are identified by the link's or the search's own IRI, so that a reader gets from a row to the data.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from operator import itemgetter
from typing import Final

from ruiran_ld.errors import InternalError
from ruiran_ld.namespaces import DCAT, DCTERMS, OWL, RDF, RDFS, RR, SKOS
from ruiran_ld.serialization.graph import Graph
from ruiran_ld.serialization.prefixes import Prefixes, scheme_prefixes
from ruiran_ld.serialization.presentation import Presentation

FILE_NAME: Final = "mappings.sssom.tsv"
MEDIA_TYPE: Final = "text/tab-separated-values"
_SLOTS: Final = (
    "record_id", "subject_id", "subject_label", "predicate_id", "object_id", "mapping_justification", "object_source",
    "comment",
)  # fmt: skip
_NO_TERM: Final = "sssom:NoTermFound"
_JUSTIFICATION: Final = "semapv:ManualMappingCuration"
_BUILT_IN: Final = {"sssom": "https://w3id.org/sssom/", "semapv": "https://w3id.org/semapv/vocab/", "skos": SKOS}


def write(graph: Graph, presentation: Presentation) -> Iterator[str]:
    """Write the mapping set of a graph, in pieces."""
    rows = _Rows(graph, presentation)
    table = io.StringIO()
    writer = csv.writer(table, delimiter="\t", lineterminator="\n")
    writer.writerow(_SLOTS)
    found: list[tuple[str, ...]] = sorted(iter(rows), key=itemgetter(1, 6, 4))
    writer.writerows(found)
    yield from _header(graph, presentation, rows.used)
    yield table.getvalue()


def _header(graph: Graph, presentation: Presentation, prefixes: dict[str, str]) -> Iterator[str]:
    """Write the metadata block: YAML in comment lines, as SSSOM/TSV has it."""
    datasets = [subject for subject in graph.subjects if f"{DCAT}Dataset" in graph.iris(subject, f"{RDF}type")]
    if len(datasets) != 1:
        raise InternalError(f"the graph describes {len(datasets)} datasets, not one")
    (dataset,) = datasets
    slots = {
        "sssom_version": "1.1",
        "mapping_set_id": f"{presentation.base}mappings",
        "mapping_set_version": graph.text(dataset, f"{OWL}versionInfo"),
        "mapping_set_title": f"{graph.text(dataset, f'{DCTERMS}title')}: identity links",
        "license": graph.iris(dataset, f"{DCTERMS}license")[0],
        "publication_date": graph.text(dataset, f"{DCTERMS}issued"),
    }
    yield "#curie_map:\n"
    for name, namespace in sorted(prefixes.items()):
        yield f"#  {name}: {json.dumps(namespace)}\n"
    for slot, value in slots.items():
        yield f"#{slot}: {json.dumps(value, ensure_ascii=False)}\n"


class _Rows:
    """The rows of a mapping set, and the prefixes that they use."""

    def __init__(self, graph: Graph, presentation: Presentation) -> None:
        self._graph = graph
        self._authorities = presentation.vocabulary.authorities
        self._keys = presentation.vocabulary.concepts.get(f"{RR}Authority", {})
        self._prefixes = Prefixes([*scheme_prefixes(presentation.vocabulary), *presentation.general_prefixes()])
        self.used = dict(_BUILT_IN)

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        """Give the rows in no order of their own."""
        for subject in self._graph.subjects:
            types = self._graph.iris(subject, f"{RDF}type")
            if f"{RR}IdentityLink" in types:
                (record,) = self._graph.iris(subject, f"{RDF}object")
                (predicate,) = self._graph.iris(subject, f"{RDF}predicate")
                text = self._graph.text(subject, f"{RR}verifiedBy")
                yield self._row(subject, predicate, self._curie(record), self._keeper(record), text)
            elif f"{RR}IdentitySearch" in types:
                (authority,) = self._graph.iris(subject, f"{RDF}object")
                text = self._graph.text(subject, f"{RR}searched")
                yield self._row(subject, f"{SKOS}exactMatch", _NO_TERM, authority, text)

    def _row(self, link: str, predicate: str, target: str, authority: str, text: str) -> tuple[str, ...]:
        (thing,) = self._graph.iris(link, f"{RDF}subject")
        label = self._english(f"<{thing}>")
        source = self._curie(authority)
        return (
            self._curie(link[1:-1]), self._curie(thing), label, self._curie(predicate), target, _JUSTIFICATION, source,
            text,
        )  # fmt: skip

    def _english(self, thing: str) -> str:
        labels = self._graph.subjects[thing].get(f"<{RDFS}label>", ())
        english = [label for label in labels if label.endswith('"@en')]
        return english[0][1:-4] if english else self._graph.text(thing, f"{RDFS}label")

    def _keeper(self, record: str) -> str:
        """Find whose record it is by the beginning of its IRI."""
        key = next(key for key, authority in self._authorities.items() if record.startswith(authority.uri_space))
        return self._keys[key]

    def _curie(self, iri: str) -> str:
        split = self._prefixes.split(iri)
        if split is None:
            raise InternalError(f"no prefix for <{iri}>, which a mapping names")
        name, local = split
        self.used[name] = iri[: -len(local)]
        return f"{name}:{local}"
