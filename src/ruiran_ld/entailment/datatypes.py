"""Which literals belong to which datatype: as much of the datatype map of OWL 2 RL as ranges and lexical checks need.

Left out, on purpose: equality of different spellings of one value (dt-eq: "1" and "01" are two terms here), literals as
members of classes defined by a datatype (dt-type2 under owl:someValuesFrom), and user-defined datatypes. Axioms that
would need them are refused.
https://www.w3.org/TR/owl2-profiles/#Reasoning_in_OWL_2_RL_and_RDF_Graphs_using_Rules (table 8)
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final, NamedTuple

from ruiran_ld.namespaces import RDF, RDFS, XSD

_LITERAL: Final = re.compile(r'"(?P<text>(?:[^"\\]|\\.)*)"(?:@(?P<lang>[\w-]+)|\^\^<(?P<type>[^>]*)>)?', re.DOTALL)
_DATE_TIME: Final = r"-?(?:[1-9]\d{3,}|0\d{3})-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T\d\d:\d\d:\d\d(?:\.\d+)?"
_ZONE: Final = r"(?:Z|[+-]\d\d:\d\d)"
_FLOAT: Final = r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|[+-]?INF|NaN"

_STRINGS: Final = {
    "string": r".*",
    "normalizedString": r"[^\r\n\t]*",
    "token": r"(?:\S+(?: \S+)*)?",
    "language": r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*",
    "Name": r"[A-Za-z_:][\w.:-]*",
    "NCName": r"[A-Za-z_][\w.-]*",
    "NMTOKEN": r"[\w.:-]+",
}
_OTHERS: Final = {
    "boolean": r"true|false|0|1",
    "dateTime": f"{_DATE_TIME}{_ZONE}?",
    "dateTimeStamp": f"{_DATE_TIME}{_ZONE}",
    "double": _FLOAT,
    "float": _FLOAT,
    "anyURI": r"\S*",
    "hexBinary": r"(?:[0-9a-fA-F]{2})*",
    "base64Binary": r"(?:[A-Za-z0-9+/]{4} ?)*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?",
}
_INTEGERS: Final[dict[str, tuple[int | None, int | None]]] = {
    "integer": (None, None),
    "nonNegativeInteger": (0, None),
    "positiveInteger": (1, None),
    "nonPositiveInteger": (None, 0),
    "negativeInteger": (None, -1),
    "long": (-(2**63), 2**63 - 1),
    "int": (-(2**31), 2**31 - 1),
    "short": (-(2**15), 2**15 - 1),
    "byte": (-128, 127),
    "unsignedLong": (0, 2**64 - 1),
    "unsignedInt": (0, 2**32 - 1),
    "unsignedShort": (0, 2**16 - 1),
    "unsignedByte": (0, 255),
}
_PATTERNS: Final = {
    XSD + name: re.compile(pattern, re.DOTALL)
    for name, pattern in [
        *_STRINGS.items(),
        *_OTHERS.items(),
        ("decimal", r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)"),
        *((name, r"[+-]?\d+") for name in _INTEGERS),
    ]
}
_DECIMALS: Final = frozenset(XSD + name for name in ("decimal", *_INTEGERS))
_TEXTS: Final = frozenset(XSD + name for name in _STRINGS)
_DATE_TIMES: Final = frozenset({XSD + "dateTime", XSD + "dateTimeStamp"})

SUPPORTED: Final = frozenset(
    f"<{datatype}>" for datatype in (*_PATTERNS, RDF + "langString", RDF + "PlainLiteral", RDFS + "Literal")
)
"""The datatypes, as terms, that an axiom may give as a range."""


class _Literal(NamedTuple):
    text: str
    datatype: str
    tagged: bool


def _split(term: str) -> _Literal:
    """Take a literal apart; escapes of the text are undone only as far as the patterns above can tell them apart."""
    match = _LITERAL.fullmatch(term)
    if match is None:
        raise ValueError(f"not an N-Triples literal: {term}")
    text = match["text"]
    if "\\" in text:
        text = text.replace("\\n", "\n").replace("\\r", "\r").replace("\\t", "\t")
    return _Literal(text, match["type"] or XSD + "string", match["lang"] is not None)


def is_well_formed(term: str) -> bool:
    """Say whether a literal's text is one that its own datatype allows; datatypes that are not supported allow any."""
    literal = _split(term)
    return literal.tagged or _allows(literal.datatype, literal.text)


def belongs(term: str, datatype: str) -> bool:
    """Say whether the value of a literal is in the value space of a datatype (one of `SUPPORTED`, as a term).

    A literal of a datatype that is not supported belongs to no datatype but rdfs:Literal: the value spaces that
    XSD and EDTF give them are apart from all supported ones.
    """
    literal, wanted = _split(term), datatype[1:-1]
    if wanted == RDFS + "Literal":
        return True
    if wanted == RDF + "PlainLiteral":
        return literal.tagged or literal.datatype in _TEXTS
    if literal.tagged or wanted == RDF + "langString":
        return literal.tagged and wanted == RDF + "langString"
    if not _same_primitive(literal.datatype, wanted) or not _allows(literal.datatype, literal.text):
        return False
    return _in_range(literal.text, wanted) if wanted in _DECIMALS else _allows(wanted, literal.text)


def _same_primitive(one: str, other: str) -> bool:
    return one == other or any(one in family and other in family for family in (_DECIMALS, _TEXTS, _DATE_TIMES))


def _allows(datatype: str, text: str) -> bool:
    pattern = _PATTERNS.get(datatype)
    if pattern is None:
        return True
    if pattern.fullmatch(text) is None:
        return False
    return datatype not in _DECIMALS or _in_range(text, datatype)


def _in_range(text: str, datatype: str) -> bool:
    """Say whether a decimal is a value of a datatype of the decimal family."""
    bounds = _INTEGERS.get(datatype.removeprefix(XSD))
    if bounds is None:
        return True
    value, (low, high) = Decimal(text), bounds
    whole = value == value.to_integral_value()
    return whole and (low is None or value >= low) and (high is None or value <= high)
