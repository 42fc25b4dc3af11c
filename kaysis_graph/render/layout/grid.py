"""A diagram as a grid: each node gets a column (its step) and a row (inside its lane)."""

from collections import Counter
from dataclasses import dataclass
from itertools import accumulate

from kaysis_graph.render.diagram import Diagram
from kaysis_graph.render.layout import ranks

# Steps say something when they are few or the arrows are few. Sixty institutions that hand each other 600 papers
# would stand on 35 steps, one to a step, and the picture would be 16,000 pixels wide.
_STEPS_WITHOUT_DOUBT = 6
_ARROWS_PER_NODE = 2.5
_MOST_COLUMNS = 6
# The institutions of the seed stand on 8 steps: as drawn 4,508 pixels wide, two boxes to a screen; folded 2,687.
_FOLDED_COLUMNS = 4
_LOOSE_COLUMNS = 4
# Wider than a sheet and still narrow the other way round: drawn from top to bottom.
_SHEET = 1500
_NARROW = 1100
_COLUMN_GUESS, _ROW_GUESS = 340, 280


@dataclass(frozen=True)
class Grid:
    """`column` and `row` for each node. `lanes` lists the lanes from the top, `lane_rows` how many rows each takes.

    `lanes` holds positions in `diagram.lanes`; the last one may be None: the rows of nodes without a lane.
    `downward` says that columns run from top to bottom.
    """

    column: tuple[int, ...]
    row: tuple[int, ...]
    lanes: tuple[int | None, ...]
    lane_rows: tuple[int, ...]
    downward: bool


def grid(diagram: Diagram) -> Grid:
    """The grid of a diagram, by its `layout`."""
    has_lanes = diagram.layout == "lanes" and bool(diagram.nodes or diagram.lanes)
    return _in_lanes(diagram) if has_lanes else _in_layers(diagram)


def links(diagram: Diagram) -> list[ranks.Link]:
    """The arrows as positions of their ends in `diagram.nodes`, with their weight, in order."""
    place = {node.id: number for number, node in enumerate(diagram.nodes)}
    return [(place[arrow.source], place[arrow.target], max(arrow.weight, 1)) for arrow in diagram.arrows]


def _in_layers(diagram: Diagram) -> Grid:
    count, joins = len(diagram.nodes), links(diagram)
    joined = {end for source, target, _ in joins for end in (source, target)}
    loose = [node for node in range(count) if node not in joined]
    tied = [node for node in range(count) if node in joined]
    short = {node: number for number, node in enumerate(tied)}
    near = [(short[source], short[target], weight) for source, target, weight in joins]
    starts = [short[node] for node in tied if "start" in diagram.nodes[node].tags]
    if diagram.reads == "from_start" and starts:
        step = ranks.from_start(len(tied), near, starts[0])
    elif diagram.reads == "against":
        step = _filled(ranks.steps(len(tied), [(target, source, weight) for source, target, weight in near]))
    else:
        step = ranks.along_ways(len(tied), near, starts) or _filled(ranks.steps(len(tied), near))
    place = ranks.rows([0] * len(tied), step, near)
    column, row = [0] * count, [0] * count
    for node, number in short.items():
        column[node], row[node] = step[number], place[number]
    height = max(place, default=-1) + 1
    columns = max(step, default=0) + 1
    downward = columns * _COLUMN_GUESS > _SHEET and max(height, 1) * _ROW_GUESS <= _NARROW
    across = columns if downward else max(columns, _LOOSE_COLUMNS)
    for number, node in enumerate(loose):
        column[node], row[node] = number % across, height + number // across
    rows = max(row, default=-1) + 1
    return Grid(tuple(column), tuple(row), (None,), (rows,), downward)


def _in_lanes(diagram: Diagram) -> Grid:
    known = {lane.id: number for number, lane in enumerate(diagram.lanes)}
    outside = len(diagram.lanes)
    lane = [known.get(node.lane or "", outside) for node in diagram.nodes]
    count = max([outside, *(number + 1 for number in lane)])
    joins = links(diagram)
    between = [(lane[source], lane[target], weight) for source, target, weight in joins]
    order = [number for number in ranks.lane_order(count, between, known.get(diagram.first_lane)) if number != outside]
    order += [outside] if count > outside else []
    position = {number: place for place, number in enumerate(order)}
    placed = [position[number] for number in lane]
    step = _with_loose(placed, joins, _squeezed(ranks.steps(len(lane), joins), placed, joins))
    row = ranks.rows(placed, step, joins)
    fullest = Counter(dict.fromkeys(range(len(order)), 0))
    for (place, _), nodes in Counter(zip(placed, step, strict=True)).items():
        fullest[place] = max(fullest[place], nodes)
    # A lane without nodes keeps a row for its title.
    lane_rows = [max(fullest[place], 1) for place in range(len(order))]
    held = [0, *accumulate(fullest[place] for place in range(len(order)))]
    shown = [0, *accumulate(lane_rows)]
    row = [number - held[place] + shown[place] for number, place in zip(row, placed, strict=True)]
    lanes = tuple(None if number == outside else number for number in order)
    return Grid(tuple(step), tuple(row), lanes, tuple(lane_rows), downward=False)


def _squeezed(step: list[int], lane: list[int], joins: list[ranks.Link]) -> list[int]:
    """The steps; many of them are folded into few columns, still from left to right.

    Where arrows are so many that no reader could follow steps, each lane is spread over few columns instead.
    """
    step = _filled(step)
    most = max(step, default=0) + 1
    pairs = {(source, target) for source, target, _ in joins if source != target}
    if most <= _STEPS_WITHOUT_DOUBT:
        return step
    if len(pairs) <= _ARROWS_PER_NODE * len(step):
        return _filled([number * _FOLDED_COLUMNS // most for number in step])
    columns = min(_MOST_COLUMNS, max(1, -(-len(step) // len(set(lane)))))
    spread = list(step)
    for which in dict.fromkeys(lane):
        inside = sorted((node for node in range(len(lane)) if lane[node] == which), key=lambda node: step[node])
        for place, node in enumerate(inside):
            spread[node] = place * columns // max(len(inside), columns) if len(inside) > 1 else 0
    return spread


def _with_loose(lane: list[int], joins: list[ranks.Link], step: list[int]) -> list[int]:
    """The steps, with nodes that no arrow touches moved to where their lane has most room."""
    joined = {end for source, target, _ in joins for end in (source, target)}
    columns = max((step[node] for node in joined), default=_LOOSE_COLUMNS - 1) + 1
    held = Counter((lane[node], step[node]) for node in joined)
    moved = list(step)
    for node in range(len(step)):
        if node not in joined:
            moved[node] = min(range(columns), key=lambda column, node=node: (held[lane[node], column], column))  # type: ignore[misc]
            held[lane[node], moved[node]] += 1
    return moved


def _filled(step: list[int]) -> list[int]:
    """The steps without the numbers nobody stands on."""
    used = {number: place for place, number in enumerate(sorted(set(step)))}
    return [used[number] for number in step]
