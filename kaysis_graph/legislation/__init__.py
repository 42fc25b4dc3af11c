"""Legislation: what an act rests on, what rests on it, what it repealed, what lost its ground."""

from kaysis_graph.legislation import picture, tables

__all__ = ["picture", "tables"]
