"""Pages of claims and of statements."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Final, NamedTuple

from ruiran_ld.namespaces import DCTERMS, RDF, RR
from ruiran_ld.site import resources, times
from ruiran_ld.site.evidence import Claim, Statement, origins
from ruiran_ld.site.page import Entry, Page
from ruiran_ld.site.view import Link
from ruiran_ld.site.workshop import Workshop

_DOCUMENTS: Final = Entry("documents.html", "Documents")
_RECORDS: Final = ("IdentityLink", "IdentitySearch")


class Neighbours(NamedTuple):
    """The claims before and after a claim in its document."""

    before: Claim | None
    after: Claim | None


def pages(workshop: Workshop) -> Iterator[Page]:
    """Make a page for each claim, and for each statement and each record of identity."""
    view = workshop.view
    claims = workshop.evidence.claims(view.instances(f"{RR}Claim"))
    neighbours = _neighbours(claims)
    for claim in claims:
        yield _claim(workshop, claim, neighbours[claim.link.iri])
    for iri in view.instances(f"{RR}Statement"):
        yield _statement(workshop, iri)
    for kind in _RECORDS:
        for iri in view.instances(RR + kind):
            yield _record(workshop, iri)


def _neighbours(claims: list[Claim]) -> Mapping[str, Neighbours]:
    found = {each.link.iri: Neighbours(None, None) for each in claims}
    for one, other in pairwise(claims):
        if one.document == other.document:
            found[one.link.iri] = found[one.link.iri]._replace(after=other)
            found[other.link.iri] = found[other.link.iri]._replace(before=one)
    return found


def _claim(workshop: Workshop, claim: Claim, neighbours: Neighbours) -> Page:
    view, evidence, iri = workshop.view, workshop.evidence, claim.link.iri
    stated, denied = (
        [evidence.statement(each) for each in view.objects(iri, RR + name)] for name in ("states", "denies")
    )
    known = {entity for each in (*stated, *denied) for entity in (each.subject.iri, getattr(each.value, "iri", ""))}
    context = {
        "claim": claim,
        "stated": stated,
        "denied": denied,
        "others": [each for each in evidence.links(iri, "about") if each.iri not in known],
        "disputes": evidence.claims(view.objects(iri, f"{RR}disputes")),
        "disputed_by": evidence.claims(evidence.naming(iri, "disputes")),
        "repeats": evidence.claims(view.objects(iri, f"{RR}repeats")),
        "repeated_by": evidence.claims(evidence.naming(iri, "repeats")),
        "origins": [view.link(each) for each in origins(view, iri)],
        "said_on": [times.in_words(each.text) for each in view.texts(iri, f"{RR}saidOn")],
        "notes": view.texts(iri, f"{RR}curatorNote"),
        "digests": [view.graph.text(f"<{each}>", f"{RR}sha256") for each in view.objects(iri, f"{RR}passage")],
        "identifier": view.graph.text(f"<{claim.document.iri}>", f"{DCTERMS}identifier"),
        "neighbours": neighbours,
        "cited": workshop.cited(iri),
    }
    return Page(
        **workshop.beside(iri),
        template="claim",
        title=f"Claim {claim.link.text}: {view.title(iri)}",
        context=context,
        section=_DOCUMENTS.path,
        trail=(_DOCUMENTS, Entry(claim.document.path, claim.document.text)),
        summary=claim.gist.text,
    )


def _statement(workshop: Workshop, iri: str) -> Page:
    statement = workshop.evidence.statement(iri)
    context = {
        "statement": statement,
        "origins": _origins(workshop, statement),
        "documents": list(dict.fromkeys(each.document for each in statement.stated)),
    }
    return _triple_page(workshop, iri, "statement", context)


def _origins(workshop: Workshop, statement: Statement) -> list[Link]:
    found = dict.fromkeys(iri for each in statement.stated for iri in origins(workshop.view, each.link.iri))
    return [workshop.view.link(iri) for iri in found]


def _record(workshop: Workshop, iri: str) -> Page:
    view = workshop.view
    ends = [
        view.value(view.graph.subjects[f"<{iri}>"][f"<{RDF}{end}>"][0]) for end in ("subject", "predicate", "object")
    ]
    more = resources.facts(view, iri, [RDF + end for end in ("subject", "predicate", "object")])
    return _triple_page(workshop, iri, "record", {"ends": ends, "facts": more})


def _triple_page(workshop: Workshop, iri: str, template: str, context: Mapping[str, object]) -> Page:
    view = workshop.view
    subject = view.link(view.objects(iri, f"{RDF}subject")[0])
    return Page(
        **workshop.beside(iri),
        template=template,
        title=view.title(iri),
        context=context,
        trail=(Entry(subject.path, subject.text),),
        summary=f"Who states or denies: {view.name(iri).text}",
    )
