"""What the edges of one type say, as columns: each edge that says anything has a row here for as long as it is there.

Edges lie in the order of their ends, and move when others come; what they say does not move with them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from kaysis_graph.graph.columns import Ints, Mask, frozen
from kaysis_graph.graph.fields.text_column import held_at
from kaysis_graph.graph.fields.value_columns import AnyColumn, CodeColumn, empty_column
from kaysis_graph.schema import Schema

DAYS: Final = ("valid_from", "valid_to")
"""The fields of edges that are columns of the edges themselves."""
SILENT: Final = -1
"""The row of an edge that says nothing but its days."""
# guess: rows of edges that are gone are borne up to here, and beyond it while they are no more than the others.
_MOST_LOST: Final = 10_000


@dataclass(frozen=True)
class EdgeFields:
    """The columns of an edge type by field, and how many rows they have."""

    size: int
    columns: Mapping[str, AnyColumn]

    @staticmethod
    def none() -> "EdgeFields":
        """Those of edges that have no fields."""
        return EdgeFields(0, {})

    @staticmethod
    def empty(schema: Schema, edge_type: str) -> "EdgeFields":
        """The columns of a type without an edge: one for every field, whichever kind the edges leave."""
        fields = {
            name: field
            for kind in schema.kinds.values()
            for edge in kind.edges.values()
            if edge.type == edge_type
            for name, field in edge.fields.items()
            if name not in DAYS
        }
        return EdgeFields(0, {name: empty_column(field) for name, field in fields.items()})

    def __len__(self) -> int:
        return self.size

    def added(self, count: int, told: Mapping[str, Sequence[Any]]) -> tuple["EdgeFields", Ints]:
        """The same with what so many edges say by field, as it is stored, and the row of each; SILENT without any."""
        says = np.zeros(count, np.bool_)
        for name in self.columns.keys() & told.keys():
            says |= np.fromiter((value is not None for value in told[name]), np.bool_, count)
        rows = np.full(count, SILENT, np.int32)
        speaking = np.flatnonzero(says)
        if not len(speaking):
            return self, frozen(rows)
        rows[speaking] = np.arange(self.size, self.size + len(speaking), dtype=np.int32)
        columns = {
            name: column.written(rows[speaking], [told[name][place] for place in speaking.tolist()])
            if name in told
            else column
            for name, column in self.columns.items()
        }
        return EdgeFields(self.size + len(speaking), columns), frozen(rows)

    def values(self, name: str, rows: Ints) -> list[Any]:
        """What a field says in these rows; None where nothing, or where the type has no such field."""
        column = self.columns.get(name)
        if column is None or not len(column):
            return [None] * len(rows)
        silent = rows == SILENT
        told = column.values(np.where(silent, 0, rows).astype(np.int32))
        return [None if is_silent else value for is_silent, value in zip(silent.tolist(), told, strict=True)]

    def said(self, name: str, rows: Ints) -> Mask:
        """Whether a field says anything in each of these rows."""
        is_said = np.zeros(self.size + 1, np.bool_)
        if name in self.columns:
            is_said[: self.size] = self.columns[name].said(self.size)
        found: Mask = is_said[rows]
        return found

    def codes(self, name: str, rows: Ints) -> tuple[tuple[str, ...], Ints]:
        """The codes a field can say, and the number of the one it says in each of these rows; -1 for none."""
        column = self.columns.get(name)
        if not isinstance(column, CodeColumn):
            return (), np.full(len(rows), SILENT, np.int32)
        numbers = held_at(column.numbers, np.where(rows == SILENT, len(column), rows), SILENT)
        return column.names, numbers.astype(np.int32)

    def kept(self, rows: Ints) -> tuple["EdgeFields", Ints]:
        """The same for edges of these rows alone, and their rows in it; what others said is let go when it is much."""
        speaking = rows != SILENT
        count = int(np.count_nonzero(speaking))
        if self.size <= 2 * count + _MOST_LOST:
            return self, rows
        taken = rows[speaking]
        following = np.full(len(rows), SILENT, np.int32)
        following[speaking] = np.arange(count, dtype=np.int32)
        return EdgeFields(count, {name: column.taken(taken) for name, column in self.columns.items()}), frozen(
            following
        )
