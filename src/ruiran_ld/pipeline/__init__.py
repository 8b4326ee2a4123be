"""The order of the stages, known here and nowhere else: of a build (``building``), and of a website (``hosting``)."""

from __future__ import annotations

from ruiran_ld.pipeline.building import (
    STAGES,
    Asserted,
    Built,
    OnStage,
    build,
    convert,
    describe,
    entail,
    joined_ontology,
    keep_promises,
    validate,
)
from ruiran_ld.pipeline.hosting import SITE_STAGES, Hosted, make_documents, make_site, publish_site

__all__ = [
    "SITE_STAGES",
    "STAGES",
    "Asserted",
    "Built",
    "Hosted",
    "OnStage",
    "build",
    "convert",
    "describe",
    "entail",
    "joined_ontology",
    "keep_promises",
    "make_documents",
    "make_site",
    "publish_site",
    "validate",
]
