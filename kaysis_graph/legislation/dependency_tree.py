"""Legislation: what an act rests on, what rests on it, what ended what, and what has lost its ground."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np

from kaysis_graph.answers.answer import (
    Answer,
    Cut,
    Thing,
    counted,
    kind_name,
    page_cut,
    position_of_kind,
    things_by_position,
)
from kaysis_graph.facts import legal_basis, legal_force
from kaysis_graph.facts.legal_basis import Relation, Walk
from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.view import View

Direction = Literal["up", "down"]
ROWS = 500
_ROWS_AT_A_TIME = 2_000


@dataclass(frozen=True)
class Dependency:
    """One record of the answer: how far it is, and over which record and relation it was reached.

    `via` is the end of the edge on the side of the act that was asked about: often a provision of it.
    `via_act` is the act of that provision, or `via` itself.
    """

    thing: Thing
    depth: int
    via: Thing
    via_act: str


@dataclass(frozen=True)
class Dependencies(Answer):
    """What depends on an act, or what it depends on, by depth and then identifier.

    `total` counts all, `rows` holds those from `offset` on; `kinds` and `depths` count all, whatever the page.
    """

    start: Thing
    direction: Direction
    relation: Relation
    total: int
    offset: int
    kinds: dict[str, int]
    depths: dict[int, int]
    rows: tuple[Dependency, ...]


@dataclass(frozen=True)
class LostBase:
    """An act in force with the bases it has lost, and how many it has in all."""

    act: Thing
    lost: tuple[Thing, ...]
    bases: int


@dataclass(frozen=True)
class Unfounded(Answer):
    """The acts in force that lost all, or any, of what they rest on, by identifier."""

    mode: Literal["all", "any"]
    total: int
    offset: int
    rows: tuple[LostBase, ...]


@dataclass(frozen=True)
class Force(Answer):
    """Whether an act is in force on the day, and why not: what repealed it, since when its own days are over.

    One that `is_told_over` its source calls not in force, without a day: of no day it can be said that it was.
    """

    thing: Thing
    is_in_force: bool
    repealed_by: tuple[Thing, ...]
    rests_on_ended: tuple[Thing, ...]
    is_told_over: bool


def dependencies(  # noqa: PLR0913  # a question with its limits
    graph: Graph,
    identifier: str,
    at: date,
    *,
    direction: Direction = "down",
    relation: Relation = "based_on",
    depth: int | None = None,
    offset: int = 0,
    limit: int = ROWS,
) -> Dependencies:
    """What an act or provision rests on (`up`) or what rests on it (`down`), to any depth.

    With another relation `up` goes along the edges (what it repealed or amended) and `down` against them (by what it
    was repealed or amended). Asked of anything that rests on legislation, a service say, `up` answers as well.
    NotFound when there is no such record.
    """
    view = graph.on(at)
    start, walk = _walk(view, identifier, direction, relation, depth)
    shown = slice(offset, offset + limit)
    rows = _rows(graph, view, walk, shown)
    names = things_by_position(graph, view, [start])
    total = len(walk.positions)
    cut = page_cut(total, offset, len(rows), None if walk.whole else Cut("answers.depth", {"depth": depth}))
    kinds = counted([kind_name(view, place) for place in walk.positions.tolist()])
    levels, counts = np.unique(walk.depths, return_counts=True)
    return Dependencies(
        at=at,
        sequence=view.sequence,
        complete=cut is None,
        cut=cut,
        start=names[start],
        direction=direction,
        relation=relation,
        total=total,
        offset=offset,
        kinds=kinds,
        depths=dict(zip(levels.tolist(), counts.tolist(), strict=True)),
        rows=tuple(rows),
    )


def stream_dependencies(  # noqa: PLR0913  # a question with its limits
    graph: Graph,
    identifier: str,
    at: date,
    *,
    direction: Direction = "down",
    relation: Relation = "based_on",
    depth: int | None = None,
) -> Iterator[Dependency]:
    """All rows of the same answer, without a limit on their number."""
    view = graph.on(at)
    _, walk = _walk(view, identifier, direction, relation, depth)
    for begin in range(0, len(walk.positions), _ROWS_AT_A_TIME):
        yield from _rows(graph, view, walk, slice(begin, begin + _ROWS_AT_A_TIME))


def unfounded(
    graph: Graph, at: date, *, mode: Literal["all", "any"] = "all", offset: int = 0, limit: int = ROWS
) -> Unfounded:
    """Acts in force on the day of which all, or any, bases are no longer in force.

    A base that is not yet in force is not a lost one.
    """
    view = graph.on(at)
    found = _unfounded(view, mode)
    page = found.acts[offset : offset + limit]
    rows = _lost_bases(graph, view, found, page)
    total = len(found.acts)
    cut = page_cut(total, offset, len(rows))
    return Unfounded(at, view.sequence, cut is None, cut, mode, total, offset, tuple(rows))


def stream_unfounded(graph: Graph, at: date, *, mode: Literal["all", "any"] = "all") -> Iterator[LostBase]:
    """All rows of the same answer."""
    view = graph.on(at)
    found = _unfounded(view, mode)
    for begin in range(0, len(found.acts), _ROWS_AT_A_TIME):
        yield from _lost_bases(graph, view, found, found.acts[begin : begin + _ROWS_AT_A_TIME])


def in_force(graph: Graph, identifier: str, at: date) -> Force:
    """Whether an act or provision is in force on the day, by what it was repealed and which of its bases have ended."""
    view = graph.on(at)
    place = position_of_kind(view, identifier, "Legislation", "Provision")
    whole = legal_force.repealed_by(view, place)
    bases = view.out(place, "BASED_ON")
    ended = bases[view.once(legal_force.ended)[bases]]
    names = things_by_position(graph, view, [place, *whole.tolist(), *ended.tolist()])
    return Force(
        at,
        view.sequence,
        complete=True,
        cut=None,
        thing=names[place],
        is_in_force=bool(view.once(legal_force.in_force)[place]),
        repealed_by=tuple(names[found] for found in whole.tolist()),
        rests_on_ended=tuple(names[found] for found in ended.tolist()),
        is_told_over=bool(view.ever(legal_force.told_over)[place]),
    )


def _walk(view: View, identifier: str, direction: Direction, relation: Relation, depth: int | None) -> tuple[int, Walk]:
    if direction == "up":
        start = position_of_kind(view, identifier, *view.records.kinds)
        return start, legal_basis.towards(view, start, relation, depth)
    start = position_of_kind(view, identifier, "Legislation", "Provision")
    return start, legal_basis.against(view, start, relation, depth)


def _rows(graph: Graph, view: View, walk: Walk, shown: slice) -> list[Dependency]:
    positions, depths, vias = walk.positions[shown], walk.depths[shown], walk.via[shown]
    acts = legal_basis.act_of(view, vias)
    names = things_by_position(graph, view, [*positions.tolist(), *vias.tolist()])
    ids = view.records.ids
    return [
        Dependency(names[place], depth, names[via], str(ids[act]))
        for place, depth, via, act in zip(
            positions.tolist(), depths.tolist(), vias.tolist(), acts.tolist(), strict=True
        )
    ]


def _unfounded(view: View, mode: Literal["all", "any"]) -> legal_force.LostBases:
    return legal_force.unfounded_in_all(view) if mode == "all" else legal_force.unfounded_in_any(view)


def _lost_bases(
    graph: Graph, view: View, found: legal_force.LostBases, page: Sequence[int] | np.ndarray
) -> list[LostBase]:
    lost: dict[int, list[int]] = {int(act): [] for act in page}
    for act, base in zip(found.lost_act.tolist(), found.lost_base.tolist(), strict=True):
        if act in lost:
            lost[act].append(base)
    names = things_by_position(graph, view, [*lost, *(base for bases in lost.values() for base in bases)])
    return [
        LostBase(names[act], tuple(names[base] for base in bases), len(view.out(act, "BASED_ON")))
        for act, bases in lost.items()
    ]
