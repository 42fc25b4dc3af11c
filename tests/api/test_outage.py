"""An engine that hangs keeps nobody waiting, and what is told without it goes on; one that died is started again."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx2
import live_pages
import pytest
from conftest import settings_for

from api.app import create
from kaysis_graph import files
from kaysis_graph.graph import engines, history
from kaysis_graph.graph.graph import Graph, open_graph
from kaysis_graph.schema import Schema
from kaysis_graph.transfer import seed_data

# Far beyond what any of these takes: a test fails by it instead of waiting for ever.
PATIENCE = 60.0
STATUS, PROCESS = "/api/status", "/api/changes?after=0"


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory, kinds: Schema) -> Iterator[Graph]:
    """The seed in an engine of its own, which may be hurt."""
    settings = settings_for("embedded", tmp_path_factory.mktemp("hurt"))
    opened = open_graph(settings, kinds)
    seed_data.plant(opened.store, kinds, files.SEED, history.Author("test", "planting"))
    yield opened
    opened.close()
    engines.stop(settings)


@pytest.fixture(scope="module")
def reader(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx2.Client]:
    """Somebody who asks the service over HTTP."""
    settings = settings_for("embedded", Path(tmp_path_factory.mktemp("unused")))
    with live_pages.live(create(graph, settings)) as site, httpx2.Client(base_url=site, timeout=PATIENCE) as client:
        yield client


def signalled(graph: Graph, number: signal.Signals) -> None:
    engine = graph.store.engine
    assert isinstance(engine, engines.Embedded)
    os.kill(engine.running.pid, number)


def until(fits: Callable[[], Any]) -> None:
    """Waits until it is so."""
    end = time.monotonic() + PATIENCE
    while not fits():
        assert time.monotonic() < end
        time.sleep(0.05)


def answers(reader: httpx2.Client) -> bool:
    told: bool = reader.get(STATUS).json()["engine_answers"]
    return told


def test_while_the_engine_hangs_what_needs_it_is_refused_and_the_rest_goes_on(
    graph: Graph, reader: httpx2.Client
) -> None:
    status = reader.get(STATUS)
    assert status.json()["engine_answers"]
    known = reader.get("/api/organisations/99001009/ancestors")
    signalled(graph, signal.SIGSTOP)
    try:
        until(lambda: not answers(reader))
        told = reader.get(STATUS).json()
        assert (told["head"], told["sequence"]) == (None, graph.sequence)
        assert reader.get("/static/style/tokens.css").status_code == 200
        again = reader.get(str(known.url), headers={"If-None-Match": known.headers["etag"]})
        assert again.status_code == 304
        refused = reader.get(PROCESS)
        assert refused.status_code == 503
        assert refused.headers["content-type"] == "application/problem+json"
        assert reader.get("/records/service/heys-41001").status_code == 503
    finally:
        signalled(graph, signal.SIGCONT)
    until(lambda: answers(reader))
    assert reader.get(PROCESS).status_code == 200


def test_an_engine_that_died_is_started_again_and_asked(graph: Graph, reader: httpx2.Client) -> None:
    before = reader.get(PROCESS).json()
    signalled(graph, signal.SIGKILL)
    until(lambda: not answers(reader))
    until(lambda: answers(reader))
    assert reader.get(PROCESS).json() == before
