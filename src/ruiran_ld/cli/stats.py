"""`ruiran-ld stats`."""

from __future__ import annotations

from collections.abc import Mapping

import click

from ruiran_ld import statistics
from ruiran_ld.cli.options import dataset_option, json_option, print_json
from ruiran_ld.dataset import DatasetFolder
from ruiran_ld.namespaces import RR
from ruiran_ld.publication import open_asserted
from ruiran_ld.vocabulary import compile_vocabulary


@click.command()
@dataset_option
@json_option
def command(folder: DatasetFolder, *, as_json: bool) -> None:
    """Count what the published dataset holds.

    Documents, claims by status, events by realis, entities by class, and the statements that claims of more than one
    document make. What is counted is the asserted graph as it was published in dist/.

    \b
    Example:
      ruiran-ld stats --json
    """  # noqa: D301 (\b is the character by which click keeps lines)
    vocabulary = compile_vocabulary(folder.ontology)
    entities = {each.iri: each.label for each in vocabulary.classes.values() if f"{RR}Entity" in each.ancestors}
    found = statistics.count(open_asserted(folder), vocabulary.labels, entities)
    if as_json:
        print_json(found.as_json())
        return
    click.echo(f"{found.triples} triples; {found.corroborated} statements stand in more than one document")
    for title, counts in (
        ("the core", found.core),
        ("claims by status", found.claims),
        ("events by realis", found.realis),
        ("entities by class", found.entities),
    ):
        _print(title, counts)


def _print(title: str, counts: Mapping[str, int]) -> None:
    click.echo(f"\n{title}")
    for label, number in counts.items():
        click.echo(f"{number:7}  {label}")
