"""Bringing an engine to the schema, so that it can be read and written."""

import hashlib
from dataclasses import dataclass

from kaysis_graph import __version__
from kaysis_graph.errors import Conflict
from kaysis_graph.graph import engines, history
from kaysis_graph.graph.engines import Engine
from kaysis_graph.graph.queries import load
from kaysis_graph.graph.store import Store
from kaysis_graph.schema import Schema
from kaysis_graph.schema.derive import constraints
from kaysis_graph.settings import Settings

_HOLDER = load("graph/changes/holder")
_SCHEMA, _SET_SCHEMA = load("graph/changes/schema"), load("graph/changes/set_schema")


@dataclass(frozen=True)
class GraphOwner:
    """Whose graph a database holds, and labels of its nodes; without labels it is empty."""

    is_ours: bool
    labels: list[str]


@dataclass(frozen=True)
class SchemaMark:
    """The mark that a graph bears: which schema it was prepared for, by which release."""

    mark: str | None


def prepared(engine: Engine, schema: Schema, *, anew: bool = False) -> Store:
    """The store of an engine after constraints, indexes and the change sequence are there; may be run any time.

    A graph that bears the mark of this schema and release is taken at its word: 83 statements that find nothing to do
    were half of the time of a command. With `anew` they are asked all the same, so that an index which somebody
    dropped comes back. Conflict, with nothing written, for a database of a server that holds something else than a
    graph of ours.
    """
    store = Store(engine)
    statements, label_sets = constraints.statements(schema), constraints.label_sets(schema)
    told = repr((__version__, statements, label_sets, list(schema.edge_types)))
    mark = SchemaMark(hashlib.sha256(told.encode()).hexdigest())
    if not anew and store.read(_SCHEMA, into=SchemaMark) == [mark]:
        return store
    if not engine.is_private:
        _refuse_foreign(store)
    engine.prepare(statements, label_sets, list(schema.edge_types))
    history.begin(store)
    store.write(lambda transaction: transaction.run(_SET_SCHEMA, mark=mark.mark))
    return store


def opened(settings: Settings, schema: Schema, *, anew: bool = False) -> Store:
    """The store of the settings' engine, started or joined and brought to the schema as `prepared` says."""
    engine = engines.open(settings)
    try:
        return prepared(engine, schema, anew=anew)
    except BaseException:
        engine.close()
        raise


def _refuse_foreign(store: Store) -> None:
    (holder,) = store.read(_HOLDER, into=GraphOwner)
    if holder.is_ours or not holder.labels:
        return
    database = store.engine.database
    raise Conflict("engines.foreign_database", database=database, labels=", ".join(filter(None, holder.labels)) or "–")
