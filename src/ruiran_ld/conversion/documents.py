"""Documents and their claims as N-Triples text, one document at a time.

The triples of claims, passages and statements are written by templates that are filled in one step each: this is the
way that every triple of a large corpus takes. Ids and lexical forms are checked once per document where they repeat.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Final

from ruiran_ld import ntriples
from ruiran_ld.conversion.evidence import Evidence
from ruiran_ld.conversion.objects import TYPE, References, Scope, Unfit, Writer, text_of
from ruiran_ld.conversion.templates import claim_text, passage_text, speaker_text, statement_text
from ruiran_ld.edtf_bounds import bounds
from ruiran_ld.errors import Problem, nearest
from ruiran_ld.identifiers import (
    DIGEST_LENGTH,
    UNNAMED_AUTHOR_KEY,
    claim_key_problem,
    document_slug_problem,
)
from ruiran_ld.namespaces import DCTERMS, EDTF, RDFS, RR, XSD
from ruiran_ld.records import Claim, Document, Places, as_list
from ruiran_ld.vocabulary import Status

_span = re.compile(r"(0|[1-9][0-9]*)-([1-9][0-9]*)").fullmatch
_digest = re.compile(r"[0-9a-f]{64}").fullmatch
_NUMBER: Final = f"^^<{XSD}nonNegativeInteger> .\n"


@dataclass(slots=True)
class Frame:
    """What all documents share: the compiled writers, the registers' terms, the statuses.

    Attributes:
        base: the base IRI.
        writers: the properties that claims can state, by curator key.
        other_keys: the other properties, which rest on registers or are derived.
        registered: slug -> term of the register entries.
        registered_events: terms of those that are events.
        statuses: by key.
        realis: realis key -> IRI.
        precedence: realis IRI -> precedence.
        language: language of gists and notes.
    """

    base: str
    writers: Mapping[str, Writer]
    other_keys: frozenset[str]
    registered: Mapping[str, str]
    registered_events: frozenset[str]
    statuses: Mapping[str, Status]
    realis: Mapping[str, str]
    precedence: Mapping[str, int]
    language: str


@dataclass(slots=True)
class DocumentConverter:
    """Converts the claims of one document.

    Attributes:
        frame: what all documents share.
        record: the document.
        places: where its keys stand.
        events: terms of the events that the document itself declares.
        scope: what is written into.
        problems: what is wrong, with places.
        evidence: what the claims say of each event, by its term.
    """

    frame: Frame
    record: Document
    places: Places
    events: set[str]
    scope: Scope
    problems: list[Problem] = field(default_factory=list)
    evidence: dict[str, Evidence] = field(default_factory=dict)
    _term: str = ""
    _prefix: str = ""
    _author: str = ""
    _passages: dict[str, str] = field(default_factory=dict)
    _statements: dict[str, str] = field(default_factory=dict)
    _direct: set[str] = field(default_factory=set)

    def write(self) -> None:
        """Write the document and all its claims."""
        slug = self.record.document
        self._prefix = f"<{self.frame.base}id/{slug}"
        self._term = f"{self._prefix}>"
        self._describe()
        for key, claim in self.record.claims.items():
            if bad := claim_key_problem(key):
                self._problem(bad.message, bad.remedy, "claims", key)
                continue
            try:
                self._claim(f"{self._prefix}/{key}>", key, claim)
            except Unfit as unfit:
                self._problem(f"claim '{key}': {unfit.message}", unfit.remedy, "claims", key, *filter(None, [unfit.key]))
        unused = [span for span in self.record.passages if span not in self._passages]
        for span in unused:
            self._problem(f"passage {span} belongs to no claim", "run 'ruiran-ld seal'", "passages", span)

    def _problem(self, message: str, remedy: str, *path: str) -> None:
        self.problems.append(Problem(message, remedy, self.places.place(*path)))

    def _describe(self) -> None:
        """Write what is known of the document itself."""
        record, term, lines = self.record, self._term, self.scope.lines
        language = record.language or self.frame.language
        self._fingerprint()
        lines.append(
            f"{term} {TYPE} <{RR}Document> .\n"
            f"{term} <{DCTERMS}identifier> {ntriples.string(record.document)} .\n"
            f"{term} <{DCTERMS}language> {ntriples.string(language)} .\n"
        )
        texts = (
            (f"{RDFS}label", record.label, self.frame.language, "label"),
            (f"{DCTERMS}title", record.title, language, "title"),
            (f"{RR}dateDerivation", record.issuedNote, self.frame.language, "issuedNote"),
            (f"{RR}curatorNote", record.note, self.frame.language, "note"),
        )
        for predicate, text, tag, key in texts:
            if text or key == "label":
                self._guarded(key, lambda p=predicate, t=text, g=tag: self._text(term, p, t, g))
        if record.issued:
            self._guarded("issued", lambda: self._dated(term, f"{DCTERMS}issued", "issued", record.issued))
        if record.publisher:
            publisher = record.publisher
            self._guarded("publisher", lambda: self._link(term, f"{DCTERMS}publisher", publisher))
        self._guarded("author", self._name_author)

    def _guarded(self, key: str, write: Any) -> None:
        try:
            write()
        except Unfit as unfit:
            self._problem(unfit.message, unfit.remedy, key)

    def _text(self, subject: str, predicate: str, text: str, tag: str) -> None:
        self.scope.lines.append(f"{subject} <{predicate}> {ntriples.lang_string(text_of(text), tag)} .\n")

    def _link(self, subject: str, predicate: str, slug: str) -> None:
        self.scope.lines.append(f"{subject} <{predicate}> {self.scope.references[slug]} .\n")

    def _dated(self, subject: str, predicate: str, stem: str, text: str) -> None:
        """Write an EDTF value and its first and last day as ``rr:<stem>NotBefore`` and ``rr:<stem>NotAfter``."""
        try:
            first, _, _, last = bounds(text)
        except ValueError as error:
            raise Unfit(str(error), "write YYYY-MM-DD, YYYY-MM or YYYY, with ~ or ?, or start/end") from error
        lines = self.scope.lines
        lines.append(f'{subject} <{predicate}> "{text}"^^<{EDTF}> .\n')
        for name, day in (("NotBefore", first), ("NotAfter", last)):
            if day:
                lines.append(f'{subject} <{RR}{stem}{name}> "{day}"^^<{XSD}date> .\n')

    def _fingerprint(self) -> None:
        text = self.record.text
        if not _digest(text.sha256):
            self._problem(f"'{text.sha256}' is no SHA-256", "run 'ruiran-ld seal'", "text", "sha256")
        if text.length < 1:
            self._problem(f"a text of {text.length} characters", "run 'ruiran-ld seal'", "text", "length")
        self.scope.lines.append(
            f'{self._term} <{RR}sha256> "{text.sha256}" .\n{self._term} <{RR}textLength> "{text.length}"{_NUMBER}'
        )

    def _name_author(self) -> None:
        """Find the document's own voice: its author where the text names one, else an unnamed author of its own."""
        if self.record.author:
            self._author = self.scope.references[self.record.author]
            return
        self._author = f"{self._prefix}/{UNNAMED_AUTHOR_KEY}>"
        label = ntriples.lang_string(f"unnamed author of {self.record.document}", "en")
        self.scope.lines.append(
            f"{self._author} {TYPE} <{RR}UnnamedAuthor> .\n{self._author} <{RDFS}label> {label} .\n"
        )

    def _claim(self, term: str, key: str, claim: Claim) -> None:
        frame, references, lines = self.frame, self.scope.references, self.scope.lines
        status = frame.statuses.get(claim.status)
        if status is None:
            raise Unfit(f"unknown status '{claim.status}'", _nearest(claim.status, frame.statuses), "status")
        realis = status.realis
        if claim.realis:
            realis = frame.realis.get(claim.realis, "")
            if not realis:
                raise Unfit(f"unknown realis '{claim.realis}'", _nearest(claim.realis, frame.realis), "realis")
        passage = self._passages.get(claim.at) or self._passage(claim.at, key)
        gist = f'"{ntriples.escape(claim.gist)}"@{frame.language}'
        if claim.gist.isspace() or not claim.gist:
            raise Unfit("an empty gist", "say what the claim says, in your own words", "gist")
        lines.append(claim_text(term, self._term, passage, status.iri, realis, gist))
        if claim.via or claim.repeats:
            self._relay(term, key, claim)
        if not claim.repeats:
            for speaker in self._speakers(claim):
                lines.append(speaker_text(term, speaker))
        about: dict[str, None] = {}
        if claim.says:
            self._says(term, key, claim, status, frame.precedence[realis], about)
        elif status.negates and not claim.disputes:
            raise Unfit("denies nothing", "say what it denies with 'says', or whom it contradicts with 'disputes'", "status")
        if claim.about:
            try:
                for slug in as_list(claim.about):
                    about[references[slug]] = None
            except Unfit as unfit:
                self._problem(f"claim '{key}': {unfit.message}", unfit.remedy, "claims", key, "about")
        lines.extend([f"{term} <{RR}about> {each} .\n" for each in about])
        if claim.when or claim.disputes or claim.note:
            self._extras(term, key, claim)

    def _speakers(self, claim: Claim) -> list[str]:
        """Find the terms of those whose claim it is; by default the document's own voice."""
        by, references = claim.by, self.scope.references
        if not by:
            return [self._author]
        try:
            return [references[by]] if type(by) is str else [references[slug] for slug in by]
        except Unfit as unfit:
            raise Unfit(unfit.message, unfit.remedy, "by") from unfit

    def _relay(self, term: str, key: str, claim: Claim) -> None:
        """Write through whom a claim came, and which claim it repeats; its origin is then that of the other."""
        references, lines = self.scope.references, self.scope.lines
        if claim.repeats:
            lines.extend([f"{term} <{RR}attributedTo> {speaker} .\n" for speaker in self._speakers(claim)])
            lines.append(f"{term} <{RR}repeats> {self._other_claim(claim.repeats, key, 'repeats')} .\n")
        try:
            lines.extend([f"{term} <{RR}relayedBy> {references[slug]} .\n" for slug in as_list(claim.via)])
        except Unfit as unfit:
            raise Unfit(unfit.message, unfit.remedy, "via") from unfit

    def _other_claim(self, reference: str, key: str, field_: str) -> str:
        """Find the term of another claim, ``key`` or ``document/key``; that of another document is checked later."""
        document, slash, other = reference.rpartition("/")
        if document == self.record.document:
            slash = ""
        if slash:
            if document_slug_problem(document) or claim_key_problem(other):
                raise Unfit(f"'{reference}' names no claim", "write <document>/<key>", field_)
            return f"<{self.frame.base}id/{document}/{other}>"
        if other not in self.record.claims:
            raise Unfit(f"unknown claim '{other}'", _nearest(other, self.record.claims), field_)
        if other == key:
            raise Unfit("a claim that refers to itself", "name another claim", field_)
        return f"{self._prefix}/{other}>"

    def _extras(self, term: str, key: str, claim: Claim) -> None:
        for reference in as_list(claim.disputes):
            self.scope.lines.append(f"{term} <{RR}disputes> {self._other_claim(reference, key, 'disputes')} .\n")
        try:
            if claim.when:
                self._dated(term, f"{RR}saidOn", "said", claim.when)
            if claim.note:
                self._text(term, f"{RR}curatorNote", claim.note, self.frame.language)
        except Unfit as unfit:
            raise Unfit(unfit.message, unfit.remedy, "when" if claim.when else "note") from unfit

    def _passage(self, at: str, key: str) -> str:
        """Write a passage and its selector once; their IRIs follow RFC 5147, section 2."""
        match = _span(at)
        if match is None:
            raise Unfit(f"'{at}' is no span", "write start-end in characters, such as 1059-1160", "at")
        start, end = match.groups()
        length = self.record.text.length
        if not int(start) < int(end) <= length:
            raise Unfit(f"span {at} is outside the text of {length} characters or empty", "mend it", "at")
        digest = self.record.passages.get(at)
        if digest is None:
            raise Unfit(f"span {at} has no hash", "run 'ruiran-ld seal --texts DIR'", "at")
        if not _digest(digest):
            self._problem(f"'{digest}' is no SHA-256", "run 'ruiran-ld seal --texts DIR'", "passages", at)
        term = f"{self._prefix}#char={start},{end}>"
        selector = f"{self._prefix}#selector={start},{end}>"
        self.scope.lines.append(passage_text(term, self._term, selector, digest, start, end))
        self._passages[at] = term
        return term

    def _says(
        self, term: str, key: str, claim: Claim, status: Status, precedence: int, about: dict[str, None]
    ) -> None:
        """Write the statements of a claim, and their direct triples where the claim is enough for them."""
        writers, references, lines = self.frame.writers, self.scope.references, self.scope.lines
        verb = f"{term} <{RR}denies> " if status.negates else f"{term} <{RR}states> "
        for slug, facts in claim.says.items():
            try:
                subject = references[slug]
            except Unfit as unfit:
                self._problem(f"claim '{key}': {unfit.message}", unfit.remedy, "claims", key, "says", slug)
                continue
            about[subject] = None
            is_event = subject in self.events or subject in self.frame.registered_events
            direct = not status.negates and (is_event or status.establishes)
            times = self._evidence(subject, precedence) if is_event else None
            for property_key, value in facts.items():
                try:
                    writer = writers.get(property_key) or self._unknown(property_key)
                    for each in value if type(value) is list else (value,):
                        if writer.is_reference and type(each) is str:
                            object_ = references[each]
                            about[object_] = None
                        else:
                            object_ = writer.write(each, self.scope)
                            if writer.is_time and times is not None and not status.negates:
                                times.add(str(each))
                        triple = f"{subject} {writer.term} {object_}"
                        statement = self._statements.get(triple)
                        if statement is None:
                            statement = self._statement(triple, subject, writer.term, object_)
                        lines.append(f"{verb}{statement} .\n")
                        if direct and triple not in self._direct:
                            self._direct.add(triple)
                            lines.append(f"{triple} .\n")
                except Unfit as unfit:
                    path = ("claims", key, "says", slug, property_key, *filter(None, [unfit.key]))
                    self._problem(f"claim '{key}': {unfit.message}", unfit.remedy, *path)
            if self.scope.mentioned:
                about.update(dict.fromkeys(self.scope.mentioned))
                self.scope.mentioned.clear()

    def _unknown(self, key: str) -> Writer:
        if key in self.frame.other_keys:
            raise Unfit(f"'{key}' does not rest on claims", "give it in a register, or leave it out if it is derived")
        raise Unfit(f"unknown key '{key}'", _nearest(key, self.frame.writers))

    def _statement(self, triple: str, subject: str, predicate: str, object_: str) -> str:
        term = f"<{self.frame.base}statement/{sha256(triple.encode()).hexdigest()[:DIGEST_LENGTH]}>"
        self.scope.lines.append(statement_text(term, subject, predicate, object_))
        self._statements[triple] = term
        return term

    def _evidence(self, event: str, precedence: int) -> set[str]:
        evidence = self.evidence.get(event)
        if evidence is None:
            evidence = self.evidence[event] = Evidence(precedence, set())
        elif precedence < evidence.precedence:
            evidence.precedence = precedence
        return evidence.times


def _nearest(name: str, known: Iterable[str]) -> str:
    names = sorted(known)
    return nearest(name, names) or f"known: {', '.join(names[:40])}"


__all__ = ["DocumentConverter", "Frame", "References"]
