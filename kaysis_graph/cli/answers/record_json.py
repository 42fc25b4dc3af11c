"""Search results and single records as JSON, in the shape that the API gives them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import get_args

from kaysis_graph.answers.answer import Answer, Cut, things_read
from kaysis_graph.answers.edge_effects import has_effect
from kaysis_graph.graph.graph import Graph
from kaysis_graph.records import reader, record_model
from kaysis_graph.records.names import name_of_record
from kaysis_graph.records.record_model import Record
from kaysis_graph.search.ask import FoundPage, Hit
from kaysis_graph.search.corrections import Correction

_OF_HITS = ("match", "field", "snippet", "former", "title_marks", "snippet_marks")


@dataclass(frozen=True)
class FoundJson(Answer):
    """What was found, best first."""

    query: str
    total: int
    is_relaxed: bool
    also: tuple[str, ...]
    corrected: tuple[Correction, ...]
    did_you_mean: str | None
    facets: Mapping[str, Mapping[str, int]]
    next_cursor: str | None
    hits: list[dict[str, object]]


@dataclass(frozen=True)
class ShownRecordJson(Answer):
    """One record, its life, the changes that touched it, its edges counted and first each way, its last changes."""

    record: dict[str, object]
    life: reader.Life
    changes: list[int]
    edge_counts: list[reader.EdgeCount]
    edges: dict[str, dict[str, object]]
    history: reader.EventPage


def search_answer(graph: Graph, at: date, words: str, found: FoundPage, hits: Sequence[Hit]) -> FoundJson:
    """The hits with how each record stood on the day; `hits` are those of the page, or of all pages."""
    is_whole = len(hits) >= found.total
    cut = None if is_whole else Cut("cli.more", {"shown": len(hits), "total": found.total})
    slugs = {kind.name: kind.slug for kind in graph.schema.kinds.values()}
    facets = {
        name: {slugs.get(code, code): count for code, count in counts.items()} for name, counts in found.facets.items()
    }
    told: list[dict[str, object]] = [
        {"thing": thing, **{name: getattr(hit, name) for name in _OF_HITS}}
        for thing, hit in zip(things_read(graph, at, [hit.name for hit in hits]), hits, strict=True)
    ]
    following = None if is_whole else found.next_cursor
    return FoundJson(
        at=at,
        sequence=graph.sequence,
        complete=cut is None,
        cut=cut,
        query=words,
        total=found.total,
        is_relaxed=found.is_relaxed,
        also=found.also,
        corrected=found.corrected,
        did_you_mean=found.did_you_mean,
        facets=facets,
        next_cursor=following,
        hits=told,
    )


def record_answer(graph: Graph, at: date, shown: reader.Shown, limit: int, *, is_dated: bool) -> ShownRecordJson:
    """The record as of the day; edges of the day when one was asked about, else all there ever were."""
    identifier = shown.record.id
    day = at if is_dated else None
    view = graph.on(at)
    pages: dict[str, dict[str, object]] = {}
    is_whole = True
    for way in get_args(reader.Direction):
        page = reader.edges(graph, identifier, way, limit=limit, at=day)
        is_whole = is_whole and page.next_cursor is None
        others = things_read(graph, at, [edge.other for edge in page.edges])
        told = [
            {**vars(edge), "other": other, "has_effect": has_effect(view, identifier, way, edge)}
            for edge, other in zip(page.edges, others, strict=True)
        ]
        pages[way] = {"total": page.total, "next_cursor": page.next_cursor, "edges": told}
    return ShownRecordJson(
        at=at,
        sequence=graph.sequence,
        complete=is_whole,
        cut=None if is_whole else Cut("cli.edges_cut", {"limit": limit}),
        record=_record(graph, at, shown.record),
        life=shown.life,
        changes=list(shown.changes),
        edge_counts=reader.edge_counts(graph, identifier, day),
        edges=pages,
        history=reader.history(graph.store, identifier),
    )


def _record(graph: Graph, at: date, record: Record) -> dict[str, object]:
    fields = {name: record.on(name, at) for name in graph.schema.kinds[record.kind].fields if name != "title"}
    told = record_model.record_json(record)
    return {
        "thing": things_read(graph, at, [name_of_record(record, at)])[0],
        "fields": {name: value for name, value in fields.items() if value is not None},
        "earlier": told.get("earlier", {}),
        "earlier_spells": told.get("earlier_spells", []),
    }
