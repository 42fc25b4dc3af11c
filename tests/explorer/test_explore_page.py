"""The explorer as a page without script, inside other sites, and as files."""

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from fastapi.testclient import TestClient  # noqa: TID251  # asked as a browser asks it
from markup import elements, parsed, words

from api.app import create
from kaysis_graph.graph.graph import Graph
from kaysis_graph.messages import catalogue
from kaysis_graph.settings import Settings
from ui.pages.explorer import WORDED_ELSEWHERE

pytestmark = pytest.mark.pages

OPENED = "act=kanun-5490&act=kanun-5490~in~BASED_ON~service~1"


@pytest.fixture(scope="module")
def portal(sample: Graph, settings: Settings) -> Iterator[TestClient]:
    """The service where one site may show the explorer."""
    allowed = replace(settings, language="tr", embed_origins=("https://portal.example", "http://localhost:8080"))
    with TestClient(create(sample, allowed), follow_redirects=False) as opened:
        yield opened


def hrefs(client: TestClient, path: str) -> list[str]:
    return [link.get("href") or "" for link in elements(parsed(client, path), "a")]


def rows(client: TestClient, path: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client.get(path).text.removeprefix("\ufeff"))))


def acts_of(href: str) -> list[str]:
    return [value for name, value in parse_qsl(urlsplit(href).query) if name == "act"]


def test_the_empty_explorer_shows_how_to_begin(client: TestClient) -> None:
    begun = [acts_of(href) for href in hrefs(client, "/explore") if href.startswith("/explore?")]
    assert len([acts for acts in begun if acts]) == 3
    for acts in filter(None, begun):
        told = client.get("/api/explore", params={"act": acts}).json()
        assert len(told["nodes"]) > 2


def test_links_add_acts_and_take_them_away(client: TestClient) -> None:
    found = [acts_of(href) for href in hrefs(client, f"/explore?{OPENED}") if href.startswith("/explore?")]
    told = ["kanun-5490", "kanun-5490~in~BASED_ON~service~1"]
    assert [*told, "heys-41004~out~PROVIDED_BY~organisation~1"] in found
    assert told[:1] in found
    assert told[1:] in found
    assert all(act in told for act in next(acts for acts in found if len(acts) == 2))


def test_a_record_is_added_by_its_name_and_asked_back_when_several_fit(client: TestClient) -> None:
    moved = client.get("/explore?act=kanun-5490&add=24322010&at=2020-01-01")
    assert moved.status_code == 303
    assert moved.headers["location"] == "/explore?act=kanun-5490&act=24322010&at=2020-01-01"
    choices = [acts_of(href) for href in hrefs(client, "/explore?act=kanun-5490&add=y%C3%B6netmelik")]
    assert sum(acts[:1] == ["kanun-5490"] and len(acts) == 2 for acts in choices) > 3


def test_the_other_language_and_another_day_keep_every_act(client: TestClient) -> None:
    root = parsed(client, f"/explore?{OPENED}&at=2020-01-01")
    languages = [link for link in elements(root, "a") if link.get("class") == "language"]
    assert languages
    for language in languages:
        assert acts_of(language.get("href") or "") == ["kanun-5490", "kanun-5490~in~BASED_ON~service~1"]
    (day,) = (form for form in elements(root, "form") if form.get("class") == "as-of")
    assert [field.get("value") for field in elements(day, "input") if field.get("name") == "act"] == [
        "kanun-5490",
        "kanun-5490~in~BASED_ON~service~1",
    ]


def test_long_tables_are_paged_and_no_row_is_lost(client: TestClient) -> None:
    path: str | None = "/explore?act=99000001&act=99000001~in~ISSUED_BY~legislation~9"
    ids: list[str] = []
    while path:
        root = parsed(client, path)
        (records,) = (section for section in elements(root, "section") if section.get("id") == "records")
        ids += [words(next(elements(row, "span"), row)) + words(row)[:60] for row in elements(records, "tr")][1:]
        following = [link.get("href") for link in elements(records, "a") if link.get("rel") == "next"]
        path = following[0] if following else None
    told: dict[str, Any] = client.get("/api/explore?act=99000001&act=99000001~in~ISSUED_BY~legislation~9").json()
    assert len(ids) == len(told["nodes"]) > 100


def test_files_hold_what_the_filters_leave(client: TestClient) -> None:
    path = f"/api/explore?{OPENED}&act=kanun-5490~in~AMENDS~legislation~1"
    services = rows(client, f"{path}&kinds=service&format=csv")
    assert len(services) == 5
    assert {row["kind"] for row in services} == {"Service"}
    edges = rows(client, f"{path}&types=AMENDS&format=csv&rows=edges")
    assert {row["type"] for row in edges} == {"AMENDS"}
    assert len(edges) == 3
    gather = "/api/explore?act=99000001&act=99000001~in~ISSUED_BY~legislation~0"
    total = client.get(gather).json()["hubs"][0]["total"]
    assert f": {total}" in client.get(f"{gather}&format=mermaid").text
    for kind in ("svg", "graphml"):
        assert "Nüfus Hizmetleri Kanunu" in client.get(f"{path}&format={kind}").text


def test_no_site_may_show_the_explorer_unless_it_is_named(client: TestClient) -> None:
    refused = client.get("/embed/explore?act=kanun-5490")
    assert refused.status_code == 403
    assert "KAYSIS_EMBED_ORIGINS" in refused.text
    assert refused.headers["x-frame-options"] == "DENY"


def test_named_sites_may_show_the_explorer_and_nothing_else(portal: TestClient) -> None:
    shown = portal.get(f"/embed/explore?{OPENED}")
    assert shown.status_code == 200
    policy = shown.headers["content-security-policy"]
    assert policy.endswith("frame-ancestors https://portal.example http://localhost:8080")
    assert "x-frame-options" not in shown.headers
    assert shown.headers["x-content-type-options"] == "nosniff"
    for other in ("/explore", "/api/explore?act=kanun-5490", "/embed/explore?act=nobody"):
        refused = portal.get(other).headers
        assert refused["x-frame-options"] == "DENY", other
        assert refused["content-security-policy"].endswith("frame-ancestors 'none'"), other


def test_inside_another_site_acts_stay_there_and_records_open_beside_it(portal: TestClient) -> None:
    root = parsed(portal, f"/embed/explore?{OPENED}")
    assert [base.get("target") for base in elements(root, "base")] == ["_blank"]
    assert not list(elements(root, "header"))
    for link in elements(root, "a"):
        stays = (link.get("href") or "").startswith("/embed/")
        assert (link.get("target") == "_self") == stays, link.get("href")
    forms = [form.get("target") for form in elements(root, "form")]
    assert forms == ["_self"]


def test_the_question_which_record_is_meant_stays_inside_the_other_site(portal: TestClient) -> None:
    path = f"/embed/explore?{OPENED}&add=y%C3%B6netmelik"
    asked = portal.get(path)
    assert "x-frame-options" not in asked.headers
    assert asked.headers["content-security-policy"].endswith(
        "frame-ancestors https://portal.example http://localhost:8080"
    )
    root = parsed(portal, path)
    assert not list(elements(root, "header"))
    choices = [link for link in elements(root, "a") if (link.get("href") or "").startswith("/embed/explore?")]
    assert len(choices) > 3
    assert {held.get("target") for held in (*choices, *elements(root, "form"))} == {"_self"}


def test_an_address_with_too_many_acts_is_refused_before_any_work(client: TestClient) -> None:
    refused = client.get("/api/explore", params={"act": ["path~heys-41001~anayasa-2709"] * 201})
    assert refused.status_code == 413
    assert "201" in refused.json()["detail"]


def test_the_script_gets_the_words_of_the_schema(client: TestClient) -> None:
    root = parsed(client, "/explore?lang=en")
    (element,) = (part for part in elements(root, "div") if part.get("class") == "explorer")
    told = json.loads(element.get("data-schema") or "")
    assert told["kinds"]["legislation"] == {"label": "Legislation", "plural": "Legislation", "shape": "legislation"}
    assert set(told["icons"]) >= {kind["shape"] for kind in told["kinds"].values()}
    assert told["meanings"]["service.out.BASED_ON.legislation"] != told["meanings"]["legislation.in.BASED_ON.service"]


def test_a_patch_brings_the_edges_between_what_is_new_and_what_was_there(client: TestClient) -> None:
    acts = ["99001009", "99001009~in~PART_OF~organisation~1", "99109001~out~BASED_ON~provision~1"]
    patch = client.get("/api/explore", params={"act": acts, "since": 2}).json()
    (new,) = [node["thing"]["id"] for node in patch["nodes"]]
    assert {"99001009", "99109001"} <= {edge["source"] for edge in patch["edges"] if edge["target"] == new}


def test_the_script_has_every_text_it_says_and_says_every_text_it_has() -> None:
    scripts = (Path(__file__).parents[2] / "ui" / "explorer" / "src" / "explorer").glob("*.ts")
    code = "\n".join(script.read_text(encoding="utf-8") for script in scripts)
    texts = {key.removeprefix("explorer.x_") for key in catalogue() if key.startswith("explorer.x_")}
    assert set(re.findall(r'\bsay\(\s*"([a-z_]+)"', code)) <= texts | WORDED_ELSEWHERE.keys()
    assert {name for name in texts if f'"{name}"' not in code and not name.startswith("standing_")} == set()
