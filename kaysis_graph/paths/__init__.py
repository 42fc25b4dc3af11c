"""Paths: how two records are connected."""

from kaysis_graph.paths import ask, picture, table

__all__ = ["ask", "picture", "table"]
