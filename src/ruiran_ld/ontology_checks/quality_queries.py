"""Runs the quality queries: SPARQL files whose every answer row is a finding.

A query file starts with the comment lines `# Problem:` and `# Solution:`, each of which may go on over further comment
lines. It selects `?term`, the term at fault, and may select `?file`, where it is used, and `?detail`, what is there.
The default graph is the union of the ontology's files. What the files use stands in the graph `check:uses`:
each used term has `check:asPredicateIn`, `check:asClassIn` or `check:asOtherIn` with the name of the file, and
`check:listed` says whether its vocabulary has it, where that vocabulary's list of terms is at hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from ruiran_ld.errors import Place, Problem
from ruiran_ld.ontology_checks.files import SourceFile, place_of
from ruiran_ld.ontology_checks.uses import Use, listed

CHECK = "urn:ruiran-ld:ontology-checks#"
_HEADER = re.compile(r"\A# Problem:(?P<problem>(?:.*\n#(?! Solution:))*.*)\n# Solution:(?P<solution>.*(?:\n#.*)*)\n")


@dataclass(frozen=True, slots=True)
class QualityQuery:
    """A quality query with what it finds and what to do about it."""

    name: str
    problem: str
    solution: str
    text: str

    @property
    def check(self) -> str:
        """The name of the check in the profile: the file's name without folder and suffix."""
        return Path(self.name).stem


@dataclass(frozen=True, slots=True)
class Finding:
    """A row of an answer: the check that found it, the term at fault, what of it, and all that said for people."""

    check: str
    term: str
    detail: str
    problem: Problem


def read_query(path: Path, dataset: Path) -> QualityQuery | Problem:
    """Read a query file with its header."""
    name = path.relative_to(dataset).as_posix()
    text = path.read_text(encoding="utf-8")
    header = _HEADER.match(text)
    if header is None:
        message = "has no header of '# Problem:' and '# Solution:'"
        return Problem(message, "say in its first lines what the query finds and what to do about it", Place(name, 1))
    problem, solution = (" ".join(re.sub(r"\n#", " ", header[key]).split()) for key in ("problem", "solution"))
    return QualityQuery(name, problem, solution, text)


def build_store(files: Iterable[SourceFile], uses: Iterable[Use]) -> ox.Store:
    """Put the triples of the ontology and the uses of terms where the queries expect them."""
    store = ox.Store()
    store.extend(ox.Quad(*triple) for file in files for triple in file.triples)
    graph = ox.NamedNode(CHECK + "uses")
    for use in set(uses):
        term = ox.NamedNode(use.term)
        predicate = ox.NamedNode(f"{CHECK}as{use.position.capitalize()}In")
        store.add(ox.Quad(term, predicate, ox.Literal(use.file), graph))
        known = listed(use.term)
        if known is not None:
            store.add(ox.Quad(term, ox.NamedNode(CHECK + "listed"), ox.Literal(known), graph))
    return store


def run(query: QualityQuery, store: ox.Store, files: Iterable[SourceFile]) -> list[Finding] | Problem:
    """Run one query; every answer row is a finding with its place, as far as that can be told.

    Returns:
        the findings, or the problem that keeps the query from being run.
    """
    by_name = {file.name: file for file in files}
    try:
        solutions = store.query(query.text, prefixes={"check": CHECK})
    except SyntaxError as error:
        return Problem(f"is not SPARQL 1.1: {error}", "mend the syntax of the query", Place(query.name))
    if not isinstance(solutions, ox.QuerySolutions) or "term" not in {v.value for v in solutions.variables}:
        return Problem("selects no ?term", "select the term at fault as ?term", Place(query.name))
    columns = [variable.value for variable in solutions.variables]
    findings = []
    for row in solutions:
        values = {name: getattr(value, "value", "") for name, value in zip(columns, row, strict=True)}
        used_in = [by_name[values["file"]]] if values.get("file") in by_name else []
        place = place_of(values["term"], used_in or by_name.values())
        if place is None and values.get("file"):
            place = Place(values["file"])
        detail = f" ({values['detail']})" if values.get("detail") else ""
        problem = Problem(f"{query.problem}: <{values['term']}>{detail}", query.solution, place)
        findings.append(Finding(query.check, values["term"], values.get("detail", ""), problem))
    return findings
