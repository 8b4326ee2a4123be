"""The home page: what the dataset is, what it covers, how much it holds, and the ways into it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Final, NamedTuple

from ruiran_ld import metadata
from ruiran_ld.dereferencing import RELEASES
from ruiran_ld.namespaces import DCTERMS, RR
from ruiran_ld.site.marks import Mark
from ruiran_ld.site.material import Material
from ruiran_ld.site.page import Entry, Page
from ruiran_ld.site.view import Link, View
from ruiran_ld.site.workshop import Workshop

PATH: Final = "index.html"
_FIGURES: Final = (
    ("Document", "document", "documents", "documents.html"),
    ("Claim", "claim", "claims", ""),
    ("Statement", "statement", "statements", ""),
    ("Event", "event", "events", "timeline.html"),
    ("Entity", "thing", "things, events among them", "things.html"),
)
"""What is counted: local name of a core class, what one of its instances and several are called, their overview."""
_FORMATS: Final = {
    ".csv": "CSV",
    ".jsonld": "JSON-LD",
    ".nt": "N-Triples",
    ".trig": "TriG",
    ".ttl": "Turtle",
    ".tsv": "TSV",
    ".json": "JSON",
    ".cff": "CFF",
}
_APART: Final = "queries"


class Figure(NamedTuple):
    """How many there are of something, and where to see them; an empty path leads nowhere."""

    number: int
    what: str
    path: str


class Download(NamedTuple):
    """A file to download: its path, what it is, its format, its size in bytes and its SHA-256."""

    path: str
    title: str
    format: str
    size: int
    digest: str


def page(workshop: Workshop, overviews: Sequence[Entry]) -> Page:
    """Make the home page.

    Args:
        workshop: what all pages are made with.
        overviews: the overviews that there are.
    """
    material, view, evidence = workshop.material, workshop.view, workshop.evidence
    settings, dataset = material.settings, material.layout.base + material.settings.slug
    events = view.instances(f"{RR}Event")
    context = {
        "description": settings.description,
        "scope": material.choices.scope,
        "figures": _figures(view, {entry.path for entry in overviews}),
        "by_class": _by_class(view),
        "by_realis": _tally(evidence.standings, (each for e in events for each in view.objects(e, f"{RR}realis"))),
        "by_status": _tally(
            evidence.statuses,
            (each for c in view.instances(f"{RR}Claim") for each in view.objects(c, f"{RR}epistemicStatus")),
        ),
        "overviews": overviews,
        "examples": [view.link(f"{material.layout.base}id/{slug}") for slug in material.choices.examples],
        "featured": [
            (view.page_path(f"{material.layout.base}query/{name}"), material.queries[name].question)
            for name in material.choices.featuredQueries
        ],
        "downloads": [*_downloads(material, view)],
        "releases": f"{RELEASES}/",
        "dataset": view.link(dataset),
        "base": material.layout.base,
        "cited": workshop.cited(),
    }
    summary = " ".join(settings.description.split())
    return Page(PATH, "home", settings.title, context, summary=summary, iri=dataset, data=workshop.head(dataset))


def _figures(view: View, overviews: Collection[str]) -> list[Figure]:
    found = []
    for name, one, many, path in _FIGURES:
        number = len(view.instances(RR + name))
        found.append(Figure(number, one if number == 1 else many, path if path in overviews else ""))
    return found


def _by_class(view: View) -> list[tuple[Link, int]]:
    counts = Counter(type_ for iri in view.instances(f"{RR}Entity") for type_ in view.types(iri))
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [(view.link(type_), count) for type_, count in ordered]


def _tally(marks: Mapping[str, Mark], values: Iterable[str]) -> list[tuple[Mark, int]]:
    counts = Counter(values)
    return [(mark, counts[iri]) for iri, mark in marks.items() if counts[iri]]


def _downloads(material: Material, view: View) -> Iterator[Download]:
    """List the files of the release, but for the queries, which have pages of their own: the data first."""
    names = [name for name in material.files if not name.startswith(f"{_APART}/")]
    for name in sorted(names, key=lambda name: (not name.startswith(material.settings.name), "/" in name, name)):
        content = material.files[name]
        described = f"{material.layout.base}metadata#file:{name.replace('/', ':')}"
        texts = [each.text for each in view.texts(described, f"{DCTERMS}description")]
        # No file describes itself, nor one that was written after it.
        title = texts[0] if texts else metadata.title_of(name)
        suffix = PurePosixPath(name).suffix
        yield Download(name, title, _FORMATS.get(suffix, ""), len(content), sha256(content).hexdigest())
