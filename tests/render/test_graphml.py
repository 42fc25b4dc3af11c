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


def test_hostile_text_and_an_empty_diagram_stay_well_formed() -> None:
    hostile = (Node(HOSTILE, HOSTILE, "service", HOSTILE, HOSTILE),)
    drawn = replace(diagram(0, []), title=HOSTILE, nodes=hostile, arrows=(Arrow(HOSTILE, HOSTILE, HOSTILE),))
    assert read_back(drawn).number_of_edges() == 1
    assert read_back(diagram(0, [])).number_of_nodes() == 0
