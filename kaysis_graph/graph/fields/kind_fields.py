"""What the records of one kind say, by row, and their order by title.

Records of a kind have rows of their own, so that a list narrows and sorts no others. A row belongs to one position of
the record table for good; a deleted record says nothing any more.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from typing import Any, Final

import numpy as np

from kaysis_graph.graph.columns import Ints, Longs, Mask, Strings, frozen
from kaysis_graph.graph.fields.text_column import TextColumn, held_at
from kaysis_graph.graph.fields.value_columns import AnyColumn, CodeColumn, empty_column
from kaysis_graph.schema import Kind

# To compare so many with each other takes less than to bring the order of 300,000 up to date.
_FEW: Final = 200
Spans = Sequence[tuple[int, int, Any]]
"""What a dated field said before: first day, last day, value."""


@dataclass(frozen=True)
class FieldLists:
    """Records of one kind as columns: their positions and identifiers, keys to sort by, and what their fields say.

    Values are as they are stored. `former` has, of dated fields, a list for each record.
    """

    positions: Ints
    ids: Strings
    keys: Sequence[str | None]
    values: Mapping[str, Sequence[Any]]
    former: Mapping[str, Sequence[Spans]]


@dataclass(frozen=True)
class FormerValues:
    """What a dated field said before, each with its row and days; of one row in the order of its record."""

    row: Ints
    valid_from: Ints
    valid_to: Ints
    column: AnyColumn

    @staticmethod
    def empty(column: AnyColumn) -> "FormerValues":
        """Nothing was said before; values are kept in a column like this."""
        none = frozen(np.empty(0, np.int32))
        return FormerValues(none, none, none, column)

    def written(self, rows: Ints, spans: Sequence[Spans]) -> "FormerValues":
        """The same with these former values of these rows, each given once."""
        kept = np.flatnonzero(~np.isin(self.row, rows)).astype(np.int32)
        said = [(row, *span) for row, of_row in zip(rows.tolist(), spans, strict=True) for span in of_row]
        if not said and len(kept) == len(self.row):
            return self
        days = np.array([held[:3] for held in said], np.int32).reshape(-1, 3).T
        row, first, last = (frozen(np.concatenate((old[kept], new))) for old, new in zip(self._days, days, strict=True))
        places = np.arange(len(kept), len(kept) + len(said), dtype=np.int32)
        column: AnyColumn = self.column.taken(kept).written(places, [held[3] for held in said])
        return FormerValues(row, first, last, column)

    def on(self, day: int) -> tuple[Ints, Ints]:
        """The rows that said something else on the day, each once, and the places of what they said."""
        held = np.flatnonzero((self.valid_from <= day) & (day < self.valid_to)).astype(np.int32)
        # Of two that hold, which no check lets through, the first one counts.
        rows, first = np.unique(self.row[held], return_index=True)
        return rows, held[first]

    @property
    def _days(self) -> tuple[Ints, Ints, Ints]:
        return self.row, self.valid_from, self.valid_to


@dataclass(frozen=True)
class KindFields:
    """Records of one kind by row: position and identifier, what each field says and said, and their order.

    `settled` is the order as it was when somebody last asked for it, `unsettled` are the rows written since.
    """

    position: Ints
    ids: Strings
    columns: Mapping[str, AnyColumn]
    former: Mapping[str, FormerValues]
    keys: TextColumn
    settled: Ints
    unsettled: Ints
    _orders: dict[tuple[str, bool], Ints] = field(default_factory=dict, repr=False, compare=False)

    @staticmethod
    def empty(kind: Kind) -> "KindFields":
        """The columns of a kind without a record."""
        columns = {name: empty_column(held) for name, held in kind.fields.items() if held.has_column}
        former = {name: FormerValues.empty(column) for name, column in columns.items() if kind.fields[name].dated}
        none = frozen(np.empty(0, np.int32))
        return KindFields(none, np.empty(0, np.object_), columns, former, TextColumn.of([]), none, none)

    def __len__(self) -> int:
        return len(self.position)

    def written(self, rows: Ints, lists: FieldLists) -> "KindFields":
        """The same with these records in these rows; rows behind the last one are new."""
        keys = self.keys.written(rows, lists.keys)
        known = {"settled": self.settled, "unsettled": self.unsettled}
        if "order" in self.__dict__:
            known = {"settled": self.order, "unsettled": np.empty(0, np.int32)}
        if keys is not self.keys:
            known["unsettled"] = frozen(np.union1d(known["unsettled"], rows).astype(np.int32))
        is_new = rows >= len(self)
        position, ids = self.position, self.ids
        if is_new.any():
            position = frozen(np.concatenate((position, lists.positions[is_new])))
            ids = frozen(np.concatenate((ids, lists.ids[is_new])))
        return replace(
            self,
            position=position,
            ids=ids,
            columns={
                name: column.written(rows, lists.values[name]) if name in lists.values else column
                for name, column in self.columns.items()
            },
            former={
                name: held.written(rows, lists.former[name]) if name in lists.former else held
                for name, held in self.former.items()
            },
            keys=keys,
            _orders={},
            **known,
        )

    def without(self, rows: Ints) -> "KindFields":
        """The same with nothing said in these rows."""
        nothing = [None] * len(rows)
        lists = FieldLists(
            self.position[rows],
            self.ids[rows],
            nothing,
            dict.fromkeys(self.columns, nothing),
            dict.fromkeys(self.former, [()] * len(rows)),
        )
        return self.written(rows, lists)

    def values(self, name: str, rows: Ints) -> list[Any]:
        """What a field says now in these rows; nothing where the kind has no column of it."""
        column = self.columns.get(name)
        return column.values(rows) if column is not None else [None] * len(rows)

    def values_on(self, name: str, rows: Ints, day: int) -> list[Any]:
        """What a field said in these rows on the day."""
        told = self.values(name, rows)
        if name not in self.former:
            return told
        former = self.former[name]
        others, places = former.on(day)
        if not len(others):
            return told
        found = np.searchsorted(others, rows)
        found[found == len(others)] = 0
        differs = np.flatnonzero(others[found] == rows)
        said = former.column.values(places[found[differs]])
        for place, value in zip(differs.tolist(), said, strict=True):
            told[place] = value
        return told

    def among(self, name: str, values: Sequence[Any], day: int | None) -> Mask:
        """Marks the rows whose field says one of the values, on the day where one is given."""
        marks = self.columns[name].among(values, len(self))
        if day is not None and name in self.former:
            former = self.former[name]
            rows, places = former.on(day)
            marks[rows] = former.column.among(values, len(former.row))[places]
        return marks

    def is_said(self, name: str, day: int | None) -> Mask:
        """Marks the rows whose field says anything, on the day where one is given."""
        said = self.columns[name].said(len(self))
        if day is not None and name in self.former:
            said[self.former[name].on(day)[0]] = True
        return said

    def mark(self, row: int) -> tuple[str, str]:
        """What a row is sorted by: the key of its title, and its identifier."""
        return self.keys.text(row) or "", str(self.ids[row])

    @cached_property
    def order(self) -> Ints:
        """The rows that have a record, by title."""
        fresh = self.unsettled
        if not len(fresh):
            return self.settled
        kept = self.settled[~np.isin(self.settled, fresh)]
        there = fresh[held_at(self.keys.sizes, fresh, 0) > 0]
        # To look up the place of one takes 20 µs, to sort all over again 2 µs each.
        if len(there) > len(kept) // 8:
            rows = np.concatenate((kept, there))
            marks = sorted(zip(self.keys.values(rows), self.ids[rows].tolist(), rows.tolist(), strict=True))
            return frozen(np.fromiter((row for *_, row in marks), np.int32, len(rows)))
        placed = sorted(there.tolist(), key=self.mark)
        places: list[int] = []
        for row in placed:
            least = places[-1] if places else 0
            places.append(bisect_left(kept, self.mark(row), lo=least, key=lambda other: self.mark(int(other))))
        return frozen(np.insert(kept, places, placed))

    def in_order(self, rows: Ints) -> Ints:
        """These rows, by title."""
        return rows[self.order_of(rows)]

    def order_of(self, rows: Ints) -> Longs:
        """Which of these rows comes first by title, which second and so on; equal ones as they are given."""
        if len(rows) > _FEW:
            return np.argsort(self._places[rows], kind="stable")
        marks = list(zip(self.keys.values(rows), self.ids[rows].tolist(), strict=True))
        return np.array(sorted(range(len(rows)), key=lambda place: (marks[place][0] or "", marks[place][1])), np.int64)

    @cached_property
    def _places(self) -> Ints:
        places = np.full(len(self), len(self), np.int32)
        places[self.order] = np.arange(len(self.order), dtype=np.int32)
        return frozen(places)

    def counted(self, name: str, passing: Mask) -> dict[str, int]:
        """How many of the marked rows say each code now, of those that one says at all."""
        column = self.columns[name]
        assert isinstance(column, CodeColumn), "a field of one code"
        numbers = column.numbers[passing[: len(column)]]
        counts = np.bincount(numbers[numbers >= 0], minlength=len(column.names)).tolist()
        return {code: count for code, count in zip(column.names, counts, strict=True) if count}

    def order_by(self, name: str, *, is_down: bool) -> Ints:
        """The rows that have a record, by what a field says, those that say nothing last, equal ones by title.

        By title the last may come first as well; those of one title stand by identifier all the same.
        """
        if name == "title" and not is_down:
            return self.order
        if (name, is_down) not in self._orders:
            self._orders[name, is_down] = frozen(
                self._downwards() if name == "title" else self._by_value(name, is_down)
            )
        return self._orders[name, is_down]

    def _by_value(self, name: str, is_down: bool) -> Ints:  # noqa: FBT001  # one of two directions
        column, rows = self.columns[name], self.order
        is_said = column.said(len(self))[rows]
        ranks = column.ranks(len(self))[rows[is_said]]
        # Those of one value must keep their order, so they are not turned around with the others.
        places = np.argsort(-ranks if is_down else ranks, kind="stable")
        return np.concatenate((rows[is_said][places], rows[~is_said]))

    def _downwards(self) -> Ints:
        keys = self.keys.values(self.order)
        is_other = np.ones(len(keys), np.bool_)
        is_other[1:] = [one != other for one, other in pairwise(keys)]
        groups: Longs = np.cumsum(is_other)
        return self.order[np.argsort(-groups, kind="stable")]
