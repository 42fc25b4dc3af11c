"""Bringing an engine to the schema, so that it can be read and written."""

from typing import cast

from kaysis_graph.graph import history
from kaysis_graph.graph.engines import Analyzer, Engine, SearchIndex
from kaysis_graph.graph.store import Store
from kaysis_graph.schema import Schema
from kaysis_graph.schema.derive import constraints, search_index


def prepared(engine: Engine, schema: Schema) -> Store:
    """The store of an engine after constraints, indexes and the change sequence are there; may be run any time."""
    indexes = [
        SearchIndex(name, label, properties, cast("Analyzer", analyzer))
        for name, label, properties, analyzer in search_index.indexes()
    ]
    engine.prepare(constraints.statements(schema), indexes, constraints.label_sets(schema), list(schema.edge_types))
    store = Store(engine)
    history.begin(store)
    return store
