"""Saving records and edges: checked, compared with what is there, written with the change that tells it.

What does not differ is not written, so saving the same thing twice makes one change.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from kaysis_graph.errors import Conflict, Invalid, NotFound
from kaysis_graph.graph import history
from kaysis_graph.graph.history import Author, Row
from kaysis_graph.graph.queries import load
from kaysis_graph.graph.store import Reader, Store, Transaction
from kaysis_graph.registry import checks, records
from kaysis_graph.registry.checks import EdgeRow
from kaysis_graph.registry.records import Edge, Record
from kaysis_graph.schema import Schema
from kaysis_graph.schema.fieldtypes import Value

_GET = load("records/get")
_BETWEEN = load("records/edges_between")
_LEAVING = load("records/edges_leaving")
_ARRIVING = load("records/edges_arriving")
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
class Stored:
    """A record as it is stored, with the changes that touched it."""

    id: str
    labels: list[str]
    properties: dict[str, Any]


@dataclass(frozen=True)
class PairRow:
    """An edge between two records that were asked about."""

    source: str
    target: str
    properties: dict[str, Any]


@dataclass(frozen=True)
class Made:
    """How many edges a statement made."""

    made: int


@dataclass(frozen=True)
class Wanted:
    """How things should be: records to write whole, edges to have, edges to take away, records to delete."""

    records: Mapping[str, Record]
    edges: Mapping[EdgeKey, Edge]
    dropped: frozenset[EdgeKey] = frozenset()
    deleted: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Found:
    """What exists of the wanted, as the same transaction read it; `kinds` has the source of each edge."""

    records: Mapping[str, Record]
    edges: Mapping[EdgeKey, Edge]
    kinds: Mapping[str, str]


def save(store: Store, schema: Schema, told: Mapping[str, Any], author: Author) -> Saved:
    """The record of a JSON form made or replaced whole; with `edges` given, its outgoing edges become exactly these.

    Invalid, with every problem, when the record breaks a rule.
    """
    record, edges = parsed(schema, told, {})

    def work(transaction: Transaction) -> Saved:
        head = history.lock(transaction)
        whole = frozenset({record.id}) if "edges" in told else frozenset()
        together: list[tuple[Edge, checks.Place]] = [(edge, {}) for edge in edges]
        problems = checks.together_problems(transaction, schema, {record.id: record}, together, whole)
        if problems:
            raise Invalid(problems)
        wanted = {edge.key: edge for edge in edges}
        held = _edges(schema, transaction.read(_LEAVING, into=EdgeRow, ids=sorted(whole)), {record.id: record.kind})
        dropped = frozenset(key for key in held if key not in wanted)
        return write(transaction, schema, head, Wanted({record.id: record}, wanted, dropped), author)

    return store.write(work)


def parsed(schema: Schema, told: Mapping[str, Any], place: checks.Place) -> tuple[Record, list[Edge]]:
    """The record of a JSON form and the edges that leave it; Invalid with every problem of either."""
    problems = checks.record_problems(schema, told, place)
    kind = schema.kinds.get(str(told.get("kind")))
    if kind is None:
        raise Invalid(problems)
    for edge in told.get("edges", ()):
        problems.extend(checks.edge_problems(schema, kind, edge, {**place, "id": str(told.get("id"))}))
    if problems:
        raise Invalid(problems)
    record = records.record_of(schema, told)
    return record, [records.edge_of(kind, record.id, edge) for edge in told.get("edges", ())]


def merged(before: Record | None, given: Record) -> Record:
    """The given record laid over what is there: fields given win, the others stay; a stub that is told more is none."""
    if before is None:
        return given
    fields = {**before.fields, **given.fields}
    if before.fields.get("is_stub") and not given.fields.get("is_stub"):
        fields.pop("is_stub", None)
    elif given.fields.get("is_stub"):
        # A stub tells nothing: what is there stays as it is.
        return before
    return replace(given, fields=fields, earlier={**before.earlier, **given.earlier})


def merge(
    transaction: Transaction, schema: Schema, given: Iterable[Record], edges: Iterable[Edge], author: Author
) -> Saved:
    """Checked records laid over what is there, checked edges added; nothing is taken away."""
    head = history.lock(transaction)
    by_id = {record.id: record for record in given}
    before = existing(transaction, schema, by_id)
    laid = {identifier: merged(before.get(identifier), record) for identifier, record in by_id.items()}
    return write(transaction, schema, head, Wanted(laid, {edge.key: edge for edge in edges}), author)


def end(store: Store, schema: Schema, identifier: str, on: date, author: Author) -> Saved:
    """The record and the edges that leave it end on the day; edges that point to it stay, and show it as ended.

    NotFound when there is no such record, Conflict when it ended before that day.
    """

    def work(transaction: Transaction) -> Saved:
        head = history.lock(transaction)
        record = _existing_one(transaction, schema, identifier)
        last = record.fields.get("valid_to")
        if isinstance(last, date) and last <= on:
            raise Conflict("checks.ends_twice", id=identifier, last=last)
        rows = transaction.read(_LEAVING, into=EdgeRow, ids=[identifier])
        edges = _edges(schema, rows, {identifier: record.kind})
        open_edges = {key: edge for key, edge in edges.items() if records.holds(edge.fields, on)}
        ended = {key: _ended(edge, on) for key, edge in open_edges.items() if edge.first_day != on.isoformat()}
        # An edge that would begin and end on the same day never held.
        never = frozenset(key for key, edge in open_edges.items() if edge.first_day == on.isoformat())
        finished = replace(record, fields={**record.fields, "valid_to": on})
        if problems := checks.record_problems(schema, records.record_json(finished), {}):
            raise Invalid(problems)
        return write(transaction, schema, head, Wanted({identifier: finished}, ended, never), author)

    return store.write(work)


def delete(store: Store, schema: Schema, identifier: str, author: Author) -> Saved:
    """The record gone for good with the edges that leave it; its history and identifier stay taken.

    Conflict when other records point to it. To end a record's validity is another act: `end`.
    """

    def work(transaction: Transaction) -> Saved:
        head = history.lock(transaction)
        record = _existing_one(transaction, schema, identifier)
        arriving = [
            row for row in transaction.read(_ARRIVING, into=EdgeRow, ids=[identifier]) if row.source != identifier
        ]
        if arriving:
            raise Conflict("checks.still_used", id=identifier, count=len(arriving))
        leaving = _edges(schema, transaction.read(_LEAVING, into=EdgeRow, ids=[identifier]), {identifier: record.kind})
        wanted = Wanted({}, {}, frozenset(leaving), frozenset({identifier}))
        return write(transaction, schema, head, wanted, author)

    return store.write(work)


def change_field(  # noqa: PLR0913  # what changes, to what, since when, by whom
    store: Store, schema: Schema, identifier: str, name: str, value: Value, on: date, author: Author
) -> Saved:
    """A dated field takes a new value from the day on; what it said until then is kept with its days."""

    def work(transaction: Transaction) -> Saved:
        head = history.lock(transaction)
        record = _existing_one(transaction, schema, identifier)
        changed = changed_on(record, name, value, on)
        if problems := checks.record_problems(schema, records.record_json(changed), {}):
            raise Invalid(problems)
        return write(transaction, schema, head, Wanted({identifier: changed}, {}), author)

    return store.write(work)


def changed_on(record: Record, name: str, value: Value, on: date) -> Record:
    """The record with a dated field saying something else from the day on."""
    if record.fields.get(name) == value:
        return record
    past = record.earlier.get(name, ())
    first = past[-1].valid_to if past else record.fields.get("valid_from")
    said = record.fields.get(name)
    if said is None:
        return replace(record, fields={**record.fields, name: value})
    kept = (*past, records.Earlier(said, first if isinstance(first, date) else None, on))
    return replace(record, fields={**record.fields, name: value}, earlier={**record.earlier, name: kept})


def write(  # noqa: PLR0913  # who writes what over what
    transaction: Transaction,
    schema: Schema,
    head: history.Head,
    wanted: Wanted,
    author: Author,
    found: Found | None = None,
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
    return Saved(history.append(transaction, head, author, rows).number, len(record_rows), len(edge_rows))


def _found(reader: Reader, schema: Schema, wanted: Wanted) -> Found:
    before = existing(reader, schema, [*wanted.records, *wanted.deleted])
    kinds = {record.id: record.kind for record in [*before.values(), *wanted.records.values()]}
    keys = [*wanted.edges, *wanted.dropped]
    kinds.update(checks.kinds_of(reader, schema, {key[0] for key in keys} - set(kinds)))
    return Found(before, edges_between(reader, schema, keys, kinds), kinds)


def existing(reader: Reader, schema: Schema, ids: Iterable[str]) -> dict[str, Record]:
    """The records that exist among these identifiers."""
    rows = reader.read(_GET, into=Stored, ids=sorted(set(ids)))
    return {row.id: records.loaded_record(schema, row.labels, row.properties) for row in rows}


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
            edge = records.loaded_edge(schema, kinds[row.source], row.source, edge_type, row.target, row.properties)
            found[edge.key] = edge
    return {key: edge for key, edge in found.items() if key in wanted}


def _edges(schema: Schema, rows: Iterable[EdgeRow], kinds: Mapping[str, str]) -> dict[EdgeKey, Edge]:
    edges = (
        records.loaded_edge(schema, kinds[row.source], row.source, row.type, row.target, row.properties) for row in rows
    )
    return {edge.key: edge for edge in edges}


def _existing_one(reader: Reader, schema: Schema, identifier: str) -> Record:
    found = existing(reader, schema, [identifier])
    if identifier not in found:
        raise NotFound("checks.no_record", id=identifier)
    return found[identifier]


def _ended(edge: Edge, on: date) -> Edge:
    return replace(edge, fields={**edge.fields, "valid_to": on})


def _record_rows(before: Mapping[str, Record], wanted: Wanted) -> list[Row]:
    rows = []
    for identifier in sorted([*wanted.records, *wanted.deleted]):
        old, new = before.get(identifier), wanted.records.get(identifier)
        if old == new:
            continue
        kind = (new or old or Record("", identifier, {})).kind
        rows.append(
            Row(
                record={"kind": kind, "id": identifier},
                edge=None,
                before=records.record_json(old) if old else None,
                after=records.record_json(new) if new else None,
            )
        )
    return rows


def _edge_rows(held: Mapping[EdgeKey, Edge], wanted: Wanted) -> list[Row]:
    rows = []
    for key in sorted({*wanted.edges, *wanted.dropped}):
        old, new = held.get(key), wanted.edges.get(key)
        if old == new:
            continue
        source, edge_type, target, first_day = key
        rows.append(
            Row(
                record=None,
                edge={"source": source, "type": edge_type, "target": target, "first_day": first_day},
                before=records.edge_json(old) if old else None,
                after=records.edge_json(new) if new else None,
            )
        )
    return rows


def _write_records(  # noqa: PLR0913  # before, after and what lies between
    transaction: Transaction,
    schema: Schema,
    before: Mapping[str, Record],
    wanted: Wanted,
    rows: Sequence[Row],
    number: int,
) -> None:
    changed = [wanted.records[row.record["id"]] for row in rows if row.record and row.record["id"] in wanted.records]
    by_kind: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for record in changed:
        if record.id not in before:
            by_kind[record.kind].append({**records.stored_record(schema, record), "changes": [number]})
    for kind, made in by_kind.items():
        transaction.run(_CREATE.named(KIND=kind), rows=made)
    old = [record.id for record in changed if record.id in before]
    replaced = [
        {"id": identifier, "properties": records.stored_record(schema, wanted.records[identifier])}
        for identifier in old
    ]
    if replaced:
        transaction.run(_REPLACE, rows=replaced, number=number)


def _write_edges(  # noqa: PLR0913  # before, after and what lies between
    transaction: Transaction,
    schema: Schema,
    kinds: Mapping[str, str],
    held: Mapping[EdgeKey, Edge],
    wanted: Wanted,
    rows: Sequence[Row],
) -> None:
    batches: dict[tuple[str, Callable[[Transaction, str, list[dict[str, Any]]], None]], list[dict[str, Any]]]
    batches = defaultdict(list)
    for row in rows:
        assert row.edge is not None, "edge rows only"
        key = (row.edge["source"], row.edge["type"], row.edge["target"], row.edge["first_day"])
        edge = wanted.edges.get(key)
        told: dict[str, Any] = {"source": key[0], "target": key[2], "first_day": key[3]}
        if edge is None:
            batches[key[1], _drop].append(told)
            continue
        told["properties"] = records.stored_edge(schema, kinds[edge.source], edge)
        batches[key[1], _replace if key in held else _create].append(told)
    for (edge_type, act), told_rows in batches.items():
        act(transaction, edge_type, told_rows)


def _create(transaction: Transaction, edge_type: str, rows: list[dict[str, Any]]) -> None:
    made = transaction.read(_CREATE_EDGES.named(EDGE_TYPE=edge_type), into=Made, rows=rows)
    if made[0].made != len(rows):
        raise Conflict("checks.lost_end", count=len(rows) - made[0].made)


def _replace(transaction: Transaction, edge_type: str, rows: list[dict[str, Any]]) -> None:
    transaction.run(_REPLACE_EDGES.named(EDGE_TYPE=edge_type), rows=rows)


def _drop(transaction: Transaction, edge_type: str, rows: list[dict[str, Any]]) -> None:
    transaction.run(_DELETE_EDGES.named(EDGE_TYPE=edge_type), rows=rows)


def _delete_records(transaction: Transaction, before: Mapping[str, Record], wanted: Wanted, number: int) -> None:
    ids = sorted(identifier for identifier in wanted.deleted if identifier in before)
    if not ids:
        return
    stored = {row.id: row.properties for row in transaction.read(_GET, into=Stored, ids=ids)}
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
