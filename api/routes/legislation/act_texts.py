"""The text of an act with its provisions, and its life on a line of years."""

from typing import Annotated

from fastapi import APIRouter, Query
from markupsafe import Markup
from starlette.responses import RedirectResponse, Response

from api.openapi import answers_with
from api.request import Asking, Limit, Offset
from api.responses import Offer, html, respond
from api.routes.legislation.act import Identifier
from kaysis_graph import legislation, text
from kaysis_graph.answers.answer import whole_list
from kaysis_graph.legislation import provision_texts, timeline, timeline_picture
from kaysis_graph.legislation.provision_texts import ActText
from kaysis_graph.legislation.timeline import Timeline
from kaysis_graph.render import timeline as drawing
from kaysis_graph.search.citations import read_place
from ui.pages.frame import frame_of
from ui.pages.legislation.act_texts import OF_TEXT, OF_TIMELINE, text_page, timeline_page
from ui.pages.reader import Asked

api = APIRouter(prefix="/api/legislation", tags=["legislation"])
pages = APIRouter(include_in_schema=False)
Words = Annotated[str | None, Query(description="Only provisions that hold these words.", examples=["bütçe"])]
_ROWS = 100


@api.get("/{id}/provisions", operation_id="provisions", summary="The text of an act with its provisions",
         responses=answers_with(ActText, *OF_TEXT, "html"))  # fmt: skip
def provisions(
    asked: Asking,
    id: Identifier,  # noqa: A002  # the name in the address
    words: Words = None,
    offset: Offset = 0,
    limit: Limit = 100,
) -> Response:
    """In the order of the act, each with its first and last text and how many records rest on it; or those found."""
    return _text(asked, id, words or "", offset, limit)


@pages.get("/legislation/{id}/text")
def provisions_page(  # noqa: PLR0913  # the parameters of the address
    asked: Asking,
    id: Identifier,  # noqa: A002
    words: Words = None,
    place: Annotated[str | None, Query()] = None,
    offset: Offset = 0,
    limit: Limit = _ROWS,
) -> Response:
    """The same as a page; an article by its number leads to its place in the text."""
    if place:
        return _jump(asked, id, place)
    return _text(asked, id, words or "", offset, limit)


@api.get("/{id}/timeline", operation_id="timeline", summary="The life of an act",
         responses=answers_with(Timeline, *OF_TIMELINE, "html"))  # fmt: skip
def life(asked: Asking, id: Identifier, offset: Offset = 0, limit: Limit = 500) -> Response:  # noqa: A002
    """Accepted, published, in force, amended by what and where, repealed: up to the day, oldest first."""
    return _timeline(asked, id, offset, limit)


@pages.get("/legislation/{id}/timeline")
def life_page(asked: Asking, id: Identifier, offset: Offset = 0, limit: Limit = _ROWS) -> Response:  # noqa: A002
    """The same as a page."""
    return _timeline(asked, id, offset, limit)


def _text(asked: Asked, identifier: str, words: str, offset: int, limit: int) -> Response:
    graph, at = asked.graph, asked.at
    told = provision_texts.of(graph, identifier, at, words=words, offset=offset, limit=limit)
    offer = Offer(
        f"{identifier}-text",
        lambda: told,
        page=lambda: text_page(asked, told, words, limit),
        table=lambda: legislation.tables.provisions(
            whole_list(told), provision_texts.stream(graph, identifier, at, words=words), asked.language
        ),
    )
    return respond(asked, offer)


def _jump(asked: Asked, identifier: str, place: str) -> Response:
    told = provision_texts.of(asked.graph, identifier, asked.at, limit=_ROWS)
    wanted = read_place(place)
    frame = frame_of(asked, "")
    for held in told.anchors:
        if held.anchor == wanted:
            way = frame.link(f"/legislation/{identifier}/text", offset=held.offset or None)
            return RedirectResponse(f"{way}#{held.anchor}", 303)
    if wanted == text.fold(place):
        return _text(asked, identifier, place, 0, _ROWS)
    return html(text_page(asked, told, "", _ROWS, missing=frame.say("acts.no_place", place=place)))


def _timeline(asked: Asked, identifier: str, offset: int, limit: int) -> Response:
    graph, at, language = asked.graph, asked.at, asked.language
    told = timeline.of(graph, identifier, at, offset=offset, limit=limit)

    def drawn() -> str:
        picture = timeline_picture.picture(graph, identifier, at, language)
        return drawing.render(timeline_picture.dated(picture, asked.day))

    offer = Offer(
        f"{identifier}-timeline",
        lambda: told,
        page=lambda: timeline_page(asked, told, limit, Markup(drawn())),  # noqa: S704  # our renderer escapes
        table=lambda: legislation.tables.timeline(whole_list(told), timeline.stream(graph, identifier, at), language),
        drawn=drawn,
    )
    return respond(asked, offer)
