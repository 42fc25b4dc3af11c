"""Tables: CSV that programs and spreadsheets read alike, XLSX with real dates and numbers."""

import csv as csv_format
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

import openpyxl
import pytest
from test_svg import HOSTILE

from kaysis_graph.errors import TooLarge
from kaysis_graph.render import table
from kaysis_graph.render.table import Cell, Column, Table

COLUMNS = (Column("title", "Başlık"), Column("valid_from", "Başlangıç"), Column("days", "Süre (gün)"))


def of_rows(*rows: tuple[Cell, ...]) -> Table:
    return Table("Hizmet tablosu", COLUMNS, rows, ("1 Mart 2025 günü",))


def read_csv(made: Table) -> list[list[str]]:
    return list(csv_format.reader(io.StringIO("".join(table.csv(made)).removeprefix("\ufeff"), newline="")))


def test_csv_has_a_byte_order_mark_and_rfc_4180_line_ends() -> None:
    text = "".join(table.csv(of_rows(('İmar "Kanunu", m. 21', date(1985, 5, 3), 30))))
    assert text == '\ufefftitle,valid_from,days\r\n"İmar ""Kanunu"", m. 21",1985-05-03,30\r\n'


def test_csv_of_no_rows_is_the_head() -> None:
    assert "".join(table.csv(of_rows())) == "\ufefftitle,valid_from,days\r\n"


@pytest.mark.parametrize("text", ["=1+1", "+90 312", "-sil", "@SUM(A1)", "\t=1", "\r=1"])
def test_text_that_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    assert read_csv(of_rows((text, None, 1)))[1][0] == f"'{text}"


def test_negative_numbers_stay_numbers() -> None:
    assert read_csv(of_rows(("a", None, -5)))[1] == ["a", "", "-5"]


def test_csv_is_written_while_rows_come() -> None:
    taken = 0

    def rows() -> Iterator[tuple[Cell, ...]]:
        nonlocal taken
        for number in range(10_000):
            taken += 1
            yield (f"satır {number}", None, number)

    next(table.csv(Table("", COLUMNS, rows())))
    assert taken < 1_000


def test_hostile_text_comes_back_from_csv_as_it_was() -> None:
    text = HOSTILE.replace("\ud800", "")
    assert read_csv(of_rows((text, None, 1)))[1][0] == text


def read_xlsx(made: Table) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(table.xlsx(made)))


def test_xlsx_keeps_dates_and_numbers_and_freezes_its_head() -> None:
    book = read_xlsx(of_rows(("İmar Kanunu", date(1985, 5, 3), 30)))
    sheet = book.worksheets[0]
    assert (sheet.title, sheet.freeze_panes) == ("Hizmet tablosu", "A2")
    assert [cell.value for cell in sheet[1]] == ["Başlık", "Başlangıç", "Süre (gün)"]
    # openpyxl reads a day as the midnight it begins with.
    assert [cell.value for cell in sheet[2]] == ["İmar Kanunu", datetime(1985, 5, 3), 30]  # noqa: DTZ001
    assert sheet[1][0].font.b
    assert [row[0].value for row in book.worksheets[1]] == ["Hizmet tablosu", "1 Mart 2025 günü"]


def test_xlsx_tells_days_that_a_spreadsheet_cannot_count_as_text() -> None:
    days = (date(1876, 12, 23), date(1900, 2, 28), date(1900, 3, 1))
    sheet = read_xlsx(of_rows(*(("Kanun", day, 1) for day in days))).worksheets[0]
    assert [row[1].value for row in sheet.iter_rows(min_row=2)] == ["1876-12-23", "1900-02-28", datetime(1900, 3, 1)]  # noqa: DTZ001


def test_xlsx_holds_no_formula_and_no_forbidden_character() -> None:
    sheet = read_xlsx(of_rows(("=1+1", None, 1), (HOSTILE, None, 2))).worksheets[0]
    assert sheet["A2"].data_type == "s"
    assert sheet["A2"].value == "=1+1"
    assert "<script>" in sheet["A3"].value


def test_xlsx_takes_any_title_for_its_sheet() -> None:
    assert read_xlsx(replace(of_rows(), title="[a]:*?/\\'" + "x" * 40)).worksheets[0].title.startswith("a")
    assert read_xlsx(replace(of_rows(), title="")).worksheets[0].title == "1"


def test_rows_that_are_left_out_are_told_of_in_both_formats() -> None:
    cut = replace(of_rows(("a", None, 1)), missing="Yalnız ilk 1 satır.")
    assert read_csv(cut)[-1] == ["# Yalnız ilk 1 satır.", *([""] * (len(cut.columns) - 1))]
    notes = [row[0].value for row in read_xlsx(cut).worksheets[1].iter_rows()]
    assert notes[-1] == "Yalnız ilk 1 satır."


def test_more_rows_than_a_sheet_holds_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "_SHEET_ROWS", 3)
    with pytest.raises(TooLarge):
        table.xlsx(of_rows(("a", None, 1), ("b", None, 2), ("c", None, 3)))
