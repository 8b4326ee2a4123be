"""The JSON Schema for editors accepts what our reader accepts, and refuses what a schema can see to be wrong."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator, Draft202012Validator
from jsonschema.exceptions import ValidationError

import editor
from conftest import OTHER, ROOT, lay_out
from ruiran_ld import json_schema, seeds, yaml_records
from ruiran_ld.conversion import Converter
from ruiran_ld.edtf_bounds import PATTERN, bounds
from ruiran_ld.errors import DataError, Problem
from ruiran_ld.json_schema import DOCUMENT, REGISTER, documents
from ruiran_ld.json_schema.scalars import SCALARS
from ruiran_ld.records import Claim, Document, LinePlaces, TextFingerprint, entry_of
from ruiran_ld.vocabulary import compile_vocabulary

Schemas = dict[str, dict[str, Any]]
BAD = Path(__file__).parent / "bad_input"
FUZZ = settings(max_examples=80, deadline=None, derandomize=True)


@pytest.fixture(scope="session")
def floods(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Lay out the dataset of the other domain, without building it."""
    return lay_out(tmp_path_factory.mktemp("laid-out") / "floods")


@cache
def schemas_of(dataset: Path) -> Schemas:
    vocabulary = compile_vocabulary(dataset / "ontology")
    written = json_schema.write(vocabulary, seeds.load_settings(dataset / "seeds"))
    return {name: json.loads(content) for name, content in written.items()}


@pytest.fixture(params=["ours", "floods"])
def dataset(request: pytest.FixtureRequest, floods: Path) -> Path:
    return ROOT if request.param == "ours" else floods


def subschemas(schema: Any) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        yield schema
        for value in schema.values():
            yield from subschemas(value)
    elif isinstance(schema, list):
        for each in schema:
            yield from subschemas(each)


# --- The schemas themselves


def test_they_are_of_draft_2020_12_and_every_reference_leads_somewhere(dataset: Path) -> None:
    for schema in schemas_of(dataset).values():
        Draft202012Validator.check_schema(schema)
        assert schema["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
        used = {each["$ref"].removeprefix("#/$defs/") for each in subschemas(schema) if "$ref" in each}
        assert used == schema["$defs"].keys()


def test_every_pattern_is_read_alike_by_python_and_by_editors(dataset: Path) -> None:
    patterns = {
        each["pattern"] for schema in schemas_of(dataset).values() for each in subschemas(schema) if "pattern" in each
    }
    assert len(patterns) > 10
    for pattern in patterns:
        re.compile(pattern)
        assert not re.search(r"\(\?(?!:)", pattern), pattern
        assert set(re.findall(r"\\.", pattern)) <= {r"\S", r"\x", r"\.", r"\/"}, pattern


@pytest.mark.parametrize(
    ("form", "fields"),
    [(Document, documents._DOCUMENT), (Claim, documents._CLAIM), (TextFingerprint, documents._TEXT)],
)
def test_every_key_of_a_record_is_there_and_no_other(form: type[msgspec.Struct], fields: dict[str, Any]) -> None:
    assert list(fields) == sorted(fields, key=list(form.__struct_fields__).index)
    assert fields.keys() == set(form.__struct_fields__)


def test_every_key_is_described(dataset: Path) -> None:
    for schema in schemas_of(dataset).values():
        closed = [
            each.get("properties", {}) for each in subschemas(schema) if each.get("additionalProperties") is False
        ]
        for key, value in ((key, value) for properties in closed for key, value in properties.items()):
            assert value.get("description") or value == {"$ref": "#/$defs/text"}, key


def test_what_a_curator_sees_at_a_key_comes_from_the_ontology() -> None:
    schema = schemas_of(ROOT)[DOCUMENT]
    claim, facts = schema["$defs"]["claim"]["properties"], schema["$defs"]["facts"]["properties"]
    assert claim["gist"]["description"] == "What the claim says, in the curator's own words."
    assert claim["status"]["default"] == "asserted"
    assert schema["properties"]["language"]["default"] == "en"
    assert "denied" in schema["$defs"]["status"]["enum"]
    assert len(schema["$defs"]["status"]["enum"]) == len(schema["$defs"]["status"]["enumDescriptions"])
    assert facts["weapon"]["description"].endswith("Slug, or a list of slugs: weapon system.")
    assert "label" not in facts
    assert "realis" not in facts
    entries = schemas_of(ROOT)[REGISTER]["$defs"]["entry"]["properties"]
    assert {"Person", "Visit"} <= set(entries["type"]["enum"])
    assert {"Visit"} == {"Person", "Visit"} & set(schema["$defs"]["event"]["properties"]["type"]["enum"])


def test_a_key_that_looks_like_a_number_is_a_number_too(floods: Path, tmp_path: Path) -> None:
    folder = lay_out(tmp_path / "numbered")
    with (folder / "ontology" / "floods.ttl").open("a", encoding="utf-8") as ontology:
        ontology.write('<https://example.org/floods/concept/danger/3> a fl:Danger ; skos:prefLabel "three"@en .\n')
    for each, fits in ((folder, True), (floods, False)):
        facts = schemas_of(each)[DOCUMENT]["$defs"]["facts"]["properties"]["danger"]
        assert [Draft202012Validator(facts).is_valid(value) for value in (3, "3")] == [fits, fits]


_PROGRAM = """
import hashlib, sys
from pathlib import Path
from ruiran_ld import json_schema, seeds
from ruiran_ld.vocabulary import compile_vocabulary
folder = Path(sys.argv[1])
written = json_schema.write(compile_vocabulary(folder / "ontology"), seeds.load_settings(folder / "seeds"))
print(hashlib.sha256(b"".join(written[name] for name in sorted(written))).hexdigest())
"""


def test_the_bytes_do_not_depend_on_the_hash_seed() -> None:
    found = set()
    for seed in ("1", "2"):
        environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)}
        command = [sys.executable, "-c", _PROGRAM, str(ROOT)]
        found.add(subprocess.run(command, capture_output=True, text=True, env=environment, check=True).stdout)
    assert len(found) == 1


# --- What is right


def files(folder: Path) -> Iterator[tuple[Path, str]]:
    """Give the files of records in a dataset's folder, each with the name of its schema."""
    for kind, name in (("documents", DOCUMENT), ("registers", REGISTER)):
        for path in sorted((folder / "seeds" / kind).glob("*.*")):
            yield path, name


def records(path: Path) -> Iterator[tuple[int, Any]]:
    """Read the records of a file as an editor would see them, with the line where each begins."""
    if path.suffix == ".yaml":
        yield 1, editor.read(path.read_text(encoding="utf-8"))
        return
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        try:
            tree = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if path.parent.name == "registers":
            tree = {tree.pop("id"): tree} if isinstance(tree, dict) and isinstance(tree.get("id"), str) else tree
        yield number, tree


@pytest.mark.parametrize(
    ("folder", "path", "kind"),
    [
        pytest.param(folder, path, kind, id=path.relative_to(folder).as_posix())
        for folder in (ROOT, OTHER)
        for path, kind in files(folder)
    ],
)
def test_what_is_in_the_repository_conforms(floods: Path, folder: Path, path: Path, kind: str) -> None:
    validator = Draft202012Validator(schemas_of(ROOT if folder == ROOT else floods)[kind])
    for _, tree in records(path):
        assert [error.message for error in validator.iter_errors(tree)] == []


# --- What is wrong

UNSEEN = {
    # One value is held against another, or against what stands elsewhere.
    r"unknown reference": "the slugs of other files",
    r"is outside the text of \d+ characters": "the length of the text",
    r"ends before it starts": "two numbers of one text",
    r"has no hash|belongs to no claim": "the spans of the claims and the keys of 'passages'",
    r"names an unknown claim|unknown claim|refers to itself|in the end repeats itself": "the other claims",
    r"stands in a file called": "the name of the file",
    r"two entities have the slug|is the slug of a register entry too": "the slugs of other files",
    # A reader of YAML or JSON sees it, and an editor says it without a schema.
    r"not JSON|not UTF-8|half of a surrogate pair|nested too deeply": "no JSON",
    r"not YAML|a tab|a character that YAML does not allow|nested deeper": "no YAML, or not as records have it",
    r"stands here and on line|stands twice": "a key that stands twice",
    r"a second YAML document|anchor|alias|tag '": "YAML that no record has",
    r"the file is empty|not a file of records|cannot be read": "no record at all",
    # JSON has types where our YAML has texts; the schema is for YAML.
    r"'gist' is the number 5, not a text": "in YAML a number is a text",
}
"""What the reader says that no schema can see, with what one would have to know."""

ERROR = re.compile(
    r"error: (?P<file>seeds/(?:documents|registers)/[^:]+)(?::(?P<line>\d+))?: (?P<message>.*)"
).fullmatch


def spots(error: ValidationError) -> Iterator[tuple[str, ...]]:
    """Give the paths of keys at which an error may be shown."""
    path = tuple(map(str, error.absolute_path))
    schema: Any = error.schema
    instance: Any = error.instance
    if "propertyNames" in error.absolute_schema_path:
        yield (*path, str(instance))
    elif error.validator == "additionalProperties":
        known, patterns = schema.get("properties", {}), schema.get("patternProperties", {})
        for key in instance:
            if key not in known and not any(re.search(pattern, key) for pattern in patterns):
                yield (*path, key)
    else:
        yield path
        if "then" in error.absolute_schema_path:  # what one key asks of the mapping that it stands in
            yield from ((*path, key) for key in instance)
    for inner in error.context or ():
        yield from spots(inner)


def refused(path: Path, validator: Any) -> set[int]:
    """Give the lines of a file at which the schema finds something."""
    found = set()
    located = None
    if path.suffix == ".yaml":
        try:
            located = yaml_records.read(path)
        except DataError:
            return set()
    for number, tree in records(path):
        for error in validator.iter_errors(tree):
            found |= {located.place(*spot).line if located else number for spot in spots(error)}
    return found


def bad_files(case: Path) -> list[tuple[Path, str]]:
    return [(path, kind) for path, kind in files(case) if path.suffix in {".yaml", ".jsonl"} and path.is_file()]


def unrefused(floods: Path) -> dict[str, str]:
    """Give what the reader says of places of bad input at which the schema finds nothing: place -> message."""
    found = {}
    for case in sorted(path for path in BAD.iterdir() if path.is_dir()):
        seen = {
            path.relative_to(case).as_posix(): refused(path, Draft202012Validator(schemas_of(floods)[kind]))
            for path, kind in bad_files(case)
        }
        for match in filter(None, map(ERROR, (case / "expected.txt").read_text(encoding="utf-8").splitlines())):
            if int(match["line"] or 0) not in seen.get(match["file"], ()):
                found[f"{case.name}: {match.group()}"] = match["message"]
    return found


def test_what_is_wrong_with_the_form_is_refused_or_listed(floods: Path) -> None:
    left = unrefused(floods)
    assert [line for line, message in left.items() if not any(re.search(each, message) for each in UNSEEN)] == []
    # What the list says to be unseen is not seen by now.
    assert [each for each in UNSEEN if not any(re.search(each, message) for message in left.values())] == []


def test_an_editor_that_knows_draft_7_sees_the_same(floods: Path) -> None:
    for path, kind in (each for case in sorted(BAD.iterdir()) for each in bad_files(case)):
        schema = schemas_of(floods)[kind]
        assert refused(path, Draft7Validator(schema)) == refused(path, Draft202012Validator(schema)), path


@pytest.mark.parametrize(
    ("form", "good", "bad"),
    [
        (
            "edtf",
            "1999 1999-04 1999-04-30 1999? 1999-04~ 199X 1999-XX-XX 1999/.. /1999 0999",
            "1999-21 1999-04-31 / 0 Y1999 10000",
        ),
        ("integer", "5 +5 -5 007 0", "many 1.5 '1_0' 1_0 true " + "9" * 50),
        ("decimal", "4.50 4 -0.5 '4.5'", "high 1,5 '.5' '4e5'"),
        ("boolean", "true false 'true'", "yes no 1 'True'"),
        ("date", "1999-04-03", "1999 1999-04 1999-13-01 1999-04-32"),
        ("slug", "lorn spring-flood-1999 1999 7e5", "Lorn a--b -a a_b 'a b' тарн -1 true ~"),
        ("span", "0-10 1059-1160", "5 00-5 -1-5 '0 - 5' a-b"),
        ("sha256", f"{'a' * 64} {'0' * 64}", f"{'A' * 64} {'a' * 63} x"),
        ("language", "en ru zh-hans no", "English EN en- e"),
        ("text", "Lorn 1999 '~' 'true'", "~ true '' ' ' [] {}"),
        ("claim-reference", "c1 report_1/c1", "../c1 a/b/c /c1"),
    ],
)
def test_scalars_as_an_editor_sees_them(form: str, good: str, bad: str) -> None:
    validator = Draft202012Validator(SCALARS[form])
    for text, expected in ((good, True), (bad, False)):
        for scalar in re.findall(r"'[^']*'|\S+", text):
            assert validator.is_valid(editor.read(scalar)) is expected, scalar


# --- What the reader accepts

YEARS = ("1999", "2000", "0000", "0001", "199X", "19XX", "00XX", "99", "x")
MONTHS = ("", *(f"-{month:02}" for month in range(14)), "-XX", "-21", "-1")
DAYS = ("", *(f"-{day:02}" for day in range(33)), "-XX", "-1")
ENDS = ("", "..", "1998", "1999-05?", "2000-02-29", "x")
DATES = [
    *map("".join, product(YEARS, MONTHS, DAYS)),
    *map("".join, product(("1999", "1999-04"), ("?", "~", "%", "?~", " "))),
]


@pytest.mark.parametrize(
    "text", [pytest.param(DATES, id="dates"), pytest.param(list(map("/".join, product(ENDS, ENDS))), id="intervals")]
)
def test_what_has_bounds_fits_the_pattern_and_little_else_does(text: list[str]) -> None:
    fits = re.compile(PATTERN).fullmatch
    for each in text:
        try:
            bounds(each)
        except ValueError as error:
            beyond_a_pattern = each.startswith("00") or "-02-29" in each or "ends before it starts" in str(error)
            assert not fits(each) or beyond_a_pattern, each
        else:
            assert fits(each), each


class Quoted(str):
    """A text that stands in quotation marks."""

    __slots__ = ()


_is_plain = re.compile(r"[A-Za-z0-9./+-]([A-Za-z0-9 ./+_?~%-]*[A-Za-z0-9./+_?~%-])?").fullmatch


def written(tree: Any) -> str:
    """Write a tree as YAML in one line, without quotation marks wherever they can be left out."""
    if isinstance(tree, dict):
        return f"{{{', '.join(f'{written(key)}: {written(value)}' for key, value in tree.items())}}}"
    if isinstance(tree, list):
        return f"[{', '.join(map(written, tree))}]"
    return json.dumps(tree) if isinstance(tree, Quoted) or not _is_plain(tree) else tree


def drawn(good: str, odd: str = "") -> st.SearchStrategy[str]:
    """Draw one of some words, now and then one of the odd ones."""
    words = [Quoted(word[1:-1]) if word.startswith("'") else word for word in re.findall(r"'[^']*'|\S+", good)]
    return st.sampled_from([*words * (1 + 30 * len(odd.split()) // len(words)), *odd.split()])


@st.composite
def one_or_several(draw: st.DrawFn, values: st.SearchStrategy[Any]) -> Any:
    return [draw(values), draw(values)] if draw(st.booleans()) else draw(values)


@st.composite
def some_of(draw: st.DrawFn, /, least: int = 0, **keys: st.SearchStrategy[Any]) -> dict[str, Any]:
    """Draw a mapping with some of these keys, three at most."""
    names = draw(st.lists(st.sampled_from(sorted(keys)), unique=True, min_size=least, max_size=3))
    return {name: draw(keys[name]) for name in names}


# Words that YAML takes for nothing, true or false are texts in quotation marks only.
TEXTS = drawn("Lorn 1999 1.50 0x1F no 1e5 'true' '~' 'a b' 'наводнение' '1: {x}'", "'' ' '")
SLUGS = drawn("lorn mere tarn oldbridge flood-office spring-flood-1999", "Lorn a_b nowhere")
TIMES = drawn("1999 0999 1999-04~ 199X 1999-04-03/.. /1999-05 '1999'", "99 2001/2000 1999-21")
INTEGERS = drawn("5 +5 -5 007 '12' 1234567890123456789012345678901234567890", "0x1F 1_0 1.0 many")
BOOLEANS = drawn("true false 'true'", "yes True 1")
FACTS = some_of(
    least=1,
    floods=one_or_several(SLUGS),
    flowsInto=one_or_several(SLUGS),
    danger=one_or_several(drawn("high low", "hihg")),
    crest=one_or_several(some_of(least=1, metres=drawn("4.50 -4 +0.1 '4.5' 7", "4e5 .5 high"), at=SLUGS)),
    deaths=one_or_several(INTEGERS),
    dammed=one_or_several(BOOLEANS),
    surveyed=one_or_several(drawn("1999-04-03", "1999 1999-02-30")),
    nickname=one_or_several(TEXTS),
    time=one_or_several(TIMES),
)
CLAIM = some_of(
    by=one_or_several(SLUGS),
    via=one_or_several(SLUGS),
    about=one_or_several(SLUGS),
    status=drawn("asserted feared denied", "fearful"),
    realis=drawn("happened expected unfounded", "hapened"),
    when=TIMES,
    says=st.dictionaries(SLUGS, FACTS, min_size=1, max_size=2),
    disputes=one_or_several(drawn("first 7e5 report_1/rise", "../c1")),
    repeats=drawn("first report_1/rise", "a/b/c"),
    note=TEXTS,
)
NAMES = TEXTS | one_or_several(TEXTS) | some_of(least=1, en=TEXTS, ru=one_or_several(TEXTS), no=TEXTS)
LINKS = st.dictionaries(
    drawn("gazetteer:RV17 gazetteer:AB1", "gazetteer:rv1 wikidata:Q1"), TEXTS, min_size=1, max_size=2
)
ENTRY = some_of(
    label=NAMES,
    altLabel=NAMES,
    note=NAMES,
    length=one_or_several(INTEGERS),
    unnamed=BOOLEANS,
    exactMatch=LINKS,
    closeMatch=LINKS,
    noMatch=some_of(least=1, gazetteer=TEXTS),
)


@st.composite
def whole_entries(draw: st.DrawFn, kinds: str) -> dict[str, Any]:
    return {"type": draw(drawn(kinds, "Rivver Level")), **draw(ENTRY)}


@st.composite
def whole_documents(draw: st.DrawFn) -> dict[str, Any]:
    spans = drawn("0-10 0-1 10-99", "10-5 00-5 5")
    keys = draw(st.lists(drawn("c1 7 a-b", "author A"), unique=True, max_size=2))
    claims = {key: {"at": draw(spans), "gist": draw(TEXTS), **draw(CLAIM)} for key in ("first", "7e5", *keys)}
    events = st.dictionaries(drawn("wave-1 1999", "Wave"), whole_entries("Flood Event"), max_size=2)
    aside = draw(st.dictionaries(spans, drawn("farewell", "farewel"), max_size=1))
    rest = some_of(
        title=TEXTS,
        language=drawn("en no zh-hans", "EN"),
        issued=TIMES,
        issuedNote=TEXTS,
        publisher=SLUGS,
        author=SLUGS,
        note=TEXTS,
        events=events,
    )
    return {
        "document": draw(drawn("d_1 2024 d-2", "D a/b")),
        "label": draw(TEXTS),
        "text": {"sha256": "0" * 64, "length": "100", "claims": str(len(claims))},
        "claims": claims,
        "setAside": aside,
        "passages": dict.fromkeys((*(claim["at"] for claim in claims.values()), *aside), "a" * 64),
        **draw(rest),
    }


@pytest.fixture(scope="module")
def converter(floods: Path) -> Converter:
    registers = seeds.load_registers(floods / "seeds")
    return Converter(compile_vocabulary(floods / "ontology"), seeds.load_settings(floods / "seeds"), registers.entries)


def test_the_schema_accepts_the_documents_that_the_reader_accepts(
    floods: Path, tmp_path: Path, converter: Converter
) -> None:
    validator = Draft202012Validator(schemas_of(floods)[DOCUMENT])
    accepted = []

    @FUZZ
    @given(whole_documents())
    def hold(tree: dict[str, Any]) -> None:
        text = written(tree)
        (tmp_path / "any.yaml").write_text(text, encoding="utf-8")
        located = yaml_records.read(tmp_path / "any.yaml")
        with suppress(DataError):
            if not converter.convert_document(seeds.document_of(located.tree, located)).problems:
                accepted.append(text)
        if text in accepted:
            assert [error.message for error in validator.iter_errors(editor.read(text))] == []

    hold()
    assert len(accepted) > 30


def test_the_schema_accepts_the_entries_that_the_reader_accepts(
    floods: Path, tmp_path: Path, converter: Converter
) -> None:
    validator = Draft202012Validator(schemas_of(floods)[REGISTER])
    accepted = []

    @FUZZ
    @given(whole_entries("River Town FloodOffice Flood Entity"))
    def hold(tree: dict[str, Any]) -> None:
        text = written({"new": tree})
        (tmp_path / "any.yaml").write_text(text, encoding="utf-8")
        problems: list[Problem] = []
        entry = entry_of(
            "new", yaml_records.read(tmp_path / "any.yaml").tree["new"], LinePlaces("any.yaml", 1), problems
        )
        assert entry is not None
        converted = Converter(converter.vocabulary, converter.settings, {"new": entry}).convert_registers()
        if not problems and not converted.problems:
            accepted.append(text)
            assert [error.message for error in validator.iter_errors(editor.read(text))] == []

    hold()
    assert len(accepted) > 30
