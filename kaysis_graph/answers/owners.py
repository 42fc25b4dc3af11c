"""Whose a record is: the institution that answers for it."""

import numpy as np

from kaysis_graph.graph.columns import Ints
from kaysis_graph.graph.structure import institution_of
from kaysis_graph.graph.view import View

# Looked up in turn until an organisation is met.
_OWNERS = ("PROVIDED_BY", "ISSUED_BY", "OPERATED_BY", "AT", "SENT_BY")


def institutions(view: View, positions: Ints) -> Ints:
    """The institution each record belongs to on the day; -1 for those that belong to none.

    An organisation's own; a service's by its provider; a step's by its service; a provision's by its act; an act's,
    a document's, a system's by who issues or operates it; of several owners the lowest identifier.
    """
    organisations = view.records.of_kinds("Organisation")
    holder = positions.copy()
    # guess: a step leads to its service and that to its provider; provisions nest five deep.
    for _ in range(8):
        lost = ~organisations[holder]
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
    return np.where(organisations[holder], view.once(institution_of)[holder], np.int32(-1)).astype(np.int32)
