"""The picture of the explorer, as a diagram that any renderer can draw."""

from kaysis_graph.answers.record_diagram import Drawing
from kaysis_graph.explorer.ask import Explored, Hub
from kaysis_graph.messages import Language, say
from kaysis_graph.render.diagram import Diagram, Node
from kaysis_graph.schema import Schema


def diagram_of(answer: Explored, schema: Schema, language: Language) -> Diagram:
    """Everything that is shown, each hub as one box with its number."""
    drawing = Drawing(schema, language)
    for node in answer.nodes:
        drawing.add(node.thing, is_start=node.parent is None)
    for edge in answer.edges:
        label = schema.edge_types[edge.type].label.of(language)
        told = label if edge.has_effect else f"{label} ({say('pages.badge_without_effect', language)})"
        drawing.join(edge.source, edge.target, told)
    for hub in answer.hubs:
        if drawing.has(hub.parent):
            ends = (hub.parent, hub.id) if hub.direction == "out" else (hub.id, hub.parent)
            drawing.put(_box(hub, schema, language))
            drawing.join(*ends, schema.edge_types[hub.type].label.of(language))
    return drawing.diagram(say("explorer.picture", language), answer, len(answer.nodes))


def _box(hub: Hub, schema: Schema, language: Language) -> Node:
    kind = schema.kind(hub.kind)
    assert kind is not None, "a hub gathers records of a kind"
    title = say("explorer.hub", language, count=hub.total, kind=kind.plural.of(language))
    return Node(id=hub.id, title=title, shape="group", count=hub.total)
