"""JSON Schema (draft 2020-12) of what curators write, for their editors: one for documents, one for registers.

Keys, classes and concepts come from the ontology, the form of documents from ``records``. What the reader accepts as to
form, the schemas accept, but for two things that are better seen while writing: a key that says nothing (no value, an
empty text or list), and the words null, true and false as texts, which are to stand in quotation marks. What takes more
than one value to see is left to ``ruiran-ld validate``.

Editors are slow to follow: the keywords mean the same in draft 7, or are editors' own (``enumDescriptions``,
``patternErrorMessage``). There is no ``$id``, because no IRI of ours leads to a file.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from ruiran_ld.json_schema import documents, properties
from ruiran_ld.json_schema.scalars import SCALARS, Schema, mapping
from ruiran_ld.keys import entity_classes
from ruiran_ld.namespaces import RR
from ruiran_ld.records import Settings
from ruiran_ld.vocabulary import Vocabulary

DOCUMENT: Final = "document.schema.json"
REGISTER: Final = "register.schema.json"

_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_COMMENT: Final = "Made from the ontology by 'ruiran-ld build'."


def write(vocabulary: Vocabulary, settings: Settings) -> dict[str, bytes]:
    """Write both schemas: file name -> bytes."""
    return {name: _text(schema) for name, schema in schemas(vocabulary, settings).items()}


def schemas(vocabulary: Vocabulary, settings: Settings) -> dict[str, Schema]:
    """Make both schemas: file name -> schema."""
    known = {**SCALARS, **properties.definitions(vocabulary), **documents.definitions(vocabulary)}
    known["entry"] = properties.entry(vocabulary, entity_classes(vocabulary))
    about_document = properties.described(vocabulary, f"{RR}Document")
    about_register = "A register: slug -> entry, for what claims are about."
    return {
        DOCUMENT: _file(
            f"{settings.name}: a document", about_document, documents.document(vocabulary, settings.language), known
        ),
        REGISTER: _file(f"{settings.name}: a register", about_register, mapping("slug", "entry"), known),
    }


def _file(title: str, description: str, schema: Schema, known: Mapping[str, Schema]) -> Schema:
    """Put a schema together with the definitions that it needs."""
    used: dict[str, Schema] = {}
    waiting = [schema]
    while waiting:
        for name in _referred(waiting.pop()):
            if name not in used:
                used[name] = known[name]
                waiting.append(known[name])
    head = {"$schema": _DIALECT, "$comment": _COMMENT, "title": title, "description": description}
    return {**head, **schema, "$defs": {name: used[name] for name in sorted(used)}}


def _referred(schema: Any) -> Iterator[str]:
    """Give the names of the definitions that a schema refers to."""
    if isinstance(schema, dict):
        for key, value in schema.items():
            if key == "$ref":
                yield value.rpartition("/")[2]
            yield from _referred(value)
    elif isinstance(schema, list):
        for each in schema:
            yield from _referred(each)


def _text(schema: Schema) -> bytes:
    return f"{json.dumps(schema, ensure_ascii=False, indent=1)}\n".encode()
