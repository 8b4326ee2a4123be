"""`ruiran-ld verify`."""

from __future__ import annotations

from pathlib import Path

import click

from ruiran_ld import verification
from ruiran_ld.cli.options import dataset_option, json_option, print_json, texts_option
from ruiran_ld.cli.texts import documents_with_texts
from ruiran_ld.dataset import DatasetFolder
from ruiran_ld.errors import DataError, Problem
from ruiran_ld.verification import SpanCheck


@click.command()
@dataset_option
@texts_option
@click.option("--quiet", is_flag=True, help="Show only what does not fit.")
@json_option
def command(folder: DatasetFolder, texts: Path, *, quiet: bool, as_json: bool) -> None:
    """Check every span and hash against the texts, and show each passage beside its gist.

    The dataset holds positions and hashes, not sentences: whoever has the texts can see here that nothing moved. Exit
    status 1 if one character is another.

    \b
    Example:
      ruiran-ld verify --texts texts --quiet
    """  # noqa: D301 (\b is the character by which click keeps lines)
    problems: list[Problem] = []
    checks: list[SpanCheck] = []
    documents = 0
    for loaded, text in documents_with_texts(folder, texts, problems):
        documents += 1
        found, spans = verification.check_document(loaded, text)
        problems.extend(found)
        checks.extend(spans)
    problems.extend(check.problem for check in checks if check.problem)
    if as_json:
        _print_json(checks, problems)
    else:
        for check in checks:
            if check.problem or not quiet:
                click.echo(_lines(check))
    if problems:
        raise DataError(problems)
    if not as_json:
        click.echo(f"{len(checks)} spans of {documents} documents stand where they were read")


def _lines(check: SpanCheck) -> str:
    mark = click.style("no", fg="red") if check.problem else click.style("ok", fg="green")
    passage, gist = (" ".join(text.split()) for text in (check.passage, check.gist))
    name = f"{check.document}/{check.claim}" if check.claim else check.document
    return f"{mark} {name} {check.span}\n   text: {passage}\n   gist: {gist}"


def _print_json(checks: list[SpanCheck], problems: list[Problem]) -> None:
    spans = [
        {"document": each.document, "claim": each.claim, "span": each.span, "fits": each.problem is None}
        for each in checks
    ]
    print_json({"fits": not problems, "spans": spans, "problems": [str(problem) for problem in problems]})
