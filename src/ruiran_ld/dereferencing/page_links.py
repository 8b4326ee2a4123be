"""Follows the links of all pages of a written site: each leads to a file that is there and to an id in it."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from html import unescape
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from ruiran_ld.dereferencing.layout import PAGE
from ruiran_ld.errors import InternalError, Place, Problem

# No parser is needed: in what the renderer writes, quotation marks outside of tags are escaped, but for JSON-LD.
_without_scripts = re.compile(r"<script[^>]*>[^<]*</script>").sub
_links = re.compile(r'\s(?:href|src|action)="([^"]*)"').findall
_ids = re.compile(r'\sid="([^"]*)"').findall
_WEB: Final = ("http", "https")


def follow(site: Path, names: set[str]) -> None:
    """Follow the links of all pages.

    Args:
        site: the folder that is hosted.
        names: its files.

    Raises:
        InternalError: for each link that leads nowhere, and each id that stands twice in a page.
    """
    texts = {name: _read(site / name) for name in sorted(names) if name.endswith(PAGE.suffix)}
    ids = {name: Counter(map(unescape, _ids(text))) for name, text in texts.items()}
    problems = [
        Problem(f"the id '{id_}' stands {count} times in the page", "report this", Place(name))
        for name, found in ids.items()
        for id_, count in found.items()
        if count > 1
    ]
    problems += [
        Problem(f"the link '{link}' leads nowhere", "report this", Place(name))
        for name, text in texts.items()
        for link in sorted(set(map(unescape, _links(text))))
        if not _resolves(name, link, names, ids)
    ]
    if problems:
        raise InternalError(problems)


def _read(path: Path) -> str:
    return _without_scripts("", path.read_text(encoding="utf-8"))


def _resolves(page: str, link: str, names: set[str], ids: dict[str, Counter[str]]) -> bool:
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return parts.scheme in _WEB and bool(parts.netloc)
    target = page
    if parts.path:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(parts.path)))
    if target not in names:
        return False
    if not parts.fragment or target not in ids:
        return True
    # As it stands or decoded (HTML, section 7.4.6.4); 'query=…' is a state that a script gives to the element 'query'.
    wanted = (parts.fragment, unquote(parts.fragment), parts.fragment.partition("=")[0])
    return any(fragment in ids[target] for fragment in wanted)
