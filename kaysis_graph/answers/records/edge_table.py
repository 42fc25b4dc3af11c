"""The edges of a record as a table for programs and spreadsheets, read in streams whatever their number."""

from collections.abc import Iterator, Mapping
from datetime import date

from kaysis_graph.answers.answer import Thing
from kaysis_graph.answers.edge_effects import EFFECT_TYPES, has_effect
from kaysis_graph.answers.named_things import things_named
from kaysis_graph.answers.records.question import EdgesQuestion
from kaysis_graph.answers.table_columns import titled
from kaysis_graph.graph.graph import Graph
from kaysis_graph.messages import Language, say
from kaysis_graph.records import reader
from kaysis_graph.records.edges import NamedEdge
from kaysis_graph.records.lists import known_kind
from kaysis_graph.render.table import Cell, Column, Table
from kaysis_graph.schema import Field, Kind, Schema

_ROWS_AT_A_TIME = 1_000
_TEXTS = ("Legislation", "Provision")


def edge_table(graph: Graph, at: date, language: Language, edges: EdgesQuestion) -> Table:
    """One row for each edge: its type, its other end, its days, and every field an edge of these may have."""
    kind = known_kind(graph.schema, edges.kind)
    fields = _fields(graph.schema, kind, edges)
    named = ("type", "kind", "id", "title", "belongs_to", "state")
    # Only of repeals and amendments does anybody ask whether they had an effect.
    judged = ("has_effect",) if kind.name in _TEXTS and edges.edge_type in (None, *EFFECT_TYPES) else ()
    view = graph.on(at)
    columns = (
        *(Column(name, say(f"tables.{name}", language)) for name in named),
        *(Column(name, say(f"tables.{name}", language)) for name in judged),
        *(Column(name, held.label.of(language)) for name, held in fields.items()),
    )
    rows = (
        (
            *(edge.type, other.kind, *titled(other, language), other.state),
            *(has_effect(view, edges.id, edges.direction, edge) for _ in judged),
            *(_cell(edge, name) for name in fields),
        )
        for edge, other in _edges(graph, at, edges)
    )
    return Table(say("record.edges_of", language, id=edges.id), columns, rows)


def read_edges(graph: Graph, question: EdgesQuestion, at: date, cursor: str | None, limit: int) -> reader.EdgePage:
    """One page of the edges of a question; NotFound for no record."""
    return reader.edges(
        graph,
        question.id,
        question.direction,
        edge_type=question.edge_type,
        other_kind=question.other_kind,
        cursor=cursor,
        limit=limit,
        at=None if question.ever else at,
        day=at,
    )


def _edges(graph: Graph, at: date, edges: EdgesQuestion) -> Iterator[tuple[NamedEdge, Thing]]:
    cursor: str | None = None
    while True:
        page = read_edges(graph, edges, at, cursor, _ROWS_AT_A_TIME)
        yield from zip(page.edges, things_named(graph, at, [edge.other for edge in page.edges]), strict=True)
        cursor = page.next_cursor
        if cursor is None:
            return


def _fields(schema: Schema, kind: Kind, edges: EdgesQuestion) -> Mapping[str, Field]:
    """The fields of all edges that may be among those asked for, in the order of the schema."""
    kinds = schema.kinds
    sources = [kind] if edges.direction == "out" else kinds.values()
    found: dict[str, Field] = {}
    for source in sources:
        for definition in source.edges.values():
            reaches = edges.direction == "out" or kind.name in definition.to
            if reaches and edges.edge_type in (None, definition.type):
                found = {**definition.fields, **found}
    return found


def _cell(edge: NamedEdge, name: str) -> Cell:
    value = edge.fields.get(name)
    return value if isinstance(value, str | int | bool | date) or value is None else str(value)
