"""Bringing an engine to the schema: once for each schema and release, and again whenever it is asked for."""

from dataclasses import dataclass

import pytest
from conftest import AUTHOR
from worlds import organisation

from kaysis_graph import search
from kaysis_graph.errors import Conflict, KaysisError
from kaysis_graph.graph import engines, setup
from kaysis_graph.graph.follower import Follower
from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.queries import parse
from kaysis_graph.graph.store import Store
from kaysis_graph.records.writer import save
from kaysis_graph.schema import Schema

TWICE = parse("twice", "// One identifier for two.\nCREATE (:Record {id: 'x'}) CREATE (:Record {id: 'x'})")
BOTH_GONE = parse("gone", "// Neither is left.\nMATCH (record:Record {id: 'x'}) DELETE record")
BY_FULL_TEXT = parse(
    "full_text",
    "// What the full-text index finds.\n// gives: id\n"
    "CALL db.index.fulltext.queryNodes('record_words', 'nufus') YIELD node AS record RETURN record.id AS id",
)
OF_AN_EARLIER_RELEASE = parse(
    "earlier", "// What records kept for search.\nMATCH (record:Record) SET record.search_names = '| nufus mudurlugu |'"
)


@dataclass(frozen=True)
class Found:
    """A record that was found."""

    id: str


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


def test_a_constraint_that_somebody_dropped_comes_back_where_it_is_laid_down_anew(store: Store, kinds: Schema) -> None:
    setup.prepared(store.engine, kinds)
    store.engine._run("DROP CONSTRAINT Record_id IF EXISTS")
    setup.prepared(store.engine, kinds)
    store.write(lambda transaction: transaction.run(TWICE))
    store.write(lambda transaction: transaction.run(BOTH_GONE))
    setup.prepared(store.engine, kinds, anew=True)
    with pytest.raises(Conflict):
        store.write(lambda transaction: transaction.run(TWICE))


def test_a_graph_of_an_earlier_release_lets_go_of_its_full_text_index_and_is_searched(
    store: Store, kinds: Schema
) -> None:
    save(store, kinds, organisation(1, "Nüfus Müdürlüğü"), AUTHOR)
    store.write(lambda transaction: transaction.run(OF_AN_EARLIER_RELEASE))
    if isinstance(store.engine, engines.Embedded):
        store.engine._sql("CREATE PROPERTY Record.search_names IF NOT EXISTS STRING")
        store.engine._sql("CREATE INDEX record_words IF NOT EXISTS ON Record (search_names) FULL_TEXT")
    else:
        store.engine._run(
            "CREATE FULLTEXT INDEX record_words IF NOT EXISTS FOR (record:Record) ON EACH [record.search_names]"
        )
    assert store.read(BY_FULL_TEXT, into=Found) == [Found("99000001")]
    setup.prepared(store.engine, kinds, anew=True)
    with pytest.raises(KaysisError):
        store.read(BY_FULL_TEXT, into=Found)
    graph = Graph(store, kinds, Follower(store, kinds, None))
    assert [hit.name.id for hit in search.ask.found(graph, "nüfus").hits] == ["99000001"]
    save(store, kinds, organisation(1, "Göç Müdürlüğü"), AUTHOR)
    assert search.ask.found(graph, "nüfus").hits == []
