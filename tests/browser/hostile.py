"""Publishes the small dataset with hostile texts wherever a curator may write one, for the tests in a browser.

Each text names its place, so that a test can say which one broke a page, and holds what would end a tag, an attribute,
a script, a comment or a template, turn the direction of what follows, or be too long for its place.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from conftest import lay_out
from running import run

LENGTH = 10_000
_BREAKS = (
    "<script>window.pwned=1</script><img src=x onerror=window.pwned=1><svg onload=window.pwned=1>",
    '"\' onfocus=window.pwned=1 autofocus x=" ` ${window.pwned=1} {{ 7*7 }} {% raw %}',
    "</title></textarea></style></pre></script> <!-- --> <![CDATA[ ]]> &lt;b&gt; &amp;amp;",
    "%3Cscript%3E javascript:window.pwned=1 \N{RIGHT-TO-LEFT OVERRIDE}gnp.exe\N{RIGHT-TO-LEFT EMBEDDING}",
    "\N{RIGHT-TO-LEFT MARK}\N{LEFT-TO-RIGHT OVERRIDE}\N{ARABIC LETTER ALEF}",
    "a\\u003c/script\\u003e \\x3cimg\\x3e \N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}\N{ZERO WIDTH SPACE}",
)
_COMMENT = "# </pre></textarea></script><script>window.pwned=1</script>"


def hostile(place: str) -> str:
    """Write the hostile text for a place."""
    return f"{place} {' '.join(_BREAKS)}"


def long(place: str) -> str:
    """Write a hostile text of 10,000 characters, most of it one word."""
    start = hostile(place) + " "
    return start + "m" * (LENGTH - len(start))


def main() -> None:
    """Write the dataset, and its site beside it, to the folder that is named."""
    out = Path(sys.argv[1])
    dataset = lay_out(out / "dataset")
    _registers(dataset / "seeds" / "registers")
    _documents(dataset / "seeds" / "documents")
    _settings(dataset / "seeds")
    _ontology(dataset / "ontology" / "floods.ttl")
    _replace(
        dataset / "shapes" / "floods.ttl", '"A flood is one of a river. Say of which."', _literal(hostile("message"))
    )
    _replace(
        dataset / "queries" / "towns.ttl",
        '"Which towns were flooded, when at the earliest, and by which river?"',
        _literal(hostile("comment")),
    )
    _replace(dataset / "queries" / "towns.ttl", "ORDER BY ?town", f"{_COMMENT}\nORDER BY ?town")
    for command in (("build",), ("site", "--out", out / "hosted")):
        outcome = run(*command, "--dataset", dataset)
        if outcome.status:
            sys.exit(outcome.out + outcome.err)


def _change(path: Path, change: Callable[[dict[str, Any]], None]) -> None:
    tree = yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else {}
    change(tree)
    path.write_text(json.dumps(tree, default=str, ensure_ascii=False), encoding="utf-8")  # which is YAML as well


def _registers(folder: Path) -> None:
    def change(entries: dict[str, Any]) -> None:
        entries["lorn"] |= {
            "label": {"en": hostile("label"), "de": hostile("label-de"), "fa": hostile("label-fa")},
            "altLabel": [hostile("altLabel"), long("altLabel-long")],
            "note": long("note"),
            "exactMatch": {"gazetteer:RV17": hostile("justification")},
        }
        entries["mere"]["label"] = long("label-long")
        entries["tarn"]["noMatch"] = {"gazetteer": hostile("noMatch")}

    _change(folder / "waters.yaml", change)
    _replace(folder / "places.jsonl", '"Oldbridge"', json.dumps(hostile("label-town")))


def _documents(folder: Path) -> None:
    def change(record: dict[str, Any]) -> None:
        record["label"] = hostile("title")
        record["events"]["second-wave"]["label"] = hostile("label-event")
        claims = record["claims"]
        claims["rise"] |= {"gist": long("gist-long"), "note": hostile("claim-note")}
        claims["second"] |= {"gist": hostile("gist")}
        claims["nobody"] |= {"gist": "\N{RIGHT-TO-LEFT OVERRIDE}" * 500}

    _change(folder / "report_1.yaml", change)


def _settings(seeds: Path) -> None:
    def describe(settings: dict[str, Any]) -> None:
        settings |= {"title": hostile("dataset"), "description": long("description"), "publisher": hostile("publisher")}

    def choose(choices: dict[str, Any]) -> None:
        choices["scope"] = {"covers": [hostile("covers")], "leavesOut": [long("leaves-out")]}

    _change(seeds / "dataset.yaml", describe)
    _change(seeds / "site.yaml", choose)


def _ontology(path: Path) -> None:
    _replace(path, '"river"@en', f"{_literal(hostile('class'))}@en")
    _replace(path, '"floods"@en ; rdfs:isDefinedBy', f"{_literal(hostile('property'))}@en ; rdfs:isDefinedBy")
    _replace(path, '"A river that meets a river."', _literal(long("definition")))
    for name in ("feared", "expected", "high", "gazetteer"):
        _replace(path, f'prefLabel "{name}"', f"prefLabel {_literal(hostile(name))}")


def _literal(text: str) -> str:
    """Write a text as a literal of Turtle, whose escapes are those of JSON."""
    return json.dumps(text)


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    if old not in text:
        raise ValueError(f"{path} does not hold {old}")
    path.write_text(text.replace(old, new), encoding="utf-8")


if __name__ == "__main__":
    main()
