"""The graph held against its rules: counted and listed for programs, and as a list to be worked through."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import Response

from api.openapi import answers_with
from api.questions import taken
from api.request import Asking, Limit, Offset
from api.responses import respond
from kaysis_graph.quality.ask import ROWS, Quality
from kaysis_graph.quality.question import QualityQuestion
from kaysis_graph.quality.reply import quality_reply
from kaysis_graph.render.formats import SHEETS
from ui.pages.quality_page import quality_page_of
from ui.pages.reader import Asked

api = APIRouter(prefix="/api", tags=["quality"])
pages = APIRouter(include_in_schema=False)
QualityAsked = Annotated[QualityQuestion, Depends(taken(QualityQuestion))]
_ROWS_OF_ONE_RULE = 100


@api.get("/quality", operation_id="quality", summary="The graph held against its rules",
         responses=answers_with(Quality, *SHEETS, "html"))  # fmt: skip
def quality_flaws(asked: Asking, question: QualityAsked, offset: Offset = 0, limit: Limit = ROWS) -> Response:
    """Every rule with how often it is broken on the day; `rows` has `limit` flaws of each, after `offset`."""
    return _quality(asked, question, offset, limit)


@pages.get("/quality")
def quality_page(asked: Asking, question: QualityAsked, offset: Offset = 0, limit: Limit | None = None) -> Response:
    """The same as a page: the first flaws of each rule, a hundred at a time of one."""
    return _quality(asked, question, offset, limit or (_ROWS_OF_ONE_RULE if len(question.rule) == 1 else ROWS))


def _quality(asked: Asked, question: QualityQuestion, offset: int, limit: int) -> Response:
    reply = quality_reply(asked.graph, question, asked.at, asked.language, offset, limit, asked.settings.publication)
    return respond(asked, reply, lambda: quality_page_of(asked, reply, question, limit))
