"""Words for what stands in a graph, as Markdown (CommonMark): links with labels, values, sentences of what changed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode

from ruiran_ld.delta.changes import PropertyChange
from ruiran_ld.delta.view import CLAIM, PASSAGE, TYPE, UNNAMED, VALUE, Term, View
from ruiran_ld.namespaces import OA, RDFS, RR

_MARKUP: Final = frozenset("\\`*_[]<>&|~!")
_JOINERS: Final = frozenset("\u200c\u200d")
"""Invisible, and part of how Persian words and some emoji are written; all else that is invisible is shown as codes."""


def plain(text: str) -> str:
    """Write a text so that it is only text in Markdown, on one line, with nothing invisible in it."""
    words = " ".join(text.split())
    shown = (char if char.isprintable() or char in _JOINERS else ascii(char)[1:-1] for char in words)
    return "".join(f"\\{char}" if char in _MARKUP else char for part in shown for char in part)


def link(text: str, iri: str) -> str:
    """Write a link; ``text`` is Markdown already."""
    target = iri.replace("(", "\\(").replace(")", "\\)")
    return f"[{text}]({target})"


@dataclass(frozen=True, slots=True)
class Words:
    """Words for the things of an edition; what it does not describe is looked up in the other one.

    Attributes:
        view: the edition.
        other: the other edition.
    """

    view: View
    other: View

    def label(self, iri: str) -> str:
        """Say what a thing or term is called; the end of its IRI where it has no label."""
        found = self.view.label(iri) or self.other.label(iri)
        return plain(found or re.split("[/#]", iri.rstrip("/#"))[-1])

    def named(self, iri: str) -> str:
        """Name a thing by its label, as a link to its IRI."""
        return link(self.label(iri), iri)

    def thing(self, iri: str) -> str:
        """Name a thing with what it is: a claim by what it says, a statement by its triple, others by label, class."""
        if self.view.kind(iri) == CLAIM:
            return self.claim(iri)
        if triple := self.view.triple(iri):
            return link(self._unlinked(triple), iri)
        what = self.view.type_label(iri)
        return f"{self.named(iri)} ({plain(what)})" if what else self.named(iri)

    def claim(self, iri: str) -> str:
        """Name a claim: what it says, who says it, how it is put, where it stands."""
        view = self.view
        gist = next((quoted(each.value) for each in view.values(iri, f"{RR}gist")), "")
        who = " and ".join(map(self._speaker, view.iris(iri, f"{RR}attributedTo")))
        how = ", ".join(self.label(each) for each in view.iris(iri, f"{RR}epistemicStatus"))
        said = ", ".join(filter(None, (who, how)))
        return f"{gist} — {said} · {self.claim_link(iri)}" if said else f"{gist} {self.claim_link(iri)}"

    def _speaker(self, iri: str) -> str:
        # The label of an unnamed author names the document, which stands beside it already.
        if self.view.kind(iri) == UNNAMED:
            return link(plain(self.view.type_label(iri)), iri)
        return self.named(iri)

    def claim_link(self, iri: str) -> str:
        """Write a link to a claim by its key."""
        return link(plain(iri.rpartition("/")[2]), iri)

    def triple(self, triple: tuple[Term, Term, Term]) -> str:
        """Read a triple aloud."""
        subject, predicate, value = triple
        return f"{self.term(subject)} – {self.label(predicate.value)} – {self.term(value)}"

    def term(self, term: Term) -> str:
        """Write a value: a literal in quotation marks, a thing by its label, a structured value by what it says."""
        if isinstance(term, Literal):
            language = term.language if term.language != self.view.language else None
            return quoted(term.value) + (f" ({plain(language)})" if language else "")
        kind = self.view.kind(term.value)
        if kind == VALUE:
            return self._value(term.value)
        if kind == PASSAGE:
            return self._passage(term.value)
        if triple := self.view.triple(term.value):
            return link(self._unlinked(triple), term.value)
        return self.claim_link(term.value) if kind == CLAIM else self.named(term.value)

    def property_change(self, iri: str, change: PropertyChange, before: Words) -> Iterable[str]:
        """Say from what to what a property of a thing changed; ``before`` has the words for the old values."""
        name = self.label(change.predicate)
        if len(change.before) == len(change.after) == 1:
            yield f"{name}: from {before.term(change.before[0])} to {self.term(change.after[0])}"
            return
        if change.before:
            yield f"{name}: removed {'; '.join(map(before.term, change.before))}"
        if change.after:
            yield f"{name}: added {'; '.join(self._with_claims(iri, change.predicate, each) for each in change.after)}"

    def claims(self, triple: tuple[Term, Term, Term]) -> str:
        """Name the claims that state a triple, in brackets; nothing if none does."""
        found = self.view.claims_that_state(triple)
        return f" ({', '.join(map(self.claim_link, found))})" if found else ""

    def _with_claims(self, iri: str, predicate: str, value: Term) -> str:
        return self.term(value) + self.claims((NamedNode(iri), NamedNode(predicate), value))

    def _unlinked(self, triple: tuple[Term, Term, Term]) -> str:
        return " – ".join(
            quoted(term.value)
            if isinstance(term, Literal)
            else self._value(term.value, linked=False)
            if self.view.kind(term.value) == VALUE
            else self.label(term.value)
            for term in triple
        )

    def _value(self, iri: str, *, linked: bool = True) -> str:
        parts = [
            f"{self.label(predicate)} {quoted(each.value) if isinstance(each, Literal) else self.label(each.value)}"
            for predicate, values in self.view.facts[iri].items()
            if predicate not in (TYPE, f"{RDFS}label")
            for each in values
        ]
        name = plain(self.view.type_label(iri))
        return f"{link(name, iri) if linked else name} ({', '.join(parts)})"

    def _passage(self, iri: str) -> str:
        for selector in self.view.iris(iri, f"{OA}hasSelector"):
            start, end = (self.view.values(selector, f"{OA}{name}") for name in ("start", "end"))
            if start and end:
                return link(f"characters {plain(start[0].value)}–{plain(end[0].value)}", iri)
        return self.named(iri)


def quoted(text: str) -> str:
    """Write a text in quotation marks."""
    return f"“{plain(text)}”"
