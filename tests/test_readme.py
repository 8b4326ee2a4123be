"""The commands of the README are run, and print what it shows."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import ROOT
from ruiran_ld.cli import COMMANDS
from running import run

TEXTS = ROOT.parent / "shared" / "seeds"


SLOW = ("ruiran-ld validate",)  # pySHACL on the whole dataset


def examples() -> Iterator[tuple[str, list[str]]]:
    """Give each command of the ```console blocks with the lines that follow it."""
    for block in re.findall(
        r"^```console\n(.*?)^```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
    ):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, *expected = part.rstrip("\n").split("\n")
            yield command, [line for line in expected if line]


def fits(expected: list[str], printed: list[str]) -> bool:
    """Tell whether lines are as expected, where a line ``...`` stands for any lines."""
    if not expected:
        return not printed
    if expected[0] == "...":
        return any(fits(expected[1:], printed[start:]) for start in range(len(printed) + 1))
    return bool(printed) and printed[0] == expected[0] and fits(expected[1:], printed[1:])


@pytest.fixture(scope="module")
def checkout(real: Path) -> Path:
    """Give a copy of the dataset with the texts where the README says they are."""
    if TEXTS.is_dir() and not (real.parent / "shared").exists():
        shutil.copytree(TEXTS, real.parent / "shared" / "seeds")
    return real


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        pytest.param(command, expected, id=command, marks=[pytest.mark.slow] if command in SLOW else [])
        for command, expected in examples()
    ],
)
def test_a_command_of_the_readme(checkout: Path, command: str, expected: list[str]) -> None:
    program, *arguments = shlex.split(command, comments=True)
    if program != "ruiran-ld":
        pytest.skip("not a command of ours")
    if "../shared/seeds" in arguments and not TEXTS.is_dir():
        pytest.skip("the texts of the articles are not here")
    outcome = run(*arguments, here=checkout)
    assert outcome.status == 0, outcome.err
    printed = [line.rstrip() for line in outcome.out.splitlines() if line]
    assert not expected or fits(expected, printed), outcome.out


def test_the_readme_names_every_command_and_every_file_that_is_published() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    tables = "\n".join(line.split("|")[1] for line in text.splitlines() if line.startswith("| `"))
    assert [name for name in COMMANDS if not re.search(rf"`(?:ruiran-ld )?{name}[ `]", tables)] == []
    assert [path.name for path in (ROOT / "dist").iterdir() if path.name not in tables] == []


def test_the_readme_shows_commands() -> None:
    assert len([command for command, _ in examples() if command.startswith("ruiran-ld ")]) >= 3
