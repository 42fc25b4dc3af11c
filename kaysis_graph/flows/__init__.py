"""Data flows: who hands which document or data to whom."""

from kaysis_graph.flows import answer, ask, picture, table

__all__ = ["answer", "ask", "picture", "table"]
