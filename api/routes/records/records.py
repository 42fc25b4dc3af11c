"""Records of every kind: lists, one record, its edges, its history. The API; the pages are in `record_pages`."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request
from starlette.responses import Response

from api.openapi import answers_with
from api.questions import taken
from api.request import Asking, Cursor, Limit
from api.responses import respond
from api.routes.records.kinds import at_home
from kaysis_graph.answers.records.answer import EdgeList, HistoryList, RecordAnswer, RecordList
from kaysis_graph.answers.records.question import (
    EdgesQuestion,
    HistoryQuestion,
    RecordListQuestion,
    SingleRecordQuestion,
)
from kaysis_graph.answers.records.reply import edges_reply, history_reply, record_list_reply, record_reply
from kaysis_graph.records.edges import Direction

api = APIRouter(prefix="/api/records", tags=["records"])
KindSlug = Annotated[str, Path(description="The slug of a kind; /api/schema lists them.", examples=["legislation"])]
Identifier = Annotated[str, Path(examples=["kanun-5018"])]
Way = Annotated[Direction, Query(description="`out`: edges that leave the record; `in`: those that arrive.")]
EdgeType = Annotated[str | None, Query(alias="type", description="One edge type.", examples=["BASED_ON"])]
OtherKind = Annotated[str | None, Query(alias="kind", description="The kind at the other end.")]
Ever = Annotated[bool, Query(description="Also those that do not hold on the day.")]
ListAsked = Annotated[RecordListQuestion, Depends(taken(RecordListQuestion))]
RecordAsked = Annotated[SingleRecordQuestion, Depends(taken(SingleRecordQuestion))]
HistoryAsked = Annotated[HistoryQuestion, Depends(taken(HistoryQuestion))]
_OURS = frozenset({"sort", "cursor", "limit", "ever", "at", "lang", "format", "theme"})


@api.get("/{kind}", operation_id="records", summary="Records of a kind",
         responses=answers_with(RecordList, "csv", "xlsx"))  # fmt: skip
def listed(request: Request, asked: Asking, question: ListAsked, cursor: Cursor = None, limit: Limit = 50) -> Response:
    """Filtered by any field the schema marks so (`?legislation_type=law&accepted_on=2018..`), read on by `cursor`.

    Those valid on the day; with `ever=true` all there ever were.
    """
    narrowed = filtered(question, request)
    return respond(asked, record_list_reply(asked.graph, narrowed, asked.at, asked.language, cursor, limit))


@api.get("/{kind}/{id}", operation_id="record", summary="One record",
         responses=answers_with(RecordAnswer))  # fmt: skip
def one(asked: Asking, question: RecordAsked) -> Response:
    """Its fields as of the day, what dated fields said before, and how many edges it has by type and kind."""
    moved = at_home(asked, question.kind, question.id, "/api/records")
    return moved or respond(asked, record_reply(asked.graph, question, asked.at))


@api.get("/{kind}/{id}/edges", operation_id="edges", summary="The edges of a record",
         responses=answers_with(EdgeList, "csv", "xlsx"))  # fmt: skip
def edges(  # noqa: PLR0913  # the parameters of the address
    asked: Asking,
    kind: KindSlug,
    id: Identifier,  # noqa: A002  # the name in the address
    direction: Way = "out",
    edge_type: EdgeType = None,
    other_kind: OtherKind = None,
    cursor: Cursor = None,
    limit: Limit = 50,
    ever: Ever = False,
) -> Response:
    """By type, then by the title of the other end: those that hold on the day, with `ever=true` all there ever were."""
    if moved := at_home(asked, kind, id, "/api/records", "/edges"):
        return moved
    question = EdgesQuestion(
        kind=kind, id=id, direction=direction, edge_type=edge_type, other_kind=other_kind, ever=ever
    )
    return respond(asked, edges_reply(asked.graph, question, asked.at, asked.language, cursor, limit))


@api.get("/{kind}/{id}/history", operation_id="history", summary="What happened to a record",
         responses=answers_with(HistoryList))  # fmt: skip
def history(
    asked: Asking,
    question: HistoryAsked,
    cursor: Cursor = None,
    limit: Annotated[int, Query(ge=1, le=100, description="How many changes at most.")] = 20,
) -> Response:
    """Newest first; a deleted record keeps its history."""
    return respond(asked, history_reply(asked.graph, question, asked.at, cursor, limit))


def filtered(question: RecordListQuestion, request: Request, *own: str) -> RecordListQuestion:
    """The question with the parameters that are no question of ours, nor the address's `own`: they must be fields."""
    filters = {name: value for name, value in request.query_params.items() if name not in {*_OURS, *own}}
    return question.model_copy(update={"filters": filters})
