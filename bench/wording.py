"""Texts for generated corpora: sentences of no meaning, of the lengths and scripts that annotations have."""

from __future__ import annotations

from random import Random
from typing import Final

_PLAIN: Final = (
    "a about after again agreed all and another any around as at autumn because before between both bridge by called "
    "cannot careful city clear closer coast common council day delay delegation did draft during each early east eight "
    "ended evening every fifth first five for four from further gave goods had harbour has have held her his hundred in "
    "into is it its joint last late left letter long made many meeting message minister month more morning most moved "
    "named near never new next nine no north not now number of office official old on one only open or other our over "
    "paper part people plan port press public quiet ready report right river said same second sent seven shared she ship "
    "short since six small some south spoke spring still summer talks ten that the their then there third this thousand "
    "three time to town trade train two under until up valley very visit was week went were west when where which while "
    "who will winter with without work year yet"
).split()
_OTHER_SCRIPTS: Final = (
    "мост письмо утро встреча долгая зима порт город совет новый план «северный берег» "
    "پل نامه صبح دیدار زمستان بندر شهر شورا برنامه‌ی تازه "
    "café façade naïve Zürich 橋 港 – — … ½"
).split()


def sentence(random: Random, least: int, most: int) -> str:
    """Make a sentence of ``least`` to ``most`` words, sometimes with quotation marks or words of other scripts."""
    words = [random.choice(_PLAIN) for _ in range(random.randint(least, most))]
    kind = random.randrange(20)
    if kind < 3:
        words[random.randrange(len(words))] = f'"{random.choice(_PLAIN)} {random.choice(_PLAIN)}"'
    elif kind < 6:
        words[random.randrange(len(words))] = random.choice(_OTHER_SCRIPTS)
    elif kind == 6:
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
        return _day(random)
    if kind < 15:
        return _day(random)[:7]
    if kind == 15:
        return _day(random)[:4]
    if kind == 16:
        return f"{_day(random)[:7]}{random.choice('~?%')}"
    if kind == 17:
        return f"{_day(random)}/{random.choice(('', '..'))}"
    year = random.randint(2010, 2023)
    return f"{year}{_day(random)[4:]}/{year + 1}{_day(random)[4:]}"


def _day(random: Random) -> str:
    return f"{random.randint(2010, 2024)}-{random.randint(1, 12):02d}-{random.randint(1, 28):02d}"
