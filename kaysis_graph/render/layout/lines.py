"""Lines between the cells of a grid, in gutters that are as wide as they need to be.

Everything here is told along the columns (`main`) and across them (`cross`); the layout turns it for the page.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kaysis_graph.render.layout.boxes import Words
from kaysis_graph.render.layout.bundles import ArrowWay, Bundle, Port, PortKey, spread
from kaysis_graph.render.layout.grid import Grid
from kaysis_graph.render.layout.tracks import Run, tracks

_TRACK = 9.0
_GUTTER_EDGE = 14.0
_LEAST_GUTTER = 34.0
_MARGIN = 14.0
_GAP_EDGE = 9.0
_LEAST_GAP = 20.0
_LANE_EDGE = 8.0
_LABEL_EDGE = 8.0
_LABEL_STRIP = 16.0
_NEAR = 4.0
_NUDGES = (4.5, -4.5, 6.0, -6.0, 7.5, -7.5, 10.5, -10.5, 12.0, -12.0)


@dataclass(frozen=True)
class Routed:
    """Boxes as (main, cross, length, breadth), lines as corners by arrow, labels as (text, main, cross, side)."""

    boxes: list[tuple[float, float, float, float]]
    lines: dict[int, tuple[tuple[float, float], ...]]
    labels: list[tuple[str, float, float, int]]
    lanes: list[tuple[float, float]]
    main: float
    cross: float


@dataclass(frozen=True)
class _Passage:
    """How a way gets from its first gutter to its last: along the row of a port, or in the gap before row `gap`."""

    way: ArrowWay
    bundle: Bundle
    port: PortKey | None = None
    gap: int | None = None


def routed(
    place: Grid, words: Sequence[Words], gathered: Sequence[Bundle], found: dict[PortKey, Port], least: Sequence[float]
) -> Routed:
    """All boxes, lines and labels. `least` is the breadth each lane needs for its title."""
    columns, rows = max(place.column, default=-1) + 1, sum(place.lane_rows)
    breadths = _breadths(place, words, found)
    passages = _passages(place, gathered)
    gap_tracks, gap_counts = _gap_tracks(place, passages)
    row_size = [0.0] * rows
    for node, row in enumerate(place.row):
        row_size[row] = max(row_size[row], breadths[node][1])
    gap_size = [max(_LEAST_GAP, 2 * _GAP_EDGE + _TRACK * (count - 1)) if count else _LEAST_GAP for count in gap_counts]
    _fill_lanes(place, row_size, gap_size, least)
    gap_start, row_start, cross = _stacked(gap_size, row_size)
    middle = [row_start[row] + row_size[row] / 2 for row in place.row]
    half = [breadth / 2 for breadth, _ in breadths]
    _align(passages, found, middle, half)
    _nudge(place, found)
    level = {key: float(round(middle[port.node] + port.at)) for key, port in found.items()}
    runs = {
        (gap, bundle): float(round(gap_start[gap] + gap_size[gap] / 2 + _TRACK * (track - (gap_counts[gap] - 1) / 2)))
        for (gap, bundle), track in gap_tracks.items()
    }
    strips = _label_strips(place, found, columns)
    gutter_track, gutter_counts = _gutter_tracks(passages, level, runs, columns)
    gutter_size = [
        max(_LEAST_GUTTER if 0 < gutter < columns else _MARGIN, _room(count, *strips[gutter]))
        for gutter, count in enumerate(gutter_counts)
    ]
    column_size = [0.0] * columns
    for node, column in enumerate(place.column):
        column_size[column] = max(column_size[column], words[node].height if place.downward else words[node].width)
    gutter_start, column_start, main = _stacked(gutter_size, column_size)
    boxes = []
    for node, column in enumerate(place.column):
        length = words[node].height if place.downward else words[node].width
        along = column_start[column] + (column_size[column] - length) / 2
        breadth = breadths[node][0]
        boxes.append((float(round(along)), float(round(middle[node] - breadth / 2)), length, breadth))

    def track_at(gutter: int, bundle: int) -> float:
        first = gutter_start[gutter] + strips[gutter][0] + _GUTTER_EDGE
        room = gutter_size[gutter] - sum(strips[gutter]) - 2 * _GUTTER_EDGE
        slack = (room - _TRACK * (gutter_counts[gutter] - 1)) / 2
        return float(round(first + max(slack, 0) + _TRACK * gutter_track.get((gutter, bundle), 0)))

    lines = {passage.way.arrow: _corners(passage, boxes, level, runs, track_at) for passage in passages}
    labels: list[tuple[str, float, float, int]] = []
    for key, port in found.items():
        if port.label:
            along, _, length, _ = boxes[port.node]
            edge = along + length + _LABEL_EDGE if port.side > 0 else along - _LABEL_EDGE - (0 if port.outward else 6)
            labels.append((port.label, edge, level[key], port.side))
    return Routed(boxes, lines, labels, _lane_edges(place, gap_start, gap_size, cross), main, cross)


def _room(count: int, before: float, after: float) -> float:
    return before + after + 2 * _GUTTER_EDGE + _TRACK * max(count - 1, 0)


def _breadths(place: Grid, words: Sequence[Words], found: dict[PortKey, Port]) -> list[tuple[float, float]]:
    """For each node the breadth of its box and of its cell; spreads the ports on the way."""
    sides: dict[tuple[int, int], list[Port]] = defaultdict(list)
    for port in found.values():
        sides[port.node, port.side].append(port)
    sizes = [(text.width if place.downward else text.height) for text in words]
    cells = list(sizes)
    for (node, _), side in sides.items():
        need = spread(side, downward=place.downward)
        cells[node] = max(cells[node], need)
        lines = max(port.at for port in side) - min(port.at for port in side) + 24
        sizes[node] = max(sizes[node], lines if place.downward else need)
    return list(zip(sizes, cells, strict=True))


def _passages(place: Grid, gathered: Sequence[Bundle]) -> list[_Passage]:
    """A passage for every way. A row is taken where its cells are empty and no other box runs a line there."""
    full = {(row, column): node for node, (row, column) in enumerate(zip(place.row, place.column, strict=True))}
    held: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    found = []

    def may_run(node: int, other: int, way: ArrowWay) -> bool:
        row, low, high = place.row[node], min(way.first, way.last), max(way.first, way.last)
        standing = {full.get((row, column)) for column in range(low - 1, high + 1)} - {None, node}
        if standing - ({other} if place.row[other] == row else set()):
            return False
        if any(low <= end and begin <= high and owner != node for begin, end, owner in held[row]):
            return False
        held[row].append((low, high, node))
        return True

    for bundle in gathered:
        for way in bundle.ways:
            if way.first == way.last:
                found.append(_Passage(way, bundle))
                continue
            ends = [(way.source, way.leaves, True, way.target), (way.target, way.enters, False, way.source)]
            for node, side, outward, other in ends if bundle.outward else ends[::-1]:
                if may_run(node, other, way):
                    found.append(_Passage(way, bundle, port=(node, side, bundle.number, outward)))
                    break
            else:
                far = way.target if bundle.outward else way.source
                above = place.row[far] < place.row[bundle.hub]
                found.append(_Passage(way, bundle, gap=place.row[bundle.hub] + (0 if above else 1)))
    return found


def _gap_tracks(place: Grid, passages: Sequence[_Passage]) -> tuple[dict[tuple[int, int], int], list[int]]:
    """The track of each bundle in each gap it uses, and how many tracks each gap has.

    Places along a gap are numbers of gutters here: how wide gutters are is not known yet.
    """
    stretches: dict[int, dict[int, list[_Passage]]] = defaultdict(lambda: defaultdict(list))
    for passage in passages:
        if passage.gap is not None:
            stretches[passage.gap][passage.bundle.number].append(passage)
    track: dict[tuple[int, int], int] = {}
    counts = [0] * (sum(place.lane_rows) + 1)
    for gap, held in stretches.items():
        runs = []
        for used in held.values():
            gutters = [gutter for passage in used for gutter in (passage.way.first, passage.way.last)]
            hub_gutters = {p.way.first if p.bundle.outward else p.way.last for p in used}
            far = {p.way.last if p.bundle.outward else p.way.first for p in used}
            is_hub_above = place.row[used[0].bundle.hub] < gap
            before, after = (hub_gutters, far) if is_hub_above else (far, hub_gutters)
            runs.append(Run(min(gutters) - 0.4, max(gutters) + 0.4, tuple(sorted(before)), tuple(sorted(after))))
        found = tracks(runs)
        counts[gap] = max(found) + 1
        track.update({(gap, bundle): number for bundle, number in zip(held, found, strict=True)})
    return track, counts


def _gutter_tracks(
    passages: Sequence[_Passage],
    level: dict[PortKey, float],
    runs: dict[tuple[int, int], float],
    columns: int,
) -> tuple[dict[tuple[int, int], int], list[int]]:
    """The track of each bundle in each gutter it climbs in, and how many tracks each gutter has."""
    stubs: dict[int, dict[int, tuple[set[float], set[float]]]] = defaultdict(dict)

    def meet(gutter: int, bundle: int, cross: float, *, from_left: bool) -> None:
        left, right = stubs[gutter].setdefault(bundle, (set(), set()))
        (left if from_left else right).add(round(cross, 2))

    for passage in passages:
        way, number = passage.way, passage.bundle.number
        start = level[way.source, way.leaves, number, True]
        end = level[way.target, way.enters, number, False]
        meet(way.first, number, start, from_left=way.leaves > 0)
        meet(way.last, number, end, from_left=way.enters > 0)
        if way.first != way.last:
            between = _between(passage, level, runs)
            forward = way.first < way.last
            meet(way.first, number, between, from_left=not forward)
            meet(way.last, number, between, from_left=forward)
    track: dict[tuple[int, int], int] = {}
    counts = [0] * (columns + 1)
    for gutter, held in stubs.items():
        climbing = {number: pair for number, pair in held.items() if max(pair[0] | pair[1]) > min(pair[0] | pair[1])}
        found = tracks(
            [
                Run(min(left | right), max(left | right), tuple(sorted(left)), tuple(sorted(right)))
                for left, right in climbing.values()
            ],
            apart=_TRACK,
        )
        counts[gutter] = max(found, default=-1) + 1
        track.update({(gutter, number): lane for number, lane in zip(climbing, found, strict=True)})
    return track, counts


def _between(passage: _Passage, level: dict[PortKey, float], runs: dict[tuple[int, int], float]) -> float:
    if passage.port is not None:
        return level[passage.port]
    assert passage.gap is not None
    return runs[passage.gap, passage.bundle.number]


def _corners(
    passage: _Passage,
    boxes: list[tuple[float, float, float, float]],
    level: dict[PortKey, float],
    runs: dict[tuple[int, int], float],
    track_at: Callable[[int, int], float],
) -> tuple[tuple[float, float], ...]:
    way, number = passage.way, passage.bundle.number
    start = level[way.source, way.leaves, number, True]
    end = level[way.target, way.enters, number, False]

    def edge(node: int, side: int) -> float:
        along, _, length, _ = boxes[node]
        return along + length if side > 0 else along

    first, last = track_at(way.first, number), track_at(way.last, number)
    between = start if way.first == way.last else _between(passage, level, runs)
    points = [
        (edge(way.source, way.leaves), start), (first, start), (first, between),
        (last, between), (last, end), (edge(way.target, way.enters), end),
    ]  # fmt: skip
    return _straightened(points)


def _straightened(points: list[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    """The corners without those where the line does not turn."""
    kept: list[tuple[float, float]] = []
    for point in points:
        if kept and kept[-1] == point:
            continue
        if len(kept) > 1 and any(kept[-2][axis] == kept[-1][axis] == point[axis] for axis in (0, 1)):
            kept[-1] = point
            continue
        kept.append(point)
    return tuple(kept)


def _align(
    passages: Sequence[_Passage], found: dict[PortKey, Port], middle: list[float], half: Sequence[float]
) -> None:
    """Move the only port of a side to the height of what it is joined to, so that lines to a neighbour run straight."""
    sides: dict[tuple[int, int], int] = defaultdict(int)
    for port in found.values():
        sides[port.node, port.side] += 1
    for passage in passages:
        way, number = passage.way, passage.bundle.number
        if way.leaves == way.enters or (way.first != way.last and passage.port is None):
            continue
        start, end = found[way.source, way.leaves, number, True], found[way.target, way.enters, number, False]
        for mine, other in ((end, start), (start, end)):
            at = middle[other.node] + other.at - middle[mine.node]
            if sides[mine.node, mine.side] == 1 and len(mine.towards) == 1 and abs(at) < half[mine.node] - _GAP_EDGE:
                mine.at = at
                break


def _nudge(place: Grid, found: dict[PortKey, Port]) -> None:
    """Move the ports of a side a little where another box of the row would meet them head on with another bundle."""
    sides: dict[tuple[int, int], list[Port]] = defaultdict(list)
    for port in found.values():
        sides[port.node, port.side].append(port)
    standing = sorted(range(len(place.row)), key=lambda node: (place.row[node], place.column[node]))
    for node, other in pairwise(standing):
        if place.row[node] != place.row[other]:
            continue
        mine, theirs = sides.get((node, 1), []), sides.get((other, -1), [])

        def clash(move: float, mine: list[Port] = mine, theirs: list[Port] = theirs) -> int:
            return sum(a.bundle != b.bundle and abs(a.at - b.at - move) < _NEAR for a in mine for b in theirs)

        move = min((0.0, *_NUDGES), key=lambda move: (clash(move), abs(move)))
        for port in theirs:
            port.at += move


def _label_strips(place: Grid, found: dict[PortKey, Port], columns: int) -> list[tuple[float, float]]:
    """For each gutter the strip for labels after the boxes before it, and the one before the boxes after it."""
    strips = [[0.0, 0.0] for _ in range(columns + 1)]
    for port in found.values():
        if port.label:
            column = place.column[port.node]
            gutter, which = (column + 1, 0) if port.side > 0 else (column, 1)
            need = _LABEL_STRIP if place.downward else port.label_width + _LABEL_EDGE + (0 if port.outward else 6)
            strips[gutter][which] = max(strips[gutter][which], need)
    return [(before, after) for before, after in strips]


def _fill_lanes(place: Grid, row_size: list[float], gap_size: list[float], least: Sequence[float]) -> None:
    """Let the last row of a lane grow until the title of the lane has room."""
    row = 0
    for rows, need in zip(place.lane_rows, least, strict=True):
        have = sum(row_size[row : row + rows]) + sum(gap_size[row + 1 : row + rows])
        if rows:
            row_size[row + rows - 1] += max(0.0, need - have)
        row += rows


def _stacked(gaps: list[float], sizes: list[float]) -> tuple[list[float], list[float], float]:
    """Starts of gaps, starts of what lies between them, and the whole length."""
    starts, places, at = [], [], 0.0
    for number, gap in enumerate(gaps):
        starts.append(at)
        at += gap
        if number < len(sizes):
            places.append(at)
            at += sizes[number]
    return starts, places, at


def _lane_edges(place: Grid, gap_start: list[float], gap_size: list[float], cross: float) -> list[tuple[float, float]]:
    """Top and bottom of each lane; the lines of a gap between two lanes lie in the lower one."""
    edges, row = [0.0], 0
    for rows in place.lane_rows[:-1]:
        row += rows
        edges.append(gap_start[row] + min(_LANE_EDGE, gap_size[row] / 2))
    edges.append(cross)
    return list(pairwise(edges))
