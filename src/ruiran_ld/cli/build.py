"""`ruiran-ld build`."""

from __future__ import annotations

from pathlib import Path

import click

from ruiran_ld import pipeline
from ruiran_ld.cli.options import dataset_option, default_target, json_option, print_json, stages
from ruiran_ld.dataset import DatasetFolder


@click.command()
@dataset_option
@click.option("--out", metavar="DIR", type=click.Path(path_type=Path), help="Publish here, not to the dataset's dist/.")
@click.option("--update-expected", is_flag=True, help="Write the queries' expected results anew; look at them then.")
@json_option
def command(folder: DatasetFolder, out: Path | None, *, update_expected: bool, as_json: bool) -> None:
    """Build, validate and publish the dataset.

    Converts seeds/ to RDF, holds it against shapes/, draws what follows by ontology/, answers queries/, and publishes
    Turtle, JSON-LD, N-Triples and TriG. Everything is written aside and checked first: on any error, or if it is
    killed, the last good dist/ stays as it was. The same sources give the same bytes.

    \b
    Example:
      ruiran-ld build --out /tmp/dist
    """  # noqa: D301 (\b is the character by which click keeps lines)
    with stages(pipeline.STAGES, "building") as on_stage:
        built = pipeline.build(folder, default_target(folder, out), update_expected=update_expected, on_stage=on_stage)
    warnings = [finding for finding in built.report.findings if finding not in built.report.violations]
    if as_json:
        files = {file.name: {"size": file.size, "sha256": file.sha256} for file in built.files}
        found = [finding.as_json() for finding in warnings]
        counts = {"documents": built.documents, "asserted": built.asserted, "inferred": built.inferred}
        print_json({"target": str(built.target), **counts, "warnings": found, "files": files})
        return
    for finding in warnings:
        click.echo(f"{finding.severity.lower()}: {finding.as_problem()}", err=True)
    click.echo(
        f"{_here(built.target)}: {len(built.files)} files from {built.documents} documents, "
        f"{built.asserted} triples asserted and {built.inferred} inferred; conforms"
    )


def _here(path: Path) -> Path:
    """Name a folder from where the person stands, if it is below."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path
