"""Legislation: what an act rests on, what rests on it, what ended what, and what has lost its ground."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

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
    whole_list,
)
from kaysis_graph.answers.known_things import KnownThings
from kaysis_graph.answers.reply import Listing
from kaysis_graph.facts import legal_basis, legal_force
from kaysis_graph.facts.legal_basis import Relation, Walk
from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.view import View
from kaysis_graph.legislation.question import DependencyQuestion, Direction, Mode, UnfoundedQuestion

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

    mode: Mode
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


class DependencyWalk:
    """One walk along or against the relation of a question: pages, pictures and files are cut from it."""

    def __init__(self, graph: Graph, question: DependencyQuestion, at: date) -> None:
        """NotFound when there is no such record."""
        self._graph = graph
        self._question = question
        self._at = at
        self._view = graph.on(at)
        self._start, self._walk = _walk(self._view, question)
        self._things = KnownThings(self._view)

    def answer(self, offset: int = 0, limit: int = ROWS) -> Dependencies:
        """The answer with at most `limit` rows from `offset` on."""
        view, walk, question = self._view, self._walk, self._question
        shown = slice(offset, offset + limit)
        names = self._things.at([self._start, *_places(walk, shown)])
        rows = _rows(view, walk, shown, names)
        total = len(walk.positions)
        shallow = None if walk.whole else Cut("answers.depth", {"depth": question.depth})
        cut = page_cut(total, offset, len(rows), shallow)
        levels, counts = np.unique(walk.depths, return_counts=True)
        return Dependencies(
            at=self._at,
            sequence=view.sequence,
            complete=cut is None,
            cut=cut,
            start=names[self._start],
            direction=question.direction,
            relation=question.relation,
            total=total,
            offset=offset,
            kinds=counted([kind_name(view, place) for place in walk.positions.tolist()]),
            depths=dict(zip(levels.tolist(), counts.tolist(), strict=True)),
            rows=tuple(rows),
        )

    def listing(self) -> Listing[Dependencies, Dependency]:
        """The answer beside all its rows."""
        return Listing(whole_list(self.answer(limit=0)), self._all_rows())

    def _all_rows(self) -> Iterator[Dependency]:
        for begin in range(0, len(self._walk.positions), _ROWS_AT_A_TIME):
            shown = slice(begin, begin + _ROWS_AT_A_TIME)
            names = things_by_position(self._view, _places(self._walk, shown))
            yield from _rows(self._view, self._walk, shown, names)


class UnfoundedActs:
    """Acts in force on the day of which all, or any, bases are no longer in force.

    A base that is not yet in force is not a lost one.
    """

    def __init__(self, graph: Graph, question: UnfoundedQuestion, at: date) -> None:
        """They are known to the view of the day; names are asked for with the rows."""
        self._graph = graph
        self._mode: Mode = question.mode
        self._at = at
        self._view = view = graph.on(at)
        all_lost = question.mode == "all"
        self._found = legal_force.unfounded_in_all(view) if all_lost else legal_force.unfounded_in_any(view)

    def answer(self, offset: int = 0, limit: int = ROWS) -> Unfounded:
        """The list with at most `limit` rows from `offset` on."""
        rows = self._rows(slice(offset, offset + limit))
        total = len(self._found.acts)
        cut = page_cut(total, offset, len(rows))
        return Unfounded(self._at, self._view.sequence, cut is None, cut, self._mode, total, offset, tuple(rows))

    def listing(self) -> Listing[Unfounded, LostBase]:
        """The list beside all its rows."""
        return Listing(whole_list(self.answer(limit=0)), self._all_rows())

    def _all_rows(self) -> Iterator[LostBase]:
        for begin in range(0, len(self._found.acts), _ROWS_AT_A_TIME):
            yield from self._rows(slice(begin, begin + _ROWS_AT_A_TIME))

    def _rows(self, shown: slice) -> list[LostBase]:
        view = self._view
        lost: dict[int, list[int]] = {int(act): [] for act in self._found.acts[shown]}
        for act, base in zip(self._found.lost_act.tolist(), self._found.lost_base.tolist(), strict=True):
            if act in lost:
                lost[act].append(base)
        named = [*lost, *(base for bases in lost.values() for base in bases)]
        names = things_by_position(view, named)
        return [
            LostBase(names[act], tuple(names[base] for base in bases), len(view.out(act, "BASED_ON")))
            for act, bases in lost.items()
        ]


def in_force(graph: Graph, identifier: str, at: date) -> Force:
    """Whether an act or provision is in force on the day, by what it was repealed and which of its bases have ended."""
    view = graph.on(at)
    place = position_of_kind(view, identifier, "Legislation", "Provision")
    whole = legal_force.repealed_by(view, place)
    bases = view.out(place, "BASED_ON")
    ended = bases[view.once(legal_force.ended)[bases]]
    names = things_by_position(view, [place, *whole.tolist(), *ended.tolist()])
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


def _walk(view: View, asked: DependencyQuestion) -> tuple[int, Walk]:
    if asked.direction == "up":
        start = position_of_kind(view, asked.id, *view.records.kinds)
        return start, legal_basis.towards(view, start, asked.relation, asked.depth)
    start = position_of_kind(view, asked.id, "Legislation", "Provision")
    return start, legal_basis.against(view, start, asked.relation, asked.depth)


def _places(walk: Walk, shown: slice) -> list[int]:
    return [*walk.positions[shown].tolist(), *walk.via[shown].tolist()]


def _rows(view: View, walk: Walk, shown: slice, names: Mapping[int, Thing]) -> list[Dependency]:
    positions, depths, vias = walk.positions[shown], walk.depths[shown], walk.via[shown]
    acts = legal_basis.act_of(view, vias)
    ids = view.records.ids
    return [
        Dependency(names[place], depth, names[via], str(ids[act]))
        for place, depth, via, act in zip(
            positions.tolist(), depths.tolist(), vias.tolist(), acts.tolist(), strict=True
        )
    ]
