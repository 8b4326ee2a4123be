"""The files behind the IRIs: a web document for each, the files of the releases, and the redirects that lead to them.

In this package a document is a web document: what an IRI leads to, in each of its forms. What claims were read from is
called a source document here.

What is made here is a folder with two sides: ``site/`` is what has to be hosted, ``w3id/`` what has to be given to the
keeper of the base IRI (https://w3id.org). Where both are one host, the redirects stand in ``site/``.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from ruiran_ld.dereferencing import documents, redirects, sources
from ruiran_ld.dereferencing.layout import RELEASES, VOID, Layout, void_document
from ruiran_ld.dereferencing.links import check
from ruiran_ld.records import Settings
from ruiran_ld.release import SUMS, sums_text
from ruiran_ld.serialization import Presentation, entailed_file_name, mappings_file_name

SITE: Final = "site/"
W3ID: Final = "w3id/"


def layout_of(settings: Settings) -> Layout:
    """Give the layout of a dataset."""
    return Layout(settings.base, settings.site or settings.base, settings.slug, mappings_file_name())


def make(dist: Path, releases: Path, settings: Settings, presentation: Presentation) -> dict[str, bytes]:
    """Make all files: name below the folder -> bytes.

    Args:
        dist: the release to publish.
        releases: the folder of the numbered releases; it may be missing.
        settings: base, site, and what the dataset is called.
        presentation: how the dataset is shown.

    Raises:
        DataError: if a release is not whole, or an IRI cannot have a document.
    """
    layout = layout_of(settings)
    source = sources.read(dist, entailed_file_name(settings.name))
    maker = documents.Documents(source, layout, presentation)
    # A dump of the name of a document describes more than the document; a schema's document may say more than the file.
    current = {**source.files, **maker.of_schemas()}
    current[SUMS] = sums_text({name: current[name] for name in source.files if name != SUMS})
    files = {**maker.of_entities(), **current}
    for version, folder in sources.versions(releases).items():
        older = sources.read_files(folder)
        files |= {f"{RELEASES}/{version}/{name}": content for name, content in older.items()}
        files = {**documents.of_older_schema(folder, older, layout), **files}
    files[VOID] = files[void_document(layout, files)]
    files[".nojekyll"] = b""  # GitHub Pages leaves out folders that begin with a dot unless this file is there
    return _with_redirects(files, layout, settings, maker.web_documents)


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


__all__ = ["RELEASES", "SITE", "W3ID", "Layout", "check", "layout_of", "make"]
