"""The terms that every ontology has to declare, because the software itself writes or counts them."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from ruiran_ld.errors import DataError, Place, Problem
from ruiran_ld.namespaces import RR
from ruiran_ld.vocabulary import Vocabulary

_CORE: Final = (
    "Agent", "Authority", "AuthorityRecord", "Claim", "Document", "Entity", "EpistemicStatus", "Event", "IdentityLink",
    "IdentitySearch", "Passage", "Realis", "SetAsideReason", "Statement", "UnnamedAuthor", "Value", "about",
    "attributedTo", "claimedRealis", "denies", "document", "epistemicStatus", "gist", "mistaken", "noMatchIn", "origin",
    "passage", "realis", "repeats", "searched", "setAsideFor", "sha256", "states", "textLength", "time", "verifiedBy",
)  # fmt: skip
"""Local names of the terms that conversion and statistics write or count."""


def require_core(vocabulary: Vocabulary, folder: Path) -> None:
    """Make sure that an ontology declares the terms that the software itself writes, and can say how claims are put.

    Raises:
        DataError: naming what it lacks.
    """
    lacking = sorted(f"rr:{name}" for name in _CORE if RR + name not in vocabulary.labels)
    problems = [
        Problem(f"{name} is not declared", "take core.ttl of the ruiran ontology", Place(folder.name))
        for name in lacking
    ]
    for what, found in (("epistemic status", vocabulary.statuses), ("realis value", vocabulary.realis)):
        if not found:
            problems.append(Problem(f"there is no {what}", "declare one as a concept", Place(folder.name)))
    if problems:
        raise DataError(problems)
