"""The tables in Croissant 1.1 (MLCommons): each a file with its checksum, and a record set that explains columns."""

from __future__ import annotations

from typing import Final

from ruiran_ld.metadata.description import Description
from ruiran_ld.metadata.files import PublishedFile
from ruiran_ld.metadata.json_text import Json, as_bytes, reference, without_empty
from ruiran_ld.metadata.tables import Column, Table

FILE_NAME: Final = "croissant.json"
_VERSION: Final = "http://mlcommons.org/croissant/1.1"
_KINDS: Final = {
    "iri": "sc:URL",
    "text": "sc:Text",
    "integer": "sc:Integer",
    "number": "sc:Float",
    "boolean": "sc:Boolean",
    "date": "sc:Date",
}
_OURS: Final = (
    "arrayShape", "citeAs", "column", "containedIn", "equivalentProperty", "extract", "field", "fileProperty",
    "fileObject", "fileSet", "format", "includes", "isArray", "isLiveDataset", "jsonPath", "key", "md5", "parentField",
    "path", "recordSet", "references", "regex", "repeated", "replace", "samplingRate", "separator", "source",
    "subField", "transform",
)  # fmt: skip
"""Terms of Croissant's own vocabulary that its context names (Croissant 1.1, appendix on the JSON-LD context)."""


def write(description: Description) -> bytes:
    """Write the description of the tables."""
    settings = description.settings
    files = {file.name: file for file in description.files}
    return as_bytes(
        without_empty(
            {
                "@context": _context(settings.language),
                "@type": "sc:Dataset",
                "@id": description.dataset,
                "conformsTo": _VERSION,
                "name": settings.title,
                "description": settings.description,
                "url": description.home,
                "license": settings.license,
                "version": settings.version,
                "datePublished": settings.issued,
                "inLanguage": settings.language,
                "keywords": [*settings.keywords],
                "creator": {"@type": "sc:Organization", "name": settings.creator, "url": description.home},
                "publisher": {"@type": "sc:Organization", "name": settings.publisher, "url": description.home},
                "citeAs": cite_as(description),
                "isLiveDataset": False,
                "distribution": [_file(description, files[table.file]) for table in description.tables],
                "recordSet": [_record_set(table) for table in description.tables],
            }
        )
    )


def cite_as(description: Description) -> str:
    """Say in one line how to cite the dataset."""
    settings = description.settings
    year = settings.issued[:4]
    return f"{settings.creator} ({year}). {settings.title}, version {settings.version}. {description.dataset}"


def _context(language: str) -> dict[str, Json]:
    return {
        "@language": language,
        "@vocab": "https://schema.org/",
        "cr": "http://mlcommons.org/croissant/",
        "dct": "http://purl.org/dc/terms/",
        "rai": "http://mlcommons.org/croissant/RAI/",
        "sc": "https://schema.org/",
        "conformsTo": "dct:conformsTo",
        "data": {"@id": "cr:data", "@type": "@json"},
        "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
        "description": {"@container": "@language"},
        "examples": {"@id": "cr:examples", "@type": "@json"},
        "name": {"@container": "@language"},
        **{term: f"cr:{term}" for term in _OURS},
    }


def _file(description: Description, file: PublishedFile) -> dict[str, Json]:
    return {
        "@type": "cr:FileObject",
        "@id": file.name,
        "name": file.name,
        "description": file.title,
        "contentUrl": description.url(file.name),
        "contentSize": f"{file.size} B",
        "encodingFormat": file.form.media_type,
        "sha256": file.sha256,
    }


def _record_set(table: Table) -> dict[str, Json]:
    members: dict[str, Json] = {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": f"{table.description} ({table.rows} records)",
        "field": [_field(table, column) for column in table.columns],
    }
    return members | ({"key": reference(f"{table.name}/{table.key}")} if table.key else {})


def _field(table: Table, column: Column) -> dict[str, Json]:
    return {
        "@type": "cr:Field",
        "@id": f"{table.name}/{column.name}",
        "name": column.name,
        "description": column.description,
        "dataType": _KINDS[column.kind],
        "source": {"fileObject": reference(table.file), "extract": {"column": column.name}},
    }
