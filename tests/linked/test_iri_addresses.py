"""IRIs that answer: every kind in every format and state, by header, parameter and suffix, the same each time."""

from collections.abc import Mapping
from itertools import chain
from typing import Any
from urllib.parse import quote

import pyoxigraph
import pytest
import rdflib
from conftest import AUTHOR
from fastapi.testclient import TestClient  # noqa: TID251  # asked as a browser asks it
from pyoxigraph import RdfFormat
from rdflib import DCTERMS, RDF, SKOS, URIRef
from rdflib.compare import isomorphic

from kaysis_graph.graph.graph import Graph
from kaysis_graph.messages import LANGUAGES
from kaysis_graph.records import writer
from kaysis_graph.schema import Schema
from kaysis_graph.schema.derive import properties

# rdflib's own reader of JSON-LD still makes what rdflib warns of.
pytestmark = [pytest.mark.pages, pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")]

BASE = "http://127.0.0.1:8000"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
# The media type, the suffix, and what rdflib and pyoxigraph call each format.
FORMATS = {
    "turtle": ("text/turtle; charset=utf-8", "ttl", "turtle", RdfFormat.TURTLE),
    "jsonld": ("application/ld+json", "jsonld", "json-ld", RdfFormat.JSON_LD),
    "rdfxml": ("application/rdf+xml", "rdf", "xml", RdfFormat.RDF_XML),
    "ntriples": ("application/n-triples", "nt", "nt", RdfFormat.N_TRIPLES),
}
GONE, ENDED, TURKISH = "99999998", "99999997", "kanun-5018.geçici1.fık-ğüşöı"
WRITTEN: tuple[Mapping[str, Any], ...] = (
    {"kind": "Official", "id": "yonetici-1", "title": "Örnek Kişi"},
    {"kind": "Appointment", "id": "gorev-1", "title": "Genel Müdür", "edges": [{"type": "AT", "to": "99001009"}]},
    {"kind": "Organisation", "id": GONE, "title": "Kısa Ömürlü", "category": "central_unit"},
    {
        "kind": "Organisation",
        "id": ENDED,
        "title": "Eski Daire",
        "category": "central_unit",
        "valid_from": "1990-01-01",
        "valid_to": "2001-02-03",
    },
    {
        "kind": "Provision",
        "id": TURKISH,
        "title": "5018 geçici m.1",
        "provision_type": "article",
        "place": "geçici m.1",
        "edges": [{"type": "PART_OF", "to": "kanun-5018"}],
    },
)
# A record of each kind, and those whose state or name is not usual.
RECORDS = {
    "anayasa-2709.m106": "provision",
    "anayasa-2709": "legislation",
    "99001009": "organisation",
    "sistem-1": "system",
    "heys-41001": "service",
    "il-01": "place",
    "dbys-2001": "document",
    "veri-1": "data_element",
    "heys-41002.adim-1": "correspondence_step",
    "yonetici-1": "official",
    "gorev-1": "appointment",
    ENDED: "organisation",
    TURKISH: "provision",
}


@pytest.fixture(scope="module", autouse=True)
def _written(sample: Graph, kinds: Schema) -> None:
    for told in WRITTEN:
        writer.save(sample.store, kinds, told, AUTHOR)
    writer.delete(sample.store, kinds, GONE, AUTHOR)
    sample.follower.catch_up()


def iri(identifier: str) -> str:
    return f"{BASE}/id/{RECORDS[identifier]}/{quote(identifier)}"


def graph(text: bytes, name: str) -> rdflib.Graph:
    """The statements, the same by both readers."""
    _, _, known, also = FORMATS[name]
    read = rdflib.Graph().parse(data=text, format=known)
    assert len(read) == len({str(quad.triple) for quad in pyoxigraph.parse(text, also)})
    return read


def test_the_table_has_every_kind(kinds: Schema) -> None:
    assert set(RECORDS.values()) == {kind.slug for kind in kinds.kinds.values()}


@pytest.mark.parametrize("identifier", RECORDS)
def test_a_record_says_the_same_in_every_format_however_it_is_asked_for(client: TestClient, identifier: str) -> None:
    path = f"/data/{RECORDS[identifier]}/{identifier}"
    said: list[rdflib.Graph] = []
    for name, (media, suffix, _, _) in FORMATS.items():
        by_suffix = client.get(f"{path}.{suffix}")
        by_name = client.get(path, params={"format": name})
        by_header = client.get(path, headers={"Accept": media.partition(";")[0]})
        for response in (by_suffix, by_name, by_header):
            assert response.status_code == 200, response.text
            assert response.headers["content-type"] == media
            assert response.content == by_suffix.content
        assert "Accept" in by_header.headers["vary"]
        said.append(graph(by_suffix.content, name))
    assert all(isomorphic(said[0], other) for other in said[1:])
    subject = URIRef(iri(identifier))
    assert str(said[0].value(subject, DCTERMS.identifier)) == identifier
    # Whatever of ours it points at has a type and a name.
    for reached in set(said[0].objects(subject)) - {URIRef(f"{BASE}/id/catalogue")}:
        if isinstance(reached, URIRef) and str(reached).startswith((f"{BASE}/id/", f"{BASE}/def/code/")):
            assert said[0].value(reached, RDF.type)
            # A text has the title of ELI, an identifier none.
            is_part = "#" in reached
            assert is_part or said[0].value(reached, DCTERMS.title) or said[0].value(reached, SKOS.prefLabel), reached


@pytest.mark.parametrize("identifier", RECORDS)
def test_an_iri_leads_people_to_the_page_and_programs_to_the_data(client: TestClient, identifier: str) -> None:
    slug, path = RECORDS[identifier], iri(identifier).removeprefix(BASE)
    encoded = quote(identifier)
    for accept, target in (
        (BROWSER, f"/records/{slug}/{encoded}"),
        ("*/*", f"/data/{slug}/{encoded}"),
        ("text/turtle", f"/data/{slug}/{encoded}"),
        ("text/turtle;q=0.3, text/html;q=0.9", f"/records/{slug}/{encoded}"),
        ("text/html;q=0.3, application/ld+json", f"/data/{slug}/{encoded}"),
    ):
        response = client.get(f"{path}?at=2020-01-01&lang=en", headers={"Accept": accept})
        assert (response.status_code, response.headers["location"]) == (303, f"{target}?at=2020-01-01&lang=en"), accept
        assert client.get(response.headers["location"], headers={"Accept": accept}).status_code == 200
    for name, (_, suffix, _, _) in FORMATS.items():
        target = f"/data/{slug}/{encoded}.{suffix}"
        assert client.get(path, params={"format": name}).headers["location"] == target
        assert client.get(f"{path}.{suffix}", headers={"Accept": BROWSER}).headers["location"] == target
    assert client.get(path, params={"format": "html"}).headers["location"] == f"/records/{slug}/{encoded}"


@pytest.mark.parametrize("before", ["/id", "/data"])
@pytest.mark.parametrize("ending", ["", *(f".{suffix}" for _, suffix, _, _ in FORMATS.values())])
@pytest.mark.parametrize(
    ("path", "status"),
    [
        (f"/organisation/{GONE}", 410),
        ("/organisation/99999990", 404),
        ("/provision/kanun-5018.m9999", 404),
        ("/service/ğ%20ü", 404),
        ("/cat/99001009", 404),
    ],
)
def test_what_is_not_there_is_a_problem_for_programs_and_a_page_for_people(
    client: TestClient, before: str, path: str, status: int, ending: str
) -> None:
    for media, _, _, _ in FORMATS.values():
        told = client.get(f"{before}{path}{ending}", headers={"Accept": media.partition(";")[0]})
        assert (told.status_code, told.headers["content-type"]) == (status, "application/problem+json")
        assert told.json()["status"] == status
    page = client.get(f"{before}{path}{ending}", headers={"Accept": BROWSER})
    assert page.status_code == status
    assert page.headers["content-type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize("before", ["/id", "/data"])
@pytest.mark.parametrize("accept", [BROWSER, "text/turtle"])
def test_a_record_under_another_kind_is_shown_the_way(client: TestClient, before: str, accept: str) -> None:
    wrong = f"{before}/service/anayasa-2709.m106.ttl?at=2020-01-01&format=turtle"
    response = client.get(wrong, headers={"Accept": accept})
    assert response.status_code == 308
    assert response.headers["location"] == f"{before}/provision/anayasa-2709.m106.ttl?at=2020-01-01&format=turtle"


def test_an_ended_record_answers_with_its_dates_on_any_day(client: TestClient) -> None:
    for day in ("", "?at=1950-01-01", "?at=1995-01-01"):
        response = client.get(f"/data/organisation/{ENDED}.nt{day}")
        assert response.status_code == 200
        values = set(map(str, graph(response.content, "ntriples").objects(URIRef(iri(ENDED)))))
        assert {"1990-01-01", "2001-02-03"} <= values, day


def test_the_day_asked_for_decides_what_is_said(client: TestClient) -> None:
    today, before = (client.get(f"/data/organisation/99001009.nt{day}").text for day in ("", "?at=2017-01-01"))
    assert today != before


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("*/*", "text/turtle"),
        ("", "text/turtle"),
        ("application/*", "application/ld+json"),
        ("application/json", "application/ld+json"),
        ("application/rdf+xml;q=0.2, application/n-triples;q=0.4, */*;q=0.1", "application/n-triples"),
        ("text/turtle;q=0, */*;q=0.5", "application/ld+json"),
        ("TEXT/Turtle;Q=0.1, application/rdf+xml;q=0.9", "application/rdf+xml"),
        (BROWSER, "text/turtle"),
    ],
)
def test_the_most_specific_range_says_how_much_a_format_is_wanted(client: TestClient, accept: str, media: str) -> None:
    response = client.get("/data/place/il-01", headers={"Accept": accept})
    assert response.headers["content-type"].partition(";")[0] == media


@pytest.mark.parametrize("path", ["/data/place/il-01", "/id/place/il-01", "/def/Place"])
def test_a_format_there_is_none_of_is_refused_with_those_there_are(client: TestClient, path: str) -> None:
    for asked in (client.get(path, headers={"Accept": "image/png"}), client.get(path, params={"format": "csv"})):
        assert asked.status_code == 406
        for name in FORMATS:
            assert name in asked.json()["hint"]


def test_a_parameter_nobody_knows_is_refused_for_programs(client: TestClient) -> None:
    assert client.get("/data/place/il-01?att=2020-01-01").status_code == 422


@pytest.mark.parametrize("path", ["/data/place/il-01", "/def/", "/def/context.jsonld", "/def/code/place_type"])
def test_head_tells_what_get_tells_and_what_did_not_change_is_not_sent_again(client: TestClient, path: str) -> None:
    whole, head = client.get(path), client.head(path)
    kept = ("content-type", "etag", "vary", "link")
    assert [head.headers.get(name) for name in kept] == [whole.headers.get(name) for name in kept]
    assert head.status_code == 200
    assert head.content == b""
    again = client.get(path, headers={"If-None-Match": whole.headers["etag"]})
    assert again.status_code == 304
    other = client.get(path, headers={"Accept": "application/ld+json", "If-None-Match": whole.headers["etag"]})
    # The context has one form, which whoever has it keeps, whatever else is accepted.
    assert other.status_code == (304 if path.endswith("context.jsonld") else 200)
    elsewhere = client.get(path, headers={"Origin": "https://example.org"})
    assert elsewhere.headers["access-control-allow-origin"] == "*"


def test_page_and_data_name_each_other(client: TestClient) -> None:
    page = client.get("/records/place/il-01?at=2020-01-01")
    for media, suffix, _, _ in FORMATS.values():
        href = f"/data/place/il-01.{suffix}?at=2020-01-01"
        plain = media.partition(";")[0]
        assert f'<{href}>; rel="alternate"; type="{plain}"' in page.headers["link"]
        assert f'<link rel="alternate" type="{plain}"' in page.text
        assert client.get(href).status_code == 200
    data = client.get("/data/place/il-01")
    assert f'<{BASE}/id/place/il-01>; rel="describes"' in data.headers["link"]
    assert '</records/place/il-01>; rel="alternate"; type="text/html"' in data.headers["link"]


def test_json_ld_is_in_our_words_and_brings_only_the_context_it_needs(client: TestClient) -> None:
    told = client.get("/data/service/heys-41001.jsonld").json()
    whole = client.get("/def/context.jsonld").json()["@context"]
    service = told["@graph"][0]
    assert service["id"] == "service:heys-41001"
    assert "Service" in service["type"]
    assert set(service["title"]) == {"tr", "en"}
    assert told["@context"].items() <= whole.items()
    assert len(told["@context"]) < len(whole) / 2
    text = str(told["@graph"])
    assert all(name in ("id", "type") or name in text or f"{name}:" in str(told) for name in told["@context"])


def test_the_vocabulary_answers_for_each_of_its_terms(client: TestClient, kinds: Schema) -> None:
    terms = [
        *kinds.kinds,
        "Record",
        "Edge",
        "EarlierValue",
        "EarlierSpell",
        *(one.name for one in properties.of(kinds)),
    ]
    ontology = graph(client.get("/def/").content, "turtle")
    for name in terms:
        assert (URIRef(f"{BASE}/def/{name}"), RDF.type, None) in ontology, name
        page = client.get(f"/def/{name}", headers={"Accept": BROWSER})
        assert page.status_code == 200
        assert f"{BASE}/def/{name}" in page.text
    assert client.get("/def/Service", headers={"Accept": "text/turtle"}).text == client.get("/def/").text


@pytest.mark.parametrize("path", ["/def/", "/def/Service", "/def/code/", "/def/code/place_type"])
def test_the_vocabulary_says_the_same_in_every_format(client: TestClient, path: str) -> None:
    said = []
    for name, (media, _, _, _) in FORMATS.items():
        response = client.get(path, headers={"Accept": media.partition(";")[0]})
        assert response.headers["content-type"] == media
        said.append(graph(response.content, name))
    assert "kaysis.example" not in said[0].serialize(format="nt")
    assert all(isomorphic(said[0], other) for other in said[1:])


def test_every_code_has_a_page_and_its_list_as_data(client: TestClient, kinds: Schema) -> None:
    for held in kinds.codes.values():
        told = graph(client.get(f"/def/code/{held.name}").content, "turtle")
        assert set(told.subjects(RDF.type, SKOS.ConceptScheme)) == {URIRef(f"{BASE}/def/code/{held.name}")}
        code = next(iter(held.entries))
        assert (URIRef(f"{BASE}/def/code/{held.name}.{code}"), RDF.type, SKOS.Concept) in told
        for name in (held.name, f"{held.name}.{code}"):
            page = client.get(f"/def/code/{name}", headers={"Accept": BROWSER})
            assert page.status_code == 200
            assert held.entries[code].label.tr in page.text


def test_terms_and_codes_there_are_none_of_are_not_found(client: TestClient) -> None:
    for path in ("/def/Cat", "/def/code/cat", "/def/code/place_type.cat", "/def/code/place_type."):
        assert client.get(path).status_code == 404
        page = client.get(path, headers={"Accept": BROWSER})
        assert (page.status_code, page.headers["content-type"]) == (404, "text/html; charset=utf-8")


def test_the_shapes_come_under_our_base(client: TestClient) -> None:
    told = graph(client.get("/def/shapes.ttl").content, "turtle")
    assert f"{BASE}/def/Service" in set(map(str, chain(told.objects(), told.subjects())))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_the_vocabulary_is_what_people_are_shown(client: TestClient, language: str) -> None:
    response = client.get(f"/def/?lang={language}", headers={"Accept": BROWSER})
    assert (response.status_code, response.headers["location"]) == (303, f"/vocabulary?lang={language}")
    page = client.get(response.headers["location"]).text
    assert "/def/Service" in page
    assert "/def/code/place_type" in page


def test_catalogue_and_graphs_lead_to_what_describes_them(client: TestClient) -> None:
    for name in ("catalogue", "publisher", "graph/history", "graph/ontology"):
        assert client.get(f"/id/{name}").headers["location"] == "/data/catalogue"
