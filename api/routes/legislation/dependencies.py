"""What acts rest on and what rests on them, and acts that lost their ground."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import Response

from api.openapi import answers_with
from api.questions import taken
from api.request import PAGE_ROWS, Asking, Limit, Offset
from api.responses import html, respond
from kaysis_graph.legislation.dependency_tree import Dependencies, Unfounded
from kaysis_graph.legislation.lost_ground import LostGround
from kaysis_graph.legislation.question import ActQuestion, DependencyQuestion, LostGroundQuestion, UnfoundedQuestion
from kaysis_graph.legislation.reply import act_reply, dependency_reply, lost_ground_reply, unfounded_reply
from kaysis_graph.render.formats import OF_A_WALK, SHEETS
from ui.pages.legislation.act import act_page
from ui.pages.legislation.dependencies import dependencies_page
from ui.pages.legislation.lost_ground import lost_ground_page
from ui.pages.reader import Asked

api = APIRouter(prefix="/api/legislation", tags=["legislation"])
pages = APIRouter(include_in_schema=False)
DependenciesAsked = Annotated[DependencyQuestion, Depends(taken(DependencyQuestion))]
UnfoundedAsked = Annotated[UnfoundedQuestion, Depends(taken(UnfoundedQuestion))]
LostGroundAsked = Annotated[LostGroundQuestion, Depends(taken(LostGroundQuestion))]
# An address that says any of them asks for a list; without them it is that of the act.
_OF_A_LIST = frozenset({"direction", "relation", "depth", "offset", "limit"})
_ROWS = 100


@api.get("/unfounded", operation_id="unfounded", summary="Acts in force that lost what they rest on",
         responses=answers_with(Unfounded, "csv", "xlsx"))  # fmt: skip
def unfounded(asked: Asking, question: UnfoundedAsked, offset: Offset = 0, limit: Limit = PAGE_ROWS) -> Response:
    """Acts in force on the day of which all, or any, bases are no longer in force."""
    return respond(asked, unfounded_reply(asked.graph, question, asked.at, asked.language, offset, limit))


@api.get("/lost-ground", operation_id="lost_ground", summary="Acts that lost their ground, as a work list",
         responses=answers_with(LostGround, *SHEETS, "html"))  # fmt: skip
def work(asked: Asking, question: LostGroundAsked, offset: Offset = 0, limit: Limit = PAGE_ROWS) -> Response:
    """Each with the bases it lost, when and by what they ended; counted by issuer, by lost base or by type."""
    return _work(asked, question, offset, limit)


@pages.get("/legislation/unfounded")
def work_page(asked: Asking, question: LostGroundAsked, offset: Offset = 0, limit: Limit = _ROWS) -> Response:
    """The same as a page."""
    return _work(asked, question, offset, limit)


@api.get("/{id}/dependencies", operation_id="dependencies", summary="What an act rests on, or what rests on it",
         responses=answers_with(Dependencies, *OF_A_WALK, "html"))  # fmt: skip
def dependencies(asked: Asking, question: DependenciesAsked, offset: Offset = 0, limit: Limit = PAGE_ROWS) -> Response:
    """To any depth, by depth and then identifier; with another relation, what it repealed or amended, or by what."""
    return _dependencies(asked, question, offset, limit)


@pages.get("/legislation/{id}")
def page(asked: Asking, question: DependenciesAsked, offset: Offset = 0, limit: Limit = _ROWS) -> Response:
    """The page of the act; with a direction, a relation or a place in a list, the dependencies alone."""
    if any(name in _OF_A_LIST for name, _ in asked.parameters):
        return _dependencies(asked, question, offset, limit)
    return html(act_page(asked, act_reply(asked.graph, ActQuestion(id=question.id), asked.at)))


def _dependencies(asked: Asked, question: DependencyQuestion, offset: int, limit: int) -> Response:
    reply = dependency_reply(asked.graph, question, asked.at, asked.language, offset, limit)
    return respond(asked, reply, lambda: dependencies_page(asked, reply, question, offset, limit))


def _work(asked: Asked, question: LostGroundQuestion, offset: int, limit: int) -> Response:
    reply = lost_ground_reply(asked.graph, question, asked.at, asked.language, offset, limit)
    return respond(asked, reply, lambda: lost_ground_page(asked, reply, question, limit))
