"""The page of everything that happened to a record, change by change, and of what lies between two of them."""

from dataclasses import dataclass

from kaysis_graph.records import reader
from kaysis_graph.schema import Kind
from ui.pages.frame import Link, frame_of
from ui.pages.page_parts import rendered
from ui.pages.reader import Asked
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


@dataclass(frozen=True)
class HistorySought:
    """What of a history is shown: of one field, between two changes, and whether it begins at the newest."""

    field: str | None
    first: int | None
    last: int | None
    is_newest: bool


def history_page(asked: Asked, known: Kind, identifier: str, page: reader.EventPage, sought: HistorySought) -> str:
    """Newest first, from a change on where one is named; a deleted record keeps its history."""
    field, first, last = sought.field, sought.first, sought.last
    title = title_of_history(asked, identifier, page)
    plain = frame_of(asked, "")
    crumbs = (
        Link(known.plural.of(asked.language), plain.link(f"/records/{known.slug}")),
        Link(title, plain.link(f"/records/{known.slug}/{identifier}")),
    )
    frame = frame_of(asked, plain.say("record.history_of", title=title), crumbs)
    events = [event for event in page.events if field is None or touches(event, field)]
    numbers = tuple(reversed(reader.changes_of(asked.graph.store, identifier)))[:VERSIONS]
    told = HistoryPage(
        frame=frame,
        heading=frame.title,
        lead=frame.say("history_lead", total=frame.number(page.total)),
        versions=(*numbers, 0),
        first=first if first is not None else next(iter(numbers[1:]), 0),
        last=last if last is not None else next(iter(numbers), 0),
        compared=compared_fields(asked, frame, known, identifier, first, last),
        compared_lead=lead_of_comparison(frame, first, last),
        fields=fields_form(frame, known, page, field),
        history=happenings(asked, frame, known, identifier, events, EDGES),
        empty=frame.say("record.no_such_change") if field else frame.say("no_history"),
        newest=Link(frame.say("record.newest"), frame.here(cursor=None, change=None)) if not sought.is_newest else None,
        following=Link(frame.say("record.older"), frame.here(cursor=page.next_cursor, change=None))
        if page.next_cursor
        else None,
        downloads=(
            Link(
                "JSON",
                frame.link(f"/api/records/{known.slug}/{identifier}/history", format="json", lang=frame.language),
            ),
        ),
    )
    return rendered("history.html", told)
