"""The cases of the W3C for the SPARQL 1.1 protocol, by their names: queries answered, updates refused.

An endpoint that only reads refuses all that writes, also what the W3C expects to be done. The graphs of its cases are
elsewhere; here the history and the vocabulary stand for them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

import pyoxigraph as oxigraph
import pytest
from fastapi.testclient import TestClient  # noqa: TID251  # asked as a client asks it
from httpx2 import Response
from sparql_copy import served

from kaysis_graph.graph.graph import Graph
from kaysis_graph.linked.linked import Linked
from kaysis_graph.settings import Settings

pytestmark = pytest.mark.pages

FORM, QUERY, UPDATE = (f"application/{name}" for name in ("x-www-form-urlencoded", "sparql-query", "sparql-update"))
HISTORY, ONTOLOGY = "id/graph/history", "id/graph/ontology"
IN_HISTORY = "?then a kaysis:Edge"
IN_ONTOLOGY = "?class a owl:Class"


@dataclass(frozen=True)
class Sent:
    """One request; `BASE/` in it stands for what all our IRIs begin with."""

    method: str
    body: str = ""
    kind: str = ""
    graphs: tuple[tuple[str, str], ...] = ()
    parameters: tuple[tuple[str, str], ...] = ()
    charset: str = "utf-8"
    headers: dict[str, str] = field(default_factory=dict)

    def to(self, client: TestClient, base: str) -> Response:
        address = [*self.parameters, *((name, f"{base}/{graph}") for name, graph in self.graphs)]
        content = self.body.replace("BASE/", f"{base}/").encode(self.charset)
        kind = {"content-type": self.kind} if self.kind else {}
        return client.request(
            self.method, f"/sparql?{urlencode(address)}", content=content, headers={**kind, **self.headers}
        )


def form(*said: tuple[str, str]) -> str:
    return urlencode(said)


TWO_DEFAULTS = (("default-graph-uri", HISTORY), ("default-graph-uri", ONTOLOGY))
TWO_NAMED = (("named-graph-uri", HISTORY), ("named-graph-uri", ONTOLOGY))
FULL = (("default-graph-uri", ONTOLOGY), ("named-graph-uri", HISTORY))
IN_BOTH = f"ASK {{ {IN_HISTORY} . {IN_ONTOLOGY} }}"
NAMED_ALONE = f"ASK {{ GRAPH ?g {{ {IN_HISTORY} }} GRAPH ?h {{ {IN_ONTOLOGY} }} FILTER NOT EXISTS {{ ?s ?p ?o }} }}"
IN_FULL = f"ASK {{ {IN_ONTOLOGY} . GRAPH ?g {{ {IN_HISTORY} }} FILTER NOT EXISTS {{ GRAPH ?h {{ {IN_ONTOLOGY} }} }} }}"
OTHER = f"ASK FROM <BASE/{HISTORY}> {{ {IN_ONTOLOGY} FILTER NOT EXISTS {{ {IN_HISTORY} }} }}"

TRUE = {
    "query_post_form": Sent("POST", form(("query", "ASK {}")), FORM),
    "query_post_direct": Sent("POST", "ASK {}", QUERY),
    "query_get": Sent("GET", parameters=(("query", "ASK {}"),)),
    "query_dataset_default_graphs_get": Sent("GET", graphs=TWO_DEFAULTS, parameters=(("query", IN_BOTH),)),
    "query_dataset_default_graphs_post": Sent("POST", IN_BOTH, QUERY, TWO_DEFAULTS),
    "query_dataset_named_graphs_get": Sent("GET", graphs=TWO_NAMED, parameters=(("query", NAMED_ALONE),)),
    "query_dataset_named_graphs_post": Sent("POST", NAMED_ALONE, QUERY, TWO_NAMED),
    "query_dataset_full": Sent("POST", IN_FULL, QUERY, FULL),
    "query_multiple_dataset": Sent("POST", OTHER, QUERY, (("default-graph-uri", ONTOLOGY),)),
}
RESULTS = "application/sparql-results+xml", "application/sparql-results+json"
MEDIA = {
    "query_content_type_select": ("SELECT (1 AS ?value) {}", (*RESULTS, "text/tab-separated-values", "text/csv")),
    "query_content_type_ask": ("ASK {}", RESULTS),
    "query_content_type_describe": (
        "DESCRIBE <http://example.org/>",
        ("application/rdf+xml", "text/turtle", "application/n-triples"),
    ),
    "query_content_type_construct": (
        "CONSTRUCT { <s> <p> 1 } WHERE {}",
        ("application/rdf+xml", "text/turtle", "application/n-triples"),
    ),
}
BAD_QUERIES = {
    "bad_query_method": (Sent("PUT", parameters=(("query", "ASK {}"),)), 405),
    "bad_multiple_queries": (Sent("GET", parameters=(("query", "ASK {}"), ("query", "SELECT * {}"))), 400),
    "bad_query_wrong_media_type": (Sent("POST", "ASK {}", "text/plain"), 415),
    "bad_query_missing_form_type": (Sent("POST", form(("query", "ASK {}"))), 415),
    "bad_query_missing_direct_type": (Sent("POST", "ASK {}"), 415),
    "bad_query_non_utf8": (Sent("POST", "ASK {}", f"{QUERY}; charset=UTF-16", charset="utf-16"), 400),
    "bad_query_syntax": (Sent("GET", parameters=(("query", "ASK {"),)), 400),
}
TEST_GRAPH = "http://example.org/protocol-update-test/"
WRITE = f"CLEAR ALL ; INSERT {{ GRAPH <{TEST_GRAPH}> {{ ?s a <a:b> }} }} WHERE {{ ?s ?p ?o }}"
USING = ("using-graph-uri", HISTORY), ("using-graph-uri", ONTOLOGY)
USING_NAMED = ("using-named-graph-uri", HISTORY), ("using-named-graph-uri", ONTOLOGY)
CONFLICT = f"WITH <{TEST_GRAPH}> DELETE {{ ?s ?p 'Bill' }} INSERT {{ ?s ?p 'William' }} WHERE {{ ?s ?p 'Bill' }}"
UPDATES = {
    "update_dataset_default_graph": (Sent("POST", WRITE, UPDATE, USING[:1]), 403),
    "update_dataset_default_graphs": (Sent("POST", WRITE, UPDATE, USING), 403),
    "update_dataset_named_graphs": (Sent("POST", WRITE, UPDATE, USING_NAMED), 403),
    "update_dataset_full": (Sent("POST", WRITE, UPDATE, (USING[0], USING_NAMED[1])), 403),
    "update_post_form": (Sent("POST", form(("update", "CLEAR ALL")), FORM), 403),
    "update_post_direct": (Sent("POST", "CLEAR ALL", UPDATE), 403),
    "update_base_uri": (
        Sent("POST", f"INSERT DATA {{ GRAPH <{TEST_GRAPH}> {{ <a:s> <a:p> <test> }} }}", UPDATE),
        403,
    ),
    "bad_update_get": (Sent("GET", parameters=(("update", "CLEAR ALL"),)), 403),
    "bad_multiple_updates": (Sent("POST", form(("update", "CLEAR NAMED"), ("update", "CLEAR DEFAULT")), FORM), 403),
    "bad_update_wrong_media_type": (Sent("POST", "CLEAR NAMED", "text/plain"), 415),
    "bad_update_missing_form_type": (Sent("POST", form(("update", "CLEAR NAMED"))), 415),
    "bad_update_non_utf8": (Sent("POST", "CLEAR NAMED", f"{UPDATE}; charset=UTF-16", charset="utf-16"), 403),
    "bad_update_syntax": (Sent("POST", form(("update", "CLEAR XYZ")), FORM), 403),
    "bad_update_dataset_conflict": (
        Sent("POST", form(("using-named-graph-uri", "http://example/people"), ("update", CONFLICT)), FORM),
        403,
    ),
}


@pytest.fixture(scope="module")
def service(
    sample: Graph, settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[TestClient, Linked]]:
    with served(sample, replace(settings, language="en"), tmp_path_factory.mktemp("protocol")) as opened:
        yield opened


def test_all_cases_of_the_w3c_are_here() -> None:
    assert len(TRUE) + len(MEDIA) + len(BAD_QUERIES) == 20
    assert len(UPDATES) == 14


@pytest.mark.parametrize("case", TRUE)
def test_a_query_is_answered(service: tuple[TestClient, Linked], case: str) -> None:
    client, linked = service
    answer = TRUE[case].to(client, linked.iris.base)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/sparql-results+json"
    assert answer.json()["boolean"] is True


@pytest.mark.parametrize("case", MEDIA)
def test_an_answer_comes_in_a_format_of_its_form(service: tuple[TestClient, Linked], case: str) -> None:
    client, linked = service
    query, media = MEDIA[case]
    for accept in ("*/*", *media):
        answer = Sent("POST", query, QUERY, headers={"accept": accept}).to(client, linked.iris.base)
        assert answer.status_code == 200, answer.text
        given = answer.headers["content-type"].partition(";")[0]
        assert given in media if accept == "*/*" else given == accept


@pytest.mark.parametrize("case", BAD_QUERIES)
def test_a_bad_query_is_refused(service: tuple[TestClient, Linked], case: str) -> None:
    client, linked = service
    sent, status = BAD_QUERIES[case]
    answer = sent.to(client, linked.iris.base)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")


@pytest.mark.parametrize("case", UPDATES)
def test_an_update_is_refused_and_changes_nothing(service: tuple[TestClient, Linked], case: str) -> None:
    client, linked = service
    assert linked.newest is not None
    before = len(oxigraph.Store.read_only(str(linked.newest.path)))
    sent, status = UPDATES[case]
    answer = sent.to(client, linked.iris.base)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert len(oxigraph.Store.read_only(str(linked.newest.path))) == before
    asked = client.get("/sparql", params={"query": f"ASK {{ GRAPH <{TEST_GRAPH}> {{ ?s ?p ?o }} }}"})
    assert asked.json()["boolean"] is False


@pytest.mark.parametrize(
    ("said", "media"),
    [("xml", "application/rdf+xml"), ("json", "application/ld+json"), ("json-ld", "application/ld+json"),
     ("n3", "text/turtle"), ("nt", "application/n-triples"), ("trig", "application/trig"),
     ("nquads", "application/n-quads")],
)  # fmt: skip
def test_a_graph_comes_under_the_names_that_clients_use(
    service: tuple[TestClient, Linked], said: str, media: str
) -> None:
    client, linked = service
    query = "CONSTRUCT { ?s a ?o } WHERE { ?s a cpsv:PublicService, ?o }"
    answer = client.get("/sparql", params={"query": query, "format": said})
    assert answer.headers["content-type"].partition(";")[0] == media
    found = oxigraph.parse(answer.content, oxigraph.RdfFormat.from_media_type(media))
    assert linked.newest is not None
    engine = oxigraph.Store.read_only(str(linked.newest.path)).query(query, prefixes=dict(linked.iris.prefixes))
    assert isinstance(engine, oxigraph.QueryTriples)
    assert {quad.triple for quad in found} == set(engine)


def test_an_answer_that_the_client_has_is_not_worked_out_again(
    service: tuple[TestClient, Linked], monkeypatch: pytest.MonkeyPatch
) -> None:
    client, linked = service
    first = client.get("/sparql", params={"query": "ASK { ?s ?p ?o }"})
    monkeypatch.setattr(linked.pool, "begin", None)
    again = client.get(
        "/sparql", params={"query": "ASK { ?s ?p ?o }"}, headers={"if-none-match": first.headers["etag"]}
    )
    assert (again.status_code, again.headers["last-sync"]) == (304, first.headers["last-sync"])
