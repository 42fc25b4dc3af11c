"""The engines the suite runs on: `KAYSIS_TEST_ENGINES`, or the embedded one and every Neo4j that lies ready."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

import live_pages
import neo4j_server
import pytest
from fastapi.testclient import TestClient  # noqa: TID251  # asked as a browser asks it
from playwright.sync_api import Browser, Page

from api.app import create
from kaysis_graph import schema
from kaysis_graph.graph import engines, history, setup
from kaysis_graph.graph.follower import Follower
from kaysis_graph.graph.graph import Graph
from kaysis_graph.graph.queries import parse
from kaysis_graph.graph.store import Store
from kaysis_graph.schema import Schema
from kaysis_graph.settings import Settings
from kaysis_graph.transfer import seed_data

os.environ.setdefault("KAYSIS_ENGINE_HEAP", "768m")
# Engines live minutes here: what the second compiler of Java would win costs twice the processor to compile.
os.environ.setdefault("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1")
# Commands that tests start would compile all modules each time.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

NEO4J = {f"neo4j-{name}": release for name, release in neo4j_server.RELEASES.items()}
ALL = ("embedded", *NEO4J)


@dataclass(frozen=True)
class Chosen:
    """The engines to run on, and those left out with the reason."""

    names: tuple[str, ...]
    left_out: dict[str, str]


def choose(wanted: str | None) -> Chosen:
    if wanted:
        names = tuple(name.strip() for name in wanted.split(","))
        unknown = set(names) - set(ALL)
        if unknown:
            raise pytest.UsageError(f"KAYSIS_TEST_ENGINES: {', '.join(unknown)} is not one of {', '.join(ALL)}")
        return Chosen(names, {name: "not in KAYSIS_TEST_ENGINES" for name in ALL if name not in names})
    left_out = {}
    for name, release in NEO4J.items():
        if not release.is_assembled:
            left_out[name] = f"not assembled: python tests/neo4j_server.py start --release {release.name}"
            continue
        try:
            neo4j_server.java_for(release)
        except neo4j_server.Unfit as error:
            left_out[name] = str(error)
    return Chosen(tuple(name for name in ALL if name not in left_out), left_out)


WIPE = parse("wipe", "// Everything gone.\nMATCH (node) DETACH DELETE node")
COUNT = parse(
    "count",
    "// What there is.\n// gives: nodes, edges\nOPTIONAL MATCH (node) WITH count(node) AS nodes "
    "OPTIONAL MATCH ()-[edge]->() RETURN nodes, count(edge) AS edges",
)


@dataclass(frozen=True)
class Counted:
    """How many nodes and edges there are, of whatever kind."""

    nodes: int
    edges: int


LARGE = 2_000
DESK = "desk"
DESKS = count(1)
CHOSEN = choose(os.environ.get("KAYSIS_TEST_ENGINES"))


def settings_for(engine: str, home: Path) -> Settings:
    """Settings with which `engines.open` reaches the engine of that name; a Neo4j server is started if need be."""
    embedded = Settings(
        home=home,
        graph_url=None,
        graph_database=None,
        graph_user="neo4j",
        graph_password=None,
        port=8000,
        language="en",
        cors_origins=("*",),
    )
    if engine == "embedded":
        return embedded
    running = neo4j_server.start(NEO4J[engine], home / engine)
    return Settings(**{**vars(embedded), "graph_url": running.url, "graph_password": running.password})


@pytest.fixture(scope="session", params=CHOSEN.names)
def settings(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """Settings of each engine in turn, which runs for the whole session in a home of its own."""
    home = tmp_path_factory.mktemp(request.param)
    reached = settings_for(request.param, home)
    yield reached
    if request.param == "embedded":
        engines.stop(reached)
        return
    running = neo4j_server.find(NEO4J[request.param], home / request.param)
    assert running is not None
    neo4j_server.kill(running)


@pytest.fixture(scope="session")
def engine(settings: Settings) -> Iterator[engines.Engine]:
    """Each engine in turn; what a test leaves behind is there for the next."""
    opened = engines.open(settings)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def kinds() -> Schema:
    """The schema of the project."""
    return schema.read()


@pytest.fixture(scope="session")
def prepared(engine: engines.Engine, kinds: Schema) -> Iterator[Store]:
    """A store with the schema applied, to be wiped by whoever writes; apart from the sample where an engine can.

    The embedded engine gives it a database of its own, so that the sample is planted once; on a server, whose free
    edition has one database, both are the same and the sample is planted anew.
    """
    desk = engine.new_database(DESK) if isinstance(engine, engines.Embedded) else engine
    yield setup.prepared(desk, kinds)
    if desk is not engine:
        desk.close()


@pytest.fixture
def store(prepared: Store, kinds: Schema) -> Store:
    """An empty graph with the schema applied."""
    empty(prepared, kinds)
    return prepared


def empty(store: Store, kinds: Schema) -> None:
    """Takes everything out of a graph and begins its history anew.

    For each record that goes, the embedded engine looks through all others that have the same words: ten thousand took
    it minutes. A large graph goes with its whole database.
    """
    engine = store.engine
    if isinstance(engine, engines.Embedded) and store.read(COUNT, into=Counted)[0].nodes > LARGE:
        engine.drop_database(engine.database)
        # Under another name: a service of an earlier test that follows the old one may open it again at any moment.
        engine.database = f"{DESK}{next(DESKS)}"
        engine.new_database(engine.database).close()
        setup.prepared(engine, kinds)
        return
    store.write(lambda transaction: transaction.run(WIPE))
    history.begin(store)


@pytest.fixture(scope="session")
def plantings(engine: engines.Engine) -> set[tuple[object, ...]]:
    """What graphs looked like right after the seed was planted in them, for each engine in turn."""
    assert engine
    return set()


def looks(store: Store) -> tuple[object, ...]:
    """What tells whether anybody wrote since: the graph's own name, its last change, and what there is to count."""
    counted = store.read(COUNT, into=Counted)[0]
    named = history.graph_id(store) if counted.nodes else None
    return (named, history.head(store), counted)


@pytest.fixture(scope="session")
def shelf(engine: engines.Engine, kinds: Schema) -> Store:
    """The store that holds the sample."""
    return setup.prepared(engine, kinds)


@pytest.fixture(scope="module")
def sample(shelf: Store, kinds: Schema, plantings: set[tuple[object, ...]]) -> Iterator[Graph]:
    """The seed in a graph, only to be read; planted anew where anybody wrote since the last module that read it."""
    if looks(shelf) not in plantings:
        empty(shelf, kinds)
        seed_data.plant(shelf, kinds)
        plantings.add(looks(shelf))
    graph = Graph(shelf, kinds, Follower(shelf, kinds, None))
    yield graph
    graph.follower.end()


@pytest.fixture(scope="module")
def client(sample: Graph, settings: Settings) -> Iterator[TestClient]:
    """The service over the sample, in Turkish unless asked otherwise; errors inside it become answers."""
    app = create(sample, replace(settings, language="tr"))
    with TestClient(app, raise_server_exceptions=False, follow_redirects=False) as opened:
        yield opened


@pytest.fixture(scope="module")
def site(sample: Graph, settings: Settings) -> Iterator[str]:
    """The address of the service over the sample, as a browser reaches it."""
    with live_pages.live(create(sample, replace(settings, language="tr"))) as address:
        yield address


@pytest.fixture
def told(
    sample: Graph,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> Settings:
    """The environment in which `kaysis` reaches the sample, with a scratch folder to write to."""
    for name in list(os.environ):
        if name.startswith("KAYSIS_GRAPH") or name in ("KAYSIS_LANGUAGE", "PORT"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("KAYSIS_HOME", str(settings.home))
    monkeypatch.setenv("KAYSIS_GRAPH_DATABASE", sample.store.engine.database)
    if settings.graph_url is not None:
        monkeypatch.setenv("KAYSIS_GRAPH_URL", settings.graph_url)
        monkeypatch.setenv("KAYSIS_GRAPH_PASSWORD", settings.graph_password or "")
    monkeypatch.chdir(tmp_path)
    return settings


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One real browser for the whole session."""
    with live_pages.browser() as opened:
        yield opened


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    """A new tab; the test fails when a page logs an error, breaks its policy or asks another host."""
    context = browser.new_context(base_url=site, viewport={"width": 1280, "height": 800}, locale="tr-TR")
    context.set_default_timeout(live_pages.PATIENCE_MS)
    watch = live_pages.Watch(context, site)
    yield context.new_page()
    context.close()
    assert watch.wrongs == []


AUTHOR = history.Author(who="test", why="a test")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="Write anew what tests hold answers and statements against.")
    parser.addoption("--pictures", action="store_true", help="Keep a picture of every page in artefacts/.")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Pages look the same over every engine: they are looked at once, in a browser only where there is one.

    Each query behind them runs on every engine in the tests of its own module and in `test_queries`.
    """
    left_out = live_pages.why_not()
    kept: list[pytest.Item] = []
    dropped: list[pytest.Item] = []
    for item in items:
        is_browser = item.get_closest_marker("browser") is not None
        engine = getattr(item, "callspec", None) and item.callspec.params.get("settings")  # type: ignore[attr-defined]
        is_once = is_browser or item.get_closest_marker("pages") is not None
        is_out = (is_browser and left_out) or (is_once and engine not in (None, "embedded"))
        (dropped if is_out else kept).append(item)
    if dropped:
        config.hook.pytest_deselected(items=dropped)
        items[:] = kept


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    terminalreporter.write_line(f"engines: {', '.join(CHOSEN.names)}")
    for name, reason in CHOSEN.left_out.items():
        terminalreporter.write_line(f"left out: {name} ({reason})", yellow=True)
    if lack := live_pages.why_not():
        terminalreporter.write_line(f"left out: the browser ({lack})", yellow=True)
