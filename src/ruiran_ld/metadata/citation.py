"""How to cite the dataset: Citation File Format 1.2.0 (YAML; JSON's strings are strings there too)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

from ruiran_ld.metadata.description import Description

FILE_NAME: Final = "CITATION.cff"
_VERSION: Final = "1.2.0"


def write(description: Description) -> bytes:
    """Write the citation file of the dataset."""
    return "".join(f"{line}\n" for line in _lines(description)).encode()


def _lines(description: Description) -> Iterator[str]:
    settings = description.settings
    yield f"cff-version: {_VERSION}"
    yield "message: If you use this dataset, please cite it as below."
    yield "type: dataset"
    yield f"title: {_text(settings.title)}"
    yield f"abstract: {_text(settings.description)}"
    yield "authors:"
    yield f"  - name: {_text(settings.creator)}"
    yield f"version: {_text(settings.version)}"
    yield f"date-released: {settings.issued}"
    yield f"url: {_text(description.home)}"
    yield "identifiers:"
    yield "  - type: url"
    yield f"    value: {_text(description.dataset)}"
    license_ = description.spdx_license()
    yield f"license: {license_}" if license_ else f"license-url: {_text(settings.license)}"
    if settings.keywords:
        yield "keywords:"
        yield from (f"  - {_text(keyword)}" for keyword in settings.keywords)


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
