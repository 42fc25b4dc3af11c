"""Whom the benchmark asks about: what is typical of the graph, and the worst hub there is."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from kaysis_graph.facts.institutions import institution_of, is_institution
from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.view import View
from kaysis_graph.graph.walks import subtree

# So many hubs are looked at for the one with the most under it.
_LOOKED_AT = 40


@dataclass(frozen=True)
class Subjects:
    """The identifiers asked about; `hub` has the most of what the answer tells, `typical` is in the middle."""

    typical_institution: str
    hub_institution: str
    typical_whole: str
    hub_whole: str
    typical_act: str
    hub_act: str
    unit: str
    first_service: str
    last_service: str


def chosen_subjects(graph: Graph, at: date) -> Subjects:
    """The subjects of the graph on the day, the same for the same graph."""
    view = graph.on(at)
    ids = view.records.ids
    by_services = _institutions_by_services(view)
    institutions = np.flatnonzero(view.once(is_institution))
    direct = np.diff(view.adjacency("PART_OF", "into").starts)[institutions]
    largest = institutions[np.argsort(direct, kind="stable")[::-1][:_LOOKED_AT]]
    hub_whole = max((int(position) for position in largest), key=lambda position: len(subtree(view, position)))
    with_units = institutions[direct > 0]
    acts = np.flatnonzero(view.records.of_kinds("Legislation"))
    based = np.diff(view.adjacency("BASED_ON", "into").starts)[acts]
    carrying = acts[based > 0]
    services = np.flatnonzero(view.records.of_kinds("Service"))
    units = view.adjacency("PROVIDED_BY", "out").of(int(services[len(services) // 2]))
    return Subjects(
        typical_institution=str(ids[by_services[len(by_services) // 2]]),
        hub_institution=str(ids[by_services[-1]]),
        typical_whole=str(ids[with_units[len(with_units) // 2]]),
        hub_whole=str(ids[hub_whole]),
        typical_act=str(ids[carrying[np.argsort(based[based > 0], kind="stable")[len(carrying) // 2]]]),
        hub_act=str(ids[acts[int(based.argmax())]]),
        unit=str(ids[units[0]]),
        first_service=str(ids[services[0]]),
        last_service=str(ids[services[-1]]),
    )


def _institutions_by_services(view: View) -> list[int]:
    """The institutions that offer services, those with the fewest first."""
    edges = view.edges["PROVIDED_BY"]
    providers = edges.target[view.all_holding("PROVIDED_BY")]
    counts = np.bincount(view.once(institution_of)[providers], minlength=len(view))
    offering = np.flatnonzero(counts)
    return [int(position) for position in offering[np.argsort(counts[offering], kind="stable")]]
