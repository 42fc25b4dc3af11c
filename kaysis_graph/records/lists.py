"""Pages of the records of one kind: filtered, sorted, and read on from a cursor."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kaysis_graph.errors import Invalid, NotFound, Problem
from kaysis_graph.graph.queries import load
from kaysis_graph.graph.store import Reader
from kaysis_graph.records import cursors, record_model
from kaysis_graph.records.filters import read_filters
from kaysis_graph.records.record_model import Record, RecordRow
from kaysis_graph.schema import Kind, Schema

_LISTED = load("records/listed")
_LISTED_DOWN = load("records/listed_down")
_LISTED_BY = load("records/listed_by")
_LISTED_BY_DOWN = load("records/listed_by_down")
_COUNT = load("records/count")
_LISTED_COUNT = load("records/listed_count")
_MOST_AT_ONCE = 1_000


@dataclass(frozen=True)
class Page:
    """Some records of a list, how many the whole list has, and the cursor of the next page, None on the last."""

    records: list[Record]
    next_cursor: str | None
    total: int


@dataclass(frozen=True)
class Total:
    """How many there are."""

    total: int


def listed(  # noqa: PLR0913  # what is listed, which of it, in which order, from where
    reader: Reader,
    schema: Schema,
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
    known = known_kind(schema, kind)
    check_limit(limit, _MOST_AT_ONCE)
    chosen = read_filters(schema, [known], filters or {}, at).takes(at)
    name = _sorted_field(known, sort)
    order = f"{known.slug} {sort}"
    if name == "title":
        key, identifier = cursors.marks_of(cursor, order, (str, str))
        query = (_LISTED_DOWN if sort.startswith("-") else _LISTED).named(KIND=known.name)
        marks: dict[str, object] = {"last_key": key, "last_id": identifier}
    else:
        value_type = {"date": date, "integer": int, "flag": bool}.get(known.fields[name].type, str)
        value, key, identifier = cursors.marks_of(cursor, order, (value_type, str, str))
        query = (_LISTED_BY_DOWN if sort.startswith("-") else _LISTED_BY).named(KIND=known.name, FIELD=name)
        marks = {"last_value": value, "last_key": key, "last_id": identifier}
    if cursor is not None and None in (key, identifier):
        raise Invalid([Problem("records.bad_cursor", {"parameter": "cursor"}, {"cursor": cursor[:40]})])
    rows = reader.read(query, into=RecordRow, **chosen, **marks, limit=limit + 1)
    is_whole = at is None and not filters
    count, narrowed = (_COUNT, {}) if is_whole else (_LISTED_COUNT, chosen)
    total = reader.read(count.named(KIND=known.name), into=Total, **narrowed)[0].total
    shown = rows[:limit]
    following = None
    if len(rows) > limit:
        last = shown[-1]
        ends = [last.properties["sort_key"], last.id]
        following = cursors.cursor(order, ends if name == "title" else [last.properties.get(name), *ends])
    return Page([record_model.loaded_record(schema, row.labels, row.properties) for row in shown], following, total)


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
