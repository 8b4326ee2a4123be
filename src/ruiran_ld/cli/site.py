"""`ruiran-ld site`."""

from __future__ import annotations

from pathlib import Path

import click

from ruiran_ld import dereferencing, pipeline
from ruiran_ld.cli.options import dataset_option, json_option, print_json
from ruiran_ld.dataset import DatasetFolder


@click.command()
@dataset_option
@click.option("--out", metavar="DIR", required=True, type=click.Path(path_type=Path), help="The folder to write to.")
@json_option
def command(folder: DatasetFolder, out: Path, *, as_json: bool) -> None:
    """Write what to host: a web document for each IRI.

    Takes what was built (dist/, releases/) and writes, for every IRI of the dataset, a web document as Turtle, JSON-LD
    and N-Triples that is useful alone: the description, the claims with their speakers and passages, and what all
    that is named is called.

    \b
      DIR/site/    host this at 'site' of seeds/dataset.yaml
      DIR/w3id/    give this to the keeper of the base IRI, as a pull request to perma-id/w3id.org

    Where there is no 'site', the files stand at the base itself, and DIR/site/ has the .htaccess for it. Every IRI was
    followed before the folder takes its place; on any error, what stood there stays.

    \b
    Example:
      ruiran-ld site --out /tmp/hosted
    """  # noqa: D301 (\b is the character by which click keeps lines)
    files = pipeline.publish_site(folder, out)
    hosted = [file for file in files if file.name.startswith(dereferencing.SITE)]
    size = sum(file.size for file in hosted)
    if as_json:
        redirects = [file.name for file in files if file.name.endswith(".htaccess")]
        print_json({"target": str(out), "hosted": len(hosted), "bytes": size, "redirects": redirects})
        return
    click.echo(f"{out}: {len(hosted)} files to host, {size / 1e6:.0f} MB; every IRI leads to one")
