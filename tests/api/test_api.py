"""The API: shapes, errors, formats, and what HTTP promises."""

import csv
import gzip
import io
import json
import socket
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, get_args

import brotli
import openpyxl
import pytest
from fastapi.testclient import TestClient  # noqa: TID251  # asked as a browser asks it
from pydantic import TypeAdapter

from api.routes.linked import iri_names
from kaysis_graph.answers.change_feed import Feed
from kaysis_graph.answers.json import documented
from kaysis_graph.answers.records.answer import EdgeList, HistoryList, RecordAnswer, RecordList
from kaysis_graph.answers.schema_answer import SchemaShown
from kaysis_graph.answers.search.answer import SearchAnswer, Suggestions
from kaysis_graph.cli.service.port import listening_port
from kaysis_graph.errors import Conflict
from kaysis_graph.explorer.ask import Explored
from kaysis_graph.flows.answer import FlowAnswer
from kaysis_graph.graph.graph import Graph
from kaysis_graph.impact.ask import Impact
from kaysis_graph.impact.what_if_answer import WhatIf
from kaysis_graph.legislation.act_summary import Act
from kaysis_graph.legislation.dependants import Resting
from kaysis_graph.legislation.dependency_tree import Dependencies, Force, Unfounded
from kaysis_graph.legislation.lost_ground import LostGround
from kaysis_graph.legislation.provision_texts import ActText
from kaysis_graph.legislation.provision_tree import ActBranches
from kaysis_graph.legislation.repeal_chains import RepealChain
from kaysis_graph.legislation.timeline import Timeline
from kaysis_graph.legislation.turning_days import ForceDays
from kaysis_graph.linked.service_status import Status
from kaysis_graph.organisations.branches import Branches, WayDown
from kaysis_graph.organisations.change_days import ChangeDays
from kaysis_graph.organisations.difference import Difference
from kaysis_graph.organisations.structure import Ancestors, Tree
from kaysis_graph.organisations.surroundings import Ego
from kaysis_graph.paths.ask import Paths
from kaysis_graph.quality.ask import Quality
from kaysis_graph.services.answer import Inventory, ServiceTable
from kaysis_graph.services.service_card import ServiceCard
from kaysis_graph.settings import Settings
from ui.pages.reader import Format

ANSWERS: dict[str, Any] = {
    "/api/data-flows": FlowAnswer,
    "/api/data-flows?organisation=99007301&scope=between": FlowAnswer,
    "/api/data-flows?unit=99006201": FlowAnswer,
    "/api/data-flows?service=heys-41001": FlowAnswer,
    "/api/data-flows?from=24322010&to=99006101": FlowAnswer,
    "/api/legislation/kanun-5490/dependencies": Dependencies,
    "/api/legislation/heys-41001/dependencies?direction=up&depth=1": Dependencies,
    "/api/legislation/kanun-5490/dependencies?relation=amends": Dependencies,
    "/api/legislation/kanun-5490/force": Force,
    "/api/legislation/unfounded?mode=any": Unfounded,
    "/api/legislation/kanun-5490": Act,
    "/api/legislation/kanun-5490.m11": Act,
    "/api/legislation/kanun-5490/branches": ActBranches,
    "/api/legislation/heys-41001/branches?direction=up&limit=1": ActBranches,
    "/api/legislation/kanun-5490/repeals?way=by": RepealChain,
    "/api/legislation/kanun-5490/resting?kind=service&limit=3": Resting,
    "/api/legislation/kanun-5490/provisions?words=madde": ActText,
    "/api/legislation/kanun-5490/timeline": Timeline,
    "/api/legislation/force-days": ForceDays,
    "/api/legislation/lost-ground?mode=any&group=base&limit=2": LostGround,
    "/api/quality": Quality,
    "/api/quality?rule=service_without_basis&limit=2&at=2020-01-01": Quality,
    "/api/services/table?organisation=99006201": ServiceTable,
    "/api/services/inventory?limit=5": Inventory,
    "/api/services/heys-41019": ServiceCard,
    "/api/explore?act=kanun-5490&act=kanun-5490~in~BASED_ON~service~1&ever=true": Explored,
    "/api/explore?act=kanun-5490&act=kanun-5490~in~BASED_ON~service~0&act=path~99007301~kanun-5018&since=2": Explored,
    "/api/impact/legislation/kanun-5490": Impact,
    "/api/impact/what-if?record=kanun-5490,99006201&chain=all": WhatIf,
    "/api/impact/legislation/kanun-5490?institution=99000001&words=kanun&group=kind&sort=title": Impact,
    "/api/impact/legislation/kanun-5490?kinds=service,document&depth=2": Impact,
    "/api/paths?from=heys-41001&to=anayasa-2709&count=3": Paths,
    "/api/paths?from=heys-41001&to=anayasa-2709&types=BASED_ON,PART_OF&through=legislation,provision": Paths,
    "/api/paths?from=kanun-5490&to=heys-41004&direction=impact&avoid=99000001,il-06": Paths,
    "/api/organisations/99001009/tree": Tree,
    "/api/organisations/99006201/ancestors": Ancestors,
    "/api/organisations/roots?limit=5": Branches,
    "/api/organisations/99001009/children?ever=true": Branches,
    "/api/organisations/99006201/path?under=99109002": WayDown,
    "/api/organisations/99006201/chart": Ego,
    "/api/organisations/99001009/days": ChangeDays,
    "/api/organisations/99000002/difference?from=2018-07-08&to=2025-12-01": Difference,
    "/api/records/legislation": RecordList,
    "/api/records/legislation?legislation_type=law&sort=-gazette_on&limit=3&ever=true": RecordList,
    "/api/records/legislation/kanun-5018": RecordAnswer,
    "/api/records/legislation/kanun-5490/edges?direction=in&type=BASED_ON": EdgeList,
    "/api/records/legislation/kanun-5018/history": HistoryList,
    "/api/names?iri=http://127.0.0.1:8000/id/place/il-06&iri=http://purl.org/dc/terms/title": iri_names.IriNames,
    "/api/terms": iri_names.VocabularyTerms,
    "/api/search?q=hastane": SearchAnswer,
    "/api/suggest?q=n%C3%BCf": Suggestions,
    "/api/changes?limit=1": Feed,
    "/api/status": Status,
    "/api/schema": SchemaShown,
}
DEPENDENCIES = "/api/legislation/kanun-5490/dependencies"
WITHOUT_CUT = ("/api/status", "/api/schema", "/api/names", "/api/terms")


def body(client: TestClient, path: str, **headers: str) -> Any:  # JSON
    response = client.get(path, headers=headers)
    assert response.status_code == 200, response.text
    return response.json()


def problem(client: TestClient, path: str, status: int, **headers: str) -> dict[str, Any]:
    response = client.get(path, headers=headers)
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    told: dict[str, Any] = response.json()
    assert told["status"] == status
    assert {"type", "title", "detail", "instance", "hint", "problems"} <= set(told)
    return told


def routes(client: TestClient) -> Iterator[tuple[str, dict[str, Any]]]:
    """Those that answer in JSON; what linked data says of itself is in tests of its own."""
    for path, methods in body(client, "/api/openapi.json")["paths"].items():
        for method, told in methods.items() if path.startswith("/api/") and path != "/api/dump" else ():
            assert method == "get"
            yield path, told


@pytest.mark.parametrize("path", ANSWERS)
def test_an_answer_has_the_shape_that_openapi_tells(client: TestClient, path: str) -> None:
    told = body(client, path)
    shape = TypeAdapter(documented(ANSWERS[path]))
    assert shape.dump_python(shape.validate_json(json.dumps(told)), mode="json") == told
    assert "sequence" in told
    if not path.startswith(WITHOUT_CUT):
        assert told["complete"] == (told["cut"] is None)
        assert told["cut"] is None or set(told["cut"]) == {"why", "how"}


def test_every_route_is_asked_here_and_tells_its_errors_and_an_example(client: TestClient) -> None:
    operations = set()
    for path, told in routes(client):
        pattern = path.split("/{")[0]
        assert any(asked.startswith(pattern) for asked in ANSWERS), path
        assert told["summary"]
        assert told["description"]
        assert {"200", "304", "404", "413", "422", "503"} <= set(told["responses"]), path
        assert "application/json" in told["responses"]["200"]["content"]
        operations.add(told["operationId"])
    assert len(operations) == len(list(routes(client)))


def test_things_carry_identifier_kind_titles_state_and_page(client: TestClient) -> None:
    thing = body(client, DEPENDENCIES)["start"]
    assert thing == {
        "id": "kanun-5490",
        "kind": "legislation",
        "title": "Nüfus Hizmetleri Kanunu",
        "title_en": "Civil Registration Services Law",
        "state": "valid",
        "is_unverified": False,
        "is_stub": False,
        "distinctions": [],
        "href": "/records/legislation/kanun-5490",
    }
    assert client.get(thing["href"]).status_code == 200


def test_a_page_of_rows_says_what_is_left_and_how_to_go_on(client: TestClient) -> None:
    whole = body(client, DEPENDENCIES)
    assert whole["complete"]
    first = body(client, f"{DEPENDENCIES}?limit=5&lang=en")
    assert not first["complete"]
    assert first["cut"]["why"].startswith("5 of ")
    assert "offset=5" in first["cut"]["how"]
    second = body(client, f"{DEPENDENCIES}?limit=5&offset=5")
    assert first["rows"] + second["rows"] == whole["rows"][:10]


def test_a_list_is_read_to_its_end_by_the_cursor(client: TestClient) -> None:
    titles: list[str] = []
    path = "/api/records/legislation?limit=100&ever=true"
    told = body(client, path)
    while True:
        titles += [record["thing"]["id"] for record in told["records"]]
        if told["next_cursor"] is None:
            break
        assert not told["complete"]
        told = body(client, f"{path}&cursor={told['next_cursor']}")
    assert len(titles) == len(set(titles)) == told["total"]


def test_lists_hold_what_is_valid_on_the_day_unless_asked_for_all(client: TestClient) -> None:
    today, ever = (body(client, f"/api/records/organisation{more}")["total"] for more in ("", "?ever=true"))
    assert 0 < today < ever
    assert body(client, "/api/records/organisation?at=1900-01-01")["total"] < today


def test_answers_are_as_of_the_day_asked(client: TestClient) -> None:
    path = "/api/organisations/99001009/tree"
    before, after = (body(client, f"{path}?at={day}") for day in ("2018-09-01", "2025-10-17"))
    assert before["at"] == "2018-09-01"
    assert {row["thing"]["id"] for row in before["rows"]} != {row["thing"]["id"] for row in after["rows"]}


@pytest.mark.parametrize(
    ("path", "place"),
    [
        (f"{DEPENDENCIES}?at=2025-13-01", {"parameter": "at"}),
        (f"{DEPENDENCIES}?at=yesterday", {"parameter": "at"}),
        (f"{DEPENDENCIES}?lang=de", {"parameter": "lang"}),
        (f"{DEPENDENCIES}?att=2020-01-01", {"parameter": "att"}),
        (f"{DEPENDENCIES}?format=docx", {"parameter": "format"}),
        (f"{DEPENDENCIES}?limit=1001", {"parameter": "limit"}),
        (f"{DEPENDENCIES}?limit=0", {"parameter": "limit"}),
        (f"{DEPENDENCIES}?depth=x", {"parameter": "depth"}),
        (f"{DEPENDENCIES}?direction=sideways", {"parameter": "direction"}),
        ("/api/paths?from=kanun-5018", {"parameter": "to"}),
        ("/api/paths?from=kanun-5018&to=kanun-5490&types=LIKES", {"parameter": "types"}),
        ("/api/paths?from=kanun-5018&to=kanun-5490&through=cat", {"parameter": "through"}),
        ("/api/data-flows?organisation=99001009&service=heys-41001", {"parameter": "service"}),
        ("/api/data-flows?from=99001009", {"parameter": "to"}),
        ("/api/data-flows?scope=inside", {"parameter": "scope"}),
        ("/api/records/legislation?colour=red", {"field": "colour"}),
        ("/api/records/legislation?cursor=nonsense", {"parameter": "cursor"}),
        ("/api/records/legislation?limit=9999", {"parameter": "limit"}),
        ("/api/search", {"parameter": "q"}),
    ],
)
def test_what_does_not_fit_is_refused_with_place_rule_and_hint(
    client: TestClient, path: str, place: dict[str, str]
) -> None:
    for language in ("tr", "en"):
        separator = "&" if "?" in path else "?"
        asked = path if "lang=" in path else f"{path}{separator}lang={language}"
        told = problem(client, asked, 422)
        first = told["problems"][0]
        assert set(first["place"].values()) == set(place.values())
        assert first["rule"]
        assert first["detail"]
        assert first["hint"]
        assert told["hint"]


def test_a_hint_lists_the_choices_in_no_language_but_the_readers(client: TestClient) -> None:
    told = problem(client, f"{DEPENDENCIES}?format=docx&lang=tr", 422)
    choices = ", ".join(get_args(Format))
    assert told["problems"][0]["hint"].endswith(f": {choices}")


def test_all_problems_of_a_request_are_told_at_once(client: TestClient) -> None:
    assert len(problem(client, f"{DEPENDENCIES}?at=x&lang=y&z=1", 422)["problems"]) == 3
    assert len(problem(client, f"{DEPENDENCIES}?limit=0&depth=x", 422)["problems"]) == 2


@pytest.mark.parametrize(
    "path",
    [
        "/api/nothing",
        "/api/legislation/kanun-1/dependencies",
        "/api/legislation/99001009/force",
        "/api/records/cat",
        "/api/records/service/heys-1",
        "/api/records/service/heys-1/edges",
        "/api/records/service/heys-1/history",
        "/api/impact/cat/kanun-5018",
        "/api/impact/service/heys-1",
        "/api/paths?from=kanun-5018&to=kanun-1",
        "/api/organisations/kanun-5018/tree",
        "/api/services/table?organisation=1",
        "/api/data-flows?service=99001009",
    ],
)
def test_what_is_not_there_is_not_found(client: TestClient, path: str) -> None:
    told = problem(client, path, 404)
    assert told["detail"]
    assert told["instance"] == path.partition("?")[0]


def test_a_record_asked_for_under_another_kind_is_shown_the_way(client: TestClient) -> None:
    moved = client.get("/api/records/service/kanun-5018?at=2020-01-01")
    assert moved.status_code == 308
    assert moved.headers["location"] == "/api/records/legislation/kanun-5018?at=2020-01-01"


def test_nothing_is_written_over_http(client: TestClient) -> None:
    for method in ("post", "put", "patch", "delete"):
        response = client.request(method, DEPENDENCIES)
        assert response.status_code == 405
        assert response.json()["hint"]
        assert "GET" in response.headers["allow"]


def test_an_error_nobody_foresaw_tells_nothing_of_the_inside(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr("kaysis_graph.answers.change_feed.history.changes_after", broken)
    told = problem(client, "/api/changes?after=0&limit=3", 500)
    assert "secret" not in json.dumps(told)


def test_an_answer_that_did_not_change_costs_nothing(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    first = client.get(DEPENDENCIES)
    tag = first.headers["etag"]

    def never(*_: object, **__: object) -> None:
        raise AssertionError("worked")

    monkeypatch.setattr("kaysis_graph.legislation.dependency_tree.DependencyWalk.answer", never)
    assert client.get(DEPENDENCIES).status_code == 500
    second = client.get(DEPENDENCIES, headers={"If-None-Match": f'"other", {tag}'})
    assert second.status_code == 304
    assert second.content == b""
    assert second.headers["etag"] == tag
    assert "content-security-policy" not in second.headers


def test_the_etag_tells_addresses_languages_and_formats_apart(client: TestClient) -> None:
    asked = [
        (DEPENDENCIES, {}),
        (f"{DEPENDENCIES}?depth=1", {}),
        (DEPENDENCIES, {"Accept-Language": "en"}),
        (DEPENDENCIES, {"Accept": "text/csv"}),
    ]
    tags = {client.get(path, headers=headers).headers["etag"] for path, headers in asked}
    assert len(tags) == len(asked)


def test_errors_and_the_status_are_not_kept_by_etag(client: TestClient) -> None:
    assert "etag" not in client.get("/api/nothing").headers
    status = client.get("/api/status")
    assert "etag" not in status.headers
    assert status.headers["cache-control"] == "no-store"


def test_every_answer_tells_caches_and_browsers_what_to_keep_apart(client: TestClient) -> None:
    for path in (DEPENDENCIES, "/", "/api/nothing"):
        headers = client.get(path).headers
        assert headers["vary"].startswith("Accept, Accept-Language, Accept-Encoding, Cookie")
        assert headers["cache-control"] == "no-cache"
        assert headers["x-content-type-options"] == "nosniff"
        assert "unsafe-inline" not in headers["content-security-policy"]


def test_head_answers_as_get_without_a_body(client: TestClient) -> None:
    got, head = client.get(DEPENDENCIES), client.head(DEPENDENCIES)
    assert head.status_code == 200
    assert head.content == b""
    assert head.headers["etag"] == got.headers["etag"]
    assert head.headers["content-type"] == got.headers["content-type"]
    assert client.head("/api/nothing").status_code == 404


def test_long_answers_are_compressed_and_short_ones_are_not(client: TestClient) -> None:
    for encoding, unpack in (("br", brotli.decompress), ("gzip", gzip.decompress)):
        with client.stream("GET", DEPENDENCIES, headers={"Accept-Encoding": encoding}) as response:
            assert response.headers["content-encoding"] == encoding
            packed = b"".join(response.iter_raw())
        assert json.loads(unpack(packed))["start"]["id"] == "kanun-5490"
    assert "content-encoding" not in client.get("/api/nothing", headers={"Accept-Encoding": "br"}).headers


def test_pages_elsewhere_may_read(client: TestClient) -> None:
    response = client.get(DEPENDENCIES, headers={"Origin": "https://example.org"})
    assert response.headers["access-control-allow-origin"] == "*"
    assert "ETag" in response.headers["access-control-expose-headers"]
    asking = {"Origin": "https://example.org", "Access-Control-Request-Method": "GET"}
    assert client.options(DEPENDENCIES, headers=asking).status_code == 200
    asking["Access-Control-Request-Method"] = "DELETE"
    assert client.options(DEPENDENCIES, headers=asking).status_code == 400


def test_the_language_is_that_of_the_address_then_the_cookie_then_the_browser(client: TestClient) -> None:
    path = "/api/legislation/kanun-1/force"
    english = "There is no record kanun-1."
    assert problem(client, path, 404)["detail"] == "kanun-1 adlı bir kayıt yok."
    assert problem(client, path, 404, **{"Accept-Language": "de, en;q=0.5, tr;q=0.2"})["detail"] == english
    assert problem(client, path, 404, Cookie="lang=en")["detail"] == english
    assert problem(client, f"{path}?lang=tr", 404, Cookie="lang=en")["detail"] != english


@pytest.mark.parametrize(
    ("format_name", "media"),
    [
        ("json", "application/json"),
        ("csv", "text/csv; charset=utf-8"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("svg", "image/svg+xml"),
        ("png", "image/png"),
        ("pdf", "application/pdf"),
        ("mermaid", "text/vnd.mermaid; charset=utf-8"),
        ("graphml", "application/graphml+xml"),
        ("html", "text/html; charset=utf-8"),
    ],
)
def test_a_format_may_be_asked_for_in_the_address_or_the_header(
    client: TestClient, format_name: str, media: str
) -> None:
    by_address = client.get(f"{DEPENDENCIES}?format={format_name}", headers={"Accept": "application/json"})
    by_header = client.get(DEPENDENCIES, headers={"Accept": media.partition(";")[0]})
    assert by_address.headers["content-type"] == by_header.headers["content-type"] == media


def test_a_browser_that_opens_the_api_sees_json(client: TestClient) -> None:
    accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    assert client.get(DEPENDENCIES, headers={"Accept": accept}).headers["content-type"] == "application/json"


def test_a_format_that_an_answer_does_not_have_is_not_acceptable(client: TestClient) -> None:
    problem(client, "/api/services/table?organisation=99006201&format=svg", 406)
    # A process and a data flow tell who does what; what rests on a law does not.
    problem(client, f"{DEPENDENCIES}?format=bpmn", 406)
    for path in ("/api/services/heys-41019", "/api/data-flows?service=heys-41001"):
        taken = client.get(path, headers={"Accept": "application/bpmn20-xml"})
        assert taken.headers["content-type"] == "application/bpmn20-xml"
    problem(client, DEPENDENCIES, 406, Accept="audio/ogg")


def test_a_csv_file_holds_every_row_whatever_the_page(client: TestClient) -> None:
    for path, key in ((DEPENDENCIES, "total"), ("/api/records/legislation", "total")):
        response = client.get(f"{path}?format=csv&limit=2")
        rows = list(csv.DictReader(io.StringIO(response.text.removeprefix("\ufeff"))))
        assert len(rows) == body(client, path)[key]
        assert "id" in rows[0]


def test_a_file_keeps_its_turkish_name(client: TestClient) -> None:
    response = client.get("/api/services/table?organisation=99006201&format=xlsx")
    assert response.headers["content-disposition"] == (
        'attachment; filename="99006201-hizmet-standartlari.xlsx"; '
        "filename*=UTF-8''99006201-hizmet-standartlar%C4%B1.xlsx"
    )
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).worksheets[0]
    assert sheet["B2"].value == "Doğum işlemleri"


def test_a_picture_links_back_here_and_keeps_the_day(client: TestClient) -> None:
    picture = client.get(f"{DEPENDENCIES}?format=svg&at=2020-01-01")
    assert 'href="http://127.0.0.1:8000/records/legislation/kanun-5490?at=2020-01-01"' in picture.text
    assert "sha256-" in picture.headers["content-security-policy"]


def test_a_picture_nobody_could_read_is_refused(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.pages.picture.MOST_DRAWN", 3)
    told = problem(client, f"{DEPENDENCIES}?format=svg", 413)
    assert "csv" in told["hint"]


def test_the_feed_hands_on_every_change_in_order(client: TestClient, sample: Graph) -> None:
    numbers: list[int] = []
    after = 0
    while True:
        told = body(client, f"/api/changes?after={after}&limit=1")
        numbers += [change["number"] for change in told["changes"]]
        if told["complete"]:
            break
        after = told["last"]
    assert numbers == list(range(1, sample.sequence + 1))


def test_a_port_that_is_taken_is_said_so(settings: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(Conflict, match=str(port)), listening_port(replace(settings, port=port)):
            pass


def test_the_status_says_whether_the_projection_keeps_up(client: TestClient, sample: Graph) -> None:
    told = body(client, "/api/status")
    assert told["engine_answers"]
    assert told["head"] == told["sequence"] == sample.sequence
    assert told["projection"]["behind"] == 0
    assert told["projection"]["records"] > 1000


def test_a_parameter_that_takes_one_value_is_refused_when_two_are_given(client: TestClient) -> None:
    told = client.get("/api/data-flows?organisation=99001009&organisation=99001001")
    assert (told.status_code, told.json()["problems"][0]["rule"]) == (422, "api.said_twice")
    assert client.get("/api/explore?act=kanun-5490&act=kanun-5018").status_code == 200
    assert client.get("/api/data-flows?organisation=99001009&at=2026-01-01&at=2026-01-01").status_code == 200
