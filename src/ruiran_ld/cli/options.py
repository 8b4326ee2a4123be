"""What several commands share: options, and progress that only a terminal shows."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, TypeVar

import click

from ruiran_ld.dataset import DatasetFolder, locate

_HOSTED: Final = Path("build", "hosted")

Command = TypeVar("Command", bound=Callable[..., Any])


def dataset_option(command: Command) -> Command:
    """Add ``--dataset``; the command gets the located folder as ``folder``."""
    return click.option(
        "--dataset",
        "folder",
        metavar="DIR",
        type=click.Path(path_type=Path),
        callback=lambda _context, _option, value: locate(value),
        help="The dataset's folder; by default the one you stand in, else the one that the package carries.",
    )(command)


def json_option(command: Command) -> Command:
    """Add ``--json``; the command gets it as ``as_json``."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON for a program.")(command)


def print_json(value: object) -> None:
    """Print a value as JSON."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def texts_option(command: Command) -> Command:
    """Add ``--texts``; the command gets the folder, which is there, as ``texts``."""
    return click.option(
        "--texts",
        metavar="DIR",
        required=True,
        type=click.Path(path_type=Path, exists=True, file_okay=False),
        help="Folder with the text of each document as <document>.txt.",
    )(command)


@contextmanager
def progress(length: int, label: str) -> Iterator[Callable[[int, str], None]]:
    """Show a progress bar on standard error, if that is a terminal; gives a function of steps done and what is next."""
    if not sys.stderr.isatty():
        yield lambda _steps, _item: None
        return
    with click.progressbar(
        length=max(length, 1), label=label, file=sys.stderr, item_show_func=lambda item: item or ""
    ) as bar:
        yield bar.update


@contextmanager
def stages(names: Sequence[str], label: str) -> Iterator[Callable[[str], None]]:
    """Show a progress bar of stages; gives a function that is told each stage as it begins."""
    with progress(len(names), label) as advance:
        started: list[str] = []

        def on_stage(name: str) -> None:
            advance(1 if started else 0, name)
            started.append(name)

        yield on_stage


def default_target(folder: DatasetFolder, out: Path | None) -> Path:
    """Find the folder to publish to: the one given, the dataset's dist/, or ./dist for the carried dataset."""
    if out is not None:
        return out
    return Path("dist") if folder.carried else folder.dist


def default_hosted(folder: DatasetFolder) -> Path:
    """Find the folder where a website is written unless another is named: build/hosted of the dataset, or here."""
    return _HOSTED if folder.carried else folder.root / _HOSTED
