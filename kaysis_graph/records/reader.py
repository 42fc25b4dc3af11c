"""Reading the register: one record, names, lists, edges and history, for every kind alike.

Nothing here writes. The parts lie in modules of their own and are gathered here for whoever asks.
"""

from dataclasses import dataclass
from typing import Any

from kaysis_graph.errors import Gone, NotFound
from kaysis_graph.graph.queries import load
from kaysis_graph.graph.store import Reader
from kaysis_graph.records import record_model
from kaysis_graph.records.checks import TombstoneRow
from kaysis_graph.records.edges import (
    Direction,
    EdgeCount,
    EdgePage,
    NamedEdge,
    edge_counts,
    edges,
)
from kaysis_graph.records.events import (
    Comparison,
    EdgeEvent,
    Event,
    EventPage,
    FieldDifference,
    changes_of,
    compared,
    history,
    latest_events,
)
from kaysis_graph.records.life import Life, life_of
from kaysis_graph.records.lists import Page, known_kind, listed
from kaysis_graph.records.names import Name, names_at, titles
from kaysis_graph.records.record_model import Record, RecordRow
from kaysis_graph.schema import Schema

__all__ = [
    "Comparison",
    "Direction",
    "EdgeCount",
    "EdgeEvent",
    "EdgePage",
    "Event",
    "EventPage",
    "FieldDifference",
    "Life",
    "Name",
    "NamedEdge",
    "Page",
    "Shown",
    "changes_of",
    "compared",
    "edge_counts",
    "edges",
    "get",
    "history",
    "known_kind",
    "latest_events",
    "listed",
    "names_at",
    "titles",
]

_GET = load("records/get")
_TOMBSTONES = load("records/tombstones")


@dataclass(frozen=True)
class Shown:
    """A record with its life, and the numbers of the changes that touched it or the edges that leave it, in order."""

    record: Record
    life: Life
    changes: tuple[int, ...]


def get(reader: Reader, schema: Schema, identifier: str) -> Shown:
    """The record of that identifier, whatever its kind; Gone when it was deleted, NotFound when it never was."""
    rows = reader.read(_GET, into=RecordRow, ids=[identifier])
    if rows:
        properties: dict[str, Any] = rows[0].properties
        record = record_model.loaded_record(schema, rows[0].labels, properties)
        life = life_of(record, properties.get("spells"))
        return Shown(record, life, tuple(properties.get("changes", ())))
    tombstones = reader.read(_TOMBSTONES, into=TombstoneRow, ids=[identifier])
    if tombstones:
        raise Gone("records.gone", id=identifier, kind=tombstones[0].kind, title=tombstones[0].title)
    raise NotFound("checks.no_record", id=identifier[:80])
