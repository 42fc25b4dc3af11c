"""Rows under a header, as a person sees them: what sheets and delimited files have in common.

Errors a spreadsheet left in cells, totals, notes, doubled rows and values without a heading are told here.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.utils.escape import unescape

from kaysis_graph import text
from kaysis_graph.errors import Problem
from kaysis_graph.transfer.sources.header import Header, RawRow, doubled, found_header, is_empty
from kaysis_graph.transfer.sources.sheet_cells import Unread, has_time
from kaysis_graph.transfer.sources.source_file import Columns, File, Row

# What spreadsheets write where a formula failed, in English and in Turkish, and what they show in a narrow column.
_ERRORS = re.compile(
    r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|SPILL!|CALC!|FIELD!|BLOCKED!|GETTING_DATA"
    r"|YOK|BAŞV!|DEĞER!|AD\?|SAYI/0!|SAYI!|BOŞ!|TAŞMA!|HESAPLAMA!|ALAN!)|#{3,}"
)
# A long number that a spreadsheet has shortened: its last digits are gone.
_SHORTENED = re.compile(r"\d(?:[.,]\d+)?E\+\d+")
# ="00123" keeps the zeros of a number in a CSV file that a spreadsheet opens.
_QUOTED = re.compile(r'="([^"]*)"')
_TOTALS = frozenset({"toplam", "genel toplam", "ara toplam", "total", "grand total", "subtotal"})
# What stands in errors, shortened numbers, quoted and escaped cells; `_shown` and `_is_suspect` look closer.
_MARKS = re.compile(r'#|E\+|="|_x')
_LONGEST_TOTAL = 15
# None of those words has one, and the first cell of nearly every row is a number.
_DIGIT = re.compile(r"\d")
_NAMED_ROWS = 5
# A note or a heading between rows can be told from a row only where rows have several columns.
_LEAST_COLUMNS = 3


def table_rows(
    file: File, raw: Iterator[RawRow], header_row: int | None, columns: Columns, fill: Callable[[RawRow], Sequence[Any]]
) -> Iterator[Row]:
    """The rows under the header; `fill` gives the cells of a row with what other rows say of it.

    What concerns the file as a whole is in `file.problems` at the end.
    """
    header, rows = found_header(raw, columns.wanted, header_row, file.name)
    if header is None:
        return
    for name in doubled(header):
        file.problems.append(
            Problem("transfer.column_twice", {"file": file.name, "row": header.row, "column": name}, {"name": name})
        )
    file.header = [name for name in header.names if name]
    file.header_row = header.row
    yield from _Table(file, header, columns).rows(rows, fill)


class _Table:
    """A table being read: its header, and what was found in it that is told at its end."""

    def __init__(self, file: File, header: Header, columns: Columns) -> None:
        self._file = file
        self._header = header
        self._columns = columns
        self._has_all_names = all(header.names)
        self._first: dict[int, int] = {}
        self._same: list[int] = []
        self._hidden = 0
        self._beyond: tuple[int, int] | None = None
        self._beyond_count = 0

    def rows(self, rows: Iterator[RawRow], fill: Callable[[RawRow], Sequence[Any]]) -> Iterator[Row]:
        for raw in rows:
            cells = fill(raw)
            if is_empty(cells):
                continue
            self._hidden += raw.is_hidden
            if (left := self._left_out(raw.number, cells)) is not None:
                self._file.problems.append(left)
                continue
            yield self._row(raw, cells)
        self._tell()

    def _row(self, raw: RawRow, cells: Sequence[Any]) -> Row:
        names = self._header.names
        is_ragged = len(cells) < len(names) or not is_empty(cells[self._header.width :])
        if self._file.format == "csv" and is_ragged:
            values = {"has": len(cells), "wanted": len(names)}
            return Row(raw.number, {}, (Problem("transfer.width", self._place(raw.number), values),))
        self._note_unnamed(raw.number, cells)
        self._note_same(raw.number, cells)
        if self._has_all_names and _are_plain(cells):
            return Row(raw.number, dict(zip(names, cells, strict=False)), is_plain=True)
        told: dict[str, Any] = {}
        problems: list[Problem] = []
        for number, (name, cell) in enumerate(zip(names, cells, strict=False), 1):
            if not name:
                continue
            told[name] = shown = _shown(cell)
            if _is_suspect(shown) and name in self._columns.wanted:
                problems += self._problems(raw.number, number, name, shown)
        return Row(raw.number, told, tuple(problems))

    def _problems(self, row: int, number: int, name: str, cell: Any) -> Iterator[Problem]:  # noqa: ANN401  # a cell
        where = {"cell": f"{get_column_letter(number)}{row}"}
        place = {**self._place(row), "column": name}
        if isinstance(cell, Unread):
            yield Problem(cell.rule, place, {**where, "value": cell.value})
        elif isinstance(cell, str):
            if cell.startswith("#") and _ERRORS.fullmatch(cell.strip()):
                yield Problem("transfer.cell_error", place, {**where, "value": cell.strip()})
            elif _SHORTENED.fullmatch(cell.strip()):
                yield Problem("transfer.shortened_number", place, {**where, "value": cell.strip()})
            elif not cell.isprintable() and (odd := _control_sign(cell)):
                yield Problem("transfer.control_sign", place, {**where, "sign": f"U+{ord(odd):04X}"})
        elif isinstance(cell, datetime) and has_time(cell):
            values = {**where, "value": f"{cell:%d.%m.%Y %H:%M}", "day": f"{cell:%d.%m.%Y}"}
            yield Problem("transfer.time_dropped", place, values, "warning")

    def _left_out(self, row: int, cells: Sequence[Any]) -> Problem | None:
        """Why a row is none of the table: it is a total, or a note in its first cell alone."""
        first = next(cell for cell in cells if cell is not None and cell != "")
        if not isinstance(first, str) or len(self._header.names) < _LEAST_COLUMNS:
            return None
        first = first.strip()
        if len(first) <= _LONGEST_TOTAL and not _DIGIT.search(first) and text.fold(first).rstrip(" :") in _TOTALS:
            return Problem("transfer.totals_row", self._place(row), {"value": first[:80]}, "warning")
        if " " in first and cells[0] and is_empty(cells[1:]):
            return Problem("transfer.note_row", self._place(row), {"value": first[:80]}, "warning")
        return None

    def _note_unnamed(self, row: int, cells: Sequence[Any]) -> None:
        names = self._header.names
        if len(cells) <= len(names) and self._has_all_names:
            return
        for number, cell in enumerate(cells, 1):
            is_named = number <= len(names) and bool(names[number - 1])
            if not is_named and not is_empty([cell]):
                self._beyond = self._beyond or (row, number)
                self._beyond_count += 1

    def _note_same(self, row: int, cells: Sequence[Any]) -> None:
        # A hash of each row: 300,000 rows take 30 MB.
        if self._first.setdefault(hash(tuple(cells)), row) != row:
            self._same.append(row)

    def _tell(self) -> None:
        if self._same:
            shown = ", ".join(map(str, self._same[:_NAMED_ROWS])) + (" …" if len(self._same) > _NAMED_ROWS else "")
            self._file.note("transfer.same_rows", self._same[0], is_warning=True, count=len(self._same), rows=shown)
        if self._hidden:
            self._file.note("transfer.hidden_rows", is_warning=True, count=self._hidden)
        if self._beyond is not None and not self._columns.leaves_others:
            row, number = self._beyond
            cell = f"{get_column_letter(number)}{row}"
            self._file.note("transfer.unnamed_column", row, cell=cell, number=number, count=self._beyond_count)

    def _place(self, row: int) -> dict[str, str | int]:
        return {"file": self._file.name, "row": row}


def _shown(cell: Any) -> Any:  # noqa: ANN401  # whatever a cell holds
    """The cell as it is seen: without the sign that keeps zeros, with the signs that a sheet writes as _x000D_."""
    if not isinstance(cell, str):
        return cell
    if cell.startswith('="') and (found := _QUOTED.fullmatch(cell.strip())):
        return found[1]
    return unescape(cell) if "_x" in cell else cell


def _are_plain(cells: Sequence[Any]) -> bool:
    """Whether each cell is the text that it shows: told of a whole row at once, as of nearly every row it can be."""
    try:
        row = "|".join(cells)
    except TypeError:
        return False
    return not (_MARKS.search(row) or text.hidden_signs(row)) and row.isprintable()


def _is_suspect(cell: Any) -> bool:  # noqa: ANN401  # a cell
    """Whether a cell has to be looked at; nearly all have not, and 300,000 rows have millions of them."""
    if isinstance(cell, str):
        return cell.startswith("#") or "E+" in cell or not cell.isprintable()
    return isinstance(cell, (Unread, datetime))


def _control_sign(cell: str) -> str | None:
    return next((sign for sign in cell if unicodedata.category(sign) == "Cc" and sign not in "\t\n\r\x85"), None)
