"""The way into legislation: a question, what waits to be done, what there is, and what turned around the day."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import RedirectResponse, Response

from api.openapi import answers_with
from api.request import Blank, Depth, Question
from api.responses import Offer, html, respond
from api.routes.legislation import question_form
from kaysis_graph import legislation
from kaysis_graph.facts import legal_force
from kaysis_graph.facts.legal_basis import Relation
from kaysis_graph.legislation import turning_days
from kaysis_graph.legislation.dependency_tree import Direction
from kaysis_graph.legislation.turning_days import ForceDays, Turn
from kaysis_graph.records.names import titles
from kaysis_graph.render.formats import SHEETS
from kaysis_graph.search.citations import Citation, read_citation
from ui.pages.act_state import act_cell
from ui.pages.choice import Choices, choose_page, kind_of, meant
from ui.pages.frame import Cell, Frame, Link, frame_of
from ui.pages.legislation_parts import EntryPage
from ui.pages.page_parts import Form, Input, Section, rendered
from ui.pages.reader import Asked

api = APIRouter(prefix="/api/legislation", tags=["legislation"])
pages = APIRouter(include_in_schema=False)
_TEXTS = ("Legislation", "Provision")
_SLUGS = ("legislation", "provision")
# What people type, shown where the graph has the act.
_EXAMPLES = ("5490", "5490 m.11", "5018 m.9", "657 sayılı Kanun", "Nüfus Hizmetleri Kanunu")
_NEEDED = {"5490": "kanun-5490", "5490 m.11": "kanun-5490.m11", "5018 m.9": "kanun-5018.m9",
           "657 sayılı Kanun": "kanun-657", "Nüfus Hizmetleri Kanunu": "kanun-5490"}  # fmt: skip


@api.get("/force-days", operation_id="force_days", summary="What came into force and what ended around a day",
         responses=answers_with(ForceDays, *SHEETS))  # fmt: skip
def days(asked: Question) -> Response:
    """The acts that turned nearest to the day, before and after it, and how many of each type are valid on it."""
    answer = turning_days.of(asked.graph, asked.at)
    return respond(
        asked, Offer("force-days", lambda: answer, table=lambda: legislation.tables.turns(answer, asked.language))
    )


@pages.get("/legislation")
def entry(
    asked: Question,
    record: Annotated[str | None, Blank, Query()] = None,
    direction: Annotated[Direction | None, Query()] = None,
    relation: Annotated[Relation | None, Query()] = None,
    depth: Depth = None,
) -> Response:
    """The way in; what was typed leads to the act, to one of its articles, or to a choice."""
    frame = frame_of(asked, "")
    if record is None:
        return html(_entry(asked))
    is_walk = direction is not None or relation is not None
    given = {"direction": direction or "down", "relation": relation or "based_on", "depth": depth} if is_walk else {}
    ways = _articles(asked, record)
    if len(ways.paths) == 1:
        return RedirectResponse(frame.link(f"/legislation/{ways.paths[0]}", place=ways.place, **given), 303)
    found = ways.acts if ways.paths else meant(asked, record, _TEXTS)
    if isinstance(found, str):
        return RedirectResponse(frame.link(f"/legislation/{found}", **given), 303)
    paths = ways.paths or [name.id for name in found.names]
    links = [frame.link(f"/legislation/{path}", **given) for path in paths]
    crumbs = (Link(frame.say("legislation_short"), frame.link("/legislation")),)
    titled = frame_of(asked, frame.say("legislation"), crumbs)
    form = (
        question_form(frame, record, direction or "down", relation or "based_on", depth)
        if is_walk
        else _form(frame, record)
    )
    lost = Link(frame.say("unfounded"), frame.link("/legislation/unfounded"))
    return html(choose_page(asked, titled, titled.title, frame.say("acts.entry_about"), form, found, links, (lost,)))


@dataclass(frozen=True)
class _Articles:
    """The ways to an article of an act, of each of several `acts`, or to the text that does not have the `place`."""

    paths: list[str]
    acts: Choices
    place: str = ""


def _articles(asked: Asked, said: str) -> _Articles:
    """Where an act is named with one of its articles; without any way where it is not."""
    citation = read_citation(said)
    if citation is None or not citation.act:
        return _Articles([], Choices(said, ()))
    acts = [act for act in citation.acts if kind_of(asked, act) == "Legislation"]
    if not acts:
        tried = (meant(asked, name, ("Legislation",)) for name in citation.names)
        acts = [act for act in tried if isinstance(act, str)][:1]
    having = {act: place for act in acts if (place := _place_in(asked, act, citation))}
    if len(acts) == 1:
        path = f"{acts[0]}.{having[acts[0]]}" if having else f"{acts[0]}/text"
        return _Articles([path], Choices(said, ()), "" if having else citation.place)
    # Several acts of one number: a law and a decree law.
    named = titles(asked.graph.store, asked.graph.schema, having, asked.at)
    return _Articles([f"{act}.{having[act]}" for act in named], Choices(said, tuple(named.values())))


def _place_in(asked: Asked, act: str, citation: Citation) -> str | None:
    """The most exact of the cited places that the act has."""
    return next((place for place in citation.places if kind_of(asked, f"{act}.{place}") == "Provision"), None)


def _entry(asked: Asked) -> str:
    told = turning_days.of(asked.graph, asked.at)
    view = asked.graph.on(asked.at)
    frame = frame_of(asked, frame_of(asked, "").say("legislation_short"))
    waiting = len(legal_force.unfounded_in_any(view).acts)
    page = EntryPage(
        frame=frame,
        heading=frame.say("legislation_short"),
        about=frame.say("acts.entry_about"),
        form=_form(frame, ""),
        examples=tuple(
            Link(said, frame.link("/legislation", record=said))
            for said in _EXAMPLES
            if kind_of(asked, _NEEDED[said]) is not None
        ),
        work=Link(frame.say("unfounded"), frame.link("/legislation/unfounded", mode="any")),
        work_lead=frame.say(
            "acts.work_waits" if waiting else "acts.work_done", count=frame.number(waiting), at=frame.day(asked.at)
        ),
        is_waiting=waiting > 0,
        types=_types(asked, frame, told),
        sections=(
            _section(frame, "before", told.before),
            *((_section(frame, "after", told.after),) if told.after else ()),
        ),
        walk=question_form(frame, "", "down", "based_on", None),
    )
    return rendered("acts.html", page)


def _form(frame: Frame, record: str) -> Form:
    at = (Input("at", "", frame.at.isoformat(), "hidden"),) if frame.is_dated else ()
    hint = frame.say("acts.entry_written")
    label = frame.say("acts.entry_label")
    inputs = (Input("record", label, record, hint=hint, is_required=True, suggests=_SLUGS), *at)
    return Form("act", "/legislation", inputs, frame.say("show"), frame.say("legislation_short"))


def _types(asked: Asked, frame: Frame, told: ForceDays) -> tuple[tuple[Link, int], ...]:
    label = asked.graph.schema.label_of_code
    return tuple(
        (
            Link(
                label("legislation_type", name, asked.language),
                frame.link("/records/legislation", legislation_type=name),
            ),
            count,
        )
        for name, count in told.types.items()
    )


def _section(frame: Frame, side: str, turns: tuple[Turn, ...]) -> Section:
    columns = tuple(frame.say(key) for key in ("acts.column_on", "act", "acts.column_what", "acts.column_by"))
    rows = tuple(
        (
            (Cell(frame.day(turn.on)),),
            (act_cell(frame, turn.act),),
            (Cell(frame.say(f"acts.what_{turn.what}" if side == "before" else f"acts.will_{turn.what}")),),
            (act_cell(frame, turn.by),) if turn.by else (Cell("–"),),
        )
        for turn in turns
    )
    return Section(
        frame.say(f"acts.turned_{side}", at=frame.day(frame.at)), columns, rows, frame.say("acts.no_turns"), id=side
    )
