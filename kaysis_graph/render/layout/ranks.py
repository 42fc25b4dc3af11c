"""Where things stand before they have a size: the step of each node, the order of lanes, the row of each node.

Nothing here depends on a clock, on chance or on the order of a set: ties go to what comes first in the diagram.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import networkx as nx
import numpy as np
import numpy.typing as npt
from scipy.optimize import isotonic_regression

Link = tuple[int, int, int]  # source, target, weight
_SWEEPS = 12


def steps(count: int, links: Sequence[Link]) -> list[int]:
    """The step of each of `count` nodes: the longest way along the links that leads to it.

    Links that would close a circle are left out first. A node that nothing leads to stands one step
    before the first it leads to.
    """
    kept = _without_circles(count, links)
    step = [0] * count
    for number, generation in enumerate(nx.topological_generations(kept)):
        for node in generation:
            step[node] = number
    for node in range(count):
        if kept.in_degree(node) == 0 and kept.out_degree(node) > 0:
            step[node] = min(step[target] for target in kept.successors(node)) - 1
    return step


def from_start(count: int, links: Sequence[Link], start: int) -> list[int]:
    """The distance of each node from the start, whatever the direction of the links; what is apart stands with it."""
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(count))
    graph.add_edges_from((source, target) for source, target, _ in links)
    distance = nx.single_source_shortest_path_length(graph, start)
    return [distance.get(node, 0) for node in range(count)]


def along_ways(count: int, links: Sequence[Link], starts: Sequence[int]) -> list[int]:
    """The distance of each node from the first start, whatever the direction of the links; empty when none tells.

    Ways between two records run with some arrows and against others: they are read from one end to the other.
    So this counts when there are two starts, or when the links form one open line, which begins at the end
    that comes first in the diagram; and only when everything hangs together.
    """
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(count))
    graph.add_edges_from((source, target) for source, target, _ in links if source != target)
    ends = [node for node in range(count) if graph.degree(node) == 1]
    is_line = len(ends) == 2 and graph.number_of_edges() == count - 1  # noqa: PLR2004
    if not (is_line or len(starts) == 2) or not nx.is_connected(graph):  # noqa: PLR2004
        return []
    distance = nx.single_source_shortest_path_length(graph, starts[0] if len(starts) == 2 else ends[0])  # noqa: PLR2004
    return [int(distance[node]) for node in range(count)]


def _without_circles(count: int, links: Sequence[Link]) -> "nx.DiGraph[int]":
    """The links as a graph without those that run against the order of Eades, Lin and Smyth (1993).

    The order is made inside each strongly connected part only; a link between parts closes no circle.
    """
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_nodes_from(range(count))
    for source, target, weight in links:
        if source != target:
            before = graph[source][target]["weight"] if graph.has_edge(source, target) else 0
            graph.add_edge(source, target, weight=before + weight)
    for part in [sorted(part) for part in nx.strongly_connected_components(graph) if len(part) > 1]:
        place = {node: number for number, node in enumerate(_order(graph, part))}
        graph.remove_edges_from(
            [(a, b) for a in part for b in graph.successors(a) if b in place and place[a] > place[b]]
        )
    return graph


def _order(graph: "nx.DiGraph[int]", part: list[int]) -> list[int]:
    """The nodes of a part so that little weight runs backwards: ends last, beginnings first, then what gives most."""
    left = dict.fromkeys(part)
    gives = {node: sum(graph[node][far]["weight"] for far in graph.successors(node) if far in left) for node in part}
    takes = {node: sum(graph[far][node]["weight"] for far in graph.predecessors(node) if far in left) for node in part}
    first: list[int] = []
    last: list[int] = []
    while left:
        end = next((node for node in left if gives[node] == 0), None)
        beginning = next((node for node in left if takes[node] == 0), None)
        node = end if end is not None else beginning
        if node is None:
            node = max(left, key=lambda each: (gives[each] - takes[each], -each))
        (last if end is not None else first).append(node)
        del left[node]
        for far in graph.successors(node):
            if far in left:
                takes[far] -= graph[node][far]["weight"]
        for far in graph.predecessors(node):
            if far in left:
                gives[far] -= graph[far][node]["weight"]
    return first + last[::-1]


def lane_order(count: int, links: Iterable[Link], top: int | None = None) -> list[int]:
    """The lanes from top to bottom, `top` first, so that lanes which hand each other much lie near each other.

    Barycentre sweeps, then single lanes are moved while that shortens the whole; the best order seen is given.
    """
    weights = np.zeros((count, count))
    for source, target, weight in links:
        if source != target:
            weights[source, target] += weight
            weights[target, source] += weight
    sums = weights.sum(axis=1)
    best = _below(top, np.arange(count))
    best_length = _length(weights, best)
    order = best
    for _ in range(_SWEEPS):
        place = np.argsort(order).astype(float)
        middle = np.divide(weights @ place, sums, out=place.copy(), where=sums > 0)
        order = _below(top, np.argsort((place + middle) / 2, kind="stable"))
        if (length := _length(weights, order)) < best_length:
            best, best_length = order, length
    return _moved(weights, best, best_length, top)


def _below(top: int | None, order: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
    """The same order with one lane taken to the top."""
    return order if top is None else np.concatenate([order[order == top], order[order != top]])


def _moved(weights: npt.NDArray[np.float64], order: npt.NDArray[np.intp], length: float, top: int | None) -> list[int]:
    best, highest = order, 0 if top is None else 1
    # Each pass tries every lane at every place: 3,600 sums of 60 × 60 numbers, 40 ms. Two passes find nearly all.
    for _ in range(2):
        before = length
        for lane in range(len(best)):
            if lane == top:
                continue
            rest = best[best != lane]
            for place in range(highest, len(best)):
                tried = np.insert(rest, place, lane)
                if (shorter := _length(weights, tried)) < length:
                    best, length = tried, shorter
        if length == before:
            break
    return [int(lane) for lane in best]


def _length(weights: npt.NDArray[np.float64], order: npt.NDArray[np.intp]) -> float:
    place = np.argsort(order)
    return float((weights * np.abs(place[:, None] - place[None, :])).sum())


def rows(lane: Sequence[int], step: Sequence[int], links: Sequence[Link]) -> list[int]:
    """The row of each node, such that no two nodes share a row and a step, and the rows of a lane lie together.

    Lanes are numbered from the top; a lane is as many rows high as its fullest step. Median sweeps order the
    nodes of each step, least squares put them beside what they are joined to; the arrangement with the fewest
    crossings, then the shortest arrows, is given.
    """
    cells: dict[tuple[int, int], list[int]] = defaultdict(list)
    for node, cell in enumerate(zip(lane, step, strict=True)):
        cells[cell].append(node)
    heights = [0] * (max(lane, default=-1) + 1)
    for (which, _), nodes in cells.items():
        heights[which] = max(heights[which], len(nodes))
    tops = [sum(heights[:which]) for which in range(len(heights))]
    near: list[list[int]] = [[] for _ in lane]
    for source, target, weight in links:
        if source != target:
            near[source] += [target] * min(weight, 3)
            near[target] += [source] * min(weight, 3)
    row = [0] * len(lane)
    for (which, _), nodes in cells.items():
        for place, node in enumerate(nodes):
            row[node] = tops[which] + (heights[which] - len(nodes)) // 2 + place
    columns = sorted(cells, key=lambda cell: (cell[1], cell[0]))
    ends = np.array([(a, b) for a, b, _ in links if a != b], dtype=int).reshape(-1, 2)
    best, best_cost = list(row), _cost(row, step, ends)
    for sweep in range(_SWEEPS):
        for cell in columns if sweep % 2 == 0 else columns[::-1]:
            _settle(cells[cell], row, near, tops[cell[0]], heights[cell[0]])
        if (cost := _cost(row, step, ends)) < best_cost:
            best, best_cost = list(row), cost
    return best


def _settle(nodes: list[int], row: list[int], near: list[list[int]], top: int, height: int) -> None:
    """Order the nodes of one cell by the median row of their neighbours, near those rows, inside the lane."""
    wish = {
        node: float(np.median([row[far] for far in near[node]])) if near[node] else float(row[node]) for node in nodes
    }
    nodes.sort(key=lambda node: (wish[node], row[node]))
    places = np.arange(len(nodes))
    settled = isotonic_regression(np.array([wish[node] for node in nodes]) - places).x
    for place, node in enumerate(nodes):
        row[node] = min(max(int(np.floor(settled[place] + 0.5)), top), top + height - len(nodes)) + place


def _cost(row: Sequence[int], step: Sequence[int], ends: npt.NDArray[np.int_]) -> tuple[int, int]:
    """Pairs of arrows that cross between the same two steps, then the rows all arrows climb."""
    places, columns = np.array(row, dtype=int), np.array(step, dtype=int)
    sides = np.sort(columns[ends], axis=1)
    flipped = columns[ends[:, 0]] > columns[ends[:, 1]]
    left = np.where(flipped, places[ends[:, 1]], places[ends[:, 0]])
    right = np.where(flipped, places[ends[:, 0]], places[ends[:, 1]])
    same = (sides[:, None, :] == sides[None, :, :]).all(axis=2)
    crossing = (left[:, None] < left[None, :]) & (right[:, None] > right[None, :]) & same
    return int(crossing.sum()), int(np.abs(left - right).sum())
