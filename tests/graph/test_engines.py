"""The embedded engine as a process: started once, joined by all, safe from accidents; and what is said of servers."""

import os
import signal
import socket
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from multiprocessing import AuthenticationError
from pathlib import Path

import neo4j_server
import psutil
import pytest
from conftest import settings_for

from kaysis_graph.errors import Conflict, EngineDown, KaysisError, QueryError
from kaysis_graph.graph import engine_process, engines, setup
from kaysis_graph.graph.graph import open_graph
from kaysis_graph.schema import Schema
from kaysis_graph.settings import Settings

COUNT = "MATCH (row:Row) RETURN count(row)"


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Settings]:
    """Settings of an embedded engine of its own; whatever runs there at the end is ended."""
    settings = settings_for("embedded", tmp_path / "home")
    yield settings
    engines.stop(settings)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """Settings of an embedded engine that runs, for tests that leave it as it is."""
    settings = settings_for("embedded", tmp_path_factory.mktemp("running") / "home")
    engines.open(settings).close()
    yield settings
    engines.stop(settings)


def ask(engine: engines.Engine, statement: str, **takes: object) -> object:
    return engine.driver.execute_query(statement, takes, database_=engine.database).records[0][0]


def pid_of(settings: Settings) -> int:
    pid = engines.status(settings).pid
    assert pid is not None
    return pid


def test_an_engine_is_started_joined_left_running_and_stopped(home: Settings) -> None:
    assert engines.status(home) == engines.EngineStatus("embedded", is_running=False)
    first = engines.open(home)
    ask(first, "CREATE (row:Row {id: 1}) RETURN row.id")
    pid = pid_of(home)
    first.close()

    second = engines.open(home)
    assert pid_of(home) == pid
    assert ask(second, COUNT) == 1
    second.close()

    process = psutil.Process(pid)
    assert engines.stop(home)
    process.wait(5)
    assert not engines.stop(home)
    assert not engines.status(home).is_running

    third = engines.open(home)
    assert ask(third, COUNT) == 1
    third.close()


def test_it_outlives_the_process_that_started_it_and_its_terminal(home: Settings) -> None:
    program = (
        "from kaysis_graph import settings; from kaysis_graph.graph import engines; "
        "engines.open(settings.read()).close()"
    )
    environment = {**os.environ, "KAYSIS_HOME": str(home.home), "PYTHONPATH": str(Path(__file__).parents[2])}
    starter = subprocess.Popen([sys.executable, "-c", program], env=environment, start_new_session=True)
    assert starter.wait() == 0
    running = pid_of(home)
    assert os.getsid(running) == running
    engine = engines.open(home)
    assert pid_of(home) == running
    engine.close()


def test_several_starts_at_once_end_with_one_engine(home: Settings) -> None:
    with ThreadPoolExecutor(4) as pool:
        opened = list(pool.map(lambda _: engines.open(home), range(4)))
    ask(opened[0], "CREATE (row:Row {id: 1}) RETURN row.id")
    assert [ask(engine, COUNT) for engine in opened] == [1, 1, 1, 1]
    for engine in opened:
        engine.close()
    alive = [
        process.pid
        for process in psutil.process_iter(["cmdline"])
        if str(home.home.resolve()) in (process.info["cmdline"] or ())
    ]
    assert alive == [pid_of(home)]


def test_a_second_engine_on_the_same_data_is_refused(running: Settings) -> None:
    second = [sys.executable, "-m", "kaysis_graph.graph.embedded", str(running.home)]
    ended = subprocess.run(second, cwd=Path(__file__).parents[2], check=False, timeout=30)
    assert ended.returncode == engine_process.TAKEN
    assert engines.status(running).is_running


def test_no_acknowledged_write_is_lost_when_it_is_killed(home: Settings) -> None:
    engine = engines.open(home)
    engine.prepare(["CREATE CONSTRAINT row_id IF NOT EXISTS FOR (row:Row) REQUIRE row.id IS UNIQUE"])
    acknowledged: list[str] = []
    enough = threading.Event()

    def write(writer: int) -> None:
        for number in range(100_000):
            name = f"{writer}-{number}"
            try:
                with engine.driver.session(database=engine.database) as session:
                    session.run("CREATE (:Row {id: $id})", id=name).consume()
            except Exception as error:  # noqa: BLE001 - the engine dies under the writer, in whatever way
                # A collision is refused and not acknowledged; anything else is the end.
                if engine.translate(error).key == "engines.collided":
                    continue
                return
            acknowledged.append(name)
            if len(acknowledged) > 400:
                enough.set()

    writers = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for writer in writers:
        writer.start()
    assert enough.wait(60)
    os.kill(pid_of(home), signal.SIGKILL)
    for writer in writers:
        writer.join()

    assert not engines.status(home).is_running
    assert engine.revive()
    assert not engine.revive()
    # The driver of before goes on: port and password are the same.
    found = ask(engine, "UNWIND $ids AS id MATCH (row:Row {id: id}) RETURN count(row)", ids=acknowledged)
    assert found == len(acknowledged)
    engine.close()


def test_sigterm_closes_the_database(home: Settings) -> None:
    engine = engines.open(home)
    ask(engine, "CREATE (row:Row {id: 1}) RETURN row.id")
    engine.close()
    process = psutil.Process(pid_of(home))
    process.terminate()
    process.wait(30)
    assert "ArcadeDB Server is down" in (home.home / "engine.log").read_text(encoding="utf-8")
    assert not engines.status(home).is_running


def test_only_the_owner_can_read_the_password(running: Settings) -> None:
    folder = running.home / "engine"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "password").stat().st_mode) == 0o600
    assert len((folder / "password").read_text()) > 30


def test_it_listens_on_this_machine_only_and_on_nothing_but_bolt_and_control(running: Settings) -> None:
    state = engine_process.EngineFiles(running.home).state()
    listening = {
        (connection.laddr.ip.removeprefix("::ffff:"), connection.laddr.port)
        for connection in psutil.Process(pid_of(running)).net_connections("tcp")
        if connection.status == psutil.CONN_LISTEN
    }
    assert listening == {("127.0.0.1", state["bolt_port"]), ("127.0.0.1", state["control_port"])}


def test_a_wrong_password_opens_neither_door(running: Settings, tmp_path: Path) -> None:
    url = engines.status(running).url
    assert url is not None
    with pytest.raises(EngineDown) as refused:
        engines.open(replace(running, graph_url=url, graph_user="root", graph_password="guessed-it"))
    assert refused.value.key == "engines.wrong_password_at"
    stranger = engine_process.EngineFiles(tmp_path)
    stranger.make()
    control_port = int(engine_process.EngineFiles(running.home).state()["control_port"])
    with pytest.raises(AuthenticationError):
        engine_process.ask(stranger, control_port, "stop")
    assert engines.status(running).is_running


def test_a_lost_password_is_replaced_at_the_next_start(home: Settings) -> None:
    engine = engines.open(home)
    ask(engine, "CREATE (row:Row {id: 1}) RETURN row.id")
    engine.close()
    engines.stop(home)
    engine_process.EngineFiles(home.home).password_file.unlink()
    again = engines.open(home)
    assert ask(again, COUNT) == 1
    again.close()


def test_a_query_without_end_is_ended(home: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAYSIS_ENGINE_TIME_LIMIT", "0.5")
    engine = engines.open(home)
    began = time.monotonic()
    with pytest.raises(Exception, match="timeout") as raised:
        ask(engine, "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b RETURN sum(a * b)")
    assert engine.translate(raised.value).key == "engines.out_of_time"
    assert time.monotonic() - began < 10
    engine.close()


def test_no_query_reads_files_of_the_machine(running: Settings) -> None:
    engine = engines.open(running)
    with pytest.raises(Exception, match="disabled"):
        ask(engine, "LOAD CSV FROM 'file:///etc/hostname' AS line RETURN line")
    engine.close()


def test_a_fresh_database_is_apart_from_the_others(running: Settings) -> None:
    engine = engines.open(running)
    assert isinstance(engine, engines.Embedded)
    other = engine.new_database("other")
    ask(other, "CREATE (row:Row {id: 1}) RETURN row.id")
    assert ask(engine, COUNT) == 0
    other.close()
    engine.drop_database("other")
    again = engine.new_database("other")
    assert ask(again, COUNT) == 0
    again.close()
    engine.close()


def test_a_name_that_is_no_name_is_refused(running: Settings) -> None:
    engine = engines.open(running)
    with pytest.raises(QueryError):
        engine.make_types([("Record) DROP",)], [])
    engine.close()


def test_a_home_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    refused = trouble_of(settings_for("embedded", file / "home"))
    assert refused.key == "engines.home_not_writable"
    assert str(file / "home") in refused.text("tr")
    assert "KAYSIS_HOME" in (refused.hint("en") or "")


def test_a_java_that_cannot_start_is_told_with_its_log(home: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KAYSIS_ENGINE_HEAP", "lots")
    refused = trouble_of(home)
    assert refused.key == "engines.start_failed"
    assert "JVM" in refused.text("tr")
    assert str(home.home / "engine.log") in (refused.hint("tr") or "")


def test_a_machine_without_the_engine_is_pointed_to_a_server(
    home: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "arcadedb_embedded.py").write_text("raise ImportError('no wheel for this machine')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    refused = trouble_of(home)
    assert refused.key == "engines.no_wheel"
    assert "KAYSIS_GRAPH_URL" in (refused.hint("tr") or "")


def test_a_port_taken_since_the_last_run_is_given_up(home: Settings) -> None:
    engines.open(home).close()
    place = engine_process.EngineFiles(home.home)
    state = place.state()
    engines.stop(home)
    with socket.socket() as squatter:
        squatter.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        squatter.bind(("127.0.0.1", int(state["bolt_port"])))
        squatter.listen()
        # As a killed engine leaves it behind.
        place.write_state(**state)
        engine = engines.open(home)
        assert ask(engine, COUNT) == 0
        assert place.state()["bolt_port"] != state["bolt_port"]
        engine.close()


def trouble_of(settings: Settings) -> KaysisError:
    with pytest.raises(EngineDown) as refused:
        engines.open(settings)
    return refused.value


@pytest.mark.parametrize(
    ("url", "password", "key"),
    [
        ("http://127.0.0.1:7687", "x", "engines.bad_scheme"),
        ("127.0.0.1:7687", "x", "engines.bad_scheme"),
        ("bolt://127.0.0.1:1", "x", "engines.no_answer"),
        ("neo4j://127.0.0.1:1", "x", "engines.no_answer"),
        ("bolt+s://127.0.0.1:1", "x", "engines.no_answer"),
        ("bolt://127.0.0.1:7687?x=1", "x", "engines.bad_url"),
        ("bolt://127.0.0.1:7687", None, "engines.no_password"),
    ],
)
def test_a_server_that_cannot_be_reached_is_told_at_once(
    tmp_path: Path, url: str, password: str | None, key: str
) -> None:
    began = time.monotonic()
    refused = trouble_of(replace(settings_for("embedded", tmp_path), graph_url=url, graph_password=password))
    assert refused.key == key
    assert refused.text("tr") != refused.text("en")
    assert refused.hint("tr")
    assert time.monotonic() - began < 10


def test_a_server_says_what_is_wrong_with_the_log_in(settings: Settings) -> None:
    if settings.graph_url is None:
        pytest.skip("the embedded engine makes its own log-in")
    assert trouble_of(replace(settings, graph_password="guessed-it")).key == "engines.wrong_password_at"
    assert trouble_of(replace(settings, graph_database="nowhere")).key == "engines.no_database"
    assert engines.status(settings).is_running
    assert not engines.stop(settings)
    routed = engines.open(replace(settings, graph_url=settings.graph_url.replace("bolt://", "neo4j://")))
    assert routed.release.startswith(("5.26", "2026."))
    routed.close()
    trouble = engines.status(replace(settings, graph_password="guessed-it")).trouble
    assert trouble is not None


def test_a_log_in_that_expired_or_is_locked_is_told_in_our_words(settings: Settings) -> None:
    if settings.graph_url is None:
        pytest.skip("the embedded engine makes its own log-in")
    engine = engines.open(settings)
    with engine.driver.session(database="system") as session:
        session.run("CREATE USER newcomer IF NOT EXISTS SET PASSWORD 'first-password' CHANGE REQUIRED").consume()
    engine.close()
    newcomer = replace(settings, graph_user="newcomer", graph_password="first-password")
    assert trouble_of(newcomer).key == "engines.password_expired"
    # Three wrong passwords lock a user for five seconds, as Neo4j comes.
    told = [trouble_of(replace(newcomer, graph_password="guessed-it")).key for _ in range(5)]
    assert told[0] == "engines.wrong_password_at"
    assert told[-1] == "engines.log_in_locked"


def test_a_database_of_somebody_else_is_neither_read_nor_written(settings: Settings, kinds: Schema) -> None:
    if settings.graph_url is None:
        pytest.skip("nobody else writes into the embedded engine")
    engine = engines.open(settings)
    ask(engine, "MATCH (node) DETACH DELETE node RETURN count(*)")
    ask(engine, "CREATE (person:Person {name: 'Ayşe'})-[:KNOWS]->(:Person) RETURN 1")
    before = (ask(engine, "MATCH (node) RETURN count(node)"), ask(engine, "SHOW INDEXES YIELD name RETURN count(name)"))
    with pytest.raises(Conflict) as refused:
        setup.prepared(engine, kinds)
    assert refused.value.key == "engines.foreign_database"
    assert "Person" in refused.value.text("tr")
    with pytest.raises(Conflict):
        open_graph(settings, kinds)
    after = (ask(engine, "MATCH (node) RETURN count(node)"), ask(engine, "SHOW INDEXES YIELD name RETURN count(name)"))
    assert after == before
    ask(engine, "MATCH (node) DETACH DELETE node RETURN count(*)")
    setup.prepared(engine, kinds).close()


def test_the_releases_under_test_are_the_ones_promised() -> None:
    assert {release.version for release in neo4j_server.RELEASES.values()} == {"5.26.26", "2026.09.0"}
