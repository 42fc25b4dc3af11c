"""What a kind of record is, read from `ontology/`."""

from kaysis_graph.schema.definitions import CodeList, EdgeDefinition, EdgeType, Entry, Field, Kind, Label, Schema
from kaysis_graph.schema.source import read

__all__ = ["CodeList", "EdgeDefinition", "EdgeType", "Entry", "Field", "Kind", "Label", "Schema", "read"]
