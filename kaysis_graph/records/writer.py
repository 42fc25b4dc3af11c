"""Saving, ending and deleting records with their edges: checked first, then written as one change."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from kaysis_graph.errors import Conflict, Invalid, NotFound, Problem
from kaysis_graph.graph import history
from kaysis_graph.graph.history import Author
from kaysis_graph.graph.queries import load
from kaysis_graph.graph.store import Reader, Store, Transaction
from kaysis_graph.records import checks, record_model
from kaysis_graph.records.checks import StoredEdgeRow
from kaysis_graph.records.record_model import Edge, Record
from kaysis_graph.records.written_change import (
    EdgeKey,
    Existing,
    Saved,
    WantedState,
    WrittenEdges,
    edges_between,
    edges_of,
    existing,
    write,
)
from kaysis_graph.schema import Schema
from kaysis_graph.schema.fieldtypes import Value

__all__ = [
    "EdgeKey",
    "Existing",
    "Saved",
    "WantedState",
    "WrittenEdges",
    "change_field",
    "changed_on",
    "delete",
    "edges_between",
    "end",
    "existing",
    "merge",
    "merged",
    "parsed",
    "save",
    "write",
]

_LEAVING = load("records/edges_leaving")
_ARRIVING = load("records/edges_arriving")


def save(store: Store, schema: Schema, told: Mapping[str, Any], author: Author) -> Saved:
    """The record of a JSON form made or replaced whole; with `edges` given, its outgoing edges become exactly these.

    Invalid, with every problem, when the record breaks a rule.
    """
    record, edges = parsed(schema, told, {})

    def work(transaction: Transaction) -> Saved:
        head = history.lock(transaction)
        whole = frozenset({record.id}) if told.get("edges") is not None else frozenset()
        together: list[tuple[Edge, checks.Place]] = [(edge, {}) for edge in edges]
        problems = checks.together_problems(transaction, schema, {record.id: record}, together, whole)
        if problems:
            raise Invalid(problems)
        wanted = {edge.key: edge for edge in edges}
        held = edges_of(
            schema, transaction.read(_LEAVING, into=StoredEdgeRow, ids=sorted(whole)), {record.id: record.kind}
        )
        dropped = frozenset(key for key in held if key not in wanted)
        return write(transaction, schema, head, WantedState({record.id: record}, wanted, dropped), author)

    return store.write(work)


def parsed(schema: Schema, told: Mapping[str, Any], place: checks.Place) -> tuple[Record, list[Edge]]:
    """The record of a JSON form and the edges that leave it; Invalid with every problem of either."""
    problems = checks.record_problems(schema, told, place)
    kind = schema.kinds.get(str(told.get("kind")))
    if kind is None:
        raise Invalid(problems)
    for edge in checks.edges_told(told):
        problems.extend(checks.edge_problems(schema, kind, edge, {**place, "id": str(told.get("id"))}))
    if problems:
        raise Invalid(problems)
    record = record_model.record_of(schema, told)
    return record, [record_model.edge_of(kind, record.id, edge) for edge in checks.edges_told(told)]


def merged(before: Record | None, given: Record) -> Record:
    """The given record laid over what is there: fields given win, the others stay; a stub that is told more is none."""
    if before is None:
        return given
    if given.fields.get("is_stub"):
        # A stub tells nothing: what is there stays as it is.
        return before
    fields = {**before.fields, **given.fields}
    if before.fields.get("is_stub"):
        fields.pop("is_stub", None)
    return replace(
        given,
        fields=fields,
        earlier={**before.earlier, **given.earlier},
        earlier_spells=given.earlier_spells or before.earlier_spells,
    )


def merge(
    transaction: Transaction, schema: Schema, given: Iterable[Record], edges: Iterable[Edge], author: Author
) -> Saved:
    """Checked records laid over what is there, checked edges added; nothing is taken away."""
    head = history.lock(transaction)
    by_id = {record.id: record for record in given}
    before = existing(transaction, schema, by_id)
    laid = {identifier: merged(before.get(identifier), record) for identifier, record in by_id.items()}
    return write(transaction, schema, head, WantedState(laid, {edge.key: edge for edge in edges}), author)


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
        rows = transaction.read(_LEAVING, into=StoredEdgeRow, ids=[identifier])
        edges = edges_of(schema, rows, {identifier: record.kind})
        open_edges = {key: edge for key, edge in edges.items() if record_model.holds(edge.fields, on)}
        ended = {key: _ended(edge, on) for key, edge in open_edges.items() if edge.first_day != on.isoformat()}
        # An edge that would begin and end on the same day never held.
        never = frozenset(key for key, edge in open_edges.items() if edge.first_day == on.isoformat())
        finished = replace(record, fields={**record.fields, "valid_to": on})
        if problems := checks.record_problems(schema, record_model.record_json(finished), {}):
            raise Invalid(problems)
        return write(transaction, schema, head, WantedState({identifier: finished}, ended, never), author)

    return store.write(work)


def delete(store: Store, schema: Schema, identifier: str, author: Author) -> Saved:
    """The record gone for good with the edges that leave it; its history and identifier stay taken.

    Conflict when other records point to it. To end a record's validity is another act: `end`.
    """

    def work(transaction: Transaction) -> Saved:
        head = history.lock(transaction)
        record = _existing_one(transaction, schema, identifier)
        arriving = [
            row for row in transaction.read(_ARRIVING, into=StoredEdgeRow, ids=[identifier]) if row.source != identifier
        ]
        if arriving:
            raise Conflict("checks.still_used", id=identifier, count=len(arriving))
        leaving = edges_of(
            schema, transaction.read(_LEAVING, into=StoredEdgeRow, ids=[identifier]), {identifier: record.kind}
        )
        wanted = WantedState({}, {}, frozenset(leaving), frozenset({identifier}))
        return write(transaction, schema, head, wanted, author)

    return store.write(work)


def change_field(  # noqa: PLR0913  # what changes, to what, since when, by whom
    store: Store, schema: Schema, identifier: str, name: str, value: Value, on: date, author: Author
) -> Saved:
    """A dated field takes a new value from the day on; what it said until then is kept with its days.

    A field that said nothing yet is taken to have said the new value always. NotFound when there is no such record,
    Invalid when the field is not dated or the value does not fit.
    """

    def work(transaction: Transaction) -> Saved:
        head = history.lock(transaction)
        record = _existing_one(transaction, schema, identifier)
        dated = [held.name for held in schema.kinds[record.kind].fields.values() if held.dated]
        if name not in dated:
            values = {"field": name, "known": ", ".join(dated) or "–"}
            raise Invalid([Problem("checks.not_dated", {"kind": record.kind, "id": identifier, "field": name}, values)])
        told = record_model.record_json(changed_on(record, name, value, on))
        if problems := checks.record_problems(schema, told, {}):
            raise Invalid(problems)
        return write(
            transaction, schema, head, WantedState({identifier: record_model.record_of(schema, told)}, {}), author
        )

    return store.write(work)


def changed_on(record: Record, name: str, value: Value, on: date) -> Record:
    """The record with a dated field saying something else from the day on."""
    if record.fields.get(name) == value:
        return record
    past = record.earlier.get(name, ())
    first = past[-1].valid_to if past else record.spells()[0][0]
    said = record.fields.get(name)
    if said is None:
        return replace(record, fields={**record.fields, name: value})
    kept = (*past, record_model.Earlier(said, first if isinstance(first, date) else None, on))
    return replace(record, fields={**record.fields, name: value}, earlier={**record.earlier, name: kept})


def _existing_one(reader: Reader, schema: Schema, identifier: str) -> Record:
    found = existing(reader, schema, [identifier])
    if identifier not in found:
        raise NotFound("checks.no_record", id=identifier)
    return found[identifier]


def _ended(edge: Edge, on: date) -> Edge:
    return replace(edge, fields={**edge.fields, "valid_to": on})
