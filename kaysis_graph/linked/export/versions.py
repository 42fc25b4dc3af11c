"""What changed when: each record with the time from which its RDF has been what it is, oldest first.

That is the order of a linked data event stream. A record moves to the end with every change that can have altered its
RDF, also one of another record, and on a day on which something in it begins or ends (`affected_records`). So whoever
has read up to a place needs only what stands behind it, whenever he comes back. Only the newest version of a record has
a place.

It is worked out from the change sequence alone and kept in memory: every copy of the service gives the same order.
"""

import bisect
import json
import re
import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from kaysis_graph import clock
from kaysis_graph.clock import today
from kaysis_graph.graph import history
from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.history import FIRST_HASH, Change
from kaysis_graph.linked.copy import affected_records
from kaysis_graph.linked.copy.affected_records import AffectedRecords

_DAY = re.compile(r'"valid_(?:from|to)":\s*"(\d{4}-\d{2}-\d{2})')


@dataclass(frozen=True, order=True)
class Version:
    """The newest state of a record: since when it has been so (UTC, ISO 8601 to the millisecond), and of which one."""

    at: str
    id: str


class VersionStream:
    """The order of one graph, brought up to date whenever it is asked."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._turn = threading.Lock()
        self._listed: list[Version] = []
        self._begin()

    def after(self, place: Version | None, limit: int) -> tuple[list[Version], bool]:
        """The versions that follow a place, oldest first, and whether more follow; from the beginning without one.

        The place need not be one of the stream any more: its record may have moved on.
        """
        with self._turn:
            self._catch_up()
            if not self._listed:
                self._listed = [Version(at, name) for name, at in self._since.items()]
            start = 0 if place is None else bisect.bisect_right(self._listed, place)
            return self._listed[start : start + limit], start + limit < len(self._listed)

    def _begin(self) -> None:
        self._sequence, self._hash = 0, FIRST_HASH
        # In the order of their times, since a record that changes is taken out and put at the end.
        self._since: dict[str, str] = {}
        self._listed = []
        self._last = datetime.min.replace(tzinfo=UTC)
        self._coming: dict[date, set[str]] = defaultdict(set)

    def _catch_up(self) -> None:
        projection = self._graph.follower.current
        if projection.hash != self._hash and not self._is_of_now(projection.sequence):
            self._begin()
        if projection.sequence > self._sequence:
            for change in history.all_changes(self._graph.store, self._sequence):
                if change.number > projection.sequence:
                    break
                self._take(change)
        self._turn_days(clock.now())

    def _is_of_now(self, newest: int) -> bool:
        """Whether what we have leads to the graph as it is: it may have been wiped or restored under us."""
        if self._sequence > newest:
            return False
        found = history.changes_after(self._graph.store, self._sequence - 1, 1)
        return self._sequence == 0 or [change.hash for change in found] == [self._hash]

    def _take(self, change: Change) -> None:
        at = datetime.fromisoformat(change.at)
        self._turn_days(at)
        self._move(affected_records.by_changes([change]), at)
        for day, name in _days_to_come(change, clock.local(at).date()):
            self._coming[day].add(name)
        self._sequence, self._hash = change.number, change.hash

    def _turn_days(self, until: datetime) -> None:
        """Moves what begins or ends on the days up to a time, each at the first moment of its day."""
        for day in sorted(day for day in self._coming if _beginning(day) <= until and day <= today()):
            names = self._coming.pop(day)
            self._move(AffectedRecords(set(names), set(names)), _beginning(day))

    def _move(self, touched: AffectedRecords, at: datetime) -> None:
        names = affected_records.reached(self._graph.on(today()), touched)
        if not names:
            return
        # No two events share a time, and none goes back, whatever the clocks of those who wrote said.
        self._last = max(at, self._last + timedelta(milliseconds=1))
        told = self._last.isoformat(timespec="milliseconds").replace("+00:00", "Z")
        for name in sorted(names):
            self._since.pop(name, None)
            self._since[name] = told
        self._listed = []


def _beginning(day: date) -> datetime:
    """The first moment of a day where the register is kept."""
    return datetime(day.year, day.month, day.day, tzinfo=clock.zone()).astimezone(UTC)


def _days_to_come(change: Change, on: date) -> Iterator[tuple[date, str]]:
    """Each day from the change on, on which something in it begins or ends, with a record that this concerns.

    The day of the change itself is one: the clock of another copy may not have reached it yet.
    """
    # ISO dates sort as they follow each other.
    first = on.isoformat()
    if not any(day >= first for day in _DAY.findall(change.rows)):
        return
    for row in change.told():
        days = {date.fromisoformat(day) for day in _DAY.findall(json.dumps(row.after)) if day >= first}
        for day in days:
            for name in _concerned(row):
                yield day, name


def _concerned(row: history.RowChange) -> Iterable[str]:
    if row.record is not None:
        return (row.record["id"],)
    assert row.edge is not None, "a row tells of a record or an edge"
    return row.edge["source"], row.edge["target"]
