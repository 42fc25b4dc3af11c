"""Assumptions and what follows from them: the graph of a day as it would be without some records.

An act or provision is repealed, an organisation is closed with its own units, a document or datum is no longer issued,
and anything else ends. What follows by itself is followed: a service that nobody offers any more, or that has lost
its only ground, stops; what it alone produced is produced by nobody. An act that has lost its only ground stays in
force, as the law has it, unless the chain is asked for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from kaysis_graph.answers.answer import kind_name
from kaysis_graph.facts import legal_basis, legal_force
from kaysis_graph.facts.institutions import units_meant
from kaysis_graph.graph.columns import Ints, Mask
from kaysis_graph.graph.view import View

How = Literal["repealed", "closed", "no_longer_issued", "ended"]
Chain = Literal["first", "all"]
_HOW: dict[str, How] = {
    "Legislation": "repealed",
    "Provision": "repealed",
    "Organisation": "closed",
    "Document": "no_longer_issued",
    "DataElement": "no_longer_issued",
}


@dataclass(frozen=True)
class Assumption:
    """The day as it is and as it would be.

    `own` are the provisions and units that go with each record assumed. `stopped` marks the services that stop,
    `groundless` the acts that lose their only ground, with the round in which each did; `depth` is 0 elsewhere.
    """

    before: View
    after: View
    assumed: tuple[int, ...]
    own: tuple[Ints, ...]
    stopped: Mask
    groundless: Mask
    depth: Ints


def how_assumed(kind: str) -> How:
    """What is assumed of a record of the kind."""
    return _HOW.get(kind, "ended")


def assume(view: View, assumed: Sequence[int], chain: Chain = "first") -> Assumption:
    """The view as it would be if these records ended on its day, and what stops with them."""
    own = tuple(_own(view, each) for each in assumed)
    ended = np.unique(np.array([*assumed, *(place for held in own for place in held.tolist())], np.int32))
    gone = np.zeros(len(view), np.bool_)
    gone[ended] = True
    edges = _ended_edges(view, gone)
    stopped, groundless = np.zeros((2, len(view)), np.bool_)
    depth = np.zeros(len(view), np.int32)
    already = np.zeros(len(view), np.bool_)
    already[legal_force.unfounded_in_all(view).acts] = True
    services = view.records.of_kinds("Service") & view.valid
    after = view.assuming(ended, edges)
    # Each round ends at least one record more, so there are no more rounds than records.
    for number in range(1, len(view) + 2):
        stopping = services & ~gone & (_without_offerer(view, gone) | _without_ground(view, after))
        losing = np.zeros(len(view), np.bool_)
        losing[legal_force.unfounded_in_all(after).acts] = True
        losing &= ~already & ~groundless & ~gone
        depth[stopping | losing] = number
        stopped |= stopping
        groundless |= losing
        further = stopping | losing if chain == "all" else stopping
        if not further.any():
            break
        gone |= further
        after = view.assuming(np.flatnonzero(gone).astype(np.int32), edges)
    return Assumption(view, after, tuple(assumed), own, stopped, groundless, depth)


def _own(view: View, position: int) -> Ints:
    match how_assumed(kind_name(view, position)):
        case "repealed":
            return legal_basis.own_provisions(view, position)
        case "closed":
            units = units_meant(view, position).copy()
            units[position] = False
            return np.flatnonzero(units & view.valid).astype(np.int32)
        case _:
            return np.empty(0, np.int32)


def _ended_edges(view: View, gone: Mask) -> dict[str, Ints]:
    """A closed unit offers nothing any more, and what is no longer issued is made by nobody."""
    found = {}
    for edge_type, kinds in (("PROVIDED_BY", ("Organisation",)), ("PRODUCES", ("Document", "DataElement"))):
        rows = view.all_holding(edge_type)
        rows = rows[(gone & view.records.of_kinds(*kinds))[view.edges[edge_type].target[rows]]]
        if len(rows):
            found[edge_type] = rows
    return found


def _without_offerer(view: View, gone: Mask) -> Mask:
    """The services of which somebody who is there offered each, and nobody of these is left."""
    rows = view.all_holding("PROVIDED_BY")
    columns = view.edges["PROVIDED_BY"]
    service, unit = columns.source[rows], columns.target[rows]
    was, stays = np.zeros((2, len(view)), np.bool_)
    was[service[view.valid[unit]]] = True
    stays[service[view.valid[unit] & ~gone[unit]]] = True
    return was & ~stays


def _without_ground(view: View, after: View) -> Mask:
    """What stood on legislation that had not ended, and has none of it left."""
    rows = view.all_holding("BASED_ON")
    columns = view.edges["BASED_ON"]
    source, base = columns.source[rows], columns.target[rows]
    was, stays = np.zeros((2, len(view)), np.bool_)
    was[source[~view.once(legal_force.ended)[base]]] = True
    stays[source[~after.once(legal_force.ended)[base]]] = True
    return was & ~stays
