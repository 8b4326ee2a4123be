"""The order in which a person reads the data: sections by kind, derived from the ontology and the core notions.

First the description of the dataset, then documents, entities by class, events by class, authority records, identity
links and searches, the claims and the passages of each document in the order of the text, statements, values,
tombstones, and the rest by class. Headings are the labels of classes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from ruiran_ld.namespaces import DCAT, OA, OWL, RDF, RDFS, RR
from ruiran_ld.serialization.graph import Graph
from ruiran_ld.serialization.prefixes import VOID, Prefixes
from ruiran_ld.vocabulary import Vocabulary

# Of several that a class descends from, the last one counts: an event is an entity too.
_GROUPS: Final = tuple(
    RR + name
    for name in (
        "Document",
        "Agent",
        "Entity",
        "UnnamedAuthor",
        "Event",
        "AuthorityRecord",
        "IdentityLink",
        "IdentitySearch",
        "Claim",
        "Passage",
        "Statement",
        "Value",
        "Tombstone",
    )
)
_CLAIM: Final = f"{RR}Claim"
_PASSAGE: Final = f"{RR}Passage"
_SELECTOR: Final = f"{OA}TextPositionSelector"
_DESCRIPTION: Final = "description"
_OTHER: Final = "other"
_RANK: Final = {group: rank for rank, group in enumerate((_DESCRIPTION, *_GROUPS, _OTHER))}
# What these say of a thing is no kind of it; the other class that it has is.
_CHARACTERISTICS: Final = frozenset(
    {f"{RR}OccurredEvent"}
    | {f"{OWL}{name}Property" for name in ("Functional", "InverseFunctional", "Transitive", "Symmetric", "Asymmetric")}
    | {f"{OWL}{name}Property" for name in ("Reflexive", "Irreflexive")}
)


@dataclass(frozen=True, slots=True)
class Section:
    """Subjects that stand together.

    Attributes:
        title: a heading in one line.
        subjects: subject terms in their order.
        document: IRI of the document that the section belongs to, or empty.
    """

    title: str
    subjects: tuple[str, ...]
    document: str = ""


class _Kind(NamedTuple):
    """Where a class belongs: its group, and the labels from the group down to the class."""

    group: str
    path: tuple[str, ...]


def documents(graph: Graph, vocabulary: Vocabulary) -> list[str]:
    """List the IRIs of the documents of a graph, sorted."""
    kinds = _Kinds(vocabulary, Prefixes(()))
    return [subject[1:-1] for subject in graph.subjects if kinds.of(graph, subject).group == f"{RR}Document"]


def sections(graph: Graph, vocabulary: Vocabulary, prefixes: Prefixes) -> list[Section]:
    """Put the subjects of a graph into sections; each subject stands in exactly one.

    Args:
        graph: the data.
        vocabulary: gives labels and super-classes.
        prefixes: names classes without a label.
    """
    kinds = _Kinds(vocabulary, prefixes)
    positions = _Positions(graph)
    members: dict[tuple[int, str, int, tuple[str, ...]], list[str]] = defaultdict(list)
    for subject in graph.subjects:
        kind = kinds.of(graph, subject)
        home = positions.document(subject, kind.group)
        rank = _RANK[kind.group]
        # The claims and the passages of one document stand one after the other.
        members[_RANK[_CLAIM] if home else rank, home, rank, kind.path].append(subject)
    found = []
    for (_, home, rank, path), subjects in sorted(members.items()):
        positioned = rank in (_RANK[_CLAIM], _RANK[_PASSAGE])
        ordered = sorted(subjects, key=positions.text_order if positioned else positions.content_order)
        found.append(Section(_title(graph, path, home), tuple(ordered), home))
    return found


def _title(graph: Graph, path: tuple[str, ...], home: str) -> str:
    names = [*path]
    if home:
        names.append(graph.text(f"<{home}>", f"{RDFS}label") or home.rpartition("/")[2])
    return " ".join(" / ".join(names).split())


class _Kinds:
    """Finds the kind of a subject from its classes."""

    def __init__(self, vocabulary: Vocabulary, prefixes: Prefixes) -> None:
        self._ancestors = {term.iri: term.ancestors for term in vocabulary.classes.values()}
        self._labels = vocabulary.labels
        self._prefixes = prefixes
        self._known: dict[str, _Kind] = {}

    def of(self, graph: Graph, subject: str) -> _Kind:
        types = set(graph.iris(subject, f"{RDF}type"))
        types = types - _CHARACTERISTICS or types
        above = {ancestor for iri in types for ancestor in self._above(iri) if iri not in self._above(ancestor)}
        candidates = [self._of_class(iri) for iri in types - above]
        return min(candidates, key=_preference, default=_Kind(_OTHER, (_OTHER,)))

    def _above(self, iri: str) -> frozenset[str]:
        return self._ancestors.get(iri, frozenset((iri,))) - {iri}

    def _of_class(self, iri: str) -> _Kind:
        if iri not in self._known:
            self._known[iri] = self._find(iri)
        return self._known[iri]

    def _find(self, iri: str) -> _Kind:
        if iri.startswith((DCAT, VOID)) or iri == f"{OWL}Ontology":
            return _Kind(_DESCRIPTION, (_DESCRIPTION, self._label(iri)))
        if iri == _SELECTOR:
            return _Kind(_PASSAGE, (self._label(_PASSAGE),))
        ancestors = self._above(iri) | {iri}
        groups = [group for group in _GROUPS if group in ancestors]
        if not groups:
            return _Kind(_OTHER, (self._label(iri),))
        group = groups[-1]
        between = [ancestor for ancestor in ancestors if group in self._above(ancestor)]
        labels = sorted((len(self._above(ancestor)), self._label(ancestor)) for ancestor in between)
        return _Kind(group, (self._label(group), *(label for _, label in labels)))

    def _label(self, iri: str) -> str:
        split = self._prefixes.split(iri)
        return self._labels.get(iri) or (":".join(split) if split else iri)


def _preference(kind: _Kind) -> tuple[bool, int, tuple[str, ...], int]:
    return (kind.group == _OTHER, -len(kind.path), kind.path, _RANK[kind.group])


class _Positions:
    """Finds the document of claims, passages and selectors, and their place in its text."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._passages = dict(self._passages_of_selectors())

    def _passages_of_selectors(self) -> Iterator[tuple[str, str]]:
        for subject in self._graph.subjects:
            for selector in self._graph.iris(subject, f"{OA}hasSelector"):
                yield f"<{selector}>", subject

    def document(self, subject: str, group: str) -> str:
        """Give the IRI of the one document that a claim, passage or selector belongs to, or nothing."""
        if group == _CLAIM:
            homes = self._graph.iris(subject, f"{RR}document")
        elif group == _PASSAGE:
            homes = self._graph.iris(self._passages.get(subject, subject), f"{OA}hasSource")
        else:
            homes = []
        return homes[0] if len(homes) == 1 else ""

    def content_order(self, subject: str) -> tuple[tuple[str, ...], str]:
        """Give the key that orders statements by what they state, and all else by IRI."""
        facts = self._graph.subjects[subject]
        reified = tuple(" ".join(facts.get(f"<{RDF}{name}>", ())) for name in ("subject", "predicate", "object"))
        return (reified, subject[1:-1])

    def text_order(self, subject: str) -> tuple[int, int, str]:
        """Give the key that orders claims, passages and selectors by the characters that they stand on."""
        passages = [f"<{iri}>" for iri in self._graph.iris(subject, f"{RR}passage")]
        passage = passages[0] if passages else self._passages.get(subject, subject)
        selectors = [f"<{iri}>" for iri in self._graph.iris(passage, f"{OA}hasSelector")]
        start, end = (self._graph.text(selectors[0] if selectors else "", OA + name) for name in ("start", "end"))
        return (int(start) if start.isdecimal() else 0, int(end) if end.isdecimal() else 0, subject[1:-1])
