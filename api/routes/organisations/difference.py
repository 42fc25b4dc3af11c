"""The page of what changed under a unit between two days."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from api.request import Asking, Day, Limit, Offset
from api.responses import html
from api.routes.organisations.units import Identifier
from kaysis_graph.errors import Invalid
from kaysis_graph.organisations import change_days, difference
from ui.pages.organisations.two_days import ROWS, difference_page
from ui.pages.page_parts import rendered

pages = APIRouter(include_in_schema=False)


@pages.get("/organisations/{id}/difference")
def page(  # noqa: PLR0913  # the parameters of the address
    asked: Asking,
    id: Identifier,  # noqa: A002  # the name in the address
    since: Annotated[Day | None, Query(alias="from")] = None,
    until: Annotated[Day | None, Query(alias="to")] = None,
    offset: Offset = 0,
    limit: Limit = ROWS,
) -> Response:
    """The form of two days with the days worth choosing, and what changed between those that were chosen."""
    graph = asked.graph
    days = change_days.change_days(graph, id, asked.at)
    last = until or asked.at
    answer, problem = None, ""
    if since is not None:
        try:
            answer = difference.between(graph, id, since, last, offset=offset, limit=limit)
        except Invalid as error:
            problem = " ".join(f"{held.text(asked.language)} {held.hint(asked.language)}" for held in error.problems)
    return html(
        rendered("organisation_difference.html", difference_page(asked, days, answer, (since, last), problem, limit))
    )
