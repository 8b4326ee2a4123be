"""The vocabulary, compiled once from the ontology's Turtle files.

Curators' keys are local names of the ontology's terms (or their ``rr:curatorKey``). The range of a property decides
what its values are: references, concepts, structured values, texts, dates, numbers. A new class, property, status or
kind is an edit in the ontology's files; nothing here knows a term of a domain.
"""

from __future__ import annotations

from ruiran_ld.vocabulary.compilation import compile_vocabulary, ontology_files
from ruiran_ld.vocabulary.terms import Authority, Class, Kind, Property, Realis, Status, Term, Vocabulary

__all__ = [
    "Authority",
    "Class",
    "Kind",
    "Property",
    "Realis",
    "Status",
    "Term",
    "Vocabulary",
    "compile_vocabulary",
    "ontology_files",
]
