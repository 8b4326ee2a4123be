"""Writes pages as HTML: the one door to Jinja2.

Everything that comes from the data is escaped (autoescape), a variable that a template misspells is an error, and all
addresses are relative, so that the site works below any path.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from ruiran_ld.site.page import Page

POLICY: Final = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "worker-src 'self'; base-uri 'none'; form-action 'self'"
)
"""The Content-Security-Policy of every page: nothing from any other host, nothing inline."""


class Entry(NamedTuple):
    """An entry of the navigation: the path of an overview, and what it is called."""

    path: str
    label: str


class Renderer:
    """Renders the pages of one site.

    Args:
        title: what the dataset is called.
        version: the version of the dataset.
        language: the language of the pages' own words (BCP 47).
        navigation: the overviews.
    """

    def __init__(self, title: str, version: str, language: str, navigation: Sequence[Entry]) -> None:
        self._environment = Environment(
            loader=PackageLoader("ruiran_ld.site"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self._environment.globals.update(
            site_title=title, site_version=version, language=language, navigation=navigation, policy=POLICY
        )

    def render(self, pages: Iterable[Page]) -> dict[str, bytes]:
        """Write pages: path -> HTML in UTF-8."""
        return {page.path: self._html(page).encode() for page in pages}

    def _html(self, page: Page) -> str:
        template = self._environment.get_template(f"{page.template}.html.j2")
        return template.render(page.context, page=page, root=page.root, data=_data_block(page.data))


def _data_block(data: bytes) -> Markup:
    """Put JSON into a script element, where ``<`` could end it (HTML, section 4.12.1.3)."""
    if not data:
        return Markup("")
    text = json.dumps(json.loads(data), ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c"))  # noqa: S704 (what could be markup was just taken out)
