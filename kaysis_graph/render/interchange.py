"""The diagram interchange of BPMN: where each element is drawn, taken from the layout of the SVG."""

from collections.abc import Sequence
from xml.etree import ElementTree as ET

from kaysis_graph.render.layout.arrangement import Box, Layout, LineLabel
from kaysis_graph.render.layout.boxes import LABEL_SIZE
from kaysis_graph.render.processes import Element, Flow
from kaysis_graph.render.typeset import clean, width

# The name of a pool stands upright in a strip of this width in every BPMN editor.
_STRIP = 30.0
_EVENT = 36.0
_DATA_WIDTH, _DATA_HEIGHT = 36.0, 50.0
_MARGIN = 20.0
# A label belongs to a line when it begins or ends this near to one of its ends.
_NEAR = 24.0
_LABEL_HEIGHT = 14.0
# Corners are rounded to tenths.
_TOUCH = 0.5

Bounds = tuple[float, float, float, float]
Point = tuple[float, float]


def draw(root: ET.Element, placed: Layout, elements: Sequence[Element], flows: Sequence[Flow]) -> None:
    """Append the diagram to the definitions: pools as bands, boxes, and lines with all their corners."""
    diagram = ET.SubElement(root, "bpmndi:BPMNDiagram", {"id": "Diagram"})
    plane = ET.SubElement(diagram, "bpmndi:BPMNPlane", {"id": "Plane", "bpmnElement": "Collaboration"})
    left = max(placed.header - _STRIP, 0) if placed.bands else -_STRIP - _MARGIN
    pools = [(band.y, band.height) for band in placed.bands] or [(-_MARGIN, placed.height + 2 * _MARGIN)]
    right = placed.width + (0 if placed.bands else _MARGIN)
    for pool, (top, height) in enumerate(pools):
        shape = _shape(plane, f"Participant_{pool}", (left, top, right - left, height))
        shape.set("isHorizontal", "true")
    sources = {flow.source.id for flow in flows}
    bounds = {}
    for element, box in zip(elements, placed.boxes, strict=True):
        bounds[element.id] = _bounds(element, box, is_source=element.id in sources)
        shape = _shape(plane, element.id, bounds[element.id])
        if bounds[element.id][2] != box.width:
            _label(shape, _beside(box, bounds[element.id]))
    for flow, route in zip(flows, placed.routes, strict=True):
        edge = ET.SubElement(plane, "bpmndi:BPMNEdge", {"id": f"{flow.id}_di", "bpmnElement": flow.id})
        for x, y in _met(route.points, bounds[flow.source.id], bounds[flow.target.id]):
            ET.SubElement(edge, "di:waypoint", {"x": f"{x:g}", "y": f"{y:g}"})
        if (label := _nearest(placed.labels, flow, route.points)) is not None:
            _label(edge, _room(label))


def _bounds(element: Element, box: Box, *, is_source: bool) -> Bounds:
    """The box itself; a circle or a sheet of paper at that end of it where its lines are."""
    if element.type in ("startEvent", "endEvent"):
        size = (_EVENT, _EVENT)
    elif element.type == "dataObjectReference":
        size = (_DATA_WIDTH, min(_DATA_HEIGHT, box.height))
    else:
        return box.x, box.y, box.width, box.height
    x = box.x + box.width - size[0] if is_source else box.x
    return x, box.y + (box.height - size[1]) / 2, *size


def _beside(box: Box, bounds: Bounds) -> Bounds:
    """The rest of the box, where the name of what does not fill it stands."""
    x = box.x if bounds[0] > box.x else bounds[0] + bounds[2]
    return x, box.y, box.width - bounds[2], box.height


def _met(points: tuple[Point, ...], source: Bounds, target: Bounds) -> list[Point]:
    """The corners of a line, led on to shapes that do not fill their boxes."""
    met = list(points)
    for end, (x, y, wide, high) in ((0, source), (-1, target)):
        at_x, at_y = met[end]
        if not (x - _TOUCH <= at_x <= x + wide + _TOUCH and y - _TOUCH <= at_y <= y + high + _TOUCH):
            met.insert(0 if end == 0 else len(met), (x + wide / 2, y + high / 2))
    return met


def _nearest(labels: Sequence[LineLabel], flow: Flow, points: tuple[Point, ...]) -> LineLabel | None:
    """The label at one end of the line that says what the line says; bundled lines share one."""
    said = clean(flow.arrow.label)
    found = [
        (min(abs(label.x - x) + abs(label.y - y) for x, y in (points[0], points[-1])), number)
        for number, label in enumerate(labels)
        if said and said.startswith(label.text.partition("…")[0].partition(" (")[0])
    ]
    distance, number = min(found, default=(_NEAR, 0))
    return labels[number] if distance < _NEAR else None


def _room(label: LineLabel) -> Bounds:
    wide = width(label.text, LABEL_SIZE) + 6
    return label.x - (wide if label.anchor == "end" else 0), label.y - _LABEL_HEIGHT + 3, wide, _LABEL_HEIGHT


def _shape(plane: ET.Element, identifier: str, bounds: Bounds) -> ET.Element:
    shape = ET.SubElement(plane, "bpmndi:BPMNShape", {"id": f"{identifier}_di", "bpmnElement": identifier})
    _bound(shape, bounds)
    return shape


def _label(parent: ET.Element, bounds: Bounds) -> None:
    _bound(ET.SubElement(parent, "bpmndi:BPMNLabel"), bounds)


def _bound(parent: ET.Element, bounds: Bounds) -> None:
    names = ("x", "y", "width", "height")
    ET.SubElement(parent, "dc:Bounds", {name: f"{value:g}" for name, value in zip(names, bounds, strict=True)})
