"""What OpenAPI tells of parameters, methods and errors holds for every route."""

from typing import Any

import pytest
from asked_routes import address
from fastapi.testclient import TestClient  # noqa: TID251  # asked as a browser asks it

pytestmark = pytest.mark.pages

# What some routes cannot do without.
NEEDED = {
    "/api/search": {"q": "5018"},
    "/api/suggest": {"q": "5018"},
    "/api/paths": {"from": "heys-41001", "to": "anayasa-2709"},
    "/api/services/table": {"organisation": "99006201"},
    "/api/impact/what-if": {"record": "kanun-5490"},
    "/api/names": {"iri": "http://127.0.0.1:8000/def/Service"},
    "/api/organisations/{id}/difference": {"from": "2018-07-08"},
}
DIFFERENCE = "/api/organisations/99001009/difference"


def operations(client: TestClient) -> dict[str, list[dict[str, Any]]]:
    """The parameters of each address of the API that is read."""
    paths = client.get("/api/openapi.json").json()["paths"]
    return {
        path: [held for held in told["get"].get("parameters", ()) if held["in"] == "query"]
        for path, told in paths.items()
        if "get" in told and path.startswith("/api/") and path != "/api/dump"
    }


# Lists whose rows are no page of a walk: a picture or a text is drawn from all of them, or they are read by cursor.
OTHER_LIMITS = {
    "/api/legislation/{id}/repeals": 200,
    "/api/legislation/{id}/provisions": 100,
    "/api/legislation/{id}/timeline": 500,
    "/api/organisations/roots": 200,
    "/api/organisations/{id}/children": 200,
    "/api/organisations/{id}/difference": 500,
    "/api/quality": 5,
    "/api/records/{kind}/{id}/history": 20,
    "/api/search": 20,
    "/api/suggest": 8,
    "/api/changes": 20,
}


def test_a_list_has_fifty_rows_where_nobody_says_how_many(client: TestClient) -> None:
    limits = {
        path: held["schema"]["default"]
        for path, told in operations(client).items()
        for held in told
        if held["name"] == "limit"
    }
    assert {path: most for path, most in limits.items() if most != 50} == OTHER_LIMITS
    impact = client.get("/api/impact/legislation/kanun-5490").json()
    assert (len(impact["rows"]), impact["complete"]) == (50, False)


def test_a_parameter_without_a_value_is_one_that_was_left_out(client: TestClient) -> None:
    for path, told in operations(client).items():
        needed = NEEDED.get(path, {})
        plain = client.get(address(path), params=needed)
        assert plain.status_code == 200, path
        optional = {held["name"]: "" for held in told if not held.get("required")}
        assert all(held["allowEmptyValue"] for held in told if held["name"] in optional)
        assert client.get(address(path), params={**needed, **optional}).content == plain.content, path


@pytest.mark.parametrize(
    "path", ["/api/data-flows", "/api/search?q=5018", "/api/records/organisation", "/api/impact/service/heys-41001"]
)
@pytest.mark.parametrize("said", ["organisatoin=", "organisatoin", "organisatoin=&at="])
def test_a_misspelt_parameter_is_refused_without_a_value_too(client: TestClient, path: str, said: str) -> None:
    refused = client.get(f"{path}{'&' if '?' in path else '?'}{said}")
    assert refused.status_code == 422
    assert [(held["rule"], held["place"]) for held in refused.json()["problems"]] == [
        ("api.unknown_parameter", {"parameter": "organisatoin"})
    ]


def test_a_bare_name_is_a_parameter_without_a_value(client: TestClient) -> None:
    plain = client.get("/api/records/organisation")
    assert client.get("/api/records/organisation?limit&at&lang&category").content == plain.content
    assert client.get("/api/search?q").json()["problems"][0]["rule"] == "api.missing"


def test_a_filter_takes_one_value_as_every_parameter_does(client: TestClient) -> None:
    refused = client.get("/api/records/legislation?legislation_type=law&legislation_type=decree")
    assert (refused.status_code, refused.json()["problems"][0]["rule"]) == (422, "api.said_twice")


def test_all_that_is_wrong_with_an_address_is_told_at_once(client: TestClient) -> None:
    refused = client.get("/api/data-flows?att=2020&at=2020-13-01&lang=xx&format=docx")
    assert {held["rule"] for held in refused.json()["problems"]} == {
        "api.unknown_parameter",
        "api.bad_day",
        "api.not_a_choice",
    }
    assert len(refused.json()["problems"]) == 4


def test_openapi_names_the_formats_that_each_address_gives(client: TestClient) -> None:
    for path, told in client.get("/api/openapi.json").json()["paths"].items():
        if "get" not in told or path in ("/api/dump", "/sparql"):
            continue
        shape = next(held["schema"] for held in told["get"]["parameters"] if held["name"] == "format")
        assert len(shape["enum"]) == len(told["get"]["responses"]["200"]["content"]), path


def test_what_is_needed_must_have_a_value_and_openapi_says_so(client: TestClient) -> None:
    for path, told in operations(client).items():
        for name in (held["name"] for held in told if held.get("required")):
            refused = client.get(address(path), params={**NEEDED[path], name: ""})
            assert (refused.status_code, refused.json()["problems"][0]["rule"]) == (422, "api.missing"), (path, name)
            shape = next(held["schema"] for held in told if held["name"] == name)
            assert shape.get("format") == "date" or (shape.get("items") or shape)["minLength"] == 1


def test_no_parameter_may_be_null(client: TestClient) -> None:
    shapes = [held["schema"] for told in operations(client).values() for held in told]
    assert not [shape for shape in shapes if {"type": "null"} in shape.get("anyOf", ())]


@pytest.mark.parametrize(
    "day", ["0", "1", "1528416000", "2018-07-08T00:00:00Z", "2018-13-01", "2018-W28-1", "20180708", "dün"]
)
def test_a_number_or_an_instant_is_no_day(client: TestClient, day: str) -> None:
    for asked in ({"from": day}, {"from": "2018-07-08", "to": day}, {"from": "2018-07-08", "at": day}):
        refused = client.get(DIFFERENCE, params=asked)
        assert refused.status_code == 422, asked
        assert [held["rule"] for held in refused.json()["problems"]] == ["api.bad_day"]


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/api/search", "GET, HEAD"),
        ("/sparql", "GET, HEAD, POST"),
        ("/flows", "GET, HEAD"),
        ("/static/style/tokens.css", "GET, HEAD"),
        ("/data/service/heys-41001", "GET, HEAD"),
    ],
)
def test_a_method_that_is_not_taken_is_answered_with_all_that_are(client: TestClient, path: str, allowed: str) -> None:
    refused = client.request("DELETE", path)
    assert (refused.status_code, refused.headers["allow"]) == (405, allowed)


def test_openapi_tells_the_form_of_every_error(client: TestClient) -> None:
    paths = client.get("/api/openapi.json").json()["paths"]
    problem = "application/problem+json"
    for path, told in paths.items():
        for method, operation in told.items():
            errors = {status: held for status, held in operation["responses"].items() if status >= "4"}
            assert {"405", "422" if path != "/sparql" else "400", "503"} <= set(errors), (path, method)
            assert all(list(held["content"]) == [problem] for held in errors.values()), (path, method)
    assert "415" in paths["/sparql"]["post"]["responses"]


def test_a_chain_of_repeals_is_asked_for_by_a_clear_name_and_by_its_former_one(client: TestClient) -> None:
    home = "/api/legislation/kanun-5018/repeals"
    for chain, way in (("repealed_by", "of"), ("repealed", "by")):
        by_name, by_former = (client.get(home, params=said) for said in ({"chain": chain}, {"way": way}))
        assert (by_name.status_code, by_name.content) == (200, by_former.content)
        assert client.get(home, params={"chain": chain, "way": way}).content == by_name.content
    assert client.get(home).content == client.get(home, params={"chain": "repealed_by"}).content
    refused = client.get(home, params={"chain": "repealed", "way": "of"})
    assert (refused.status_code, refused.json()["problems"][0]["rule"]) == (422, "api.said_twice")
    told = client.get("/api/openapi.json").json()["paths"]["/api/legislation/{id}/repeals"]["get"]["parameters"]
    assert [held["name"] for held in told if held.get("deprecated")] == ["way"]
