"""The rules held against a day and an institution: what counts by then, whose it is, and what is refused."""

from datetime import date

import pytest
from quality_worlds import NOW, act, article, edge, seen, unit, world
from worlds import part_of, provided_by, service

from kaysis_graph import quality
from kaysis_graph.answers.institution_choice import NOBODY
from kaysis_graph.errors import Invalid
from kaysis_graph.graph.store import Store
from kaysis_graph.quality import rules
from kaysis_graph.schema import Schema


def test_what_has_not_begun_is_no_flaw_yet_and_what_ended_may_be(store: Store, kinds: Schema) -> None:
    changes = [
        unit(3, "A", part_of(1), edge("SUCCEEDED_BY", "99000004"), valid_to="2020-01-01"),
        unit(4, "B", part_of(1), edge("SUCCEEDED_BY", "99000003", valid_from="2020-01-01")),
        unit(5, "C", part_of(1), edge("SUCCEEDED_BY", "99000006")),
        unit(6, "D", part_of(1), edge("SUCCEEDED_BY", "99000005"), valid_from="2030-01-01"),
        unit(7, "Söylemeyen", part_of(1), number_is_invented=None, valid_from="2020-01-01", valid_to="2025-01-01"),
    ]
    graph = world(store, kinds, changes)
    chosen = rules.chosen(["succession_circle", "unlike_number"])
    assert seen(quality.ask.stream(graph, date(2019, 12, 31), chosen)) == []
    past = [("succession_circle", "99000003", ["99000004"]), ("unlike_number", "99000007", [])]
    assert seen(quality.ask.stream(graph, NOW, chosen)) == past
    assert [row[1] for row in seen(quality.ask.stream(graph, date(2030, 1, 1), chosen))] == [
        "99000003", "99000005", "99000007",
    ]  # fmt: skip
    graph.follower.end()


def test_a_provision_without_days_of_its_own_is_changed_no_sooner_than_its_act(store: Store, kinds: Schema) -> None:
    changes = [
        act(4, edge("AMENDS", "kanun-5.m1"), edge("REPEALS", "kanun-6.m1"), valid_from="1999-12-25"),
        act(5, valid_from="2000-01-01", gazette_on="1999-12-28"),
        article(5, 1),
        act(6, gazette_on="1999-12-28"),
        article(6, 1),
        # Published before it was amended, in force after it.
        act(7, edge("AMENDS", "kanun-1.m1"), valid_from="1999-12-25"),
    ]
    graph = world(store, kinds, changes)
    assert seen(quality.ask.stream(graph, NOW, rules.chosen(["changed_before_published"]))) == [
        ("changed_before_published", "kanun-5.m1", ["kanun-4"]),
        ("changed_before_published", "kanun-6.m1", ["kanun-4"]),
    ]
    graph.follower.end()


def test_a_unit_is_refused_with_its_institution_and_one_without_counts_as_of_none(store: Store, kinds: Schema) -> None:
    lone = [unit(3, "Sahipsiz"), service(2, "A", provided_by(3)), service(3, "B", provided_by(2))]
    graph = world(store, kinds, lone)
    chosen = rules.chosen(["service_without_basis"])
    answer = quality.ask.of(graph, NOW, chosen)
    assert {share.institution and share.institution.id: share.count for share in answer.institutions} == {
        "99000001": 1,
        None: 1,
    }
    of_none = quality.ask.of(graph, NOW, chosen, institution=NOBODY)
    assert [flaw.record.id for flaw in of_none.rows] == ["heys-2"]
    for identifier, rule, named in (
        ("99000002", "answers.unit_of_institution", "Bakanlık (99000001)"),
        ("99000003", "answers.unit_of_none", "of no institution"),
    ):
        with pytest.raises(Invalid) as refused:
            quality.ask.of(graph, NOW, chosen, institution=identifier)
        (problem,) = refused.value.problems
        assert problem.rule == rule
        assert named in problem.text("en")
    graph.follower.end()


def test_a_rule_less_severe_than_asked_for_is_refused() -> None:
    with pytest.raises(Invalid) as refused:
        rules.chosen(["loop", "unused_document"], "error")
    assert [problem.values["key"] for problem in refused.value.problems] == ["unused_document"]
    assert [rule.key for rule in rules.chosen(["loop", "unused_document"], "info")] == ["loop", "unused_document"]
