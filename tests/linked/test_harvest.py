"""A harvester that knows nothing but the address of the service finds everything by following links."""

import html5lib
import pytest
import rdflib
from fastapi.testclient import TestClient  # noqa: TID251  # asked as a harvester asks it
from rdflib import DCTERMS, RDF, Namespace, URIRef

pytestmark = pytest.mark.pages
VOID = Namespace("http://rdfs.org/ns/void#")
DCAT = Namespace("http://www.w3.org/ns/dcat#")
BASE = "http://127.0.0.1:8000"


def followed(client: TestClient, address: str, accept: str = "text/turtle") -> rdflib.Graph:
    """What an address of the service gives, over every redirect."""
    response = client.get(address.removeprefix(BASE), headers={"accept": accept}, follow_redirects=True)
    assert response.status_code == 200, address
    assert response.headers["content-type"].startswith(accept)
    return rdflib.Graph().parse(data=response.text, format="turtle")


def test_from_the_start_page_to_every_record_by_links_alone(client: TestClient) -> None:
    head = html5lib.parse(client.get("/").text, namespaceHTMLElements=False).find("head")
    assert head is not None
    links = {(link.get("rel"), link.get("type")): str(link.get("href")) for link in head.findall("link")}
    void = followed(client, links["describedby", "text/turtle"])
    dataset = next(void.subjects(RDF.type, VOID.Dataset))
    catalogue = followed(client, links["alternate", "text/turtle"])
    addresses = {str(one) for one in catalogue.objects(None, DCAT.downloadURL)}
    assert {str(one) for one in void.objects(dataset, VOID.dataDump)} == addresses
    whole = followed(client, next(one for one in addresses if one.endswith("format=turtle")))
    assert len(whole) == int(str(void.value(dataset, VOID.triples)))
    for example in void.objects(dataset, VOID.exampleResource):
        document = followed(client, str(example))
        said = {(predicate, value) for predicate, value in whole.predicate_objects(example) if "#" not in str(value)}
        assert said <= set(document.predicate_objects(example)), example
        assert document.value(example, DCTERMS.identifier)


def test_every_term_that_the_graph_uses_of_ours_is_told_by_its_own_address(client: TestClient) -> None:
    whole = followed(client, f"{BASE}/api/dump?format=turtle")
    used = {str(term) for term in (*whole.predicates(), *whole.objects(None, RDF.type)) if str(term).startswith(BASE)}
    assert len(used) > 30
    for term in sorted(used):
        assert (URIRef(term), RDF.type, None) in followed(client, term), term
