"""A diagram as BPMN 2.0 sees it: pools, activities and events, and the flows between them.

Each lane is a pool with a process of its own: institutions do not share one. So an arrow inside a lane is a sequence
flow, an arrow between lanes a message flow, which is what the standard asks (BPMN 2.0.2, 7.5.1 and 7.5.2). A diagram
without lanes is one pool. Every node is one flow node and every arrow one flow.
"""

import re
from dataclasses import dataclass
from typing import Literal

from kaysis_graph.render.diagram import Arrow, Diagram, Node
from kaysis_graph.render.shapes import shape_of

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


def model_of(diagram: Diagram, pools: list[int | None]) -> Model:
    """The model of a diagram whose lanes, by position, are these pools; None is the pool of nodes without a lane."""
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


def _name(prefix: str, identifier: str, taken: set[str]) -> str:
    """A name XML allows that tells the record, the same for the same diagram."""
    name = f"{prefix}_{_NOT_IN_A_NAME.sub('_', identifier)}"
    # The names derived from this one must be new too.
    while any(f"{name}{ending}" in taken for ending in ("", "_data", "_held")):
        name += "_"
    taken.update(f"{name}{ending}" for ending in ("", "_data", "_held"))
    return name
