"""Two more peers: the bare driver asking the twin of an answer, and networkx where it has the walk."""

from collections.abc import Callable
from datetime import date
from typing import Any

import networkx as nx
import numpy as np
from questions import BenchmarkQuestion

from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.queries import load
from kaysis_graph.graph.view import View


def twin_of(graph: Graph, question: BenchmarkQuestion, at: date) -> Callable[[], int] | None:
    """Asks the engine the twin and fetches its rows without turning them into anything; None where there is none."""
    if question.twin is None:
        return None
    query = load(question.twin)
    if query.names:
        query = query.named(**dict.fromkeys(query.names, "BASED_ON"))
    institutions = sorted(graph.schema.codes["organisation_category"].marked("institution"))
    known: dict[str, Any] = {
        **question.values, "at": at, "categories": institutions, "types": list(graph.schema.edge_types), "avoid": [],
        "units": "own",
    }  # fmt: skip
    given = {key: value for key, value in known.items() if key in query.takes}
    engine = graph.store.engine

    def ask() -> int:
        with engine.driver.session(database=engine.database) as session:
            return len(session.run(query.text, given).values())

    return ask


class Networkx:
    """The ties, bases and all edges of a day as networkx keeps them, with the walks it has."""

    def __init__(self, view: View) -> None:
        """Takes the edges that hold on the day of the view."""
        self.view = view
        ids = view.records.ids
        self.ids = [str(name) for name in ids]
        self.ties: nx.DiGraph[int] = nx.DiGraph()
        self.bases: nx.DiGraph[int] = nx.DiGraph()
        self.directly: nx.DiGraph[int] = nx.DiGraph()
        self.everything: nx.Graph[int] = nx.Graph()
        is_provision = view.records.of_kinds("Provision")
        for edge_type, columns in view.edges.items():
            rows = view.all_holding(edge_type)
            pairs = np.column_stack([columns.source[rows], columns.target[rows]])
            self.everything.add_edges_from(pairs.tolist())
            if edge_type == "PART_OF":
                self.ties.add_edges_from(pairs.tolist())
                self.bases.add_edges_from(pairs[is_provision[pairs[:, 0]]].tolist())
            if edge_type == "BASED_ON":
                self.bases.add_edges_from(pairs.tolist())
                self.directly.add_edges_from(pairs.tolist())

    def walk_of(self, question: BenchmarkQuestion) -> Callable[[], int] | None:
        """The walk of the question, giving its count; None where networkx has none for it."""
        place = self.view.records.position_of
        match question.walk:
            case "under" | "above":
                walk = nx.ancestors if question.walk == "under" else nx.descendants
                unit = place[question.values["id"]]
                return lambda: len([self.ids[found] for found in walk(self.ties, unit)])
            case "resting":
                act = place[question.values["id"]]
                return lambda: self._resting(act)
            case "path":
                source, target = place[question.values["source"]], place[question.values["target"]]
                return lambda: len(nx.bidirectional_shortest_path(self.everything, source, target)) - 1
        return None

    def _resting(self, act: int) -> int:
        """How many rest on the act, its provisions and what rests on those; provisions that rest on nothing do not."""
        bases = nx.ancestors(self.bases, act) | {act} if act in self.bases else {act}
        found = {above for base in bases if base in self.directly for above in self.directly.predecessors(base)}
        return len(found - {act})
