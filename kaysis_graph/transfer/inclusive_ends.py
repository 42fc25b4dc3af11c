"""Ends that seem to be last days: what follows begins a day later, and nothing holds on the day between."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from kaysis_graph.errors import Problem
from kaysis_graph.records.checks import Place
from kaysis_graph.records.writer import EdgeKey

_NAMED_ROWS = 5
_ONE_DAY = timedelta(days=1)


@dataclass
class _OfOneRule:
    """What one rule of a map, or one file, gave: where first, the two days there, how often and in which rows."""

    place: Place
    last: str
    first: str
    rows: list[str | int] = field(default_factory=list)


class InclusiveEnds:
    """The ends of an input that lie a day before the beginning of what follows."""

    def __init__(self) -> None:
        self._found: dict[tuple[object, object], _OfOneRule] = {}

    def look(self, edges: Mapping[EdgeKey, Mapping[str, Any]], places: Mapping[EdgeKey, Place]) -> None:
        """Looks through the edges that leave the same records by the same type; those with a place are the input's."""
        begins: dict[tuple[str, str], set[str]] = defaultdict(set)
        for key in edges:
            begins[key[:2]].add(key[3])
        for key, place in places.items():
            last = edges[key].get("valid_to") if key in edges else None
            if last and (first := _next_day(str(last))) in begins[key[:2]]:
                self._note(place, str(last), first)

    def note_all(self, records: Iterable[tuple[Place, str, str]]) -> None:
        """Takes in records that end a day before the one begins that takes their place: place, last and first day."""
        for place, last, first in records:
            self._note(place, last, first)

    def problems(self) -> Iterator[Problem]:
        """One warning for each rule of a map."""
        for found in self._found.values():
            rows = ", ".join(map(str, found.rows[:_NAMED_ROWS])) + (" …" if len(found.rows) > _NAMED_ROWS else "")
            values = {"count": len(found.rows), "rows": rows, "last": found.last, "first": found.first}
            yield Problem("transfer.inclusive_end", {**found.place, "field": "valid_to"}, values, "warning")

    def _note(self, place: Place, last: str, first: str) -> None:
        rule = (place.get("file"), place.get("map"))
        self._found.setdefault(rule, _OfOneRule(place, last, first)).rows.append(place.get("row", "–"))


def _next_day(day: str) -> str:
    return (date.fromisoformat(day) + _ONE_DAY).isoformat()
