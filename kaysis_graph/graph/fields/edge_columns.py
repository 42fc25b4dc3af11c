"""All edges of one type as columns: their ends and days in order, to be walked, and what each says of itself."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from kaysis_graph.graph.columns import Ints, Longs, Mask, frozen, spread
from kaysis_graph.graph.fields.edge_fields import EdgeFields

# Below this many rows each is put in its place; above it the whole column is sorted anew
# (300,000 edges: 1 ms for one row, 35 ms to sort).
_FEW: Final = 500


@dataclass(frozen=True)
class EdgeColumns:
    """All edges of one type, in the order source, target, first day.

    `is_secondary` marks the lesser edges: second ties of units, repeals of a part, by-products of services. The row of
    an edge is good for this one value: it moves when another edge is added. What an edge says beside its days is in the
    row of `fields` that `field_row` tells.
    """

    fields: EdgeFields
    source: Ints
    target: Ints
    valid_from: Ints
    valid_to: Ints
    is_secondary: Mask
    field_row: Ints

    @staticmethod
    def empty(fields: EdgeFields) -> "EdgeColumns":
        """No edge at all."""
        none = np.empty(0, np.int32)
        return EdgeColumns.arranged(fields, none, none, none, none, np.empty(0, np.bool_), none)

    @staticmethod
    def arranged(  # noqa: PLR0913  # one argument per column
        fields: EdgeFields,
        source: Ints,
        target: Ints,
        valid_from: Ints,
        valid_to: Ints,
        is_secondary: Mask,
        field_row: Ints,
    ) -> "EdgeColumns":
        """The edges in their order, of whichever order they are given in; of one edge given twice the later one."""
        order: Longs = np.lexsort((valid_from, target, source))
        source, target, valid_from = source[order], target[order], valid_from[order]
        is_last = np.ones(len(order), np.bool_)
        is_last[:-1] = (np.diff(source) != 0) | (np.diff(target) != 0) | (valid_from[1:] != valid_from[:-1])
        return EdgeColumns(
            fields,
            frozen(source[is_last]),
            frozen(target[is_last]),
            frozen(valid_from[is_last]),
            frozen(valid_to[order][is_last]),
            frozen(is_secondary[order][is_last]),
            frozen(field_row[order][is_last]),
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
        return self._kept(~is_removed).settled()

    def with_edges(self, added: "EdgeColumns") -> "EdgeColumns":
        """These edges and those; where both hold the same edge, the added one.

        What the added ones say is in fields that go on from those of these.
        """
        if len(added) == 0:
            return self
        if len(added) > _FEW:
            joined = (np.concatenate(pair) for pair in zip(self.columns(), added.columns(), strict=True))
            return EdgeColumns.arranged(added.fields, *joined).settled()
        kept = self._kept(~self.marks(added.source, added.target, added.valid_from))
        begins = np.searchsorted(kept.keys, added.keys)
        ends = np.searchsorted(kept.keys, added.keys, side="right")
        places = [
            begin + int(np.searchsorted(kept.valid_from[begin:end], first))
            for begin, end, first in zip(begins.tolist(), ends.tolist(), added.valid_from.tolist(), strict=True)
        ]
        pairs = zip(kept.columns(), added.columns(), strict=True)
        return EdgeColumns(added.fields, *(frozen(np.insert(column, places, new)) for column, new in pairs)).settled()

    def _kept(self, is_kept: Mask) -> "EdgeColumns":
        return EdgeColumns(self.fields, *(frozen(column[is_kept]) for column in self.columns()))

    def settled(self) -> "EdgeColumns":
        """The same without what edges said that are gone, once it is much."""
        fields, field_row = self.fields.kept(self.field_row)
        return self if fields is self.fields else replace(self, fields=fields, field_row=field_row)

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

    def said(self, name: str, rows: Ints) -> list[Any]:
        """What a field of the edges in these rows says; None where nothing."""
        return self.fields.values(name, self.field_row[rows])

    def is_said(self, name: str, rows: Ints) -> Mask:
        """Whether a field of the edge in each of these rows says anything."""
        return self.fields.said(name, self.field_row[rows])

    def codes(self, name: str, rows: Ints) -> tuple[tuple[str, ...], Ints]:
        """The codes a field can say, and the number of the one that each edge of these rows says; -1 for none."""
        return self.fields.codes(name, self.field_row[rows])

    def told(self, rows: Ints) -> list[dict[str, Any]]:
        """All that the edges in these rows say beside their days, without what they say nothing of."""
        names = [name for name, column in self.fields.columns.items() if len(column)]
        if not names:
            return [{} for _ in range(len(rows))]
        values = zip(*(self.said(name, rows) for name in names), strict=True)
        return [{name: value for name, value in zip(names, said, strict=True) if value is not None} for said in values]

    def columns(self) -> tuple[NDArray[Any], ...]:
        """Source, target, first day, last day, secondary, row of the fields: as the constructor takes them."""
        return self.source, self.target, self.valid_from, self.valid_to, self.is_secondary, self.field_row
