"""`ruiran-ld decide`."""

from __future__ import annotations

import click

from ruiran_ld import withdrawal
from ruiran_ld.cli.edits import derived_option, reason_option, report, require_one_of
from ruiran_ld.cli.options import dataset_option, json_option
from ruiran_ld.dataset import DatasetFolder


@click.command()
@click.argument("names", metavar="[SLUG|IRI]...", nargs=-1)
@dataset_option
@derived_option
@reason_option()
@json_option
def command(names: tuple[str, ...], folder: DatasetFolder, reason: str, *, derived: bool, as_json: bool) -> None:
    """Record that an IRI names the same thing as before, though its type or its identity was described otherwise.

    An IRI is never reused for something else, so a build with a changed type or a changed exact match fails until
    someone has decided that the old description was wrong about the same thing. The decision stands in seeds/ledger.tsv
    with what changed and why. For an IRI that was withdrawn and is described again, it makes the IRI active again.

    \b
    Examples:
      ruiran-ld decide some-slug --reason "the record that it was matched with is about a namesake"
      ruiran-ld decide --derived --reason "report_2 says again what report_1 had said"
    """  # noqa: D301 (\b is the character by which click keeps lines)
    require_one_of(names, derived=derived)
    edits = withdrawal.decide_derived(folder, reason) if derived else withdrawal.decide(folder, names, reason)
    report(folder, edits, "decided", as_json=as_json)
