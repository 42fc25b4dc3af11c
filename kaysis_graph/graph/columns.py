"""Columns of numbers, which is how the projection keeps records and edges, and what they are made with.

A day is the number of days since 1970-01-01; spans are half-open, `valid_from <= day < valid_to`.
All arrays are read-only: what is handed out never changes.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]
Mask = NDArray[np.bool_]
Strings = NDArray[np.object_]

OPEN_FROM: Final = -(2**31)
OPEN_TO: Final = 2**31 - 1
_EPOCH: Final = date(1970, 1, 1).toordinal()
_Scalar = TypeVar("_Scalar", bound=np.generic)


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
