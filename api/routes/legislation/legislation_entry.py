"""The way into legislation: a question, what waits to be done, what there is, and what turned around the day."""

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
from kaysis_graph.render.formats import SHEETS
from ui.pages.choice import choose_page, meant
from ui.pages.frame import Link, frame_of
from ui.pages.legislation.cited_article import cited_articles
from ui.pages.legislation.dependency_parts import question_form
from ui.pages.legislation.entry import TEXTS, entry_form, entry_page

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
    ways = cited_articles(asked, record)
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
