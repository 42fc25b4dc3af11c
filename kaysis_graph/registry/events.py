"""What happened to a record, read from the change sequence: who changed what, when and why."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from kaysis_graph.graph.queries import load
from kaysis_graph.graph.store import Reader
from kaysis_graph.registry import cursors
from kaysis_graph.registry.lists import check_limit

_HISTORY = load("records/history")
_TOUCHED = load("records/touched")
# A change of an import holds up to a megabyte of rows.
_MOST_AT_ONCE = 100
What = Literal["added", "changed", "removed"]


@dataclass(frozen=True)
class Difference:
    """A field before and after, in its JSON form; None where it said nothing. Earlier values are `earlier.<field>`."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True)
class EdgeEvent:
    """What happened to one edge that leaves the record."""

    what: What
    type: str
    target: str
    first_day: str
    fields: list[Difference]


@dataclass(frozen=True)
class Event:
    """What one change did to a record: `what` happened to the record itself, None when only to its edges."""

    number: int
    at: str
    who: str
    why: str
    job: str | None
    what: What | None
    fields: list[Difference]
    edges: list[EdgeEvent]


@dataclass(frozen=True)
class EventPage:
    """Some events of a record, newest first, how many there are, and the cursor of the next page."""

    events: list[Event]
    next_cursor: str | None
    total: int


@dataclass(frozen=True)
class ChangeRow:
    """A change as it is stored, without its hashes."""

    number: int
    at: str
    who: str
    why: str
    job: str | None
    rows: str


@dataclass(frozen=True)
class Touched:
    """The numbers of changes."""

    changes: list[int]


def history(reader: Reader, identifier: str, *, cursor: str | None = None, limit: int = 20) -> EventPage:
    """What happened to the record and to the edges that leave it, newest first; a deleted record keeps its history.

    Empty for an identifier that never was. Edges that arrive are told in the history of the record they leave.
    """
    check_limit(limit, _MOST_AT_ONCE)
    (before,) = cursors.marks_of(cursor, f"history {identifier}", (int,))
    rows = reader.read(_HISTORY, into=ChangeRow, id=identifier, before=before, limit=limit + 1)
    total = len(set(reader.read(_TOUCHED, into=Touched, id=identifier)[0].changes))
    shown = rows[:limit]
    following = cursors.cursor(f"history {identifier}", [shown[-1].number]) if len(rows) > limit else None
    return EventPage([_event(identifier, row) for row in shown], following, total)


def _event(identifier: str, row: ChangeRow) -> Event:
    what: What | None = None
    fields: list[Difference] = []
    edges: list[EdgeEvent] = []
    for told in json.loads(row.rows):
        before, after = told["before"], told["after"]
        if told.get("record", {}).get("id") == identifier:
            what, fields = _what(before, after), _differences(before, after)
        if told.get("edge", {}).get("source") == identifier:
            edge = told["edge"]
            differences = _differences(before, after)
            edges.append(EdgeEvent(_what(before, after), edge["type"], edge["target"], edge["first_day"], differences))
    return Event(row.number, row.at, row.who, row.why, row.job, what, fields, edges)


def _what(before: object, after: object) -> What:
    if before is None:
        return "added"
    return "removed" if after is None else "changed"


def _differences(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> list[Difference]:
    old, new = _flat(before or {}), _flat(after or {})
    # In the order of the record's fields, those that went away after the others.
    return [Difference(name, old.get(name), new.get(name)) for name in {**new, **old} if old.get(name) != new.get(name)]


def _flat(told: Mapping[str, Any]) -> dict[str, Any]:
    flat = {name: value for name, value in told.items() if name not in ("kind", "id", "type", "to", "earlier")}
    return {**flat, **{f"earlier.{name}": values for name, values in told.get("earlier", {}).items()}}
