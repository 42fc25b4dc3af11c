"""Pages of the records of a kind: filtered, sorted, with the columns chosen, page by page."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import RedirectResponse, Response

from api.request import Asking, Cursor
from api.responses import html
from api.routes.records.records import Ever, KindSlug, Sort, filters_of
from kaysis_graph.records import reader
from kaysis_graph.records.names import name_of_record
from ui.pages.answer_parts import Ways, downloads
from ui.pages.choice import things_named
from ui.pages.frame import Link, frame_of
from ui.pages.page_parts import ListPage, Section, rendered
from ui.pages.records import field_values
from ui.pages.records.list_parts import columns_of, filters_of_list, orders_of, shown_values

pages = APIRouter(include_in_schema=False)
Columns = Annotated[str | None, Query(description="Fields shown as columns, between commas.")]
_ROWS = 50


@pages.get("/records")
def kinds(asked: Asking) -> Response:
    """The kinds are told at /about."""
    return RedirectResponse(frame_of(asked, "").link("/about"), 303)


@pages.get("/records/{kind}")
def listed(  # noqa: PLR0913  # the parameters of the address
    request: Request,
    asked: Asking,
    kind: KindSlug,
    sort: Sort = "title",
    cursor: Cursor = None,
    ever: Ever = False,
    columns: Columns = None,
) -> Response:
    """The records of a kind, in Turkish alphabetical order unless told otherwise, with the filters of the schema."""
    schema, language = asked.graph.schema, asked.language
    known = reader.known_kind(schema, kind)
    if kind != known.slug:
        return RedirectResponse(frame_of(asked, "").link(f"/records/{known.slug}"), 308)
    filters = {name: value for name, value in filters_of(request).items() if name != "columns"}
    page = reader.listed(
        asked.graph.store,
        schema,
        kind,
        filters=filters,
        sort=sort,
        cursor=cursor,
        limit=_ROWS,
        at=None if ever else asked.at,
    )
    frame = frame_of(asked, known.plural.of(language), (Link(frame_of(asked, "").say("records"), "/about"),))
    things = things_named(asked, [name_of_record(record, asked.at) for record in page.records])
    shown = shown_values(known, columns)
    rows = tuple(
        (
            (frame.thing(thing),),
            *(field_values.cells_of(frame, held, record.on(held.name, asked.at) or None) for held in shown),
        )
        for thing, record in zip(things, page.records, strict=True)
    )
    following = Link(frame.say("next"), frame.here(cursor=page.next_cursor)) if page.next_cursor else None
    previous = Link(frame.say("first_page"), frame.here(cursor=None)) if cursor else None
    heads = (frame.say("record"), *(held.label.of(language) for held in shown))
    section = Section(frame.say("table"), heads, rows, frame.say("no_records"), "", previous, following)
    ways = Ways(
        page=f"/records/{kind}",
        api=f"/api/records/{kind}",
        parameters={**filters, "sort": None if sort == "title" else sort, "ever": "true" if ever else None},
        command=("search", "…", "--kind", kind),
        formats=("csv", "xlsx", "json"),
    )
    told = ListPage(
        frame=frame,
        heading=known.plural.of(language),
        about=known.about.of(language),
        lead=frame.say(
            "list_lead_ever" if ever else "list_lead", total=frame.number(page.total), at=frame.day(asked.at)
        ),
        also=Link(
            frame.say("list_valid" if ever else "list_ever", at=frame.day(asked.at)),
            frame.here(ever=None if ever else "true", cursor=None),
        ),
        form=filters_of_list(frame, known, schema, filters),
        choices=(
            (frame.say("record.sorted_by"), orders_of(frame, known, shown, sort)),
            (frame.say("record.columns"), columns_of(frame, known, shown)),
        ),
        section=section,
        downloads=downloads(frame, ways),
        another=None,
    )
    return html(rendered("list.html", told))
