"""Records of a kind as a table, with all their fields."""

from collections.abc import Iterable, Mapping
from datetime import date

from kaysis_graph.answers.named_things import things_named
from kaysis_graph.graph.graph import Graph
from kaysis_graph.messages import Language, say
from kaysis_graph.records.names import name_of_record
from kaysis_graph.records.record_model import Record
from kaysis_graph.render.table import Cell, Column, Table
from kaysis_graph.schema import Kind
from kaysis_graph.schema.fieldtypes import Value


def record_table(graph: Graph, at: date, language: Language, kind: Kind, pages: Iterable[list[Record]]) -> Table:
    """The records of a kind with all their fields, as they were on the day."""
    columns = (
        Column("id", say("tables.id", language)),
        *(Column(name, held.label.of(language)) for name, held in kind.fields.items()),
        Column("earlier_spells", say("record.earlier_spells", language)),
        Column("belongs_to", say("tables.belongs_to", language)),
    )
    rows = (
        (
            record.id,
            *(value_in_cell(record.on(name, at)) for name in kind.fields),
            _spells_in_cell(record),
            thing.distinction(language) or None,
        )
        for found in pages
        for record, thing in zip(
            found, things_named(graph, at, [name_of_record(record, at) for record in found]), strict=True
        )
    )
    return Table(kind.plural.of(language), columns, rows)


def _spells_in_cell(record: Record) -> str:
    """The spells before the one that the two days of the row tell, as ISO 8601 writes intervals."""
    return "; ".join(f"{spell.valid_from or '..'}/{spell.valid_to}" for spell in record.earlier_spells)


def value_in_cell(value: Value | None) -> Cell:
    """What a field says, as one cell of a table."""
    match value:
        case list():
            return "; ".join(str(held) for held in value)
        case Mapping():
            return str(value.get("text") or "–".join(str(value[end]) for end in ("min", "max") if end in value))
        case _:
            return value
