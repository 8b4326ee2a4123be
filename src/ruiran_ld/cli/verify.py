"""`ruiran-ld verify`."""

from __future__ import annotations

from pathlib import Path

import click

from ruiran_ld import seeds, verification
from ruiran_ld.cli.options import dataset_option, json_option, print_json
from ruiran_ld.dataset import DatasetFolder
from ruiran_ld.errors import DataError, Problem, RuiranError
from ruiran_ld.verification import SpanCheck


@click.command()
@dataset_option
@click.option("--texts", metavar="DIR", required=True, type=click.Path(path_type=Path), help="Folder with <document>.txt.")
@click.option("--quiet", is_flag=True, help="Show only what does not fit.")
@json_option
def command(folder: DatasetFolder, texts: Path, *, quiet: bool, as_json: bool) -> None:
    """Check every span and hash against the texts, and show each passage beside its gist.

    The dataset holds positions and hashes, not sentences: whoever has the texts can see here that nothing moved. Exit
    status 1 if one character is another.
    """
    problems: list[Problem] = []
    checks: list[SpanCheck] = []
    documents = 0
    for path in seeds.files(folder.documents()):
        for loaded in seeds.read_documents(path, folder.seeds):
            if isinstance(loaded, RuiranError):
                problems.extend(loaded.problems)
                continue
            documents += 1
            text = verification.read_text(texts, loaded.record.document)
            found, spans = verification.check_document(loaded, text)
            problems.extend(found)
            checks.extend(spans)
    problems.extend(check.problem for check in checks if check.problem)
    if as_json:
        _print_json(checks, problems)
    elif not quiet:
        for check in checks:
            click.echo(_line(check))
    if problems:
        raise DataError(problems)
    if not as_json:
        click.echo(f"{len(checks)} spans of {documents} documents stand where they were read")


def _line(check: SpanCheck) -> str:
    mark = click.style("no", fg="red") if check.problem else click.style("ok", fg="green")
    passage = " ".join(check.passage.split())
    return f"{mark} {check.document}/{check.claim} {check.span}\n   text: {passage}\n   gist: {check.gist}"


def _print_json(checks: list[SpanCheck], problems: list[Problem]) -> None:
    rows = [
        {"document": each.document, "claim": each.claim, "span": each.span, "fits": each.problem is None} for each in checks
    ]
    print_json({"fits": not problems, "spans": rows, "problems": [str(problem) for problem in problems]})
