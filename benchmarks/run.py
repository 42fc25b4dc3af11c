"""Measures the five answers over HTTP against the bare driver asking the twin, and the life of the projection.

    python benchmarks/run.py [real] [generated] [--nodes N] [--json FILE]

Every figure is a median of requests made one after the other in this run; the ratio is what counts, as machines
differ. A server named by KAYSIS_GRAPH_URL is used when there is one (it must be empty), the embedded engine otherwise.
"""

import argparse
import itertools
import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import httpx2
import psutil
import state

from kaysis_graph import files, schema, settings
from kaysis_graph.graph import engines, history, projection_file, projection_source
from kaysis_graph.graph.graph import Graph, open_graph
from kaysis_graph.graph.queries import Query, load
from kaysis_graph.records import record_model, writer
from kaysis_graph.transfer import import_files, seed_data
from kaysis_graph.transfer.maps import definition, mapped_source

AT = date(2025, 10, 17)
TIMES = 15
# A twin that takes longer than this once is not asked again: on the embedded engine some never end.
PATIENCE = 20.0
SHARED = Path(os.environ.get("KAYSIS_SHARED", Path(__file__).parent.parent.parent / "shared")) / "data" / "tr"
BENCHMARK = history.Author("benchmark", "measuring")
# The maps in the order a person would use them, with their files.
REAL = {
    "provinces": "provinces.json",
    "districts": "districts.json",
    "census": "census.json",
    "laws": "laws.jsonl.gz",
    "repeals": "derived_whole_law_repeals.csv",
    "amendments": "derived_amendments.csv",
    "units": "derived_ministry_units.csv",
}


def main() -> None:
    """Prints what was measured as Markdown, and keeps it as JSON when asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="*", choices=("real", "generated"), default=["real", "generated"])
    parser.add_argument("--nodes", type=int, default=100_000)
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    # The embedded engine walks every trail; what it has not told by then it is not waited for.
    os.environ["KAYSIS_ENGINE_TIME_LIMIT"] = str(int(PATIENCE))
    measured: dict[str, Any] = {"machine": f"{os.cpu_count()} cores", "at": AT.isoformat()}
    for name in asked.sets:
        with tempfile.TemporaryDirectory() as home:
            measured[name] = measured_on(name, settings_in(Path(home)), asked.nodes)
    if asked.json:
        asked.json.write_text(json.dumps(measured, indent=1, ensure_ascii=False), encoding="utf-8")


def settings_in(home: Path) -> settings.Settings:
    """The settings of the environment with a home of the benchmark's own and a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    return replace(settings.read(), home=home, port=port)


def measured_on(name: str, where: settings.Settings, nodes: int) -> dict[str, Any]:
    """Everything measured on one set of data."""
    kinds = schema.read()
    graph = open_graph(where, kinds)
    try:
        told: dict[str, Any] = {"engine": f"{graph.store.engine.name} {graph.store.engine.release}"}
        print(f"\n## {name}, {told['engine']}\n")
        loading = real if name == "real" else generated
        told["loading"] = loading(graph, nodes)
        counts = graph.follower.current.counts()
        told["nodes"] = sum(counts[kind] for kind in kinds.kinds)
        told["edges"] = sum(counts[edge] for edge in kinds.edge_types)
        print(f"\n{told['nodes']:,} records, {told['edges']:,} edges\n")
        told["projection"] = projection(graph, where.home)
        told["answers"] = answers(graph, where, real_questions() if name == "real" else generated_questions())
        return told
    finally:
        graph.close()
        engines.stop(where)


def real(graph: Graph, _: int) -> dict[str, Any]:
    """The seed and the real files, imported by their maps: rows a second."""
    told = {}
    begun = time.perf_counter()
    seed_data.plant(graph.store, graph.schema, files.SEED, BENCHMARK)
    told["seed"] = {"seconds": time.perf_counter() - begun}
    for name, file in REAL.items():
        begun = time.perf_counter()
        report = import_files.run(
            graph.store,
            graph.schema,
            mapped_source.source(
                graph.schema,
                [SHARED / file],
                definition.read(files.SEED / "maps" / f"{name}.toml", graph.schema),
            ),
            BENCHMARK,
        )
        seconds = time.perf_counter() - begun
        rows = sum(read.rows for read in report.files)
        told[name] = {"rows": rows, "seconds": seconds, "rows_per_second": rows / seconds}
        print(f"- {file}: {rows:,} rows in {seconds:.1f} s ({rows / seconds:,.0f} a second)")
    return told


def generated(graph: Graph, nodes: int) -> dict[str, Any]:
    """The made-up state, written in batches of two thousand with its changes."""
    begun = time.perf_counter()
    for batch in batches(state.records(nodes), 2_000):
        merge(graph, [record_model.record_of(graph.schema, told) for told in batch], [])
    written = time.perf_counter()
    edges = (
        record_model.edge_of(graph.schema.kinds[told["kind"]], told["id"], edge)
        for told in state.records(nodes)
        for edge in told.get("edges", ())
    )
    count = 0
    for joined in batches(edges, 2_000):
        count += len(joined)
        merge(graph, [], joined)
    ended = time.perf_counter()
    told = {"records_per_second": nodes / (written - begun), "edges_per_second": count / (ended - written)}
    print(
        f"- {told['records_per_second']:,.0f} records and {told['edges_per_second']:,.0f} edges a second, history kept"
    )
    return told


def merge(graph: Graph, laid: list[record_model.Record], joined: list[record_model.Edge]) -> None:
    """One batch as one change."""
    graph.store.write(lambda running: writer.merge(running, graph.schema, laid, joined, BENCHMARK))


def projection(graph: Graph, home: Path) -> dict[str, float]:
    """Build, save, load, catch up and first view, in seconds; and what it keeps of memory."""
    file = home / "measured.npz"
    told = {"build": timed(lambda: projection_source.from_engine(graph.store, graph.schema, 0, "measured"))}
    built = projection_source.from_engine(graph.store, graph.schema, 0, "measured")
    told["save"] = timed(lambda: projection_file.save(built, file))
    told["load"] = timed(lambda: projection_file.load(file, "measured"))
    before = graph.sequence
    write_one(graph, 0)
    changes = history.changes_after(graph.store, before)
    told["catch_up_one_change"] = timed(lambda: projection_source.after_changes(graph.follower.current, changes))
    told["write_of_one_record"] = min(timed(partial(write_one, graph, population)) for population in range(1, 6))
    told["resident_mb"] = psutil.Process().memory_info().rss / 1e6
    for name, value in told.items():
        print(f"- projection, {name}: {value:,.3f}")
    return told


def write_one(graph: Graph, population: int) -> None:
    """One small write, with its change and the projection caught up."""
    told = {"kind": "Place", "id": "il-99", "title": "Ölçüm", "place_type": "province", "population": population}
    writer.save(graph.store, graph.schema, told, BENCHMARK)


Question = tuple[str, dict[str, Any]]


def real_questions() -> dict[str, tuple[str, list[Question]]]:
    """Answer → address, and the twins that ask the same with what they take."""
    at = AT.isoformat()
    return {
        "data flow of an institution": (
            f"data-flows?organisation=99007301&at={at}",
            [("flows_of_institution", {"id": "99007301"})],
        ),
        "data flow of the state": (f"data-flows?at={at}", [("flows_of_state", {})]),
        "what rests on cbk-1": (
            f"legislation/cbk-1/dependencies?direction=down&at={at}",
            [("resting_on", {"id": "cbk-1"})],
        ),
        "unfounded, any": (f"legislation/unfounded?mode=any&at={at}", [("unfounded_any", {})]),
        "service table": (f"services/table?organisation=99007201&units=subtree&at={at}", []),
        "impact of kanun-5490": (f"impact/legislation/kanun-5490?at={at}", [("impact", {"id": "kanun-5490"})]),
        "path": (
            f"paths?from=dbys-2017&to=heys-41048&at={at}",
            [("shortest_path", {"source": "dbys-2017", "target": "heys-41048"})],
        ),
        "units under a ministry": (f"organisations/99001009/tree?at={at}", [("subtree", {"id": "99001009"})]),
        "a record": (f"records/legislation/kanun-5018?at={at}", []),
        "search": ("search?q=belediye", []),
    }


def generated_questions() -> dict[str, tuple[str, list[Question]]]:
    """The same on the made-up state: its hubs and an average institution."""
    at = AT.isoformat()
    unit, act, other = state.unit_id(7), state.act_id(3), state.act_id(900)
    return {
        "data flow of an institution": (
            f"data-flows?organisation={unit}&at={at}",
            [("flows_of_institution", {"id": unit})],
        ),
        "data flow of the state": (f"data-flows?at={at}", [("flows_of_state", {})]),
        "what rests on an act": (
            f"legislation/{act}/dependencies?direction=down&at={at}",
            [("resting_on", {"id": act})],
        ),
        "unfounded, all": (f"legislation/unfounded?mode=all&at={at}", [("unfounded_all", {})]),
        "service table": (f"services/table?organisation={unit}&units=subtree&at={at}", []),
        "impact of an act": (f"impact/legislation/{other}?at={at}", [("impact", {"id": other})]),
        **exploring_questions(at),
        "path": (
            f"paths?from=heys-17&to=heys-9000&at={at}",
            [("shortest_path", {"source": "heys-17", "target": "heys-9000"})],
        ),
        "units under an institution": (f"organisations/{unit}/tree?at={at}", [("subtree", {"id": unit})]),
        "a record": (f"records/legislation/{act}?at={at}", []),
        "search": ("search?q=birim%2017", []),
    }


def exploring_questions(at: str) -> dict[str, tuple[str, list[Question]]]:
    """The explorer with some three thousand records shown, whole and as the patch that one more act is.

    The twin asks for the edges among a thousand of them, without counts, places and names.
    """
    acts = ["kanun-0", "kanun-0~in~BASED_ON~service~99", "kanun-0~in~BASED_ON~legislation~99"]
    acts += ["dbys-0", "dbys-0~in~REQUIRES~service~99"]
    shown = "&".join(f"act={act}" for act in acts)
    more = "act=heys-5~out~PROVIDED_BY~organisation~1"
    services = [f"heys-{number}" for number in range(1_000)]
    return {
        "explorer, whole": (f"explore?{shown}&{more}&at={at}", [("edges_among", {"ids": services})]),
        "explorer, one act more": (f"explore?{shown}&{more}&since={len(acts)}&at={at}", []),
    }


def answers(graph: Graph, where: settings.Settings, questions: dict[str, tuple[str, list[Question]]]) -> dict[str, Any]:
    """Each answer over HTTP and its twin by the bare driver: medians in milliseconds and their ratio."""
    told = {}
    print("\n| answer | over HTTP, ms | of it in the handler, ms | kB | twin by the bare driver, ms | ratio |")
    print("|---|---|---|---|---|---|")
    with serving(where) as client:
        for name, (address, twins) in questions.items():
            row = asked(client, f"/api/{address}")
            if twins:
                row["twin_ms"] = twin(graph, *twins[0])
            told[name] = row
            shown = row.get("twin_ms")
            ratio = f"{shown / row['http_ms']:.1f} ×" if shown else ("–" if not twins else "the engine gave up")
            times = " | ".join(f"{row[key]:.1f}" for key in ("http_ms", "handler_ms", "kb"))
            print(f"| {name} | {times} | {shown or 0:.1f} | {ratio} |")
    return told


def asked(client: httpx2.Client, address: str) -> dict[str, Any]:
    """Median time of a request, and what the service itself says it took (Server-Timing)."""
    spent, inside = [], []
    size = 0
    for _ in range(TIMES):
        begun = time.perf_counter()
        answer = client.get(address)
        spent.append((time.perf_counter() - begun) * 1_000)
        answer.raise_for_status()
        size = len(answer.content)
        inside.append(float(answer.headers.get("Server-Timing", "app;dur=0").rpartition("=")[2]))
    return {"http_ms": statistics.median(spent), "handler_ms": statistics.median(inside), "kb": size / 1_000}


def twin(graph: Graph, name: str, takes: dict[str, Any]) -> float | None:
    """Median time of the twin by the driver alone, rows fetched and not turned into anything; None beyond patience."""
    query: Query = load(f"answers/{name}")
    if query.names:
        query = query.named(**dict.fromkeys(query.names, "BASED_ON"))
    institutions = sorted(graph.schema.codes["organisation_category"].marked("institution"))
    known = {**takes, "at": AT, "categories": institutions, "types": list(graph.schema.edge_types), "avoid": []}
    given: dict[str, Any] = {key: value for key, value in known.items() if key in query.takes}

    def ask() -> None:
        engine = graph.store.engine
        with engine.driver.session(database=engine.database) as session:
            session.run(query.text, given).consume()

    try:
        first = timed(ask)
    except Exception as error:  # noqa: BLE001  # whatever the engine gives up with
        print(f"<!-- {name}: {str(error).splitlines()[0][:160]} -->")
        return None
    if first > PATIENCE:
        return None
    times = TIMES if first < 1 else 3
    return statistics.median(timed(ask) for _ in range(times)) * 1_000


@contextmanager
def serving(where: settings.Settings) -> Iterator[httpx2.Client]:
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
                    client.get("/api/status").raise_for_status()
                    break
                except httpx2.HTTPError:
                    if service.poll() is not None or time.perf_counter() - begun > 120:
                        raise
                    time.sleep(0.05)
            print(f"\n(service answering after {time.perf_counter() - begun:.1f} s)")
            yield client
    finally:
        service.send_signal(signal.SIGINT)
        service.wait(30)


def timed(act: Callable[[], object]) -> float:
    """Seconds of one run."""
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def batches(items: Iterable[Any], size: int) -> Iterator[list[Any]]:
    """The items in lists of that size, the last one shorter."""
    running = iter(items)
    while batch := list(itertools.islice(running, size)):
        yield batch


if __name__ == "__main__":
    main()
