"""Services: the service standards table, the inventory, and the card of one service."""

from kaysis_graph.services import answer, tables

__all__ = ["answer", "tables"]
