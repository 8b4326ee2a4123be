"""Where a path of the site leads: to a file, to a document in the form that the client likes, or nowhere.

The path ``/x`` stands for the IRI ``<base>x``. It leads where the redirects of ``dereferencing`` lead, but that files
are here and need none. Knows no web framework.
"""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ruiran_ld import release
from ruiran_ld.dereferencing import RELEASES, Layout
from ruiran_ld.dereferencing.layout import HOME_PAGE, OFFERED, PAGE, VOID
from ruiran_ld.endpoint import media


@dataclass(frozen=True, slots=True)
class File:
    """A file of the site, by its name below it."""

    name: str


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A redirect.

    Attributes:
        status: 302 for documents of the web, 303 for what they describe.
        name: of the file that it leads to.
        negotiated: whether it depends on ``Accept``.
    """

    status: int
    name: str
    negotiated: bool = True


@dataclass(frozen=True, slots=True)
class Unacceptable:
    """There is a document, but in none of the forms that the client accepts; with the media types that there are."""

    offered: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Site:
    """The files of a site and what leads to them.

    Attributes:
        layout: where documents stand.
        web_documents: paths of IRIs that are documents of the web themselves.
        files: names of all files.
    """

    layout: Layout
    web_documents: frozenset[str]
    files: frozenset[str] = field(default=frozenset())

    def lead(self, path: str, accept: str | None) -> File | Elsewhere | Unacceptable | None:
        """Find where a path leads.

        Args:
            path: of the URL, decoded, without the slash that it begins with.
            accept: the header, or None.

        Returns:
            None where it leads nowhere.
        """
        if path.startswith("/"):  # an empty segment, which no name of ours has
            return None
        if path in self.files:
            return File(path)
        if path == self.layout.mapping_set and self.layout.mappings in self.files:
            return Elsewhere(302, self.layout.mappings, negotiated=False)
        sums = f"{path}{release.SUMS}"
        if path.startswith(f"{RELEASES}/") and path.endswith("/") and sums in self.files:
            return Elsewhere(302, sums, negotiated=False)
        return self._document(path, accept)

    def _document(self, path: str, accept: str | None) -> Elsewhere | Unacceptable | None:
        stem = path.removesuffix("/")
        document = stem or self.layout.home
        names = {form.media_type: document + form.suffix for form in OFFERED}
        if not path:
            names[PAGE.media_type] = HOME_PAGE + PAGE.suffix
        offered = [media_type for media_type, name in names.items() if name in self.files]
        if not offered:
            return None
        chosen = media.choose(accept, offered)
        if chosen is None:
            return Unacceptable(tuple(offered))
        return Elsewhere(302 if self._is_web_document(stem) else 303, names[chosen])

    def _is_web_document(self, path: str) -> bool:
        return path in self.web_documents or posixpath.dirname(path) in self.web_documents


def relative(path: str, name: str) -> str:
    """Write the reference from a path to a file, so that it holds under any prefix that a proxy cuts off.

    Args:
        path: of the URL, as ``Site.lead`` takes it.
        name: of the file.
    """
    folder, here = posixpath.dirname(name), posixpath.dirname(path)
    way = posixpath.relpath(folder or ".", here or ".")
    return posixpath.basename(name) if way == "." else f"{way}/{posixpath.basename(name)}"


def files_of(folder: Path) -> frozenset[str]:
    """List the files below a folder by name; no links, and nothing hidden but what is well known."""
    return frozenset(_files(folder))


def _files(folder: Path) -> Iterator[str]:
    well_known = posixpath.dirname(VOID)
    for at, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".") or name == well_known]
        for name in names:
            path = Path(at, name)
            if not name.startswith(".") and path.is_file() and not path.is_symlink():
                yield path.relative_to(folder).as_posix()
