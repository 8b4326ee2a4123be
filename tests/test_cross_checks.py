"""Checks across documents: the same is found whether what they need is kept in memory or in the database."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing

import pytest

from ruiran_ld import cross_checks
from ruiran_ld.conversion import Brought, ClaimLink
from ruiran_ld.cross_checks import CrossChecks
from ruiran_ld.errors import Place

MOST = 1000


def brought(document: str, *links: tuple[str, str, str, str], events: Iterable[str] = ()) -> Brought:
    """Make what a document of three claims brings; a link is key, kind, document and key of the other claim."""
    place = Place(f"{document}.yaml", 1)
    slugs = [(slug, place) for slug in (document, *events)]
    return Brought(document, slugs, ("c01", "c02", "c03"), tuple(ClaimLink(*link, place) for link in links))


def found(*documents: Brought, complete: bool = True) -> list[str]:
    """Check documents that come one by one, and give the messages."""
    with closing(CrossChecks()) as checks:
        for each in documents:
            checks.add([each])
        return [problem.message for problem in checks.problems(MOST, complete=complete)]


@pytest.fixture(params=[0, 4, 100_000], autouse=True)
def most_in_memory(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let all tests run with a database from the start, from the second document on, and only to name problems."""
    monkeypatch.setattr(cross_checks, "_MOST_IN_MEMORY", request.param)


def test_chains_that_end_and_claims_that_exist_are_no_problem() -> None:
    chain = [("c03", "repeats", "d_1", "c02"), ("c02", "repeats", "d_2", "c01"), ("c01", "disputes", "d_1", "c03")]
    assert found(brought("d_1", *chain, events=["a", "b"]), brought("d_2", events=["c", "d"])) == []


def test_a_slug_that_stands_twice() -> None:
    documents = brought("d_1", events=["a", "b"]), brought("d_2", events=["c"]), brought("d_3", events=["b"])
    assert found(*documents) == ["two entities have the slug 'b': here and at d_1.yaml:1"]


def test_a_document_that_stands_twice_and_what_links_to_it() -> None:
    documents = brought("d_1", events=["a"]), brought("d_1"), brought("d_2", ("c01", "disputes", "d_1", "c01"))
    assert found(*documents) == ["two entities have the slug 'd_1': here and at d_1.yaml:1"]


def test_an_unknown_claim_is_a_problem_once_all_documents_are_known() -> None:
    document = brought("d_1", ("c01", "disputes", "d_2", "c0"), events=["a", "b", "c", "d"])
    assert found(document, brought("d_2")) == ["claim 'c01': 'disputes' names an unknown claim 'd_2/c0'"]
    assert found(document, brought("d_2"), complete=False) == []


def test_claims_that_repeat_each_other_in_a_circle() -> None:
    circle = [("c01", "repeats", "d_2", "c01"), ("c03", "repeats", "d_1", "c02")]
    assert found(brought("d_1", *circle), brought("d_2", ("c01", "repeats", "d_1", "c01"))) == [
        "claim 'c01' repeats 'd_2/c01', which in the end repeats itself",
        "claim 'c01' repeats 'd_1/c01', which in the end repeats itself",
    ]
