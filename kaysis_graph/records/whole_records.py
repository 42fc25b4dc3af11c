"""Records with the edges that leave them, for who needs them whole: some by identifier, or all of them in pages."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kaysis_graph.graph.queries import load
from kaysis_graph.graph.store import Reader
from kaysis_graph.records import record_model
from kaysis_graph.records.checks import StoredEdgeRow
from kaysis_graph.records.reader import get
from kaysis_graph.records.record_model import Edge, Record, RecordRow
from kaysis_graph.schema import Schema

_IDS = load("records/all_ids")
_SOME = load("records/get")
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


def one(reader: Reader, schema: Schema, identifier: str) -> Whole:
    """The record of this identifier; Gone when it was deleted, NotFound when it never was."""
    found = some(reader, schema, [identifier])
    if not found:
        get(reader, schema, identifier)
    return found[0]


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
