"""The projection of this process, kept in step with the change sequence.

It is read from its file at the start, caught up from the changes since, and built anew from the engine when a
change is missing, the chain does not fit or the counts disagree. While it is built, the old one goes on answering
with its own number. Writes of this process are in it before they return, those of others within a second.
"""

import hashlib
import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kaysis_graph.errors import KaysisError
from kaysis_graph.graph import building, history, saved
from kaysis_graph.graph.projection import Projection
from kaysis_graph.graph.store import Store
from kaysis_graph.schema import Schema

_log = logging.getLogger(__name__)
# Others' writes are looked for twice a second, so that they are in within one.
_LOOK_EVERY = 0.5
# guess: a save of 900,000 edges takes half a second; once a minute is under 1 %.
_SAVE_EVERY = 60.0
# Counting everything takes the embedded engine about a second at 900,000 edges.
_COUNT_EVERY = 600.0


@dataclass
class Seen:
    """What the follower did so far, for `status`: seconds, and how often it had to build anew after the start."""

    loaded_from_file: bool = False
    build_seconds: float = 0.0
    caught_up_changes: int = 0
    rebuilt: int = 0
    trouble: str | None = None


class Follower:
    """Follows one store; `current` is always a whole projection at the number it carries."""

    def __init__(self, store: Store, schema: Schema, file: Path | None) -> None:
        self._store = store
        self._schema = schema
        self._file = file
        self._fingerprint = f"{history.graph_id(store)} {_fingerprint(schema)}"
        self._turn = threading.RLock()
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None
        self._hash = ""
        self._saved_at = 0
        self.seen = Seen()
        self._projection = self._first()
        store.after_write = self.catch_up

    @property
    def current(self) -> Projection:
        """The projection as it stands; it does not change under who holds it."""
        return self._projection

    def catch_up(self) -> Projection:
        """The projection after every change the engine has by now."""
        with self._turn:
            while changes := history.changes_after(self._store, self._projection.sequence):
                try:
                    self._take(changes)
                except (KeyError, _Broken):
                    self._rebuild()
            if history.head(self._store).number < self._projection.sequence:
                # The graph was wiped or restored under us.
                self._rebuild()
            return self._projection

    def agrees(self) -> bool:
        """Whether the counts equal the engine's at the same number; builds anew when they do not."""
        with self._turn:
            self.catch_up()
            before = history.head(self._store).number
            counts = building.counts_in_engine(self._store, self._schema)
            if history.head(self._store).number != before or before != self._projection.sequence:
                return True
            if counts == self._projection.counts():
                return True
            _log.warning("the projection at change %d disagrees with the engine: built anew", before)
            self._rebuild()
            return False

    def follow(self) -> None:
        """Looks for the writes of others in a thread of its own until `end`."""
        self._thread = threading.Thread(target=self._following, name="follower", daemon=True)
        self._thread.start()

    def end(self) -> None:
        """Stops following and keeps the projection in its file."""
        self._ended.set()
        if self._thread is not None:
            self._thread.join()
        self.save()

    def save(self) -> None:
        """Keeps the projection in its file when it moved since it was last kept."""
        projection = self._projection
        if self._file is None or projection.sequence == self._saved_at:
            return
        try:
            saved.save(projection, self._file)
            self._saved_at = projection.sequence
        except OSError as error:
            _log.warning("the projection could not be kept: %s", error)

    def _first(self) -> Projection:
        projection = saved.load(self._file, self._fingerprint) if self._file else None
        if projection is not None and projection.sequence <= history.head(self._store).number:
            self.seen.loaded_from_file = True
            self._saved_at = projection.sequence
            self._projection = projection
            self._hash = self._hash_at(projection.sequence)
            self.agrees()
            return self._projection
        self._projection = self._built()
        return self.catch_up()

    def _built(self) -> Projection:
        begun = time.perf_counter()
        head = history.head(self._store)
        projection = building.from_engine(self._store, self._schema, head.number, self._fingerprint)
        self._hash = head.hash
        self.seen.build_seconds = time.perf_counter() - begun
        return projection

    def _rebuild(self) -> None:
        self.seen.rebuilt += 1
        self._projection = self._built()

    def _take(self, changes: list[history.Change]) -> None:
        number, link = self._projection.sequence, self._hash
        for change in changes:
            if change.number != number + 1 or change.previous_hash != link:
                raise _Broken
            number, link = change.number, change.hash
        self._projection = building.after_changes(self._projection, changes)
        self._hash = link
        self.seen.caught_up_changes += len(changes)

    def _hash_at(self, number: int) -> str:
        if number == 0:
            return history.FIRST_HASH
        changes = history.changes_after(self._store, number - 1, 1)
        return changes[0].hash if changes else ""

    def _following(self) -> None:
        saved_at = counted_at = time.monotonic()
        while not self._ended.wait(_LOOK_EVERY):
            self._carefully(self.catch_up)
            if time.monotonic() - saved_at > _SAVE_EVERY:
                self._carefully(self.save)
                saved_at = time.monotonic()
            if time.monotonic() - counted_at > _COUNT_EVERY:
                self._carefully(self.agrees)
                counted_at = time.monotonic()

    def _carefully(self, act: Callable[[], object]) -> None:
        try:
            act()
            self.seen.trouble = None
        except KaysisError as error:
            # The engine is away: what we have is served with its number, and the next turn tries again.
            if self.seen.trouble is None:
                _log.warning("following the changes: %s", error)
            self.seen.trouble = str(error)
            self._revive()

    def _revive(self) -> None:
        try:
            if self._store.engine.revive():
                _log.warning("the engine had died and was started again")
        except KaysisError as error:
            _log.warning("the engine could not be started again: %s", error)


class _Broken(Exception):  # never leaves this module
    """A change is missing or does not chain to the one before it."""


def _fingerprint(schema: Schema) -> str:
    told = [list(schema.kinds), list(schema.edge_types), building.institution_marks(schema)]
    return hashlib.sha256(repr(told).encode()).hexdigest()[:16]
