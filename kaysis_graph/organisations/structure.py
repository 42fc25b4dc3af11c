"""The structure of the state: what is above a unit and what is under it, as of a date."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from kaysis_graph.answers.answer import (
    Answer,
    Cut,
    Thing,
    page_cut,
    position_of_kind,
    things_by_position,
    whole_list,
)
from kaysis_graph.answers.known_things import KnownThings
from kaysis_graph.answers.reply import Listing
from kaysis_graph.facts.institutions import institution_of, is_institution
from kaysis_graph.graph import walks
from kaysis_graph.graph.columns import Ints
from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.view import View
from kaysis_graph.organisations.question import UnitTreeQuestion

ROWS = 500
_ROWS_AT_A_TIME = 2_000


@dataclass(frozen=True)
class Ancestor:
    """A unit above, how many steps up the nearest way to it takes, and whether it is an institution that day."""

    thing: Thing
    depth: int
    is_institution: bool


@dataclass(frozen=True)
class Ancestors(Answer):
    """What is above a unit, nearest first; the structure is no tree, so several may be equally near."""

    start: Thing
    institution: Thing
    rows: tuple[Ancestor, ...]


@dataclass(frozen=True)
class Unit:
    """A unit of a tree: how deep, under which unit, how many directly under it, and its other parents if any."""

    thing: Thing
    depth: int
    parent: str
    units: int
    other_parents: tuple[str, ...]
    is_institution: bool


@dataclass(frozen=True)
class Tree(Answer):
    """A unit and all under it on the day, by depth and then identifier.

    `total` counts the units under it at any depth, `depths` by depth; `rows` holds those from `offset` on.
    """

    start: Thing
    total: int
    offset: int
    depths: dict[int, int]
    rows: tuple[Unit, ...]


def ancestors(graph: Graph, identifier: str, at: date) -> Ancestors:
    """Everything above a unit on the day, and the institution it belongs to. NotFound for no such organisation."""
    view = graph.on(at)
    start = position_of_kind(view, identifier, "Organisation")
    reached = walks.ancestors(view, start)
    institution = int(view.once(institution_of)[start])
    names = things_by_position(view, [start, institution, *reached.found.tolist()])
    marks = view.once(is_institution)
    rows = [
        Ancestor(names[place], depth, bool(marks[place]))
        for place, depth in zip(reached.positions.tolist(), reached.depths.tolist(), strict=True)
        if depth
    ]
    return Ancestors(at, view.sequence, True, None, names[start], names[institution], tuple(rows))


class UnitTree:
    """A unit and what is under it on the day, walked once: pages, the picture and files are cut from it."""

    def __init__(self, graph: Graph, question: UnitTreeQuestion, at: date, known: KnownThings | None = None) -> None:
        """NotFound for no such organisation; `known` are the names that others on the page ask for, too."""
        self._graph = graph
        self._question = question
        self._at = at
        self._view = view = graph.on(at)
        self._known = known or KnownThings(view)
        self._start = position_of_kind(view, question.id, "Organisation")
        self._reached = walks.subtree(view, self._start, deepest=question.depth)

    def answer(self, offset: int = 0, limit: int = ROWS) -> Tree:
        """The tree with at most `limit` units from `offset` on."""
        view, reached = self._view, self._reached
        shown = slice(offset, offset + limit)
        # The unit and all rows are named together.
        names = self._known.at([self._start, *reached.positions[reached.depths > 0][shown].tolist()])
        rows = _units(self._known, view, reached, shown)
        total = len(reached.found)
        shallow = None if reached.whole else Cut("answers.depth", {"depth": self._question.depth})
        cut = page_cut(total, offset, len(rows), shallow)
        levels, counts = np.unique(reached.depths[reached.depths > 0], return_counts=True)
        return Tree(
            self._at,
            view.sequence,
            complete=cut is None,
            cut=cut,
            start=names[self._start],
            total=total,
            offset=offset,
            depths=dict(zip(levels.tolist(), counts.tolist(), strict=True)),
            rows=tuple(rows),
        )

    def listing(self) -> Listing[Tree, Unit]:
        """The tree beside all its units."""
        return Listing(whole_list(self.answer(limit=0)), self._all_rows())

    def _all_rows(self) -> Iterator[Unit]:
        for begin in range(0, len(self._reached.found), _ROWS_AT_A_TIME):
            known = KnownThings(self._view)
            yield from _units(known, self._view, self._reached, slice(begin, begin + _ROWS_AT_A_TIME))


def _units(known: KnownThings, view: View, reached: walks.Reach, shown: slice) -> list[Unit]:
    under = reached.depths > 0
    positions, depths, parents = (
        reached.positions[under][shown],
        reached.depths[under][shown],
        reached.parents[under][shown],
    )
    above, below = view.adjacency("PART_OF", "out"), view.adjacency("PART_OF", "into")
    counts = below.counts(positions)
    marks = view.once(is_institution)
    ids = view.records.ids
    names = known.at(positions.tolist())
    return [
        Unit(names[place], depth, str(ids[parent]), count, _others(ids, above.of(place), parent), bool(marks[place]))
        for place, depth, parent, count in zip(
            positions.tolist(),
            depths.tolist(),
            parents.tolist(),
            counts.tolist(),
            strict=True,
        )
    ]


def _others(ids: np.ndarray, above: Ints, parent: int) -> tuple[str, ...]:
    return tuple(str(ids[place]) for place in above.tolist() if place != parent)
