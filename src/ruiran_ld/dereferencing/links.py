"""Reads a written site back: all forms of a document hold one graph, every IRI leads to a document and to its page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

import pyoxigraph
from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat

from ruiran_ld import ntriples
from ruiran_ld.dereferencing import page_links
from ruiran_ld.dereferencing.layout import FORMS, HOME_PAGE, PAGE, RELEASES, Layout
from ruiran_ld.errors import DataError, InternalError, Place, Problem

_FORMATS: Final[Mapping[str, RdfFormat]] = {
    ".nt": RdfFormat.N_TRIPLES,
    ".ttl": RdfFormat.TURTLE,
    ".jsonld": RdfFormat.JSON_LD,
    ".trig": RdfFormat.TRIG,
}


def check(site: Path, layout: Layout) -> None:
    """Read the files of a site back.

    Args:
        site: the folder that is hosted.
        layout: where documents and files stand.

    Raises:
        InternalError: for a form of a document that cannot be read or holds another graph than the others, a document
            without a page, and a page with a link that leads nowhere.
        DataError: for each IRI of the dataset, in a file or in an older release, that leads nowhere.
    """
    names = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    leads: dict[str, str] = {}
    known: set[str] = set()  # the same lines stand in many documents
    for name in sorted(name for name in names if not name.startswith(f"{RELEASES}/") or name.endswith(".nt")):
        stem, _, suffix = name.rpartition(".")
        if suffix == "nt":
            if not name.startswith(f"{RELEASES}/"):  # those were checked when they were made
                _require_one_graph(site, stem, names)
            fresh = set((site / name).read_text(encoding="utf-8").split("\n")) - known
            known |= fresh
            found = _iris_of_lines(fresh)
        elif suffix == "trig" or (suffix == "ttl" and f"{stem}.nt" not in names):
            found = _iris_of_quads(_read(site / name))
        else:
            continue
        for iri in found:
            leads.setdefault(iri, name)
    _require_targets(leads, layout, names)
    _require_pages(leads, layout, names)
    page_links.follow(site, names)


def _require_targets(leads: Mapping[str, str], layout: Layout, names: set[str]) -> None:
    lost = [
        Problem(f"<{iri}> leads nowhere", "describe it, or withdraw it with 'ruiran-ld deprecate'", Place(name))
        for iri, name in leads.items()
        if iri.startswith((layout.base, layout.site)) and layout.file(iri, names) is None
    ]
    if lost:
        raise DataError(lost)


def _require_pages(leads: Iterable[str], layout: Layout, names: set[str]) -> None:
    """Make sure that what programs get in three forms has a page too."""
    paths = {path for iri in leads if (path := layout.path(iri)) and path + FORMS[0].suffix == layout.file(iri, names)}
    lacking = sorted(name for path in {*paths, HOME_PAGE} if (name := path + PAGE.suffix) not in names)
    if lacking:
        raise InternalError([Problem("there is no such page", "report this", Place(name)) for name in lacking])


def _read(path: Path) -> list[Quad]:
    try:
        return list(pyoxigraph.parse(path=str(path), format=_FORMATS[path.suffix]))
    except SyntaxError as error:
        raise InternalError(Problem(f"unreadable: {error}", "report this", Place(str(path)))) from error


def _require_one_graph(site: Path, stem: str, names: set[str]) -> None:
    """Hold the other forms of a document against its N-Triples."""
    graph = _canonical(_read(site / f"{stem}.nt"))
    for twin in (f"{stem}.ttl", f"{stem}.jsonld"):
        if twin in names and (changed := graph ^ _canonical(_read(site / twin))):
            message = f"holds another graph than the N-Triples: {min(map(str, changed))}"
            raise InternalError(Problem(message, "report this", Place(twin)))


def _canonical(quads: list[Quad]) -> set[Quad]:
    if any(type(quad.subject) is BlankNode for quad in quads):  # so of a blank node as object, which is described
        dataset = pyoxigraph.Dataset(quads)
        dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
        return set(dataset)
    return set(quads)


def _iris_of_lines(lines: Iterable[str]) -> Iterator[str]:
    for line in filter(None, lines):
        for term in ntriples.split(line):
            if term.startswith("<"):
                yield term[1:-1]


def _iris_of_quads(quads: list[Quad]) -> Iterator[str]:
    for quad in quads:
        for term in (quad.subject, quad.predicate, quad.object, quad.graph_name):
            if isinstance(term, NamedNode):
                yield term.value
