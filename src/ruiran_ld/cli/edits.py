"""What the commands that edit the ledger share: the option for the reason, and how they say what they did."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import click

from ruiran_ld import withdrawal
from ruiran_ld.cli.options import Command, print_json
from ruiran_ld.dataset import DatasetFolder
from ruiran_ld.errors import Problem, UsageError
from ruiran_ld.withdrawal import Edit

_SHOWN = 20
"""Edits and remaining problems that are shown at most; programs get all."""


def reason_option(*, default: str = "") -> Callable[[Command], Command]:
    """Add ``--reason``, which has to be given where it has no default; the command gets it as ``reason``."""
    # A default of None would be one to click, which then misses nothing.
    otherwise: dict[str, Any] = {"default": default, "show_default": True} if default else {"required": True}
    help_ = "Why, in a sentence for the readers of the IRI."
    return click.option("--reason", metavar="TEXT", help=help_, **otherwise)


def derived_option(command: Command) -> Command:
    """Add ``--derived``; the command gets it as ``derived``."""
    help_ = "All statements, passages, values and links that it is true of, instead of named IRIs."
    return click.option("--derived", is_flag=True, help=help_)(command)


def require_one_of(names: Sequence[str], *, derived: bool) -> None:
    """Make sure that either names or ``--derived`` are given.

    Raises:
        UsageError: if both are, or none.
    """
    if bool(names) is derived:
        message = "names and --derived together" if derived else "no name"
        raise UsageError(Problem(message, "give one or more slugs or IRIs, or --derived alone"))


def report(folder: DatasetFolder, edits: Sequence[Edit], done: str, *, as_json: bool) -> None:
    """Say what was written to the ledger, and what is still to be done."""
    left = withdrawal.remaining(folder)
    if as_json:
        changed = [{"name": edit.name, "replacedBy": edit.replaced_by or None} for edit in edits]
        print_json({"edits": changed, "remaining": [str(problem) for problem in left]})
        return
    for edit in edits[:_SHOWN]:
        instead = f", replaced by {edit.replaced_by}" if edit.replaced_by else ""
        click.echo(f"{edit.name}: {done}{instead}")
    if len(edits) > _SHOWN:
        click.echo(f"… {len(edits)} in all")
    for problem in left[:_SHOWN]:
        click.echo(f"still to do: {problem}", err=True)
    if len(left) > _SHOWN:
        click.echo(f"… {len(left)} in all are still to do", err=True)
