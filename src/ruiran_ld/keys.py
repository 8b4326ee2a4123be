"""What curators can write where: which classes, properties and concepts are keys in registers, claims and values.

The stages that read records and the JSON Schema for editors ask here, so that they agree.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ruiran_ld.namespaces import RR
from ruiran_ld.vocabulary import Class, Property, Vocabulary

NO_MATCH: Final = f"{RR}noMatchIn"
"""The property whose values in registers are authorities, each with what was looked at."""

_REGISTER: Final = "register"


def entity_classes(vocabulary: Vocabulary) -> dict[str, Class]:
    """Give the classes that a register entry can have, by key."""
    return _classes_below(vocabulary, f"{RR}Entity")


def event_classes(vocabulary: Vocabulary) -> dict[str, Class]:
    """Give the classes that an event of a document can have, by key."""
    return _classes_below(vocabulary, f"{RR}Event")


def _classes_below(vocabulary: Vocabulary, iri: str) -> dict[str, Class]:
    return {key: each for key, each in vocabulary.classes.items() if iri in each.ancestors}


def register_properties(vocabulary: Vocabulary) -> dict[str, Property]:
    """Give the properties that an entry can have, by key."""
    return {key: each for key, each in vocabulary.properties.items() if each.basis == _REGISTER}


def claim_properties(vocabulary: Vocabulary) -> dict[str, Property]:
    """Give the properties that a claim can state of an entity, by key; not those that only structured values carry."""
    values = {each.iri for each in vocabulary.classes.values() if f"{RR}Value" in each.ancestors}
    return {
        key: each
        for key, each in vocabulary.properties.items()
        if not each.basis and (not each.domains or not values.issuperset(each.domains))
    }


def value_properties(vocabulary: Vocabulary, property_: Property) -> dict[str, Property]:
    """Give the properties that the structured values of a property carry, by key."""
    class_iri = property_.ranges[0]
    return {key: each for key, each in vocabulary.properties.items() if class_iri in each.domains}


def concepts_of(vocabulary: Vocabulary, property_: Property) -> dict[str, str]:
    """Give the concepts that a property can have as values: key -> IRI."""
    concepts: dict[str, str] = {}
    for range_ in property_.ranges:
        concepts.update(vocabulary.concepts.get(range_, {}))
    return concepts


def realis_values(vocabulary: Vocabulary) -> dict[str, str]:
    """Give the realis values: key -> IRI."""
    return {iri.rpartition("/")[2].rpartition("#")[2]: iri for iri in vocabulary.realis}


def set_aside_reasons(vocabulary: Vocabulary) -> Mapping[str, str]:
    """Give the reasons for which a passage can be set aside: key -> IRI."""
    return vocabulary.concepts.get(f"{RR}SetAsideReason", {})
