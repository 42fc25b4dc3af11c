"""The explorer: the neighbourhood of records, opened step by step."""

from kaysis_graph.explorer import ask, picture, tables

__all__ = ["ask", "picture", "tables"]
