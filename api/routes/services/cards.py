"""A service by itself: the card a citizen reads, and its process as a picture."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import RedirectResponse, Response

from api.openapi import answers_with
from api.questions import chosen, taken
from api.request import Asking
from api.responses import respond
from kaysis_graph.render.formats import PICTURES, SHEETS
from kaysis_graph.services.question import ServiceQuestion
from kaysis_graph.services.reply import service_reply
from kaysis_graph.services.service_card import ServiceCard
from ui.pages.frame import frame_of
from ui.pages.reader import Asked
from ui.pages.services.card_page import place_chooser, service_page

api = APIRouter(prefix="/api/services", tags=["services"])
pages = APIRouter(include_in_schema=False)
ServiceAsked = Annotated[ServiceQuestion, Depends(taken(ServiceQuestion))]


@api.get("/{id}", operation_id="service", summary="The card and the process of a service",
         responses=answers_with(ServiceCard, *PICTURES, "bpmn", *SHEETS, "html"))  # fmt: skip
def one(asked: Asking, question: ServiceAsked) -> Response:
    """What it asks for and where each comes from, its steps, what comes out, what it rests on; the process as BPMN."""
    return _service(asked, question)


@pages.get("/services/{id}")
def one_page(asked: Asking, question: ServiceAsked) -> Response:
    """The same as a page; a number alone is enough, and a place may be given by its name."""
    if question.id.isascii() and question.id.isdecimal():
        way = frame_of(asked, "").link(f"/services/heys-{question.id}", **question.parameters)
        return RedirectResponse(way, 303)
    led = chosen(asked, question, {"place": ("Place",)}, place_chooser)
    return led or _service(asked, question)


def _service(asked: Asked, question: ServiceQuestion) -> Response:
    reply = service_reply(asked.graph, question, asked.at, asked.language)
    return respond(asked, reply, lambda: service_page(asked, reply))
