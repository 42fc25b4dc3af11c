"""Files become records and edges: every format, every problem named, never doubled, resumed and undone."""

import csv
import gzip
import json
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from conftest import AUTHOR

from kaysis_graph.errors import Invalid, NotFound
from kaysis_graph.graph import history
from kaysis_graph.graph.queries import load, parse
from kaysis_graph.graph.store import Store
from kaysis_graph.records import writer
from kaysis_graph.records.checks import StoredEdgeRow
from kaysis_graph.schema import Schema
from kaysis_graph.transfer import batches, import_files, job_undo, jobs, seed_data
from kaysis_graph.transfer.maps import definition, mapped_source
from kaysis_graph.transfer.maps.rules import ImportMap
from kaysis_graph.transfer.report import ImportReport

ACTS = """
[values]
act = "{prefix}-{no}"
prefix = { from = "{type}", values = { "1" = "kanun", "4" = "khk" } }

[[record]]
kind = "Legislation"
id = "{act}"
[record.fields]
title = "{title}"
number = "{no}"
gazette_on = "{date}"
legislation_type = { from = "{type}", values = { "1" = "law", "4" = "decree_law" } }
"""
PLACES = """
[[record]]
kind = "Place"
id = "{id}"
[record.fields]
title = "{name}"
place_type = "{type}"

[[edge]]
type = "PART_OF"
when = { within = "*" }
from = "{id}"
to = "{within}"
"""
HEADER = "id,name,type,within\n"
LEAVING = load("records/edges_leaving")
ALL_TITLES = parse(
    "titles",
    "// Every record with its name.\n// gives: id, title\n"
    "MATCH (record:Record) RETURN record.id AS id, record.title AS title",
)


@dataclass(frozen=True)
class Titled:
    """A record and its name."""

    id: str
    title: str


def read_map(kinds: Schema, text: str) -> ImportMap:
    return definition.parse(tomllib.loads(text), kinds, "map.toml")


def rules(report: ImportReport) -> list[tuple[str, Any, Any]]:
    """Rule, row and column of every problem."""
    return [(one.rule, one.place.get("row"), one.place.get("column")) for one in report.first_problems]


def titles(store: Store, kinds: Schema, *ids: str) -> list[str]:
    found = writer.existing(store, kinds, ids)
    return [found[identifier].title for identifier in ids]


def parts(store: Store, identifier: str) -> list[tuple[str, str, date | None]]:
    rows = store.read(LEAVING, into=StoredEdgeRow, ids=[identifier])
    return sorted((row.target, row.properties["first_day"], row.properties.get("valid_to")) for row in rows)


def write_table(path: Path, rows: list[list[str]]) -> None:
    """The same table in the format the name of the file asks for."""
    header, *body = rows
    objects = [dict(zip(header, row, strict=True)) for row in body]
    match path.name.removesuffix(".gz").rpartition(".")[2]:
        case "csv":
            content = "\n".join(";".join(row) for row in rows).encode()
        case "json":
            content = json.dumps({"data": {"acts": objects}}).encode()
        case "jsonl":
            content = "\n".join(json.dumps(row) for row in objects).encode()
        case _:
            book = openpyxl.Workbook()
            book.worksheets[0].append(["not this sheet"])
            sheet = book.create_sheet("Acts")
            for row in rows:
                sheet.append([int(cell) if cell.isdigit() else cell for cell in row])
            book.save(path)
            return
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)


@pytest.mark.parametrize(
    "name", ["acts.csv", "acts.csv.gz", "acts.json", "acts.json.gz", "acts.jsonl", "acts.jsonl.gz", "acts.xlsx"]
)
def test_every_format_becomes_the_same_records_and_a_second_run_changes_nothing(
    store: Store, kinds: Schema, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    table = [
        ["type", "no", "title", "date"],
        ["1", "5018", "Kamu Malî Yönetimi", "24/12/2003"],
        ["4", "375", "KHK", "30.06.1989"],
    ]
    write_table(path, table)
    source = '[source]\nrows = "data.acts"\nsheet = "Acts"\n'
    acts = read_map(kinds, source + ACTS)
    report = import_files.run(store, kinds, mapped_source.source(kinds, [path], acts), AUTHOR)
    assert (report.status, report.records.new, report.errors) == ("written", 2, 0)
    found = writer.existing(store, kinds, ["kanun-5018", "khk-375"])
    assert found["kanun-5018"].fields["gazette_on"] == date(2003, 12, 24)
    assert found["khk-375"].fields["number"] == "375"
    again = import_files.run(store, kinds, mapped_source.source(kinds, [path], acts), AUTHOR)
    assert (again.status, again.changes, again.records.unchanged) == ("unchanged", 0, 2)
    assert history.head(store).number == report.sequence == 1


@pytest.mark.parametrize(
    ("encoding", "named"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("cp1254", "windows-1254"),
        ("iso-8859-9", "iso-8859-9"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
    ],
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_encoding_and_delimiter_are_found_and_named(  # noqa: PLR0913  # fixtures
    store: Store, kinds: Schema, tmp_path: Path, encoding: str, named: str, delimiter: str
) -> None:
    path = tmp_path / "places.csv"
    quote = "’" if encoding == "cp1254" else "'"
    rows = [["id", "name", "type", "within"], ["il-34", f"İstanbul{quote}un Ağrı Çığ Şöü", "province", ""]]
    path.write_bytes("\r\n".join(delimiter.join(row) for row in rows).encode(encoding))
    report = import_files.check(store, kinds, mapped_source.source(kinds, [path], read_map(kinds, PLACES)), AUTHOR)
    assert (report.status, report.errors) == ("checked", 0)
    assert (report.files[0].encoding, report.files[0].delimiter, report.files[0].rows) == (named, delimiter, 1)
    assert history.head(store).number == 0


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"id,name\n\x00\x01\x02\xff\xfe\xfd\x80\x81" * 30, "transfer.encoding"),
        ("id,name,type,within\nil-01,Привет мир наши люди,province,\n".encode("cp1251"), "transfer.encoding"),
        ("id,name,type,within\nil-01,Ä°stanbul Ã§Ã¶Ã¼ÄŸ,province,\n".encode(), "transfer.decoded_twice"),
    ],
)
def test_a_file_that_is_no_turkish_text_is_refused_before_its_rows(
    store: Store, kinds: Schema, tmp_path: Path, content: bytes, rule: str
) -> None:
    path = tmp_path / "places.csv"
    path.write_bytes(content)
    report = import_files.run(store, kinds, mapped_source.source(kinds, [path], read_map(kinds, PLACES)), AUTHOR)
    assert report.status == "refused"
    assert rule in {problem.rule for problem in report.first_problems}


def test_every_problem_is_named_with_its_row_and_column_and_nothing_is_written(
    store: Store, kinds: Schema, tmp_path: Path
) -> None:
    path = tmp_path / "acts.csv"
    path.write_text(
        "type;no;title;date;extra\n"
        '1;1;"Over\ntwo lines";1/1/2000;\n'
        "9;2;Unknown type;1/1/2000;\n"
        "1;3;No such day;31/2/2000;\n"
        "1;4;No date;soon;\n"
        "1;;No number;1/1/2000;\n"
        "1;5;;1/1/2000;\n"
        "1;6;First;1/1/2000;\n"
        "1;6;Second;1/1/2000;\n"
        "1;7;Short\n",
        "utf-8",
    )
    report = import_files.run(
        store,
        kinds,
        mapped_source.source(kinds, [path], read_map(kinds, ACTS)),
        AUTHOR,
        report_folder=tmp_path,
        language="en",
    )
    assert report.status == "refused"
    problems = [problem for problem in report.first_problems if problem.severity == "error"]
    assert {(problem.rule, problem.place["row"], problem.place.get("column")) for problem in problems} == {
        ("transfer.unknown_column", 1, "extra"),
        ("transfer.several_lines", 2, "title"),
        ("transfer.not_in_values", 4, "type, no"),
        ("transfer.no_such_day", 5, "date"),
        ("transfer.unreadable_date", 6, "date"),
        ("checks.wrong_id", 7, "type, no"),
        ("checks.missing_field", 8, "title"),
        ("transfer.given_twice", 10, "title"),
        ("transfer.width", 11, None),
    }
    assert history.head(store).number == 0
    assert report.problem_file is not None
    with report.problem_file.open(encoding="utf-8-sig", newline="") as file:
        told = list(csv.DictReader(file))
    assert len(told) == report.errors + report.warnings == len(report.first_problems)
    assert all(line["problem"] and line["hint"] and line["file"] == "acts.csv" for line in told)
    assert any("31/2/2000" in line["problem"] for line in told if line["row"] == "5")


def test_the_column_of_a_field_is_named_even_when_the_schema_refuses_the_value(
    store: Store, kinds: Schema, tmp_path: Path
) -> None:
    path = tmp_path / "places.csv"
    path.write_text(HEADER + "il-01,Adana,metropolis,\nil-02,Adıyaman,il,\nilce-3,Aladağ,İLÇE,il-09\n", "utf-8")
    report = import_files.run(store, kinds, mapped_source.source(kinds, [path], read_map(kinds, PLACES)), AUTHOR)
    problems = {(problem.rule, problem.place["row"], problem.place.get("column")) for problem in report.first_problems}
    # A code may be given by its label in either language, in any case.
    assert problems == {("checks.not_in_list", 2, "type"), ("checks.no_target", 4, "within")}
    hints = {problem.rule: problem.hint("en") for problem in report.first_problems}
    assert "province (İl)" in hints["checks.not_in_list"]


def test_a_map_says_what_it_may_not(kinds: Schema) -> None:
    with pytest.raises(Invalid) as refused:
        read_map(kinds, '[[record]]\nkind = "Place"\nid = "{id}"\nwhenn = {}\n')
    assert refused.value.problems[0].rule == "transfer.map_key"
    with pytest.raises(Invalid) as refused:
        read_map(
            kinds,
            '[[record]]\nkind = "Place"\nid = "{id}"\n[record.fields]\n'
            'colour = "{x}"\ntitle = { from = "{y}", values = "z" }\n'
            '[[record]]\nkind = "City"\nid = "1"\n'
            '[[edge]]\ntype = "NEAR"\nfrom = "{a}"\nto = "{b}"\nmissing = "stub"\n',
        )
    assert sorted(problem.rule for problem in refused.value.problems) == [
        "checks.unknown_field",
        "checks.unknown_kind",
        "transfer.map_edge",
        "transfer.map_lookup",
        "transfer.map_stub",
    ]


@pytest.mark.parametrize("stage", ["check", "write"])
def test_what_another_writes_while_an_import_runs_is_neither_lost_nor_doubled(
    store: Store, kinds: Schema, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stage: str
) -> None:
    monkeypatch.setattr(batches, "MOST", 1)
    path = tmp_path / "places.csv"
    path.write_text(HEADER + "il-01,Adana,province,\nilce-101,Aladağ,district,il-01\nilce-102,Ceyhan,district,il-01\n")
    others: list[dict[str, Any]] = [
        {
            "kind": "Place",
            "id": "ilce-102",
            "title": "Başka ad",
            "place_type": "district",
            "population": 7,
            "edges": [{"type": "PART_OF", "to": "il-01"}],
        },
        {"kind": "Place", "id": "il-01", "title": "Adana", "place_type": "province"},
    ]

    def progress(now: str, *_: object) -> None:
        # Compared as new, and there by the time it is written.
        while now == stage and others:
            writer.save(store, kinds, others.pop(), AUTHOR)

    source = mapped_source.source(kinds, [path], read_map(kinds, PLACES))
    assert import_files.run(store, kinds, source, AUTHOR, progress=progress).status == "written"
    assert not others
    record = writer.existing(store, kinds, ["ilce-102"])["ilce-102"]
    assert (record.title, record.fields["population"]) == ("Ceyhan", 7)
    assert parts(store, "ilce-102") == [("il-01", "", None)]
    assert isinstance([*history.verify(store)][-1], history.Head)
    assert import_files.run(store, kinds, source, AUTHOR).status == "unchanged"


def test_what_a_map_says_itself_is_held_against_the_schema_before_any_row(kinds: Schema) -> None:
    with pytest.raises(Invalid) as refused:
        read_map(
            kinds,
            """
            [lookups.tie]
            "1" = "service unit"
            "2" = "birim"
            [[record]]
            kind = "Organisation"
            id = "{id}"
            [record.fields]
            title = "{name}"
            category = "central_units"
            status = { from = "{status}", values = { "BAŞKANLIK" = "department_presidency", "ŞUBE" = "brnch" } }
            level = { from = "{level}", otherwise = "nowhere" }
            number_is_invented = "perhaps"
            valid_from = "31.02.2020"
            valid_to = { from = "{end}", otherwise = "2020-13-01", unreadable = "address" }
            website = "kurum.gov.tr"
            phone = "{phone}"
            [[edge]]
            type = "PART_OF"
            from = "{id}"
            to = "{within}"
            [edge.fields]
            tie = { from = "{tie}", values = "tie" }
            is_secondary = "hayır"
            """,
        )
    assert [(problem.place["key"], problem.rule, problem.values["value"]) for problem in refused.value.problems] == [
        ("record 1.category", "checks.not_in_list", "central_units"),
        ("record 1.status", "checks.not_in_list", "brnch"),
        ("record 1.level", "checks.not_in_list", "nowhere"),
        ("record 1.number_is_invented", "transfer.no_flag", "perhaps"),
        ("record 1.valid_from", "transfer.no_such_day", "31.02.2020"),
        ("record 1.website", "checks.not_a_link", "kurum.gov.tr"),
        # "Service unit" is the label of a code.
        ("edge 1.tie", "checks.not_in_list", "birim"),
    ]


def test_a_column_the_map_asks_for_must_be_there_and_others_may_be_ignored(
    store: Store, kinds: Schema, tmp_path: Path
) -> None:
    path = tmp_path / "places.csv"
    path.write_text("id,name,typ,note\nil-01,Adana,province,\n", "utf-8")
    report = import_files.check(store, kinds, mapped_source.source(kinds, [path], read_map(kinds, PLACES)), AUTHOR)
    columns = {
        (problem.rule, problem.place["column"]) for problem in report.first_problems if "column" in problem.place
    }
    assert columns >= {
        ("transfer.unknown_column", "note"),
        ("transfer.unknown_column", "typ"),
        ("transfer.missing_column", "type"),
        ("transfer.missing_column", "within"),
    }
    path.write_text("id,name,type,note,within\nil-01,Adana,province,,\n", "utf-8")
    assert (
        import_files.check(
            store, kinds, mapped_source.source(kinds, [path], read_map(kinds, 'ignore = "*"\n' + PLACES)), AUTHOR
        ).errors
        == 0
    )
    assert (
        import_files.check(
            store, kinds, mapped_source.source(kinds, [path], read_map(kinds, 'ignore = ["note"]\n' + PLACES)), AUTHOR
        ).errors
        == 0
    )


def test_a_missing_target_is_reported_or_made_a_stub_which_a_later_import_fills(
    store: Store, kinds: Schema, tmp_path: Path
) -> None:
    path = tmp_path / "places.csv"
    path.write_text(HEADER + "ilce-1,Çankaya,district,il-06\n", "utf-8")
    assert (
        import_files.run(store, kinds, mapped_source.source(kinds, [path], read_map(kinds, PLACES)), AUTHOR).status
        == "refused"
    )
    with_stubs = read_map(
        kinds,
        PLACES + 'missing = "stub"\n[edge.stub]\nkind = "Place"\n'
        '[edge.stub.fields]\ntitle = "{within}"\nplace_type = "province"\n',
    )
    report = import_files.run(store, kinds, mapped_source.source(kinds, [path], with_stubs), AUTHOR)
    assert (report.records.new, report.edges.new) == (2, 1)
    assert writer.existing(store, kinds, ["il-06"])["il-06"].fields["is_stub"] is True
    path.write_text(HEADER + "il-06,Ankara,province,\n", "utf-8")
    import_files.run(store, kinds, mapped_source.source(kinds, [path], read_map(kinds, PLACES)), AUTHOR)
    ankara = writer.existing(store, kinds, ["il-06"])["il-06"]
    assert (ankara.title, "is_stub" in ankara.fields) == ("Ankara", False)
    path.write_text(HEADER + "ilce-1,Çankaya,district,il-06\n", "utf-8")
    assert import_files.run(store, kinds, mapped_source.source(kinds, [path], with_stubs), AUTHOR).status == "unchanged"


def test_a_former_name_without_a_first_day_is_no_change_when_it_comes_again(
    store: Store, kinds: Schema, tmp_path: Path
) -> None:
    path = tmp_path / "units.csv"
    path.write_text("no,name,former,until\n99500001,Su İşleri,Sular İdaresi,2018-07-09\n", "utf-8")
    mapping = read_map(
        kinds,
        '[[record]]\nkind = "Organisation"\nid = "{no}"\n'
        '[record.fields]\ntitle = "{name}"\ncategory = "central_unit"\nnumber_is_invented = true\n'
        '[record.earlier.title]\nvalue = "{former}"\nvalid_to = "{until}"\n',
    )
    assert import_files.run(store, kinds, mapped_source.source(kinds, [path], mapping), AUTHOR).status == "written"
    assert import_files.run(store, kinds, mapped_source.source(kinds, [path], mapping), AUTHOR).status == "unchanged"


def test_a_stub_keeps_the_name_that_an_earlier_import_gave_it(store: Store, kinds: Schema, tmp_path: Path) -> None:
    path = tmp_path / "places.csv"
    stub = (
        PLACES + 'missing = "stub"\n[edge.stub]\nkind = "Place"\n[edge.stub.fields]\nplace_type = "province"\ntitle = '
    )
    path.write_text(HEADER + "ilce-1,Çankaya,district,il-06\n", "utf-8")
    import_files.run(store, kinds, mapped_source.source(kinds, [path], read_map(kinds, stub + '"Ankara"\n')), AUTHOR)
    path.write_text(HEADER + "ilce-2,Keçiören,district,il-06\n", "utf-8")
    import_files.run(store, kinds, mapped_source.source(kinds, [path], read_map(kinds, stub + '"{within}"\n')), AUTHOR)
    assert writer.existing(store, kinds, ["il-06"])["il-06"].title == "Ankara"


def test_a_value_to_keep_is_not_replaced_and_what_is_not_told_stays(
    store: Store, kinds: Schema, tmp_path: Path
) -> None:
    told = {"kind": "Place", "id": "il-06", "title": "Ankara", "place_type": "province", "population": 5}
    writer.save(store, kinds, told, AUTHOR)
    path = tmp_path / "places.csv"
    path.write_text(HEADER + "il-06,ANKARA,province,\n", "utf-8")
    keeping = read_map(kinds, PLACES.replace('id = "{id}"', 'id = "{id}"\nkeep = ["title"]', 1))
    assert import_files.run(store, kinds, mapped_source.source(kinds, [path], keeping), AUTHOR).status == "unchanged"
    assert (
        import_files.run(
            store, kinds, mapped_source.source(kinds, [path], read_map(kinds, PLACES)), AUTHOR
        ).records.changed
        == 1
    )
    place = writer.existing(store, kinds, ["il-06"])["il-06"]
    assert (place.title, place.fields["population"]) == ("ANKARA", 5)


EVENTS = """
[[edge]]
type = "PART_OF"
when = { event = ["there", "added"] }
from = "{unit}"
to = "99001009"
[edge.fields]
valid_from = { from = "{day}", otherwise = "2018-07-10" }

[[edge]]
type = "PART_OF"
when = { event = "repealed" }
from = "{unit}"
to = "99001009"
ends = "{day}"
[edge.fields]
valid_from = "2018-07-10"

[[record]]
kind = "Organisation"
id = "{unit}"
[record.fields]
title = "Birim"
category = "central_unit"

[[record]]
kind = "Organisation"
id = "99001009"
[record.fields]
title = "Bakanlık"
category = "ministry"
"""


def test_events_open_and_close_edges_in_whatever_order_they_stand(store: Store, kinds: Schema, tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_text(
        "unit,event,day\n"
        "99000001,added,16/10/2025\n"
        "99000001,repealed,10/1/2019\n"
        "99000002,there,\n"
        "99000002,repealed,30/6/2021\n"
        "99000002,added,1/1/2022\n"
        "99000003,there,\n",
        "utf-8",
    )
    events = read_map(kinds, EVENTS)
    report = import_files.run(store, kinds, mapped_source.source(kinds, [path], events), AUTHOR)
    assert report.errors == 0, rules(report)
    assert parts(store, "99000001") == [
        ("99001009", "2018-07-10", date(2019, 1, 10)),
        ("99001009", "2025-10-16", None),
    ]
    assert parts(store, "99000002") == [
        ("99001009", "2018-07-10", date(2021, 6, 30)),
        ("99001009", "2022-01-01", None),
    ]
    assert import_files.run(store, kinds, mapped_source.source(kinds, [path], events), AUTHOR).status == "unchanged"
    # A later file ends what an earlier one began.
    path.write_text("unit,event,day\n99000003,repealed,2 Mart 2024\n", "utf-8")
    assert import_files.run(store, kinds, mapped_source.source(kinds, [path], events), AUTHOR).edges.changed == 1
    assert parts(store, "99000003") == [("99001009", "2018-07-10", date(2024, 3, 2))]


def many_places(path: Path, count: int) -> Path:
    rows = (f"koy-{number},Köy {number},village,il-01\n" for number in range(1, count + 1))
    path.write_text(HEADER + "il-01,Adana,province,\n" + "".join(rows), "utf-8")
    return path


class Crash(Exception):
    """The process is gone."""


def test_an_import_that_crashed_goes_on_under_the_same_job_and_doubles_nothing(
    store: Store, kinds: Schema, tmp_path: Path
) -> None:
    path = many_places(tmp_path / "places.csv", 4_500)
    places = read_map(kinds, PLACES)

    def crash(stage: str, done: int, _: int | None) -> None:
        if stage == "write" and done >= 5_000:
            raise Crash

    with pytest.raises(Crash):
        import_files.run(store, kinds, mapped_source.source(kinds, [path], places), AUTHOR, progress=crash)
    (job,) = jobs.every(store)
    assert (job.status, job.records) == ("writing", 4_501)
    assert 0 < job.edges < 4_500
    report = import_files.run(store, kinds, mapped_source.source(kinds, [path], places), AUTHOR)
    assert (report.job, report.status, report.records.new, report.records.unchanged) == (job.id, "written", 0, 4_501)
    (job,) = jobs.every(store)
    assert (job.status, job.records, job.edges) == ("done", 4_501, 4_500)
    assert {change.job for change in history.all_changes(store)} == {job.id}
    assert import_files.run(store, kinds, mapped_source.source(kinds, [path], places), AUTHOR).changes == 0


def test_an_import_is_undone_by_new_changes_and_may_come_again(store: Store, kinds: Schema, tmp_path: Path) -> None:
    before = {"kind": "Place", "id": "il-01", "title": "ADANA", "place_type": "province"}
    writer.save(store, kinds, before, AUTHOR)
    path = many_places(tmp_path / "places.csv", 30)
    report = import_files.run(store, kinds, mapped_source.source(kinds, [path], read_map(kinds, PLACES)), AUTHOR)
    undone = job_undo.undo(store, kinds, report.job, AUTHOR)
    assert (undone.records, undone.edges, undone.sequence) == (31, 30, 5)
    assert titles(store, kinds, "il-01") == ["ADANA"]
    assert writer.existing(store, kinds, ["koy-7"]) == {}
    assert jobs.every(store)[0].status == "undone"
    assert list(history.verify(store)) == [history.head(store)]
    again = import_files.run(store, kinds, mapped_source.source(kinds, [path], read_map(kinds, PLACES)), AUTHOR)
    assert (again.status, again.records.new) == ("written", 30)
    assert again.job != report.job
    assert [change.number for change in history.changes_of(store, "koy-7")] == [7, 6, 5, 4, 3, 2]
    job_undo.undo(store, kinds, again.job, AUTHOR)
    assert writer.existing(store, kinds, ["koy-7"]) == {}


def test_an_import_on_which_others_have_built_is_not_undone(store: Store, kinds: Schema, tmp_path: Path) -> None:
    path = many_places(tmp_path / "places.csv", 3)
    report = import_files.run(store, kinds, mapped_source.source(kinds, [path], read_map(kinds, PLACES)), AUTHOR)
    edge = {"type": "PART_OF", "to": "koy-1"}
    told = {"kind": "Place", "id": "mahalle-1", "title": "Mahalle", "place_type": "neighbourhood", "edges": [edge]}
    writer.save(store, kinds, told, AUTHOR)
    changed = {"kind": "Place", "id": "koy-2", "title": "Yeni Köy", "place_type": "village"}
    writer.save(store, kinds, changed, AUTHOR)
    with pytest.raises(Invalid) as refused:
        job_undo.undo(store, kinds, report.job, AUTHOR)
    assert {problem.rule for problem in refused.value.problems} == {"transfer.built_on", "transfer.changed_since"}
    assert titles(store, kinds, "koy-1", "koy-2") == ["Köy 1", "Yeni Köy"]
    with pytest.raises(NotFound):
        job_undo.undo(store, kinds, "import-nothing", AUTHOR)


def test_warnings_keep_the_data(store: Store, kinds: Schema, tmp_path: Path) -> None:
    path = tmp_path / "acts.csv"
    path.write_text(
        "no;title;accepted;gazette;number\n"
        "1;" + "Uzun " * 70 + ";2/1/2000;1/1/2000;100\n"
        "2;Kanun;1/1/2000;5/1/2000;100\n"
        "3;Kanun;1/1/2000;7/1/2000;99\n"
        "4;Rumi;1/1/1331;1/2/1331;\n",
        "utf-8",
    )
    acts = read_map(
        kinds,
        """
        [[record]]
        kind = "Legislation"
        id = "kanun-{no}"
        [record.fields]
        title = "{title}"
        number = "{no}"
        legislation_type = "law"
        accepted_on = { from = "{accepted}", earliest = 1900-01-01, unreadable = "note" }
        gazette_on = { from = "{gazette}", earliest = 1900-01-01, unreadable = "date_as_written" }
        gazette_no = "{number}"
        """,
    )
    report = import_files.run(store, kinds, mapped_source.source(kinds, [path], acts), AUTHOR)
    assert (report.status, report.records.new) == ("written", 4)
    assert {count.rule for count in report.by_rule} == {
        "transfer.long_title",
        "transfer.accepted_after_gazette",
        "transfer.gazette_two_days",
        "transfer.gazette_order",
        "transfer.shared_title",
        "transfer.too_early",
        "transfer.no_gazette_no",
    }
    rumi = writer.existing(store, kinds, ["kanun-4"])["kanun-4"]
    assert rumi.fields["date_as_written"] == "1/2/1331"
    assert "gazette_on" not in rumi.fields


def test_one_row_makes_several_records_and_lists_in_json_are_gone_through(
    store: Store, kinds: Schema, tmp_path: Path
) -> None:
    path = tmp_path / "laws.jsonl"
    articles = [{"no": "1", "text": "Amaç"}, {"no": "2", "text": "Kapsam"}, {"no": "2", "text": "Ek metin"}]
    path.write_text(json.dumps({"no": 5018, "name": "Kanun", "meta": {"by": "TBMM"}, "articles": articles}), "utf-8")
    laws = read_map(
        kinds,
        """
        ignore = ["meta"]
        [values]
        article = "kanun-{no}.m{articles.no}"
        [[record]]
        kind = "Legislation"
        id = "kanun-{no}"
        fields = { title = "{name}", legislation_type = "Kanun", number = "{no}" }
        [[record]]
        kind = "Provision"
        each = "articles"
        id = "{article}"
        repeated = "number"
        [record.fields]
        title = "m.{articles.no}"
        place = "m.{articles.no}"
        order = "{articles.#}"
        provision_type = "article"
        last_text = "{articles.text}"
        [[edge]]
        type = "PART_OF"
        each = "articles"
        from = "{article}"
        to = "kanun-{no}"
        """,
    )
    report = import_files.run(store, kinds, mapped_source.source(kinds, [path], laws), AUTHOR)
    assert (report.errors, report.records.new, report.edges.new) == (0, 4, 3), rules(report)
    assert [(count.rule, count.count) for count in report.by_rule] == [("transfer.repeated", 1)]
    again = writer.existing(store, kinds, ["kanun-5018.m2-2"])["kanun-5018.m2-2"]
    assert (again.fields["last_text"], again.fields["order"]) == ("Ek metin", 3)


def test_a_record_is_found_by_its_name_and_place_in_the_tree(store: Store, kinds: Schema, tmp_path: Path) -> None:
    seed_data.plant(store, kinds)
    path = tmp_path / "units.csv"
    path.write_text("ministry,unit,phone\nİÇİŞLERİ BAKANLIĞI,Özel Kalem Müdürlüğü,312\n", "utf-8")
    units = read_map(
        kinds,
        """
        [values]
        ministry = { find = { kind = "Organisation", title = "{ministry}" } }
        [[record]]
        kind = "Organisation"
        id = "{found}"
        fields = { phone = "{phone}" }
        [values.found]
        find = { kind = "Organisation", title = "{unit}", part_of = "{ministry}" }
        """,
    )
    report = import_files.run(store, kinds, mapped_source.source(kinds, [path], units), AUTHOR)
    assert (report.errors, report.records.changed) == (0, 1), rules(report)
    found = writer.existing(store, kinds, ["99109016"])["99109016"]
    assert (found.title, found.fields["phone"]) == ("Özel Kalem Müdürlüğü", "312")


def test_a_file_that_is_not_there_or_of_no_known_kind_is_said(store: Store, kinds: Schema, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        import_files.run(
            store, kinds, mapped_source.source(kinds, [tmp_path / "none.csv"], read_map(kinds, PLACES)), AUTHOR
        )
    path = tmp_path / "places.doc"
    path.write_text("x", "utf-8")
    report = import_files.run(store, kinds, mapped_source.source(kinds, [path], read_map(kinds, PLACES)), AUTHOR)
    assert rules(report) == [("transfer.unknown_format", None, None)]


def test_the_worked_example_of_the_guide_works(store: Store, kinds: Schema, tmp_path: Path) -> None:
    guide = (Path(__file__).parents[2] / "docs" / "importing.md").read_text("utf-8")
    table = [line.strip() for line in guide.splitlines() if line.startswith("    ") and ";" in line]
    path = tmp_path / "units.csv"
    path.write_bytes("\r\n".join(table).encode("cp1254"))
    units = read_map(kinds, guide.split("```toml\n")[1].split("```")[0])
    ministry = {"kind": "Organisation", "id": "99001009", "title": "Bakanlık", "category": "ministry"}
    writer.save(store, kinds, ministry, AUTHOR)
    report = import_files.run(store, kinds, mapped_source.source(kinds, [path], units), AUTHOR)
    assert (report.errors, report.records.new, report.edges.new) == (0, 2, 2), rules(report)
    assert parts(store, "99500002") == [("99500001", "2019-05-15", None)]


def test_signs_that_only_some_call_ends_of_lines_do_not_shift_the_count(
    store: Store, kinds: Schema, tmp_path: Path
) -> None:
    path = tmp_path / "places.csv"
    path.write_text(HEADER + "il-01,A\u2028da\x85na,province,\nil-02,Adıyaman,wrong,\n", "utf-8")
    report = import_files.check(store, kinds, mapped_source.source(kinds, [path], read_map(kinds, PLACES)), AUTHOR)
    assert rules(report) == [("checks.not_in_list", 3, "type")]


def test_a_service_standards_table_becomes_services_and_documents_as_the_guide_shows(
    store: Store, kinds: Schema, tmp_path: Path
) -> None:
    guide = (Path(__file__).parents[2] / "docs" / "importing.md").read_text("utf-8")
    part = guide.split("## A service standards table")[1]
    path = tmp_path / "standartlar.csv"
    path.write_text(part.split("```csv\n")[1].split("```")[0], "utf-8")
    rules_of_table = read_map(kinds, part.split("```toml\n")[1].split("```")[0])
    office = {"kind": "Organisation", "id": "99500001", "title": "Ruhsat Müdürlüğü", "category": "municipality"}
    writer.save(store, kinds, office, AUTHOR)
    report = import_files.run(store, kinds, mapped_source.source(kinds, [path], rules_of_table), AUTHOR)
    assert (report.errors, report.records.new, report.edges.new) == (0, 10, 12), rules(report)
    warned = [(one.rule, one.place["row"]) for one in report.first_problems]
    assert warned == [("transfer.choice_read", 2), ("transfer.duration_in_words", 6)]
    rows = store.read(ALL_TITLES, into=Titled)
    numbers = {row.title: row.id for row in rows}
    service = writer.existing(store, kinds, [numbers["Sıhhi Müessese Açma Ruhsatı"]])
    assert [record.fields["duration"] for record in service.values()] == [
        {"max": 15, "unit": "day", "is_working": True, "text": "15 iş günü"}
    ]
    asked = store.read(LEAVING, into=StoredEdgeRow, ids=[*service])
    names = {row.id: row.title for row in rows}
    assert sorted(
        (
            edge.properties["order"],
            names[edge.target],
            edge.properties.get("copies"),
            edge.properties.get("condition"),
            edge.properties.get("alternative"),
        )
        for edge in asked
        if edge.type == "REQUIRES"
    ) == [
        (1, "Dilekçe", None, None, None),
        (2, "Nüfus cüzdanı", None, None, "2"),
        (3, "Pasaport fotokopisi", None, None, "2"),
        (4, "Vekâletname", None, "vekil aracılığıyla başvuruluyorsa", None),
        (5, "Vesikalık fotoğraf", 2, None, None),
    ]


def test_what_stands_for_everything_else_is_filled_in_like_any_value(
    store: Store, kinds: Schema, tmp_path: Path
) -> None:
    path = tmp_path / "names.csv"
    path.write_text("id,a,b\n99000001,,Belediye\n99000002,x,Belediye\n99000003,{b},Belediye\n", "utf-8")
    named = """
[[record]]
kind = "Organisation"
id = "{id}"
[record.fields]
title = { from = "{a}", values = { "" = "{b} (boş)", "*" = "{b} {}" } }
category = "municipality"
"""
    import_files.run(store, kinds, mapped_source.source(kinds, [path], read_map(kinds, named)), AUTHOR)
    assert titles(store, kinds, "99000001", "99000002", "99000003") == ["Belediye (boş)", "Belediye x", "Belediye {b}"]


CLOSED = """
[[record]]
kind = "Organisation"
id = "{no}"
combine = { former_code = "join" }
CLEAR
[record.fields]
title = "{ad}"
category = "central_unit"
valid_to = { from = "{son}", add_days = 1 }
former_code = { from = "{kod}", split = ";" }
website = { from = "{web}", scheme = "https://" }
"""


def close_unit(store: Store, kinds: Schema, folder: Path, *rows: str, clear: str = "") -> ImportReport:
    path = folder / "closed.csv"
    path.write_text("\n".join(["no,ad,son,kod,web", *rows]) + "\n", "utf-8")
    source = mapped_source.source(kinds, [path], read_map(kinds, CLOSED.replace("CLEAR", clear)))
    return import_files.run(store, kinds, source, AUTHOR)


def test_an_empty_cell_changes_nothing_unless_the_map_clears_the_field(
    store: Store, kinds: Schema, tmp_path: Path
) -> None:
    close_unit(store, kinds, tmp_path, "99300001,A,31.12.2019,a;b,x.example")
    made = writer.existing(store, kinds, ["99300001"])["99300001"].fields
    assert (made["valid_to"], made["website"]) == (date(2020, 1, 1), "https://x.example")
    assert close_unit(store, kinds, tmp_path, "99300001,A,,,").status == "unchanged"
    report = close_unit(store, kinds, tmp_path, "99300001,A,,,", clear='clear = ["valid_to"]')
    assert (report.status, report.records.changed) == ("written", 1)
    left = writer.existing(store, kinds, ["99300001"])["99300001"].fields
    assert "valid_to" not in left
    assert left["former_code"] == ["a", "b"]
    again = close_unit(store, kinds, tmp_path, "99300001,A,,,", clear='clear = ["valid_to"]')
    assert again.status == "unchanged"


def test_lists_of_several_rows_are_joined_and_an_address_with_a_scheme_stays(
    store: Store, kinds: Schema, tmp_path: Path
) -> None:
    rows = ["99300001,A,,a; b,http://x.example", "99300001,A,,c;a,http://x.example"]
    assert close_unit(store, kinds, tmp_path, *rows).errors == 0
    made = writer.existing(store, kinds, ["99300001"])["99300001"].fields
    assert (made["former_code"], made["website"]) == (["a", "b", "c"], "http://x.example")


def test_a_time_of_day_behind_a_date_is_warned_of(store: Store, kinds: Schema, tmp_path: Path) -> None:
    report = close_unit(store, kinds, tmp_path, "99300001,A,2018-07-09 21:00,,")
    assert report.errors == 0
    timed = read_map(kinds, CLOSED.replace("CLEAR", "").replace('{ from = "{son}", add_days = 1 }', '"{son}"'))
    report = import_files.run(store, kinds, mapped_source.source(kinds, [tmp_path / "closed.csv"], timed), AUTHOR)
    assert rules(report) == [("transfer.time_left_out", 2, "son")]


def test_maps_share_the_tables_of_a_file_they_include(kinds: Schema, tmp_path: Path) -> None:
    (tmp_path / "common.toml").write_text(
        'about = "x"\n[lookups.type]\nA = "law"\n[values]\nno = "kanun-{n}"\n', "utf-8"
    )
    (tmp_path / "map.toml").write_text(
        'include = ["common.toml"]\n[[record]]\nkind = "Legislation"\nid = "{no}"\n'
        '[record.fields]\ntitle = "{t}"\nlegislation_type = { from = "{s}", values = "type" }\n',
        "utf-8",
    )
    read = definition.read(tmp_path / "map.toml", kinds)
    assert (read.lookups, read.columns()) == ({"type": {"A": "law"}}, {"n", "t", "s"})


@pytest.mark.parametrize(
    ("shared", "rule"),
    [
        ('include = ["map.toml"]', "map_include_circle"),
        ("[[record]]\nkind = 'Place'\nid = '{a}'", "map_include_key"),
        ("[values]\nown = 'x'", "map_include_twice"),
        (None, "map_include_missing"),
    ],
)
def test_what_cannot_be_included_is_told(kinds: Schema, tmp_path: Path, shared: str | None, rule: str) -> None:
    if shared is not None:
        (tmp_path / "common.toml").write_text(shared, "utf-8")
    content = 'include = ["common.toml"]\n[values]\nown = "{a}"\n[[record]]\nkind = "Place"\nid = "{own}"\n'
    (tmp_path / "map.toml").write_text(content, "utf-8")
    with pytest.raises(Invalid) as invalid:
        definition.read(tmp_path / "map.toml", kinds)
    assert [problem.rule for problem in invalid.value.problems] == [f"transfer.{rule}"]


def test_a_duration_of_a_least_time_alone_is_warned_of_once(store: Store, kinds: Schema, tmp_path: Path) -> None:
    path = tmp_path / "services.csv"
    path.write_text("no,ad,gun\n1,Ruhsat,15\n2,İzin,3\n", "utf-8")
    rules_of_services = """
[[record]]
kind = "Service"
id = "heys-77{no}"
[record.fields]
title = "{ad}"
duration = { duration = { BOUND = "{gun}", unit = "day", is_working = true } }
"""
    for bound, warned in (("min", ["transfer.map_least_only"]), ("max", [])):
        source = mapped_source.source(kinds, [path], read_map(kinds, rules_of_services.replace("BOUND", bound)))
        report = import_files.check(store, kinds, source, AUTHOR)
        assert [one.rule for one in report.first_problems] == warned
