"""`ruiran-ld delta`."""

from __future__ import annotations

from collections.abc import Iterator

import click

from ruiran_ld import delta, releases, seeds
from ruiran_ld.cli.options import dataset_option
from ruiran_ld.dataset import DatasetFolder
from ruiran_ld.errors import Problem, UsageError


@click.command()
@click.argument("old", required=False)
@click.argument("new", default=releases.DIST)
@click.option(
    "--format",
    "form",
    type=click.Choice(["markdown", "patch", "update"]),
    default="markdown",
    show_default=True,
    help="A page for people, RDF Patch, or SPARQL Update.",
)
@dataset_option
def command(folder: DatasetFolder, old: str | None, new: str, form: str) -> None:
    """Print what changed from OLD to NEW.

    Each is the version of a release, or 'dist' for what was built last. By default from the last release to 'dist'.

    \b
    Examples:
      ruiran-ld delta                              what the next release would change
      ruiran-ld delta 0.1.0 0.2.0 --format update > update.ru
    """  # noqa: D301 (\b is the character by which click keeps lines)
    if old is None:
        known = releases.list_releases(folder)
        if not known:
            raise UsageError(Problem("nothing was released yet", "'ruiran-ld release VERSION' releases"))
        old = known[-1].version
    before, after = releases.open_edition(folder, old), releases.open_edition(folder, new)
    for piece in _pieces(form, before, after, folder):
        click.echo(piece, nl=False)


def _pieces(form: str, before: delta.Edition, after: delta.Edition, folder: DatasetFolder) -> Iterator[str]:
    if form == "patch":
        return delta.write_patch(before, after)
    if form == "update":
        return delta.write_update(before, after)
    return delta.write_markdown(before, after, seeds.load_settings(folder.seeds).language)
