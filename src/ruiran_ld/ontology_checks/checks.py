"""All checks in their order: parse, quality queries, profile, reasoner."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from ruiran_ld import seeds
from ruiran_ld.errors import Place, Problem, UsageError
from ruiran_ld.ontology_checks import profile, quality_queries, reasoner, severities, uses
from ruiran_ld.ontology_checks.files import SourceFile, read, turtle_files
from ruiran_ld.ontology_checks.severities import Found
from ruiran_ld.serialization import ntriples_file

_QUERY_SUFFIXES = (".rq", ".sparql")
_SETTINGS = "seeds/dataset.yaml"


def data_graph(dataset: Path) -> Path | None:
    """The built data graph, called as the settings say; None where there are no settings, or nothing is built yet.

    Raises:
        DataError: the settings are wrong.
    """
    if not (dataset / _SETTINGS).exists():
        return None
    name = seeds.load_settings((dataset / _SETTINGS).parent).name
    path = dataset / "dist" / f"{name}{ntriples_file.SUFFIX}"
    return path if path.exists() else None


def run_all(dataset: Path) -> Found:
    """Run every check on the dataset in a folder.

    Where a file of the ontology cannot be read, the later checks wait: they would report what follows from that alone.

    Raises:
        UsageError: the folder holds no ontology.
    """
    ontology, problems = load(dataset, "ontology")
    if not ontology and not problems:
        raise UsageError(Problem(f"there is no Turtle file in {dataset / 'ontology'}", "give the folder of a dataset"))
    if problems:
        return Found(problems)
    found = check_terms(dataset, ontology)
    triples = [triple for file in ontology for triple in file.triples]
    found.problems += profile.violations("".join(f"{triple} .\n" for triple in triples))
    found.problems += check_consistency(dataset, triples)
    return found


def load(dataset: Path, folder: str) -> tuple[list[SourceFile], list[Problem]]:
    """Parse the Turtle files of a folder of the dataset: those that can be read, and what is wrong with the others."""
    results = [read(path, dataset) for path in turtle_files(dataset / folder)]
    return (
        [result for result in results if isinstance(result, SourceFile)],
        [result for result in results if isinstance(result, Problem)],
    )


def check_terms(dataset: Path, ontology: list[SourceFile]) -> Found:
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
    folder = dataset / "ontology" / "checks"
    paths = sorted(folder.glob("*.rq"))
    if not paths:
        missing = Problem("there is no quality query", "restore ontology/checks/*.rq", Place("ontology/checks"))
        return Found([*problems, missing])
    findings: list[quality_queries.Finding] = []
    for path in paths:
        query = quality_queries.read_query(path, dataset)
        answer = query if isinstance(query, Problem) else quality_queries.run(query, store, every_file)
        if isinstance(answer, Problem):
            problems.append(answer)
        else:
            findings += answer
    prefixes = {prefix: namespace for file in ontology for prefix, namespace in file.prefixes.items()}
    severity = severities.read(folder / severities.FILE, dataset, prefixes)
    judged = severity.judge(findings, {path.stem for path in paths})
    return Found([*problems, *judged.problems], judged.notes)


def check_consistency(dataset: Path, ontology: list[ox.Triple]) -> list[Problem]:
    """Let the reasoner look at the ontology together with the entities of the built data graph, if there is one."""
    graph = data_graph(dataset)
    entities: list[ox.Triple] = []
    if graph is not None:
        data = (quad.triple for quad in ox.parse(path=graph, format=ox.RdfFormat.N_TRIPLES))
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
