"""What all makers of pages use: the view, the claims, the citations, and the JSON-LD of a page's head."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypedDict

from ruiran_ld.errors import UsageError
from ruiran_ld.serialization import ExcerptWriter, Part, entailed_file_name
from ruiran_ld.site.citing import Citations, Cited
from ruiran_ld.site.evidence import Evidence
from ruiran_ld.site.material import Material
from ruiran_ld.site.page import SUFFIX
from ruiran_ld.site.view import View


class Address(TypedDict):
    """What a page has of the document that it stands beside; see ``Page``."""

    path: str
    iri: str
    stem: str
    data: bytes


@dataclass
class Workshop:
    """What the makers of pages share.

    Attributes:
        material: what the site is made of.
        view: the published graph.
        evidence: its claims and statements.
    """

    material: Material
    view: View
    evidence: Evidence = field(init=False)
    _writer: ExcerptWriter = field(init=False)
    _citations: Citations = field(init=False)

    def __post_init__(self) -> None:
        material = self.material
        self.evidence = Evidence(self.view)
        self._writer = ExcerptWriter(material.graph, material.presentation)
        closure = material.files[entailed_file_name(material.settings.name)]
        self._citations = Citations(closure, material.settings, material.presentation.vocabulary.prefixes)

    def stem(self, iri: str) -> str:
        """Give the path without suffix of the document of one of the dataset's IRIs."""
        return self.view.layout.path(iri) or self.view.layout.home

    def beside(self, iri: str) -> Address:
        """Give what the page of one of the dataset's IRIs has of its document, for the page to be made with."""
        stem = self.stem(iri)
        return Address(path=stem + SUFFIX, iri=iri, stem=stem, data=self.head(iri))

    def head(self, iri: str) -> bytes:
        """Write what is said of a thing as JSON-LD; nothing if nothing is."""
        facts = self.view.graph.subjects.get(f"<{iri}>")
        return self._writer.write([Part("about", {f"<{iri}>": facts})])[".jsonld"] if facts else b""

    def cited(self, iri: str = "") -> Cited | None:
        """Cite a thing, or the dataset; None for what nobody cites by itself."""
        try:
            return self._citations.of(iri)
        except UsageError:
            return None
