"""Saving, ending and deleting records."""

from datetime import date

import pytest
from conftest import AUTHOR

from kaysis_graph.errors import Conflict, Invalid, NotFound
from kaysis_graph.graph import history
from kaysis_graph.graph.store import Store
from kaysis_graph.registry import saving
from kaysis_graph.registry.records import Earlier
from kaysis_graph.schema import Schema

MINISTRY = {"kind": "Organisation", "id": "24322010", "title": "Sağlık Bakanlığı", "category": "ministry"}
UNIT = {
    "kind": "Organisation",
    "id": "99000001",
    "title": "Kamu Hastaneleri Genel Müdürlüğü",
    "category": "central_unit",
    "edges": [{"type": "PART_OF", "to": "24322010", "valid_from": "2018-07-10"}],
}


def test_saving_twice_makes_one_change(store: Store, kinds: Schema) -> None:
    first = saving.save(store, kinds, MINISTRY, AUTHOR)
    second = saving.save(store, kinds, MINISTRY, AUTHOR)
    assert (first.sequence, first.records) == (1, 1)
    assert (second.sequence, second.records) == (1, 0)


def test_a_record_comes_back_as_it_was_saved(store: Store, kinds: Schema) -> None:
    service = {
        "kind": "Service",
        "id": "heys-41001",
        "title": "Doğum işlemleri",
        "beneficiaries": ["citizens", "foreigners"],
        "duration": {"min": 3, "max": 5, "unit": "minute", "text": "3–5 dk"},
        "valid_from": "2010-01-01",
        "yearly_transactions": 7,
        "earlier": {
            "duration": [{"value": {"text": "aynı gün"}, "valid_from": "2010-01-01", "valid_to": "2015-01-01"}]
        },
    }
    saving.save(store, kinds, service, AUTHOR)
    record = saving.existing(store, kinds, ["heys-41001"])["heys-41001"]
    assert record.fields["duration"] == {"min": 3, "max": 5, "unit": "minute", "text": "3–5 dk"}
    assert record.fields["beneficiaries"] == ["citizens", "foreigners"]
    assert record.fields["valid_from"] == date(2010, 1, 1)
    assert record.on("duration", date(2012, 1, 1)) == {"text": "aynı gün"}


def test_every_problem_of_a_record_is_told_and_nothing_is_written(store: Store, kinds: Schema) -> None:
    with pytest.raises(Invalid) as raised:
        saving.save(
            store,
            kinds,
            {
                "kind": "Organisation",
                "id": "1",
                "category": "bakanlik",
                "colour": "red",
                "valid_from": "2020-01-01",
                "valid_to": "2020-01-01",
                "edges": [{"type": "REPEALS", "to": "x"}, {"type": "PART_OF", "to": "24322010", "tie": "x"}],
            },
            AUTHOR,
        )
    assert {problem.rule for problem in raised.value.problems} == {
        "checks.wrong_id",
        "checks.missing_field",
        "checks.not_in_list",
        "checks.unknown_field",
        "checks.ends_before_it_begins",
        "checks.unknown_edge",
    }
    assert history.head(store).number == 0
    for problem in raised.value.problems:
        for language in ("tr", "en"):
            assert problem.text(language)
            assert problem.hint(language)


def test_an_edge_to_nowhere_is_refused(store: Store, kinds: Schema) -> None:
    with pytest.raises(Invalid) as raised:
        saving.save(store, kinds, UNIT, AUTHOR)
    assert [problem.rule for problem in raised.value.problems] == ["checks.no_target"]


def test_an_edge_may_not_point_to_a_kind_it_is_not_for(store: Store, kinds: Schema) -> None:
    saving.save(store, kinds, MINISTRY, AUTHOR)
    wrong = {"kind": "Service", "id": "heys-1", "title": "X", "edges": [{"type": "REQUIRES", "to": "24322010"}]}
    with pytest.raises(Invalid) as raised:
        saving.save(store, kinds, wrong, AUTHOR)
    assert [problem.rule for problem in raised.value.problems] == ["checks.unfit_target"]


def test_a_provision_belongs_to_exactly_one_act_at_a_time(store: Store, kinds: Schema) -> None:
    for number in (1, 2):
        act = {"kind": "Legislation", "id": f"kanun-{number}", "title": "K", "legislation_type": "law"}
        saving.save(store, kinds, act, AUTHOR)
    article = {"kind": "Provision", "id": "kanun-1.m1", "title": "m.1", "provision_type": "article", "place": "m.1"}
    with pytest.raises(Invalid) as raised:
        saving.save(store, kinds, article, AUTHOR)
    assert [problem.rule for problem in raised.value.problems] == ["checks.too_few"]
    both = [{"type": "PART_OF", "to": "kanun-1"}, {"type": "PART_OF", "to": "kanun-2"}]
    with pytest.raises(Invalid) as raised:
        saving.save(store, kinds, {**article, "edges": both}, AUTHOR)
    assert [problem.rule for problem in raised.value.problems] == ["checks.too_many"]
    saving.save(store, kinds, {**article, "edges": both[:1]}, AUTHOR)
    saving.save(store, kinds, {**article, "edges": both[1:]}, AUTHOR)


def test_two_records_may_be_joined_by_one_edge_type_several_times(store: Store, kinds: Schema) -> None:
    saving.save(store, kinds, MINISTRY, AUTHOR)
    twice = [
        {"type": "PART_OF", "to": "24322010", "valid_from": "2010-01-01", "valid_to": "2012-01-01"},
        {"type": "PART_OF", "to": "24322010", "valid_from": "2015-01-01"},
    ]
    assert saving.save(store, kinds, {**UNIT, "edges": twice}, AUTHOR).edges == 2
    assert saving.save(store, kinds, {**UNIT, "edges": twice[1:]}, AUTHOR).edges == 1


def test_ending_a_record_ends_the_edges_that_leave_it(store: Store, kinds: Schema) -> None:
    saving.save(store, kinds, MINISTRY, AUTHOR)
    saving.save(store, kinds, UNIT, AUTHOR)
    saving.end(store, kinds, "99000001", date(2024, 1, 1), AUTHOR)
    told = history.changes_of(store, "99000001")[0].told()
    assert [row.after and row.after["valid_to"] for row in told] == ["2024-01-01", "2024-01-01"]
    with pytest.raises(Conflict):
        saving.end(store, kinds, "99000001", date(2024, 1, 1), AUTHOR)
    with pytest.raises(NotFound):
        saving.end(store, kinds, "99000009", date(2024, 1, 1), AUTHOR)


def test_a_record_that_others_point_to_cannot_be_deleted(store: Store, kinds: Schema) -> None:
    saving.save(store, kinds, MINISTRY, AUTHOR)
    saving.save(store, kinds, UNIT, AUTHOR)
    with pytest.raises(Conflict):
        saving.delete(store, kinds, "24322010", AUTHOR)


def test_a_deleted_identifier_is_never_used_again_and_keeps_its_history(store: Store, kinds: Schema) -> None:
    saving.save(store, kinds, MINISTRY, AUTHOR)
    saving.delete(store, kinds, "24322010", AUTHOR)
    with pytest.raises(Invalid) as raised:
        saving.save(store, kinds, MINISTRY, AUTHOR)
    assert [problem.rule for problem in raised.value.problems] == ["checks.deleted"]
    assert [change.number for change in history.changes_of(store, "24322010")] == [2, 1]


def test_a_new_title_keeps_the_old_one_with_its_days(store: Store, kinds: Schema) -> None:
    saving.save(store, kinds, {**MINISTRY, "valid_from": "2011-06-29"}, AUTHOR)
    saving.change_field(store, kinds, "24322010", "title", "Sağlık ve Spor Bakanlığı", date(2020, 1, 1), AUTHOR)
    record = saving.existing(store, kinds, ["24322010"])["24322010"]
    assert record.earlier["title"] == (Earlier("Sağlık Bakanlığı", date(2011, 6, 29), date(2020, 1, 1)),)
    assert record.on("title", date(2019, 12, 31)) == "Sağlık Bakanlığı"
    assert record.on("title", date(2020, 1, 1)) == "Sağlık ve Spor Bakanlığı"


def test_a_stub_gives_way_to_what_is_known(store: Store, kinds: Schema) -> None:
    stub, _ = saving.parsed(kinds, {**MINISTRY, "title": "24322010", "is_stub": True}, {})
    known, _ = saving.parsed(kinds, MINISTRY, {})
    store.write(lambda transaction: saving.merge(transaction, kinds, [stub], [], AUTHOR))
    store.write(lambda transaction: saving.merge(transaction, kinds, [known], [], AUTHOR))
    store.write(lambda transaction: saving.merge(transaction, kinds, [stub], [], AUTHOR))
    record = saving.existing(store, kinds, ["24322010"])["24322010"]
    assert record.title == "Sağlık Bakanlığı"
    assert "is_stub" not in record.fields
