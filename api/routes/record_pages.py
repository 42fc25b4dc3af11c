"""Pages of records: lists, one record with everything it is tied to, its edges, its history."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import RedirectResponse, Response

from api import telling
from api.answering import Ways, another, day_kept, downloads
from api.asking import Asked, Cursor, Question
from api.choosing import things_of
from api.frames import Cell, Frame, Link, frame_of
from api.neighbours import details, meaning, neighbours
from api.offers import html
from api.pages import Form, HistoryPage, Input, ListPage, Option, RecordPage, Section, rendered
from api.routes.kinds import at_home
from api.routes.records import (
    EdgeType,
    Ever,
    Identifier,
    KindSlug,
    OtherKind,
    Sort,
    Way,
    filters_of,
    known_history,
    name_of,
)
from kaysis_graph.answers.answer import Thing
from kaysis_graph.registry import reading
from kaysis_graph.schema import Kind, Schema

pages = APIRouter(include_in_schema=False)
_ROWS = 50
_EVENTS = 3
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


@pages.get("/records/{kind}/{id}")
def one(asked: Question, kind: KindSlug, id: Identifier) -> Response:  # noqa: A002  # the name in the address
    """A record with its fields, edges by meaning, questions about it, and its history."""
    moved = at_home(asked, kind, id, "/records")
    if moved:
        return moved
    store, schema, language = asked.graph.store, asked.graph.schema, asked.language
    shown = reading.get(store, schema, id)
    record, known = shown.record, schema.kinds[shown.record.kind]
    thing = things_of(asked, [name_of(record, asked.at)])[0]
    kind_link = Link(known.plural.of(language), frame_of(asked, "").link(f"/records/{known.slug}"))
    frame = frame_of(asked, thing.name(language), (kind_link,))
    events = reading.history(store, id, limit=_EVENTS)
    ways = Ways(
        page=f"/records/{kind}/{id}",
        api=f"/api/records/{kind}/{id}",
        parameters={},
        command=("show", id),
        formats=("json",),
    )
    cell = frame.thing(thing)
    more = Link(frame.say("history_all"), frame.link(f"/records/{kind}/{id}/history"))
    page = RecordPage(
        frame=frame,
        heading=cell.text,
        other_title=(thing.title if language == "en" else thing.title_en or "") if thing.title_en else "",
        kind=kind_link,
        id=id,
        badges=cell.badges,
        state=frame.say(f"state_{thing.state}", at=frame.day(asked.at)),
        fields=telling.facts_of(frame, known, record),
        earlier=telling.earlier_of(frame, known, record),
        questions=_questions(frame, known, id),
        neighbours=neighbours(asked, frame, known, id),
        history=tuple(telling.happening(frame, known, event) for event in events.events),
        history_all=more if events.next_cursor else None,
        downloads=downloads(frame, ways),
        another=another(frame, ways),
    )
    return html(rendered("record.html", page))


@pages.get("/records/{kind}/{id}/edges")
def edges(  # noqa: PLR0913  # the parameters of the address
    asked: Question,
    kind: KindSlug,
    id: Identifier,  # noqa: A002
    direction: Way = "out",
    edge_type: EdgeType = None,
    other_kind: OtherKind = None,
    cursor: Cursor = None,
    ever: Ever = False,
) -> Response:
    """All edges of a record, one way, page by page."""
    moved = at_home(asked, kind, id, "/records", "/edges")
    if moved:
        return moved
    store, schema, language = asked.graph.store, asked.graph.schema, asked.language
    page = reading.edges(
        store,
        schema,
        id,
        direction,
        edge_type=edge_type,
        other_kind=other_kind,
        cursor=cursor,
        limit=_ROWS,
        at=None if ever else asked.at,
    )
    own = _named(asked, id)
    crumbs = _crumbs(asked, own)
    frame = frame_of(asked, frame_of(asked, "").say("edges_of", title=own.name(language)), crumbs)
    others = things_of(asked, [edge.other for edge in page.edges])
    rows = tuple(
        (
            (Cell(meaning(schema, frame, own.kind, direction, edge.type, other.kind)),),
            (frame.thing(other),),
            tuple(Cell(line) for line in details(frame, schema, own.kind, direction, edge)),
        )
        for edge, other in zip(page.edges, others, strict=True)
    )
    following = Link(frame.say("next"), frame.here(cursor=page.next_cursor)) if page.next_cursor else None
    previous = Link(frame.say("first_page"), frame.here(cursor=None)) if cursor else None
    columns = (frame.say("edge"), frame.say("record"), frame.say("details"))
    told = ListPage(
        frame=frame,
        heading=frame.title,
        about="",
        lead=frame.say(
            "edges_lead_ever" if ever else "edges_lead", total=frame.number(page.total), at=frame.day(asked.at)
        ),
        also=Link(
            frame.say("list_valid" if ever else "list_ever", at=frame.day(asked.at)),
            frame.here(ever=None if ever else "true", cursor=None),
        ),
        form=None,
        section=Section(frame.say("table"), columns, rows, frame.say("no_edges"), "", previous, following),
        downloads=(),
        another=None,
    )
    return html(rendered("list.html", told))


@pages.get("/records/{kind}/{id}/history")
def history(
    asked: Question,
    kind: KindSlug,
    id: Identifier,  # noqa: A002
    cursor: Cursor = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
) -> Response:
    """Everything that happened to a record, newest first; a deleted one keeps its history."""
    known = reading.known_kind(asked.graph.schema, kind)
    page = known_history(asked, id, cursor, limit)
    plain = frame_of(asked, "")
    crumbs = (
        Link(known.plural.of(asked.language), plain.link(f"/records/{known.slug}")),
        Link(id, plain.link(f"/records/{known.slug}/{id}")),
    )
    frame = frame_of(asked, plain.say("history_of", id=id), crumbs)
    told = HistoryPage(
        frame=frame,
        heading=frame.title,
        lead=frame.say("history_lead", total=frame.number(page.total)),
        history=tuple(telling.happening(frame, known, event) for event in page.events),
        following=Link(frame.say("next"), frame.here(cursor=page.next_cursor)) if page.next_cursor else None,
    )
    return html(rendered("history.html", told))


def _named(asked: Asked, identifier: str) -> Thing:
    names = reading.titles(asked.graph.store, asked.graph.schema, [identifier], asked.at)
    if identifier not in names:
        reading.get(asked.graph.store, asked.graph.schema, identifier)
    return things_of(asked, [names[identifier]])[0]


def _crumbs(asked: Asked, thing: Thing) -> tuple[Link, ...]:
    frame, kind = frame_of(asked, ""), asked.graph.schema.kinds[thing.kind]
    return (
        Link(kind.plural.of(asked.language), frame.link(f"/records/{kind.slug}")),
        Link(thing.name(asked.language), frame.link(f"/records/{kind.slug}/{thing.id}")),
    )


def _questions(frame: Frame, kind: Kind, identifier: str) -> tuple[Link, ...]:
    """What can be asked about a record of the kind."""
    links = []
    match kind.name:
        case "Organisation":
            links = [
                Link(frame.say("flows"), frame.link("/flows", organisation=identifier)),
                Link(frame.say("services"), frame.link("/services/table", organisation=identifier, units="subtree")),
                Link(frame.say("organisations"), frame.link(f"/organisations/{identifier}")),
            ]
        case "Legislation" | "Provision":
            links = [
                Link(
                    frame.say(f"turn_{relation}_{way}"),
                    frame.link(f"/legislation/{identifier}", relation=relation, direction=way),
                )
                for relation in ("based_on", "repeals", "amends")
                for way in ("down", "up")
            ]
        case "Service":
            links = [Link(frame.say("flows"), frame.link("/flows", service=identifier))]
    if kind.edge("BASED_ON") is not None and kind.name not in ("Legislation", "Provision"):
        links.append(Link(frame.say("turn_based_on_up"), frame.link(f"/legislation/{identifier}", direction="up")))
    return (
        *links,
        Link(frame.say("impact"), frame.link(f"/impact/{kind.slug}/{identifier}")),
        Link(frame.say("paths_start"), frame.link("/paths", **{"from": identifier})),
    )


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
