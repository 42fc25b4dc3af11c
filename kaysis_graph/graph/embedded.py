"""The process of the embedded engine: ArcadeDB, answering the driver on a port of this machine only.

Started by `engine_process.start` as `python -m kaysis_graph.graph.embedded <home>`. It holds a lock on its
folder for as long as it lives, so a folder has one engine at most, and a killed one leaves nothing to clean up.
"""

import contextlib
import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Mapping
from multiprocessing import AuthenticationError
from multiprocessing.connection import Connection, Listener, answer_challenge, deliver_challenge
from pathlib import Path
from typing import TYPE_CHECKING

from kaysis_graph.graph.engine_process import DATABASE, LOOPBACK, TAKEN, UNFIT, EngineFiles, hold_lock

if TYPE_CHECKING:
    from arcadedb_embedded.server import ArcadeDBServer

# A query that runs this long is a mistake: the slowest honest one, the whole state by institution
# over 380,000 nodes, took 5 s. Without a limit one ran 110 s and would have gone on.
_SECONDS_ALLOWED = "120"
_JAVA = (
    "-Darcadedb.txWalFlush=1",  # an acknowledged write is on the disk, as in its production mode
    "-Darcadedb.opencypher.loadCsv.allowFileUrls=false",  # no query reads files of this machine, as there
    "-Xrs",  # signals are ours: SIGTERM must close the database first
    "-XX:+ExitOnOutOfMemoryError",  # half an engine is worse than none; the next open starts a whole one
)
_BOLT = "com.arcadedb.bolt.BoltProtocolPlugin"


def main() -> None:
    """Run the engine of a home until it is told to stop; the exit status says why it did not start."""
    place = EngineFiles(Path(sys.argv[1]))
    # Others look at the lock now and then by taking it for an instant: a second is plenty to outlast that.
    lock = hold_lock(place.lock, patience=1.0)
    status = TAKEN if lock is None else _run(place)
    sys.stdout.flush()
    # The database is closed, and the lock must not go before the process does; the JVM's threads can.
    os._exit(status)


def _run(place: EngineFiles) -> int:
    last_port = place.state().get("bolt_port", 0)
    place.state_file.unlink(missing_ok=True)
    stopping = threading.Event()
    try:
        server = _start(place, int(last_port))
    except ImportError as error:
        print(error, flush=True)  # noqa: T201 - stdout is the engine's log
        return UNFIT
    try:
        # Its HTTP door, which also carries an endpoint for language models, serves nobody here: only Bolt stays open.
        server._java_server.getHttpServer().stopService()  # noqa: SLF001 - the wheel gives no other way to it
        server.create_database(DATABASE)
        for signal_number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(signal_number, lambda *_: stopping.set())
        with Listener((LOOPBACK, 0)) as control:
            answers = _answers(server, stopping)
            threading.Thread(target=_listen, args=(control, place.secret(), answers), daemon=True).start()
            place.write_state(
                pid=os.getpid(),
                bolt_port=_bolt_port(server),
                control_port=control.address[1],
                started=time.time(),
            )
            stopping.wait()
            place.state_file.unlink(missing_ok=True)
    finally:
        server.stop()
    return 0


def _start(place: EngineFiles, last_port: int) -> "ArcadeDBServer":
    """The running server, on the port it had last time when that is free.

    A service whose engine died finds the next one at the same address and needs no new driver.
    """
    os.environ.setdefault("ARCADEDB_JVM_ERROR_FILE", str(place.folder / "crash-%p.log"))
    from arcadedb_embedded.exceptions import ArcadeDBError  # noqa: PLC0415 - absent where no wheel exists
    from arcadedb_embedded.server import ArcadeDBServer  # noqa: PLC0415 - same

    seconds = float(os.environ.get("KAYSIS_ENGINE_TIME_LIMIT", _SECONDS_ALLOWED))
    java = {
        "heap_size": os.environ.get("KAYSIS_ENGINE_HEAP", "2g"),
        "jvm_args": [
            f"-Darcadedb.command.timeout={int(seconds * 1000)}",
            *_JAVA,
        ],
    }
    for port in dict.fromkeys((last_port, 0)):
        server = ArcadeDBServer(
            str(place.folder),
            place.password(),
            {
                "host": LOOPBACK,
                "bolt_host": LOOPBACK,
                "bolt_port": port,
                "http_port": "0",
                # Its production mode answers every mistake with "the request failed"; the rest of it is in _JAVA.
                "mode": "development",
                "server_plugins": f"Bolt:{_BOLT}",
                "server_databaseDirectory": str(place.folder / "databases"),
                "server_logsDirectory": str(place.folder / "log"),
            },
            jvm_kwargs=java,
        )
        try:
            server.start()
        except ArcadeDBError:
            if port == 0:
                raise
        else:
            return server
    raise AssertionError


def _bolt_port(server: "ArcadeDBServer") -> int:
    plugins = server._java_server.getPlugins()  # noqa: SLF001 - a port of 0 means "any": only the plugin knows which
    return next(int(plugin.getPort()) for plugin in plugins if str(plugin.getClass().getName()) == _BOLT)


Answers = Mapping[str, Callable[[Mapping[str, str]], Mapping[str, object]]]


def _answers(server: "ArcadeDBServer", stopping: threading.Event) -> Answers:
    """What the control connection can ask: everything Bolt has no words for."""

    def hello(_: Mapping[str, str]) -> Mapping[str, object]:
        from arcadedb_embedded import __version__  # noqa: PLC0415 - see _start

        return {"pid": os.getpid(), "release": __version__}

    def sql(asked: Mapping[str, str]) -> Mapping[str, object]:
        server.get_database(asked["database"]).command("sql", asked["statement"])
        return {}

    def create(asked: Mapping[str, str]) -> Mapping[str, object]:
        server.create_database(asked["database"])
        return {}

    def drop(asked: Mapping[str, str]) -> Mapping[str, object]:
        server.get_database(asked["database"])._java_db.getEmbedded().drop()  # noqa: SLF001 - as the server itself does
        server._java_server.removeDatabase(asked["database"])  # noqa: SLF001 - same
        return {}

    def stop(_: Mapping[str, str]) -> Mapping[str, object]:
        stopping.set()
        return {}

    return {"hello": hello, "sql": sql, "create": create, "drop": drop, "stop": stop}


def _listen(control: Listener, secret: bytes, answers: Answers) -> None:
    while True:
        try:
            connection = control.accept()
        except OSError:
            return
        # Each in its own thread: a stranger who connects and stays silent holds up nobody.
        threading.Thread(target=_serve, args=(connection, secret, answers), daemon=True).start()


def _serve(connection: Connection, secret: bytes, answers: Answers) -> None:
    """Answer one caller, who has to prove first that he can read the password file."""
    with connection, contextlib.suppress(OSError, EOFError, AuthenticationError):
        deliver_challenge(connection, secret)
        answer_challenge(connection, secret)
        while True:
            asked = json.loads(connection.recv_bytes())
            try:
                given = answers[asked["asked"]](asked)
            except Exception as error:  # noqa: BLE001 - whatever Java throws is told to who asked
                given = {"error": str(error)}
            connection.send_bytes(json.dumps(given).encode())


if __name__ == "__main__":
    main()
