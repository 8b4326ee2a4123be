"""`ruiran-ld seal`."""

from __future__ import annotations

from pathlib import Path

import click

from ruiran_ld import seeds, verification
from ruiran_ld.cli.options import dataset_option
from ruiran_ld.dataset import DatasetFolder
from ruiran_ld.errors import DataError, Problem


@click.command()
@dataset_option
@click.option("--texts", metavar="DIR", required=True, type=click.Path(path_type=Path), help="Folder with <document>.txt.")
def command(folder: DatasetFolder, texts: Path) -> None:
    """Write the hashes of texts and passages into the YAML annotations.

    To be run after spans were written or changed. Only the blocks text: and passages: of each document change. Look at
    what the spans hold with `ruiran-ld verify` afterwards: sealing takes every span as it stands.
    """
    problems: list[Problem] = []
    for path in seeds.files(folder.documents()):
        if seeds.is_jsonl(path):
            continue
        try:
            changed = verification.seal(path, texts, folder.name(path))
        except DataError as error:
            problems.extend(error.problems)
            continue
        click.echo(f"{folder.name(path)}: {'sealed' if changed else 'unchanged'}")
    if problems:
        raise DataError(problems)
