"""Writes the item of a citation as CSL-JSON, BibTeX and RIS: short forms, for which no library is needed.

The writers of the libraries at hand turn letters outside ASCII into commands that fail on Persian, or leave the
characters alone that TeX takes for commands; the tests read what is written here with those libraries.
"""

from __future__ import annotations

import json
import re
from typing import Final

from ruiran_ld.citation.items import Item

_TEX: Final = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",  # BibTeX counts braces, whatever stands before them
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{char: f"\\{char}" for char in "%&_#$"},
}
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def as_csl_json(item: Item) -> str:
    """Write CSL-JSON: an array with the item."""
    return json.dumps([item], ensure_ascii=False, indent=2) + "\n"


def as_bibtex(item: Item) -> str:
    """Write an entry ``@misc`` of BibTeX in UTF-8.

    Names and titles stand in braces of their own: the names are of bodies, not of people with surnames, and no style
    may put a title in lower case. ``url`` is verbatim, as styles take it; an IRI has no brace that would end it.
    """
    parts = item.get("issued", {}).get("date-parts", [[]])[0]
    fields = {
        "author": " and ".join(_braced(each["literal"]) for each in item.get("author", [])),
        "title": _braced(item["title"]),
        "howpublished": f"In: {_braced(item['container-title'])}" if "container-title" in item else "",
        "type": _tex(item.get("genre", "")),
        "year": str(parts[0]) if parts else _tex(item.get("issued", {}).get("literal", "")),
        "month": _MONTHS[parts[1] - 1] if len(parts) > 1 else "",
        "day": str(parts[2]) if len(parts) > 2 else "",
        "publisher": _tex(item.get("publisher", "")),
        "version": _tex(item.get("version", "")),
        "url": item["URL"],
        "langid": _tex(item.get("language", "")),
        "abstract": _tex(item.get("abstract", "")),
        "note": _tex(item.get("note", "")),
    }
    lines = [f"  {name} = {value if name == 'month' else f'{{{value}}}'}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{item['id']},", *lines, "}"]) + "\n"


def _braced(text: str) -> str:
    return f"{{{_tex(text)}}}"


def _tex(text: str) -> str:
    return re.sub(r"[\\{}~^%&_#$]", lambda found: _TEX[found.group()], text)


def as_ris(item: Item) -> str:
    """Write a record of RIS: two letters, two spaces, a hyphen, a space and the value on each line, ended by CR LF."""
    parts = item.get("issued", {}).get("date-parts", [[]])[0]
    fields = [
        ("TY", "DATA"),
        ("ID", item["id"]),
        ("TI", item["title"]),
        *(("AU", each["literal"]) for each in item.get("author", [])),
        ("T2", item.get("container-title", "")),
        ("M3", item.get("genre", "")),
        ("PY", str(parts[0]) if parts else item.get("issued", {}).get("literal", "")),
        ("DA", "/".join([f"{parts[0]:04}", *(f"{part:02}" for part in parts[1:])]) if parts else ""),
        ("PB", item.get("publisher", "")),
        ("ET", item.get("version", "")),
        ("UR", item["URL"]),
        ("LA", item.get("language", "")),
        ("AB", item.get("abstract", "")),
        ("N1", item.get("note", "")),
    ]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in fields if value) + "ER  - \r\n"
