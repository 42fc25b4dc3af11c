"""The view: the projection on a date, in which every edge shown holds that day.

An edge holds when its own days hold and the record it leaves is valid; the far end may have ended.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Literal, TypeVar, cast

import numpy as np
from scipy.sparse import csr_array

from kaysis_graph.graph.columns import OPEN_TO, Ints, Longs, Mask, distinct, frozen, spread
from kaysis_graph.graph.fields.edge_columns import EdgeColumns
from kaysis_graph.graph.fields.record_fields import RecordFields
from kaysis_graph.graph.record_table import RecordTable

Direction = Literal["out", "into"]
DIRECTIONS: tuple[Direction, ...] = ("out", "into")
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Adjacency:
    """The neighbours of each record, each once and ascending, as compressed sparse rows."""

    starts: Longs
    neighbours: Ints

    def of(self, position: int) -> Ints:
        """The neighbours of one record."""
        return self.neighbours[self.starts[position] : self.starts[position + 1]]

    def counts(self, positions: Ints) -> Longs:
        """How many neighbours each of the records has."""
        return self.starts[positions + 1] - self.starts[positions]

    def of_all(self, positions: Ints) -> Ints:
        """The neighbours of these records, one record after the other, as often as they are met."""
        return self.neighbours[spread(self.starts[positions], self.counts(positions))]

    def matrix(self) -> csr_array[Any, tuple[int, int]]:
        """The same as a square sparse matrix of ones, for products and `scipy.sparse.csgraph`."""
        size = len(self.starts) - 1
        ones = np.ones(len(self.neighbours), np.int32)
        return csr_array((ones, self.neighbours, self.starts.astype(np.int32)), shape=(size, size))

    def padded(self, size: int) -> "Adjacency":
        """The same with room for records that were added since and have no neighbours."""
        if len(self.starts) == size + 1:
            return self
        starts = np.full(size + 1, self.starts[-1], np.int64)
        starts[: len(self.starts)] = self.starts
        return Adjacency(frozen(starts), self.neighbours)


@dataclass(frozen=True)
class View:
    """All records and edges on one day; rows per edge type are compressed when first asked for.

    Two threads that ask for the same thing at once may both make it; they get equal values.
    """

    day: int
    sequence: int
    records: RecordTable
    edges: Mapping[str, EdgeColumns]
    fields: RecordFields
    _adjacencies: dict[tuple[str, Direction], Adjacency] = field(default_factory=dict, repr=False)
    _answers: dict[Callable[["View"], Any], Any] = field(default_factory=dict, repr=False)
    _lasting: dict[Callable[["View"], Any], Any] = field(default_factory=dict, repr=False)

    def __len__(self) -> int:
        return len(self.records)

    @cached_property
    def valid(self) -> Mask:
        """Marks the records that are valid on the day."""
        records, earlier = self.records, self.records.earlier
        valid: Mask = (records.valid_from <= self.day) & (self.day < records.valid_to)
        valid[earlier.position[(earlier.valid_from <= self.day) & (self.day < earlier.valid_to)]] = True
        return frozen(valid)

    @cached_property
    def over(self) -> Mask:
        """Marks the records that have been and are not any more, those between two spells among them."""
        return frozen((self.records.first_from <= self.day) & ~self.valid)

    @cached_property
    def since(self) -> Ints:
        """The first day of the spell that each record is in on the day, of the latest one where it is in none."""
        return frozen(self.records.since_on(np.arange(len(self), dtype=np.int32), self.day))

    @cached_property
    def over_on(self) -> Ints:
        """The day since which each record is not any more; the highest number for those not `over`."""
        records, earlier = self.records, self.records.earlier
        over_on = np.where(records.valid_to <= self.day, records.valid_to, OPEN_TO)
        # Of several earlier spells the latest is written last; one that has followed was written above.
        past = (earlier.valid_to <= self.day) & (self.day < records.valid_from[earlier.position])
        over_on[earlier.position[past]] = earlier.valid_to[past]
        return frozen(np.where(self.over, over_on, OPEN_TO).astype(np.int32))

    @cached_property
    def begun(self) -> Mask:
        """Marks the records that are or have been."""
        return frozen(self.records.first_from <= self.day)

    def said(self, name: str, positions: Ints) -> list[Any]:
        """What a field of these records said on the day; None where nothing."""
        return self.fields.values(self.records, positions, name, self.day)

    def once(self, question: Callable[["View"], Answer]) -> Answer:
        """The value of a function of this view, computed once and kept; it must not refer to the view."""
        if question not in self._answers:
            self._answers[question] = question(self)
        return cast("Answer", self._answers[question])

    def assuming(self, ended: Ints, ended_edges: Mapping[str, Ints]) -> "View":
        """The same day as it would be if these records, and the edges of these rows, had ended on it.

        Nothing is written: it is another value, over which the same answers are asked. What each has been is kept.
        """
        records = self.records.ending(ended, self.day)
        edges = {
            edge_type: columns.ending(ended_edges[edge_type], self.day) if edge_type in ended_edges else columns
            for edge_type, columns in self.edges.items()
        }
        moved = np.zeros(len(self), np.bool_)
        moved[ended] = True
        kept = {
            key: adjacency
            for key, adjacency in list(self._adjacencies.items())
            if key[0] not in ended_edges and not moved[self.edges[key[0]].source].any()
        }
        return View(self.day, self.sequence, records, edges, self.fields, kept)

    def ever(self, question: Callable[["View"], Answer]) -> Answer:
        """The value of a function that does not depend on the day, computed once for the views of all days."""
        if question not in self._lasting:
            self._lasting[question] = question(self)
        return cast("Answer", self._lasting[question])

    def holds(self, positions: Ints) -> Mask:
        """Whether each of the records is valid on the day."""
        return self.valid[positions]

    def holding(self, edge_type: str, rows: Ints) -> Ints:
        """Those of the rows whose edges hold, in the order given."""
        return rows[self.holds_of(edge_type, rows)]

    def holds_of(self, edge_type: str, rows: Ints) -> Mask:
        """Whether the edge of each of the rows holds."""
        columns = self.edges[edge_type]
        holds: Mask = (columns.valid_from[rows] <= self.day) & (self.day < columns.valid_to[rows])
        return holds & self.valid[columns.source[rows]]

    def all_holding(self, edge_type: str) -> Ints:
        """The rows of all edges of the type that hold, by source, target and first day."""
        columns = self.edges[edge_type]
        holds = (columns.valid_from <= self.day) & (self.day < columns.valid_to) & self.valid[columns.source]
        return np.flatnonzero(holds).astype(np.int32)

    def edges_out(self, position: int, edge_type: str) -> Ints:
        """The rows of the edges that leave the record and hold, by target and first day."""
        return self.holding(edge_type, self.edges[edge_type].rows_from(position))

    def edges_into(self, position: int, edge_type: str) -> Ints:
        """The rows of the edges that reach the record and hold, by source and first day."""
        return self.holding(edge_type, self.edges[edge_type].rows_to(position))

    def edges_between(self, source: int, target: int, edge_type: str) -> Ints:
        """The rows of the parallel edges from one record to the other that hold, by first day."""
        return self.holding(edge_type, self.edges[edge_type].rows_between(source, target))

    def out(self, position: int, edge_type: str) -> Ints:
        """The records that an edge of this one reaches, each once, ascending."""
        return distinct(self.edges[edge_type].target[self.edges_out(position, edge_type)])

    def into(self, position: int, edge_type: str) -> Ints:
        """The records whose edge reaches this one, each once, ascending."""
        return distinct(self.edges[edge_type].source[self.edges_into(position, edge_type)])

    def adjacency(self, edge_type: str, direction: Direction) -> Adjacency:
        """The neighbours of all records over edges of one type, in one direction."""
        key = (edge_type, direction)
        known = self._adjacencies.get(key)
        if known is None:
            known = self._made(edge_type, direction)
        self._adjacencies[key] = known = known.padded(len(self))
        return known

    def matrix_out(self, edge_type: str) -> csr_array[Any, tuple[int, int]]:
        """A one in row `source`, column `target`, for all that hold."""
        return self.adjacency(edge_type, "out").matrix()

    def matrix_into(self, edge_type: str) -> csr_array[Any, tuple[int, int]]:
        """A one in row `target`, column `source`, for all that hold."""
        return self.adjacency(edge_type, "into").matrix()

    def carried(
        self,
        sequence: int,
        records: RecordTable,
        edges: Mapping[str, EdgeColumns],
        fields: RecordFields,
        lasting: dict[Callable[["View"], Any], Any],
    ) -> "View":
        """The view of the same day after a change, with the rows it did not touch."""
        old, size = self.records, len(self)
        moved = (old.valid_from != records.valid_from[:size]) | (old.valid_to != records.valid_to[:size])
        if records.earlier is not old.earlier:
            around = np.concatenate((old.earlier.position, records.earlier.position))
            moved[around[around < size]] = True
        same = {edge_type for edge_type, columns in edges.items() if columns is self.edges[edge_type]}
        if moved.any():
            same = {edge_type for edge_type in same if not moved[edges[edge_type].source].any()}
        kept = {key: adjacency for key, adjacency in list(self._adjacencies.items()) if key[0] in same}
        return replace(
            self,
            sequence=sequence,
            records=records,
            edges=edges,
            fields=fields,
            _adjacencies=kept,
            _answers={},
            _lasting=lasting,
        )

    def _made(self, edge_type: str, direction: Direction) -> Adjacency:
        columns = self.edges[edge_type]
        if direction == "out":
            rows = self.all_holding(edge_type)
            near, far = columns.source[rows], columns.target[rows]
        else:
            rows = self.holding(edge_type, columns.by_target)
            near, far = columns.target[rows], columns.source[rows]
        is_first = np.ones(len(rows), np.bool_)
        is_first[1:] = (near[1:] != near[:-1]) | (far[1:] != far[:-1])
        starts = np.zeros(len(self) + 1, np.int64)
        np.cumsum(np.bincount(near[is_first], minlength=len(self)), out=starts[1:])
        return Adjacency(frozen(starts), frozen(far[is_first]))
