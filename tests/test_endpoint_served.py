"""A real server on the loopback, asked by real clients, and by hostile ones. `make endpoint` runs this."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import httpx2
import pyoxigraph as ox
import pytest
from SPARQLWrapper import CSV, GET, JSON, POST, POSTDIRECTLY, RDFXML, TSV, TURTLE, URLENCODED, XML, SPARQLWrapper

import asking
from conftest import ROOT
from ruiran_ld import publication, queries
from ruiran_ld.dataset import DatasetFolder
from ruiran_ld.endpoint.limits import Limits
from serving import Server, is_alive, running, wait_until
from sites import host, ontology_version

pytestmark = pytest.mark.endpoint
COMUNICA = Path(__file__).parent / "comunica"
TABLES = Path(__file__).parent / "dereferencing"
BASE = "https://w3id.org/ruiran/"
BUNDLED = queries.load_queries(ROOT / "queries")
TIMEOUT = 3
PROCESSES = Limits().workers


@pytest.fixture(scope="module")
def floods(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Serve the dataset of the other domain with limits as the table has them."""
    folder = tmp_path_factory.mktemp("floods")
    limits = ("--workers", "2", "--timeout", str(TIMEOUT), "--max-rows", "500", "--max-body", "100000")
    with running(folder / "log", "--dataset", built, "--site", host(built, folder / "out"), *limits) as server:
        yield server


@pytest.fixture(scope="module")
def ours(real: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Serve our own dataset, with a site that is made for the while."""
    with running(tmp_path_factory.mktemp("ours") / "log", "--dataset", real, "--timeout", str(TIMEOUT)) as server:
        yield server


@pytest.fixture
def alone(real: Path, tmp_path: Path) -> Iterator[Server]:
    """Serve our own dataset without a site, for tests that end processes."""
    with running(tmp_path / "log", "--dataset", real, "--no-site", "--timeout", str(TIMEOUT)) as server:
        yield server


def query(server: Server, text: str, **headers: str) -> httpx2.Response:
    """Ask a query by POST."""
    sent = {"Content-Type": "application/sparql-query", **headers}
    return httpx2.post(f"{server.url}sparql", content=text.encode(), headers=sent, timeout=60)


def table(name: str) -> list[dict[str, str]]:
    with (TABLES / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("case", asking.cases(), ids=asking.name)
def test_a_case_of_the_protocol(floods: Server, case: dict[str, Any]) -> None:
    connection = floods.connection()
    try:
        asking.require(case, asking.ask(connection, case))
    finally:
        connection.close()


def test_every_kind_of_iri_leads_to_a_document_that_describes_it(ours: Server, real: Path) -> None:
    version = ontology_version((real / "dist" / "ontology.ttl").read_text(encoding="utf-8"))
    rows = [row for row in table("iris") if row["dataset"] == "ours" and "tombstone" not in row["kind"]]
    assert len(rows) > 15
    with httpx2.Client(base_url=ours.url) as client:
        for row in rows:
            path = row["iri"].replace("{version}", version).partition("#")[0]
            for accept, format_ in asking.GRAPHS.items():
                lead = client.get(f"/{path}", headers={"Accept": accept}, follow_redirects=False)
                if accept == "application/rdf+xml":
                    assert lead.status_code == 406, path
                    continue
                assert lead.status_code == int(row["status"]), path
                document = client.get(lead.url.join(lead.headers["location"]))
                assert document.headers["content-type"].partition(";")[0] == accept
                subjects = {
                    q.subject.value for q in ox.parse(document.content, format=format_) if q.subject != q.object
                }
                assert BASE + row["described"].replace("{version}", version) in subjects, path


@pytest.mark.parametrize("name", sorted(BUNDLED))
def test_a_bundled_query_gives_what_it_gives_in_process(ours: Server, store: ox.Store, name: str) -> None:
    expected = queries.run(store, BUNDLED[name].text, name)
    if re.search(r"^\s*CONSTRUCT\b", BUNDLED[name].text, re.MULTILINE | re.IGNORECASE):
        reply = query(ours, BUNDLED[name].text, Accept="application/n-triples")
        triples = ox.parse(reply.content, format=ox.RdfFormat.N_TRIPLES)
        assert {(str(t.subject), str(t.predicate), str(t.object)) for t in triples} == set(expected.rows)
        return
    reply = query(ours, BUNDLED[name].text, Accept="application/sparql-results+json")
    if "boolean" in reply.json():
        assert str(reply.json()["boolean"]).lower() == queries.plain(expected.rows[0][0])
        return
    assert reply.json() == json.loads(queries.as_json(expected))
    assert query(ours, BUNDLED[name].text, Accept="text/csv").text == queries.as_csv(expected)
    for accept, format_ in PARSED.items():  # TSV may write numbers short, and XML may be laid out in any way
        found = ox.parse_query_results(query(ours, BUNDLED[name].text, Accept=accept).content, format_)
        assert isinstance(found, ox.QuerySolutions)
        assert [tuple(term and str(term) for term in row) for row in found] == list(expected.rows)


PARSED = {
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
}


@pytest.fixture(scope="module")
def store(real: Path) -> ox.Store:
    return publication.open_published(DatasetFolder(real))


SELECT = "SELECT ?name { ?entity <http://www.w3.org/2000/01/rdf-schema#label> ?name } ORDER BY ?name LIMIT 5"
WAYS = [(GET, URLENCODED), (POST, URLENCODED), (POST, POSTDIRECTLY)]


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # SPARQLWrapper's use of rdflib
@pytest.mark.parametrize(("method", "how"), WAYS)
def test_sparqlwrapper_queries_it(ours: Server, store: ox.Store, method: str, how: str) -> None:
    expected = [queries.plain(row[0]) for row in queries.run(store, SELECT).rows]
    client = SPARQLWrapper(f"{ours.url}sparql")
    client.setMethod(method)
    client.setRequestMethod(how)
    client.setQuery(SELECT)

    def answer(form: str) -> Any:
        client.setReturnFormat(form)
        return client.queryAndConvert()

    assert [row["name"]["value"] for row in answer(JSON)["results"]["bindings"]] == expected
    assert [node.firstChild.data for node in answer(XML).getElementsByTagName("literal")] == expected
    assert [row[0] for row in csv.reader(answer(CSV).decode().splitlines()[1:])] == expected
    assert len(answer(TSV).decode().splitlines()) == 6
    client.setQuery("ASK {}")
    assert answer(JSON)["boolean"] is True
    client.setQuery("CONSTRUCT { <http://x/s> <http://x/p> ?o } { BIND(1 AS ?o) }")
    assert len(answer(RDFXML)) == 1
    assert b"<http://x/p>" in answer(TURTLE)


@pytest.mark.skipif(not (COMUNICA / "node_modules").is_dir() and not os.environ.get("CI"), reason="run make endpoint")
def test_comunica_queries_it(ours: Server, store: ox.Store) -> None:
    node = shutil.which("node")
    assert node
    command = (node, str(COMUNICA / "query.mjs"), f"{ours.url}sparql", SELECT)
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=120)
    expected = [queries.plain(row[0]) for row in queries.run(store, SELECT).rows]
    assert json.loads(done.stdout) == expected


CROSS_JOIN = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
HOSTILE: dict[str, tuple[Callable[[], str], set[int]]] = {
    "cross join": (lambda: CROSS_JOIN, {503}),
    "sorted cross join": (lambda: "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f", {403, 503}),
    "regex on a product": (
        lambda: (
            'SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f FILTER REGEX(CONCAT(STR(?c), STR(?f)), "(a|aa)+(b?){60}$") }'
        ),
        {503},
    ),
    "paths": (lambda: "SELECT (COUNT(*) AS ?n) { ?a (!<x:p>|!^<x:p>)* ?b . ?b (!<x:q>)+ ?c }", {403, 503}),
    "deep groups": (lambda: f"SELECT * {{ {'{' * 50_000} ?s ?p ?o {'}' * 50_000} }}", {400, 500}),
    "deep brackets": (lambda: f"SELECT ({'(' * 90_000}1{')' * 90_000} AS ?x) {{}}", {400, 500}),
    "long chain": (lambda: f"SELECT (1{'+1' * 100_000} AS ?x) {{}}", {200, 500}),
    "many values": (
        lambda: f"SELECT * {{ VALUES ?x {{ {' '.join(map(str, range(100_000)))} }} ?a ?b ?c }}",
        {403, 503},
    ),
    "doubled strings": (
        lambda: (
            "SELECT ?z { BIND('aaaaaaaaaaaaaaaa' AS ?a0) "
            + " ".join(f"BIND(CONCAT(?a{n}, ?a{n}) AS ?a{n + 1})" for n in range(40))
            + " BIND(STRLEN(?a40) AS ?z) }"
        ),
        {403},
    ),
    "many rows": (lambda: "SELECT * { ?a ?b ?c . ?d ?e ?f }", {403, 503}),
    "long body": (lambda: "#" * 10_000_000, {413}),
}


def test_good_queries_are_answered_while_hostile_ones_are_ended(ours: Server) -> None:
    good = "SELECT ?s { ?s a <https://w3id.org/ruiran/ontology#Claim> } LIMIT 20"
    expected = query(ours, good).text
    stop = threading.Event()
    found: dict[str, set[int]] = {name: set() for name in HOSTILE}

    def attack(name: str, number: int) -> None:
        text = HOSTILE[name][0]()
        while not stop.is_set():
            found[name].add(query(ours, text, **{"X-Forwarded-For": f"203.0.113.{number}"}).status_code)

    with ThreadPoolExecutor(len(HOSTILE)) as attackers:
        attacks = [attackers.submit(attack, name, number) for number, name in enumerate(HOSTILE)]
        try:
            for number in range(60):
                reply = query(ours, good, **{"X-Forwarded-For": f"198.51.100.{number % 3}"})
                assert (reply.status_code, reply.text) == (200, expected), reply.text
        finally:
            stop.set()
        for attack_ in attacks:
            attack_.result(timeout=60)
    for name, statuses in found.items():
        # Ended sooner than its time where others run as long: 503 and 429 are there for all.
        assert statuses <= HOSTILE[name][1] | {429, 503}, name
        assert statuses, name


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_a_hostile_query_gets_an_answer_that_says_why(alone: Server, name: str) -> None:
    text, statuses = HOSTILE[name]
    begun = time.monotonic()
    reply = query(alone, text())
    assert reply.status_code in statuses, reply.text
    assert time.monotonic() - begun < TIMEOUT + 5
    assert query(alone, "ASK {}").json()["boolean"] is True


def test_a_query_is_ended_when_its_client_goes(alone: Server) -> None:
    with pytest.raises(httpx2.ReadTimeout):
        httpx2.get(f"{alone.url}sparql?query={quote(CROSS_JOIN)}", timeout=1.5)
    wait_until(lambda: httpx2.get(f"{alone.url}healthz").json()["running"] == 0, TIMEOUT / 2)
    wait_until(lambda: httpx2.get(f"{alone.url}healthz").json()["workers"] == PROCESSES)


def test_a_client_that_reads_slowly_holds_no_worker(alone: Server) -> None:
    everything = quote("SELECT * { ?s ?p ?o }")
    slow = [socket.create_connection(("127.0.0.1", alone.port)) for _ in range(8)]
    try:
        for each in slow:
            each.sendall(f"GET /sparql?query={everything} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        wait_until(lambda: httpx2.get(f"{alone.url}healthz").json()["running"] == 0)
        assert query(alone, "ASK {}").json()["boolean"] is True
    finally:
        for each in slow:
            each.close()


def test_a_body_that_never_ends_is_not_waited_for(alone: Server) -> None:
    with socket.create_connection(("127.0.0.1", alone.port), timeout=TIMEOUT + 10) as slow:
        head = (
            "POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: 100\r\n\r\n"
        )
        slow.sendall(head.encode() + b"ASK")
        assert slow.recv(100).startswith(b"HTTP/1.1 408")


def test_a_worker_killed_during_a_query_is_replaced(alone: Server) -> None:
    before = alone.workers()
    with ThreadPoolExecutor(1) as asking_:
        reply = asking_.submit(query, alone, CROSS_JOIN)
        wait_until(lambda: httpx2.get(f"{alone.url}healthz").json()["running"] == 1)
        time.sleep(0.5)
        for pid in before:
            os.kill(pid, signal.SIGKILL)
        assert reply.result().status_code == 503  # it was asked again, of new ones, and took too long there
    assert query(alone, "ASK {}").json()["boolean"] is True
    wait_until(lambda: httpx2.get(f"{alone.url}healthz").json()["workers"] == PROCESSES)
    assert not set(before) & set(alone.workers())


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_no_process_is_left_behind(alone: Server, number: signal.Signals) -> None:
    workers = alone.workers()
    assert len(workers) == PROCESSES
    with ThreadPoolExecutor(1) as asking_:
        asking_.submit(query, alone, CROSS_JOIN)
        wait_until(lambda: bool(alone.queries()))
        processes = [*workers, *alone.queries()]
        alone.process.send_signal(number)
        status = alone.process.wait(timeout=30)
    assert status == (-signal.SIGKILL if number == signal.SIGKILL else 0), alone.log.read_text(encoding="utf-8")
    # Where the endpoint could not end them, the alarm of the system does.
    wait_until(lambda: not any(map(is_alive, processes)), TIMEOUT + 5)


def test_the_log_is_one_object_a_line(ours: Server) -> None:
    httpx2.get(f"{ours.url}id/nobody%0aforged")
    lines = ours.log.read_text(encoding="utf-8").splitlines()
    logged = [json.loads(line) for line in lines if line.startswith("{")]
    assert len(logged) >= len(lines) - 1  # what serve says before there is a log
    last = [each for each in logged if each["event"] == "request"][-1]
    assert (last["path"], last["status"]) == ("/id/nobody\nforged", 404)


def test_the_address_is_local(ours: Server) -> None:
    assert urlsplit(ours.url).hostname == "127.0.0.1"
