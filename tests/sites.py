"""Datasets that were published for hosting, for the tests of dereferencing."""

from __future__ import annotations

import io
import re
import shutil
from pathlib import Path

import pyoxigraph as ox

from ruiran_ld import release
from ruiran_ld.release import SUMS
from running import run

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XSD = "http://www.w3.org/2001/XMLSchema#"
RR = "https://w3id.org/ruiran/ontology#"
OWL = "http://www.w3.org/2002/07/owl#"
PROV = "http://www.w3.org/ns/prov#"
DCTERMS = "http://purl.org/dc/terms/"


def rewrite(dist: Path, changed: dict[str, bytes]) -> None:
    """Change files of a release as a build would have: the checksums fit."""
    files = {path.relative_to(dist).as_posix(): path.read_bytes() for path in dist.rglob("*") if path.is_file()}
    del files[SUMS]
    release.publish(dist, files | changed, lambda _: None)


def withdraw(dist: Path, name: str, replacements: dict[str, str]) -> None:
    """Add a tombstone for each IRI of a mapping old -> new to the asserted graph of a release, in all its formats."""
    tombstones = "".join(
        f"<{old}> <{RDF}type> <{RR}Tombstone> .\n"
        f'<{old}> <{PROV}invalidatedAtTime> "2026-01-31T00:00:00Z"^^<{XSD}dateTime> .\n'
        f'<{old}> <{OWL}deprecated> "true"^^<{XSD}boolean> .\n'
        f"<{old}> <{DCTERMS}isReplacedBy> <{new}> .\n"
        f'<{old}> <{RR}deprecationReason> "it was the same"@en .\n'
        for old, new in replacements.items()
    )
    lines = (dist / f"{name}.nt").read_text(encoding="utf-8") + tombstones
    nodes = io.BytesIO()
    quads = ox.parse(lines.encode(), format=ox.RdfFormat.N_TRIPLES)
    ox.serialize(quads, nodes, format=ox.RdfFormat.JSON_LD)
    sorted_lines = "".join(sorted(lines.splitlines(keepends=True))).encode()
    rewrite(dist, {f"{name}.ttl": sorted_lines, f"{name}.nt": sorted_lines, f"{name}.jsonld": nodes.getvalue()})


def number(dataset: Path, version: str) -> None:
    """Keep what is published as a numbered release."""
    shutil.copytree(dataset / "dist", dataset / "releases" / version)


def host(dataset: Path, out: Path) -> Path:
    """Write what has to be hosted."""
    outcome = run("site", "--dataset", dataset, "--out", out, "--without-scripts")
    assert outcome.status == 0, outcome.err
    return out


def ontology_version(ontology: str) -> str:
    """Find the version of the core ontology in its Turtle."""
    match = re.search(r"owl:versionIRI <[^>]*/([^/>]+)>", ontology)
    assert match
    return match[1]
