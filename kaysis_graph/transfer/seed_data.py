"""The seed planted in an empty graph, by the same checks as every import."""

import json
from pathlib import Path
from typing import Any

from kaysis_graph import files
from kaysis_graph.errors import Conflict, Invalid, NotFound, Problem
from kaysis_graph.graph import history
from kaysis_graph.graph.history import Author
from kaysis_graph.graph.store import Store
from kaysis_graph.records.writer import Saved
from kaysis_graph.schema import Schema
from kaysis_graph.transfer import batches, comparison
from kaysis_graph.transfer.import_files import has_anything
from kaysis_graph.transfer.maps.applied import GivenEdge, GivenRecord, Place
from kaysis_graph.transfer.spool import Spool

_SHOWN = 1_000
# Histories are stored as they are told, and readers of the registers read Turkish first.
PLANTER = Author(who="kaysis", why="Örnek veriler yüklendi", job="seed")


def plant(store: Store, schema: Schema, folder: Path = files.SEED, author: Author = PLANTER) -> Saved:
    """The records of a folder of .jsonl files written to an empty graph, and how many there were.

    Conflict when the graph has records or a history, Invalid with every problem when the folder breaks a rule.
    """
    if has_anything(store):
        raise Conflict("transfer.not_empty")
    paths = sorted(folder.glob("*.jsonl"))
    if not paths:
        raise NotFound("transfer.no_file", file=str(folder / "*.jsonl"))
    with Spool() as spool:
        for path in paths:
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                _take(spool, line, {"file": path.name, "row": number})
        spool.close_reading()
        compared_at = history.head(store)
        comparison.compare(comparison.Nothing(), schema, spool, _quiet)
        if spool.has_errors:
            raise Invalid([problem for problem in spool.problems() if problem.severity == "error"][:_SHOWN])
        with_job = Author(author.who, author.why, author.job or "seed")
        written = batches.write(store, schema, spool, compared_at, with_job, "seed", _no_progress)
    return Saved(history.head(store).number, written.records, written.edges)


def _take(spool: Spool, line: str, place: Place) -> None:
    try:
        told: dict[str, Any] = json.loads(line)
        identifier, kind = str(told["id"]), str(told["kind"])
    except (ValueError, KeyError, TypeError) as error:
        spool.report([Problem("transfer.row", place, {"reason": repr(error)})])
        return
    alone = {name: value for name, value in told.items() if name not in ("id", "kind", "edges")}
    spool.add(
        GivenRecord(kind, identifier, alone, [], {}, is_stub=False, place={**place, "kind": kind, "id": identifier})
    )
    for edge in told.get("edges", ()):
        fields = {name: value for name, value in edge.items() if name not in ("type", "to")}
        where: Place = {**place, "edge": f"{identifier} {edge.get('type')} {edge.get('to')}"}
        spool.add(GivenEdge(identifier, str(edge.get("type")), str(edge.get("to")), fields, [], {}, None, where))


def _quiet(done: int) -> None:
    """Progress nobody asked for."""


def _no_progress(stage: str, done: int, total: int | None) -> None:
    """Progress nobody asked for."""
