"""IRIs and media types asked of a real Apache: the host of the base with our redirects, and the host of the files.

What is expected stands in ``tests/dereferencing/*.tsv``: each kind of IRI is asked with each ``Accept``. `make apache`
installs Apache where it is missing.
"""

from __future__ import annotations

import csv
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apache import Servers, program, running
from conftest import ROOT, lay_out
from ruiran_ld.dereferencing.layout import FORMS, PAGE
from running import run
from sites import host, number, ontology_version, withdraw

pytestmark = [
    pytest.mark.apache,
    pytest.mark.skipif(not program() and not os.environ.get("CI"), reason="apache2 is not installed"),
]
TABLES = Path(__file__).parent / "dereferencing"
OURS = "https://w3id.org/ruiran/"
FLOODS = "https://example.org/floods/"
HOSTED = "https://ruiran-ld.github.io/ruiran/"
BASES = {"ours": OURS, "floods": FLOODS}
SITES = {"ours": HOSTED, "floods": FLOODS}
MEDIA_TYPES = {
    "html": "text/html",
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
}
FORMATS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
}
HEADERS = {"(none)": None, "(empty)": ""}


def table(name: str) -> list[dict[str, str]]:
    with (TABLES / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


ACCEPTS = [(HEADERS.get(row["accept"], row["accept"]), row["form"]) for row in table("accepts")]


@dataclass
class Web:
    """The hosts, the ontology's version, the file that describes the dataset, and the subjects of documents seen."""

    servers: Servers
    version: str
    void: str
    seen: dict[str, set[str]] = field(default_factory=dict)

    def subjects(self, url: str) -> set[str]:
        """Fetch a document and list the subjects that it describes."""
        if url not in self.seen:
            answer = self.servers.ask(url, None)
            assert answer.status == 200, url
            quads = ox.parse(answer.body, format=FORMATS[answer.media_type])
            self.seen[url] = {quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode)}
        return self.seen[url]


@pytest.fixture(scope="module")
def web() -> Iterator[Web]:
    """Publish both datasets and host them; the folder is outside of pytest's, which only its owner may read."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        ours, floods = folder / "ours", lay_out(folder / "floods")
        shutil.copytree(ROOT, ours, ignore=lambda at, names: {*names} - KEPT if at == str(ROOT) else set())
        assert run("build", "--dataset", floods).status == 0
        number(ours, "0.0.9")
        withdrawn = {"id/withdrawn-thing": "id/russia", "ontology#withdrawnTerm": "ontology#Claim"}
        withdraw(ours / "dist", "ruiran", {OURS + old: OURS + new for old, new in withdrawn.items()})
        withdraw(floods / "dist", "floods", {f"{FLOODS}id/withdrawn-thing": f"{FLOODS}id/lorn"})
        hosted, other = host(ours, folder / "out"), host(floods, folder / "out-floods")
        hosts = {
            "w3id.org": {"/ruiran/": hosted / "w3id" / "ruiran"},
            "ruiran-ld.github.io": {"/ruiran/": hosted / "site"},
            "example.org": {"/floods/": other / "site"},
        }
        with running(folder, hosts) as servers:
            version = ontology_version((ours / "dist" / "ontology.ttl").read_text(encoding="utf-8"))
            void = "metadata.ttl" if (hosted / "site" / "metadata.ttl").exists() else "dataset.ttl"
            yield Web(servers, version, void)


KEPT = {"ontology", "shapes", "seeds", "queries", "dist"}


@pytest.mark.parametrize("row", table("iris"), ids=lambda row: f"{row['dataset']}-{row['kind']}")
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_kind_of_iri(web: Web, row: dict[str, str], method: str) -> None:
    base, site = BASES[row["dataset"]], SITES[row["dataset"]]
    iri, document = (row[name].replace("{version}", web.version) for name in ("iri", "document"))
    for accept, form in ACCEPTS:
        answer = web.servers.ask(base + iri.partition("#")[0], accept, method)
        assert answer.vary == "Accept", accept
        if form == "406":
            assert (answer.status, answer.location) == (406, ""), accept
            assert method == "HEAD" or b"application/n-triples" in answer.body
            continue
        target = f"{site}{row['page'] or document if form == 'html' else document}.{form}"
        assert (answer.status, answer.location) == (int(row["status"]), target), accept
        final = web.servers.ask(answer.location, accept, "HEAD")
        assert (final.status, final.media_type) == (200, MEDIA_TYPES[form]), accept
        if form != "html":
            assert base + row["described"] in web.subjects(target), accept


@pytest.mark.parametrize("row", table("files"), ids=lambda row: f"{row['dataset']}-{row['path']}")
@pytest.mark.parametrize("accept", [None, "*/*", "application/rdf+xml", "text/html;q=0"])
def test_a_file_is_given_whatever_the_client_accepts(web: Web, row: dict[str, str], accept: str | None) -> None:
    base, site = BASES[row["dataset"]], SITES[row["dataset"]]
    answer = web.servers.ask(base + row["path"], accept)
    assert answer.status == int(row["status"])
    if answer.status == 302:
        assert answer.location == site + row["location"].replace("{void}", web.void)
        answer = web.servers.ask(answer.location, accept)
    assert (answer.status, answer.media_type) == (200, row["media type"])


def test_what_nobody_described_ends_at_the_host_of_the_files(web: Web) -> None:
    answer = web.servers.ask(f"{OURS}id/nobody", "text/turtle")
    assert (answer.status, answer.location) == (303, f"{HOSTED}id/nobody.ttl")
    assert web.servers.ask(answer.location, None).status == 404


def test_a_tombstone_says_where_to_go(web: Web) -> None:
    text = web.servers.ask(f"{HOSTED}id/withdrawn-thing.nt", None).body.decode()
    assert f"<{OURS}id/withdrawn-thing> <http://purl.org/dc/terms/isReplacedBy> <{OURS}id/russia> ." in text
    assert f'<{OURS}id/russia> <http://www.w3.org/2000/01/rdf-schema#label> "Russia"@en .' in text


WEIGHTS = st.one_of(st.just(""), st.integers(0, 1000).map(lambda n: f";q={n / 1000}"), st.just("; q=0"))
TYPES = [PAGE.media_type, *(form.media_type for form in FORMS)]
RANGES = st.sampled_from([*TYPES, "*/*", "text/*", "application/*", "image/png", "application/rdf+xml", "image/*"])
ACCEPT = st.lists(st.tuples(RANGES, WEIGHTS), min_size=1, max_size=6, unique_by=lambda pair: pair[0])


def chosen(ranges: list[tuple[str, str]]) -> str:
    """Choose a form as RFC 9110, section 12.5.1, has it: the reference that the rules are held against."""
    weights = {name: float(weight.partition("=")[2] or 1) for name, weight in ranges}

    def weight(media_type: str) -> float:
        fitting = (media_type, f"{media_type.partition('/')[0]}/*", "*/*")
        return next((weights[name] for name in fitting if name in weights), 0)

    forms = {form.media_type: form.suffix for form in (PAGE, *FORMS)}
    best = max(TYPES, key=weight)  # the first of those that weigh the same
    return forms[best] if weight(best) else "406"


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ranges=ACCEPT, comma=st.sampled_from([",", ", ", " ,\t"]))
def test_any_accept_is_weighed_as_the_standard_says(web: Web, ranges: list[tuple[str, str]], comma: str) -> None:
    accept = comma.join(name + weight for name, weight in ranges)
    answer = web.servers.ask(f"{OURS}id/x", accept)
    expected = chosen(ranges)
    assert answer.location == ("" if expected == "406" else f"{HOSTED}id/x{expected}"), accept
