"""What a record's RDF rests on beside the record itself: how it stands among the others on the day of a view."""

from collections.abc import Callable, Mapping

import numpy as np

from kaysis_graph.facts.legal_force import in_force, repealed, repeals
from kaysis_graph.graph.columns import Mask, frozen
from kaysis_graph.graph.view import View

RecordRole = Callable[[View], Mask]
# guess: article, paragraph, clause, sub-clause and annexes nest five deep; the rest is for cycles to end in.
_DEEPEST_PROVISION = 16


def described(view: View) -> Mask:
    """Marks what the graph of the day describes: what is valid, and what has ended but is still pointed at.

    A service that rests on an act that has ended must show it as ended, not lose it.
    """
    marked = view.valid.copy()
    for edge_type, columns in view.edges.items():
        marked[columns.target[view.all_holding(edge_type)]] = True
    return frozen(marked)


def required(view: View) -> Mask:
    """Marks what a service asks for."""
    return _at_end(view, "REQUIRES", leaving=False)


def produced(view: View) -> Mask:
    """Marks what a service results in."""
    return _at_end(view, "PRODUCES", leaving=False)


def offered(view: View) -> Mask:
    """Marks the services that somebody offers: without a competent authority none is a public service (CPSV-AP)."""
    return _at_end(view, "PROVIDED_BY", leaving=True)


ROLES: Mapping[str, RecordRole] = {"offered": offered, "required": required, "produced": produced}
"""The roles that classes rest on (`rdf_when` in `ontology/kinds/`)."""


def placed(view: View) -> Mask:
    """Marks the organisations whose place is known."""
    return _at_end(view, "LOCATED_IN", leaving=True)


def with_steps(view: View) -> Mask:
    """Marks the services that correspondence steps are part of."""
    marked = np.zeros(len(view), np.bool_)
    columns = view.edges["PART_OF"]
    rows = view.all_holding("PART_OF")
    is_step = view.records.of_kinds("CorrespondenceStep")[columns.source[rows]]
    marked[columns.target[rows[is_step]]] = True
    return frozen(marked)


def whole_in_force(view: View) -> Mask:
    """Marks the acts and provisions in force of which no part was repealed (ELI: inForce, else partiallyInForce)."""
    marked = view.once(in_force).copy()
    columns = view.edges["REPEALS"]
    effects = view.once(repeals)
    marked[columns.target[effects.done & columns.is_secondary]] = False
    part_of = view.edges["PART_OF"]
    # An article that was repealed is still a part, though its days may be over.
    rows = np.flatnonzero(
        (part_of.valid_from <= view.day)
        & (view.day < part_of.valid_to)
        & (view.valid | view.once(repealed))[part_of.source]
        & view.records.of_kinds("Provision")[part_of.source]
    )
    parts, wholes = part_of.source[rows], part_of.target[rows]
    broken = view.once(repealed) | (view.once(in_force) & ~marked)
    for _ in range(_DEEPEST_PROVISION):
        touched = wholes[broken[parts]]
        if broken[touched].all():
            break
        broken = broken.copy()
        broken[touched] = True
        marked[touched] = False
    return frozen(marked)


def _at_end(view: View, edge_type: str, *, leaving: bool) -> Mask:
    marked = np.zeros(len(view), np.bool_)
    columns = view.edges[edge_type]
    marked[(columns.source if leaving else columns.target)[view.all_holding(edge_type)]] = True
    return frozen(marked)
