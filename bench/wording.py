"""Texts for generated corpora: sentences of no meaning, of the lengths and scripts that annotations have."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Final

_FOLDER: Final = Path(__file__).parent
_PLAIN: Final = (_FOLDER / "words.txt").read_text(encoding="utf-8").split()
_OTHER_SCRIPTS: Final = (_FOLDER / "words_of_other_scripts.txt").read_text(encoding="utf-8").split()


def sentence(random: Random, least: int, most: int) -> str:
    """Make a sentence of ``least`` to ``most`` words, sometimes with quotation marks or words of other scripts."""
    words = [random.choice(_PLAIN) for _ in range(random.randint(least, most))]
    kind = random.randrange(40)
    if kind < 4:
        words[random.randrange(len(words))] = f'"{random.choice(_PLAIN)} {random.choice(_PLAIN)}"'
    elif kind < 10:
        words[random.randrange(len(words))] = random.choice(_OTHER_SCRIPTS)
    elif kind == 10:
        words[random.randrange(len(words))] = f"{random.choice(_PLAIN)}\\{random.choice(_PLAIN)}"
    text = " ".join(words)
    return f"{text[0].upper()}{text[1:]}."


def name(random: Random) -> str:
    """Make a name of two or three words."""
    return " ".join(random.choice(_PLAIN).capitalize() for _ in range(random.randint(2, 3)))


def foreign_name(random: Random) -> str:
    """Make a name in other scripts."""
    return " ".join(random.choice(_OTHER_SCRIPTS) for _ in range(2))


def moment(random: Random) -> str:
    """Make an EDTF expression as texts give them: mostly days, some months and years, some intervals."""
    kind = random.randrange(20)
    if kind < 12:
        return day(random)
    if kind < 15:
        return day(random)[:7]
    if kind == 15:
        return day(random)[:4]
    if kind == 16:
        return f"{day(random)[:7]}{random.choice('~?%')}"
    if kind == 17:
        return f"{day(random)}/{random.choice(('', '..'))}"
    year = random.randint(2010, 2023)
    return f"{year}{day(random)[4:]}/{year + 1}{day(random)[4:]}"


def day(random: Random) -> str:
    """Make a day."""
    return f"{random.randint(2010, 2024)}-{random.randint(1, 12):02d}-{random.randint(1, 28):02d}"
