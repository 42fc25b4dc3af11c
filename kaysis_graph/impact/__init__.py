"""Impact: what falls with a record, and what would change if acts, units or documents ended."""

from kaysis_graph.impact import ask, picture, table

__all__ = ["ask", "picture", "table"]
