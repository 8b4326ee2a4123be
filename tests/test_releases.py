"""Our releases as they are committed: unchanged, each the one before and its delta, nothing forgotten."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

import rdf_patch
from conftest import ROOT
from ruiran_ld import ledger, ontology_versions, seeds
from ruiran_ld.dataset import DatasetFolder
from ruiran_ld.delta.patch import edition_id
from ruiran_ld.namespaces import DCAT
from ruiran_ld.release import SUMS, describe_release, verify_release
from ruiran_ld.releases import Release, list_releases, open_edition

FOLDER = DatasetFolder(ROOT)
RELEASES = list_releases(FOLDER)
PAIRS = list(pairwise(RELEASES))
NAME = seeds.load_settings(FOLDER.seeds).name


def graph_file(release: Release) -> Path:
    return release.folder / f"{NAME}.nt"


def lines(release: Release) -> set[str]:
    return set(graph_file(release).read_text(encoding="utf-8").splitlines())


def stored(release: Release) -> ox.Store:
    store = ox.Store()
    store.load(path=str(graph_file(release)), format=ox.RdfFormat.N_TRIPLES)
    return store


def update(release: Release) -> str:
    return (release.folder / "delta" / "update.ru").read_text(encoding="utf-8")


@pytest.mark.parametrize("release", RELEASES, ids=lambda release: release.version)
def test_every_file_agrees_with_its_sum(release: Release) -> None:
    verify_release(release.folder)
    files = {path.relative_to(release.folder).as_posix() for path in release.folder.rglob("*") if path.is_file()}
    assert files == {SUMS, *(file.name for file in describe_release(release.folder))}
    deltas = {"delta/patch.rdfp", "delta/update.ru", "delta/changes.md"} if release != RELEASES[0] else set()
    assert {name for name in files if name.startswith("delta/")} == deltas
    assert "ledger.tsv" in files


@pytest.mark.parametrize("release", RELEASES, ids=lambda release: release.version)
def test_a_release_says_its_version(release: Release) -> None:
    (said,) = (line for line in lines(release) if f" <{DCAT}version> " in line)
    assert said.endswith(f' "{release.version}" .')


@pytest.mark.parametrize(("old", "new"), PAIRS, ids=lambda release: release.version)
def test_the_one_before_and_its_delta_give_a_release(old: Release, new: Release) -> None:
    patch = rdf_patch.read((new.folder / "delta" / "patch.rdfp").read_text(encoding="utf-8"))
    assert patch.applied(lines(old)) == lines(new)
    ids = (edition_id(open_edition(FOLDER, each.version)) for each in (new, old))
    assert patch.header == dict(zip(("id", "prev"), (f"<{each}>" for each in ids), strict=True))
    store = stored(old)
    store.update(update(new))
    assert set(store) == set(stored(new))


@pytest.mark.slow
@pytest.mark.parametrize(("old", "new"), PAIRS[-1:], ids=lambda release: release.version)
def test_rdflib_says_the_same_of_the_newest(old: Release, new: Release, monkeypatch: pytest.MonkeyPatch) -> None:
    # Of the newest alone, since rdflib reads a thousand triples of an update in a second.
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)
    patch = rdf_patch.read((new.folder / "delta" / "patch.rdfp").read_text(encoding="utf-8"))
    patched, updated, expected = rdflib.Graph(), rdflib.Graph(), rdflib.Graph()
    patched.parse(data="\n".join(patch.applied(lines(old))), format="nt")
    updated.parse(graph_file(old), format="nt")
    updated.update(update(new))
    expected.parse(graph_file(new), format="nt")
    assert set(patched) == set(expected)
    assert set(updated) == set(expected)


@pytest.mark.parametrize("release", RELEASES, ids=lambda release: release.version)
def test_the_ledger_has_every_iri_that_was_released(release: Release) -> None:
    now = {row.iri: row.since for row in ledger.read(FOLDER.ledger)}
    then = {row.iri: row.since for row in ledger.read(release.folder / "ledger.tsv")}
    assert then.items() <= now.items()


@pytest.mark.parametrize(("old", "new"), PAIRS, ids=lambda release: release.version)
def test_ontologies_have_versions_of_their_own(old: Release, new: Release) -> None:
    before, after = ((each.folder / "ontology.ttl").read_bytes() for each in (old, new))
    assert ontology_versions.check_versions(after, before) == []


def test_what_has_the_version_of_a_release_is_that_release() -> None:
    # Once released, a version names one content: whoever changes the data gives them the next version.
    version = seeds.load_settings(FOLDER.seeds).version
    for release in RELEASES:
        if release.version == version:
            for name in (f"{NAME}.nt", "ontology.ttl"):
                assert (FOLDER.dist / name).read_bytes() == (release.folder / name).read_bytes(), f"{name}: {version}"
    assert all(release.version != version for release in RELEASES[:-1])
