"""Lists from the columns equal a scan over all records of the engine: every filter, day and order."""

import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from conftest import empty
from worlds import put

from kaysis_graph import article_order
from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.queries import load
from kaysis_graph.graph.store import Store
from kaysis_graph.records import lists, record_model
from kaysis_graph.records.life import life_of
from kaysis_graph.records.record_model import Record, RecordRow
from kaysis_graph.schema import Schema

ALL_OF_KIND = load("records/all_of_kind")
DAYS = (None, date(1991, 1, 1), date(2004, 12, 31), date(2005, 1, 1), date(2015, 6, 1))
TITLES = ("Iğdır", "İzmir", "ısparta", "ilgaz", "Çorum", "Şile", "Iğdır")
Test = Callable[[Record, date | None], bool]


def said(name: str, record: Record, at: date | None) -> Any:
    return record.fields.get(name) if at is None else record.on(name, at)


FILTERS: Mapping[str, tuple[Mapping[str, str], Test]] = {
    "none": ({}, lambda _record, _at: True),
    "dated code": ({"category": "university"}, lambda record, at: said("category", record, at) == "university"),
    "several codes": (
        {"category": "ministry,university"},
        lambda record, at: said("category", record, at) in ("ministry", "university"),
    ),
    "list": ({"types": "hospital"}, lambda record, _at: "hospital" in str(record.fields.get("types"))),
    "flag": ({"is_active": "false"}, lambda record, _at: not record.fields.get("is_active")),
    "days": (
        {"valid_from": "1991..2004"},
        lambda record, _at: "1991-01-01" <= str(record.fields.get("valid_from", "")) <= "2004-12-31",
    ),
    "two": (
        {"is_active": "true", "category": "ministry"},
        lambda record, at: record.fields.get("is_active") is True and said("category", record, at) == "ministry",
    ),
}
SORTS = ("title", "-title", "valid_from", "-valid_from", "category", "-category", "is_active", "-is_active")


@dataclass(frozen=True)
class Scanned:
    """A record as the engine has it, with the spells that are stored beside it."""

    record: Record
    stored: list[str] | None

    @property
    def key(self) -> str:
        return article_order.sort_key(self.record.kind, self.record.id, self.record.title)

    def is_there(self, at: date | None) -> bool:
        return at is None or life_of(self.record, self.stored).is_held(at)


def state() -> list[dict[str, Any]]:
    """Units of like and unlike titles: renamed, closed and founded again, dated by their ties, with flags and types."""
    found = []
    for number in range(42):
        unit: dict[str, Any] = {
            "kind": "Organisation",
            "id": f"{99000000 + number}",
            "title": TITLES[number % len(TITLES)],
            "category": ("ministry", "university", "central_unit")[number % 3],
            "types": [["hospital"], ["school", "hospital"], []][number % 5 % 3],
        }
        if number % 4:
            unit["is_active"] = number % 4 == 1
        if number % 3 == 0:
            unit |= {"valid_from": f"{1990 + number % 20}-01-01", "valid_to": "2015-01-01"}
        if number % 6 == 0:
            unit["earlier_spells"] = [{"valid_from": "1970-01-01", "valid_to": "1975-01-01"}]
        if number % 7 == 1:
            unit["earlier"] = {"category": [{"value": "university", "valid_to": "2005-01-01"}]}
        if number % 5 == 1 and number % 3:
            unit["edges"] = [{"type": "PART_OF", "to": "99000002", "valid_from": "2001-01-01"}]
        found.append(unit)
    return found


def scan(store: Store, kinds: Schema) -> list[Scanned]:
    rows = store.read(ALL_OF_KIND.named(KIND="Organisation"), into=RecordRow)
    return [
        Scanned(record_model.loaded_record(kinds, row.labels, row.properties), row.properties.get("spells"))
        for row in rows
    ]


def in_order(found: list[Scanned], sort: str) -> list[str]:
    """By title, or by a field with those that say nothing last; equal ones by title, equal titles by identifier."""
    name, is_down = sort.removeprefix("-"), sort.startswith("-")
    found = sorted(found, key=lambda one: one.record.id)
    found.sort(key=lambda one: one.key, reverse=is_down and name == "title")
    if name != "title":
        says = [one for one in found if one.record.fields.get(name) is not None]
        says.sort(key=lambda one: one.record.fields[name], reverse=is_down)  # type: ignore[arg-type,return-value]  # of one type
        found = [*says, *(one for one in found if one.record.fields.get(name) is None)]
    return [one.record.id for one in found]


@pytest.fixture(scope="module")
def graph(prepared: Store, kinds: Schema) -> Graph:
    """Written once: lists are only read here."""
    empty(prepared, kinds)
    return put(prepared, kinds, state())


@pytest.mark.parametrize("chosen", FILTERS)
def test_a_list_from_the_columns_is_that_of_a_scan(graph: Graph, kinds: Schema, chosen: str) -> None:
    filters, passes = FILTERS[chosen]
    everything = scan(graph.store, kinds)
    for at, sort in itertools.product(DAYS, SORTS):
        expected = in_order([one for one in everything if one.is_there(at) and passes(one.record, at)], sort)
        listed, cursor = [], None
        while True:
            page = lists.listed(graph, "organisation", filters=filters, sort=sort, at=at, cursor=cursor, limit=9)
            assert page.total == len(expected), (at, sort)
            listed += [record.id for record in page.records]
            cursor = page.next_cursor
            if cursor is None:
                break
        assert listed == expected, (at, sort)
