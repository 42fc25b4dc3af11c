"""The columns of the fields of records and edges as named arrays, as the file of a projection keeps them."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from kaysis_graph.graph.columns import Strings, frozen
from kaysis_graph.graph.fields.edge_fields import EdgeFields
from kaysis_graph.graph.fields.kind_fields import FormerValues, KindFields
from kaysis_graph.graph.fields.record_fields import RecordFields
from kaysis_graph.graph.fields.text_column import TextColumn
from kaysis_graph.graph.fields.value_columns import AnyColumn, CodeColumn, ListColumn, NumberColumn
from kaysis_graph.schema import Schema

Arrays = Mapping[str, NDArray[Any]]
_SPANS: Final = ("row", "valid_from", "valid_to")


def arrays_of_fields(fields: RecordFields) -> dict[str, NDArray[Any]]:
    """All columns that say something, each array under a name of its own."""
    kept: dict[str, NDArray[Any]] = {"fields": fields.row}
    for kind, known in fields.of_kind.items():
        if not len(known):
            continue
        kept[f"{kind}.position"], kept[f"{kind}.order"] = known.position, known.order
        kept |= _named(f"{kind}.sort_key", known.keys)
        for name, column in known.columns.items():
            if len(column):
                kept |= _named(f"{kind}.{name}", column)
        for name, former in known.former.items():
            if len(former.row):
                kept |= {f"{kind}.{name}.former.{part}": getattr(former, part) for part in _SPANS}
                kept |= _named(f"{kind}.{name}.former", former.column)
    return kept


def restored_fields(schema: Schema, ids: Strings, arrays: Arrays) -> RecordFields:
    """The columns out of what was kept of them, for records of these identifiers."""
    empty = RecordFields.empty(schema)
    of_kind = {kind: _restored_kind(kind, known, ids, arrays) for kind, known in empty.of_kind.items()}
    return replace(empty, row=arrays["fields"], of_kind=of_kind)


def arrays_of_edge_fields(fields: EdgeFields) -> dict[str, NDArray[Any]]:
    """The columns of an edge type that say something, each array under a name of its own."""
    kept: dict[str, NDArray[Any]] = {"field_rows": np.array([fields.size], np.int32)}
    for name, column in fields.columns.items():
        if len(column):
            kept |= _named(f"field.{name}", column)
    return kept


def restored_edge_fields(schema: Schema, edge_type: str, arrays: Arrays) -> EdgeFields:
    """The columns of an edge type out of what was kept of them."""
    empty = EdgeFields.empty(schema, edge_type)
    prefix = f"{edge_type}.field"
    columns = {name: _restored(f"{prefix}.{name}", column, arrays) for name, column in empty.columns.items()}
    return EdgeFields(int(arrays[f"{edge_type}.field_rows"][0]), columns)


def _restored_kind(kind: str, empty: KindFields, ids: Strings, arrays: Arrays) -> KindFields:
    position = arrays.get(f"{kind}.position")
    if position is None:
        return empty
    return KindFields(
        position,
        frozen(ids[position]),
        {name: _restored(f"{kind}.{name}", column, arrays) for name, column in empty.columns.items()},
        {name: _restored_former(f"{kind}.{name}.former", held, arrays) for name, held in empty.former.items()},
        TextColumn.restored(_under(f"{kind}.sort_key", arrays, ("begins", "sizes", "letters"))),
        arrays[f"{kind}.order"],
        frozen(np.empty(0, np.int32)),
    )


def _restored_former(prefix: str, empty: FormerValues, arrays: Arrays) -> FormerValues:
    if f"{prefix}.row" not in arrays:
        return empty
    row, first, last = (arrays[f"{prefix}.{part}"] for part in _SPANS)
    return FormerValues(row, first, last, _restored(prefix, empty.column, arrays))


def _restored(prefix: str, empty: AnyColumn, arrays: Arrays) -> AnyColumn:
    # An empty column names the arrays it is made of.
    parts = tuple(empty.arrays())
    if f"{prefix}.{parts[0]}" not in arrays:
        return empty
    kept = _under(prefix, arrays, parts)
    restore: Callable[[dict[str, NDArray[Any]]], AnyColumn]
    match empty:
        case NumberColumn(of_type):
            return NumberColumn(of_type, kept["numbers"])
        case TextColumn():
            restore = TextColumn.restored
        case CodeColumn():
            restore = CodeColumn.restored
        case ListColumn():
            restore = ListColumn.restored
    return restore(kept)


def _named(prefix: str, column: AnyColumn) -> dict[str, NDArray[Any]]:
    return {f"{prefix}.{part}": array for part, array in column.arrays().items()}


def _under(prefix: str, arrays: Arrays, parts: tuple[str, ...]) -> dict[str, NDArray[Any]]:
    return {part: arrays[f"{prefix}.{part}"] for part in parts}
