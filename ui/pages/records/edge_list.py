"""The page of the edges of a record, one way, page by page."""

from kaysis_graph.answers.edge_effects import has_effect
from kaysis_graph.answers.named_things import things_named
from kaysis_graph.answers.records.edge_table import read_edges
from kaysis_graph.answers.records.question import EdgesQuestion
from kaysis_graph.records import reader
from ui.pages.frame import Cell, Link, frame_of
from ui.pages.page_parts import ListPage, Section, rendered
from ui.pages.reader import Asked
from ui.pages.records.edge_groups import meaning, tie

_ROWS = 50


def edges_page(asked: Asked, question: EdgesQuestion, cursor: str | None) -> str:
    """Some of the edges of a record; NotFound for none."""
    schema, language = asked.graph.schema, asked.language
    known, id, direction = reader.known_kind(schema, question.kind), question.id, question.direction  # noqa: A001
    page = read_edges(asked.graph, question, asked.at, cursor, _ROWS)
    own = things_named(asked.graph, asked.at, [reader.titles(asked.graph, [id], asked.at)[id]])[0]
    plain = frame_of(asked, "")
    crumbs = (
        Link(known.plural.of(language), plain.link(f"/records/{known.slug}")),
        Link(own.name(language), plain.link(f"/records/{known.slug}/{id}")),
    )
    frame = frame_of(asked, plain.say("edges_of", title=own.name(language)), crumbs)
    others = things_named(asked.graph, asked.at, [edge.other for edge in page.edges])
    view = asked.graph.on(asked.at)
    ties = [
        tie(frame, schema, known.name, direction, edge, other, has_effect=has_effect(view, id, direction, edge))
        for edge, other in zip(page.edges, others, strict=True)
    ]
    rows = tuple(
        (
            (Cell(meaning(schema, frame, known.name, direction, edge.type, other.kind)),),
            (held.cell,),
            (Cell(held.days, badges=(held.badge,) if held.badge else ()),),
            held.details,
        )
        for held, edge, other in zip(ties, page.edges, others, strict=True)
    )
    following = Link(frame.say("next"), frame.here(cursor=page.next_cursor)) if page.next_cursor else None
    previous = Link(frame.say("first_page"), frame.here(cursor=None)) if cursor else None
    columns = (frame.say("edge"), frame.say("record"), frame.say("record.holds"), frame.say("details"))
    files = {**question.parameters, "direction": direction}
    told = ListPage(
        frame=frame,
        heading=frame.title,
        about="",
        lead=frame.say(
            "edges_lead_ever" if question.ever else "edges_lead", total=frame.number(page.total), at=frame.day(asked.at)
        ),
        also=Link(
            frame.say("list_valid" if question.ever else "list_ever", at=frame.day(asked.at)),
            frame.here(ever=None if question.ever else "true", cursor=None),
        ),
        form=None,
        section=Section(frame.say("table"), columns, rows, frame.say("no_edges"), "", previous, following),
        downloads=tuple(
            Link(text, frame.link(question.api(schema), **files, format=held, lang=language))
            for text, held in (("CSV", "csv"), ("Excel (XLSX)", "xlsx"), ("JSON", "json"))
        ),
        another=None,
    )
    return rendered("list.html", told)
