"""The page of a search: what was found as a list or a table, and the ways to narrow and order it."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.request import Asking, Cursor
from api.responses import html
from api.routes.records.kinds import kinds_named
from api.routes.search import HITS, Columns, Kinds, Sort, filters_of
from kaysis_graph.search.question import SearchQuestion
from ui.pages.frame import frame_of
from ui.pages.page_parts import SearchPage, rendered
from ui.pages.search_columns import columns_named
from ui.pages.search_page import SearchSeen, View, kinds_shown, search_page

pages = APIRouter(include_in_schema=False)
_ROWS = 50


@pages.get("/search")
def page(  # noqa: PLR0913  # the parameters of the address
    request: Request,
    asked: Asking,
    q: Annotated[str | None, Query()] = None,
    kind: Kinds = None,
    cursor: Cursor = None,
    sort: Sort = "relevance",
    view: View = "list",
    columns: Columns = None,
) -> Response:
    """What was found, with ways to narrow it."""
    plain = frame_of(asked, "")
    if q is None or not q.strip():
        frame = frame_of(asked, plain.say("search"))
        return html(
            rendered("search.html", SearchPage(frame, "", (), plain.say("search_hint"), kinds=kinds_shown(frame)))
        )
    kinds = tuple(sorted(kinds_named(asked.graph.schema, kind, "kind") or ()))
    looked = SearchQuestion(q, kinds, filters_of(request), sort)
    shown = columns_named(asked, columns)
    found = looked.page(asked.graph, asked.day, asked.language, cursor, HITS if view == "list" else _ROWS)
    seen = SearchSeen(asked, frame_of(asked, plain.say("search_title", words=q[:80])), looked, found, shown, view)
    return html(rendered("search.html", search_page(seen, is_first=cursor is None)))
