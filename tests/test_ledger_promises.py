"""What was published is never lost or reused in silence: each break fails the build, with what to run instead."""

from __future__ import annotations

from pathlib import Path

import pytest

from keeping import (
    BASE,
    FLOODS,
    ID,
    PLACES,
    REPORT_1,
    REPORT_2,
    WATERS,
    builds,
    commands,
    edit,
    keeps,
    obey,
    promise,
    refused,
    row,
)
from running import run

TARN = "tarn: {type: River, label: Tarn, noMatch: {gazetteer: looked under Tarn and Tarn Water}}\n"
MERE = "mere: {type: River, label: Mere}\n"


@pytest.fixture(name="kept")
def _kept(dataset: Path) -> Path:
    """Give a dataset that was released once, and is on its way to the next version."""
    promise(dataset)
    edit(dataset, "seeds/dataset.yaml", ("version: 1.0.0", "version: 1.1.0"), ("2026-01-01", "2026-02-02"))
    return dataset


def test_an_unchanged_dataset_builds_and_has_no_tombstone(kept: Path) -> None:
    assert "Tombstone" not in builds(kept)
    assert run("validate", here=kept).out == "conforms: 0 violations, 0 warnings\n"


def test_removing_an_entity(kept: Path) -> None:
    edit(kept, WATERS, (TARN, ""))
    edit(kept, REPORT_2, ("\n      mere: {flowsInto: tarn}", ""))
    outcome = refused(kept)
    number = row(kept, f"{ID}tarn").line
    assert f"error: seeds/ledger.tsv:{number}: tarn (thing, River, since 1.0.0) would be lost" in outcome.err
    obey(kept, outcome.err, "deprecate", WHY="it is a lake")
    text = builds(kept)
    assert (
        f"<{ID}tarn> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/ruiran/ontology#Tombstone> ."
        in text
    )
    assert f'<{ID}tarn> <https://w3id.org/ruiran/ontology#deprecationReason> "it is a lake"@en .' in text
    assert (
        f"<{ID}tarn> <http://www.w3.org/ns/prov#invalidatedAtTime> "
        '"2026-02-02T00:00:00Z"^^<http://www.w3.org/2001/XMLSchema#dateTime> .'
    ) in text
    assert f"<{ID}tarn> <http://purl.org/dc/terms/isReplacedBy>" not in text


def test_removing_an_entity_that_claims_speak_of(kept: Path) -> None:
    edit(kept, WATERS, (TARN, ""))
    outcome = run("build", here=kept)
    assert outcome.status == 1
    assert "unknown reference 'tarn', which was published (thing, since 1.0.0) and is declared no more" in outcome.err
    assert ["deprecate", "tarn", "--replaced-by", "NEW", "--reason", "WHY"] in commands(outcome.err)
    assert run("deprecate", "tarn", "--replaced-by", "mere", "--reason", "one water", here=kept).status == 0
    obey(kept, refused(kept).err, "deprecate", WHY="one water")
    assert f"<{ID}tarn> <http://purl.org/dc/terms/isReplacedBy> <{ID}mere> ." in keeps(kept)


def test_renaming_a_slug(kept: Path) -> None:
    edit(kept, WATERS, ("lorn:\n", "river-lorn:\n"))
    edit(kept, REPORT_1, ("ofRiver: lorn", "ofRiver: river-lorn"))
    edit(kept, REPORT_2, ("      lorn:", "      river-lorn:"))
    outcome = refused(kept)
    assert ["rekey", "lorn", "river-lorn"] in commands(outcome.err), "the same exact match shows which it is now"
    done = obey(kept, outcome.err, "rekey")
    assert done.out == "lorn: withdrawn, replaced by river-lorn\n"
    assert "still to do: seeds/ledger.tsv:" in done.err
    obey(kept, refused(kept).err, "deprecate", WHY="lorn was renamed")
    text = builds(kept)
    assert f"<{ID}lorn> <http://purl.org/dc/terms/isReplacedBy> <{ID}river-lorn> ." in text
    assert f"<{ID}river-lorn> <http://www.w3.org/2004/02/skos/core#exactMatch>" in text
    turtle = (kept / "dist" / "floods.ttl").read_text(encoding="utf-8")
    assert "# --- tombstone ---" in turtle
    assert turtle.index("# --- tombstone") > turtle.index("# --- statement")


def test_what_followed_from_a_renamed_thing_leads_to_what_follows_now(kept: Path) -> None:
    before = keeps(kept).splitlines()
    edit(kept, WATERS, ("lorn:\n", "river-lorn:\n"))
    edit(kept, REPORT_1, ("ofRiver: lorn", "ofRiver: river-lorn"))
    edit(kept, REPORT_2, ("      lorn:", "      river-lorn:"))
    assert run("rekey", "lorn", "river-lorn", here=kept).status == 0
    assert run("deprecate", "--derived", "--reason", "lorn was renamed", here=kept).status == 0
    after = keeps(kept).splitlines()
    parts = tuple(f"<http://www.w3.org/1999/02/22-rdf-syntax-ns#{part}>" for part in ("subject", "predicate", "object"))
    replaced = [line.split() for line in after if "isReplacedBy" in line and "/statement/" in line]
    assert len(replaced) == 4  # two ofRiver, one flowsInto, one identity link
    for old, _, new, _ in replaced:
        said = {
            line.partition(" ")[2].replace("/id/lorn>", "/id/river-lorn>") for line in before if line.startswith(old)
        }
        says = {line.partition(" ")[2] for line in after if line.startswith(new)}
        assert {line for line in said if line.startswith(parts)} == {line for line in says if line.startswith(parts)}


def test_a_statement_that_holds_both_ways_is_found_again_whichever_way_it_is_written(dataset: Path) -> None:
    edit(dataset, REPORT_2, ("      mere: {flowsInto: tarn}", "      mere: {flowsInto: tarn, joins: tarn}"))
    promise(dataset)
    edit(dataset, WATERS, ("tarn: {", "a-tarn: {"))
    edit(dataset, REPORT_2, ("flowsInto: tarn, joins: tarn", "flowsInto: a-tarn, joins: a-tarn"))
    assert run("rekey", "tarn", "a-tarn", here=dataset).status == 0
    done = run("deprecate", "--derived", "--reason", "tarn was renamed", "--json", here=dataset).json
    assert len(done["edits"]) == 3
    assert all(edit["replacedBy"] for edit in done["edits"])


def test_a_value_with_a_renamed_thing_and_its_statement_are_found_again(kept: Path) -> None:
    edit(kept, PLACES, ("oldbridge", "old-bridge"))
    edit(kept, REPORT_1, ("oldbridge", "old-bridge"))
    edit(kept, REPORT_2, ("oldbridge", "old-bridge"))
    assert run("rekey", "oldbridge", "old-bridge", here=kept).status == 0
    done = run("deprecate", "--derived", "--reason", "oldbridge was renamed", "--json", here=kept)
    assert [edit["name"].partition("/")[0] for edit in done.json["edits"]] == ["statement", "statement", "value"]
    assert all(edit["replacedBy"] for edit in done.json["edits"])
    assert done.json["remaining"] == []


def test_a_value_within_a_value_is_found_again(dataset: Path) -> None:
    about = "rdfs:isDefinedBy <https://example.org/floods/terms> .\n"
    terms = (
        f'fl:Reading a owl:Class ; rdfs:subClassOf rr:Value ; rdfs:label "reading"@en ; {about}'
        f'fl:reading a owl:ObjectProperty ; rdfs:domain fl:Level ; rdfs:range fl:Reading ; rdfs:label "by"@en ; {about}'
        f'fl:readIn a owl:ObjectProperty ; rdfs:domain fl:Reading ; rdfs:range fl:Town ; rdfs:label "in"@en ; {about}'
    )
    edit(dataset, FLOODS, ("fl:metres a owl:", f"{terms}fl:metres a owl:"))
    # Of several, since their hashes put some of them before and some after what is within them.
    readings = ", ".join(f"{{metres: {metres}, reading: {{readIn: oldbridge}}}}" for metres in range(1, 7))
    edit(dataset, REPORT_1, ("{metres: 4.50, at: oldbridge}", f"[{readings}]"))
    promise(dataset)
    for file in (PLACES, REPORT_1, REPORT_2):
        edit(dataset, file, ("oldbridge", "old-bridge"))
    assert run("rekey", "oldbridge", "old-bridge", here=dataset).status == 0
    done = run("deprecate", "--derived", "--reason", "oldbridge was renamed", "--json", here=dataset)
    assert sum(edit["name"].startswith("value/") for edit in done.json["edits"]) == 7
    assert all(edit["replacedBy"] for edit in done.json["edits"])


def test_a_name_that_is_taken_back(kept: Path) -> None:
    text = (kept / WATERS).read_text(), (kept / REPORT_2).read_text()
    edit(kept, WATERS, ("tarn: {", "pond: {"))
    edit(kept, REPORT_2, ("flowsInto: tarn", "flowsInto: pond"))
    assert run("rekey", "tarn", "pond", here=kept).status == 0
    assert run("deprecate", "--derived", "--reason", "tarn was renamed", here=kept).status == 0
    promise(kept, "1.1.0", "2026-02-02")
    (kept / WATERS).write_text(text[0])
    (kept / REPORT_2).write_text(text[1])
    outcome = run("rekey", "pond", "tarn", here=kept)
    merge = ["deprecate", "pond", "--replaced-by", "tarn", "--reason", "WHY"]
    assert commands(outcome.err) == [["decide", "tarn", "--reason", "WHY"], merge]
    outcome = run(*merge, here=kept)
    assert "'pond' would be replaced by itself; since tarn is described again, first run: " in outcome.err
    obey(kept, outcome.err, "decide", WHY="tarn was right")
    assert run(*merge, here=kept).status == 0
    outcome = run("deprecate", "--derived", "--reason", "tarn was right", here=kept)
    assert commands(outcome.err) == [["decide", "--derived", "--reason", "WHY"]]
    obey(kept, outcome.err, "decide", WHY="tarn was right")
    assert run("deprecate", "--derived", "--reason", "tarn was right", here=kept).status == 0
    assert f"<{ID}pond> <http://purl.org/dc/terms/isReplacedBy> <{ID}tarn> ." in keeps(kept)


def test_renaming_a_document_takes_its_claims_along(kept: Path) -> None:
    (kept / REPORT_1).rename(kept / "seeds/documents/first.yaml")
    edit(kept, "seeds/documents/first.yaml", ("document: report_1", "document: first"))
    edit(kept, REPORT_2, ("report_1/rise", "first/rise"))
    outcome = refused(kept)
    assert outcome.err.count("would be lost") > 10
    done = run("rekey", "report_1", "first", here=kept)
    assert done.out.splitlines()[0] == "report_1: withdrawn, replaced by first"
    assert "report_1/author: withdrawn, replaced by first/author" in done.out
    assert "report_1/rise: withdrawn, replaced by first/rise" in done.out
    assert run("deprecate", "--derived", "--reason", "report_1 was renamed", here=kept).status == 0
    text = keeps(kept)
    assert f"<{ID}report_1#char=0,83> <http://purl.org/dc/terms/isReplacedBy> <{ID}first#char=0,83> ." in text


def test_changing_a_type(kept: Path) -> None:
    edit(kept, WATERS, (TARN, TARN.replace("River", "Town")))
    edit(kept, REPORT_2, ("\n      mere: {flowsInto: tarn}", ""))
    outcome = refused(kept)
    terms = f"{BASE}terms#"
    assert f"has changed its type: {terms}River was published, {terms}Town is given" in outcome.err
    assert "an IRI is never reused for something else" in outcome.err
    obey(kept, outcome.err, "decide", WHY="the village beside the water was meant")
    obey(kept, refused(kept).err, "deprecate", WHY="a town flows nowhere")
    builds(kept)
    note = row(kept, f"{ID}tarn").note
    assert note == f"1.1.0: type {terms}River -> {terms}Town: the village beside the water was meant"


def test_dropping_a_claim(kept: Path) -> None:
    claim = (kept / REPORT_1).read_text().partition("  nobody:")[2].partition("text:")[0]
    passage = "  168-205: b682e3c44b46f817cb8c9626195165c1afe6eb1154beb2690ad0b703ed3e325a\n"
    edit(kept, REPORT_1, (f"  nobody:{claim}", ""), (passage, ""), ("claims: 4", "claims: 3"))
    outcome = refused(kept)
    assert "report_1/nobody (claim, Claim, since 1.0.0) would be lost" in outcome.err
    assert sorted(commands(outcome.err)) == [
        ["deprecate", "--derived", "--reason", "WHY"],
        ["deprecate", "report_1/nobody", "--reason", "WHY"],
        ["rekey", "report_1/nobody", "NEW"],
    ]
    obey(kept, outcome.err, "deprecate", WHY="the text does not say it")
    text = builds(kept)
    assert text.count("#Tombstone>") == 4, "the claim, its passage, the position of that, its statement"


def test_dropping_a_concept(kept: Path) -> None:
    edit(kept, FLOODS, (f'<{BASE}concept/danger/low> a fl:Danger ; skos:prefLabel "low"@en .\n', ""))
    outcome = refused(kept)
    assert "concept/danger/low (concept, Danger, since 1.0.0) would be lost" in outcome.err
    obey(kept, outcome.err, "deprecate", WHY="nothing was ever of low danger")
    assert f"<{BASE}concept/danger/low> <http://www.w3.org/2002/07/owl#deprecated> " in builds(kept)


def test_dropping_a_term(kept: Path) -> None:
    before, name, after = (kept / FLOODS).read_text().partition("fl:nickname")
    edit(kept, FLOODS, (name + after[: after.index(" .\n") + 3], ""))
    assert (kept / FLOODS).read_text().startswith(before)
    outcome = refused(kept)
    assert "terms#nickname (term, DatatypeProperty, since 1.0.0) would be lost" in outcome.err
    obey(kept, outcome.err, "deprecate", WHY="never used")
    assert f"<{BASE}terms#nickname> <http://www.w3.org/2002/07/owl#deprecated> " in keeps(kept)


def test_a_term_that_the_ontology_keeps_and_calls_deprecated(kept: Path) -> None:
    edit(
        kept,
        FLOODS,
        ("fl:nickname a owl:DatatypeProperty ;", "fl:nickname a owl:DatatypeProperty ; owl:deprecated true ;"),
    )
    outcome = refused(kept)
    assert "terms#nickname (term, DatatypeProperty, since 1.0.0) is called deprecated by the data" in outcome.err
    obey(kept, outcome.err, "deprecate", WHY="never used")
    assert "terms#nickname> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type>" not in builds(kept), (
        "it has no tombstone"
    )


def test_losing_an_exact_match(kept: Path) -> None:
    edit(kept, WATERS, ("gazetteer:RV17", "gazetteer:RV18"))
    outcome = refused(kept)
    assert "has changed its identity: https://example.org/gazetteer/RV17 was published as the same thing" in outcome.err
    obey(kept, outcome.err, "decide", WHY="RV17 is its namesake")
    assert row(kept, f"{ID}lorn").matches == ("https://example.org/gazetteer/RV18",)
    obey(kept, refused(kept).err, "deprecate", WHY="RV17 is a namesake of the Lorn")
    keeps(kept)


def test_finding_an_exact_match_is_no_change_of_identity(kept: Path) -> None:
    edit(kept, WATERS, (MERE, "mere: {type: River, label: Mere, exactMatch: {gazetteer:RV18: same mouth}}\n"))
    keeps(kept)
    promise(kept, "1.1.0")
    assert row(kept, f"{ID}mere").matches == ("https://example.org/gazetteer/RV18",)


def test_merging_two_things(kept: Path) -> None:
    text = (kept / WATERS).read_text()
    lorn = text[: text.index("mere:")]
    merged = "mere: {type: River, label: Mere, exactMatch: {gazetteer:RV17: the gazetteer gives the same mouth}}\n"
    edit(kept, WATERS, (lorn, ""), (MERE, merged))
    edit(kept, REPORT_1, ("ofRiver: lorn", "ofRiver: mere"))
    edit(kept, REPORT_2, ("\n      lorn: {flowsInto: mere}", ""))
    outcome = refused(kept)
    wanted = ["deprecate", "lorn", "--replaced-by", "mere", "--reason", "WHY"]
    assert wanted in commands(outcome.err)
    obey(kept, outcome.err, "deprecate", WHY="one river under two names")
    assert f"<{ID}lorn> <http://purl.org/dc/terms/isReplacedBy> <{ID}mere> ." in builds(kept)


def test_a_thing_that_takes_the_identity_of_one_that_stays(kept: Path) -> None:
    edit(kept, WATERS, (MERE, "mere: {type: River, label: Mere, exactMatch: {gazetteer:RV17: guessed}}\n"))
    outcome = refused(kept)
    assert (
        "mere (thing, River, since 1.0.0) takes the identity of lorn, https://example.org/gazetteer/RV17" in outcome.err
    )
    obey(kept, outcome.err, "decide", WHY="the gazetteer has one record for both")
    keeps(kept)


def test_reusing_a_withdrawn_iri(kept: Path) -> None:
    edit(kept, WATERS, (TARN, ""))
    edit(kept, REPORT_2, ("\n      mere: {flowsInto: tarn}", ""))
    obey(kept, refused(kept).err, "deprecate", WHY="it is a lake")
    promise(kept, "1.1.0", "2026-02-02")
    edit(kept, WATERS, (MERE, MERE + TARN))
    edit(
        kept,
        REPORT_2,
        ("      lorn: {flowsInto: mere}", "      lorn: {flowsInto: mere}\n      mere: {flowsInto: tarn}"),
    )
    outcome = refused(kept)
    assert (
        "tarn (thing, River, since 1.0.0) was withdrawn in 1.1.0 (it is a lake) and is described again" in outcome.err
    )
    obey(kept, outcome.err, "decide", WHY="it is a river after all")
    assert "#Tombstone>" not in builds(kept)
    assert row(kept, f"{ID}tarn").note.endswith("restored: it is a river after all | it is a lake")


def test_a_withdrawn_iri_never_names_something_else(kept: Path) -> None:
    edit(kept, WATERS, (TARN, ""))
    edit(kept, REPORT_2, ("\n      mere: {flowsInto: tarn}", ""))
    obey(kept, refused(kept).err, "deprecate", WHY="it is a lake")
    edit(kept, WATERS, (MERE, MERE + "tarn: {type: Town, label: Tarn}\n"))
    outcome = refused(kept)
    assert "give it another slug" in outcome.err
    assert commands(outcome.err) == []
    decided = run("decide", "tarn", "--reason", "a town now", here=kept)
    assert (decided.status, "never reused for something else" in decided.err) == (2, True)


def test_a_tombstone_keeps_its_date_and_what_it_leads_to_stays_found(kept: Path) -> None:
    edit(kept, WATERS, (TARN, TARN.replace("tarn:", "tarn-water:")))
    edit(kept, REPORT_2, ("flowsInto: tarn", "flowsInto: tarn-water"))
    assert run("rekey", "tarn", "tarn-water", here=kept).status == 0
    assert run("deprecate", "--derived", "--reason", "tarn was renamed", here=kept).status == 0
    promise(kept, "1.1.0", "2026-02-02")
    edit(kept, "seeds/dataset.yaml", ("version: 1.1.0", "version: 1.2.0"), ("2026-02-02", "2026-03-03"))
    edit(kept, WATERS, ("tarn-water:", "great-tarn:"))
    edit(kept, REPORT_2, ("flowsInto: tarn-water", "flowsInto: great-tarn"))
    assert run("rekey", "tarn-water", "great-tarn", here=kept).status == 0
    assert run("deprecate", "--derived", "--reason", "tarn-water was renamed", here=kept).status == 0
    text = keeps(kept)
    for old, day in (("tarn", "2026-02-02"), ("tarn-water", "2026-03-03")):
        assert f"<{ID}{old}> <http://purl.org/dc/terms/isReplacedBy> <{ID}great-tarn> ." in text
        assert f'<{ID}{old}> <http://www.w3.org/ns/prov#invalidatedAtTime> "{day}T00:00:00Z"' in text
    assert row(kept, f"{ID}tarn").replaced_by == f"{ID}tarn-water"


def test_statements_that_records_give_again(kept: Path) -> None:
    edit(kept, REPORT_2, ("\n      mere: {flowsInto: tarn}", ""))
    obey(kept, refused(kept).err, "deprecate", WHY="misread")
    keeps(kept)
    edit(
        kept,
        REPORT_2,
        ("      lorn: {flowsInto: mere}", "      lorn: {flowsInto: mere}\n      mere: {flowsInto: tarn}"),
    )
    outcome = refused(kept)
    assert commands(outcome.err) == [["decide", "--derived", "--reason", "WHY"]]
    obey(kept, outcome.err, "decide", WHY="read well after all")
    assert "#Tombstone>" not in keeps(kept)


def test_what_was_never_released_can_come_and_go(dataset: Path) -> None:
    edit(dataset, WATERS, (TARN, ""))
    edit(dataset, REPORT_2, ("\n      mere: {flowsInto: tarn}", ""))
    keeps(dataset)
    outcome = run("deprecate", "tarn", "--reason", "it is a lake", here=dataset)
    assert (outcome.status, "there is no ledger" in outcome.err) == (2, True)
    assert not (dataset / "seeds" / "ledger.tsv").exists()
