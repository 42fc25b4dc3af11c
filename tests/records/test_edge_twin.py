"""Pages of a record's edges from the columns equal their twins in `cypher/records/twins/`, asked of the engine."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import pytest
from dated_graphs import days_asked, random_graph
from worlds import graph_of

from kaysis_graph.graph import history
from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.queries import load
from kaysis_graph.graph.store import Store
from kaysis_graph.records import reader, record_model, whole_records
from kaysis_graph.records.edges import EdgeCount
from kaysis_graph.schema import Schema

Way = Literal["out", "in"]
WAYS: tuple[Way, Way] = ("out", "in")
PAGES = {"in": load("records/twins/edges_in"), "out": load("records/twins/edges_out")}
COUNTS = {"in": load("records/twins/edge_counts_in"), "out": load("records/twins/edge_counts_out")}
EVERYTHING = {"type": None, "kind": None, "last_type": None, "last_key": None, "last_id": None, "last_day": None}
HUBS = ("kanun-5490", "99001009", "heys-41001", "il-06")


@dataclass(frozen=True)
class EdgeRow:
    type: str
    id: str
    labels: list[str]
    sort_key: str
    first_day: str
    properties: dict[str, Any]


@dataclass(frozen=True)
class CountRow:
    type: str
    labels: list[str]
    total: int


def read_on(graph: Graph, identifier: str, way: Way, at: date | None, limit: int) -> Iterator[tuple[Any, ...]]:
    """All edges of a record, page by page."""
    cursor = None
    while True:
        page = reader.edges(graph, identifier, way, at=at, limit=limit, cursor=cursor)
        yield from ((edge.type, edge.other.id, edge.first_day, edge.fields) for edge in page.edges)
        cursor = page.next_cursor
        if cursor is None:
            return


def in_engine(graph: Graph, identifier: str, way: Way, at: date | None) -> list[tuple[Any, ...]]:
    records = graph.follower.current.records
    own_kind = records.kinds[records.kind[records.position_of[identifier]]]
    told = []
    for row in graph.store.read(PAGES[way], into=EdgeRow, id=identifier, at=at, limit=10_000, **EVERYTHING):
        other = record_model.kind_of(graph.schema, row.labels)
        source = own_kind if way == "out" else other
        edge = record_model.loaded_edge(graph.schema, source, "", row.type, row.id, row.properties)
        told.append((row.type, row.id, row.first_day, dict(edge.fields)))
    return told


def counts_in_engine(graph: Graph, identifier: str, at: date | None) -> list[EdgeCount]:
    rows = [
        EdgeCount(way, row.type, record_model.kind_of(graph.schema, row.labels), row.total)
        for way in WAYS
        for row in graph.store.read(COUNTS[way], into=CountRow, id=identifier, at=at)
    ]
    return sorted(rows, key=lambda count: (count.direction == "in", count.type, count.kind))


def hold(graph: Graph, identifier: str, at: date | None) -> None:
    for way in WAYS:
        stored = in_engine(graph, identifier, way, at)
        for limit in (3, 1_000):
            assert list(read_on(graph, identifier, way, at, limit)) == stored, (identifier, way, at, limit)
    assert reader.edge_counts(graph, identifier, at) == counts_in_engine(graph, identifier, at)


@pytest.mark.parametrize("seed", range(3))
def test_edges_of_random_graphs_come_as_the_engine_gives_them(store: Store, kinds: Schema, seed: int) -> None:
    sketch = random_graph(kinds, seed, edges=120)
    sketch.written(store)
    graph = graph_of(store, kinds)
    busiest = sorted(sketch.records, key=lambda name: -sum(name in key for key in sketch.edges))[:5]
    for at in (None, *days_asked(seed, 2)):
        for identifier in busiest:
            hold(graph, identifier, at)


def test_whole_records_with_edges_from_the_columns_are_those_of_the_engine(sample: Graph) -> None:
    stored = whole_records.some(sample.store, sample.schema, HUBS)
    assert whole_records.some_on(sample.store, sample.schema, sample.on(date(2025, 3, 1)), HUBS) == stored
    for one in stored:
        latest = whole_records.one(sample.store, sample.schema, one.record.id)
        assert (latest.record, latest.edges) == (one.record, one.edges)
        at = history.times_of(sample.store, one.changes)
        assert latest.changed_at == at[max(one.changes)]


def test_edges_of_the_seed_come_as_the_engine_gives_them(sample: Graph) -> None:
    for at in (None, date(2025, 3, 1), date(1990, 1, 1)):
        for identifier in HUBS:
            hold(sample, identifier, at)
