"""Many steps as one table, for walks over most edge types at once.

Asking 38 steps one by one costs 38 times the fixed price of an array operation at every level: a path question took
14 ms of which the walk itself was 2. Joined, it is one lookup. A table is made once for the day of a view.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kaysis_graph.graph.columns import Ints, Longs, frozen, spread
from kaysis_graph.graph.view import Adjacency, Direction, View


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
