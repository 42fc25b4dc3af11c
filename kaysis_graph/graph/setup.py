"""Bringing an engine to the schema, so that it can be read and written."""

from dataclasses import dataclass
from typing import cast

from kaysis_graph.errors import Conflict
from kaysis_graph.graph import engines, history
from kaysis_graph.graph.engines import Analyzer, Engine, SearchIndex
from kaysis_graph.graph.queries import load
from kaysis_graph.graph.store import Store
from kaysis_graph.schema import Schema
from kaysis_graph.schema.derive import constraints, search_index
from kaysis_graph.settings import Settings

_HOLDER = load("graph/changes/holder")


@dataclass(frozen=True)
class GraphOwner:
    """Whose graph a database holds, and labels of its nodes; without labels it is empty."""

    is_ours: bool
    labels: list[str]


def prepared(engine: Engine, schema: Schema) -> Store:
    """The store of an engine after constraints, indexes and the change sequence are there; may be run any time.

    Conflict, with nothing written, for a database of a server that holds something else than a graph of ours.
    """
    store = Store(engine)
    if not engine.is_private:
        _refuse_foreign(store)
    indexes = [
        SearchIndex(name, label, properties, cast("Analyzer", analyzer))
        for name, label, properties, analyzer in search_index.indexes()
    ]
    engine.prepare(constraints.statements(schema), indexes, constraints.label_sets(schema), list(schema.edge_types))
    history.begin(store)
    return store


def opened(settings: Settings, schema: Schema) -> Store:
    """The store of the settings' engine, started or joined and brought to the schema."""
    engine = engines.open(settings)
    try:
        return prepared(engine, schema)
    except BaseException:
        engine.close()
        raise


def _refuse_foreign(store: Store) -> None:
    (holder,) = store.read(_HOLDER, into=GraphOwner)
    if holder.is_ours or not holder.labels:
        return
    database = store.engine.database
    raise Conflict("engines.foreign_database", database=database, labels=", ".join(filter(None, holder.labels)) or "–")
