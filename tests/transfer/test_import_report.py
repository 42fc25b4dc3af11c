"""The report of an import: early where all rows fail, in the order of the rows, counted truly, and small."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import AUTHOR
from map_texts import source_by

from kaysis_graph.graph.store import Store
from kaysis_graph.schema import Schema
from kaysis_graph.transfer import import_files, spool
from kaysis_graph.transfer.report import ImportReport

PLACES = """
[[record]]
kind = "Place"
id = "{id}"
[record.fields]
title = "{name}"
place_type = "{type}"
population = "{people}"

[[edge]]
type = "PART_OF"
when = { within = "*" }
from = "{id}"
to = "{within}"
"""
HEADER = "id,name,type,people,within\n"
Check = Callable[..., ImportReport]


@pytest.fixture
def check(store: Store, kinds: Schema, tmp_path: Path) -> Check:
    """A dry run over the files, each given as its text."""

    def run(*texts: str, rules: str = PLACES) -> ImportReport:
        paths = [tmp_path / f"{number}.csv" for number in range(len(texts))]
        for path, text in zip(paths, texts, strict=True):
            path.write_text(text, "utf-8")
        source = source_by(kinds, rules, paths)
        return import_files.check(store, kinds, source, AUTHOR, report_folder=tmp_path / "reports", language="en")

    return run


def places(count: int, kind: str = "village") -> str:
    """Villages that all belong to the last of them."""
    wholes = [f"koy-{count}"] * (count - 1) + [""]
    return "".join(f"koy-{number},Köy {number},{kind},,{whole}\n" for number, whole in enumerate(wholes, 1))


def test_an_error_of_every_row_is_told_after_the_first_thousand(check: Check) -> None:
    report = check(HEADER + places(3_000, "metropolis"))
    assert report.status == "refused"
    assert report.files[0].rows < 1_100
    assert {count.rule: count.count for count in report.by_rule} == {
        "checks.not_in_list": 1_000,
        "transfer.all_rows_wrong": 1,
    }
    # That the other end of an edge stands in a row which was not read is no fault of these.
    assert check(HEADER + places(3_000)).errors == 0


def test_one_sound_row_in_the_first_thousand_is_enough_to_read_on(check: Check) -> None:
    report = check(HEADER + "il-01,Adana,province,,\n" + places(1_500, "metropolis"))
    assert (report.files[0].rows, report.errors) == (1_501, 1_500)


def test_a_column_that_is_missing_is_told_before_the_rows(check: Check) -> None:
    report = check("id,name,typ,people\n" + "il-01,Adana,wrong,x\n" * 50)
    assert [(problem.rule, problem.place["column"]) for problem in report.first_problems] == [
        ("transfer.unknown_column", "typ"),
        ("transfer.missing_column", "type"),
        ("transfer.missing_column", "within"),
    ]


def test_a_column_the_map_does_not_know_is_told_after_the_first_thousand_rows(check: Check) -> None:
    wide = HEADER.replace("within", "within,note")
    report = check(wide + places(3_000).replace("\n", ",\n"))
    assert report.files[0].rows < 1_100
    assert {problem.rule for problem in report.first_problems} == {"transfer.columns_wrong", "transfer.unknown_column"}
    # Where it stands in a file that comes later, too: no row is read before all headers were.
    report = check(HEADER + places(3_000), wide + "il-01,Adana,province,,,\n")
    assert sum(file.rows for file in report.files) < 1_100
    assert ("1.csv", "note") in {
        (problem.place.get("file"), problem.place.get("column")) for problem in report.first_problems
    }


def test_a_column_the_map_does_not_know_is_told_early_where_each_row_names_its_own(
    store: Store, kinds: Schema, tmp_path: Path
) -> None:
    path = tmp_path / "places.jsonl"
    row = {"name": "Köy", "type": "village", "people": 1, "within": "", "note": ""}
    path.write_text("".join(json.dumps({"id": f"koy-{number}", **row}) + "\n" for number in range(1, 3_000)), "utf-8")
    report = import_files.check(store, kinds, source_by(kinds, PLACES, [path]), AUTHOR)
    assert report.files[0].rows < 1_100
    assert {problem.rule for problem in report.first_problems} == {"transfer.columns_wrong", "transfer.unknown_column"}


@pytest.mark.parametrize("said", ['ignore = "*"', 'ignore = ["*"]'])
def test_all_other_columns_are_left_aside_in_either_way_of_saying_it(check: Check, said: str) -> None:
    text = "id,name,type,people,within,a,b\nil-01,Adana,province,,,x,y\n"
    assert check(text, rules=f"{said}\n{PLACES}").errors == 0


def test_problems_stand_in_the_order_of_files_and_rows(check: Check) -> None:
    first = HEADER + "koy-9,Z,village,many,\nkoy-1,A,metropolis,,\nkoy-5,M,village,few,\n"
    report = check(first, HEADER + "koy-0,B,metropolis,,\n")
    assert [(problem.place["file"], problem.place["row"]) for problem in report.first_problems] == [
        ("0.csv", 2),
        ("0.csv", 3),
        ("0.csv", 4),
        ("1.csv", 2),
    ]


def test_a_report_of_many_alike_stays_small_and_says_how_many_there_are(
    check: Check, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spool, "MOST_ALIKE", 20)
    report = check(HEADER + "il-01,Adana,province,,\n" + places(90, "metropolis"))
    assert report.errors == 90
    assert report.problem_file is not None
    with report.problem_file.open(encoding="utf-8-sig", newline="") as file:
        told = list(csv.DictReader(file))
    assert len(told) == 21
    assert "70 more problems of checks.not_in_list (type)" in told[-1]["problem"]


def test_a_hint_names_the_key_of_the_map_that_helps(check: Check) -> None:
    rules = """
    [[record]]
    kind = "Organisation"
    id = "{id}"
    [record.fields]
    title = "{name}"
    category = "central_unit"
    """
    rows = '99500001.0,A,1,2\n1234567,B,,\n99500003,"İki\nSatır",,\n'
    told = check(f"id,name,x,y\n{rows}", rules=rules).first_problems
    assert [(one.rule, one.place["row"], one.place["column"]) for one in told] == [
        ("transfer.unknown_column", 1, "x"),
        ("transfer.unknown_column", 1, "y"),
        ("transfer.decimal_id", 2, "id"),
        ("transfer.short_id", 3, "id"),
        ("transfer.several_lines", 4, "name"),
    ]
    hints = [str(one.hint("tr")) for one in told]
    assert 'ignore = "*"' in hints[0]
    assert "^([0-9]+)" in hints[2]
    assert '{ from = "{id}", pad = 8 }' in hints[3]
    assert 'title = { from = "{name}", text = ["one_line"] }' in hints[4]
    wide = ",".join(f"k{number}" for number in range(300))
    many = check(f"id,name,{wide}\n1,A{',' * 300}\n", rules=rules).first_problems
    assert [one.rule for one in many[:11]] == ["transfer.unknown_column"] * 10 + ["transfer.unknown_columns"]
    assert many[10].values["count"] == "290"
