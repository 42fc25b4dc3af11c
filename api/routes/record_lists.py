"""Pages of the records of a kind: filtered, sorted, with the columns chosen, page by page."""

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from api import telling
from api.answering import Ways, day_kept, downloads
from api.asking import Cursor, Question
from api.choosing import things_of
from api.frames import Frame, Link, frame_of
from api.offers import html
from api.pages import Form, Input, ListPage, Option, Section, rendered
from api.routes.records import Ever, KindSlug, Sort, filters_of, name_of
from kaysis_graph.registry import reading
from kaysis_graph.schema import Kind, Schema

pages = APIRouter(include_in_schema=False)
_ROWS = 50
# Coded fields with more values than this make no select.
_MOST_OPTIONS = 60


@pages.get("/records")
def kinds(asked: Question) -> Response:
    """The kinds are told at /about."""
    return RedirectResponse(frame_of(asked, "").link("/about"), 303)


@pages.get("/records/{kind}")
def listed(  # noqa: PLR0913  # the parameters of the address
    request: Request,
    asked: Question,
    kind: KindSlug,
    sort: Sort = "title",
    cursor: Cursor = None,
    ever: Ever = False,
) -> Response:
    """The records of a kind in Turkish alphabetical order, with the filters the schema allows."""
    schema, language = asked.graph.schema, asked.language
    known = reading.known_kind(schema, kind)
    if kind != known.slug:
        return RedirectResponse(frame_of(asked, "").link(f"/records/{known.slug}"), 308)
    filters = filters_of(request)
    page = reading.listed(
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
    things = things_of(asked, [name_of(record, asked.at) for record in page.records])
    shown = [held for held in known.fields.values() if held.codes and held.filtered and not held.many][:2]
    rows = tuple(
        (
            (frame.thing(thing),),
            *(telling.cells_of(frame, held, record.on(held.name, asked.at) or None) for held in shown),
        )
        for thing, record in zip(things, page.records, strict=True)
    )
    following = Link(frame.say("next"), frame.here(cursor=page.next_cursor)) if page.next_cursor else None
    previous = Link(frame.say("first_page"), frame.here(cursor=None)) if cursor else None
    columns = (frame.say("record"), *(held.label.of(language) for held in shown))
    section = Section(frame.say("table"), columns, rows, frame.say("no_records"), "", previous, following)
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
        form=_filters(frame, known, schema, filters),
        section=section,
        downloads=downloads(frame, ways),
        another=None,
    )
    return html(rendered("list.html", told))


def _filters(frame: Frame, kind: Kind, schema: Schema, filters: dict[str, str]) -> Form | None:
    inputs = []
    for held in kind.fields.values():
        if not held.filtered or held.type not in ("code", "flag", "date", "integer") or held.name == "is_stub":
            continue
        label, value = held.label.of(frame.language), filters.get(held.name, "")
        if held.codes and len(schema.codes[held.codes].entries) <= _MOST_OPTIONS:
            entries = schema.codes[held.codes].entries.values()
            options = (
                Option("", frame.say("any")),
                *(Option(entry.code, entry.label.of(frame.language)) for entry in entries),
            )
            inputs.append(Input(held.name, label, value, "select", options))
        elif held.type == "flag":
            options = (Option("", frame.say("any")), Option("true", frame.say("yes")), Option("false", frame.say("no")))
            inputs.append(Input(held.name, label, value, "select", options))
        elif held.type in ("date", "integer") and held.name not in ("valid_from", "valid_to", "order"):
            inputs.append(Input(held.name, label, value, hint=frame.say(f"range_{held.type}")))
    if not inputs:
        return None
    return Form(
        "filters", f"/records/{kind.slug}", (*inputs, *day_kept(frame)), frame.say("narrow"), frame.say("narrow")
    )
