"""The projection of this process, kept in step with the change sequence.

It is read from its file at the start, caught up from the changes since, and built anew from the engine when a
change is missing, the chain does not fit or the counts disagree. Who follows counts at once and every ten minutes, in
the background; a command does not, since counting takes longer than its answer (`kaysis verify` is asked for it).
While it is built, the old one goes on answering with its own number. Writes of this process are in it before they
return, those of others within a second.
"""

import contextlib
import hashlib
import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from kaysis_graph.errors import EngineDown, KaysisError
from kaysis_graph.graph import history, projection_file, projection_source
from kaysis_graph.graph.history import Head
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
class FollowerWork:
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
        self.file = file
        self._fingerprint = _fingerprint(store, schema)
        self._turn = threading.RLock()
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None
        self._saved_at = 0
        self._head: Head | None = None
        self.seen = FollowerWork()
        self._projection = self._first()
        store.after_write = self._after_write

    @property
    def current(self) -> Projection:
        """The projection as it stands; it does not change under who holds it."""
        return self._projection

    def catch_up(self) -> Projection:
        """The projection after every change the engine has by now."""
        with self._turn:
            while (head := self._looked()) != self._at:
                try:
                    self._take(
                        history.changes_after(self._store, self._at.number) if head.number > self._at.number else []
                    )
                except (_Broken, LookupError, ValueError, TypeError):
                    # The graph was wiped, restored or altered under us, or a change tells of what we cannot know.
                    self._rebuild()
            return self._projection

    def head(self) -> Head | None:
        """The newest change that the engine told of, asked now where nobody follows; None when it does not answer."""
        if self._thread is not None:
            return None if self._store.outage.is_known else self._head
        with contextlib.suppress(KaysisError):
            return history.head(self._store)
        return None

    def agrees(self) -> bool:
        """Whether the counts equal the engine's at the same number; builds anew when they do not."""
        with self._turn:
            self.catch_up()
            counts = projection_source.counts_in_engine(self._store, self._schema)
            if history.head(self._store) != self._at or counts == self._projection.counts():
                return True
            _log.warning("the projection at change %d disagrees with the engine: built anew", self._at.number)
            self._rebuild()
            return False

    def follow(self) -> None:
        """Looks for the writes of others in a thread of its own until `end`, and listens whether the engine answers."""
        self._store.outage.listen()
        self._thread = threading.Thread(target=self._following, name="follower", daemon=True)
        self._thread.start()

    def end(self) -> None:
        """Stops following and keeps the projection in its file."""
        self._ended.set()
        if self._thread is not None:
            self._thread.join()
        self._store.outage.end()
        self.save()

    def save(self) -> None:
        """Keeps the projection in its file when it moved since it was last kept."""
        projection = self._projection
        if self.file is None or projection.sequence == self._saved_at:
            return
        try:
            projection_file.save(projection, self.file)
            self._saved_at = projection.sequence
        except OSError as error:
            _log.warning("the projection could not be kept: %s", error)

    def _looked(self) -> Head:
        self._head = history.head(self._store)
        return self._head

    @property
    def _at(self) -> Head:
        return Head(self._projection.sequence, self._projection.hash)

    def _first(self) -> Projection:
        projection = projection_file.load(self.file, self._fingerprint, self._schema) if self.file else None
        if projection is not None and projection.hash == self._hash_at(projection.sequence):
            self.seen.loaded_from_file = True
            self._saved_at = projection.sequence
            self._projection = projection
            return self.catch_up()
        self._projection = self._built()
        return self.catch_up()

    def _built(self) -> Projection:
        begun = time.perf_counter()
        head = history.head(self._store)
        projection = projection_source.from_engine(self._store, self._schema, head.number, self._fingerprint)
        self.seen.build_seconds = time.perf_counter() - begun
        return replace(projection, hash=head.hash)

    def _rebuild(self) -> None:
        self.seen.rebuilt += 1
        # A graph that was wiped has no name until its sequence begins again.
        with contextlib.suppress(EngineDown):
            self._fingerprint = _fingerprint(self._store, self._schema)
        self._projection = self._built()
        self._saved_at = -1

    def _take(self, changes: list[history.Change]) -> None:
        at = self._at
        for change in changes:
            if not change.follows(at):
                raise _Broken
            at = change.head
        if not changes:
            raise _Broken
        self._projection = replace(projection_source.after_changes(self._projection, changes), hash=at.hash)
        self.seen.caught_up_changes += len(changes)

    def _hash_at(self, number: int) -> str:
        if number == 0:
            return history.FIRST_HASH
        changes = history.changes_after(self._store, number - 1, 1)
        return changes[0].hash if changes else ""

    def _after_write(self) -> None:
        try:
            self.catch_up()
        except KaysisError as error:
            # The write itself is done: who wrote must not be told otherwise. The next look catches up.
            self._note(error)

    def _following(self) -> None:
        self._carefully(self.agrees)
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
            self._note(error)
            self._revive()
        except Exception as error:  # noqa: BLE001  # a thread that dies in silence would leave every answer behind
            _log.exception("following the changes")
            self.seen.trouble = repr(error)

    def _note(self, error: KaysisError) -> None:
        if self.seen.trouble is None:
            _log.warning("following the changes: %s", error)
        self.seen.trouble = str(error)

    def _revive(self) -> None:
        try:
            if self._store.engine.revive():
                _log.warning("the engine had died and was started again")
        except KaysisError as error:
            _log.warning("the engine could not be started again: %s", error)


class _Broken(Exception):  # never leaves this module
    """A change is missing or does not chain to the one before it."""


def _fingerprint(store: Store, schema: Schema) -> str:
    fields = [
        [
            kind.name,
            *((held.name, held.type, held.many, held.has_column, held.dated) for held in kind.fields.values()),
            *(
                (edge.type, held.name, held.type, held.many)
                for edge in kind.edges.values()
                for held in edge.fields.values()
            ),
        ]
        for kind in schema.kinds.values()
    ]
    told = [list(schema.kinds), list(schema.edge_types), projection_source.institution_marks(schema), fields]
    return f"{history.graph_id(store)} {hashlib.sha256(repr(told).encode()).hexdigest()[:16]}"
