"""What is said of rows that stand on other pages: one decision in every list and every form it comes in."""

import csv
import io
import re
from datetime import date
from typing import Any

import openpyxl
import pytest
from asked_routes import NEEDED, ROUTES, address, parameters
from fastapi.testclient import TestClient  # noqa: TID251  # asked as a browser asks it
from markup import parsed, words

from kaysis_graph.answers.answer import Cut, list_cut, page_cut, whole_list
from kaysis_graph.graph.graph import Graph
from kaysis_graph.impact.ask import impact_of
from kaysis_graph.impact.question import ImpactQuestion
from kaysis_graph.legislation.dependency_tree import DependencyWalk
from kaysis_graph.legislation.question import DependencyQuestion
from kaysis_graph.organisations.question import UnitTreeQuestion
from kaysis_graph.organisations.structure import UnitTree

LISTS = [
    path
    for path, route in ROUTES.items()
    if route.include_in_schema and {"offset", "limit"} <= set(parameters(route.dependant))
]
CURSOR_LISTS = [
    path
    for path, route in ROUTES.items()
    if route.include_in_schema
    and {"cursor", "limit"} <= set(parameters(route.dependant))
    and "text/csv" in route.responses[200].get("content", {})
]
SHEET: dict[str, str | int] = {"format": "xlsx", "limit": 1, "lang": "en"}
NOW = date(2026, 1, 1)


def asked(path: str) -> dict[str, Any]:
    """What the list cannot do without; acts that lost any base, for of those that lost all there is but one."""
    names = set(parameters(ROUTES[path].dependant))
    days = {"from": "2018-01-01", "to": "2026-01-01"} if "difference" in path else NEEDED
    needed = {name: said for name, said in days.items() if name in names and "data-flows" not in path}
    return {**needed, **({"mode": "any"} if "mode" in names else {})}


def total_of(body: dict[str, Any]) -> int:
    return int(body["totals"]["arrows"] if "totals" in body else body["total"])


@pytest.mark.pages
@pytest.mark.parametrize("path", CURSOR_LISTS)
def test_a_file_holds_all_of_a_list_that_is_read_by_cursor(client: TestClient, path: str) -> None:
    ask = {**asked(path), "limit": 1, **({"q": "kanun"} if "search" in path else {})}
    total = client.get(address(path), params=ask).json()["total"]
    rows = list(csv.reader(io.StringIO(client.get(address(path), params={**ask, "format": "csv"}).text)))
    assert len(rows) - 1 == total > 1
    assert client.get(address(path), params={**ask, "format": "csv", "cursor": "x"}).status_code == 422


@pytest.mark.pages
@pytest.mark.parametrize("path", LISTS)
def test_the_last_page_of_a_list_leads_no_further(client: TestClient, path: str) -> None:
    ask = {**asked(path), "limit": 1, "lang": "en"}
    if "quality" in path:
        ask["rule"] = "service_without_basis"
    first = client.get(address(path), params=ask).json()
    total = total_of(first)
    assert total > 1
    assert f"1 of {total} rows are shown." in first["cut"]["why"]
    assert "offset=1" in first["cut"]["how"]
    last = client.get(address(path), params={**ask, "offset": total - 1}).json()["cut"]
    assert last["why"].startswith(f"The last 1 of {total} rows are shown.")
    assert "offset=" not in last["how"]
    past = client.get(address(path), params={**ask, "offset": total}).json()["cut"]
    assert past["why"].startswith(f"There are {total} rows; offset={total} lies past them.")


@pytest.mark.pages
@pytest.mark.parametrize("path", LISTS)
def test_a_sheet_that_holds_every_row_does_not_say_that_rows_are_left_out(client: TestClient, path: str) -> None:
    file = client.get(address(path), params={**asked(path), **SHEET})
    assert file.status_code == 200, file.text
    book = openpyxl.load_workbook(io.BytesIO(file.content))
    assert book.worksheets[0].max_row > 2
    notes = " ".join(str(row[0].value) for row in book.worksheets[1].iter_rows())
    assert not re.search(r"offset|rows are shown|flaws are shown|format=csv", notes), notes


@pytest.mark.pages
def test_a_page_speaks_of_its_links_on_the_last_rows_as_on_the_first(client: TestClient) -> None:
    total = total_of(client.get("/api/data-flows?limit=1").json())
    for offset in (0, total - 1):
        page = words(parsed(client, f"/flows?whole=state&limit=1&offset={offset}&lang=en"))
        assert f"1 of {total} rows are on this page; the others follow under the table" in page
        assert "offset" not in page.partition("Ask it another way")[0]
    past = words(parsed(client, f"/flows?whole=state&limit=1&offset={total}&lang=en"))
    assert f"There are {total} rows, and this page begins past them" in past


def test_a_page_of_a_list_that_ends_at_a_depth_says_both_and_the_whole_list_still_the_depth(sample: Graph) -> None:
    for answer in (
        DependencyWalk(sample, DependencyQuestion(id="anayasa-2709", depth=1), NOW).answer(limit=1),
        impact_of(sample, ImpactQuestion(id="kanun-3194", depth=1), NOW, limit=1),
        UnitTree(sample, UnitTreeQuestion(id="99001009", depth=1), NOW).answer(limit=1),
    ):
        assert answer.cut is not None
        assert [cut.key for cut in answer.cut.each] == ["answers.page", "answers.depth"]
        whole = whole_list(answer)
        assert (whole.complete, whole.cut) == (False, Cut("answers.depth", {"depth": 1}))


def test_a_list_without_rows_leaves_none_out() -> None:
    assert page_cut(0, 0, 0) is None
    assert page_cut(0, 7, 0) is None
    assert list_cut(page_cut(3, 0, 1)) is None
