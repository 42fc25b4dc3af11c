"""How many records found are of each kind and code: each facet counted among what passes all the others."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from tantivy import Query, Searcher

from kaysis_graph.search.index.documents import IndexFields
from kaysis_graph.search.index.terms import Terms, all_of

# More groups than kinds and codes can make; a smaller number would leave some out.
_MOST_GROUPS: Final = 65_000


@dataclass(frozen=True)
class FacetRow:
    """How many records of one kind with these codes were found; an empty code is one that is not told."""

    kind: str
    codes: tuple[str, ...]
    total: int


class Counting:
    """Counts of one question under its filters.

    Filters on the coded fields that are counted are applied to the counts: a facet then also tells of the codes that
    were not chosen.
    """

    def __init__(self, searcher: Searcher, terms: Terms, fields: IndexFields, narrowed: Mapping[str, Any]) -> None:
        self._searcher = searcher
        self._fields = fields.counted
        # What a dated field said on another day is known to the index only.
        own = [held for held in narrowed["equal"] if held["name"] in self._fields and not held["earlier_values"]]
        self._chosen = {held["name"]: frozenset(held["values"]) for held in own}
        others = [held for held in narrowed["equal"] if held not in own]
        self._filters = terms.filters({**narrowed, "equal": others})

    def rows(self, found: Query, kinds: Sequence[Query] = ()) -> list[FacetRow]:
        """What is found, in groups."""
        asked = {"groups": {"terms": {"field": "group", "size": _MOST_GROUPS, "segment_size": _MOST_GROUPS}}}
        told = self._searcher.aggregate(all_of([found, *kinds, *self._filters]), asked)
        rows = ((bucket["key"].split("\t"), bucket["doc_count"]) for bucket in told["groups"]["buckets"])
        return [FacetRow(kind, tuple(codes), total) for (kind, *codes), total in rows]

    def total(self, rows: Sequence[FacetRow]) -> int:
        """How many pass every filter."""
        return sum(row.total for row in rows if self._passes(row))

    def facets(self, rows: Sequence[FacetRow], everywhere: Sequence[FacetRow]) -> dict[str, dict[str, int]]:
        """Counts by kind and by code, the most frequent first; `everywhere` are the rows of all kinds."""
        found: dict[str, Counter[str]] = {"kind": Counter(), **{name: Counter() for name in self._fields}}
        for row in everywhere:
            if self._passes(row):
                found["kind"][row.kind] += row.total
        for row in rows:
            for name, code in zip(self._fields, row.codes, strict=True):
                if code and self._passes(row, without=name):
                    found[name][code] += row.total
        return {
            name: dict(sorted(counter.items(), key=lambda item: (-item[1], item[0])))
            for name, counter in found.items()
            if counter
        }

    def _passes(self, row: FacetRow, without: str = "") -> bool:
        return all(
            code in self._chosen[name]
            for name, code in zip(self._fields, row.codes, strict=True)
            if name in self._chosen and name != without
        )
