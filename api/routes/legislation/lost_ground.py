"""Legislation that lost its ground, as a list to be worked through: narrowed, grouped, sorted, and as a file."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from api.openapi import answers_with
from api.request import Asking, Limit, Offset
from api.responses import Offer, respond
from kaysis_graph import legislation
from kaysis_graph.answers.answer import position_of_kind, whole_list
from kaysis_graph.legislation import lost_ground
from kaysis_graph.legislation.lost_ground import Grouping, LostGround, Mode, Narrowing, Sort
from kaysis_graph.legislation.question import LostGroundQuestion
from ui.pages.legislation.lost_ground import FORMATS, lost_ground_page
from ui.pages.reader import Asked

api = APIRouter(prefix="/api/legislation", tags=["legislation"])
pages = APIRouter(include_in_schema=False)
Wanted = Annotated[Mode, Query(description="Whether all bases are lost, or any of them.")]
_ROWS = 100


def narrowing(
    type: Annotated[str | None, Query(description="A type of act.", examples=["regulation"])] = None,  # noqa: A002
    issuer: Annotated[str | None, Query(description="Who issued it; `none` where nobody is recorded.")] = None,
    base: Annotated[str | None, Query(description="An act or provision that ended and took bases along.")] = None,
    words: Annotated[str | None, Query(description="Words of its name.")] = None,
) -> Narrowing:
    """What is left of the list."""
    return Narrowing(type, issuer, base, words or "")


Narrowed = Annotated[Narrowing, Depends(narrowing)]


@api.get("/lost-ground", operation_id="lost_ground", summary="Acts that lost their ground, as a work list",
         responses=answers_with(LostGround, *FORMATS, "html"))  # fmt: skip
def work(  # noqa: PLR0913  # the parameters of the address
    asked: Asking,
    narrowed: Narrowed,
    mode: Wanted = "all",
    group: Grouping = "issuer",
    sort: Sort = "title",
    offset: Offset = 0,
    limit: Limit = 500,
) -> Response:
    """Each with the bases it lost, when and by what they ended; counted by issuer, by lost base or by type."""
    return _work(asked, narrowed, mode, group, sort, offset, limit)


@pages.get("/legislation/unfounded")
def work_page(  # noqa: PLR0913  # the parameters of the address
    asked: Asking,
    narrowed: Narrowed,
    mode: Wanted = "all",
    group: Grouping = "issuer",
    sort: Sort = "title",
    offset: Offset = 0,
    limit: Limit = _ROWS,
) -> Response:
    """The same as a page."""
    return _work(asked, narrowed, mode, group, sort, offset, limit)


def _work(  # noqa: PLR0913  # the parameters of the address
    asked: Asked, narrowed: Narrowing, mode: Mode, group: Grouping, sort: Sort, offset: int, limit: int
) -> Response:
    graph, at = asked.graph, asked.at
    if narrowed.issuer not in (None, lost_ground.NOBODY):
        position_of_kind(graph.on(at), narrowed.issuer or "", "Organisation")
    told = lost_ground.of(
        graph, at, mode=mode, narrowing=narrowed, grouping=group, sort=sort, offset=offset, limit=limit
    )
    offer = Offer(
        f"unfounded-{mode}",
        lambda: told,
        page=lambda: lost_ground_page(asked, told, LostGroundQuestion(mode, narrowed, group, sort), limit),
        table=lambda: legislation.tables.lost_ground(
            whole_list(told), lost_ground.stream(graph, at, mode=mode, narrowing=narrowed, sort=sort), asked.language
        ),
    )
    return respond(asked, offer)
