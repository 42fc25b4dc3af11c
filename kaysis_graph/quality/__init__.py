"""Quality: rules over several records, and what breaks them."""

from kaysis_graph.quality import ask, table

__all__ = ["ask", "table"]
