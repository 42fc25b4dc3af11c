"""The two engines under the graph, and everything in which they differ.

Both speak Bolt and Cypher, so one driver and one set of query files serve them. `embedded` is ArcadeDB in a process
of its own, for when no server is configured; `server` is a Neo4j server reached by URL.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field
from multiprocessing import AuthenticationError
from typing import Literal
from urllib.parse import urlsplit

import neo4j  # noqa: TID251 - one of the two modules that may
from neo4j import exceptions  # noqa: TID251 - same

from kaysis_graph import __version__
from kaysis_graph.errors import Conflict, EngineDown, KaysisError, QueryError, TooLarge
from kaysis_graph.graph import engine_process
from kaysis_graph.settings import Settings

_SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")
_OLDEST_SERVER = (5, 26)
# An engine under load greets within a second; one that takes longer keeps readers waiting as one that is gone.
_BEAT_SECONDS = 3.0
# Log-ins that are right but lead nowhere, by the server's code.
_LOG_INS = {
    "Neo.ClientError.Security.CredentialsExpired": "engines.password_expired",
    "Neo.ClientError.Security.AuthenticationRateLimit": "engines.log_in_locked",
    "Neo.ClientError.Security.Forbidden": "engines.not_allowed",
}


@dataclass(frozen=True)
class EngineAddress:
    """Where an engine is reached, and as whom."""

    url: str
    user: str
    password: str = field(repr=False)


class Engine(ABC):
    """An engine that answers, with its driver; closing it leaves the engine itself running."""

    name: Literal["embedded", "server"]
    # How often one write is tried when it breaks a rule of uniqueness that another writer met at the same moment.
    tries_on_broken_rule: int
    # Whether the engine itself ends a query at the driver's time limit and refuses a write in a reading transaction.
    enforces_time_limits: bool
    # Whether nobody but this software can have put anything into the database.
    is_private: bool

    def __init__(self, address: EngineAddress, database: str, release: str) -> None:
        self._address = address
        self.driver = _driver_of(address)
        self.database = database
        self.release = release

    def answers(self) -> bool:
        """Whether the engine greets a newcomer; known within `_BEAT_SECONDS`, also of one that hangs."""
        try:
            with _driver_of(self._address, waits=_BEAT_SECONDS) as newcomer:
                newcomer.verify_connectivity()
        except (exceptions.DriverError, exceptions.Neo4jError):
            return False
        return True

    def close(self) -> None:
        """Close the connections; the engine goes on running."""
        self.driver.close()

    def prepare(
        self,
        statements: Sequence[str],
        label_sets: Sequence[tuple[str, ...]] = (),
        edge_types: Sequence[str] = (),
    ) -> None:
        """Bring the engine to the schema; what is there already stays.

        `statements` are Cypher with IF NOT EXISTS or IF EXISTS, `label_sets` the combinations of labels that records
        will have.
        Returns when every index answers.
        """
        self.make_types(label_sets, edge_types)
        for statement in statements:
            self._run(statement)
        self._await_indexes()

    @abstractmethod
    def make_types(self, label_sets: Sequence[tuple[str, ...]], edge_types: Sequence[str]) -> None:
        """Make known what records and edges there will be, so that two first writers do not collide."""

    @abstractmethod
    def revive(self) -> bool:
        """Bring back an engine whose process died; False when there was nothing to do or it is not ours to start."""

    def translate(self, error: Exception, query: str = "") -> KaysisError:
        """What an error of the driver means to whoever asked; to be raised `from` it.

        `query` is the name of what was asked: the embedded engine tells callers little more than "failed".
        """
        match error:
            case KaysisError():
                return error
            case exceptions.AuthError():
                return EngineDown(_LOG_INS.get(error.code or "", "engines.wrong_password"))
            case exceptions.ConstraintError():
                return Conflict("engines.rule_broken", reason=_reason(error))
            case exceptions.Neo4jError():
                return self._translate_answer(error, query)
            case exceptions.DriverError() | OSError():
                return EngineDown("engines.gone", reason=_reason(error))
            case _:
                return QueryError("engines.refused", query=query, reason=_reason(error))

    def _translate_answer(self, error: exceptions.Neo4jError, query: str) -> KaysisError:
        code = error.code or ""
        if code in _LOG_INS or "TimedOut" in code or "Terminated" in code:
            return EngineDown(_LOG_INS.get(code, "engines.out_of_time"))
        if "DatabaseNotFound" in code or "DatabaseUnavailable" in code:
            return EngineDown("engines.no_database", database=self.database)
        if "OutOfMemory" in code:
            return TooLarge("engines.out_of_memory")
        if "DeleteConnectedNode" in (error.message or ""):
            # ArcadeDB says so in words only; on Neo4j it is a ConstraintError.
            return Conflict("engines.rule_broken", reason=_reason(error))
        if isinstance(error, exceptions.TransientError):
            return Conflict("engines.collided")
        return QueryError("engines.refused", query=query, reason=_reason(error))

    def _run(self, statement: str) -> list[neo4j.Record]:
        try:
            return self.driver.execute_query(neo4j.Query(statement), database_=self.database).records
        except (exceptions.DriverError, exceptions.Neo4jError) as error:
            raise self.translate(error, statement) from error

    def _await_indexes(self) -> None: ...  # noqa: B027 - an index of ArcadeDB answers once it is made


class Embedded(Engine):
    """ArcadeDB in a process of its own, with data and password under the home."""

    name = "embedded"
    # Writers of several processes collide here instead of waiting, and find the next change's number taken: with three
    # tries at once two processes with ten saves each failed, with twenty and a pause none of four with fifty each.
    tries_on_broken_rule = 20
    enforces_time_limits = False
    is_private = True

    def __init__(self, place: engine_process.EngineFiles, running: engine_process.Running, database: str) -> None:
        url = f"bolt://{engine_process.LOOPBACK}:{running.bolt_port}"
        super().__init__(EngineAddress(url, "root", place.password()), database, running.release)
        self.place = place
        self.running = running

    def make_types(self, label_sets: Sequence[tuple[str, ...]], edge_types: Sequence[str]) -> None:
        """Make a vertex type for each label and combination, an edge type for each type."""
        for edge_type in edge_types:
            self._sql(f"CREATE EDGE TYPE {_name(edge_type)} IF NOT EXISTS")
        for labels in label_sets:
            # The type of a combination has no name of its own in SQL: it comes with its first node.
            self._run(f"CREATE (first:{':'.join(_name(label) for label in labels)}) DELETE first")

    def revive(self) -> bool:
        """Start the process again when it died; the driver at hand finds it where it was."""
        if engine_process.find(self.place) is not None:
            return False
        self.running = engine_process.start(self.place)
        return True

    def new_database(self, name: str) -> "Embedded":
        """An engine on a fresh database of the same process, with a driver of its own; takes about 50 ms."""
        self._ask("create", database=_name(name))
        return Embedded(self.place, self.running, name)

    def drop_database(self, name: str) -> None:
        """Remove a database and its files."""
        self._ask("drop", database=_name(name))

    def _sql(self, statement: str) -> None:
        self._ask("sql", database=self.database, statement=statement)

    def _ask(self, asked: str, **given: str) -> None:
        try:
            answer = engine_process.ask(self.place, self.running.control_port, asked, **given)
        except (OSError, EOFError, AuthenticationError) as error:
            raise EngineDown("engines.gone", reason=_reason(error)) from error
        if "error" in answer:
            raise QueryError("engines.refused", query=given.get("statement", asked), reason=answer["error"])


class Server(Engine):
    """A Neo4j server, community or enterprise, alone or a cluster."""

    name = "server"
    tries_on_broken_rule = 1
    enforces_time_limits = True
    is_private = False

    def make_types(self, label_sets: Sequence[tuple[str, ...]], edge_types: Sequence[str]) -> None:
        """Nothing: labels and types cost nothing here until they are used."""

    def revive(self) -> bool:
        """Nothing: a server is its keeper's to start."""
        return False

    def _await_indexes(self) -> None:
        # guess: an hour; a million records are indexed in minutes.
        self._run("CALL db.awaitIndexes(3600)")


@dataclass(frozen=True)
class EngineStatus:
    """Whether the engine of the settings answers, and which it is; `trouble` says why it does not."""

    name: Literal["embedded", "server"]
    is_running: bool
    release: str | None = None
    url: str | None = None
    pid: int | None = None
    trouble: KaysisError | None = None


def open(settings: Settings) -> Engine:  # noqa: A001 - `engines.open` reads as what it does
    """The engine of the settings: the embedded one, started or joined, or the server by its URL.

    EngineDown says what is in the way: an unknown scheme, no answer, a wrong password, no such database,
    a release that is too old, a home that cannot be written, a machine the embedded engine does not run on.
    """
    if settings.graph_url is None:
        return _open_embedded(settings)
    return _open_server(settings, settings.graph_url)


def stop(settings: Settings) -> bool:
    """End the embedded engine and wait until its database is closed; False when it did not run or is a server."""
    return settings.graph_url is None and engine_process.stop(engine_process.EngineFiles(settings.home))


def status(settings: Settings) -> EngineStatus:
    """What runs now, without starting anything."""
    if settings.graph_url is None:
        running = engine_process.find(engine_process.EngineFiles(settings.home))
        if running is None:
            return EngineStatus("embedded", is_running=False)
        url = f"bolt://{engine_process.LOOPBACK}:{running.bolt_port}"
        return EngineStatus("embedded", is_running=True, release=running.release, url=url, pid=running.pid)
    try:
        engine = open(settings)
    except KaysisError as error:
        return EngineStatus("server", is_running=False, url=settings.graph_url, trouble=error)
    engine.close()
    return EngineStatus("server", is_running=True, release=engine.release, url=settings.graph_url)


def _open_embedded(settings: Settings) -> Engine:
    place = engine_process.EngineFiles(settings.home)
    engine = Embedded(place, engine_process.start(place), settings.graph_database or engine_process.DATABASE)
    try:
        _greeting(engine)
    except (exceptions.DriverError, exceptions.Neo4jError) as error:
        engine.close()
        raise engine.translate(error) from error
    return engine


def _open_server(settings: Settings, url: str) -> Engine:
    if urlsplit(url).scheme not in _SCHEMES:
        raise EngineDown("engines.bad_scheme", url=url, schemes=", ".join(_SCHEMES))
    if settings.graph_password is None:
        raise EngineDown("engines.no_password", url=url)
    try:
        engine = Server(
            EngineAddress(url, settings.graph_user, settings.graph_password), settings.graph_database or "neo4j", ""
        )
    except (exceptions.ConfigurationError, ValueError) as error:
        raise EngineDown("engines.bad_url", url=url, reason=_reason(error)) from error
    try:
        engine.release = _checked_release(engine, url)
    except KaysisError:
        engine.close()
        raise
    return engine


def _checked_release(engine: Server, url: str) -> str:
    try:
        said = _greeting(engine)
    except exceptions.AuthError as error:
        if error.code in _LOG_INS:
            raise engine.translate(error) from error
        raise EngineDown("engines.wrong_password_at", url=url) from error
    except exceptions.DriverError as error:
        raise EngineDown("engines.no_answer", url=url, reason=_reason(error)) from error
    except exceptions.Neo4jError as error:
        raise engine.translate(error) from error
    release = re.search(r"(\d+)\.(\d+)[.\d]*", said)
    if release is None or (int(release[1]), int(release[2])) < _OLDEST_SERVER:
        raise EngineDown("engines.too_old", release=said, oldest=".".join(map(str, _OLDEST_SERVER)))
    return release[0]


def _greeting(engine: Engine) -> str:
    """The name and release with which the engine answers a first question; asked once, an error comes at once."""
    with engine.driver.session(database=engine.database) as session:
        return session.run("RETURN 1").consume().server.agent


def _driver_of(address: EngineAddress, waits: float | None = None) -> neo4j.Driver:
    return neo4j.GraphDatabase.driver(
        address.url,
        auth=(address.user, address.password),
        user_agent=f"kaysis-graph/{__version__}",
        connection_timeout=waits or 10.0,
        # An answer page waits for a connection no longer than a person does.
        connection_acquisition_timeout=waits or 20.0,
        max_connection_pool_size=50,
        # Some fourteen tries; the driver's own first wait of a second made two processes with ten saves each take 22 s.
        max_transaction_retry_time=15.0,
        initial_retry_delay=0.02,
        retry_delay_multiplier=1.5,
        # A connection that lay idle this long is tried before use: firewalls drop such without a word.
        liveness_check_timeout=60.0,
        notifications_min_severity="OFF",
        telemetry_disabled=True,
    )


def _name(name: str) -> str:
    """The name, fit to stand in a statement; names come from the schema, so another is a mistake of ours."""
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", name):
        raise QueryError("engines.bad_name", name=name)
    return name


def _reason(error: Exception) -> str:
    return (getattr(error, "message", None) or str(error) or type(error).__name__).strip()
