"""The page for people: counts first, then what touches what they may have used already, then what is new."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from ruiran_ld.delta.changes import HASH, Changes, Group, PropertyChange, compare
from ruiran_ld.delta.edition import Edition, added, removed
from ruiran_ld.delta.view import CLAIM, COUNTED, LISTED, View
from ruiran_ld.delta.words import Words, plain
from ruiran_ld.namespaces import DCTERMS, RR

_GROUPS: Final = tuple(Group)
_ORDER: Final = (*LISTED, "", *COUNTED)
_MEANING: Final = {
    Group.RETRACTED: "No longer held. Each IRI stays, with the reason and, where there is one, the IRI to use instead.",
    Group.CORRECTED: "Claims whose wording, passage or statements were wrong before.",
    Group.STATUS: "What became surer or less sure, and what claims now establish or no longer do.",
    Group.CHANGED: "Whatever else is said differently of things that were there before.",
    Group.ADDED: "New things, and new claims by document.",
}
_INVALIDATED: Final = "http://www.w3.org/ns/prov#invalidatedAtTime"


def write_markdown(old: Edition, new: Edition, language: str) -> Iterator[str]:
    """Write what changed between two editions, in pieces.

    Args:
        old: the earlier edition.
        new: the later edition.
        language: the language of labels that is taken first.

    Raises:
        DataError: if an ontology is not Turtle.
    """
    before, after = View.of(old, language), View.of(new, language)
    page = _Page(Words(before, after), Words(after, before), compare(before, after))
    yield f"# {plain(after.title() or before.title())}: from {plain(old.name)} to {plain(new.name)}\n\n"
    yield from page.counts()
    yield f"\n{len(added(old, new)):,} triples are new and {len(removed(old, new)):,} are gone.\n"
    for group, lines in page.sections():
        yield f"\n## {group}\n\n{_MEANING[group]}\n"
        yield from lines if lines[0].startswith("\n") else ("\n", *lines)


@dataclass(frozen=True, slots=True)
class _Page:
    old: Words
    new: Words
    changes: Changes

    def sections(self) -> Iterator[tuple[Group, list[str]]]:
        writers: dict[Group, Callable[[], Iterable[str]]] = {
            Group.RETRACTED: self._retracted,
            Group.CORRECTED: lambda: self._changes(Group.CORRECTED),
            Group.STATUS: self._status,
            Group.CHANGED: lambda: self._changes(Group.CHANGED),
            Group.ADDED: self._added,
        }
        for group in _GROUPS:
            if lines := list(writers[group]()):
                yield group, lines

    def counts(self) -> Iterator[str]:
        columns = [self._count(group) for group in _GROUPS]
        kinds = [kind for kind in _ORDER if any(column[kind] for column in columns)]
        if not kinds and not self.changes.established:
            yield "Nothing changed.\n"
            return
        yield f"| | {' | '.join(_GROUPS)} |\n|---|{'---:|' * len(_GROUPS)}\n"
        for kind in kinds:
            numbers = (f"{column[kind]:,}" if column[kind] else "–" for column in columns)
            yield f"| {self._kind_name(kind)} | {' | '.join(numbers)} |\n"

    def _count(self, group: Group) -> Counter[str]:
        listed = {
            Group.RETRACTED: (*self.changes.retracted, *self.changes.vanished),
            Group.ADDED: tuple(self.changes.added),
        }.get(group, tuple(self.changes.changed[group]))
        return Counter(map(self._kind, listed)) + self.changes.counted[group]

    def _kind(self, iri: str) -> str:
        before, after = self.old.view.kind(iri), self.new.view.kind(iri)
        return next((kind for kind in (after, before) if kind in _ORDER and kind), "")

    def _retracted(self) -> Iterator[str]:
        view = self.new.view
        for iri in self._in_order(self.changes.retracted):
            reasons = " ".join(plain(each.value) for each in view.values(iri, f"{RR}deprecationReason"))
            days = ", ".join(plain(each.value[:10]) for each in view.values(iri, _INVALIDATED))
            others = " or ".join(self.new.thing(each) for each in view.iris(iri, f"{DCTERMS}isReplacedBy"))
            yield f"- {self.old.thing(iri)}\n"
            yield f"  - withdrawn{f' on {days}' if days else ''}: {reasons or 'no reason is given'}\n"
            if others:
                yield f"  - use instead: {others}\n"
        for iri in self._in_order(self.changes.vanished):
            yield f"- {self.old.thing(iri)}\n  - no longer described, and without a tombstone\n"

    def _status(self) -> Iterator[str]:
        for each in self.changes.established:
            words = self.new if each.now else self.old
            standing = "now established by claims" if each.now else "no longer established by any claim"
            yield f"- {standing}: {words.triple(each.triple)}{words.claims(each.triple)}\n"
        yield from self._changes(Group.STATUS)

    def _changes(self, group: Group) -> Iterator[str]:
        things = self.changes.changed[group]
        for heading, iris in self._sections(things, self._kind_heading):
            yield heading
            for iri in iris:
                yield f"- {self.new.thing(iri)}\n"
                for change in things[iri]:
                    yield from (f"  - {sentence}\n" for sentence in self._sentences(iri, change))

    def _sentences(self, iri: str, change: PropertyChange) -> Iterable[str]:
        if change.predicate == HASH:
            return ("its passage has another hash: what stands there is not the same text",)
        return self.new.property_change(iri, change, self.old)

    def _added(self) -> Iterator[str]:
        for heading, iris in self._sections(self.changes.added, self._type_heading):
            yield heading
            yield from (f"- {self._new_thing(iri)}\n" for iri in iris)

    def _new_thing(self, iri: str) -> str:
        if self._kind(iri) == CLAIM:
            return self.new.claim(iri)
        standing = ", ".join(self.new.label(each) for each in self.new.view.iris(iri, f"{RR}realis"))
        return self.new.named(iri) + (f": {standing}" if standing else "")

    def _sections(self, iris: Iterable[str], heading: Callable[[str], str]) -> Iterator[tuple[str, list[str]]]:
        """Put things under headings, those of claims, which are many, last."""
        found: dict[tuple[bool, int, str], list[str]] = defaultdict(list)
        for iri in self._in_order(iris):
            kind = self._kind(iri)
            title = self._claim_heading(iri) if kind == CLAIM else heading(iri)
            found[kind == CLAIM, _ORDER.index(kind), title].append(iri)
        for (*_, title), things in sorted(found.items()):
            yield f"\n### {title} ({len(things):,})\n\n", things

    def _claim_heading(self, iri: str) -> str:
        documents = " ".join(map(self.new.named, self.new.view.iris(iri, f"{RR}document")))
        return f"{self.new.label(CLAIM)}: {documents}"

    def _kind_heading(self, iri: str) -> str:
        return self._kind_name(self._kind(iri))

    def _kind_name(self, kind: str) -> str:
        return self.new.label(kind) if kind else "other"

    def _type_heading(self, iri: str) -> str:
        return plain(self.new.view.type_label(iri)) or "other"

    def _in_order(self, iris: Iterable[str]) -> list[str]:
        return sorted(iris, key=lambda iri: (_ORDER.index(self._kind(iri)), iri))
