"""What came into force and what ended around a day, and how many acts of each type are valid on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np

from kaysis_graph.answers.answer import Answer, Thing, things_by_position
from kaysis_graph.facts import effects
from kaysis_graph.graph.columns import OPEN_FROM, OPEN_TO, Ints, date_of
from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.view import View

What = Literal["in_force", "ended", "repealed"]
ROWS = 10


@dataclass(frozen=True)
class Turn:
    """An act that came into force or ended on a day; `by` is what repealed it."""

    on: date
    act: Thing
    what: What
    by: Thing | None


@dataclass(frozen=True)
class ForceDays(Answer):
    """The turns nearest to the day: up to it with the latest first, after it with the next first."""

    types: dict[str, int]
    before: tuple[Turn, ...]
    after: tuple[Turn, ...]


@dataclass(frozen=True)
class _Turn:
    on: int
    act: int
    what: What
    by: int | None = None


def of(graph: Graph, at: date, *, limit: int = ROWS) -> ForceDays:
    """What is told on the way into legislation; `limit` turns at most on either side of the day."""
    view = graph.on(at)
    before, after = _turns(view, limit)
    asked = [place for turn in (*before, *after) for place in (turn.act, turn.by) if place is not None]
    names = things_by_position(view, asked)
    acts = view.fields.of_kind["Legislation"]
    types = sorted(
        acts.counted("legislation_type", view.valid[acts.position]).items(), key=lambda one: (-one[1], one[0])
    )
    return ForceDays(
        at,
        view.sequence,
        complete=True,
        cut=None,
        types=dict(types),
        before=tuple(_named(turn, names) for turn in before),
        after=tuple(_named(turn, names) for turn in after),
    )


def _turns(view: View, limit: int) -> tuple[list[_Turn], list[_Turn]]:
    acts = np.flatnonzero(view.records.of_kinds("Legislation")).astype(np.int32)
    columns, told = view.edges["REPEALS"], view.ever(effects.of_repeals)
    first = told.first
    # A repeal in part ends nothing, nor does one whose own act is out of force by its day.
    ends = told.works & ~columns.is_secondary & view.records.of_kinds("Legislation")[columns.target]
    whole = np.flatnonzero(ends).astype(np.int32)
    before: list[_Turn] = []
    after: list[_Turn] = []
    spelled, firsts, lasts = view.records.all_spells(acts)
    for what, days in (("in_force", firsts), ("ended", lasts)):
        for rows, found in zip(_nearest(days, view.day, limit), (before, after), strict=True):
            found += [_Turn(int(days[row]), int(spelled[row]), what) for row in rows.tolist()]  # type: ignore[arg-type]  # one of the two
    for rows, found in zip(_nearest(first[whole], view.day, limit), (before, after), strict=True):
        for row in whole[rows].tolist():
            found.append(_Turn(int(first[row]), int(columns.target[row]), "repealed", int(columns.source[row])))
    repealed = {(turn.act, turn.on) for turn in (*before, *after) if turn.what == "repealed"}
    before, after = (
        [turn for turn in turns if turn.what != "ended" or (turn.act, turn.on) not in repealed]
        for turns in (before, after)
    )
    rank = view.records.rank
    before.sort(key=lambda turn: (-turn.on, int(rank[turn.act])))
    after.sort(key=lambda turn: (turn.on, int(rank[turn.act])))
    return before[:limit], after[:limit]


def _nearest(days: Ints, day: int, limit: int) -> tuple[Ints, Ints]:
    """The rows of the days nearest to a day, on either side; open ends are no days."""
    order = np.argsort(days, kind="stable").astype(np.int32)
    order = order[(days[order] != OPEN_FROM) & (days[order] != OPEN_TO)]
    cut = int(np.searchsorted(days[order], day, side="right"))
    return order[max(0, cut - limit) : cut][::-1], order[cut : cut + limit]


def _named(turn: _Turn, names: Mapping[int, Thing]) -> Turn:
    on = date_of(turn.on)
    assert on is not None, "open ends are left out"
    return Turn(on, names[turn.act], turn.what, None if turn.by is None else names[turn.by])
