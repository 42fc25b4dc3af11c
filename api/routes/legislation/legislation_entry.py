"""The way into legislation: a question, what waits to be done, what there is, and what turned around the day."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import RedirectResponse, Response

from api.openapi import answers_with
from api.request import Asking, Depth
from api.responses import html, respond
from kaysis_graph.facts.legal_basis import Relation
from kaysis_graph.legislation.question import Direction
from kaysis_graph.legislation.reply import force_days_reply
from kaysis_graph.legislation.turning_days import ForceDays
from kaysis_graph.records.names import titles
from kaysis_graph.render.formats import SHEETS
from kaysis_graph.search.citations import Citation, read_citation
from ui.pages.choice import Choices, choose_page, kind_of, meant
from ui.pages.frame import Link, frame_of
from ui.pages.legislation.dependency_parts import question_form
from ui.pages.legislation.entry import TEXTS, entry_form, entry_page
from ui.pages.reader import Asked

api = APIRouter(prefix="/api/legislation", tags=["legislation"])
pages = APIRouter(include_in_schema=False)


@api.get("/force-days", operation_id="force_days", summary="What came into force and what ended around a day",
         responses=answers_with(ForceDays, *SHEETS))  # fmt: skip
def days(asked: Asking) -> Response:
    """The acts that turned nearest to the day, before and after it, and how many of each type are valid on it."""
    return respond(asked, force_days_reply(asked.graph, asked.at, asked.language))


@pages.get("/legislation")
def entry(
    asked: Asking,
    record: Annotated[str | None, Query()] = None,
    direction: Annotated[Direction | None, Query()] = None,
    relation: Annotated[Relation | None, Query()] = None,
    depth: Depth = None,
) -> Response:
    """The way in; what was typed leads to the act, to one of its articles, or to a choice."""
    frame = frame_of(asked, "")
    if record is None:
        return html(entry_page(asked))
    is_walk = direction is not None or relation is not None
    given = {"direction": direction or "down", "relation": relation or "based_on", "depth": depth} if is_walk else {}
    ways = _articles(asked, record)
    if len(ways.paths) == 1:
        return RedirectResponse(frame.link(f"/legislation/{ways.paths[0]}", place=ways.place, **given), 303)
    found = ways.acts if ways.paths else meant(asked, record, TEXTS)
    if isinstance(found, str):
        return RedirectResponse(frame.link(f"/legislation/{found}", **given), 303)
    paths = ways.paths or [name.id for name in found.names]
    links = [frame.link(f"/legislation/{path}", **given) for path in paths]
    crumbs = (Link(frame.say("legislation_short"), frame.link("/legislation")),)
    titled = frame_of(asked, frame.say("legislation"), crumbs)
    form = (
        question_form(frame, record, direction or "down", relation or "based_on", depth)
        if is_walk
        else entry_form(frame, record)
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
