"""The parts of the endpoint that know neither network nor processes: Accept, what leads where, rows, turns."""

from __future__ import annotations

import asyncio
import csv
import io
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import QueryResultsFormat
from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_accept_header

from ruiran_ld.dereferencing.layout import FORMS, OFFERED, PAGE, Layout
from ruiran_ld.endpoint import media, rows
from ruiran_ld.endpoint.bodies import SMALL, Bodies
from ruiran_ld.endpoint.leads import Elsewhere, File, Site, Unacceptable, files_of, relative
from ruiran_ld.endpoint.protocol import RefusedError
from ruiran_ld.endpoint.turns import QueueFullError, Turns

TABLES = Path(__file__).parent / "dereferencing"
LONG = 10 * SMALL
LAYOUT = Layout("https://example.org/base/", "https://host.example/", "dataset", "mappings.sssom.tsv")
WEB_DOCUMENTS = frozenset({"ontology", "terms", "shapes", "metadata"})
HEADERS = {"(none)": None, "(empty)": ""}


def table(name: str) -> list[dict[str, str]]:
    """Read a table that Apache is asked too."""
    with (TABLES / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def site(*names: str) -> Site:
    """Make a site of these files, each document in all forms."""
    return Site(LAYOUT, WEB_DOCUMENTS, frozenset(names))


@pytest.mark.parametrize("row", table("iris"), ids=lambda row: f"{row['dataset']}-{row['kind']}")
def test_an_iri_leads_where_apache_leads(row: dict[str, str]) -> None:
    path = row["iri"].partition("#")[0]
    page = row["page"] or row["document"]
    hosted = site(page + PAGE.suffix, *(row["document"] + form.suffix for form in FORMS))
    for accept in table("accepts"):
        form = accept["form"]
        lead = hosted.lead(path, HEADERS.get(accept["accept"], accept["accept"]))
        if form == "406":
            assert lead == Unacceptable(tuple(each.media_type for each in OFFERED)), accept
        else:
            stem = page if form == "html" else row["document"]
            assert lead == Elsewhere(int(row["status"]), f"{stem}.{form}"), accept


@pytest.mark.parametrize("row", table("files"), ids=lambda row: f"{row['dataset']}-{row['path']}")
@pytest.mark.parametrize("accept", [None, "application/rdf+xml", "text/html;q=0"])
def test_a_file_is_given_whatever_the_client_accepts(row: dict[str, str], accept: str | None) -> None:
    # Where Apache sends on to the host of the files, the endpoint is that host.
    name = row["path"] if row["location"] in {"", row["path"], "{void}"} else row["location"]
    expected = File(name) if name == row["path"] else Elsewhere(302, name, negotiated=False)
    assert site(name).lead(row["path"], accept) == expected


def test_a_browser_gets_the_home_page_at_the_root() -> None:
    hosted = site("index.html", "dataset.html", "dataset.ttl")
    assert hosted.lead("", "text/html") == Elsewhere(303, "index.html")
    assert hosted.lead("", "text/turtle") == Elsewhere(303, "dataset.ttl")
    assert hosted.lead("dataset", "text/html") == Elsewhere(303, "dataset.html")
    assert hosted.lead("nobody", "text/html") is None
    assert hosted.lead("/", "text/html") is None, "an empty segment is no name of ours"


@pytest.mark.parametrize(
    ("path", "name", "expected"),
    [
        ("id/x", "id/x.ttl", "x.ttl"),
        ("id/x/", "id/x.ttl", "../x.ttl"),
        ("ontology", "ontology.ttl", "ontology.ttl"),
        ("", "dataset.ttl", "dataset.ttl"),
        ("releases/0.1.0/", "releases/0.1.0/SHA256SUMS", "SHA256SUMS"),
        ("id/d/c", "id/d/c.nt", "c.nt"),
    ],
)
def test_redirects_hold_under_any_prefix(path: str, name: str, expected: str) -> None:
    assert relative(path, name) == expected


def test_only_plain_files_that_are_not_hidden_are_given(tmp_path: Path) -> None:
    for name in ("a.ttl", ".htaccess", ".well-known/void", ".git/config", "id/b.nt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "link.ttl").symlink_to(tmp_path / "a.ttl")
    (tmp_path / "folder").symlink_to(tmp_path / "id")
    assert files_of(tmp_path) == {"a.ttl", ".well-known/void", "id/b.nt"}


TYPES = ["text/turtle", "application/ld+json", "application/n-triples", "text/html", "application/rdf+xml"]
RANGES = st.sampled_from([*TYPES, "*/*", "text/*", "application/*", "image/png", "image/*"])
WEIGHTS = st.one_of(
    st.just(""), st.integers(0, 1000).map(lambda n: f";q={n / 1000}"), st.sampled_from(["; q=0", ";q=1.0", " ; Q=0.50"])
)
ACCEPT = st.lists(st.tuples(RANGES, WEIGHTS), min_size=1, max_size=6, unique_by=lambda pair: pair[0])


@settings(max_examples=100, deadline=None)
@given(ranges=ACCEPT, comma=st.sampled_from([",", ", ", " ,\t"]), offers=st.permutations(TYPES))
def test_accept_is_weighed_as_werkzeug_weighs_it(ranges: list[tuple[str, str]], comma: str, offers: list[str]) -> None:
    accept = comma.join(name + weight for name, weight in ranges)
    reference = parse_accept_header(accept, MIMEAccept)
    best = max(offers, key=reference.quality)  # the first of those that weigh the same
    assert media.choose(accept, offers) == (best if reference.quality(best) else None)


@settings(max_examples=50)
@given(st.text(alphabet=',;=q.01"\\ */ta\t', max_size=60))
def test_any_accept_can_be_read(accept: str) -> None:
    assert media.choose(accept, TYPES) in {None, *TYPES}


VALUES = st.text(alphabet=st.sampled_from('ab"\\{}[],:<>\r\n\té'), max_size=8)


@settings(max_examples=80, deadline=None)
@given(
    values=st.lists(st.tuples(st.none() | VALUES, st.none() | VALUES), max_size=6),
    cut=st.integers(1, 7),
    format_=st.sampled_from(list(rows.OF_FORMAT)),
)
def test_rows_are_counted_in_pieces_cut_anywhere(
    values: list[tuple[str | None, str | None]], cut: int, format_: QueryResultsFormat
) -> None:
    def term(value: str | None) -> str:
        return "UNDEF" if value is None else str(ox.Literal(value))

    lines = " ".join(f"({term(one)} {term(other)})" for one, other in values)
    written = io.BytesIO()
    solutions = ox.Store().query(f"SELECT ?a ?b {{ VALUES (?a ?b) {{ {lines} }} }}")
    assert isinstance(solutions, ox.QuerySolutions)
    solutions.serialize(written, format_)
    content = written.getvalue()
    counted = rows.OF_FORMAT[format_]()
    for start in range(0, len(content), cut):
        counted.take(content[start : start + cut])
    assert counted.count == len(values)
    if format_ == QueryResultsFormat.JSON:
        assert counted.count == len(json.loads(content)["results"]["bindings"])


def test_a_client_with_many_queries_has_what_the_others_leave() -> None:
    turns: Turns[str] = Turns(most=10, most_of_client=8)
    for number in range(6):
        turns.wait(f"greedy {number}", "greedy", 0)
    turns.wait("modest", "modest", 0.1)
    assert [turns.next() for _ in range(3)] == ["greedy 0", "modest", "greedy 1"]
    turns.end("modest", 0.01)
    turns.wait("modest again", "modest", 0.2)
    assert [turns.next() for _ in range(2)] == ["modest again", "greedy 2"]
    assert (len(turns), turns.running) == (3, 4)


def test_short_queries_go_before_long_ones_but_not_for_ever() -> None:
    turns: Turns[str] = Turns(most=100, most_of_client=100)
    for client, seconds in (("short", 0.01), ("long", 10)):
        turns.wait("first", client, 0)
        turns.next()
        turns.end(client, seconds)
    turns.wait("long", "long", 0)
    came = []
    for number in range(200):
        turns.wait(f"short {number}", "short", number / 10)
        came.append(turns.next())
        turns.end("long" if came[-1] == "long" else "short", 0.01)
    assert came.index("long") == 120  # 12 s after it came: four times the mean of 0 and 10 with the newest at 0.3


def test_a_queue_is_full_for_one_client_and_then_for_all() -> None:
    turns: Turns[Any] = Turns(most=3, most_of_client=2)
    first = object()
    turns.wait(first, "a", 0)
    turns.wait(object(), "a", 0)
    with pytest.raises(QueueFullError) as full:
        turns.wait(object(), "a", 0)
    assert full.value.by_client
    turns.wait(object(), "b", 0)
    with pytest.raises(QueueFullError) as full:
        turns.wait(object(), "c", 0)
    assert not full.value.by_client
    turns.leave(first)
    turns.wait(object(), "c", 0)
    assert turns.next() is not first


async def arriving(length: int, piece: int = 10_000) -> AsyncIterator[bytes]:
    """Give a body in pieces."""
    for start in range(0, length, piece):
        yield b"#" * min(piece, length - start)


async def hold(bodies: Bodies, stack: AsyncExitStack, length: int) -> int:
    """Hold a body as long as a stack is open, and tell its length, or the status with which it is refused."""
    try:
        return len(await stack.enter_async_context(bodies.held(arriving(length), "")))
    except RefusedError as refusal:
        return refusal.status


def test_long_bodies_find_room_until_it_is_taken_and_short_ones_always() -> None:
    async def held() -> None:
        bodies = Bodies(LONG, 30)
        async with AsyncExitStack() as stack:
            found = [await hold(bodies, stack, LONG) for _ in range(100)]
            room = found.count(LONG)
            assert 32 <= room < 40
            assert found == [LONG] * room + [503] * (100 - room), "what was refused half way gave its room back"
            assert [await hold(bodies, stack, SMALL) for _ in range(100)] == [SMALL] * 100
        async with AsyncExitStack() as stack:
            assert await hold(bodies, stack, LONG + 1) == 413
            assert [await hold(bodies, stack, LONG) for _ in range(room + 1)] == [LONG] * room + [503]

    asyncio.run(held())
