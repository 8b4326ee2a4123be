"""`ruiran-ld release`."""

from __future__ import annotations

import click

from ruiran_ld import pipeline, releases, releasing
from ruiran_ld.cli.options import dataset_option, json_option, print_json, progress
from ruiran_ld.dataset import DatasetFolder
from ruiran_ld.errors import Problem, UsageError
from ruiran_ld.release import describe_release


@click.command()
@click.argument("version", required=False)
@click.option("--list", "listing", is_flag=True, help="List the releases, the oldest first.")
@click.option("--verify", is_flag=True, help="Compare every file of every release with its checksum.")
@dataset_option
@json_option
def command(folder: DatasetFolder, version: str | None, *, listing: bool, verify: bool, as_json: bool) -> None:
    """Release the dataset for good, as VERSION.

    Builds, promises each new IRI in seeds/ledger.tsv, and writes releases/VERSION/: all files of dist/, the ledger,
    the delta to the release before (RDF Patch, SPARQL Update, Markdown) and SHA256SUMS. A release is never changed.

    VERSION is what seeds/dataset.yaml states, later than every release there is; its priorVersion is the last of them.

    \b
    Examples:
      ruiran-ld release 0.2.0
      ruiran-ld release --list
      ruiran-ld release --verify
    """  # noqa: D301 (\b is the character by which click keeps lines)
    if sum((version is not None, listing, verify)) != 1:
        remedy = "give VERSION, or --list, or --verify; 'ruiran-ld release --help' says more"
        raise UsageError(Problem("what to release is not clear", remedy))
    if version is not None:
        _release(folder, version, as_json=as_json)
    else:
        _list(folder, verify=verify, as_json=as_json)


def _release(folder: DatasetFolder, version: str, *, as_json: bool) -> None:
    with progress(len(pipeline.STAGES), "releasing") as advance:
        done = releasing.publish_release(folder, version, on_stage=lambda name: advance(1, name))
    where = folder.name(done.release.folder)
    if as_json:
        files = {file.name: {"size": file.size, "sha256": file.sha256} for file in done.files}
        print_json({"version": version, "prior": done.prior, "folder": where, "iris": done.added, "files": files})
        return
    click.echo(f"{where}: {len(done.files)} files, {done.added} new IRIs, after {done.prior or 'nothing'}")
    click.echo(f"commit {where} and {folder.name(folder.ledger)} together")


def _list(folder: DatasetFolder, *, verify: bool, as_json: bool) -> None:
    found = releases.verify_releases(folder) if verify else releases.list_releases(folder)
    sizes = {each.version: [file.size for file in describe_release(each.folder)] for each in found}
    if as_json:
        print_json([{"version": name, "files": len(each), "bytes": sum(each)} for name, each in sizes.items()])
        return
    for name, each in sizes.items():
        click.echo(f"{name}  {len(each)} files, {sum(each):,} bytes{', as published' if verify else ''}")
    if not found:
        click.echo("nothing was released yet")
