"""GraphML: read back by networkx, it is the diagram."""

import io
from dataclasses import replace

import networkx as nx
from test_svg import HOSTILE, crowd, diagram

from kaysis_graph.render import graphml
from kaysis_graph.render.diagram import Arrow, Diagram, Node


def read_back(drawn: Diagram) -> "nx.MultiDiGraph[str]":
    graph = nx.read_graphml(io.BytesIO(graphml.render(drawn).encode()), force_multigraph=True)
    assert isinstance(graph, nx.MultiDiGraph)
    return graph


def test_nodes_and_parallel_arrows_come_back() -> None:
    drawn = crowd(10, 2, 100, 4)
    graph = read_back(drawn)
    assert set(graph.nodes) == {node.id for node in drawn.nodes}
    assert graph.number_of_edges() == len(drawn.arrows)


def test_attributes_come_back_with_their_types() -> None:
    node = Node("a", "Nüfus kayıt örneği", "document", None, "DBYS 2001", None, 3, frozenset({"ended", "unverified"}))
    drawn = replace(diagram(0, []), nodes=(node,), arrows=(Arrow("a", "a", "içerir", "not", 7),))
    graph = read_back(drawn)
    shown = graph.nodes["a"]
    assert (shown["title"], shown["shape"]) == ("Nüfus kayıt örneği", "document")
    assert '<data key="label">Nüfus kayıt örneği</data>' in graphml.render(drawn)
    assert (shown["count"], shown["tags"], shown["note"]) == (3, "ended unverified", "DBYS 2001")
    ((_, _, edge),) = graph.edges(data=True)
    assert (edge["label"], edge["note"], edge["weight"]) == ("içerir", "not", 7.0)


def test_a_box_between_two_groups_says_so_and_each_group_has_its_number() -> None:
    circle = [("a", "b"), ("b", "c"), ("c", "a"), ("c", "door"), ("door", "x"), ("x", "y"), ("y", "x"), ("x", "door")]
    nodes = tuple(Node(held, held, "service") for held in ("a", "b", "c", "door", "x", "y"))
    drawn = replace(diagram(0, []), nodes=nodes, arrows=tuple(Arrow(*ends, weight=5) for ends in circle))
    shown = read_back(drawn).nodes
    # Six of the twenty ways between two others go over the door: from a, b and c to x and to y.
    assert shown["door"]["betweenness"] == 0.3
    assert shown["a"]["community"] == shown["b"]["community"] == shown["c"]["community"]
    assert shown["x"]["community"] == shown["y"]["community"] != shown["a"]["community"]
    assert graphml.render(drawn) == graphml.render(drawn)


def test_a_crowd_too_large_to_be_counted_goes_without_its_places() -> None:
    assert all("community" not in node for node in read_back(crowd(10, 100, 500, 4)).nodes.values())


def test_hostile_text_and_an_empty_diagram_stay_well_formed() -> None:
    hostile = (Node(HOSTILE, HOSTILE, "service", HOSTILE, HOSTILE),)
    drawn = replace(diagram(0, []), title=HOSTILE, nodes=hostile, arrows=(Arrow(HOSTILE, HOSTILE, HOSTILE),))
    assert read_back(drawn).number_of_edges() == 1
    assert read_back(diagram(0, [])).number_of_nodes() == 0
