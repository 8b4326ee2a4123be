"""The command line. Each command is a module of this package, imported only when it is called."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import Final

import click

from ruiran_ld import __version__
from ruiran_ld.errors import InternalError, RuiranError

COMMANDS: Final = {
    "agreement": "Compare two curators' annotations of the same documents.",
    "build": "Build, validate and publish the dataset.",
    "cite": "Cite the dataset, an entity, an event or a claim.",
    "convert": "Convert annotations to N-Triples, for large corpora.",
    "coverage": "Show what of each text is in no claim.",
    "decide": "Record that a published IRI still names the same thing.",
    "delta": "Show what changed between two releases.",
    "deprecate": "Withdraw published IRIs, each with a tombstone.",
    "query": "List, run and export SPARQL queries.",
    "rekey": "Send readers of an old IRI to the new one.",
    "release": "Release the dataset for good.",
    "seal": "Write the hashes of passages into annotations.",
    "serve": "Serve the site and answer SPARQL over HTTP.",
    "site": "Write what to host: the website, documents for each IRI.",
    "stats": "Count what the dataset holds.",
    "validate": "Hold the dataset against its shapes and axioms.",
    "verify": "Check every span and hash against the texts.",
}
INTERRUPTED: Final = 130


class _LazyGroup(click.Group):
    """A group whose commands are imported when they are called: `query` need not wait for pySHACL."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's interface)
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 (click's interface)
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"{__name__}.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 (click's interface)
        with formatter.section("Commands"):
            formatter.write_dl(sorted(COMMANDS.items()))


_EXIT_STATUS: Final = "Exit status: 0 fine, 1 the data does not conform, 2 wrong usage, 3 an internal fault."


@click.group(cls=_LazyGroup, epilog=_EXIT_STATUS)
@click.version_option(__version__, prog_name="ruiran-ld")
def group() -> None:
    """Publish curated annotations as linked data, every triple traceable to its passage and its speaker.

    All commands but agreement, which is given two, work on one dataset folder (ontology/, shapes/, seeds/, queries/,
    dist/): the one given with --dataset, else the one you stand in, else the one that the package carries.

    \b
    First steps:
      ruiran-ld stats             what the dataset holds
      ruiran-ld query             the questions that it answers
      ruiran-ld query NAME        one answer
      ruiran-ld build             make dist/ from the seeds
    """  # noqa: D301 (\b is the character by which click keeps lines)


def main() -> None:
    """Run the command line and exit with the status that the outcome has."""
    try:
        status = group.main(prog_name="ruiran-ld", standalone_mode=False)
    except RuiranError as error:
        _report(error)
        status = error.exit_status
    except click.ClickException as error:
        error.show()
        status = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        status = INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # no second error when Python flushes
        status = 0
    except Exception as error:  # the one place where anything at all may arrive, so that people see no traceback
        if os.environ.get("RUIRAN_LD_DEBUG"):
            raise
        _report(InternalError(f"{type(error).__name__}: {error}"))
        click.echo("This is a fault of the software. Set RUIRAN_LD_DEBUG=1 to see where, and report it.", err=True)
        status = InternalError.exit_status
    sys.exit(status if isinstance(status, int) else 0)


def _report(error: RuiranError) -> None:
    for problem in error.problems:
        click.echo(f"error: {problem}", err=True)
    if len(error.problems) > 1:
        click.echo(f"{len(error.problems)} problems", err=True)
