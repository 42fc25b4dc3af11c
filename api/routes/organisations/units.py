"""The structure of the state: what is above a unit, under it and around it, and what changed."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from api.openapi import answers_with
from api.questions import begun, taken
from api.request import PAGE_ROWS, Asking, Cursor, Limit, Offset
from api.responses import html, respond
from kaysis_graph.organisations import branches, difference
from kaysis_graph.organisations.branches import Branches, WayDown
from kaysis_graph.organisations.change_days import ChangeDays
from kaysis_graph.organisations.difference import Difference
from kaysis_graph.organisations.question import (
    AncestorsQuestion,
    ChangeDaysQuestion,
    ChartQuestion,
    ChildrenQuestion,
    DifferenceQuestion,
    UnitTreeQuestion,
    WayDownQuestion,
)
from kaysis_graph.organisations.reply import (
    ancestors_reply,
    change_days_reply,
    chart_reply,
    children_reply,
    difference_reply,
    roots_reply,
    tree_reply,
    way_down_reply,
)
from kaysis_graph.organisations.structure import Ancestors, Tree
from kaysis_graph.organisations.surroundings import Ego
from kaysis_graph.render.formats import PICTURES
from ui.pages.organisations.two_days import difference_page
from ui.pages.organisations.unit import roots_page, unit_chooser, unit_page

api = APIRouter(prefix="/api/organisations", tags=["organisations"])
pages = APIRouter(include_in_schema=False)
ChildrenAsked = Annotated[ChildrenQuestion, Depends(taken(ChildrenQuestion))]
WayAsked = Annotated[WayDownQuestion, Depends(taken(WayDownQuestion))]
ChartAsked = Annotated[ChartQuestion, Depends(taken(ChartQuestion))]
TreeAsked = Annotated[UnitTreeQuestion, Depends(taken(UnitTreeQuestion))]
AncestorsAsked = Annotated[AncestorsQuestion, Depends(taken(AncestorsQuestion))]
DaysAsked = Annotated[ChangeDaysQuestion, Depends(taken(ChangeDaysQuestion))]
DifferenceAsked = Annotated[DifferenceQuestion, Depends(taken(DifferenceQuestion, "from_"))]
DifferenceMeant = Annotated[DifferenceQuestion, Depends(taken(DifferenceQuestion))]
Ever = Annotated[bool, Query()]
_ROWS = 200


# Before the addresses with an identifier: `roots` is none.
@api.get("/roots", operation_id="roots", summary="Organisations under no other",
         responses=answers_with(Branches, "csv", "xlsx"))  # fmt: skip
def roots(asked: Asking, cursor: Cursor = None, limit: Limit = branches.ROWS) -> Response:
    """The organisations that are valid on the day and part of nothing, in Turkish alphabetical order."""
    return respond(asked, roots_reply(asked.graph, asked.at, asked.language, cursor, limit))


@pages.get("/organisations")
def whole(
    asked: Asking,
    record: Annotated[str | None, Query()] = None,
    cursor: Cursor = None,
    ever: Ever = False,  # a parameter of the address
) -> Response:
    """The tree from its roots; words in its search lead to the unit, or to a choice."""
    if record:
        return begun(asked, record, ("Organisation",), lambda unit: UnitTreeQuestion(id=unit), unit_chooser)
    return html(roots_page(asked, roots_reply(asked.graph, asked.at, asked.language, cursor), is_ever=ever))


@api.get("/{id}/children", operation_id="children", summary="The units directly under a unit",
         responses=answers_with(Branches, "csv", "xlsx"))  # fmt: skip
def children(asked: Asking, question: ChildrenAsked, cursor: Cursor = None, limit: Limit = branches.ROWS) -> Response:
    """One level of the tree in Turkish alphabetical order: what is under each unit is counted, other parents named."""
    return respond(asked, children_reply(asked.graph, question, asked.at, asked.language, cursor, limit))


@api.get("/{id}/path", operation_id="path_to_unit", summary="The way from the top down to a unit",
         responses=answers_with(WayDown))  # fmt: skip
def path(asked: Asking, question: WayAsked) -> Response:
    """The units to open in the tree to come to a unit: up over first ties, of several over the lowest identifier."""
    return respond(asked, way_down_reply(asked.graph, question, asked.at))


@api.get("/{id}/chart", operation_id="chart", summary="A unit and what is around it",
         responses=answers_with(Ego, *PICTURES))  # fmt: skip
def chart(asked: Asking, question: ChartAsked) -> Response:
    """All above the unit, its siblings counted, two levels under it."""
    return respond(asked, chart_reply(asked.graph, question, asked.at, asked.language))


@api.get("/{id}/tree", operation_id="tree", summary="What is under a unit",
         responses=answers_with(Tree, "csv", "xlsx", *PICTURES))  # fmt: skip
def tree(asked: Asking, question: TreeAsked, offset: Offset = 0, limit: Limit = PAGE_ROWS) -> Response:
    """The unit and all under it on the day, by depth and then identifier."""
    return respond(asked, tree_reply(asked.graph, question, asked.at, asked.language, offset, limit))


@pages.get("/organisations/{id}")
def page(  # noqa: PLR0913  # the parameters of the address
    asked: Asking,
    question: TreeAsked,
    under: Annotated[str | None, Query()] = None,
    ever: Ever = False,  # a parameter of the address
    offset: Offset = 0,
    limit: Limit = _ROWS,
) -> Response:
    """The unit in its tree, beside what is around it."""
    return html(unit_page(asked, question, under, offset, limit, is_ever=ever))


@api.get("/{id}/ancestors", operation_id="ancestors", summary="What is above a unit",
         responses=answers_with(Ancestors, "csv", "xlsx"))  # fmt: skip
def ancestors(asked: Asking, question: AncestorsAsked) -> Response:
    """Everything above the unit on the day, nearest first, and the institution it belongs to."""
    return respond(asked, ancestors_reply(asked.graph, question, asked.at, asked.language))


@api.get("/{id}/days", operation_id="change_days", summary="Days on which the structure under a unit changed",
         responses=answers_with(ChangeDays, "csv", "xlsx"))  # fmt: skip
def days(asked: Asking, question: DaysAsked) -> Response:
    """Every day on which ties under the unit began or ended, latest first, with how many."""
    return respond(asked, change_days_reply(asked.graph, question, asked.at, asked.language))


@api.get("/{id}/difference", operation_id="difference", summary="What changed under a unit between two days",
         responses=answers_with(Difference, "csv", "xlsx", *PICTURES))  # fmt: skip
def changed(asked: Asking, question: DifferenceAsked, offset: Offset = 0, limit: Limit = difference.ROWS) -> Response:
    """Units added, ended, moved and renamed, each with its day, its successors and the legal basis of the change."""
    return respond(asked, difference_reply(asked.graph, question, asked.at, asked.language, offset, limit))


@pages.get("/organisations/{id}/difference")
def page_of_difference(asked: Asking, question: DifferenceMeant, offset: Offset = 0, limit: Limit = _ROWS) -> Response:
    """The form of two days with the days worth choosing, and what changed between those that were chosen."""
    return html(difference_page(asked, question, offset, limit))
