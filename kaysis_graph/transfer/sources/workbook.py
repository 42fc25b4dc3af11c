"""Workbooks: the sheet that is meant, and its rows; whatever a foreign file makes the library throw, as a sentence."""

import contextlib
import itertools
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

import openpyxl
from openpyxl.workbook import Workbook
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from kaysis_graph import text
from kaysis_graph.errors import Invalid, Problem
from kaysis_graph.transfer.maps.rules import Source
from kaysis_graph.transfer.sources import text_encoding
from kaysis_graph.transfer.sources.header import header_of, is_empty
from kaysis_graph.transfer.sources.sheet_cells import MergedCells, sheet_rows
from kaysis_graph.transfer.sources.sheets import table_rows
from kaysis_graph.transfer.sources.source_file import Columns, File, Row

# guess: a sheet filled to its last row with sixteen columns is a gigabyte of XML.
MOST_BYTES = 2 << 30
# What a part of a workbook may begin with before its first element; entities are declared there or nowhere.
_PROLOGUE = 1 << 16
_STRICT = b"http://purl.oclc.org/ooxml"
_LOOKED_AT = 50


@dataclass(frozen=True)
class _Candidate:
    """A sheet that may be meant: its place, whether it is shown, and how many wanted columns one of its rows has."""

    sheet: ReadOnlyWorksheet
    number: int
    is_visible: bool
    matches: int

    @property
    def rank(self) -> tuple[bool, int, bool, int]:
        """A sheet that is shown and has wanted columns first, then those with most of them, then as they stand."""
        return self.is_visible and self.matches > 0, self.matches, self.is_visible, -self.number


def workbook_rows(file: File, source: Source, columns: Columns) -> Iterator[Row]:
    """The rows of the sheet that the map names, else of the one that fits it best; `file.sheet` tells which."""
    with _opened(file) as book:
        candidates = _candidates(book, columns)
        sheet = _named(file, book, source.sheet) if source.sheet is not None else _chosen(file, book, candidates)
        file.sheet = sheet.title
        merged = MergedCells(sheet)
        given = 0
        for row in table_rows(file, sheet_rows(book, sheet), source.header_row, columns, merged.filled):
            given += 1
            yield row
        others = [candidate.sheet.title for candidate in candidates if candidate.sheet.title != sheet.title]
        if given == 0:
            raise _no_rows(file, sheet.title, others)
        if others and source.sheet is None:
            file.note("transfer.other_sheets", is_warning=True, sheet=sheet.title, others=", ".join(others))
        if sheet.sheet_state != "visible":
            file.note("transfer.hidden_sheet", is_warning=True, sheet=sheet.title)


@contextlib.contextmanager
def _opened(file: File) -> Iterator[Workbook]:
    """The workbook, closed at the end; Invalid when it cannot be read, then or later."""
    try:
        with text_encoding.raw(file.path) as content:
            with zipfile.ZipFile(content) as archive:
                _refuse_unfit(file, archive)
            book = openpyxl.load_workbook(content, read_only=True, data_only=True)
            with contextlib.closing(book):
                yield book
    except Invalid:
        raise
    except Exception as error:  # the library throws whatever a broken part leads it to
        reason = f"{type(error).__name__}: {error}".splitlines()[0][:200]
        raise Invalid([Problem("transfer.no_workbook", {"file": file.name}, {"reason": reason})]) from error


def _refuse_unfit(file: File, archive: zipfile.ZipFile) -> None:
    size = sum(member.file_size for member in archive.infolist())
    if size > MOST_BYTES:
        values: dict[str, object] = {"size": size >> 20, "most": MOST_BYTES >> 20}
        raise Invalid([Problem("transfer.workbook_too_large", {"file": file.name}, values)])
    if not any("worksheets/" in member.filename for member in archive.infolist()):
        raise Invalid([Problem("transfer.no_worksheets", {"file": file.name})])
    for member in archive.infolist():
        if not member.filename.endswith((".xml", ".rels")):
            continue
        with archive.open(member) as part:
            beginning = part.read(_PROLOGUE)
        if b"<!DOCTYPE" in beginning or b"<!ENTITY" in beginning:
            raise Invalid([Problem("transfer.workbook_entities", {"file": file.name}, {"part": member.filename})])
        if member.filename.endswith("workbook.xml") and _STRICT in beginning:
            raise Invalid([Problem("transfer.strict_workbook", {"file": file.name})])


def _candidates(book: Workbook, columns: Columns) -> list[_Candidate]:
    """The sheets that have a header and something under it, in their order."""
    found = []
    for number, sheet in enumerate(_sheets(book), 1):
        filled = (row for row in sheet_rows(book, sheet) if not is_empty(row.cells))
        first = list(itertools.islice(filled, _LOOKED_AT))
        if len(first) > 1:
            matches = max(header_of(row, columns.wanted).matches(columns.wanted) for row in first)
            found.append(_Candidate(sheet, number, sheet.sheet_state == "visible", matches))
    return found


def _sheets(book: Workbook) -> list[ReadOnlyWorksheet]:
    return [sheet for sheet in book.worksheets if isinstance(sheet, ReadOnlyWorksheet)]


def _named(file: File, book: Workbook, said: str | int) -> ReadOnlyWorksheet:
    """The sheet of that name, or of that number, counted from 1 as they stand."""
    sheets = _sheets(book)
    if isinstance(said, int):
        if 1 <= said <= len(sheets):
            return sheets[said - 1]
    else:
        exact = [sheet for sheet in sheets if sheet.title == said]
        alike = [sheet for sheet in sheets if text.fold(sheet.title.strip()) == text.fold(said.strip())]
        if found := exact or alike:
            return found[0]
    known = ", ".join(f"{number}: {sheet.title}" for number, sheet in enumerate(sheets, 1))
    raise Invalid([Problem("transfer.no_sheet", {"file": file.name}, {"sheet": said, "known": known})])


def _chosen(file: File, book: Workbook, candidates: list[_Candidate]) -> ReadOnlyWorksheet:
    if not candidates:
        titles = [sheet.title for sheet in _sheets(book)]
        raise _no_rows(file, ", ".join(titles) or "–", [])
    return max(candidates, key=lambda candidate: candidate.rank).sheet


def _no_rows(file: File, sheet: str, others: list[str]) -> Invalid:
    if others:
        values = {"sheet": sheet, "others": ", ".join(others), "first": others[0]}
        return Invalid([Problem("transfer.no_rows_in_sheet", {"file": file.name}, values)])
    return Invalid([Problem("transfer.no_rows_in_sheets", {"file": file.name}, {"sheets": sheet})])
