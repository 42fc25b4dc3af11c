"""The page of everything that happened to a record, change by change, and of what lies between two of them."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.request import Asking, ChangeNumber, Cursor
from api.responses import html, lost
from api.routes.records.kinds import at_home
from api.routes.records.records import Identifier, KindSlug
from kaysis_graph.records import reader
from ui.pages.records.history import HistorySought, history_page

pages = APIRouter(include_in_schema=False)
Number = Annotated[ChangeNumber | None, Query(description="The number of a change.")]
FieldName = Annotated[str | None, Query(description="Only changes of this field.")]


@pages.get("/records/{kind}/{id}/history")
def history(  # noqa: PLR0913  # the parameters of the address
    asked: Asking,
    kind: KindSlug,
    id: Identifier,  # noqa: A002
    cursor: Cursor = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    change: Number = None,
    field: FieldName = None,
    first: Annotated[ChangeNumber | None, Query(alias="from")] = None,
    last: Annotated[ChangeNumber | None, Query(alias="to")] = None,
) -> Response:
    """Newest first, from a change on where one is named; a deleted record keeps its history."""
    known = reader.known_kind(asked.graph.schema, kind)
    moved = at_home(asked, kind, id, "/records", "/history")
    if moved:
        return moved
    page = reader.history(asked.graph.store, id, cursor=cursor, limit=limit, newest=change)
    if not page.total and (missing := lost(asked, known, id)):
        return missing
    sought = HistorySought(field, first, last, is_newest=not (cursor or change))
    return html(history_page(asked, known, id, page, sought))
