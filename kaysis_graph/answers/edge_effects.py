"""Whether a repeal or amendment, seen as an edge of a record, has any effect."""

from datetime import date

from kaysis_graph.facts import legal_force
from kaysis_graph.graph.view import View
from kaysis_graph.records.edges import Direction, NamedEdge

EFFECT_TYPES = ("REPEALS", "AMENDS")


def has_effect(view: View, identifier: str, direction: Direction, edge: NamedEdge) -> bool:
    """False where what the edge comes from was not in force on its day; edges of other types all have one."""
    source, target = (identifier, edge.other.id) if direction == "out" else (edge.other.id, identifier)
    first = edge.fields.get("valid_from")
    return legal_force.has_effect(view, source, target, edge.type, first if isinstance(first, date) else None)
