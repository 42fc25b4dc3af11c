"""An exported graph put into an empty one, on any engine: records, edges, tombstones, changes and their chain.

The file is read through and checked first. While it is written the graph carries a mark (`is_unfinished`), and its
sequence stays at 0; a restore that was broken off is cleared away by the next one.
"""

import gzip
import hashlib
import itertools
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import orjson

from kaysis_graph.errors import Conflict, Invalid, NotFound, Problem
from kaysis_graph.graph import history
from kaysis_graph.graph.history import Change, Head
from kaysis_graph.graph.queries import Query, load
from kaysis_graph.graph.spells import TIE
from kaysis_graph.graph.store import Reader, Store, Transaction
from kaysis_graph.records import checks, derived_lives, record_model
from kaysis_graph.records.checks import Place
from kaysis_graph.records.writer import WrittenEdges
from kaysis_graph.schema import Schema
from kaysis_graph.transfer.export import FORMAT, VERSION, Exported, Progress
from kaysis_graph.transfer.import_files import has_anything

_CREATE = load("records/create")
_CREATE_EDGES = load("records/create_edges")
_MARKER = load("transfer/marker")
_SET_MARKER = load("transfer/set_marker")
_DROP_MARKER = load("transfer/drop_marker")
_CLEAR = load("transfer/clear")
_TOMBSTONES = load("transfer/restore_tombstones")
_CHANGES = load("transfer/restore_changes")
_JOBS = load("transfer/restore_jobs")
_INVENTIONS = load("transfer/restore_inventions")
_MOST = 2_000
_MOST_BYTES = 2_000_000
_MOST_PROBLEMS = 1_000
_OF_HISTORY: Mapping[str, Query] = {
    "tombstone": _TOMBSTONES,
    "change": _CHANGES,
    "job": _JOBS,
    "invention": _INVENTIONS,
}
Line = tuple[int, dict[str, Any]]
_One = TypeVar("_One")


@dataclass(frozen=True)
class RestoreMark:
    """The mark of a restore under way."""

    id: str


@dataclass(frozen=True)
class TakenAway:
    """How many nodes were taken away."""

    gone: int


def read(store: Store, schema: Schema, path: Path, progress: Progress | None = None) -> Exported:
    """The graph of an exported file put into the store; gives what the file holds.

    Conflict when the store is not empty, Invalid when the file is cut short, altered or does not fit the schema: then
    nothing was written.
    """
    told = progress or _quiet
    if not is_unfinished(store) and has_anything(store):
        raise Conflict("transfer.not_empty")
    exported = checked(schema, path)
    if is_unfinished(store):
        _clear(store)
    store.write(lambda transaction: transaction.run(_SET_MARKER))
    _write_records(store, schema, path, exported, told)
    _write_edges(store, schema, path, exported, told)
    _write_history(store, path, exported, told)
    _run(store, _DROP_MARKER, number=exported.sequence, hash=exported.hash)
    return exported


def is_unfinished(reader: Reader) -> bool:
    """Whether a restore has begun and not ended: the graph must not be shown."""
    return bool(reader.read(_MARKER, into=RestoreMark))


def checked(schema: Schema, path: Path) -> Exported:
    """What a file holds, once it is known to be whole, unaltered and fit for the schema; Invalid otherwise."""
    reading = _Reading(schema, path.name)
    for content, (number, told) in _raw_lines(path):
        reading.take(number, content, told)
        if len(reading.problems) >= _MOST_PROBLEMS:
            break
    if reading.problems:
        raise Invalid(reading.problems)
    return reading.whole()


class _Reading:
    """A file on its way through the checks: what was counted, where the chain stands, what is wrong."""

    def __init__(self, schema: Schema, name: str) -> None:
        self.problems: list[Problem] = []
        self._schema = schema
        self._name = name
        self._digest = hashlib.sha256()
        self._counts = dict.fromkeys(("records", "edges", "tombstones", "changes", "jobs", "inventions"), 0)
        self._at = Head(0, "0" * 64)
        self._header: dict[str, Any] = {}
        self._end: Exported | None = None

    def take(self, number: int, content: bytes, told: dict[str, Any]) -> None:
        """Takes in one line."""
        place: Place = {"file": self._name, "row": number}
        if "end" in told:
            self._end = Exported(**told["end"])
            return
        if number == 1:
            self._header = told
            if told.get("format") != FORMAT or told.get("version") != VERSION:
                raise Invalid([Problem("transfer.no_export", place)])
        if "record" in told:
            self._counts["edges"] += len(told["record"].get("edges", ()))
            self.problems.extend(_record_problems(self._schema, told["record"], place))
        if "change" in told:
            self._at = _chained(self._at, Change(**told["change"]), self.problems, place)
        for name in ("record", "tombstone", "change", "job", "invention"):
            self._counts[f"{name}s"] += name in told
        self._digest.update(content)

    def whole(self) -> Exported:
        """What the file holds; Invalid when its end is missing or does not agree with what came before."""
        if self._end is None:
            raise Invalid([Problem("transfer.cut_short", {"file": self._name})])
        at = Head(int(self._header["number"]), str(self._header["hash"]))
        found = Exported(sequence=at.number, hash=at.hash, **self._counts, sha256=self._digest.hexdigest())
        if found != self._end or self._at != at:
            raise Invalid([Problem("transfer.altered", {"file": self._name})])
        return found


def _chained(before: Head, change: Change, problems: list[Problem], place: Place) -> Head:
    if not change.follows(before) or history.digest_of(change) != change.hash:
        problems.append(Problem("transfer.broken_chain", place, {"number": change.number}))
    return change.head


def _record_problems(schema: Schema, told: dict[str, Any], place: Place) -> list[Problem]:
    problems = checks.record_problems(schema, told, place)
    kind = schema.kinds.get(str(told.get("kind")))
    if kind is not None:
        for edge in told.get("edges", ()):
            problems.extend(checks.edge_problems(schema, kind, edge, {**place, "id": str(told.get("id"))}))
    return problems


def _write_records(store: Store, schema: Schema, path: Path, exported: Exported, progress: Progress) -> None:
    done = 0
    for batch in _batches((len(content), told) for content, (_, told) in _raw_lines(path) if "record" in told):
        by_kind: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for told in batch:
            record = record_model.record_of(schema, told["record"])
            by_kind[record.kind].append({**record_model.stored_record(schema, record), "changes": told["changes"]})
        store.write(partial(_make_records, by_kind=by_kind))
        done += len(batch)
        progress("records", done, exported.records)


def _write_edges(store: Store, schema: Schema, path: Path, exported: Exported, progress: Progress) -> None:
    done = 0
    for batch in _batches(_edges(path)):
        by_type: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for told in batch:
            edge = record_model.edge_of(schema.kinds[told["kind"]], told["source"], told["edge"])
            properties = record_model.stored_edge(schema, told["kind"], edge)
            by_type[edge.type].append({"source": edge.source, "target": edge.target, "properties": properties})
        store.write(partial(_make_edges, by_type=by_type))
        done += len(batch)
        progress("edges", done, exported.edges)


def _write_history(store: Store, path: Path, exported: Exported, progress: Progress) -> None:
    """Tombstones, changes, imports and invented numbers, as they stand in the file."""
    lines = ((content, told) for content, (_, told) in _raw_lines(path) if "record" not in told)
    done = 0
    for name, group in itertools.groupby(lines, lambda line: next(iter(line[1]))):
        if name not in _OF_HISTORY:
            # The header and the end.
            continue
        for batch in _batches((len(content), _without_nulls(told[name])) for content, told in group):
            _run(store, _OF_HISTORY[name], rows=batch)
            if name == "change":
                progress("changes", done := done + len(batch), exported.changes)


def _edges(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    for content, (_, told) in _raw_lines(path):
        edges = told["record"].get("edges", ()) if "record" in told else ()
        for edge in edges:
            # A share of the line that is large enough.
            yield (
                len(content) // len(edges),
                {"kind": told["record"]["kind"], "source": told["record"]["id"], "edge": edge},
            )


def _make_records(transaction: Transaction, by_kind: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
    for kind, rows in by_kind.items():
        transaction.run(_CREATE.named(KIND=kind), rows=rows)


def _make_edges(transaction: Transaction, by_type: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
    for edge_type, rows in by_type.items():
        made = transaction.read(_CREATE_EDGES.named(EDGE_TYPE=edge_type), into=WrittenEdges, rows=rows)[0].made
        if made != len(rows):
            raise Conflict("checks.lost_end", count=len(rows) - made)
    if parts := [row["source"] for row in by_type.get(TIE, ())]:
        derived_lives.write_lives(transaction, parts)


def _run(store: Store, query: Query, **takes: object) -> None:
    store.write(lambda transaction: transaction.run(query, **takes))


def _clear(store: Store) -> None:
    while store.write(lambda transaction: transaction.read(_CLEAR, into=TakenAway, limit=_MOST)[0].gone):
        pass


def _raw_lines(path: Path) -> Iterator[tuple[bytes, Line]]:
    if not path.is_file():
        raise NotFound("transfer.no_file", file=str(path))
    opener: Callable[..., Any] = gzip.open if path.suffix == ".gz" else open
    number = 0
    try:
        with opener(path, "rb") as file:
            for number, content in enumerate(file, 1):  # told when the file breaks off
                yield content, (number, orjson.loads(content))
    except (EOFError, zlib.error, ValueError, gzip.BadGzipFile) as error:
        rule = "transfer.cut_short" if number else "transfer.no_export"
        raise Invalid([Problem(rule, {"file": path.name, "row": number + 1})]) from error


def _without_nulls(told: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in told.items() if value is not None}


def _batches(sized: Iterable[tuple[int, _One]]) -> Iterator[list[_One]]:
    batch: list[_One] = []
    size = 0
    for length, one in sized:
        batch.append(one)
        size += length
        if len(batch) >= _MOST or size > _MOST_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _quiet(stage: str, done: int, total: int | None) -> None:
    """Progress nobody asked for."""
