"""What acts rest on, changed and lost, as of a date."""

from datetime import date
from typing import Any

import pytest
from dated_graphs import DatedGraph
from worlds import Row, based_on, put, service

from kaysis_graph.errors import NotFound
from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.store import Store
from kaysis_graph.legislation import dependency_tree
from kaysis_graph.legislation.dependency_tree import (
    Dependencies,
    DependencyWalk,
    Unfounded,
    UnfoundedActs,
    in_force,
)
from kaysis_graph.legislation.question import DependencyQuestion, Mode, UnfoundedQuestion
from kaysis_graph.schema import Schema

NOW = date(2024, 1, 1)


def dependencies(
    graph: Graph, act: str, at: date, *, offset: int = 0, limit: int = dependency_tree.ROWS, **asked: Any
) -> Dependencies:
    return DependencyWalk(graph, DependencyQuestion(id=act, **asked), at).answer(offset, limit)


def unfounded(graph: Graph, at: date, *, mode: Mode = "all", offset: int = 0, limit: int = 500) -> Unfounded:
    return UnfoundedActs(graph, UnfoundedQuestion(mode=mode), at).answer(offset, limit)


def act(number: int, *edges: Row, **more: object) -> Row:
    told = {
        "kind": "Legislation",
        "id": f"kanun-{number}",
        "title": f"{number} sayılı Kanun",
        "legislation_type": "law",
    }
    return told | {"number": str(number), "edges": list(edges)} | more


def article(number: int, place: int, *edges: Row, **more: object) -> Row:
    told = {
        "kind": "Provision",
        "id": f"kanun-{number}.m{place}",
        "title": f"{number} m.{place}",
        "place": f"m.{place}",
    }
    part_of = {"type": "PART_OF", "to": f"kanun-{number}"}
    return told | {"provision_type": "article", "edges": [part_of, *edges]} | more


def repeals(identifier: str, **more: object) -> Row:
    return {"type": "REPEALS", "to": identifier, **more}


def amends(identifier: str, **more: object) -> Row:
    return {"type": "AMENDS", "to": identifier, **more}


def told(answer: Dependencies) -> list[tuple[str, int, str]]:
    return [(row.thing.id, row.depth, row.via.id) for row in answer.rows]


def standing(graph: Graph, identifier: str, *days: date) -> list[bool]:
    return [in_force(graph, identifier, day).is_in_force for day in days]


def test_what_rests_on_an_article_rests_on_its_act(store: Store, kinds: Schema) -> None:
    rows = [
        act(1),
        article(1, 9),
        article(1, 10),
        act(2, based_on("kanun-1.m9")),
        article(2, 1),
        act(3, based_on("kanun-2.m1")),
        service(1, "Belge verme", based_on("kanun-3")),
    ]
    graph = put(store, kinds, rows)
    down = dependencies(graph, "kanun-1", NOW)
    assert told(down) == [("kanun-2", 1, "kanun-1.m9"), ("kanun-3", 2, "kanun-2.m1"), ("heys-1", 3, "kanun-3")]
    assert [row.via_act for row in down.rows] == ["kanun-1", "kanun-2", "kanun-3"]
    assert told(dependencies(graph, "kanun-1.m9", NOW)) == told(down)
    assert dependencies(graph, "kanun-1.m10", NOW).total == 0
    assert (down.kinds, down.depths) == ({"Legislation": 2, "Service": 1}, {1: 1, 2: 1, 3: 1})
    assert (down.complete, down.cut) == (True, None)


def test_an_article_that_is_rested_on_brings_its_act_and_no_other_article(store: Store, kinds: Schema) -> None:
    rows = [act(1), act(2), act(3, based_on("kanun-1")), article(3, 4), article(3, 5, based_on("kanun-2"))]
    graph = put(store, kinds, [*rows, service(1, "Belge verme", based_on("kanun-3.m4"))])
    up = dependencies(graph, "heys-1", NOW, direction="up")
    assert told(up) == [("kanun-3", 1, "kanun-3.m4"), ("kanun-3.m4", 1, "heys-1"), ("kanun-1", 2, "kanun-3")]
    whole = dependencies(graph, "kanun-3", NOW, direction="up")
    assert told(whole) == [("kanun-1", 1, "kanun-3"), ("kanun-2", 1, "kanun-3.m5")]


def test_an_article_that_rests_on_more_than_its_act_does_is_told_by_itself(store: Store, kinds: Schema) -> None:
    rows = [act(1), act(2, based_on("kanun-1")), act(3, based_on("kanun-1")), article(2, 7, based_on("kanun-3"))]
    down = dependencies(put(store, kinds, rows), "kanun-1", NOW)
    assert told(down) == [("kanun-2", 1, "kanun-1"), ("kanun-3", 1, "kanun-1"), ("kanun-2.m7", 2, "kanun-3")]


def test_circles_and_self_loops_end_and_leave_the_start_out(store: Store, kinds: Schema) -> None:
    rows = [act(1, based_on("kanun-3"), based_on("kanun-1")), act(2, based_on("kanun-1")), act(3, based_on("kanun-2"))]
    graph = put(store, kinds, rows)
    assert told(dependencies(graph, "kanun-1", NOW)) == [("kanun-2", 1, "kanun-1"), ("kanun-3", 2, "kanun-2")]
    up = dependencies(graph, "kanun-1", NOW, direction="up")
    assert told(up) == [("kanun-3", 1, "kanun-1"), ("kanun-2", 2, "kanun-3")]


def test_an_edge_holds_between_its_days_while_the_act_it_leaves_is_valid(store: Store, kinds: Schema) -> None:
    rows = [
        act(1, valid_to="2015-01-01"),
        act(2, based_on("kanun-1", valid_from="2010-01-01", valid_to="2020-01-01"), valid_to="2018-01-01"),
    ]
    graph = put(store, kinds, rows)
    days = (date(2009, 12, 31), date(2010, 1, 1), date(2017, 12, 31), date(2018, 1, 1))
    assert [dependencies(graph, "kanun-1", day).total for day in days] == [0, 1, 1, 0]
    base = dependencies(graph, "kanun-2", date(2016, 1, 1), direction="up").rows[0].thing
    assert (base.id, base.state) == ("kanun-1", "ended")


def test_depth_and_pages_say_what_they_leave_out(store: Store, kinds: Schema) -> None:
    rows = [act(1), *(act(number, based_on(f"kanun-{number - 1}")) for number in range(2, 9))]
    graph = put(store, kinds, rows)
    shallow = dependencies(graph, "kanun-1", NOW, depth=3)
    assert (shallow.total, shallow.complete) == (3, False)
    assert shallow.cut is not None
    assert (shallow.cut.key, shallow.cut.why("en")) == ("answers.depth", "Only 3 steps were followed.")
    assert dependencies(graph, "kanun-1", NOW, depth=7).complete
    first = dependencies(graph, "kanun-1", NOW, limit=4)
    assert first.cut is not None
    assert (first.complete, first.total, first.cut.values["next"]) == (False, 7, 4)
    last = dependencies(graph, "kanun-1", NOW, offset=4, limit=4)
    assert last.cut is not None
    assert (last.complete, last.cut.key) == (False, "answers.last_page")
    assert [*first.rows, *last.rows] == [*DependencyWalk(graph, DependencyQuestion(id="kanun-1"), NOW).listing().rows]
    assert first.kinds == last.kinds == {"Legislation": 7}


def test_a_hub_of_2500_is_paged_and_streamed(store: Store, kinds: Schema) -> None:
    many = DatedGraph()
    many.record("kanun-1", "Legislation")
    for number in range(2_500):
        many.record(f"heys-{number:05}", "Service")
        many.edge(f"heys-{number:05}", "BASED_ON", "kanun-1")
    many.written(store)
    graph = put(store, kinds, [])
    answer = dependencies(graph, "kanun-1", NOW)
    assert (answer.total, len(answer.rows), answer.complete) == (2_500, dependency_tree.ROWS, False)
    streamed = [row.thing.id for row in DependencyWalk(graph, DependencyQuestion(id="kanun-1"), NOW).listing().rows]
    assert streamed == [f"heys-{number:05}" for number in range(2_500)]


def test_changes_stay_done_when_the_act_that_did_them_ends(store: Store, kinds: Schema) -> None:
    rows = [
        act(1),
        article(1, 3),
        act(2, amends("kanun-1.m3", valid_from="2010-01-01"), valid_from="2010-01-01", valid_to="2012-01-01"),
        act(3, repeals("kanun-2"), valid_from="2012-01-01"),
    ]
    graph = put(store, kinds, rows)
    assert told(dependencies(graph, "kanun-1", date(2009, 12, 31), relation="amends")) == []
    assert told(dependencies(graph, "kanun-1", NOW, relation="amends")) == [("kanun-2", 1, "kanun-1.m3")]
    up = dependencies(graph, "kanun-2", NOW, direction="up", relation="amends")
    assert told(up) == [("kanun-1", 1, "kanun-1.m3"), ("kanun-1.m3", 1, "kanun-2")]
    assert told(dependencies(graph, "kanun-2", date(2011, 12, 31), relation="repeals")) == []
    assert told(dependencies(graph, "kanun-2", date(2012, 1, 1), relation="repeals")) == [("kanun-3", 1, "kanun-2")]


def test_an_undated_change_by_an_article_counts_from_the_first_day_of_its_act(store: Store, kinds: Schema) -> None:
    rows = [act(1), act(2, valid_from="2010-01-01"), article(2, 5, amends("kanun-1"), repeals("kanun-1"))]
    graph = put(store, kinds, rows)
    for relation in ("amends", "repeals"):
        totals = [dependencies(graph, "kanun-1", date(year, 1, 1), relation=relation).total for year in (2009, 2010)]
        assert totals == [0, 1]
    assert standing(graph, "kanun-1", date(2009, 12, 31), date(2010, 1, 1)) == [True, False]


def test_a_repealed_act_does_not_revive(store: Store, kinds: Schema) -> None:
    rows = [
        act(1),
        article(1, 2),
        act(2, repeals("kanun-1", valid_from="2005-01-01"), valid_from="2005-01-01", valid_to="2008-01-01"),
    ]
    graph = put(store, kinds, rows)
    days = (date(2004, 12, 31), date(2005, 1, 1), date(2008, 1, 1), NOW)
    assert standing(graph, "kanun-1", *days) == [True, False, False, False]
    assert standing(graph, "kanun-1.m2", *days) == [True, False, False, False]
    answer = in_force(graph, "kanun-1", NOW)
    assert ([thing.id for thing in answer.repealed_by], answer.thing.state) == (["kanun-2"], "repealed")


def test_a_repeal_in_part_leaves_the_act_in_force(store: Store, kinds: Schema) -> None:
    rows = [act(1), article(1, 2), act(2, repeals("kanun-1", is_partial=True), repeals("kanun-1.m2"))]
    graph = put(store, kinds, rows)
    assert (standing(graph, "kanun-1", NOW), standing(graph, "kanun-1.m2", NOW)) == ([True], [False])
    assert in_force(graph, "kanun-1", NOW).repealed_by == ()
    assert [thing.id for thing in in_force(graph, "kanun-1.m2", NOW).repealed_by] == ["kanun-2"]
    assert dependencies(graph, "kanun-1", NOW, relation="repeals").total == 1


def test_a_repeal_by_an_act_that_was_not_there_does_not_count(store: Store, kinds: Schema) -> None:
    rows = [act(1), act(2, repeals("kanun-1", valid_from="2005-01-01"), valid_from="2010-01-01")]
    graph = put(store, kinds, rows)
    assert standing(graph, "kanun-1", date(2006, 1, 1), NOW) == [True, True]
    assert in_force(graph, "kanun-1", NOW).repealed_by == ()


def test_a_provision_stands_as_its_act_does(store: Store, kinds: Schema) -> None:
    rows = [
        act(1, valid_from="2010-01-01", valid_to="2020-01-01"),
        article(1, 2),
        service(1, "Belge verme", based_on("kanun-1.m2")),
    ]
    graph = put(store, kinds, rows)
    states = [
        dependencies(graph, "heys-1", date(year, 1, 1), direction="up").rows[1].thing.state
        for year in (2009, 2010, 2020)
    ]
    assert states == ["future", "valid", "ended"]
    assert standing(graph, "kanun-1.m2", date(2009, 1, 1), date(2010, 1, 1), date(2020, 1, 1)) == [False, True, False]


def test_acts_that_lost_all_or_any_ground(store: Store, kinds: Schema) -> None:
    rows = [
        act(1, valid_to="2020-01-01"),
        act(2),
        act(3, valid_from="2030-01-01"),
        article(1, 4),
        act(10, based_on("kanun-1.m4")),
        act(11, based_on("kanun-1"), based_on("kanun-2")),
        act(12, based_on("kanun-1"), based_on("kanun-3")),
        act(13, based_on("kanun-1"), valid_to="2021-01-01"),
        act(14),
    ]
    graph = put(store, kinds, rows)
    lost_all, lost_any = unfounded(graph, NOW), unfounded(graph, NOW, mode="any")
    assert [row.act.id for row in lost_all.rows] == ["kanun-10"]
    assert [(row.act.id, [base.id for base in row.lost], row.bases) for row in lost_any.rows] == [
        ("kanun-10", ["kanun-1.m4"], 1),
        ("kanun-11", ["kanun-1"], 2),
        ("kanun-12", ["kanun-1"], 2),
    ]
    assert [row.act.id for row in unfounded(graph, date(2020, 6, 1)).rows] == ["kanun-10", "kanun-13"]
    assert unfounded(graph, date(2019, 12, 31), mode="any").total == 0
    first, rest = unfounded(graph, NOW, mode="any", limit=2), unfounded(graph, NOW, mode="any", offset=2)
    assert (first.complete, first.total, rest.complete) == (False, 3, False)
    assert [*first.rows, *rest.rows] == [*UnfoundedActs(graph, UnfoundedQuestion(mode="any"), NOW).listing().rows]
    ended = in_force(graph, "kanun-11", NOW)
    assert (ended.is_in_force, [base.id for base in ended.rests_on_ended]) == (True, ["kanun-1"])


def test_titles_are_those_of_the_day(store: Store, kinds: Schema) -> None:
    earlier = {"title": [{"value": "Eski ad", "valid_to": "2015-01-01"}]}
    graph = put(store, kinds, [act(1), act(2, based_on("kanun-1"), title="Yeni ad", earlier=earlier)])
    titles = [dependencies(graph, "kanun-1", date(year, 1, 1)).rows[0].thing.title for year in (2014, 2015)]
    assert titles == ["Eski ad", "Yeni ad"]


def test_asking_for_what_is_not_there_or_no_text_is_refused(store: Store, kinds: Schema) -> None:
    graph = put(store, kinds, [act(1), service(1, "Belge verme")])
    with pytest.raises(NotFound):
        dependencies(graph, "kanun-2", NOW)
    with pytest.raises(NotFound):
        dependencies(graph, "heys-1", NOW)
    with pytest.raises(NotFound):
        in_force(graph, "heys-1", NOW)
    assert dependencies(graph, "heys-1", NOW, direction="up").total == 0
