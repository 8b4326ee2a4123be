"""What a record becomes, on the small domain: IRIs that never change, claims, statements, what follows for events."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest

from conftest import lay_out
from ruiran_ld import corpus, ntriples, seeds, yaml_records
from ruiran_ld.conversion import Converted, Converter
from ruiran_ld.dataset import DatasetFolder
from ruiran_ld.namespaces import EDTF, RDF, RDFS, RR, XSD
from ruiran_ld.records import LoadedDocument
from ruiran_ld.vocabulary import compile_vocabulary

BASE = "https://example.org/floods/"
FLOOD = f"<{BASE}id/spring-flood-1999>"
LORN = f"<{BASE}id/lorn>"
TERMS = f"{BASE}terms#"
CONCEPT = f"{BASE}concept/"


@pytest.fixture(scope="module")
def converter(built: Path) -> Converter:
    registers = seeds.load_registers(built / "seeds")
    return Converter(compile_vocabulary(built / "ontology"), seeds.load_settings(built / "seeds"), registers.entries)


def document(claims: dict[str, Any], **more: Any) -> LoadedDocument:
    """Make a document whose claims all stand at one passage."""
    for number, claim in enumerate(claims.values()):
        claim.setdefault("at", "0-10")
        claim.setdefault("gist", f"Gist {number}.")
    record = {"document": "d_1", "label": "D", "text": {"sha256": "0" * 64, "length": 50}, "claims": claims}
    passages = {claim["at"]: "1" * 64 for claim in claims.values()}
    loaded = seeds.decode_line(json.dumps({**record, "passages": passages, **more}).encode(), "d.jsonl", 1)
    assert isinstance(loaded, LoadedDocument), loaded
    return loaded


def facts_of(converted: Converted, subject: str) -> set[str]:
    """Give predicate and object of all triples of a subject."""
    assert not converted.problems, converted.problems
    found = (ntriples.split(line) for line in ntriples.canonical_lines(converted.text))
    return {f"{p} {o}" for s, p, o in found if s == subject}


def claim_term(key: str) -> str:
    return f"<{BASE}id/d_1/{key}>"


def rr(name: str, value: str) -> str:
    return f"<{RR}{name}> {value}"


def statement(triple: str) -> str:
    return f"<{BASE}statement/{sha256(triple.encode()).hexdigest()[:32]}>"


def test_an_iri_once_minted_never_changes(converter: Converter) -> None:
    # These stand in other people's data: no change of the code may move them.
    converted = converter.convert_document(
        document({"c1": {"says": {"spring-flood-1999": {"floods": "oldbridge", "crest": {"metres": "4.50"}}}}})
    )
    text = converted.text.decode()
    for iri in (
        "id/d_1",
        "id/d_1/c1",
        "id/d_1/author",
        "id/d_1#char=0,10",
        "id/d_1#selector=0,10",
        "statement/a577b79127030233f83a1ab535e15092",
        "value/69adc3c4ad81a3e392822c81a823a267",
    ):
        assert f"<{BASE}{iri}>" in text


def test_a_claim_says_who_where_how_and_what(converter: Converter) -> None:
    claim = {
        "by": ["flood-office"],
        "via": "flood-office",
        "status": "feared",
        "when": "1999-05~",
        "about": ["mere", "lorn"],
        "says": {"spring-flood-1999": {"ofRiver": "lorn"}},
        "note": "Read so.",
    }
    triple = f"{FLOOD} <{TERMS}ofRiver> {LORN}"
    assert facts_of(converter.convert_document(document({"c1": claim})), claim_term("c1")) == {
        f"<{RDF}type> <{RR}Claim>",
        rr("document", f"<{BASE}id/d_1>"),
        rr("passage", f"<{BASE}id/d_1#char=0,10>"),
        rr("epistemicStatus", f"<{CONCEPT}status/feared>"),
        rr("claimedRealis", f"<{CONCEPT}realis/expected>"),
        rr("gist", '"Gist 0."@en'),
        rr("attributedTo", f"<{BASE}id/flood-office>"),
        rr("origin", f"<{BASE}id/flood-office>"),
        rr("relayedBy", f"<{BASE}id/flood-office>"),
        rr("about", FLOOD),
        rr("about", LORN),
        rr("about", f"<{BASE}id/mere>"),
        rr("states", statement(triple)),
        rr("saidOn", f'"1999-05~"^^<{EDTF}>'),
        rr("saidNotBefore", f'"1999-05-01"^^<{XSD}date>'),
        rr("saidNotAfter", f'"1999-05-31"^^<{XSD}date>'),
        rr("curatorNote", '"Read so."@en'),
    }


def test_a_document_without_author_speaks_in_a_voice_of_its_own(converter: Converter) -> None:
    converted = converter.convert_document(document({"c1": {"about": "lorn"}}))
    author = f"<{BASE}id/d_1/author>"
    assert facts_of(converted, author) == {
        f"<{RDF}type> <{RR}UnnamedAuthor>",
        f'<{RDFS}label> "unnamed author of d_1"@en',
    }
    assert {rr("attributedTo", author), rr("origin", author)} <= facts_of(converted, claim_term("c1"))


def test_a_named_author_is_the_voice(converter: Converter) -> None:
    converted = converter.convert_document(document({"c1": {"about": "lorn"}}, author="flood-office"))
    assert rr("attributedTo", f"<{BASE}id/flood-office>") in facts_of(converted, claim_term("c1"))
    assert not facts_of(converted, f"<{BASE}id/d_1/author>")


def test_a_claim_that_repeats_another_has_no_origin_of_its_own(converter: Converter) -> None:
    claims = {
        "c1": {"about": "lorn"},
        "c2": {"about": "lorn", "repeats": "c1"},
        "c3": {"about": "lorn", "repeats": "r_2/c1"},
    }
    converted = converter.convert_document(document(claims))
    for key, other in (("c2", "d_1/c1"), ("c3", "r_2/c1")):
        facts = facts_of(converted, claim_term(key))
        assert rr("repeats", f"<{BASE}id/{other}>") in facts
        assert rr("attributedTo", f"<{BASE}id/d_1/author>") in facts
        assert not any(fact.startswith(f"<{RR}origin>") for fact in facts)


@pytest.mark.parametrize(
    ("status", "event", "lasting", "verb"),
    [("asserted", True, True, "states"), ("feared", True, False, "states"), ("denied", False, False, "denies")],
)
def test_direct_triples_stand_where_the_status_is_enough(
    converter: Converter,
    status: str,
    event: bool,  # noqa: FBT001 (a parameter)
    lasting: bool,  # noqa: FBT001 (a parameter)
    verb: str,
) -> None:
    says = {"spring-flood-1999": {"ofRiver": "lorn"}, "lorn": {"flowsInto": "mere"}}
    converted = converter.convert_document(document({"c1": {"status": status, "says": says}}))
    of_event, of_river = f"<{TERMS}ofRiver> {LORN}", f"<{TERMS}flowsInto> <{BASE}id/mere>"
    assert (of_event in facts_of(converted, FLOOD)) is event
    assert (of_river in facts_of(converted, LORN)) is lasting
    found = facts_of(converted, claim_term("c1"))
    assert {rr(verb, statement(f"{FLOOD} {of_event}")), rr(verb, statement(f"{LORN} {of_river}"))} <= found


def test_two_claims_that_say_the_same_share_the_statement(converter: Converter) -> None:
    claims = {
        key: {"status": status, "says": {"lorn": {"flowsInto": "mere"}}}
        for key, status in (("a", "asserted"), ("b", "denied"))
    }
    text = converter.convert_document(document(claims)).text.decode()
    term = statement(f"{LORN} <{TERMS}flowsInto> <{BASE}id/mere>")
    assert text.count(f"{term} <{RDF}subject> ") == 1
    assert f"{claim_term('a')} <{RR}states> {term} ." in text
    assert f"{claim_term('b')} <{RR}denies> {term} ." in text


def test_what_holds_both_ways_is_one_statement_whichever_way_it_is_put(converter: Converter) -> None:
    claims = {"a": {"says": {"mere": {"joins": "lorn"}}}, "b": {"says": {"lorn": {"joins": "mere"}}}}
    text = converter.convert_document(document(claims)).text.decode()
    triple = f"{LORN} <{TERMS}joins> <{BASE}id/mere>"
    assert text.count(f"{triple} .") == 1
    for key in claims:
        assert f"{claim_term(key)} <{RR}states> {statement(triple)} ." in text
    assert text.count(f"<{RDF}predicate> <{TERMS}joins>") == 1


def test_what_a_structured_value_names_is_what_the_claim_is_about(converter: Converter) -> None:
    claim = {"says": {"spring-flood-1999": {"crest": {"metres": "4.50", "at": "oldbridge"}}}}
    facts = facts_of(converter.convert_document(document({"c1": claim})), claim_term("c1"))
    assert {rr("about", FLOOD), rr("about", f"<{BASE}id/oldbridge>")} <= facts


def test_equal_values_are_one_in_whatever_order_they_are_written(converter: Converter) -> None:
    first, second = {"metres": "4.50", "at": "oldbridge"}, {"at": "oldbridge", "metres": "4.50"}
    claims = {
        "a": {"says": {"spring-flood-1999": {"crest": first}}},
        "b": {"says": {"spring-flood-1999": {"crest": second}}},
    }
    facts = facts_of(converter.convert_document(document(claims)), FLOOD)
    assert len([fact for fact in facts if fact.startswith(f"<{TERMS}crest>")]) == 1


@pytest.mark.parametrize(
    ("claims", "realis"),
    [
        ([("asserted", "")], "happened"),
        ([("feared", "")], "expected"),
        ([("denied", "")], "unfounded"),
        ([("denied", ""), ("feared", "")], "expected"),
        ([("feared", ""), ("asserted", ""), ("denied", "")], "happened"),
        ([("asserted", "expected")], "expected"),
        ([("feared", "unfounded"), ("denied", "expected")], "expected"),
    ],
)
def test_the_realis_of_an_event_is_that_of_highest_precedence(
    converter: Converter, claims: list[tuple[str, str]], realis: str
) -> None:
    events = {"own": {"type": "Flood", "label": "Own"}}
    records = {
        f"c{number}": {"status": status, "realis": own, "says": {"own": {"ofRiver": "lorn"}}}
        for number, (status, own) in enumerate(claims)
    }
    for ordered in (records, dict(reversed(records.items()))):
        converted = converter.convert_document(document(ordered, events=events))
        found = [fact for fact in facts_of(converted, f"<{BASE}id/own>") if fact.startswith(f"<{RR}realis>")]
        assert found == [rr("realis", f"<{CONCEPT}realis/{realis}>")]


def bounds_of(converter: Converter, times: list[str], status: str = "asserted") -> list[str | None]:
    claims = {f"c{n}": {"status": status, "says": {"own": {"time": time}}} for n, time in enumerate(times)}
    converted = converter.convert_document(document(claims, events={"own": {"type": "Flood", "label": "Own"}}))
    facts = dict(
        fact.split(" ", 1) for fact in facts_of(converted, f"<{BASE}id/own>") if "earliest" in fact or "latest" in fact
    )
    names = ("earliestStart", "latestStart", "earliestEnd", "latestEnd")
    return [facts.get(f"<{RR}{name}>", "").partition("^^")[0].strip('"') or None for name in names]


def test_the_bounds_of_an_event_are_the_widest_of_its_times(converter: Converter) -> None:
    day, month = "1999-04-03", "1999-04-01"
    assert bounds_of(converter, [day]) == [day, day, day, day]
    assert bounds_of(converter, [day, "1999-04"]) == [month, "1999-04-30", month, "1999-04-30"]
    assert bounds_of(converter, ["1999-04-03/1999-05", "1998/.."]) == ["1998-01-01", "1999-04-03", None, None]
    assert bounds_of(converter, ["../1999", "2000/"]) == [None, None, None, None]
    assert bounds_of(converter, [day], "denied") == [None, None, None, None]


def test_claims_of_several_documents_add_up_for_an_event_of_the_registers(built: Path) -> None:
    lines = (built / "dist" / "floods.nt").read_text().splitlines()
    found = {line.removeprefix(f"{FLOOD} ").removesuffix(" .") for line in lines if line.startswith(f"{FLOOD} ")}
    assert rr("realis", f"<{CONCEPT}realis/happened>") in found
    assert rr("earliestStart", f'"1999-01-01"^^<{XSD}date>') in found
    assert rr("latestEnd", f'"1999-12-31"^^<{XSD}date>') in found
    assert not any("deaths" in fact for fact in found)


@pytest.mark.parametrize(
    "text", ["a\u2028b", "a\x85b", "tab\there", "new\nline", '"\\', "\u200f\u202e", "😀", "\ufffe"]
)
def test_texts_of_every_kind_stay_whole(converter: Converter, text: str) -> None:
    says = {"spring-flood-1999": {"nickname": text}}
    claims: dict[str, Any] = {"c1": {"about": "lorn", "gist": text, "note": text, "says": says}}
    record = document(
        claims, label=text, events={"own": {"type": "Flood", "label": text, "altLabel": [text, f"{text}."]}}
    )
    converted = converter.convert_document(record)
    assert not converted.problems
    values = literals(converted.text)
    assert values.count(text) == 7


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("1" * 63, "1" * 65),
        ("A" * 64, "1" * 64),
        ("1" * 63 + " ", "1" * 64),
        ("1" * 63 + "\u0661", "1" * 64),
        ("", "1" * 64),
    ],
)
def test_a_passage_without_a_hash_is_found_among_others(converter: Converter, first: str, second: str) -> None:
    claims = {"c1": {"at": "0-10", "about": "lorn"}, "c2": {"at": "11-20", "about": "lorn"}}
    converted = converter.convert_document(document(claims, passages={"0-10": first, "11-20": second}))
    wrong = [repr(digest) for digest in (first, second) if digest != "1" * 64]
    assert [problem.message.partition(" is no SHA-256")[0] for problem in converted.problems] == wrong


def test_texts_of_registers_stay_whole_however_lines_may_break(dataset: Path) -> None:
    entry = {"id": "new", "type": "River", "label": "N", "altLabel": ["a\u2028same", "b\u2028same", "c\x85same"]}
    (dataset / "seeds" / "registers" / "more.jsonl").write_text(json.dumps(entry))
    text = b"".join(pieces_of(dataset))
    assert set(entry["altLabel"]) <= set(literals(text))


def literals(text: bytes) -> list[str]:
    """Give the values of all literals."""
    objects = (triple.object for triple in ntriples.parsed(text))
    return [node.value for node in objects if isinstance(node, pyoxigraph.Literal)]


def pieces_of(dataset: Path, jobs: int = 1) -> list[bytes]:
    pieces: list[bytes] = []
    corpus.convert(DatasetFolder(dataset), pieces.append, jobs=jobs)
    return pieces


def many_documents(dataset: Path) -> list[str]:
    """Write a corpus of a few batches; all documents speak of one event of the registers."""
    lines = []
    for number in range(600):
        claims = {
            f"c{key}": {
                "at": "0-10",
                "gist": f"Gist {number} {key}: {'long ' * 20}",
                "status": ("asserted", "feared", "denied")[number % 3],
                "says": {"spring-flood-1999": {"time": f"19{number % 90 + 10}", "floods": "oldbridge"}},
            }
            for key in range(6)
        }
        text = {"sha256": f"{number:064x}", "length": 50}
        record = {
            "document": f"m_{number}",
            "label": "M",
            "text": text,
            "claims": claims,
            "passages": {"0-10": "1" * 64},
        }
        lines.append(json.dumps(record))
    (dataset / "seeds" / "documents" / "many.jsonl").write_text("\n".join(lines))
    return lines


def test_the_output_is_the_same_with_any_number_of_processes(dataset: Path) -> None:
    many_documents(dataset)
    one = b"".join(pieces_of(dataset))
    assert len(one) > 2_000_000
    assert b"".join(pieces_of(dataset, jobs=2)) == one


def test_the_graph_is_the_same_in_whatever_order_and_files_documents_stand(dataset: Path) -> None:
    lines = many_documents(dataset)
    one = ntriples.canonical_lines(b"".join(pieces_of(dataset)))
    folder = dataset / "seeds" / "documents"
    (folder / "many.jsonl").write_text("\n".join(reversed(lines[:100])))
    (folder / "a.jsonl").write_text("\n".join(lines[100:]))
    assert ntriples.canonical_lines(b"".join(pieces_of(dataset))) == one


def test_yaml_and_json_lines_of_the_same_records_give_the_same_bytes(tmp_path: Path) -> None:
    dataset = lay_out(tmp_path / "floods")
    before = [piece for piece in pieces_of(dataset) if piece]
    for path in sorted((dataset / "seeds" / "documents").glob("*.yaml")):
        tree = yaml_records.read(path).tree
        for suffix, spelled in (
            ("", json.dumps(tree)),
            ("-compact", json.dumps(tree, ensure_ascii=False, separators=(",", ":"))),
        ):
            path.unlink(missing_ok=True)
            line = path.with_name(f"{path.stem}.jsonl")
            line.write_text(spelled, encoding="utf-8")
            assert [piece for piece in pieces_of(dataset) if piece] == before, suffix


def test_no_hash_seed_shows_in_the_output(built: Path, tmp_path: Path) -> None:
    outputs = []
    for seed in ("0", "1", "4242"):
        out = tmp_path / seed
        code = "from ruiran_ld.cli import main; main()"
        command = [sys.executable, "-c", code, "convert", "--dataset", str(built), "--out", str(out)]
        subprocess.run(command, env={**os.environ, "PYTHONHASHSEED": seed}, check=True)
        outputs.append(out.read_bytes())
    assert outputs[0] == outputs[1] == outputs[2]


def test_every_line_of_our_own_dataset_is_n_triples_without_blank_nodes(real: Path) -> None:
    text = b"".join(pieces_of(real))
    lines = ntriples.canonical_lines(text)
    parsed = [triple for line in lines for triple in ntriples.parsed(line.encode())]
    assert len(parsed) == len(lines)
    blank = pyoxigraph.BlankNode
    assert not [triple for triple in parsed if isinstance(triple.subject, blank) or isinstance(triple.object, blank)]
