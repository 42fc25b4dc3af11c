"""Finding records by name, number and words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.answering import Ways, another
from api.asking import Asked, Blank, Cursor, Question
from api.choosing import things_of
from api.describing import answers_with
from api.frames import Frame, Link, frame_of
from api.offers import Offer, html, respond
from api.pages import Facet, Found, SearchPage, rendered
from api.routes.kinds import kinds_named
from api.routes.records import cut_of
from kaysis_graph.answers.answer import Cut, Thing
from kaysis_graph.registry import search
from kaysis_graph.registry.matches import Former

api = APIRouter(prefix="/api", tags=["search"])
pages = APIRouter(include_in_schema=False)
Kinds = Annotated[str | None, Blank, Query(alias="kind", description="Slugs of kinds, between commas.")]
_OURS = frozenset({"q", "kind", "cursor", "limit", "at", "lang", "format", "theme"})
_HITS = 20


@dataclass(frozen=True)
class HitShown:
    """One record found: how well it matched, in which field, the words around, and a former title that did."""

    thing: Thing
    match: search.Match
    field: str
    snippet: str
    former: Former | None


@dataclass(frozen=True)
class SearchAnswer:
    """What was found, best first; `facets` count everything, `is_relaxed` when no record has all the words."""

    at: date
    sequence: int
    complete: bool
    cut: Cut | None
    query: str
    total: int
    is_relaxed: bool
    facets: Mapping[str, Mapping[str, int]]
    next_cursor: str | None
    hits: list[HitShown]


@dataclass(frozen=True)
class Suggestions:
    """The first names that come up while somebody types."""

    at: date
    sequence: int
    complete: bool
    cut: Cut | None
    suggestions: list[Thing]


@api.get("/search", operation_id="search", summary="Records by name, number and words",
         responses=answers_with(SearchAnswer))  # fmt: skip
def found(  # noqa: PLR0913  # the parameters of the address
    request: Request,
    asked: Question,
    q: Annotated[str, Query(description="A name, words or a number.", examples=["5018", "hastane"])],
    kind: Kinds = None,
    cursor: Cursor = None,
    limit: Annotated[int, Query(ge=1, le=200, description="How many hits at most.")] = _HITS,
) -> Response:
    """Exact names and numbers first, then beginnings, words, stems; narrowed by `kind` and any field to filter by."""
    page = _found(request, asked, q, kind, cursor, limit)
    cut = cut_of(page.total, len(page.hits), page.next_cursor)
    if cut is None and page.counted_first is not None:
        cut = Cut("search.counted_first", {"most": page.counted_first})
    things = things_of(asked, [hit.name for hit in page.hits])
    answer = SearchAnswer(
        at=asked.at,
        sequence=asked.graph.sequence,
        complete=cut is None and cursor is None,
        cut=cut,
        query=q,
        total=page.total,
        is_relaxed=page.is_relaxed,
        facets=_facets(asked, page),
        next_cursor=page.next_cursor,
        hits=[
            HitShown(thing, hit.match, hit.field, hit.snippet, hit.former)
            for thing, hit in zip(things, page.hits, strict=True)
        ],
    )
    return respond(asked, Offer("search", lambda: answer))


@api.get("/suggest", operation_id="suggest", summary="Names while somebody types",
         responses=answers_with(Suggestions))  # fmt: skip
def suggested(
    asked: Question,
    q: Annotated[str, Query(max_length=200, examples=["nüf"])],
    kind: Kinds = None,
    limit: Annotated[int, Query(ge=1, le=50)] = 8,
) -> Response:
    """Titles that begin with the words, then records that have them; quick rather than complete."""
    schema = asked.graph.schema
    kinds = sorted(kinds_named(schema, kind, "kind") or ())
    names = search.suggested(asked.graph.store, schema, q, limit, asked.at, kinds)
    answer = Suggestions(asked.at, asked.graph.sequence, True, None, things_of(asked, names))
    return respond(asked, Offer("suggest", lambda: answer))


@pages.get("/search")
def page(
    request: Request,
    asked: Question,
    q: Annotated[str | None, Blank, Query()] = None,
    kind: Kinds = None,
    cursor: Cursor = None,
) -> Response:
    """What was found, with ways to narrow it."""
    plain = frame_of(asked, "")
    if q is None or not q.strip():
        empty = SearchPage(frame_of(asked, plain.say("search")), "", plain.say("search_hint"), (), (), (), None, None)
        return html(rendered("search.html", empty))
    found = _found(request, asked, q, kind, cursor, _HITS)
    frame = frame_of(asked, plain.say("search_title", words=q[:80]))
    things = things_of(asked, [hit.name for hit in found.hits])
    notices = []
    if found.is_relaxed:
        notices.append(frame.say("relaxed"))
    if found.counted_first is not None:
        notices.append(Cut("search.counted_first", {"most": found.counted_first}).why(asked.language))
    lead = "search_lead" if found.total else "search_none"
    ways = Ways("/search", "/api/search", {"q": q, "kind": kind}, _command(q, kind), (), is_of_today=False)
    told = SearchPage(
        frame=frame,
        words=q,
        lead=frame.say(lead, total=frame.number(found.total), words=q),
        notices=tuple(notices),
        facets=_links(asked, frame, found),
        hits=tuple(_shown(frame, hit, thing) for hit, thing in zip(found.hits, things, strict=True)),
        following=Link(frame.say("next"), frame.here(cursor=found.next_cursor)) if found.next_cursor else None,
        another=another(frame, ways),
    )
    return html(rendered("search.html", told))


def _found(  # noqa: PLR0913  # the question and its page
    request: Request, asked: Asked, words: str, kind: str | None, cursor: str | None, limit: int
) -> search.SearchPage:
    schema = asked.graph.schema
    filters = {name: value for name, value in request.query_params.items() if name not in _OURS and value}
    return search.found(
        asked.graph.store,
        schema,
        words,
        kinds=sorted(kinds_named(schema, kind, "kind") or ()),
        filters=filters,
        at=asked.day,
        cursor=cursor,
        limit=limit,
        language=asked.language,
    )


def _facets(asked: Asked, page: search.SearchPage) -> dict[str, dict[str, int]]:
    kinds = asked.graph.schema.kinds
    return {
        name: {(kinds[key].slug if name == "kind" else key): count for key, count in counted.items()}
        for name, counted in page.facets.items()
    }


def _links(asked: Asked, frame: Frame, page: search.SearchPage) -> tuple[Facet, ...]:
    schema, language = asked.graph.schema, asked.language
    chosen = dict(frame.query)
    facets = []
    for name, counted in page.facets.items():
        links = []
        if name in chosen:
            links.append((Link(frame.say("all"), frame.here(**{name: None, "cursor": None})), 0))
        for key, count in counted.items():
            if name == "kind":
                text, value = schema.kinds[key].plural.of(language), schema.kinds[key].slug
            else:
                codes = next(
                    field.codes
                    for held in schema.kinds.values()
                    for field in held.fields.values()
                    if field.name == name
                )
                text, value = schema.label_of_code(codes or "", key, language), key
            href = frame.here(**{name: value, "cursor": None})
            links.append((Link(text, href, chosen.get(name) == value), count))
        if len(counted) > 1 or name in chosen:
            facets.append(Facet(_facet_name(asked, name), tuple(links)))
    return tuple(facets)


def _facet_name(asked: Asked, name: str) -> str:
    if name == "kind":
        return frame_of(asked, "").say("kind")
    fields = (field for held in asked.graph.schema.kinds.values() for field in held.fields.values())
    return next(field.label.of(asked.language) for field in fields if field.name == name)


def _shown(frame: Frame, hit: search.Hit, thing: Thing) -> Found:
    former = ""
    if hit.former is not None:
        first = frame.day(hit.former.valid_from) if hit.former.valid_from else "…"
        former = frame.say("former_title", title=hit.former.title, first=first, last=frame.day(hit.former.valid_to))
    snippet = "" if hit.snippet in (thing.title, thing.id) else hit.snippet
    return Found(frame.thing(thing), frame.say(f"match_{hit.match}"), hit.field, snippet, former)


def _command(words: str, kind: str | None) -> list[str]:
    return ["search", *words.split(), *(part for slug in (kind or "").split(",") if slug for part in ("--kind", slug))]
