"""How many records found are of each kind and code: each facet counted among what passes all the others."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kaysis_graph.graph.queries import load
from kaysis_graph.graph.store import Reader
from kaysis_graph.records import record_model
from kaysis_graph.schema import Schema
from kaysis_graph.schema.derive import search_index

_COUNTS = load("search/counts")


@dataclass(frozen=True)
class FacetRow:
    """How many records of one kind with these codes were found, or left out by the filters."""

    labels: list[str]
    codes: list[str | None]
    passes: bool
    total: int


class Counting:
    """Counts of one question under its filters.

    Filters on the coded fields that are counted are applied here and not by the engine: a facet then also tells of the
    codes that were not chosen.
    """

    def __init__(self, reader: Reader, schema: Schema, narrowed: Mapping[str, Any], most: int) -> None:
        self._reader = reader
        self._schema = schema
        self._fields = counted_fields(schema)
        # What a dated field said on another day is known to the engine only.
        own = [held for held in narrowed["equal"] if held["name"] in self._fields and not held["earlier_values"]]
        self._chosen = {held["name"]: frozenset(held["values"]) for held in own}
        others = [held for held in narrowed["equal"] if held not in own]
        self._takes = {"index": search_index.NAME, "most": most, "fields": self._fields, **narrowed, "equal": others}

    def rows(self, question: str) -> list[FacetRow]:
        """What the index finds for the question, in groups."""
        return self._reader.read(_COUNTS, into=FacetRow, question=question, **self._takes)

    def total(self, rows: Sequence[FacetRow]) -> int:
        """How many pass every filter."""
        return sum(row.total for row in rows if self._passes(row))

    def facets(self, rows: Sequence[FacetRow], everywhere: Sequence[FacetRow]) -> dict[str, dict[str, int]]:
        """Counts by kind and by code, the most frequent first; `everywhere` are the rows of all kinds."""
        found: dict[str, Counter[str]] = {"kind": Counter(), **{name: Counter() for name in self._fields}}
        for row in everywhere:
            if self._passes(row):
                found["kind"][record_model.kind_of(self._schema, row.labels)] += row.total
        for row in rows:
            for name, code in zip(self._fields, row.codes, strict=False):
                if code is not None and self._passes(row, without=name):
                    found[name][code] += row.total
        return {
            name: dict(sorted(counter.items(), key=lambda item: (-item[1], item[0])))
            for name, counter in found.items()
            if counter
        }

    def _passes(self, row: FacetRow, without: str = "") -> bool:
        return row.passes and all(
            code in self._chosen[name]
            for name, code in zip(self._fields, row.codes, strict=True)
            if name in self._chosen and name != without
        )


def counted_fields(schema: Schema) -> list[str]:
    """The coded fields that say what sort of its kind a record is: those every record of a kind must have."""
    found = {
        held.name: None
        for kind in schema.kinds.values()
        for held in kind.fields.values()
        if held.codes and held.required and held.filtered and not held.many
    }
    return list(found)
