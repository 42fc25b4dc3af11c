"""Each rule over several records: a small state that keeps all of them, and one that breaks just this one."""

from collections.abc import Iterator
from datetime import date

import networkx as nx
import pytest
from conftest import AUTHOR
from dated_graphs import DatedGraph, days_asked, random_graph
from quality_worlds import BROKEN, NOW, seen, unit, world
from worlds import based_on, document, provided_by, service

from kaysis_graph import quality
from kaysis_graph.answers.answer import things
from kaysis_graph.answers.institution_choice import NOBODY
from kaysis_graph.errors import Invalid
from kaysis_graph.graph.follower import Follower
from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.store import Store
from kaysis_graph.messages import LANGUAGES
from kaysis_graph.quality import rules
from kaysis_graph.records import writer
from kaysis_graph.schema import Schema


def test_every_rule_is_broken_here() -> None:
    assert list(BROKEN) == list(rules.RULES)


def test_a_sound_state_breaks_no_rule(store: Store, kinds: Schema) -> None:
    graph = world(store, kinds, [])
    answer = quality.ask.of(graph, NOW, rules.chosen())
    assert (answer.total, answer.complete, answer.rows, answer.institutions) == (0, True, (), ())
    assert len(answer.rules) == len(rules.RULES)
    graph.follower.end()


@pytest.mark.parametrize("key", BROKEN)
def test_a_broken_rule_is_told_and_no_other(store: Store, kinds: Schema, key: str) -> None:
    changes, expected = BROKEN[key]
    graph = world(store, kinds, changes)
    found = [*quality.ask.stream(graph, NOW, rules.chosen())]
    assert seen(iter(found)) == expected
    for language in LANGUAGES:
        assert all(quality.ask.sentence(kinds, flaw, language) for flaw in found)
    graph.follower.end()


def test_facts_say_the_days_that_disagree(store: Store, kinds: Schema) -> None:
    graph = world(store, kinds, BROKEN["ends_unlike_repeal"][0])
    (flaw,) = quality.ask.stream(graph, NOW, rules.chosen())
    assert flaw.facts == {"valid_to": date(2012, 1, 1), "repealed_on": date(2010, 1, 1)}
    assert "2012-01-01" in quality.ask.sentence(kinds, flaw, "en")
    graph.follower.end()


def test_a_flaw_is_told_on_the_days_on_which_it_is_one(store: Store, kinds: Schema) -> None:
    graph = world(store, kinds, BROKEN["same_title"][0])
    assert seen(quality.ask.stream(graph, date(2014, 1, 1), rules.chosen(["same_title"]))) == [
        ("same_title", "99000001", ["99000003", "99000006"])
    ]
    graph.follower.end()


def test_what_was_mended_is_gone_at_once(store: Store, kinds: Schema) -> None:
    graph = world(store, kinds, BROKEN["service_without_basis"][0])
    assert quality.ask.of(graph, NOW, rules.chosen()).total == 1
    record, edges = writer.parsed(kinds, service(2, "A", provided_by(1), based_on("kanun-1")), {})
    store.write(lambda transaction: writer.merge(transaction, kinds, [record], edges, AUTHOR))
    graph.follower.catch_up()
    assert quality.ask.of(graph, NOW, rules.chosen()).total == 0
    graph.follower.end()


def test_flaws_are_told_page_by_page_and_by_institution(store: Store, kinds: Schema) -> None:
    lone = [service(number, f"Hizmet {number}", provided_by(2)) for number in range(2, 7)]
    other = [unit(3, "Kurul", category="independent_body"), service(9, "Hizmet 9", provided_by(3))]
    graph = world(store, kinds, [*lone, *other, document(3, "Unutulan")])
    chosen = rules.chosen(severity="warning")
    first = quality.ask.of(graph, NOW, chosen, limit=2)
    assert ([flaw.record.id for flaw in first.rows], first.total) == (["heys-2", "heys-3"], 6)
    assert first.cut is not None
    assert first.severities == {"error": 0, "warning": 6, "info": 0}
    assert [(share.institution and share.institution.id, share.count) for share in first.institutions] == [
        ("99000001", 5),
        ("99000003", 1),
    ]
    own = quality.ask.of(graph, NOW, chosen, institution="99000003")
    assert ([flaw.record.id for flaw in own.rows], own.complete) == (["heys-9"], True)
    of_nobody = quality.ask.of(graph, NOW, rules.chosen(), institution=NOBODY)
    assert [flaw.record.id for flaw in of_nobody.rows] == ["dbys-3"]
    last = quality.ask.of(graph, NOW, rules.chosen(["service_without_basis"]), offset=4, limit=4)
    assert [flaw.record.id for flaw in last.rows] == ["heys-6", "heys-9"]
    graph.follower.end()


def test_unknown_rules_are_all_named() -> None:
    with pytest.raises(Invalid) as refused:
        rules.chosen(["loop", "circle", "x"])
    assert [problem.values["key"] for problem in refused.value.problems] == ["circle", "x"]


def holding(graph: DatedGraph, edge_type: str, at: date) -> Iterator[tuple[str, str]]:
    for (source, name, target, _), days in graph.edges.items():
        first, last = days.get("valid_from"), days.get("valid_to")
        holds = (first is None or first <= at) and (last is None or at < last)
        if name == edge_type and holds and graph.is_there(source, at):
            yield source, target


@pytest.mark.parametrize("seed", range(4))
def test_circles_are_those_that_networkx_finds(store: Store, kinds: Schema, seed: int) -> None:
    dated = random_graph(kinds, seed, edges=260)
    dated.written(store)
    graph = Graph(store, kinds, Follower(store, kinds, None))
    for at in days_asked(seed, 4):
        for key, edge_type in (
            ("part_of_circle", "PART_OF"),
            ("based_on_circle", "BASED_ON"),
            ("requires_circle", "REQUIRES"),
        ):
            plain: nx.DiGraph[str] = nx.DiGraph(list(holding(dated, edge_type, at)))
            expected = sorted(sorted(part) for part in nx.strongly_connected_components(plain) if len(part) > 1)
            view = graph.on(at)
            found = rules.flaws(rules.RULES[key], store, view)
            told = [
                [thing.id for thing in things(view, [found.places[row], *found.others_of(row)])]
                for row in range(len(found))
            ]
            assert told == expected
            assert found.facts["members"] == [len(part) for part in expected]
        own = {
            (flaw.record.id, flaw.facts["relation"]) for flaw in quality.ask.stream(graph, at, rules.chosen(["loop"]))
        }
        assert {
            (source, name)
            for name in ("PART_OF", "BASED_ON")
            for source, target in holding(dated, name, at)
            if source == target
        } <= own
    graph.follower.end()
