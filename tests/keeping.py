"""Helpers of the tests of the ledger: a dataset that was released once, edits of it, the commands of messages."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from ruiran_ld import ledger, ntriples, pipeline
from ruiran_ld.dataset import DatasetFolder
from ruiran_ld.ledger import Row
from running import Outcome, run

BASE = "https://example.org/floods/"
ID = f"{BASE}id/"
FLOODS = "ontology/floods.ttl"
WATERS = "seeds/registers/waters.yaml"
PLACES = "seeds/registers/places.jsonl"
REPORT_1 = "seeds/documents/report_1.yaml"
REPORT_2 = "seeds/documents/report_2.yaml"


def promise(dataset: Path, version: str = "1.0.0", issued: str = "2026-01-01") -> None:
    """Write into a dataset's ledger all that it publishes, as a release does."""
    folder = DatasetFolder(dataset)
    rows = ledger.read(folder.ledger)
    published = pipeline.describe(folder, pipeline.convert(folder))
    ledger.write(folder.ledger, ledger.register(rows, published, version, issued))


def edit(dataset: Path, file: str, *changes: tuple[str, str]) -> None:
    """Replace texts, which must stand there, in a file of a dataset."""
    path = dataset / file
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def row(dataset: Path, iri: str) -> Row:
    """Read the row of an IRI."""
    (found,) = [row for row in ledger.read(dataset / "seeds" / "ledger.tsv") if row.iri == iri]
    return found


def commands(message: str) -> list[list[str]]:
    """Find the commands that a message says to run, each once, as arguments after the program's name."""
    found = re.findall(r"run: (ruiran-ld .*?)(?: ;|$)", message, re.MULTILINE)
    return [shlex.split(command)[1:] for command in dict.fromkeys(found)]


def refused(dataset: Path) -> Outcome:
    """Build a dataset whose build must fail."""
    outcome = run("build", here=dataset)
    assert outcome.status == 1, outcome
    return outcome


def obey(dataset: Path, message: str, verb: str, **words: str) -> Outcome:
    """Run the commands with a verb that a message says to run, with words of one's own for those in capitals."""
    wanted = [command for command in commands(message) if command[0] == verb]
    assert wanted, message
    outcomes = [run(*(words.get(word, word) for word in command), here=dataset) for command in wanted]
    for outcome in outcomes:
        assert outcome.status == 0, outcome.err
    return outcomes[-1]


def builds(dataset: Path) -> str:
    """Build a dataset, which must succeed, and give the published N-Triples."""
    outcome = run("build", "--update-expected", here=dataset)
    assert outcome.status == 0, outcome.err
    return (dataset / "dist" / "floods.nt").read_text(encoding="utf-8")


def keeps(dataset: Path) -> str:
    """Convert a dataset and hold it against its ledger, which it must keep to, and give the N-Triples to be published.

    What a build does before it validates: a tenth of its time, for tests in which nothing else is in doubt.
    """
    folder = DatasetFolder(dataset)
    return ntriples.join_lines(pipeline.keep_promises(folder, pipeline.convert(folder)).lines).decode()
