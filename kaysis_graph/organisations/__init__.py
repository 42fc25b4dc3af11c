"""Organisations: the structure of the state as of a day, and how two days differ."""

from kaysis_graph.organisations import pictures, tables

__all__ = ["pictures", "tables"]
