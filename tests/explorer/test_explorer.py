"""The explorer: what acts show, where it lies, and that a patch and the whole are the same."""

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from dated_graphs import days_asked, random_graph

from kaysis_graph.errors import Invalid
from kaysis_graph.explorer import ask, steps
from kaysis_graph.explorer.ask import Explored, ShownRecord, StepOutcome, explored_by
from kaysis_graph.explorer.question import ExplorerQuestion
from kaysis_graph.graph.follower import Follower
from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.store import Store
from kaysis_graph.schema import Schema

TODAY = date(2025, 6, 1)
OPENED = ("kanun-5490", "kanun-5490~in~BASED_ON~service~1", "heys-41004~out~PROVIDED_BY~organisation~1")


def explored(graph: Graph, acts: Sequence[str], at: date, since: int = 0, **more: Any) -> Explored:
    return explored_by(graph, ExplorerQuestion(act=tuple(acts), **more), at, since)


def shown(answer: Explored) -> list[str]:
    return [node.thing.id for node in answer.nodes]


def of_node(answer: Explored, identifier: str) -> ShownRecord:
    return next(node for node in answer.nodes if node.thing.id == identifier)


def places(answer: Explored) -> dict[str, tuple[float, float]]:
    return {node.thing.id: (node.x, node.y) for node in answer.nodes}


def triples(answer: Explored) -> set[tuple[str, str, str]]:
    return {(edge.source, edge.type, edge.target) for edge in answer.edges}


def test_a_record_is_shown_with_its_days_its_institution_and_counts_of_its_neighbours(sample: Graph) -> None:
    answer = explored(sample, ["kanun-5490"], TODAY)
    (node,) = answer.nodes
    assert (node.thing.id, node.act, node.parent) == ("kanun-5490", 0, None)
    assert node.valid_from == date(2006, 4, 29)
    assert node.institution is not None
    assert answer.institutions[node.institution].kind == "Organisation"
    counts = {(count.direction, count.type, count.kind): (count.total, count.shown) for count in node.counts}
    assert counts["in", "BASED_ON", "service"] == (5, 0)
    assert counts["out", "REPEALS", "legislation"] == (1, 0)


def test_opening_a_meaning_shows_its_neighbours_and_every_edge_among_those_shown(sample: Graph) -> None:
    answer = explored(sample, OPENED, TODAY)
    assert shown(answer)[0] == "kanun-5490"
    services = [node for node in answer.nodes if node.act == 1]
    assert [node.thing.id for node in services] == sorted(node.thing.id for node in services)
    assert {node.parent for node in services} == {"kanun-5490"}
    assert answer.acts[1] == StepOutcome(OPENED[1], 5, 5, more=False)
    provider = answer.nodes[-1]
    assert provider.parent == "heys-41004"
    assert ("heys-41004", "PROVIDED_BY", provider.thing.id) in triples(answer)
    assert {("kanun-5490", edge.type) for edge in answer.edges if edge.target == "kanun-5490"} == {
        ("kanun-5490", "BASED_ON")
    }
    based_on = next(count for count in answer.nodes[0].counts if (count.type, count.kind) == ("BASED_ON", "service"))
    assert based_on.shown == 5


def test_neighbours_come_page_by_page_and_say_how_many_are_left(sample: Graph) -> None:
    act = "99000001~in~ISSUED_BY~legislation"
    one, two, all_of_them = (explored(sample, ["99000001", f"{act}~{pages}"], TODAY) for pages in (1, 2, 99))
    total = one.acts[1].total
    assert total > 2 * steps.PAGE
    assert (one.acts[1].shown, one.acts[1].more) == (steps.PAGE, True)
    assert shown(two)[: steps.PAGE + 1] == shown(one)
    assert places(one).items() <= places(two).items()
    assert (len(all_of_them.nodes), all_of_them.acts[1].more) == (total + 1, False)


def test_pages_of_nought_gather_the_neighbours_in_one_node(sample: Graph) -> None:
    answer = explored(sample, ["99000001", "99000001~in~ISSUED_BY~legislation~0"], TODAY)
    (hub,) = answer.hubs
    assert (hub.id, hub.parent) == ("99000001~in~ISSUED_BY~legislation", "99000001")
    assert hub.total == answer.acts[1].total > steps.PAGE
    assert shown(answer) == ["99000001"]


def test_a_way_shows_both_ends_and_what_lies_between(sample: Graph) -> None:
    answer = explored(sample, ["path~heys-41004~anayasa-2709"], TODAY)
    assert {"heys-41004", "anayasa-2709"} <= set(shown(answer))
    way = ["heys-41004", *(node.thing.id for node in answer.nodes[2:]), "anayasa-2709"]
    joined = {frozenset((edge.source, edge.target)) for edge in answer.edges}
    assert len(way) > 2
    assert all(frozenset(pair) in joined for pair in pairwise(way))
    assert [of_node(answer, one).parent for one in way[1:-1]] == way[:-2]


def test_adding_acts_never_moves_what_lies_there(sample: Graph) -> None:
    said = [*OPENED, "99000001~in~ISSUED_BY~legislation~2", "path~99007301~kanun-5018", "veri-1", "il-06"]
    before: dict[str, tuple[float, float]] = {}
    for count in range(1, len(said) + 1):
        after = places(explored(sample, said[:count], TODAY))
        assert before.items() <= after.items()
        before = after
    assert len(set(before.values())) == len(before)


def test_a_patch_and_what_was_there_are_the_whole(sample: Graph) -> None:
    said = [*OPENED, "99000001~in~ISSUED_BY~legislation~1", "path~99007301~kanun-5018"]
    for since in range(1, len(said)):
        for ever in (False, True):
            before = explored(sample, said[:since], TODAY, ever=ever)
            patch = explored(sample, said, TODAY, ever=ever, since=since)
            whole = explored(sample, said, TODAY, ever=ever)
            counts = {told.id: told.counts for told in patch.touched}
            merged = [
                *(replace(node, counts=counts.get(node.thing.id, node.counts)) for node in before.nodes),
                *patch.nodes,
            ]
            assert tuple(merged) == whole.nodes
            assert {*before.edges, *patch.edges} == {*whole.edges}
            assert not {*before.edges} & {*patch.edges}
            assert {**before.institutions, **patch.institutions} == whole.institutions
            assert patch.acts == whole.acts


def test_hidden_records_are_left_out_with_their_edges_and_nothing_moves(sample: Graph) -> None:
    whole = explored(sample, OPENED, TODAY)
    without = explored(sample, OPENED, TODAY, hide=["heys-41005", "nobody"])
    assert [node.thing.id for node in whole.nodes if node.thing.id != "heys-41005"] == shown(without)
    assert places(without).items() <= places(whole).items()
    assert all("heys-41005" not in (edge.source, edge.target) for edge in without.edges)


def test_every_problem_of_every_act_is_told_at_once(sample: Graph) -> None:
    said = ["nobody", "a~b", "kanun-5490~up~BASED~thing~x", "path~kanun-5490~noone", "kanun-5490"]
    with pytest.raises(Invalid) as caught:
        explored(sample, said, TODAY)
    rules = [(problem.place["act"], problem.rule) for problem in caught.value.problems]
    assert rules == [
        ("nobody", "explorer.no_record"),
        ("a~b", "explorer.unreadable"),
        *(("kanun-5490~up~BASED~thing~x", f"explorer.bad_{part}") for part in ("direction", "type", "kind", "pages")),
        ("path~kanun-5490~noone", "explorer.no_record"),
    ]


def test_beyond_the_budget_the_answer_says_what_is_missing(sample: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ask, "MOST", 30)
    answer = explored(sample, ["99000001", "99000001~in~ISSUED_BY~legislation~2"], TODAY)
    assert len(answer.nodes) == 30
    assert answer.cut is not None
    assert not answer.complete
    assert answer.cut.values["left"] == 71
    assert answer.acts[1].more
    monkeypatch.setattr(ask, "MOST_EDGES", 5)
    monkeypatch.setattr(ask, "MOST", 500)
    answer = explored(sample, ["99000001", "99000001~in~ISSUED_BY~legislation~2"], TODAY)
    assert len(answer.edges) == 5
    assert answer.cut is not None
    assert answer.cut.key == "explorer.too_many_edges"


def lasts(fields: Mapping[str, Any], at: date) -> bool:
    first, last = fields.get("valid_from"), fields.get("valid_to")
    return (first is None or first <= at) and (last is None or at < last)


@pytest.mark.parametrize("days", ["today", "ever"])
@pytest.mark.parametrize("seed", range(3))
def test_edges_and_counts_are_those_of_the_day_or_of_all_days(
    store: Store, kinds: Schema, seed: int, days: str
) -> None:
    ever = days == "ever"
    drawn = random_graph(kinds, seed)
    drawn.written(store)
    graph = Graph(store, kinds, Follower(store, kinds, None))
    said = random.Random(seed).sample(sorted(drawn.records), 20)
    for at in days_asked(seed, 2):
        answer = explored(graph, said, at, ever=ever)
        joined: set[tuple[str, str, str]] = set()
        beside: dict[tuple[str, str, str, str], set[str]] = defaultdict(set)
        for (source, edge_type, target, _), fields in drawn.edges.items():
            if not (ever or (lasts(fields, at) and drawn.is_there(source, at))):
                continue
            beside[source, "out", edge_type, kinds.kinds[drawn.kinds[target]].slug].add(target)
            beside[target, "in", edge_type, kinds.kinds[drawn.kinds[source]].slug].add(source)
            if source in said and target in said:
                joined.add((source, edge_type, target))
        assert triples(answer) == joined
        assert all(edge.holds for edge in answer.edges) or ever
        for node in answer.nodes:
            for count in node.counts:
                met = beside.pop((node.thing.id, count.direction, count.type, count.kind))
                assert (count.total, count.shown) == (len(met), len(met.intersection(said)))
        assert not {identifier for identifier, *_ in beside}.intersection(said)
