"""Documents and their claims as N-Triples text, one document at a time.

The triples of claims, passages and statements are written by templates that are filled in one step each: this is the
way that every triple of a large corpus takes. Ids and lexical forms are checked once per document where they repeat.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

from ruiran_ld import ntriples
from ruiran_ld.conversion.evidence import Evidence
from ruiran_ld.conversion.frame import ClaimLink, Frame, Saying
from ruiran_ld.conversion.objects import TYPE, Scope, Unfit, Writer, text_of
from ruiran_ld.conversion.passages import Passages, UnsealedError, is_sha256
from ruiran_ld.conversion.templates import (
    claim_text,
    objects_text,
    speaker_text,
    statement_text,
    triples_text,
)
from ruiran_ld.edtf_bounds import bounds
from ruiran_ld.errors import Problem, nearest, quoted
from ruiran_ld.identifiers import (
    UNNAMED_AUTHOR_KEY,
    claim_key_problem,
    document_slug_problem,
    is_language,
)
from ruiran_ld.namespaces import DCTERMS, EDTF, RDFS, RR, XSD
from ruiran_ld.records import Claim, Document, Places, as_list
from ruiran_ld.vocabulary import Status

_NUMBER: Final = f"^^<{XSD}nonNegativeInteger> .\n"
_NOTE: Final = f"{RR}curatorNote"
_DERIVATION: Final = f"{RR}dateDerivation"


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
        links: references to other claims; whether those of other documents exist is for the caller to check.
    """

    frame: Frame
    record: Document
    places: Places
    events: set[str]
    scope: Scope
    problems: list[Problem] = field(default_factory=list)
    evidence: dict[str, Evidence] = field(default_factory=dict)
    links: list[ClaimLink] = field(default_factory=list)
    _term: str = ""
    _prefix: str = ""
    _author: str = ""
    _passages: Passages = field(init=False)
    _statements: dict[str, str] = field(default_factory=dict)
    _direct: dict[str, None] = field(default_factory=dict)

    def write(self) -> None:
        """Write the document and all its claims."""
        slug = self.record.document
        self._prefix = f"<{self.frame.base}id/{slug}"
        self._term = f"{self._prefix}>"
        self._passages = Passages(self._prefix, self.record, self.scope.lines)
        self._describe()
        for key, claim in self.record.claims.items():
            if bad := claim_key_problem(key):
                self._problem(bad.message, bad.remedy, "claims", key)
                continue
            self._claim(f"{self._prefix}/{key}>", key, claim)
        self._set_aside()
        self.scope.lines.append(triples_text(self._direct))
        if len(self._passages.terms) != len(self.record.passages):
            used = {*self.record.setAside, *(claim.at for claim in self.record.claims.values())}
            for span in self.record.passages:
                if span not in used:
                    self._problem(
                        f"passage {quoted(span)} belongs to no claim", "run 'ruiran-ld seal'", "passages", span
                    )

    def _problem(self, message: str, remedy: str, *path: str) -> None:
        self.problems.append(Problem(message, remedy, self.places.place(*path)))

    def _describe(self) -> None:
        """Write what is known of the document itself."""
        record, term, lines = self.record, self._term, self.scope.lines
        language = record.language or self.frame.language
        if not is_language(language):
            message = f"{quoted(language)} is no language tag"
            self._problem(message, "write one of BCP 47, such as en, ru, fa", "language")
        self._fingerprint()
        lines.append(
            f"{term} {TYPE} <{RR}Document> .\n"
            f"{term} <{DCTERMS}identifier> {ntriples.string(record.document)} .\n"
            f"{term} <{DCTERMS}language> {ntriples.string(language)} .\n"
        )
        self._guarded("label", lambda: self._text(term, f"{RDFS}label", record.label, self.frame.language))
        if record.title:
            self._guarded("title", lambda: self._text(term, f"{DCTERMS}title", record.title, language))
        for predicate, text, key in ((_DERIVATION, record.issuedNote, "issuedNote"), (_NOTE, record.note, "note")):
            if text:
                self._guarded(key, partial(self._text, term, predicate, text, self.frame.language))
        if record.issued:
            self._guarded("issued", lambda: self._dated(term, f"{DCTERMS}issued", "issued", record.issued))
        if record.publisher:
            self._guarded("publisher", lambda: self._link(term, f"{DCTERMS}publisher", record.publisher))
        self._guarded("author", self._name_author)

    def _guarded(self, key: str, write: Callable[[], None]) -> None:
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
        if not is_sha256(text.sha256):
            self._problem(f"{quoted(text.sha256)} is no SHA-256", "run 'ruiran-ld seal'", "text", "sha256")
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
        frame, lines = self.frame, self.scope.lines
        status = frame.statuses.get(claim.status) or self._unknown_status(key, claim.status)
        realis = status.realis
        if claim.realis:
            realis = frame.realis.get(claim.realis) or self._unknown_realis(key, claim.realis, realis)
        passage = self._passages.terms.get(claim.at) or self._passage(claim.at, ("claims", key, "at"))
        gist = claim.gist
        if not gist.isprintable() or gist.isspace() or not gist:
            self._unusual_gist(key, gist)
        gist = f'"{ntriples.escape(gist)}"@{frame.language}'
        lines.append(claim_text(term, self._term, passage, status.iri, realis, gist))
        by = claim.by
        speaker = self._author if not by else self.frame.registered.get(by) if type(by) is str else None
        speakers = (speaker,) if speaker else self._terms(by, key, "by")
        if claim.via or claim.repeats:
            self._relay(term, key, claim, speakers)
        if not claim.repeats:
            for speaker in speakers:
                lines.append(speaker_text(term, speaker))
        about: dict[str, None] = {}
        if claim.says:
            establishes = status.establishes and not claim.mistaken
            self._says(term, claim.says, Saying(key, status, establishes, frame.precedence[realis], about))
        elif status.negates and not claim.disputes:
            remedy = "say what it denies with 'says', or whom it contradicts with 'disputes'"
            self._unfit(key, "status", Unfit("denies nothing", remedy))
        if claim.about:
            about.update(dict.fromkeys(self._terms(claim.about, key, "about")))
        lines.append(objects_text(f"{term} <{RR}about> ", about))
        if claim.when or claim.disputes or claim.note or claim.mistaken:
            self._extras(term, key, claim)

    def _unfit(self, key: str, field_: str, unfit: Unfit) -> None:
        """Report what is wrong with a field of a claim; the rest of the claim is looked at all the same."""
        self._problem(f"claim '{key}': {unfit.message}", unfit.remedy, "claims", key, field_)

    def _unknown_status(self, key: str, name: str) -> Status:
        statuses = self.frame.statuses
        self._unfit(key, "status", Unfit(f"unknown status {quoted(name)}", _nearest(name, statuses)))
        return next(iter(statuses.values()))

    def _unknown_realis(self, key: str, name: str, default: str) -> str:
        self._unfit(key, "realis", Unfit(f"unknown realis {quoted(name)}", _nearest(name, self.frame.realis)))
        return default

    def _unusual_gist(self, key: str, gist: str) -> None:
        """Look at a gist that is empty or has characters that are not printed, of which some are fine."""
        if not gist or gist.isspace():
            self._unfit(key, "gist", Unfit("an empty gist", "say what the claim says, in your own words"))
            return
        try:
            text_of(gist)
        except Unfit as unfit:
            self._unfit(key, "gist", unfit)

    def _terms(self, slugs: str | list[str], key: str, field_: str) -> Sequence[str]:
        """Find the terms of entities that a field of a claim names; an unknown one is a problem."""
        references = self.scope.references
        try:
            return (references[slugs],) if type(slugs) is str else [references[slug] for slug in dict.fromkeys(slugs)]
        except Unfit as unfit:
            if isinstance(slugs, str):
                self._unfit(key, field_, unfit)
                return ()
            return [term for slug in slugs for term in self._terms(slug, key, field_)]

    def _relay(self, term: str, key: str, claim: Claim, speakers: Sequence[str]) -> None:
        """Write through whom a claim came, and which claim it repeats; its origin is then that of the other."""
        lines = self.scope.lines
        if claim.repeats:
            lines.extend([f"{term} <{RR}attributedTo> {speaker} .\n" for speaker in speakers])
            self._link_claim(term, key, "repeats", claim.repeats)
        if claim.via:
            lines.extend([f"{term} <{RR}relayedBy> {each} .\n" for each in self._terms(claim.via, key, "via")])

    def _link_claim(self, term: str, key: str, kind: str, reference: str) -> None:
        """Write a reference to another claim, 'repeats' or 'disputes', which is its key and its property's name."""
        try:
            self.scope.lines.append(f"{term} <{RR}{kind}> {self._other_claim(reference, key, kind)} .\n")
        except Unfit as unfit:
            self._unfit(key, kind, unfit)

    def _other_claim(self, reference: str, key: str, kind: str) -> str:
        """Find the term of another claim, written ``key`` or ``document/key``; ``kind`` is the key of the reference."""
        document, _, other = reference.rpartition("/")
        document = document or self.record.document
        if document_slug_problem(document) or claim_key_problem(other):
            raise Unfit(f"{quoted(reference)} names no claim", "write a key, or <document>/<key>")
        if document == self.record.document:
            if other not in self.record.claims:
                raise Unfit(f"unknown claim {quoted(other)}", _nearest(other, self.record.claims))
            if other == key:
                raise Unfit("a claim that refers to itself", "name another claim")
        place = self.places.place("claims", key, kind)
        self.links.append(ClaimLink(key, kind, document, other, place))
        return f"<{self.frame.base}id/{document}/{other}>"

    def _extras(self, term: str, key: str, claim: Claim) -> None:
        for reference in as_list(claim.disputes):
            self._link_claim(term, key, "disputes", reference)
        try:
            if claim.when:
                self._dated(term, f"{RR}saidOn", "said", claim.when)
        except Unfit as unfit:
            self._unfit(key, "when", unfit)
        if claim.mistaken:
            self.scope.lines.append(f'{term} <{RR}mistaken> "true"^^<{XSD}boolean> .\n')
        try:
            if claim.note:
                self._text(term, _NOTE, claim.note, self.frame.language)
        except Unfit as unfit:
            self._unfit(key, "note", unfit)

    def _passage(self, at: str, path: tuple[str, ...]) -> str:
        """Write the passage at a span that stands under a path of keys; a bad span is a problem."""
        try:
            return self._passages.write(at)
        except UnsealedError as unsealed:
            self._problem(unsealed.message, unsealed.remedy, "passages", at)
        except Unfit as unfit:
            where = f"claim '{path[1]}'" if path[0] == "claims" else "set aside"
            self._problem(f"{where}: {unfit.message}", unfit.remedy, *path)
        return ""

    def _set_aside(self) -> None:
        """Write the passages that no claim was read from, with the reason why."""
        for at, name in self.record.setAside.items():
            term = self._passage(at, ("setAside", at))
            reason = self.frame.set_aside_reasons.get(name)
            if reason is None:
                remedy = _nearest(name, self.frame.set_aside_reasons)
                self._problem(f"set aside: unknown reason {quoted(name)}", remedy, "setAside", at)
            elif term:
                self.scope.lines.append(f"{term} <{RR}setAsideFor> <{reason}> .\n")

    def _says(self, term: str, says: Mapping[str, Mapping[str, Any]], saying: Saying) -> None:
        """Write the statements of a claim, and their direct triples where the claim is enough for them."""
        references, scope = self.scope.references, self.scope
        for slug, facts in says.items():
            try:
                subject = references[slug]
            except Unfit as unfit:
                self._problem(
                    f"claim '{saying.key}': {unfit.message}", unfit.remedy, "claims", saying.key, "says", slug
                )
                continue
            if not facts:
                message = f"claim '{saying.key}': says nothing of '{slug}'"
                self._problem(message, "give a property, or move it to 'about'", "claims", saying.key, "says", slug)
            saying.about[subject] = None
            self._facts(subject, slug, facts, saying)
            if scope.mentioned:
                saying.about.update(dict.fromkeys(scope.mentioned))
                scope.mentioned.clear()
        verb = f"{term} <{RR}denies> " if saying.status.negates else f"{term} <{RR}states> "
        scope.lines.append(objects_text(verb, saying.statements))

    def _facts(self, subject: str, slug: str, facts: Mapping[str, Any], saying: Saying) -> None:
        writers, registered, scope, lines = self.frame.writers, self.frame.registered, self.scope, self.scope.lines
        status, statements = saying.status, self._statements
        is_event = subject in self.events or subject in self.frame.registered_events
        direct = not status.negates and (is_event or saying.establishes)
        times = self._evidence(subject, saying.precedence) if is_event else None
        for property_key, value in facts.items():
            try:
                writer = writers.get(property_key) or self._unknown(property_key)
                for each in value if type(value) is list else (value,):
                    if writer.is_reference and type(each) is str:
                        object_ = registered.get(each) or scope.references[each]
                        saying.about[object_] = None
                    else:
                        object_ = writer.write(each, scope)
                        if writer.is_time and times is not None and not status.negates:
                            times.add(str(each))
                    # What holds both ways is one statement, whichever way it is put: else it would not meet itself.
                    turned = writer.is_symmetric and object_ < subject
                    start, end = (object_, subject) if turned else (subject, object_)
                    triple = f"{start} {writer.term} {end}"
                    statement = statements.get(triple)
                    if statement is None:
                        statement = statements[triple] = self.frame.mint_statement(triple)
                        lines.append(statement_text(statement, start, writer.term, end))
                    saying.statements.append(statement)
                    if direct:
                        self._direct[triple] = None
                if not value:
                    _refuse_empty(value)
            except Unfit as unfit:
                for each in self._all_unfit(property_key, value) or (unfit,):
                    path = ("claims", saying.key, "says", slug, property_key, *filter(None, [each.key]))
                    where = f", {quoted(slug)}, '{property_key}'" if property_key in writers else ""
                    self._problem(f"claim '{saying.key}'{where}: {each.message}", each.remedy, *path)

    def _all_unfit(self, property_key: str, value: Any) -> list[Unfit]:
        """Find all values of a list that do not fit, of which the first has ended the writing."""
        writer = self.frame.writers.get(property_key)
        found: list[Unfit] = []
        if writer is None or not isinstance(value, list):
            return found
        for each in value:
            try:
                writer.write(each, self.scope)
            except Unfit as unfit:
                found.append(unfit)
        return found

    def _unknown(self, key: str) -> Writer:
        if key in self.frame.other_keys:
            raise Unfit(f"'{key}' does not rest on claims", "give it in a register, or leave it out if it is derived")
        raise Unfit(f"unknown key {quoted(key)}", _nearest(key, self.frame.writers))

    def _evidence(self, event: str, precedence: int) -> set[str]:
        evidence = self.evidence.get(event)
        if evidence is None:
            evidence = self.evidence[event] = Evidence(precedence, set())
        elif precedence < evidence.precedence:
            evidence.precedence = precedence
        return evidence.times


def _refuse_empty(value: Any) -> None:
    if value == []:
        raise Unfit("an empty list", "write a value or remove the key")


def _nearest(name: str, known: Iterable[str]) -> str:
    names = sorted(known)
    return nearest(name, names) or f"known: {', '.join(names[:40])}"
