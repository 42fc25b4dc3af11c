"""Pages of the records of one kind: filtered, sorted, and read on from a cursor.

Which records they are, in which order and how many follows from the columns of the projection; those of the page are
then read whole from the engine.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from kaysis_graph.errors import Invalid, NotFound, Problem
from kaysis_graph.graph.columns import Mask, day_of
from kaysis_graph.graph.fields.kind_fields import KindFields
from kaysis_graph.graph.fields.value_columns import NumberColumn
from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.projection import Projection
from kaysis_graph.graph.queries import load
from kaysis_graph.graph.record_table import GONE
from kaysis_graph.graph.store import Reader
from kaysis_graph.records import cursors, record_model
from kaysis_graph.records.filters import Filters, read_filters
from kaysis_graph.records.record_model import Record, RecordRow
from kaysis_graph.schema import Kind, Schema

_GET = load("records/get")
_MOST_AT_ONCE = 1_000
_TYPES = {"date": date, "integer": int, "flag": bool}


@dataclass(frozen=True)
class Page:
    """Some records of a list, how many the whole list has, and the cursor of the next page, None on the last."""

    records: list[Record]
    next_cursor: str | None
    total: int


def listed(  # noqa: PLR0913  # what is listed, which of it, in which order, from where
    graph: Graph,
    kind: str,
    *,
    filters: Mapping[str, str] | None = None,
    sort: str = "title",
    cursor: str | None = None,
    limit: int = 50,
    at: date | None = None,
) -> Page:
    """A page of the records of a kind, named by its name or slug; `at` leaves only those valid on that day.

    `sort` is `title` (Turkish alphabetical order of present titles) or a field that can be filtered and holds one
    value, with `-` before it for the other direction; records without a value come last either way, and ties go by
    title. NotFound for an unknown kind; Invalid for an unknown filter or order, a value that does not fit, a cursor
    of another list, a limit outside 1 to 1,000.
    """
    schema = graph.schema
    known = known_kind(schema, kind)
    check_limit(limit, _MOST_AT_ONCE)
    chosen = read_filters(schema, [known], filters or {}, at)
    name = _sorted_field(known, sort)
    is_down = sort.startswith("-")
    order = f"{known.slug} {sort}"
    by_title = name == "title"
    types = (str, str) if by_title else (_TYPES.get(known.fields[name].type, str), str, str)
    marks = cursors.marks_of(cursor, order, types)
    if cursor is not None and None in marks[-2:]:
        raise Invalid([Problem("records.bad_cursor", {"parameter": "cursor"}, {"cursor": cursor[:40]})])
    projection = graph.follower.current
    fields = projection.fields.of_kind[known.name]
    passing = _passing(projection, fields, chosen, at)
    rows = fields.order_by(name, is_down=is_down)
    rows = rows[passing[rows]]
    begin = 0
    if cursor is not None:
        *value, key, identifier = marks
        after = (value[0] if value else None, str(key), str(identifier))
        is_behind = _behind_title if by_title else _behind_value
        begin = bisect_left(
            rows,
            True,
            key=lambda row: is_behind(_mark(fields, name, int(row)), after, is_down=is_down),
        )
    shown = rows[begin : begin + limit]
    following = None
    if begin + limit < len(rows):
        value, *ends = _mark(fields, name, int(shown[-1]))
        following = cursors.cursor(order, ends if by_title else [value, *ends])
    records = _read(graph.store, schema, [str(one) for one in fields.ids[shown]])
    return Page(records, following, len(rows))


def _passing(projection: Projection, fields: KindFields, chosen: Filters, at: date | None) -> Mask:
    """Marks the rows that are valid on the day and pass the filters."""
    positions = fields.position
    day = None if at is None else day_of(at)
    is_there = projection.records.kind != GONE if at is None else projection.on(at).valid
    passing: Mask = is_there[positions].copy()
    for told in chosen.equal:
        marks = fields.among(told["name"], told["values"], day)
        if told["absent"] in told["values"]:
            marks |= ~fields.is_said(told["name"], day)
        passing &= marks
    for told in chosen.holding:
        passing &= fields.among(told["name"], told["values"], None)
    for told in chosen.within:
        column = fields.columns[told["name"]]
        assert isinstance(column, NumberColumn), "a day or a number"
        least, most = (day_of(end) if isinstance(end, date) else end for end in (told["least"], told["most"]))
        passing &= column.within(least, most, len(fields))
    return passing


def _mark(fields: KindFields, name: str, row: int) -> tuple[Any, str, str]:
    """What a row is sorted by: the value of the field, the key of its title, its identifier."""
    value = None if name == "title" else fields.values(name, np.array([row], np.int32))[0]
    return (value, *fields.mark(row))


def _behind_title(mark: tuple[Any, str, str], last: tuple[Any, str, str], *, is_down: bool) -> bool:
    (_, key, identifier), (_, last_key, last_id) = mark, last
    if key == last_key:
        return identifier > last_id
    return key < last_key if is_down else key > last_key


def _behind_value(mark: tuple[Any, str, str], last: tuple[Any, str, str], *, is_down: bool) -> bool:
    value, last_value = mark[0], last[0]
    if value == last_value:
        return mark[1:] > last[1:]
    if value is None or last_value is None:
        return value is None
    return bool(value < last_value if is_down else value > last_value)


def _read(reader: Reader, schema: Schema, ids: Sequence[str]) -> list[Record]:
    """The records whole, in this order; one that was deleted a moment ago is left out."""
    if not ids:
        return []
    found = {row.id: row for row in reader.read(_GET, into=RecordRow, ids=ids)}
    rows = (found[name] for name in ids if name in found)
    return [record_model.loaded_record(schema, row.labels, row.properties) for row in rows]


def known_kind(schema: Schema, kind: str) -> Kind:
    """The kind of that name or slug; NotFound names those there are."""
    found = schema.kind(kind)
    if found is None:
        raise NotFound(
            "records.unknown_kind", kind=kind[:80], known=", ".join(held.slug for held in schema.kinds.values())
        )
    return found


def check_limit(limit: int, most: int) -> None:
    """Invalid when a page would be empty or too large."""
    if not 1 <= limit <= most:
        raise Invalid([Problem("records.bad_limit", {"parameter": "limit"}, {"limit": limit, "most": most})])


def _sorted_field(kind: Kind, sort: str) -> str:
    name = sort.removeprefix("-")
    known = ["title", *(held.name for held in kind.fields.values() if held.filtered and not held.many)]
    if name not in known:
        raise Invalid(
            [Problem("records.unknown_sort", {"parameter": "sort"}, {"sort": sort[:80], "known": ", ".join(known)})]
        )
    return name
