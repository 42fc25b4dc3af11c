"""The whole graph with its history as one file, the same on every engine: the backup.

JSON Lines: a header, records with the edges that leave them by identifier, tombstones, changes in order, imports,
invented numbers, and a last line with counts and a checksum, without which the file is refused. The same graph gives
the same bytes.
"""

import gzip
import hashlib
import io
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any, cast

from kaysis_graph import files
from kaysis_graph.errors import Conflict
from kaysis_graph.graph import history
from kaysis_graph.graph.queries import load
from kaysis_graph.graph.store import Store
from kaysis_graph.records import record_model, whole_records
from kaysis_graph.schema import Schema
from kaysis_graph.transfer import inventions, jobs

FORMAT = "kaysis-graph"
VERSION = 1
_TOMBSTONES = load("transfer/all_tombstones")
# guess: a graph that is written to every second is quiet for the length of an export only by chance.
_TRIES = 3
Progress = Callable[[str, int, int | None], None]


@dataclass(frozen=True)
class ExportedTombstone:
    """What a deleted record left."""

    id: str
    kind: str
    title: str
    changes: list[int]
    undone: bool


@dataclass(frozen=True)
class Exported:
    """What a file holds: the position in the change sequence, how many of each, the checksum of the lines before."""

    sequence: int
    hash: str
    records: int
    edges: int
    tombstones: int
    changes: int
    jobs: int
    sha256: str
    inventions: int = 0


def write(store: Store, schema: Schema, target: Path | IO[bytes], progress: Progress | None = None) -> Exported:
    """The graph written to a file (compressed when its name ends in .gz) or an open stream.

    Conflict when the graph changed while it was read: a file is tried again first, a stream is left without its end.
    """
    told = progress or _quiet
    if not isinstance(target, Path):
        return _written(store, schema, target, told)
    for turn in range(1, _TRIES + 1):
        try:
            with (
                files.written_whole(target) as path,
                _opened(path, is_compressed=target.suffix == ".gz") as file,
            ):
                return _written(store, schema, file, told)
        except Conflict:
            if turn == _TRIES:
                raise
    raise AssertionError("every turn returns or raises")


def line(told: dict[str, Any]) -> bytes:
    """One line of the file; keys in order, so that equal content gives equal bytes."""
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def fingerprint(schema: Schema) -> str:
    """A digest of the schema."""
    told = json.dumps(asdict(schema), sort_keys=True, default=sorted)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def _written(store: Store, schema: Schema, file: IO[bytes], progress: Progress) -> Exported:
    head = history.head(store)
    digest = hashlib.sha256()
    counts = dict.fromkeys(("records", "edges", "tombstones", "changes", "jobs", "inventions"), 0)
    for name, told in _lines(store, schema, head):
        content = line(told)
        digest.update(content)
        file.write(content)
        if name:
            counts[name] += 1
            counts["edges"] += len(told.get("record", {}).get("edges", ()))
            if counts[name] % whole_records.AT_A_TIME == 0:
                progress(name, counts[name], None)
    if history.head(store) != head:
        raise Conflict("transfer.changed_meanwhile", before=head.number)
    exported = Exported(sequence=head.number, hash=head.hash, **counts, sha256=digest.hexdigest())
    file.write(line({"end": asdict(exported)}))
    return exported


def _lines(store: Store, schema: Schema, head: history.Head) -> Iterator[tuple[str, dict[str, Any]]]:
    header = {"format": FORMAT, "version": VERSION, "schema": fingerprint(schema), **asdict(head)}
    yield "", header
    for told in _records(store, schema):
        yield "records", told
    for tombstone in store.read(_TOMBSTONES, into=ExportedTombstone):
        yield "tombstones", {"tombstone": asdict(tombstone)}
    for change in history.all_changes(store):
        yield "changes", {"change": asdict(change)}
    for job in sorted(jobs.every(store), key=lambda job: job.id):
        yield "jobs", {"job": asdict(job)}
    for invention in inventions.every(store):
        yield "inventions", {"invention": asdict(invention)}


def _records(store: Store, schema: Schema) -> Iterator[dict[str, Any]]:
    for page in whole_records.every(store, schema):
        for whole in page:
            told = record_model.record_json(whole.record)
            if whole.edges:
                edges = (record_model.edge_json(edge) for edge in whole.edges)
                told["edges"] = sorted(edges, key=lambda edge: json.dumps(edge, sort_keys=True))
            yield {"record": told, "changes": whole.changes}


@contextmanager
def _opened(path: Path, *, is_compressed: bool) -> Iterator[IO[bytes]]:
    with path.open("wb") as raw:
        if not is_compressed:
            yield raw
            return
        # Without name and time, so that the same lines give the same bytes.
        with (
            gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0, compresslevel=6) as packed,
            io.BufferedWriter(cast("io.RawIOBase", packed)) as buffered,
        ):
            yield buffered


def _quiet(stage: str, done: int, total: int | None) -> None:
    """Progress nobody asked for."""
