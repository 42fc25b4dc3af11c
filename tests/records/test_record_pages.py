"""The pages of records: what they say of a record, where it stands, its edges, and what stands where none is."""

from datetime import date
from xml.etree.ElementTree import Element

import pytest
from fastapi.testclient import TestClient  # noqa: TID251  # asked as a browser asks it
from markup import elements, parsed, words

pytestmark = pytest.mark.pages


def text(client: TestClient, path: str, status: int = 200) -> str:
    return words(parsed(client, path, status))


def group(root: Element, name: str) -> Element:
    return next(section for section in elements(root, "section") if section.get("id") == name)


def test_a_record_says_what_it_is_in_one_line(client: TestClient) -> None:
    told = text(client, "/records/legislation/kanun-5490?lang=tr")
    assert "Kanun Numarası: 5490 Kabul tarihi: 25.04.2006" in told.replace("Sayı:", "Numarası:")
    assert "Türkiye Büyük Millet Meclisi" in told


def test_a_record_stands_under_what_it_belongs_to(client: TestClient) -> None:
    root = parsed(client, "/records/service/heys-41001?lang=tr")
    crumbs = next(held for held in elements(root, "nav") if held.get("class") == "crumbs")
    names = [words(item) for item in elements(crumbs, "li")]
    assert names[0] == "Başlangıç"
    assert names[-2] == "Sultanbeyli İlçe Nüfus Müdürlüğü"
    assert len(names) > 4


def test_a_group_of_edges_is_read_to_its_end_by_its_links(client: TestClient) -> None:
    path: str | None = "/records/organisation/99001009"
    seen: list[str] = []
    while path:
        root = group(parsed(client, path), "in.PART_OF.organisation")
        seen += [words(row) for row in elements(root, "li") if row.get("class") is None and list(elements(row, "ul"))]
        path = next((link.get("href") for link in elements(root, "a") if link.get("rel") == "next"), None)
    assert len(seen) == len(set(seen)) == 22


def test_edges_are_narrowed_by_the_kind_at_the_other_end(client: TestClient) -> None:
    root = parsed(client, "/records/legislation/kanun-5490?kind=service")
    groups = [section.get("id") for section in elements(root, "section") if section.get("class") == "group"]
    assert groups == ["in.BASED_ON.service"]


def test_an_identifier_that_is_nobodys_leads_to_those_that_are_near(client: TestClient) -> None:
    root = parsed(client, "/records/service/heys-4100", 404)
    links = [link.get("href") for link in elements(root, "a")]
    assert "/records/service/heys-41001" in links
    assert parsed(client, "/records/legislation/5490", 404) is not None
    links = [link.get("href") for link in elements(parsed(client, "/records/legislation/5490", 404), "a")]
    assert "/records/legislation/kanun-5490" in links


@pytest.mark.parametrize("path", ["", "/edges", "/history"])
def test_every_page_of_a_record_that_never_was_is_not_found(client: TestClient, path: str) -> None:
    assert parsed(client, f"/records/service/heys-1{path}", 404) is not None


def test_the_edges_of_a_hub_are_one_file(client: TestClient) -> None:
    path = "/api/records/organisation/99001009/edges?direction=in&limit=1&format=csv"
    lines = client.get(path).text.removeprefix("\ufeff").splitlines()
    assert lines[0].startswith("type,kind,id,title,belongs_to,state,")
    assert "tie" in lines[0].split(",")
    assert len(lines) == 23


def test_a_list_shows_the_columns_asked_for_in_the_order_asked_for(client: TestClient) -> None:
    path = "/records/legislation?columns=number,accepted_on&sort=-accepted_on&lang=tr"
    root = parsed(client, path)
    assert [words(cell) for cell in elements(root, "th")] == ["Kayıt", "Sayı", "Kabul tarihi"]
    days = [words(list(elements(row, "td"))[2]) for row in elements(root, "tr") if list(elements(row, "td"))]
    written = [date(*map(int, reversed(day.split(".")))) for day in days if day != "–"]
    assert len(written) > 20
    assert written == sorted(written, reverse=True)
    current = [words(link) for link in elements(root, "a") if link.get("aria-current") == "true"]
    assert {"Sayı", "Kabul tarihi", "Kabul tarihi ↓ (azalan)"} <= set(current)


def test_a_column_that_is_not_there_is_refused_naming_those_there_are(client: TestClient) -> None:
    assert "gazette_on" in words(parsed(client, "/records/legislation?columns=colour&lang=tr", 422))
