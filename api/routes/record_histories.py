"""The page of everything that happened to a record, change by change, and of what lies between two of them."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.request import Blank, ChangeNumber, Cursor, Question
from api.responses import html, lost
from api.routes.kinds import at_home
from api.routes.records import Identifier, KindSlug
from kaysis_graph.records import reader
from kaysis_graph.records.events import Event, EventPage
from kaysis_graph.schema import Kind
from ui.pages.frame import Frame, Link, frame_of
from ui.pages.page_parts import rendered
from ui.pages.reader import Asked
from ui.pages.record_history import comparison, happenings
from ui.pages.record_parts import Happening, HistoryPage

pages = APIRouter(include_in_schema=False)
_EDGES = 50
# guess: who compares looks among the latest versions.
_VERSIONS = 200
Number = Annotated[ChangeNumber | None, Blank, Query(description="The number of a change.")]
FieldName = Annotated[str | None, Blank, Query(description="Only changes of this field.")]


@pages.get("/records/{kind}/{id}/history")
def history(  # noqa: PLR0913  # the parameters of the address
    asked: Question,
    kind: KindSlug,
    id: Identifier,  # noqa: A002
    cursor: Cursor = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    change: Number = None,
    field: FieldName = None,
    first: Annotated[ChangeNumber | None, Blank, Query(alias="from")] = None,
    last: Annotated[ChangeNumber | None, Blank, Query(alias="to")] = None,
) -> Response:
    """Newest first, from a change on where one is named; a deleted record keeps its history."""
    known = reader.known_kind(asked.graph.schema, kind)
    moved = at_home(asked, kind, id, "/records", "/history")
    if moved:
        return moved
    page = reader.history(asked.graph.store, id, cursor=cursor, limit=limit, newest=change)
    if not page.total and (missing := lost(asked, known, id)):
        return missing
    title = _title(asked, id, page)
    plain = frame_of(asked, "")
    crumbs = (
        Link(known.plural.of(asked.language), plain.link(f"/records/{known.slug}")),
        Link(title, plain.link(f"/records/{known.slug}/{id}")),
    )
    frame = frame_of(asked, plain.say("record.history_of", title=title), crumbs)
    events = [event for event in page.events if field is None or _touches(event, field)]
    numbers = tuple(reversed(reader.changes_of(asked.graph.store, id)))[:_VERSIONS]
    told = HistoryPage(
        frame=frame,
        heading=frame.title,
        lead=frame.say("history_lead", total=frame.number(page.total)),
        versions=(*numbers, 0),
        first=first if first is not None else next(iter(numbers[1:]), 0),
        last=last if last is not None else next(iter(numbers), 0),
        compared=_compared(asked, frame, known, id, first, last),
        compared_lead=_compared_lead(frame, first, last),
        fields=_fields(frame, known, page, field),
        history=happenings(asked, frame, known, id, events, _EDGES),
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


def _title(asked: Asked, identifier: str, page: EventPage) -> str:
    """The title of the record, or the last one of a record that was deleted."""
    names = reader.titles(asked.graph.store, asked.graph.schema, [identifier], asked.at)
    if identifier in names:
        name = names[identifier]
        return (name.title_en if asked.language == "en" else None) or name.title
    said = (held.before or held.after for event in page.events for held in event.fields if held.field == "title")
    return next((str(title) for title in said if title), identifier)


def _compared(  # noqa: PLR0913  # whose history, between which changes, in which words
    asked: Asked, frame: Frame, kind: Kind, identifier: str, first: int | None, last: int | None
) -> Happening | None:
    if first is None or last is None:
        return None
    between = reader.compared(asked.graph.store, identifier, min(first, last), max(first, last))
    return comparison(asked, frame, kind, between, _EDGES)


def _compared_lead(frame: Frame, first: int | None, last: int | None) -> str:
    if first is None or last is None:
        return ""
    begin, end = min(first, last), max(first, last)
    if begin == 0:
        return frame.say("record.from_the_beginning", last=frame.number(end))
    return frame.say("record.between", first=frame.number(begin), last=frame.number(end))


def _touches(event: Event, field: str) -> bool:
    return any(held.field.removeprefix("earlier.") == field for held in event.fields) or any(
        edge.type == field for edge in event.edges
    )


def _fields(frame: Frame, kind: Kind, page: EventPage, chosen: str | None) -> tuple[Link, ...]:
    """The fields and edges that changed on this page, to see only those."""
    said = [held.field.removeprefix("earlier.") for event in page.events for held in event.fields]
    types = [edge.type for event in page.events for edge in event.edges]
    labels = {name: held.label.of(frame.language) for name, held in kind.fields.items()}
    labels |= {held.type: held.label.of(frame.language) for held in kind.edges.values()}
    met = [name for name in dict.fromkeys([*said, *types]) if name in labels]
    if len(met) < 2:  # noqa: PLR2004  # one is no choice
        return ()
    every = Link(frame.say("all"), frame.here(field=None), chosen is None)
    return (every, *(Link(labels[name], frame.here(field=name), chosen == name) for name in met))
