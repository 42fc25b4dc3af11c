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
)
from kaysis_graph.answers.known_things import KnownThings
from kaysis_graph.facts.institutions import institution_of, is_institution
from kaysis_graph.graph import walks
from kaysis_graph.graph.columns import Ints
from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.view import View

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
    names = things_by_position(graph, view, [start, institution, *reached.found.tolist()])
    marks = view.once(is_institution)
    rows = [
        Ancestor(names[place], depth, bool(marks[place]))
        for place, depth in zip(reached.positions.tolist(), reached.depths.tolist(), strict=True)
        if depth
    ]
    return Ancestors(at, view.sequence, True, None, names[start], names[institution], tuple(rows))


def tree(  # noqa: PLR0913  # a question with its limits
    graph: Graph,
    identifier: str,
    at: date,
    *,
    depth: int | None = None,
    offset: int = 0,
    limit: int = ROWS,
    known: KnownThings | None = None,
) -> Tree:
    """A unit and what is under it on the day. NotFound for no such organisation."""
    view = graph.on(at)
    known = known or KnownThings(graph, view)
    start = position_of_kind(view, identifier, "Organisation")
    reached = walks.subtree(view, start, deepest=depth)
    found = reached.found
    shown = slice(offset, offset + limit)
    # The unit and all rows are named together.
    names = known.at([start, *reached.positions[reached.depths > 0][shown].tolist()])
    rows = _units(known, view, reached, shown)
    total = len(found)
    cut = page_cut(total, offset, len(rows), None if reached.whole else Cut("answers.depth", {"depth": depth}))
    levels, counts = np.unique(reached.depths[reached.depths > 0], return_counts=True)
    return Tree(
        at,
        view.sequence,
        complete=cut is None,
        cut=cut,
        start=names[start],
        total=total,
        offset=offset,
        depths=dict(zip(levels.tolist(), counts.tolist(), strict=True)),
        rows=tuple(rows),
    )


def stream_tree(graph: Graph, identifier: str, at: date, *, depth: int | None = None) -> Iterator[Unit]:
    """All rows of the same answer."""
    view = graph.on(at)
    start = position_of_kind(view, identifier, "Organisation")
    reached = walks.subtree(view, start, deepest=depth)
    for begin in range(0, len(reached.found), _ROWS_AT_A_TIME):
        yield from _units(KnownThings(graph, view), view, reached, slice(begin, begin + _ROWS_AT_A_TIME))


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
