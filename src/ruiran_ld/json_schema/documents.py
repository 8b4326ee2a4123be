"""The record of a document: its keys and their defaults from the record's form, their meaning from the ontology."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

import msgspec

from ruiran_ld.json_schema import properties
from ruiran_ld.json_schema.properties import choice, described
from ruiran_ld.json_schema.scalars import SCALARS, Schema, closed, mapping, reference
from ruiran_ld.keys import event_classes, realis_values, set_aside_reasons
from ruiran_ld.namespaces import DCTERMS, RDFS, RR
from ruiran_ld.records import Claim, Document, TextFingerprint
from ruiran_ld.vocabulary import Vocabulary


class Field(NamedTuple):
    """What is known of a key of a record.

    Attributes:
        form: name of the definition of its values.
        term: IRI of the term that defines it, or empty.
        words: what there is to say beside that.
    """

    form: str
    term: str = ""
    words: str = ""


_TEXT: Final = {
    "sha256": Field("sha256", f"{RR}sha256"),
    "length": Field("length", f"{RR}textLength"),
    "claims": Field("count", "", "How many claims there were when the record was sealed."),
}
_CLAIM: Final = {
    "at": Field("span", f"{RR}passage"),
    "gist": Field("text", f"{RR}gist"),
    "by": Field("slugs", f"{RR}attributedTo", "The document's author by default."),
    "via": Field("slugs", f"{RR}relayedBy", "Nearest to the one who spoke first."),
    "status": Field("status", f"{RR}epistemicStatus"),
    "realis": Field("realis", f"{RR}claimedRealis"),
    "when": Field("edtf", f"{RR}saidOn"),
    "about": Field("slugs", f"{RR}about"),
    "says": Field(
        "says", f"{RR}states", "Slug -> property -> value, list of values, or mapping for a structured value."
    ),
    "disputes": Field("claim-references", f"{RR}disputes"),
    "repeats": Field("claim-reference", f"{RR}repeats"),
    "mistaken": Field("boolean", f"{RR}mistaken"),
    "note": Field("text", f"{RR}curatorNote"),
}
_DOCUMENT: Final = {
    "document": Field("document-slug", f"{DCTERMS}identifier"),
    "label": Field("text", f"{RDFS}label", "A short name of our own."),
    "text": Field("fingerprint", "", "Hash and length of the text, number of claims."),
    "claims": Field("claims", f"{RR}Claim", "Key -> claim."),
    "title": Field("text", f"{DCTERMS}title"),
    "language": Field("language", f"{DCTERMS}language"),
    "issued": Field("edtf", f"{DCTERMS}issued"),
    "issuedNote": Field("text", f"{RR}dateDerivation"),
    "publisher": Field("slug", f"{DCTERMS}publisher"),
    "author": Field("slug", "", "Who wrote the document, where its text says so; else an unnamed author speaks."),
    "note": Field("text", f"{RR}curatorNote"),
    "rights": Field("text", f"{DCTERMS}rights", "Where the settings' statement does not fit the document."),
    "events": Field("events", "", "Slug -> entry, for events that only this document speaks of."),
    "setAside": Field("set-aside", f"{RR}setAsideFor", "Span -> reason."),
    "passages": Field("passages", "", "Span -> SHA-256."),
}


def document(vocabulary: Vocabulary, language: str) -> Schema:
    """Make the schema of a document's record.

    Args:
        vocabulary: the compiled ontology.
        language: the dataset's language.
    """
    return _record(vocabulary, Document, _DOCUMENT, {"language": language})


def definitions(vocabulary: Vocabulary) -> dict[str, Schema]:
    """Make the definitions of what stands in a document's record, by name."""
    statuses = {key: each.iri for key, each in vocabulary.statuses.items()}
    return {
        "claim": _record(vocabulary, Claim, _CLAIM, {}) | _denying(vocabulary),
        "claims": mapping("claim-key", "claim"),
        "event": properties.entry(vocabulary, event_classes(vocabulary)),
        "events": mapping("slug", "event"),
        "fingerprint": _record(vocabulary, TextFingerprint, _TEXT, {}),
        "passages": mapping("span", "sha256"),
        "realis": choice(vocabulary, realis_values(vocabulary)),
        "says": mapping("slug", "facts"),
        "set-aside": mapping("span", "set-aside-reason"),
        "set-aside-reason": choice(vocabulary, set_aside_reasons(vocabulary)),
        "status": choice(vocabulary, statuses),
    }


def _record(
    vocabulary: Vocabulary, form: type[msgspec.Struct], fields: Mapping[str, Field], defaults: Mapping[str, str]
) -> Schema:
    """Make the schema of a record from its form: which keys it has, which it needs, what they are by default."""
    infos = msgspec.structs.fields(form)
    described_fields = {}
    for info in infos:
        field = fields[info.name]
        form_words = SCALARS[field.form]["description"] if field.form in SCALARS and field.form != "text" else ""
        default = defaults.get(info.name) or info.default
        described_fields[info.name] = {
            "description": described(vocabulary, field.term, f"{field.words} {form_words}".strip()),
            **({"default": default} if isinstance(default, str) and default else {}),
            **reference(field.form),
        }
    return closed(described_fields, [info.name for info in infos if info.required])


def _denying(vocabulary: Vocabulary) -> Schema:
    """Ask of a claim that denies that it says what, or whom it disputes."""
    negating = sorted(key for key, each in vocabulary.statuses.items() if each.negates)
    condition = {"properties": {"status": {"enum": negating}}, "required": ["status"]}
    return {"if": condition, "then": {"anyOf": [{"required": ["says"]}, {"required": ["disputes"]}]}}
