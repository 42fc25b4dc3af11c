"""A service by itself: the card a citizen reads, its process as a picture, and the entry page of all services."""

from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.responses import RedirectResponse, Response

from api.openapi import answers_with
from api.request import Asking
from api.responses import Offer, html, respond
from kaysis_graph.services import card_table, service_card
from kaysis_graph.services.process_picture import process_diagram
from kaysis_graph.services.service_card import ServiceCard
from ui.pages.choice import Choices, choose_page, meant
from ui.pages.frame import Link, frame_of
from ui.pages.reader import Asked
from ui.pages.services.card_page import FORMATS, place_form, service_page

api = APIRouter(prefix="/api/services", tags=["services"])
pages = APIRouter(include_in_schema=False)
Identifier = Annotated[str, Path(description="A HEYS number.", examples=["heys-41001"])]


Place = Annotated[
    str | None, Query(description="Where the applicant lives: nearby offices come first.", examples=["il-06"])
]  # fmt: skip


@api.get("/{id}", operation_id="service", summary="The card and the process of a service",
         responses=answers_with(ServiceCard, *FORMATS, "html"))  # fmt: skip
def one(asked: Asking, id: Identifier, place: Place = None) -> Response:  # noqa: A002  # the name in the address
    """What it asks for and where each comes from, its steps, what comes out, what it rests on; the process as BPMN."""
    return _service(asked, id, place)


@pages.get("/services/{id}")
def one_page(asked: Asking, id: str, place: Place = None) -> Response:  # noqa: A002  # the name in the address
    """The same as a page; a number alone is enough, and a place may be given by its name."""
    frame = frame_of(asked, "")
    if id.isascii() and id.isdecimal():
        return RedirectResponse(frame.link(f"/services/heys-{id}", place=place), 303)
    found = meant(asked, place, ("Place",)) if place else None
    if isinstance(found, Choices):
        links = [frame.link(f"/services/{id}", place=name.id) for name in found.names]
        titled = frame_of(asked, frame.say("process.place"), (Link(frame.say("process.services"), "/services"),))
        about = frame.say("process.place_about")
        return html(choose_page(asked, titled, titled.title, about, place_form(frame, id, place or ""), found, links))
    if found != place:
        return RedirectResponse(frame.link(f"/services/{id}", place=found), 303)
    return _service(asked, id, found)


def _service(asked: Asked, identifier: str, place: str | None) -> Response:
    schema, language = asked.graph.schema, asked.language
    card = service_card.of(asked.graph, identifier, asked.at, place)
    offer = Offer(
        name=f"{identifier}-hizmet",
        body=lambda: card,
        page=lambda: service_page(asked, card),
        table=lambda: card_table.of_card(schema, card, language),
        diagram=lambda: process_diagram(card, schema, language),
        is_process=True,
    )
    return respond(asked, offer)
