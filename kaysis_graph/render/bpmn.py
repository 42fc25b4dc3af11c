"""A diagram as BPMN 2.0 with diagram interchange, drawn where the SVG draws it.

`processes.py` says what each node and arrow is, `interchange.py` where it is drawn.
"""

from collections.abc import Iterator
from xml.etree import ElementTree as ET

from kaysis_graph.messages import say
from kaysis_graph.render.diagram import Diagram
from kaysis_graph.render.interchange import draw
from kaysis_graph.render.layout.arrangement import layout
from kaysis_graph.render.processes import Element, Flow, Model, model_of
from kaysis_graph.render.shapes import shape_of
from kaysis_graph.render.typeset import clean

_NAMESPACES = {
    "xmlns:bpmn": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "xmlns:bpmndi": "http://www.omg.org/spec/BPMN/20100524/DI",
    "xmlns:dc": "http://www.omg.org/spec/DD/20100524/DC",
    "xmlns:di": "http://www.omg.org/spec/DD/20100524/DI",
}


def render(diagram: Diagram) -> str:
    """The diagram as one XML document; the same diagram gives the same bytes."""
    placed = layout(diagram)
    pools = [band.lane for band in placed.bands] or [None]
    model = model_of(diagram, pools)
    root = ET.Element("bpmn:definitions", {"id": "Definitions", **_NAMESPACES})
    root.set("targetNamespace", "urn:kaysis-graph")
    root.set("exporter", "KAYSIS Graph")
    collaboration = ET.SubElement(root, "bpmn:collaboration", {"id": "Collaboration"})
    _documented(collaboration, diagram.title, diagram.about, *diagram.footnotes)
    for pool, lane in enumerate(pools):
        title = diagram.title if lane is None else diagram.lanes[lane].title
        if lane is None and diagram.lanes:
            title = say("render.outside", diagram.language)
        participant = ET.SubElement(
            collaboration,
            "bpmn:participant",
            {"id": f"Participant_{pool}", "name": clean(title), "processRef": f"Process_{pool}"},
        )
        if lane is not None:
            _documented(participant, diagram.lanes[lane].id, diagram.lanes[lane].note)
    for flow in model.flows:
        if flow.kind == "message":
            ET.SubElement(collaboration, "bpmn:messageFlow", _ends(flow)).extend(_documents(flow.arrow.note))
    for pool in range(len(pools)):
        _process(root, model, pool)
    draw(root, placed, model.elements, model.flows)
    ET.indent(root, " ")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _process(root: ET.Element, model: Model, pool: int) -> None:
    process = ET.SubElement(root, "bpmn:process", {"id": f"Process_{pool}", "isExecutable": "false"})
    for element in model.elements:
        if element.pool == pool:
            _node(process, model, element)
    for flow in model.flows:
        if flow.kind == "sequence" and flow.source.pool == pool:
            ET.SubElement(process, "bpmn:sequenceFlow", _ends(flow)).extend(_documents(flow.arrow.note))


def _node(process: ET.Element, model: Model, element: Element) -> None:
    node, language = element.node, model.diagram.language
    told = ET.SubElement(process, f"bpmn:{element.type}", {"id": element.id, "name": clean(node.title)})
    count = say("render.count", language, count=node.count) if node.count > 1 else ""
    states = [say(f"render.{tag}", language) for tag in ("ended", "unverified", "start") if tag in node.tags]
    _documented(told, say(f"render.shape_{shape_of(node.shape)}", language), node.note, *states, count)
    if element.type == "dataObjectReference":
        told.set("dataObjectRef", f"{element.id}_data")
        ET.SubElement(process, "bpmn:dataObject", {"id": f"{element.id}_data"})
        return
    for flow in model.flows:
        if flow.kind == "sequence" and flow.target is element:
            ET.SubElement(told, "bpmn:incoming").text = flow.id
    for flow in model.flows:
        if flow.kind == "sequence" and flow.source is element:
            ET.SubElement(told, "bpmn:outgoing").text = flow.id
    _data(told, model, element)
    if node.count > 1 and element.type.endswith(("task", "Task")):
        ET.SubElement(told, "bpmn:multiInstanceLoopCharacteristics")


def _data(told: ET.Element, model: Model, element: Element) -> None:
    """The data an activity takes in and gives out; the standard wants a property as the other end of each."""
    taken = [flow for flow in model.flows if flow.kind == "input" and flow.target is element]
    given = [flow for flow in model.flows if flow.kind == "output" and flow.source is element]
    if taken or given:
        ET.SubElement(told, "bpmn:property", {"id": f"{element.id}_held", "name": clean(element.node.title)})
    for flow in taken:
        association = ET.SubElement(told, "bpmn:dataInputAssociation", {"id": flow.id})
        ET.SubElement(association, "bpmn:sourceRef").text = flow.source.id
        ET.SubElement(association, "bpmn:targetRef").text = f"{element.id}_held"
    for flow in given:
        association = ET.SubElement(told, "bpmn:dataOutputAssociation", {"id": flow.id})
        ET.SubElement(association, "bpmn:sourceRef").text = f"{element.id}_held"
        ET.SubElement(association, "bpmn:targetRef").text = flow.target.id


def _ends(flow: Flow) -> dict[str, str]:
    label = clean(flow.arrow.label)
    weight = f" ({flow.arrow.weight})" if flow.arrow.weight > 1 else ""
    name = {"name": label + weight} if label else {}
    return {"id": flow.id, **name, "sourceRef": flow.source.id, "targetRef": flow.target.id}


def _documented(parent: ET.Element, *said: str) -> None:
    parent.extend(_documents("\n".join(clean(each) for each in said if each)))


def _documents(said: str) -> Iterator[ET.Element]:
    if said:
        documentation = ET.Element("bpmn:documentation")
        documentation.text = said
        yield documentation
