"""What happened to a record, read from the change sequence: who changed what, when and why."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from kaysis_graph.errors import TooLarge
from kaysis_graph.graph.queries import load
from kaysis_graph.graph.store import Reader
from kaysis_graph.records import cursors
from kaysis_graph.records.lists import check_limit

_HISTORY = load("records/history")
_TOUCHED = load("records/touched")
# A change of an import holds up to a megabyte of rows.
_MOST_AT_ONCE = 100
# guess: a record that changed oftener is compared over a shorter span.
_MOST_COMPARED = 500
What = Literal["added", "changed", "removed"]


@dataclass(frozen=True)
class FieldDifference:
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
    fields: list[FieldDifference]


@dataclass(frozen=True)
class Event:
    """What one change did to a record: `what` happened to the record itself, None when only to its edges."""

    number: int
    at: str
    who: str
    why: str
    job: str | None
    what: What | None
    fields: list[FieldDifference]
    edges: list[EdgeEvent]


@dataclass(frozen=True)
class EventPage:
    """Some events of a record, newest first, how many there are, and the cursor of the next page."""

    events: list[Event]
    next_cursor: str | None
    total: int


@dataclass(frozen=True)
class Comparison:
    """What became of a record between two changes: `first` is not in it, `last` is; the changes it spans are counted.

    What changed and changed back is left out.
    """

    first: int
    last: int
    changes: int
    what: What | None
    fields: list[FieldDifference]
    edges: list[EdgeEvent]


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
class TouchedNumbers:
    """The numbers of changes."""

    changes: list[int]


def history(
    reader: Reader, identifier: str, *, cursor: str | None = None, limit: int = 20, newest: int | None = None
) -> EventPage:
    """What happened to the record and to the edges that leave it, newest first; a deleted record keeps its history.

    Without a cursor it begins with the change `newest`, when one is named. Empty for an identifier that never was.
    Edges that arrive are told in the history of the record they leave.
    """
    check_limit(limit, _MOST_AT_ONCE)
    (before,) = cursors.marks_of(cursor, f"history {identifier}", (int,))
    if cursor is None and newest is not None:
        before = newest + 1
    rows = reader.read(_HISTORY, into=ChangeRow, id=identifier, before=before, limit=limit + 1)
    total = len(changes_of(reader, identifier))
    shown = rows[:limit]
    following = cursors.cursor(f"history {identifier}", [shown[-1].number]) if len(rows) > limit else None
    return EventPage([_event(identifier, row) for row in shown], following, total)


def latest_events(reader: Reader, identifier: str, most: int) -> list[Event]:
    """The latest that happened to the record and to the edges that leave it, newest first; at most so many."""
    rows = reader.read(_HISTORY, into=ChangeRow, id=identifier, before=None, limit=most)
    return [_event(identifier, row) for row in rows]


def changes_of(reader: Reader, identifier: str) -> list[int]:
    """The numbers of the changes that touched the record or the edges that leave it, oldest first."""
    return sorted(set(reader.read(_TOUCHED, into=TouchedNumbers, id=identifier)[0].changes))


def compared(reader: Reader, identifier: str, first: int, last: int) -> Comparison:
    """What is different of the record after change `last` from how it stood after change `first`.

    TooLarge when more than 500 changes of the record lie between.
    """
    spanned = [number for number in changes_of(reader, identifier) if first < number <= last]
    if len(spanned) > _MOST_COMPARED:
        raise TooLarge("records.far_apart", changes=len(spanned), most=_MOST_COMPARED)
    events: list[Event] = []
    while len(events) < len(spanned):
        before = events[-1].number if events else last + 1
        rows = reader.read(_HISTORY, into=ChangeRow, id=identifier, before=before, limit=_MOST_AT_ONCE)
        events += [_event(identifier, row) for row in rows if row.number > first]
        if len(rows) < _MOST_AT_ONCE:
            break
    events.reverse()
    whats = [event.what for event in events if event.what is not None]
    edges: dict[tuple[str, str, str], list[EdgeEvent]] = {}
    for event in events:
        for edge in event.edges:
            edges.setdefault((edge.type, edge.target, edge.first_day), []).append(edge)
    met = [_joined_edge(told) for told in edges.values()]
    return Comparison(
        first=first,
        last=last,
        changes=len(spanned),
        what=_joined_what(whats),
        fields=_joined([difference for event in events for difference in event.fields]),
        edges=[edge for edge in met if edge is not None],
    )


def _joined(differences: Iterable[FieldDifference]) -> list[FieldDifference]:
    """One difference for each field, from before the first to after the last; what changed back is left out."""
    joined: dict[str, FieldDifference] = {}
    for held in differences:
        known = joined.get(held.field)
        joined[held.field] = FieldDifference(held.field, known.before if known else held.before, held.after)
    return [held for held in joined.values() if held.before != held.after]


def _joined_edge(told: Sequence[EdgeEvent]) -> EdgeEvent | None:
    what = _joined_what([edge.what for edge in told])
    fields = _joined([difference for edge in told for difference in edge.fields])
    if what is None or (what == "changed" and not fields):
        return None
    return replace(told[-1], what=what, fields=fields)


def _joined_what(whats: Sequence[What]) -> What | None:
    """What several events come to: added and removed again is nothing."""
    if not whats:
        return None
    was_there, is_there = whats[0] != "added", whats[-1] != "removed"
    if was_there:
        return "changed" if is_there else "removed"
    return "added" if is_there else None


def _event(identifier: str, row: ChangeRow) -> Event:
    what: What | None = None
    fields: list[FieldDifference] = []
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


def _differences(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> list[FieldDifference]:
    old, new = _flat(before or {}), _flat(after or {})
    # In the order of the record's fields, those that went away after the others.
    return [
        FieldDifference(name, old.get(name), new.get(name)) for name in {**new, **old} if old.get(name) != new.get(name)
    ]


def _flat(told: Mapping[str, Any]) -> dict[str, Any]:
    flat = {name: value for name, value in told.items() if name not in ("kind", "id", "type", "to", "earlier")}
    return {**flat, **{f"earlier.{name}": values for name, values in told.get("earlier", {}).items()}}
