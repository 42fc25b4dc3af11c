"""Finding records by name, number and words: for programs, and as a page with ways to narrow and order it."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from api.openapi import answers_with
from api.questions import taken
from api.request import Asking, Cursor
from api.responses import html, respond, respond_as_json
from kaysis_graph import search
from kaysis_graph.answers.answer import things_read
from kaysis_graph.answers.search.answer import SearchAnswer, Suggestions
from kaysis_graph.answers.search.question import SearchQuestion
from kaysis_graph.answers.search.reply import search_reply
from ui.pages.search_page import View, search_page

api = APIRouter(prefix="/api", tags=["search"])
pages = APIRouter(include_in_schema=False)
SearchAsked = Annotated[SearchQuestion, Depends(taken(SearchQuestion, "q"))]
SearchMeant = Annotated[SearchQuestion, Depends(taken(SearchQuestion))]
Kinds = Annotated[str | None, Query(alias="kind", description="Slugs of kinds, between commas.")]
_OURS = frozenset({"q", "kind", "sort", "columns", "view", "cursor", "limit", "at", "lang", "format", "theme"})


@api.get("/search", operation_id="search", summary="Records by name, number and words",
         responses=answers_with(SearchAnswer, "csv", "xlsx"))  # fmt: skip
def found(
    request: Request,
    asked: Asking,
    question: SearchAsked,
    cursor: Cursor = None,
    limit: Annotated[int, Query(ge=1, le=200, description="How many hits at most.")] = 20,
) -> Response:
    """Exact names and numbers first, then beginnings, words, stems; narrowed by `kind` and any field to filter by.

    CSV and XLSX hold every hit; `columns` are then columns beside name, kind and days.
    """
    looked = _filtered(question, request)
    return respond(asked, search_reply(asked.graph, looked, asked.at, asked.day, asked.language, cursor, limit))


@pages.get("/search")
def found_page(
    request: Request, asked: Asking, question: SearchMeant, cursor: Cursor = None, view: View = "list"
) -> Response:
    """What was found, with ways to narrow it."""
    return html(search_page(asked, _filtered(question, request), view, cursor))


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
    kinds = SearchQuestion(q=q, kind=kind).kinds(schema)
    names = search.ask.suggested(asked.graph, q, limit, asked.at, kinds)
    answer = Suggestions(asked.at, asked.graph.sequence, True, None, things_read(asked.graph, asked.at, names))
    return respond_as_json(asked, answer)


def _filtered(question: SearchQuestion, request: Request) -> SearchQuestion:
    """The question with the parameters that are no question of ours: they must be fields."""
    filters = {name: value for name, value in request.query_params.items() if name not in _OURS}
    return question.model_copy(update={"filters": filters})
