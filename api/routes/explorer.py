"""The explorer: the graph walked step by step, as JSON, as files and as a page, alone or inside another site."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.responses import HTMLResponse, RedirectResponse, Response

from api.headers import embedded
from api.openapi import answers_with
from api.questions import taken
from api.request import Asking
from api.responses import html, respond
from kaysis_graph.errors import Forbidden
from kaysis_graph.explorer.ask import Explored
from kaysis_graph.explorer.question import ExplorerQuestion
from kaysis_graph.explorer.reply import Rows, explorer_reply
from kaysis_graph.render.formats import OF_A_WALK
from ui.pages.choice import Choices, choose_page, meant
from ui.pages.explorer import add_form, explore_page, with_acts
from ui.pages.frame import frame_of
from ui.pages.reader import Asked

api = APIRouter(prefix="/api", tags=["explorer"])
pages = APIRouter(include_in_schema=False)
Explorer = Annotated[ExplorerQuestion, Depends(taken(ExplorerQuestion))]
Since = Annotated[int, Query(ge=0, description="Only what the acts from this one on added, counted from 0.")]
RowsWanted = Annotated[Rows, Query(description="What the rows of a CSV or XLSX file are.")]
From = Annotated[int, Query(ge=0)]


@api.get("/explore", operation_id="explore", summary="A part of the graph, step by step",
         responses=answers_with(Explored, *OF_A_WALK))  # fmt: skip
def explore(asked: Asking, question: Explorer, since: Since = 0, rows: RowsWanted = "records") -> Response:
    """The records that the acts show and all edges among them, with places for a drawing that never move."""
    return respond(asked, explorer_reply(asked.graph, question, asked.at, asked.language, since, rows))


@pages.get("/explore")
def page(
    asked: Asking,
    question: Explorer,
    add: Annotated[str | None, Query()] = None,
    records: From = 0,
    edges: From = 0,
) -> Response:
    """The explorer as a page."""
    added = _added(asked, question, add)
    if isinstance(added, RedirectResponse):
        return added
    return html(added or _page(asked, question, "explore.html", records, edges))


@pages.get("/embed/explore")
def embed(
    asked: Asking,
    question: Explorer,
    add: Annotated[str | None, Query()] = None,
    records: From = 0,
    edges: From = 0,
) -> Response:
    """The explorer without the frame around it, for the sites that may show it; Forbidden while none may."""
    origins = asked.settings.embed_origins
    if not origins:
        raise Forbidden("explorer.embed_closed")
    added = _added(asked, question, add)
    if isinstance(added, RedirectResponse):
        return added
    told = added or _page(asked, question, "explore_embed.html", records, edges)
    return HTMLResponse(told, headers=embedded(origins))


def _page(asked: Asked, question: ExplorerQuestion, template: str, records: int, edges: int) -> str:
    reply = explorer_reply(asked.graph, question, asked.at, asked.language)
    return explore_page(asked, reply, question, template, (records, edges))


def _added(asked: Asked, question: ExplorerQuestion, add: str | None) -> RedirectResponse | str | None:
    """The way to the page with one more record, or the page that asks which is meant; None when none is to be added."""
    if add is None:
        return None
    frame = frame_of(asked, asked_title(asked))
    found = meant(asked, add, list(asked.graph.schema.kinds))
    if isinstance(found, Choices):
        links = [with_acts(frame, [*question.act, name.id]) for name in found.names]
        form = add_form(frame, question.act)
        return choose_page(asked, frame, frame.title, frame.say("explorer.about"), form, found, links)
    return RedirectResponse(with_acts(frame, [*dict.fromkeys((*question.act, found))]), 303)


def asked_title(asked: Asked) -> str:
    """The title of the page."""
    return frame_of(asked, "").say("explorer.title")
