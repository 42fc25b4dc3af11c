"""The service under a path of its host, behind proxies that take the path off and proxies that leave it."""

import re
from collections.abc import Iterator
from dataclasses import replace

import html5lib
import live_pages
import pytest
from fastapi.testclient import TestClient  # noqa: TID251  # asked as a browser asks it
from playwright.sync_api import Browser, expect

from api.app import create
from kaysis_graph.errors import SettingError
from kaysis_graph.graph.graph import Graph
from kaysis_graph.settings import Settings

pytestmark = pytest.mark.pages
BASE = "https://veri.kurum.gov.tr/kaysis"
PAGES = (
    "/",
    "/search?q=nüfus",
    "/records/legislation/kanun-5490",
    "/records/legislation/kanun-5490/history",
    "/legislation/kanun-5490",
    "/legislation/kanun-5490/timeline",
    "/flows?organisation=99007301",
    "/services/heys-41019",
    "/organisations/99001009",
    "/impact/legislation/kanun-3194",
    "/paths?from=heys-41001&to=anayasa-2709",
    "/explore?act=kanun-5490",
    "/sparql",
    "/linked-data",
    "/vocabulary",
    "/quality",
    "/nowhere",
)
_ATTRIBUTES = ("href", "src", "action", "formaction", "{http://www.w3.org/1999/xlink}href", "data-api")


@pytest.fixture(scope="module")
def under(sample: Graph, settings: Settings) -> Iterator[TestClient]:
    """The service as its host gives it out under a path, asked with the Host header of a stranger."""
    app = create(sample, replace(settings, language="tr", public_base=BASE))
    with TestClient(app, "http://stranger.example", raise_server_exceptions=False, follow_redirects=False) as opened:
        opened.headers["accept"] = "text/html,*/*;q=0.8"
        yield opened


def addresses(text: str) -> set[str]:
    root = html5lib.HTMLParser().parse(text)
    return {held for element in root.iter() for name in _ATTRIBUTES if (held := element.get(name))}


@pytest.mark.parametrize("page", PAGES)
def test_every_address_of_a_page_begins_with_the_path(under: TestClient, page: str) -> None:
    answered = under.get(page)
    found = addresses(answered.text)
    assert len(found) > 5
    rooted = {held for held in found if held.startswith("/")}
    assert rooted
    assert not {held for held in rooted if not held.startswith("/kaysis/")}
    assert "stranger.example" not in answered.text
    assert '<html data-root="/kaysis"' in answered.text


@pytest.mark.parametrize("page", PAGES)
def test_a_proxy_may_leave_the_path_or_take_it_off(under: TestClient, page: str) -> None:
    left, taken = under.get(f"/kaysis{page}"), under.get(page)
    assert (left.status_code, left.text) == (taken.status_code, taken.text)


def test_what_a_page_loads_is_there_under_the_path(under: TestClient) -> None:
    loaded = {held for held in addresses(under.get("/kaysis/").text) if held.startswith("/kaysis/static/")}
    assert loaded
    assert {held: under.get(held).status_code for held in loaded} == dict.fromkeys(loaded, 200)


def test_redirects_links_and_cookies_keep_to_the_path(under: TestClient) -> None:
    assert under.get("/kaysis/id/service/heys-41001").headers["location"] == "/kaysis/records/service/heys-41001"
    assert under.get("/legislation?record=5490").headers["location"].startswith("/kaysis/legislation/kanun-5490")
    link = under.get("/data/service/heys-41001", headers={"accept": "text/turtle"}).headers["link"]
    assert re.findall(r"<(?!/kaysis/|http)[^>]*>", link) == []
    assert "Path=/kaysis/;" in under.get("/?lang=en").headers["set-cookie"]


def test_the_api_leads_under_the_path_and_says_where_it_is(under: TestClient) -> None:
    described = under.get("/kaysis/api/openapi.json").json()
    assert described["servers"] == [{"url": BASE}]
    things = under.get("/api/suggest?q=nüfus").json()["suggestions"]
    assert things
    assert all(thing["href"].startswith("/kaysis/records/") for thing in things)
    problem = under.get("/api/records/service/heys-99999999").json()
    assert problem["type"] == "/kaysis/about#problem-404"


def test_iris_and_permalinks_are_those_of_the_base(under: TestClient) -> None:
    turtle = under.get("/data/service/heys-41001", headers={"accept": "text/turtle"}).text
    assert f"@prefix service: <{BASE}/id/service/> ." in turtle
    assert f"{BASE}/legislation/kanun-5490?" in under.get("/legislation/kanun-5490?direction=up").text
    picture = under.get("/api/impact/legislation/kanun-3194?format=svg").text
    assert f'href="{BASE}/records/' in picture


def test_without_a_path_a_foreign_host_makes_no_link_either(client: TestClient) -> None:
    answered = client.get("/legislation/kanun-5490?direction=up", headers={"host": "stranger.example"})
    assert "stranger.example" not in answered.text
    assert "http://127.0.0.1:8000/legislation/kanun-5490?" in answered.text


def test_a_path_that_the_service_uses_itself_is_refused_at_the_start(sample: Graph, settings: Settings) -> None:
    with pytest.raises(SettingError) as refused:
        create(sample, replace(settings, public_base="https://veri.kurum.gov.tr/records/kaysis"))
    assert refused.value.key == "settings.base_path_taken"


@pytest.mark.browser
def test_scripts_ask_under_the_path(sample: Graph, settings: Settings, browser: Browser) -> None:
    app = create(sample, replace(settings, language="tr", public_base=BASE))
    with live_pages.live(app) as site:
        context = browser.new_context(base_url=site, locale="tr-TR")
        context.set_default_timeout(live_pages.PATIENCE_MS)
        watch = live_pages.Watch(context, site)
        asked: list[str] = []
        context.on("request", lambda request: asked.append(request.url))
        page = context.new_page()
        page.goto("/kaysis/")
        page.get_by_role("combobox").first.fill("nüfus hizm")
        page.get_by_role("option").first.click()
        page.wait_for_url("**/kaysis/records/**")
        page.goto("/kaysis/explore?act=kanun-5490")
        expect(page.locator("canvas").first).to_be_visible()
        page.goto("/kaysis/organisations/99001009")
        expect(page.get_by_role("treeitem").first).to_be_visible()
        context.close()
    assert watch.wrongs == []
    assert {address for address in asked if not address.startswith(f"{site}/kaysis/")} <= {f"{site}/favicon.ico"}
