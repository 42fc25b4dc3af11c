"""Lane pictures as BPMN 2.0: read back by the reader of bpmn-js, and held against the picture and its layout."""

import json
import shutil
import subprocess
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from flow_questions import of_institution, of_service, of_state

from kaysis_graph.flows.picture import flow_diagram
from kaysis_graph.graph.graph import Graph
from kaysis_graph.render import bpmn
from kaysis_graph.render.diagram import Arrow, Diagram, Lane, Node
from kaysis_graph.render.layout.arrangement import layout
from kaysis_graph.services import service_card
from kaysis_graph.services.process_picture import process_diagram

pytestmark = pytest.mark.pages

HERE = Path(__file__).parents[1]
MODDLE = HERE.parent / "ui" / "explorer" / "node_modules" / "bpmn-moddle"
TODAY = date(2026, 11, 23)
# With steps between units and institutions, with a choice of papers, with neither papers nor products.
SERVICES = ("heys-41001", "heys-41002", "heys-41006", "heys-41019", "heys-41028", "heys-41031", "heys-41105")


@dataclass(frozen=True)
class Read:
    """What bpmn-moddle finds in a document."""

    warnings: list[str]
    unresolved: list[str]
    participants: list[tuple[str, str, str]]
    messages: list[tuple[str, str, str, str]]
    nodes: list[tuple[str, str, str, str]]
    sequences: list[tuple[str, str, str, str]]
    data: list[tuple[str, str, str]]
    shapes: list[tuple[str, float, float, float, float]]
    edges: list[tuple[str, list[tuple[float, float]]]]


@dataclass(frozen=True)
class Picture:
    """A picture with the document it gives and what is found in that."""

    name: str
    diagram: Diagram
    document: str
    read: Read


def read(*documents: str) -> list[Read]:
    node = shutil.which("node", path=str(HERE.parent / ".venv" / "bin")) or shutil.which("node")
    if node is None or not MODDLE.is_dir():
        pytest.skip("bpmn-moddle is not installed (make setup)")
    asked = json.dumps(documents)
    told = subprocess.run([node, str(HERE / "bpmn_read.mjs")], input=asked, capture_output=True, text=True, check=True)
    found: list[dict[str, Any]] = json.loads(told.stdout)
    return [Read(**{name: [_row(held) for held in rows] for name, rows in each.items()}) for each in found]


def _row(held: Any) -> Any:
    return tuple(held) if isinstance(held, list) else held


@pytest.fixture(scope="module")
def pictures(sample: Graph) -> list[Picture]:
    """The processes of services, and the data flows of an institution, of a service and of the whole state."""
    drawn = {
        identifier: process_diagram(service_card.of(sample, identifier, TODAY), sample.schema, "tr")
        for identifier in SERVICES
    }
    drawn["institution"] = flow_diagram(of_institution(sample, "99007301", TODAY), "en")
    drawn["service"] = flow_diagram(of_service(sample, "heys-41008", TODAY), "tr")
    drawn["state"] = flow_diagram(of_state(sample, TODAY), "tr")
    documents = [bpmn.render(diagram) for diagram in drawn.values()]
    found = read(*documents)
    return [
        Picture(name, diagram, document, each)
        for (name, diagram), document, each in zip(drawn.items(), documents, found, strict=True)
    ]


def test_every_lane_picture_is_read_without_a_warning(pictures: list[Picture]) -> None:
    for name, diagram, found in ((each.name, each.diagram, each.read) for each in pictures):
        assert (name, found.warnings, found.unresolved) == (name, [], [])
        assert len(found.participants) == len(layout(diagram).bands)


def test_nodes_and_arrows_are_as_many_as_in_the_picture(pictures: list[Picture]) -> None:
    for name, diagram, found in ((each.name, each.diagram, each.read) for each in pictures):
        assert (name, len(found.nodes)) == (name, len(diagram.nodes))
        flows_found = len(found.messages) + len(found.sequences) + len(found.data)
        assert (name, flows_found) == (name, len(diagram.arrows))
        assert sorted(node.title for node in diagram.nodes) == sorted(row[2] for row in found.nodes)


def test_messages_cross_pools_and_sequences_stay_inside(pictures: list[Picture]) -> None:
    for found in (each.read for each in pictures):
        pool = {row[0]: row[3] for row in found.nodes}
        types = {row[0]: row[1] for row in found.nodes}
        for _, _, source, target in found.messages:
            assert pool[source] != pool[target]
            assert {types[source], types[target]}.isdisjoint(
                {"bpmn:StartEvent", "bpmn:EndEvent", "bpmn:DataObjectReference"}
            )
        for _, _, source, target in found.sequences:
            assert pool[source] == pool[target]
            assert types[target] != "bpmn:StartEvent"
            assert types[source] != "bpmn:EndEvent"
        for _, source, target in found.data:
            assert pool[source] == pool[target]


def test_everything_is_drawn_once_where_the_svg_draws_it(pictures: list[Picture]) -> None:
    for found, placed in ((each.read, layout(each.diagram)) for each in pictures):
        participants = [row[0] for row in found.participants]
        assert sorted(row[0] for row in found.shapes) == sorted([*participants, *(row[0] for row in found.nodes)])
        connections = [row[0] for row in (*found.messages, *found.sequences, *found.data)]
        assert sorted(row[0] for row in found.edges) == sorted(connections)
        drawn = [row[1:] for row in found.shapes if row[0] not in participants]
        for box, (x, y, width, height) in zip(placed.boxes, drawn, strict=True):
            assert box.x <= x
            assert x + width <= box.x + box.width
            assert y >= box.y
            assert y + height <= box.y + box.height
        corners = {row[0]: row[1] for row in found.edges}
        for route in placed.routes:
            waypoints = [tuple(point) for point in corners[f"Flow_{route.arrow}"]]
            assert len(waypoints) >= 2
            assert set(route.points) <= set(waypoints)
        bounds = {row[0]: row[1:] for row in found.shapes}
        pool = {row[2]: row[0] for row in found.participants}
        for identifier, _, _, process in found.nodes:
            left, top, width, height = bounds[pool[process]]
            x, y, wide, high = bounds[identifier]
            assert left <= x
            assert x + wide <= left + width
            assert top <= y
            assert y + high <= top + height


def test_identifiers_are_unique_and_names_of_xml(pictures: list[Picture]) -> None:
    for document in (each.document for each in pictures):
        found = [each.get("id") for each in ET.fromstring(document).iter() if each.get("id")]
        assert len(found) == len(set(found))
        assert all(
            name is not None and name.replace("_", "a").replace("-", "a").replace(".", "a").isalnum() for name in found
        )


def test_paraf_and_imza_are_tasks_of_people_and_letters_are_sent(pictures: list[Picture]) -> None:
    found = next(each.read for each in pictures if each.name == "heys-41019")
    types = {name: kind for _, kind, name, _ in found.nodes}
    assert types["Hizmete ihtiyaç duyulur"] == "bpmn:StartEvent"
    assert types["Hizmet tamamlanır"] == "bpmn:EndEvent"
    assert types["Belgenin parafı"] == types["Belgenin imzası"] == "bpmn:UserTask"
    assert types["Tapu kaydının sorulması"] == "bpmn:SendTask"
    # What the applicant writes stays in the applicant's pool; what others make is sent from theirs.
    assert types["Dilekçe"] == "bpmn:DataObjectReference"
    assert types["Tapu kayıt örneği"] == "bpmn:Task"


def picture(**more: Any) -> Diagram:
    nodes = (
        Node("a b", 'Bir <\u0007> & "iki"', "beginning", lane="bir", count=3),
        Node("a_b", "Üç", "document", lane="iki", note="not", tags=frozenset({"ended"})),
        Node("c", "Dört", "ending"),
    )
    arrows = (Arrow("a b", "a_b", "taşır", "nasıl", weight=2), Arrow("c", "a_b"), Arrow("c", "c"))
    lanes = (Lane("bir", "Bir kurum"), Lane("iki", "İki kurum", "notu"), Lane("bos", "Boş"))
    return Diagram("Başlık", "hakkında", nodes, arrows, "tr", **({"lanes": lanes, "layout": "lanes"} | more))


def test_events_that_exchange_messages_are_tasks_and_odd_names_are_kept_apart() -> None:
    (found,) = read(bpmn.render(picture()))
    assert found.warnings == []
    assert [(row[0], row[1]) for row in found.nodes] == [
        ("Node_a_b", "bpmn:Task"),
        ("Node_a_b_", "bpmn:Task"),
        ("Node_c", "bpmn:Task"),
    ]
    assert found.nodes[0][2] == 'Bir < > & "iki"'
    assert [row[1] for row in found.messages] == ["taşır (2)", ""]
    assert len(found.sequences) == 1
    assert sorted(row[1] for row in found.participants) == ["Bir kurum", "Boş", "Kurumu bilinmeyen", "İki kurum"]


def test_a_picture_without_lanes_is_one_pool() -> None:
    (found,) = read(bpmn.render(picture(lanes=(), layout="layers")))
    assert found.warnings == []
    assert [row[1] for row in found.participants] == ["Başlık"]
    assert found.messages == []
    assert len(found.sequences) + len(found.data) == 3


def test_the_same_picture_gives_the_same_bytes() -> None:
    assert bpmn.render(picture()) == bpmn.render(picture())
