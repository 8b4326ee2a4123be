"""Holds a tree of mappings, lists and texts against the form of a record, and finds everything that is wrong with it.

Decoding stops at the first fault; a curator wants all of them. So a tree that does not decode is looked at key by key.
"""

from __future__ import annotations

import re
from functools import lru_cache
from types import UnionType
from typing import Any, Final, TypeVar, get_args, get_origin

import msgspec

from ruiran_ld.errors import Problem, nearest
from ruiran_ld.records import Places

StructT = TypeVar("StructT", bound=msgspec.Struct)

_expected = re.compile(r"Expected `(?P<expected>[^`]*)`, got `(?P<found>[^`]*)`").match
_WORDS: Final = {
    "str": "a text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "object": "a mapping",
    "array": "a list",
    "null": "nothing",
}


class Spot(msgspec.Struct, frozen=True):
    """Where in a record a value stands, and how messages call it.

    Attributes:
        name: such as ``claim 'c01'``.
        places: the places of the record.
        path: the keys that lead to the value.
    """

    name: str
    places: Places
    path: tuple[str, ...] = ()

    def problem(self, message: str, remedy: str, *below: str) -> Problem:
        """Make a problem of the value, or of what stands below it."""
        return Problem(f"{self.name}{message}", remedy, self.places.place(*self.path, *below))


def decode(tree: Any, form: type[StructT], spot: Spot, problems: list[Problem]) -> StructT | None:
    """Decode a tree into a record, or add all that is wrong with it to ``problems`` and give None."""
    try:
        return msgspec.convert(tree, form, strict=False)
    except msgspec.ValidationError as error:
        found = _problems_of(tree, form, spot)
        problems.extend(found or [spot.problem(f": {error}", "mend the value")])
        return None


@lru_cache(maxsize=32)
def _fields(form: type[msgspec.Struct]) -> dict[str, msgspec.structs.FieldInfo]:
    return {field.name: field for field in msgspec.structs.fields(form)}


def _problems_of(tree: Any, form: type[msgspec.Struct], spot: Spot) -> list[Problem]:
    if not isinstance(tree, dict):
        return [spot.problem(f" is {shape(tree)}, not a mapping", "write keys and values")]
    fields = _fields(form)
    problems: list[Problem] = []
    for key in tree:
        if key not in fields:
            remedy = nearest(key, fields) or f"known keys are {', '.join(fields)}"
            problems.append(spot.problem(f" has an unknown key '{key}'", remedy, key))
    for name, field in fields.items():
        if name in tree:
            problems += _value_problems(tree[name], field.type, spot, (name,))
        elif field.required:
            problems.append(spot.problem(f" lacks '{name}'", "add it"))
    return problems


def _value_problems(value: Any, type_: Any, spot: Spot, below: tuple[str, ...]) -> list[Problem]:
    if isinstance(type_, UnionType) and isinstance(value, dict):
        # A record that may be left out: what is wrong with one that is there is said of the record.
        records = (each for each in get_args(type_) if isinstance(each, type) and issubclass(each, msgspec.Struct))
        type_ = next(records, type_)
    if isinstance(type_, type) and issubclass(type_, msgspec.Struct):
        inner = Spot(f"'{'.'.join(below)}' of the {spot.name}", spot.places, (*spot.path, *below))
        return _problems_of(value, type_, inner)
    if get_origin(type_) is dict and isinstance(value, dict):
        inner_type = get_args(type_)[1]
        return [
            found for key, each in value.items() for found in _value_problems(each, inner_type, spot, (*below, key))
        ]
    try:
        msgspec.convert(value, type_, strict=False)
    except msgspec.ValidationError as error:
        return [spot.problem(f": '{'.'.join(below)}' {_in_words(str(error), value)}", "mend the value", *below)]
    return []


def _in_words(message: str, value: Any) -> str:
    match = _expected(message)
    if match is None:
        return "is a number too large" if "out of range" in message else f"does not fit: {message}"
    kinds = [_WORDS.get(kind, kind) for kind in match["expected"].split(" | ")]
    return f"is {shape(value)}, not {' or '.join(kinds)}"


def shape(value: Any) -> str:
    """Say in a curator's words what kind of value stands somewhere."""
    for type_, words in ((bool, "a truth value"), (dict, "a mapping"), (list, "a list"), (type(None), "nothing")):
        if isinstance(value, type_):
            return words
    if isinstance(value, str):
        return f"the text '{value[:40]}'" if value else "empty"
    return f"the number {str(value)[:40]}"
