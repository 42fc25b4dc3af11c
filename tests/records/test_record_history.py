"""The history of a record on its pages: what came and went, between which versions, and when the record is gone."""

from typing import Any

import pytest
from conftest import AUTHOR
from fastapi.testclient import TestClient  # noqa: TID251  # asked as a browser asks it
from markup import elements, parsed, words
from test_record_pages import group, text

from api.app import create
from kaysis_graph.graph.follower import Follower
from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.store import Store
from kaysis_graph.records import reader, writer
from kaysis_graph.schema import Schema
from kaysis_graph.settings import Settings
from ui.pages.records.event_parts import pieces

CITY: dict[str, Any] = {"kind": "Organisation", "id": "10000000", "title": "Eski Belediye", "category": "municipality"}


@pytest.fixture
def office(store: Store, kinds: Schema, settings: Settings) -> TestClient:
    """A municipality that was renamed, tied to a ministry and untied, and a unit that was deleted."""
    ministry = {"kind": "Organisation", "id": "20000000", "title": "Üst Bakanlık", "category": "ministry"}
    told = {**CITY, "description": "Belediye başvuruları alır ve üç günde yanıtlar."}
    tie = {"type": "PART_OF", "to": "20000000", "valid_from": "2001-01-01", "source": "https://example.org/karar"}
    writer.save(store, kinds, ministry, AUTHOR)
    writer.save(store, kinds, {**told, "edges": [tie]}, AUTHOR)
    told |= {
        "title": "Yeni Belediye",
        "description": "Belediye başvuruları alır ve beş günde yanıtlar.",
        "earlier": {"title": [{"value": "Eski Belediye", "valid_to": "2015-01-01"}]},
    }
    writer.save(store, kinds, {**told, "edges": [{**tie, "valid_to": "2020-01-01"}]}, AUTHOR)
    writer.save(store, kinds, {**told, "edges": []}, AUTHOR)
    ended = {**tie, "valid_to": "2020-01-01"}
    writer.save(store, kinds, {**CITY, "id": "10000001", "title": "Eski Birim", "edges": [ended]}, AUTHOR)
    writer.save(store, kinds, {**CITY, "id": "10000009", "title": "Kapanan Birim"}, AUTHOR)
    writer.delete(store, kinds, "10000009", AUTHOR)
    graph = Graph(store, kinds, Follower(store, kinds, None))
    return TestClient(create(graph, settings), follow_redirects=False)


def test_the_days_of_a_renamed_record_are_told_at_its_title(office: TestClient) -> None:
    now = text(office, "/records/organisation/10000000?lang=tr")
    assert "… – 01.01.2015 (hariç) Eski Belediye 01.01.2015 – … Yeni Belediye (gösterilen tarihte)" in now
    then = text(office, "/records/organisation/10000000?lang=tr&at=2014-01-01")
    assert "… – 01.01.2015 (hariç) Eski Belediye (gösterilen tarihte)" in then


def test_history_tells_what_came_and_what_went_word_by_word(office: TestClient) -> None:
    root = parsed(office, "/records/organisation/10000000/history?lang=tr")
    gone, come = ([words(held) for held in elements(root, name)] for name in ("del", "ins"))
    assert "çıkan: üç" in gone
    assert "eklenen: beş" in come
    assert "eklenen: 01.01.2020" in come


def test_history_names_the_records_at_the_other_ends(office: TestClient) -> None:
    told = text(office, "/records/organisation/10000000/history?lang=tr")
    assert "Bağ kaldırıldı: Bağlı olduğu birim → Kurum Üst Bakanlık" in told
    assert "Bağ değişti: Bağlı olduğu birim → Kurum Üst Bakanlık" in told


def test_history_is_narrowed_to_a_field(office: TestClient) -> None:
    root = parsed(office, "/records/organisation/10000000/history?field=title&lang=tr")
    changes = [held.get("id") for held in elements(root, "li") if (held.get("id") or "").startswith("change-")]
    assert changes == ["change-3", "change-2"]


def test_history_begins_at_the_change_that_is_linked_to(office: TestClient) -> None:
    root = parsed(office, "/records/organisation/10000000/history?change=3")
    changes = [held.get("id") for held in elements(root, "li") if (held.get("id") or "").startswith("change-")]
    assert changes == ["change-3", "change-2"]


def test_two_versions_are_compared_and_what_came_and_went_is_left_out(office: TestClient) -> None:
    told = text(office, "/records/organisation/10000000/history?from=2&to=4&lang=tr")
    assert "2. değişiklikten 4. değişikliğe ne değişti" in told
    whole = reading_between(office, 1, 4)
    assert whole.what == "added"
    assert whole.edges == []
    assert {held.field for held in whole.fields} >= {"title", "description", "earlier.title"}


def reading_between(client: TestClient, first: int, last: int) -> reader.Comparison:
    graph: Graph = client.app.state.graph  # type: ignore[attr-defined]  # a FastAPI
    return reader.compared(graph.store, "10000000", first, last)


def test_a_deleted_record_is_gone_and_its_history_is_not(office: TestClient) -> None:
    root = parsed(office, "/records/organisation/10000009?lang=tr", 410)
    assert "Bu kayıt silinmiş" in words(root)
    href = "/records/organisation/10000009/history"
    assert href in [link.get("href") for link in elements(root, "a")]
    told = text(office, f"{href}?lang=tr")
    assert "Kapanan Birim: geçmiş" in told
    assert "Kayıt silindi." in told


def test_edges_of_all_days_show_those_that_ended(office: TestClient) -> None:
    path = "/records/organisation/10000001?lang=tr"
    assert not [held for held in elements(parsed(office, path), "section") if held.get("class") == "group"]
    root = group(parsed(office, f"{path}&ever=true"), "out.PART_OF.organisation")
    assert "01.01.2001 – 01.01.2020 (hariç) sona ermiş" in words(root)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("bir iki üç", "bir dört üç", [("same", "bir "), ("removed", "iki "), ("added", "dört "), ("same", "üç")]),
        ("elma", "armut", [("removed", "elma"), ("added", "armut")]),
        ("", "yeni söz", [("added", "yeni söz")]),
        ("eski söz", "", [("removed", "eski söz")]),
        ("bir  söz", "bir söz", [("removed", "bir  söz"), ("added", "bir söz")]),
    ],
)
def test_two_texts_are_told_as_one(before: str, after: str, expected: list[tuple[str, str]]) -> None:
    assert [(piece.mark, piece.text) for piece in pieces(before, after)] == expected


def test_what_stayed_the_same_in_a_long_text_is_shortened() -> None:
    long = "söz " * 400
    told = pieces(f"{long}üç {long}", f"{long}beş {long}")
    assert [piece.mark for piece in told] == ["same", "removed", "added", "same"]
    assert sum(len(piece.text) for piece in told) < 200
