"""Makes the item of a citation, in the form of CSL-JSON (Citation Style Language 1.0.2, appendix IV and input schema).

An item is of CSL's type ``dataset``: title, authors, publisher, version, date of issue and the permanent IRI as
``URL``, with no date of access, for what stands there does not change within a version. CSL has no variable for a
licence, nor for what a claim rests on: both are in ``note``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from textwrap import shorten
from typing import Final, TypedDict, cast

from ruiran_ld.citation.published import NAMES, Published
from ruiran_ld.errors import Problem, UsageError, quoted
from ruiran_ld.namespaces import DCTERMS, OA, OWL, RDFS, RR, SKOS

_DCAT: Final = "http://www.w3.org/ns/dcat#"
_MAX_TITLE: Final = 140
_is_date = re.compile(r"\d{4}(?:-\d{2}){0,2}").fullmatch
_PARTS: Final = {f"{RR}{name}" for name in ("Passage", "Statement", "Value", "IdentityLink", "IdentitySearch")} | {
    f"{OA}TextPositionSelector"
}
"""Classes of what is no work of its own: one cites the claim that leads to it."""

Date = TypedDict("Date", {"date-parts": list[list[int]], "literal": str}, total=False)


class Name(TypedDict):
    """The name of a body, which has no surname."""

    literal: str


Item = TypedDict(
    "Item",
    {
        "id": str,
        "type": str,
        "title": str,
        "author": list[Name],
        "container-title": str,
        "genre": str,
        "publisher": str,
        "version": str,
        "issued": Date,
        "URL": str,
        "language": str,
        "abstract": str,
        "note": str,
    },
    total=False,
)
"""An item of CSL-JSON, with the variables that our citations have."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation, and what the person who asked for it has to be told."""

    item: Item
    warnings: tuple[Problem, ...] = ()


def cite(published: Published, name: str = "") -> Citation:
    """Make the citation of what a person names.

    Args:
        published: the published dataset.
        name: a slug, ``document/claim``, a prefixed name or an IRI; empty for the dataset.

    Raises:
        UsageError: if nothing is called so, if nothing replaces what was withdrawn, or if it is no work of its own.
    """
    asked = published.find(name) if name else published.dataset
    iri, warnings = _replacement(published, asked)
    _require_citable(published, iri)
    work = _work(published, iri)
    item: Item = {"id": _key(published, iri), "type": "dataset", "URL": iri}
    if f"{RR}Claim" in published.types(iri):
        _describe_claim(published, iri, item)
    else:
        item["title"], item["language"] = published.worded(iri, f"{DCTERMS}title", *NAMES)
        item["genre"] = _genre(published, iri)
    if iri != work:
        item["container-title"] = published.label(work)
    _describe_work(published, work, item)
    licences = [f"Licence: {each}" for each in published.values(work, f"{DCTERMS}license")]
    item["note"] = " ".join([*_sentences(published, iri), *licences])
    return Citation(_tidied(item), warnings)


def _replacement(published: Published, asked: str) -> tuple[str, tuple[Problem, ...]]:
    """Follow the tombstones from what was asked for to what stands in its place."""
    iri, seen, warnings = asked, {asked}, []
    while "true" in published.values(iri, f"{OWL}deprecated"):
        reason = published.text(iri, f"{RR}deprecationReason")
        told = f"{iri} was withdrawn" + (f" ({reason})" if reason else "")
        following = published.value(iri, f"{DCTERMS}isReplacedBy")
        if not following or following in seen or not published.describes(following):
            raise UsageError(Problem(f"{told} and nothing replaces it", "cite it from a release that still has it"))
        warnings.append(Problem(told, f"cited instead: {following}"))
        seen.add(following)
        iri = following
    return iri, tuple(warnings)


def _require_citable(published: Published, iri: str) -> None:
    """Refuse what is no work of its own, or not ours.

    Raises:
        UsageError: naming the claims to cite instead, where there are any.
    """
    if published.types(iri) & _PARTS:
        claims = [c for each in ("passage", "states", "denies") for c in published.subjects(RR + each, iri)]
        names = [each.removeprefix(f"{published.base}id/") for each in claims[:3]]
        remedy = f"cite a claim that leads to it, such as {' or '.join(names)}" if names else "cite what it is about"
        raise UsageError(Problem(f"{iri} is a part of the evidence, no work of its own", remedy))
    if not _work(published, iri):
        raise UsageError(Problem(f"{quoted(iri)} is another publisher's", "cite it as its publisher asks"))


def _work(published: Published, iri: str) -> str:
    """Find the work that a thing is published in: the ontology that defines a term, else the dataset."""
    home = published.value(iri, f"{RDFS}isDefinedBy")
    if f"{OWL}Ontology" in published.types(iri):
        return iri
    if home:
        return home if f"{OWL}Ontology" in published.types(home) else ""
    return published.dataset if iri.startswith(published.base) else ""


def _describe_work(published: Published, work: str, item: Item) -> None:
    item["author"] = [{"literal": each} for each in published.names(work, f"{DCTERMS}creator")]
    item["publisher"] = ", ".join(published.names(work, f"{DCTERMS}publisher"))
    item["version"] = published.value(work, f"{_DCAT}version", f"{OWL}versionInfo")
    issued = published.value(work, f"{DCTERMS}issued")
    if _is_date(issued):
        item["issued"] = {"date-parts": [[int(part) for part in issued.split("-")]]}
    elif issued:
        item["issued"] = {"literal": issued}


def _describe_claim(published: Published, iri: str, item: Item) -> None:
    """Give a claim its gist for a title, marked as a claim: nobody shall take it for what the dataset says."""
    gist, item["language"] = published.worded(iri, f"{RR}gist")
    kind = published.label(f"{RR}Claim")
    title = shorten(gist, _MAX_TITLE, placeholder=" …")
    item["title"] = f"{kind[:1].upper()}{kind[1:]}: {title.removesuffix('.')}"
    item["genre"] = kind
    if title.endswith("…"):
        item["abstract"] = gist


def _genre(published: Published, iri: str) -> str:
    """Name the most specific classes of a thing; nothing for the dataset, which is what an item without a genre is."""
    types = published.types(iri) - {f"{RR}OccurredEvent"}
    if f"{OWL}Ontology" in types:
        return "ontology"
    if published.value(iri, f"{RDFS}isDefinedBy") and f"{SKOS}Concept" not in types:
        return "term"
    wider = {each for type_ in types for each in published.values(type_, f"{RDFS}subClassOf") if each != type_}
    return ", ".join(sorted(label for each in types - wider if (label := published.label(each)) != each))


def _sentences(published: Published, iri: str) -> list[str]:
    """Say what a claim rests on, what standing an event has, or what text a document's record is of."""
    types = published.types(iri)
    if f"{RR}Claim" in types:
        return _evidence(published, iri)
    if f"{RR}Document" in types:
        return [f"Record of {_text_of(published, iri)}; the text itself is not part of the dataset."]
    realis = published.names(iri, f"{RR}realis")
    return [f"Standing of the event by the claims on it: {', '.join(realis)}."] if realis else []


def _evidence(published: Published, claim: str) -> list[str]:
    selectors = [
        selector
        for passage in published.values(claim, f"{RR}passage")
        for selector in published.values(passage, f"{OA}hasSelector")
    ]
    spans = [f"{published.value(each, f'{OA}start')}-{published.value(each, f'{OA}end')}" for each in selectors]
    documents = [_text_of(published, each) for each in published.values(claim, f"{RR}document")]
    speakers = ", ".join(published.names(claim, f"{RR}attributedTo"))
    relayers = ", ".join(published.names(claim, f"{RR}relayedBy"))
    return [
        f"Rests on characters {', '.join(spans)} of {', '.join(documents)}.",
        f"Attributed to {speakers}{f', relayed by {relayers}' if relayers else ''}.",
        f"Epistemic status: {', '.join(published.names(claim, f'{RR}epistemicStatus'))}.",
    ]


def _text_of(published: Published, document: str) -> str:
    """Name a document by its identifier, with its title or label, publisher and date as far as they are known."""
    identifier = published.value(document, f"{DCTERMS}identifier") or document
    title = published.text(document, f"{DCTERMS}title")
    known = [
        f"“{title}”" if title else published.label(document),
        *published.names(document, f"{DCTERMS}publisher"),
        *(f"issued {each}" for each in published.values(document, f"{DCTERMS}issued")),
    ]
    return f"the document {identifier} ({', '.join(known)})"


def _key(published: Published, iri: str) -> str:
    """Make the key of a citation, from letters that BibTeX and RIS let stand in one."""
    if iri == published.dataset:
        return published.name
    local = iri.removeprefix(published.base).removeprefix("id/")
    return f"{published.name}:{re.sub(r'[^A-Za-z0-9._-]+', ':', local)}".rstrip(":")


def _tidied(item: Item) -> Item:
    """Leave out what is empty, and put every text on one line."""
    tidy = {key: " ".join(value.split()) if isinstance(value, str) else value for key, value in item.items() if value}
    return cast("Item", tidy)
