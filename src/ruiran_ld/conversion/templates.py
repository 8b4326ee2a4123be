"""The N-Triples text of passages, claims and statements, each written in one step.

Every triple of a large corpus goes through one of these. The constant parts are joined once, here; an f-string of
whole parts is twice as fast as a %-template and needs no graph.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from ruiran_ld.namespaces import OA, RDF, RR, XSD

_TYPE: Final = f" <{RDF}type> "
_END: Final = " .\n"
_NUMBER_END: Final = f'"^^<{XSD}nonNegativeInteger> .\n'

_A_PASSAGE: Final = f"{_TYPE}<{RR}Passage>{_END}"
_HAS_SOURCE: Final = f" <{OA}hasSource> "
_HAS_SELECTOR: Final = f" <{OA}hasSelector> "
_SHA256: Final = f' <{RR}sha256> "'
_A_SELECTOR: Final = f"{_TYPE}<{OA}TextPositionSelector>{_END}"
_START: Final = f' <{OA}start> "'
_STOP: Final = f' <{OA}end> "'

_A_CLAIM: Final = f"{_TYPE}<{RR}Claim>{_END}"
_DOCUMENT: Final = f" <{RR}document> "
_PASSAGE: Final = f" <{RR}passage> "
_STATUS: Final = f" <{RR}epistemicStatus> <"
_REALIS: Final = f" <{RR}claimedRealis> <"
_GIST: Final = f" <{RR}gist> "
_ATTRIBUTED_TO: Final = f" <{RR}attributedTo> "
_ORIGIN: Final = f" <{RR}origin> "

_A_STATEMENT: Final = f"{_TYPE}<{RR}Statement>{_END}"
_A_REIFICATION: Final = f"{_TYPE}<{RDF}Statement>{_END}"
_SUBJECT: Final = f" <{RDF}subject> "
_PREDICATE: Final = f" <{RDF}predicate> "
_OBJECT: Final = f" <{RDF}object> "


def passage_text(  # noqa: PLR0913, PLR0917 (parts of a text, in its order)
    term: str, document: str, selector: str, digest: str, start: str, end: str
) -> str:
    """Write a passage (Web Annotation, section 4.2.4: text position selector) with the hash of what stands there."""
    return (
        f"{term}{_A_PASSAGE}{term}{_HAS_SOURCE}{document}{_END}{term}{_HAS_SELECTOR}{selector}{_END}"
        f'{term}{_SHA256}{digest}" .\n{selector}{_A_SELECTOR}'
        f"{selector}{_START}{start}{_NUMBER_END}{selector}{_STOP}{end}{_NUMBER_END}"
    )


def claim_text(  # noqa: PLR0913, PLR0917 (parts of a text, in its order)
    term: str, document: str, passage: str, status: str, realis: str, gist: str
) -> str:
    """Write what every claim has; ``status`` and ``realis`` are IRIs, the rest are terms."""
    return (
        f"{term}{_A_CLAIM}{term}{_DOCUMENT}{document}{_END}{term}{_PASSAGE}{passage}{_END}"
        f"{term}{_STATUS}{status}> .\n{term}{_REALIS}{realis}> .\n{term}{_GIST}{gist}{_END}"
    )


def speaker_text(term: str, speaker: str) -> str:
    """Write whose claim it is, where the claim repeats no other: the speaker is then its origin."""
    return f"{term}{_ATTRIBUTED_TO}{speaker}{_END}{term}{_ORIGIN}{speaker}{_END}"


def objects_text(start: str, objects: Collection[str]) -> str:
    """Write one triple for each object, of which there is one at least; ``start`` is subject and predicate, spaced."""
    return f"{start}{f'{_END}{start}'.join(objects)}{_END}"


def triples_text(triples: Collection[str]) -> str:
    """Write triples that are given as three terms with a space between."""
    return f"{_END.join(triples)}{_END}" if triples else ""


def statement_text(term: str, subject: str, predicate: str, object_: str) -> str:
    """Write a statement as a reified triple (RDF Schema, section 5.3).

    It is given the type rdf:Statement here, since OWL 2 lets no axiom speak of RDF's own vocabulary.
    """
    return (
        f"{term}{_A_STATEMENT}{term}{_A_REIFICATION}{term}{_SUBJECT}{subject}{_END}"
        f"{term}{_PREDICATE}{predicate}{_END}{term}{_OBJECT}{object_}{_END}"
    )
