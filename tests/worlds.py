"""Small states written down as JSON rows, and a way to put them into a graph in one write."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from conftest import AUTHOR

from kaysis_graph import files
from kaysis_graph.graph.follower import Follower
from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.queries import Query
from kaysis_graph.graph.store import Store
from kaysis_graph.records import writer
from kaysis_graph.schema import Schema

Row = dict[str, Any]


def organisation(number: int, title: str, category: str = "central_unit", *edges: Row, **more: object) -> Row:
    told = {"kind": "Organisation", "id": str(99000000 + number), "title": title, "category": category}
    return told | {"edges": list(edges)} | more


def part_of(number: int, **more: object) -> Row:
    return {"type": "PART_OF", "to": str(99000000 + number), **more}


def provided_by(number: int, **more: object) -> Row:
    return {"type": "PROVIDED_BY", "to": str(99000000 + number), **more}


def service(number: int, title: str, *edges: Row, **more: object) -> Row:
    return {"kind": "Service", "id": f"heys-{number}", "title": title, "edges": list(edges), **more}


def requires(number: int, **more: object) -> Row:
    return {"type": "REQUIRES", "to": f"dbys-{number}", **more}


def produces(number: int, **more: object) -> Row:
    return {"type": "PRODUCES", "to": f"dbys-{number}", **more}


def document(number: int, title: str, *edges: Row, **more: object) -> Row:
    return {"kind": "Document", "id": f"dbys-{number}", "title": title, "edges": list(edges), **more}


def based_on(identifier: str, **more: object) -> Row:
    return {"type": "BASED_ON", "to": identifier, **more}


def put(store: Store, schema: Schema, rows: list[Row]) -> Graph:
    """The graph of these rows, each checked, all written at once."""
    parsed = [writer.parsed(schema, row, {}) for row in rows]
    edges = [edge for _, leaving in parsed for edge in leaving]
    store.write(lambda transaction: writer.merge(transaction, schema, [row for row, _ in parsed], edges, AUTHOR))
    return graph_of(store, schema)


def graph_of(store: Store, schema: Schema) -> Graph:
    """What the store holds, as answers see it, followed from here on."""
    return Graph(store, schema, Follower(store, schema, None))


def seed_rows() -> list[Row]:
    """Every record of the small real state in `seed/`."""
    lines = (line for path in sorted(files.SEED.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines())
    return [json.loads(line) for line in lines if line.strip()]


@contextmanager
def statements() -> Iterator[list[str]]:
    """The names of the statements that are read from any engine meanwhile, in their order."""
    asked: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        for name in ("read", "stream"):
            told = getattr(Store, name)

            def noted(store: Store, query: Query, *, told: Any = told, **more: Any) -> Any:
                asked.append(query.name)
                return told(store, query, **more)

            patch.setattr(Store, name, noted)
        yield asked
