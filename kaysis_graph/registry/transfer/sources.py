"""Reading files row by row: CSV, XLSX, JSON and JSON Lines, each also gzipped.

A row knows the number a person sees: the line in a CSV or JSON Lines file, the row of a sheet, the place in a list.
"""

import csv
import hashlib
import itertools
import json
import sys
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from kaysis_graph.errors import Invalid, Problem
from kaysis_graph.registry.transfer import decoding
from kaysis_graph.registry.transfer.rules import Source

Format = Literal["csv", "xlsx", "json", "jsonl"]
_FORMATS: Mapping[str, Format] = {
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".xlsx": "xlsx",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}
_SAMPLE_LINES = 200


@dataclass(frozen=True)
class Row:
    """One row with its cells by column; a row that could not be read has a problem instead."""

    number: int
    cells: Mapping[str, Any]
    problem: Problem | None = None


@dataclass
class File:
    """A file as it was read: how it is written, and how many rows it gave so far."""

    path: Path
    format: Format
    encoding: str | None = None
    delimiter: str | None = None
    rows: int = 0
    header: list[str] | None = None
    problems: list[Problem] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The name people know it by."""
        return self.path.name


def opened(path: Path, source: Source) -> File:
    """The file with what was found out about it; Invalid when it cannot be read as anything known."""
    kind = source.format or _FORMATS.get(_suffix(path))
    if kind is None:
        values = {"name": path.name, "known": ", ".join(_FORMATS)}
        raise Invalid([Problem("transfer.unknown_format", {"file": path.name}, values)])
    file = File(path, kind)
    if kind == "xlsx":
        decoding.raw(path).close()
        return file
    file.encoding = source.encoding or decoding.encoding_of(path)
    try:
        sample = "".join(itertools.islice(decoding.lines(path, file.encoding), _SAMPLE_LINES))
    except (UnicodeDecodeError, LookupError) as error:
        values = {"encoding": file.encoding, "reason": str(error)}
        raise Invalid([Problem("transfer.not_decoded", {"file": path.name}, values)]) from error
    if decoding.was_decoded_twice(sample):
        file.problems.append(Problem("transfer.decoded_twice", {"file": path.name}))
    if kind == "csv":
        file.delimiter = source.delimiter or decoding.delimiter_of(sample)
    return file


def rows(file: File, source: Source) -> Iterator[Row]:
    """The rows of the file in their order; `file.rows` counts them, `file.header` is set before the first."""
    reading = {"csv": _csv, "xlsx": _xlsx, "json": _json, "jsonl": _json_lines}[file.format]
    for row in reading(file, source):
        file.rows += 1
        yield row


def fingerprint(path: Path) -> str:
    """What tells the content of a file from any other."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def flattened(told: Mapping[str, Any], before: str = "") -> dict[str, Any]:
    """The cells of a JSON object: what lies in an object within it has its name before a dot."""
    cells: dict[str, Any] = {}
    for name, value in told.items():
        if isinstance(value, dict):
            cells.update(flattened(value, f"{before}{name}."))
        else:
            cells[f"{before}{name}"] = value
    return cells


def _suffix(path: Path) -> str:
    parts = [suffix.replace("I", "i") for suffix in path.suffixes]
    return (parts[-2] if len(parts) > 1 else "") if parts and parts[-1] == ".gz" else (parts[-1] if parts else "")


def _header(file: File, cells: list[Any]) -> list[str]:
    names = [str(cell if cell is not None else "").strip() for cell in cells]
    while names and not names[-1]:
        names.pop()
    for name in sorted({name for name in names if names.count(name) > 1 and name}):
        file.problems.append(
            Problem("transfer.column_twice", {"file": file.name, "row": 1, "column": name}, {"name": name})
        )
    file.header = [name or f"#{number}" for number, name in enumerate(names, 1)]
    return file.header


def _csv(file: File, _: Source) -> Iterator[Row]:
    assert file.encoding is not None, "found out before"
    csv.field_size_limit(sys.maxsize)
    reader = csv.reader(decoding.lines(file.path, file.encoding), delimiter=file.delimiter or ",", strict=True)
    header: list[str] | None = None
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield _broken(file, line, str(error))
            continue
        except UnicodeDecodeError as error:
            yield _broken(file, line, str(error))
            return
        if not any(cells):
            continue
        if header is None:
            header = _header(file, cells)
        elif len(cells) < len(header) or any(cell.strip() for cell in cells[len(header) :]):
            values = {"has": len(cells), "wanted": len(header)}
            yield Row(line, {}, Problem("transfer.width", {"file": file.name, "row": line}, values))
        else:
            yield Row(line, dict(zip(header, cells, strict=False)))


def _xlsx(file: File, source: Source) -> Iterator[Row]:
    try:
        with decoding.raw(file.path) as content:
            book = openpyxl.load_workbook(content, read_only=True, data_only=True)
            try:
                if source.sheet is not None and source.sheet not in book.sheetnames:
                    values = {"sheet": source.sheet, "known": ", ".join(book.sheetnames)}
                    raise Invalid([Problem("transfer.no_sheet", {"file": file.name}, values)])
                sheet = book[source.sheet] if source.sheet is not None else book.worksheets[0]
                header: list[str] | None = None
                for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
                    if all(cell is None or cell == "" for cell in cells):
                        continue
                    if header is None:
                        header = _header(file, list(cells))
                        continue
                    yield Row(number, dict(zip(header, cells, strict=False)))
            finally:
                book.close()
    except (zipfile.BadZipFile, InvalidFileException, KeyError) as error:
        raise Invalid([Problem("transfer.no_workbook", {"file": file.name}, {"reason": str(error)})]) from error


def _json(file: File, source: Source) -> Iterator[Row]:
    assert file.encoding is not None, "found out before"
    with decoding.raw(file.path) as content:
        try:
            told = json.loads(content.read().decode(file.encoding))
        except ValueError as error:
            raise Invalid([Problem("transfer.no_json", {"file": file.name}, {"reason": str(error)})]) from error
    for step in source.rows.split(".") if source.rows else ():
        told = told.get(step) if isinstance(told, dict) else None
    if not isinstance(told, list):
        raise Invalid([Problem("transfer.no_list", {"file": file.name}, {"rows": source.rows or "–"})])
    for number, one in enumerate(told, 1):
        yield _object(file, number, one)


def _json_lines(file: File, _: Source) -> Iterator[Row]:
    assert file.encoding is not None, "found out before"
    for number, line in enumerate(decoding.lines(file.path, file.encoding), 1):
        if not line.strip():
            continue
        try:
            yield _object(file, number, json.loads(line))
        except ValueError as error:
            yield _broken(file, number, str(error))


def _object(file: File, number: int, told: object) -> Row:
    if not isinstance(told, dict):
        return _broken(file, number, f"not an object: {str(told)[:40]}")
    return Row(number, flattened(told))


def _broken(file: File, number: int, reason: str) -> Row:
    return Row(number, {}, Problem("transfer.row", {"file": file.name, "row": number}, {"reason": reason}))
