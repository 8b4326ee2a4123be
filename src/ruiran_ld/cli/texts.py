"""What the commands share that hold documents against their texts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ruiran_ld import seeds, verification
from ruiran_ld.dataset import DatasetFolder
from ruiran_ld.errors import DataError, Problem
from ruiran_ld.records import LoadedDocument


def documents_with_texts(
    folder: DatasetFolder, texts: Path, problems: list[Problem]
) -> Iterator[tuple[LoadedDocument, str]]:
    """Load each document of a dataset with its text; a document that lacks one is left out, and a problem."""
    for path in seeds.files(folder.documents(), problems):
        for loaded in seeds.read_documents(path, folder.seeds):
            try:
                if isinstance(loaded, DataError):
                    raise loaded
                text = verification.read_text(texts, loaded.record.document)
            except DataError as error:
                problems.extend(error.problems)
                continue
            yield loaded, text
