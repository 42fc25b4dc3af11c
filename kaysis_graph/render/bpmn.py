"""A diagram as BPMN 2.0 with diagram interchange, drawn where the SVG draws it.

Each lane is a pool with a process of its own: institutions do not share one. So an arrow inside a lane is a sequence
flow, an arrow between lanes a message flow, which is what the standard asks (BPMN 2.0.2, 7.5.1 and 7.5.2). A diagram
without lanes is one pool. Every node is one flow node and every arrow one flow.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from xml.etree import ElementTree as ET

from kaysis_graph.messages import say
from kaysis_graph.render.diagram import Arrow, Diagram, Node
from kaysis_graph.render.interchange import draw
from kaysis_graph.render.layout import layout
from kaysis_graph.render.shapes import shape_of
from kaysis_graph.render.typeset import clean

_NAMESPACES = {
    "xmlns:bpmn": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "xmlns:bpmndi": "http://www.omg.org/spec/BPMN/20100524/DI",
    "xmlns:dc": "http://www.omg.org/spec/DD/20100524/DC",
    "xmlns:di": "http://www.omg.org/spec/DD/20100524/DI",
}
_TASKS = {
    "correspondence_step": "sendTask",
    "initials": "userTask",
    "signature": "userTask",
    "system": "serviceTask",
}
_DATA = ("document", "data_element")
_NOT_IN_A_NAME = re.compile(r"[^A-Za-z0-9_.-]")

FlowKind = Literal["sequence", "message", "input", "output"]


@dataclass(frozen=True)
class Element:
    """A node as an element of BPMN: its identifier, its name in the standard, the pool it lies in."""

    id: str
    type: str
    pool: int
    node: Node


@dataclass(frozen=True)
class Flow:
    """An arrow as a flow: along a sequence, between pools, or of data into or out of an activity."""

    id: str
    kind: FlowKind
    source: Element
    target: Element
    arrow: Arrow


@dataclass(frozen=True)
class Model:
    """A diagram as BPMN sees it: elements in the order of its nodes, flows in the order of its arrows."""

    diagram: Diagram
    elements: tuple[Element, ...]
    flows: tuple[Flow, ...]


def render(diagram: Diagram) -> str:
    """The diagram as one XML document; the same diagram gives the same bytes."""
    placed = layout(diagram)
    pools = [band.lane for band in placed.bands] or [None]
    model = _model(diagram, pools)
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


def _model(diagram: Diagram, pools: list[int | None]) -> Model:
    pool_of = {diagram.lanes[lane].id: pool for pool, lane in enumerate(pools) if lane is not None}
    outside = pools.index(None) if None in pools else 0
    pool = {node.id: pool_of.get(node.lane or "", outside) for node in diagram.nodes}
    shapes = {node.id: shape_of(node.shape) for node in diagram.nodes}
    into: dict[str, list[str]] = {node.id: [] for node in diagram.nodes}
    out: dict[str, list[str]] = {node.id: [] for node in diagram.nodes}
    for arrow in diagram.arrows:
        into[arrow.target].append(arrow.source)
        out[arrow.source].append(arrow.target)

    def type_of(node: Node) -> str:
        ends = (*into[node.id], *out[node.id])
        is_own = all(pool[end] == pool[node.id] for end in ends)
        # Events take no part in what is sent between pools here; one that does is drawn as the task it then is.
        match shapes[node.id]:
            case "beginning" if is_own and not into[node.id]:
                return "startEvent"
            case "ending" if is_own and not out[node.id]:
                return "endEvent"
            case shape if shape in _DATA:
                # Only activities exchange messages, and only activities take data in or give it out.
                others = any(shapes[end] in (*_DATA, "beginning", "ending") for end in ends)
                is_data = ends and is_own and not others and not (into[node.id] and out[node.id])
                return "dataObjectReference" if is_data else "task"
            case shape:
                return _TASKS.get(shape, "task")

    taken: set[str] = set()
    elements = {
        node.id: Element(_name("Node", node.id, taken), type_of(node), pool[node.id], node) for node in diagram.nodes
    }
    flows = []
    for number, arrow in enumerate(diagram.arrows):
        source, target = elements[arrow.source], elements[arrow.target]
        flows.append(Flow(f"Flow_{number}", _flow_kind(source, target), source, target, arrow))
    return Model(diagram, tuple(elements.values()), tuple(flows))


def _flow_kind(source: Element, target: Element) -> FlowKind:
    if source.type == "dataObjectReference":
        return "input"
    if target.type == "dataObjectReference":
        return "output"
    return "sequence" if source.pool == target.pool else "message"


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


def _name(prefix: str, identifier: str, taken: set[str]) -> str:
    """A name XML allows that tells the record, the same for the same diagram."""
    name = f"{prefix}_{_NOT_IN_A_NAME.sub('_', identifier)}"
    # The names derived from this one must be new too.
    while any(f"{name}{ending}" in taken for ending in ("", "_data", "_held")):
        name += "_"
    taken.update(f"{name}{ending}" for ending in ("", "_data", "_held"))
    return name
