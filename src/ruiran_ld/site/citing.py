"""The citation of a page's subject, in the forms that programs for references read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import pyoxigraph

from ruiran_ld import citation
from ruiran_ld.citation import Published
from ruiran_ld.records import Settings


class Cited(NamedTuple):
    """A citation as text: for BibTeX, for RIS, and as CSL-JSON."""

    bibtex: str
    ris: str
    csl: str


class Citations:
    """Makes citations of what was published.

    Args:
        closure: the published graph with what follows from it, as Turtle.
        settings: what the dataset is called.
        prefixes: prefix -> namespace.
    """

    def __init__(self, closure: bytes, settings: Settings, prefixes: Mapping[str, str]) -> None:
        store = pyoxigraph.Store()
        store.bulk_load(closure, format=pyoxigraph.RdfFormat.TURTLE)
        self._published = Published(store, settings.base, settings.slug, settings.name, settings.language, prefixes)

    def of(self, iri: str = "") -> Cited:
        """Cite a thing, or the dataset; not for parts of evidence, which nobody cites (see ``citation.cite``).

        Raises:
            UsageError: if it cannot be cited.
        """
        item = citation.cite(self._published, iri).item
        return Cited(citation.as_bibtex(item), citation.as_ris(item).replace("\r\n", "\n"), citation.as_csl_json(item))
