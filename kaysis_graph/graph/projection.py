"""The projection: all records and edges as columns, to be walked in memory, with what answers show of records.

A projection is a value. It stands at one number of the change sequence; a change makes the next one from it and
replaces only the columns of the edge types it touched. Who reads keeps the one he began with.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from threading import Lock
from typing import Any

import numpy as np

from kaysis_graph import clock
from kaysis_graph.graph.columns import Ints, day_of, distinct
from kaysis_graph.graph.fields.edge_columns import EdgeColumns
from kaysis_graph.graph.fields.edge_fields import EdgeFields
from kaysis_graph.graph.fields.record_fields import RecordFields
from kaysis_graph.graph.record_table import GONE, NamedRecordRow, RecordTable
from kaysis_graph.graph.spells import TIE
from kaysis_graph.graph.view import View

# guess: today, the days of two or three readers, and a few steps through time.
_DATES_KEPT = 6


@dataclass(frozen=True)
class EdgeRow:
    """One edge as a change names it: its ends and type, its days as numbers, open ends as the extremes.

    `told` is the edge as JSON.
    """

    source: str
    type: str
    target: str
    valid_from: int
    valid_to: int
    is_secondary: bool = False
    told: Mapping[str, Any] = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class EdgeLists:
    """All edges of one type as packed lists, one entry per edge; `is_secondary` may be left out.

    `told` has what they say by field, for the columns of `fields`.
    """

    sources: Sequence[str]
    targets: Sequence[str]
    valid_from: Ints
    valid_to: Ints
    is_secondary: Sequence[bool] | None = None
    told: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    fields: EdgeFields = field(default_factory=EdgeFields.none)


@dataclass(frozen=True)
class Projection:
    """All records and edges at one change number, whatever their days; `on` gives the view of a date.

    `hash` is that of the change it stands at, so that a graph with another history is not taken for this one.
    `dangling` counts edges that were given to `build` although one of their ends is unknown: they are left out.
    """

    sequence: int
    fingerprint: str
    records: RecordTable
    edges: Mapping[str, EdgeColumns]
    fields: RecordFields
    dangling: int = 0
    hash: str = ""
    _views: dict[int, View] = field(default_factory=dict, repr=False, compare=False)
    # What the views of all days say alike, kept once.
    _lasting: dict[Callable[[View], Any], Any] = field(default_factory=dict, repr=False, compare=False)
    _lock: Lock = field(default_factory=Lock, repr=False, compare=False)

    @staticmethod
    def build(  # noqa: PLR0913  # all that a projection is made of
        sequence: int,
        fingerprint: str,
        records: RecordTable,
        edge_types: Iterable[str],
        lists: Mapping[str, EdgeLists],
        fields: RecordFields | None = None,
    ) -> "Projection":
        """The projection of these records and edges; a type without a list has no edges."""
        dangling = 0
        edges = {}
        for name in edge_types:
            if name not in lists:
                edges[name] = EdgeColumns.empty(EdgeFields.none())
                continue
            columns, missing = _columns(records, lists[name])
            edges[name] = columns
            dangling += missing
        if TIE in edges:
            records = records.with_lives(edges[TIE], np.arange(len(records), dtype=np.int32))
        return Projection(sequence, fingerprint, records, edges, fields or RecordFields.empty(), dangling)

    def after(
        self,
        sequence: int,
        *,
        records: Iterable[NamedRecordRow] = (),
        removed: Iterable[str] = (),
        edges: Iterable[EdgeRow] = (),
        removed_edges: Iterable[EdgeRow] = (),
    ) -> "Projection":
        """The projection after a change: what was removed goes, then records and edges are added or replaced.

        Doing a change twice gives the same as once. KeyError when an added edge has an end that is unknown:
        then a change was left out, and the projection must be built anew. Edges of a removed record go with it.
        """
        removed_positions = [self.records.position_of[name] for name in removed if name in self.records.position_of]
        changed = list(records)
        table = self.records.without(removed_positions).with_rows(changed)
        kinds = self.records.kinds
        gone = [(kinds[self.records.kind[position]], position) for position in removed_positions]
        fields = self.fields.after(table, changed, gone)
        columns = dict(self.edges)
        if removed_positions:
            is_gone = table.kind == GONE
            for name, old in columns.items():
                touches = is_gone[old.source] | is_gone[old.target]
                if touches.any():
                    columns[name] = old.without(touches)
        dropped = _by_type(removed_edges)
        for name, rows in dropped.items():
            ends = [row for row in rows if row.source in table.position_of and row.target in table.position_of]
            named = _rows(table, ends, columns[name].fields)
            marks = columns[name].marks(named.source, named.target, named.valid_from)
            if marks.any():
                columns[name] = columns[name].without(marks)
        added = _by_type(edges)
        for name, rows in added.items():
            columns[name] = columns[name].with_edges(_rows(table, rows, columns[name].fields))
        if TIE in columns:
            parts = {row.id for row in changed}
            parts |= {row.source for row in (*added.get(TIE, ()), *dropped.get(TIE, ()))}
            known = [table.position_of[name] for name in parts if name in table.position_of]
            if removed_positions:
                known += self._parts_of(removed_positions)
            table = table.with_lives(columns[TIE], distinct(np.array(known, np.int32)))
        following = replace(
            self,
            sequence=sequence,
            records=table,
            edges=columns,
            fields=fields,
            dangling=0,
            _views={},
            _lasting={},
            _lock=Lock(),
        )
        with self._lock:
            kept = list(self._views.values())
        for view in kept:
            following._views[view.day] = view.carried(  # noqa: SLF001  its own kind
                sequence,
                table,
                columns,
                fields,
                following._lasting,  # noqa: SLF001
            )
        return following

    def _parts_of(self, positions: Sequence[int]) -> list[int]:
        """What is part of the records at these positions, on whatever day."""
        ties = self.edges[TIE]
        rows, _ = ties.rows_of(np.array(positions, np.int32), leaving=False)
        return list(ties.source[rows].tolist())

    def on(self, at: date) -> View:
        """The graph on a date; the views of the last few dates asked for and of today are kept."""
        day = day_of(at)
        with self._lock:
            view = self._views.pop(day, None) or self._made(day)
            self._views[day] = view
            today = day_of(clock.today())
            while len(self._views) > _DATES_KEPT:
                del self._views[next(kept for kept in self._views if kept != today)]
        return view

    def _made(self, day: int) -> View:
        return View(day, self.sequence, self.records, self.edges, self.fields, _lasting=self._lasting)

    def edge(self, name: str, row: int) -> EdgeRow:
        """The edge in a row of a type's columns, with its ends as identifiers."""
        columns = self.edges[name]
        ids = self.records.ids
        return EdgeRow(
            ids[columns.source[row]],
            name,
            ids[columns.target[row]],
            int(columns.valid_from[row]),
            int(columns.valid_to[row]),
            bool(columns.is_secondary[row]),
        )

    def counts(self) -> dict[str, int]:
        """How many records of each kind and edges of each type there are, to be held against the engine."""
        kinds = np.bincount(self.records.kind[self.records.kind != GONE], minlength=len(self.records.kinds))
        counted = dict(zip(self.records.kinds, kinds.tolist(), strict=True))
        return counted | {name: len(columns) for name, columns in self.edges.items()}


def _by_type(rows: Iterable[EdgeRow]) -> dict[str, list[EdgeRow]]:
    grouped: dict[str, list[EdgeRow]] = {}
    for row in rows:
        grouped.setdefault(row.type, []).append(row)
    return grouped


def _rows(records: RecordTable, rows: Sequence[EdgeRow], fields: EdgeFields) -> EdgeColumns:
    """These edges as columns, with what they say behind what others say."""
    place = records.position_of
    told = {name: [row.told.get(name) for row in rows] for name in fields.columns}
    fields, field_row = fields.added(len(rows), told)
    return EdgeColumns.arranged(
        fields,
        np.array([place[row.source] for row in rows], np.int32),
        np.array([place[row.target] for row in rows], np.int32),
        np.array([row.valid_from for row in rows], np.int32),
        np.array([row.valid_to for row in rows], np.int32),
        np.array([row.is_secondary for row in rows], np.bool_),
        field_row,
    )


def _columns(records: RecordTable, lists: EdgeLists) -> tuple[EdgeColumns, int]:
    count = len(lists.sources)
    find = records.position_of.get
    source = np.fromiter((find(name, -1) for name in lists.sources), np.int32, count)
    target = np.fromiter((find(name, -1) for name in lists.targets), np.int32, count)
    secondary = np.zeros(count, np.bool_) if lists.is_secondary is None else np.asarray(lists.is_secondary, np.bool_)
    fields, field_row = lists.fields.added(count, lists.told)
    known = (source >= 0) & (target >= 0)
    given: tuple[Any, ...] = (source, target, lists.valid_from, lists.valid_to, secondary, field_row)
    if not known.all():
        given = tuple(column[known] for column in given)
    return EdgeColumns.arranged(fields, *given), count - int(known.sum())
