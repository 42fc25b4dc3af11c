"""Records that were there several times: closed and founded again, lapsed and enacted again."""

from datetime import date
from pathlib import Path

import pytest
from conftest import AUTHOR, WIPE
from worlds import Row, organisation, part_of, put

from kaysis_graph.answers.answer import states
from kaysis_graph.errors import Invalid
from kaysis_graph.facts import legal_force
from kaysis_graph.graph import history
from kaysis_graph.graph.store import Store
from kaysis_graph.legislation.question import TimelineQuestion
from kaysis_graph.legislation.timeline import ActLife
from kaysis_graph.records import audit, reader, writer
from kaysis_graph.schema import Schema
from kaysis_graph.transfer import export, restore

CLOSED = {"valid_from": "1990-01-01", "valid_to": "2012-01-01"}
TOWN = organisation(2, "Bahçeli Belediyesi", "central_unit", valid_from="2014-01-01", earlier_spells=[CLOSED])
DAYS = {
    "1989-12-31": "future",
    "1990-01-01": "valid",
    "2012-01-01": "ended",
    "2013-12-31": "ended",
    "2014-01-01": "valid",
}


def test_a_record_is_listed_named_and_judged_by_all_of_its_spells(store: Store, kinds: Schema) -> None:
    graph = put(store, kinds, [organisation(1, "Valilik", "central_unit"), TOWN])
    for day, state in DAYS.items():
        at = date.fromisoformat(day)
        view = graph.on(at)
        assert states(view, [view.records.position_of[TOWN["id"]]]) == [state], day
        listed = reader.listed(graph, "Organisation", at=at)
        assert (TOWN["id"] in [record.id for record in listed.records]) == (state == "valid"), day
        name = reader.titles(graph, [TOWN["id"]], at)[TOWN["id"]]
        assert (name.has_begun, name.has_ended) == (state != "future", state == "ended"), day
        assert reader.get(store, kinds, TOWN["id"]).record.is_valid(at) == (state == "valid"), day


def test_an_edge_holds_in_the_spells_of_the_record_it_leaves(store: Store, kinds: Schema) -> None:
    graph = put(store, kinds, [organisation(1, "Valilik", "central_unit"), TOWN | {"edges": [part_of(1)]}])
    for day, state in DAYS.items():
        at = date.fromisoformat(day)
        view = graph.on(at)
        holds = state == "valid"
        assert (len(view.edges_into(view.records.position_of["99000001"], "PART_OF")) == 1) == holds, day
        assert bool(reader.edge_counts(graph, "99000001", at)) == holds, day


@pytest.mark.parametrize(
    ("spells", "rule", "field"),
    [
        ([CLOSED, {"valid_from": "2010-01-01", "valid_to": "2013-01-01"}], "checks.spells_overlap", "earlier_spells"),
        ([CLOSED | {"valid_to": "2015-01-01"}], "checks.spells_overlap", "earlier_spells"),
        ([CLOSED, {"valid_to": "2013-01-01"}], "checks.spells_overlap", "earlier_spells"),
        ([{"valid_from": "2012-01-01", "valid_to": "1990-01-01"}], "checks.ends_before_it_begins", "earlier_spells"),
        ([{"valid_from": "1990-01-01"}], "checks.missing_field", "earlier_spells.0.valid_to"),
        ([CLOSED | {"until": "x"}], "checks.unknown_field", "earlier_spells.0.until"),
        ([CLOSED | {"valid_to": "1.1.2012"}], "checks.not_a_date", "earlier_spells.0.valid_to"),
    ],
)
def test_spells_that_cannot_be_are_refused_with_their_days(
    store: Store, kinds: Schema, spells: list[Row], rule: str, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        writer.save(store, kinds, TOWN | {"earlier_spells": spells}, AUTHOR)
    assert [(problem.rule, problem.place["field"]) for problem in refused.value.problems] == [(rule, field)]
    for language in ("tr", "en"):
        assert refused.value.problems[0].text(language)


def test_spells_are_kept_in_the_history_and_come_back_from_a_file(store: Store, kinds: Schema, tmp_path: Path) -> None:
    graph = put(store, kinds, [organisation(1, "Valilik", "central_unit"), organisation(2, "Belediye")])
    unit = organisation(3, "Birim", "central_unit", part_of(1, valid_from="2018-07-10"))
    writer.save(store, kinds, unit, AUTHOR)
    writer.save(store, kinds, TOWN, AUTHOR)
    last = history.changes_after(store, history.head(store).number - 1)[0]
    assert [(row.after or {}).get("earlier_spells") for row in last.told()] == [[CLOSED]]
    assert list(audit.strays(store, kinds)) == []
    exported = export.write(store, kinds, tmp_path / "all.jsonl")
    asked = [(day, reader.listed(graph, "Organisation", at=day).total) for day in map(date.fromisoformat, DAYS)]
    before = graph.follower.catch_up()
    store.write(lambda transaction: transaction.run(WIPE))
    history.begin(store)
    restore.read(store, kinds, tmp_path / "all.jsonl")
    assert export.write(store, kinds, tmp_path / "again.jsonl") == exported
    assert [(day, reader.listed(graph, "Organisation", at=day).total) for day, _ in asked] == asked
    assert graph.follower.catch_up().records.first_from.tolist() == before.records.first_from.tolist()


def test_an_article_enacted_again_has_outlived_its_repeal(store: Store, kinds: Schema) -> None:
    spells = [{"valid_from": "2000-01-01", "valid_to": "2010-01-01"}]
    law = {"kind": "Legislation", "title": "Kanun", "legislation_type": "law"}
    repeal = {"type": "REPEALS", "to": "kanun-1", "valid_from": "2010-01-01"}
    rows = [
        law | {"id": "kanun-1", "valid_from": "2015-01-01", "earlier_spells": spells},
        law | {"id": "kanun-2", "valid_from": "2009-01-01", "edges": [repeal]},
    ]
    graph = put(store, kinds, rows)
    standing = {}
    for day in ("2005-01-01", "2012-01-01", "2016-01-01"):
        view = graph.on(date.fromisoformat(day))
        standing[day] = bool(view.once(legal_force.in_force)[view.records.position_of["kanun-1"]])
    assert standing == {"2005-01-01": True, "2012-01-01": False, "2016-01-01": True}
    told = [
        (str(row.on), row.what)
        for row in ActLife(graph, TimelineQuestion(id="kanun-1"), date(2020, 1, 1)).answer().rows
    ]
    assert told == [("2000-01-01", "in_force"), ("2010-01-01", "repealed"), ("2015-01-01", "in_force")]
