"""`ruiran-ld serve`."""

from __future__ import annotations

import filecmp
import math
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import click

from ruiran_ld import dereferencing, pipeline, publication, seeds
from ruiran_ld.cli.options import dataset_option, default_hosted
from ruiran_ld.dataset import DatasetFolder
from ruiran_ld.dereferencing.layout import VOID_FILE
from ruiran_ld.endpoint.leads import Site, files_of
from ruiran_ld.endpoint.limits import Limits
from ruiran_ld.endpoint.messages import Setup
from ruiran_ld.errors import Place, Problem, UsageError
from ruiran_ld.site import built_scripts

_NEEDED: Final = ("starlette", "uvicorn")
_MEGA: Final = 1_000_000
_LIMITS: Final = Limits()
_LONGEST: Final = 86_400
_MOST_MEMORY: Final = 1_000_000  # MB


class _Seconds(click.FloatRange):
    """A range of seconds; click's own lets NaN through its bounds."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        found: float = super().convert(value, param, ctx)
        if math.isnan(found):
            self.fail(f"{value!r} is no number of seconds", param, ctx)
        return found


@click.command()
@dataset_option
@click.option("--host", metavar="ADDRESS", default="127.0.0.1", show_default=True, help="Where to listen.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 for any that is free.")
@click.option("--site", "given", metavar="DIR", type=click.Path(path_type=Path), help="What 'site' wrote to DIR.")
@click.option("--no-site", is_flag=True, help="Answer queries, and give no files.")
@click.option(
    "--workers", type=click.IntRange(2), default=_LIMITS.workers, show_default=True, help="Queries run at a time."
)
@click.option(
    "--timeout",
    metavar="SECONDS",
    type=_Seconds(0.1, _LONGEST),
    default=_LIMITS.timeout,
    show_default=True,
    help="That a query may wait, and then run.",
)
@click.option("--max-rows", type=click.IntRange(1), default=_LIMITS.max_rows, show_default=True, help="Of an answer.")
@click.option(
    "--max-body", metavar="BYTES", type=click.IntRange(1), default=_MEGA, show_default=True, help="Of a request."
)
@click.option(
    "--max-memory",
    metavar="MB",
    type=click.IntRange(1, _MOST_MEMORY),
    default=_LIMITS.memory // _MEGA,
    show_default=True,
    help="That a query may take.",
)
@click.option("--log-format", type=click.Choice(("json", "text")), default="json", show_default=True)
def command(  # noqa: PLR0913 (each is an option of the command line)
    *,
    folder: DatasetFolder,
    host: str,
    port: int,
    given: Path | None,
    workers: int,
    timeout: float,
    max_rows: int,
    max_body: int,
    max_memory: int,
    log_format: str,
    no_site: bool,
) -> None:
    """Serve the site and answer SPARQL over HTTP.

    Serves what was published (dist/), to read only: the site with a document for each IRI of the dataset, in the form
    that the client likes; SPARQL at /sparql; VoID at /.well-known/void; and /healthz. Prints its address, and a line
    for each request on standard error. Ends on ^C.

    The site is --site DIR as 'ruiran-ld site --out DIR' wrote it, else build/hosted if it is of this build, else one
    that is made for the while.

    \b
    Example:
      ruiran-ld serve --no-site --timeout 5
      curl 'http://127.0.0.1:8000/sparql?query=ASK%20%7B%7D'
    """  # noqa: D301 (\b is the character by which click keeps lines)
    if no_site and given:
        raise UsageError(Problem("--site with --no-site", "give one of them"))
    if missing := [name for name in _NEEDED if find_spec(name) is None]:
        remedy = "run: pip install starlette uvicorn"
        raise UsageError(Problem(f"{' and '.join(missing)} not installed", remedy))
    # Imported where they are known to be there.
    from ruiran_ld.endpoint import application, logs, serving  # noqa: PLC0415
    from ruiran_ld.endpoint.engine import Engine  # noqa: PLC0415

    entailed, named = publication.published_files(folder)
    setup = Setup((str(entailed),), (str(named),), publication.published_prefixes(folder), max_memory * _MEGA)
    limits = Limits(workers, timeout=timeout, max_rows=max_rows, memory=max_memory * _MEGA)
    with serving.listen(host, port) as bound, _hosted(folder, given, without=no_site) as (root, site):
        logs.configure(log_format)
        options = application.Options(root, site, folder.dist / VOID_FILE, max_body)
        app = application.build(options, Engine(setup, limits))
        serving.serve(app, bound, lambda: click.echo(f"serving at {serving.url(bound)}"))


@contextmanager
def _hosted(folder: DatasetFolder, given: Path | None, *, without: bool) -> Iterator[tuple[Path | None, Site]]:
    """Find the site or make it: the folder with its files, and what leads to them."""
    settings = seeds.load_settings(folder.seeds)
    layout = dereferencing.layout_of(settings)
    if without:
        yield None, Site(layout, frozenset())
        return
    web_documents = dereferencing.web_documents(folder.dist, settings)
    with TemporaryDirectory(prefix="ruiran-ld-") as temporary:
        root = _root(folder, given) or _made(folder, Path(temporary))
        yield root, Site(layout, web_documents, files_of(root))


def _root(folder: DatasetFolder, given: Path | None) -> Path | None:
    """Find the folder that is hosted: that given, or the one in it, as 'site' writes them; None if none was given.

    Raises:
        UsageError: if the one given is none, or of another build.
    """
    default = default_hosted(folder) / dereferencing.SITE
    if given is None:
        return default if _is_of(folder, default) else None
    inner = given / dereferencing.SITE
    root = inner if inner.is_dir() else given
    if not _is_of(folder, root):
        problem = "not the site of this dataset as it was built" if root.is_dir() else "no site there"
        raise UsageError(Problem(problem, f"run 'ruiran-ld site --out {given}' first", Place(str(given))))
    return root


def _is_of(folder: DatasetFolder, root: Path) -> bool:
    """Tell whether a site was made of what the dataset has published now, by the dump in both."""
    entailed, _ = publication.published_files(folder)
    dump = root / entailed.name
    return dump.is_file() and filecmp.cmp(entailed, dump, shallow=False)


def _made(folder: DatasetFolder, temporary: Path) -> Path:
    told = "making the site for the while; 'ruiran-ld site' makes one that stays"
    scripts = built_scripts()
    click.echo(told if scripts else f"{told}; it is without scripts, which were not built", err=True)
    pipeline.publish_site(folder, temporary / "out", scripts)
    return temporary / "out" / dereferencing.SITE
