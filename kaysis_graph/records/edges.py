"""The edges of one record, both ways: counted, and in pages that a hub of tens of thousands does not slow.

They are read from the columns of the projection: their ends, their days, and all that they say.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Literal

import numpy as np

from kaysis_graph import clock
from kaysis_graph.errors import Invalid, NotFound, Problem
from kaysis_graph.graph.columns import Ints, date_of
from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.record_table import GONE
from kaysis_graph.graph.view import View
from kaysis_graph.records import cursors, record_model
from kaysis_graph.records.degrees import degrees
from kaysis_graph.records.lists import check_limit
from kaysis_graph.records.names import Name, names_at
from kaysis_graph.schema import Schema
from kaysis_graph.schema.fieldtypes import Value

Direction = Literal["out", "in"]
_MOST_AT_ONCE = 1_000
_Mark = tuple[str, str, str]
"""What edges of one type are ordered by: the key of the other end's title, its identifier, the first day."""


@dataclass(frozen=True)
class NamedEdge:
    """One edge seen from a record: the name of the other end on the date, and what the edge itself says.

    `role` is what the schema calls the edge for the kind it leaves, None when the schema no longer knows it.
    `holds` tells whether the edge's own dates hold on the date asked about, today when none was.
    """

    type: str
    role: str | None
    first_day: str
    other: Name
    fields: dict[str, Value]
    holds: bool


@dataclass(frozen=True)
class EdgePage:
    """Some edges of a record, how many there are of those asked for, and the cursor of the next page."""

    edges: list[NamedEdge]
    next_cursor: str | None
    total: int


@dataclass(frozen=True)
class EdgeCount:
    """How many edges of one type join a record with records of one kind, in one direction."""

    direction: Direction
    type: str
    kind: str
    total: int


@dataclass(frozen=True)
class _Group:
    """Edges of one type with other ends of one kind: their rows and other ends, by title and then by first day."""

    type: str
    kind: str
    rows: Ints
    far: Ints

    def __len__(self) -> int:
        return len(self.rows)

    def marks(self, view: View, begin: int, end: int) -> list[_Mark]:
        """What the edges of these numbers are ordered by."""
        fields, rows = view.fields.of_kind[self.kind], view.fields.row[self.far[begin:end]]
        keys = (key or "" for key in fields.keys.values(rows))
        days = view.edges[self.type].valid_from[self.rows[begin:end]].tolist()
        return list(zip(keys, fields.ids[rows].tolist(), map(_text, days), strict=True))

    def after(self, view: View, mark: _Mark | None, most: int) -> list[tuple[_Mark, "_Group", int]]:
        """The first of those behind the mark, at most so many."""
        numbers = range(len(self))
        begin = bisect_right(numbers, mark, key=lambda one: self.marks(view, one, one + 1)[0]) if mark else 0
        marks = self.marks(view, begin, begin + most)
        return [(told, self, number) for number, told in enumerate(marks, start=begin)]


def edges(  # noqa: PLR0913  # whose edges, which of them, from where
    graph: Graph,
    identifier: str,
    direction: Direction,
    *,
    edge_type: str | None = None,
    other_kind: str | None = None,
    cursor: str | None = None,
    limit: int = 50,
    at: date | None = None,
    day: date | None = None,
) -> EdgePage:
    """A page of the edges that leave (`out`) or arrive at (`in`) a record, by type, then by the other end's title.

    With a date, only edges that hold on it: their own dates hold and the record they leave is valid that day.
    Without one, all edges there ever were, under the names of the `day`, today when none is given. NotFound for a
    record that is not there, Invalid for an edge type or a kind that the schema does not know.
    """
    schema = graph.schema
    check_limit(limit, _MOST_AT_ONCE)
    if edge_type is not None and edge_type not in schema.edge_types:
        values = {"type": edge_type[:80], "known": ", ".join(schema.edge_types)}
        raise Invalid([Problem("records.unknown_edge_type", {"parameter": "type"}, values)])
    kind = _other_kind(schema, other_kind) if other_kind else None
    view, place = _found(graph, identifier, at or day or clock.today())
    order = f"{identifier} {direction} {edge_type} {kind}"
    last = cursors.marks_of(cursor, order, (str, str, str, str))
    if cursor is not None and None in last:
        raise Invalid([Problem("records.bad_cursor", {"parameter": "cursor"}, {"cursor": cursor[:40]})])
    groups = [
        group for group in _groups(view, place, direction, edge_type, is_ever=at is None) if kind in (None, group.kind)
    ]
    following = _following(view, groups, [str(mark) for mark in last] if cursor is not None else None, limit + 1)
    shown = following[:limit]
    own_kind = view.records.kinds[view.records.kind[place]]
    next_cursor = None
    if len(following) > limit:
        mark, group, _ = shown[-1]
        next_cursor = cursors.cursor(order, [group.type, *mark])
    return EdgePage(list(_named(schema, view, own_kind, direction, shown)), next_cursor, sum(map(len, groups)))


def edge_counts(graph: Graph, identifier: str, at: date | None = None) -> list[EdgeCount]:
    """How many edges leave and arrive, by type and the kind of the other end; those that leave first.

    Of those that hold on the day; without one, of all there ever were. NotFound for a record that is not there.
    """
    view, place = _found(graph, identifier, at or clock.today())
    return [
        EdgeCount("out" if way == "out" else "in", edge_type, kind, total)
        for (way, edge_type, kind), total in degrees(view, place, ever=at is None).items()
    ]


def _found(graph: Graph, identifier: str, day: date) -> tuple[View, int]:
    """The record in the view of the day, with what others wrote a moment ago; NotFound when there is none."""
    for _ in range(2):
        view = graph.on(day)
        place = view.records.position_of.get(identifier)
        if place is not None and view.records.kind[place] != GONE:
            return view, place
        graph.follower.catch_up()
    raise NotFound("checks.no_record", id=identifier[:80])


def _other_kind(schema: Schema, said: str) -> str:
    """The kind that the other ends are to be of: a filter, so what is unknown is no page that is not there."""
    kind = schema.kind(said)
    if kind is None:
        values = {"kind": said[:80], "known": ", ".join(held.slug for held in schema.kinds.values())}
        raise Invalid([Problem("records.unknown_kind", {"parameter": "kind"}, values)])
    return kind.name


def _groups(view: View, place: int, direction: Direction, edge_type: str | None, *, is_ever: bool) -> Iterator[_Group]:
    """The edges of a record by type and kind of the other end, in the order of their types."""
    for name in sorted(view.edges) if edge_type is None else [edge_type]:
        columns = view.edges[name]
        rows = columns.rows_from(place) if direction == "out" else columns.rows_to(place)
        if not is_ever:
            rows = view.holding(name, rows)
        far = (columns.target if direction == "out" else columns.source)[rows]
        kinds = view.records.kind[far]
        for number in np.unique(kinds).tolist():
            kind, of_kind = view.records.kinds[number], kinds == number
            # Edges of one other end stand by first day already.
            order = view.fields.of_kind[kind].order_of(view.fields.row[far[of_kind]])
            yield _Group(name, kind, rows[of_kind][order], far[of_kind][order])


def _following(
    view: View, groups: Sequence[_Group], last: Sequence[str] | None, most: int
) -> list[tuple[_Mark, _Group, int]]:
    """The first edges behind the last one that was told, by type and mark, at most so many."""
    found: list[tuple[_Mark, _Group, int]] = []
    for edge_type in dict.fromkeys(group.type for group in groups):
        if len(found) >= most or (last is not None and edge_type < last[0]):
            continue
        mark = (last[1], last[2], last[3]) if last is not None and edge_type == last[0] else None
        of_type = [one for group in groups if group.type == edge_type for one in group.after(view, mark, most)]
        found += sorted(of_type, key=lambda one: one[0])
    return found[:most]


def _named(
    schema: Schema, view: View, own_kind: str, direction: Direction, shown: Sequence[tuple[_Mark, _Group, int]]
) -> Iterator[NamedEdge]:
    """These edges with the names of their other ends and all that they say."""
    names = iter(names_at(view, np.array([group.far[number] for _, group, number in shown], np.int32)))
    for edge_type, run in groupby(shown, lambda one: one[1].type):
        ends = [(group.kind, int(group.rows[number])) for _, group, number in run]
        columns, rows = view.edges[edge_type], np.array([row for _, row in ends], np.int32)
        days = zip(columns.valid_from[rows].tolist(), columns.valid_to[rows].tolist(), strict=True)
        for (kind, _), (first, last), said in zip(ends, days, columns.told(rows), strict=True):
            other = next(names)
            source_kind = own_kind if direction == "out" else kind
            definition = schema.kinds[source_kind].edge(edge_type)
            told = {"valid_from": date_of(first), "valid_to": date_of(last), **said}
            edge = record_model.loaded_edge(schema, source_kind, "", edge_type, other.id, told)
            role = definition.role if definition else None
            yield NamedEdge(edge_type, role, _text(first), other, dict(edge.fields), first <= view.day < last)


def _text(day: int) -> str:
    written = date_of(day)
    return written.isoformat() if written else ""
