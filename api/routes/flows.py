"""Data flows: who hands which document or data to whom."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query
from starlette.responses import RedirectResponse, Response

from api.openapi import answers_with
from api.questions import taken
from api.request import Asking, Offset
from api.responses import html, respond
from kaysis_graph.flows.answer import FlowAnswer
from kaysis_graph.flows.ask import ARROWS, FlowWalk
from kaysis_graph.flows.question import FlowQuestion
from kaysis_graph.flows.reply import flow_reply
from kaysis_graph.render.formats import PICTURES
from ui.pages.choice import Choices, choose_page, meant
from ui.pages.flows import answer_page, entry_page, form_of, own_address
from ui.pages.frame import frame_of
from ui.pages.reader import Asked

api = APIRouter(prefix="/api", tags=["data flows"])
pages = APIRouter(include_in_schema=False)
Limit = Annotated[int, Query(ge=1, le=1000, description="How many arrows at most.")]
Whole = Annotated[Literal["state"] | None, Query()]
FlowsOf = Annotated[FlowQuestion, Depends(taken(FlowQuestion))]


@api.get("/data-flows", operation_id="dataFlows", summary="Who hands which document or data to whom",
         responses=answers_with(FlowAnswer, "csv", "xlsx", *PICTURES, "bpmn", "html"))  # fmt: skip
def data_flows(asked: Asking, question: FlowsOf, offset: Offset = 0, limit: Limit = ARROWS) -> Response:
    """Of an institution, one unit, one service, from one institution to another, or of the whole state."""
    return _flows(asked, question, offset, limit)


@pages.get("/flows")
def page(asked: Asking, question: FlowsOf, whole: Whole = None, offset: Offset = 0, limit: Limit = ARROWS) -> Response:
    """The same as a page; what was typed leads to the answer, or to a choice."""
    if whole is None and not question.subjects:
        return html(entry_page(asked))
    if question.lacks_an_end:
        return html(_other_end(asked, question))
    found: dict[str, str] = {}
    for name, value in question.subjects.items():
        choice = meant(asked, value, ["Service" if name == "service" else "Organisation"])
        if isinstance(choice, Choices):
            return html(_choose(asked, question, name, choice))
        found[name] = choice
    if found != question.subjects:
        return RedirectResponse(frame_of(asked, "").link("/flows", **{**question.parameters, **found}), 303)
    return _flows(asked, question, offset, limit)


def _other_end(asked: Asked, question: FlowQuestion) -> str:
    """The page that asks for the institution that is missing at one end."""
    frame = frame_of(asked, frame_of(asked, "").say("flows.way_between"))
    form = form_of(frame, {"from": "", "to": "", **question.subjects})
    return choose_page(asked, frame, frame.title, frame.say("flows.way_between_about"), form, None, ())


def _choose(asked: Asked, question: FlowQuestion, name: str, choice: Choices) -> str:
    """The page that asks which record was meant."""
    frame = frame_of(asked, "")
    heading = frame.say("flows")
    links = [frame.link("/flows", **{**question.parameters, name: held.id}) for held in choice.names]
    form = form_of(frame, question.subjects)
    return choose_page(asked, frame_of(asked, heading), heading, frame.say("flows_about"), form, choice, links)


def _flows(asked: Asked, question: FlowQuestion, offset: int, limit: int) -> Response:
    walk = FlowWalk(asked.graph, question.checked(), asked.at)
    # In its own page an arrow leads further down; a file is looked at elsewhere.
    leads_to = own_address(asked, question, offset)
    reply = flow_reply(walk, asked.graph.schema, asked.language, offset, limit, leads_to)
    return respond(asked, reply, lambda: answer_page(asked, reply, walk))
