"""Timeline, network and map: they show all that claims say, each thing once, and nothing surer than it is said."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import ROOT, lay_out
from ruiran_ld import edtf_bounds
from ruiran_ld.dereferencing import Layout
from ruiran_ld.edtf_bounds import Bounds
from ruiran_ld.serialization import Graph
from ruiran_ld.site import atlas, moments, network, network_data, timeline
from ruiran_ld.site.choices import Network
from ruiran_ld.site.happenings import Happenings
from ruiran_ld.site.links import Links
from ruiran_ld.site.page import Page
from ruiran_ld.site.rendering import Frame, Renderer
from ruiran_ld.site.scale import Scale
from ruiran_ld.site.view import View
from ruiran_ld.site.world import Outline, Spot, World
from ruiran_ld.vocabulary import compile_vocabulary

RR = "https://w3id.org/ruiran/ontology#"
BASE = "https://w3id.org/ruiran/"
HOSTILE = "</script><script>alert(1)</script>"
CHOSEN = Network(classes=["ArmsTransfer"], sources=["supplier"], targets=["recipient"])
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
PREFIXES = f"PREFIX rr: <{RR}> PREFIX rdf: <{RDF}> PREFIX rdfs: <{RDFS}> PREFIX skos: <{SKOS}> "


class Everything:
    """Contains whatever is asked for."""

    def __contains__(self, _: object) -> bool:
        return True


class Elements(HTMLParser):
    """Elements of a class, each as its attributes and the text in it."""

    def __init__(self, html: str, wanted: str) -> None:
        super().__init__()
        self._wanted, self._open = wanted, list[str]()
        self._tag, self._depth = "", 0
        self.found: list[tuple[dict[str, str | None], list[str]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if self._depth:
            self._depth += tag == self._tag
        elif self._wanted in (attributes.get("class") or "").split():
            self._tag, self._depth = tag, 1
            self.found.append((attributes, []))

    def handle_endtag(self, tag: str) -> None:
        if self._depth and tag == self._tag:
            self._depth -= 1

    def handle_data(self, data: str) -> None:
        if self._depth:
            self.found[-1][1].append(data)


def view_of(lines: list[str], ontology: Path, base: str) -> View:
    return View(
        Graph.read(lines), compile_vocabulary(ontology), Layout(base, base, "dataset", "m"), "en", Everything(), ()
    )


@pytest.fixture(scope="module")
def lines() -> list[str]:
    """The release that is committed, with the ontology's triples that need no blank node."""
    ontology = ox.parse((ROOT / "dist" / "ontology.ttl").read_bytes(), format=ox.RdfFormat.TURTLE)
    bare = [quad.triple for quad in ontology if not isinstance(quad.subject, ox.BlankNode)]
    found = [f"{triple} ." for triple in bare if isinstance(triple.object, ox.NamedNode)]
    return [*(ROOT / "dist" / "ruiran.nt").read_text(encoding="utf-8").splitlines(), *found]


@pytest.fixture(scope="module")
def view(lines: list[str]) -> View:
    return view_of(lines, ROOT / "ontology", BASE)


@pytest.fixture(scope="module")
def store(lines: list[str]) -> ox.Store:
    """The same triples, to be asked without our code."""
    store = ox.Store()
    store.load("\n".join(lines).encode(), format=ox.RdfFormat.N_TRIPLES)
    store.load((ROOT / "dist" / "ontology.ttl").read_bytes(), format=ox.RdfFormat.TURTLE)
    return store


@pytest.fixture(scope="module")
def links(view: View) -> Links:
    return Links(view, CHOSEN)


@pytest.fixture(scope="module")
def drawn_network(view: View) -> str:
    return html(network.page(view, CHOSEN))


def ask(store: ox.Store, query: str) -> list[tuple[str, ...]]:
    solutions = store.query(PREFIXES + query)
    assert isinstance(solutions, ox.QuerySolutions)
    return [tuple(term.value if term else "" for term in solution) for solution in solutions]


def html(page: Page) -> str:
    return Renderer(Frame("Title", "1", "en", "", "")).render([page])[page.path].decode()


# --- the scale ----------------------------------------------------------------------------------------------------

days = st.dates(date(1, 1, 1), date(9999, 12, 31)).map(date.isoformat)
dates = days.flatmap(lambda day: st.sampled_from([day, day[:7], day[:4], f"{day[:3]}X", f"{day[:4]}-XX-XX"]))
edtf = st.one_of(
    dates,
    st.tuples(dates, dates).map(sorted).map("/".join),
    dates.map("/{}".format),
    dates.map("{}/..".format),
)


def bounds_of(text: str) -> Bounds | None:
    try:
        return edtf_bounds.bounds(text)
    except ValueError:  # 199X/1990 ends before it may start
        return None


@settings(max_examples=50)
@given(st.lists(edtf.map(bounds_of).filter(bool), min_size=1, max_size=6))
def test_what_is_certain_lies_in_what_is_possible_and_both_on_the_drawing(events: list[Bounds]) -> None:
    scale = Scale(day for bounds in events for day in bounds if day)
    for bounds in events:
        bar = scale.bar(bounds)
        assert 0 <= bar.possible.start < bar.possible.end <= 100
        assert bar.possible.start <= bar.mark <= bar.possible.end
        assert (bar.possible.start == 0) == bar.is_open_start == (bounds.earliest_start is None)
        assert (bar.possible.end == 100) == bar.is_open_end == (bounds.latest_end is None)
        surely = bounds.latest_start and bounds.earliest_end and bounds.latest_start <= bounds.earliest_end
        assert bool(bar.certain) == bool(surely)
        if bar.certain:
            assert bar.possible.start <= bar.certain.start <= bar.certain.end <= bar.possible.end


@settings(max_examples=50)
@given(st.lists(days, min_size=2, max_size=8, unique=True))
def test_later_days_are_never_drawn_before_earlier_ones(some: list[str]) -> None:
    scale = Scale(some)
    starts = [scale.start_of(day) for day in sorted(some)]
    assert starts == sorted(starts)
    assert all(scale.start_of(day) <= scale.end_of(day) for day in some)


def test_years_without_a_date_are_one_narrow_stretch_and_years_with_many_are_wide() -> None:
    scale = Scale(["1979-01-01", "2024-04-01", "2024-04-30", "2024-08-05"])
    assert [(each.label, each.has_dates) for each in scale.stretches] == [
        ("1979", True),
        ("1980–2023", False),
        ("2024", True),
    ]
    widths = [each.end - each.start for each in scale.stretches]
    assert widths[1] < widths[0] < widths[2]


@pytest.mark.parametrize(
    ("times", "words", "qualified"),
    [
        (["2024-08-05"], "on 5 August 2024", ""),
        (["2024-05~"], "between 1 May 2024 and 31 May 2024", "approximate"),
        (["2022/.."], "begins between 1 January 2022 and 31 December 2022, goes on", ""),
        (["2022-02/"], "begins between 1 February 2022 and 28 February 2022, no end is given", ""),
        (["/2025?"], "ends between 1 January 2025 and 31 December 2025, no start is given", "uncertain"),
        (["../2025"], "ends between 1 January 2025 and 31 December 2025, its start is open", ""),
        (["2005-03%/2015-04-01"], "begins between 1 March 2005 and 31 March 2005, ends on 1 April 2015",
         "uncertain and approximate"),
    ],
)  # fmt: skip
def test_times_in_words(times: list[str], words: str, qualified: str) -> None:
    assert moments.in_words(edtf_bounds.bounds(times[0]), times) == words
    assert moments.qualifier(times) == qualified


# --- the timeline -------------------------------------------------------------------------------------------------


def test_every_event_is_on_the_timeline_once_with_its_standing_and_its_times(view: View, store: ox.Store) -> None:
    events = ask(
        store,
        "SELECT ?e (SAMPLE(?l) AS ?label) (GROUP_CONCAT(?t) AS ?times) "
        "{ ?e rr:realis ?r . ?r skos:prefLabel ?l OPTIONAL { ?e rr:time ?t } } GROUP BY ?e",
    )
    shown = Elements(html(timeline.page(view)), "event").found
    texts = {re.sub(r"\s+", " ", " ".join(text)) for _, text in shown}
    assert len(shown) == len(events) > 100
    names = Counter(view.name(iri).text for iri, *_ in events)
    for iri, label, times in events:
        entries = [text for text in texts if view.name(iri).text in text and label in text]
        assert len(entries) >= names[view.name(iri).text] >= 1, iri
        assert any(all(time in text for time in times.split()) for text in entries), iri


def test_a_month_is_not_drawn_as_if_the_event_filled_it(view: View) -> None:
    bars = {event.written[0]: event.bar for event in Happenings(view).all if event.bar}
    month, two_years, day = bars["2024-06"], bars["2022/2024"], bars["2023-10-07"]
    assert month
    assert month.certain is None
    assert two_years
    assert two_years.certain
    assert two_years.certain.width < two_years.possible.width
    assert day
    assert day.certain == day.possible


# --- the network --------------------------------------------------------------------------------------------------


def test_the_network_has_every_link_that_claims_state_or_deny(
    links: Links, drawn_network: str, store: ox.Store
) -> None:
    rows = ask(
        store,
        "SELECT DISTINCT ?s ?p ?o ?c { ?c rr:states|rr:denies ?x . ?x rdf:subject ?s ; rdf:predicate ?p ; "
        "rdf:object ?o . ?s rdfs:label ?a . ?o rdfs:label ?b . FILTER(isIRI(?o)) }",
    )
    expected = Counter(tuple(row[:3]) for row in rows)
    assert {(each.subject, each.predicate, each.object): len(each.accounts) for each in links.all} == expected
    data = json.loads(network_data.write(links))
    assert drawn_network.count('<tr class="link">') == len(data["links"]) == len(expected)
    assert all(stating or denying for *_, stating, denying in data["links"])


def test_rows_and_drawn_links_are_in_one_order(links: Links, drawn_network: str) -> None:
    data: dict[str, Any] = json.loads(network_data.write(links))
    rows = drawn_network.split('<tr class="link">')[1:]
    for row, (_, role, other, *_) in zip(rows, data["links"], strict=True):
        assert row.startswith(f"<td>{data['roles'][role][0]}</td>")
        assert f'href="{data["nodes"][other][0]}"' in row


def standing_of(links: Links, subject: str, predicate: str) -> str:
    ends = f"{BASE}id/{subject}", RR + predicate
    return next(each.standing for each in links.all if (each.subject, each.predicate) == ends)


def test_to_assert_that_something_is_feared_does_not_vouch_for_it(links: Links) -> None:
    assert standing_of(links, "shoigu-tehran-visit-2024", "visitor") == "vouched"
    assert standing_of(links, "iran-strike-on-israel-feared-2024", "perpetrator") == "claimed"


def test_only_roles_that_were_named_and_relations_have_a_direction(view: View, links: Links) -> None:
    found = {(link.predicate.removeprefix(RR), links.direction(link)) for link in links.all}
    assert {("supplier", -1), ("recipient", 1), ("organOf", 1), ("partner", 0), ("allyOf", 0), ("follows", 1)} <= found
    assert links.at_first() == {f"{RR}ArmsTransfer"}
    assert len(Links(view, Network()).at_first()) > 40


# --- the map ------------------------------------------------------------------------------------------------------

WORLD = World(
    1000,
    500,
    [Outline(["http://www.wikidata.org/entity/Q794"], (640, 126), "M0 0z")],
    {"https://sws.geonames.org/": {"112931/": (629, 114)}},
)


def test_places_are_drawn_by_their_identity_links_and_listed_where_these_lead_nowhere(view: View) -> None:
    sites = {site.link.text: site.spot for site in atlas.sites(view, WORLD)}
    assert sites["Iran"] == Spot(640, 126, 0)
    assert sites["Tehran"] == Spot(629, 114, None)
    assert sites["Hamadan Airbase"] is sites["Middle East"] is None
    shown = html(atlas.page(view, WORLD))
    assert shown.count('class="marker"') == 2
    assert shown.count('<li class="place" id="at-') == len(sites)


def test_the_map_lists_all_that_claims_put_somewhere(view: View, store: ox.Store) -> None:
    stated = "?c rr:states|rr:denies [ rdf:subject ?e ; rdf:predicate rr:location ; rdf:object ?o ]"
    rows = ask(store, f"SELECT DISTINCT ?e ?o {{ {stated} }}")
    there = {(each.link.iri, site.link.iri) for site in atlas.sites(view, None) for each in site.there}
    assert set(rows) <= there


def test_without_the_map_of_the_world_the_page_says_so_and_lists_the_places(view: View) -> None:
    shown = html(atlas.page(view, None))
    assert "There is no drawing" in shown
    assert '<svg class="world"' not in shown
    assert "Tehran" in shown
    assert "Not on the map" not in shown


@settings(max_examples=50)
@given(st.lists(st.tuples(st.floats(0, 1000), st.floats(0, 500)), min_size=1, max_size=9))
def test_the_part_of_the_map_that_is_shown_holds_all_marks(points: list[tuple[float, float]]) -> None:
    left, top, width, height = atlas.frame([Spot(*point, None) for point in points], WORLD)
    # Rounded to whole units of the map.
    assert all(left - 1 <= x <= left + width + 1 and top - 1 <= y <= top + height + 1 for x, y in points)


# --- any other dataset --------------------------------------------------------------------------------------------

OTHER = "https://example.org/floods/"
OTHER_LINES = f"""
<{OTHER}id/e> <{RDF}type> <{OTHER}terms#Flood> .
<{OTHER}id/e> <{RDFS}label> "{HOSTILE}" .
<{OTHER}id/e> <{RR}realis> <{OTHER}concept/realis/happened> .
<{OTHER}id/t> <{RDF}type> <{OTHER}terms#Town> .
<{OTHER}id/t> <{RDFS}label> "{HOSTILE}"@fa .
<{OTHER}id/d> <{RDFS}label> "{HOSTILE}" .
<{OTHER}id/d/c> <{RDF}type> <{RR}Claim> .
<{OTHER}id/d/c> <{RR}about> <{OTHER}id/e> .
<{OTHER}id/d/c> <{RR}document> <{OTHER}id/d> .
<{OTHER}id/d/c> <{RR}epistemicStatus> <{OTHER}concept/status/feared> .
<{OTHER}id/d/c> <{RR}claimedRealis> <{OTHER}concept/realis/expected> .
<{OTHER}id/d/c> <{RR}states> <{OTHER}statement/1> .
<{OTHER}statement/1> <{RDF}subject> <{OTHER}id/e> .
<{OTHER}statement/1> <{RDF}predicate> <{OTHER}terms#floods> .
<{OTHER}statement/1> <{RDF}object> <{OTHER}id/t> .
"""


def test_a_dataset_without_times_and_places_has_its_pages_and_its_labels_stay_text(tmp_path: Path) -> None:
    folder = lay_out(tmp_path / "floods")
    other = view_of(OTHER_LINES.split("\n")[1:-1], folder / "ontology", OTHER)
    shown = [html(timeline.page(other)), html(network.page(other, Network())), html(atlas.page(other, WORLD))]
    assert "1 event, 0 of which claims date" in shown[0]
    assert "No claim gives the time of an event" in shown[0]
    assert "No claim says when this event took place" in shown[0]
    assert "1 link between actors" in shown[1]
    assert shown[1].count('<tr class="link">') == 1
    assert "No claim says where anything is" in shown[2]
    assert not any(HOSTILE in page for page in shown)
    assert all("&lt;/script&gt;" in page for page in shown[:2])
