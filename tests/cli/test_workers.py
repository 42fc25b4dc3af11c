"""Several processes that serve one port: what is written is told by each of them, and one that dies is begun again."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import httpx2
import pytest
from conftest import AUTHOR, settings_for

from kaysis_graph.cli import exit_codes
from kaysis_graph.cli.service.workers import serve_together
from kaysis_graph.errors import Conflict
from kaysis_graph.graph import engines
from kaysis_graph.graph.graph import Graph, open_graph
from kaysis_graph.records import writer
from kaysis_graph.schema import Schema

# Far beyond what any of these takes: a test fails by it instead of waiting for ever.
PATIENCE = 120.0
COMMAND = "import sys; from kaysis_graph.cli import main; sys.exit(main())"


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory, kinds: Schema) -> Iterator[Graph]:
    """A graph of its own, through which others write."""
    settings = settings_for("embedded", tmp_path_factory.mktemp("together"))
    opened = open_graph(settings, kinds)
    save(opened, kinds, 1)
    yield opened
    opened.close()
    engines.stop(settings)


@pytest.fixture(scope="module")
def port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


@pytest.fixture(scope="module")
def service(graph: Graph, port: int) -> Iterator[subprocess.Popen[str]]:
    """The command with two workers."""
    assert graph.follower.file is not None
    told = {"KAYSIS_HOME": str(graph.follower.file.parent), "KAYSIS_LINKED": "off"}
    asked = [sys.executable, "-c", COMMAND, "--lang", "en", "serve", "--workers", "2", "--port", str(port)]
    with subprocess.Popen(asked, stderr=subprocess.PIPE, text=True, env={**os.environ, **told}) as begun:
        yield begun
        begun.kill()


def save(graph: Graph, kinds: Schema, number: int) -> None:
    told = {"kind": "Place", "id": f"il-{number:02}", "title": f"Deneme İli {number}", "place_type": "province"}
    writer.save(graph.store, kinds, told, AUTHOR)


def whoever_answers(port: int, fits: Callable[[httpx2.Client], bool]) -> int | None:
    """The process that took a new connection, where what it answers fits; None where nobody listens yet."""
    try:
        with httpx2.Client(base_url=f"http://127.0.0.1:{port}", timeout=PATIENCE) as reader:
            pid = re.search(r'kaysis_process_info\{pid="(\d+)"\}', reader.get("/metrics").text)
            assert pid
            return int(pid[1]) if fits(reader) else None
    except httpx2.TransportError:
        return None


def until_both(port: int, fits: Callable[[httpx2.Client], bool], without: int | None = None) -> set[int]:
    """The two processes once both answer so."""
    end = time.monotonic() + PATIENCE
    pids: set[int] = set()
    while len(pids) < 2:
        assert time.monotonic() < end
        pids |= {whoever_answers(port, fits)} - {None, without}  # type: ignore[arg-type]  # None is taken out
        time.sleep(0.02)
    return pids


def finds(number: int) -> Callable[[httpx2.Client], bool]:
    """Whether the record is told, and found by its words."""

    def fits(reader: httpx2.Client) -> bool:
        found = reader.get("/api/search", params={"q": f"deneme ili {number}"})
        assert found.status_code == 200
        is_told = reader.get(f"/api/records/place/il-{number:02}").status_code == 200
        return is_told and f'"il-{number:02}"' in found.text

    return fits


@pytest.mark.usefixtures("service")
def test_what_somebody_writes_each_of_the_processes_tells_and_finds(graph: Graph, kinds: Schema, port: int) -> None:
    before = until_both(port, finds(1))
    save(graph, kinds, 2)
    assert until_both(port, finds(2)) == before


def test_one_that_is_killed_is_begun_again_and_catches_up(
    graph: Graph, kinds: Schema, service: subprocess.Popen[str], port: int
) -> None:
    killed, left = until_both(port, finds(1))
    os.kill(killed, signal.SIGKILL)
    save(graph, kinds, 3)
    assert left in until_both(port, finds(3), without=killed)
    assert service.stderr is not None
    assert f"({killed}) ended by itself (exit code -9)" in service.stderr.readline()


@pytest.mark.usefixtures("service")
def test_a_port_that_is_shared_already_is_taken(graph: Graph, port: int) -> None:
    until_both(port, finds(1))
    assert graph.follower.file is not None
    settings = replace(settings_for("embedded", graph.follower.file.parent), port=port)
    with pytest.raises(Conflict) as refused:
        serve_together(settings, 2)
    assert refused.value.key == "serving.port_taken"


def test_all_of_them_end_with_the_first(service: subprocess.Popen[str], port: int) -> None:
    pids = until_both(port, finds(1))
    service.send_signal(signal.SIGTERM)
    assert service.wait(PATIENCE) == exit_codes.DONE
    assert not any(Path(f"/proc/{pid}").exists() for pid in pids)
    assert whoever_answers(port, finds(1)) is None
