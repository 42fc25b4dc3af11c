"""The structure under a unit on two days: what was added, ended, moved, renamed or away between them, and why."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

import numpy as np

from kaysis_graph.answers.answer import Answer, Thing, page_cut, position_of_kind, things_by_position, whole_list
from kaysis_graph.answers.reply import Listing
from kaysis_graph.article_order import record_key
from kaysis_graph.errors import Invalid, Problem
from kaysis_graph.graph import walks
from kaysis_graph.graph.columns import OPEN_FROM, Ints, Mask, date_of
from kaysis_graph.graph.fields.edge_columns import EdgeColumns
from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.record_table import RecordTable
from kaysis_graph.graph.view import View

Mark = Literal["added", "ended", "moved", "returned", "renamed"]
MARKS: tuple[Mark, ...] = ("added", "ended", "moved", "returned", "renamed")
ROWS = 500
_ROWS_AT_A_TIME = 1_000


@dataclass(frozen=True)
class Absence:
    """Days on which a unit was not where it is on both days: ended or elsewhere from the first, back on the last."""

    valid_from: date
    valid_to: date


@dataclass(frozen=True)
class Altered:
    """A unit that is not as it was.

    `day` is the last day between the two on which it changed, None when no record tells. `bases` are the acts and
    provisions it began or ceased to rest on that day, `source` is what the tie that changed names as its source.
    `away` are days in between on which a unit that is under the same parent on both days was not.
    `title_before` and `parents_before` are those of the first day; the unit bears the title of the last.
    """

    thing: Thing
    marks: tuple[Mark, ...]
    day: date | None
    away: tuple[Absence, ...]
    title_before: str | None
    parents_before: tuple[Thing, ...]
    parents_after: tuple[Thing, ...]
    successors: tuple[Thing, ...]
    bases: tuple[Thing, ...]
    source: str | None


@dataclass(frozen=True)
class Difference(Answer):
    """What changed under a unit from one day to another, by day and then identifier; `at` is the later day.

    A unit that moved with all under it is one row: what moved along did not change itself. `total` counts rows,
    `marks` how many bear each mark, `units_before` and `units_after` all units under it on the two days.
    """

    start: Thing
    since: date
    total: int
    offset: int
    units_before: int
    units_after: int
    marks: dict[Mark, int]
    rows: tuple[Altered, ...]


@dataclass(frozen=True)
class Reason:
    """An edge of a unit, as the source of what changed; open days as the extremes."""

    type: str
    far: int
    valid_from: int
    valid_to: int
    source: str | None


@dataclass
class _Change:
    """What is known of one unit before its names are: its parents on both days, and when it changed."""

    before: set[int] = field(default_factory=set)
    after: set[int] = field(default_factory=set)
    day: int | None = None
    is_renamed: bool = False
    away: list[tuple[int, int]] = field(default_factory=list)

    def on(self, day: int) -> None:
        """Takes note of a day on which something of it changed."""
        self.day = day if self.day is None else max(self.day, day)


@dataclass(frozen=True)
class _Compared:
    """Both days of one projection, and the units that are not alike on them, in the order of the answer."""

    before: View
    after: View
    start: int
    units: tuple[int, int]
    changes: dict[int, _Change]

    def marks(self, place: int) -> tuple[Mark, ...]:
        """What is said of the unit; the start itself has begun or ended when its record says so."""
        change = self.changes[place]
        told: list[Mark] = []
        if change.before != change.after or not self.before.valid[place] or not self.after.valid[place]:
            was, is_ = self._was(self.before, place, change.before), self._was(self.after, place, change.after)
            told += ["added"] if is_ and not was else ["ended"] if was and not is_ else ["moved"]
        if change.away:
            told.append("returned")
        return (*told, *(("renamed",) if change.is_renamed else ()))

    def _was(self, view: View, place: int, parents: set[int]) -> bool:
        return bool(parents) or (place == self.start and bool(view.valid[place]))


class UnitDifference:
    """What changed under a unit from one day to another, compared once: pages and files are cut from it."""

    def __init__(self, graph: Graph, identifier: str, since: date, until: date) -> None:
        """NotFound for no such unit, Invalid for days in reverse."""
        self._days = since, until
        self._compared = _compared(graph, identifier, since, until)
        self._places = list(self._compared.changes)

    def answer(self, offset: int = 0, limit: int = ROWS) -> Difference:
        """The difference with at most `limit` units from `offset` on."""
        compared, places = self._compared, self._places
        since, until = self._days
        shown = places[offset : offset + limit]
        counts = dict.fromkeys(MARKS, 0)
        for place in places:
            for mark in compared.marks(place):
                counts[mark] += 1
        cut = page_cut(len(places), offset, len(shown))
        return Difference(
            until,
            compared.after.sequence,
            complete=cut is None,
            cut=cut,
            start=things_by_position(compared.after, [compared.start])[compared.start],
            since=since,
            total=len(places),
            offset=offset,
            units_before=compared.units[0],
            units_after=compared.units[1],
            marks={mark: count for mark, count in counts.items() if count},
            rows=tuple(_rows(compared, shown)),
        )

    def listing(self) -> Listing[Difference, Altered]:
        """The difference beside all units that changed."""
        return Listing(whole_list(self.answer(limit=0)), self._all_rows())

    def _all_rows(self) -> Iterator[Altered]:
        for begin in range(0, len(self._places), _ROWS_AT_A_TIME):
            yield from _rows(self._compared, self._places[begin : begin + _ROWS_AT_A_TIME])


def _compared(graph: Graph, identifier: str, since: date, until: date) -> _Compared:
    if since > until:
        raise Invalid([Problem("tree.days_reversed", {"parameter": "from"}, {"since": since, "until": until})])
    # Both views are of one projection: a write in between must not look like a change of the state.
    projection = graph.follower.current
    before, after = projection.on(since), projection.on(until)
    start = position_of_kind(after, identifier, "Organisation")
    within = [_under(view, start) for view in (before, after)]
    changes: dict[int, _Change] = defaultdict(_Change)
    _ties(before, after, within[0] | within[1], changes)
    if before.valid[start] != after.valid[start]:
        changes[start].on(int(after.since[start] if after.valid[start] else after.over_on[start]))
    for place, day in _renamed(after, within[0] & within[1], before.day, after.day).items():
        changes[place].is_renamed = True
        changes[place].on(day)
        if not changes[place].before:
            changes[place].before = set(before.out(place, "PART_OF").tolist())
            changes[place].after = set(after.out(place, "PART_OF").tolist())
    rank = after.records.rank
    order = sorted(changes, key=lambda place: (changes[place].day or 0, int(rank[place])))
    units = (int(within[0].sum()) - 1, int(within[1].sum()) - 1)
    return _Compared(before, after, start, units, {place: changes[place] for place in order})


def _under(view: View, start: int) -> Mask:
    marked = np.zeros(len(view), np.bool_)
    marked[walks.subtree(view, start).positions] = True
    return marked


def _ties(before: View, after: View, within: Mask, changes: dict[int, _Change]) -> None:
    """The units among these whose parents are not the same on both days, with the days on which ties changed."""
    columns, records = after.edges["PART_OF"], after.records
    held = [
        rows[within[columns.source[rows]]] for rows in (before.all_holding("PART_OF"), after.all_holding("PART_OF"))
    ]
    keys = [columns.keys[rows] for rows in held]
    gone, new = held[0][~np.isin(keys[0], keys[1])], held[1][~np.isin(keys[1], keys[0])]
    for row in gone.tolist():
        unit = int(columns.source[row])
        changes[unit].on(int(_latest(records, columns, row, until=after.day)[1]))
    for row in new.tolist():
        unit = int(columns.source[row])
        changes[unit].on(int(_latest(records, columns, row, until=after.day)[0]))
    stayed = held[1][np.isin(keys[1], keys[0])]
    for row, away in _absences(after, columns, stayed, before.day).items():
        unit = int(columns.source[row])
        changes[unit].away = sorted({*changes[unit].away, *away})
        changes[unit].on(max(back for _, back in away))
    for unit, change in changes.items():
        change.before = set(before.out(unit, "PART_OF").tolist())
        change.after = set(after.out(unit, "PART_OF").tolist())


def _latest(records: RecordTable, columns: EdgeColumns, row: int, until: int) -> tuple[int, int]:
    """The last span up to the day in which the tie held."""
    _, firsts, lasts = records.held_spans(columns, np.array([row], np.int32))
    return max((first, last) for first, last in zip(firsts.tolist(), lasts.tolist(), strict=True) if first <= until)


def _absences(view: View, columns: EdgeColumns, rows: Ints, since: int) -> dict[int, list[tuple[int, int]]]:
    """The spans since the day on which none of the ties between the same two, of which these hold now, held."""
    parallel = np.flatnonzero(np.isin(columns.keys, columns.keys[rows])).astype(np.int32)
    tied, firsts, lasts = view.records.held_spans(columns, parallel)
    keys = columns.keys[tied]
    order = np.lexsort((firsts, keys))
    found: dict[int, list[tuple[int, int]]] = {}
    row_of = dict(zip(columns.keys[rows].tolist(), rows.tolist(), strict=True))
    key, reached = -1, since
    spans = zip(keys[order].tolist(), firsts[order].tolist(), lasts[order].tolist(), strict=True)
    for each, first, last in spans:
        if each != key:
            key, reached = each, since
        if reached < first <= view.day:
            found.setdefault(row_of[key], []).append((reached, first))
        reached = max(reached, last)
    return found


def _renamed(view: View, stayed: Mask, since: int, until: int) -> dict[int, int]:
    """The units among these whose title changed after the first day and not after the last, and when it last did."""
    fields = view.fields.of_kind["Organisation"]
    titles = fields.former["title"]
    renamed: dict[int, int] = {}
    units = fields.position[titles.row]
    for days in (titles.valid_from, titles.valid_to):
        held = np.flatnonzero((since < days) & (days <= until) & stayed[units])
        for unit, day in zip(units[held].tolist(), days[held].tolist(), strict=True):
            renamed[unit] = max(day, renamed.get(unit, day))
    return renamed


def _reasons(view: View, unit: int) -> list[Reason]:
    """What a unit is or was part of, rests on and was succeeded by, by type and first day."""
    position, rank = np.array([unit], np.int32), view.records.rank
    found = []
    for edge_type in ("BASED_ON", "PART_OF", "SUCCEEDED_BY"):
        columns = view.edges[edge_type]
        rows, _ = columns.rows_of(position, leaving=True)
        firsts = columns.valid_from[rows]
        # What has no first day comes last.
        rows = rows[np.lexsort((rank[columns.target[rows]], firsts, firsts == OPEN_FROM))]
        ends = (column[rows].tolist() for column in (columns.target, columns.valid_from, columns.valid_to))
        found += [Reason(edge_type, *told) for told in zip(*ends, columns.said("source", rows), strict=True)]
    return found


def _rows(compared: _Compared, places: list[int]) -> Iterator[Altered]:
    view = compared.after
    reasons = {place: _reasons(view, place) for place in places}
    far = {each.far for held in reasons.values() for each in held}
    parents = {place for unit in places for place in compared.changes[unit].before | compared.changes[unit].after}
    names = things_by_position(view, [*places, *sorted(far | parents)])
    former = things_by_position(compared.before, places)
    for place in places:
        change = compared.changes[place]
        marks = compared.marks(place)
        thing = former[place] if "ended" in marks else names[place]
        day = None if change.day is None else date_of(change.day)
        own = reasons[place]
        told = [each for each in own if day is not None and change.day in (each.valid_from, each.valid_to)]
        title = former[place].title
        yield Altered(
            thing=replace(thing, state=names[place].state),
            marks=marks,
            day=day,
            away=tuple(_absence(*span) for span in change.away),
            title_before=title if "renamed" in marks and title != thing.title else None,
            parents_before=_named(names, change.before),
            parents_after=_named(names, change.after),
            successors=_distinct(names[each.far] for each in _of(own, "SUCCEEDED_BY")),
            bases=_distinct(names[each.far] for each in _of(told, "BASED_ON")),
            source=next((each.source for each in (*_of(told, "PART_OF"), *told) if each.source), None),
        )


def _absence(first: int, last: int) -> Absence:
    gone, back = date_of(first), date_of(last)
    assert gone is not None, "it was there on the first day"
    assert back is not None, "it is there on the last day"
    return Absence(gone, back)


def _of(reasons: Iterable[Reason], edge_type: str) -> list[Reason]:
    return [reason for reason in reasons if reason.type == edge_type]


def _distinct(things: Iterable[Thing]) -> tuple[Thing, ...]:
    return tuple({thing.id: thing for thing in things}.values())


def _named(names: dict[int, Thing], places: set[int]) -> tuple[Thing, ...]:
    return tuple(sorted((names[place] for place in places), key=lambda thing: record_key(thing.id)))
