"""The release as an attached RO-Crate (RO-Crate 1.2): its root, its files, who and what made them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from ruiran_ld.metadata.description import Description
from ruiran_ld.metadata.files import form_of
from ruiran_ld.metadata.json_text import Json, as_bytes, reference, without_empty
from ruiran_ld.metadata.schema_org import temporal_coverage

FILE_NAME: Final = "ro-crate-metadata.json"
_CONTEXT: Final = "https://w3id.org/ro/crate/1.2/context"
_PROFILE: Final = "https://w3id.org/ro/crate/1.2"
_BUILD: Final = "#build"
_SOFTWARE: Final = "#software"
_CREATOR: Final = "#creator"
_PUBLISHER: Final = "#publisher"


def write(description: Description, others: Sequence[str]) -> bytes:
    """Write the crate.

    Args:
        description: what is known of the build.
        others: further files of the release that describe it, and that no checksum can be given of.
    """
    graph = [
        _descriptor(),
        _root(description, others),
        *_files(description),
        *(_unmeasured(name) for name in sorted(others)),
        *_context(description, (*others, *(file.name for file in description.files))),
    ]
    return as_bytes({"@context": _CONTEXT, "@graph": graph})


def _descriptor() -> dict[str, Json]:
    """Make the RO-Crate Metadata Descriptor (section "Root Data Entity")."""
    return {
        "@id": FILE_NAME,
        "@type": "CreativeWork",
        "name": "RO-Crate metadata",
        "conformsTo": reference(_PROFILE),
        "about": reference("./"),
    }


def _root(description: Description, others: Sequence[str]) -> dict[str, Json]:
    settings = description.settings
    names = sorted([*others, *(file.name for file in description.files)])
    return without_empty(
        {
            "@id": "./",
            "@type": "Dataset",
            "name": settings.title,
            "description": settings.description,
            "identifier": description.dataset,
            "url": description.home,
            "version": settings.version,
            "datePublished": settings.issued,
            "license": reference(settings.license),
            "author": reference(_CREATOR),
            "publisher": reference(_PUBLISHER),
            "keywords": [*settings.keywords],
            "inLanguage": settings.language,
            "temporalCoverage": temporal_coverage(description),
            "spatialCoverage": [reference(iri) for iri in settings.spatial.values()],
            "hasPart": [reference(name) for name in names],
            "mentions": [reference(_BUILD)],
        }
    )


def _files(description: Description) -> Iterator[dict[str, Json]]:
    for file in description.files:
        yield {
            "@id": file.name,
            "@type": "File",
            "name": file.name,
            "description": file.title,
            "encodingFormat": [file.form.media_type, reference(file.form.standard)],
            "contentSize": str(file.size),
            "sha256": file.sha256,
            "license": reference(description.settings.license),
        }


def _unmeasured(name: str) -> dict[str, Json]:
    form = form_of(name)
    return {
        "@id": name,
        "@type": "File",
        "name": name,
        "description": "Metadata of the release; SHA256SUMS has its checksum",
        "encodingFormat": [form.media_type, reference(form.standard)],
    }


def _context(description: Description, names: Iterable[str]) -> Iterator[dict[str, Json]]:
    """Make the contextual entities that others refer to."""
    settings, software = description.settings, description.software
    yield {
        "@id": settings.license,
        "@type": "CreativeWork",
        "name": description.spdx_license() or "Licence",
        "description": f"The licence of {settings.title}",
    }
    for iri, name in ((_CREATOR, settings.creator), (_PUBLISHER, settings.publisher)):
        yield {"@id": iri, "@type": "Organization", "name": name, "url": description.home}
    for name, iri in settings.spatial.items():
        yield {"@id": iri, "@type": "Place", "name": name}
    for standard, title in sorted({form.standard: form.title for form in map(form_of, names)}.items()):
        yield {"@id": standard, "@type": "WebPage", "name": title}
    yield {"@id": _SOFTWARE, "@type": "SoftwareApplication", "name": software.name, "version": software.version}
    yield without_empty(
        {
            "@id": _BUILD,
            "@type": "CreateAction",
            "name": "Build of the release",
            "instrument": reference(_SOFTWARE),
            "agent": reference(_CREATOR),
            "object": [reference(document.iri) for document in description.documents],
            "result": [reference(file.name) for file in description.files],
        }
    )
    for statement, text in description.rights.items():
        yield {"@id": statement, "@type": "CreativeWork", "name": "Licence and reuse", "text": text}
    for document in description.documents:
        about = {"usageInfo": reference(document.rights)} if document.rights else {}
        yield {"@id": document.iri, "@type": "CreativeWork", "name": document.label, **about}
