"""Reading files row by row: CSV, XLSX, JSON and JSON Lines, each also gzipped.

A row knows the number a person sees: the line in a CSV or JSON Lines file, the row of a sheet, the place in a list.
"""

import csv
import hashlib
import itertools
import json
from collections.abc import Generator, Iterator, Mapping
from pathlib import Path
from typing import Any

from kaysis_graph.errors import Invalid, Problem
from kaysis_graph.transfer.maps.rules import Source
from kaysis_graph.transfer.sources import text_encoding
from kaysis_graph.transfer.sources.file_signatures import Signature, signature_of
from kaysis_graph.transfer.sources.header import RawRow, is_empty
from kaysis_graph.transfer.sources.sheets import table_rows
from kaysis_graph.transfer.sources.source_file import Columns, File, Format, Row
from kaysis_graph.transfer.sources.workbook import workbook_rows

__all__ = ["Columns", "File", "Format", "Row", "fingerprint", "flattened", "opened", "rows"]

_FORMATS: Mapping[str, Format] = {
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}
# Endings of programs whose files are told by their first bytes, and named for what they are.
_FOREIGN = frozenset({".xls", ".xlsb", ".ods", ".pdf", ".doc", ".docx", ".html", ".htm", ".xml"})
_SAMPLE_LINES = 200
_SHOWN = 300


def opened(path: Path, source: Source) -> File:
    """The file with what was found out about it; Invalid when it cannot be read as anything known."""
    suffix = _suffix(path)
    kind = source.format or _FORMATS.get(suffix)
    with text_encoding.unpacked(path):
        if kind is not None or suffix in _FOREIGN:
            _refuse_foreign(path, kind, signature_of(path))
        if kind is None:
            values = {"name": path.name, "known": ", ".join(_FORMATS)}
            raise Invalid([Problem("transfer.unknown_format", {"file": path.name}, values)])
        file = File(path, kind)
        if kind != "xlsx":
            _find_out(file, source)
    return file


def rows(file: File, source: Source, columns: Columns | None = None) -> Generator[Row, None, None]:
    """The rows of the file in their order; `file.rows` counts them, `file.header` is set before the first.

    `columns` are those that the map speaks of: by them the sheet and the header are found.
    """
    known = columns or Columns()
    with text_encoding.unpacked(file.path):
        for row in _read(file, source, known):
            file.rows += 1
            yield row
    if file.rows == 0:
        raise Invalid([Problem("transfer.no_rows", {"file": file.name})])


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


def _read(file: File, source: Source, columns: Columns) -> Iterator[Row]:
    match file.format:
        case "csv":
            raw = _delimited(file)
            return table_rows(file, raw, source.header_row, columns, lambda row: row.cells)
        case "xlsx":
            return workbook_rows(file, source, columns)
        case "json":
            return _json(file, source)
        case "jsonl":
            return _json_lines(file)


def _suffix(path: Path) -> str:
    parts = [suffix.replace("I", "i") for suffix in path.suffixes]
    return (parts[-2] if len(parts) > 1 else "") if parts and parts[-1] == ".gz" else (parts[-1] if parts else "")


def _refuse_foreign(path: Path, kind: Format | None, signature: Signature | None) -> None:
    """Invalid, naming what the file is, when its bytes are of another program than its name says."""
    if signature is None and kind == "xlsx":
        raise Invalid([Problem("transfer.text_as_workbook", {"file": path.name})])
    if signature is None or (signature == "workbook" and kind == "xlsx"):
        return
    raise Invalid([Problem(f"transfer.is_{signature}", {"file": path.name})])


def _find_out(file: File, source: Source) -> None:
    """How the text of the file is encoded, and what stands between its cells."""
    file.encoding = source.encoding or text_encoding.encoding_of(file.path)
    try:
        sample = "".join(itertools.islice(text_encoding.lines(file.path, file.encoding), _SAMPLE_LINES))
    except (UnicodeDecodeError, LookupError) as error:
        values = {"encoding": file.encoding, "reason": str(error)}
        raise Invalid([Problem("transfer.not_decoded", {"file": file.name}, values)]) from error
    if text_encoding.was_decoded_twice(sample):
        place: dict[str, str | int] = {"file": file.name, "row": text_encoding.twice_decoded_row(sample)}
        raise Invalid([Problem("transfer.decoded_twice", place)])
    if file.format == "csv":
        file.delimiter = source.delimiter or text_encoding.delimiter_of(sample)


def _delimited(file: File) -> Iterator[RawRow]:
    assert file.encoding is not None, "found out before"
    lines = text_encoding.lines(file.path, file.encoding)
    reader = csv.reader(lines, delimiter=file.delimiter or ",", strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            _note_quotes(file, line, reader.line_num, str(error))
            continue
        except UnicodeDecodeError as error:
            byte = f"0x{error.object[error.start]:02X}"
            file.note("transfer.odd_byte", reader.line_num + 1, byte=byte, encoding=error.encoding)
            return
        if line == 1 and text_encoding.said_delimiter((file.delimiter or ",").join(cells)):
            continue
        if not is_empty(cells):
            yield RawRow(line, cells)


def _note_quotes(file: File, first: int, last: int, reason: str) -> None:
    """The reader stumbles over quotation marks alone: one that is never closed, or one inside a quoted cell."""
    if "unexpected end" in reason:
        file.note("transfer.quote_open", first, first=first, last=last)
    else:
        file.note("transfer.quote_inside", first, first=first)


def _json(file: File, source: Source) -> Iterator[Row]:
    assert file.encoding is not None, "found out before"
    with text_encoding.raw(file.path) as content:
        try:
            told = json.loads(content.read().decode(file.encoding))
        except json.JSONDecodeError as error:
            values = {"reason": error.msg, "line": error.lineno, "column": error.colno}
            raise Invalid([Problem("transfer.no_json", {"file": file.name, "row": error.lineno}, values)]) from error
        except (ValueError, RecursionError) as error:
            values = {"encoding": file.encoding, "reason": str(error)}
            raise Invalid([Problem("transfer.not_decoded", {"file": file.name}, values)]) from error
    found = told
    for step in source.rows.split(".") if source.rows else ():
        found = found.get(step) if isinstance(found, dict) else None
    if not isinstance(found, list):
        lists = [name for name, value in told.items() if isinstance(value, list)] if isinstance(told, dict) else []
        values = {"rows": source.rows or "–", "lists": ", ".join(lists)[:_SHOWN] or "–"}
        raise Invalid([Problem("transfer.no_list", {"file": file.name}, values)])
    for number, one in enumerate(found, 1):
        yield _object(file, number, one)


def _json_lines(file: File) -> Iterator[Row]:
    assert file.encoding is not None, "found out before"
    for number, line in enumerate(text_encoding.lines(file.path, file.encoding), 1):
        if not line.strip():
            continue
        try:
            yield _object(file, number, json.loads(line))
        except (ValueError, RecursionError) as error:
            yield _broken(file, number, str(error))


def _object(file: File, number: int, told: object) -> Row:
    if not isinstance(told, dict):
        return _broken(file, number, f"not an object: {str(told)[:40]}")
    return Row(number, flattened(told))


def _broken(file: File, number: int, reason: str) -> Row:
    return Row(number, {}, (Problem("transfer.row", {"file": file.name, "row": number}, {"reason": reason}),))
