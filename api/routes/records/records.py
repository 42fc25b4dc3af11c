"""Records of every kind: lists, one record, its edges, its history. The API; the pages are in `record_pages`."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import Response

from api.openapi import answers_with
from api.request import Asking, Cursor, Limit
from api.responses import Offer, respond
from api.routes.records.kinds import at_home
from kaysis_graph.answers.answer import Cut, Thing
from kaysis_graph.answers.edge_effects import has_effect
from kaysis_graph.messages import say
from kaysis_graph.records import reader, record_model
from kaysis_graph.records.edges import Direction
from kaysis_graph.records.names import name_of_record
from kaysis_graph.records.record_model import Record
from kaysis_graph.render.table import Cell, Column, Table
from kaysis_graph.schema import Kind
from kaysis_graph.schema.fieldtypes import Value
from ui.pages.choice import kind_of, things_named
from ui.pages.reader import Asked
from ui.pages.records.edge_tables import EdgesAsked, edge_table

api = APIRouter(prefix="/api/records", tags=["records"])
KindSlug = Annotated[str, Path(description="The slug of a kind; /api/schema lists them.", examples=["legislation"])]
Identifier = Annotated[str, Path(examples=["kanun-5018"])]
Way = Annotated[Direction, Query(description="`out`: edges that leave the record; `in`: those that arrive.")]
Sort = Annotated[str, Query(description="`title`, or a field to filter by; `-` before it turns the order.")]
EdgeType = Annotated[str | None, Query(alias="type", description="One edge type.", examples=["BASED_ON"])]
OtherKind = Annotated[str | None, Query(alias="kind", description="The kind at the other end.")]
Ever = Annotated[bool, Query(description="Also those that do not hold on the day.")]
PAGE_PARAMETERS = frozenset({"sort", "cursor", "limit", "ever", "at", "lang", "format", "theme"})
_ROWS_AT_A_TIME = 1_000


@dataclass(frozen=True)
class RecordShown:
    """A record as of the day: its fields as they were then, what they said before, and its spells before the latest."""

    thing: Thing
    fields: Mapping[str, Any]
    earlier: Mapping[str, Any]
    earlier_spells: Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class RecordList:
    """A page of the records of a kind; `total` counts all that pass the filters."""

    at: date
    sequence: int
    complete: bool
    cut: Cut | None
    kind: str
    total: int
    next_cursor: str | None
    records: list[RecordShown]


@dataclass(frozen=True)
class RecordAnswer:
    """One record, with its life, the numbers of the changes that touched it and how many edges it has.

    `life` tells the days on which it was there, `is_derived` that they follow from its ties to what it is part of.
    """

    at: date
    sequence: int
    complete: bool
    cut: Cut | None
    record: RecordShown
    life: reader.Life
    changes: list[int]
    edge_counts: list[reader.EdgeCount]


@dataclass(frozen=True)
class EdgeShown:
    """One edge seen from a record; `holds` tells whether its own days hold on the day.

    `has_effect` is false for a repeal or amendment whose source was not in force on its day.
    """

    type: str
    role: str | None
    first_day: str
    other: Thing
    holds: bool
    has_effect: bool
    fields: Mapping[str, Any]


@dataclass(frozen=True)
class EdgeList:
    """A page of the edges of a record."""

    at: date
    sequence: int
    complete: bool
    cut: Cut | None
    id: str
    direction: Direction
    total: int
    next_cursor: str | None
    edges: list[EdgeShown]


@dataclass(frozen=True)
class HistoryList:
    """What happened to a record and the edges that leave it, newest first."""

    at: date
    sequence: int
    complete: bool
    cut: Cut | None
    id: str
    total: int
    next_cursor: str | None
    events: list[reader.Event]


@api.get("/{kind}", operation_id="records", summary="Records of a kind",
         responses=answers_with(RecordList, "csv", "xlsx"))  # fmt: skip
def listed(  # noqa: PLR0913  # the parameters of the address
    request: Request,
    asked: Asking,
    kind: KindSlug,
    sort: Sort = "title",
    cursor: Cursor = None,
    limit: Limit = 50,
    ever: Ever = False,
) -> Response:
    """Filtered by any field the schema marks so (`?legislation_type=law&accepted_on=2018..`), read on by `cursor`.

    Those valid on the day; with `ever=true` all there ever were.
    """
    known = reader.known_kind(asked.graph.schema, kind)
    filters = filters_of(request)
    day = None if ever else asked.at
    page = reader.listed(
        asked.graph.store,
        asked.graph.schema,
        kind,
        filters=filters,
        sort=sort,
        cursor=cursor,
        limit=limit,
        at=day,
    )

    def body() -> RecordList:
        shown = records_shown(asked, page.records)
        cut = cut_of(page.total, len(shown), page.next_cursor)
        sequence = asked.graph.sequence
        complete = cut is None and cursor is None
        return RecordList(asked.at, sequence, complete, cut, known.slug, page.total, page.next_cursor, shown)

    def pages() -> Iterator[list[Record]]:
        following: str | None = None
        while True:
            part = reader.listed(
                asked.graph.store,
                asked.graph.schema,
                kind,
                filters=filters,
                sort=sort,
                cursor=following,
                limit=_ROWS_AT_A_TIME,
                at=day,
            )
            yield part.records
            following = part.next_cursor
            if following is None:
                return

    return respond(asked, Offer(known.slug, body, table=lambda: _table(asked, known, pages())))


@api.get("/{kind}/{id}", operation_id="record", summary="One record",
         responses=answers_with(RecordAnswer))  # fmt: skip
def one(asked: Asking, kind: KindSlug, id: Identifier) -> Response:  # noqa: A002  # the name in the address
    """Its fields as of the day, what dated fields said before, and how many edges it has by type and kind."""
    moved = at_home(asked, kind, id, "/api/records")
    if moved:
        return moved
    shown = reader.get(asked.graph.store, asked.graph.schema, id)
    edges_known = reader.known_edges(asked.graph.on(asked.at), id)
    counts = list(edges_known.counts) if edges_known else []
    record = records_shown(asked, [shown.record])[0]
    answer = RecordAnswer(asked.at, asked.graph.sequence, True, None, record, shown.life, list(shown.changes), counts)
    return respond(asked, Offer(id, lambda: answer))


@api.get("/{kind}/{id}/edges", operation_id="edges", summary="The edges of a record",
         responses=answers_with(EdgeList, "csv", "xlsx"))  # fmt: skip
def edges(  # noqa: PLR0913  # the parameters of the address
    asked: Asking,
    kind: KindSlug,
    id: Identifier,  # noqa: A002
    direction: Way = "out",
    edge_type: EdgeType = None,
    other_kind: OtherKind = None,
    cursor: Cursor = None,
    limit: Limit = 50,
    ever: Ever = False,
) -> Response:
    """By type, then by the title of the other end: those that hold on the day, with `ever=true` all there ever were."""
    moved = at_home(asked, kind, id, "/api/records", "/edges")
    if moved:
        return moved
    store, schema = asked.graph.store, asked.graph.schema
    day = None if ever else asked.at
    page = reader.edges(
        store,
        schema,
        id,
        direction,
        edge_type=edge_type,
        other_kind=other_kind,
        cursor=cursor,
        limit=limit,
        at=day,
        day=asked.at,
        known=reader.known_edges(asked.graph.on(asked.at), id, ever=ever),
    )
    others = things_named(asked, [edge.other for edge in page.edges])
    view = asked.graph.on(asked.at)
    shown = [
        EdgeShown(
            edge.type, edge.role, edge.first_day, other, edge.holds, has_effect(view, id, direction, edge), edge.fields
        )
        for edge, other in zip(page.edges, others, strict=True)
    ]
    cut = cut_of(page.total, len(shown), page.next_cursor)
    complete = cut is None and cursor is None
    sequence = asked.graph.sequence
    answer = EdgeList(asked.at, sequence, complete, cut, id, direction, page.total, page.next_cursor, shown)
    wanted = EdgesAsked(id, reader.known_kind(schema, kind).name, direction, edge_type, other_kind, day)
    return respond(asked, Offer(f"{id}-edges-{direction}", lambda: answer, table=lambda: edge_table(asked, wanted)))


@api.get("/{kind}/{id}/history", operation_id="history", summary="What happened to a record",
         responses=answers_with(HistoryList))  # fmt: skip
def history(
    asked: Asking,
    kind: KindSlug,
    id: Identifier,  # noqa: A002
    cursor: Cursor = None,
    limit: Annotated[int, Query(ge=1, le=100, description="How many changes at most.")] = 20,
) -> Response:
    """Newest first; a deleted record keeps its history."""
    reader.known_kind(asked.graph.schema, kind)
    page = known_history(asked, id, cursor, limit)
    cut = cut_of(page.total, len(page.events), page.next_cursor)
    complete = cut is None and cursor is None
    answer = HistoryList(asked.at, asked.graph.sequence, complete, cut, id, page.total, page.next_cursor, page.events)
    return respond(asked, Offer(f"{id}-history", lambda: answer))


def known_history(asked: Asked, identifier: str, cursor: str | None, limit: int) -> reader.EventPage:
    """The history of a record that is or was; NotFound for an identifier that never was one."""
    page = reader.history(asked.graph.store, identifier, cursor=cursor, limit=limit)
    if not page.total and kind_of(asked, identifier) is None:
        reader.get(asked.graph.store, asked.graph.schema, identifier)
    return page


def filters_of(request: Request) -> dict[str, str]:
    """The parameters that are no question of ours: they must be fields."""
    return {name: value for name, value in request.query_params.items() if name not in PAGE_PARAMETERS}


def records_shown(asked: Asked, found: list[Record]) -> list[RecordShown]:
    """The records as of the day, in their order."""
    schema, at = asked.graph.schema, asked.at
    names = [name_of_record(record, at) for record in found]
    told = [record_model.record_json(record) for record in found]
    return [
        RecordShown(
            thing,
            _fields(schema.kinds[record.kind], record, at),
            json.get("earlier", {}),
            json.get("earlier_spells", []),
        )
        for thing, record, json in zip(things_named(asked, names), found, told, strict=True)
    ]


def cut_of(total: int, shown: int, cursor: str | None) -> Cut | None:
    """Why a page is not the whole list."""
    return None if cursor is None else Cut("api.more", {"total": total, "shown": shown})


def _fields(kind: Kind, record: Record, at: date) -> dict[str, Value]:
    said = {name: record.on(name, at) for name in kind.fields}
    return {name: value for name, value in said.items() if value is not None and name != "title"}


def _table(asked: Asked, kind: Kind, pages: Iterable[list[Record]]) -> Table:
    columns = (
        Column("id", say("tables.id", asked.language)),
        *(Column(name, held.label.of(asked.language)) for name, held in kind.fields.items()),
        Column("earlier_spells", say("record.earlier_spells", asked.language)),
        Column("belongs_to", say("tables.belongs_to", asked.language)),
    )
    rows = (
        (
            record.id,
            *(value_in_cell(record.on(name, asked.at)) for name in kind.fields),
            _spells_in_cell(record),
            thing.distinction(asked.language) or None,
        )
        for found in pages
        for record, thing in zip(
            found, things_named(asked, [name_of_record(record, asked.at) for record in found]), strict=True
        )
    )
    return Table(kind.plural.of(asked.language), columns, rows)


def _spells_in_cell(record: Record) -> str:
    """The spells before the one that the two days of the row tell, as ISO 8601 writes intervals."""
    return "; ".join(f"{spell.valid_from or '..'}/{spell.valid_to}" for spell in record.earlier_spells)


def value_in_cell(value: Value | None) -> Cell:
    """What a field says, as one cell of a table."""
    match value:
        case list():
            return "; ".join(str(held) for held in value)
        case Mapping():
            return str(value.get("text") or "–".join(str(value[end]) for end in ("min", "max") if end in value))
        case _:
            return value
