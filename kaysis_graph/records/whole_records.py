"""Records with the edges that leave them, for who needs them whole: one, some by identifier, or all in pages."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from kaysis_graph.graph.columns import date_of
from kaysis_graph.graph.queries import load
from kaysis_graph.graph.store import Reader
from kaysis_graph.graph.view import View
from kaysis_graph.records import record_model
from kaysis_graph.records.checks import StoredEdgeRow
from kaysis_graph.records.reader import get
from kaysis_graph.records.record_model import Edge, Record, RecordRow
from kaysis_graph.schema import Schema

_IDS = load("records/all_ids")
_SOME = load("records/get")
_WHOLE = load("records/whole")
_LEAVING = load("records/edges_leaving")
# Two thousand provisions with their texts are 5 MB.
AT_A_TIME = 2_000


@dataclass(frozen=True)
class IdRow:
    """The identifier of a record."""

    id: str


@dataclass(frozen=True)
class Whole:
    """A record, the edges that leave it, and the numbers of the changes that touched either."""

    record: Record
    edges: list[Edge]
    changes: list[int]


@dataclass(frozen=True)
class WholeRow:
    """A record as it is stored, with its edges and the time of its last change."""

    id: str
    labels: list[str]
    properties: dict[str, Any]
    edges: list[dict[str, Any]]
    changed_at: str | None


@dataclass(frozen=True)
class LatestWhole:
    """A record, the edges that leave it, and when either was last changed."""

    record: Record
    edges: list[Edge]
    changed_at: str | None


def every(reader: Reader, schema: Schema) -> Iterator[list[Whole]]:
    """All records, some thousands at a time, in the order of their identifiers, with their edges in order.

    The identifiers are read first and sorted here: the embedded engine sorts all that is left anew for every page.
    """
    ids = sorted(row.id for row in reader.read(_IDS, into=IdRow))
    for start in range(0, len(ids), AT_A_TIME):
        rows = reader.read(_SOME, into=RecordRow, ids=ids[start : start + AT_A_TIME])
        yield _with_edges(reader, schema, sorted(rows, key=lambda row: row.id))


def some(reader: Reader, schema: Schema, identifiers: Iterable[str]) -> list[Whole]:
    """The records with these identifiers; those that are not there are left out."""
    rows = reader.read(_SOME, into=RecordRow, ids=list(identifiers))
    return _with_edges(reader, schema, rows)


def one(reader: Reader, schema: Schema, identifier: str) -> LatestWhole:
    """The record of this identifier; Gone when it was deleted, NotFound when it never was."""
    rows = reader.read(_WHOLE, into=WholeRow, id=identifier)
    if not rows:
        get(reader, schema, identifier)
    (row,) = rows
    kind = record_model.kind_of(schema, row.labels)
    edges = [
        record_model.loaded_edge(schema, kind, row.id, told["type"], told["target"], told["properties"])
        for told in row.edges
    ]
    record = record_model.loaded_record(schema, row.labels, row.properties)
    return LatestWhole(record, sorted(edges, key=lambda edge: edge.key), row.changed_at)


def some_on(reader: Reader, schema: Schema, view: View, identifiers: Iterable[str]) -> list[Whole]:
    """The records with these identifiers by one statement, their edges as the view has them."""
    return [
        Whole(
            record_model.loaded_record(schema, row.labels, row.properties),
            _edges_on(schema, view, row.id, record_model.kind_of(schema, row.labels)),
            list(row.properties.get("changes", ())),
        )
        for row in reader.read(_SOME, into=RecordRow, ids=list(identifiers))
    ]


def _edges_on(schema: Schema, view: View, identifier: str, kind: str) -> list[Edge]:
    """The edges that leave a record, of whatever day, by type, other end and first day."""
    place = view.records.position_of.get(identifier)
    if place is None:
        # Written since the view was made.
        return []
    edges = []
    for edge_type in sorted(view.edges):
        columns = view.edges[edge_type]
        rows = columns.rows_from(place)
        ends = (column[rows].tolist() for column in (columns.target, columns.valid_from, columns.valid_to))
        for target, first, last, said in zip(*ends, columns.told(rows), strict=True):
            told = {"valid_from": date_of(first), "valid_to": date_of(last), **said}
            other = str(view.records.ids[target])
            edges.append(record_model.loaded_edge(schema, kind, identifier, edge_type, other, told))
    return sorted(edges, key=lambda edge: edge.key)


def _with_edges(reader: Reader, schema: Schema, rows: list[RecordRow]) -> list[Whole]:
    kinds = {row.id: record_model.kind_of(schema, row.labels) for row in rows}
    leaving: dict[str, list[Edge]] = {row.id: [] for row in rows}
    # Engines give edges in an order of their own; files of the same graph are to be the same.
    for edge in sorted(reader.read(_LEAVING, into=StoredEdgeRow, ids=list(kinds)), key=_edge_order):
        leaving[edge.source].append(
            record_model.loaded_edge(schema, kinds[edge.source], edge.source, edge.type, edge.target, edge.properties)
        )
    return [
        Whole(
            record_model.loaded_record(schema, row.labels, row.properties),
            leaving[row.id],
            list(row.properties.get("changes", ())),
        )
        for row in rows
    ]


def _edge_order(edge: StoredEdgeRow) -> tuple[str, str, str]:
    return edge.type, edge.target, str(edge.properties.get("first_day", ""))
