"""The edges of a record as a table for programs and spreadsheets, read in streams whatever their number."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from kaysis_graph.answers.answer import Thing
from kaysis_graph.answers.edge_effects import EFFECT_TYPES, has_effect
from kaysis_graph.answers.table_columns import titled
from kaysis_graph.messages import say
from kaysis_graph.records import reader
from kaysis_graph.records.edges import Direction, NamedEdge
from kaysis_graph.render.table import Cell, Column, Table
from kaysis_graph.schema import Field
from ui.pages.choice import things_named
from ui.pages.reader import Asked

_ROWS_AT_A_TIME = 1_000
_TEXTS = ("Legislation", "Provision")


@dataclass(frozen=True)
class EdgesAsked:
    """Which edges of which record: one way, of a type and to a kind where these are given, of a day or of all."""

    id: str
    kind: str
    direction: Direction
    edge_type: str | None
    other_kind: str | None
    at: date | None


def edge_table(asked: Asked, edges: EdgesAsked) -> Table:
    """One row for each edge: its type, its other end, its days, and every field an edge of these may have."""
    fields = _fields(asked, edges)
    named = ("type", "kind", "id", "title", "belongs_to", "state")
    # Only of repeals and amendments does anybody ask whether they had an effect.
    judged = ("has_effect",) if edges.kind in _TEXTS and edges.edge_type in (None, *EFFECT_TYPES) else ()
    view = asked.graph.on(asked.at)
    columns = (
        *(Column(name, say(f"tables.{name}", asked.language)) for name in named),
        *(Column(name, say(f"tables.{name}", asked.language)) for name in judged),
        *(Column(name, held.label.of(asked.language)) for name, held in fields.items()),
    )
    rows = (
        (
            *(edge.type, other.kind, *titled(other, asked.language), other.state),
            *(has_effect(view, edges.id, edges.direction, edge) for _ in judged),
            *(_cell(edge, name) for name in fields),
        )
        for edge, other in _edges(asked, edges)
    )
    return Table(say("record.edges_of", asked.language, id=edges.id), columns, rows)


def _edges(asked: Asked, edges: EdgesAsked) -> Iterator[tuple[NamedEdge, Thing]]:
    cursor: str | None = None
    while True:
        page = reader.edges(
            asked.graph.store, asked.graph.schema, edges.id, edges.direction,
            edge_type=edges.edge_type, other_kind=edges.other_kind, cursor=cursor, limit=_ROWS_AT_A_TIME, at=edges.at,
            day=asked.at,
        )  # fmt: skip
        yield from zip(page.edges, things_named(asked, [edge.other for edge in page.edges]), strict=True)
        cursor = page.next_cursor
        if cursor is None:
            return


def _fields(asked: Asked, edges: EdgesAsked) -> Mapping[str, Field]:
    """The fields of all edges that may be among those asked for, in the order of the schema."""
    kinds = asked.graph.schema.kinds
    sources = [kinds[edges.kind]] if edges.direction == "out" else kinds.values()
    found: dict[str, Field] = {}
    for kind in sources:
        for definition in kind.edges.values():
            reaches = edges.direction == "out" or edges.kind in definition.to
            if reaches and edges.edge_type in (None, definition.type):
                found = {**definition.fields, **found}
    return found


def _cell(edge: NamedEdge, name: str) -> Cell:
    value = edge.fields.get(name)
    return value if isinstance(value, str | int | bool | date) or value is None else str(value)
