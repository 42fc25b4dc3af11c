"""How two records are connected, as of a date."""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError
from worlds import based_on, document, organisation, part_of, produces, provided_by, put, requires, service, statements

from kaysis_graph.errors import Invalid, NotFound
from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.store import Store
from kaysis_graph.paths.ask import Paths, paths_of
from kaysis_graph.paths.question import MOST, PathQuestion
from kaysis_graph.paths.reply import path_reply
from kaysis_graph.schema import Schema

NOW = date(2024, 1, 1)


def state_of(store: Store, kinds: Schema) -> Graph:
    """A short way over a document until 2020, a long one over the units, and a stranger."""
    rows = [
        organisation(1, "Bakanlık", "ministry"),
        organisation(2, "Daire", "central_unit", part_of(1)),
        organisation(3, "Şube", "central_unit", part_of(1)),
        organisation(4, "Yabancı", "ministry"),
        service(1, "Belge verme", provided_by(2), produces(1)),
        service(2, "Ruhsat verme", provided_by(3), requires(1, valid_to="2020-01-01")),
        document(1, "Belge"),
    ]
    return put(store, kinds, rows)


def between(graph: Graph, source: str, target: str, at: date, **more: Any) -> Paths:
    return paths_of(graph, PathQuestion(from_=source, to=target, **more), at)


def ways(answer: Paths) -> list[list[str]]:
    return [[way[0].source.id, *(hop.target.id for hop in way)] for way in answer.paths]


SHORT = ["heys-1", "dbys-1", "heys-2"]
LONG = ["heys-1", "99000002", "99000001", "99000003", "heys-2"]


def test_the_shortest_way_comes_first(store: Store, kinds: Schema) -> None:
    graph, then = state_of(store, kinds), date(2019, 12, 31)
    assert ways(between(graph, "heys-1", "heys-2", then)) == [SHORT]
    both = between(graph, "heys-1", "heys-2", then, count=3)
    assert ways(both) == [SHORT, LONG]
    assert (both.complete, both.cut) == (True, None)
    crossings = [(crossing.type, crossing.along) for hop in both.paths[0] for crossing in hop.over]
    assert crossings == [("PRODUCES", True), ("REQUIRES", False)]


def test_a_way_holds_on_its_day_only(store: Store, kinds: Schema) -> None:
    assert ways(between(state_of(store, kinds), "heys-1", "heys-2", date(2020, 1, 1), count=2)) == [LONG]


def test_types_and_kinds_narrow_the_ways(store: Store, kinds: Schema) -> None:
    graph, then = state_of(store, kinds), date(2019, 1, 1)
    assert ways(between(graph, "heys-1", "heys-2", then, types=["PROVIDED_BY", "PART_OF"])) == [LONG]
    assert ways(between(graph, "heys-1", "heys-2", then, through=["Organisation"])) == [LONG]
    assert ways(between(graph, "heys-1", "heys-2", then, types=["PROVIDED_BY"])) == []


def test_a_record_that_is_avoided_lies_on_no_way(store: Store, kinds: Schema) -> None:
    graph, then = state_of(store, kinds), date(2019, 1, 1)
    past = between(graph, "heys-1", "heys-2", then, count=3, avoid=["dbys-1"])
    assert ways(past) == [LONG]
    assert [thing.title for thing in past.avoided] == ["Belge"]
    assert ways(between(graph, "heys-1", "heys-2", then, avoid=["dbys-1", "99000001"])) == []
    assert ways(between(graph, "heys-1", "heys-2", then, avoid=["heys-1", "heys-2"])) == [SHORT]
    with pytest.raises(NotFound):
        between(graph, "heys-1", "heys-2", then, avoid=["dbys-9"])


def test_impact_spreads_in_its_own_direction_only(store: Store, kinds: Schema) -> None:
    graph, then = state_of(store, kinds), date(2019, 1, 1)
    onwards = between(graph, "99000001", "heys-2", then, direction="impact", count=5)
    assert ways(onwards) == [
        ["99000001", "99000003", "heys-2"],
        ["99000001", "99000002", "heys-1", "dbys-1", "heys-2"],
    ]
    assert ways(between(graph, "heys-2", "99000001", then, direction="impact")) == []
    narrowed = between(
        graph, "99000001", "heys-2", then, direction="impact", types=["PART_OF", "PROVIDED_BY", "REPEALS"]
    )
    assert ways(narrowed) == [["99000001", "99000003", "heys-2"]]


def test_ways_that_were_not_looked_for_are_owned_up_to(store: Store, kinds: Schema) -> None:
    graph = state_of(store, kinds)
    short = between(graph, "heys-1", "heys-2", NOW, longest=3)
    assert (ways(short), short.complete) == ([], False)
    assert short.cut is not None
    assert short.cut.why("en") == "Ways of more than 3 hops were not looked for."


def test_strangers_have_no_way_between_them(store: Store, kinds: Schema) -> None:
    graph = state_of(store, kinds)
    strangers = between(graph, "heys-1", "99000004", NOW)
    assert (strangers.paths, strangers.complete) == ((), True)
    same = between(graph, "heys-1", "heys-1", NOW)
    assert (same.paths, same.source.id) == (((),), "heys-1")


def test_circles_and_parallel_edges_make_one_way(store: Store, kinds: Schema) -> None:
    law = {"kind": "Legislation", "title": "Kanun", "legislation_type": "law"}
    rows = [
        law | {"id": "kanun-1", "edges": [based_on("kanun-1"), based_on("kanun-2")]},
        law
        | {
            "id": "kanun-2",
            "edges": [
                based_on("kanun-1", valid_from="2010-01-01"),
                based_on("kanun-1", valid_from="2011-01-01"),
                {"type": "AMENDS", "to": "kanun-1"},
            ],
        },
    ]
    answer = between(put(store, kinds, rows), "kanun-1", "kanun-2", NOW, count=5)
    assert ways(answer) == [["kanun-1", "kanun-2"]]
    over = {(crossing.type, crossing.along) for crossing in answer.paths[0][0].over}
    assert over == {("BASED_ON", True), ("BASED_ON", False), ("AMENDS", False)}


def test_unknown_ends_and_too_many_ways_are_refused(store: Store, kinds: Schema) -> None:
    graph = state_of(store, kinds)
    for ends in (("heys-1", "heys-9"), ("heys-9", "heys-1")):
        with pytest.raises(NotFound):
            between(graph, *ends, NOW)
    with pytest.raises(Invalid) as missing:
        between(graph, "heys-1", "", NOW)
    assert [problem.place for problem in missing.value.problems] == [{"parameter": "to"}]
    with pytest.raises(ValidationError) as refused:
        between(graph, "heys-1", "heys-2", NOW, count=MOST + 1)
    assert str(MOST) in str(refused.value)


def test_a_page_with_its_picture_asks_the_engine_nothing(store: Store, kinds: Schema) -> None:
    graph = state_of(store, kinds)
    with statements() as asked:
        reply = path_reply(graph, PathQuestion(from_="heys-1", to="heys-2", count=3), NOW, "tr")
        assert reply.diagram.nodes
        assert reply.answer.paths
    assert asked == []
