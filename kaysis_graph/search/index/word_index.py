"""The index of one graph, kept in step with its projection.

It lies in a folder beside the projection's file and is kept by the first process that asks for it; the search library
locks it against every other writer. Others read what that process writes. A graph without a folder, and a process that
waits in vain for the one that keeps the folder, has an index of its own in memory. Nothing is done before a search is
asked: commands that look for no words pay nothing.
"""

import contextlib
import hashlib
import json
import logging
import shutil
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Final, Literal

import tantivy

from kaysis_graph.errors import EngineDown
from kaysis_graph.graph import history
from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.history import Head
from kaysis_graph.graph.projection import Projection
from kaysis_graph.graph.queries import load
from kaysis_graph.graph.spells import TIE
from kaysis_graph.records import record_model
from kaysis_graph.records.record_model import Record, RecordRow
from kaysis_graph.search.index.documents import (
    FORM,
    POSITION,
    IndexFields,
    document,
    own_spells,
    position_document,
)
from kaysis_graph.search.index.open_index import OpenIndex

_log = logging.getLogger(__name__)
_OF_KIND = load("records/all_of_kind")
# What the library writes of a build before it goes on to another part: one part of 600,000 records has 250 MB.
_BUILD_BYTES: Final = 400_000_000
# The least the library takes.
_FOLLOW_BYTES: Final = 15_000_000
# The process that keeps the folder looks twice a second for what others wrote.
_LOOK_EVERY: Final = 0.5
_COUNT_EVERY: Final = 600.0
_WAIT_FOR_KEEPER: Final = 5.0
_WAIT_STEP: Final = 0.02
# guess: an index that takes longer is one of a large graph that is built for the first time.
_LONGEST_WAIT: Final = 30.0
_CHANGES_AT_A_TIME: Final = 10
# guess: 40 MB of records that wait to be written.
_RECORDS_AT_A_TIME: Final = 20_000
# What the library says of a folder that another process writes.
_IS_TAKEN: Final = "LockBusy"
Place = Literal["folder", "folder kept by another process", "memory"]


@dataclass(frozen=True)
class IndexPosition:
    """Where the index stands: at which change of which graph, and how many records it holds."""

    number: int
    hash: str
    records: int


@dataclass
class IndexWork:
    """What was done for the index so far, for `status`."""

    place: Place | None = None
    build_seconds: float = 0.0
    rebuilt: int = 0
    trouble: str | None = None


class WordIndex:
    """What searches read; `searcher` is in step with the projection of the process."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self.fields = IndexFields(graph.schema)
        self._folder = _folder(graph)
        self._turn = threading.RLock()
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None
        self._index: tantivy.Index | None = None
        self._writer: tantivy.IndexWriter | None = None
        self._open: OpenIndex | None = None
        self.position: IndexPosition | None = None
        self.seen = IndexWork()

    def opened(self) -> OpenIndex:
        """The index with every change that the projection knows.

        EngineDown while a large index is built for the first time, or when the engine is away and changes are missing.
        """
        if not self._is_in_step():
            if not self._turn.acquire(timeout=_LONGEST_WAIT):
                raise EngineDown("search.building")
            try:
                if not self._is_in_step():
                    self._catch_up(self._graph.follower.current)
            finally:
                self._turn.release()
        assert self._open is not None, "just opened"
        return self._open

    def follow(self) -> None:
        """Keeps an index that lies in a folder in step, in a thread of its own until `end`."""
        if self._folder is not None and self._thread is None:
            self._ended.clear()
            self._thread = threading.Thread(target=self._following, name="words", daemon=True)
            self._thread.start()

    def end(self) -> None:
        """Stops following."""
        self._ended.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def close(self) -> None:
        """Stops following, and lets another process keep the folder."""
        self.end()
        with self._turn:
            self._index = self._writer = self._open = self.position = None

    @property
    def is_kept(self) -> bool:
        """Whether there is an index already, made by whichever process."""
        if self.position is not None or self._folder is None:
            return self.position is not None
        # The library raises where there is no folder.
        return self._folder.is_dir() and tantivy.Index.exists(str(self._folder))

    def agrees(self) -> bool:
        """Whether the index holds as many records as the projection; one that this process keeps is then made anew."""
        self.opened()
        with self._turn:
            projection = self._graph.follower.current
            counts = projection.counts()
            wanted = sum(counts[name] for name in self._graph.schema.kinds)
            if not self._is_in_step() or self.position is None or self.position.records == wanted:
                return True
            _log.warning("the search index holds %d records of %d", self.position.records, wanted)
            if self._writer is not None:
                self._rebuild(projection)
            return False

    def _is_in_step(self) -> bool:
        position = self.position
        return position is not None and position.hash == self._graph.follower.current.hash

    def _catch_up(self, projection: Projection) -> None:
        if self._writer is None:
            self._take_place(projection)
        if self._is_in_step() or self._writer is None:
            return
        if self.position is not None and self.position.number > projection.sequence:
            # Whoever kept it before us had seen more of the graph than we have.
            projection = self._graph.follower.catch_up()
        try:
            self._take_changes(projection)
        except (_Broken, LookupError, ValueError, TypeError):
            # The graph was wiped, restored or altered under us, or a change tells of what we cannot know.
            self._rebuild(projection)

    def _take_place(self, projection: Projection) -> None:
        """Takes the folder, or waits for the process that has it; the memory of this one when neither will do."""
        if self._folder is None:
            self._take(tantivy.Index(self.fields.built), "memory")
            return
        deadline = time.monotonic() + _WAIT_FOR_KEEPER
        while time.monotonic() < deadline:
            try:
                self._folder.mkdir(parents=True, exist_ok=True)
                self._take(tantivy.Index(self.fields.built, path=str(self._folder)), "folder")
            except OSError as error:
                _log.warning("the search index is kept in memory: %s", error)
                break
            except ValueError as error:
                if _IS_TAKEN not in str(error):
                    _log.warning("the search index is damaged and made anew: %s", error)
                    shutil.rmtree(self._folder, ignore_errors=True)
                elif self._read_of_others(projection):
                    return
                self._ended.wait(_WAIT_STEP)
            else:
                _tidy(self._folder)
                return
        self._take(tantivy.Index(self.fields.built), "memory")

    def _take(self, index: tantivy.Index, place: Place) -> None:
        writer = index.writer(_FOLLOW_BYTES, 1)
        self._index = index
        self._look()
        self._writer, self.seen.place = writer, place

    def _read_of_others(self, projection: Projection) -> bool:
        """Whether the index that another process keeps is in step with this one's projection."""
        assert self._folder is not None, "asked of folders only"
        try:
            self._index = tantivy.Index.open(str(self._folder))
        except ValueError:
            return False
        self.seen.place = "folder kept by another process"
        self._look()
        if self.position is not None and self.position.number > projection.sequence:
            self._graph.follower.catch_up()
        return self._is_in_step()

    def _look(self) -> None:
        """Reads what was committed last."""
        assert self._index is not None, "opened before"
        self._index.reload()
        searcher = self._index.searcher()
        opened = OpenIndex(self._index, searcher, self.fields, 0)
        told = opened.told_position()
        self.position = None if told is None else IndexPosition(told["number"], told["hash"], searcher.num_docs - 1)
        self._open = None if told is None else replace(opened, sequence=told["number"])

    def _take_changes(self, projection: Projection) -> None:
        if self.position is None or self.position.number > projection.sequence:
            raise _Broken
        at = Head(self.position.number, self.position.hash)
        touched: dict[str, Record | None] = {}
        while at.number < projection.sequence:
            if len(touched) > _RECORDS_AT_A_TIME:
                self._write(projection, touched)
                self._commit(at)
                touched = {}
            changes = history.changes_after(self._graph.store, at.number, _CHANGES_AT_A_TIME)
            for change in changes[: projection.sequence - at.number]:
                if not change.follows(at):
                    raise _Broken
                at = change.head
                self._note_touched(touched, change)
            if not changes:
                raise _Broken
        if at.hash != projection.hash:
            raise _Broken
        self._write(projection, touched)
        self._commit(at)

    def _note_touched(self, touched: dict[str, Record | None], change: history.Change) -> None:
        for row in change.told():
            if row.record is not None:
                told = row.after
                touched[row.record["id"]] = None if told is None else record_model.record_of(self.fields.schema, told)
            if row.edge is not None and row.edge["type"] == TIE and row.edge["source"] not in touched:
                # Its days may follow from the tie. What the index holds of it is what it still says.
                assert self._open is not None, "has a position"
                if held := self._open.record_of(row.edge["source"]):
                    touched[held.id] = held

    def _write(self, projection: Projection, touched: dict[str, Record | None]) -> None:
        assert self._writer is not None, "only who has the lock writes"
        for identifier, record in touched.items():
            self._writer.delete_documents_by_term("id", identifier)
            if record is not None:
                self._writer.add_document(self._document(projection, record))

    def _document(self, projection: Projection, record: Record) -> tantivy.Document:
        place = projection.records.position_of.get(record.id)
        spells = own_spells(record) if place is None else projection.records.spells_of(place)
        return document(self.fields, record, spells)

    def _commit(self, at: Head) -> None:
        assert self._writer is not None, "only who has the lock writes"
        self._writer.delete_documents_by_term("id", POSITION)
        self._writer.add_document(position_document({"number": at.number, "hash": at.hash}))
        self._writer.commit()
        self._look()

    def _rebuild(self, projection: Projection) -> None:
        """Everything anew from the engine; who reads the folder meanwhile finds what was there before."""
        if self.position is not None:
            self.seen.rebuilt += 1
        assert self._index is not None, "opened before"
        begun = time.perf_counter()
        # The one that follows is small, and a folder has one writer at a time.
        self._writer = None
        self._writer = self._index.writer(_BUILD_BYTES if self._folder else _FOLLOW_BYTES, 1)
        self._writer.delete_all_documents()
        for record in self._all_records():
            if self._ended.is_set() and self._thread is not None:
                raise _Ended
            self._writer.add_document(self._document(projection, record))
        self._commit(Head(projection.sequence, projection.hash))
        if self._folder:
            self._writer.wait_merging_threads()
            self._writer = None
            with contextlib.suppress(ValueError):
                # Another process may have taken the folder in between.
                self._writer = self._index.writer(_FOLLOW_BYTES, 1)
        self.seen.build_seconds = time.perf_counter() - begun

    def _all_records(self) -> Iterator[Record]:
        store, schema = self._graph.store, self._graph.schema
        for kind in schema.kinds:
            for row in store.stream(_OF_KIND.named(KIND=kind), into=RecordRow):
                yield record_model.loaded_record(schema, row.labels, row.properties)

    def _following(self) -> None:
        counted_at = time.monotonic()
        while True:
            try:
                self.opened()
                if time.monotonic() - counted_at > _COUNT_EVERY:
                    self.agrees()
                    counted_at = time.monotonic()
                self.seen.trouble = None
            except _Ended:
                return
            except Exception as error:  # noqa: BLE001  # a thread that dies in silence would leave the index behind
                # Often the engine is away: searches are answered at the number they know.
                self.seen.trouble = f"{type(error).__name__}: {error}"
                _log.warning("the search index is not in step: %s", self.seen.trouble)
            if self._ended.wait(_LOOK_EVERY):
                return


class _Broken(Exception):  # never leaves this module
    """The changes do not lead from where the index stands to where the projection does."""


class _Ended(Exception):  # never leaves this module
    """The index was told to end while it was built."""


def _folder(graph: Graph) -> Path | None:
    """Where the index of this graph, this schema and this form of it lies; None for a graph that keeps no files."""
    if graph.follower.file is None:
        return None
    said = json.dumps([FORM, asdict(graph.schema)], sort_keys=True, default=sorted)
    named, _, _ = graph.follower.current.fingerprint.partition(" ")
    return graph.follower.file.with_name("search") / f"{named}-{hashlib.sha256(said.encode()).hexdigest()[:16]}"


def _tidy(kept: Path) -> None:
    """Takes away the indexes of graphs, schemas and forms that nobody has open."""
    for folder in kept.parent.iterdir():
        if folder == kept or not folder.is_dir():
            continue
        with contextlib.suppress(OSError, ValueError):
            if tantivy.Index.exists(str(folder)):
                writer = tantivy.Index.open(str(folder)).writer(_FOLLOW_BYTES, 1)
                del writer
            shutil.rmtree(folder)
