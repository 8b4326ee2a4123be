"""`ruiran-ld deprecate`."""

from __future__ import annotations

import click

from ruiran_ld import withdrawal
from ruiran_ld.cli.edits import derived_option, reason_option, report, require_one_of
from ruiran_ld.cli.options import dataset_option, json_option
from ruiran_ld.dataset import DatasetFolder
from ruiran_ld.errors import Problem, UsageError


@click.command()
@click.argument("names", metavar="[SLUG|IRI]...", nargs=-1)
@dataset_option
@click.option(
    "--replaced-by",
    metavar="SLUG|IRI",
    help="What to use instead; '' for nothing. Without it, what replaced a withdrawn one before still does.",
)
@derived_option
@reason_option()
@json_option
def command(  # noqa: PLR0913 (the options of a command)
    names: tuple[str, ...], folder: DatasetFolder, replaced_by: str | None, reason: str, *, derived: bool, as_json: bool
) -> None:
    """Withdraw published IRIs, each of which keeps a tombstone that says when, why and what to use instead.

    To be run after the thing, document, claim, concept or term was taken out of seeds/ or ontology/: what was published
    is never lost in silence, so a build without it fails until its IRI is withdrawn. Only seeds/ledger.tsv changes.
    A claim is named as document/claim, a concept as concept/scheme/name, a term by its IRI.

    With --derived: whatever followed from records that are gone, such as the statements of a claim that was taken out.

    \b
    Examples:
      ruiran-ld deprecate old-slug --replaced-by other-slug --reason "both records were about one person"
      ruiran-ld deprecate report_1/c12 --reason "the passage does not say it"
      ruiran-ld deprecate --derived --reason "report_1/c12 was withdrawn"
    """  # noqa: D301 (\b is the character by which click keeps lines)
    require_one_of(names, derived=derived)
    if derived and replaced_by is not None:
        raise UsageError(Problem("--derived with --replaced-by", "what replaces each of them is found without"))
    if derived:
        edits = withdrawal.deprecate_derived(folder, reason)
    else:
        edits = withdrawal.deprecate(folder, names, replaced_by, reason)
    report(folder, edits, "withdrawn", as_json=as_json)
