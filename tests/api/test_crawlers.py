"""What crawlers and browsers look for by themselves, and the address that is listened on."""

import urllib.robotparser
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient  # noqa: TID251  # asked as a crawler asks it

from api.routes import crawlers
from kaysis_graph import settings as environment
from kaysis_graph.cli.service.port import listening_port
from kaysis_graph.errors import SettingError
from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.record_table import GONE
from kaysis_graph.messages import say
from kaysis_graph.settings import Settings
from ui.pages.frame import Frame

SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.mark.pages
def test_crawlers_read_the_pages_of_records_and_stay_out_of_what_has_no_end(
    client: TestClient, settings: Settings
) -> None:
    answer = client.get("/robots.txt")
    assert answer.headers["content-type"].startswith("text/plain")
    robots = urllib.robotparser.RobotFileParser()
    robots.parse(answer.text.splitlines())
    assert robots.site_maps() == [f"{settings.base}/sitemap.xml"]
    assert robots.can_fetch("*", "/records/service/heys-41001")
    for path in ("/sparql", "/api/flows", "/explore", "/data/service"):
        assert not robots.can_fetch("*", path)
    assert "Disallow: /*?" in answer.text


@pytest.mark.pages
def test_the_sitemap_lists_the_page_of_every_record_once_with_its_last_change(
    client: TestClient, sample: Graph, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crawlers, "MOST_ADDRESSES", 300)
    parts = [str(one.text) for one in ET.fromstring(client.get("/sitemap.xml").text).iter(f"{SPACE}loc")]
    assert len(parts) > 1
    found = []
    for part in parts:
        entries = list(ET.fromstring(client.get(part.removeprefix(settings.base)).text).iter(f"{SPACE}url"))
        assert 0 < len(entries) <= 300
        assert all(len(str(one.findtext(f"{SPACE}lastmod"))) == 10 for one in entries)
        found += [str(one.findtext(f"{SPACE}loc")) for one in entries]
    assert len(found) == len(set(found)) == int((sample.follower.current.records.kind != GONE).sum())
    for address in found[:: len(found) // 5]:
        assert client.get(address.removeprefix(settings.base)).status_code == 200
    for number in ("0", "999", "x", "-1", "9" * 5_000):
        assert client.get(f"/sitemap-{number}.xml").status_code == 404


@pytest.mark.pages
@pytest.mark.parametrize("path", ["/robots.txt", "/sitemap.xml", "/sitemap-1.xml", "/favicon.ico"])
def test_head_tells_what_get_tells(client: TestClient, path: str) -> None:
    whole, head = client.get(path), client.head(path)
    assert (whole.status_code, head.status_code, head.content) == (200, 200, b"")
    assert head.headers["content-type"] == whole.headers["content-type"]


@pytest.mark.pages
def test_the_icon_is_one_that_programs_can_read(client: TestClient) -> None:
    icon = client.get("/favicon.ico").content
    assert icon[:4] == b"\x00\x00\x01\x00"
    assert icon[22:30] == b"\x89PNG\r\n\x1a\n"


@pytest.mark.pages
@pytest.mark.parametrize("path", ["/", "/records/service/heys-41001", "/explore", "/sparql"])
def test_a_wheel_without_scripts_says_on_its_pages_what_is_missing(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    for is_built in (True, False):
        monkeypatch.setattr(Frame, "has_script", is_built)
        page = client.get(path, headers={"Accept": "text/html", "Cache-Control": "no-cache"}).text
        assert (say("shell.no_bundle", "tr") in page) == (not is_built)


def test_an_address_of_ipv6_is_listened_on_and_written_in_brackets(settings: Settings) -> None:
    six = replace(settings, host=environment.checked_host("[::1]"), port=0)
    assert six.base == "http://[::1]:0"
    with listening_port(six) as listening:
        assert listening.getsockname()[0] == "::1"
    with listening_port(replace(settings, port=0)) as listening:
        assert listening.getsockname()[0] == "127.0.0.1"
    assert environment.read({"KAYSIS_BASE": "http://[::1]:8000"}).base == "http://[::1]:8000"


def test_what_is_no_address_is_not_listened_on() -> None:
    with pytest.raises(SettingError) as refused:
        environment.checked_host("baska.example")
    assert "::1" in str(refused.value.hint("tr"))
