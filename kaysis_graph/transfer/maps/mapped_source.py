"""Files read row by row through a map: CSV, XLSX, JSON and JSON Lines as the source of an import."""

import contextlib
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
        columns = _FileColumns(mapping)
        # The first file tells its columns before its rows; those of the others are looked at before any row is read.
        for path in paths[1:]:
            yield from columns.look_ahead(path)
        for path in paths:
            try:
                file = file_rows.opened(path, mapping.source)
            except Invalid as invalid:
                yield from invalid.problems
                continue
            signs = HiddenSigns(file.name, mapping.columns())
            try:
                for row in _rows(applying, file, signs, columns):
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


def _rows(
    applying: Applying, file: file_rows.File, signs: HiddenSigns, columns: "_FileColumns"
) -> Iterator[Iterator[Given]]:
    """What each row says, and what is wrong with the columns: first where the file has a header, else last."""
    columns_before = set(applying.columns)
    applying.columns.clear()
    is_first = True
    for row in file_rows.rows(file, applying.mapping.source, columns.wanted):
        if is_first and file.header is not None:
            yield columns.problems(file, set(file.header))
            if columns.wanted.wanted - set(file.header):
                # Every row would lack the same: it is said once, and now.
                break
        is_first = False
        signs.look(row)
        yield iter(row.problems) if row.is_broken else itertools.chain(row.problems, applying.given(file, row))
        if file.header is None and file.rows == _STEP - 1:
            # Whoever waits need not wait for the last of 300,000 rows to hear of a name that is in all of them.
            yield columns.unknown(file, applying.columns)
    if file.header is None:
        yield columns.problems(file, applying.columns)
    applying.columns |= columns_before


class _FileColumns:
    """The columns of the files held against the map; what is wrong with those of a file is told once."""

    def __init__(self, mapping: ImportMap) -> None:
        self.wanted = file_rows.Columns(frozenset(mapping.columns()), frozenset(mapping.ignore))
        self._mapping = mapping
        self._told: set[tuple[Path, str]] = set()

    def look_ahead(self, path: Path) -> Iterator[Problem]:
        """What is wrong with the header of a file; what else is wrong with it is told when it is read."""
        try:
            file = file_rows.opened(path, self._mapping.source)
            with contextlib.closing(file_rows.rows(file, self._mapping.source, self.wanted)) as rows:
                next(rows, None)
        except Invalid:
            return
        if file.header is not None:
            yield from self.problems(file, set(file.header))

    def problems(self, file: file_rows.File, has: set[str]) -> Iterator[Problem]:
        """Columns that the map does not know, and those that it asks for in vain."""
        yield from self.unknown(file, has)
        if not file.rows:
            return
        known_names = ", ".join(sorted(has, key=_order(file)))[:300]
        for name in sorted(self.wanted.wanted - has):
            if self._is_news(file, name):
                values = {"name": name, "known": known_names}
                yield Problem("transfer.missing_column", {**_place(file), "column": name}, values)

    def unknown(self, file: file_rows.File, has: set[str]) -> Iterator[Problem]:
        """Columns that the map does not know."""
        if self.wanted.leaves_others:
            return
        known, left = self.wanted.wanted | self.wanted.ignored, tuple(f"{name}." for name in self.wanted.ignored)
        unknown = [
            name
            for name in sorted(has - known, key=_order(file))
            if not name.startswith(left) and self._is_news(file, name)
        ]
        for name in unknown[:_NAMED_COLUMNS]:
            yield Problem("transfer.unknown_column", {**_place(file), "column": name}, {"name": name})
        if more := unknown[_NAMED_COLUMNS:]:
            values = {"count": len(more), "names": ", ".join(more)[:300]}
            yield Problem("transfer.unknown_columns", _place(file), values)

    def _is_news(self, file: file_rows.File, name: str) -> bool:
        is_news = (file.path, name) not in self._told
        self._told.add((file.path, name))
        return is_news


def _place(file: file_rows.File) -> dict[str, str | int]:
    return {"file": file.name, "row": file.header_row}


def _order(file: file_rows.File) -> Callable[[str], tuple[int, str]]:
    """Columns as they stand in the header; those of files without one by their names."""
    places = {name: number for number, name in enumerate(file.header or ())}
    return lambda name: (places.get(name, len(places)), name)
