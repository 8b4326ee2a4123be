"""`ruiran-ld rekey`."""

from __future__ import annotations

import click

from ruiran_ld import withdrawal
from ruiran_ld.cli.edits import reason_option, report
from ruiran_ld.cli.options import dataset_option, json_option
from ruiran_ld.dataset import DatasetFolder


@click.command()
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@dataset_option
@reason_option(default=withdrawal.RENAMED)
@json_option
def command(old: str, new: str, folder: DatasetFolder, reason: str, *, as_json: bool) -> None:
    """Send readers of an old IRI to the new one of the same thing, document, claim, concept or term.

    To be run after it was renamed in seeds/ or ontology/. The old IRI keeps a tombstone that names the new one;
    with a document go its claims. Only seeds/ledger.tsv changes. Annotations that still write the old slug are
    read as if they wrote the new one, with a warning; what else is to be done is listed.

    \b
    Examples:
      ruiran-ld rekey old-slug new-slug
      ruiran-ld rekey report_1/c12 report_1/c12-a --reason "split in two"
    """  # noqa: D301 (\b is the character by which click keeps lines)
    report(folder, withdrawal.rekey(folder, old, new, reason), "withdrawn", as_json=as_json)
