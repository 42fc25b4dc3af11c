"""Bringing an engine to the schema: once for each schema and release, and again whenever it is asked for."""

import pytest

from kaysis_graph import search
from kaysis_graph.errors import KaysisError
from kaysis_graph.graph import engines, setup
from kaysis_graph.graph.store import Store
from kaysis_graph.schema import Schema
from kaysis_graph.schema.derive import search_index


@pytest.fixture
def laid_down(store: Store, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The databases in which the schema was laid down since, one for each time."""
    databases: list[str] = []
    whole = engines.Engine.prepare

    def noted(engine: engines.Engine, *given: object) -> None:
        databases.append(engine.database)
        whole(engine, *given)  # type: ignore[arg-type]  # passed on as it is

    monkeypatch.setattr(type(store.engine), "prepare", noted)
    return databases


def test_a_graph_that_bears_the_mark_of_schema_and_release_is_taken_at_its_word(
    store: Store, kinds: Schema, laid_down: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    setup.prepared(store.engine, kinds)
    assert len(laid_down) == 1, "an emptied graph bears no mark"
    setup.prepared(store.engine, kinds)
    assert len(laid_down) == 1
    monkeypatch.setattr(setup, "__version__", "0.0.1")
    setup.prepared(store.engine, kinds)
    assert len(laid_down) == 2


def test_an_index_that_somebody_dropped_comes_back_where_it_is_laid_down_anew(store: Store, kinds: Schema) -> None:
    setup.prepared(store.engine, kinds)
    statement = f"DROP INDEX {search_index.NAME} IF EXISTS"
    if isinstance(store.engine, engines.Embedded):
        store.engine._sql(statement)
    else:
        store.engine._run(statement)
    setup.prepared(store.engine, kinds)
    with pytest.raises(KaysisError):
        search.ask.found(store, kinds, "nüfus")
    setup.prepared(store.engine, kinds, anew=True)
    assert search.ask.found(store, kinds, "nüfus").hits == []
