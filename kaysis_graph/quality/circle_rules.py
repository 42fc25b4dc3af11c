"""Rules that say a relation never comes back to where it began."""

from typing import Any

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from kaysis_graph.facts import legal_basis, legal_force
from kaysis_graph.graph.columns import Ints, frozen
from kaysis_graph.graph.view import View
from kaysis_graph.quality.flaws import Fact, Flaws, pairs

# Between texts an act and what is part of it are one: a regulation that rests on its own article rests on itself.
_OF_TEXTS = ("BASED_ON", "REPEALS", "AMENDS")


def part_of_circles(view: View) -> Flaws:
    """Organisations, places or provisions that are, over others, part of themselves on the day."""
    return _circles(view, view.matrix_out("PART_OF"))


def based_on_circles(view: View) -> Flaws:
    """Acts and provisions that rest, over others, on themselves on the day."""
    return _circles(view, view.matrix_out("BASED_ON"))


def repeals_circles(view: View) -> Flaws:
    """Acts and provisions that repealed each other by the day."""
    return _circles(view, _matrix(view, *legal_force.done(view, "REPEALS")))


def succession_circles(view: View) -> Flaws:
    """Organisations that are, over others, their own successors by the day.

    An ended one has no day on which its edge holds, so what has begun counts, whether it ended or not.
    """
    columns, begun = view.edges["SUCCEEDED_BY"], view.begun
    rows = np.flatnonzero((columns.valid_from <= view.day) & begun[columns.source] & begun[columns.target])
    return _circles(view, _matrix(view, columns.source[rows], columns.target[rows]))


def requires_circles(view: View) -> Flaws:
    """Services each of which asks for another one first, so that none can begin."""
    return _circles(view, view.matrix_out("REQUIRES"))


def loops(view: View) -> Flaws:
    """Edges that lead from a record to itself, or from a text to the one it is part of or that is part of it."""
    near, far, types = [np.empty(0, np.int32)], [np.empty(0, np.int32)], list[Fact]()
    for edge_type, columns in view.edges.items():
        rows = view.all_holding(edge_type)
        source, target = columns.source[rows], columns.target[rows]
        is_loop = source == target
        if edge_type in _OF_TEXTS:
            is_loop |= (legal_basis.act_of(view, source) == target) | (legal_basis.act_of(view, target) == source)
        near.append(source[is_loop])
        far.append(target[is_loop])
        types += [edge_type] * int(is_loop.sum())
    return pairs(view, np.concatenate(near), np.concatenate(far), relation=types)


def _matrix(view: View, source: Ints, target: Ints) -> csr_array[Any, tuple[int, int]]:
    size = len(view)
    return csr_array((np.ones(len(source), np.int32), (source, target)), shape=(size, size))


def _circles(view: View, matrix: csr_array[Any, tuple[int, int]]) -> Flaws:
    """One flaw for each set of records that all lead to one another, told of the first one by identifier."""
    _, label = connected_components(matrix, directed=True, connection="strong")
    sizes = np.bincount(label)
    members = np.flatnonzero(sizes[label] > 1).astype(np.int32)
    rank = view.records.rank
    first = np.full(len(sizes), len(view), np.int64)
    np.minimum.at(first, label[members], rank[members])
    members = members[np.lexsort((rank[members], first[label[members]]))]
    is_first = rank[members] == first[label[members]]
    places = members[is_first]
    counts = sizes[label[places]].astype(np.int64)
    return Flaws(frozen(places), frozen(counts - 1), frozen(members[~is_first]), {"members": counts.tolist()})
