"""Search: records found by words, numbers and names, with facets."""

from kaysis_graph.search import ask

__all__ = ["ask"]
