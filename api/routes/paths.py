"""Paths: how two records are connected."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import Response

from api.openapi import answers_with
from api.questions import chosen, taken
from api.request import Asking
from api.responses import html, respond
from kaysis_graph.paths.ask import Paths
from kaysis_graph.paths.question import PathQuestion
from kaysis_graph.paths.reply import path_reply
from kaysis_graph.render.formats import OF_A_WALK
from ui.pages.choice import asking_page
from ui.pages.paths import path_chooser, paths_page
from ui.pages.reader import Asked

api = APIRouter(prefix="/api", tags=["paths"])
pages = APIRouter(include_in_schema=False)
_ON_A_PAGE = 3


@api.get("/paths", operation_id="paths", summary="How two records are connected",
         responses=answers_with(Paths, *OF_A_WALK, "html"))  # fmt: skip
def between(asked: Asking, question: Annotated[PathQuestion, Depends(taken(PathQuestion, "from_", "to"))]) -> Response:
    """The shortest way and the next ones; empty when nothing joins the two in the direction asked for."""
    return _paths(asked, question, 1)


@pages.get("/paths")
def page(asked: Asking, question: Annotated[PathQuestion, Depends(taken(PathQuestion))]) -> Response:
    """The same as a page; what was typed leads to the answer, or to a choice."""
    kinds = list(asked.graph.schema.kinds)
    if led := chosen(asked, question, {"from_": kinds, "to": kinds}, path_chooser):
        return led
    if not (question.from_ and question.to):
        return html(asking_page(asked, path_chooser(asked, question)))
    return _paths(asked, question, _ON_A_PAGE)


def _paths(asked: Asked, question: PathQuestion, usual_count: int) -> Response:
    counted = question.model_copy(update={"count": question.count or usual_count})
    reply = path_reply(asked.graph, counted, asked.at, asked.language)
    return respond(asked, reply, lambda: paths_page(asked, reply, counted))
