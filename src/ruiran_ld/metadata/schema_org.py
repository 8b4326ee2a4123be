"""The dataset as schema.org's Dataset, in JSON-LD, with the properties that dataset search engines read."""

from __future__ import annotations

from typing import Final

from ruiran_ld.metadata.description import Description
from ruiran_ld.metadata.files import PublishedFile
from ruiran_ld.metadata.json_text import Json, as_bytes, without_empty

FILE_NAME: Final = "schema-org.jsonld"


def write(description: Description) -> bytes:
    """Write the description; files of data are its distributions, what goes with them are its parts."""
    settings = description.settings
    agent: dict[str, Json] = {"@type": "Organization", "url": description.home}
    return as_bytes(
        without_empty(
            {
                "@context": "https://schema.org/",
                "@type": "Dataset",
                "@id": description.dataset,
                "name": settings.title,
                "description": settings.description,
                "url": description.home,
                "identifier": description.dataset,
                "version": settings.version,
                "datePublished": settings.issued,
                "dateModified": settings.issued,
                "license": settings.license,
                "isAccessibleForFree": True,
                "inLanguage": settings.language,
                "keywords": [*settings.keywords],
                "creator": {**agent, "name": settings.creator},
                "publisher": {**agent, "name": settings.publisher},
                "spatialCoverage": [
                    {"@type": "Place", "name": name, "identifier": iri} for name, iri in settings.spatial.items()
                ],
                "temporalCoverage": temporal_coverage(description),
                "includedInDataCatalog": {
                    "@type": "DataCatalog",
                    "@id": description.part("catalog"),
                    "name": settings.title,
                    "url": description.home,
                },
                "isBasedOn": [
                    {"@type": "CreativeWork", "@id": document.iri, "name": document.label}
                    for document in description.documents
                ],
                "variableMeasured": [
                    {"@type": "PropertyValue", "name": f"{table.name}.{column.name}", "description": column.description}
                    for table in description.tables
                    for column in table.columns
                ],
                "distribution": [_download(description, file) for file in description.files if file.is_data],
                "hasPart": [_download(description, file) for file in description.files if not file.is_data],
            }
        )
    )


def temporal_coverage(description: Description) -> str:
    """Write the period as an ISO 8601 interval, ``..`` where it is open; empty if there is none."""
    period = description.settings.temporal
    return f"{period.start or '..'}/{period.end or '..'}" if period else ""


def _download(description: Description, file: PublishedFile) -> dict[str, Json]:
    return {
        "@type": "DataDownload" if file.is_data else "MediaObject",
        "@id": description.part("file", file.name),
        "name": file.name,
        "description": file.title,
        "encodingFormat": file.form.media_type,
        "contentUrl": description.url(file.name),
        "contentSize": f"{file.size} B",
        "sha256": file.sha256,
    }
