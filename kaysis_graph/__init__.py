"""KAYSİS Graph: the metadata of a state as one graph, and the questions only a graph can answer."""

__version__ = "0.1.0"
