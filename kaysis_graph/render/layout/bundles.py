"""Arrows gathered into bundles, and the ports where bundles leave and enter boxes."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from kaysis_graph.render.diagram import Diagram
from kaysis_graph.render.layout.boxes import LABEL_SIZE
from kaysis_graph.render.layout.grid import Grid, links
from kaysis_graph.render.typeset import clean, width, wrap

Side = Literal[-1, 1]
LABEL_ROOM = 150
LABELLED, BARE = 15.0, 9.0
_FAR = 10_000
# Past so many rows or columns an eye loses the line: its label stands at the far end too.
_FAR_ROWS, _FAR_COLUMNS = 4, 2


@dataclass(frozen=True)
class ArrowWay:
    """An arrow on the grid: nodes, the sides it leaves and enters by, the gutters it starts and ends in.

    Gutter g lies before column g.
    """

    arrow: int
    source: int
    target: int
    weight: int
    leaves: Side
    enters: Side
    first: int
    last: int


@dataclass(frozen=True)
class Bundle:
    """Arrows of one label that share a box at one end, `hub`, and are drawn as one line as far as they go together."""

    number: int
    hub: int
    outward: bool
    label: str
    ways: tuple[ArrowWay, ...]


@dataclass
class Port:
    """Where a bundle touches a side of a box. `at` is the distance from the middle of the side.

    `label` is what is written there, `towards` says for each way where it goes.
    """

    node: int
    side: Side
    bundle: int
    outward: bool
    label: str = ""
    label_width: float = 0
    towards: list[float] = field(default_factory=list)
    ways: list[ArrowWay] = field(default_factory=list)
    at: float = 0


def bundles(diagram: Diagram, place: Grid) -> list[Bundle]:
    """The bundles in order of their first arrow.

    An arrow joins those of its label that share its source or those that share its target, whichever are more.
    So parallel arrows between two institutions run together, and a line that forks never leaves open
    which source goes with which target: a bundle has one box at one of its ends.
    """
    keys = [
        (clean(arrow.label), "ended" in arrow.tags, source, target)
        for arrow, (source, target, _) in zip(diagram.arrows, links(diagram), strict=True)
    ]
    given = Counter(key[:3] for key in keys)
    taken = Counter((*key[:2], key[3]) for key in keys)
    gathered: dict[tuple[str, bool, bool, int], list[int]] = defaultdict(list)
    for number, (label, ended, source, target) in enumerate(keys):
        outward = given[label, ended, source] >= taken[label, ended, target]
        gathered[label, ended, outward, source if outward else target].append(number)
    found = []
    for number, ((label, _, outward, hub), arrows) in enumerate(gathered.items()):
        ways = tuple(_way(arrow, keys[arrow], diagram.arrows[arrow].weight, place) for arrow in arrows)
        found.append(Bundle(number, hub, outward, label, ways))
    return found


def _way(arrow: int, key: tuple[str, bool, int, int], weight: int, place: Grid) -> ArrowWay:
    _, _, source, target = key
    near, far = place.column[source], place.column[target]
    if near < far:
        return ArrowWay(arrow, source, target, weight, 1, -1, near + 1, far)
    if near > far:
        return ArrowWay(arrow, source, target, weight, -1, 1, near, far + 1)
    if place.row[target] >= place.row[source]:
        return ArrowWay(arrow, source, target, weight, 1, 1, near + 1, near + 1)
    return ArrowWay(arrow, source, target, weight, -1, -1, near, near)


PortKey = tuple[int, Side, int, bool]


def ports(gathered: Sequence[Bundle], place: Grid) -> dict[PortKey, Port]:
    """The ports of all boxes by node, side, bundle and whether the bundle leaves there."""
    found: dict[PortKey, Port] = {}
    for bundle in gathered:
        for way in bundle.ways:
            for node, side, outward, other in (
                (way.source, way.leaves, True, way.target),
                (way.target, way.enters, False, way.source),
            ):
                port = found.setdefault((node, side, bundle.number, outward), Port(node, side, bundle.number, outward))
                port.towards.append(_direction(node, other, place))
                port.ways.append(way)
    for port in found.values():
        bundle = gathered[port.bundle]
        if port.outward == bundle.outward or any(_is_long(way, place) for way in port.ways):
            port.label = _label(bundle.label, port.ways)
            port.label_width = width(port.label, LABEL_SIZE)
    return found


def _is_long(way: ArrowWay, place: Grid) -> bool:
    """Whether a reader of lanes may lose the line; in layers nearly all lines say the same, so there none is."""
    rows = abs(place.row[way.source] - place.row[way.target])
    return len(place.lanes) > 1 and (rows >= _FAR_ROWS or abs(way.first - way.last) >= _FAR_COLUMNS)


def _label(label: str, ways: list[ArrowWay]) -> str:
    """The label with the records it carries here, when they are more than the ends it joins."""
    weight = sum(way.weight for way in ways)
    count = f" ({weight})" if weight > len({(way.source, way.target) for way in ways}) else ""
    lines = wrap(label, LABEL_ROOM - width(count, LABEL_SIZE), LABEL_SIZE, 1)
    return ((lines[0] if lines else "") + count).strip()


def _direction(node: int, other: int, place: Grid) -> float:
    """Where on the side the port should lie, small first, so that lines do not cross at the box.

    A line to the same column turns back: the nearest end takes the outermost port.
    """
    here, there = place.row[node], place.row[other]
    if place.column[node] != place.column[other]:
        return there
    return (_FAR if there >= here else -_FAR) - there


def spread(sides: Sequence[Port], *, downward: bool) -> float:
    """Set the ports of one side around its middle; gives the length the side must have at least.

    Across the page a labelled port needs the height of its label above it, down the page the width beside it.
    """
    order = sorted(sides, key=lambda port: (sum(port.towards) / len(port.towards), port.bundle, port.outward))
    place, last = 0.0, None
    for port in order:
        if last is not None:
            if downward:
                place += last.label_width + 12 if last.label else BARE
            else:
                place += LABELLED if port.label else BARE
        port.at = place
        last = port
    for port in order:
        port.at -= place / 2
    if not downward:
        return place + 2 * LABELLED
    return place + 2 * max(LABELLED, order[-1].label_width + 12)
