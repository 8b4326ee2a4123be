"""The endpoint in this process, its workers in theirs: the table of protocol cases, conditions, files, limits, log.

Floods are asked here; ``test_endpoint_served.py`` asks the same table, and our own dataset, of a real server.
"""

from __future__ import annotations

import errno
import json
import logging
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from starlette.testclient import TestClient

import asking
from asking import Reply
from ruiran_ld import dereferencing, publication, queries, seeds
from ruiran_ld.dataset import DatasetFolder
from ruiran_ld.endpoint import application, logs
from ruiran_ld.endpoint.engine import Engine
from ruiran_ld.endpoint.leads import Site, files_of
from ruiran_ld.endpoint.limits import Limits
from ruiran_ld.endpoint.messages import Setup
from ruiran_ld.endpoint.spool import Spool
from running import run
from sites import host

BASE = "https://example.org/floods/"
LIMITS = Limits(workers=2, timeout=30, patience=20, max_rows=500)


@dataclass
class Served:
    """An application that runs, its client, and its engine."""

    client: TestClient
    engine: Engine
    folder: DatasetFolder

    def ask(self, case: dict[str, Any]) -> Reply:
        """Ask as a case has it."""
        body, headers = asking.body_and_headers(case)
        request = self.client.build_request(
            case.get("method", "GET"), asking.target(case), content=body, headers={"Accept-Encoding": "identity"}
        )
        for header, value in headers.items():
            if value is None:
                del request.headers[header]
            else:
                request.headers[header] = value
        response = self.client.send(request)
        return Reply(response.status_code, dict(response.headers), response.content)

    def get(self, url: str, **headers: str) -> Reply:
        """Ask for a URL."""
        return self.ask({"url": url, "headers": {name.replace("_", "-"): value for name, value in headers.items()}})

    def query(self, text: str, accept: str = "text/csv") -> Reply:
        """Ask a query."""
        return self.ask({"params": {"query": text}, "headers": {"Accept": accept}})


def made(folder: DatasetFolder, root: Path | None, limits: Limits = LIMITS) -> tuple[application.Options, Engine]:
    settings = seeds.load_settings(folder.seeds)
    layout = dereferencing.layout_of(settings)
    entailed, named = publication.published_files(folder)
    setup = Setup((str(entailed),), (str(named),), publication.published_prefixes(folder), limits.memory)
    web_documents = dereferencing.web_documents(folder.dist, settings)
    site = Site(layout, web_documents, files_of(root) if root else frozenset())
    return application.Options(root, site, folder.dist / "metadata.ttl", max_body=100_000), Engine(setup, limits)


@pytest.fixture(scope="module")
def served(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Run the endpoint on a published dataset of the other domain."""
    root = host(built, tmp_path_factory.mktemp("served") / "out") / "site"
    folder = DatasetFolder(built)
    options, engine = made(folder, root)
    with TestClient(application.build(options, engine), follow_redirects=False) as client:
        yield Served(client, engine, folder)


@pytest.mark.parametrize("case", [each for each in asking.cases() if not each.get("served")], ids=asking.name)
def test_a_case_of_the_protocol(served: Served, case: dict[str, Any]) -> None:
    asking.require(case, served.ask(case))


def test_bundled_queries_give_what_they_give_in_process(served: Served) -> None:
    store = publication.open_published(served.folder)
    bundled = queries.load_queries(served.folder.queries)
    assert bundled
    for name, query in bundled.items():
        expected = queries.run(store, query.text, name)
        reply = served.query(query.text, "text/tab-separated-values")
        assert reply.body.decode() == queries.as_tsv(expected)


def test_an_answer_that_the_client_has_is_not_sent_again(served: Served) -> None:
    for url in ("/sparql?query=ASK%7B%7D", "/sparql", "/floods.ttl"):
        tag = served.get(url).headers["etag"]
        for tags in (tag, f'"other", {tag.removeprefix("W/")}', "*"):
            again = served.get(url, If_None_Match=tags)
            assert (again.status, again.body, again.headers["etag"]) == (304, b"", tag)
        assert served.get(url, If_None_Match='"other"').status == 200
    modified = served.get("/floods.ttl").headers["last-modified"]
    assert served.get("/floods.ttl", If_Modified_Since=modified).status == 304
    assert served.get("/floods.ttl", If_Modified_Since="Thu, 01 Jan 1970 00:00:00 GMT").status == 200
    assert served.get("/floods.ttl", If_Modified_Since="some day").status == 200


def test_tags_tell_answers_and_their_forms_apart(served: Served) -> None:
    texts = ("ASK {}", "ASK { FILTER(false) }")
    replies = [served.query(text, accept) for text in texts for accept in ("application/json", "application/xml")]
    assert len({reply.headers["etag"] for reply in replies}) == 4
    assert served.query("ASK {}", "application/json").headers["etag"] == replies[0].headers["etag"]


def test_an_iri_leads_to_its_document_and_the_document_names_it(served: Served) -> None:
    for accept, format_ in asking.GRAPHS.items():
        if accept == "application/rdf+xml":
            continue
        lead = served.get("/id/lorn", Accept=accept)
        assert (lead.status, lead.headers["vary"].split(", ")[0]) == (303, "Accept")
        document = served.get(f"/id/{lead.headers['location']}")
        assert (document.status, document.media_type) == (200, accept)
        subjects = {quad.subject for quad in ox.parse(document.body, format=format_)}
        assert ox.NamedNode(f"{BASE}id/lorn") in subjects


def test_every_file_of_the_site_has_a_media_type(served: Served) -> None:
    names = sorted({Path(each).suffix or each: each for each in files_of(served.folder.dist)}.values())
    types = {each: served.get(f"/{each}").media_type for each in names}
    assert "application/octet-stream" not in types.values()
    assert types["floods.trig"] == "application/trig"


def test_the_service_description_counts_the_graphs(served: Served) -> None:
    quads = list(ox.parse(served.get("/sparql", Accept="text/turtle").body, format=ox.RdfFormat.TURTLE))
    assert not [quad for quad in quads if isinstance(quad.subject, ox.BlankNode)]
    sizes = [quad.object.value for quad in quads if quad.predicate.value == "http://rdfs.org/ns/void#triples"]
    graphs = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
    counted = [line for text in ("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", graphs) for line in rows(served.query(text))]
    assert sorted(sizes) == sorted(counted)
    assert len(sizes) == 3


def rows(reply: Reply) -> list[str]:
    return reply.body.decode().splitlines()[1:]


class Kept(logging.Handler):
    """Keeps what is logged."""

    def __init__(self, records: list[logging.LogRecord]) -> None:
        super().__init__()
        self._records = records

    def emit(self, record: logging.LogRecord) -> None:
        self._records.append(record)


def test_a_request_is_logged_on_one_line_whatever_it_says(served: Served) -> None:
    records: list[logging.LogRecord] = []
    handler = Kept(records)
    logger = logging.getLogger("ruiran_ld.endpoint")
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    try:
        served.query('ASK {} # \x1b[2J\r\n# {"event": "forged"} \u2028\n' + "#" * 1000, "*/*")
    finally:
        logger.removeHandler(handler)
    (record,) = records
    (line,) = logs.JsonLines().format(record).splitlines()
    logged = json.loads(line)
    assert (logged["event"], logged["method"], logged["path"], logged["status"]) == ("request", "GET", "/sparql", 200)
    assert (logged["rows"], len(logged["query"]), len(logged["query_hash"])) == (1, 300, 16)
    assert line.isprintable()
    assert logs.TextLines().format(record).isprintable()


def test_a_worker_that_is_killed_is_replaced(served: Served) -> None:
    victim = served.engine.pids[0]
    os.kill(victim, signal.SIGKILL)
    deadline = time.monotonic() + 30
    while victim in served.engine.pids or len(served.engine.pids) < 2:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert served.query("ASK {}", "application/json").status == 200


def test_an_answer_that_there_is_no_room_for_costs_no_worker(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_spool: Spool, _content: bytes) -> None:
        raise OSError(errno.ENOSPC, "no space left")

    before, workers = served.engine.pids, len(served.engine.pids)
    with monkeypatch.context() as patched:
        patched.setattr(Spool, "write", full)
        for _ in range(workers + 1):
            assert served.query("SELECT * { ?s ?p ?o } LIMIT 400", "text/csv").status == 503
    deadline = time.monotonic() + 30
    while len(served.engine.pids) < workers:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert served.query("ASK {}", "application/json").status == 200
    assert not set(before) & set(served.engine.pids), "those whose answers were not taken to their end are ended"


CONFINED = """
import sys
from ruiran_ld.endpoint import worker
worker._warm_up(store := worker.Store())
if sys.argv[2] == "confined":
    worker._confine(0)
list(store.query("SELECT * { SERVICE SILENT <http://127.0.0.1:%s/> { ?s ?p ?o } }" % sys.argv[1]))
"""


@pytest.mark.parametrize("how", ["confined", "free"])
def test_a_worker_can_make_no_connection_whatever_the_engine_is_asked(how: str) -> None:
    # The engine alone, without our look for SERVICE: it does connect, and in a worker it cannot.
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.2 if how == "confined" else 20)
        command = (sys.executable, "-c", CONFINED, str(listening.getsockname()[1]), how)
        with subprocess.Popen(command, env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}) as asking_engine:
            if how == "free":
                listening.accept()[0].close()
            asking_engine.wait(timeout=30)
            assert asking_engine.returncode == 0
            if how == "confined":
                with pytest.raises(TimeoutError):
                    listening.accept()


def test_without_a_site_there_are_queries_and_void(built: Path) -> None:
    options, engine = made(DatasetFolder(built), None)
    client = TestClient(application.build(options, engine))  # not entered: no worker is started
    assert client.get("/.well-known/void").headers["content-type"].startswith("text/turtle")
    answer = client.get("/id/lorn")
    assert (answer.status_code, "/sparql" in answer.text) == (404, True)
    assert client.get("/healthz").status_code == 503


def test_serve_says_what_is_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, built: Path) -> None:
    bare = tmp_path / "bare"
    shutil.copytree(built, bare, ignore=shutil.ignore_patterns("dist"))
    outcome = run("serve", "--dataset", bare)
    assert (outcome.status, "run 'ruiran-ld build' first" in outcome.err) == (2, True)
    outcome = run("serve", "--dataset", built, "--site", tmp_path / "nowhere", "--port", "0")
    assert (outcome.status, "ruiran-ld site" in outcome.err) == (2, True)
    outcome = run("serve", "--dataset", built, "--host", "203.0.113.1")
    assert (outcome.status, "cannot listen" in outcome.err) == (2, True)
    monkeypatch.setattr("ruiran_ld.cli.serve.find_spec", lambda name: None if name == "uvicorn" else name)
    outcome = run("serve", "--dataset", built)
    assert (outcome.status, "pip install starlette uvicorn" in outcome.err) == (2, True)


@pytest.mark.parametrize(
    "options",
    [("--timeout", "nan"), ("--timeout", "inf"), ("--max-memory", "99999999999"), ("--no-site", "--site", "anywhere")],
)
def test_options_that_no_server_could_keep(built: Path, options: tuple[str, ...]) -> None:
    assert run("serve", "--dataset", built, *options).status == 2
