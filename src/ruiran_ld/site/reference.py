"""The reference part of the site: vocabulary, shapes, concepts, queries, search, and the data for their scripts."""

from __future__ import annotations

from collections.abc import Iterator

from ruiran_ld.site import catalogue, completion, concepts, ontology, search, shapes
from ruiran_ld.site.curies import Curies
from ruiran_ld.site.page import Page
from ruiran_ld.site.uses import Uses
from ruiran_ld.site.workshop import Workshop


def pages(workshop: Workshop) -> Iterator[Page]:
    """Make the pages."""
    uses = Uses(workshop.material, workshop.view)
    curies = _curies(workshop)
    yield from ontology.pages(workshop, curies, uses, shapes.checks(workshop.material, curies))
    yield from shapes.pages(workshop.material, curies)
    yield from concepts.pages(workshop, curies, uses)
    yield from catalogue.pages(workshop, curies)
    yield search.page()


def assets(workshop: Workshop) -> dict[str, bytes]:
    """Make the data for scripts: path below the assets -> bytes."""
    material, view = workshop.material, workshop.view
    found = search.make(material, view, ontology.places(material, _curies(workshop)))
    return {completion.FILE: completion.make(material), search.FILE: found}


def _curies(workshop: Workshop) -> Curies:
    material = workshop.material
    return Curies(workshop.view, material.presentation.graph_prefixes(material.graph))
