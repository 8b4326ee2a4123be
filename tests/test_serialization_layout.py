"""The layout of each format, held by files: ``serialization/layout.nt`` and what is written for it."""

from __future__ import annotations

import hashlib
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from ruiran_ld.errors import InternalError
from ruiran_ld.serialization import Graph, Presentation, serialize, serialize_context, serialize_entailed
from ruiran_ld.vocabulary import compile_vocabulary

CASES = Path(__file__).parent / "serialization"
BASE = "https://example.org/data/"
RDF_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"


def input_lines() -> list[str]:
    return (CASES / "layout.nt").read_text(encoding="utf-8").splitlines()


@pytest.fixture(scope="module")
def presentation() -> Presentation:
    return Presentation(BASE, compile_vocabulary(CASES / "ontology"), "ruiran")


@pytest.mark.parametrize("suffix", ["ttl", "trig", "jsonld", "nt"])
def test_a_format_is_laid_out_as_its_file_shows(presentation: Presentation, suffix: str) -> None:
    lines = input_lines()
    random.Random(7).shuffle(lines)  # noqa: S311 (an order, not a secret)
    written = serialize(Graph.read([*lines, lines[0]]), presentation)
    assert written[f"ruiran.{suffix}"].decode() == (CASES / f"layout.{suffix}").read_text(encoding="utf-8")


def test_the_context_stands_in_a_file_of_its_own(presentation: Presentation) -> None:
    assert serialize_context(presentation)["context.jsonld"] == (CASES / "context.jsonld").read_bytes()


def test_the_closure_has_the_layout_of_the_turtle_file(presentation: Presentation) -> None:
    graph = Graph.read(input_lines())
    assert serialize_entailed(graph, presentation)["ruiran-entailed.ttl"] == (CASES / "layout.ttl").read_bytes()


def test_each_file_ends_with_one_newline(presentation: Presentation) -> None:
    for name, content in serialize(Graph.read(input_lines()), presentation).items():
        assert content.endswith(b"\n"), name
        assert not content.endswith(b"\n\n"), name


_HASH_PROGRAM = """
import hashlib, sys
from pathlib import Path
from ruiran_ld.serialization import Graph, Presentation, serialize, serialize_context
from ruiran_ld.vocabulary import compile_vocabulary
cases = Path(sys.argv[1])
presentation = Presentation("https://example.org/data/", compile_vocabulary(cases / "ontology"), "ruiran")
files = serialize(Graph.read(set((cases / "layout.nt").read_text(encoding="utf-8").splitlines())), presentation)
files |= serialize_context(presentation)
print(hashlib.sha256(b"".join(files[name] for name in sorted(files))).hexdigest())
"""


def test_the_bytes_do_not_depend_on_the_hash_seed(presentation: Presentation) -> None:
    files = serialize(Graph.read(input_lines()), presentation) | serialize_context(presentation)
    ours = hashlib.sha256(b"".join(files[name] for name in sorted(files))).hexdigest()
    for seed in ("0", "1", "4242"):
        environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)}
        command = [sys.executable, "-c", _HASH_PROGRAM, str(CASES)]
        run = subprocess.run(command, capture_output=True, text=True, env=environment, check=True)
        assert run.stdout.strip() == ours, seed


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("_:b <http://a/p> <http://a/o> .", "a blank node"),
        ("<http://a/s> <http://a/p> _:b .", "a blank node"),
        ('<http://a/s> <http://a/p> "_:b" ', "not a canonical N-Triples line"),
        ("<s> <http://a/p> <http://a/o> .", "not a canonical N-Triples line"),
        ("<http://a/s>  <http://a/p> <http://a/o> .", "not a canonical N-Triples line"),
        ('<http://a/s> <http://a/p> "\\u0041" .', "not a canonical N-Triples line"),
        ('<http://a/s> <http://a/p> "\\u00e9" .', "not a canonical N-Triples line"),
        ('<http://a/s> <http://a/p> "\\uD800" .', "not a canonical N-Triples line"),
        ('<http://a/s> <http://a/p> "a\tb" .', "not a canonical N-Triples line"),
        ('<http://a/s> <http://a/p> "a"b" .', "not a canonical N-Triples line"),
        ('<http://a/s> <http://a/p> "a\\" .', "not a canonical N-Triples line"),
        ('<http://a/s> <http://a/p> "a"@ .', "not a canonical N-Triples line"),
        (
            '<http://a/s> <http://a/p> "a"^^<http://www.w3.org/2001/XMLSchema#string> .',
            "not a canonical N-Triples line",
        ),
        ('"a" <http://a/p> <http://a/o> .', "not a canonical N-Triples line"),
    ],
)
def test_a_line_that_is_not_canonical_or_has_a_blank_node_is_refused(line: str, said: str) -> None:
    with pytest.raises(InternalError, match=said) as caught:
        Graph.read([line, f"<http://a/s> {RDF_TYPE} <http://a/C> ."])
    assert len(caught.value.problems) == 1
    assert line in caught.value.problems[0].message


def test_a_prefix_of_the_name_of_a_used_scheme_or_of_a_term_is_left_out_of_json(presentation: Presentation) -> None:
    graph = Graph.read([f"<id:x> <http://a/p> <{BASE}id/y> ."])
    written = serialize(graph, presentation)["ruiran.jsonld"].decode()
    assert '"id":' not in written
    assert f'"@id": "{BASE}id/y"' in written


def test_an_event_that_is_inferred_to_have_occurred_stays_in_the_section_of_its_class(
    presentation: Presentation,
) -> None:
    text = serialize(Graph.read(input_lines()), presentation)["ruiran.ttl"].decode()
    assert "--- event / voyage ---" in text
    assert "occurred" not in text
