"""What describes the graph to machines: found from the start page, true in its numbers, fit for other catalogues."""

import re
from pathlib import Path
from typing import Any

import html5lib
import pyoxigraph
import pytest
from exported import SHARED, flaws, rules, triples
from fastapi.testclient import TestClient  # noqa: TID251  # asked as a harvester asks it
from pyoxigraph import NamedNode
from rdflib import DCAT, DCTERMS, RDF, SH, VOID, Literal, URIRef
from rdflib import Graph as Triples
from sparql_copy import served

from api.routes.linked.linked_data import example
from kaysis_graph import files
from kaysis_graph.graph.graph import Graph
from kaysis_graph.linked.export.documents import MEDIA
from kaysis_graph.settings import Settings

pytestmark = pytest.mark.pages
BASE = "http://127.0.0.1:8000"
DATASET = URIRef(f"{BASE}/id/catalogue#dataset")


@pytest.fixture(scope="module")
def today(client: TestClient) -> Triples:
    """What is valid today, as it is downloaded."""
    return Triples().parse(data=client.get("/api/dump?format=ntriples").text, format="nt")


def described(client: TestClient, path: str, media: str = "text/turtle") -> Triples:
    answer = client.get(path, headers={"Accept": media})
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(media)
    # Read by another parser than it was written by, but for JSON-LD, where rdflib warns of itself.
    if media == "application/ld+json":
        return triples(pyoxigraph.parse(answer.content, pyoxigraph.RdfFormat.JSON_LD))
    return Triples().parse(data=answer.text, format=media)


def number(told: Triples, node: Any, name: str) -> int:  # a node of rdflib
    value = told.value(node, VOID[name])
    assert isinstance(value, Literal)
    return int(value)


def counts_are_true(told: Triples, today: Triples) -> None:
    assert number(told, DATASET, "triples") == len(today)
    records = re.compile(str(told.value(DATASET, VOID.uriRegexPattern)))
    subjects = {str(subject) for subject in today.subjects()}
    assert number(told, DATASET, "entities") == len([name for name in subjects if records.match(name)])
    for word, counted in (("class", "entities"), ("property", "triples")):
        parts = list(told.objects(DATASET, VOID[f"{word}Partition"]))
        names = {told.value(part, VOID[word]): number(told, part, counted) for part in parts}
        pattern = "?s a ?name" if word == "class" else "?s ?name ?o"
        asked = today.query(f"SELECT ?name (COUNT(*) AS ?count) {{ {pattern} }} GROUP BY ?name")
        assert names == {row[0]: int(row[1]) for row in asked}  # type: ignore[index, arg-type]
        assert number(told, DATASET, "classes" if word == "class" else "properties") == len(parts)


def test_the_counts_are_those_of_the_graph(client: TestClient, today: Triples) -> None:
    counts_are_true(described(client, "/.well-known/void"), today)


def test_the_counts_of_the_copy_are_those_of_the_graph(
    sample: Graph, settings: Settings, tmp_path: Path, today: Triples
) -> None:
    with served(sample, settings, tmp_path) as (client, linked):
        told = described(client, "/.well-known/void")
        counts_are_true(told, today)
        answer = client.get("/.well-known/void")
        assert linked.newest is not None
        assert answer.headers["last-sync"] == str(linked.newest.sequence)
        again = client.get("/.well-known/void", headers={"If-None-Match": answer.headers["etag"]})
        assert again.status_code == 304


@pytest.mark.parametrize("path", ["/.well-known/void", "/data/catalogue"])
def test_a_description_comes_in_every_format(client: TestClient, path: str) -> None:
    first = described(client, path)
    for media in MEDIA.values():
        assert set(described(client, path, media)) == set(first)
    assert client.get(path, headers={"Accept": "text/html"}).headers["content-type"].startswith("text/turtle")


def test_whatever_describes_us_has_iris_that_answer(client: TestClient, settings: Settings) -> None:
    base = settings.base
    minted: set[str] = set()
    for path in ("/def/shapes.ttl", "/def/rules.ttl", "/data/catalogue", "/.well-known/void"):
        answer = client.get(path, headers={"Accept": "text/turtle"})
        told = pyoxigraph.parse(answer.content, pyoxigraph.RdfFormat.TURTLE, base_iri=base)
        minted |= {quad.subject.value for quad in told if isinstance(quad.subject, pyoxigraph.NamedNode)}
    ours = sorted({iri.partition("#")[0].removeprefix(base) for iri in minted if iri.startswith(base)})
    assert sum(path.startswith("/def/shape/") for path in ours) > 100
    assert {"/def/rules", "/id/graph/history", "/id/graph/ontology", "/id/catalogue", "/id/publisher"} <= set(ours)
    for path in ours:
        if path != "/sparql":
            # Each dump is a whole export; those are read elsewhere.
            ask = client.head if path.startswith("/api/dump") else client.get
            answer = ask(path, headers={"Accept": "text/turtle"}, follow_redirects=True)
            assert answer.status_code == 200, path
    for path in ("/def/shape/Nothing", "/def/rule/nothing"):
        assert client.get(path, headers={"Accept": "text/turtle"}).status_code == 404


def test_a_description_takes_its_parameters_or_refuses_them(client: TestClient) -> None:
    for path in ("/data/catalogue", "/.well-known/void"):
        answer = client.get(f"{path}?format=jsonld")
        assert answer.headers["content-type"].startswith("application/ld+json")
        assert f'<{path}?format=turtle>; rel="alternate"; type="text/turtle"' in answer.headers["link"]
        assert client.get(f"{path}?at=2018-01-01").status_code == 422
        assert client.get(f"{path}?format=csv").status_code == 422
    assert client.get("/id/catalogue?format=jsonld").headers["location"] == "/data/catalogue?format=jsonld"
    assert client.get("/id/catalogue.ttl").headers["location"] == "/data/catalogue.ttl"


def test_an_ending_chooses_the_format_of_the_catalogue(client: TestClient) -> None:
    assert client.get("/data/catalogue.nt").headers["content-type"].startswith("application/n-triples")
    assert client.get("/data/catalogue.docx").status_code == 406


def test_every_example_and_every_dump_that_is_named_is_there(client: TestClient, today: Triples) -> None:
    told = described(client, "/.well-known/void")
    examples = list(told.objects(DATASET, VOID.exampleResource))
    assert len(examples) > 8
    assert all((one, RDF.type, None) in today for one in examples)
    dumps = {str(one).removeprefix(BASE) for one in told.objects(DATASET, VOID.dataDump)}
    assert len(dumps) == 18
    assert all(client.head(dump).status_code == 200 for dump in dumps)
    catalogue = described(client, "/data/catalogue")
    assert {str(one).removeprefix(BASE) for one in catalogue.objects(None, DCAT.downloadURL)} == dumps


@pytest.mark.skipif(not SHARED.is_dir(), reason=f"the standards are not in {SHARED} (KAYSIS_SHARED)")
def test_the_catalogue_keeps_the_rules_of_dcat_ap(client: TestClient) -> None:
    told = described(client, "/data/catalogue")
    shapes = Triples() + rules("DCAT-AP")
    # The published file names a property shape of DataService that it does not hold.
    for shape, constraint in list(shapes.subject_objects(SH.property)):
        if (constraint, SH.path, None) not in shapes:
            shapes.remove((shape, SH.property, constraint))
    assert flaws(told, shapes) == []
    # The rules do reach it: without its title the dataset is refused.
    told.remove((DATASET, DCTERMS.title, None))
    assert flaws(told, shapes) != []


def test_no_licence_is_invented(client: TestClient) -> None:
    told = described(client, "/data/catalogue")
    assert not list(told.triples((None, DCTERMS.license, None)))
    assert list(told.triples((DATASET, DCTERMS.rights, None)))


def test_everything_is_found_by_links_from_the_start_page(client: TestClient) -> None:
    root = html5lib.HTMLParser().parse(client.get("/").text)
    links = {element.get("href") for element in root.iter() if element.get("href")}
    assert {"/.well-known/void", "/data/catalogue", "/sparql", "/linked-data"} <= links
    assert client.get("/linked-data").status_code == 200


@pytest.mark.parametrize(("file", "name"), [("with_rdflib.py", "grounds"), ("with_networkx.py", "bases")])
def test_the_examples_of_the_page_work(site: str, client: TestClient, file: str, name: str) -> None:
    shown = html5lib.HTMLParser().parse(client.get("/linked-data").text)
    text = example(file, BASE)
    assert text in {"".join(element.itertext()) for element in shown.iter("{http://www.w3.org/1999/xhtml}code")}
    found: dict[str, Any] = {}
    # The graph keeps its IRIs wherever it is served.
    exec(text.replace(f"{BASE}/api", f"{site}/api"), found)  # the example itself
    assert found[name]


def test_the_history_is_written_as_the_page_shows_it(client: TestClient) -> None:
    text = (files.ONTOLOGY / "examples" / "history.ttl").read_text(encoding="utf-8")
    shown = {(one.subject, one.predicate, one.object) for one in pyoxigraph.parse(text, pyoxigraph.RdfFormat.TURTLE)}
    told = pyoxigraph.parse(client.get("/api/dump?format=nquads").content, pyoxigraph.RdfFormat.N_QUADS)
    past = NamedNode(f"{BASE}/id/graph/history")
    assert shown <= {(one.subject, one.predicate, one.object) for one in told if one.graph_name == past}
