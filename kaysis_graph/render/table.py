"""A table before it has a format, and the two formats of it: CSV and XLSX."""

import csv as csv_format
import io
import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from kaysis_graph.errors import TooLarge
from kaysis_graph.render.typeset import clean

Cell = str | int | float | bool | date | None

# A spreadsheet takes text that begins so for a formula (OWASP, "CSV Injection").
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_BYTE_ORDER_MARK = "\ufeff"
_ROWS_PER_PIECE = 500
# What a sheet can hold: the specification of Excel 2007 and later.
_SHEET_ROWS = 1_048_576
_CELL_LETTERS = 32_767
# Excel counts a 29 February 1900 that never was, and shows the days before 1900 as ####.
_FIRST_DAY = date(1900, 3, 1)
_HEADER_FILL = "#E3E8EF"
_WIDEST_COLUMN = 60
_ROWS_MEASURED = 200


@dataclass(frozen=True)
class Column:
    """One column: `name` is what programs know it by, `label` is what people read."""

    name: str
    label: str


@dataclass(frozen=True)
class Table:
    """Rows under columns. `rows` is read once, so a table made from a stream can be written once only.

    `footnotes` say date, source and cuts; XLSX shows them on a sheet of their own, CSV leaves them out,
    because a program that reads a CSV file takes every line for a row. `missing` says that rows are left out and how
    to get at them: both say it, CSV in a last row that begins with `#`.
    """

    title: str
    columns: tuple[Column, ...]
    rows: Iterable[tuple[Cell, ...]]
    footnotes: tuple[str, ...] = ()
    missing: str = ""


def csv(table: Table) -> Iterator[str]:
    """The table as pieces of CSV (RFC 4180) for UTF-8 with a byte order mark; first line: names of the columns.

    Dates are ISO, truth values `true` and `false`. Text that a spreadsheet would run as a formula gets an apostrophe
    in front; numbers, also negative ones, stay as they are.
    """
    rows = iter(table.rows)
    piece = io.StringIO()
    writer = csv_format.writer(piece, lineterminator="\r\n")
    piece.write(_BYTE_ORDER_MARK)
    writer.writerow([column.name for column in table.columns])
    while batch := list(itertools.islice(rows, _ROWS_PER_PIECE)):
        writer.writerows([_plain(cell) for cell in row] for row in batch)
        yield piece.getvalue()
        piece.seek(0)
        piece.truncate()
    if table.missing:
        writer.writerow([f"# {table.missing}", *([""] * (len(table.columns) - 1))])
    if piece.tell():
        yield piece.getvalue()


def _plain(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case bool():
            return "true" if cell else "false"
        case date():
            return cell.isoformat()
        case str():
            return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell
        case _:
            return str(cell)


def xlsx(table: Table) -> bytes:
    """The table as an Excel workbook: labels in a frozen first row, real dates and numbers, footnotes on sheet two.

    More rows than a sheet holds are a TooLarge. The bytes name the time of writing, as the format demands:
    two workbooks of one table hold the same cells, not the same bytes.
    """
    file = io.BytesIO()
    # Each row is written away when the next begins.
    with Workbook(file, {"constant_memory": True}) as book:
        sheet = book.add_worksheet(_sheet_title(table.title))
        heading = book.add_format({"bold": True, "bg_color": _HEADER_FILL, "text_wrap": True, "valign": "top"})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        rows = iter(table.rows)
        # Widths stand before the rows in the file, so they are taken from the first rows only.
        first = list(itertools.islice(rows, _ROWS_MEASURED))
        for number, column in enumerate(table.columns):
            longest = max([len(column.label), *(len(_plain(row[number])) for row in first)])
            sheet.set_column(number, number, min(_WIDEST_COLUMN, longest + 3))
            sheet.write_string(0, number, clean(column.label), heading)
        sheet.freeze_panes(1, 0)
        for number, row in enumerate(itertools.chain(first, rows), start=1):
            if number >= _SHEET_ROWS:
                raise TooLarge("render.sheet_full", rows=_SHEET_ROWS - 1)
            for place, cell in enumerate(row):
                _write_cell(sheet, number, place, cell, day)
        if table.columns:
            sheet.autofilter(0, 0, 0, len(table.columns) - 1)
        notes_told = [*table.footnotes, *([table.missing] if table.missing else [])]
        if notes_told:
            notes = book.add_worksheet("*" if _sheet_title(table.title) == "i" else "i")
            notes.set_column(0, 0, 120)
            for number, footnote in enumerate((table.title, *notes_told)):
                _write_cell(notes, number, 0, footnote, day)
    return file.getvalue()


def _sheet_title(title: str) -> str:
    """What a sheet may be called: 31 letters, no sign that paths or formulas need, no apostrophe at the ends."""
    return "".join(" " if letter in "[]:*?/\\" else letter for letter in clean(title))[:31].strip("' ") or "1"


def _write_cell(sheet: Worksheet, row: int, column: int, cell: Cell, day: Format) -> None:
    match cell:
        case None:
            return
        case str():
            # Written as text, a title that begins with "=" stays a title: no apostrophe is needed.
            # An empty text would be a cell that holds something.
            if told := clean(cell)[:_CELL_LETTERS]:
                sheet.write_string(row, column, told)
        case bool():
            sheet.write_boolean(row, column, cell)
        case date() if cell < _FIRST_DAY:
            sheet.write_string(row, column, cell.isoformat())
        case date():
            sheet.write_datetime(row, column, cell, day)
        case _:
            sheet.write_number(row, column, cell)
