"""Pages of one record: everything it says and is tied to, and all its edges as a table."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.rdf_negotiation import alternates, with_links
from api.request import Asking, Cursor
from api.responses import html, lost
from api.routes.records.kinds import at_home
from api.routes.records.records import EdgeType, Ever, Identifier, KindSlug, OtherKind, Way
from kaysis_graph.answers.edge_effects import has_effect
from kaysis_graph.graph.edge_counts import Degrees, degrees, near
from kaysis_graph.records import reader
from kaysis_graph.records.names import KnownNames, name_of_record
from kaysis_graph.schema import Kind
from ui.pages.answer_parts import another
from ui.pages.choice import things_named
from ui.pages.frame import Cell, Frame, Link, frame_of
from ui.pages.page_parts import ListPage, Section, rendered
from ui.pages.reader import Asked
from ui.pages.records import field_values, record_summary
from ui.pages.records.edge_groups import Wanted, meaning, neighbours, tie
from ui.pages.records.event_parts import far_ends, happenings
from ui.pages.records.life_facts import dating_ties, life_facts, state_words
from ui.pages.records.record_links import asked_as, contents_of, crumbs_of, kinds_of, resting_on, ways_of
from ui.pages.records.record_page import Alternate, RecordPage
from ui.pages.records.record_questions import questions_about

pages = APIRouter(include_in_schema=False)
_ROWS = 50
_EVENTS = 3
_EDGES_OF_AN_EVENT = 5
Group = Annotated[str | None, Query(description="The group of edges to read on.")]


@pages.get("/records/{kind}/{id}")
def one(  # noqa: PLR0913  # the parameters of the address
    asked: Asking,
    kind: KindSlug,
    id: Identifier,  # noqa: A002  # the name in the address
    group: Group = None,
    other_kind: OtherKind = None,
    cursor: Cursor = None,
    ever: Ever = False,
) -> Response:
    """A record with its fields, place, edges by meaning, the questions about it, and its history."""
    moved = at_home(asked, kind, id, "/records") or lost(asked, reader.known_kind(asked.graph.schema, kind), id)
    if moved:
        return moved
    store, schema, language = asked.graph.store, asked.graph.schema, asked.language
    shown = reader.get(store, schema, id)
    record = shown.record
    known = schema.kinds[record.kind]
    view = asked.graph.on(asked.at)
    place = view.records.position_of.get(id)
    homes = record_summary.chain(view, place) if place is not None else []
    events = reader.latest_events(store, id, _EVENTS)
    # Whom the page names in all its parts is read at once.
    names = KnownNames(store, schema, asked.at)
    home_ids = [str(view.records.ids[home]) for home, _ in homes]
    beside = [] if place is None else near(view, place, ever=ever)
    names.of([*home_ids, *far_ends(events, _EDGES_OF_AN_EVENT), *(str(view.records.ids[far]) for far in beside)])
    above = things_named(asked, list(names.of(home_ids).values()))
    thing = things_named(asked, [name_of_record(record, asked.at)])[0]
    kind_link = Link(known.plural.of(language), frame_of(asked, "").link(f"/records/{known.slug}"))
    frame = frame_of(asked, thing.name(language), crumbs_of(asked, kind_link, above))
    counted: Degrees = {} if place is None else degrees(view, place, ever=ever)
    on_day = counted if not ever or place is None else degrees(view, place)
    wanted = Wanted(None if ever else asked.at, other_kind, group, cursor)
    cell = frame.thing(thing)
    ties = dating_ties(asked, id) if shown.life.is_derived else []
    history_home = frame.link(f"/records/{known.slug}/{id}/history")
    alternate = _alternates(asked, id)
    page = RecordPage(
        frame=frame,
        heading=cell.text,
        other_title=(thing.title if language == "en" else thing.title_en or "") if thing.title_en else "",
        kind=Link(known.label.of(language), kind_link.href),
        shape=cell.shape,
        id=id,
        state=state_words(frame, known, shown.life, thing.state),
        summary=record_summary.summary(frame, known, record, above, on_day),
        marks=record_summary.marks(frame, cell.badges),
        siblings=record_summary.siblings(frame, view, place, homes, above[0] if above else None),
        contents=contents_of(frame),
        questions=questions_about(frame, known, id, on_day, resting_on(view, place)),
        facts=field_values.facts_of(frame, known, record, life_facts(frame, known, shown.life, ties)),
        total=sum(counted.values()),
        ways=ways_of(frame, ever=ever),
        kinds=kinds_of(frame, schema, counted, other_kind),
        neighbours=neighbours(asked, frame, known, id, counted, wanted, names),
        history=happenings(asked, frame, known, id, events, _EDGES_OF_AN_EVENT, names),
        history_all=Link(frame.say("history_all"), history_home),
        downloads=_downloads(frame, known, id, alternate, ever=ever),
        alternates=alternate,
        another=another(frame, asked_as(known, id)),
    )
    links = [(held.href, "alternate", held.media) for held in alternate]
    return with_links(html(rendered("record.html", page)), links)


@pages.get("/records/{kind}/{id}/edges")
def edges(  # noqa: PLR0913  # the parameters of the address
    asked: Asking,
    kind: KindSlug,
    id: Identifier,  # noqa: A002
    direction: Way = "out",
    edge_type: EdgeType = None,
    other_kind: OtherKind = None,
    cursor: Cursor = None,
    ever: Ever = False,
) -> Response:
    """All edges of a record, one way, page by page."""
    known = reader.known_kind(asked.graph.schema, kind)
    moved = at_home(asked, kind, id, "/records", "/edges") or lost(asked, known, id)
    if moved:
        return moved
    store, schema, language = asked.graph.store, asked.graph.schema, asked.language
    page = reader.edges(
        store, schema, id, direction,
        edge_type=edge_type, other_kind=other_kind, cursor=cursor, limit=_ROWS, at=None if ever else asked.at,
        day=asked.at, known=reader.known_edges(asked.graph.on(asked.at), id, ever=ever),
    )  # fmt: skip
    own = things_named(asked, [reader.titles(store, schema, [id], asked.at)[id]])[0]
    plain = frame_of(asked, "")
    crumbs = (
        Link(known.plural.of(language), plain.link(f"/records/{known.slug}")),
        Link(own.name(language), plain.link(f"/records/{known.slug}/{id}")),
    )
    frame = frame_of(asked, plain.say("edges_of", title=own.name(language)), crumbs)
    others = things_named(asked, [edge.other for edge in page.edges])
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
    files = {"direction": direction, "type": edge_type, "kind": other_kind, "ever": "true" if ever else None}
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
        downloads=tuple(
            Link(text, frame.link(f"/api/records/{known.slug}/{id}/edges", **files, format=held, lang=language))
            for text, held in (("CSV", "csv"), ("Excel (XLSX)", "xlsx"), ("JSON", "json"))
        ),
        another=None,
    )
    return html(rendered("list.html", told))


def _alternates(asked: Asked, identifier: str) -> tuple[Alternate, ...]:
    day = asked.at.isoformat() if asked.is_dated else None
    return tuple(Alternate(*told) for told in alternates(asked.graph.schema, identifier, day))


def _downloads(
    frame: Frame, kind: Kind, identifier: str, alternate: tuple[Alternate, ...], *, ever: bool
) -> tuple[Link, ...]:
    """The record, its edges and its history as files; the record also as RDF."""
    home, every = f"/api/records/{kind.slug}/{identifier}", "true" if ever else None
    edges = f"{home}/edges"
    return (
        Link(frame.say("record.file_record"), frame.link(home, format="json", lang=frame.language)),
        *(Link(held.name, held.href) for held in alternate),
        *(
            Link(
                frame.say(f"record.file_edges_{way}", format=shown),
                frame.link(edges, direction=way, ever=every, format=held, lang=frame.language),
            )
            for way in ("out", "in")
            for shown, held in (("CSV", "csv"), ("XLSX", "xlsx"))
        ),
        Link(frame.say("record.file_history"), frame.link(f"{home}/history", format="json", lang=frame.language)),
        *(
            Link(f"RDF ({shown})", frame.link(f"/data/{kind.slug}/{identifier}.{suffix}"))
            for shown, suffix in (("Turtle", "ttl"), ("JSON-LD", "jsonld"))
        ),
    )
