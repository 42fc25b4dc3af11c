"""The projection built from the engine, and the rows of a change as the projection takes them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np

from kaysis_graph import text
from kaysis_graph.graph.columns import OPEN_FROM, OPEN_TO, Ints, span_of
from kaysis_graph.graph.fields.edge_fields import EdgeFields
from kaysis_graph.graph.fields.kind_fields import FieldLists, KindFields, Spans
from kaysis_graph.graph.fields.record_fields import RecordFields
from kaysis_graph.graph.fields.value_columns import NumberColumn
from kaysis_graph.graph.history import Change
from kaysis_graph.graph.projection import EdgeLists, EdgeRow, Projection
from kaysis_graph.graph.queries import load
from kaysis_graph.graph.record_table import NamedRecordRow, RecordTable
from kaysis_graph.graph.store import Store
from kaysis_graph.graph.titles import title_number
from kaysis_graph.schema import Schema

_Row = TypeVar("_Row")
_RECORDS = load("graph/projection/records")
_EDGES = load("graph/projection/edges")
_COUNT_RECORDS = load("graph/projection/count_records")
_COUNT_EDGES = load("graph/projection/count_edges")


@dataclass(frozen=True)
class StoredFields:
    """Some records: of each what it says in the fields asked for, and in those that hold days, as ISO texts."""

    records: list[tuple[list[Any], list[str | None]]]


@dataclass(frozen=True)
class EdgeListRow:
    """All edges of a type as packed columns."""

    sources: list[str]
    targets: list[str]
    valid_from: list[str]
    valid_to: list[str]
    lesser: list[bool]
    told: list[list[Any]]


@dataclass(frozen=True)
class Count:
    """How many."""

    count: int


def from_engine(store: Store, schema: Schema, sequence: int, fingerprint: str) -> Projection:
    """The projection of everything the engine holds, marked with the number the caller read before asking.

    What is written meanwhile may be in it or not; the changes after that number, done again, make it whole.
    """
    kinds = list(schema.kinds)
    marks = institution_marks(schema)
    fields = RecordFields.empty(schema)
    stored = {kind: _stored_columns(store, kind, fields.of_kind[kind]) for kind in kinds}
    records = RecordTable.build(
        kinds,
        marks,
        ids=[identifier for kind in kinds for identifier in stored[kind]["id"]],
        kind=[kind for kind in kinds for _ in stored[kind]["id"]],
        valid_from=np.concatenate([_days(stored[kind]["valid_from"], OPEN_FROM) for kind in kinds]),
        valid_to=np.concatenate([_days(stored[kind]["valid_to"], OPEN_TO) for kind in kinds]),
        # A category that has left its list since cannot be asked about.
        spans=[span for span in _category_spans(stored.get("Organisation", {})) if span[3] in marks],
        earlier=[spell for kind in kinds for spell in _earlier_spells(stored[kind])],
        told_over=[
            identifier
            for kind in kinds
            for identifier, force in zip(stored[kind]["id"], stored[kind].get("told_force", ()), strict=False)
            if force == "not_in_force"
        ],
        titles=[title_number(kind, text.fold(title or "")) for kind in kinds for title in stored[kind]["title"]],
        former_titles=[
            (identifier, first, last, title_number(kind, text.fold(title)))
            for kind in kinds
            if "title" in fields.of_kind[kind].former
            for identifier, spans in zip(stored[kind]["id"], former_values(stored[kind], "title"), strict=True)
            for first, last, title in spans
        ],
    )
    for kind in kinds:
        fields = fields.written(kind, _field_lists(records, fields.of_kind[kind], stored.pop(kind)))
    lists = {}
    for edge_type in schema.edge_types:
        said = EdgeFields.empty(schema, edge_type)
        names = list(said.columns)
        row = _one(store.read(_EDGES.named(EDGE_TYPE=edge_type), into=EdgeListRow, fields=names))
        first, last = _days(row.valid_from, OPEN_FROM), _days(row.valid_to, OPEN_TO)
        told = dict(zip(names, zip(*row.told, strict=True), strict=True)) if row.told else {}
        lists[edge_type] = EdgeLists(row.sources, row.targets, first, last, row.lesser, told, said)
    return Projection.build(sequence, fingerprint, records, schema.edge_types, lists, fields)


def counts_in_engine(store: Store, schema: Schema) -> dict[str, int]:
    """How many records of each kind and edges of each type the engine holds."""
    counts = {kind: _one(store.read(_COUNT_RECORDS.named(KIND=kind), into=Count)).count for kind in schema.kinds}
    edges = {name: _one(store.read(_COUNT_EDGES.named(EDGE_TYPE=name), into=Count)).count for name in schema.edge_types}
    return counts | edges


def institution_marks(schema: Schema) -> dict[str, bool]:
    """Every organisation category and whether it makes an institution."""
    codes = schema.codes["organisation_category"]
    marked = codes.marked("institution")
    return {code: code in marked for code in codes.entries}


def after_changes(projection: Projection, changes: Sequence[Change]) -> Projection:
    """The projection after these changes, in order; KeyError when one before them is missing."""
    records: dict[str, Mapping[str, Any] | None] = {}
    edges: dict[tuple[str, str, str, str], Mapping[str, Any] | None] = {}
    for change in changes:
        for row in change.told():
            if row.record is not None:
                records[row.record["id"]] = row.after
            if row.edge is not None:
                edges[row.edge_key] = row.after
    removed = [name for name, after in records.items() if after is None]
    gone = set(removed)
    categories = frozenset(projection.records.categories.names)
    return projection.after(
        changes[-1].number,
        records=[_record_row(after, categories) for after in records.values() if after is not None],
        removed=removed,
        # What a change adds and a later one takes away again, or deletes with its record, never appears.
        edges=[
            _edge_row(key, after)
            for key, after in edges.items()
            if after is not None and key[0] not in gone and key[2] not in gone
        ],
        removed_edges=[_edge_row(key, {}) for key, after in edges.items() if after is None],
    )


def _record_row(told: Mapping[str, Any], categories: frozenset[str]) -> NamedRecordRow:
    spans = _categories(told) if told["kind"] == "Organisation" else ()
    return NamedRecordRow(
        told["id"],
        told["kind"],
        *span_of(told.get("valid_from"), told.get("valid_to")),
        tuple(span for span in spans if span[2] in categories),
        tuple(span_of(spell.get("valid_from"), spell["valid_to"]) for spell in told.get("earlier_spells", ())),
        title=title_number(told["kind"], text.fold(told["title"])),
        former_titles=tuple(
            (*span_of(held["valid_from"], held["valid_to"]), title_number(told["kind"], text.fold(held["value"])))
            for held in told.get("earlier", {}).get("title", ())
        ),
        is_told_over=told.get("told_force") == "not_in_force",
        told=told,
    )


def _categories(told: Mapping[str, Any]) -> Iterable[tuple[int, int, str]]:
    last = OPEN_FROM
    for earlier in told.get("earlier", {}).get("category", ()):
        first, last = span_of(earlier["valid_from"], earlier["valid_to"])
        yield first, last, earlier["value"]
    if category := told.get("category"):
        yield last, OPEN_TO, category


def _edge_row(key: tuple[str, str, str, str], told: Mapping[str, Any]) -> EdgeRow:
    source, edge_type, target, first_day = key
    lesser = any(told.get(name) for name in ("is_secondary", "is_partial", "is_by_product"))
    return EdgeRow(source, edge_type, target, *span_of(first_day, told.get("valid_to")), lesser, told)


def _stored_columns(store: Store, kind: str, known: KindFields) -> dict[str, list[Any]]:
    """What all records of a kind say, by the property it is stored in; `valid_from` and `valid_to` of any kind."""
    days = [
        name for name, column in known.columns.items() if isinstance(column, NumberColumn) and column.type == "date"
    ]
    others = ["id", "sort_key", *(name for name in known.columns if name not in days)]
    others += [f"earlier_{name}{end}" for name in (*known.former, "spell") for end in ("", "_from", "_to")]
    columns: dict[str, list[Any]] = {name: [] for name in (*others, *days)}
    for part in store.read(_RECORDS.named(KIND=kind), into=StoredFields, fields=others, days=days):
        rows = ((*said, *dated) for said, dated in part.records)
        for column, values in zip(columns.values(), zip(*rows, strict=True), strict=True):
            column.extend(values)
    return columns


def _field_lists(records: RecordTable, known: KindFields, stored: Mapping[str, list[Any]]) -> FieldLists:
    positions = np.array([records.position_of[name] for name in stored["id"]], np.int32)
    return FieldLists(
        positions,
        records.ids[positions],
        stored["sort_key"],
        {name: stored[name] for name in known.columns},
        {name: former_values(stored, name) for name in known.former},
    )


def former_values(stored: Mapping[str, list[Any]], name: str) -> list[Spans]:
    """What a dated field of each record said before, with its days, out of the properties it is stored in."""
    columns = (stored[f"earlier_{name}{end}"] for end in ("", "_from", "_to"))
    return [
        [(*span_of(first, last), value) for value, first, last in zip(values, firsts, lasts, strict=True)]
        if values
        else ()
        for values, firsts, lasts in zip(*columns, strict=True)
    ]


def _earlier_spells(stored: Mapping[str, list[Any]]) -> Iterable[tuple[str, int, int]]:
    columns = (stored["id"], stored["earlier_spell_from"], stored["earlier_spell_to"])
    for identifier, firsts, lasts in zip(*columns, strict=True):
        for first, last in zip(firsts or (), lasts or (), strict=True):
            yield identifier, *span_of(first, last)


def _category_spans(stored: Mapping[str, list[Any]]) -> Iterable[tuple[str, int, int, str]]:
    columns = (stored.get("id", ()), stored.get("category", ()), former_values(stored, "category") if stored else ())
    for identifier, category, former in zip(*columns, strict=True):
        began = OPEN_FROM
        for first, last, value in former:
            began = last
            yield identifier, first, last, value
        if category:
            yield identifier, began, OPEN_TO, category


def _days(texts: Sequence[str | None], missing: int) -> Ints:
    days = np.array([said or "NaT" for said in texts], "datetime64[D]") if texts else np.empty(0, "datetime64[D]")
    numbers = days.astype(np.int64)
    return np.where(np.isnat(days), missing, numbers).astype(np.int32)


def _one(rows: list[_Row]) -> _Row:
    return rows[0]
