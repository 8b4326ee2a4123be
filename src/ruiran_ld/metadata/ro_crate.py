"""The release as an attached RO-Crate (RO-Crate 1.2): its root, its files, who and what made them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from ruiran_ld.metadata.description import Description
from ruiran_ld.metadata.json_text import Json, as_bytes, reference, without_empty
from ruiran_ld.metadata.schema_org import temporal_coverage

FILE_NAME: Final = "ro-crate-metadata.json"
_CONTEXT: Final = "https://w3id.org/ro/crate/1.2/context"
_PROFILE: Final = "https://w3id.org/ro/crate/1.2"
_BUILD: Final = "#build"
_SOFTWARE: Final = "#software"
_CREATOR: Final = "#creator"
_PUBLISHER: Final = "#publisher"
_CONTACT: Final = "#contact"


def write(description: Description) -> bytes:
    """Write the crate."""
    graph = [
        _descriptor(),
        _root(description),
        *_files(description),
        *_agents(description),
        *_making(description),
        *_referred(description),
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


def _single(values: Sequence[Json]) -> Json:
    """Write one value as itself and several as a list (appendix "RO-Crate JSON-LD")."""
    return values[0] if len(values) == 1 else values


def _root(description: Description) -> dict[str, Json]:
    settings = description.settings
    return without_empty(
        {
            "@id": "./",
            "@type": "Dataset",
            "name": settings.title,
            "description": settings.description,
            "identifier": reference(description.dataset),
            "url": description.home,
            "version": settings.version,
            "datePublished": settings.issued,
            "license": reference(settings.license),
            "author": reference(_CREATOR),
            "publisher": reference(_PUBLISHER),
            "keywords": _single(settings.keywords),
            "inLanguage": settings.language,
            "temporalCoverage": temporal_coverage(description),
            "spatialCoverage": _single([reference(iri) for iri in settings.spatial.values()]),
            "hasPart": _single([reference(file.name) for file in description.files]),
            "mentions": reference(_BUILD),
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
        }


def _agents(description: Description) -> Iterator[dict[str, Json]]:
    """Describe who made and who publishes the dataset, and whom to write to."""
    settings = description.settings
    contact: dict[str, Json] = {"contactPoint": reference(_CONTACT)} if settings.contact else {}
    for iri, name in ((_CREATOR, settings.creator), (_PUBLISHER, settings.publisher)):
        yield {"@id": iri, "@type": "Organization", "name": name, "url": description.home, **contact}
    if settings.contact:
        how = "email" if settings.contact.iri.startswith("mailto:") else "url"
        yield {"@id": _CONTACT, "@type": "ContactPoint", "name": settings.contact.name, how: settings.contact.iri}


def _making(description: Description) -> Iterator[dict[str, Json]]:
    """Describe the software and the run that made the files (section "Provenance of entities")."""
    software = description.software
    yield {
        "@id": _SOFTWARE,
        "@type": "SoftwareApplication",
        "name": software.name,
        "url": software.home,
        "version": software.version,
    }
    yield without_empty(
        {
            "@id": _BUILD,
            "@type": "CreateAction",
            "name": "Build of the release",
            "instrument": reference(_SOFTWARE),
            "agent": reference(_CREATOR),
            "object": _single([reference(document.iri) for document in description.documents]),
            "result": _single([reference(file.name) for file in description.files]),
        }
    )


def _referred(description: Description) -> Iterator[dict[str, Json]]:
    """Describe what else is referred to: identifier, licence, places, standards, documents and their rights."""
    settings, dataset = description.settings, description.dataset
    yield {"@id": dataset, "@type": "PropertyValue", "name": "Permanent IRI", "value": dataset, "url": dataset}
    yield {
        "@id": settings.license,
        "@type": "CreativeWork",
        "name": description.spdx_license() or "Licence",
        "description": f"The licence of {settings.title}",
    }
    for name, iri in settings.spatial.items():
        yield {"@id": iri, "@type": "Place", "name": name}
    forms = (file.form for file in description.files)
    for standard, title in sorted({form.standard: form.title for form in forms}.items()):
        yield {"@id": standard, "@type": "WebPage", "name": title}
    for statement, text in description.rights.items():
        yield {"@id": statement, "@type": "CreativeWork", "name": "Licence and reuse", "text": text}
    for document in description.documents:
        terms: dict[str, Json] = {"usageInfo": reference(document.rights)} if document.rights else {}
        yield {"@id": document.iri, "@type": "CreativeWork", "name": document.label, **terms}
