"""Records are read strictly, from YAML and JSON Lines alike, and every key has its place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from ruiran_ld import json_records, seeds, yaml_records
from ruiran_ld.errors import DataError, Place, Problem, nearest
from ruiran_ld.identifiers import claim_key_problem, document_slug_problem, is_language, slug_problem
from ruiran_ld.records import LoadedDocument

TYPED_BY_OTHERS = [
    "no",
    "yes",
    "null",
    "~",
    "1_000",
    "0x1F",
    "012",
    "1:30",
    "2024-01-01",
    "1e3",
    ".inf",
    "=",
    "<<",
    "1.50",
]
KEYS = st.from_regex(r"[a-z][a-zA-Z0-9]{0,8}", fullmatch=True)
TEXTS = st.text(st.characters(min_codepoint=32, max_codepoint=0x10FFFF, exclude_categories=("Cs", "Cc")), max_size=30)
TREES = st.recursive(
    TEXTS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=15
)


def read(tmp_path: Path, text: str) -> yaml_records.Located:
    path = tmp_path / "a.yaml"
    path.write_text(text, encoding="utf-8", newline="")
    return yaml_records.read(path, "a.yaml")


@pytest.mark.parametrize("scalar", TYPED_BY_OTHERS)
def test_every_scalar_of_yaml_is_the_text_that_stands_there(tmp_path: Path, scalar: str) -> None:
    located = read(tmp_path, f"first: 1\nkey: {scalar}\nlist: [{scalar}]\n{scalar}: key\n")
    assert located.tree == {"first": "1", "key": scalar, "list": [scalar], scalar: "key"}
    assert located.place("key") == Place("a.yaml", 2)
    assert located.place(scalar) == Place("a.yaml", 4)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.dictionaries(KEYS, TREES, min_size=1, max_size=5))
def test_yaml_that_another_writer_wrote_is_read_to_the_same_tree(
    tmp_path_factory: pytest.TempPathFactory, tree: dict[str, Any]
) -> None:
    text = yaml.dump(tree, allow_unicode=True, sort_keys=False, default_style='"')
    assert read(tmp_path_factory.getbasetemp(), text).tree == tree


def test_every_key_knows_its_line(tmp_path: Path) -> None:
    located = read(tmp_path, "# comment\na:\n  b: x\n\n  c:\n  - y\n  - d: z\n")
    lines = {(): 2, ("a",): 2, ("a", "b"): 3, ("a", "c"): 5, ("a", "c", "0"): 6, ("a", "c", "1", "d"): 7}
    assert {path: located.place(*path).line for path in lines} == lines
    assert located.place("a", "b", "unknown", "below") == Place("a.yaml", 3)


@given(st.lists(st.sampled_from(["a", "b", "c"]), min_size=1, max_size=5), st.booleans())
@settings(deadline=None, derandomize=True)
def test_a_key_that_stands_twice_in_json_is_found(keys: list[str], nested: bool) -> None:  # noqa: FBT001 (drawn)
    text = "{" + ", ".join(f'"{key}": "{number}"' for number, key in enumerate(keys)) + "}"
    line = (f'{{"outer": [{text}]}}' if nested else text).encode()
    twice = sorted({key for key in keys if keys.count(key) > 1})
    if not twice:
        json_records.tree(line, Place("a", 1))
        return
    with pytest.raises(DataError) as caught:
        json_records.tree(line, Place("a", 1))
    assert [problem.message for problem in caught.value.problems] == [f"key '{key}' stands twice" for key in twice]


DOCUMENT: dict[str, Any] = {
    "document": "d_1",
    "label": 'L ü “quoted” \\ " é',
    "text": {"sha256": "0" * 64, "length": 100},
    "claims": {"c1": {"at": "0-10", "gist": 'A "gist" with \\ and ü', "says": {"x": {"crest": {"metres": "1.50"}}}}},
    "passages": {"0-10": "0" * 64},
}
SPELLINGS = {
    "compact": json.dumps(DOCUMENT, ensure_ascii=False, separators=(",", ":")),
    "spaced": json.dumps(DOCUMENT, ensure_ascii=False),
    "escaped": json.dumps(DOCUMENT),
    "other order": json.dumps(dict(reversed(DOCUMENT.items())), ensure_ascii=False),
    "quotes escaped as code points": json.dumps(DOCUMENT).replace('\\"', "\\u0022"),
    "slashes escaped": json.dumps(DOCUMENT).replace("_", "\\u005f"),
    "fraction as a number": json.dumps(DOCUMENT).replace('"1.50"', "1.50"),
    "length as text": json.dumps(DOCUMENT).replace("100", '"100"'),
}


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_all_spellings_of_a_line_give_one_record(spelling: str) -> None:
    loaded = seeds.decode_line(SPELLINGS[spelling].encode(), "a", 1)
    compact = seeds.decode_line(SPELLINGS["compact"].encode(), "a", 1)
    assert isinstance(loaded, LoadedDocument)
    assert isinstance(compact, LoadedDocument)
    assert loaded.record == compact.record


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("key", ["label", "at", "gist", "sha256", "length", "metres", "c1", "0-10", "claims"])
def test_a_key_that_stands_twice_is_found_in_every_spelling(spelling: str, key: str) -> None:
    line = SPELLINGS[spelling]
    for extra in (f'"{key}":"x",', f'"{key}": "x\\u0022\\u0022\\u0022" ,', f'"{key}":1e99,'):
        doubled = line.replace(f'"{key}":', f'{extra}"{key}":', 1)
        assert doubled != line
        found = seeds.decode_line(doubled.encode(), "a", 1)
        assert isinstance(found, DataError), doubled
        assert f"key '{key}' stands twice" in str(found)


def test_what_would_be_written_longer_hides_no_key_that_stands_twice() -> None:
    # Written as truth values, the two numbers would make up for the key that decoding drops.
    claim = '{"at":"0-10","gist":"G","mistaken":1'
    claims = f'"c1":{claim}}},"c2":{claim},"says":{{"x":{{"":[],"":[]}}}}}}'
    line = f'{{"document":"d","label":"L","text":{{"sha256":"{"0" * 64}","length":1}},"claims":{{{claims}}}}}'
    found = seeds.decode_line(line.encode(), "a", 1)
    assert isinstance(found, DataError)
    assert "key '' stands twice" in str(found)


@pytest.mark.parametrize("slug", ["a", "0", "a-b", "a1-b2-c3", "a" * 120])
def test_slugs(slug: str) -> None:
    assert slug_problem(slug) is None
    assert document_slug_problem(slug) is None
    assert claim_key_problem(slug) is None


@pytest.mark.parametrize(
    "slug", ["", "-", "a-", "-a", "a--b", "A", "ä", "a b", "a/b", "..", "a.b", "a\n", "a\x00", "٣", "a" * 121, "a%20b"]
)
def test_what_is_no_slug(slug: str) -> None:
    for check in (slug_problem, document_slug_problem, claim_key_problem):
        problem = check(slug)
        assert problem is not None
        assert len(str(problem)) < 250


@pytest.mark.parametrize(("slug", "fits"), [("000_cb74", True), ("a_b-c", True), ("a__b", False), ("_a", False)])
def test_documents_may_have_underscores(slug: str, fits: bool) -> None:  # noqa: FBT001 (a parameter)
    assert (document_slug_problem(slug) is None) is fits
    assert slug_problem(slug) is not None


def test_the_key_of_the_unnamed_author_is_taken() -> None:
    assert claim_key_problem("author") is not None


@pytest.mark.parametrize(
    ("tag", "fits"), [("en", True), ("zh-hant-tw", True), ("EN", False), ("e", False), ("en-", False)]
)
def test_language_tags(tag: str, fits: bool) -> None:  # noqa: FBT001 (a parameter)
    assert is_language(tag) is fits


def test_problems_stand_in_the_order_of_files_and_lines_each_once() -> None:
    problems = [
        Problem("b", place=Place("f", 10)),
        Problem("a", place=Place("f", 9)),
        Problem("whole", place=Place("e")),
    ]
    error = DataError([*problems, problems[0]])
    assert [str(problem) for problem in error.problems] == ["e: whole", "f:9: a", "f:10: b"]
    assert error.__reduce__()[0](*error.__reduce__()[1]).problems == error.problems


@pytest.mark.parametrize(
    ("name", "known", "expected"),
    [
        ("suplier", ["supplier", "sup"], "supplier"),
        ("x", ["yyyy"], None),
        ("", ["a"], None),
        ("a" * 10**6, ["a"], None),
    ],
)
def test_the_nearest_known_name(name: str, known: list[str], expected: str | None) -> None:
    assert nearest(name, known) == (f"did you mean '{expected}'?" if expected else "")


def test_the_nearest_of_very_many_names_is_found_quickly() -> None:
    known = [f"name-{number}" for number in range(100_000)]
    assert nearest("name-77", [*known, "other"])
