"""The header of a table: where it stands, and what its columns are called."""

import itertools
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kaysis_graph import text
from kaysis_graph.errors import Invalid, Problem

# Titles, notes and a coat of arms above a table take a few rows; a header further down is said in the map.
_LOOKED_AT = 50
_SHOWN = 300


@dataclass(frozen=True)
class RawRow:
    """A row as it stands in the file: its number as a person sees it, its cells from the first column on."""

    number: int
    cells: Sequence[Any]
    is_hidden: bool = False


@dataclass(frozen=True)
class Header:
    """The names of the columns, empty for a column without one, the row they stand in and how many cells it has."""

    row: int
    names: tuple[str, ...]
    width: int

    def matches(self, wanted: frozenset[str]) -> int:
        """How many of the columns that the map asks for it has."""
        return len(wanted & set(self.names))


def is_empty(cells: Sequence[Any]) -> bool:
    """Whether nothing stands in the row."""
    return all(cell is None or (isinstance(cell, str) and not cell.strip()) for cell in cells)


def header_of(row: RawRow, wanted: frozenset[str]) -> Header:
    """The names in a row; one that differs from a name of the map in case or blanks alone is that name."""
    names = [" ".join(str(cell if cell is not None else "").split()) for cell in row.cells]
    while names and not names[-1]:
        names.pop()
    by_fold = _by_fold(wanted)
    told = [
        by_fold.get(text.fold(name), name) if name not in wanted and by_fold.get(text.fold(name)) not in names else name
        for name in names
    ]
    return Header(row.number, tuple(told), len(row.cells))


def found_header(
    rows: Iterator[RawRow], wanted: frozenset[str], said: int | None, file: str
) -> tuple[Header | None, Iterator[RawRow]]:
    """The header with the rows under it; None where the file has no row.

    Without a row said by the map it is the first that is not empty. Invalid when another of the first rows has more of
    the columns that the map asks for, and when the row that was said is empty.
    """
    if said is not None:
        row = next((row for row in rows if row.number >= said), None)
        if row is None or row.number > said or is_empty(row.cells):
            raise Invalid([Problem("transfer.no_header", {"file": file, "row": said}, {"row": said})])
        return header_of(row, wanted), rows
    first = deque(itertools.islice((row for row in rows if not is_empty(row.cells)), _LOOKED_AT))
    if not first:
        return None, rows
    headers = [header_of(row, wanted) for row in first]
    best = max(headers, key=lambda header: (header.matches(wanted), -header.row))
    if best.row != headers[0].row and best.matches(wanted) > max(1, headers[0].matches(wanted)):
        values = {
            "row": best.row,
            "names": ", ".join(name for name in best.names if name)[:_SHOWN],
            "first": headers[0].row,
        }
        raise Invalid([Problem("transfer.header_elsewhere", {"file": file, "row": best.row}, values)])
    first.popleft()
    return headers[0], itertools.chain(first, rows)


def doubled(header: Header) -> list[str]:
    """The names that stand over more than one column."""
    return sorted({name for name in header.names if name and header.names.count(name) > 1})


def _by_fold(wanted: frozenset[str]) -> Mapping[str, str]:
    return {text.fold(name): name for name in sorted(wanted)}
