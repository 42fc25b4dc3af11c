"""Measures an import against the bare driver that loads the same rows under the same constraints, in one run.

    python benchmarks/load.py [--records N] [--json FILE]

Both write N records and two edges of each, in transactions of the same size over one connection; the bare driver does
not read files, checks nothing and keeps no history. Then the import is taken back. A server named by KAYSIS_GRAPH_URL
is used when there is one (it must be empty), the embedded engine otherwise. Where a machine is busy with other work,
look at the processor time: of this process and of the embedded engine.
"""

import argparse
import csv
import json
import random
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, LiteralString

import neo4j  # noqa: TID251  # the bare driver is what is measured against
import psutil
import run as benchmark

from kaysis_graph import schema
from kaysis_graph.graph import engines, history, setup
from kaysis_graph.graph.engines import Embedded, Engine
from kaysis_graph.graph.queries import parse
from kaysis_graph.records import record_model
from kaysis_graph.schema import Schema
from kaysis_graph.transfer import batches, import_files, job_undo
from kaysis_graph.transfer.maps import definition, mapped_source

if TYPE_CHECKING:
    from kaysis_graph.schema.fieldtypes import Value
    from kaysis_graph.transfer.report import ImportReport

WIPE = parse("wipe", "// Everything gone.\nMATCH (node) DETACH DELETE node")
CREATE: LiteralString = "UNWIND $rows AS row CREATE (record:Record:Organisation) SET record = row"
TIE: LiteralString = (
    "UNWIND $rows AS row MATCH (source:Record {id: row.source}) MATCH (target:Record {id: row.target}) "
    "CREATE (source)-[edge:PART_OF]->(target) SET edge = row.properties"
)
FIRST = 30_000_000
PLACES = ("Ankara", "İstanbul", "Iğdır", "Şırnak", "Muğla", "Çankırı", "Kütahya", "Düzce")
TASKS = ("Nüfus", "Tapu", "Sağlık", "Çevre", "Tarım", "Ulaştırma", "Maliye", "Gençlik", "Kültür", "İmar", "Hukuk")
UNITS: Mapping[str, Any] = {
    "record": [
        {
            "kind": "Organisation",
            "id": "{id}",
            "fields": {
                "title": "{title}",
                "category": "{category}",
                "phone": "{phone}",
                "valid_from": "{valid_from}",
            },
        }
    ]
}
TIES: Mapping[str, Any] = {
    "edge": [
        {
            "type": "PART_OF",
            "from": "{source}",
            "to": "{target}",
            "fields": {"valid_from": "{valid_from}", "is_secondary": "{is_secondary}"},
        }
    ]
}
Row = Mapping[str, str]


@dataclass(frozen=True)
class Measured:
    """Rows, seconds on the clock, and seconds of the processor: of this process, and of the embedded engine."""

    rows: int
    seconds: float
    own: float
    engine: float


def main() -> None:
    """Prints both sides and their ratio, and keeps them as JSON when asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=50_000)
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    known = schema.read()
    with tempfile.TemporaryDirectory() as home:
        where = benchmark.settings_in(Path(home))
        engine = engines.open(where)
        try:
            measured = {name: asdict(one) for name, one in sides(engine, known, Path(home), asked.records)}
        finally:
            engine.close()
            engines.stop(where)
    for name in ("records", "edges"):
        bare, ours = measured[f"bare {name}"], measured[f"import of {name}"]
        by_clock = bare["seconds"] / ours["seconds"]
        by_processor = (bare["own"] + bare["engine"]) / (ours["own"] + ours["engine"])
        print(f"{name}: {by_clock:.2f} × of the bare driver by the clock, {by_processor:.2f} × by the processor")
    if asked.json:
        asked.json.write_text(json.dumps(measured, indent=1), encoding="utf-8")


def sides(engine: Engine, known: Schema, folder: Path, count: int) -> Iterator[tuple[str, Measured]]:
    """Each part of the run under its name: warmed up, the bare driver, a dry run, the import, its undo."""
    warm = list(units(count // 10)), list(ties(count // 10))
    rows = list(units(count)), list(ties(count))
    store = setup.prepared(engine, known)
    for name, (records, edges) in (("warm", warm), ("bare", rows)):
        for what, statement, told in (
            ("records", CREATE, [stored(known, row) for row in records]),
            ("edges", TIE, [stored_tie(known, row) for row in edges]),
        ):
            part = measured(engine, len(told), lambda: load(engine, statement, told))  # noqa: B023  # called at once
            yield shown(f"{name} {what}", part)
        store.write(lambda transaction: transaction.run(WIPE))
        history.begin(store)
    jobs = []
    for what, mapping, told in (("records", UNITS, rows[0]), ("edges", TIES, rows[1])):
        source = mapped_source.source(
            known, [written(folder / f"{what}.csv", told)], definition.parse(mapping, known, what)
        )
        for name, act in (("dry run", import_files.check), ("import", import_files.run)):
            reports: list[ImportReport] = []
            part = measured(
                engine,
                len(told),
                lambda: reports.append(act(store, known, source, benchmark.BENCHMARK)),  # noqa: B023
            )
            assert not reports[0].errors, reports[0]
            yield shown(f"{name} of {what}", part)
        jobs.append((what, reports[0].job, len(told)))
    for what, job, size in reversed(jobs):
        part = measured(engine, size, lambda: job_undo.undo(store, known, job, benchmark.BENCHMARK))  # noqa: B023
        yield shown(f"undo of {what}", part)


def load(engine: Engine, statement: LiteralString, rows: Sequence[Mapping[str, Any]]) -> None:
    """The rows written by the bare driver, as many at a time as an import writes."""
    with engine.driver.session(database=engine.database) as session:
        for start in range(0, len(rows), batches.MOST):
            part = rows[start : start + batches.MOST]

            def work(running: neo4j.ManagedTransaction, part: Sequence[Mapping[str, Any]] = part) -> None:
                running.run(statement, rows=part).consume()

            session.execute_write(work)


def measured(engine: Engine, rows: int, act: Callable[[], object]) -> Measured:
    """What the act took."""
    process = psutil.Process(engine.running.pid) if isinstance(engine, Embedded) else None

    def of_engine() -> float:
        return sum(process.cpu_times()[:2]) if process else 0.0

    clock, own, theirs = time.perf_counter(), time.process_time(), of_engine()
    act()
    return Measured(rows, time.perf_counter() - clock, time.process_time() - own, of_engine() - theirs)


def shown(name: str, part: Measured) -> tuple[str, Measured]:
    """The part with its name, told as it is done."""
    rate = f"{part.rows / part.seconds:,.0f} a second"
    print(f"- {name}: {part.rows:,} in {part.seconds:.1f} s ({rate}); processor {part.own:.1f} + {part.engine:.1f} s")
    return name, part


def units(count: int) -> Iterator[Row]:
    """Units as a file tells them."""
    chance = random.Random(7)
    for number in range(count):
        yield {
            "id": str(FIRST + number),
            "title": f"{chance.choice(PLACES)} {chance.choice(TASKS)} ve {chance.choice(TASKS)} {number} Müdürlüğü",
            "category": "central_unit",
            "phone": f"0312{chance.randint(1_000_000, 9_999_999)}",
            "valid_from": f"{chance.randint(1950, 2020)}-{chance.randint(1, 12):02}-01",
        }


def ties(count: int) -> Iterator[Row]:
    """Two wholes of each unit but the first: one near, one anywhere."""
    chance = random.Random(8)
    for number in range(1, count):
        for is_secondary, first in (("false", number // 20), ("true", 0)):
            yield {
                "source": str(FIRST + number),
                "target": str(FIRST + chance.randrange(first, number)),
                "valid_from": f"{chance.randint(1950, 2020)}-01-01",
                "is_secondary": is_secondary,
            }


def stored(known: Schema, row: Row) -> Mapping[str, Any]:
    """The properties that an import gives the record."""
    record = record_model.record_of(known, {"kind": "Organisation", **row})
    return {**record_model.stored_record(known, record), "changes": [1]}


def stored_tie(known: Schema, row: Row) -> Mapping[str, Any]:
    """The ends of the edge and the properties that an import gives it."""
    told: dict[str, Value] = {
        "valid_from": date.fromisoformat(row["valid_from"]),
        "is_secondary": row["is_secondary"] == "true",
    }
    edge = record_model.Edge(row["source"], "PART_OF", row["target"], told)
    properties = record_model.stored_edge(known, "Organisation", edge)
    return {"source": edge.source, "target": edge.target, "properties": properties}


def written(path: Path, rows: Sequence[Row]) -> Path:
    """The rows in a CSV file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


if __name__ == "__main__":
    main()
