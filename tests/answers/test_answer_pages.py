"""The pages of impact and path: what narrows them is in the address, and everything on them follows."""

import csv
import io

import pytest
from fastapi.testclient import TestClient  # noqa: TID251  # asked as a browser asks it
from markup import elements, parsed, words

pytestmark = pytest.mark.pages

IMPACT = "/impact/legislation/kanun-5490"


def rows(client: TestClient, path: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client.get(path).text.removeprefix("\ufeff"))))


def shown(client: TestClient, path: str) -> list[str]:
    root = parsed(client, path)
    tables = [table for table in elements(root, "table") if table.get("class") == "fallen"]
    return [words(row) for table in tables for row in list(elements(table, "tr"))[1:]]


def test_figures_of_an_impact_lead_to_its_parts(client: TestClient) -> None:
    root = parsed(client, IMPACT)
    chips = [link for link in elements(root, "a") if link.get("class") == "chip"]
    assert len(chips) > 8
    for chip in chips[:4]:
        count = int(words(next(elements(chip, "span"))))
        assert len(shown(client, chip.get("href") or "")) == count, words(chip)


def test_a_chosen_kind_is_let_go_by_the_same_click(client: TestClient) -> None:
    root = parsed(client, f"{IMPACT}?kinds=service,document")
    current = [link for link in elements(root, "a") if link.get("class") == "chip" and link.get("aria-current")]
    assert {link.get("href") for link in current} == {f"{IMPACT}?kinds=document", f"{IMPACT}?kinds=service"}


def test_files_and_commands_follow_what_narrows_the_page(client: TestClient) -> None:
    path = f"{IMPACT}?kinds=service&words=kay%C4%B1t&group=institution"
    told = shown(client, path)
    assert told
    assert len(rows(client, f"/api{path}&format=csv")) == len(told)
    page = words(parsed(client, path))
    assert "kaysis impact kanun-5490 --kind service --words 'kayıt' --group institution" in page
    picture = client.get(f"/api{path}&format=svg").text
    assert all(row["title"].split()[0] in picture for row in rows(client, f"/api{path}&format=csv"))


def test_every_row_says_by_which_chain_it_is_affected(client: TestClient) -> None:
    root = parsed(client, f"{IMPACT}?limit=20&lang=tr")
    chains = [words(chain) for chain in elements(root, "ol") if chain.get("class") == "chain"]
    assert len(chains) == 20
    assert all(chain.startswith("Nüfus Hizmetleri Kanunu ") for chain in chains)
    assert any("Dayanan hizmetler Ölüm tescili" in chain for chain in chains)


def test_groups_are_headed_and_paged_without_losing_rows(client: TestClient) -> None:
    whole = shown(client, f"{IMPACT}?group=kind&limit=500")
    first, second = (shown(client, f"{IMPACT}?group=kind&limit=60&offset={offset}") for offset in (0, 60))
    assert first + second == whole[:120]
    headings = [words(heading) for heading in elements(parsed(client, f"{IMPACT}?group=kind"), "h3")]
    assert any(heading.startswith("Hizmetler 4") for heading in headings)


def test_every_record_between_two_can_be_avoided_with_one_click(client: TestClient) -> None:
    path = "/paths?from=kanun-5490&to=kanun-5018"
    ways = client.get(f"/api{path}&count=3").json()["paths"]
    between = {hop["target"]["id"] for way in ways for hop in way[:-1]}
    root = parsed(client, path)
    links = {link.get("href") for link in elements(root, "a") if link.get("class") == "avoid"}
    assert links == {f"{path}&avoid={identifier}" for identifier in between}
    for identifier in sorted(between)[:3]:
        told = client.get(f"/api{path}&count=3&avoid={identifier}").json()
        assert [thing["id"] for thing in told["avoided"]] == [identifier]
        assert all(hop["target"]["id"] != identifier for way in told["paths"] for hop in way)


def test_boxes_and_commas_name_the_same_lists(client: TestClient) -> None:
    path = "/api/paths?from=heys-41004&to=anayasa-2709"
    boxes = client.get(f"{path}&types=BASED_ON&types=PART_OF&through=legislation&through=provision").json()
    commas = client.get(f"{path}&types=BASED_ON,PART_OF&through=legislation,provision").json()
    assert boxes == commas
    ticked = [
        box.get("value")
        for box in elements(parsed(client, f"{path.removeprefix('/api')}&types=BASED_ON,PART_OF"), "input")
        if box.get("type") == "checkbox" and box.get("checked") is not None
    ]
    assert ticked == ["BASED_ON", "PART_OF"]


def test_impact_leads_from_a_law_to_a_service_and_not_back(client: TestClient) -> None:
    there = client.get("/api/paths?from=kanun-5490&to=heys-41004&direction=impact").json()
    assert len(there["paths"][0]) == 1
    back = client.get("/api/paths?from=heys-41004&to=kanun-5490&direction=impact").json()
    assert back["paths"] == []
    text = words(parsed(client, "/paths?from=heys-41004&to=kanun-5490&direction=impact&lang=tr"))
    assert "etkilenmiyor" in text


def test_a_flow_with_one_end_asks_for_the_other(client: TestClient) -> None:
    root = parsed(client, "/flows?from=99001009")
    values = {field.get("name"): field.get("value") for field in elements(root, "input")}
    assert values["from"] == "99001009"
    assert values["to"] == ""


def test_a_name_on_the_start_page_leads_into_the_explorer(client: TestClient) -> None:
    (form,) = (form for form in elements(parsed(client, "/"), "form") if form.get("action") == "/explore")
    (field,) = (field for field in elements(form, "input") if field.get("type") != "hidden")
    assert "Uğurludağ Belediyesi" in client.get("/explore", params={field.get("name") or "": "belediye"}).text


def test_an_act_leads_to_its_own_page_first(client: TestClient) -> None:
    root = parsed(client, "/records/legislation/kanun-5490")
    (asked,) = (nav for nav in elements(root, "nav") if nav.get("class") == "asks")
    assert next(elements(asked, "a")).get("href") == "/legislation/kanun-5490"
