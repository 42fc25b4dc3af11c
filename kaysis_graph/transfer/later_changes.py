"""What others have written since on what a job wrote: the reason why its undo is refused."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from kaysis_graph.errors import Problem
from kaysis_graph.graph import history
from kaysis_graph.graph.history import Change, RowChange
from kaysis_graph.graph.queries import load
from kaysis_graph.graph.store import Reader
from kaysis_graph.records import checks, record_model, writer
from kaysis_graph.records.checks import StoredEdgeRow
from kaysis_graph.records.writer import EdgeKey
from kaysis_graph.schema import Schema
from kaysis_graph.transfer import jobs
from kaysis_graph.transfer.jobs import Numbered

_LATER = load("transfer/later_changes")
_LEAVING = load("records/edges_leaving")
_ARRIVING = load("records/edges_arriving")
# Changes of neighbouring identifiers lie in neighbouring batches; a batch names up to 2,000 keys.
_CHANGES_HELD = 32
_NAMED_IDS = 3
Key = str | EdgeKey


def key_of(row: RowChange) -> Key:
    """The identifier of the record, or the key of the edge, that a row of a change is about."""
    return row.record["id"] if row.record is not None else row.edge_key


def undone_names(reader: Reader) -> set[str]:
    """The jobs that were undone, and those that undid them: what they changed counts as not made."""
    undone = [held.id for held in jobs.every(reader) if held.status == "undone"]
    return {name for job in undone for name in (job, jobs.undo_of(job))}


class LastChanges:
    """The last change of records and edges by their keys; those of the jobs in `left_aside` count as not made."""

    def __init__(self, reader: Reader, left_aside: Collection[str] = ()) -> None:
        self._reader = reader
        self._left_aside = left_aside
        self._read = lru_cache(_CHANGES_HELD)(self._change)

    def of(self, keys: Iterable[Key], after: int = 0) -> dict[Key, Change]:
        """The last change, after that number, of each key that has one."""
        wanted = set(keys)
        ids = sorted({key if isinstance(key, str) else key[0] for key in wanted})
        found: dict[Key, Change] = {}
        for row in self._reader.read(_LATER, into=Numbered, ids=ids, after=after) if ids else ():
            change, touched = self._read(row.number)
            found |= dict.fromkeys(touched & wanted, change)
        return found

    def _change(self, number: int) -> tuple[Change, frozenset[Key]]:
        change = history.changes_after(self._reader, number - 1, 1)[0]
        if change.job in self._left_aside:
            return change, frozenset()
        return change, frozenset(key_of(row) for row in change.told())


class LaterChanges:
    """The changes that others made after those of a job; what was undone since counts as not made."""

    def __init__(self, reader: Reader, schema: Schema, job: str) -> None:
        self._reader = reader
        self._schema = schema
        self._last = LastChanges(reader, {job, jobs.undo_of(job), *undone_names(reader)}).of

    def problems(self, numbers: Sequence[int], step: Callable[[int], None] | None = None) -> Iterator[Problem]:
        """Why these changes of the job cannot be undone, one problem for each later import or change by hand.

        `step` hears how many changes were looked at.
        """
        own: set[EdgeKey] = set()
        changed: dict[Key, Change] = {}
        built_on: dict[EdgeKey, Change | None] = {}
        for done, number in enumerate(numbers):
            if step is not None:
                step(done)
            rows = jobs.rows_of(self._reader, number)
            own |= {row.edge_key for row in rows if row.edge is not None and row.before is None}
            changed |= self._changed(rows, number)
            made = [row.record["id"] for row in rows if row.record is not None and row.before is None]
            built_on |= self._built_on(made, own, number)
        yield from _grouped("transfer.changed_since", "transfer.changed_since_by_job", changed)
        yield from _grouped("transfer.built_on", "transfer.built_on_by_job", built_on)

    def _changed(self, rows: Sequence[RowChange], number: int) -> dict[Key, Change]:
        by_key = {key_of(row): row for row in rows}
        last = self._last(by_key, number)
        by_hand = {key: by_key[key] for key, change in last.items() if change.job is None}
        same = self._as_written(by_hand)
        return {key: change for key, change in last.items() if key not in same}

    def _as_written(self, rows: Mapping[Key, RowChange]) -> set[Key]:
        """Those that are as the job wrote them: whatever was done by hand was put back by hand."""
        stored = writer.existing(self._reader, self._schema, [key for key in rows if isinstance(key, str)])
        now: dict[Key, object] = {identifier: record_model.record_json(record) for identifier, record in stored.items()}
        keys = [key for key in rows if not isinstance(key, str)]
        kinds = checks.kinds_of(self._reader, self._schema, {key[0] for key in keys})
        held = writer.edges_between(self._reader, self._schema, [key for key in keys if key[0] in kinds], kinds)
        now |= {key: record_model.edge_json(edge) for key, edge in held.items()}
        return {key for key, row in rows.items() if now.get(key) == row.after}

    def _built_on(self, made: Sequence[str], own: set[EdgeKey], number: int) -> dict[EdgeKey, Change | None]:
        edges = [
            (edge.source, edge.type, edge.target, str(edge.properties["first_day"]))
            for query in (_LEAVING, _ARRIVING)
            for edge in (self._reader.read(query, into=StoredEdgeRow, ids=made) if made else ())
        ]
        foreign = [key for key in edges if key not in own]
        last = self._last(foreign, number)
        return {key: last.get(key) for key in foreign}


def _grouped(
    by_hand: str, by_job: str, found: Mapping[Key, Change] | Mapping[EdgeKey, Change | None]
) -> Iterator[Problem]:
    """One problem for each later import, and one for each change that belongs to none."""
    groups: dict[tuple[str, int], list[Key]] = defaultdict(list)
    changes: dict[tuple[str, int], Change | None] = {}
    for key, change in found.items():
        group = ("", 0) if change is None else (change.job or "", 0 if change.job else change.number)
        groups[group].append(key)
        changes[group] = change
    for (job, number), keys in groups.items():
        change = changes[job, number]
        shown = ", ".join(_shown(key) for key in keys[:_NAMED_IDS]) + (" …" if len(keys) > _NAMED_IDS else "")
        values: dict[str, object] = {"count": len(keys), "ids": shown, "job": job, "number": number}
        values |= {"who": change.who if change else "–", "at": change.at[:10] if change else "–"}
        place = {"id": keys[0] if isinstance(keys[0], str) else keys[0][0]}
        yield Problem(by_job if job else by_hand, place, values)


def _shown(key: Key) -> str:
    return key if isinstance(key, str) else f"{key[0]} –{key[1]}→ {key[2]}"
