"""The life of an act on a line: accepted, published, in force, amended by what and where, repealed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal, get_args

import numpy as np

from kaysis_graph.answers.answer import (
    Answer,
    Thing,
    counted,
    page_cut,
    position_of_kind,
    things_by_position,
    whole_list,
)
from kaysis_graph.answers.reply import Listing
from kaysis_graph.facts.legal_force import told_over
from kaysis_graph.graph.columns import OPEN_FROM, date_of, day_of
from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.view import View
from kaysis_graph.legislation import amendments
from kaysis_graph.legislation.amendments import Changes
from kaysis_graph.legislation.question import TimelineQuestion

What = Literal[
    "accepted", "published", "in_force", "amended", "repealed_in_part", "repealed", "ended", "without_effect"
]
ROWS = 500
_ROWS_AT_A_TIME = 200
_ORDER: tuple[What, ...] = get_args(What)


@dataclass(frozen=True)
class ActEvent:
    """Something that happened to an act on a day: of itself, or done by another act to it or to its provisions.

    `touched` are the provisions it was done to, none where it was the act itself; `amendments` counts them by kind of
    amendment. `sources` say where it was read.
    """

    on: date | None
    what: What
    by: Thing | None
    touched: tuple[Thing, ...]
    amendments: dict[str, int]
    sources: tuple[str, ...]
    is_unverified: bool


@dataclass(frozen=True)
class Timeline(Answer):
    """What happened to an act or provision up to the day, oldest first; what has no known day comes first."""

    start: Thing
    total: int
    offset: int
    whats: dict[str, int]
    rows: tuple[ActEvent, ...]


@dataclass(frozen=True)
class Deed:
    """One event by position; `pairs` are the edges it is made of."""

    on: int
    what: What
    by: int | None = None
    touched: tuple[int, ...] = ()
    pairs: tuple[tuple[int, int], ...] = ()


class ActLife:
    """The events of an act or provision up to the day, found once: pages, the picture and files are cut from them."""

    def __init__(self, graph: Graph, question: TimelineQuestion, at: date) -> None:
        """NotFound when there is no act or provision of that name."""
        self._at = at
        self.view = graph.on(at)
        self.place = position_of_kind(self.view, question.id, "Legislation", "Provision")
        self.deeds = found(self.view, self.place)

    def answer(self, offset: int = 0, limit: int = ROWS) -> Timeline:
        """The life with at most `limit` events from `offset` on."""
        view, deeds = self.view, self.deeds
        shown = deeds[offset : offset + limit]
        cut = page_cut(len(deeds), offset, len(shown))
        rows, names = _named(view, self.place, shown)
        whats = counted([deed.what for deed in deeds])
        return Timeline(self._at, view.sequence, cut is None, cut, names[self.place], len(deeds), offset, whats, rows)

    def listing(self) -> Listing[Timeline, ActEvent]:
        """The life beside all its events."""
        return Listing(whole_list(self.answer(limit=0)), self._all_rows())

    def _all_rows(self) -> Iterator[ActEvent]:
        for begin in range(0, len(self.deeds), _ROWS_AT_A_TIME):
            yield from _named(self.view, self.place, self.deeds[begin : begin + _ROWS_AT_A_TIME])[0]


def found(view: View, place: int) -> list[Deed]:
    """The events of the act or provision at a position, by day."""
    done = [*_done(place, amendments.of_act(view, place)), *_without_effect(view, place)]
    repealed_on = {deed.on for deed in done if deed.what == "repealed"}
    # That it ended on the day of its repeal is no event of its own.
    own = [deed for deed in _own(view, place) if deed.what != "ended" or deed.on not in repealed_on]
    if view.ever(told_over)[place]:
        own.append(Deed(OPEN_FROM, "ended"))
    rank = view.records.rank
    return sorted(
        [*own, *done],
        key=lambda deed: (deed.on, _ORDER.index(deed.what), -1 if deed.by is None else int(rank[deed.by])),
    )


def _own(view: View, place: int) -> Iterator[Deed]:
    """What the record says of itself."""
    position = np.array([place], np.int32)
    told: tuple[tuple[What, str], ...] = (("accepted", "accepted_on"), ("published", "gazette_on"))
    days: list[tuple[What, int]] = [
        (what, day_of(day)) for what, name in told for day in view.said(name, position) if day is not None
    ]
    for first, last in view.records.own_spells(place):
        days += [("in_force", first), ("ended", last)]
    for what, day in days:
        if OPEN_FROM < day <= view.day:
            yield Deed(day, what)


def _done(place: int, changes: Changes) -> Iterator[Deed]:
    """What other acts did: all that one act did on one day in one way is one event."""
    rows_of: dict[tuple[int, int, What], list[int]] = {}
    for row in range(len(changes)):
        what: What = "amended"
        if changes.is_repeal[row]:
            is_end = changes.is_whole[row] and changes.target[row] == place
            what = "repealed" if is_end else "repealed_in_part"
        rows_of.setdefault((int(changes.on[row]), int(changes.act[row]), what), []).append(row)
    for (on, act, what), rows in rows_of.items():
        touched = [int(changes.target[row]) for row in rows if changes.target[row] != place]
        pairs = tuple((int(changes.source[row]), int(changes.target[row])) for row in rows)
        yield Deed(on, what, act, tuple(dict.fromkeys(touched)), pairs)


def _without_effect(view: View, place: int) -> Iterator[Deed]:
    """What other acts were to do, and did not, being out of force on the day."""
    for deed in _done(place, amendments.without_effect(view, place)):
        yield replace(deed, what="without_effect")


def _named(view: View, place: int, deeds: Sequence[Deed]) -> tuple[tuple[ActEvent, ...], Mapping[int, Thing]]:
    asked = [place, *(one for deed in deeds for one in (*deed.touched, *(() if deed.by is None else (deed.by,))))]
    names = things_by_position(view, asked)
    return tuple(_event(view, deed, names) for deed in deeds), names


def _event(view: View, deed: Deed, names: Mapping[int, Thing]) -> ActEvent:
    types = {"amended": ("AMENDS",), "without_effect": ("AMENDS", "REPEALS")}.get(deed.what, ("REPEALS",))
    edges = [edge for edge_type in types for edge in _said(view, deed, edge_type)]
    return ActEvent(
        on=date_of(deed.on),
        what=deed.what,
        by=None if deed.by is None else names[deed.by],
        touched=tuple(names[place] for place in deed.touched),
        amendments=counted([edge["amendment"] for edge in edges if edge.get("amendment")]),
        sources=tuple(dict.fromkeys(edge["source"] for edge in edges if edge.get("source"))),
        is_unverified=any(edge.get("is_unverified") for edge in edges),
    )


def _said(view: View, deed: Deed, edge_type: str) -> list[dict[str, Any]]:
    """What the changes that an event is made of say of themselves: those of its day, or of none."""
    columns = view.edges[edge_type]
    rows = [columns.rows_between(source, target) for source, target in deed.pairs]
    found = np.concatenate([np.empty(0, np.int32), *rows])
    return columns.told(found[np.isin(columns.valid_from[found], (OPEN_FROM, deed.on))])
