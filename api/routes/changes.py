"""The change sequence as a feed, how the service is, and the schema that all answers follow."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.openapi import answers_with
from api.request import Asking, ChangeNumber
from api.responses import Offer, respond
from kaysis_graph.answers.answer import Cut
from kaysis_graph.errors import KaysisError
from kaysis_graph.graph import history
from kaysis_graph.linked.copy.keeper import State
from kaysis_graph.linked.linked import Linked
from kaysis_graph.schema.definitions import Field, Label
from kaysis_graph.settings import VERSION

api = APIRouter(prefix="/api", tags=["the graph itself"])


@dataclass(frozen=True)
class ChangeShown:
    """One change with what it did; `hash` covers it and the hash of the change before.

    It is the SHA-256 of the JSON list [number, at, who, why, job, previous_hash, rows], where `rows` is their JSON
    text with sorted keys; both without blanks.
    """

    number: int
    at: str
    who: str
    why: str
    job: str | None
    hash: str
    previous_hash: str
    rows: list[Any]


@dataclass(frozen=True)
class Feed:
    """Changes after a number, oldest first; ask again with `after` = `last`."""

    sequence: int
    complete: bool
    cut: Cut | None
    last: int
    changes: list[ChangeShown]


@dataclass(frozen=True)
class Lag:
    """How the projection stands: at which change, how far behind the engine, and what it holds."""

    sequence: int
    behind: int | None
    records: int
    edges: int
    build_seconds: float
    loaded_from_file: bool
    rebuilt: int
    trouble: str | None


@dataclass(frozen=True)
class LinkedLag:
    """How the copy for SPARQL stands: at which change, how far behind the projection, how much of a new one is built.

    `sequence` is None while the first copy is being built.
    """

    state: State
    base: str
    sequence: int | None
    behind: int | None
    records_done: int
    records_in_all: int
    build_seconds: float
    rebuilt: int
    trouble: str | None


@dataclass(frozen=True)
class Status:
    """How the service is: whether the engine answers, where the sequence stands, whether its copies keep up."""

    version: str
    engine: str
    engine_answers: bool
    sequence: int
    head: int | None
    head_hash: str | None
    projection: Lag
    linked: LinkedLag | None


@dataclass(frozen=True)
class FieldShown:
    """A field of a kind or of an edge; `rdf` are the terms it is given out under as linked data."""

    name: str
    type: str
    label: Label
    about: Label | None
    required: bool
    many: bool
    searched: bool
    filtered: bool
    dated: bool
    codes: str | None
    rdf: list[str]


@dataclass(frozen=True)
class EdgeKind:
    """An edge that leaves a kind."""

    role: str
    type: str
    to: list[str]
    label: Label
    inverse: Label
    least: int
    most: int | None
    fields: list[FieldShown]


@dataclass(frozen=True)
class KindShown:
    """A kind of record."""

    name: str
    slug: str
    id_pattern: str
    id_example: str
    label: Label
    plural: Label
    about: Label
    fields: list[FieldShown]
    edges: list[EdgeKind]


@dataclass(frozen=True)
class SchemaShown:
    """Kinds, edge types and code lists, with their labels in both languages."""

    sequence: int
    kinds: list[KindShown]
    edge_types: Mapping[str, Label]
    codes: Mapping[str, Mapping[str, Label]]


@api.get("/changes", operation_id="changes", summary="The feed of all changes",
         responses=answers_with(Feed))  # fmt: skip
def changes(
    asked: Asking,
    after: Annotated[ChangeNumber, Query(description="The number of the last change you know.")] = 0,
    limit: Annotated[int, Query(ge=1, le=100, description="How many changes at most.")] = 20,
) -> Response:
    """Gap-free and chained by hashes: what was read can be checked. A bulk load is one change with many rows."""
    upto = asked.graph.sequence
    found = [change for change in history.changes_after(asked.graph.store, after, limit) if change.number <= upto]
    last = found[-1].number if found else after
    cut = Cut("api.more_changes", {"left": upto - last}) if last < upto else None
    shown = [
        ChangeShown(
            held.number, held.at, held.who, held.why, held.job, held.hash, held.previous_hash, json.loads(held.rows)
        )
        for held in found
    ]
    return respond(asked, Offer("changes", lambda: Feed(upto, cut is None, cut, last, shown)))


@api.get("/status", operation_id="status", summary="How the service is", responses=answers_with(Status))
def status(request: Request, asked: Asking) -> Response:
    """Answered from the projection also when the engine does not answer."""
    linked: Linked | None = request.app.state.linked
    follower = asked.graph.follower
    projection, seen = follower.current, follower.seen
    head = None
    try:
        head = history.head(asked.graph.store)
    except KaysisError:
        head = None
    counts, kinds = projection.counts(), asked.graph.schema.kinds
    records = sum(count for name, count in counts.items() if name in kinds)
    lag = Lag(
        sequence=projection.sequence,
        behind=None if head is None else max(0, head.number - projection.sequence),
        records=records,
        edges=sum(counts.values()) - records,
        build_seconds=round(seen.build_seconds, 3),
        loaded_from_file=seen.loaded_from_file,
        rebuilt=seen.rebuilt,
        trouble=seen.trouble,
    )
    told = Status(
        version=VERSION,
        engine=asked.graph.store.engine.name,
        engine_answers=head is not None,
        sequence=projection.sequence,
        head=None if head is None else head.number,
        head_hash=None if head is None else head.hash,
        projection=lag,
        linked=_linked_lag(linked, projection.sequence),
    )
    response = respond(asked, Offer("status", lambda: told))
    response.headers["Cache-Control"] = "no-store"
    return response


@api.get("/schema", operation_id="schema", summary="Kinds, fields, edges and code lists",
         responses=answers_with(SchemaShown))  # fmt: skip
def schema(asked: Asking) -> Response:
    """What the records and edges of all answers are made of."""
    known = asked.graph.schema
    told = SchemaShown(
        sequence=asked.graph.sequence,
        kinds=[
            KindShown(
                kind.name, kind.slug, kind.id_pattern, kind.id_example, kind.label, kind.plural, kind.about,
                [_field(field) for field in kind.fields.values()],
                [
                    EdgeKind(
                        edge.role, edge.type, list(edge.to), edge.label, edge.inverse, edge.least, edge.most,
                        [_field(field) for field in edge.fields.values()],
                    )
                    for edge in kind.edges.values()
                ],
            )
            for kind in known.kinds.values()
        ],
        edge_types={name: edge.label for name, edge in known.edge_types.items()},
        codes={
            name: {code: entry.label for code, entry in codes.entries.items()} for name, codes in known.codes.items()
        },
    )  # fmt: skip
    return respond(asked, Offer("schema", lambda: told))


def _linked_lag(linked: Linked | None, sequence: int) -> LinkedLag | None:
    if linked is None:
        return None
    seen, newest = linked.seen, linked.newest
    return LinkedLag(
        state=seen.state,
        base=linked.iris.base,
        sequence=None if newest is None else newest.sequence,
        behind=None if newest is None else max(0, sequence - newest.sequence),
        records_done=seen.records_done,
        records_in_all=seen.records_in_all,
        build_seconds=round(seen.build_seconds, 3),
        rebuilt=seen.rebuilt,
        trouble=seen.trouble,
    )


def _field(field: Field) -> FieldShown:
    told = {held.name: getattr(field, held.name) for held in fields(FieldShown)}
    return FieldShown(**{**told, "rdf": [f"{term.prefix}:{term.local}" for term in field.terms]})
