"""Records as answers give them: lists, one record, its edges, its history."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kaysis_graph.answers.answer import Cut, Thing
from kaysis_graph.answers.named_things import things_named
from kaysis_graph.graph.graph import Graph
from kaysis_graph.records import reader, record_model
from kaysis_graph.records.edges import Direction
from kaysis_graph.records.names import name_of_record
from kaysis_graph.records.record_model import Record
from kaysis_graph.schema import Kind
from kaysis_graph.schema.fieldtypes import Value


@dataclass(frozen=True)
class RecordShown:
    """A record as of the day: its fields as they were then, what they said before, and its spells before the latest."""

    thing: Thing
    fields: Mapping[str, Any]
    earlier: Mapping[str, Any]
    earlier_spells: Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class RecordList:
    """A page of the records of a kind; `total` counts all that pass the filters."""

    at: date
    sequence: int
    complete: bool
    cut: Cut | None
    kind: str
    total: int
    next_cursor: str | None
    records: list[RecordShown]


@dataclass(frozen=True)
class RecordAnswer:
    """One record, with its life, the numbers of the changes that touched it and how many edges it has.

    `life` tells the days on which it was there, `is_derived` that they follow from its ties to what it is part of.
    """

    at: date
    sequence: int
    complete: bool
    cut: Cut | None
    record: RecordShown
    life: reader.Life
    changes: list[int]
    edge_counts: list[reader.EdgeCount]


@dataclass(frozen=True)
class EdgeShown:
    """One edge seen from a record; `holds` tells whether its own days hold on the day.

    `has_effect` is false for a repeal or amendment whose source was not in force on its day.
    """

    type: str
    role: str | None
    first_day: str
    other: Thing
    holds: bool
    has_effect: bool
    fields: Mapping[str, Any]


@dataclass(frozen=True)
class EdgeList:
    """A page of the edges of a record."""

    at: date
    sequence: int
    complete: bool
    cut: Cut | None
    id: str
    direction: Direction
    total: int
    next_cursor: str | None
    edges: list[EdgeShown]


@dataclass(frozen=True)
class HistoryList:
    """What happened to a record and the edges that leave it, newest first."""

    at: date
    sequence: int
    complete: bool
    cut: Cut | None
    id: str
    total: int
    next_cursor: str | None
    events: list[reader.Event]


def records_shown(graph: Graph, at: date, found: list[Record]) -> list[RecordShown]:
    """The records as of the day, in their order."""
    schema = graph.schema
    names = [name_of_record(record, at) for record in found]
    told = [record_model.record_json(record) for record in found]
    return [
        RecordShown(
            thing,
            _fields(schema.kinds[record.kind], record, at),
            json.get("earlier", {}),
            json.get("earlier_spells", []),
        )
        for thing, record, json in zip(things_named(graph, at, names), found, told, strict=True)
    ]


def cut_of(total: int, shown: int, cursor: str | None) -> Cut | None:
    """Why a page is not the whole list."""
    return None if cursor is None else Cut("api.more", {"total": total, "shown": shown})


def _fields(kind: Kind, record: Record, at: date) -> dict[str, Value]:
    said = {name: record.on(name, at) for name in kind.fields}
    return {name: value for name, value in said.items() if value is not None and name != "title"}
