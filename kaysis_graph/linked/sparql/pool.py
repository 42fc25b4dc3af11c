"""Workers that answer queries: so many at once, so many for one client, each within its limits or with an error.

An answer is handed out when it is whole. What would go past a limit is an error that names the limit and a way out.
"""

import logging
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, BinaryIO, cast

from kaysis_graph.errors import TooLarge
from kaysis_graph.linked.copy.checkpoints import Checkpoint
from kaysis_graph.linked.sparql import guard, pipe, syntax_errors
from kaysis_graph.linked.sparql.limits import (
    BadQuery,
    Broken,
    Busy,
    GivenUp,
    NotBuilt,
    OutOfMemory,
    OutOfTime,
    QueryLimits,
)

_log = logging.getLogger(__name__)
# What Rust and C++ say before they give up, the last when a thread finds no room for its stack.
_STARVED = (b"memory allocation", b"bad_alloc", b"Cannot allocate memory", b"Resource temporarily unavailable")
# Killed, and not by us: the system's own killer goes for whoever holds the most memory.
_KILLED = -9
_TRIES = 3
# What such a query left in its worker would be charged to the next one.
_SPENT = ("memory", "failed", "broken")
_SECONDS_TO_END = 5


@dataclass(frozen=True)
class SparqlQuery:
    """A query that the guard let through, the form its answer is wanted in, and the graphs it is asked of."""

    query: str
    format: str
    client: str
    default_graphs: Sequence[str] = ()
    named_graphs: Sequence[str] = ()


@dataclass(frozen=True)
class Answered:
    """A whole answer, the checkpoint it was found in, and the seconds the worker took."""

    content: bytes
    checkpoint: Checkpoint
    seconds: float


class Asking:
    """A question under way, which whoever asked it may give up."""

    def __init__(self, question: SparqlQuery) -> None:
        self.question = question
        self.is_given_up = False
        self._worker: _Worker | None = None
        self._turn = threading.Lock()

    def give_up(self) -> None:
        """Ends the work on the question; the answer to come is GivenUp."""
        with self._turn:
            self.is_given_up = True
            if self._worker is not None:
                self._worker.kill()

    def taken_by(self, worker: "_Worker | None") -> None:
        """Notes who works on it; GivenUp when nobody wants the answer any more."""
        with self._turn:
            if self.is_given_up:
                raise GivenUp("sparql.given_up")
            self._worker = worker


@dataclass
class _Queue:
    """Who waits, in order, and what is being worked on."""

    waiting: list[Asking] = field(default_factory=list)
    working: list[Asking] = field(default_factory=list)

    def may_go(self, asking: Asking, limits: QueryLimits) -> bool:
        """Whether it is the first that a worker may be given to.

        Who has nothing running gets one of the workers kept back when all others are taken, so that nobody's hard
        queries keep others waiting.
        """
        running = Counter(held.question.client for held in self.working)
        taken = len(self.working)

        def fits(client: str) -> bool:
            kept_back = 0 if running[client] else limits.kept_back
            return running[client] < limits.per_client and taken < limits.workers + kept_back

        return next((held for held in self.waiting if fits(held.question.client)), None) is asking


class Pool:
    """Answers questions about the newest checkpoint; safe to share between threads."""

    def __init__(
        self, newest: Callable[[], Checkpoint | None], base: str, prefixes: Mapping[str, str], limits: QueryLimits
    ) -> None:
        self.limits = limits
        self._newest = newest
        self._base = base
        self._prefixes = dict(prefixes)
        self._queue = _Queue()
        self._turn = threading.Condition()
        self._idle: list[_Worker] = []
        # As many as may wait and work, so that nothing waits for a thread.
        self._threads = ThreadPoolExecutor(limits.workers + limits.kept_back + limits.waiting, "sparql")

    def begin(self, asking: Asking) -> "Future[Answered]":
        """The answer to come, whole: BadQuery when it is no query; OutOfTime, OutOfMemory, TooLarge, Busy past a limit.

        NotBuilt while there is nothing to ask, GivenUp when the question was given up. Busy at once when the queue is
        full, TooLarge at once when the query is.
        """
        if len(asking.question.query) > self.limits.text:
            raise TooLarge("sparql.query_too_long", most=self.limits.text)
        client, queue = asking.question.client, self._queue
        with self._turn:
            own = sum(held.question.client == client for held in queue.waiting)
            if len(queue.waiting) >= self.limits.waiting or own >= self.limits.waiting_per_client:
                raise Busy("sparql.queue_full", own=self.limits.waiting_per_client, all=self.limits.waiting)
            queue.waiting.append(asking)
        return self._threads.submit(self._answer, asking)

    def _answer(self, asking: Asking) -> Answered:
        self._wait(asking)
        try:
            return self._answered(asking)
        finally:
            with self._turn:
                self._queue.working.remove(asking)
                self._turn.notify_all()

    def warm(self) -> None:
        """Starts a worker beforehand, so that the first question does not wait for it."""
        with self._turn:
            if not self._idle:
                self._idle.append(_Worker(self.limits))

    def end(self) -> None:
        """Ends every worker, also those at work: whoever still waits is told GivenUp."""
        with self._turn:
            workers, self._idle = self._idle, []
            under_way = [*self._queue.waiting, *self._queue.working]
        for asking in under_way:
            asking.give_up()
        for worker in workers:
            worker.end()
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _wait(self, asking: Asking) -> None:
        queue, until = self._queue, time.monotonic() + self.limits.patience
        with self._turn:
            try:
                while not queue.may_go(asking, self.limits):
                    if asking.is_given_up:
                        raise GivenUp("sparql.given_up")
                    if not self._turn.wait(min(0.2, max(0.0, until - time.monotonic()))) and time.monotonic() >= until:
                        raise Busy("sparql.busy", own=self.limits.per_client, all=self.limits.workers)
                queue.working.append(asking)
            finally:
                queue.waiting.remove(asking)
                self._turn.notify_all()

    def _answered(self, asking: Asking) -> Answered:
        for _ in range(_TRIES):
            checkpoint = self._newest()
            if checkpoint is None:
                raise NotBuilt("sparql.not_built")
            worker = self._taken()
            begun = time.perf_counter()
            try:
                asking.taken_by(worker)
                head, content = worker.ask(self._asked(asking.question, checkpoint), asking.question.query)
                asking.taken_by(None)
            except _Died as died:
                worker.end()
                if asking.is_given_up:
                    raise GivenUp("sparql.given_up") from died
                raise self._reason(died) from died
            except BaseException:
                worker.end()
                raise
            if head["outcome"] in _SPENT:
                worker.end()
            else:
                with self._turn:
                    self._idle.append(worker)
            if head["outcome"] != "gone":
                return self._whole(asking.question, head, Answered(content, checkpoint, time.perf_counter() - begun))
        raise NotBuilt("sparql.not_built")

    def _taken(self) -> "_Worker":
        with self._turn:
            while self._idle:
                worker = self._idle.pop()
                if worker.is_alive:
                    return worker
                worker.end()
        return _Worker(self.limits)

    def _asked(self, question: SparqlQuery, checkpoint: Checkpoint) -> dict[str, Any]:
        return {
            "store": str(checkpoint.path),
            "format": question.format,
            "default_graphs": list(question.default_graphs),
            "named_graphs": list(question.named_graphs),
            "prefixes": self._prefixes,
            "base": f"{self._base}/",
            "result": self.limits.result,
        }

    def _whole(self, question: SparqlQuery, head: Mapping[str, Any], answered: Answered) -> Answered:
        match head["outcome"]:
            case "ok":
                return answered
            case "syntax":
                undeclared = guard.read(question.query).undeclared
                unknown = {prefix: at for prefix, at in undeclared.items() if prefix not in self._prefixes}
                raise syntax_errors.fault(question.query, head["reason"], unknown)
            case "full":
                raise TooLarge("sparql.result_too_large", megabytes=self.limits.result // 1_000_000)
            case "memory":
                raise OutOfMemory("sparql.out_of_memory", megabytes=self.limits.memory // 1_000_000)
            case "broken":
                _log.warning("a worker could not read its copy: %s", head["reason"])
                raise Broken("sparql.broken")
            case _:
                raise BadQuery("sparql.failed", reason=head["reason"][:500])

    def _reason(self, died: "_Died") -> Exception:
        if died.is_late:
            return OutOfTime("sparql.out_of_time", seconds=f"{self.limits.seconds:g}")
        if died.is_starved:
            return OutOfMemory("sparql.out_of_memory", megabytes=self.limits.memory // 1_000_000)
        return Broken("sparql.broken")


class _Died(Exception):  # never leaves this module
    """The worker ended under a query: killed for its time, starved of memory, or for a reason of its own."""

    def __init__(self, *, is_late: bool, is_starved: bool) -> None:
        super().__init__()
        self.is_late = is_late
        self.is_starved = is_starved


class _Worker:
    """One process; one question at a time."""

    def __init__(self, limits: QueryLimits) -> None:
        self._limits = limits
        self._turn = threading.Lock()
        self._is_working = False
        self._is_late = False
        self._is_ready = False
        self._last_words: BinaryIO = cast("BinaryIO", tempfile.TemporaryFile())  # noqa: SIM115  # as long as the process
        self._process = subprocess.Popen(  # noqa: S603  # our own module
            [sys.executable, "-m", "kaysis_graph.linked.sparql.worker", str(limits.memory)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._last_words,
            # Whoever answers strangers need not know the password of the engine. Each thread would set 64 MB of
            # addresses aside for what it allocates (glibc), which are counted as memory: 600 MB before the first query.
            env={
                **{name: value for name, value in os.environ.items() if not name.startswith("KAYSIS_")},
                "MALLOC_ARENA_MAX": "2",
            },
        )

    @property
    def is_alive(self) -> bool:
        """Whether it can be asked: it may have ended while it rested, or been killed for its time as it answered."""
        return not self._is_late and self._process.poll() is None

    def ask(self, asked: Mapping[str, Any], query: str) -> tuple[dict[str, Any], bytes]:
        """The next message of the worker; _Died when it ends instead."""
        assert self._process.stdin is not None, "a pipe"
        assert self._process.stdout is not None, "a pipe"
        alarm = threading.Timer(self._limits.seconds, self._late)
        alarm.daemon = True
        try:
            if not self._is_ready:
                pipe.read(cast("BinaryIO", self._process.stdout))
                self._is_ready = True
            self._is_working = True
            alarm.start()
            pipe.write(cast("BinaryIO", self._process.stdin), asked, query.encode())
            return pipe.read(cast("BinaryIO", self._process.stdout))
        except (EOFError, OSError) as error:
            self._process.wait()
            raise _Died(is_late=self._is_late, is_starved=self._is_starved()) from error
        finally:
            alarm.cancel()
            with self._turn:
                self._is_working = False

    def kill(self) -> None:
        """Ends the process in the middle of whatever it does."""
        self._process.kill()

    def end(self) -> None:
        """Ends the process and waits until it has ended."""
        for stream in (self._process.stdin, self._process.stdout, self._last_words):
            if stream is not None:
                try:
                    stream.close()
                except OSError:
                    # What was still to be written to a process that is gone.
                    continue
        self._process.kill()
        self._process.wait(_SECONDS_TO_END)

    def _late(self) -> None:
        with self._turn:
            # An alarm that goes off as the answer comes must not hit the next question.
            if self._is_working:
                self._is_late = True
                self.kill()

    def _is_starved(self) -> bool:
        """Whether it ended because there was no more memory: the engine says so before it goes."""
        if self._process.returncode == _KILLED and not self._is_late:
            return True
        self._last_words.seek(0)
        said = self._last_words.read()
        return any(words in said for words in _STARVED)
