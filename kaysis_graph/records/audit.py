"""Whether the graph is what its history says: every record and edge held against the last change that told of it.

The chain of hashes proves the history; this proves that nothing was changed past it, in the engine's own browser say.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from kaysis_graph.graph import history
from kaysis_graph.graph.queries import load
from kaysis_graph.graph.store import Store
from kaysis_graph.records import record_model
from kaysis_graph.records.record_model import RecordRow
from kaysis_graph.schema import Schema

_RECORDS = load("records/all_of_kind")
_EDGES = load("records/all_of_type")
# What was changed past the history may be no date, no list: it differs from everything that was told.
_UNREADABLE = b""


@dataclass(frozen=True)
class EdgeStored:
    """An edge as it is stored, with the labels of the record it leaves."""

    source: str
    source_labels: list[str]
    type: str
    target: str
    properties: dict[str, Any]


@dataclass(frozen=True)
class Stray:
    """A record or edge that differs from what the history tells of it."""

    what: Literal["differs", "untold", "gone"]
    name: str


def strays(store: Store, schema: Schema) -> Iterator[Stray]:
    """Everything that was changed, added or taken away past the history, in no particular order.

    Holds 20 bytes and a name for each record and edge in memory: some 150 MB for a million. What others write while
    it looks is left out.
    """
    told, upto = _told(store)
    strays = []
    for name, found in _found(store, schema):
        expected = told.pop(name, None)
        if expected is None:
            strays.append(Stray("untold", name))
        elif expected != found:
            strays.append(Stray("differs", name))
    strays.extend(Stray("gone", name) for name in told)
    if strays:
        since = {_name(row) for change in history.all_changes(store, upto) for row in change.told()}
        yield from (stray for stray in strays if stray.name not in since)


def _told(store: Store) -> tuple[dict[str, bytes], int]:
    told: dict[str, bytes] = {}
    upto = 0
    for change in history.all_changes(store):
        upto = change.number
        for row in change.told():
            if row.after is None:
                told.pop(_name(row), None)
            else:
                told[_name(row)] = _digest(row.after)
    return told, upto


def _found(store: Store, schema: Schema) -> Iterator[tuple[str, bytes]]:
    for kind in schema.kinds:
        for row in store.stream(_RECORDS.named(KIND=kind), into=RecordRow):
            yield row.id, _record_digest(schema, row)
    for edge_type in schema.edge_types:
        for held in store.stream(_EDGES.named(EDGE_TYPE=edge_type), into=EdgeStored):
            first_day = str(held.properties.get("first_day", ""))
            ends = {"source": held.source, "type": held.type, "target": held.target, "first_day": first_day}
            yield _edge_name(ends), _edge_digest(schema, held)


def _record_digest(schema: Schema, row: RecordRow) -> bytes:
    try:
        return _digest(record_model.record_json(record_model.loaded_record(schema, row.labels, row.properties)))
    except (KeyError, ValueError, TypeError, AttributeError):
        return _UNREADABLE


def _edge_digest(schema: Schema, held: EdgeStored) -> bytes:
    kind = next((label for label in held.source_labels if label in schema.kinds), "")
    try:
        edge = record_model.loaded_edge(schema, kind, held.source, held.type, held.target, held.properties)
        return _digest(record_model.edge_json(edge))
    except (KeyError, ValueError, TypeError, AttributeError):
        return _UNREADABLE


def _name(row: history.RowChange) -> str:
    return row.record["id"] if row.record is not None else _edge_name(row.edge or {})


def _edge_name(edge: Mapping[str, str]) -> str:
    since = f" ({edge['first_day']})" if edge["first_day"] else ""
    return f"{edge['source']} {edge['type']} {edge['target']}{since}"


def _digest(told: Mapping[str, Any]) -> bytes:
    return hashlib.sha1(json.dumps(told, sort_keys=True).encode(), usedforsecurity=False).digest()
