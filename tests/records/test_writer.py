"""Saving, ending and deleting records."""

import json
import subprocess
import sys
from datetime import date
from typing import Any

import pytest
from conftest import AUTHOR

from kaysis_graph.errors import Conflict, Invalid, NotFound
from kaysis_graph.graph import history
from kaysis_graph.graph.store import Store
from kaysis_graph.records import writer
from kaysis_graph.records.record_model import Earlier
from kaysis_graph.schema import Schema
from kaysis_graph.settings import Settings

MINISTRY = {"kind": "Organisation", "id": "24322010", "title": "Sağlık Bakanlığı", "category": "ministry"}
UNIT: dict[str, Any] = {
    "kind": "Organisation",
    "id": "99000001",
    "title": "Kamu Hastaneleri Genel Müdürlüğü",
    "category": "central_unit",
    "edges": [{"type": "PART_OF", "to": "24322010", "valid_from": "2018-07-10"}],
}


def test_saving_twice_makes_one_change(store: Store, kinds: Schema) -> None:
    first = writer.save(store, kinds, MINISTRY, AUTHOR)
    second = writer.save(store, kinds, MINISTRY, AUTHOR)
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
    writer.save(store, kinds, service, AUTHOR)
    record = writer.existing(store, kinds, ["heys-41001"])["heys-41001"]
    assert record.fields["duration"] == {"min": 3, "max": 5, "unit": "minute", "text": "3–5 dk"}
    assert record.fields["beneficiaries"] == ["citizens", "foreigners"]
    assert record.fields["valid_from"] == date(2010, 1, 1)
    assert record.on("duration", date(2012, 1, 1)) == {"text": "aynı gün"}


def test_every_problem_of_a_record_is_told_and_nothing_is_written(store: Store, kinds: Schema) -> None:
    with pytest.raises(Invalid) as raised:
        writer.save(
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
        writer.save(store, kinds, UNIT, AUTHOR)
    assert [problem.rule for problem in raised.value.problems] == ["checks.no_target"]


def test_an_edge_may_not_point_to_a_kind_it_is_not_for(store: Store, kinds: Schema) -> None:
    writer.save(store, kinds, MINISTRY, AUTHOR)
    wrong = {"kind": "Service", "id": "heys-1", "title": "X", "edges": [{"type": "REQUIRES", "to": "24322010"}]}
    with pytest.raises(Invalid) as raised:
        writer.save(store, kinds, wrong, AUTHOR)
    assert [problem.rule for problem in raised.value.problems] == ["checks.unfit_target"]


def test_a_provision_belongs_to_exactly_one_act_at_a_time(store: Store, kinds: Schema) -> None:
    for number in (1, 2):
        act = {"kind": "Legislation", "id": f"kanun-{number}", "title": "K", "legislation_type": "law"}
        writer.save(store, kinds, act, AUTHOR)
    article = {"kind": "Provision", "id": "kanun-1.m1", "title": "m.1", "provision_type": "article", "place": "m.1"}
    with pytest.raises(Invalid) as raised:
        writer.save(store, kinds, article, AUTHOR)
    assert [problem.rule for problem in raised.value.problems] == ["checks.too_few"]
    both = [{"type": "PART_OF", "to": "kanun-1"}, {"type": "PART_OF", "to": "kanun-2"}]
    with pytest.raises(Invalid) as raised:
        writer.save(store, kinds, {**article, "edges": both}, AUTHOR)
    assert [problem.rule for problem in raised.value.problems] == ["checks.too_many"]
    writer.save(store, kinds, {**article, "edges": both[:1]}, AUTHOR)
    writer.save(store, kinds, {**article, "edges": both[1:]}, AUTHOR)


def test_two_records_may_be_joined_by_one_edge_type_several_times(store: Store, kinds: Schema) -> None:
    writer.save(store, kinds, MINISTRY, AUTHOR)
    twice = [
        {"type": "PART_OF", "to": "24322010", "valid_from": "2010-01-01", "valid_to": "2012-01-01"},
        {"type": "PART_OF", "to": "24322010", "valid_from": "2015-01-01"},
    ]
    assert writer.save(store, kinds, {**UNIT, "edges": twice}, AUTHOR).edges == 2
    assert writer.save(store, kinds, {**UNIT, "edges": twice[1:]}, AUTHOR).edges == 1


def test_ending_a_record_ends_the_edges_that_leave_it(store: Store, kinds: Schema) -> None:
    writer.save(store, kinds, MINISTRY, AUTHOR)
    writer.save(store, kinds, UNIT, AUTHOR)
    writer.end(store, kinds, "99000001", date(2024, 1, 1), AUTHOR)
    told = history.changes_of(store, "99000001")[0].told()
    assert [row.after and row.after["valid_to"] for row in told] == ["2024-01-01", "2024-01-01"]
    with pytest.raises(Conflict):
        writer.end(store, kinds, "99000001", date(2024, 1, 1), AUTHOR)
    with pytest.raises(NotFound):
        writer.end(store, kinds, "99000009", date(2024, 1, 1), AUTHOR)


def test_a_record_that_others_point_to_cannot_be_deleted(store: Store, kinds: Schema) -> None:
    writer.save(store, kinds, MINISTRY, AUTHOR)
    writer.save(store, kinds, UNIT, AUTHOR)
    with pytest.raises(Conflict):
        writer.delete(store, kinds, "24322010", AUTHOR)


def test_a_deleted_identifier_is_never_used_again_and_keeps_its_history(store: Store, kinds: Schema) -> None:
    writer.save(store, kinds, MINISTRY, AUTHOR)
    writer.delete(store, kinds, "24322010", AUTHOR)
    with pytest.raises(Invalid) as raised:
        writer.save(store, kinds, MINISTRY, AUTHOR)
    assert [problem.rule for problem in raised.value.problems] == ["checks.deleted"]
    assert [change.number for change in history.changes_of(store, "24322010")] == [2, 1]


def test_a_new_title_keeps_the_old_one_with_its_days(store: Store, kinds: Schema) -> None:
    writer.save(store, kinds, {**MINISTRY, "valid_from": "2011-06-29"}, AUTHOR)
    writer.change_field(store, kinds, "24322010", "title", "Sağlık ve Spor Bakanlığı", date(2020, 1, 1), AUTHOR)
    record = writer.existing(store, kinds, ["24322010"])["24322010"]
    assert record.earlier["title"] == (Earlier("Sağlık Bakanlığı", date(2011, 6, 29), date(2020, 1, 1)),)
    assert record.on("title", date(2019, 12, 31)) == "Sağlık Bakanlığı"
    assert record.on("title", date(2020, 1, 1)) == "Sağlık ve Spor Bakanlığı"


def test_a_stub_gives_way_to_what_is_known(store: Store, kinds: Schema) -> None:
    stub, _ = writer.parsed(kinds, {**MINISTRY, "title": "24322010", "is_stub": True}, {})
    known, _ = writer.parsed(kinds, MINISTRY, {})
    store.write(lambda transaction: writer.merge(transaction, kinds, [stub], [], AUTHOR))
    store.write(lambda transaction: writer.merge(transaction, kinds, [known], [], AUTHOR))
    store.write(lambda transaction: writer.merge(transaction, kinds, [stub], [], AUTHOR))
    record = writer.existing(store, kinds, ["24322010"])["24322010"]
    assert record.title == "Sağlık Bakanlığı"
    assert "is_stub" not in record.fields


def test_a_field_without_days_cannot_change_from_a_day_on(store: Store, kinds: Schema) -> None:
    writer.save(store, kinds, MINISTRY, AUTHOR)
    for name in ("address", "colour"):
        with pytest.raises(Invalid) as raised:
            writer.change_field(store, kinds, "24322010", name, "x", date(2020, 1, 1), AUTHOR)
        assert [problem.rule for problem in raised.value.problems] == ["checks.not_dated"]
    with pytest.raises(Invalid):
        writer.change_field(store, kinds, "24322010", "title", "", date(2020, 1, 1), AUTHOR)


def test_a_record_may_point_to_itself_and_be_deleted(store: Store, kinds: Schema) -> None:
    itself = {"type": "PART_OF", "to": "24322010"}
    assert writer.save(store, kinds, {**MINISTRY, "edges": [itself]}, AUTHOR).edges == 1
    deleted = writer.delete(store, kinds, "24322010", AUTHOR)
    assert (deleted.records, deleted.edges) == (1, 1)
    assert writer.existing(store, kinds, ["24322010"]) == {}


def test_an_edge_whose_first_day_changes_is_another_edge(store: Store, kinds: Schema) -> None:
    writer.save(store, kinds, MINISTRY, AUTHOR)
    writer.save(store, kinds, UNIT, AUTHOR)
    moved = {"type": "PART_OF", "to": "24322010", "valid_from": "2011-06-29"}
    assert writer.save(store, kinds, {**UNIT, "edges": [moved]}, AUTHOR).edges == 2
    rows = [row for row in history.changes_of(store, "99000001")[0].told() if row.edge is not None]
    assert [(row.edge["first_day"], row.after is None) for row in rows if row.edge] == [
        ("2011-06-29", False),
        ("2018-07-10", True),
    ]


def test_the_same_edge_given_twice_is_one_and_two_that_differ_are_refused(store: Store, kinds: Schema) -> None:
    writer.save(store, kinds, MINISTRY, AUTHOR)
    once = UNIT["edges"][0]
    assert writer.save(store, kinds, {**UNIT, "edges": [once, once]}, AUTHOR).edges == 1
    with pytest.raises(Invalid) as raised:
        writer.save(store, kinds, {**UNIT, "edges": [once, {**once, "tie": "service_unit"}]}, AUTHOR)
    assert [problem.rule for problem in raised.value.problems] == ["checks.edge_twice"]


def test_a_record_and_its_new_target_are_merged_in_one_go(store: Store, kinds: Schema) -> None:
    (unit, edges), (ministry, _) = (writer.parsed(kinds, told, {}) for told in (UNIT, MINISTRY))
    saved = store.write(lambda transaction: writer.merge(transaction, kinds, [unit, ministry], edges, AUTHOR))
    assert (saved.sequence, saved.records, saved.edges) == (1, 2, 1)


def test_one_edge_may_follow_another_on_the_day_it_ends(store: Store, kinds: Schema) -> None:
    for number in (1, 2, 3):
        place = {"kind": "Place", "id": f"il-0{number}", "title": f"İl {number}", "place_type": "province"}
        writer.save(store, kinds, place, AUTHOR)
    first = {"type": "PART_OF", "to": "il-02", "valid_to": "2020-01-01"}
    second = {"type": "PART_OF", "to": "il-03", "valid_from": "2020-01-01"}
    moved = {"kind": "Place", "id": "il-01", "title": "İl 1", "place_type": "province"}
    writer.save(store, kinds, {**moved, "edges": [first, second]}, AUTHOR)
    with pytest.raises(Invalid) as raised:
        writer.save(store, kinds, {**moved, "edges": [first, {**second, "valid_from": "2019-12-31"}]}, AUTHOR)
    assert [problem.rule for problem in raised.value.problems] == ["checks.too_many"]


def test_numbers_flags_and_long_texts_come_back_as_they_were(store: Store, kinds: Schema) -> None:
    told = {
        "kind": "Legislation",
        "id": "kanun-6102",
        "title": "Ş" * 4_000,
        "legislation_type": "law",
        "is_stub": False,
        "first_text": "uzun bir madde metni\n" * 90_000,
        "tags": ["b", "a", "b"],
    }
    writer.save(store, kinds, told, AUTHOR)
    record = writer.existing(store, kinds, ["kanun-6102"])["kanun-6102"]
    assert record.title == told["title"]
    assert (record.fields["is_stub"], record.fields["tags"]) == (False, ["b", "a"])
    assert record.fields["first_text"] == told["first_text"]
    assert writer.save(store, kinds, told, AUTHOR).records == 0


SAVE_MANY = """
import json, sys
from pathlib import Path
from kaysis_graph import schema
from kaysis_graph.graph import engines
from kaysis_graph.graph.history import Author
from kaysis_graph.graph.store import Store
from kaysis_graph.records import writer
from kaysis_graph.settings import Settings

told = json.loads(sys.argv[1])
store = Store(engines.open(Settings(**{**told, "home": Path(told["home"]), "cors_origins": ("*",)})))
for number in range(10):
    record = {"kind": "Place", "id": "il-06", "title": f"{sys.argv[2]} {number}", "place_type": "province"}
    writer.save(store, schema.read(), record, Author(sys.argv[2], "at once"))
store.close()
"""


def test_two_processes_that_save_the_same_record_lose_nothing(store: Store, settings: Settings) -> None:
    reached = {"home": str(settings.home), "publication": None, "graph_database": store.engine.database}
    told = json.dumps({**vars(settings), **reached})
    running = [
        subprocess.Popen([sys.executable, "-c", SAVE_MANY, told, name], stderr=subprocess.PIPE, text=True)
        for name in ("one", "two")
    ]
    wrong = [process.communicate(timeout=120)[1] for process in running]
    assert [process.returncode for process in running] == [0, 0], "\n".join(wrong)
    assert history.head(store).number == 20
    assert isinstance(next(iter(history.verify(store))), history.Head)
    rows = [change.told()[0] for change in history.all_changes(store)]
    # Each change was made upon the one before it.
    assert [row.before for row in rows[1:]] == [row.after for row in rows[:-1]]
