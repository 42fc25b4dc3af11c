"""Measures every answer over HTTP on a made-up state, beside its peers, in one run.

    python benchmarks/run.py [--scale 0.05] [--growth 0.01,0.03] [--times 15] [--out artefacts]

A state is generated, brought in and served; then each question is asked of the service, of PostgreSQL, of the bare
driver (the twin) and of networkx, in turn. What counts are the ratios: machines differ. A server named by
KAYSIS_GRAPH_URL is used when there is one (it must be empty), the embedded engine otherwise.
"""

import argparse
import os
import platform
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import httpx2
import other_peers
import postgres
import pressure
import psutil
from questions import BenchmarkQuestion, questions
from report import BenchmarkReport, MeasuredAnswer, MeasuredState, Timing, write_report
from subjects import Subjects, chosen_subjects

from kaysis_graph import schema, settings
from kaysis_graph.generation.state_files import write_state
from kaysis_graph.graph import engines, history, projection_file, projection_source
from kaysis_graph.graph.columns import day_of
from kaysis_graph.graph.graph import Graph, open_graph
from kaysis_graph.records import writer
from kaysis_graph.transfer import import_files
from kaysis_graph.transfer.maps import map_folder

# Nothing in a made-up state happens after the first; the other lies in the middle of its changes.
DAYS = (date(2026, 6, 30), date(2012, 3, 1))
SEED = 7
BENCHMARK = history.Author("benchmark", "measuring")
# What takes a peer longer than this once is not asked again: on the embedded engine some twins never end.
PATIENCE = 20.0
GAVE_UP = Timing(0, 0, 0, "gave up")
PEERS = ("postgres", "twin", "networkx")
_OFTEN_ENOUGH = 1.0
_LONGEST_START = 1_800
_Told = TypeVar("_Told")


def main() -> None:
    """Measures, prints the table and writes it with its chart."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scale", type=float, default=0.05, help="1 is the size of the real state")
    parser.add_argument("--growth", default="", help="smaller scales to measure first, with commas between")
    parser.add_argument("--times", type=int, default=15, help="how often each question is asked")
    parser.add_argument("--seconds", type=float, default=5.0, help="how long readers press")
    parser.add_argument("--peers", default=",".join(PEERS), help="which peers to ask, with commas between")
    parser.add_argument("--out", type=Path, default=Path("artefacts"), help="the folder for table, figures and chart")
    asked = parser.parse_args()
    peers = [peer for peer in asked.peers.split(",") if peer]
    scales = [float(scale) for scale in asked.growth.split(",") if scale]
    states = [measured_state(scale, asked.times, 0, []) for scale in scales]
    states.append(measured_state(asked.scale, asked.times, asked.seconds, peers))
    report = BenchmarkReport(machine(), states)
    write_report(report, asked.out)
    print((asked.out / "benchmark.md").read_text(encoding="utf-8"))


def machine() -> dict[str, Any]:
    """What the figures were measured on, and how busy it was."""
    memory = psutil.virtual_memory().total / 2**30
    return {
        "day": f"{date.today():%Y-%m-%d}",  # noqa: DTZ011  # the day of whoever measures
        "cores": os.cpu_count(),
        "memory": f"{memory:.0f} GB",
        "load": f"{os.getloadavg()[0]:.1f}",
        "Python": platform.python_version(),
    }


def measured_state(scale: float, times: int, seconds: float, peers: Sequence[str]) -> MeasuredState:
    """A state of the scale, generated, brought in, served and asked."""
    os.environ["KAYSIS_ENGINE_TIME_LIMIT"] = str(int(PATIENCE))
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        where = settings_in(home)
        graph, figures = loaded_graph(where, scale)
        stack.callback(engines.stop, where)
        stack.callback(graph.close)
        kinds = graph.schema
        counts = graph.follower.current.counts()
        records, edges = sum(counts[kind] for kind in kinds.kinds), sum(counts[edge] for edge in kinds.edge_types)
        print(f"scale {scale:g}: {records:,} records, {edges:,} edges", file=sys.stderr)
        subjects = chosen_subjects(graph, DAYS[0])
        figures |= projection_figures(graph, home)
        asking = peers_ready(stack, graph, peers, figures)
        client, service = stack.enter_context(serving(where))
        answers = [
            measured_answer(client, question, at, asking(question, at), times)
            for at in DAYS
            for question in questions(subjects, at)
        ]
        figures["service: resident memory, MB"] = service.memory_info().rss / 1e6
        if seconds:
            figures |= pressure_figures(graph, client, subjects, seconds)
        return MeasuredState(scale, records, edges, figures, answers)


def settings_in(home: Path) -> settings.Settings:
    """The settings of the environment with a home of the benchmark's own and a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    return replace(settings.read(), home=home, port=port)


def loaded_graph(where: settings.Settings, scale: float) -> tuple[Graph, dict[str, float]]:
    """The made-up state of the scale in the graph, and what it took."""
    folder = where.home / "state"
    rows: list[int] = []
    begun = time.perf_counter()
    write_state(folder, scale, SEED, lambda file: rows.append(file.rows))
    figures = {"generate: rows a second": sum(rows) / (time.perf_counter() - begun)}
    graph = open_graph(where, schema.read())
    report = import_files.run(graph.store, graph.schema, map_folder.source_of_folder(graph.schema, folder), BENCHMARK)
    assert report.status == "written", report.by_rule
    things = report.records.new + report.edges.new
    figures["import: read and check, rows a second"] = sum(rows) / (report.seconds["read"] + report.seconds["check"])
    figures["import: written, records and edges a second"] = things / report.seconds["write"]
    figures["import: all of it, seconds"] = sum(report.seconds.values())
    graph.follower.catch_up()
    return graph, figures


def projection_figures(graph: Graph, home: Path) -> dict[str, float]:
    """Built from the engine, saved and loaded; and one record written."""
    begun = time.perf_counter()
    built = projection_source.from_engine(graph.store, graph.schema, 0, "measured")
    took = time.perf_counter() - begun
    file = home / "measured.npz"
    projection_file.save(built, file)
    begun = time.perf_counter()
    projection_file.load(file, "measured", graph.schema)
    loaded = time.perf_counter() - begun
    begun = time.perf_counter()
    write_one(graph, 1)
    return {
        "projection: built from the engine, ms": took * 1_000,
        "projection: read from its file, ms": loaded * 1_000,
        "one record written, ms": (time.perf_counter() - begun) * 1_000,
    }


def write_one(graph: Graph, population: int) -> None:
    """One small write, with its change and the projection caught up."""
    told = {"kind": "Place", "id": "il-99", "title": "Ölçüm", "place_type": "province", "population": population}
    writer.save(graph.store, graph.schema, told, BENCHMARK)


Asking = Callable[[BenchmarkQuestion, date], dict[str, Callable[[], int]]]


def peers_ready(stack: ExitStack, graph: Graph, peers: Sequence[str], figures: dict[str, float]) -> Asking:
    """What asks the peers a question; those that are not there are left out with a word."""
    connection = stack.enter_context(postgres.running_server()) if "postgres" in peers else None
    if connection is not None:
        begun = time.perf_counter()
        rows = postgres.load(connection, graph)
        figures["PostgreSQL: rows copied and indexed a second"] = rows / (time.perf_counter() - begun)
    walked = {at: other_peers.Networkx(graph.on(at)) for at in DAYS} if "networkx" in peers else {}

    def asking(question: BenchmarkQuestion, at: date) -> dict[str, Callable[[], int]]:
        found: dict[str, Callable[[], int]] = {}
        if connection is not None and question.sql is not None:
            name, values = question.sql, {**question.values, "at": day_of(at)}
            found["postgres"] = lambda: postgres.ask(connection, name, values)
        if "twin" in peers and (ask := other_peers.twin_of(graph, question, at)) is not None:
            found["twin"] = ask
        if at in walked and (walk := walked[at].walk_of(question)) is not None:
            found["networkx"] = walk
        return found

    return asking


def measured_answer(
    client: httpx2.Client, question: BenchmarkQuestion, at: date, peers: dict[str, Callable[[], int]], times: int
) -> MeasuredAnswer:
    """One answer and its peers, asked in turn."""
    address = f"/api/{question.address}"
    first, answer = timed(lambda: client.get(address).raise_for_status())
    count = question.count(answer.json())
    told: dict[str, Timing] = {}
    asked: dict[str, Callable[[], int]] = {}
    for name, ask in peers.items():
        found = tried(question, name, ask)
        if found is None:
            told[name] = GAVE_UP
        elif found[0] > PATIENCE:
            told[name] = Timing(found[0] * 1_000, found[0] * 1_000, found[1])
        else:
            asked[name] = ask
    spent_by: dict[str, list[float]] = {name: [] for name in ("ours", *asked)}
    inside, rows_of = [], dict.fromkeys(asked, 0)
    for turn in range(times):
        spent, answer = timed(lambda: client.get(address).raise_for_status())
        spent_by["ours"].append(spent)
        inside.append(float(answer.headers.get("Server-Timing", "app;dur=0").rpartition("=")[2]))
        for name, ask in [*asked.items()]:
            # A slow peer is asked three times: its median is as good, and the run ends sooner.
            if turn < 3 or spent_by[name][0] < _OFTEN_ENOUGH:
                found = tried(question, name, ask)
                if found is None:
                    told[name] = GAVE_UP
                    del asked[name]
                    continue
                spent_by[name].append(found[0])
                rows_of[name] = found[1]
    told |= {name: timing(spent_by[name], rows_of[name]) for name in asked}
    differs = tuple(name for name in asked if name != "twin" and rows_of[name] != count)
    if question.is_equal and differs:
        print(
            f"{question.name}: we count {count}, {', '.join(f'{name} {rows_of[name]}' for name in differs)}",
            file=sys.stderr,
        )
    return MeasuredAnswer(
        question.name, at.isoformat(), question.is_hub, timing(spent_by["ours"], count), first * 1_000,
        statistics.median(inside), len(answer.content) / 1_000, told, differs,
    )  # fmt: skip


def tried(question: BenchmarkQuestion, name: str, ask: Callable[[], int]) -> tuple[float, int] | None:
    """Seconds of one run of a peer and its rows; None where it gave up, which is said."""
    try:
        return timed(ask)
    except Exception as error:  # noqa: BLE001  # whatever an engine gives up with
        print(f"{question.name}, {name}: {str(error).splitlines()[0][:160]}", file=sys.stderr)
        return None


def pressure_figures(graph: Graph, client: httpx2.Client, subjects: Subjects, seconds: float) -> dict[str, float]:
    """What HTTP costs, and fifty readers with and without a writer."""
    base = str(client.base_url).rstrip("/")
    small = f"{base}/api/records/legislation/{subjects.typical_act}?at={DAYS[0].isoformat()}"
    known, known_ms = pressure.raw_requests(small, min(seconds, 3), is_known=True)
    _, trivial_ms = pressure.raw_requests(f"{base}/robots.txt", min(seconds, 3))
    addresses = [f"/api/{question.address}" for question in questions(subjects, DAYS[0]) if not question.is_hub]
    alone = pressure.under_pressure(base, addresses, seconds, None)
    population = iter(range(2, 1_000_000))
    beside = pressure.under_pressure(base, addresses, seconds, lambda: write_one(graph, next(population)))
    return {
        "HTTP: 304 a second over one connection": known,
        "HTTP: a 304, ms": known_ms,
        "HTTP: the smallest answer, ms": trivial_ms,
        **{f"50 readers: {name}": value for name, value in _pressure_told(alone).items()},
        **{f"50 readers beside a writer: {name}": value for name, value in _pressure_told(beside).items()},
        "50 readers beside a writer: changes written": beside.writes,
    }


def _pressure_told(held: pressure.Pressure) -> dict[str, float]:
    return {
        "answers a second": held.per_second, "median, ms": held.median_ms, "p99, ms": held.p99_ms,
        "errors": held.errors,
    }  # fmt: skip


@contextmanager
def serving(where: settings.Settings) -> Iterator[tuple[httpx2.Client, psutil.Process]]:
    """A service of its own on the same graph, and a client that keeps one connection to it."""
    environment = {**os.environ, "KAYSIS_HOME": str(where.home), "PORT": str(where.port)}
    begun = time.perf_counter()
    service = subprocess.Popen(
        [sys.executable, "-m", "kaysis_graph.cli", "serve"], env=environment, stdout=subprocess.DEVNULL
    )
    try:
        with httpx2.Client(base_url=f"http://127.0.0.1:{where.port}", timeout=300) as client:
            while True:
                try:
                    # The copy for SPARQL is built first: it would take a core from whatever is measured.
                    if client.get("/api/status").json()["linked"]["state"] == "following":
                        break
                except httpx2.HTTPError:
                    if service.poll() is not None:
                        raise
                if time.perf_counter() - begun > _LONGEST_START:
                    raise TimeoutError
                time.sleep(0.05)
            yield client, psutil.Process(service.pid)
    finally:
        service.send_signal(signal.SIGINT)
        service.wait(60)


def timing(spent: list[float], count: int) -> Timing:
    """Median and 95th percentile of seconds, as milliseconds."""
    slow = sorted(spent)
    return Timing(statistics.median(spent) * 1_000, slow[min(len(slow) - 1, len(slow) * 95 // 100)] * 1_000, count)


def timed(act: Callable[[], _Told]) -> tuple[float, _Told]:
    """Seconds of one run, and what it gave."""
    begun = time.perf_counter()
    told = act()
    return time.perf_counter() - begun, told


if __name__ == "__main__":
    main()
