"""Writes pages as HTML: the one door to Jinja2.

Everything that comes from the data is escaped (autoescape), a variable that a template misspells is an error, and all
addresses are relative, so that the site works below any path.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from functools import cache
from typing import Final, NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from ruiran_ld.site.page import Entry, Page
from ruiran_ld.site.wording import counted

POLICY: Final = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "worker-src 'self'; base-uri 'none'; form-action 'self'"
)
"""The Content-Security-Policy of every page: nothing from any other host, nothing inline."""
EVERYWHERE: Final = "page"
"""The script that every page has."""
# Controls and noncharacters, which may not stand in HTML in any form (HTML, section 13.2.3.5).
_forbidden: Final = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")


class Frame(NamedTuple):
    """What the frame of every page says.

    Attributes:
        title: what the dataset is called.
        version: the version of the dataset.
        language: the language of the pages' own words (BCP 47).
        license: IRI of the dataset's licence.
        creator: who made the dataset.
        navigation: the overviews.
        search: path of the page that takes searches; empty for none.
        notices: path of the licences of what the scripts are made of; empty for none.
    """

    title: str
    version: str
    language: str
    license: str
    creator: str
    navigation: Sequence[Entry] = ()
    search: str = ""
    notices: str = ""


class Renderer:
    """Renders the pages of one site.

    Args:
        frame: what the frame of every page says.
        scripts: names of the scripts that there are; pages name no others.
    """

    def __init__(self, frame: Frame, scripts: AbstractSet[str] = frozenset()) -> None:
        self._frame = frame
        self._scripts = scripts

    def render(self, pages: Iterable[Page]) -> dict[str, bytes]:
        """Write pages: path -> HTML in UTF-8."""
        return {page.path: _forbidden.sub("\ufffd", self._html(page)).encode() for page in pages}

    def _html(self, page: Page) -> str:
        template = _environment().get_template(f"{page.template}.html.j2")
        return template.render(
            page.context,
            page=page,
            root=page.root,
            site=self._frame,
            policy=POLICY,
            scripts=[name for name in (EVERYWHERE, *page.scripts) if name in self._scripts],
            data=_data_block(page.data),
        )


@cache
def _environment() -> Environment:
    """Make the environment, which keeps the templates that it compiled."""
    environment = Environment(
        loader=PackageLoader("ruiran_ld.site"),
        autoescape=True,
        auto_reload=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["counted"] = counted
    return environment


def _data_block(data: bytes) -> Markup:
    """Put JSON into a script element, where ``<`` could end it (HTML, section 4.12.1.3)."""
    if not data:
        return Markup("")
    text = json.dumps(json.loads(data), ensure_ascii=False, separators=(",", ":"))
    text = _forbidden.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    return Markup(text.replace("<", "\\u003c"))  # noqa: S704 (what could be markup was just taken out)
