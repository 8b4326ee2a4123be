"""Scalars as an editor sees them, each under the name by which ``$ref`` finds it.

Our reader takes every scalar as the text that stands there; editors type plain ones by the core schema of YAML 1.2
(section 10.3.2), so that ``2024`` is a number to them. Where a text that fits can look like a number, numbers are let
through. What looks like nothing, true or false is let through only where truth values are meant: a key without a value
should be seen, and editors offer ``null`` and ``true`` wherever they are told that these can stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from ruiran_ld import edtf_bounds
from ruiran_ld.identifiers import DOCUMENT_SLUG, LANGUAGE, MAX_SLUG, SLUG, UNNAMED_AUTHOR_KEY
from ruiran_ld.lexical import CONTROL, DECIMAL, INTEGER, MAX_DIGITS, SHA256, SPAN

Schema = dict[str, Any]

_LIMIT: Final = float(10**MAX_DIGITS)
_SEAL: Final = "Written by 'ruiran-ld seal'."


def whole(pattern: str) -> str:
    """Make a pattern for a whole text; those of JSON Schema are looked for anywhere in it."""
    return f"^(?:{pattern})$"


def reference(name: str) -> Schema:
    """Refer to the definition of a name."""
    return {"$ref": f"#/$defs/{name}"}


def closed(properties: Mapping[str, Schema], required: Iterable[str] = (), **more: Any) -> Schema:
    """Make the schema of a mapping that has these keys and no others."""
    names = list(required)
    needed = {"required": names} if names else {}
    return {"type": "object", **more, **needed, "properties": dict(properties), "additionalProperties": False}


def mapping(keys: str, values: str, **more: Any) -> Schema:
    """Make the schema of a mapping whose keys and values have the forms of two definitions."""
    return {"type": "object", **more, "propertyNames": reference(keys), "additionalProperties": reference(values)}


def with_lists(singles: Mapping[str, Schema]) -> dict[str, Schema]:
    """Add to definitions of scalars those of one or several of them, whose names end in an s more.

    A list of types, not ``anyOf``: an editor can then say of a value what is wrong with it.
    """
    found = dict(singles)
    for name, single in singles.items():
        types = {"type": [*single["type"], "array"], "items": reference(name), "minItems": 1}
        found[f"{name}s"] = {**single, "description": f"{single['description']} Or a list.", **types}
    return found


def one_or_several(single: Schema) -> Schema:
    """Let a list stand for what is no scalar of a type, too."""
    return {"anyOf": [single, {"type": "array", "items": single, "minItems": 1}]}


def _scalar(words: str, types: str, pattern: str, **more: Any) -> Schema:
    # The last of these is a word of editors' own: what they say of a text that does not fit.
    return {"description": words, "type": types.split(), "pattern": pattern, **more, "patternErrorMessage": words}


SCALARS: Final[Mapping[str, Schema]] = {
    **with_lists(
        {
            "text": _scalar(
                "A text that is not empty.", "string number", r"\S", **{"not": {"type": "string", "pattern": CONTROL}}
            ),
            "slug": _scalar(
                "A slug: a-z, 0-9 and single hyphens.", "string number", whole(SLUG), maxLength=MAX_SLUG, minimum=0
            ),
            "claim-reference": _scalar(
                "The key of a claim, or document/key.",
                "string number",
                whole(f"(?:{DOCUMENT_SLUG}/)?{SLUG}"),
                maxLength=2 * MAX_SLUG + 1,
                minimum=0,
            ),
            "edtf": _scalar(
                "EDTF: 2024-08-05, 2024-08, 2024?, 2024-08~, 201X, 2022-02/.. (open end), 2024-08-05/ (unknown end).",
                "string integer",
                whole(edtf_bounds.PATTERN),
                minimum=1,
                maximum=9999,
            ),
            "date": _scalar(
                "A day, YYYY-MM-DD.", "string", whole("[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])")
            ),
            "integer": _scalar("A whole number.", "integer string", whole(INTEGER), minimum=-_LIMIT, maximum=_LIMIT),
            "decimal": _scalar(
                "A number, with a point.", "number string", whole(DECIMAL), minimum=-_LIMIT, maximum=_LIMIT
            ),
            "boolean": _scalar("true or false.", "boolean string", whole("true|false")),
        }
    ),
    "document-slug": _scalar(
        "The document's slug, which is its file's name: a-z, 0-9, single hyphens and underscores.",
        "string number",
        whole(DOCUMENT_SLUG),
        maxLength=MAX_SLUG,
        minimum=0,
    ),
    "claim-key": _scalar(
        "A claim's key: a-z, 0-9 and single hyphens.",
        "string",
        whole(SLUG),
        maxLength=MAX_SLUG,
        **{"not": {"const": UNNAMED_AUTHOR_KEY}},
    ),
    "language": _scalar("Lower case, such as en, ru, fa.", "string", whole(LANGUAGE)),
    "span": _scalar("start-end in characters, such as 1059-1160, the end exclusive.", "string", whole(SPAN)),
    "sha256": _scalar(_SEAL, "string number", whole(SHA256), minimum=0),
    "length": _scalar(_SEAL, "integer string", whole("[1-9][0-9]*"), minimum=1),
    "count": _scalar(_SEAL, "integer string", whole("0|[1-9][0-9]*"), minimum=0),
}
"""Definitions of scalars by name; ``slugs`` is one slug or a list of them, and so on."""
