"""The page of everything that happened to a record, change by change, and of what lies between two of them."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.request import Asking, ChangeNumber, Cursor
from api.responses import html, lost
from api.routes.records.kinds import at_home
from api.routes.records.records import Identifier, KindSlug
from kaysis_graph.records import reader
from ui.pages.frame import Link, frame_of
from ui.pages.page_parts import rendered
from ui.pages.records.event_parts import happenings
from ui.pages.records.record_page import HistoryPage
from ui.pages.records.version_parts import (
    EDGES,
    VERSIONS,
    compared_fields,
    fields_form,
    lead_of_comparison,
    title_of_history,
    touches,
)

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
    title = title_of_history(asked, id, page)
    plain = frame_of(asked, "")
    crumbs = (
        Link(known.plural.of(asked.language), plain.link(f"/records/{known.slug}")),
        Link(title, plain.link(f"/records/{known.slug}/{id}")),
    )
    frame = frame_of(asked, plain.say("record.history_of", title=title), crumbs)
    events = [event for event in page.events if field is None or touches(event, field)]
    numbers = tuple(reversed(reader.changes_of(asked.graph.store, id)))[:VERSIONS]
    told = HistoryPage(
        frame=frame,
        heading=frame.title,
        lead=frame.say("history_lead", total=frame.number(page.total)),
        versions=(*numbers, 0),
        first=first if first is not None else next(iter(numbers[1:]), 0),
        last=last if last is not None else next(iter(numbers), 0),
        compared=compared_fields(asked, frame, known, id, first, last),
        compared_lead=lead_of_comparison(frame, first, last),
        fields=fields_form(frame, known, page, field),
        history=happenings(asked, frame, known, id, events, EDGES),
        empty=frame.say("record.no_such_change") if field else frame.say("no_history"),
        newest=Link(frame.say("record.newest"), frame.here(cursor=None, change=None)) if cursor or change else None,
        following=Link(frame.say("record.older"), frame.here(cursor=page.next_cursor, change=None))
        if page.next_cursor
        else None,
        downloads=(
            Link("JSON", frame.link(f"/api/records/{known.slug}/{id}/history", format="json", lang=frame.language)),
        ),
    )
    return html(rendered("history.html", told))
