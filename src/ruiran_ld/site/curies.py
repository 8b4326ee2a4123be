"""Short names of IRIs for reference pages, and the fragments that sections of such a page have."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from ruiran_ld.serialization.prefixes import Prefixes
from ruiran_ld.site.view import Link, View

_not_simple: Final = re.compile(r"[^\w.-]+")


class Curies:
    """Links to terms by their prefixed names (W3C, CURIE Syntax 1.0).

    Args:
        view: the graph, which knows where pages stand.
        prefixes: the prefixes of the dataset.
    """

    def __init__(self, view: View, prefixes: Prefixes) -> None:
        self._view = view
        self.prefixes = prefixes

    def short(self, iri: str) -> str:
        """Shorten an IRI; one that no prefix fits stays as it is."""
        split = self.prefixes.split(iri)
        return ":".join(split) if split else iri

    def link(self, iri: str) -> Link:
        """Link to the page of an IRI, or to its own address, by its prefixed name."""
        return Link(iri, self._view.page_path(iri) or iri, self.short(iri))

    def namespaces(self, iris: Iterable[str]) -> list[tuple[str, str]]:
        """List the prefixes that some IRIs need: prefix and namespace, sorted."""
        used = {split[0] for iri in iris if (split := self.prefixes.split(iri))}
        return [(prefix, namespace) for prefix, namespace in self.prefixes if prefix in used]


def anchors(iris: Iterable[str], base: str, curies: Curies) -> Mapping[str, str]:
    """Give each of some terms the fragment of its section on one page.

    An own term with a hash IRI has its fragment, so that its IRI leads there; another vocabulary's has ``prefix-name``.
    """
    found: dict[str, str] = {}
    for iri in sorted(iris, key=lambda each: (not each.startswith(base), each)):
        fragment = iri.partition("#")[2] if iri.startswith(base) else ""
        name = fragment or _not_simple.sub("-", curies.short(iri))
        while name in found:
            name += "-2"
        found[name] = iri
    return {iri: name for name, iri in found.items()}
