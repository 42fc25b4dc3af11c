"""The structure of the state branch by branch: what a tree shows when a unit in it is opened."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from kaysis_graph.answers.answer import Answer, Cut, Thing, position_of_kind
from kaysis_graph.answers.known_things import KnownThings
from kaysis_graph.facts.institutions import is_institution, one_level_up
from kaysis_graph.graph.columns import Ints, Mask, date_of, distinct
from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.view import View
from kaysis_graph.records import cursors

ROWS = 200
# guess: no state is as deep; a circle of units ends earlier, at the first one met twice.
_DEEPEST = 100


@dataclass(frozen=True)
class Branch:
    """A unit in a tree: the units directly under it, counted, and what it is under beside the unit it is shown under.

    `tie_from` and `tie_to` are the days of the tie to that unit; None where it is open, or there is no tie.
    """

    thing: Thing
    units: int
    is_institution: bool
    other_parents: tuple[Thing, ...] = ()
    tie_from: date | None = None
    tie_to: date | None = None


@dataclass(frozen=True)
class Branches(Answer):
    """A page of the units under `parent`, or of those under none, in Turkish alphabetical order."""

    parent: Thing | None
    total: int
    next_cursor: str | None
    rows: tuple[Branch, ...]


@dataclass(frozen=True)
class WayDown(Answer):
    """The units to open, the topmost first, to come to a unit, which is the last of them."""

    rows: tuple[Branch, ...]


def children(  # noqa: PLR0913  # a question with its page
    graph: Graph, identifier: str, at: date, *, ever: bool = False, cursor: str | None = None, limit: int = ROWS
) -> Branches:
    """The units directly under a unit on the day; with `ever` also those that were or will be.

    NotFound for no such organisation, Invalid for a cursor of another list.
    """
    view = graph.on(at)
    parent = position_of_kind(view, identifier, "Organisation")
    found = _under(view, parent, ever=ever)
    return _page(view, parent, found, f"children {identifier} {ever}", cursor, limit, ever=ever)


def roots(graph: Graph, at: date, *, cursor: str | None = None, limit: int = ROWS) -> Branches:
    """The organisations that are valid on the day and under no other. Invalid for a cursor of another list."""
    view = graph.on(at)
    found = np.flatnonzero(view.once(is_root)).astype(np.int32)
    return _page(view, None, found, "roots", cursor, limit, ever=False)


def way_to(
    graph: Graph, identifier: str, at: date, *, under: str | None = None, known: KnownThings | None = None
) -> WayDown:
    """The units from the top down to a unit: up over first ties, of several over the lowest identifier.

    `under` names one of its parents to come by; one that it is not under on the day is passed over. NotFound for no
    such organisation.
    """
    view = graph.on(at)
    place = position_of_kind(view, identifier, "Organisation")
    way = [place]
    if under is not None:
        above = position_of_kind(view, under, "Organisation")
        if above in view.out(place, "PART_OF"):
            way.append(above)
    while len(way) < _DEEPEST:
        parent = one_level_up(view, way[-1])
        if parent is None or parent in way:
            break
        way.append(parent)
    way.reverse()
    ties = list(zip([None, *way], way, strict=False))
    return WayDown(at, view.sequence, True, None, branches(known or KnownThings(view), view, ties))


def branches(
    known: KnownThings, view: View, ties: Sequence[tuple[int | None, int]], *, ever: bool = False
) -> tuple[Branch, ...]:
    """The units of these pairs of parent and unit; with `ever` all that ever hung under each are counted."""
    above = view.adjacency("PART_OF", "out")
    others = {place: [far for far in above.of(place).tolist() if far != parent] for parent, place in ties}
    names = known.at([*others, *(far for beside in others.values() for far in beside)])
    marks = view.once(is_institution)
    return tuple(
        Branch(
            names[place],
            len(_under(view, place, ever=ever)),
            bool(marks[place]),
            tuple(names[far] for far in others[place]),
            *_days(view, place, parent),
        )
        for parent, place in ties
    )


def is_root(view: View) -> Mask:
    """Marks the organisations that are valid on the day and part of nothing."""
    above = view.adjacency("PART_OF", "out")
    marked: Mask = view.valid & view.records.of_kinds("Organisation") & (np.diff(above.starts) == 0)
    return marked


def _page(  # noqa: PLR0913  # a page and what it is of
    view: View, parent: int | None, found: Ints, order: str, cursor: str | None, limit: int, *, ever: bool
) -> Branches:
    units, total = view.fields.of_kind["Organisation"], len(found)
    rows = units.in_order(view.fields.row[found])
    key, last = cursors.marks_of(cursor, order, (str, str))
    begin = 0
    if last is not None:
        begin = bisect_right(rows, (str(key or ""), str(last)), key=lambda row: units.mark(int(row)))
    shown = rows[begin : begin + limit]
    following = cursors.cursor(order, units.mark(int(shown[-1]))) if begin + limit < total else None
    places = units.position[shown].tolist()
    known = KnownThings(view)
    known.at([*places, *([] if parent is None else [parent])])
    told = branches(known, view, [(parent, place) for place in places], ever=ever)
    at = date_of(view.day)
    assert at is not None, "a view is of one day"
    name = None if parent is None else known.at([parent])[parent]
    cut = None if following is None else Cut("answers.cursor", {"total": total, "shown": len(told)})
    return Branches(at, view.sequence, cut is None, cut, name, total, following, told)


def _under(view: View, place: int, *, ever: bool) -> Ints:
    if not ever:
        return view.adjacency("PART_OF", "into").of(place)
    columns = view.edges["PART_OF"]
    return distinct(columns.source[columns.rows_to(place)])


def _days(view: View, place: int, parent: int | None) -> tuple[date | None, date | None]:
    """The days of the tie that holds, else of the last one that had begun, else of the first to come."""
    if parent is None:
        return None, None
    columns = view.edges["PART_OF"]
    rows = columns.rows_between(place, parent)
    if not len(rows):
        return None, None
    begun = rows[columns.valid_from[rows] <= view.day]
    row = int(begun[-1]) if len(begun) else int(rows[0])
    return date_of(int(columns.valid_from[row])), date_of(int(columns.valid_to[row]))
