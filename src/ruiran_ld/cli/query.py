"""`ruiran-ld query`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

import click

from ruiran_ld import queries
from ruiran_ld.cli.options import dataset_option, json_option, print_json
from ruiran_ld.dataset import DatasetFolder
from ruiran_ld.errors import Place, Problem, UsageError
from ruiran_ld.publication import open_published, published_prefixes
from ruiran_ld.queries import Query

FORMATS: Final = ("table", "csv", "json", "tsv")
_COLUMN: Final = 72


@click.command()
@click.argument("name", required=False)
@dataset_option
@click.option("--format", "format_", type=click.Choice(FORMATS), default="table", help="How to print the answer.")
@click.option("--search", metavar="WORD", help="List only queries whose question, group or keywords have this word.")
@click.option("--show", is_flag=True, help="Print the SPARQL instead of running it.")
@json_option
def command(  # noqa: PLR0913 (each is an option of the command line)
    name: str | None, folder: DatasetFolder, format_: str, search: str | None, *, show: bool, as_json: bool
) -> None:
    """List the bundled queries, run one by NAME, or run a SPARQL file of your own.

    Queries run on the published graph with everything that follows from it (dist/*-entailed.ttl), in one default graph.
    A file may be a path to SPARQL, or - for standard input.

    \b
    Examples:
      ruiran-ld query
      ruiran-ld query NAME --format csv > answer.csv
      ruiran-ld query my-question.rq
    """  # noqa: D301 (\b is the character by which click keeps lines)
    bundled = queries.load_queries(folder.queries)
    if name is None:
        _list(bundled, search, as_json=as_json)
        return
    text = _text(bundled, name)
    if show:
        click.echo(text, nl=False)
        return
    answer = queries.run(open_published(folder), text, name)
    if as_json or format_ == "json":
        click.echo(queries.as_json(answer), nl=False)
    elif format_ == "table":
        click.echo(queries.as_text(answer, published_prefixes(folder), _COLUMN), nl=False)
    else:
        click.echo(queries.as_csv(answer) if format_ == "csv" else queries.as_tsv(answer), nl=False)


def _list(bundled: dict[str, Query], search: str | None, *, as_json: bool) -> None:
    word = (search or "").casefold()
    texts = {
        name: " ".join((name, each.question, each.category, *each.keywords)).casefold()
        for name, each in bundled.items()
    }
    found = [each for name, each in bundled.items() if word in texts[name]]
    if as_json:
        fields = ("name", "question", "category", "keywords")
        print_json([{field: getattr(each, field) for field in fields} for each in found])
        return
    for category in dict.fromkeys(sorted(each.category for each in found)):
        if category:
            click.echo(click.style(f"\n{category}", bold=True))
        for each in found:
            if each.category == category:
                click.echo(f"{each.name}\n    {each.question}")
    if not found:
        raise UsageError(Problem(f"no query has the word '{search}'", "'ruiran-ld query' lists all"))


def _text(bundled: dict[str, Query], name: str) -> str:
    path = Path(name)
    if name != "-" and (name in bundled or not path.is_file()):
        return queries.find_query(bundled, name).text
    try:
        return (sys.stdin.buffer.read() if name == "-" else path.read_bytes()).decode()
    except OSError as error:
        raise UsageError(Problem(f"cannot be read: {error.strerror}", "give a file of SPARQL", Place(name))) from error
    except UnicodeDecodeError as error:
        raise UsageError(Problem("not UTF-8", "save the query as UTF-8", Place(name))) from error
