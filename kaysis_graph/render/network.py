"""What the boxes of a picture are to its whole network: who stands between others, and who belongs together."""

from collections.abc import Mapping
from dataclasses import dataclass

import networkx as nx

from kaysis_graph.render.diagram import Diagram

# Betweenness takes each box to each arrow: 0.7 s for 300 boxes with 1,500 arrows, 2 s for 500 with 2,500, 43 s for
# 2,000 with 8,000. No picture that is drawn for the eye has so many; one of an explorer may.
_MOST_STEPS = 450_000


@dataclass(frozen=True)
class NetworkPlace:
    """Where a box stands in the network.

    `betweenness` is the part of the shortest ways along the arrows, from any other box to any other, that go over it:
    0 for none, 1 for all. `community` numbers the groups that have more arrows among themselves than chance would
    give them (Louvain, by the weights of the arrows); 1 is the largest.
    """

    betweenness: float
    community: int


def network_places(diagram: Diagram) -> Mapping[str, NetworkPlace]:
    """The place of each box by its identifier; none for a picture without arrows, or with too many to be counted."""
    if not diagram.arrows or len(diagram.nodes) * len(diagram.arrows) > _MOST_STEPS:
        return {}
    network: nx.DiGraph[str] = nx.DiGraph()
    network.add_nodes_from(node.id for node in diagram.nodes)
    for arrow in diagram.arrows:
        before = network.get_edge_data(arrow.source, arrow.target, {"weight": 0})["weight"]
        network.add_edge(arrow.source, arrow.target, weight=before + arrow.weight)
    between = nx.betweenness_centrality(network)
    # Louvain goes through the boxes in an order of chance: with a seed the same picture has the same groups.
    groups = nx.community.louvain_communities(network, seed=0)
    order = {node.id: place for place, node in enumerate(diagram.nodes)}
    ranked = sorted(groups, key=lambda group: (-len(group), min(order[held] for held in group)))
    community = {held: number for number, group in enumerate(ranked, 1) for held in group}
    return {node.id: NetworkPlace(round(between[node.id], 6), community[node.id]) for node in diagram.nodes}
