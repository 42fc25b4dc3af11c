"""Data flows: who hands which document or data to whom."""

from functools import partial
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from api.openapi import answers_with
from api.questions import chosen, taken
from api.request import PAGE_ROWS, Asking, Offset
from api.responses import html, respond
from kaysis_graph.flows.answer import FlowAnswer
from kaysis_graph.flows.ask import ARROWS, FlowWalk
from kaysis_graph.flows.question import FlowQuestion
from kaysis_graph.flows.reply import flow_reply
from kaysis_graph.render.formats import PICTURES
from ui.pages.choice import asking_page
from ui.pages.flows import answer_page, end_chooser, entry_page, flow_chooser, own_address
from ui.pages.reader import Asked

api = APIRouter(prefix="/api", tags=["data flows"])
pages = APIRouter(include_in_schema=False)
Limit = Annotated[int, Query(ge=1, le=1000, description="How many arrows at most.")]
Expand = Annotated[
    Literal["details"] | None,
    Query(
        description="`details` tells all that is known of each document on an arrow; without it, and in JSON only, an "
        "arrow has its first three documents, of each two services, a basis and a term, beside whole counts."
    ),
]
Whole = Annotated[Literal["state"] | None, Query()]
FlowsOf = Annotated[FlowQuestion, Depends(taken(FlowQuestion))]
_UNITS = ("Organisation",)
_RECORDS = {"organisation": _UNITS, "unit": _UNITS, "service": ("Service",), "from_": _UNITS, "to": _UNITS}


@api.get("/data-flows", operation_id="dataFlows", summary="Who hands which document or data to whom",
         responses=answers_with(FlowAnswer, "csv", "xlsx", *PICTURES, "bpmn", "html"))  # fmt: skip
def data_flows(
    asked: Asking, question: FlowsOf, offset: Offset = 0, limit: Limit = PAGE_ROWS, expand: Expand = None
) -> Response:
    """Of an institution, one unit, one service, from one institution to another, or of the whole state."""
    return _flows(asked, question, offset, limit, in_brief=expand is None)


@pages.get("/flows")
def page(asked: Asking, question: FlowsOf, whole: Whole = None, offset: Offset = 0, limit: Limit = ARROWS) -> Response:
    """The same as a page; what was typed leads to the answer, or to a choice."""
    if whole is None and not question.subjects:
        return html(entry_page(asked))
    if question.lacks_an_end:
        return html(asking_page(asked, end_chooser(asked, question)))
    return chosen(asked, question, _RECORDS, flow_chooser) or _flows(asked, question, offset, limit)


def _flows(asked: Asked, question: FlowQuestion, offset: int, limit: int, *, in_brief: bool = False) -> Response:
    walk = FlowWalk(asked.graph, question.checked(), asked.at)
    # In its own page an arrow leads further down; a file is looked at elsewhere.
    leads_to = own_address(asked, question, offset)
    replied = partial(flow_reply, walk, asked.graph.schema, asked.language, offset, limit, leads_to)
    return respond(asked, replied(in_brief=in_brief), lambda: answer_page(asked, replied(), walk))
