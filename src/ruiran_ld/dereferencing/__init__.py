"""The files behind the IRIs: a web document for each, the files of the releases, and the redirects that lead to them.

In this package a document is a web document: what an IRI leads to, in each of its forms. What claims were read from is
called a source document here.

What is made here is a folder with two sides: ``site/`` is what has to be hosted, ``w3id/`` what has to be given to the
keeper of the base IRI (https://w3id.org). Where both are one host, the redirects stand in ``site/``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from ruiran_ld.dereferencing import documents, redirects, sources
from ruiran_ld.dereferencing.layout import PAGE, RELEASES, VOID, Layout, void_document
from ruiran_ld.dereferencing.links import check
from ruiran_ld.dereferencing.sources import Sources, read
from ruiran_ld.records import Settings
from ruiran_ld.release import SUMS, sums_text
from ruiran_ld.serialization import Presentation, entailed_file_name, mappings_file_name

SITE: Final = "site/"
W3ID: Final = "w3id/"


def layout_of(settings: Settings) -> Layout:
    """Give the layout of a dataset."""
    return Layout(settings.base, settings.site or settings.base, settings.slug, mappings_file_name())


def web_documents(dist: Path, settings: Settings) -> frozenset[str]:
    """Find the paths of IRIs that are documents of the web themselves, which are found (302) and not seen elsewhere.

    Args:
        dist: the release.
        settings: base, and what the dataset is called.

    Raises:
        DataError: if the release is not whole.
    """
    return documents.web_documents(sources.read(dist, entailed_file_name(settings.name)), layout_of(settings))


@dataclass(frozen=True, slots=True)
class Published:
    """What stands below the site's root before it is hosted.

    Attributes:
        files: name below the root -> bytes.
        heads: path of each document -> the IRIs that it is about.
        web_documents: paths of IRIs that are documents of the web themselves.
        schemas: path of each document of an ontology, of its versions, of shapes or of another file with hash IRIs ->
            its N-Triples lines, blank nodes among them.
    """

    files: dict[str, bytes]
    heads: dict[str, list[str]]
    web_documents: frozenset[str]
    schemas: dict[str, list[str]]


def make(source: Sources, releases: Path, layout: Layout, presentation: Presentation) -> Published:
    """Make the documents, and the files of the releases.

    Args:
        source: the release to publish.
        releases: the folder of the numbered releases; it may be missing.
        layout: where documents and files stand.
        presentation: how the dataset is shown.

    Raises:
        DataError: if a release is not whole, or an IRI cannot have a document.
    """
    maker = documents.Documents(source, layout, presentation)
    # A dump of the name of a document describes more than the document; a schema's document may say more than the file.
    schemas = maker.of_schemas()
    current = {**source.files, **schemas}
    current[SUMS] = sums_text({name: current[name] for name in source.files if name != SUMS})
    files = {**maker.of_entities(), **current}
    for version, folder in sources.versions(releases).items():
        older = sources.read_files(folder)
        files |= {f"{RELEASES}/{version}/{name}": content for name, content in older.items()}
        schemas = {**documents.of_older_schema(folder, older, layout), **schemas}
    return Published({**schemas, **files}, maker.heads(), maker.web_documents, documents.lines_by_path(schemas))


def assemble(published: Published, pages: Mapping[str, bytes], layout: Layout, settings: Settings) -> dict[str, bytes]:
    """Put everything where it is hosted, with the redirects that lead there: name below the folder -> bytes.

    Args:
        published: documents and files.
        pages: path below the site's root -> bytes, of the pages and what they need.
        layout: where documents and files stand.
        settings: what the dataset is called.
    """
    files = {**pages, **published.files}
    files[VOID] = files[void_document(layout, files)]
    files[".nojekyll"] = b""  # GitHub Pages leaves out folders that begin with a dot unless this file is there
    return _with_redirects(files, layout, settings, published.web_documents)


def _with_redirects(
    files: Mapping[str, bytes], layout: Layout, settings: Settings, web_documents: frozenset[str]
) -> dict[str, bytes]:
    placed = {SITE + name: content for name, content in files.items()}
    rules = redirects.rules(layout, sorted(files), web_documents).encode()
    if layout.is_hosted_at_base:
        return {**placed, f"{SITE}.htaccess": rules}
    folder = W3ID + urlsplit(layout.base).path.lstrip("/")
    readme = redirects.readme(layout, settings, sorted(files)).encode()
    return {**placed, f"{folder}.htaccess": rules, f"{folder}README.md": readme}


__all__ = [
    "PAGE",
    "RELEASES",
    "SITE",
    "W3ID",
    "Layout",
    "Published",
    "Sources",
    "assemble",
    "check",
    "layout_of",
    "make",
    "read",
    "web_documents",
]
