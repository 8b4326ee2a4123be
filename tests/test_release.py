"""A release is published whole or not at all, whatever goes wrong and whenever."""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from ruiran_ld import release
from ruiran_ld.errors import DataError, InternalError, RuiranError, UsageError
from ruiran_ld.release import SUMS, describe_release, publish, recover, require_replaceable, verify_release

OLD = {"data.txt": b"old\n", "queries/one.rq": b"old query\n"}
NEW = {"data.txt": b"new\n", "queries/two.rq": b"new query\n", "notes-1.0+a.md": b""}
DRIVER = Path(__file__).parent / "release" / "killed_at_each_line.py"
NOBODY = 65534
SHA256SUM = shutil.which("sha256sum") or ""


def no_check(folder: Path) -> None:
    assert (folder / SUMS).is_file()


def files_of(folder: Path) -> dict[str, bytes]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths if path.name != SUMS}


def assert_only_dist(folder: Path) -> None:
    assert [path.name for path in folder.iterdir()] == ["dist"]


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    """Make a folder with a good release of the old files."""
    target = tmp_path / "dist"
    publish(target, OLD, no_check)
    return target


def test_a_release_holds_the_files_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "deep" / "er" / "dist"
    published = publish(target, NEW, no_check)
    assert files_of(target) == NEW
    assert_only_dist(target.parent)
    assert [(file.name, file.size) for file in published] == [(name, len(NEW[name])) for name in sorted(NEW)]
    assert published == describe_release(target)


@pytest.mark.skipif(not SHA256SUM, reason="this system has no sha256sum")
def test_the_checksums_are_what_sha256sum_reads(dist: Path) -> None:
    command = [SHA256SUM, "-c", "--strict", SUMS]
    run = subprocess.run(command, cwd=dist, capture_output=True, text=True, check=True)
    assert run.stdout.splitlines() == ["data.txt: OK", "queries/one.rq: OK"]


def test_a_new_release_replaces_the_old_one_as_a_whole(dist: Path) -> None:
    publish(dist, NEW, no_check)
    assert files_of(dist) == NEW
    assert_only_dist(dist.parent)


@pytest.mark.usefixtures("no_exchange")
def test_two_renames_do_the_same_where_names_cannot_be_exchanged(dist: Path) -> None:
    publish(dist, NEW, no_check)
    assert files_of(dist) == NEW
    assert_only_dist(dist.parent)


@pytest.fixture
def no_exchange(monkeypatch: pytest.MonkeyPatch) -> None:
    """Publish as on a system that cannot exchange two names in one step."""
    monkeypatch.setattr(release, "_exchange", lambda _one, _other: False)


def test_an_empty_folder_can_be_published_to(tmp_path: Path) -> None:
    (tmp_path / "dist").mkdir()
    publish(tmp_path / "dist", NEW, no_check)
    assert files_of(tmp_path / "dist") == NEW


def test_the_check_sees_the_files_as_written_and_can_refuse_them(dist: Path) -> None:
    seen = {}

    def refuse(folder: Path) -> None:
        seen.update(files_of(folder))
        raise DataError("the graph is not the same in every format")

    with pytest.raises(DataError, match="not the same"):
        publish(dist, NEW, refuse)
    assert seen == NEW
    assert files_of(dist) == OLD
    assert_only_dist(dist.parent)


@pytest.mark.slow
@pytest.mark.parametrize(("way", "before"), [("exchange", "again"), ("rename", "again"), ("rename", "first")])
def test_a_kill_at_any_line_leaves_the_old_release_or_the_new_one(tmp_path: Path, way: str, before: str) -> None:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, str(DRIVER), str(tmp_path), way, before]
    run = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert run.returncode == 0, run.stderr
    results = json.loads(run.stdout)
    assert len(results) > 100
    old = "old" if before == "again" else "missing"
    assert {result["recovered"] for result in results} == {old, "new"}
    at_once = {result["at_once"] for result in results}
    assert at_once == ({old, "new"} if way == "exchange" else {old, "new", "missing"})
    assert all(result["again"] == "new" and result["left"] == ["dist"] for result in results)


@pytest.mark.usefixtures("no_exchange")
def test_an_interrupt_between_the_two_renames_brings_the_old_release_back(
    dist: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename = Path.rename

    def interrupted(self: Path, target: Path) -> Path:
        if self.name == ".dist.new":
            raise KeyboardInterrupt
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", interrupted)
    with pytest.raises(KeyboardInterrupt):
        publish(dist, NEW, no_check)
    assert files_of(dist) == OLD
    assert_only_dist(dist.parent)


def test_what_killed_runs_left_is_removed_and_what_stands_is_not_touched(dist: Path) -> None:
    for name in (".dist.new", ".dist.old"):
        (dist.parent / name / "queries").mkdir(parents=True)
        (dist.parent / name / "queries" / "half").write_text("x")
    recover(dist)
    assert files_of(dist) == OLD
    publish(dist, NEW, no_check)
    assert files_of(dist) == NEW
    assert_only_dist(dist.parent)


def test_two_publications_at_once_do_not_collide(dist: Path) -> None:
    inside, done = threading.Event(), threading.Event()

    def wait(_folder: Path) -> None:
        inside.set()
        assert done.wait(30)

    first = threading.Thread(target=publish, args=(dist, NEW, wait))
    first.start()
    assert inside.wait(30)
    try:
        with pytest.raises(UsageError, match="another run of ruiran-ld is writing here"):
            publish(dist, OLD, no_check)
        assert files_of(dist) == OLD
    finally:
        done.set()
        first.join()
    assert files_of(dist) == NEW
    assert_only_dist(dist.parent)


def test_a_lock_left_by_a_killed_process_does_not_stand_in_the_way(dist: Path) -> None:
    (dist.parent / ".dist.lock").touch()
    publish(dist, NEW, no_check)
    assert files_of(dist) == NEW


def test_a_folder_that_is_no_release_is_never_replaced(tmp_path: Path) -> None:
    target = tmp_path / "dist"
    target.mkdir()
    (target / "thesis.txt").write_text("years of work")
    with pytest.raises(UsageError, match="not a release of ours"):
        publish(target, NEW, no_check)
    assert files_of(target) == {"thesis.txt": b"years of work"}
    assert_only_dist(tmp_path)


@pytest.mark.parametrize("name", ["thesis.txt", "queries/mine.rq", ".hidden"])
def test_a_file_that_someone_added_is_named_and_not_deleted(dist: Path, name: str) -> None:
    (dist / name).write_text("mine")
    with pytest.raises(UsageError, match="not a file of the release") as caught:
        publish(dist, NEW, no_check)
    (problem,) = caught.value.problems
    assert problem.place is not None
    assert problem.place.file == str(dist / name)
    assert files_of(dist) == OLD | {name: b"mine"}


def test_a_file_that_someone_adds_during_the_check_is_not_deleted_either(dist: Path) -> None:
    def add(_folder: Path) -> None:
        (dist / "mine.txt").write_text("mine")

    with pytest.raises(UsageError, match="not a file of the release"):
        publish(dist, NEW, add)
    assert files_of(dist) == OLD | {"mine.txt": b"mine"}


@pytest.mark.parametrize("content", [b"garbage\n", b"<<<<<<< ours\n", b"\xff\n", b"ABC  data.txt\n"])
def test_a_release_whose_checksums_cannot_be_read_is_not_replaced(dist: Path, content: bytes) -> None:
    (dist / SUMS).write_bytes(content)
    with pytest.raises(UsageError, match=r"delete .*dist and build it again"):
        publish(dist, NEW, no_check)


def test_a_link_or_a_file_is_not_published_to(dist: Path) -> None:
    link = dist.parent / "link"
    link.symlink_to(dist)
    dangling = dist.parent / "dangling"
    dangling.symlink_to(dist.parent / "nowhere")
    for target in (link, dangling, dist / "data.txt"):
        with pytest.raises(UsageError, match="not a folder"):
            publish(target, NEW, no_check)
    assert files_of(dist) == OLD


@pytest.mark.parametrize(
    "name",
    ["../x", "/x", "a/../../x", "a//b", "", ".", "a/", ".hidden", "a\\b", "a\nb", "a b", SUMS, "queries/..", "ä"],
)
def test_a_name_that_could_climb_out_or_confuse_the_checksums_is_refused(dist: Path, name: str) -> None:
    with pytest.raises(InternalError, match="not a name for a file of a release") as caught:
        publish(dist, {**NEW, name: b""}, no_check)
    assert len(caught.value.problems) == 1
    assert files_of(dist) == OLD
    assert_only_dist(dist.parent)


def test_a_name_that_is_both_file_and_folder_is_refused_by_the_system(dist: Path) -> None:
    with pytest.raises(UsageError):
        publish(dist, {"a": b"", "a/b": b""}, no_check)
    assert files_of(dist) == OLD
    assert_only_dist(dist.parent)


@contextmanager
def file_size_limit(size: int) -> Iterator[None]:
    """Have the system refuse files that are larger, as a full disk would."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)


def test_a_disk_that_takes_no_more_leaves_the_old_release(dist: Path) -> None:
    with file_size_limit(1000), pytest.raises(UsageError, match="File too large") as caught:
        publish(dist, NEW | {"large.bin": bytes(5000)}, no_check)
    assert caught.value.exit_status == 2
    assert files_of(dist) == OLD
    assert_only_dist(dist.parent)


def test_a_folder_without_the_right_to_write_leaves_the_old_release() -> None:
    superuser = os.geteuid() == 0
    with TemporaryDirectory() as name:
        target = Path(name) / "dist"
        publish(target, OLD, no_check)
        target.parent.chmod(0o555)
        try:
            # The superuser may write everywhere: where the tests run as that, the rights are laid down for a moment.
            if superuser:
                os.seteuid(NOBODY)
            with pytest.raises(UsageError, match="Permission denied; give yourself the right") as caught:
                publish(target, NEW, no_check)
        finally:
            if superuser:
                os.seteuid(0)
            target.parent.chmod(0o755)
        assert name in str(caught.value)
        assert files_of(target) == OLD
        assert_only_dist(target.parent)


def test_a_folder_that_may_not_be_looked_into_is_an_error_of_ours() -> None:
    superuser = os.geteuid() == 0
    with TemporaryDirectory() as name:
        target = Path(name) / "dist"
        target.parent.chmod(0o000)
        try:
            if superuser:
                os.seteuid(NOBODY)
            for look in (require_replaceable, recover, lambda folder: publish(folder, NEW, no_check)):
                with pytest.raises(UsageError, match="Permission denied"):
                    look(target)
        finally:
            if superuser:
                os.seteuid(0)
            target.parent.chmod(0o755)


def test_changed_missing_and_added_files_are_found(dist: Path) -> None:
    verify_release(dist)
    (dist / "data.txt").write_bytes(b"Old\n")
    (dist / "queries" / "one.rq").unlink()
    (dist / "extra").touch()
    (dist / "queries" / "link").symlink_to(dist / "data.txt")
    with pytest.raises(DataError) as caught:
        verify_release(dist)
    assert [str(problem).removeprefix(f"{dist}/").partition(";")[0] for problem in caught.value.problems] == [
        f"data.txt: the file differs from its checksum in {SUMS}",
        f"extra: the file is not listed in {SUMS}",
        f"queries/link: the file is not listed in {SUMS}",
        "queries/one.rq: the file is missing",
    ]
    with pytest.raises(DataError, match="No such file"):
        describe_release(dist)


def test_a_folder_without_a_release_says_so(tmp_path: Path) -> None:
    for look in (verify_release, describe_release):
        with pytest.raises(DataError, match="no release here; build one"):
            look(tmp_path / "dist")
    require_replaceable(tmp_path / "dist")
    recover(tmp_path / "dist")
    assert list(tmp_path.iterdir()) == []


def test_every_error_is_one_of_ours(dist: Path) -> None:
    assert issubclass(UsageError, RuiranError)
    with pytest.raises(RuiranError):
        publish(dist / "data.txt" / "dist", NEW, no_check)
    assert files_of(dist) == OLD
