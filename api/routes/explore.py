"""The explorer: the graph walked act by act, as JSON and as a page."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.asking import Blank, Question
from api.describing import answers_with
from api.offers import Offer, respond
from kaysis_graph.answers import exploring
from kaysis_graph.answers.exploring import Explored

api = APIRouter(prefix="/api", tags=["explorer"])
Acts = Annotated[
    list[str] | None,
    Query(
        description="What was done, in order: `ID` shows a record, `ID~out|in~EDGE_TYPE~kind~PAGES` its neighbours "
        "(0 pages gather them in one node), `path~A~B` the shortest way between two.",
        examples=[["kanun-5490", "kanun-5490~in~BASED_ON~service~1"]],
    ),
]
Ever = Annotated[bool, Query(description="Neighbours and edges of all days, not only of `at`.")]
Since = Annotated[int, Query(ge=0, description="Only what the acts from this one on added, counted from 0.")]
Hidden = Annotated[str | None, Blank, Query(description="Identifiers to leave out, between commas.")]


@api.get("/explore", operation_id="explore", summary="A part of the graph, act by act",
         responses=answers_with(Explored))  # fmt: skip
def explore(asked: Question, act: Acts = None, ever: Ever = False, since: Since = 0, hide: Hidden = None) -> Response:
    """The records that the acts show and all edges among them, with places for a drawing that never move."""
    answer = exploring.of(asked.graph, act or [], asked.at, ever=ever, since=since, hidden=(hide or "").split(","))
    return respond(asked, Offer(name="explore", body=lambda: answer))
