"""`ruiran-ld seal`."""

from __future__ import annotations

from pathlib import Path

import click

from ruiran_ld import seeds, verification
from ruiran_ld.cli.options import dataset_option, texts_option
from ruiran_ld.dataset import DatasetFolder
from ruiran_ld.errors import Problem, RuiranError, UsageError


@click.command()
@dataset_option
@texts_option
def command(folder: DatasetFolder, texts: Path) -> None:
    """Write the hashes of texts and passages into the YAML annotations.

    To be run after spans were written or changed. Only the blocks text: and passages: of each document change; a file
    with a span that is none stays as it is. Look at what the spans hold with `ruiran-ld verify` afterwards: sealing
    takes every span as it stands.

    \b
    Example:
      ruiran-ld seal --texts texts
    """  # noqa: D301 (\b is the character by which click keeps lines)
    problems: list[Problem] = []
    worst: type[RuiranError] = UsageError
    for path in seeds.files(folder.documents(), problems):
        if seeds.is_jsonl(path):
            continue
        try:
            changed = verification.seal(path, texts, folder.name(path))
        except RuiranError as error:
            problems.extend(error.problems)
            worst = min(worst, type(error), key=lambda kind: kind.exit_status)
            continue
        click.echo(f"{folder.name(path)}: {'sealed' if changed else 'unchanged'}")
    if problems:
        raise worst(problems)
