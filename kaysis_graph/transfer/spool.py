"""What an input says, kept on disk in the order it is checked, so that memory stays bounded however large it is.

A temporary SQLite file: rows go in as they are read and come out by identifier.
"""

import json
import marshal
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any, Literal, Self, TypeVar

from kaysis_graph.errors import Problem
from kaysis_graph.transfer.inventions import Invention
from kaysis_graph.transfer.maps.applied import Given, GivenEdge, GivenRecord
from kaysis_graph.transfer.maps.hints import with_map_key

_TABLES = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE record (id TEXT, kind TEXT, stub INTEGER, first TEXT, last TEXT, said BLOB);
CREATE TABLE edge (source TEXT, type TEXT, target TEXT, ends TEXT, said BLOB);
CREATE TABLE problem (severity TEXT, file INTEGER, row INTEGER, rule TEXT, place TEXT, vals TEXT);
CREATE TABLE invention (id TEXT, number TEXT, told TEXT);
CREATE TABLE ready_record (id TEXT, said BLOB);
CREATE TABLE ready_edge (source TEXT, said BLOB);
CREATE TABLE part (source TEXT, target TEXT, first TEXT, last TEXT, place BLOB);
CREATE TABLE whole (id TEXT PRIMARY KEY);
CREATE INDEX part_source ON part (source);
CREATE INDEX part_target ON part (target);
"""
_INDEXES = """
CREATE INDEX record_id ON record (id);
CREATE INDEX edge_source ON edge (source, type, target);
CREATE TABLE source AS SELECT DISTINCT id FROM (SELECT id FROM record UNION ALL SELECT source FROM edge) ORDER BY id;
"""
# What leads nowhere is in no circle; each round takes one level off from either side.
_ROUND = """
DELETE FROM part WHERE target NOT IN (SELECT source FROM part) OR source NOT IN (SELECT target FROM part)
"""
# Rows put in at once; between 500 and 5,000 the speed is the same.
_AT_A_TIME = 2_000
# Problems of one rule in one column that are kept; the others are counted. A thousand show what is wrong with a column.
MOST_ALIKE = 1_000
# Problems of an edge that lie at one of its ends.
_ENDS = {"checks.no_target": "to", "checks.unfit_target": "to", "checks.no_source": "from"}


@dataclass(frozen=True)
class ReadyRecord:
    """A checked record that is new or differs: its JSON, what of it is to stay, and whether the graph had none."""

    told: dict[str, Any]
    keep: list[str]
    is_new: bool


@dataclass(frozen=True)
class ReadyEdge:
    """A checked edge that is new or differs, with the kind of its source.

    `first` is the first day it had before; `is_new` tells that the graph had none of its key, nor one of that day.
    """

    source: str
    kind: str
    told: dict[str, Any]
    keep: list[str]
    first: str
    is_new: bool


_Ready = TypeVar("_Ready", ReadyRecord, ReadyEdge)


@dataclass(frozen=True)
class RuleBreaks:
    """How often one rule was broken, and how gravely."""

    rule: str
    severity: Literal["error", "warning"]
    count: int


@dataclass(frozen=True)
class Part:
    """That a record is part of another from a first day to a last, empty where open; `place` is the input's, if any."""

    source: str
    target: str
    first: str
    last: str
    place: Mapping[str, str | int] = field(default_factory=dict)


class Spool:
    """The input of one import between reading, checking and writing; a context, gone with its file at the end."""

    def __init__(self, columns: Mapping[str, Mapping[str, str]] | None = None) -> None:
        """`columns` tells from which columns fields come, by the rule of the map, to name them in problems.

        Of RDF it tells by the kind which property says a field or an edge.
        """
        self._columns = columns or {}
        self._folder = TemporaryDirectory(prefix="kaysis-import-")
        # One import at a time uses it, though maybe not in the thread that made it.
        self._data = sqlite3.connect(Path(self._folder.name) / "spool", isolation_level=None, check_same_thread=False)
        self._data.executescript(_TABLES)
        self._data.execute("BEGIN")
        self._records: list[tuple[Any, ...]] = []
        self._edges: list[tuple[Any, ...]] = []
        self._problems: list[tuple[Any, ...]] = []
        self.counts: Counter[tuple[str, str]] = Counter()
        self._alike: Counter[tuple[str, str, str]] = Counter()
        self._files: dict[str, int] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._data.close()
        self._folder.cleanup()

    def add(self, given: Given) -> None:
        """Takes in what a row says."""
        match given:
            case GivenRecord():
                days = (given.told.get(name) for name in ("valid_from", "valid_to"))
                first, last = (day if isinstance(day, str) else None for day in days)
                self._records.append((given.id, given.kind, given.is_stub, first, last, _packed(_said(given))))
            case GivenEdge():
                self._edges.append((given.source, given.type, given.target, given.ends, _packed(_said(given))))
            case Invention():
                self._data.execute("INSERT INTO invention VALUES (?, ?, ?)", (given.id, given.number, given.text))
            case Problem():
                self.report([given])
        if len(self._records) >= _AT_A_TIME or len(self._edges) >= _AT_A_TIME:
            self._flush()

    def report(self, problems: Iterable[Problem]) -> None:
        """Takes in problems."""
        for told in problems:
            place = self._place(told)
            column = str(place.get("column", ""))
            problem = with_map_key(told, column) if column and ", " not in column else told
            self.counts[problem.rule, problem.severity] += 1
            alike = (problem.severity, problem.rule, column or str(place.get("property", "")))
            self._alike[alike] += 1
            if self._alike[alike] > MOST_ALIKE:
                continue
            file = self._files.setdefault(str(place["file"]), len(self._files)) if "file" in place else -1
            values = {name: str(value) for name, value in problem.values.items()}
            where = (problem.severity, file, place.get("row", 0), problem.rule)
            self._problems.append((*where, _json(place), _json(values)))
        if len(self._problems) >= _AT_A_TIME:
            self._flush()

    def _place(self, problem: Problem) -> dict[str, str | int]:
        place = dict(problem.place)
        if "subject" in place:
            return self._place_in_rdf(place)
        known = self._columns.get(str(place.get("map", "")), {})
        name = str(place.get("field", "")).partition(".")[0] or _ENDS.get(problem.rule, "")
        if "column" not in place and known.get(name):
            place["column"] = known[name]
        return place

    def _place_in_rdf(self, place: dict[str, str | int]) -> dict[str, str | int]:
        known = self._columns.get(str(place.get("kind", "")), {})
        names = (*str(place.get("edge", "")).split(), str(place.get("field", "")).removeprefix("earlier."))
        found = next((known[name] for name in names if name in known), None)
        return place if found is None or "property" in place else {**place, "property": found}

    @property
    def has_errors(self) -> bool:
        """Whether anything forbids writing."""
        return any(severity == "error" for _, severity in self.counts)

    def problems(self) -> Iterator[Problem]:
        """The problems, errors first, else in the order of files and rows; at the end how many alike were not kept."""
        self._flush()
        rows = self._data.execute("SELECT severity, rule, place, vals FROM problem ORDER BY severity, file, row, rowid")
        for severity, rule, place, values in rows:
            yield Problem(rule, json.loads(place), json.loads(values), severity)
        for (severity, rule, column), count in sorted(self._alike.items()):
            if count > MOST_ALIKE:
                more = {"rule": rule, "column": column or "–", "count": count - MOST_ALIKE, "kept": MOST_ALIKE}
                yield Problem("transfer.more_of_rule", {}, more, "error" if severity == "error" else "warning")

    def close_reading(self) -> int:
        """Ends the reading and gives the number of records and sources of edges there are to check."""
        self._flush()
        self._data.execute("COMMIT")
        self._data.executescript(_INDEXES)
        self._data.execute("BEGIN")
        return int(self._data.execute("SELECT count(*) FROM source").fetchone()[0])

    def parts(self, size: int) -> Iterator[tuple[str, str]]:
        """First and last identifier of each part with at most `size` identifiers, in order."""
        last = ""
        while True:
            rows = self._data.execute("SELECT id FROM source WHERE id > ? ORDER BY id LIMIT ?", (last, size)).fetchall()
            if not rows:
                return
            last = rows[-1][0]
            yield rows[0][0], last

    def records_between(self, first: str, last: str) -> Iterator[GivenRecord]:
        """The rows for the records from one identifier to another, those of each record in the order they were read."""
        rows = self._data.execute("SELECT * FROM record WHERE id BETWEEN ? AND ? ORDER BY id, rowid", (first, last))
        for identifier, kind, stub, _, _, said in rows:
            told, keep, combine, place = _unpacked(said)
            yield GivenRecord(kind, identifier, told, keep, combine, bool(stub), place)

    def edges_between(self, first: str, last: str) -> Iterator[GivenEdge]:
        """The rows for the edges that leave these records, by source, type and target."""
        order = "ORDER BY source, type, target, rowid"
        rows = self._data.execute(f"SELECT * FROM edge WHERE source BETWEEN ? AND ? {order}", (first, last))  # noqa: S608
        for source, edge_type, target, ends, said in rows:
            told, keep, combine, place = _unpacked(said)
            yield GivenEdge(source, edge_type, target, told, keep, combine, ends, place)

    def kinds_of(self, ids: Iterable[str]) -> dict[str, tuple[str, bool]]:
        """The kinds of those identifiers that the input makes records of, and whether only stubs."""
        rows = self._data.execute(
            "SELECT id, kind, min(stub) FROM record WHERE id IN (SELECT value FROM json_each(?)) GROUP BY id",
            (json.dumps(sorted(set(ids))),),
        )
        return {identifier: (kind, bool(is_stub)) for identifier, kind, is_stub in rows}

    def named_among(self, ids: Iterable[str]) -> list[str]:
        """Those of the identifiers that the input makes a record of, or an edge from or to, in order."""
        rows = self._data.execute(
            "SELECT value FROM json_each(?)"
            " WHERE value IN (SELECT id FROM source) OR value IN (SELECT target FROM edge)",
            (json.dumps(sorted(ids)),),
        )
        return [value for (value,) in rows]

    def note_parts(self, parts: Iterable[Part]) -> None:
        """Takes in what is part of what, as it will be."""
        rows = ((part.source, part.target, part.first, part.last, _packed(dict(part.place))) for part in parts)
        self._data.executemany("INSERT INTO part VALUES (?, ?, ?, ?, ?)", rows)

    def unread_wholes(self, most: int) -> list[str]:
        """Records that others are part of, and of which it was not asked yet what they are part of; each once."""
        found = self._data.execute(
            "SELECT DISTINCT target FROM part WHERE target NOT IN (SELECT source FROM part)"
            " AND target NOT IN (SELECT id FROM whole) LIMIT ?",
            (most,),
        ).fetchall()
        self._data.executemany("INSERT INTO whole VALUES (?)", found)
        return [identifier for (identifier,) in found]

    def parts_in_circles(self) -> list[Part]:
        """What is part of itself by whatever way and on whatever days, and what lies between; the rest is given up."""
        while self._data.execute(_ROUND).rowcount:
            continue
        rows = self._data.execute("SELECT * FROM part ORDER BY source, target, first")
        return [Part(source, target, first, last, _unpacked(place)) for source, target, first, last, place in rows]

    def ends_before_successors(self) -> Iterator[tuple[dict[str, str | int], str, str]]:
        """Place, end, and first day of the successor, of records that end a day before that begins."""
        rows = self._data.execute(
            "SELECT ended.said, ended.last, next.first FROM edge"
            " JOIN record ended ON ended.id = edge.source JOIN record next ON next.id = edge.target"
            " WHERE edge.type = 'SUCCEEDED_BY' AND date(ended.last, '+1 day') = next.first ORDER BY ended.rowid"
        )
        for said, last, first in rows:
            yield _unpacked(said)[-1], last, first

    def make_ready(self, records: Iterable[ReadyRecord], edges: Iterable[ReadyEdge]) -> None:
        """Takes in what was checked and has to be written."""
        rows = ((one.told["id"], _packed((one.told, one.keep, one.is_new))) for one in records)
        self._data.executemany("INSERT INTO ready_record VALUES (?, ?)", rows)
        told = ((one.source, _packed((one.kind, one.told, one.keep, one.first, one.is_new))) for one in edges)
        self._data.executemany("INSERT INTO ready_edge VALUES (?, ?)", told)

    def ready(self) -> tuple[int, int]:
        """How many records and edges are to be written."""
        counts = (self._data.execute(f"SELECT count(*) FROM ready_{name}").fetchone() for name in ("record", "edge"))  # noqa: S608
        records, edges = (int(count[0]) for count in counts)
        return records, edges

    def record_batches(self, most: int, most_bytes: int) -> Iterator[list[ReadyRecord]]:
        """The records to write, in batches."""
        rows = self._data.execute("SELECT said FROM ready_record ORDER BY rowid")
        return _batches(((len(said), ReadyRecord(*_unpacked(said))) for (said,) in rows), most, most_bytes)

    def edge_batches(self, most: int, most_bytes: int) -> Iterator[list[ReadyEdge]]:
        """The edges to write, in batches."""
        rows = self._data.execute("SELECT source, said FROM ready_edge ORDER BY rowid")
        return _batches(((len(said), ReadyEdge(source, *_unpacked(said))) for source, said in rows), most, most_bytes)

    def invention_batches(self, most: int) -> Iterator[list[Invention]]:
        """The numbers that were invented for what was read, in batches."""
        rows = self._data.execute("SELECT id, number, told FROM invention ORDER BY rowid")
        while batch := [Invention(*row) for row in rows.fetchmany(most)]:
            yield batch

    def gazette(self) -> Iterator[tuple[str, dict[str, Any], dict[str, str | int]]]:
        """Identifier, JSON and place of every act the input tells of, for the rules that compare acts."""
        rows = self._data.execute("SELECT id, said FROM record WHERE kind = 'Legislation' AND NOT stub")
        for identifier, said in rows:
            told, _, _, place = _unpacked(said)
            yield identifier, told, place

    def _flush(self) -> None:
        self._data.executemany("INSERT INTO record VALUES (?, ?, ?, ?, ?, ?)", self._records)
        self._data.executemany("INSERT INTO edge VALUES (?, ?, ?, ?, ?)", self._edges)
        self._data.executemany("INSERT INTO problem VALUES (?, ?, ?, ?, ?, ?)", self._problems)
        self._records.clear()
        self._edges.clear()
        self._problems.clear()


def _batches(sized: Iterable[tuple[int, _Ready]], most: int, most_bytes: int) -> Iterator[list[_Ready]]:
    batch: list[_Ready] = []
    size = 0
    for length, ready in sized:
        if batch and (len(batch) >= most or size + length > most_bytes):
            yield batch
            batch, size = [], 0
        batch.append(ready)
        size += length
    if batch:
        yield batch


def _said(given: GivenRecord | GivenEdge) -> tuple[Any, ...]:
    return dict(given.told), given.keep, dict(given.combine), given.place


def _packed(value: Any) -> bytes:  # noqa: ANN401  # whatever marshal takes
    """The value as this process alone reads it again: packed and unpacked in a tenth of the time that JSON takes."""
    try:
        return marshal.dumps(value)
    except ValueError:
        # A text of a class of its own, such as an IRI of RDF.
        return marshal.dumps(json.loads(_json(value)))


def _unpacked(packed: bytes) -> Any:  # noqa: ANN401  # whatever was packed
    return marshal.loads(packed)  # noqa: S302  # a file that this process made and nobody else can open


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
