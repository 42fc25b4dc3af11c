"""The page of one record: everything it says and is tied to."""

from kaysis_graph.answers.answer import things
from kaysis_graph.answers.named_things import things_named
from kaysis_graph.records import reader
from kaysis_graph.records.degrees import Degrees, degrees
from kaysis_graph.records.names import name_of_record
from kaysis_graph.schema import Kind
from ui.pages.answer_parts import another
from ui.pages.frame import Frame, Link, frame_of
from ui.pages.page_parts import rendered
from ui.pages.reader import Asked
from ui.pages.records import field_values, record_summary
from ui.pages.records.edge_groups import Wanted, neighbours
from ui.pages.records.event_parts import happenings
from ui.pages.records.life_facts import dating_ties, life_facts, state_words
from ui.pages.records.record_links import asked_as, contents_of, crumbs_of, kinds_of, resting_on, ways_of
from ui.pages.records.record_page import Alternate, RecordPage
from ui.pages.records.record_questions import questions_about

_EVENTS = 3
_EDGES_OF_AN_EVENT = 5


def record_page(asked: Asked, identifier: str, wanted: Wanted, alternate: tuple[Alternate, ...], *, ever: bool) -> str:
    """A record with its fields, place, edges by meaning, the questions about it, and its history."""
    store, schema, language = asked.graph.store, asked.graph.schema, asked.language
    shown = reader.get(store, schema, identifier)
    record = shown.record
    known = schema.kinds[record.kind]
    view = asked.graph.on(asked.at)
    place = view.records.position_of.get(identifier)
    homes = record_summary.chain(view, place) if place is not None else []
    events = reader.latest_events(store, identifier, _EVENTS)
    above = things(view, [home for home, _ in homes])
    thing = things_named(asked.graph, asked.at, [name_of_record(record, asked.at)])[0]
    kind_link = Link(known.plural.of(language), frame_of(asked, "").link(f"/records/{known.slug}"))
    frame = frame_of(asked, thing.name(language), crumbs_of(asked, kind_link, above))
    counted: Degrees = {} if place is None else degrees(view, place, ever=ever)
    on_day = counted if not ever or place is None else degrees(view, place)
    cell = frame.thing(thing)
    ties = dating_ties(asked, identifier) if shown.life.is_derived else []
    history_home = frame.link(f"/records/{known.slug}/{identifier}/history")
    page = RecordPage(
        frame=frame,
        heading=cell.text,
        other_title=(thing.title if language == "en" else thing.title_en or "") if thing.title_en else "",
        kind=Link(known.label.of(language), kind_link.href),
        shape=cell.shape,
        id=identifier,
        state=state_words(frame, known, shown.life, thing.state),
        summary=record_summary.summary(frame, known, record, above, on_day),
        marks=record_summary.marks(frame, cell.badges),
        siblings=record_summary.siblings(frame, view, place, homes, above[0] if above else None),
        contents=contents_of(frame),
        questions=questions_about(frame, known, identifier, on_day, resting_on(view, place)),
        facts=field_values.facts_of(frame, known, record, life_facts(frame, known, shown.life, ties)),
        total=sum(counted.values()),
        ways=ways_of(frame, ever=ever),
        kinds=kinds_of(frame, schema, counted, wanted.kind),
        neighbours=neighbours(asked, frame, known, identifier, counted, wanted),
        history=happenings(asked, frame, known, identifier, events, _EDGES_OF_AN_EVENT),
        history_all=Link(frame.say("history_all"), history_home),
        downloads=_downloads(frame, known, identifier, alternate, ever=ever),
        alternates=alternate,
        another=another(frame, asked_as(known, identifier)),
    )
    return rendered("record.html", page)


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
