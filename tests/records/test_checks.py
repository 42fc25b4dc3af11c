"""What a record must look like: every wrong form is told with its place, its rule and a hint, in both languages."""

from datetime import datetime
from typing import Any

import pytest

from kaysis_graph.errors import Conflict, Invalid, KaysisError, Problem
from kaysis_graph.messages import LANGUAGES
from kaysis_graph.records import writer
from kaysis_graph.schema import Schema

UNIT = {"kind": "Organisation", "id": "24322010", "title": "Sağlık Bakanlığı", "category": "ministry"}
SERVICE = {"kind": "Service", "id": "heys-41001", "title": "Doğum işlemleri"}
ACT = {"kind": "Legislation", "title": "K", "legislation_type": "law"}
ONCE = [{"value": "x", "valid_to": "2020-01-01"}]


def problems(kinds: Schema, told: dict[str, Any]) -> list[Problem]:
    try:
        writer.parsed(kinds, told, {"file": "f"})
    except Invalid as invalid:
        str(invalid).encode()
        return list(invalid.problems)
    return []


@pytest.mark.parametrize(
    ("told", "rule", "field"),
    [
        ({**UNIT, "title": 5}, "not_text", "title"),
        ({**UNIT, "title": b"abc"}, "not_text", "title"),
        ({**UNIT, "title": "two\nlines"}, "not_one_line", "title"),
        ({**UNIT, "title": "two\rlines"}, "not_one_line", "title"),
        ({**UNIT, "title": " "}, "empty", "title"),
        ({**UNIT, "title": "a\x00b"}, "unfit_character", "title"),
        ({**UNIT, "title": "a\x1bb"}, "unfit_character", "title"),
        ({**UNIT, "title": "a\ud800"}, "unfit_character", "title"),
        ({**UNIT, "title": "ş" * 5_000}, "too_long", "title"),
        ({**UNIT, "description": "a" * 10_000_000}, "too_long", "description"),
        ({**UNIT, "website": "https://a\x00b"}, "unfit_character", "website"),
        ({**UNIT, "website": "www.saglik.gov.tr"}, "not_a_link", "website"),
        ({**UNIT, "is_active": "yes"}, "not_a_flag", "is_active"),
        ({**UNIT, "types": "school"}, "not_a_list", "types"),
        ({**UNIT, "types": ["okul"]}, "not_in_list", "types.0"),
        ({**UNIT, "valid_from": "2020-01-01T00:00:00"}, "not_a_date", "valid_from"),
        ({**UNIT, "valid_from": "2020-02-30"}, "not_a_date", "valid_from"),
        ({**UNIT, "valid_from": "1577836800"}, "not_a_date", "valid_from"),
        ({**UNIT, "valid_from": 0}, "not_a_date", "valid_from"),
        ({**UNIT, "valid_from": datetime(2020, 1, 1)}, "not_a_date", "valid_from"),  # noqa: DTZ001
        ({**UNIT, "earlier": [1]}, "not_an_object", "earlier"),
        ({**UNIT, "earlier": {"title": [5]}}, "not_an_object", "earlier.title.0"),
        ({**UNIT, "earlier": {"title": [{"value": "A"}]}}, "missing_field", "earlier.title.0.valid_to"),
        ({**UNIT, "earlier": {"category": ONCE}}, "not_in_list", "earlier.category.0.value"),
        ({**UNIT, "earlier": {"address": ONCE}}, "unknown_field", "earlier.address"),
        ({**UNIT, "edges": "x"}, "not_edges", "edges"),
        ({**UNIT, "edges": [5]}, "not_edges", "edges"),
        ({**UNIT, "edges": [{"type": "PART_OF", "to": 5}]}, "not_text", "to"),
        ({**UNIT, "id": 24322010}, "not_text", "id"),
        ({**UNIT, "id": "24322010\n"}, "wrong_id", "id"),
        ({**ACT, "id": "kanun-" + "1" * 9_000}, "wrong_id", "id"),
        ({**SERVICE, "yearly_transactions": 2**64}, "out_of_range", "yearly_transactions"),
        ({**SERVICE, "yearly_transactions": True}, "not_an_integer", "yearly_transactions"),
        ({**SERVICE, "yearly_transactions": 1.5}, "not_an_integer", "yearly_transactions"),
        ({**SERVICE, "duration": "3 gün"}, "not_a_duration", "duration"),
        ({**SERVICE, "duration": {}}, "duration_says_nothing", "duration"),
        ({**SERVICE, "duration": {"min": 3}}, "duration_without_unit", "duration"),
        ({**SERVICE, "duration": {"min": 3, "max": 2, "unit": "day"}}, "duration_reversed", "duration"),
        ({**SERVICE, "duration": {"min": -3, "unit": "day"}}, "out_of_range", "duration.min"),
        ({**SERVICE, "duration": {"min": 3, "unit": "gün"}}, "not_in_list", "duration.unit"),
        ({**SERVICE, "duration": {"text": "a\x00"}}, "unfit_character", "duration.text"),
        ({**SERVICE, "duration": {"text": "a", "hours": 3}}, "unknown_field", "duration.hours"),
    ],
)  # fmt: skip
def test_a_wrong_form_is_told_with_place_rule_and_hint(
    kinds: Schema, told: dict[str, Any], rule: str, field: str
) -> None:
    found = problems(kinds, told)
    assert [(problem.rule, problem.place["field"]) for problem in found] == [(f"checks.{rule}", field)]
    for language in LANGUAGES:
        assert found[0].text(language)
        assert found[0].hint(language)
        assert len(found[0].text(language)) < 300
    assert len(found[0].place["id"]) <= 80  # type: ignore[arg-type]
    assert found[0].place["file"] == "f"


@pytest.mark.parametrize(
    "told",
    [
        {**UNIT, "edges": None, "earlier": None, "short_title": None, "types": []},
        {**UNIT, "description": "two\nlines\twith a tab"},
        {**ACT, "id": "kanun-5018"},
        {"kind": "Provision", "id": "kanun-5018.m9.f1.bç", "title": "ç", "provision_type": "clause", "place": "b.ç"},
        {"kind": "Provision", "id": "kanun-5018.ek3.bğ-ı", "title": "ğ", "provision_type": "clause", "place": "b.ğ"},
    ],
)
def test_what_may_be_written_is_not_refused(kinds: Schema, told: dict[str, Any]) -> None:
    assert problems(kinds, told) == []


@pytest.mark.parametrize(
    ("first", "second"),
    [("2014-01-01", "2016-01-01"), ("2016-01-01", "2018-01-01"), (None, "2018-01-01"), ("2012-01-01", "2013-01-01")],
    ids=["overlap", "gap", "no beginning", "out of order"],
)
def test_earlier_values_follow_each_other_day_by_day(kinds: Schema, first: str | None, second: str) -> None:
    told = [{"value": "A", "valid_to": "2015-01-01"}, {"value": "B", "valid_from": first, "valid_to": second}]
    found = problems(kinds, {**UNIT, "earlier": {"title": told}})
    assert "checks.earlier_overlap" in {problem.rule for problem in found}
    told[1] = {"value": "B", "valid_from": "2015-01-01", "valid_to": "2016-01-01"}
    assert problems(kinds, {**UNIT, "earlier": {"title": told}}) == []


def test_nothing_that_counts_as_false_is_lost_and_a_list_holds_a_value_once(kinds: Schema) -> None:
    told = {**SERVICE, "yearly_transactions": 0, "is_stub": False, "duration": {"min": 0, "max": 5, "unit": "day"}}
    record, _ = writer.parsed(kinds, {**told, "beneficiaries": ["students", "citizens", "students"]}, {})
    assert record.fields["yearly_transactions"] == 0
    assert record.fields["is_stub"] is False
    assert record.fields["duration"] == {"min": 0, "max": 5, "unit": "day"}
    assert record.fields["beneficiaries"] == ["students", "citizens"]


@pytest.mark.parametrize(
    "error",
    [KaysisError("no.such_key", id=1), Conflict("checks.still_used"), Invalid([Problem("checks.nothing", {"row": 1})])],
)
def test_an_error_can_always_be_written_into_a_log(error: KaysisError) -> None:
    assert str(error)
