"""Documents and their claims as N-Triples text, one document at a time.

The triples of claims, passages and statements are written by templates that are filled in one step each: this is the
way that every triple of a large corpus takes. Ids and lexical forms are checked once per document where they repeat.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import filterfalse
from operator import attrgetter
from typing import Any, Final, ParamSpec

from ruiran_ld import ntriples
from ruiran_ld.conversion import rights
from ruiran_ld.conversion.evidence import Evidence
from ruiran_ld.conversion.frame import ClaimLink, Frame, Saying
from ruiran_ld.conversion.objects import TYPE, Scope, Unfit, Writer, literal, refuse_empty, unknown_claim, word_remedy
from ruiran_ld.conversion.passages import Passages, UnsealedError, is_sha256
from ruiran_ld.conversion.statements import Statements
from ruiran_ld.conversion.templates import claim_text, objects_text, speaker_text
from ruiran_ld.edtf_bounds import bounds
from ruiran_ld.errors import Problem, quoted
from ruiran_ld.identifiers import (
    UNNAMED_AUTHOR_KEY,
    claim_key_problem,
    document_slug_problem,
    is_language,
)
from ruiran_ld.ledger import Replaced
from ruiran_ld.namespaces import DCTERMS, EDTF, RDFS, RR, XSD
from ruiran_ld.records import Claim, LoadedDocument, as_list
from ruiran_ld.vocabulary import Status

_NUMBER: Final = f"^^<{XSD}nonNegativeInteger> .\n"
# What stands between the subject and the object of a triple.
_LABEL: Final = f" <{RDFS}label> "
_TITLE: Final = f" <{DCTERMS}title> "
_GIST: Final = f" <{RR}gist> "
_NOTE: Final = f" <{RR}curatorNote> "
_DERIVATION: Final = f" <{RR}dateDerivation> "
_ABOUT: Final = f" <{RR}about> "
_STATES: Final = f" <{RR}states> "
_DENIES: Final = f" <{RR}denies> "
_ISSUED: Final = (f" <{DCTERMS}issued> ", f" <{RR}issuedNotBefore> ", f" <{RR}issuedNotAfter> ")
_SAID: Final = (f" <{RR}saidOn> ", f" <{RR}saidNotBefore> ", f" <{RR}saidNotAfter> ")

_at = attrgetter("at")
P = ParamSpec("P")


class DocumentConverter:
    """Converts the claims of one document.

    Args:
        frame: what all documents share.
        loaded: the document.
        events: terms of the events that the document itself declares.
        scope: what is written into.
        problems: gets what is wrong, with places.

    Attributes:
        evidence: what the claims say of each event, by its term.
        links: references to other claims; whether those of other documents exist is for the caller to check.
        replaced: references to withdrawn claims, taken as those that replace them.
    """

    __slots__ = (
        "_author", "_passages", "_prefix", "_statements", "_term",
        "events", "evidence", "frame", "links", "places", "problems", "record", "replaced",
        "scope",
    )  # fmt: skip

    def __init__(
        self, frame: Frame, loaded: LoadedDocument, events: Collection[str], scope: Scope, problems: list[Problem]
    ) -> None:
        self.frame = frame
        self.record = loaded.record
        self.places = loaded.places
        self.events = events
        self.scope = scope
        self.problems = problems
        self.evidence: dict[str, Evidence] = {}
        self.links: list[ClaimLink] = []
        self.replaced: list[Replaced] = []
        self._prefix = f"<{frame.base}id/{self.record.document}"
        self._term = f"{self._prefix}>"
        self._author = ""
        self._passages = Passages(self._prefix, self.record, scope.lines)
        self._statements = Statements()

    def write(self) -> None:
        """Write the document and all its claims."""
        self._describe()
        for key, claim in self.record.claims.items():
            if bad := claim_key_problem(key):
                self._problem(bad.message, bad.remedy, "claims", key)
                continue
            self._claim(f"{self._prefix}/{key}>", key, claim)
        self._set_aside()
        self.scope.lines += self._statements.lines(self.frame.mint_statements)
        used = {*self.record.setAside, *map(_at, self.record.claims.values())}
        for span in filterfalse(used.__contains__, self.record.passages):
            self._problem(f"passage {quoted(span)} belongs to no claim", "run 'ruiran-ld seal'", "passages", span)

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
            f'{term} <{DCTERMS}identifier> "{record.document}" .\n'
            f"{term} <{DCTERMS}language> {ntriples.string(language)} .\n"
        )
        self._guarded("label", self._text, _LABEL, record.label, self.frame.language)
        if record.title:
            self._guarded("title", self._text, _TITLE, record.title, language)
        if record.issuedNote:
            self._guarded("issuedNote", self._text, _DERIVATION, record.issuedNote, self.frame.language)
        if record.note:
            self._guarded("note", self._text, _NOTE, record.note, self.frame.language)
        if record.issued:
            self._guarded("issued", self._dated, term, _ISSUED, record.issued)
        if record.publisher:
            self._guarded("publisher", self._name_publisher)
        self._guarded("rights", self._say_rights)
        self._guarded("author", self._name_author)

    def _guarded(self, key: str, write: Callable[P, None], *args: P.args, **kwargs: P.kwargs) -> None:
        try:
            write(*args, **kwargs)
        except Unfit as unfit:
            self._problem(unfit.message, unfit.remedy, key)

    def _text(self, start: str, text: str, tag: str) -> None:
        self.scope.worded.append(f"{self._term}{start}{literal(text)}@{tag} .\n")

    def _name_publisher(self) -> None:
        publisher = self.scope.references[self.record.publisher]
        self.scope.lines.append(f"{self._term} <{DCTERMS}publisher> {publisher} .\n")

    def _say_rights(self) -> None:
        self.scope.lines.append(rights.document_lines(self._term, self.record.rights, self.frame))

    def _dated(self, subject: str, starts: tuple[str, str, str], text: str) -> None:
        """Write an EDTF value, its first and its last day; ``starts`` is what stands between subject and object."""
        try:
            first, _, _, last = bounds(text)
        except ValueError as error:
            raise Unfit(str(error), "write YYYY-MM-DD, YYYY-MM or YYYY, with ~ or ?, or start/end") from error
        whole, not_before, not_after = starts
        lines = self.scope.lines
        lines.append(f'{subject}{whole}"{text}"^^<{EDTF}> .\n')
        if first:
            lines.append(f'{subject}{not_before}"{first}"^^<{XSD}date> .\n')
        if last:
            lines.append(f'{subject}{not_after}"{last}"^^<{XSD}date> .\n')

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
        label = f'"unnamed author of {self.record.document}"@en'
        self.scope.lines.append(f"{self._author} {TYPE} <{RR}UnnamedAuthor> .\n{self._author}{_LABEL}{label} .\n")

    def _claim(self, term: str, key: str, claim: Claim) -> None:
        frame, lines = self.frame, self.scope.lines
        status = frame.statuses.get(claim.status) or self._unknown_status(key, claim.status)
        realis = status.realis
        if claim.realis:
            realis = frame.realis.get(claim.realis) or self._unknown_realis(key, claim.realis, realis)
        passage = self._passages.terms.get(claim.at) or self._passage(claim.at, ("claims", key, "at"))
        lines.append(claim_text(term, self._term, passage, status.iri, realis))
        self._gist(term, key, claim.gist)
        by = claim.by
        speaker = self._author if not by else frame.registered.get(by) if type(by) is str else None
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
        if about:
            lines.append(objects_text(term + _ABOUT, about))
        if claim.when or claim.disputes or claim.note or claim.mistaken:
            self._extras(term, key, claim)

    def _unfit(self, key: str, field_: str, unfit: Unfit) -> None:
        """Report what is wrong with a field of a claim; the rest of the claim is looked at all the same."""
        self._problem(f"claim '{key}': {unfit.message}", unfit.remedy, "claims", key, field_)

    def _unknown_status(self, key: str, name: str) -> Status:
        statuses = self.frame.statuses
        self._unfit(
            key, "status", Unfit(f"unknown status {quoted(name)}", word_remedy(name, statuses, self.frame.lookup))
        )
        return next(iter(statuses.values()))

    def _unknown_realis(self, key: str, name: str, default: str) -> str:
        remedy = word_remedy(name, self.frame.realis, self.frame.lookup)
        self._unfit(key, "realis", Unfit(f"unknown realis {quoted(name)}", remedy))
        return default

    def _gist(self, term: str, key: str, gist: str) -> None:
        try:
            self.scope.worded.append(f"{term}{_GIST}{literal(gist)}@{self.frame.language} .\n")
        except Unfit as unfit:
            empty = not gist or gist.isspace()
            message = Unfit("an empty gist", "say what the claim says, in your own words") if empty else unfit
            self._unfit(key, "gist", message)

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
        place = self.places.place("claims", key, kind)
        is_here, lookup = document == self.record.document and other in self.record.claims, self.frame.lookup
        if not is_here and lookup and (new := lookup.successor(f"{document}/{other}")):
            self.replaced.append(Replaced(f"{document}/{other}", new, place))
            document, _, other = new.rpartition("/")
        if document == self.record.document:
            if other not in self.record.claims:
                raise unknown_claim(self.record, other, self.frame.lookup)
            if other == key:
                raise Unfit("a claim that refers to itself", "name another claim")
        self.links.append(ClaimLink(key, kind, document, other, place))
        return f"<{self.frame.base}id/{document}/{other}>"

    def _extras(self, term: str, key: str, claim: Claim) -> None:
        if claim.disputes:
            for reference in as_list(claim.disputes):
                self._link_claim(term, key, "disputes", reference)
        try:
            if claim.when:
                self._dated(term, _SAID, claim.when)
        except Unfit as unfit:
            self._unfit(key, "when", unfit)
        if claim.mistaken:
            self.scope.lines.append(f'{term} <{RR}mistaken> "true"^^<{XSD}boolean> .\n')
        try:
            if claim.note:
                self.scope.worded.append(f"{term}{_NOTE}{literal(claim.note)}@{self.frame.language} .\n")
        except Unfit as unfit:
            self._unfit(key, "note", unfit)

    def _passage(self, at: str, path: tuple[str, ...]) -> str:
        """Find the passage at a span that stands under a path of keys; a bad span is a problem."""
        if term := self._passages.terms.get(at):
            return term
        unfit = self._passages.unfit(at)
        if isinstance(unfit, UnsealedError):
            self._problem(unfit.message, unfit.remedy, "passages", at)
        else:
            where = f"claim '{path[1]}'" if path[0] == "claims" else "set aside"
            self._problem(f"{where}: {unfit.message}", unfit.remedy, *path)
        return ""

    def _set_aside(self) -> None:
        """Write the passages that no claim was read from, with the reason why."""
        for at, name in self.record.setAside.items():
            term = self._passage(at, ("setAside", at))
            reason = self.frame.set_aside_reasons.get(name)
            if reason is None:
                remedy = word_remedy(name, self.frame.set_aside_reasons, self.frame.lookup)
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
        if saying.triples:
            self._statements.stated.append((term + (_DENIES if saying.status.negates else _STATES), saying.triples))

    def _facts(self, subject: str, slug: str, facts: Mapping[str, Any], saying: Saying) -> None:
        # What the inner loop needs is looked up once: it runs for every statement of a corpus.
        frame, scope, triples = self.frame, self.scope, self._statements.triples
        writers, registered, references = frame.writers, frame.registered, scope.references
        about, said, negates = saying.about, saying.triples, saying.status.negates
        is_event = subject in self.events or subject in frame.registered_events
        times = self._evidence(subject, saying.precedence) if is_event else None
        before = len(said)
        for property_key, value in facts.items():
            try:
                writer = writers.get(property_key) or self._unknown(property_key)
                verb = writer.term
                for each in value if type(value) is list else (value,):
                    start = subject
                    if writer.is_reference and type(each) is str:
                        end = registered.get(each) or references[each]
                        about[end] = None
                        # What holds both ways is one statement, however it is put: else it would not meet itself.
                        if writer.is_symmetric and end < start:
                            start, end = end, start
                    else:
                        end = writer.write(each, scope)
                        if writer.is_time and times is not None and not negates:
                            times.add(str(each))
                    triple = f"{start} {verb} {end}"
                    triples[triple] = (start, verb, end)
                    said.append(triple)
                if not value:
                    refuse_empty(value)
            except Unfit as unfit:
                for each in self._all_unfit(property_key, value) or (unfit,):
                    path = ("claims", saying.key, "says", slug, property_key, *filter(None, [each.key]))
                    where = f", {quoted(slug)}, '{property_key}'" if property_key in writers else ""
                    self._problem(f"claim '{saying.key}'{where}: {each.message}", each.remedy, *path)
        if not negates and (is_event or saying.establishes):
            self._statements.direct += said[before:]

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
        raise Unfit(f"unknown key {quoted(key)}", word_remedy(key, self.frame.writers, self.frame.lookup))

    def _evidence(self, event: str, precedence: int) -> set[str]:
        evidence = self.evidence.get(event)
        if evidence is None:
            evidence = self.evidence[event] = Evidence(precedence, set())
        elif precedence < evidence.precedence:
            evidence.precedence = precedence
        return evidence.times
