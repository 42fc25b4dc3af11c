"""Edges and records as columns of numbers, which is how the projection keeps them.

A day is the number of days since 1970-01-01; spans are half-open, `valid_from <= day < valid_to`.
All arrays are read-only: what is handed out never changes.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Mask = NDArray[np.bool_]
Strings = NDArray[np.object_]

OPEN_FROM: Final = -(2**31)
OPEN_TO: Final = 2**31 - 1
_EPOCH: Final = date(1970, 1, 1).toordinal()
_Scalar = TypeVar("_Scalar", bound=np.generic)

# Below this many rows each is put in its place; above it the whole column is sorted anew
# (300,000 edges: 1 ms for one row, 35 ms to sort).
_FEW: Final = 500


def day_of(at: date) -> int:
    """The day's number, 0 for 1970-01-01."""
    return at.toordinal() - _EPOCH


def date_of(day: int) -> date | None:
    """The date of a day's number; None for either open end."""
    if day in (OPEN_FROM, OPEN_TO):
        return None
    return date.fromordinal(day + _EPOCH)


def first_day(at: date | None) -> int:
    """The number of a `valid_from` date, an open one as the lowest number."""
    return OPEN_FROM if at is None else day_of(at)


def last_day(at: date | None) -> int:
    """The number of a `valid_to` date, an open one as the highest number."""
    return OPEN_TO if at is None else day_of(at)


def span_of(first: str | None, last: str | None) -> tuple[int, int]:
    """The numbers of a first and a last day as they are stored: ISO texts, empty or None where open."""
    return first_day(_read(first)), last_day(_read(last))


def _read(said: str | None) -> date | None:
    return date.fromisoformat(said) if said else None


def first_days(dates: Iterable[date | None]) -> Ints:
    """The numbers of `valid_from` dates, open ones as the lowest number."""
    return np.fromiter(map(first_day, dates), np.int32)


def frozen(values: NDArray[_Scalar]) -> NDArray[_Scalar]:
    """The array, made read-only."""
    values.flags.writeable = False
    return values


def distinct(values: NDArray[_Scalar]) -> NDArray[_Scalar]:
    """Each value once, ascending; `np.unique` hashes first, which takes five times as long for nearly sorted keys."""
    ordered = np.sort(values)
    is_first = np.ones(len(ordered), np.bool_)
    is_first[1:] = ordered[1:] != ordered[:-1]
    return ordered[is_first]


def spread(starts: NDArray[np.integer], counts: NDArray[np.integer]) -> Longs:
    """The numbers start, start + 1, … of several ranges, one range after the other."""
    begins = np.cumsum(counts) - counts
    ranges: Longs = np.arange(int(counts.sum()), dtype=np.int64) + np.repeat(starts - begins, counts)
    return ranges


@dataclass(frozen=True)
class EdgeColumns:
    """All edges of one type, in the order source, target, first day.

    `is_secondary` marks the lesser edges: second ties of units, repeals of a part, by-products of services. The row of
    an edge is good for this one value: it moves when another edge is added.
    """

    source: Ints
    target: Ints
    valid_from: Ints
    valid_to: Ints
    is_secondary: Mask

    @staticmethod
    def empty() -> "EdgeColumns":
        """No edge at all."""
        none = np.empty(0, np.int32)
        return EdgeColumns.arranged(none, none, none, none, np.empty(0, np.bool_))

    @staticmethod
    def arranged(source: Ints, target: Ints, valid_from: Ints, valid_to: Ints, is_secondary: Mask) -> "EdgeColumns":
        """The edges in their order, of whichever order they are given in; of one edge given twice the later one."""
        order: Longs = np.lexsort((valid_from, target, source))
        source, target, valid_from = source[order], target[order], valid_from[order]
        is_last = np.ones(len(order), np.bool_)
        is_last[:-1] = (np.diff(source) != 0) | (np.diff(target) != 0) | (valid_from[1:] != valid_from[:-1])
        return EdgeColumns(
            frozen(source[is_last]),
            frozen(target[is_last]),
            frozen(valid_from[is_last]),
            frozen(valid_to[order][is_last]),
            frozen(is_secondary[order][is_last]),
        )

    def __len__(self) -> int:
        return len(self.source)

    @cached_property
    def keys(self) -> Longs:
        """Source and target packed into one number, ascending."""
        return frozen((self.source.astype(np.int64) << 32) | self.target)

    @cached_property
    def by_target(self) -> Ints:
        """The rows in the order target, source, first day."""
        size = 1 + max(int(self.source.max(initial=-1)), int(self.target.max(initial=-1)))
        if size == 0:
            return frozen(np.empty(0, np.int32))
        starts = np.concatenate(([0], np.cumsum(np.bincount(self.source, minlength=size))))
        rows = np.arange(len(self), dtype=np.int32)
        # From rows to columns is a counting sort that keeps the order within a target: 8 times faster than argsort.
        by_target: Ints = csr_array((rows, self.target, starts), shape=(size, size)).tocsc().data
        return frozen(by_target)

    @cached_property
    def _targets_in_order(self) -> Ints:
        return frozen(self.target[self.by_target])

    def rows_from(self, position: int) -> Ints:
        """The rows of edges that leave the record, whatever their days, by target and first day."""
        begin, end = np.searchsorted(self.source, np.array([position, position + 1], np.int32))
        return np.arange(begin, end, dtype=np.int32)

    def rows_to(self, position: int) -> Ints:
        """The rows of edges that reach the record, whatever their days, by source and first day."""
        begin, end = np.searchsorted(self._targets_in_order, np.array([position, position + 1], np.int32))
        return self.by_target[begin:end]

    def rows_of(self, positions: Ints, *, leaving: bool) -> tuple[Ints, Longs]:
        """The rows of the edges that leave each of the records, or reach it, and how many those of each are.

        Those of one record after those of another, each in the order of `rows_from` or `rows_to`.
        """
        ends = self.source if leaving else self._targets_in_order
        begins = np.searchsorted(ends, positions)
        counts = np.searchsorted(ends, positions, side="right") - begins
        rows = spread(begins, counts)
        return rows.astype(np.int32) if leaving else self.by_target[rows], counts

    def rows_between(self, source: int, target: int) -> Ints:
        """The rows of the parallel edges from one record to the other, by first day."""
        key = (source << 32) | target
        begin, end = np.searchsorted(self.keys, np.array([key, key + 1], np.int64))
        return np.arange(begin, end, dtype=np.int32)

    def without(self, is_removed: Mask) -> "EdgeColumns":
        """The edges whose row is not marked."""
        kept = ~is_removed
        return EdgeColumns(
            frozen(self.source[kept]),
            frozen(self.target[kept]),
            frozen(self.valid_from[kept]),
            frozen(self.valid_to[kept]),
            frozen(self.is_secondary[kept]),
        )

    def with_edges(self, added: "EdgeColumns") -> "EdgeColumns":
        """These edges and those; where both hold the same edge, the added one."""
        if len(added) == 0:
            return self
        if len(added) > _FEW:
            joined = (np.concatenate(pair) for pair in zip(self.columns(), added.columns(), strict=True))
            return EdgeColumns.arranged(*joined)
        kept = self.without(self.marks(added.source, added.target, added.valid_from))
        begins = np.searchsorted(kept.keys, added.keys)
        ends = np.searchsorted(kept.keys, added.keys, side="right")
        places = [
            begin + int(np.searchsorted(kept.valid_from[begin:end], first))
            for begin, end, first in zip(begins.tolist(), ends.tolist(), added.valid_from.tolist(), strict=True)
        ]
        pairs = zip(kept.columns(), added.columns(), strict=True)
        return EdgeColumns(*(frozen(np.insert(column, places, new)) for column, new in pairs))

    def ending(self, rows: Ints, day: int) -> "EdgeColumns":
        """The same edges, those of these rows ended on the day at the latest."""
        valid_to = self.valid_to.copy()
        valid_to[rows] = np.minimum(valid_to[rows], day)
        return replace(self, valid_to=frozen(valid_to))

    def marks(self, source: Ints, target: Ints, valid_from: Ints) -> Mask:
        """Marks the rows of the edges that are named by their ends and first day; unknown ones are passed over."""
        marked = np.zeros(len(self), np.bool_)
        keys = (source.astype(np.int64) << 32) | target
        begins = np.searchsorted(self.keys, keys)
        counts = np.searchsorted(self.keys, keys, side="right") - begins
        rows = spread(begins, counts)
        marked[rows[self.valid_from[rows] == np.repeat(valid_from, counts)]] = True
        return marked

    def columns(self) -> tuple[Ints, Ints, Ints, Ints, Mask]:
        """Source, target, first day, last day, secondary: as the constructor takes them."""
        return self.source, self.target, self.valid_from, self.valid_to, self.is_secondary


@dataclass(frozen=True)
class Categories:
    """Which category an organisation has from when to when; the marked categories make it an institution."""

    names: tuple[str, ...]
    is_institution: Mask
    position: Ints
    valid_from: Ints
    valid_to: Ints
    category: Ints

    def on(self, day: int, size: int) -> Ints:
        """The number of each record's category on the day, -1 where it has none."""
        holds = (self.valid_from <= day) & (day < self.valid_to)
        categories = np.full(size, -1, np.int32)
        categories[self.position[holds]] = self.category[holds]
        return frozen(categories)


@dataclass(frozen=True)
class EarlierSpells:
    """The spells that records had before the one their own two days tell, by position and first day."""

    position: Ints
    valid_from: Ints
    valid_to: Ints

    @staticmethod
    def arranged(rows: Iterable[tuple[int, int, int]]) -> "EarlierSpells":
        """Spells given as (position, first day, last day), in any order."""
        columns = np.array(sorted(rows), np.int32).reshape(-1, 3).T
        return EarlierSpells(*(frozen(column.copy()) for column in columns))

    def rows(self) -> list[tuple[int, int, int]]:
        """Each spell as (position, first day, last day)."""
        return list(zip(self.position.tolist(), self.valid_from.tolist(), self.valid_to.tolist(), strict=True))

    def replaced(self, positions: Iterable[int], rows: Sequence[tuple[int, int, int]]) -> "EarlierSpells":
        """The same with these spells in place of those that the records at the positions had."""
        kept = ~np.isin(self.position, np.fromiter(positions, np.int32))
        if kept.all() and not rows:
            return self
        others = zip(*(column[kept].tolist() for column in self.columns()), strict=True)
        return EarlierSpells.arranged([*others, *rows])

    def columns(self) -> tuple[Ints, Ints, Ints]:
        """Position, first day, last day: as the constructor takes them."""
        return self.position, self.valid_from, self.valid_to

    def of(self, position: int) -> list[tuple[int, int]]:
        """The earlier spells of one record as (first day, last day), the oldest first."""
        begin, end = np.searchsorted(self.position, np.array([position, position + 1], np.int32))
        return list(zip(self.valid_from[begin:end].tolist(), self.valid_to[begin:end].tolist(), strict=True))
