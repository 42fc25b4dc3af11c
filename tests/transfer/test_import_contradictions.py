"""What an import would set against itself or against the graph is refused, or told with both values."""

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import AUTHOR
from map_texts import import_text

from kaysis_graph.graph.queries import load
from kaysis_graph.graph.store import Store
from kaysis_graph.records.checks import StoredEdgeRow
from kaysis_graph.schema import Schema
from kaysis_graph.transfer import job_undo, jobs
from kaysis_graph.transfer.report import ImportReport

UNITS = """
[[record]]
kind = "Organisation"
id = "{no}"
[record.fields]
title = "{name}"
category = "central_unit"
[[edge]]
type = "PART_OF"
when = { parent = "*" }
from = "{no}"
to = "{parent}"
[edge.fields]
valid_from = "{since}"
valid_to = "{until}"
"""
HEADER = "no,name,parent,since,until\n"
LEAVING = load("records/edges_leaving")
Bring = Callable[..., ImportReport]


@pytest.fixture
def bring(store: Store, kinds: Schema, tmp_path: Path) -> Bring:
    """An import of rows of units."""

    def run(rows: str, rules: str = UNITS) -> ImportReport:
        return import_text(store, kinds, rules, tmp_path / "rows.csv", HEADER + rows)

    return run


def parents(store: Store, identifier: str) -> list[tuple[str, str]]:
    rows = store.read(LEAVING, into=StoredEdgeRow, ids=[identifier])
    return sorted((row.target, row.properties["first_day"]) for row in rows)


@pytest.mark.parametrize(
    ("rows", "rule", "ids"),
    [
        ("99500001,A,99500001,2020-01-01,\n", "transfer.part_of_itself", "99500001 → 99500001"),
        (
            "99500001,A,99500003,,\n99500002,B,99500001,,\n99500003,C,99500002,,\n",
            "transfer.part_of_circle",
            "99500001 → 99500003 → 99500002 → 99500001",
        ),
        # The other half of the circle is in the graph.
        ("99500009,Top,99500007,,\n", "transfer.part_of_circle", "99500007 → 99500008 → 99500009 → 99500007"),
    ],
)
def test_what_would_be_part_of_itself_is_refused(bring: Bring, rows: str, rule: str, ids: str) -> None:
    assert bring("99500009,Top,,,\n99500008,Mid,99500009,,\n99500007,Low,99500008,,\n").status == "written"
    report = bring(rows)
    assert report.status == "refused"
    (told,) = [problem for problem in report.first_problems if problem.severity == "error"]
    assert (told.rule, told.values["ids"]) == (rule, ids)
    assert "row" in told.place


def test_units_that_change_places_on_a_day_are_no_circle(bring: Bring) -> None:
    rows = "99500001,A,,,\n99500001,A,99500002,2010-01-01,2015-01-01\n99500002,B,99500001,2015-01-01,\n"
    assert bring(rows).status == "written"


def warned(report: ImportReport) -> list[tuple[str, dict[str, object]]]:
    return [(problem.rule, dict(problem.values)) for problem in report.first_problems]


def test_another_parent_on_the_same_days_is_told_with_the_import_that_wrote_the_first(
    store: Store, kinds: Schema, bring: Bring
) -> None:
    bring(
        "99500001,A,,,\n99500002,B,,,\n99500005,Both,99500001,2020-01-01,\n99500006,Both,99500001,2010-01-01,2020-01-01\n"
    )
    (first,) = [job.id for job in jobs.every(store)]
    report = bring("99500005,Both,99500002,2020-01-01,\n99500006,Both,99500002,2020-01-01,\n")
    values = {"id": "99500005", "whole": "99500002", "other": "99500001", "since": "2020-01-01", "origin": first}
    assert warned(report) == [("transfer.other_whole", values)]
    assert report.first_problems[0].place["row"] == 2
    second = bring("99500007,C,99500001,,\n99500007,C,99500002,,\n")
    assert warned(second) == [
        ("transfer.other_whole", {**values, "id": "99500007", "since": "–", "origin": "rows.csv:2"})
    ]
    job_undo.undo(store, kinds, report.job, AUTHOR)
    assert parents(store, "99500005") == [("99500001", "2020-01-01")]


def test_another_name_without_a_day_is_told_with_both(store: Store, kinds: Schema, bring: Bring) -> None:
    first = bring("99500001,Eski Ad,,,\n")
    report = bring("99500001,Yeni Ad,,,\n")
    values = {"field": "title", "before": "Eski Ad", "after": "Yeni Ad", "origin": first.job}
    assert warned(report) == [("transfer.value_replaced", values)]
    # What was undone since wrote nothing.
    job_undo.undo(store, kinds, report.job, AUTHOR)
    assert warned(bring("99500001,Yeni Ad,,,\n")) == [("transfer.value_replaced", values)]
    assert 'keep = ["title"]' in str(report.first_problems[0].hint("en"))


@pytest.mark.parametrize(
    ("second", "day"),
    [
        ("99500002,B,99500001,2020-02-01,\n", "2020-02-01"),
        # Nothing is told of the day: the edge that is there is meant.
        ("99500002,B,99500001,,\n", "2020-01-01"),
    ],
)
def test_a_corrected_day_leaves_no_second_edge(
    store: Store, kinds: Schema, bring: Bring, second: str, day: str
) -> None:
    first = bring("99500001,A,,,\n99500002,B,99500001,2020-01-01,\n")
    report = bring(second)
    assert parents(store, "99500002") == [("99500001", day)]
    if day == "2020-01-01":
        assert report.status == "unchanged"
        return
    values = {"type": "PART_OF", "to": "99500001", "before": "2020-01-01", "after": day, "origin": first.job}
    assert warned(report) == [("transfer.day_corrected", values)]
    assert (report.edges.new, report.edges.changed) == (0, 1)
    assert bring(second).status == "unchanged"
    job_undo.undo(store, kinds, report.job, AUTHOR)
    assert parents(store, "99500002") == [("99500001", "2020-01-01")]


def test_two_spells_that_do_not_overlap_are_two_edges(store: Store, bring: Bring) -> None:
    bring("99500001,A,,,\n99500002,B,99500001,2010-01-01,2012-01-01\n")
    assert warned(bring("99500002,B,99500001,2020-01-01,\n")) == []
    assert len(parents(store, "99500002")) == 2


def test_ends_that_are_last_days_are_told_with_the_key_that_mends_them(bring: Bring) -> None:
    before = "99500001,A,,,\n99500002,B,,,\n99500003,C,99500001,2010-01-01,31.12.2019\n"
    report = bring(before + "99500003,C,99500002,2020-01-01,\n")
    (told,) = report.first_problems
    assert (told.rule, told.place["row"], told.place["column"]) == ("transfer.inclusive_end", 4, "until")
    assert 'valid_to = { from = "{until}", add_days = 1 }' in str(told.hint("en"))
    mended = UNITS.replace('valid_to = "{until}"', 'valid_to = { from = "{until}", add_days = 1 }')
    assert [one.rule for one in bring("99500003,C,99500001,2010-01-01,31.12.2019\n", mended).first_problems] == []


def test_a_successor_that_begins_a_day_later_tells_of_the_end_of_the_one_before(bring: Bring) -> None:
    rules = """
    [[record]]
    kind = "Organisation"
    id = "{no}"
    [record.fields]
    title = "{name}"
    category = "municipality"
    valid_from = "{since}"
    valid_to = "{until}"
    [[edge]]
    type = "SUCCEEDED_BY"
    when = { parent = "*" }
    from = "{no}"
    to = "{parent}"
    """
    report = bring("99500001,A,99500002,01.01.2010,31.12.2019\n99500002,B,,01.01.2020,\n", rules)
    (told,) = report.first_problems
    assert (told.rule, told.place["row"], told.values["last"]) == ("transfer.inclusive_end", 2, "2019-12-31")


def test_an_act_that_repeals_itself_is_told(bring: Bring) -> None:
    rules = """
    [[record]]
    kind = "Legislation"
    id = "{no}"
    [record.fields]
    title = "{name}"
    legislation_type = "law"
    number = "1"
    [[edge]]
    type = "REPEALS"
    when = { parent = "*" }
    from = "{no}"
    to = "{parent}"
    [edge.fields]
    valid_from = "{since}"
    valid_to = "{until}"
    """
    report = bring("kanun-1,A,kanun-1,2020-01-01,\nkanun-2,B,kanun-1,2020-01-01,\n", rules)
    told = [problem for problem in report.first_problems if problem.rule == "transfer.self_effect"]
    assert [(one.place["row"], one.severity) for one in told] == [(2, "warning")]
    # What happens on a day may happen again on another.
    assert bring("kanun-2,B,kanun-1,2021-01-01,\n", rules).edges.new == 1
