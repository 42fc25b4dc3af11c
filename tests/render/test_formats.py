"""What an answer is given in: what OpenAPI tells and the links of its page is what the service gives."""

from collections import defaultdict
from urllib.parse import parse_qs, urlsplit

import pytest
from asked_routes import NEEDED, ROUTES, address, parameters
from fastapi.testclient import TestClient  # noqa: TID251  # asked as a browser asks it
from markup import elements, parsed

from kaysis_graph.render.formats import FORMATS

pytestmark = pytest.mark.pages

# The first addresses that answers are asked by, each with a page that links to its files.
PAGES = [
    "/flows?service=heys-41001",
    "/flows?whole=state",
    "/legislation/kanun-5490?relation=amends",
    "/legislation/kanun-5490/resting",
    "/legislation/kanun-5490/text",
    "/legislation/kanun-5490/timeline",
    "/legislation/unfounded",
    "/services/heys-41001",
    "/services/table?organisation=99006201",
    "/services/inventory",
    "/impact/legislation/kanun-5490",
    "/impact/what-if?record=kanun-5490",
    "/paths?from=heys-41001&to=anayasa-2709",
    "/explore?act=kanun-5490",
    "/organisations/99001009/difference?from=2018-01-01&to=2026-01-01",
    "/quality",
]
ANSWERS = [
    path
    for path, route in ROUTES.items()
    if route.include_in_schema
    and "format" in set(parameters(route.dependant))
    # Files of the whole graph are streams of RDF, with forms of their own.
    and path.startswith("/api/")
    and path != "/api/dump"
]


def offered(client: TestClient, path: str, asked: dict[str, str]) -> list[str]:
    """What the answer says it can be given in, when it is asked for in a form that it has not."""
    refused = client.get(path, params={**asked, "format": "rdfxml", "lang": "en"})
    assert refused.status_code == 406, refused.text
    return [name.strip() for name in str(refused.json()["hint"]).rpartition(":")[2].strip(" .").split(",")]


@pytest.mark.parametrize("path", ANSWERS)
def test_openapi_tells_every_format_of_an_answer_and_no_other(client: TestClient, path: str) -> None:
    names = set(parameters(ROUTES[path].dependant))
    needed = {name: said for name, said in NEEDED.items() if name in names and "data-flows" not in path}
    if "difference" in path:
        needed = {"from": "2018-01-01", "to": "2026-01-01"}
    told = client.get("/api/openapi.json").json()["paths"][path]["get"]["responses"]["200"]["content"]
    more = {"organisation": "99006201"} if path.endswith("services/table") else {}
    more |= {"record": "kanun-5490"} if path.endswith("what-if") else {}
    more |= {"iri": "http://127.0.0.1:8000/def/Service"} if path.endswith("names") else {}
    given = offered(client, address(path), {**needed, **more})
    assert sorted(told) == sorted(FORMATS[name].media for name in FORMATS if name in given)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_links_to_every_file_of_its_answer(client: TestClient, page: str) -> None:
    linked: dict[str, set[str]] = defaultdict(set)
    for link in elements(parsed(client, page), "a"):
        address_of = urlsplit(link.get("href") or "")
        said = parse_qs(address_of.query)
        if address_of.path.startswith("/api/") and "format" in said:
            linked[address_of.path].add(said["format"][0])
            asked = {name: values[0] for name, values in said.items() if name != "format"}
    (path,) = linked
    assert linked[path] == set(offered(client, path, asked)) - {"html"}
