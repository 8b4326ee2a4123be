"""Releasing: what was built gets a version, its IRIs are promised, and it is put down for good.

The steps, each of which is whole or not at all, under a lock that keeps a second run out:

1. undo what a killed run left in the ledger;
2. build, which publishes ``dist/``;
3. write the new rows into ``seeds/ledger.tsv``;
4. publish ``releases/<version>/``, written aside, verified and renamed.

The promise is written before what it is about is released, so that no IRI is ever out without being kept. An error or
an interrupt after step 3 puts the ledger back. A kill leaves

* before 3: at most a new ``dist/``, as a build would have left it;
* between 3 and 4: a ledger with rows of a version that has no folder in ``releases/``. Builds hold the data to them,
  which can be too strict and never too lax. The next release of that version takes them back first (step 1), and writes
  those that are right then. An exact match that was added to an older row stays in it;
* during 4: the same, and a folder with a dot before its name, which the next run removes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pyoxigraph

from ruiran_ld import delta, ledger, ntriples, ontology_versions, pipeline, release, releases, seeds, yaml_records
from ruiran_ld.dataset import DatasetFolder
from ruiran_ld.delta import Edition
from ruiran_ld.errors import DataError, InternalError, Place, Problem, UsageError, quoted
from ruiran_ld.ledger import Row
from ruiran_ld.namespaces import DCTERMS
from ruiran_ld.pipeline import Built, OnStage
from ruiran_ld.records import Settings
from ruiran_ld.release import ReleasedFile
from ruiran_ld.releases import Release
from ruiran_ld.versions import HOW_TO_WRITE, is_version, precedence


@dataclass(frozen=True, slots=True)
class Released:
    """What a release published.

    Attributes:
        release: its version and folder.
        prior: the version before; empty for the first.
        built: the build that it holds.
        files: all its files.
        added: IRIs that it brought.
    """

    release: Release
    prior: str
    built: Built
    files: tuple[ReleasedFile, ...]
    added: int


def publish_release(folder: DatasetFolder, version: str, *, on_stage: OnStage = lambda _: None) -> Released:
    """Build a dataset and release it; see the module for what an error or a kill leaves.

    Args:
        folder: the dataset.
        version: the version to release, which the settings have to state.
        on_stage: is told each stage of the build as it begins.

    Raises:
        UsageError: if the version cannot be released now, or another release is under way.
        RuiranError: with every problem of the stage that failed.
    """
    if folder.carried:
        message = "the dataset that the package carries is not released from there"
        raise UsageError(Problem(message, "give a folder of your own with --dataset DIR"))
    with release.exclusive(folder.releases):
        settings, prior = _require_next(folder, version)
        _take_back(folder, version)
        old = releases.open_edition(folder, prior) if prior else None
        _require_versions(folder, old)
        _require_day(folder, settings, old)
        built = pipeline.build(folder, folder.dist, on_stage=on_stage)
        new = replace(releases.open_edition(folder, releases.DIST), name=version)
        files = {each.name: (folder.dist / each.name).read_bytes() for each in built.files}
        before = ledger.read(folder.ledger, folder.name(folder.ledger))
        after = ledger.register(before, ledger.published(_described(new), settings.base), version, settings.issued)
        target = folder.releases / version
        with _written(folder.ledger, before, after):
            files[releases.LEDGER] = folder.ledger.read_bytes()
            files |= _delta(old, new, settings.language)
            published = release.publish_once(target, files, lambda written: _try_update(written, old, new))
    added = len({row.iri for row in after} - {row.iri for row in before})
    return Released(Release(version, target), prior, built, published, added)


def _require_next(folder: DatasetFolder, version: str) -> tuple[Settings, str]:
    """Make sure that a version is the one to release now; gives the settings and the version before, if any."""
    if not is_version(version):
        raise UsageError(Problem(f"{quoted(version)} is no version", HOW_TO_WRITE))
    settings = seeds.load_settings(folder.seeds)
    known = [each.version for each in releases.list_releases(folder)]
    if version in known:
        message = f"{version} was released already, and a release is never changed"
        raise UsageError(Problem(message, "release a later version", Place(folder.name(folder.releases / version))))
    newest = known[-1] if known else ""
    if newest and precedence(version) <= precedence(newest):
        raise UsageError(Problem(f"{version} is not later than {newest}, the last release", "give a later version"))
    problems = []
    for key, wanted in (("version", version), ("priorVersion", newest)):
        stated = getattr(settings, key)
        if stated != wanted:
            remedy = f"write '{key}: {wanted}'" if wanted else f"remove '{key}'"
            message = f"'{key}' is {quoted(stated)} and has to be {quoted(wanted)} to release {version}"
            problems.append(Problem(message, remedy, _place(folder, key)))
    if problems:
        raise DataError(problems)
    return settings, newest


def _place(folder: DatasetFolder, key: str) -> Place:
    path = folder.seeds / "dataset.yaml"
    return yaml_records.read(path, folder.name(path)).place(key)


def _take_back(folder: DatasetFolder, version: str) -> None:
    """Undo what a killed release of a version, which was never published, wrote into the ledger.

    Raises:
        DataError: if the ledger knows of releases that are not there: a folder that was lost is no killed run.
    """
    name = folder.name(folder.ledger)
    rows = ledger.read(folder.ledger, name)
    known = {version, "", *(each.version for each in releases.list_releases(folder))}
    lost = {each: row.line for row in reversed(rows) for each in (row.since, row.until) if each not in known}
    if lost:
        remedy = (
            f"put the release back into {folder.name(folder.releases)}/; "
            "or, if its release was broken off, state that version again and release it"
        )
        raise DataError(
            Problem(f"{each} is no release there is", remedy, Place(name, line)) for each, line in lost.items()
        )
    kept = [replace(row, until="", date="") if row.until == version else row for row in rows if row.since != version]
    if kept != list(rows):
        _write_ledger(folder.ledger, kept)


def _require_versions(folder: DatasetFolder, old: Edition | None) -> None:
    name = f"{folder.ontology.name}/"
    current = pipeline.joined_ontology(folder)
    problems = ontology_versions.check_versions(current, old.ontology if old else None, name)
    if problems:
        raise DataError(problems)


def _require_day(folder: DatasetFolder, settings: Settings, old: Edition | None) -> None:
    """Make sure that a release is not dated before the last one: its day says when what it withdraws was withdrawn."""
    said = f"<{settings.base}{settings.slug}> <{DCTERMS}issued> "
    before = max((line.split('"')[1] for line in (old.lines if old else ()) if line.startswith(said)), default="")
    if old and settings.issued < before:
        message = f"'issued' is {settings.issued}, and {old.name} was issued on {before}"
        raise DataError(Problem(message, "write the day of this release", _place(folder, "issued")))


def _described(edition: Edition) -> Iterable[str]:
    """Give the triples of an edition and of its ontology, whose blank nodes are nobody's IRIs."""
    yield from edition.lines
    for quad in pyoxigraph.parse(edition.ontology, format=pyoxigraph.RdfFormat.TURTLE):
        if isinstance(quad.subject, pyoxigraph.NamedNode) and not isinstance(quad.object, pyoxigraph.Triple):
            yield f"{quad.subject} {quad.predicate} {ntriples.term(quad.object)} ."


def _delta(old: Edition | None, new: Edition, language: str) -> dict[str, bytes]:
    if old is None:
        return {}
    return {
        releases.PATCH: "".join(delta.write_patch(old, new)).encode(),
        releases.UPDATE: "".join(delta.write_update(old, new)).encode(),
        releases.CHANGES: "".join(delta.write_markdown(old, new, language)).encode(),
    }


@contextmanager
def _written(path: Path, before: tuple[Row, ...], after: tuple[Row, ...]) -> Iterator[None]:
    """Write the ledger for what is done inside; whatever goes wrong there, the ledger is put back."""
    _write_ledger(path, after)
    done = False
    try:
        yield
        done = True
    finally:
        if not done:
            _write_ledger(path, before)


def _write_ledger(path: Path, rows: Iterable[Row]) -> None:
    rows = tuple(rows)
    if rows:
        ledger.write(path, rows)
    else:
        path.unlink(missing_ok=True)  # as it is before the first release


def _try_update(written: Path, old: Edition | None, new: Edition) -> None:
    """Apply the update, as written, to the release before, in a store; it has to give this release."""
    if old is None:
        return
    store, expected = pyoxigraph.Store(), pyoxigraph.Store()
    for each, edition in ((store, old), (expected, new)):
        each.bulk_load(ntriples.join_lines(edition.lines), format=pyoxigraph.RdfFormat.N_TRIPLES)
    try:
        store.update((written / releases.UPDATE).read_text(encoding="utf-8"))
    except SyntaxError as error:
        raise InternalError(Problem(f"not SPARQL: {error}", "report this", Place(releases.UPDATE))) from error
    if set(store) != set(expected):
        message = f"applied to {old.name}, it does not give {new.name}"
        raise InternalError(Problem(message, "report this", Place(releases.UPDATE)))
