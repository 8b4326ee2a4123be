"""What entries say of themselves and claims of entities: keys from the ontology, values by what they are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from ruiran_ld.json_schema.scalars import (
    SCALARS,
    Schema,
    closed,
    mapping,
    one_or_several,
    reference,
    whole,
    with_lists,
)
from ruiran_ld.keys import NO_MATCH, claim_properties, concepts_of, register_properties, value_properties
from ruiran_ld.lexical import DECIMAL
from ruiran_ld.vocabulary import Class, Kind, Property, Vocabulary

_FORMS: Final = {
    Kind.REFERENCE: "slugs",
    Kind.AUTHORITY: "authority-records",
    Kind.LANG_STRING: "texts",
    Kind.STRING: "texts",
    Kind.EDTF: "edtfs",
    Kind.DATE: "dates",
    Kind.INTEGER: "integers",
    Kind.DECIMAL: "decimals",
    Kind.BOOLEAN: "booleans",
}
_is_number = re.compile(DECIMAL).fullmatch


def described(vocabulary: Vocabulary, iri: str, more: str = "") -> str:
    """Describe a term by its definition, or its label where it has none, and further words."""
    label = vocabulary.labels.get(iri, "")
    definition = vocabulary.definitions.get(iri) or (f"{label[0].upper()}{label[1:]}." if label else "")
    return f"{definition} {more}".strip()


def choice(vocabulary: Vocabulary, terms: Mapping[str, str]) -> Schema:
    """Make the schema of a choice among terms, given as key -> IRI.

    A key that an editor reads as a number stands there as both. Editors show the words beside each key by a keyword of
    their own.
    """
    names = sorted(terms)
    numbers = list(filter(_is_number, names))
    words = [described(vocabulary, terms[name]) for name in (*names, *numbers)]
    return {"enum": [*names, *map(float, numbers)], "enumDescriptions": words}


def entry(vocabulary: Vocabulary, classes: Mapping[str, Class]) -> Schema:
    """Make the schema of an entry that is of one of some classes."""
    kinds = choice(vocabulary, {key: each.iri for key, each in classes.items()})
    properties = sorted(register_properties(vocabulary).items())
    facts = {key: _of_register(vocabulary, each) for key, each in properties}
    return closed({"type": {"description": "A class of the ontology.", **kinds}, **facts}, ["type"])


def definitions(vocabulary: Vocabulary) -> dict[str, Schema]:
    """Make the definitions of what the ontology says of properties, by name."""
    records = [f"{_literally(key)}:(?:{each.pattern})" for key, each in sorted(vocabulary.authorities.items())]
    record = {"description": "authority:identifier.", "type": ["string"], "pattern": whole("|".join(records))}
    values = [each for each in vocabulary.properties.values() if each.kind is Kind.VALUE]
    return {
        **with_lists({"authority-record": record}),
        "facts": _facts(vocabulary, claim_properties(vocabulary)),
        "links": {
            "type": "object",
            "minProperties": 1,
            "patternProperties": {whole(each): reference("text") for each in records},
            "additionalProperties": False,
        },
        "texts-by-language": {
            **SCALARS["texts"],
            **mapping("language", "texts", minProperties=1),
            "type": [*SCALARS["texts"]["type"], "object"],
        },
        **{_value_name(each): _facts(vocabulary, value_properties(vocabulary, each)) for each in values},
    }


def _literally(text: str) -> str:
    """Escape a text for a pattern; ``re.escape`` escapes more than ECMA-262 allows to be escaped."""
    return re.sub(r"[\\^$.*+?()\[\]{}|/]", r"\\\g<0>", text)


def _value_name(property_: Property) -> str:
    return f"value-of-{property_.key}"


def _facts(vocabulary: Vocabulary, properties: Mapping[str, Property]) -> Schema:
    return closed({key: _of_claim(vocabulary, each) for key, each in sorted(properties.items())}, minProperties=1)


def _of_claim(vocabulary: Vocabulary, property_: Property) -> Schema:
    """Make the schema of a property's values where any property can stand: in claims and structured values."""
    words, form = "", {}
    match property_.kind:
        case Kind.CONCEPT:
            form = one_or_several(choice(vocabulary, concepts_of(vocabulary, property_)))
        case Kind.VALUE:
            form = one_or_several(reference(_value_name(property_)))
        case Kind.REFERENCE:
            labels = sorted(vocabulary.labels.get(range_, "") for range_ in property_.ranges)
            words, form = f"Slug, or a list of slugs{': ' if labels else ''}{', '.join(labels)}.", reference("slugs")
        case kind:
            words, form = SCALARS.get(_FORMS[kind], {}).get("description", ""), reference(_FORMS[kind])
    return {"description": described(vocabulary, property_.iri, words), **form}


def _of_register(vocabulary: Vocabulary, property_: Property) -> Schema:
    """Make the schema of a property's values in an entry, where names have languages and links have reasons."""
    if property_.kind is Kind.LANG_STRING:
        words, form = "A text in the dataset's language, a list, or {language: text or list}.", "texts-by-language"
    elif property_.kind is Kind.AUTHORITY:
        words, form = "{authority:identifier: how it was verified}.", "links"
    elif property_.iri == NO_MATCH:
        searches = {key: reference("text") for key in sorted(concepts_of(vocabulary, property_))}
        description = described(vocabulary, property_.iri, "{authority: what was looked at}.")
        return {"description": description, **closed(searches, minProperties=1)}
    else:
        return _of_claim(vocabulary, property_)
    return {"description": described(vocabulary, property_.iri, words), **reference(form)}
