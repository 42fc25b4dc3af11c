"""Whose a record is: the unit it is first tied to, and the institution that unit belongs to."""

import numpy as np

from kaysis_graph.facts.institutions import institution_of
from kaysis_graph.graph.columns import Ints, distinct
from kaysis_graph.graph.view import View

# Looked up in turn until an organisation is met.
_OWNERS = ("PROVIDED_BY", "ISSUED_BY", "OPERATED_BY", "AT", "SENT_BY")


def institutions(view: View, positions: Ints) -> Ints:
    """The institution each record belongs to on the day; -1 for those that belong to none."""
    holder = holders(view, positions)
    return np.where(holder < 0, np.int32(-1), view.once(institution_of)[holder]).astype(np.int32)


def several_institutions(view: View, positions: Ints) -> dict[int, int]:
    """How many institutions provide, issue or operate a record, for those of the records that several do."""
    counted: dict[int, int] = {}
    institution = view.once(institution_of)
    for edge_type in _OWNERS:
        adjacency = view.adjacency(edge_type, "out")
        for place in positions[adjacency.counts(positions) > 1].tolist():
            counted.setdefault(place, len(distinct(institution[adjacency.of(place)])))
    return {place: count for place, count in counted.items() if count > 1}


def holders(view: View, positions: Ints) -> Ints:
    """The organisation that each record belongs to on the day, a unit as a rule; -1 for those that belong to none.

    An organisation itself; a service's by its provider; a step's by its service; a provision's by its act; an act's,
    a document's, a system's by who issues or operates it; of several owners the lowest identifier.
    """
    holder = positions.copy()
    # guess: a step leads to its service and that to its provider; provisions nest five deep.
    for _ in range(8):
        lost = ~view.records.are(holder, "Organisation")
        if not lost.any():
            break
        moved = np.zeros(len(holder), np.bool_)
        for edge_type in (*_OWNERS, "PART_OF"):
            adjacency = view.adjacency(edge_type, "out")
            climbing = lost & ~moved & (adjacency.counts(holder) > 0)
            holder[climbing] = adjacency.neighbours[adjacency.starts[holder[climbing]]]
            moved |= climbing
        if not moved.any():
            break
    return np.where(view.records.are(holder, "Organisation"), holder, np.int32(-1)).astype(np.int32)
