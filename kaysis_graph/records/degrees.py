"""How many edges a record has on the day of a view, counted by meaning: a hub of tens of thousands takes no query."""

from typing import Final

import numpy as np

from kaysis_graph.graph.columns import Ints
from kaysis_graph.graph.record_table import GONE
from kaysis_graph.graph.view import Direction, View

# guess: the names of a hub would cost more than the statements they save.
FEW: Final = 200
"""So many edges are read and named quicker in one statement than group by group."""

Degrees = dict[tuple[Direction, str, str], int]


def degrees(view: View, place: int, *, ever: bool = False) -> Degrees:
    """The edges by direction, type and kind of the other end; those that leave first, then by type and kind.

    Those that hold on the day, or with `ever` all there ever were.
    """
    counted: Degrees = {}
    for edge_type in sorted(view.edges):
        columns = view.edges[edge_type]
        for direction, rows, far in (
            ("out", columns.rows_from(place), columns.target),
            ("into", columns.rows_to(place), columns.source),
        ):
            held = rows if ever else view.holding(edge_type, rows)
            for kind, count in _by_kind(view, far[held]):
                counted[direction, edge_type, kind] = count  # type: ignore[index]  # one of the two directions
    return dict(sorted(counted.items(), key=lambda item: (item[0][0] != "out", *item[0][1:])))


def _by_kind(view: View, places: Ints) -> list[tuple[str, int]]:
    numbers = view.records.kind[places]
    counts = np.bincount(numbers[numbers != GONE], minlength=len(view.records.kinds))
    return [(view.records.kinds[number], int(counts[number])) for number in np.flatnonzero(counts).tolist()]
