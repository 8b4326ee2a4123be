"""Where the document of an IRI stands: the one rule that the files, the redirects and the check of all links share.

The document of ``<base>id/x`` is ``id/x.ttl``, ``id/x.jsonld`` and ``id/x.nt`` below the site, and its page is
``id/x.html``. Of an IRI with a fragment it is the document of what stands before the ``#`` (fragments are not sent), so
all terms of a vocabulary with hash IRIs are in one. An IRI that has the name of a published file is that file.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from typing import Final, NamedTuple

from ruiran_ld import release


class Media(NamedTuple):
    """A form of a document: the ending of its file, its media type, the variable of the redirects that weighs it."""

    suffix: str
    media_type: str
    variable: str


PAGE: Final = Media(".html", "text/html", "HTML")
FORMS: Final = (
    Media(".ttl", "text/turtle", "TURTLE"),
    Media(".jsonld", "application/ld+json", "JSONLD"),
    Media(".nt", "application/n-triples", "NTRIPLES"),
)
"""The forms for programs of every document, the one that is given first where a client likes several equally well."""
OFFERED: Final = (PAGE, *FORMS)
"""All forms of a document. The page comes first, as is usual at w3id.org: who takes anything may well be a person."""
HOME_PAGE: Final = "index"
"""The stem of the page that the base by itself leads people to; programs get the description of the dataset."""
VOID: Final = ".well-known/void"
RELEASES: Final = "releases"


VOID_FILE: Final = "metadata.ttl"


@dataclass(frozen=True, slots=True)
class Layout:
    """Where documents and files stand.

    Attributes:
        base: what all IRIs of the dataset begin with.
        site: the address of the folder where the files are hosted; the base itself where both are the same.
        home: the document that the base by itself leads to: the description of the dataset.
        mappings: name of the file of the mapping set.
    """

    base: str
    site: str
    home: str
    mappings: str

    @property
    def is_hosted_at_base(self) -> bool:
        """Whether the base is where the files are, so that files need no redirect."""
        return self.site == self.base

    @property
    def mapping_set(self) -> str:
        """The path of the IRI of the mapping set, whose only document is its file."""
        return self.mappings.partition(".")[0]

    def path(self, iri: str) -> str | None:
        """Give the path below the base of the document of an IRI; None for an IRI that is not the dataset's."""
        if not f"{iri}/".startswith(self.base):
            return None
        return iri[len(self.base) :].partition("#")[0].strip("/") or self.home

    def file(self, iri: str, files: Container[str]) -> str | None:
        """Find the file that an IRI of the base, or an address of the site, leads to; for documents, the Turtle.

        Args:
            iri: below the base or the site.
            files: names of the files of the site.

        Returns:
            The name of a file, or None where the IRI leads nowhere.
        """
        if not self.is_hosted_at_base and iri.startswith(self.site):
            name = iri[len(self.site) :].partition("#")[0]
            return name if name in files else None
        path = self.path(iri)
        if path is None:
            return None
        candidates = [path, path + FORMS[0].suffix]
        if path == self.mapping_set:
            candidates.append(self.mappings)
        if path.startswith(f"{RELEASES}/"):
            candidates.append(f"{path}/{release.SUMS}")
        return next((name for name in candidates if name in files), None)


def void_document(layout: Layout, files: Container[str]) -> str:
    """Name the file that describes the dataset in VoID: the metadata, else the document of the dataset."""
    return VOID_FILE if VOID_FILE in files else layout.home + FORMS[0].suffix
