"""The page where services begin: search, the table of a unit, examples, and all of them in alphabetical order."""

from kaysis_graph.records import lists
from ui.pages.choice import kind_of
from ui.pages.frame import Cell, Link, frame_of
from ui.pages.page_parts import Section, rendered
from ui.pages.reader import Asked
from ui.pages.services.entry_parts import (
    EXAMPLES,
    ROWS,
    ServicesPage,
    beneficiaries_of,
    row_of,
    search_form,
    unit_of,
    units_named,
)


def services_page(asked: Asked, cursor: str | None, beneficiary: str | None) -> str:
    """All services valid on the day, those of one group of beneficiaries if asked."""
    graph, language = asked.graph, asked.language
    filters = {"beneficiaries": beneficiary} if beneficiary else {}
    page = lists.listed(graph, "service", filters=filters, cursor=cursor, limit=ROWS, at=asked.at)
    view = graph.on(asked.at)
    examples = [identifier for identifier in EXAMPLES if kind_of(asked, identifier) == "Service"]
    named = units_named(view, [*(record.id for record in page.records), *examples])
    frame = frame_of(asked, frame_of(asked, "").say("process.services"))
    following = Link(frame.say("next"), frame.here(cursor=page.next_cursor) + "#table") if page.next_cursor else None
    previous = Link(frame.say("first_page"), frame.here(cursor=None) + "#table") if cursor else None
    columns = tuple(frame.say(f"process.list_{name}") for name in ("service", "units", "beneficiaries", "duration"))
    rows = tuple(row_of(frame, view, record, named) for record in page.records)
    total = frame.number(page.total)
    told = ServicesPage(
        frame=frame,
        heading=frame.title,
        lead=frame.say("process.entry"),
        search=search_form(frame),
        unit=unit_of(frame),
        examples=tuple(
            Cell(named[identifier].name(language), frame.link(f"/services/{identifier}"), "", (), identifier)
            for identifier in examples
        ),
        inventory=Link(frame.say("inventory"), frame.link("/services/inventory")),
        beneficiaries=beneficiaries_of(frame, beneficiary),
        section=Section(
            frame.say("process.all"),
            columns,
            rows,
            frame.say("process.none"),
            frame.say("process.total", count=total),
            previous,
            following,
        ),
    )
    return rendered("services.html", told)
