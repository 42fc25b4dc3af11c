"""Impact: what falls, or must be looked at again, when a record changes or ends."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query
from starlette.responses import Response

from api.openapi import answers_with
from api.questions import begun, taken
from api.request import PAGE_ROWS, Asking, Depth, Limit, Offset
from api.responses import html, respond
from api.routes.records.kinds import at_home
from kaysis_graph.impact.ask import Impact
from kaysis_graph.impact.question import ImpactQuestion
from kaysis_graph.impact.reply import impact_reply
from kaysis_graph.render.formats import OF_A_WALK
from ui.pages.choice import asking_page
from ui.pages.impact import impact_chooser, impact_page
from ui.pages.reader import Asked

api = APIRouter(prefix="/api/impact", tags=["impact"])
pages = APIRouter(include_in_schema=False)
KindSlug = Annotated[str, Path(description="The slug of the kind.", examples=["legislation"])]
ImpactOf = Annotated[ImpactQuestion, Depends(taken(ImpactQuestion))]
_ROWS = 100


@api.get("/{kind}/{id}", operation_id="impact", summary="What falls with a record",
         responses=answers_with(Impact, *OF_A_WALK, "html"))  # fmt: skip
def of_record(
    asked: Asking, kind: KindSlug, question: ImpactOf, offset: Offset = 0, limit: Limit = PAGE_ROWS
) -> Response:
    """Everything that rests on the record, directly or on the way, each with the chain that makes it so."""
    return at_home(asked, kind, question.id, "/api/impact") or _impact(asked, question, offset, limit)


@pages.get("/impact/{kind}/{id}")
def page_of_record(
    asked: Asking, kind: KindSlug, question: ImpactOf, offset: Offset = 0, limit: Limit = _ROWS
) -> Response:
    """The same as a page."""
    return at_home(asked, kind, question.id, "/impact") or _impact(asked, question, offset, limit)


def _impact(asked: Asked, question: ImpactQuestion, offset: int, limit: int) -> Response:
    reply = impact_reply(asked.graph, question, asked.at, asked.language, offset, limit)
    return respond(asked, reply, lambda: impact_page(asked, reply, question, offset, limit))


@pages.get("/impact")
def choose(asked: Asking, record: Annotated[str | None, Query()] = None, depth: Depth = None) -> Response:
    """The form of the question; what was typed leads to the answer, or to a choice."""
    if not record:
        return html(asking_page(asked, impact_chooser(asked, "", depth)))
    kinds = list(asked.graph.schema.kinds)
    return begun(
        asked,
        record,
        kinds,
        lambda found: ImpactQuestion(id=found, depth=depth),
        lambda reader, words: impact_chooser(reader, words, depth),
    )
