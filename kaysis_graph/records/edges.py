"""The edges of one record, both ways: counted, and in pages that a hub of tens of thousands does not slow."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from kaysis_graph import clock
from kaysis_graph.errors import Invalid, NotFound, Problem
from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.queries import load
from kaysis_graph.graph.record_table import GONE
from kaysis_graph.graph.store import Reader
from kaysis_graph.graph.view import View
from kaysis_graph.records import checks, cursors, record_model
from kaysis_graph.records.degrees import FEW, degrees
from kaysis_graph.records.lists import check_limit, known_kind
from kaysis_graph.records.names import Name, titles
from kaysis_graph.schema import Schema
from kaysis_graph.schema.fieldtypes import Value

Direction = Literal["out", "in"]
_PAGES = {"out": load("records/edges_out"), "in": load("records/edges_in")}
_COUNTS = {"out": load("records/edge_counts_out"), "in": load("records/edge_counts_in")}
_MOST_AT_ONCE = 1_000
_FROM_THE_FIRST = {"last_type": None, "last_key": None, "last_id": None, "last_day": None}


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
class KnownEdges:
    """What the projection tells of a record and its edges: its kind, and how many edges there are of each group."""

    own_kind: str
    counts: Sequence[EdgeCount]


@dataclass(frozen=True)
class OtherEndRow:
    """An edge as it is stored, with the other end."""

    type: str
    id: str
    labels: list[str]
    sort_key: str
    first_day: str
    properties: dict[str, Any]


@dataclass(frozen=True)
class EdgeCountRow:
    """A group of edges."""

    type: str
    labels: list[str]
    total: int


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
    known: KnownEdges | None = None,
) -> EdgePage:
    """A page of the edges that leave (`out`) or arrive at (`in`) a record, by type, then by the other end's title.

    With a date, only edges that hold on it: their own dates hold and the record they leave is valid that day.
    Without one, all edges there ever were, under the names of the `day`, today when none is given. What is `known` of
    the edges is not asked of the engine. NotFound for a record or kind that is not there, Invalid for an edge type the
    schema does not know.
    """
    reader, schema = graph.store, graph.schema
    check_limit(limit, _MOST_AT_ONCE)
    if edge_type is not None and edge_type not in schema.edge_types:
        values = {"type": edge_type[:80], "known": ", ".join(schema.edge_types)}
        raise Invalid([Problem("records.unknown_edge_type", {"parameter": "type"}, values)])
    kind = known_kind(schema, other_kind).name if other_kind else None
    own_kind = known.own_kind if known else _kind_of(reader, schema, identifier)
    order = f"{identifier} {direction} {edge_type} {kind}"
    marks = cursors.marks_of(cursor, order, (str, str, str, str))
    if cursor is not None and None in marks:
        raise Invalid([Problem("records.bad_cursor", {"parameter": "cursor"}, {"cursor": cursor[:40]})])
    last = dict(zip(("last_type", "last_key", "last_id", "last_day"), marks, strict=True))
    asked = {"id": identifier, "type": edge_type, "kind": kind, "at": at, "limit": limit + 1}
    rows = reader.read(_PAGES[direction], into=OtherEndRow, **asked, **last)
    shown = rows[:limit]
    day = at or day or clock.today()
    called = titles(graph, (row.id for row in shown), day)
    following = None
    if len(rows) > limit:
        end = shown[-1]
        following = cursors.cursor(order, [end.type, end.sort_key, end.id, end.first_day])
    counts = known.counts if known else _counts(reader, schema, identifier, direction, at)
    counts = [count for count in counts if count.direction == direction]
    total = sum(count.total for count in counts if edge_type in (None, count.type) and kind in (None, count.kind))
    told = [_shown(schema, own_kind, direction, row, called, day) for row in shown if row.id in called]
    return EdgePage(told, following, total)


def first_edges(  # noqa: PLR0913  # whose edges, which groups of them, how many of each
    graph: Graph,
    identifier: str,
    own_kind: str,
    groups: Sequence[EdgeCount],
    *,
    among: Sequence[EdgeCount],
    limit: int,
    at: date | None,
    day: date,
) -> list[EdgePage]:
    """The first edges of each group, in the order of the groups, each with the cursor by which `edges` goes on.

    Those that hold at `at`, or without it all there ever were; under the names of the day.

    `among` are all groups of the record. One statement reads those of a direction together, wanted or not, unless
    they are many edges: then each group that is wanted is read alone.
    """
    reader, schema = graph.store, graph.schema
    rows: dict[EdgeCount, list[OtherEndRow]] = {}
    for direction in ("out", "in"):
        mine = [group for group in groups if group.direction == direction]
        if not mine:
            continue
        asked: dict[str, object] = {"id": identifier, "at": at, **_FROM_THE_FIRST}
        # The statement does not know which groups are wanted: a hub that is not would fill it before the others come.
        if sum(group.total for group in among if group.direction == direction) <= FEW:
            read = reader.read(_PAGES[direction], into=OtherEndRow, **asked, type=None, kind=None, limit=FEW)
            for group in mine:
                rows[group] = [
                    row
                    for row in read
                    if (row.type, record_model.kind_of(schema, row.labels)) == (group.type, group.kind)
                ]
        else:
            for group in mine:
                asked |= {"type": group.type, "kind": group.kind, "limit": limit + 1}
                rows[group] = reader.read(_PAGES[direction], into=OtherEndRow, **asked)
    called = titles(graph, (row.id for held in rows.values() for row in held[:limit]), day)
    return [_page(schema, identifier, own_kind, group, rows[group], called, limit, day) for group in groups]


def known_edges(view: View, identifier: str, *, ever: bool = False) -> KnownEdges | None:
    """The kind of the record and its edges counted, as `edge_counts` counts them, without a statement.

    None where the projection does not have the record yet.
    """
    place = view.records.position_of.get(identifier)
    if place is None or view.records.kind[place] == GONE:
        return None
    counts = [
        EdgeCount("out" if way == "out" else "in", edge_type, kind, total)
        for (way, edge_type, kind), total in degrees(view, place, ever=ever).items()
    ]
    return KnownEdges(view.records.kinds[view.records.kind[place]], counts)


def edge_counts(reader: Reader, schema: Schema, identifier: str, at: date | None = None) -> list[EdgeCount]:
    """How many edges leave and arrive, by type and the kind of the other end; those that leave first."""
    _kind_of(reader, schema, identifier)
    return [count for way in ("out", "in") for count in _counts(reader, schema, identifier, way, at)]


def _counts(reader: Reader, schema: Schema, identifier: str, direction: Direction, at: date | None) -> list[EdgeCount]:
    rows = reader.read(_COUNTS[direction], into=EdgeCountRow, id=identifier, at=at)
    counts = [EdgeCount(direction, row.type, record_model.kind_of(schema, row.labels), row.total) for row in rows]
    return sorted(counts, key=lambda count: (count.type, count.kind))


def _kind_of(reader: Reader, schema: Schema, identifier: str) -> str:
    kinds = checks.kinds_of(reader, schema, [identifier])
    if identifier not in kinds:
        raise NotFound("checks.no_record", id=identifier[:80])
    return kinds[identifier]


def _page(  # noqa: PLR0913  # a group with what was read of it
    schema: Schema,
    identifier: str,
    own_kind: str,
    group: EdgeCount,
    rows: Sequence[OtherEndRow],
    called: Mapping[str, Name],
    limit: int,
    day: date,
) -> EdgePage:
    shown = rows[:limit]
    following = None
    if len(rows) > limit:
        end = shown[-1]
        order = f"{identifier} {group.direction} {group.type} {group.kind}"
        following = cursors.cursor(order, [end.type, end.sort_key, end.id, end.first_day])
    told = [_shown(schema, own_kind, group.direction, row, called, day) for row in shown if row.id in called]
    return EdgePage(told, following, group.total)


def _shown(  # noqa: PLR0913  # the edge and everything its fields are read by
    schema: Schema, own_kind: str, direction: Direction, row: OtherEndRow, called: Mapping[str, Name], at: date
) -> NamedEdge:
    source_kind = own_kind if direction == "out" else record_model.kind_of(schema, row.labels)
    definition = schema.kinds[source_kind].edge(row.type)
    edge = record_model.loaded_edge(schema, source_kind, "", row.type, row.id, row.properties)
    role = definition.role if definition else None
    return NamedEdge(
        row.type, role, row.first_day, called[row.id], dict(edge.fields), record_model.holds(edge.fields, at)
    )
