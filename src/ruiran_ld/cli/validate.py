"""`ruiran-ld validate`."""

from __future__ import annotations

import click

from ruiran_ld import pipeline
from ruiran_ld.cli.options import dataset_option, json_option, progress
from ruiran_ld.dataset import DatasetFolder
from ruiran_ld.errors import DataError


@click.command()
@dataset_option
@json_option
@click.pass_context
def command(context: click.Context, folder: DatasetFolder, *, as_json: bool) -> None:
    """Hold the dataset against its ledger, its shapes and its axioms, and publish nothing.

    Each finding says what is wrong, in the words of the shapes, and in which file and line of the seeds. Exit status 1
    if there is a violation; warnings are shown and let pass.

    \b
    Example:
      ruiran-ld validate --dataset mine
    """  # noqa: D301 (\b is the character by which click keeps lines)
    with progress(4, "validating") as advance:
        advance(0, "convert")
        asserted = pipeline.convert(folder)
        advance(1, "compare")
        asserted = pipeline.keep_promises(folder, asserted)
        advance(1, "validate")
        report = pipeline.validate(folder, asserted)
        advance(1, "entail")
        if report.conforms:
            pipeline.entail(folder, asserted)
    click.echo(report.as_json() if as_json else report.as_text(), nl=False)
    if not report.conforms:
        context.exit(DataError.exit_status)
