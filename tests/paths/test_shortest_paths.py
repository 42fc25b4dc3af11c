"""The shortest ways between two records, against all simple paths of networkx."""

from collections.abc import Iterable, Sequence

import networkx as nx
import pytest
from sketches import DAYS, SEEDS, SOME_DAY, TYPES, Sketch, random_sketch, view_of

from kaysis_graph.graph.columns import date_of
from kaysis_graph.graph.shortest_paths import MORE_HOPS, RouteHop, routes
from kaysis_graph.graph.view import View
from kaysis_graph.graph.walks import Step, both_ways


def ways(view: View, found: Iterable[Sequence[RouteHop]]) -> list[list[str]]:
    ids = view.records.ids
    return [[ids[way[0].source], *(ids[hop.target] for hop in way)] for way in found]


def all_ways(sketch: Sketch, ends: tuple[str, str], steps: Sequence[Step], day: int) -> list[list[str]]:
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(sketch.records)
    for name in sketch.records:
        for step in steps:
            graph.add_edges_from((name, far) for far in sketch.neighbours(name, step, day))
    found = nx.all_simple_paths(graph, *ends)
    return sorted(found, key=lambda way: (len(way), way))


STEPS = {
    "every type both ways": both_ways(TYPES),
    "two types both ways": both_ways(["BASED_ON", "PART_OF"]),
    "with direction": (Step("BASED_ON", "out"), Step("PART_OF", "into"), Step("REQUIRES", "out")),
    "with kinds": (
        Step("BASED_ON", "out", leaving=frozenset({"Service", "Document", "Organisation"})),
        *both_ways(["PART_OF", "PRODUCES", "REPEALS"]),
    ),
}


@pytest.mark.parametrize("steps", STEPS.values(), ids=STEPS.keys())
@pytest.mark.parametrize("seed", SEEDS)
def test_the_first_ways_come_in_order_of_length_and_identifiers(seed: int, steps: Sequence[Step]) -> None:
    sketch = random_sketch(seed, size=24, edges=110)
    projection = sketch.projection()
    for day in DAYS[1:4]:
        view = projection.on(date_of(day) or SOME_DAY)
        for one, other in (("r002", "r020"), ("r011", "r005")):
            ends = projection.records.position_of[one], projection.records.position_of[other]
            simple = all_ways(sketch, (one, other), steps, day)
            for count in (1, 2, 7):
                answer = routes(view, *ends, steps, count=count)
                shortest = len(simple[0]) if simple else 0
                expected = [way for way in simple if len(way) <= shortest + MORE_HOPS][:count]
                assert ways(view, answer.routes) == expected
                # "longest" says that there may be more, None that there are none or as many as asked for.
                if answer.limit is None:
                    assert len(expected) == min(count, len(simple))
                else:
                    assert answer.limit == "longest"
                    assert len(expected) < count
            short = routes(view, *ends, steps, count=50, longest=4)
            assert ways(view, short.routes) == [way for way in simple if len(way) <= 5][:50]
            assert short.limit == "longest" or len(short.routes) == len(simple)


def test_each_hop_names_all_steps_that_lead_there() -> None:
    sketch = Sketch()
    sketch.record("a", "Service")
    sketch.record("b", "Document")
    sketch.edge("a", "REQUIRES", "b")
    sketch.edge("a", "REQUIRES", "b", 5)
    sketch.edge("a", "PRODUCES", "b")
    sketch.edge("b", "BASED_ON", "a")
    view = view_of(sketch, 10)
    (way,) = routes(view, 0, 1, both_ways(["REQUIRES", "PRODUCES", "BASED_ON"])).routes
    assert way == (RouteHop(0, 1, (Step("REQUIRES", "out"), Step("PRODUCES", "out"), Step("BASED_ON", "into"))),)


def test_a_record_leads_to_itself_without_a_hop_and_strangers_by_no_way() -> None:
    sketch = Sketch()
    sketch.record("a", "Service")
    sketch.record("b", "Service")
    view = view_of(sketch, 0)
    assert routes(view, 0, 0, both_ways(TYPES)).routes == ((),)
    assert routes(view, 0, 1, both_ways(TYPES)) == routes(view, 1, 0, both_ways(TYPES))
    assert routes(view, 0, 1, both_ways(TYPES)).limit is None


def test_only_the_chosen_kinds_lie_between() -> None:
    sketch = Sketch()
    for name, kind in (("a", "Service"), ("b", "Document"), ("c", "Organisation"), ("d", "Service")):
        sketch.record(name, kind)
    sketch.edge("a", "REQUIRES", "b")
    sketch.edge("d", "PRODUCES", "b")
    sketch.edge("a", "PROVIDED_BY", "c")
    sketch.edge("d", "PROVIDED_BY", "c")
    view = view_of(sketch, 0)
    every = routes(view, 0, 3, both_ways(TYPES), count=5)
    assert ways(view, every.routes) == [["a", "b", "d"], ["a", "c", "d"]]
    assert every.limit is None
    assert ways(view, routes(view, 0, 3, both_ways(TYPES), count=5, through=["Organisation"]).routes) == [
        ["a", "c", "d"]
    ]


def test_hubs_and_long_chains_are_crossed() -> None:
    sketch = Sketch()
    sketch.record("hub", "Legislation")
    for number in range(20_000):
        sketch.record(f"leaf-{number:05}", "Service")
        sketch.edge(f"leaf-{number:05}", "BASED_ON", "hub")
    for number in range(100):
        sketch.record(f"u{number:03}", "Organisation")
        sketch.edge(f"u{number:03}", "PART_OF", f"u{max(number - 1, 0):03}")
    sketch.edge("leaf-00000", "PROVIDED_BY", "u099")
    view = view_of(sketch, 0)
    find = view.records.position_of
    answer = routes(view, find["leaf-19999"], find["u000"], both_ways(TYPES), count=3)
    assert [len(way) for way in answer.routes] == [102]
