"""Where everything of a diagram is drawn: boxes, bands, lines and labels, in pixels.

Boxes stand in the cells of a grid; between columns and between rows lie gutters. Arrows run in gutters, and through
cells only where the cell is empty, so no line passes through a box. Labels have a strip of their own beside the boxes
they belong to, so no label lies on a box, a line or another label. The same diagram gives the same layout.
"""

from dataclasses import dataclass

from kaysis_graph.render.diagram import Diagram
from kaysis_graph.render.layout.boxes import LANE_HEADER, LANE_WIDTH, WIDTH, Words, lane_words, words_of
from kaysis_graph.render.layout.bundles import bundles, ports
from kaysis_graph.render.layout.grid import grid
from kaysis_graph.render.layout.lines import Routed, routed


@dataclass(frozen=True)
class Box:
    """A node in its place."""

    node: int
    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Route:
    """An arrow as the corners of its line, from its source to its head."""

    arrow: int
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class LineLabel:
    """A text beside a line: `x`, `y` is where it begins or, with `anchor` `end`, where it ends."""

    text: str
    x: float
    y: float
    anchor: str


@dataclass(frozen=True)
class Band:
    """The band of a lane; `lane` is None for nodes without one."""

    lane: int | None
    y: float
    height: float
    words: Words | None


@dataclass(frozen=True)
class Layout:
    """A diagram in its place; `header` is the width of the lane titles at the left, 0 without lanes."""

    width: float
    height: float
    header: float
    boxes: tuple[Box, ...]
    routes: tuple[Route, ...]
    labels: tuple[LineLabel, ...]
    bands: tuple[Band, ...]


def layout(diagram: Diagram) -> Layout:
    """The layout of a diagram. Boxes are in the order of its nodes, routes in the order of its arrows."""
    place = grid(diagram)
    has_lanes = diagram.layout == "lanes"
    words = [words_of(node, LANE_WIDTH if has_lanes else WIDTH) for node in diagram.nodes]
    titles = [lane_words(diagram.lanes[lane]) if lane is not None else None for lane in place.lanes]
    least = [title.height if title and has_lanes else 0 for title in titles]
    gathered = bundles(diagram, place)
    drawn = routed(place, words, gathered, ports(gathered, place), least)
    header = LANE_HEADER if has_lanes and diagram.lanes else 0
    boxes = tuple(
        Box(node, *_turned(drawn.boxes[node], header, downward=place.downward), text.lines, text.notes)
        for node, text in enumerate(words)
    )
    routes = sorted(
        (
            Route(arrow, tuple(_point(point, header, downward=place.downward) for point in points))
            for arrow, points in drawn.lines.items()
        ),
        key=lambda route: route.arrow,
    )
    bands = tuple(
        Band(lane, top, bottom - top, title)
        for lane, title, (top, bottom) in zip(place.lanes, titles, drawn.lanes, strict=True)
    )
    main, cross = (drawn.cross, drawn.main) if place.downward else (drawn.main, drawn.cross)
    return Layout(
        main + header, cross, header, boxes, tuple(routes), _labels(drawn, header, downward=place.downward),
        bands if has_lanes else (),
    )  # fmt: skip


def _labels(drawn: Routed, header: float, *, downward: bool) -> tuple[LineLabel, ...]:
    found = []
    for text, along, across, side in drawn.labels:
        if downward:
            found.append(
                LineLabel(text, round(across + 4 + header, 1), round(along + (10 if side > 0 else -2), 1), "start")
            )
        else:
            anchor = "start" if side > 0 else "end"
            found.append(LineLabel(text, round(along + header, 1), round(across - 3.5, 1), anchor))
    return tuple(found)


def _point(point: tuple[float, float], header: float, *, downward: bool) -> tuple[float, float]:
    along, across = point
    return (round(across + header, 1), round(along, 1)) if downward else (round(along + header, 1), round(across, 1))


def _turned(
    box: tuple[float, float, float, float], header: float, *, downward: bool
) -> tuple[float, float, float, float]:
    along, across, length, breadth = box
    x, y = _point((along, across), header, downward=downward)
    return (x, y, breadth, length) if downward else (x, y, length, breadth)
