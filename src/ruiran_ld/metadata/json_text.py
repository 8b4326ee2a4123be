"""JSON for files that people look at: keys in the order of writing, the same bytes every time."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

Json = str | int | bool | Sequence["Json"] | Mapping[str, "Json"]


def as_bytes(value: Json) -> bytes:
    """Write JSON with one space of indent and a newline at its end."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def without_empty(members: Mapping[str, Json]) -> dict[str, Json]:
    """Leave out members that say nothing: empty texts and lists."""
    return {key: value for key, value in members.items() if value not in ("", [])}


def reference(iri: str) -> dict[str, Json]:
    """Refer to a node of JSON-LD by its identifier."""
    return {"@id": iri}
