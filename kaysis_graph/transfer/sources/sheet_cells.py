"""The cells of a sheet as a person sees them: every row, whatever the sheet says of its own size.

The library's reader of rows is extended by what it does not tell: formulas whose result was not kept, errors, hidden
rows, zeros that stand in the number format alone.
"""
# ruff: noqa: SLF001  # the library reads its sheets by names of its own, and gives no public ones

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import IO, Any, cast
from xml.etree.ElementTree import Element

from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE
from openpyxl.utils.cell import range_boundaries
from openpyxl.workbook import Workbook
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.worksheet._reader import FORMULA_TAG, WorkSheetParser

from kaysis_graph.transfer.sources.header import RawRow

_ZEROS = re.compile(r"0{2,}")
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]+[0-9]+:[A-Z]+[0-9]+)"')
_BLOCK = 1 << 20
_HALF_A_SECOND = timedelta(milliseconds=500)


@dataclass(frozen=True)
class Unread:
    """A cell without a value that can be taken: an error, or a formula whose result was not kept."""

    rule: str
    value: str

    def __str__(self) -> str:
        return self.value


class _Parser(WorkSheetParser):
    """The library's parser of a sheet, which keeps what a cell is beside its value."""

    zeros: Mapping[int, int]

    def parse_cell(self, element: Element) -> dict[str, Any]:
        cell: dict[str, Any] = super().parse_cell(element)
        value = cell["value"]
        if value is None and element.find(FORMULA_TAG) is not None and cell["data_type"] != "str":
            cell["value"] = Unread("transfer.formula_without_result", "=")
        elif cell["data_type"] == "e" and value is not None:
            cell["value"] = Unread("transfer.cell_error", str(value))
        elif isinstance(value, int) and not isinstance(value, bool) and cell["style_id"] in self.zeros:
            cell["value"] = str(value).zfill(self.zeros[cell["style_id"]])
        elif isinstance(value, datetime):
            # Fractions of a day lose a few milliseconds: 43290.99999998842 is midnight, and shown as that.
            cell["value"] = (value + _HALF_A_SECOND).replace(microsecond=0)
        return cell


def sheet_rows(book: Workbook, sheet: ReadOnlyWorksheet) -> Iterator[RawRow]:
    """The rows that the sheet has, in their order."""
    # What the parser needs has no public name; the library's own reading gives it in the same words.
    inner_book: Any = book
    with _source_of(sheet) as source:
        parser = _Parser(
            source,
            cast("Any", sheet)._shared_strings,
            data_only=True,
            epoch=book.epoch,
            date_formats=inner_book._date_formats,
            timedelta_formats=inner_book._timedelta_formats,
        )
        parser.zeros = _zeros_by_style(book)
        for number, told in parser.parse():
            attributes = parser.row_dimensions.pop(str(number), {})
            cells: list[Any] = [None] * max((cell["column"] for cell in told), default=0)
            for cell in told:
                cells[cell["column"] - 1] = cell["value"]
            yield RawRow(number, cells, is_hidden=attributes.get("hidden") in ("1", "true"))


def has_time(value: object) -> bool:
    """Whether a cell that is a day has a time of day, too, which a day cannot keep."""
    return isinstance(value, datetime) and value.time() != time.min


class MergedCells:
    """The merged cells of a sheet, which stand behind its rows: the value of the first cell for the rows under it."""

    def __init__(self, sheet: ReadOnlyWorksheet) -> None:
        """Looks through the sheet once, which takes a second for 150 MB of it."""
        with _source_of(sheet) as source:
            self._read(source)

    def _read(self, source: IO[bytes]) -> None:
        self._by_row: dict[int, list[tuple[int, int]]] = {}
        self._open: dict[int, tuple[int, Any]] = {}
        rest = b""
        while block := source.read(_BLOCK):
            block = rest + block
            end = 0
            for found in _MERGED.finditer(block):
                column, first, _, last = cast("tuple[int, int, int, int]", range_boundaries(found[1].decode()))
                if last > first:
                    self._by_row.setdefault(first, []).append((column, last))
                end = found.end()
            # A range may lie across two blocks.
            rest = block[max(end, len(block) - 200) :]

    def filled(self, row: RawRow) -> list[Any]:
        """The cells of a row with the values merged over it from above; rows are given in their order."""
        number, cells = row.number, list(row.cells)
        for column, (last, value) in list(self._open.items()):
            if number > last:
                del self._open[column]
                continue
            cells.extend([None] * (column - len(cells)))
            if cells[column - 1] in (None, ""):
                cells[column - 1] = value
        for column, last in self._by_row.get(number, ()):
            if column <= len(cells):
                self._open[column] = (last, cells[column - 1])
        return cells


def _source_of(sheet: ReadOnlyWorksheet) -> IO[bytes]:
    return cast("IO[bytes]", cast("Any", sheet)._get_source())


def _zeros_by_style(book: Workbook) -> dict[int, int]:
    """For each style whose number format is zeros alone, as 00000000, how many."""
    found = {}
    inner: Any = book
    for number, style in enumerate(inner._cell_styles):
        if style.numFmtId < BUILTIN_FORMATS_MAX_SIZE:
            code = BUILTIN_FORMATS.get(style.numFmtId, "")
        else:
            code = inner._number_formats[style.numFmtId - BUILTIN_FORMATS_MAX_SIZE]
        if _ZEROS.fullmatch(code):
            found[number] = len(code)
    return found
