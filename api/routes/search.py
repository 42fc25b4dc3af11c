"""Finding records by name, number and words. The API; the page is in `search_pages`."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.openapi import answers_with
from api.request import Asking, Cursor
from api.responses import Offer, respond
from api.routes.records.kinds import kinds_named
from api.routes.records.records import cut_of, value_in_cell
from kaysis_graph import search
from kaysis_graph.answers.answer import Cut, Thing
from kaysis_graph.messages import say
from kaysis_graph.render.table import Column, Table
from kaysis_graph.schema import Field
from kaysis_graph.search.matches import Former
from kaysis_graph.search.question import SearchQuestion
from ui.pages.choice import things_of
from ui.pages.reader import Asked
from ui.pages.search_columns import columns_named, fields_of

api = APIRouter(prefix="/api", tags=["search"])
Kinds = Annotated[str | None, Query(alias="kind", description="Slugs of kinds, between commas.")]
Sort = Annotated[search.ask.Sort, Query(description="By title, or by first day, instead of the best first.")]
Columns = Annotated[
    str | None, Query(description="Fields of the kinds, between commas, as columns of tables.",
                             examples=["legislation_type,accepted_on"]),
]  # fmt: skip
_OURS = frozenset({"q", "kind", "sort", "columns", "view", "cursor", "limit", "at", "lang", "format", "theme"})
HITS = 20
# These say themselves what they are, or stand in columns of their own.
# As many as the engine hands over at once.
_NAMED_AT_ONCE = 1_000


@dataclass(frozen=True)
class HitShown:
    """One record found: how well it matched, in which field, the words around, and a former title that did.

    `match` is `exact` only where the whole title was said. The marks are where the words that were looked for stand in
    the title of the language and in the snippet: the first letter of each, and the letter after its last.
    """

    thing: Thing
    match: search.ask.Match
    field: str
    snippet: str
    former: Former | None
    title_marks: tuple[tuple[int, int], ...]
    snippet_marks: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class SearchAnswer:
    """What was found, best first; `is_relaxed` when no record has all the words.

    `also` are the synonyms that were looked for too. Each facet counts what passes all the other filters.
    """

    at: date
    sequence: int
    complete: bool
    cut: Cut | None
    query: str
    total: int
    is_relaxed: bool
    also: tuple[str, ...]
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
         responses=answers_with(SearchAnswer, "csv", "xlsx"))  # fmt: skip
def found(  # noqa: PLR0913  # the parameters of the address
    request: Request,
    asked: Asking,
    q: Annotated[str, Query(description="A name, words or a number.", examples=["5018", "hastane"])],
    kind: Kinds = None,
    cursor: Cursor = None,
    limit: Annotated[int, Query(ge=1, le=200, description="How many hits at most.")] = HITS,
    sort: Sort = "relevance",
    columns: Columns = None,
) -> Response:
    """Exact names and numbers first, then beginnings, words, stems; narrowed by `kind` and any field to filter by.

    CSV and XLSX hold every hit; `columns` are then columns beside name, kind and days.
    """
    looked = SearchQuestion(
        q, tuple(sorted(kinds_named(asked.graph.schema, kind, "kind") or ())), filters_of(request), sort
    )
    shown = columns_named(asked, columns)
    page = looked.page(asked.graph, asked.day, asked.language, cursor, limit)

    def table() -> Table:
        return _table(asked, looked, shown, page.counted_first)

    return respond(asked, Offer("search", lambda: _answer(asked, q, page, cursor), table=table))


def filters_of(request: Request) -> dict[str, str]:
    """The parameters that are no question of ours: they must be fields."""
    return {name: value for name, value in request.query_params.items() if name not in _OURS}


def _answer(asked: Asked, words: str, page: search.ask.FoundPage, cursor: str | None) -> SearchAnswer:
    cut = cut_of(page.total, len(page.hits), page.next_cursor)
    if cut is None and page.counted_first is not None:
        cut = Cut("search.counted_first", {"most": page.counted_first})
    things = things_of(asked, [hit.name for hit in page.hits])
    return SearchAnswer(
        at=asked.at,
        sequence=asked.graph.sequence,
        complete=cut is None and cursor is None,
        cut=cut,
        query=words,
        total=page.total,
        is_relaxed=page.is_relaxed,
        also=page.also,
        facets=_facets(asked, page),
        next_cursor=page.next_cursor,
        hits=[
            HitShown(thing, hit.match, hit.field, hit.snippet, hit.former, hit.title_marks, hit.snippet_marks)
            for thing, hit in zip(things, page.hits, strict=True)
        ],
    )


@api.get("/suggest", operation_id="suggest", summary="Names while somebody types",
         responses=answers_with(Suggestions))  # fmt: skip
def suggested(
    asked: Asking,
    q: Annotated[str, Query(max_length=200, examples=["nüf"])],
    kind: Kinds = None,
    limit: Annotated[int, Query(ge=1, le=50)] = 8,
) -> Response:
    """Titles that begin with the words, then records that have them; quick rather than complete."""
    schema = asked.graph.schema
    kinds = sorted(kinds_named(schema, kind, "kind") or ())
    names = search.ask.suggested(asked.graph.store, schema, q, limit, asked.at, kinds)
    answer = Suggestions(asked.at, asked.graph.sequence, True, None, things_of(asked, names))
    return respond(asked, Offer("suggest", lambda: answer))


def _facets(asked: Asked, page: search.ask.FoundPage) -> dict[str, dict[str, int]]:
    kinds = asked.graph.schema.kinds
    return {
        name: {(kinds[key].slug if name == "kind" else key): count for key, count in counted.items()}
        for name, counted in page.facets.items()
    }


def _named_hits(asked: Asked, looked: SearchQuestion) -> Iterator[tuple[search.ask.Hit, Thing]]:
    """All hits with their names, so many looked up at a time."""
    stream = looked.hits(asked.graph, asked.day, asked.language)
    while hits := list(islice(stream, _NAMED_AT_ONCE)):
        yield from zip(hits, things_of(asked, [hit.name for hit in hits]), strict=True)


def _table(asked: Asked, looked: SearchQuestion, shown: Sequence[Field], counted_first: int | None) -> Table:
    language, kinds = asked.language, asked.graph.schema.kinds
    known = fields_of(asked)
    days = [known["valid_from"], known["valid_to"]]
    fields = [*days, *(held for held in shown if held not in days)]
    columns = (
        Column("id", say("tables.id", language)),
        Column("kind", say("tables.kind", language)),
        Column("title", say("tables.title", language)),
        Column("belongs_to", say("tables.belongs_to", language)),
        Column("match", say("search.match", language)),
        *(Column(held.name, held.label.of(language)) for held in fields),
    )
    rows = (
        (
            thing.id,
            kinds[thing.kind].label.of(language),
            thing.title,
            thing.distinction(language) or None,
            say(f"pages.match_{hit.match}", language),
            *(value_in_cell(hit.record.on(held.name, asked.at)) for held in fields),
        )
        for hit, thing in _named_hits(asked, looked)
    )
    cut = None if counted_first is None else Cut("search.counted_first", {"most": counted_first})
    missing = "" if cut is None else f"{cut.why(language)} {cut.how(language)}"
    return Table(say("pages.search_title", language, words=looked.words[:80]), columns, rows, missing=missing)
