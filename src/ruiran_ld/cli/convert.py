"""`ruiran-ld convert`."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final

import click

from ruiran_ld import corpus, seeds
from ruiran_ld.cli.options import dataset_option, progress
from ruiran_ld.dataset import DatasetFolder
from ruiran_ld.errors import Place, Problem, UsageError

# The system takes about four fifths of the time for writes of this size that it takes for those of a document's size.
_BUFFER: Final = 256 * 1024


@click.command()
@dataset_option
@click.option(
    "--out", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False), help="Write here, not to standard output."
)
@click.option(
    "--jobs",
    metavar="N",
    type=click.IntRange(1, 64),
    default=1,
    help="Processes. More take more memory and work; on two processors two were not faster than one.",
)
def command(folder: DatasetFolder, out: Path | None, jobs: int) -> None:
    """Convert annotations to N-Triples, in memory that does not grow with their number.

    All checks of form and reference are made; shapes and axioms are not (see build and validate). A triple that two
    documents give stands twice: `sort -u` makes the output canonical.

    \b
    Example:
      ruiran-ld convert --dataset corpus --out corpus.nt
    """  # noqa: D301 (\b is the character by which click keeps lines)
    # What is loaded by now stays until the end, and so does what is left after the conversion: Python need not look
    # through it for garbage, here and when it ends.
    gc.freeze()
    size = sum(path.stat().st_size for path in seeds.files(folder.documents()))
    with progress(size, "converting") as advance:
        if out is None:
            done = corpus.convert(folder, sys.stdout.buffer.write, jobs=jobs, progress=lambda steps: advance(steps, ""))
        else:
            with _written_aside(out) as stream:
                done = corpus.convert(folder, stream.write, jobs=jobs, progress=lambda steps: advance(steps, ""))
    gc.freeze()
    for use in done.replaced:
        click.echo(f"warning: {use.as_problem()}", err=True)


@contextmanager
def _written_aside(out: Path) -> Iterator[BinaryIO]:
    """Open a file beside the one that is meant, which it replaces when all is written."""
    aside = out.with_name(f".{out.name}.new")
    try:
        with aside.open("wb", buffering=_BUFFER) as stream:
            yield stream
        aside.replace(out)
    except OSError as error:
        raise UsageError(Problem(f"cannot be written: {error.strerror}", "write elsewhere", Place(str(out)))) from error
    finally:
        with suppress(OSError):
            aside.unlink(missing_ok=True)
