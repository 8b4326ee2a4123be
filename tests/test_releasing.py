"""A release is whole, promised, and never changed, whatever goes wrong and whenever."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

import killed_release
import rdf_patch
from conftest import lay_out
from ruiran_ld import release, releasing
from ruiran_ld.dataset import DatasetFolder
from ruiran_ld.errors import InternalError, UsageError
from ruiran_ld.namespaces import DCAT, OWL
from ruiran_ld.release import verify_release
from running import digest_of, run

SCRIPT = Path(killed_release.__file__)
WYE = "wye: {type: River, label: Wye, noMatch: {gazetteer: looked under Wye}}\n"
DATASET = "https://example.org/floods/dataset"


@pytest.fixture(scope="session")
def released_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Release the dataset of the other domain; not to be changed."""
    folder = lay_out(tmp_path_factory.mktemp("released") / "floods")
    outcome = run("release", "1.0.0", here=folder)
    assert outcome.status == 0, outcome.err
    return folder


@pytest.fixture
def floods(released_once: Path, tmp_path: Path) -> Path:
    """Give a dataset with one release that may be changed."""
    return Path(shutil.copytree(released_once, tmp_path / "floods"))


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def next_version(folder: Path, version: str = "1.1.0", prior: str = "1.0.0") -> None:
    """State another version in the settings, and give the data something new."""
    edit(folder / "seeds" / "dataset.yaml", "version: 1.0.0", f"version: {version}\npriorVersion: {prior}")
    waters = folder / "seeds" / "registers" / "waters.yaml"
    edit(waters, "label: Tarn", "label: Great Tarn")
    waters.write_text(
        waters.read_text() + "ouse: {type: River, label: Ouse, noMatch: {gazetteer: looked under Ouse}}\n"
    )


def lines(folder: Path) -> set[str]:
    return set((folder / "floods.nt").read_text(encoding="utf-8").splitlines())


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_a_release_holds_all_of_dist_and_the_ledger(released_once: Path) -> None:
    dist, folder = released_once / "dist", released_once / "releases" / "1.0.0"
    verify_release(folder)
    assert names(folder) == names(dist) | {"ledger.tsv"}
    assert all((folder / name).read_bytes() == (dist / name).read_bytes() for name in names(dist) - {release.SUMS})
    ledger = (released_once / "seeds" / "ledger.tsv").read_bytes()
    assert (folder / "ledger.tsv").read_bytes() == ledger
    assert b"https://example.org/floods/id/lorn\tthing\t" in ledger
    assert [path.name for path in released_once.iterdir() if path.name.startswith(".")] == []
    assert [path.name for path in folder.parent.iterdir()] == ["1.0.0"]


def test_the_next_release_has_the_delta_to_the_one_before(floods: Path) -> None:
    before = digest_of(floods / "releases" / "1.0.0")
    next_version(floods)
    outcome = run("release", "1.1.0", here=floods)
    assert outcome.status == 0, outcome.err
    old, new = floods / "releases" / "1.0.0", floods / "releases" / "1.1.0"
    assert digest_of(old) == before
    patch = rdf_patch.read((new / "delta" / "patch.rdfp").read_text(encoding="utf-8"))
    assert patch.applied(lines(old)) == lines(new)
    store = ox.Store()
    store.load(path=str(old / "floods.nt"), format=ox.RdfFormat.N_TRIPLES)
    store.update((new / "delta" / "update.ru").read_text(encoding="utf-8"))
    expected = ox.Store()
    expected.load(path=str(new / "floods.nt"), format=ox.RdfFormat.N_TRIPLES)
    assert set(store) == set(expected)
    page = (new / "delta" / "changes.md").read_text(encoding="utf-8")
    assert page.startswith("# Floods of invented rivers: from 1.0.0 to 1.1.0\n")
    assert "- label: from “Tarn” to “Great Tarn”" in page
    assert "- [Ouse](https://example.org/floods/id/ouse)\n" in page
    assert page == run("delta", "1.0.0", "1.1.0", here=floods).out
    ledger = (floods / "seeds" / "ledger.tsv").read_text(encoding="utf-8").splitlines()
    assert [row.split("\t")[4] for row in ledger if "id/ouse\t" in row] == ["1.1.0"]
    assert [row.split("\t")[4] for row in ledger if "id/lorn\t" in row] == ["1.0.0"]


def test_the_dataset_says_which_version_it_is_and_which_came_before(floods: Path) -> None:
    def said(version: str) -> set[str]:
        found = lines(floods / "releases" / version)
        terms = (f"{DCAT}version", f"{DCAT}previousVersion", f"{OWL}versionIRI", f"{OWL}priorVersion")
        return {line.removeprefix(f"<{DATASET}> ") for line in found if any(f"<{term}>" in line for term in terms)}

    next_version(floods)
    assert run("release", "1.1.0", here=floods).status == 0
    assert said("1.0.0") == {f'<{DCAT}version> "1.0.0" .', f"<{OWL}versionIRI> <{DATASET}/1.0.0> ."}
    assert said("1.1.0") == {
        f'<{DCAT}version> "1.1.0" .',
        f"<{OWL}versionIRI> <{DATASET}/1.1.0> .",
        f"<{DCAT}previousVersion> <{DATASET}/1.0.0> .",
        f"<{OWL}priorVersion> <{DATASET}/1.0.0> .",
    }


@pytest.mark.parametrize(
    ("settings", "asked", "said"),
    [
        ("1.0.0", "1.0.0", "releases/1.0.0: 1.0.0 was released already, and a release is never changed"),
        ("0.9.0", "0.9.0", "0.9.0 is not later than 1.0.0, the last release; give a later version"),
        ("1.0.0-rc.1", "1.0.0-rc.1", "1.0.0-rc.1 is not later than 1.0.0"),
        ("1.0.0", "1.1.0", "seeds/dataset.yaml:6: 'version' is '1.0.0' and has to be '1.1.0'"),
        ("1.0.0", "1.1.0", "; write 'version: 1.1.0'"),
        ("1.1.0", "1.1.0", "'priorVersion' is '' and has to be '1.0.0' to release 1.1.0; write 'priorVersion: 1.0.0'"),
        ("1.1.0\npriorVersion: 0.9.0", "1.1.0", "'priorVersion' is '0.9.0' and has to be '1.0.0'"),
        ("1.1.0\npriorVersion: 2.0.0", "1.1.0", "priorVersion 2.0.0 is not before version 1.1.0"),
        ("1.1.0\npriorVersion: 1.0.0", "1.1", "'1.1' is no version; write MAJOR.MINOR.PATCH"),
        ("1.1.0\npriorVersion: 1.0.0", "../1.1.0", "'../1.1.0' is no version"),
    ],
)
def test_a_version_that_cannot_be_released_says_what_to_write(
    floods: Path, settings: str, asked: str, said: str
) -> None:
    edit(floods / "seeds" / "dataset.yaml", "version: 1.0.0", f"version: {settings}")
    before = digest_of(floods)
    outcome = run("release", asked, here=floods)
    assert outcome.status == (1 if "seeds/dataset.yaml" in outcome.err else 2)
    assert said in outcome.err
    assert digest_of(floods) == before


def test_a_first_release_has_no_version_before_it(tmp_path: Path) -> None:
    folder = lay_out(tmp_path / "floods")
    edit(folder / "seeds" / "dataset.yaml", "version: 1.0.0", "version: 1.0.0\npriorVersion: 0.9.0")
    outcome = run("release", "1.0.0", here=folder)
    assert outcome.status == 1
    assert "'priorVersion' is '0.9.0' and has to be '' to release 1.0.0; remove 'priorVersion'" in outcome.err
    assert not (folder / "releases").exists()


def test_an_ontology_that_changed_needs_a_version_of_its_own(floods: Path) -> None:
    next_version(floods)
    core = floods / "ontology" / "core.ttl"
    header = core.read_text().partition("# ---")[0]
    version = header.partition('owl:versionInfo "')[2].partition('"')[0]
    iri = f"https://w3id.org/ruiran/ontology/{version}"
    edit(core, "Someone or something that can make", "Somebody or something that can make")
    outcome = run("release", "1.1.0", here=floods)
    assert outcome.status == 1
    assert (
        f"is not what version {version} was when it was released: <https://w3id.org/ruiran/ontology#Agent> differs"
        in (outcome.err)
    )
    assert f"and owl:priorVersion <{iri}>" in outcome.err
    edit(core, f'owl:versionInfo "{version}"', 'owl:versionInfo "77.0.0"')
    assert "has version 77.0.0 and version IRI" in run("release", "1.1.0", here=floods).err
    prior = "".join(line for line in header.splitlines(keepends=True) if "owl:priorVersion" in line)
    if prior:
        edit(core, prior, "")
    edit(core, f"owl:versionIRI <{iri}>", "owl:versionIRI <https://w3id.org/ruiran/ontology/77.0.0>")
    assert f"write owl:priorVersion <{iri}>" in run("release", "1.1.0", here=floods).err
    edit(core, 'owl:versionInfo "77.0.0"', f'owl:versionInfo "77.0.0" ; owl:priorVersion <{iri}>')
    outcome = run("release", "1.1.0", here=floods)
    assert outcome.status == 0, outcome.err


def test_an_error_at_the_last_step_leaves_ledger_and_releases(floods: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    next_version(floods)
    before = digest_of(floods / "releases"), (floods / "seeds" / "ledger.tsv").read_bytes()

    def refuse(*_: object) -> None:
        raise InternalError("no")

    monkeypatch.setattr(releasing, "_try_update", refuse)
    assert run("release", "1.1.0", here=floods).status == 3
    assert (digest_of(floods / "releases"), (floods / "seeds" / "ledger.tsv").read_bytes()) == before
    assert [path.name for path in (floods / "releases").iterdir()] == ["1.0.0"]
    verify_release(floods / "dist")


def test_a_first_release_that_fails_leaves_no_ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = lay_out(tmp_path / "floods")

    def refuse(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(releasing, "_try_update", refuse)
    assert run("release", "1.0.0", here=folder).status == 130
    assert not (folder / "seeds" / "ledger.tsv").exists()
    assert [path.name for path in folder.glob(".*")] == []
    assert list((folder / "releases").iterdir()) == []


@pytest.fixture(scope="session")
def never_killed(released_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Release twice without being killed; not to be changed."""
    folder = Path(shutil.copytree(released_once, tmp_path_factory.mktemp("whole") / "floods"))
    next_version(folder)
    assert run("release", "1.1.0", here=folder).status == 0
    return folder


@pytest.fixture(scope="session")
def killed(released_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Have releases killed; gives a folder with the dataset that each left, by the step."""
    scratch = tmp_path_factory.mktemp("killed")
    folder = Path(shutil.copytree(released_once, scratch / "floods"))
    next_version(folder)
    # What the killed run promised and the next one does not release has to be forgotten.
    with (folder / "seeds" / "registers" / "waters.yaml").open("a") as waters:
        waters.write(WYE)
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run([sys.executable, SCRIPT, folder, scratch, "1.1.0"], env=environment, check=True)
    return scratch


@pytest.mark.parametrize("step", killed_release.STEPS)
def test_a_kill_at_any_step_can_be_gone_on_from(killed: Path, never_killed: Path, tmp_path: Path, step: str) -> None:
    floods = Path(shutil.copytree(killed / step, tmp_path / "floods"))
    assert digest_of(floods / "releases" / "1.0.0") == digest_of(never_killed / "releases" / "1.0.0")
    assert run("release", "--verify", here=floods).status == 0
    verify_release(floods / "dist")
    if step == "after the release is renamed":
        assert run("release", "1.1.0", here=floods).status == 2
        assert "id/wye\t" in (floods / "seeds" / "ledger.tsv").read_text()
        return
    edit(floods / "seeds" / "registers" / "waters.yaml", WYE, "")
    outcome = run("release", "1.1.0", here=floods)
    assert outcome.status == 0, outcome.err
    for name in ("seeds", "dist", "releases"):
        assert digest_of(floods / name) == digest_of(never_killed / name)
    assert [path.name for path in (floods / "releases").iterdir() if path.name.startswith(".")] == []


def test_a_release_that_was_lost_is_no_killed_one(floods: Path) -> None:
    next_version(floods)
    edit(floods / "seeds" / "dataset.yaml", "\npriorVersion: 1.0.0", "")
    (floods / "releases" / "1.0.0").rename(floods / "elsewhere")
    before = digest_of(floods)
    outcome = run("release", "1.1.0", here=floods)
    assert outcome.status == 1
    assert (
        "seeds/ledger.tsv:2: 1.0.0 is no release there is; put the release back into releases/; or, if " in outcome.err
    )
    assert digest_of(floods) == before


def test_a_release_is_not_dated_before_the_last_one(floods: Path) -> None:
    next_version(floods)
    edit(floods / "seeds" / "dataset.yaml", "issued: 2026-01-01", "issued: 2025-12-31")
    before = digest_of(floods)
    outcome = run("release", "1.1.0", here=floods)
    assert outcome.status == 1
    assert "'issued' is 2025-12-31, and 1.0.0 was issued on 2026-01-01; write the day of this release" in outcome.err
    assert outcome.err.startswith("error: seeds/dataset.yaml:8: ")
    assert digest_of(floods) == before


def test_a_dataset_under_another_name_says_what_is_missing(floods: Path) -> None:
    edit(floods / "seeds" / "dataset.yaml", "name: floods", "name: waters")
    outcome = run("delta", "1.0.0", "1.0.0", here=floods)
    assert outcome.status == 1
    assert outcome.err.startswith("error: releases/1.0.0/waters.nt: cannot be read: No such file or directory; ")
    assert "that 'name' in seeds/dataset.yaml is what it was then" in outcome.err


def test_two_releases_at_once_do_not_collide(floods: Path) -> None:
    next_version(floods)
    with release.exclusive(floods / "releases"):
        outcome = run("release", "1.1.0", here=floods)
    assert outcome.status == 2
    assert "wait until it has ended" in outcome.err
    assert run("release", "1.1.0", here=floods).status == 0


def test_a_folder_that_appears_meanwhile_is_not_replaced(tmp_path: Path) -> None:
    target = tmp_path / "releases" / "1.0.0"

    def add(_: Path) -> None:
        release.publish_once(tmp_path / "aside", {"a": b"theirs"}, lambda _: None)
        (tmp_path / "aside").rename(target)

    with pytest.raises(UsageError, match="a release is never replaced"):
        release.publish_once(target, {"a": b"ours"}, add)
    assert (target / "a").read_bytes() == b"theirs"
    with pytest.raises(UsageError, match="a release is never replaced"):
        release.publish_once(target, {"a": b"ours"}, lambda _: None)


def test_releases_are_listed_in_the_order_of_versions(floods: Path) -> None:
    for version in ("1.0.0-rc.1", "0.10.0", "0.9.0"):
        shutil.copytree(floods / "releases" / "1.0.0", floods / "releases" / version)
    outcome = run("release", "--list", here=floods)
    assert [line.split()[0] for line in outcome.out.splitlines()] == ["0.9.0", "0.10.0", "1.0.0-rc.1", "1.0.0"]
    assert run("release", "--list", "--json", here=floods).json[0]["version"] == "0.9.0"


def test_a_changed_release_is_found(floods: Path) -> None:
    assert run("release", "--verify", here=floods).out.startswith("1.0.0  ")
    (floods / "releases" / "1.0.0" / "floods.nt").write_bytes(b"")
    for command in (("release", "--verify"), ("delta",)):
        outcome = run(*command, here=floods)
        assert outcome.status == 1
        assert (
            "floods.nt: the file differs from its checksum in SHA256SUMS; a release never changes: take" in outcome.err
        )


def test_what_is_no_release_is_named(floods: Path) -> None:
    (floods / "releases" / "notes.txt").touch()
    outcome = run("release", "--list", here=floods)
    assert outcome.status == 1
    assert "releases/notes.txt: not a release; move it elsewhere" in outcome.err


def test_the_delta_of_what_was_built_and_not_released(floods: Path) -> None:
    assert "Nothing changed." in run("delta", here=floods).out
    next_version(floods)
    assert run("build", here=floods).status == 0
    assert "# Floods of invented rivers: from 1.0.0 to dist\n" in run("delta", here=floods).out
    for form, part in (("patch", "A <https://example.org/floods/id/ouse> "), ("update", "INSERT DATA {\n")):
        assert part in run("delta", "1.0.0", "dist", "--format", form, here=floods).out


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("delta", "1.0.1"), "there is no release '1.0.1'; did you mean '1.0.0'?"),
        (("delta", "x", "dist"), "there is no release 'x'; give dist, or one of: 1.0.0"),
        (("release",), "give VERSION, or --list, or --verify"),
        (("release", "--list", "--verify"), "give VERSION, or --list, or --verify"),
    ],
)
def test_wrong_usage_says_what_to_do(floods: Path, command: tuple[str, ...], said: str) -> None:
    outcome = run(*command, here=floods)
    assert outcome.status == 2
    assert said in outcome.err


def test_before_the_first_release(built: Path) -> None:
    assert run("release", "--list", here=built).out == "nothing was released yet\n"
    outcome = run("delta", here=built)
    assert (outcome.status, outcome.err) == (
        2,
        "error: nothing was released yet; 'ruiran-ld release VERSION' releases\n",
    )


def test_the_dataset_of_the_package_is_not_released(released_once: Path) -> None:
    with pytest.raises(UsageError, match="give a folder of your own with --dataset DIR"):
        releasing.publish_release(DatasetFolder(released_once, carried=True), "1.1.0")
