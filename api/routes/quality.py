"""The graph held against its rules: counted and listed for programs, and as a list to be worked through."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.openapi import answers_with
from api.request import Asking, Limit, Offset
from api.responses import Offer, respond
from kaysis_graph import quality
from kaysis_graph.answers.answer import whole_list
from kaysis_graph.quality import rules
from kaysis_graph.quality.ask import Quality
from kaysis_graph.quality.rules import Severity
from ui.pages.quality_page import FORMATS, quality_page_of
from ui.pages.reader import Asked, listed

api = APIRouter(prefix="/api", tags=["quality"])
pages = APIRouter(include_in_schema=False)
_ROWS = 100
Keys = Annotated[
    str | None,
    Query(description="Rules by their keys, between commas; all when left out.", examples=["part_of_circle"]),
]
Worst = Annotated[Severity | None, Query(description="Rules that are at least so bad.")]
Holding = Annotated[str | None, Query(description="The institution whose records are told; `none` for those of none.")]


@api.get("/quality", operation_id="quality", summary="The graph held against its rules",
         responses=answers_with(Quality, *FORMATS, "html"))  # fmt: skip
def quality_flaws(  # noqa: PLR0913  # the parameters of the address
    asked: Asking,
    rule: Keys = None,
    severity: Worst = None,
    institution: Holding = None,
    offset: Offset = 0,
    limit: Limit = quality.ask.ROWS,
) -> Response:
    """Every rule with how often it is broken on the day; `rows` has `limit` flaws of each, after `offset`."""
    return _quality(asked, listed(rule), severity, institution, offset, limit)


@pages.get("/quality")
def quality_page(  # noqa: PLR0913  # the parameters of the address
    asked: Asking,
    rule: Keys = None,
    severity: Worst = None,
    institution: Holding = None,
    offset: Offset = 0,
    limit: Limit | None = None,
) -> Response:
    """The same as a page: the first flaws of each rule, a hundred at a time of one."""
    keys = listed(rule)
    return _quality(
        asked, keys, severity, institution, offset, limit or (_ROWS if len(keys) == 1 else quality.ask.ROWS)
    )


def _quality(  # noqa: PLR0913  # the parameters of the address
    asked: Asked, keys: list[str], severity: Severity | None, institution: str | None, offset: int, limit: int
) -> Response:
    graph, at = asked.graph, asked.at
    chosen = rules.chosen(keys, severity)
    # Before twenty-five rules are held against the graph.
    quality.ask.place_of(graph, graph.on(at), institution)
    told = quality.ask.of(
        graph,
        at,
        chosen,
        institution=institution,
        offset=offset,
        limit=limit,
        publication=None if keys or severity or institution else asked.settings.publication,
    )
    offer = Offer(
        "quality",
        lambda: told,
        page=lambda: quality_page_of(asked, told, keys, severity, institution, limit),
        table=lambda: quality.table.of_flaws(
            graph.schema,
            whole_list(told),
            quality.ask.stream(graph, at, chosen, institution=institution),
            asked.language,
        ),
    )
    return respond(asked, offer)
