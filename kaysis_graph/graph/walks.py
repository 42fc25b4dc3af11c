"""Walks over a view: everything that can be reached over chosen edges, level by level, with the way there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from kaysis_graph.graph.columns import Ints, Longs, Mask, distinct, frozen, spread
from kaysis_graph.graph.view import DIRECTIONS, Adjacency, Direction, View

# From here on one joined table is quicker than asking each step; impact walks 16, a path over everything 38.
_MANY_STEPS = 12


@dataclass(frozen=True)
class Step:
    """An edge type and the direction in which to walk it, where asked only from or to records of some kinds."""

    type: str
    direction: Direction
    leaving: frozenset[str] | None = None
    arriving: frozenset[str] | None = None

    def back(self) -> "Step":
        """The same step walked from its end to its beginning."""
        return Step(self.type, "into" if self.direction == "out" else "out", self.arriving, self.leaving)


def both_ways(types: Iterable[str]) -> tuple[Step, ...]:
    """Steps over these edge types as if they had no direction."""
    return tuple(Step(name, direction) for name in types for direction in DIRECTIONS)


@dataclass(frozen=True)
class Reach:
    """What was reached, by depth and then in the order of records, the starts first with depth 0.

    For each row: its record, its depth, the row of the record it was first reached from (-1 for a start) and the
    number of the step in `steps` that led there (-1 for a start). Among several ways of the least depth the one from
    the first is told, over the earliest step. `whole` is False when a limit ended the walk, `limit` says
    which one; up to depth `whole_to` nothing is missing.
    """

    steps: tuple[Step, ...]
    positions: Ints
    depths: Ints
    parent_rows: Ints
    step_numbers: NDArray[np.int16]
    limit: Literal["deepest", "most"] | None
    whole_to: int

    @property
    def whole(self) -> bool:
        """Whether nothing that can be reached is missing."""
        return self.limit is None

    def __len__(self) -> int:
        return len(self.positions)

    @property
    def found(self) -> Ints:
        """The records that were reached, without the starts."""
        return self.positions[self.depths > 0]

    @property
    def parents(self) -> Ints:
        """The record each was first reached from; -1 for a start."""
        return np.where(self.parent_rows < 0, np.int32(-1), self.positions[self.parent_rows])

    @cached_property
    def _rows(self) -> dict[int, int]:
        return {position: row for row, position in enumerate(self.positions.tolist())}

    def chain(self, position: int) -> list[tuple[int, Step | None]]:
        """The way to a record that was reached: (record, step that led to it), beginning with a start and no step."""
        row = self._rows[position]
        way: list[tuple[int, Step | None]] = []
        while row >= 0:
            number = int(self.step_numbers[row])
            way.append((int(self.positions[row]), self.steps[number] if number >= 0 else None))
            row = int(self.parent_rows[row])
        return way[::-1]


def reach(
    view: View,
    starts: Iterable[int] | Ints,
    steps: Sequence[Step],
    *,
    deepest: int | None = None,
    most: int | None = None,
) -> Reach:
    """Everything that the steps lead to from the starts, in any mixture, on the day of the view.

    `deepest` limits the depth, `most` the number of records beside the starts; of a level that has too many the
    first are kept.
    """
    front = in_order(view, distinct(np.array(starts if isinstance(starts, np.ndarray) else [*starts], np.int32)))
    expand = Expansion(view, steps)
    seen = np.zeros(len(view), np.bool_)
    seen[front] = True
    row_of = np.empty(len(view), np.int32)
    row_of[front] = np.arange(len(front), dtype=np.int32)
    none = np.full(len(front), -1, np.int32)
    levels = [(front, none, none.astype(np.int16))]
    count, begun = len(front), len(front)
    limit: Literal["deepest", "most"] | None = None
    while len(front):
        found, parents, numbers = expand.unseen(front, seen)
        if len(found) == 0:
            break
        if deepest is not None and len(levels) > deepest:
            limit = "deepest"
            break
        order = np.argsort(view.records.rank[found])
        if most is not None and count + len(found) - begun > most:
            limit = "most"
            order = order[: most + begun - count]
        found = found[order]
        levels.append((found, row_of[parents[order]], numbers[order]))
        row_of[found] = np.arange(count, count + len(found), dtype=np.int32)
        count += len(found)
        if limit == "most":
            break
        seen[found] = True
        front = found
    positions, parent_rows, step_numbers = (np.concatenate(column) for column in zip(*levels, strict=True))
    depths = np.repeat(np.arange(len(levels), dtype=np.int32), [len(level[0]) for level in levels])
    whole_to = len(levels) - (2 if limit == "most" else 1)
    columns = (frozen(positions), frozen(depths), frozen(parent_rows), frozen(step_numbers))
    return Reach(tuple(steps), *columns, limit, whole_to)


def in_order(view: View, positions: Ints) -> Ints:
    """The positions in their order."""
    return np.sort(positions) if view.records.is_ranked else positions[np.argsort(view.records.rank[positions])]


class Expansion:
    """One level of a walk: the steps of it, with the rows of their edges at hand."""

    def __init__(self, view: View, steps: Sequence[Step]) -> None:
        is_plain = all(step.leaving is None and step.arriving is None for step in steps)
        ways = tuple((step.type, step.direction) for step in steps)
        self._joined = view.once(Joining(ways)) if is_plain and len(steps) >= _MANY_STEPS else None
        alone = steps if self._joined is None else ()
        self._adjacencies = [view.adjacency(step.type, step.direction) for step in alone]
        self._kind = view.records.kind
        self._leaving = [None if s.leaving is None else view.records.kind_mask(s.leaving) for s in alone]
        self._arriving = [None if s.arriving is None else view.records.kind_mask(s.arriving) for s in alone]
        self._first = np.empty(len(view), np.int64)

    def neighbours(self, front: Ints) -> tuple[Ints, Ints, NDArray[np.int16]]:
        """All that the steps lead to from the front: record, the record left, the step's number.

        In the order of the front and, for each of its records, of the steps; a record is named as often as it is met.
        """
        if self._joined is not None:
            many = self._joined.counts(front)
            slots = spread(self._joined.starts[front], many)
            return self._joined.neighbours[slots], np.repeat(front, many), self._joined.steps[slots]
        kinds = self._kind[front]
        counts = np.zeros((len(front), len(self._adjacencies)), np.int64)
        for number, (adjacency, leaving) in enumerate(zip(self._adjacencies, self._leaving, strict=True)):
            counts[:, number] = adjacency.counts(front)
            if leaving is not None:
                counts[~leaving[kinds], number] = 0
        places = (np.cumsum(counts) - counts.ravel()).reshape(counts.shape)
        found = np.empty(int(counts.sum()), np.int32)
        keep = np.ones(len(found), np.bool_)
        for number, (adjacency, arriving) in enumerate(zip(self._adjacencies, self._arriving, strict=True)):
            # Most records have no edge of most types.
            some = np.flatnonzero(counts[:, number])
            many = counts[some, number]
            slots = spread(places[some, number], many)
            met = adjacency.neighbours[spread(adjacency.starts[front[some]], many)]
            found[slots] = met
            if arriving is not None:
                keep[slots] = arriving[self._kind[met]]
        parents = np.repeat(front, counts.sum(axis=1))
        numbers = np.arange(counts.shape[1], dtype=np.int16)
        taken = np.repeat(np.broadcast_to(numbers, counts.shape).ravel(), counts.ravel())
        if keep.all():
            return found, parents, taken
        return found[keep], parents[keep], taken[keep]

    def count(self, front: Ints) -> int:
        """How many edges lead on from the front, whatever the kinds."""
        if self._joined is not None:
            return int(self._joined.counts(front).sum())
        return sum(int(adjacency.counts(front).sum()) for adjacency in self._adjacencies)

    def unseen(self, front: Ints, seen: Mask) -> tuple[Ints, Ints, NDArray[np.int16]]:
        """The records not seen before, each once as first met in the order of the front and the steps."""
        found, parents, numbers = self.neighbours(front)
        new = np.flatnonzero(~seen[found])
        met = found[new]
        # Written backwards, so that of several meetings the first stays.
        self._first[met[::-1]] = new[::-1]
        chosen = new[self._first[met] == new]
        return found[chosen], parents[chosen], numbers[chosen]


def ancestors(view: View, unit: int) -> Reach:
    """The units above a unit, itself first, over PART_OF that holds on the day."""
    return reach(view, [unit], [Step("PART_OF", "out")])


def subtree(view: View, unit: int, *, deepest: int | None = None, most: int | None = None) -> Reach:
    """The unit and all units under it, over PART_OF that holds on the day."""
    return reach(view, [unit], [Step("PART_OF", "into")], deepest=deepest, most=most)


@dataclass(frozen=True)
class Joined:
    """The neighbours of each record over several steps: by record, then by step, then ascending."""

    starts: Longs
    neighbours: Ints
    steps: NDArray[np.int16]

    def counts(self, positions: Ints) -> Longs:
        """How many neighbours each of the records has over all steps."""
        return self.starts[positions + 1] - self.starts[positions]


@dataclass(frozen=True)
class Joining:
    """The question for the joined table of these types and directions; equal ones are asked of a view once."""

    ways: tuple[tuple[str, Direction], ...]

    def __call__(self, view: View) -> Joined:
        """The table on the day of the view."""
        return _joined([view.adjacency(edge_type, direction) for edge_type, direction in self.ways], len(view))


def _joined(adjacencies: Sequence[Adjacency], size: int) -> Joined:
    starts = np.zeros(size + 1, np.int64)
    for adjacency in adjacencies:
        starts[1:] += np.diff(adjacency.starts)
    np.cumsum(starts, out=starts)
    free = starts[:-1].copy()
    neighbours = np.empty(int(starts[-1]), np.int32)
    steps = np.empty(len(neighbours), np.int16)
    for number, adjacency in enumerate(adjacencies):
        many = np.diff(adjacency.starts)
        near = np.flatnonzero(many)
        slots = spread(free[near], many[near])
        neighbours[slots] = adjacency.neighbours
        steps[slots] = number
        free[near] += many[near]
    return Joined(frozen(starts), frozen(neighbours), frozen(steps))
