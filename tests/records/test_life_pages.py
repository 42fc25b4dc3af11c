"""What pages and the API say of when a record was there."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from conftest import AUTHOR, WIPE
from fastapi.testclient import TestClient  # noqa: TID251  # asked as a browser asks it
from worlds import organisation, part_of, put

from api.app import create
from kaysis_graph.graph import history
from kaysis_graph.graph.store import Store
from kaysis_graph.records import writer
from kaysis_graph.schema import Schema
from kaysis_graph.settings import Settings

CLOSED = {"valid_from": "2010-01-01", "valid_to": "2018-07-09"}
TOWN = organisation(2, "Bahçeli", "central_unit", part_of(1), valid_from="2020-03-01")
ROWS = [
    organisation(1, "Bakanlık", "ministry"),
    TOWN,
    organisation(3, "Hukuk", "central_unit", part_of(1, valid_from="2018-07-10", source="CBK 1 md. 5")),
]


@pytest.fixture(scope="module")
def asked(prepared: Store, kinds: Schema, settings: Settings) -> Iterator[TestClient]:
    """The service over three units: of one nothing tells the days, one came again, of one its tie tells them."""
    prepared.write(lambda transaction: transaction.run(WIPE))
    history.begin(prepared)
    graph = put(prepared, kinds, ROWS)
    writer.save(prepared, kinds, TOWN | {"earlier_spells": [CLOSED]}, AUTHOR)
    graph.follower.catch_up()
    app = create(graph, replace(settings, language="tr"))
    with TestClient(app, raise_server_exceptions=False, follow_redirects=False) as opened:
        yield opened
    graph.follower.end()


def words(client: TestClient, path: str) -> str:
    """The text of a page."""
    return " ".join(re.sub(r"<[^>]+>", " ", client.get(path).text).split())


def test_a_record_that_came_again_tells_its_spells_and_that_it_is_away_between_them(asked: TestClient) -> None:
    page = "/records/organisation/99000002"
    between = words(asked, f"{page}?at=2019-01-01")
    assert "01.01.2019 tarihinde yok: 09.07.2018 tarihinde sona erdi, 01.03.2020 tarihinde yeniden başladı" in between
    assert "01.01.2010 – 09.07.2018 (hariç)" in between
    assert "01.03.2020 – … yeniden (gösterilen tarihte)" in words(asked, page)
    assert "Önceki dönemler eklenen: 01.01.2010 – 09.07.2018 (hariç)" in words(asked, f"{page}/history")
    assert "01.01.2010 – 09.07.2018 (hariç) yeniden 01.03.2020 – …" in words(asked, "/organisations/99000002")
    told = asked.get("/api/records/organisation/99000002").json()
    assert told["record"]["earlier_spells"] == [CLOSED]
    assert told["life"] == {"spells": [["2010-01-01", "2018-07-09"], ["2020-03-01", None]], "is_derived": False}
    at = {day: asked.get(f"/api/records/organisation?at={day}").json()["total"] for day in ("2019-01-01", "2026-01-01")}
    assert at == {"2019-01-01": 2, "2026-01-01": 3}


def test_days_that_follow_from_ties_are_marked_so_with_the_tie_and_its_source(asked: TestClient) -> None:
    page = words(asked, "/records/organisation/99000003")
    assert "10.07.2018 tarihinden beri geçerli" in page
    assert "kendi günü kayıtlı değil" in page
    assert "bağın günleri: 10.07.2018 – …; kaynak: CBK 1 md. 5" in page
    assert "henüz başlamamış" in words(asked, "/records/organisation/99000003?at=2018-01-01")
    told = asked.get("/api/records/organisation/99000003").json()
    assert told["life"] == {"spells": [["2018-07-10", None]], "is_derived": True}
    assert "valid_from" not in told["record"]["fields"]


def test_a_unit_of_which_nothing_tells_when_it_was_founded_says_so(asked: TestClient) -> None:
    for page in ("/records/organisation/99000001", "/organisations/99000001"):
        assert "kuruluş günü bilinmiyor" in words(asked, page)
    assert "the day it was founded is not known" in words(asked, "/records/organisation/99000001?lang=en")


def test_the_explorer_knows_every_spell_and_derived_day(asked: TestClient) -> None:
    found = asked.get("/api/explore?act=99000002&act=99000003&ever=true").json()["nodes"]
    days = {node["thing"]["id"]: (node["earlier_spells"], node["valid_from"], node["valid_to"]) for node in found}
    assert days == {"99000002": ([CLOSED], "2020-03-01", None), "99000003": ([], "2018-07-10", None)}
