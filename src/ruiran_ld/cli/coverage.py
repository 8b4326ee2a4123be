"""`ruiran-ld coverage`."""

from __future__ import annotations

from pathlib import Path

import click

from ruiran_ld import coverage, verification
from ruiran_ld.cli.marked_text import MarkedText, for_terminal, html_page
from ruiran_ld.cli.options import dataset_option, json_option, print_json, texts_option
from ruiran_ld.cli.texts import documents_with_texts
from ruiran_ld.coverage import Coverage, Standing
from ruiran_ld.dataset import DatasetFolder
from ruiran_ld.errors import DataError, Place, Problem, UsageError


@click.command()
@dataset_option
@texts_option
@click.option("--show", is_flag=True, help="Print each text with its claims marked.")
@click.option(
    "--html",
    "page",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the marked texts to an HTML file, outside the dataset's folder.",
)
@json_option
def command(folder: DatasetFolder, texts: Path, *, show: bool, page: Path | None, as_json: bool) -> None:
    """Say what share of each text is inside some claim's span, and what is in none.

    A stretch with a letter or a digit in it has to be in the span of a claim, or stand under 'setAside' in the
    document's record with the reason why. Exit status 1 if one is unaccounted for, or if a document has not as many
    claims as when it was sealed.

    \b
    Examples:
      ruiran-ld coverage --texts texts
      ruiran-ld coverage --texts texts --show
      ruiran-ld coverage --texts texts --html /tmp/texts.html
    """  # noqa: D301 (\b is the character by which click keeps lines)
    if page is not None:
        _require_outside(page, folder)
    problems: list[Problem] = []
    marked: list[MarkedText] = []
    for loaded, text in documents_with_texts(folder, texts, problems):
        problems.extend(verification.check_document(loaded, text)[0])
        found = coverage.measure(loaded, text)
        problems.extend(found.problems)
        marked.append(MarkedText(found, text, {key: claim.gist for key, claim in loaded.record.claims.items()}))
    if page is not None:
        _write(page, html_page(marked))
    if as_json:
        documents = [_as_json(each.coverage) for each in marked]
        print_json({"complete": not problems, "documents": documents, "problems": [str(each) for each in problems]})
    else:
        for each in marked:
            if show:
                click.echo(for_terminal(each))
            click.echo(_summary(each.coverage))
    if problems:
        raise DataError(problems)
    if not as_json:
        click.echo(f"every stretch of {len(marked)} documents is accounted for")


def _require_outside(page: Path, folder: DatasetFolder) -> None:
    if page.resolve().is_relative_to(folder.root.resolve()):
        message = "the texts belong to others and may not enter the dataset's folder"
        raise UsageError(Problem(message, "give a file elsewhere", Place(str(page))))


def _write(page: Path, content: str) -> None:
    try:
        page.write_text(content, encoding="utf-8")
    except OSError as error:
        raise UsageError(Problem(f"cannot be written: {error.strerror}", "", Place(str(page)))) from error


def _summary(found: Coverage) -> str:
    shares = ", ".join(
        f"{found.share(standing):.1%} {standing}"
        for standing in Standing
        if standing is Standing.CLAIMED or found.characters(standing)
    )
    return f"{found.document}: {found.characters()} characters, {found.claims} claims: {shares}"


def _as_json(found: Coverage) -> dict[str, object]:
    return {
        "document": found.document,
        "claims": found.claims,
        "characters": found.characters(),
        "shares": {standing.value: round(found.share(standing), 4) for standing in Standing},
        "setAside": {each.span: each.reason for each in found.stretches if each.standing is Standing.SET_ASIDE},
        "unaccounted": [each.span for each in found.unaccounted()],
    }
