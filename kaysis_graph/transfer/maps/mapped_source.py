"""Files read row by row through a map: CSV, XLSX, JSON and JSON Lines as the source of an import."""

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kaysis_graph import text
from kaysis_graph.errors import Invalid, Problem
from kaysis_graph.graph.queries import load
from kaysis_graph.graph.store import Reader
from kaysis_graph.schema import Schema
from kaysis_graph.schema.identifiers import canonical_identifier
from kaysis_graph.transfer.import_files import ImportSource
from kaysis_graph.transfer.inventions import Inventions
from kaysis_graph.transfer.maps.applied import Applying, Given
from kaysis_graph.transfer.maps.definition import find_oddities
from kaysis_graph.transfer.maps.rules import ImportMap
from kaysis_graph.transfer.report import FileRead
from kaysis_graph.transfer.sources import file_rows
from kaysis_graph.transfer.sources.hidden_signs import HiddenSigns

_FIND = load("transfer/find")
_STEP = 1_000
_NAMED_COLUMNS = 10


@dataclass(frozen=True)
class NamedRecord:
    """A record of a name with what it is part of."""

    id: str
    wholes: list[str]


def source(schema: Schema, paths: Sequence[Path], mapping: ImportMap) -> ImportSource:
    """The files as the map says that they are to be understood."""

    def read(reader: Reader, files: list[FileRead], step: Callable[[int], None]) -> Iterator[Given]:
        inventions = Inventions(reader, schema, mapping.kinds())
        applying = Applying(schema, mapping, finder_in(reader, schema), inventions.number)
        done = itertools.count(1)
        yield from find_oddities(mapping, mapping.about or "map")
        for path in paths:
            try:
                file = file_rows.opened(path, mapping.source)
            except Invalid as invalid:
                yield from invalid.problems
                continue
            signs = HiddenSigns(file.name, mapping.columns())
            try:
                for row in _rows(applying, file, signs):
                    yield from row
                    yield from inventions.drain()
                    if (number := next(done)) % _STEP == 0:
                        step(number)
            except Invalid as invalid:
                file.problems.extend(invalid.problems)
            finally:
                files.append(FileRead(file.name, file.format, file.encoding, file.delimiter, file.rows, file.sheet))
            yield from file.problems
            yield from signs.problems()

    return ImportSource(paths, mapping.model_dump_json(), read, mapping.columns_by_field())


def finder_in(reader: Reader, schema: Schema) -> Callable[[str, str, str | None], list[str]]:
    """A search for records by kind, name and what they are part of, which remembers its answers."""
    held: dict[tuple[str, str], list[NamedRecord]] = {}

    def find(kind: str, title: str, part_of: str | None) -> list[str]:
        key = (kind, text.fold(title))
        if key not in held:
            held[key] = reader.read(_FIND.named(KIND=kind), into=NamedRecord, name=key[1])
        whole = None if part_of is None else canonical_identifier(schema, part_of)
        return [found.id for found in held[key] if whole is None or whole in found.wholes]

    return find


def _rows(applying: Applying, file: file_rows.File, signs: HiddenSigns) -> Iterator[Iterator[Given]]:
    """What each row says, and what is wrong with the columns: first where the file has a header, else last."""
    columns_before = set(applying.columns)
    applying.columns.clear()
    is_told = False
    mapping = applying.mapping
    columns = file_rows.Columns(frozenset(mapping.columns()), frozenset(mapping.ignore))
    for row in file_rows.rows(file, mapping.source, columns):
        if not is_told and file.header is not None:
            yield _column_problems(mapping, file, set(file.header))
            is_told = True
            if columns.wanted - set(file.header):
                # Every row would lack the same: it is said once, and now.
                break
        signs.look(row)
        yield iter(row.problems) if row.is_broken else itertools.chain(row.problems, applying.given(file, row))
    if file.header is None:
        yield _column_problems(applying.mapping, file, applying.columns)
    applying.columns |= columns_before


def _column_problems(mapping: ImportMap, file: file_rows.File, has: set[str]) -> Iterator[Problem]:
    wanted = mapping.columns()
    place: dict[str, str | int] = {"file": file.name, "row": file.header_row}
    if "*" not in mapping.ignore:
        known = wanted | set(mapping.ignore)
        unknown = [
            name
            for name in sorted(has - known, key=_order(file))
            if not any(name.startswith(f"{left}.") for left in mapping.ignore)
        ]
        for name in unknown[:_NAMED_COLUMNS]:
            yield Problem("transfer.unknown_column", {**place, "column": name}, {"name": name})
        if more := unknown[_NAMED_COLUMNS:]:
            yield Problem("transfer.unknown_columns", place, {"count": len(more), "names": ", ".join(more)[:300]})
    if file.rows:
        known_names = ", ".join(sorted(has, key=_order(file)))[:300]
        for name in sorted(wanted - has):
            values = {"name": name, "known": known_names}
            yield Problem("transfer.missing_column", {**place, "column": name}, values)


def _order(file: file_rows.File) -> Callable[[str], tuple[int, str]]:
    """Columns as they stand in the header; those of files without one by their names."""
    places = {name: number for number, name in enumerate(file.header or ())}
    return lambda name: (places.get(name, len(places)), name)
