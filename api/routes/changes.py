"""The change sequence as a feed, how the service is, and the schema that all answers follow."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.openapi import answers_with
from api.request import Asking, ChangeNumber
from api.responses import respond_as_json
from kaysis_graph.answers.change_feed import Feed, read_feed
from kaysis_graph.answers.schema_answer import SchemaShown, describe_schema
from kaysis_graph.linked.service_status import Status, read_status

api = APIRouter(prefix="/api", tags=["the graph itself"])


@api.get("/changes", operation_id="changes", summary="The feed of all changes",
         responses=answers_with(Feed))  # fmt: skip
def changes(
    asked: Asking,
    after: Annotated[ChangeNumber, Query(description="The number of the last change you know.")] = 0,
    limit: Annotated[int, Query(ge=1, le=100, description="How many changes at most.")] = 20,
) -> Response:
    """Gap-free and chained by hashes: what was read can be checked. A bulk load is one change with many rows."""
    return respond_as_json(asked, read_feed(asked.graph, after, limit))


@api.get("/status", operation_id="status", summary="How the service is", responses=answers_with(Status))
def status(request: Request, asked: Asking) -> Response:
    """Answered from the projection also when the engine does not answer."""
    response = respond_as_json(asked, read_status(asked.graph, request.app.state.linked))
    response.headers["Cache-Control"] = "no-store"
    return response


@api.get("/schema", operation_id="schema", summary="Kinds, fields, edges and code lists",
         responses=answers_with(SchemaShown))  # fmt: skip
def schema(asked: Asking) -> Response:
    """What the records and edges of all answers are made of."""
    return respond_as_json(asked, describe_schema(asked.graph))
