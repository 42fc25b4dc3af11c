"""What lies beside records: their edges of every type and both ways, many records at once, on a day or on all days."""

import numpy as np

from kaysis_graph.graph.columns import Ints, Longs, Mask
from kaysis_graph.graph.view import DIRECTIONS, Direction, View
from kaysis_graph.graph.walks import in_order


def neighbours(  # noqa: PLR0913  # a question with its limits
    view: View, position: int, edge_type: str, direction: Direction, kind: str, *, ever: bool
) -> Ints:
    """The neighbours of that meaning, each once, in their order."""
    _, _, far = _beside(view, np.array([position], np.int32), edge_type, direction, ever=ever)
    far = far[_is_first(far)]
    return in_order(view, far[view.records.kind[far] == view.records.kinds.index(kind)])


def counts(view: View, positions: Ints, marks: Mask, *, ever: bool) -> Longs:
    """How many neighbours of each meaning the records have: a row for each record, direction, type and kind.

    Columns: the place of the record among those asked for, the numbers of the direction, edge type and kind, the
    neighbours, those of them that are marked. By record, then those that leave first, then by type and kind.
    """
    kinds = len(view.records.kinds)
    found = [np.empty((0, 6), np.int64)]
    for way, direction in enumerate(DIRECTIONS):
        for number, edge_type in enumerate(view.edges):
            _, near, far = _beside(view, positions, edge_type, direction, ever=ever)
            if len(far) == 0:
                continue
            is_first = _is_first(far) | _is_first(near)
            near, far = near[is_first], far[is_first]
            groups, group, total = np.unique(
                near * kinds + view.records.kind[far], return_inverse=True, return_counts=True
            )
            marked = np.bincount(group, weights=marks[far])
            same = np.ones(len(groups))
            found.append(np.stack((groups // kinds, way * same, number * same, groups % kinds, total, marked), axis=1))
    rows = np.concatenate(found).astype(np.int64)
    return rows[np.argsort(rows[:, 0], kind="stable")]


def edges_among(view: View, positions: Ints, marks: Mask, edge_type: str, *, ever: bool) -> Ints:
    """The rows of the edges of a type that join one of the records with a marked one, either way, ascending."""
    rows = []
    for direction in DIRECTIONS:
        found, _, far = _beside(view, positions, edge_type, direction, ever=ever)
        rows.append(found[marks[far]])
    return np.unique(np.concatenate(rows))


def _beside(
    view: View, positions: Ints, edge_type: str, direction: Direction, *, ever: bool
) -> tuple[Ints, Longs, Ints]:
    """Rows, the place of the record among those asked for, and the other end; by record, other end, first day."""
    columns = view.edges[edge_type]
    rows, counts = columns.rows_of(positions, leaving=direction == "out")
    near = np.repeat(np.arange(len(positions)), counts)
    if not ever:
        holds = view.holds_of(edge_type, rows)
        rows, near = rows[holds], near[holds]
    return rows, near, (columns.target if direction == "out" else columns.source)[rows]


def _is_first(values: Ints | Longs) -> Mask:
    """Marks the values that differ from the one before."""
    is_first = np.ones(len(values), np.bool_)
    is_first[1:] = values[1:] != values[:-1]
    return is_first
