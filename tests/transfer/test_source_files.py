"""Files as strangers send them: every row is read as a person sees it, or it is said why not."""

import gzip
import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import numbers
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from kaysis_graph.errors import Invalid, Problem
from kaysis_graph.transfer.maps.rules import Source
from kaysis_graph.transfer.sources import file_rows, workbook
from kaysis_graph.transfer.sources.file_rows import Columns

HEADER = ["No", "Birim", "Gün"]
COLUMNS = Columns(frozenset(HEADER))
UTF_8_BOM = b"\xef\xbb\xbf"


@dataclass
class Reading:
    """What a file gave: the cells of its sound rows by their numbers, and every problem."""

    rows: dict[int, dict[str, Any]]
    problems: list[Problem]
    sheet: str | None = None

    @property
    def rules(self) -> list[tuple[str, int | str | None]]:
        return [(problem.rule.removeprefix("transfer."), problem.place.get("row")) for problem in self.problems]


def read(path: Path, columns: Columns = COLUMNS, **said: Any) -> Reading:  # keys of [source]
    source = Source(**said)
    reading = Reading({}, [])
    try:
        file = file_rows.opened(path, source)
    except Invalid as invalid:
        return Reading({}, list(invalid.problems))
    try:
        for row in file_rows.rows(file, source, columns):
            reading.problems += row.problems
            if not row.is_broken:
                reading.rows[row.number] = dict(row.cells)
    except Invalid as invalid:
        file.problems += invalid.problems
    reading.problems += file.problems
    reading.sheet = file.sheet
    # In both languages every problem has a sentence and a way out.
    assert all(problem.text(tongue) and problem.hint(tongue) for problem in reading.problems for tongue in ("tr", "en"))
    return reading


Fill = Callable[[Worksheet], object]


@pytest.fixture
def sheet(tmp_path: Path) -> Callable[[Fill], Path]:
    """A workbook of one sheet with the header and two rows, changed and saved."""

    def make(change: Fill = lambda _: None) -> Path:
        book = Workbook()
        page = book.worksheets[0]
        for row in (HEADER, ["99500001", "A", None], ["99500002", "B", None]):
            page.append(row)
        change(page)
        book.save(tmp_path / "units.xlsx")
        return tmp_path / "units.xlsx"

    return make


def patched(path: Path, *changes: tuple[str, str], part: str = "xl/worksheets/sheet1.xml") -> Path:
    """The workbook with a part of it changed as text, as other programs would have written it."""
    content = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            data = old.read(member)
            if member.filename == part:
                text = data.decode()
                for before, after in changes:
                    assert before in text
                    text = text.replace(before, after)
                data = text.encode()
            new.writestr(member.filename, data)
    path.write_bytes(content.getvalue())
    return path


def table(tmp_path: Path, content: str | bytes, name: str = "units.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize("told", ["A1:C2", "A1", "A1:B3", "A1:XFD1048576", None])
def test_every_row_and_column_is_read_whatever_a_sheet_says_of_its_own_size(
    sheet: Callable[..., Path], told: str | None
) -> None:
    path = sheet()
    patched(path, ('<dimension ref="A1:C3" />', f'<dimension ref="{told}" />' if told else ""))
    assert [cells["Birim"] for cells in read(path).rows.values()] == ["A", "B"]


def test_a_formula_without_a_kept_result_is_an_error_of_its_cell(sheet: Callable[..., Path]) -> None:
    def change(page: Worksheet) -> None:
        page["C2"] = "=DATE(2018,7,10)"
        page["B3"] = '="B"&"C"'

    found = read(sheet(change))
    assert found.rules == [("formula_without_result", 2), ("formula_without_result", 3)]
    assert [problem.values["cell"] for problem in found.problems] == ["C2", "B3"]
    assert found.rows == {}
    # In a column that the map leaves aside it harms nobody.
    assert len(read(sheet(change), Columns(frozenset({"No"}))).rows) == 2


def test_a_formula_whose_result_is_an_empty_text_is_an_empty_cell(sheet: Callable[..., Path]) -> None:
    path = sheet(lambda page: page.cell(2, 3, '=""'))
    patched(path, ('<c r="C2"><f>""</f><v /></c>', '<c r="C2" t="str"><f>""</f><v></v></c>'))
    assert read(path).rules == []


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#DIV/0!"])
def test_an_error_of_a_spreadsheet_is_no_value(sheet: Callable[..., Path], tmp_path: Path, error: str) -> None:
    found = read(sheet(lambda page: page.cell(3, 2, error)))
    assert (found.rules, list(found.rows)) == ([("cell_error", 3)], [2])
    assert found.problems[0].place["column"] == "Birim"
    assert read(table(tmp_path, f"No;Birim;Gün\n1;{error};\n")).rules == [("cell_error", 2)]


@pytest.mark.parametrize("error", ["#YOK", "#DEĞER!", "#SAYI/0!", "########"])
def test_errors_are_known_in_turkish_and_where_a_column_was_too_narrow(tmp_path: Path, error: str) -> None:
    assert read(table(tmp_path, f"No;Birim;Gün\n1;A;{error}\n")).rules == [("cell_error", 2)]


def test_a_hash_in_a_name_is_no_error(tmp_path: Path) -> None:
    assert read(table(tmp_path, "No;Birim;Gün\n1;#1 Şube;\n2;##;\n")).rules == []


def test_a_number_is_read_with_the_zeros_that_its_format_shows(sheet: Callable[..., Path]) -> None:
    def change(page: Worksheet) -> None:
        page["A2"] = 1234567
        page["A2"].number_format = "00000000"
        page["A3"] = 1234567
        page["C2"] = 5
        page["C2"].number_format = numbers.FORMAT_NUMBER

    rows = read(sheet(change)).rows
    assert (rows[2]["No"], rows[3]["No"], rows[2]["Gün"]) == ("01234567", 1234567, 5)


def test_a_time_of_day_warns_and_a_rounded_midnight_does_not(sheet: Callable[..., Path]) -> None:
    def change(page: Worksheet) -> None:
        page["C2"] = 43599.875
        page["C2"].number_format = "DD.MM.YYYY"
        page["C3"] = 43290.99999998842
        page["C3"].number_format = "DD.MM.YYYY"

    found = read(sheet(change))
    assert found.rules == [("time_dropped", 2)]
    assert found.problems[0].severity == "warning"
    assert str(found.problems[0].values["value"]) == "14.05.2019 21:00"
    assert found.rows[3]["Gün"].isoformat() == "2018-07-10T00:00:00"


def test_a_value_merged_over_rows_is_that_of_each_row(sheet: Callable[..., Path]) -> None:
    def change(page: Worksheet) -> None:
        page.append([None, "C", None])
        page.merge_cells("A3:A4")
        page.merge_cells("B1:C1")

    rows = read(sheet(change), Columns(frozenset({"No", "Birim"}))).rows
    assert (rows[3]["No"], rows[4]["No"], rows[4]["Birim"]) == ("99500002", "99500002", "C")


def test_hidden_rows_are_read_and_counted(sheet: Callable[..., Path]) -> None:
    def change(page: Worksheet) -> None:
        page.row_dimensions[3].hidden = True

    found = read(sheet(change))
    assert (list(found.rows), found.rules) == ([2, 3], [("hidden_rows", None)])
    assert found.problems[0].values["count"] == 1


def book_of(tmp_path: Path, **pages: list[list[str]]) -> Path:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in pages.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
        if name.startswith("gizli"):
            page.sheet_state = "hidden"
    book.save(tmp_path / "book.xlsx")
    return tmp_path / "book.xlsx"


ROWS = [HEADER, ["1", "A", ""]]
OTHER_ROWS = [HEADER, ["2", "B", ""], ["3", "C", ""]]
COVER = [["Strateji Geliştirme Başkanlığı"], ["Hazırlayan: A"]]


@pytest.mark.parametrize(
    ("pages", "meant", "told"),
    [
        ({"bir": ROWS, "iki": OTHER_ROWS}, "bir", [("other_sheets", None)]),
        ({"gizli": ROWS, "iki": OTHER_ROWS}, "iki", [("other_sheets", None)]),
        ({"boş": [], "iki": ROWS}, "iki", []),
        ({"yalnız başlık": [HEADER], "iki": ROWS}, "iki", []),
        ({"kapak": COVER, "iki": ROWS}, "iki", [("other_sheets", None)]),
        ({"kapak": COVER, "gizli": ROWS}, "gizli", [("other_sheets", None), ("hidden_sheet", None)]),
    ],
)
def test_the_sheet_that_is_meant_is_read_and_the_others_are_named(
    tmp_path: Path, pages: dict[str, list[list[str]]], meant: str, told: list[tuple[str, None]]
) -> None:
    found = read(book_of(tmp_path, **pages))
    assert (found.sheet, found.rules) == (meant, told)
    assert found.rows


@pytest.mark.parametrize("said", ["iki", 2, "İKİ "])
def test_a_map_names_a_sheet_by_name_or_number(tmp_path: Path, said: str | int) -> None:
    path = book_of(tmp_path, bir=ROWS, iki=OTHER_ROWS)
    found = read(path, sheet=said)
    assert (found.sheet, len(found.rows), found.rules) == ("iki", 2, [])
    for wrong in ("üç", 3):
        (problem,) = read(path, sheet=wrong).problems
        assert (problem.rule, problem.values["known"]) == ("transfer.no_sheet", "1: bir, 2: iki")


def test_a_sheet_without_rows_is_an_error_that_names_those_with_rows(tmp_path: Path) -> None:
    path = book_of(tmp_path, boş=[HEADER], dolu=ROWS)
    (problem,) = read(path, sheet="boş").problems
    assert problem.rule == "transfer.no_rows_in_sheet"
    assert 'sheet = "dolu"' in problem.hint("en")
    (problem,) = read(book_of(tmp_path, boş=[], başlık=[HEADER])).problems
    assert (problem.rule, problem.values["sheets"]) == ("transfer.no_rows_in_sheets", "boş, başlık")


@pytest.mark.parametrize("content", ["", "\n\n", "No;Birim;Gün\n", UTF_8_BOM])
def test_a_table_without_rows_is_an_error(tmp_path: Path, content: str | bytes) -> None:
    assert read(table(tmp_path, content)).rules == [("no_rows", None)]


def test_a_header_further_down_is_found_and_read_when_the_map_says_so(tmp_path: Path) -> None:
    titled = [["BİRİM LİSTESİ 2026"], ["Kimlik", "", "Bağ"], HEADER, ["1", "A", ""]]
    text = table(tmp_path, "\n".join(";".join(row) for row in titled))
    for path in (book_of(tmp_path, bir=titled), text):
        (problem,) = read(path).problems
        assert (problem.rule, problem.place["row"]) == ("transfer.header_elsewhere", 3)
        assert "header_row = 3" in problem.hint("tr")
        assert read(path, header_row=3).rows == {4: {"No": "1", "Birim": "A", "Gün": None if path != text else ""}}
        assert read(path, header_row=9).rules == [("no_header", 9)]


def test_a_heading_that_differs_in_case_or_blanks_is_the_one_that_is_meant(tmp_path: Path) -> None:
    assert list(read(table(tmp_path, ' No ;"BİRİM";"Gün\n"\n1;A;\n')).rows.values()) == [
        {"No": "1", "Birim": "A", "Gün": ""}
    ]
    # Where both are there, each is itself.
    both = read(table(tmp_path, "No;Birim;Gün;BİRİM\n1;A;;B\n")).rows[2]
    assert (both["Birim"], both["BİRİM"]) == ("A", "B")


def test_totals_and_notes_are_left_out_and_told(sheet: Callable[..., Path]) -> None:
    def change(page: Worksheet) -> None:
        page.append(["TOPLAM", 2, None])
        page.append(["* 2026 yılı verisidir", None, None])
        page.append(["99500003", "Toplam Kalite Şubesi", None])

    found = read(sheet(change))
    assert found.rules == [("totals_row", 4), ("note_row", 5)]
    assert {problem.severity for problem in found.problems} == {"warning"}
    assert list(found.rows) == [2, 3, 6]


def test_rows_that_say_the_same_are_counted(tmp_path: Path) -> None:
    found = read(table(tmp_path, "No;Birim;Gün\n1;A;\n2;B;\n1;A;\n1;A;\n"))
    assert found.rules == [("same_rows", 4)]
    assert (found.problems[0].values["count"], found.problems[0].values["rows"]) == (2, "4, 5")


def test_values_without_a_heading_are_not_dropped_without_a_word(sheet: Callable[..., Path]) -> None:
    path = sheet(lambda page: page.cell(3, 5, "not"))
    (problem,) = read(path).problems
    assert (problem.rule, problem.values["cell"]) == ("transfer.unnamed_column", "E3")
    assert read(path, Columns(COLUMNS.wanted, frozenset("*"))).rules == []


@pytest.mark.parametrize(
    ("content", "rule", "row"),
    [
        ('No;Birim;Gün\n1;A;\n2;"B;\n3;C;\n', "quote_open", 3),
        ('No;Birim;Gün\n1;"A"B;\n2;C;\n', "quote_inside", 2),
        ("No;Birim;Gün\n1;A\n", "width", 2),
        ("No;Birim;Gün\n1;A;;x\n", "width", 2),
        ("No;Birim;Gün\n1;A\x07B;\n", "control_sign", 2),
        ("No;Birim;Gün\n9,95E+07;A;\n", "shortened_number", 2),
        ("No;Birim;Gün\n1;A;\n2;B\x00;\n", "odd_byte", 3),
        ("No;Birim;Gün\n1;Şğı;\n".encode() + b"2;\xfe;\n" + "3;İç;\n".encode() * 10, "odd_byte", 3),
        ("No;Birim;Gün\n1;Ä°stanbul Ã§Ã¶Ã¼ÄŸ;\n", "decoded_twice", 2),
    ],
)
def test_what_is_wrong_with_a_row_of_text_names_the_row(
    tmp_path: Path, content: str | bytes, rule: str, row: int
) -> None:
    assert read(table(tmp_path, content)).rules == [(rule, row)]


def test_what_spreadsheets_write_beside_the_table_is_taken(tmp_path: Path) -> None:
    for first in ("sep=;\r\n", '"sep=;"\n', "\ufeffsep=;\n"):
        found = read(table(tmp_path, f'{first}No;Birim;Gün\r\n="00123";A, B;\r\n'))
        assert (found.rules, found.rows[3]["No"], [*found.rows]) == ([], "00123", [3])


def test_a_cell_of_200_000_letters_is_read(tmp_path: Path) -> None:
    found = read(table(tmp_path, f"No;Birim;Gün\n1;{'a' * 200_000};\n"))
    assert len(found.rows[2]["Birim"]) == 200_000


@pytest.mark.parametrize(
    ("name", "content", "rule"),
    [
        ("a.csv.gz", gzip.compress(b"No;Birim\n" * 9_000, mtime=0)[:60], "gzip_cut"),
        ("a.csv.gz", b"No;Birim\n1;A\n", "no_gzip"),
        ("a.csv", gzip.compress(b"No;Birim\n1;A\n", mtime=0), "is_gzip"),
        ("a.csv", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "is_pdf"),
        ("a.xlsx", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "is_pdf"),
        ("a.xlsx", b"No;Birim\n1;A\n", "text_as_workbook"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "is_old_workbook"),
        (
            "a.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
            "is_locked_workbook",
        ),
        ("a.xls", b"<html><table><tr><td>1</td></tr></table>", "is_html"),
        ("a.csv", b'<?xml version="1.0"?><Workbook/>', "is_xml"),
        ("a.txt", b"{\\rtf1\\ansi A}", "is_rtf"),
        ("a.csv", b"PK\x03\x04" + bytes(90), "is_zip"),
        ("a.doc", b"x", "unknown_format"),
    ],
)
def test_a_file_of_another_program_is_named_for_what_it_is(
    tmp_path: Path, name: str, content: bytes, rule: str
) -> None:
    assert read(table(tmp_path, content, name)).rules == [(rule, None)]


@pytest.mark.parametrize(
    ("member", "rule"),
    [("content.xml", "is_ods"), ("word/document.xml", "is_word"), ("xl/workbook.bin", "is_binary_workbook")],
)
def test_packages_of_office_programs_are_told_apart(tmp_path: Path, member: str, rule: str) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr(member, "<a/>")
    assert read(tmp_path / "a.xlsx").rules == [(rule, None)]


def test_a_workbook_under_the_name_of_a_table_is_named_and_read_when_the_map_says_so(
    sheet: Callable[..., Path], tmp_path: Path
) -> None:
    path = table(tmp_path, sheet().read_bytes(), "units.csv")
    assert read(path).rules == [("is_workbook", None)]
    assert len(read(path, format="xlsx").rows) == 2


def test_a_broken_workbook_is_a_sentence_and_no_traceback(sheet: Callable[..., Path]) -> None:
    path = patched(sheet(), ("</row></sheetData>", "</row>"))
    (problem,) = read(path).problems
    assert (problem.rule, problem.severity) == ("transfer.no_workbook", "error")
    assert "ParseError" in str(problem.values["reason"])
    path = patched(
        sheet(),
        ("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/x"),
        part="xl/workbook.xml",
    )
    assert read(path).rules == [("strict_workbook", None)]


def test_a_workbook_of_charts_alone_is_said(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.create_chartsheet("g")
    book.remove(book.worksheets[0])
    book.save(tmp_path / "chart.xlsx")
    assert read(tmp_path / "chart.xlsx").rules == [("no_worksheets", None)]


def test_what_a_workbook_may_unfold_to_has_a_limit(sheet: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    path = sheet()
    bomb = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><a>&c;</a>'
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("docProps/extra.xml", bomb)
    assert read(path).rules == [("workbook_entities", None)]
    monkeypatch.setattr(workbook, "MOST_BYTES", 1_000)
    assert read(path).rules == [("workbook_too_large", None)]


@pytest.mark.parametrize(
    ("name", "content", "rule"),
    [
        ("a.json", '{"data": [], "b": 1}', "no_list"),
        ("a.json", '[{"No": "1"}, {"No": ', "no_json"),
        ("a.json", "[]", "no_rows"),
        ("a.json", "[" * 100_000, "not_decoded"),
        ("a.jsonl", "[1]\n", "row"),
    ],
)
def test_broken_json_is_said(tmp_path: Path, name: str, content: str, rule: str) -> None:
    found = read(table(tmp_path, content, name))
    assert [told for told, _ in found.rules] == [rule]
    if rule == "no_list":
        assert found.problems[0].values["lists"] == "data"
