"""One act and its parts that can be asked for alone: levels of trees, repeals, text, life, and who rests on it."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.responses import RedirectResponse, Response

from api.openapi import answers_with
from api.questions import taken
from api.request import PAGE_ROWS, Asking, Limit, Offset
from api.responses import html, respond
from kaysis_graph.legislation.act_summary import Act
from kaysis_graph.legislation.dependants import Resting
from kaysis_graph.legislation.dependency_tree import Force
from kaysis_graph.legislation.provision_texts import ActText
from kaysis_graph.legislation.provision_tree import ActBranches
from kaysis_graph.legislation.question import (
    ActQuestion,
    BranchQuestion,
    ForceQuestion,
    RepealQuestion,
    RestingQuestion,
    TextQuestion,
    TimelineQuestion,
)
from kaysis_graph.legislation.repeal_chains import RepealChain
from kaysis_graph.legislation.reply import (
    act_reply,
    branch_reply,
    force_reply,
    repeal_reply,
    resting_reply,
    text_reply,
    timeline_reply,
)
from kaysis_graph.legislation.timeline import Timeline
from kaysis_graph.render.formats import DRAWINGS, SHEETS
from ui.pages.legislation.act import act_page
from ui.pages.legislation.act_texts import place_in_text, text_page, timeline_page
from ui.pages.legislation.dependants import resting_page
from ui.pages.reader import Asked

api = APIRouter(prefix="/api/legislation", tags=["legislation"])
pages = APIRouter(include_in_schema=False)
ActAsked = Annotated[ActQuestion, Depends(taken(ActQuestion))]
BranchAsked = Annotated[BranchQuestion, Depends(taken(BranchQuestion))]
RepealAsked = Annotated[RepealQuestion, Depends(taken(RepealQuestion))]
ForceAsked = Annotated[ForceQuestion, Depends(taken(ForceQuestion))]
RestingAsked = Annotated[RestingQuestion, Depends(taken(RestingQuestion))]
TextAsked = Annotated[TextQuestion, Depends(taken(TextQuestion))]
TimelineAsked = Annotated[TimelineQuestion, Depends(taken(TimelineQuestion))]
_ROWS = 100


@api.get("/{id}", operation_id="act", summary="An act at a glance",
         responses=answers_with(Act, "html"))  # fmt: skip
def one(asked: Asking, question: ActAsked) -> Response:
    """How it stands and why, what it rests on, what rests on it, what it repealed and what repealed it."""
    reply = act_reply(asked.graph, question, asked.at)
    return respond(asked, reply, lambda: act_page(asked, reply))


@api.get("/{id}/branches", operation_id="act_branches", summary="One level of the tree of an act",
         responses=answers_with(ActBranches, "csv", "xlsx"))  # fmt: skip
def level(asked: Asking, question: BranchAsked, offset: Offset = 0, limit: Limit = 50) -> Response:
    """What rests on a text directly, or what it rests on, each with how many records lie one level beyond it."""
    return respond(asked, branch_reply(asked.graph, question, asked.at, asked.language, offset, limit))


@api.get("/{id}/repeals", operation_id="repeals", summary="The chain of repeals of an act",
         responses=answers_with(RepealChain, *SHEETS))  # fmt: skip
def repeals(asked: Asking, question: RepealAsked, limit: Limit = 200) -> Response:
    """Step by step, wholly or in part, each with its day; `parent` names the act of the step before."""
    return respond(asked, repeal_reply(asked.graph, question, asked.at, asked.language, limit))


@api.get("/{id}/force", operation_id="force", summary="Whether an act is in force, and why not",
         responses=answers_with(Force))  # fmt: skip
def force(asked: Asking, question: ForceAsked) -> Response:
    """By what it was repealed, and which of its bases have ended."""
    return respond(asked, force_reply(asked.graph, question, asked.at))


@api.get("/{id}/resting", operation_id="resting", summary="Who rests on an act",
         responses=answers_with(Resting, *SHEETS, "html"))  # fmt: skip
def resting(asked: Asking, question: RestingAsked, offset: Offset = 0, limit: Limit = PAGE_ROWS) -> Response:
    """Services, bodies, documents and acts that rest on it or on its provisions, to any depth, with whose they are."""
    return _resting(asked, question, offset, limit)


@pages.get("/legislation/{id}/resting")
def page_of_resting(asked: Asking, question: RestingAsked, offset: Offset = 0, limit: Limit = _ROWS) -> Response:
    """The same as a page."""
    return _resting(asked, question, offset, limit)


@api.get("/{id}/provisions", operation_id="provisions", summary="The text of an act with its provisions",
         responses=answers_with(ActText, *SHEETS, "html"))  # fmt: skip
def provisions(asked: Asking, question: TextAsked, offset: Offset = 0, limit: Limit = 100) -> Response:
    """In the order of the act, each with its first and last text and how many records rest on it; or those found."""
    return _text(asked, question, offset, limit)


@pages.get("/legislation/{id}/text")
def page_of_text(
    asked: Asking,
    question: TextAsked,
    place: Annotated[str | None, Query()] = None,
    offset: Offset = 0,
    limit: Limit = _ROWS,
) -> Response:
    """The same as a page; an article by its number leads to its place in the text."""
    if not place:
        return _text(asked, question, offset, limit)
    reply = text_reply(asked.graph, TextQuestion(id=question.id), asked.at, asked.language, 0, _ROWS)
    found = place_in_text(asked, reply, place)
    if found.address:
        return RedirectResponse(found.address, 303)
    if found.words:
        return _text(asked, TextQuestion(id=question.id, words=found.words), 0, _ROWS)
    return html(text_page(asked, reply, _ROWS, found.missing))


@api.get("/{id}/timeline", operation_id="timeline", summary="The life of an act",
         responses=answers_with(Timeline, *SHEETS, *DRAWINGS, "html"))  # fmt: skip
def life(asked: Asking, question: TimelineAsked, offset: Offset = 0, limit: Limit = 500) -> Response:
    """Accepted, published, in force, amended by what and where, repealed: up to the day, oldest first."""
    return _timeline(asked, question, offset, limit)


@pages.get("/legislation/{id}/timeline")
def page_of_life(asked: Asking, question: TimelineAsked, offset: Offset = 0, limit: Limit = _ROWS) -> Response:
    """The same as a page."""
    return _timeline(asked, question, offset, limit)


def _resting(asked: Asked, question: RestingQuestion, offset: int, limit: int) -> Response:
    reply = resting_reply(asked.graph, question, asked.at, asked.language, offset, limit)
    return respond(asked, reply, lambda: resting_page(asked, reply, question, limit))


def _text(asked: Asked, question: TextQuestion, offset: int, limit: int) -> Response:
    reply = text_reply(asked.graph, question, asked.at, asked.language, offset, limit)
    return respond(asked, reply, lambda: text_page(asked, reply, limit))


def _timeline(asked: Asked, question: TimelineQuestion, offset: int, limit: int) -> Response:
    reply = timeline_reply(asked.graph, question, asked.at, asked.language, offset, limit, asked.day)
    return respond(asked, reply, lambda: timeline_page(asked, reply, limit))
