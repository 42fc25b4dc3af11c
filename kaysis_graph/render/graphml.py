"""A diagram as GraphML: attributes for Gephi and networkx, drawn boxes for yEd."""

from xml.sax.saxutils import escape, quoteattr

from kaysis_graph.render.diagram import Diagram
from kaysis_graph.render.layout.arrangement import layout
from kaysis_graph.render.network import network_places
from kaysis_graph.render.theme import LIGHT
from kaysis_graph.render.typeset import clean

_ATTRIBUTES = (
    # key, of, name, type
    ("title", "node", "title", "string"),
    ("label", "node", "label", "string"),
    ("shape", "node", "shape", "string"),
    ("lane", "node", "lane", "string"),
    ("lane_title", "node", "lane_title", "string"),
    ("note", "node", "note", "string"),
    ("count", "node", "count", "int"),
    ("tags", "node", "tags", "string"),
    ("betweenness", "node", "betweenness", "double"),
    ("community", "node", "community", "int"),
    ("edge_label", "edge", "label", "string"),
    ("edge_note", "edge", "note", "string"),
    ("edge_weight", "edge", "weight", "double"),
    ("edge_tags", "edge", "tags", "string"),
)


def render(diagram: Diagram) -> str:
    """The whole diagram as one directed GraphML graph, boxes placed as in the SVG; parallel arrows stay apart.

    `label` repeats `title`, because Gephi shows the attribute of that name; networkx reads yEd's label in its place,
    which is the title as it is wrapped on the box. Tags are joined by spaces. `betweenness` and `community` say where a
    box stands in the network of the picture; a picture too large for that goes without.
    """
    lanes = {lane.id: lane.title for lane in diagram.lanes}
    boxes = {box.node: box for box in layout(diagram).boxes}
    places = network_places(diagram)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml">',
        *(f'<key id="{key}" for="{of}" attr.name="{name}" attr.type="{kind}"/>' for key, of, name, kind in _ATTRIBUTES),
        '<key id="drawn" for="node" yfiles.type="nodegraphics"/>',
        f'<graph id={_attribute(diagram.title or "graph")} edgedefault="directed">',
    ]
    for number, node in enumerate(diagram.nodes):
        box, colours, place = boxes[number], LIGHT.of(node.shape), places.get(node.id)
        lines += [
            f"<node id={_attribute(node.id)}>",
            *_data(
                title=node.title,
                label=node.title,
                shape=node.shape,
                lane=node.lane or "",
                lane_title=lanes.get(node.lane or "", ""),
                note=node.note,
                count=str(node.count),
                tags=" ".join(sorted(node.tags)),
                betweenness="" if place is None else f"{place.betweenness:g}",
                community="" if place is None else str(place.community),
            ),
            (
                '<data key="drawn"><y:ShapeNode>'
                f'<y:Geometry x="{box.x:g}" y="{box.y:g}" width="{box.width:g}" height="{box.height:g}"/>'
                f'<y:Fill color="{colours.fill}"/><y:BorderStyle color="{colours.line}" type="line" width="1.0"/>'
                f"<y:NodeLabel>{_text(chr(10).join(box.lines))}</y:NodeLabel>"
                "</y:ShapeNode></data>"
            ),
            "</node>",
        ]
    for number, arrow in enumerate(diagram.arrows):
        lines += [
            f'<edge id="e{number}" source={_attribute(arrow.source)} target={_attribute(arrow.target)}>',
            *_data(
                edge_label=arrow.label,
                edge_note=arrow.note,
                edge_weight=str(arrow.weight),
                edge_tags=" ".join(sorted(arrow.tags)),
            ),
            "</edge>",
        ]
    return "\n".join([*lines, "</graph>", "</graphml>", ""])


def _data(**values: str) -> list[str]:
    return [f'<data key="{key}">{_text(value)}</data>' for key, value in values.items() if value]


def _text(value: str) -> str:
    return escape("\n".join(clean(line) for line in value.split("\n")))


def _attribute(value: str) -> str:
    return quoteattr(clean(value))
