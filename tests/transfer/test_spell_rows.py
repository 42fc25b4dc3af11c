"""Spells in an import: the same identifier in several rows, whose days do not meet."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import AUTHOR
from map_texts import import_text

from kaysis_graph.graph.store import Store
from kaysis_graph.records import reader, record_model
from kaysis_graph.schema import Schema
from kaysis_graph.transfer import job_undo
from kaysis_graph.transfer.report import ImportReport

TOWNS = """
[[record]]
kind = "Organisation"
id = "{no}"
spells = true
[record.fields]
title = "{ad}"
category = "central_unit"
valid_from = "{bas}"
valid_to = "{bit}"
number_is_invented = true
"""
TOWN = "99540002"
FIRST = f"{TOWN};Bahçeli Belediyesi;1990-01-01;2012-01-01"
AGAIN = f"{TOWN};Bahçeli Belediyesi;2014-01-01;"
Bring = Callable[..., ImportReport]


@pytest.fixture
def bring(store: Store, kinds: Schema, tmp_path: Path) -> Bring:
    def run(*rows: str, rules: str = TOWNS) -> ImportReport:
        return import_text(store, kinds, rules, tmp_path / "towns.csv", "\n".join(["no;ad;bas;bit", *rows]))

    return run


def days(store: Store, kinds: Schema) -> list[tuple[str | None, str | None]]:
    told: dict[str, Any] = record_model.record_json(reader.get(store, kinds, TOWN).record)
    return [(spell.get("valid_from"), spell.get("valid_to")) for spell in [*told.get("earlier_spells", ()), told]]


def test_rows_add_spells_whatever_their_order_and_file(bring: Bring, store: Store, kinds: Schema) -> None:
    both = [("1990-01-01", "2012-01-01"), ("2014-01-01", None)]
    assert bring(AGAIN).status == "written"
    second = bring(FIRST)
    assert (second.records.changed, days(store, kinds)) == (1, both)
    assert bring(AGAIN, FIRST).status == bring(FIRST).status == "unchanged"
    # A row with the first day of a spell corrects its end; an empty cell takes nothing away unless it is to clear.
    bring(f"{TOWN};Bahçeli Belediyesi;1990-01-01;2011-06-01")
    bring(f"{TOWN};Bahçeli Belediyesi;2014-01-01;2020-01-01")
    assert bring(AGAIN).status == "unchanged"
    assert days(store, kinds) == [("1990-01-01", "2011-06-01"), ("2014-01-01", "2020-01-01")]
    bring(AGAIN, rules=TOWNS.replace("spells = true", 'spells = true\nclear = ["valid_to"]'))
    assert days(store, kinds) == [("1990-01-01", "2011-06-01"), ("2014-01-01", None)]


def test_an_undone_import_takes_its_spell_away(bring: Bring, store: Store, kinds: Schema) -> None:
    bring(FIRST)
    again = bring(AGAIN)
    job_undo.undo(store, kinds, again.job, AUTHOR)
    assert days(store, kinds) == [("1990-01-01", "2012-01-01")]


def test_spells_that_meet_are_errors_with_both_and_the_row(bring: Bring, store: Store, kinds: Schema) -> None:
    rows = (FIRST, f"{TOWN};Bahçeli Belediyesi;2011-01-01;", f"{TOWN};Bahçeli Belediyesi;2020-01-01;2019-01-01")
    report = bring(*rows)
    told = {(problem.rule, problem.place["row"]): dict(problem.values) for problem in report.first_problems}
    assert told == {
        ("transfer.spells_overlap", 3): {"spell": "2011-01-01 – …", "other": "1990-01-01 – 2012-01-01", "row": "2"},
        ("transfer.spells_overlap", 4): {"spell": "2020-01-01 – 2019-01-01", "other": "2011-01-01 – …", "row": "3"},
        ("checks.ends_before_it_begins", 4): {"first": "2020-01-01", "last": "2019-01-01"},
    }
    bring(f"{TOWN};Bahçeli Belediyesi;1990-01-01;")
    (open_still,) = bring(AGAIN).first_problems
    assert dict(open_still.values) == {"spell": "2014-01-01 – …", "other": "1990-01-01 – …", "row": "–"}
    assert days(store, kinds) == [("1990-01-01", None)]


def test_a_map_without_spells_is_told_the_key_for_them(bring: Bring, store: Store, kinds: Schema) -> None:
    once = TOWNS.replace("spells = true", "")
    in_one = bring(FIRST, AGAIN, rules=once)
    assert [(problem.rule, problem.place["row"], problem.values["row"]) for problem in in_one.first_problems] == [
        ("transfer.second_spell", 3, "2")
    ]
    assert "spells = true" in in_one.first_problems[0].hint("tr")
    bring(FIRST, rules=once)
    assert [problem.rule for problem in bring(AGAIN, rules=once).first_problems] == ["transfer.second_spell"]
    # With an end of its own the row could be a correction.
    corrected = bring(AGAIN + "2020-01-01", rules=once)
    assert [problem.severity for problem in corrected.first_problems] == ["warning"]
    assert days(store, kinds) == [("2014-01-01", "2020-01-01")]
