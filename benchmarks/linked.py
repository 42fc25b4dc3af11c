"""Measures linked data: the copy built whole, a change until it can be asked for, queries over HTTP and bare.

    KAYSIS_HOME=… python benchmarks/linked.py [--times 15] [--scale 0.01]

Takes the graph of the environment, or with `--scale` a made-up state of that size in a home of its own. Queries are
asked one after the other over one connection and of the bare engine in this process, in turn; what counts are the
ratios, as machines differ.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx2
import psutil
import run
from pyoxigraph import QueryResultsFormat, QueryTriples, RdfFormat, Store

from kaysis_graph import schema, settings
from kaysis_graph.graph import engines
from kaysis_graph.graph.graph import Graph, open_graph
from kaysis_graph.graph.history import Author
from kaysis_graph.linked.copy import keeper
from kaysis_graph.linked.copy.keeper import Keeper
from kaysis_graph.linked.export import void_counts
from kaysis_graph.linked.iris import Iris
from kaysis_graph.records import record_model, whole_records, writer
from ui.pages.linked.query_examples import examples

BENCHMARK = Author("benchmark", "measuring")
PORT = 8_499
# Beside the examples, which are over in milliseconds: questions that go through the whole graph.
LARGE = {
    "triples by property": "SELECT ?p (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?p ORDER BY DESC(?n)",
    "acts and their titles, sorted": "SELECT ?act ?title { ?act a eli:LegalResource ; dct:title ?title } ORDER BY ?title",  # noqa: E501  # a query
    "articles that change others, by act": "SELECT ?act (COUNT(?o) AS ?n) { ?act eli:amends ?o } GROUP BY ?act ORDER BY ?act",  # noqa: E501  # a query
    "texts that hold a word": 'SELECT ?s { ?s kaysis:last_text ?text FILTER(CONTAINS(?text, "bakanlık")) }',
    "all acts as a graph": "CONSTRUCT { ?s ?p ?o } WHERE { ?s a kaysis:Legislation ; ?p ?o }",
}


def main() -> None:
    """Prints what was measured as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=15)
    parser.add_argument("--scale", type=float)
    asked = parser.parse_args()
    print(f"load {os.getloadavg()[0]:.1f}, {psutil.cpu_count()} cores\n")
    if asked.scale is None:
        _measure(settings.read(), asked.times, None)
        return
    with tempfile.TemporaryDirectory() as home:
        chosen = run.settings_in(Path(home))
        try:
            _measure(chosen, asked.times, asked.scale)
        finally:
            engines.stop(chosen)


def _measure(chosen: settings.Settings, times: int, scale: float | None) -> None:
    graph = open_graph(chosen, schema.read()) if scale is None else run.loaded_graph(chosen, scale)[0]
    _copy(graph, chosen)
    graph.close()
    _queries(chosen, times)


def _copy(graph: Graph, chosen: settings.Settings) -> None:
    with tempfile.TemporaryDirectory() as folder:
        kept = Keeper(graph, chosen.base, Path(folder))
        begun = time.perf_counter()
        kept.catch_up()
        took = time.perf_counter() - begun
        assert kept.newest is not None
        quads = len(Store.read_only(str(kept.newest.path)))
        print(f"built whole: {quads:,} quads in {took:.1f} s, {quads / took:,.0f} a second")
        disk = sum(file.stat().st_size for file in kept.newest.path.iterdir())
        print(
            f"on disk {disk / 1e6:,.0f} MB, {psutil.Process().memory_info().rss / 1e6:,.0f} MB resident in this process"
        )
        lags = []
        acts = [str(name) for name in graph.follower.current.records.ids if str(name).startswith("kanun-")][:12]
        for name in acts:
            found = whole_records.some(graph.store, graph.schema, [name])[0]
            told = {**record_model.record_json(found.record), "title": f"{found.record.title} "}
            told["title"] = told["title"].strip() + " ·"
            writer.save(graph.store, graph.schema, told, BENCHMARK)
            begun = time.perf_counter()
            kept.catch_up()
            lags.append(time.perf_counter() - begun)
            writer.save(graph.store, graph.schema, record_model.record_json(found.record), BENCHMARK)
        print(f"a change until it can be asked for: median {_ms(lags)}, longest {max(lags) * 1000:.0f} ms")
        kept.catch_up()
        begun = time.perf_counter()
        assert kept.agrees()
        print(f"counts held against the projection: {(time.perf_counter() - begun) * 1000:.0f} ms")
        begun = time.perf_counter()
        void_counts.of_checkpoint(kept.newest, kept.iris)
        print(f"counts for VoID: {(time.perf_counter() - begun) * 1000:.0f} ms\n")
        kept.end()


def _queries(chosen: settings.Settings, times: int) -> None:
    environment = {**os.environ, "PORT": str(PORT), "KAYSIS_BASE": chosen.base, "KAYSIS_HOME": str(chosen.home)}
    process = subprocess.Popen([sys.executable, "-m", "kaysis_graph.cli", "serve"], env=environment)
    try:
        with httpx2.Client(base_url=f"http://127.0.0.1:{PORT}", timeout=300) as client:
            _wait(client)
            iris = Iris(chosen.base, schema.read())
            newest = keeper.newest_in(keeper.folder(chosen))
            assert newest is not None
            store = Store.read_only(str(newest.path))
            named = {example.name: example.query(iris) for example in examples()} | LARGE
            _dump(client)
            print("| query | over HTTP | bare engine | ratio | bytes |\n| --- | --- | --- | --- | --- |")
            for name, query in named.items():
                _query(client, store, dict(iris.prefixes), name, query, times)
    finally:
        process.terminate()
        process.wait()


def _dump(client: httpx2.Client) -> None:
    begun, first, lines = time.perf_counter(), 0.0, 0
    with client.stream("GET", "/api/dump?format=ntriples", headers={"accept-encoding": "identity"}) as answer:
        for part in answer.iter_bytes():
            first = first or time.perf_counter() - begun
            lines += part.count(b"\n")
    took = time.perf_counter() - begun
    print(f"dump: {lines:,} triples in {took:.1f} s, {lines / took:,.0f} a second, first byte {first * 1000:.0f} ms\n")


def _query(  # noqa: PLR0913  # both sides, the question, how often
    client: httpx2.Client, store: Store, prefixes: dict[str, str], name: str, query: str, times: int
) -> None:
    def asked() -> httpx2.Response:
        accept = "application/n-triples" if "CONSTRUCT" in query else "application/sparql-results+json"
        return client.post("/sparql", data={"query": query}, headers={"accept": accept, "accept-encoding": "identity"})

    def over_http() -> int:
        return len(asked().raise_for_status().content)

    def bare() -> int:
        found = store.query(query, prefixes=prefixes)
        if isinstance(found, QueryTriples):
            return len(found.serialize(format=RdfFormat.N_TRIPLES) or b"")
        return len(found.serialize(format=QueryResultsFormat.JSON) or b"")

    if (first := asked()).is_error:
        print(f"| {name} | {first.status_code}: {first.json()['detail']} | – | – | – |")
        return
    size = len(first.content)
    spent = {over_http: list[float](), bare: list[float]()}
    assert bare() == size
    for _ in range(times):
        for ask, taken in spent.items():
            begun = time.perf_counter()
            ask()
            taken.append(time.perf_counter() - begun)
    ratio = statistics.median(spent[bare]) / statistics.median(spent[over_http])
    print(f"| {name} | {_ms(spent[over_http])} | {_ms(spent[bare])} | {ratio:.2f} × | {size:,} |")


def _wait(client: httpx2.Client) -> None:
    until = time.monotonic() + 3_600
    while time.monotonic() < until:
        try:
            if client.get("/api/status").json()["linked"]["state"] == "following":
                return
        except httpx2.HTTPError:
            pass
        time.sleep(0.2)
    raise TimeoutError


def _ms(spent: list[float]) -> str:
    return f"{statistics.median(spent) * 1000:.1f} ms"


if __name__ == "__main__":
    main()
