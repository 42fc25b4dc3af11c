"""Files read row by row through a map: CSV, XLSX, JSON and JSON Lines as the source of an import."""

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kaysis_graph import text
from kaysis_graph.errors import Invalid, Problem
from kaysis_graph.graph.queries import load
from kaysis_graph.graph.store import Reader
from kaysis_graph.registry.transfer import sources
from kaysis_graph.registry.transfer.applying import Applying, Given
from kaysis_graph.registry.transfer.importing import Source
from kaysis_graph.registry.transfer.report import FileRead
from kaysis_graph.registry.transfer.rules import ImportMap
from kaysis_graph.schema import Schema

_FIND = load("transfer/find")
_STEP = 1_000


@dataclass(frozen=True)
class Found:
    """A record of a name with what it is part of."""

    id: str
    wholes: list[str]


def source(schema: Schema, paths: Sequence[Path], mapping: ImportMap) -> Source:
    """The files as the map says that they are to be understood."""

    def read(reader: Reader, files: list[FileRead], step: Callable[[int], None]) -> Iterator[Given]:
        applying = Applying(schema, mapping, finder_in(reader))
        done = itertools.count(1)
        for path in paths:
            try:
                file = sources.opened(path, mapping.source)
            except Invalid as invalid:
                yield from invalid.problems
                continue
            try:
                for row in _rows(applying, file):
                    yield from row
                    if (number := next(done)) % _STEP == 0:
                        step(number)
                yield from file.problems
            except Invalid as invalid:
                yield from invalid.problems
            finally:
                files.append(FileRead(file.name, file.format, file.encoding, file.delimiter, file.rows))

    return Source(paths, mapping.model_dump_json(), read, mapping.columns_by_field())


def finder_in(reader: Reader) -> Callable[[str, str, str | None], list[str]]:
    """A search for records by kind, name and what they are part of, which remembers its answers."""
    held: dict[tuple[str, str], list[Found]] = {}

    def find(kind: str, title: str, part_of: str | None) -> list[str]:
        key = (kind, text.fold(title))
        if key not in held:
            held[key] = reader.read(_FIND.named(KIND=kind), into=Found, name=key[1])
        return [found.id for found in held[key] if part_of is None or part_of in found.wholes]

    return find


def _rows(applying: Applying, file: sources.File) -> Iterator[Iterator[Given]]:
    """What each row says, and what is wrong with the columns: first where the file has a header, else last."""
    columns_before = set(applying.columns)
    applying.columns.clear()
    is_told = False
    for row in sources.rows(file, applying.mapping.source):
        if not is_told and file.header is not None:
            yield _column_problems(applying.mapping, file, set(file.header))
            is_told = True
        yield iter([row.problem]) if row.problem else applying.given(file, row)
    if file.rows == 0:
        yield iter([Problem("transfer.no_rows", {"file": file.name}, {}, "warning")])
    if file.header is None:
        yield _column_problems(applying.mapping, file, applying.columns)
    applying.columns |= columns_before


def _column_problems(mapping: ImportMap, file: sources.File, has: set[str]) -> Iterator[Problem]:
    wanted = mapping.columns()
    if mapping.ignore != "*":
        known = wanted | set(mapping.ignore)
        for name in sorted(has - known):
            if not any(name.startswith(f"{left}.") for left in mapping.ignore):
                yield Problem("transfer.unknown_column", {"file": file.name, "row": 1, "column": name}, {"name": name})
    if file.rows:
        for name in sorted(wanted - has):
            values = {"name": name, "known": ", ".join(sorted(has))[:300]}
            yield Problem("transfer.missing_column", {"file": file.name, "row": 1, "column": name}, values)
