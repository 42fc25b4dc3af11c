"""What is wanted of the graph, compared with what is there and written with the one change that tells it.

What does not differ is not written, so writing the same thing twice makes one change.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kaysis_graph.errors import Conflict
from kaysis_graph.graph import history
from kaysis_graph.graph.history import Author, RowChange
from kaysis_graph.graph.queries import load
from kaysis_graph.graph.spells import TIE
from kaysis_graph.graph.store import Reader, Transaction
from kaysis_graph.records import checks, derived_lives, record_model
from kaysis_graph.records.checks import StoredEdgeRow
from kaysis_graph.records.record_model import Edge, Record, RecordRow
from kaysis_graph.schema import Schema

_GET = load("records/get")
_BETWEEN = load("records/edges_between")
_CREATE = load("records/create")
_REPLACE = load("records/replace")
_DELETE = load("records/delete")
_TOUCH = load("records/touch")
_CREATE_EDGES = load("records/create_edges")
_REPLACE_EDGES = load("records/replace_edges")
_DELETE_EDGES = load("records/delete_edges")
EdgeKey = tuple[str, str, str, str]


@dataclass(frozen=True)
class Saved:
    """What a write came to: the number the sequence stands at, and how many records and edges differ from before."""

    sequence: int
    records: int
    edges: int


@dataclass(frozen=True)
class PairRow:
    """An edge between two records that were asked about."""

    source: str
    target: str
    properties: dict[str, Any]


@dataclass(frozen=True)
class WrittenEdges:
    """How many edges a statement made."""

    made: int


@dataclass(frozen=True)
class WantedState:
    """How things should be: records to write whole, edges to have, edges to take away, records to delete."""

    records: Mapping[str, Record]
    edges: Mapping[EdgeKey, Edge]
    dropped: frozenset[EdgeKey] = frozenset()
    deleted: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Existing:
    """What exists of the wanted, as the same transaction read it; `kinds` has the source of each edge."""

    records: Mapping[str, Record]
    edges: Mapping[EdgeKey, Edge]
    kinds: Mapping[str, str]


def write(  # noqa: PLR0913  # who writes what over what
    transaction: Transaction,
    schema: Schema,
    head: history.Head,
    wanted: WantedState,
    author: Author,
    found: Existing | None = None,
) -> Saved:
    """What differs from what is wanted, written as one change; needs the sequence locked and the wanted checked."""
    if found is None:
        found = _found(transaction, schema, wanted)
    before, held, kinds = found.records, found.edges, found.kinds
    record_rows = _record_rows(before, wanted)
    edge_rows = _edge_rows(held, wanted)
    rows = [*record_rows, *edge_rows]
    if not rows:
        return Saved(head.number, 0, 0)
    number = head.number + 1
    _write_records(transaction, schema, before, wanted, record_rows, number)
    _write_edges(transaction, schema, kinds, held, wanted, edge_rows)
    _delete_records(transaction, before, wanted, number)
    changed = {row.record["id"] for row in record_rows if row.record}
    touched = {row.edge["source"] for row in edge_rows if row.edge} - changed
    transaction.run(_TOUCH, ids=sorted(touched), number=number)
    derived_lives.write_lives(transaction, _undated(schema, wanted, record_rows, edge_rows))
    return Saved(history.append(transaction, head, author, rows).number, len(record_rows), len(edge_rows))


def _undated(
    schema: Schema, wanted: WantedState, record_rows: Sequence[RowChange], edge_rows: Sequence[RowChange]
) -> set[str]:
    """The records whose life may have to be derived anew: parts that tell no first day, and the sources of ties."""
    written = [wanted.records[row.record["id"]] for row in record_rows if row.record and row.after is not None]
    parts = {
        record.id for record in written if "valid_from" not in record.fields and schema.kinds[record.kind].edge(TIE)
    }
    return parts | {row.edge["source"] for row in edge_rows if row.edge and row.edge["type"] == TIE}


def _found(reader: Reader, schema: Schema, wanted: WantedState) -> Existing:
    before = existing(reader, schema, [*wanted.records, *wanted.deleted])
    kinds = {record.id: record.kind for record in [*before.values(), *wanted.records.values()]}
    keys = [*wanted.edges, *wanted.dropped]
    kinds.update(checks.kinds_of(reader, schema, {key[0] for key in keys} - set(kinds)))
    return Existing(before, edges_between(reader, schema, keys, kinds), kinds)


def existing(reader: Reader, schema: Schema, ids: Iterable[str]) -> dict[str, Record]:
    """The records that exist among these identifiers."""
    rows = reader.read(_GET, into=RecordRow, ids=sorted(set(ids)))
    return {row.id: record_model.loaded_record(schema, row.labels, row.properties) for row in rows}


def edges_between(
    reader: Reader, schema: Schema, keys: Iterable[EdgeKey], kinds: Mapping[str, str]
) -> dict[EdgeKey, Edge]:
    """The edges that exist with these keys; `kinds` gives the kind of each source."""
    wanted = set(keys)
    pairs: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for source, edge_type, target, _ in wanted:
        pairs[edge_type].add((source, target))
    found = {}
    for edge_type, ends in pairs.items():
        asked = [{"source": source, "target": target} for source, target in sorted(ends)]
        for row in reader.read(_BETWEEN.named(EDGE_TYPE=edge_type), into=PairRow, pairs=asked):
            edge = record_model.loaded_edge(
                schema, kinds[row.source], row.source, edge_type, row.target, row.properties
            )
            found[edge.key] = edge
    return {key: edge for key, edge in found.items() if key in wanted}


def edges_of(schema: Schema, rows: Iterable[StoredEdgeRow], kinds: Mapping[str, str]) -> dict[EdgeKey, Edge]:
    """The edges of stored rows by their keys; `kinds` gives the kind of each source."""
    edges = (
        record_model.loaded_edge(schema, kinds[row.source], row.source, row.type, row.target, row.properties)
        for row in rows
    )
    return {edge.key: edge for edge in edges}


def _record_rows(before: Mapping[str, Record], wanted: WantedState) -> list[RowChange]:
    rows = []
    for identifier in sorted([*wanted.records, *wanted.deleted]):
        old, new = before.get(identifier), wanted.records.get(identifier)
        if old == new:
            continue
        kind = (new or old or Record("", identifier, {})).kind
        rows.append(
            RowChange(
                record={"kind": kind, "id": identifier},
                edge=None,
                before=record_model.record_json(old) if old else None,
                after=record_model.record_json(new) if new else None,
            )
        )
    return rows


def _edge_rows(held: Mapping[EdgeKey, Edge], wanted: WantedState) -> list[RowChange]:
    rows = []
    for key in sorted({*wanted.edges, *wanted.dropped}):
        old, new = held.get(key), wanted.edges.get(key)
        if old == new:
            continue
        source, edge_type, target, first_day = key
        rows.append(
            RowChange(
                record=None,
                edge={"source": source, "type": edge_type, "target": target, "first_day": first_day},
                before=record_model.edge_json(old) if old else None,
                after=record_model.edge_json(new) if new else None,
            )
        )
    return rows


def _write_records(  # noqa: PLR0913  # before, after and what lies between
    transaction: Transaction,
    schema: Schema,
    before: Mapping[str, Record],
    wanted: WantedState,
    rows: Sequence[RowChange],
    number: int,
) -> None:
    changed = [wanted.records[row.record["id"]] for row in rows if row.record and row.record["id"] in wanted.records]
    by_kind: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for record in changed:
        if record.id not in before:
            by_kind[record.kind].append({**record_model.stored_record(schema, record), "changes": [number]})
    for kind, made in by_kind.items():
        transaction.run(_CREATE.named(KIND=kind), rows=made)
    old = [record.id for record in changed if record.id in before]
    replaced = [
        {"id": identifier, "properties": record_model.stored_record(schema, wanted.records[identifier])}
        for identifier in old
    ]
    if replaced:
        transaction.run(_REPLACE, rows=replaced, number=number)


def _write_edges(  # noqa: PLR0913  # before, after and what lies between
    transaction: Transaction,
    schema: Schema,
    kinds: Mapping[str, str],
    held: Mapping[EdgeKey, Edge],
    wanted: WantedState,
    rows: Sequence[RowChange],
) -> None:
    batches: dict[tuple[str, Callable[[Transaction, str, list[dict[str, Any]]], None]], list[dict[str, Any]]]
    batches = defaultdict(list)
    for row in rows:
        key = row.edge_key
        edge = wanted.edges.get(key)
        told: dict[str, Any] = {"source": key[0], "target": key[2], "first_day": key[3]}
        if edge is None:
            batches[key[1], _drop].append(told)
            continue
        told["properties"] = record_model.stored_edge(schema, kinds[edge.source], edge)
        batches[key[1], _replace if key in held else _create].append(told)
    for (edge_type, act), told_rows in batches.items():
        act(transaction, edge_type, told_rows)


def _create(transaction: Transaction, edge_type: str, rows: list[dict[str, Any]]) -> None:
    made = transaction.read(_CREATE_EDGES.named(EDGE_TYPE=edge_type), into=WrittenEdges, rows=rows)
    if made[0].made != len(rows):
        raise Conflict("checks.lost_end", count=len(rows) - made[0].made)


def _replace(transaction: Transaction, edge_type: str, rows: list[dict[str, Any]]) -> None:
    transaction.run(_REPLACE_EDGES.named(EDGE_TYPE=edge_type), rows=rows)


def _drop(transaction: Transaction, edge_type: str, rows: list[dict[str, Any]]) -> None:
    transaction.run(_DELETE_EDGES.named(EDGE_TYPE=edge_type), rows=rows)


def _delete_records(transaction: Transaction, before: Mapping[str, Record], wanted: WantedState, number: int) -> None:
    ids = sorted(identifier for identifier in wanted.deleted if identifier in before)
    if not ids:
        return
    stored = {row.id: row.properties for row in transaction.read(_GET, into=RecordRow, ids=ids)}
    rows = [
        {
            "id": identifier,
            "kind": before[identifier].kind,
            "title": before[identifier].title,
            "changes": [*stored[identifier].get("changes", []), number],
        }
        for identifier in ids
    ]
    transaction.run(_DELETE, rows=rows)
