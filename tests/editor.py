"""Reads YAML as editors do: plain scalars typed by the core schema of YAML 1.2 (section 10.3.2), keys as text."""

from __future__ import annotations

import math
import re
from typing import Any

import yaml

_is_integer = re.compile(r"[-+]?[0-9]+").fullmatch
_is_other_base = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+").fullmatch
_is_float = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?").fullmatch
_is_endless = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)").fullmatch
_WORDS = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


def read(text: str) -> Any:
    """Read a YAML document."""
    node = yaml.compose(text, Loader=yaml.CBaseLoader)
    return None if node is None else _value(node)


def _value(node: yaml.Node) -> Any:
    if isinstance(node, yaml.MappingNode):
        return {key.value: _value(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_value(each) for each in node.value]
    return str(node.value) if getattr(node, "style", None) else typed(node.value)


def typed(plain: str) -> Any:
    """Type a plain scalar."""
    if plain in _WORDS:
        return _WORDS[plain]
    if _is_integer(plain):
        # An editor's numbers are doubles, and Python refuses to read thousands of digits.
        return int(plain) if len(plain) < 100 else math.inf
    if _is_other_base(plain):
        return int(plain, 0)
    if _is_endless(plain):
        return float(plain.replace(".", ""))
    return float(plain) if _is_float(plain) else plain
