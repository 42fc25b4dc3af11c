"""The page of the records of a kind: filtered, sorted, with the columns chosen, page by page."""

from kaysis_graph.answers.named_things import things_named
from kaysis_graph.answers.records.question import RecordListQuestion
from kaysis_graph.answers.records.reply import read_records
from kaysis_graph.records import reader
from kaysis_graph.records.names import name_of_record
from ui.pages.answer_parts import Ways, downloads
from ui.pages.frame import Link, frame_of
from ui.pages.page_parts import ListPage, Section, rendered
from ui.pages.reader import Asked
from ui.pages.records import field_values
from ui.pages.records.list_parts import columns_of, filters_of_list, orders_of, shown_values

_ROWS = 50


def record_list_page(asked: Asked, question: RecordListQuestion, cursor: str | None, columns: str | None) -> str:
    """Some of the records of a kind; NotFound for no kind, Invalid for filters, orders and columns there are not."""
    schema, language = asked.graph.schema, asked.language
    known = reader.known_kind(schema, question.kind)
    page = read_records(asked.graph, question, asked.at, cursor, _ROWS)
    frame = frame_of(asked, known.plural.of(language), (Link(frame_of(asked, "").say("records"), "/about"),))
    things = things_named(asked.graph, asked.at, [name_of_record(record, asked.at) for record in page.records])
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
        page=question.page(schema),
        api=question.api(schema),
        parameters=question.parameters,
        command=question.command,
        formats=("csv", "xlsx", "json"),
    )
    told = ListPage(
        frame=frame,
        heading=known.plural.of(language),
        about=known.about.of(language),
        lead=frame.say(
            "list_lead_ever" if question.ever else "list_lead", total=frame.number(page.total), at=frame.day(asked.at)
        ),
        also=Link(
            frame.say("list_valid" if question.ever else "list_ever", at=frame.day(asked.at)),
            frame.here(ever=None if question.ever else "true", cursor=None),
        ),
        form=filters_of_list(frame, known, schema, dict(question.filters)),
        choices=(
            (frame.say("record.sorted_by"), orders_of(frame, known, shown, question.sort)),
            (frame.say("record.columns"), columns_of(frame, known, shown)),
        ),
        section=section,
        downloads=downloads(frame, ways),
        another=None,
    )
    return rendered("list.html", told)
