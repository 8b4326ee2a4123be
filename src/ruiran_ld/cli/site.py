"""`ruiran-ld site`."""

from __future__ import annotations

from pathlib import Path

import click

from ruiran_ld import dereferencing, pipeline
from ruiran_ld.cli.options import dataset_option, default_hosted, json_option, print_json, stages
from ruiran_ld.dataset import DatasetFolder
from ruiran_ld.errors import Problem, UsageError
from ruiran_ld.site import built_scripts


@click.command()
@dataset_option
@click.option(
    "--out",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="The folder to write to; by default the dataset's build/hosted.",
)
@click.option("--without-scripts", is_flag=True, help="Pages without scripts; they are whole without, and need no npm.")
@json_option
def command(folder: DatasetFolder, out: Path | None, *, without_scripts: bool, as_json: bool) -> None:
    """Write what to host: the website, and a web document for each IRI.

    Takes what was built (dist/, releases/) and writes, for every IRI of the dataset, a page for people and a web
    document as Turtle, JSON-LD and N-Triples that is useful alone: the description, the claims with their speakers and
    passages, and what all that is named is called. Pages ask no other host for anything and work below any path.

    \b
      DIR/site/    host this at 'site' of seeds/dataset.yaml
      DIR/w3id/    give this to the keeper of the base IRI, as a pull request to perma-id/w3id.org

    Where there is no 'site', the files stand at the base itself, and DIR/site/ has the .htaccess for it. Every IRI and
    every link was followed before the folder takes its place; on any error, what stood there stays.

    \b
    Example:
      ruiran-ld site --out /tmp/hosted
    """  # noqa: D301 (\b is the character by which click keeps lines)
    target = out or default_hosted(folder)
    scripts = {} if without_scripts else built_scripts()
    if not (scripts or without_scripts):
        remedy = "'make site' builds them; '--without-scripts' makes pages that are whole without"
        raise UsageError(Problem("the scripts of the website were not built", remedy))
    with stages(pipeline.SITE_STAGES, "publishing") as on_stage:
        files = pipeline.publish_site(folder, target, scripts, on_stage=on_stage)
    hosted = [file for file in files if file.name.startswith(dereferencing.SITE)]
    size = sum(file.size for file in hosted)
    if as_json:
        redirects = [file.name for file in files if file.name.endswith(".htaccess")]
        print_json({"target": str(target), "hosted": len(hosted), "bytes": size, "redirects": redirects})
        return
    pages = sum(file.name.endswith(dereferencing.PAGE.suffix) for file in hosted)
    told = f"{len(hosted)} files to host, {pages} of them pages, {size / 1e6:.0f} MB"
    click.echo(f"{target}: {told}; every IRI and every link leads to one")
