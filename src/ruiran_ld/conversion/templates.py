"""The N-Triples text of claims and statements, each written in one step.

Most triples of a large corpus go through one of these. The constant parts are joined once, here; an f-string of
whole parts is twice as fast as a %-template and needs no graph.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final

from ruiran_ld.namespaces import RDF, RR

_TYPE: Final = f" <{RDF}type> "
_END: Final = " .\n"
_A_CLAIM: Final = f"{_TYPE}<{RR}Claim>{_END}"
_DOCUMENT: Final = f" <{RR}document> "
_PASSAGE: Final = f" <{RR}passage> "
_STATUS: Final = f" <{RR}epistemicStatus> <"
_REALIS: Final = f" <{RR}claimedRealis> <"
_ATTRIBUTED_TO: Final = f" <{RR}attributedTo> "
_ORIGIN: Final = f" <{RR}origin> "

_A_STATEMENT: Final = f"{_TYPE}<{RR}Statement>{_END}"
_A_REIFICATION: Final = f"{_TYPE}<{RDF}Statement>{_END}"
_SUBJECT: Final = f" <{RDF}subject> "
_PREDICATE: Final = f" <{RDF}predicate> "
_OBJECT: Final = f" <{RDF}object> "


def claim_text(term: str, document: str, passage: str, status: str, realis: str) -> str:
    """Write what every claim has beside its gist; ``status`` and ``realis`` are IRIs, the rest are terms."""
    return (
        f"{term}{_A_CLAIM}{term}{_DOCUMENT}{document} .\n{term}{_PASSAGE}{passage} .\n"
        f"{term}{_STATUS}{status}> .\n{term}{_REALIS}{realis}> .\n"
    )


def speaker_text(term: str, speaker: str) -> str:
    """Write whose claim it is, where the claim repeats no other: the speaker is then its origin."""
    return f"{term}{_ATTRIBUTED_TO}{speaker} .\n{term}{_ORIGIN}{speaker} .\n"


def objects_text(start: str, objects: Iterable[str]) -> str:
    """Write one triple for each object, of which there is one at least; ``start`` is subject and predicate, spaced."""
    return f"{start}{f'{_END}{start}'.join(objects)}{_END}"


def triples_text(triples: Collection[str]) -> str:
    """Write triples that are given as three terms with a space between."""
    return f"{_END.join(triples)}{_END}" if triples else ""


def statement_texts(statements: Iterable[tuple[str, tuple[str, str, str]]]) -> list[str]:
    """Write statements, each a term with a triple's three, as reified triples (RDF Schema, section 5.3).

    They are given the type rdf:Statement here, since OWL 2 lets no axiom speak of RDF's own vocabulary.
    """
    return [
        f"{term}{_A_STATEMENT}{term}{_A_REIFICATION}{term}{_SUBJECT}{subject} .\n"
        f"{term}{_PREDICATE}{predicate} .\n{term}{_OBJECT}{object_} .\n"
        for term, (subject, predicate, object_) in statements
    ]
