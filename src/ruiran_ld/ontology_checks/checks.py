"""All checks in their order: parse, quality queries, profile, reasoner."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from ruiran_ld.errors import Place, Problem, UsageError
from ruiran_ld.ontology_checks import profile, quality_queries, reasoner, uses
from ruiran_ld.ontology_checks.files import SourceFile, read, turtle_files

_QUERY_SUFFIXES = (".rq", ".sparql")
DATA_GRAPH = "dist/ruiran.nt"


def run_all(dataset: Path) -> list[Problem]:
    """Run every check on the dataset in a folder.

    Where a file of the ontology cannot be read, the later checks wait: they would report what follows from that alone.

    Raises:
        UsageError: the folder holds no ontology.
    """
    ontology, problems = load(dataset, "ontology")
    if not ontology and not problems:
        raise UsageError(Problem(f"there is no Turtle file in {dataset / 'ontology'}", "give the folder of a dataset"))
    if problems:
        return problems
    problems = check_terms(dataset, ontology)
    triples = [triple for file in ontology for triple in file.triples]
    problems += profile.violations("".join(f"{triple} .\n" for triple in triples))
    problems += check_consistency(dataset, triples)
    return problems


def load(dataset: Path, folder: str) -> tuple[list[SourceFile], list[Problem]]:
    """Parse the Turtle files of a folder of the dataset: those that can be read, and what is wrong with the others."""
    results = [read(path, dataset) for path in turtle_files(dataset / folder)]
    return (
        [result for result in results if isinstance(result, SourceFile)],
        [result for result in results if isinstance(result, Problem)],
    )


def check_terms(dataset: Path, ontology: list[SourceFile]) -> list[Problem]:
    """Run the quality queries over the ontology and over what ontology, shapes and queries use."""
    shapes, problems = load(dataset, "shapes")
    queries, more = load(dataset, "queries")
    problems += more
    found_uses: list[uses.Use] = []
    for group in (ontology, shapes, queries):
        for file in group:
            found_uses += uses.uses_in_triples(file)
        problems += _collect_query_uses(_sparql_texts(group), uses.declared_prefixes(group), found_uses)
    problems += _collect_query_uses(_sparql_files(dataset), {}, found_uses)
    store = quality_queries.build_store(ontology, found_uses)
    every_file = [*ontology, *shapes, *queries]
    paths = sorted((dataset / "ontology" / "checks").glob("*.rq"))
    if not paths:
        return [
            *problems,
            Problem("there is no quality query", "restore ontology/checks/*.rq", Place("ontology/checks")),
        ]
    for path in paths:
        query = quality_queries.read_query(path, dataset)
        problems += [query] if isinstance(query, Problem) else quality_queries.run(query, store, every_file)
    return problems


def check_consistency(dataset: Path, ontology: list[ox.Triple]) -> list[Problem]:
    """Let the reasoner look at the ontology together with the entities of the built data graph, if there is one."""
    data_graph = dataset / DATA_GRAPH
    entities: list[ox.Triple] = []
    if data_graph.exists():
        data = (quad.triple for quad in ox.parse(path=data_graph, format=ox.RdfFormat.N_TRIPLES))
        entities = reasoner.entity_triples(ontology, data)
    return reasoner.contradictions([*ontology, *reasoner.distinct_concepts(ontology), *entities])


def _sparql_texts(files: Iterable[SourceFile]) -> list[tuple[str, str]]:
    return [(text, file.name) for file in files for text in uses.embedded_queries(file)]


def _sparql_files(dataset: Path) -> list[tuple[str, str]]:
    paths = sorted(path for path in (dataset / "queries").rglob("*") if path.suffix in _QUERY_SUFFIXES)
    return [(path.read_text(encoding="utf-8"), path.relative_to(dataset).as_posix()) for path in paths]


def _collect_query_uses(
    texts: Iterable[tuple[str, str]], prefixes: dict[str, str], found: list[uses.Use]
) -> list[Problem]:
    problems = []
    for text, file in texts:
        result = uses.uses_in_query(text, prefixes, file)
        if isinstance(result, Problem):
            problems.append(result)
        else:
            found += result
    return problems
