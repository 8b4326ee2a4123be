"""A text with its claims marked, for a curator's eyes: in the terminal, or as one HTML page.

What is made here holds the text itself, which belongs to others: it is shown or written where the curator says, and
never becomes part of a dataset.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from typing import Final

import click

from ruiran_ld.coverage import Coverage, Standing, Stretch

_STYLE: Final = """
:root { color-scheme: light dark; }
body { font: 1.05rem/1.7 Georgia, serif; max-width: 48rem; margin: 2rem auto; padding: 0 1rem; }
.text { white-space: pre-wrap; }
mark { background: none; color: inherit; border-bottom: 2px solid #3b7a57; }
mark.more { border-bottom-width: 4px; }
s { opacity: .6; }
strong { background: #b00020; color: #fff; }
sup { font: .6rem sans-serif; opacity: .8; }
"""


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A text, what accounts for its stretches, and the gist of each claim by key."""

    coverage: Coverage
    text: str
    gists: Mapping[str, str]

    def pieces(self) -> Iterator[tuple[Stretch, str, tuple[str, ...]]]:
        """Give each stretch with its words and the claims that begin with it."""
        before: tuple[str, ...] = ()
        for stretch in self.coverage.stretches:
            began = tuple(key for key in stretch.claims if key not in before)
            yield stretch, self.text[stretch.start : stretch.end], began
            before = stretch.claims


def for_terminal(marked: MarkedText) -> str:
    """Mark a text: claims begin at [key], what is set aside is {reason: ...}, what is missing stands between !."""
    parts = [click.style(f"\n{marked.coverage.document}\n", bold=True)]
    for stretch, words, began in marked.pieces():
        keys = click.style(f"[{' '.join(began)}]", fg="green") if began else ""
        if stretch.standing is Standing.SET_ASIDE:
            parts.append(click.style(f"{{{stretch.reason}: {words}}}", dim=True))
        elif stretch.standing is Standing.UNACCOUNTED:
            parts.append(click.style(f"!{words}!", fg="red", bold=True))
        else:
            parts.append(keys + click.style(words, underline=stretch.standing is Standing.CLAIMED))
    return "".join(parts) + "\n"


def html_page(texts: Iterable[MarkedText]) -> str:
    """Write marked texts as one HTML page that needs nothing else; every word of a text is escaped."""
    sections = "\n".join(_section(each) for each in texts)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<meta charset="utf-8">\n<title>Texts and claims</title>\n'
        f"<style>{_STYLE}</style>\n"
        "<p>Underlined: in a claim's span, thick where in several. Struck through: set aside. "
        "White on red: unaccounted for.</p>\n"
        f"{sections}\n</html>\n"
    )


def _section(marked: MarkedText) -> str:
    document = escape(marked.coverage.document)
    pieces = "".join(_piece(stretch, words, began) for stretch, words, began in marked.pieces())
    gists = "\n".join(f"<dt>{escape(key)}</dt><dd>{escape(gist)}</dd>" for key, gist in marked.gists.items())
    return f'<h1>{document}</h1>\n<div class="text">{pieces}</div>\n<dl>\n{gists}\n</dl>'


def _piece(stretch: Stretch, words: str, began: tuple[str, ...]) -> str:
    keys = f"<sup>{escape(' '.join(began))}</sup>" if began else ""
    title = escape(" ".join(stretch.claims) or stretch.reason)
    if stretch.standing is Standing.CLAIMED:
        more = ' class="more"' if len(stretch.claims) > 1 else ""
        return f'{keys}<mark{more} title="{title}">{escape(words)}</mark>'
    if stretch.standing is Standing.SET_ASIDE:
        return f'<s title="{title}">{escape(words)}</s>'
    if stretch.standing is Standing.UNACCOUNTED:
        return f"<strong>{escape(words)}</strong>"
    return escape(words)
