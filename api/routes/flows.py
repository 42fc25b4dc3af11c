"""Data flows: who hands which document or data to whom."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from starlette.responses import RedirectResponse, Response

from api.flow_parameters import GivenFlows
from api.openapi import answers_with
from api.request import Asking, Offset
from api.responses import Offer, html, respond
from kaysis_graph import flows
from kaysis_graph.answers.answer import whole_list
from kaysis_graph.flows.answer import FlowAnswer, FlowQuestion
from kaysis_graph.flows.picture import flow_diagram
from kaysis_graph.flows.question import FlowRequest
from kaysis_graph.flows.words import parameters_of
from kaysis_graph.render.formats import PICTURES
from ui.pages.choice import Choices, choose_page, meant
from ui.pages.flows import answer_page, entry_page, form_of
from ui.pages.frame import address, frame_of
from ui.pages.reader import Asked

api = APIRouter(prefix="/api", tags=["data flows"])
pages = APIRouter(include_in_schema=False)
Limit = Annotated[int, Query(ge=1, le=1000, description="How many arrows at most.")]
Whole = Annotated[Literal["state"] | None, Query()]


@api.get("/data-flows", operation_id="dataFlows", summary="Who hands which document or data to whom",
         responses=answers_with(FlowAnswer, "csv", "xlsx", *PICTURES, "bpmn", "html"))  # fmt: skip
def data_flows(asked: Asking, said: GivenFlows, offset: Offset = 0, limit: Limit = flows.ask.ARROWS) -> Response:
    """Of an institution, one unit, one service, from one institution to another, or of the whole state."""
    return _flows(asked, said.question(), offset, limit)


@pages.get("/flows")
def page(
    asked: Asking, said: GivenFlows, whole: Whole = None, offset: Offset = 0, limit: Limit = flows.ask.ARROWS
) -> Response:
    """The same as a page; what was typed leads to the answer, or to a choice."""
    if whole is None and not any(said.subjects.values()):
        return html(entry_page(asked))
    if bool(said.subjects.get("from")) != bool(said.subjects.get("to")):
        return html(_other_end(asked, said))
    found: dict[str, str | None] = {}
    for name, value in said.subjects.items():
        choice = meant(asked, value, ["Service" if name == "service" else "Organisation"]) if value else None
        if isinstance(choice, Choices):
            return html(_choose(asked, said, name, choice))
        found[name] = choice
    if found != said.subjects:
        return RedirectResponse(frame_of(asked, "").link("/flows", **found, **said.narrowing), 303)
    return _flows(asked, said.question(), offset, limit)


def _other_end(asked: Asked, said: FlowRequest) -> str:
    """The page that asks for the institution that is missing at one end."""
    frame = frame_of(asked, frame_of(asked, "").say("flows.way_between"))
    form = form_of(frame, {name: said.subjects.get(name) for name in ("from", "to")})
    return choose_page(asked, frame, frame.title, frame.say("flows.way_between_about"), form, None, ())


def _choose(asked: Asked, said: FlowRequest, name: str, choice: Choices) -> str:
    """The page that asks which record was meant."""
    frame = frame_of(asked, "")
    heading = frame.say("flows")
    links = [frame.link("/flows", **{**said.subjects, name: held.id}, **said.narrowing) for held in choice.names]
    form = form_of(frame, {name: value for name, value in said.subjects.items() if value})
    return choose_page(asked, frame_of(asked, heading), heading, frame.say("flows_about"), form, choice, links)


def _flows(asked: Asked, question: FlowQuestion, offset: int, limit: int) -> Response:
    graph, language = asked.graph, asked.language
    answer = flows.ask.answer(graph, question, asked.at, offset=offset, limit=limit)
    labels = {code: entry.label for code, entry in graph.schema.codes["organisation_category"].entries.items()}
    whole = {"whole": "state"} if question.subject == "state" else {}
    day = {"at": asked.at if asked.is_dated else None}
    pages_address = address("/flows", {**whole, **parameters_of(question), **day, "offset": offset or None})
    # In its own page an arrow leads further down; a file is looked at elsewhere.
    offer = Offer(
        name="-".join(["flows", *question.ids]),
        body=lambda: answer,
        page=lambda: answer_page(
            asked,
            answer,
            flows.ask.choices(graph, question, asked.at),
            flow_diagram(answer, language, labels, page=""),
        ),
        table=lambda: flows.table.flows(
            whole_list(answer), flows.ask.stream_arrows(graph, question, asked.at), language
        ),
        diagram=lambda: flow_diagram(answer, language, labels, page=f"{asked.site}{pages_address}"),
        is_process=True,
    )
    return respond(asked, offer)
