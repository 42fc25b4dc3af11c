"""Today is the day where the register is kept; only the clock itself is replaced here."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from fastapi.testclient import TestClient  # noqa: TID251  # asked as a browser asks it
from quality_worlds import act, edge
from worlds import put

from api.app import create
from kaysis_graph import clock
from kaysis_graph.errors import SettingError
from kaysis_graph.graph.store import Store
from kaysis_graph.messages import LANGUAGES
from kaysis_graph.schema import Schema
from kaysis_graph.settings import Settings, read
from ui.pages import numbers_and_days as written

# 01:30 on 1 January in Türkiye.
NEW_YEAR = datetime(2025, 12, 31, 22, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _at_new_year(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NEW_YEAR)
    monkeypatch.delenv(clock.SETTING, raising=False)


def test_the_day_is_that_of_turkiye_when_nothing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    assert clock.today() == date(2026, 1, 1)
    monkeypatch.setenv(clock.SETTING, "America/New_York")
    assert clock.today() == date(2025, 12, 31)


@pytest.mark.parametrize("name", ["Istanbul", "Europe", "../etc/passwd", "Europe/Ankara", "UTC+3", "a\0b"])
def test_a_name_of_no_time_zone_is_refused_with_a_way_out(name: str) -> None:
    with pytest.raises(SettingError) as refused:
        read({clock.SETTING: name})
    for language in LANGUAGES:
        assert clock.SETTING in refused.value.text(language)
        assert "Europe/Istanbul" in (refused.value.hint(language) or "")


def test_times_are_written_by_the_clock_of_the_register(monkeypatch: pytest.MonkeyPatch) -> None:
    said = NEW_YEAR.isoformat(timespec="milliseconds")
    assert written.moment(said, "tr") == "1 Ocak 2026, 01.30 UTC+03:00"
    assert written.moment(said, "en") == "1 January 2026, 01:30 UTC+03:00"
    assert clock.to_the_minute(said) == "2026-01-01 01:30"
    monkeypatch.setenv(clock.SETTING, "Europe/London")
    assert written.moment(said, "en") == "31 December 2025, 22:30 GMT"


def test_an_act_that_begins_on_new_year_is_in_force_in_its_first_night(
    store: Store, kinds: Schema, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = act(20, edge("REPEALS", "kanun-21"), valid_from="2026-01-01")
    graph = put(store, kinds, [new, act(21, valid_from="2001-01-01")])
    with TestClient(create(graph, replace(settings, language="tr"))) as client:
        told = client.get("/api/legislation/kanun-20/force")
        assert (told.json()["at"], told.json()["is_in_force"]) == ("2026-01-01", True)
        assert client.get("/api/legislation/kanun-21/force").json()["is_in_force"] is False
        # Ten minutes before midnight, on the same day of UTC, the answer was another one.
        monkeypatch.setattr(clock, "now", lambda: NEW_YEAR - timedelta(minutes=100))
        before = client.get("/api/legislation/kanun-20/force", headers={"If-None-Match": told.headers["etag"]})
        assert (before.status_code, before.json()["at"], before.json()["is_in_force"]) == (200, "2025-12-31", False)
