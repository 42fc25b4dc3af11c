"""Reading and writing the graph: the only way to run a statement.

A read names its query and the type of its rows; a write is a function that is run in one transaction, again from
the start when the engine asks for it. So a write must be repeatable: it decides everything inside.
"""

import itertools
import random
import threading
import time
from collections.abc import Callable, Hashable, Iterator
from dataclasses import fields
from functools import cache
from typing import Any, Protocol, TypeVar

import neo4j  # noqa: TID251  # one of the two modules that may
import neo4j.exceptions  # noqa: TID251
import neo4j.time  # noqa: TID251

from kaysis_graph.errors import KaysisError, QueryError
from kaysis_graph.graph.engines import Engine
from kaysis_graph.graph.outage import Outage
from kaysis_graph.graph.queries import Query

_Row = TypeVar("_Row")
_Result = TypeVar("_Result")

# guess: no page may wait longer; the slowest twin on real data took 8 s on the embedded engine.
_READ_SECONDS = 60
_WRITE_SECONDS = 300
_ROWS_AT_A_TIME = 2_000
# A lost connection or a member of a cluster that stepped down is made good at once; an engine that is gone is not.
_AWAY_SECONDS = 0.5
# As long as the driver tries a write again that collided with another.
_BUSY_SECONDS = 15.0
# Seconds between tries at most, times the number of tries: twenty tries take two seconds on average.
_PAUSE = 0.02
# Most of what a row holds; looked for first, which takes a fifth of the time of looking for what must be turned.
_NATIVE = frozenset({str, int, float, bool, type(None)})


class Reader(Protocol):
    """What a function that only reads needs: a Store or a Transaction."""

    def read(self, query: Query, *, into: type[_Row], **takes: object) -> list[_Row]:
        """The rows of the query, in its order."""


class Transaction:
    """One write in progress; what it reads it has locked out of others' hands by taking the sequence first."""

    def __init__(self, running: neo4j.ManagedTransaction) -> None:
        self._running = running

    def read(self, query: Query, *, into: type[_Row], **takes: object) -> list[_Row]:
        """The rows of the query as they stand inside this transaction."""
        _check_row(query, into)  # type: ignore[arg-type]  # a class is hashable
        return [_row(into, record) for record in self._run(query, takes)]

    def run(self, query: Query, **takes: object) -> None:
        """The query carried out, its rows not wanted."""
        self._run(query, takes).consume()

    def _run(self, query: Query, takes: dict[str, Any]) -> neo4j.Result:
        _check_call(query, frozenset(takes))
        return self._running.run(query.text, takes)


class Store:
    """The graph behind one engine. Safe to share between threads; close it when done."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._driver = engine.driver
        self.outage = Outage(engine.answers)
        # One manager for all sessions: who wrote here reads his own write, on a cluster too.
        self._bookmarks = neo4j.GraphDatabase.bookmark_manager()
        # Writers of one process wait in line here; in the engine they would collide and be tried again
        # (8 threads raising one counter: 57 writes a second on the embedded engine, several hundred in line).
        self._line = threading.Lock()
        # Told after each write, before it returns: the projection of this process is never behind its own writes.
        self.after_write: Callable[[], object] = _nothing

    def read(self, query: Query, *, into: type[_Row], **takes: object) -> list[_Row]:
        """The rows of the query, in its order. An EngineDown when the engine is gone or takes over a minute."""
        _check_read(query, into, takes)

        def work(running: neo4j.Transaction) -> list[_Row]:
            return [_row(into, record) for record in running.run(query.text, takes)]

        self.outage.check()
        try:
            return self._tried(work)
        except (neo4j.exceptions.Neo4jError, neo4j.exceptions.DriverError) as error:
            raise self._told(error, query.name) from error

    def read_one(self, query: Query, *, into: type[_Row], **takes: object) -> _Row | None:
        """The first row of the query, or None when it has none."""
        rows = self.read(query, into=into, **takes)
        return rows[0] if rows else None

    def stream(self, query: Query, *, into: type[_Row], **takes: object) -> Iterator[_Row]:
        """The rows of the query one by one, for lists too long to hold; not tried again once begun."""
        _check_read(query, into, takes)
        self.outage.check()
        try:
            with self._session(fetch_size=_ROWS_AT_A_TIME) as session, session.begin_transaction() as running:
                for record in running.run(query.text, takes):
                    yield _row(into, record)
        except (neo4j.exceptions.Neo4jError, neo4j.exceptions.DriverError) as error:
            raise self._told(error, query.name) from error

    def write(self, work: Callable[[Transaction], _Result]) -> _Result:
        """What the work gives, done wholly or not at all; run again when the engine asks for it."""

        @neo4j.unit_of_work(timeout=_WRITE_SECONDS)
        def managed(running: neo4j.ManagedTransaction) -> _Result:
            return work(Transaction(running))

        with self._line:
            result = self._written(managed)
        self.after_write()
        return result

    def _tried(self, work: Callable[[neo4j.Transaction], list[_Row]]) -> list[_Row]:
        """What the work reads, tried again while the engine asks for it, shortly where it cannot be reached.

        The driver's own trying again makes no difference between the two, and keeps a reader 15 s before a dead engine.
        """
        begun = time.monotonic()
        for turn in itertools.count(1):
            try:
                with (
                    self._session(default_access_mode=neo4j.READ_ACCESS) as session,
                    session.begin_transaction(timeout=_READ_SECONDS) as running,
                ):
                    return work(running)
            except (neo4j.exceptions.Neo4jError, neo4j.exceptions.DriverError) as error:
                waits = _AWAY_SECONDS if isinstance(error, neo4j.exceptions.DriverError) else _BUSY_SECONDS
                if not error.is_retryable() or time.monotonic() - begun > waits:
                    raise
                time.sleep(random.uniform(0, min(1.0, _PAUSE * turn)))  # noqa: S311  # no secret
        raise AssertionError("every turn returns, raises or goes on")

    def _told(self, error: neo4j.exceptions.GqlError, query: str) -> KaysisError:
        told = self.engine.translate(error, query)
        if isinstance(error, neo4j.exceptions.DriverError):
            self.outage.note(str(told.values.get("reason", error)))
        return told

    def _written(self, managed: Callable[[neo4j.ManagedTransaction], _Result]) -> _Result:
        tries = self.engine.tries_on_broken_rule
        for turn in range(1, tries + 1):
            try:
                with self._session() as session:
                    return session.execute_write(managed)
            except neo4j.exceptions.ConstraintError as error:
                if turn == tries:
                    raise self.engine.translate(error, "write") from error
                # Not in step with whom it met.
                time.sleep(random.uniform(0, _PAUSE * turn))  # noqa: S311  # no secret
            except (neo4j.exceptions.Neo4jError, neo4j.exceptions.DriverError) as error:
                raise self.engine.translate(error, "write") from error
        raise AssertionError("every turn returns or raises")

    def close(self) -> None:
        """Lets the connections go; the engine runs on."""
        self.outage.end()
        self.engine.close()

    def _session(self, fetch_size: int = 1_000, default_access_mode: str = neo4j.WRITE_ACCESS) -> neo4j.Session:
        return self._driver.session(
            database=self.engine.database,
            bookmark_manager=self._bookmarks,
            fetch_size=fetch_size,
            default_access_mode=default_access_mode,
        )


def _nothing() -> None:
    return


def _check_read(query: Query, into: type, takes: dict[str, Any]) -> None:
    _check_call(query, frozenset(takes))
    _check_row(query, into)
    if query.writes:
        # The embedded engine would carry it out even in a read transaction.
        raise QueryError("queries.not_a_read", query=query.name)


@cache
def _check_call(query: Query, given: frozenset[str]) -> None:
    if query.names:
        raise QueryError("queries.unfilled", query=query.name)
    if given != query.takes:
        takes, got = (", ".join(sorted(names)) or "–" for names in (query.takes, given))
        raise QueryError("queries.given", query=query.name, takes=takes, given=got)


@cache
def _check_row(query: Query, into: Hashable) -> None:
    assert isinstance(into, type), "rows are dataclasses"
    wanted = tuple(field.name for field in fields(into))
    if set(wanted) != set(query.gives):
        gives, asked = (", ".join(names) or "–" for names in (query.gives, wanted))
        raise QueryError("queries.columns", query=query.name, gives=gives, row=into.__name__, fields=asked)


def _row(into: type[_Row], record: neo4j.Record) -> _Row:
    held = record.items()  # type: ignore[no-untyped-call]  # the driver's own
    return into(**{name: _native(value) for name, value in held})


def _native(value: Any) -> Any:  # noqa: ANN401  # whatever a row holds
    """The value with the driver's own dates turned into Python's."""
    if type(value) in _NATIVE:
        return value
    match value:
        case neo4j.time.Date():
            return value.to_native()
        case dict():
            return {name: _native(held) for name, held in value.items()}
        case [first, *_] if isinstance(first, (neo4j.time.Date, dict, list)) or first is None:
            return [_native(held) for held in value]
        case _:
            return value
