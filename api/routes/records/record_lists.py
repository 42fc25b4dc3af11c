"""Pages of the records of a kind."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import RedirectResponse, Response

from api.request import Asking, Cursor
from api.responses import html
from api.routes.records.records import ListAsked, filtered
from kaysis_graph.records.lists import known_kind
from ui.pages.frame import frame_of
from ui.pages.records.record_list import record_list_page

pages = APIRouter(include_in_schema=False)
Columns = Annotated[str | None, Query(description="Fields shown as columns, between commas.")]


@pages.get("/records")
def kinds(asked: Asking) -> Response:
    """The kinds are told at /about."""
    return RedirectResponse(frame_of(asked, "").link("/about"), 303)


@pages.get("/records/{kind}")
def listed(
    request: Request, asked: Asking, question: ListAsked, cursor: Cursor = None, columns: Columns = None
) -> Response:
    """The records of a kind, in Turkish alphabetical order unless told otherwise, with the filters of the schema."""
    slug = known_kind(asked.graph.schema, question.kind).slug
    if question.kind != slug:
        return RedirectResponse(frame_of(asked, "").link(f"/records/{slug}"), 308)
    return html(record_list_page(asked, filtered(question, request, "columns"), cursor, columns))
