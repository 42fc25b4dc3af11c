"""The copy of this process, kept in step with the projection: built at the first start, then changed as the graph is.

Where the copies lie, a file names the one that is in use. Whoever builds another (`kaysis linked rebuild`, or the
keeper when the counts disagree) does it beside the old one and turns the name at the end; readers notice nothing.
"""

import hashlib
import json
import logging
import shutil
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from pyoxigraph import Store

from kaysis_graph.clock import today
from kaysis_graph.graph import history
from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.projection import Projection
from kaysis_graph.linked.copy import affected_records, expected_counts, quads
from kaysis_graph.linked.copy.checkpoints import Checkpoint, Opened
from kaysis_graph.linked.copy.quads import Copy, Position
from kaysis_graph.linked.iris import Iris
from kaysis_graph.publication import NOTHING_SAID, Publication
from kaysis_graph.settings import Settings

_log = logging.getLogger(__name__)
# The projection is in step with this process's writes before they return and within half a second with others'.
_LOOK_EVERY = 0.1
# guess: counting 45 million quads takes half a minute of one core.
_COUNT_EVERY = 1_800.0
# A copy that another process keeps is looked for again: that process may have ended.
_ASK_EVERY = 5.0
# A change of an import holds up to 2,000 rows; so many at a time keep readers told of progress.
_CHANGES_AT_A_TIME = 10
# A folder is made a moment before its store is.
_SECONDS_TO_BEGIN = 60
_CURRENT = "current"
State = Literal["building", "following", "kept by another process", "ended"]


@dataclass
class KeeperWork:
    """What the keeper did so far, for `status`."""

    state: State = "building"
    records_done: int = 0
    records_in_all: int = 0
    build_seconds: float = 0.0
    renewed: int = 0
    rebuilt: int = 0
    trouble: str | None = None


class Keeper:
    """Keeps one copy in step with one graph; `newest` is what readers should open."""

    def __init__(self, graph: Graph, base: str, folder: Path, publication: Publication = NOTHING_SAID) -> None:
        self._graph = graph
        self._folder = folder
        self._copy: Copy | None = None
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None
        self._rebuilding: threading.Thread | None = None
        self.iris = Iris(base, graph.schema, publication)
        self.seen = KeeperWork()

    @property
    def newest(self) -> Checkpoint | None:
        """The checkpoint that readers should open; None while the first copy is being built."""
        return newest_in(self._folder)

    def follow(self) -> None:
        """Builds what is missing and follows the graph in a thread of its own until `end`."""
        self._thread = threading.Thread(target=self._following, name="linked", daemon=True)
        self._thread.start()

    def end(self) -> None:
        """Stops following; what is being built anew is left where it is and taken away at the next start."""
        self._ended.set()
        for thread in (self._thread, self._rebuilding):
            if thread is not None:
                thread.join()
        self._copy = None
        self.seen.state = "ended"

    def catch_up(self) -> None:
        """Brings the copy to where the projection stands, in steps that readers may see."""
        copy = self._opened()
        if copy is None:
            return
        while not self._ended.is_set():
            projection, now = self._graph.follower.current, today()
            position = copy.position
            assert position is not None, "an opened copy has one"
            if position.hash == projection.hash and position.day == now.isoformat():
                return
            if position.sequence > projection.sequence and self._is_of_now(position):
                # Whoever kept the copy before us had seen more of the graph than we have.
                self._graph.follower.catch_up()
                continue
            if not self._step(copy, position, projection):
                # The graph was wiped, restored or altered under us: what we have does not lead to what it is now.
                self._copy = None
                self.seen.rebuilt += 1
                self._build()
                return

    def agrees(self) -> bool:
        """Whether the copy holds as many records and triples as the projection says; builds it anew when not."""
        self.catch_up()
        position = None if self._copy is None else self._copy.position
        checkpoint, projection = self.newest, self._graph.follower.current
        if checkpoint is None or position is None or position.hash != projection.hash:
            return True
        wanted = expected_counts.expected(self.iris, projection.on(position.on))
        with Opened(checkpoint.path) as store:
            held = expected_counts.found(self.iris, store, iter(wanted))
        if wanted == held:
            return True
        wrong = sorted(name for name in wanted if wanted[name] != held.get(name))
        _log.warning("the copy at change %d disagrees with the graph: %s", position.sequence, ", ".join(wrong))
        self.rebuild()
        return False

    def rebuild(self) -> None:
        """Builds a copy beside the one in use and puts it in its place; the old one is kept in step meanwhile."""
        if self._rebuilding is not None and self._rebuilding.is_alive():
            return
        self.seen.rebuilt += 1
        self._rebuilding = threading.Thread(target=self._carefully, args=(self._build,), name="rebuild", daemon=True)
        self._rebuilding.start()

    def _step(self, copy: Copy, position: Position, projection: Projection) -> bool:
        """Some changes of the sequence and the turn of the day; False when the next change does not follow."""
        now = today()
        changes = _chained(
            history.Head(position.sequence, position.hash),
            history.changes_after(self._graph.store, position.sequence, _CHANGES_AT_A_TIME),
        )
        changes = [change for change in changes if change.number <= projection.sequence]
        if not changes and position.hash != projection.hash:
            return False
        touched = affected_records.by_changes(changes)
        if position.day != now.isoformat():
            turned = affected_records.by_days(copy.store, self.iris, position.on, now)
            touched.records |= turned.records
            touched.standing |= turned.standing
        view = projection.on(now)
        wanted = affected_records.reached(view, touched)
        self.seen.renewed += copy.renew(self._graph.store, self.iris, view, wanted)
        if changes:
            position = replace(position, sequence=changes[-1].number, hash=changes[-1].hash)
        copy.stand(replace(position, day=now.isoformat()))
        return True

    def _is_of_now(self, position: Position) -> bool:
        """Whether the graph still has the change that the position names."""
        changes = history.changes_after(self._graph.store, position.sequence - 1, 1)
        return [change.hash for change in changes if change.number == position.sequence] == [position.hash]

    def _opened(self) -> Copy | None:
        """The copy in use, opened, or built when there is none that fits; None when another process keeps it."""
        current = _current(self._folder)
        if self._copy is not None and current is not None and self._copy.folder == current:
            return self._copy
        # Another one was put in its place: the old store has to be let go before its folder is.
        self._copy = None
        position = quads.position_in(current) if current is not None else None
        if current is None or position is None or position.fingerprint != fingerprint(self._graph, self.iris):
            self._build()
            current = _current(self._folder)
            assert current is not None, "just built"
        try:
            self._copy = Copy(current)
        except OSError as error:
            _log.info("the copy is kept by another process: %s", error)
            self.seen.state = "kept by another process"
            self._ended.wait(_ASK_EVERY)
            return None
        self.seen.state = "following"
        _tidy(self._folder)
        return self._copy

    def _build(self) -> None:
        begun = time.perf_counter()
        if self._copy is None:
            self.seen.state = "building"
        build(self._graph, self.iris, self._folder, self._note)
        self.seen.build_seconds = time.perf_counter() - begun

    def _note(self, done: int, total: int) -> None:
        self.seen.records_done, self.seen.records_in_all = done, total
        if self._ended.is_set():
            raise _Ended

    def _following(self) -> None:
        counted_at = time.monotonic()
        while not self._ended.is_set():
            self._carefully(self.catch_up)
            if time.monotonic() - counted_at > _COUNT_EVERY:
                self._carefully(self.agrees)
                # What was still read when its turn had come.
                _tidy(self._folder)
                counted_at = time.monotonic()
            self._ended.wait(_LOOK_EVERY)

    def _carefully(self, act: Callable[[], object]) -> None:
        try:
            act()
            self.seen.trouble = None
        except _Ended:
            return
        except Exception as error:  # noqa: BLE001  # a thread that dies in silence would leave the copy behind
            # Often the engine is away: what we have is served with its number, and the next turn tries again.
            self.seen.trouble = f"{type(error).__name__}: {error}"
            _log.warning("the copy is not in step: %s", self.seen.trouble)
            self._ended.wait(_ASK_EVERY)


class _Ended(Exception):  # never leaves this module
    """The keeper was told to end while it built."""


def build(graph: Graph, iris: Iris, folder: Path, progress: Callable[[int, int], None]) -> Position:
    """Builds a copy in a folder of its own and names it as the one in use."""
    projection, now = graph.follower.current, today()
    home = folder / f"copy-{time.time_ns()}"
    home.mkdir(parents=True)
    try:
        position = Position(projection.sequence, projection.hash, now.isoformat(), fingerprint(graph, iris))
        copy = Copy(home)
        copy.build(graph.store, iris, projection.on(now), position, progress)
        del copy
    except BaseException:
        shutil.rmtree(home, ignore_errors=True)
        raise
    quads.put(folder / _CURRENT, home.name)
    return position


def folder(settings: Settings) -> Path:
    """Where the copies of a service lie: two services on one home whose bases differ keep a copy each."""
    return settings.home / "linked" / quote(settings.base, safe="")


def newest_in(folder: Path) -> Checkpoint | None:
    """The checkpoint of the copy in use, whoever keeps it."""
    current = _current(folder)
    return None if current is None else quads.newest_in(current)


def fingerprint(graph: Graph, iris: Iris) -> str:
    """What a copy is of: the graph, the base of its IRIs, who publishes it, the schema and the form of its quads."""
    said = [quads.FORM, iris.base, repr(iris.publication), asdict(graph.schema)]
    told = json.dumps(said, sort_keys=True, default=sorted)
    return f"{history.graph_id(graph.store)} {hashlib.sha256(told.encode()).hexdigest()[:16]}"


def _chained(before: history.Head, changes: Iterable[history.Change]) -> list[history.Change]:
    """The first of the changes, as far as each follows the one before it."""
    found: list[history.Change] = []
    for change in changes:
        if not change.follows(found[-1].head if found else before):
            break
        found.append(change)
    return found


def _current(folder: Path) -> Path | None:
    try:
        return folder / (folder / _CURRENT).read_text(encoding="utf-8")
    except OSError:
        return None


def _tidy(folder: Path) -> None:
    """Takes away copies that are neither in use, nor read, nor being built."""
    for home in folder.glob("copy-*"):
        if home != _current(folder) and not _is_being_built(home):
            quads.take_away(home)


def _is_being_built(home: Path) -> bool:
    """Whether a process has the copy open: its store can be opened by one alone."""
    if time.time_ns() - int(home.name.partition("-")[2]) < _SECONDS_TO_BEGIN * 1_000_000_000:
        return True
    try:
        Store(str(home / quads.STORE))
    except OSError:
        return True
    return False
