"""Publishing a folder whole: written aside, checked, exchanged with the last good one.

Three names beside the target ``dist``: ``.dist.new`` (written or deleted, never read), ``.dist.old`` (set aside, always
whole), ``.dist.lock``.

A file-by-file replacement could be killed half way and leave a mixture, so the folder changes as one. Where the system
can exchange two names in one step (Linux, ``renameat2`` with ``RENAME_EXCHANGE``), the target is at every instant the
old folder or the new one. Elsewhere two renames do it, with an instant between them at which the target is missing and
the old folder stands complete as ``.dist.old``; ``recover``, which every reader and every publication calls first, then
puts it back. What else a killed run leaves behind, the next publication removes: it alone holds the lock, so whatever
stands under the two names is nobody's work in progress.

A folder that holds anything but a release of ours, with nothing added, is never replaced: replacing deletes.
"""

from __future__ import annotations

import ctypes
import errno
import hashlib
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ruiran_ld.errors import DataError, InternalError, Place, Problem, UsageError

if sys.platform != "win32":
    import fcntl

SUMS: Final = "SHA256SUMS"

_match_sum = re.compile(r"([0-9a-f]{64})  (\S.*)").fullmatch
_is_part = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.+-]*").fullmatch
# Hidden names that hosts of static files look for.
_KNOWN_HIDDEN: Final = frozenset({".htaccess", ".nojekyll", ".well-known"})
_AT_FDCWD: Final = -100
_RENAME_EXCHANGE: Final = 2


@dataclass(frozen=True, slots=True, order=True)
class ReleasedFile:
    """A file of a release: path within it with ``/``, size in bytes, SHA-256 in hexadecimal."""

    name: str
    size: int
    sha256: str


def publish(target: Path, files: Mapping[str, bytes], check: Callable[[Path], None]) -> tuple[ReleasedFile, ...]:
    """Replace a release folder by a new one, or leave it as it is.

    Args:
        target: the folder to publish to; it may be missing, empty, or a release without files of others.
        files: relative path with ``/`` -> content.
        check: looks at the folder as written, before it takes the target's place, and raises if it is not good.

    Returns:
        What was published.

    Raises:
        UsageError: if the target is not ours to replace, another publication is under way, or the system refuses.
        InternalError: for a file name that does not stay inside the folder.
        RuiranError: whatever ``check`` raises.
    """
    return _publish(target, files, check, require_replaceable)


def publish_once(target: Path, files: Mapping[str, bytes], check: Callable[[Path], None]) -> tuple[ReleasedFile, ...]:
    """Publish a release folder that stays for good: as ``publish``, but nothing that is there is ever replaced.

    Raises:
        UsageError: if there is anything at the target, another publication is under way, or the system refuses.
        InternalError: for a file name that does not stay inside the folder.
        RuiranError: whatever ``check`` raises.
    """
    return _publish(target, files, check, require_absent)


def _publish(
    target: Path, files: Mapping[str, bytes], check: Callable[[Path], None], require: Callable[[Path], None]
) -> tuple[ReleasedFile, ...]:
    _check_names(files)
    require(target)
    with _system_errors(target), _lock(target, wait=False):
        _tidy(target)
        new = _aside(target, "new")
        try:
            _write(new, files)
            verify_release(new)
            check(new)
            require(target)
            _swap(target, new)
        finally:
            _tidy(target)
    return describe_release(target)


@contextmanager
def exclusive(folder: Path) -> Iterator[None]:
    """Keep everybody else who asks for the same folder out, for work of several steps on it.

    Raises:
        UsageError: if somebody has it, or the system refuses.
    """
    with _system_errors(folder), _lock(folder, wait=False):
        yield


def require_absent(target: Path) -> None:
    """Make sure that there is nothing at a path.

    Raises:
        UsageError: if there is.
    """
    with _system_errors(target):
        if target.exists() or target.is_symlink():
            raise UsageError(Problem("there is a release already", "a release is never replaced", Place(str(target))))


def recover(target: Path) -> None:
    """Put the last good release back where a killed publication left none; to be called before a release is read.

    Raises:
        UsageError: if the system refuses.
    """
    with _system_errors(target):
        if target.exists() or not _aside(target, "old").exists():
            return
        with _lock(target, wait=True):
            _restore(target)


def require_replaceable(target: Path) -> None:
    """Make sure that replacing a folder deletes nothing but a release of ours.

    Raises:
        UsageError: if it is no folder, a link, a folder without ``SHA256SUMS``, or one with further files.
    """
    with _system_errors(target):
        if not target.exists() and not target.is_symlink():
            return
        if target.is_symlink() or not target.is_dir():
            raise UsageError(Problem("not a folder", "give a folder to publish to", Place(str(target))))
        present = _present(target)
        if not present and not any(target.iterdir()):
            return
    if SUMS not in present:
        message = f"the folder is not empty and has no {SUMS}, so it is not a release of ours"
        raise UsageError(Problem(message, "give another folder, or empty it", Place(str(target))))
    own = {SUMS, *_read_sums(target, UsageError)}
    foreign = [name for name in present if name not in own]
    if foreign:
        remedy = f"move it elsewhere, or delete {target}: a build replaces the whole folder"
        raise UsageError(Problem("not a file of the release", remedy, Place(str(target / name))) for name in foreign)


def describe_release(folder: Path) -> tuple[ReleasedFile, ...]:
    """List the files of a release that stand in its ``SHA256SUMS``, sorted by name.

    Raises:
        DataError: if the folder or a file is missing, or the list cannot be read.
    """
    sums = _read_sums(folder, DataError)
    try:
        return tuple(ReleasedFile(name, (folder / name).stat().st_size, sums[name]) for name in sorted(sums))
    except OSError as error:
        raise DataError(_system_problem(error, folder)) from error


def verify_release(folder: Path) -> None:
    """Compare a release with its ``SHA256SUMS``.

    Raises:
        DataError: with a problem for each file that is missing, was changed or is not listed.
    """
    sums = _read_sums(folder, DataError)
    present = set(_present(folder)) - {SUMS}
    problems = [_difference(folder / name, "is missing") for name in sums.keys() - present]
    problems += [_difference(folder / name, f"is not listed in {SUMS}") for name in present - sums.keys()]
    try:
        changed = [name for name in sums.keys() & present if _sha256((folder / name).read_bytes()) != sums[name]]
    except OSError as error:
        raise DataError(_system_problem(error, folder)) from error
    problems += [_difference(folder / name, f"differs from its checksum in {SUMS}") for name in changed]
    if problems:
        raise DataError(problems)


def _difference(path: Path, message: str) -> Problem:
    return Problem(f"the file {message}", "build the release again", Place(str(path)))


def _check_names(files: Mapping[str, bytes]) -> None:
    # A part begins with a letter, a digit or _, which leaves out empty parts, '.', '..' and hidden files.
    wrong = [name for name in files if name == SUMS or not all(map(is_name_part, name.split("/")))]
    if wrong:
        remedy = "a name is relative, with /, of letters, digits and _ . + - in each part"
        raise InternalError(Problem(f"not a name for a file of a release: {name!r}", remedy) for name in wrong)


def is_name_part(part: str) -> bool:
    """Tell whether a text can be a part, between slashes, of the name of a file of a release."""
    return part in _KNOWN_HIDDEN or _is_part(part) is not None


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def sums_text(files: Mapping[str, bytes]) -> bytes:
    """Write the list of checksums of some files, as ``sha256sum`` reads it."""
    return "".join(f"{_sha256(files[name])}  {name}\n" for name in sorted(files)).encode()


def _read_sums(folder: Path, error_class: type[DataError | UsageError]) -> dict[str, str]:
    path = folder / SUMS
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError as error:
        raise error_class(Problem("no release here", "build one", Place(str(path)))) from error
    except OSError as error:
        raise error_class(_system_problem(error, path)) from error
    except UnicodeDecodeError as error:
        raise error_class(Problem("not UTF-8", f"delete {folder} and build it again", Place(str(path)))) from error
    matches = [_match_sum(line) for line in lines]
    wrong = [number for number, match in enumerate(matches, 1) if match is None]
    if wrong:
        remedy = f"delete {folder} and build it again"
        raise error_class(Problem("not a line of checksums", remedy, Place(str(path), line)) for line in wrong)
    return {match[2]: match[1] for match in matches if match}


def _present(folder: Path) -> list[str]:
    """List everything in a folder that is not a folder, as relative paths, sorted; links are not followed."""
    found = []
    for parent, folders, names in os.walk(folder):
        links = [name for name in folders if (Path(parent) / name).is_symlink()]
        found += [(Path(parent) / name).relative_to(folder).as_posix() for name in (*names, *links)]
    return sorted(found)


def _aside(target: Path, role: str) -> Path:
    # '..' has no name to put a dot before. Links stay: a target that is one is refused, not followed.
    parent, name = os.path.split(os.path.abspath(target))  # noqa: PTH100 (resolve() would follow links)
    return Path(parent) / f".{name}.{role}"


def _remove(folder: Path) -> None:
    if folder.is_symlink() or folder.is_file():
        folder.unlink()
    elif folder.exists():
        shutil.rmtree(folder)


def _restore(target: Path) -> None:
    old = _aside(target, "old")
    if old.exists() and not target.exists():
        old.rename(target)
        _sync(old.parent)


def _tidy(target: Path) -> None:
    """Put a missing target back, then delete what stands aside; only under the lock."""
    _restore(target)
    new, old = _aside(target, "new"), _aside(target, "old")
    _remove(new)
    if old.exists():
        # Deleted under the other name, so that what is called old is never half deleted.
        old.rename(new)
        _remove(new)


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    folder.mkdir(parents=True)
    for name, content in {**files, SUMS: sums_text(files)}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    for parent, _, _ in os.walk(folder):
        _sync(Path(parent))


def _sync(folder: Path) -> None:
    """Make the names in a folder safe against a power cut, where the system lets folders be synchronised."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _swap(target: Path, new: Path) -> None:
    if not target.exists():
        new.rename(target)
    elif not _exchange(new, target):
        target.rename(_aside(target, "old"))
        new.rename(target)
    _sync(new.parent)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two names in one step (renameat2(2)); False where the system or the file system cannot."""
    renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None) if sys.platform == "linux" else None
    if renameat2 is None:
        return False
    if renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP):
        return False
    raise OSError(code, os.strerror(code), str(other))


@contextmanager
def _lock(target: Path, *, wait: bool) -> Iterator[None]:
    """Hold the lock of a target; the system frees it when the process ends, however it ends."""
    path = _aside(target, "lock")
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = _locked(path, wait=wait)
    try:
        yield
    finally:
        # Removed while held; who waits for the removed file finds that and opens the new one (see _locked).
        path.unlink(missing_ok=True)
        os.close(descriptor)


def _locked(path: Path, *, wait: bool) -> int:
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            if sys.platform != "win32":
                fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError as error:
            os.close(descriptor)
            message = "another run of ruiran-ld is writing here"
            raise UsageError(Problem(message, "wait until it has ended", Place(str(path)))) from error
        if _is_still(path, descriptor):
            return descriptor
        os.close(descriptor)


def _is_still(path: Path, descriptor: int) -> bool:
    """Tell whether a path is the open file, and not removed or made anew by who had the lock before."""
    try:
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False


@contextmanager
def _system_errors(target: Path) -> Iterator[None]:
    """Turn what the system refuses into an error for people; the target is as it was."""
    try:
        yield
    except OSError as error:
        raise UsageError(_system_problem(error, target)) from error


def _system_problem(error: OSError, path: Path) -> Problem:
    remedies = {
        errno.ENOSPC: "make room on the disk",
        errno.EDQUOT: "make room on the disk",
        errno.EACCES: "give yourself the right to write there, or give another folder",
        errno.EPERM: "give yourself the right to write there, or give another folder",
        errno.EROFS: "give a folder on a disk that can be written",
        errno.EXDEV: "copy the folder, delete it and rename the copy: its file system cannot move it",
    }
    remedy = remedies.get(error.errno or 0, "see that the folder and what it is in can be written")
    return Problem(f"{error.strerror or error}", remedy, Place(str(error.filename or path)))
