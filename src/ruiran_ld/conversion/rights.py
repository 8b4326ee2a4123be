"""What was taken from a document and what was not: ``dcterms:rights``, with a ``dcterms:RightsStatement``.

The settings' statement is written once and named by every document; a document with other terms has its own.
"""

from __future__ import annotations

from ruiran_ld import ntriples
from ruiran_ld.conversion.frame import Frame
from ruiran_ld.conversion.objects import TYPE, text_of
from ruiran_ld.namespaces import DCTERMS, RDFS
from ruiran_ld.records import Settings

SHARED_FRAGMENT = "document-rights"


def shared_term(settings: Settings) -> str:
    """Mint the term of the statement of the settings; empty where they have none."""
    return f"<{settings.base}{settings.slug}#{SHARED_FRAGMENT}>" if settings.documentRights else ""


def shared_lines(settings: Settings) -> str:
    """Describe the statement of the settings; nothing where they have none."""
    return _statement(shared_term(settings), settings.documentRights, settings.language)


def document_lines(document: str, own: str, frame: Frame) -> str:
    """Say what holds for one document, given by its term and the text of its own, which may be empty.

    Raises:
        Unfit: for a text that is none.
    """
    if own:
        term = f"{document[:-1]}#rights>"
        return f"{document} <{DCTERMS}rights> {term} .\n" + _statement(term, text_of(own), frame.language)
    return f"{document} <{DCTERMS}rights> {frame.document_rights} .\n" if frame.document_rights else ""


def _statement(term: str, text: str, language: str) -> str:
    if not text:
        return ""
    return (
        f"{term} {TYPE} <{DCTERMS}RightsStatement> .\n"
        f"{term} <{RDFS}label> {ntriples.lang_string('Licence and reuse', 'en')} .\n"
        f"{term} <{DCTERMS}description> {ntriples.lang_string(text, language)} .\n"
    )
