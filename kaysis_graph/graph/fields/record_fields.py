"""What all records say, by their positions: the columns of each kind beside the table of records."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from kaysis_graph import article_order
from kaysis_graph.graph.columns import Ints, frozen, span_of
from kaysis_graph.graph.fields.kind_fields import FieldLists, KindFields, Spans
from kaysis_graph.graph.fields.text_column import held_at, written_at
from kaysis_graph.graph.record_table import NamedRecordRow, RecordTable
from kaysis_graph.schema import Kind, Schema
from kaysis_graph.schema.fieldtypes import FIELD_TYPES


@dataclass(frozen=True)
class RecordFields:
    """The columns of each kind, and the row that each position has in those of its kind; -1 where it has none."""

    kinds: Mapping[str, Kind]
    row: Ints
    of_kind: Mapping[str, KindFields]

    @staticmethod
    def empty(schema: Schema | None = None) -> "RecordFields":
        """No record of any kind."""
        kinds = schema.kinds if schema else {}
        none = frozen(np.empty(0, np.int32))
        return RecordFields(kinds, none, {name: KindFields.empty(kind) for name, kind in kinds.items()})

    def written(self, kind: str, lists: FieldLists) -> "RecordFields":
        """The same with these records of a kind, added or in the place of what they said."""
        known = self.of_kind[kind]
        row = self.row
        is_new = held_at(row, lists.positions, -1) < 0
        if is_new.any():
            following = np.arange(len(known), len(known) + int(is_new.sum()), dtype=np.int32)
            row = written_at(row, lists.positions[is_new], following, -1)
        written = known.written(row[lists.positions], lists)
        return replace(self, row=row, of_kind={**self.of_kind, kind: written})

    def after(
        self, records: RecordTable, changed: Sequence[NamedRecordRow], removed: Sequence[tuple[str, int]]
    ) -> "RecordFields":
        """The same after a change: what was removed, by kind and position, says nothing any more.

        `changed` say what they tell; `records` is the table after the change.
        """
        following = self
        for kind, positions in _grouped(removed, self.of_kind):
            known = following.of_kind[kind]
            rows = self.row[np.array(positions, np.int32)]
            following = replace(following, of_kind={**following.of_kind, kind: known.without(rows)})
        latest = {row.id: row for row in changed}
        for kind, told in _grouped(((row.kind, row) for row in latest.values()), self.of_kind):
            following = following.written(kind, self._told(kind, records, told))
        return following

    def values(self, records: RecordTable, positions: Ints, name: str, day: int | None = None) -> list[Any]:
        """What a field of these records says, or said on the day; None where nothing or where nobody knows."""
        told: list[Any] = [None] * len(positions)
        kinds = records.kind[positions]
        for number in np.unique(kinds).tolist():
            known = self.of_kind.get(records.kinds[number]) if number >= 0 else None
            if known is None:
                continue
            places = np.flatnonzero(kinds == number)
            rows = self.row[positions[places]]
            said = known.values(name, rows) if day is None else known.values_on(name, rows, day)
            if len(places) == len(positions):
                return said
            for place, value in zip(places.tolist(), said, strict=True):
                told[place] = value
        return told

    def _told(self, kind: str, records: RecordTable, rows: Sequence[NamedRecordRow]) -> FieldLists:
        known, definition = self.of_kind[kind], self.kinds[kind]
        positions = np.array([records.position_of[row.id] for row in rows], np.int32)
        return FieldLists(
            positions,
            records.ids[positions],
            [article_order.sort_key(kind, row.id, row.told.get("title", row.id)) for row in rows],
            {name: [_stored(definition, name, row.told.get(name)) for row in rows] for name in known.columns},
            {
                name: [_spans(definition, name, row.told.get("earlier", {}).get(name, ())) for row in rows]
                for name in known.former
            },
        )


def _stored(kind: Kind, name: str, value: Any) -> Any:  # noqa: ANN401  # a value of any field
    return None if value is None else FIELD_TYPES[kind.fields[name].type].stored(value)


def _spans(kind: Kind, name: str, earlier: Sequence[Mapping[str, Any]]) -> Spans:
    return [
        (*span_of(held.get("valid_from"), held["valid_to"]), _stored(kind, name, held["value"])) for held in earlier
    ]


def _grouped(pairs: Any, known: Mapping[str, KindFields]) -> Iterator[tuple[str, list[Any]]]:  # noqa: ANN401
    groups: dict[str, list[Any]] = defaultdict(list)
    for kind, held in pairs:
        if kind in known:
            groups[kind].append(held)
    yield from groups.items()
