"""SPARQL over HTTP: the protocol, its formats, its limits, and nothing that leaves this machine."""

import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode

import pyoxigraph as oxigraph
import pytest
import rdflib
from conftest import AUTHOR
from fastapi.testclient import TestClient  # noqa: TID251  # asked as a client asks it
from httpx2 import Response
from sparql_copy import LIMITS, served

from kaysis_graph.errors import EngineDown
from kaysis_graph.graph.follower import Follower
from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.store import Store
from kaysis_graph.linked.linked import Linked
from kaysis_graph.linked.sparql.limits import GivenUp
from kaysis_graph.linked.sparql.pool import Asking, SparqlQuery
from kaysis_graph.records import writer
from kaysis_graph.schema import Schema
from kaysis_graph.settings import Settings
from kaysis_graph.transfer import seed_data

pytestmark = pytest.mark.pages

SERVICES = "SELECT ?s ?title { ?s a cpsv:PublicService ; dct:title ?title FILTER(lang(?title) = 'tr') } ORDER BY ?s"
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f }"
UPDATES = [
    "INSERT DATA { <a:a> <a:b> <a:c> }",
    "DELETE DATA { <a:a> <a:b> <a:c> }",
    "DELETE { ?s ?p ?o } INSERT { ?s ?p 1 } WHERE { ?s ?p ?o }",
    "DELETE WHERE { ?s ?p ?o }",
    "WITH <a:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "LOAD <http://127.0.0.1:1/x.ttl>",
    "LOAD SILENT <http://127.0.0.1:1/x.ttl> INTO GRAPH <a:g>",
    "CLEAR ALL",
    "DROP DEFAULT",
    "CREATE GRAPH <a:g>",
    "ADD <a:g> TO DEFAULT",
    "MOVE <a:g> TO <a:h>",
    "COPY DEFAULT TO <a:g>",
    "PREFIX x: <a:> INSERT DATA { x:a x:b x:c } ; DROP ALL",
]


@pytest.fixture(scope="module")
def service(
    sample: Graph, settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[TestClient, Linked]]:
    with served(sample, replace(settings, language="en"), tmp_path_factory.mktemp("sparql")) as opened:
        yield opened


@pytest.fixture
def sparql(service: tuple[TestClient, Linked]) -> TestClient:
    return service[0]


@pytest.fixture
def linked(service: tuple[TestClient, Linked]) -> Linked:
    return service[1]


def bare(linked: Linked) -> oxigraph.Store:
    assert linked.newest is not None
    return oxigraph.Store.read_only(str(linked.newest.path))


def get(client: TestClient, query: str, accept: str = "application/sparql-results+json", **more: str) -> Response:
    return client.get("/sparql", params={"query": query, **more}, headers={"accept": accept})


def rows(answer: Response) -> list[dict[str, str]]:
    assert answer.status_code == 200, answer.text
    return [{name: cell["value"] for name, cell in row.items()} for row in answer.json()["results"]["bindings"]]


# The protocol (SPARQL 1.1 Protocol, section 2.1)


def test_a_query_is_taken_by_address_by_form_and_as_it_is(sparql: TestClient) -> None:
    by_get = get(sparql, SERVICES)
    by_form = sparql.post("/sparql", data={"query": SERVICES})
    direct = sparql.post(
        "/sparql", content=SERVICES, headers={"content-type": "application/sparql-query; charset=utf-8"}
    )
    assert len(rows(by_get)) > 40
    assert rows(by_get) == rows(by_form) == rows(direct)
    assert by_get.headers["content-type"] == "application/sparql-results+json"


@pytest.mark.parametrize("how", ["get", "form", "direct"])
def test_the_dataset_of_the_protocol_takes_the_place_of_the_querys_own(
    sparql: TestClient, linked: Linked, how: str
) -> None:
    history, ontology = linked.iris.history.value, linked.iris.ontology.value
    query = f"SELECT DISTINCT ?g FROM NAMED <{ontology}> {{ GRAPH ?g {{ ?s ?p ?o }} }}"
    dataset = [("named-graph-uri", history), ("default-graph-uri", ontology)]

    def asked(text: str) -> list[dict[str, str]]:
        match how:
            case "get":
                return rows(sparql.get(f"/sparql?{urlencode([('query', text), *dataset])}"))
            case "form":
                body = urlencode([("query", text), *dataset])
                kind = {"content-type": "application/x-www-form-urlencoded"}
                return rows(sparql.post("/sparql", content=body, headers=kind))
            case _:
                kind = {"content-type": "application/sparql-query"}
                return rows(sparql.post(f"/sparql?{urlencode(dataset)}", content=text, headers=kind))

    assert asked(query) == [{"g": history}]
    assert asked("SELECT (COUNT(*) AS ?n) { ?s a owl:Class }")[0]["n"] != "0"
    assert asked("SELECT (COUNT(*) AS ?n) { ?s a cpsv:PublicService }") == [{"n": "0"}]


def test_several_default_graphs_are_asked_as_one(sparql: TestClient, linked: Linked) -> None:
    both = [("default-graph-uri", linked.iris.history.value), ("default-graph-uri", linked.iris.ontology.value)]
    counts = [
        int(
            rows(sparql.get(f"/sparql?{urlencode([('query', 'SELECT (COUNT(*) AS ?n) { ?s ?p ?o }'), *some])}"))[0]["n"]
        )
        for some in (both[:1], both[1:], both)
    ]
    assert counts[0] + counts[1] == counts[2]
    assert min(counts) > 100


@pytest.mark.parametrize(
    ("answer", "form"),
    [("select", "SELECT ?s { ?s ?p ?o } LIMIT 3"), ("ask", "ASK { ?s a cpsv:PublicService }"),
     ("construct", "CONSTRUCT WHERE { ?s a cpsv:PublicService }"), ("describe", "DESCRIBE service:heys-41001")],
)  # fmt: skip
def test_every_form_of_query_is_answered(sparql: TestClient, answer: str, form: str) -> None:
    accept = "text/turtle" if answer in ("construct", "describe") else "application/sparql-results+json"
    found = get(sparql, form, accept)
    assert found.status_code == 200
    match answer:
        case "select":
            assert len(rows(found)) == 3
        case "ask":
            assert found.json()["boolean"] is True
        case _:
            assert len(rdflib.Graph().parse(data=found.text, format="turtle")) > 5


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"params": {"query": "SELECT * {"}}, 400),
        ({"params": {"query": "SELECT ?s {} SELECT ?s {}"}}, 400),
        ({"params": [("query", "ASK {}"), ("query", "ASK {}")]}, 400),
        ({"params": {"query": ""}}, 400),
        ({"params": {"query": "ASK {}", "default-graph-uri": "no iri"}}, 400),
        ({"params": {"query": "ASK {}", "update": "CLEAR ALL"}}, 403),
    ],
)
def test_bad_queries_by_address_are_refused(sparql: TestClient, sent: dict[str, object], status: int) -> None:
    answer = sparql.get("/sparql", headers={"accept-language": "en"}, **sent)  # type: ignore[arg-type]
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"]
    assert answer.json()["hint"]


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"query=ASK%20%7B%7D", "application/x-www-form-urlencoded", 200),
        (b"ASK {}", "application/sparql-query", 200),
        (b"ASK {}", "application/SPARQL-query; charset=UTF-8", 200),
        (b"ASK {}", "text/plain", 415),
        (b"ASK {}", "", 415),
        (b"", "application/x-www-form-urlencoded", 400),
        (b"", "application/sparql-query", 400),
        ("ASK {}".encode("utf-16"), "application/sparql-query; charset=UTF-16", 400),
        ("SELECT * { ?s ?p 'ğ' }".encode("iso-8859-9"), "application/sparql-query", 400),
        ("query=SELECT * { ?s ?p 'ğ' }".encode("iso-8859-9"), "application/x-www-form-urlencoded", 400),
        (b"query=ASK%20%7B%7D&query=ASK%20%7B%7D", "application/x-www-form-urlencoded", 400),
        (b"CLEAR ALL", "application/sparql-update", 403),
        (b"update=CLEAR%20ALL", "application/x-www-form-urlencoded", 403),
    ],
)
def test_bodies_are_taken_as_the_protocol_says(sparql: TestClient, content: bytes, kind: str, status: int) -> None:
    answer = sparql.post("/sparql", content=content, headers={"content-type": kind, "accept-language": "en"})
    assert answer.status_code == status, answer.text


def test_other_methods_are_refused_and_head_is_get_without_its_body(sparql: TestClient) -> None:
    assert sparql.put("/sparql", content=b"x").status_code == 405
    assert sparql.delete("/sparql").status_code == 405
    head = sparql.head("/sparql", params={"query": "ASK {}"})
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-type"] == "application/sparql-results+json"


@pytest.mark.parametrize("update", UPDATES)
def test_no_update_is_taken_in_any_way_and_nothing_changes(sparql: TestClient, linked: Linked, update: str) -> None:
    before = len(bare(linked))
    answers = [
        get(sparql, update),
        sparql.post("/sparql", data={"query": update}),
        sparql.post("/sparql", data={"update": update}),
        sparql.post("/sparql", content=update, headers={"content-type": "application/sparql-update"}),
        sparql.post("/sparql", content=update, headers={"content-type": "application/sparql-query"}),
    ]
    assert {answer.status_code for answer in answers} <= {400, 403}
    assert len(bare(linked)) == before


# Formats


@pytest.mark.parametrize("named", ["json", "xml", "csv", "tsv"])
@pytest.mark.parametrize(
    "query", [SERVICES, "ASK { ?s a cpsv:PublicService }", "SELECT ?x { VALUES ?x { 1 'ğ'@tr <a:b> } }"]
)
def test_results_are_those_of_the_bare_engine_in_every_format(
    sparql: TestClient, linked: Linked, query: str, named: str
) -> None:
    form = {"json": oxigraph.QueryResultsFormat.JSON, "xml": oxigraph.QueryResultsFormat.XML,
            "csv": oxigraph.QueryResultsFormat.CSV, "tsv": oxigraph.QueryResultsFormat.TSV}[named]  # fmt: skip
    media = form.media_type.partition(";")[0]
    found = bare(linked).query(query, prefixes=dict(linked.iris.prefixes))
    assert not isinstance(found, oxigraph.QueryTriples)
    engine = found.serialize(format=form)
    by_name = sparql.get("/sparql", params={"query": query, "format": named})
    by_accept = get(sparql, query, media)
    assert by_name.content == by_accept.content == engine
    assert by_name.headers["content-type"].partition(";")[0] == media


@pytest.mark.parametrize(
    ("named", "media"),
    [("turtle", "text/turtle"), ("ntriples", "application/n-triples"),
     ("rdfxml", "application/rdf+xml"), ("jsonld", "application/ld+json")],
)  # fmt: skip
def test_graphs_are_those_of_the_bare_engine_in_every_format(
    sparql: TestClient, linked: Linked, named: str, media: str
) -> None:
    query = "CONSTRUCT { ?s ?p ?o } WHERE { ?s a cpsv:PublicService ; ?p ?o }"
    engine = {triple for triple in bare(linked).query(query, prefixes=dict(linked.iris.prefixes))}  # type: ignore[union-attr]  # noqa: C416
    answer = sparql.get("/sparql", params={"query": query, "format": named})
    assert answer.headers["content-type"].partition(";")[0] == media
    found = oxigraph.parse(answer.content, oxigraph.RdfFormat.from_media_type(media))
    assert {quad.triple for quad in found} == engine


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("*/*", "application/sparql-results+json"),
        ("text/csv;q=0.4, application/sparql-results+xml;q=0.9", "application/sparql-results+xml"),
        ("text/*", "text/csv"),
        ("application/json", "application/sparql-results+json"),
        ("text/html;q=0.1, text/tab-separated-values", "text/tab-separated-values"),
    ],
)
def test_the_accept_header_is_weighed(sparql: TestClient, accept: str, media: str) -> None:
    assert (
        get(sparql, "ASK {}" if "csv" not in media else SERVICES, accept).headers["content-type"].partition(";")[0]
        == media
    )


def test_what_cannot_be_given_is_refused_with_what_can(sparql: TestClient) -> None:
    for answer in (
        get(sparql, "ASK {}", "image/png"),
        get(sparql, "ASK {}", format="turtle"),
        get(sparql, "ASK {}", format="x"),
    ):
        assert answer.status_code == 406
        assert "csv" in answer.text


def test_an_answer_tells_the_change_it_stands_at_and_is_kept_until_there_is_another(
    sparql: TestClient, sample: Graph
) -> None:
    first = get(sparql, SERVICES)
    assert first.headers["last-sync"] == str(sample.sequence)
    again = sparql.get("/sparql", params={"query": SERVICES}, headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = get(sparql, SERVICES, "text/csv", format="csv")
    assert other.headers["etag"] != first.headers["etag"]
    assert "etag" not in get(sparql, "SELECT (NOW() AS ?now) {}").headers


@pytest.mark.parametrize(
    ("query", "rows_found"),
    [
        ("SELECT (<http://x.example/f>(1) AS ?v) (2 AS ?w) {}", [{"w": "2"}]),
        ("SELECT ?x { VALUES ?x { 1 2 } FILTER(<http://x.example/f>(?x) || ?x = 1) }", [{"x": "1"}]),
        ("PREFIX x: <http://x.example/> SELECT (COALESCE(x:f(1), x:g(2, 3), 'none') AS ?v) {}", [{"v": "none"}]),
        ("SELECT ?x { VALUES ?x { 1 } FILTER(<http://x.example/f>()) }", []),
    ],
)
def test_a_function_nobody_knows_is_an_error_of_its_expression(
    sparql: TestClient, query: str, rows_found: list[dict[str, str]]
) -> None:
    assert rows(get(sparql, query)) == rows_found


def test_the_endpoint_answers_with_a_slash_at_its_end_too(sparql: TestClient) -> None:
    accept = {"accept": "application/sparql-results+json"}
    by_get = sparql.get("/sparql/", params={"query": SERVICES}, headers=accept)
    by_form = sparql.post("/sparql/", data={"query": SERVICES}, headers=accept)
    assert rows(by_get) == rows(by_form) == rows(get(sparql, SERVICES))
    assert sparql.get("/sparql/", params={"query": "nonsense"}).headers["content-type"] == "application/problem+json"
    assert sparql.post("/sparql/", data={"update": "CLEAR ALL"}).status_code == 403


@pytest.mark.parametrize(
    "header",
    ["Authorization", "X-Requested-With", "Cache-Control", "Content-Type", "If-None-Match", "Pragma, X-Client, Range"],
)
def test_no_header_of_a_script_is_a_reason_to_refuse_its_question(sparql: TestClient, header: str) -> None:
    asked = {
        "origin": "https://baska.example",
        "access-control-request-method": "POST",
        "access-control-request-headers": header,
    }
    answer = sparql.options("/sparql", headers=asked)
    assert answer.status_code == 200
    allowed = {name.strip().lower() for name in answer.headers["access-control-allow-headers"].split(",")}
    assert {name.strip().lower() for name in header.split(",")} <= allowed


def test_scripts_of_other_sites_may_ask(sparql: TestClient) -> None:
    origin = {"origin": "https://baska.example", "access-control-request-method": "POST"}
    assert sparql.options("/sparql", headers=origin).status_code == 200
    answer = sparql.get("/sparql", params={"query": "ASK {}"}, headers={"origin": "https://baska.example"})
    assert answer.headers["access-control-allow-origin"] in ("*", "https://baska.example")
    assert "Last-Sync" in answer.headers["access-control-expose-headers"]


# The service describes itself


@pytest.mark.parametrize(
    "media", ["text/turtle", "application/rdf+xml", "application/ld+json", "application/n-triples"]
)
def test_without_a_query_the_service_describes_itself(sparql: TestClient, linked: Linked, media: str) -> None:
    answer = sparql.get("/sparql", headers={"accept": media})
    assert answer.headers["content-type"].partition(";")[0] == media
    said = oxigraph.parse(answer.content, oxigraph.RdfFormat.from_media_type(media))
    graph = rdflib.Graph().parse(data=oxigraph.serialize(said, format=oxigraph.RdfFormat.TURTLE), format="turtle")
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    service = next(graph.subjects(rdflib.RDF.type, sd.Service))
    assert graph.value(service, sd.endpoint) == rdflib.URIRef(f"{linked.iris.base}/sparql")
    assert graph.value(service, sd.supportedLanguage) == sd.SPARQL11Query
    named = {str(graph.value(one, sd.name)) for one in graph.objects(None, sd.namedGraph)}
    assert named == {linked.iris.history.value, linked.iris.ontology.value}
    asked = rows(get(sparql, "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"))
    assert {row["g"] for row in asked} == named


# Limits: an error each time, never a shorter answer


def answer(linked: Linked, query: str, client: str = "a") -> bytes:
    return linked.pool.begin(Asking(SparqlQuery(query, "json", client))).result().content


@pytest.fixture
def tight(sample: Graph, settings: Settings, tmp_path: Path) -> Iterator[tuple[TestClient, Linked]]:
    """A service with little of everything."""
    limits = replace(LIMITS, seconds=1.0, result=20_000, workers=2, per_client=1, patience=0.2, waiting=3)
    with served(sample, replace(settings, language="en"), tmp_path, limits) as opened:
        yield opened


def test_a_query_that_takes_too_long_is_stopped_and_others_go_on(tight: tuple[TestClient, Linked]) -> None:
    client, linked = tight
    with ThreadPoolExecutor(2) as threads:
        slow = threads.submit(get, client, SLOW)
        assert b"true" in answer(linked, "ASK {}", "another")
        stopped = slow.result()
    assert stopped.status_code == 503
    assert stopped.headers["retry-after"]
    assert "1 seconds" in stopped.json()["detail"]
    assert "/api/dump" in stopped.json()["hint"]
    assert b"true" in answer(linked, "ASK {}"), "the worker that was killed is replaced"


def test_an_answer_that_is_too_large_is_refused_whole(tight: tuple[TestClient, Linked]) -> None:
    client, _ = tight
    for query in ("SELECT * { ?s ?p ?o }", "CONSTRUCT WHERE { ?s ?p ?o }"):
        refused = client.get("/sparql", params={"query": query})
        assert refused.status_code == 413
        assert "LIMIT" in refused.json()["hint"]
    assert get(client, "SELECT * { ?s ?p ?o } LIMIT 10").status_code == 200


def test_one_client_cannot_take_every_worker(tight: tuple[TestClient, Linked]) -> None:
    _, linked = tight
    first = linked.pool.begin(Asking(SparqlQuery(SLOW, "json", "greedy")))
    second = linked.pool.begin(Asking(SparqlQuery("ASK {}", "json", "greedy")))
    assert b"true" in answer(linked, "ASK {}", "modest")
    for refused in (second, first):
        with pytest.raises(EngineDown):
            refused.result()
    many = [linked.pool.begin(Asking(SparqlQuery(SLOW, "json", f"c{number}"))) for number in range(2)]
    with pytest.raises(EngineDown, match="queue"):
        many.extend(linked.pool.begin(Asking(SparqlQuery(SLOW, "json", f"d{number}"))) for number in range(9))
    for one in many:
        with pytest.raises(EngineDown):
            one.result()


def test_hard_queries_of_some_keep_nobody_else_waiting(linked: Linked) -> None:
    """All workers are taken by queries that end only when they are given up."""
    limits = linked.pool.limits
    hard = [Asking(SparqlQuery(SLOW, "json", f"greedy {number}")) for number in range(limits.workers)]
    under_way = [linked.pool.begin(asking) for asking in hard]
    while any(asking._worker is None for asking in hard):
        time.sleep(0.01)
    assert b"true" in answer(linked, "ASK {}", "modest")
    assert not any(work.done() for work in under_way)
    for asking, work in zip(hard, under_way, strict=True):
        asking.give_up()
        with pytest.raises(GivenUp):
            work.result()


def test_twenty_small_queries_at_once_are_queued(linked: Linked) -> None:
    small = [linked.pool.begin(Asking(SparqlQuery("ASK {}", "json", "busy"))) for _ in range(20)]
    assert all(b"true" in work.result().content for work in small)


def test_a_query_that_needs_too_much_memory_is_stopped_with_that_reason(
    sample: Graph, settings: Settings, tmp_path: Path
) -> None:
    limits = replace(LIMITS, memory=400_000_000, seconds=120.0)
    with served(sample, replace(settings, language="en"), tmp_path, limits) as (client, linked):
        hungry = "SELECT ?a ?b ?c ?d { ?a ?p ?b . ?c ?q ?d } ORDER BY ?d"
        stopped = get(client, hungry)
        assert stopped.status_code == 503, stopped.text
        assert "400 MB" in stopped.json()["detail"]
        assert b"true" in answer(linked, "ASK {}")


def test_who_goes_away_takes_the_work_along(linked: Linked) -> None:
    asking = Asking(SparqlQuery(SLOW, "json", "impatient"))
    work = linked.pool.begin(asking)
    while asking._worker is None:
        time.sleep(0.01)
    asking.give_up()
    with pytest.raises(GivenUp):
        work.result(timeout=5)
    assert b"true" in answer(linked, "ASK {}", "impatient")


def test_a_long_query_is_refused_before_it_is_read(sparql: TestClient) -> None:
    answer = sparql.post("/sparql", data={"query": f"ASK {{ }} # {'x' * 1_100_000}"})
    assert answer.status_code == 413


def test_the_status_tells_how_the_copy_stands(sparql: TestClient, linked: Linked, sample: Graph) -> None:
    told = sparql.get("/api/status").json()["linked"]
    assert told["state"] == "following"
    assert (told["sequence"], told["behind"], told["trouble"]) == (sample.sequence, 0, None)
    assert told["records_done"] == told["records_in_all"] > 1_000
    assert told["base"] == linked.iris.base


def test_without_linked_data_the_endpoint_says_so(client: TestClient) -> None:
    answer = client.get("/sparql", params={"query": "ASK {}"}, headers={"accept-language": "en"})
    assert answer.status_code == 404
    assert "switched off" in answer.json()["detail"]


# Nothing leaves this machine


@pytest.fixture
def listener() -> Iterator[tuple[str, list[bytes]]]:
    """An address of this machine at which every visit is heard."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def listen() -> None:
            while True:
                try:
                    visitor, _ = server.accept()
                except OSError:
                    return
                with visitor:
                    heard.append(visitor.recv(1_000))

        threading.Thread(target=listen, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/x", heard


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * {{ SERVICE <{0}> {{ ?s ?p ?o }} }}",
        "SELECT * {{ service silent <{0}> {{ ?s ?p ?o }} }}",
        "SELECT * {{ SERV\\u0049CE <{0}> {{ ?s ?p ?o }} }}",
        "SELECT * {{ VALUES ?x {{ trueSERVICE<{0}> {{ ?s ?p ?o }} }} }}",
        "SELECT * {{ BIND(<{0}> AS ?x) SERVICE ?x {{ ?s ?p ?o }} }}",
        "PREFIX SERVICE: <{0}> SELECT * {{ SERVICE:x {{ ?s ?p ?o }} }}",
        "SELECT * FROM <{0}> {{ ?s ?p ?o }}",
        "SELECT * FROM NAMED <{0}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
        "SELECT * {{ GRAPH <{0}> {{ ?s ?p ?o }} }}",
        "DESCRIBE <{0}>",
        "LOAD <{0}>",
        "ASK {{}} ; LOAD <{0}>",
    ],
)
def test_no_query_makes_the_service_ask_another_machine(
    sparql: TestClient, listener: tuple[str, list[bytes]], query: str
) -> None:
    address, heard = listener
    text = query.format(address)
    accept = "text/turtle" if text.startswith("DESCRIBE") else "application/sparql-results+json"
    assert get(sparql, text, accept).status_code in (200, 400, 403)
    assert sparql.get("/sparql", params={"query": "ASK {}", "default-graph-uri": address}).status_code == 200
    assert heard == []


# Last: on a server it wipes the graph the others share


def test_a_change_is_soon_in_the_answers(store: Store, kinds: Schema, settings: Settings, tmp_path: Path) -> None:
    seed_data.plant(store, kinds)
    graph = Graph(store, kinds, Follower(store, kinds, None))
    with served(graph, settings, tmp_path) as (client, _):
        saved = writer.save(
            store,
            kinds,
            {"kind": "Place", "id": "il-99", "title": "Işıklı", "place_type": "province"},
            AUTHOR,
        )
        until = time.monotonic() + 30
        query = "SELECT ?title { place:il-99 dct:title ?title }"
        while not rows(found := get(client, query)):
            assert time.monotonic() < until
        assert rows(found) == [{"title": "Işıklı"}]
        assert found.headers["last-sync"] == str(saved.sequence)
    graph.follower.end()
