"""The structure of the state as JSON and files: what is above a unit, under it and around it, and what changed."""

from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from api.openapi import answers_with
from api.request import Asking, Cursor, Day, Depth, Limit, Offset
from api.responses import Offer, respond
from kaysis_graph import organisations
from kaysis_graph.answers.answer import whole_list
from kaysis_graph.organisations import (
    branches,
    change_days,
    difference,
    structure,
    structure_picture,
    structure_table,
    surroundings,
)
from kaysis_graph.organisations.branches import Branches, WayDown
from kaysis_graph.organisations.change_days import ChangeDays
from kaysis_graph.organisations.difference import Difference
from kaysis_graph.organisations.structure import Ancestors, Tree
from kaysis_graph.organisations.surroundings import Ego
from kaysis_graph.render.diagram import Diagram
from kaysis_graph.render.formats import PICTURES
from ui.pages.reader import Asked

api = APIRouter(prefix="/api/organisations", tags=["organisations"])
Identifier = Annotated[str, Path(description="A DETSİS number.", examples=["99001009"])]
Under = Annotated[str | None, Query(description="One of the unit's parents, to come by where it has several.")]


# Before the addresses with an identifier: `roots` is none.
@api.get("/roots", operation_id="roots", summary="Organisations under no other",
         responses=answers_with(Branches, "csv", "xlsx"))  # fmt: skip
def roots(asked: Asking, cursor: Cursor = None, limit: Limit = branches.ROWS) -> Response:
    """The organisations that are valid on the day and part of nothing, in Turkish alphabetical order."""
    answer = branches.roots(asked.graph, asked.at, cursor=cursor, limit=limit)
    return respond(
        asked, Offer("roots", lambda: answer, table=lambda: organisations.tables.children(answer, asked.language))
    )


@api.get("/{id}/children", operation_id="children", summary="The units directly under a unit",
         responses=answers_with(Branches, "csv", "xlsx"))  # fmt: skip
def children(
    asked: Asking,
    id: Identifier,  # noqa: A002  # the name in the address
    ever: Annotated[bool, Query(description="Also those that ended, left or have not begun.")] = False,
    cursor: Cursor = None,
    limit: Limit = branches.ROWS,
) -> Response:
    """One level of the tree in Turkish alphabetical order: what is under each unit is counted, other parents named."""
    answer = branches.children(asked.graph, id, asked.at, ever=ever, cursor=cursor, limit=limit)
    name = f"{id}-children"
    return respond(
        asked, Offer(name, lambda: answer, table=lambda: organisations.tables.children(answer, asked.language))
    )


@api.get("/{id}/path", operation_id="path_to_unit", summary="The way from the top down to a unit",
         responses=answers_with(WayDown))  # fmt: skip
def path(asked: Asking, id: Identifier, under: Under = None) -> Response:  # noqa: A002
    """The units to open in the tree to come to a unit: up over first ties, of several over the lowest identifier."""
    answer = branches.way_to(asked.graph, id, asked.at, under=under)
    return respond(asked, Offer(f"{id}-path", lambda: answer))


@api.get("/{id}/chart", operation_id="chart", summary="A unit and what is around it",
         responses=answers_with(Ego, *PICTURES))  # fmt: skip
def chart(asked: Asking, id: Identifier) -> Response:  # noqa: A002
    """All above the unit, its siblings counted, two levels under it."""
    answer = surroundings.around(asked.graph, id, asked.at)

    def picture() -> Diagram:
        return organisations.pictures.ego_diagram(answer, asked.graph.schema, asked.language)

    return respond(asked, Offer(f"{id}-chart", lambda: answer, diagram=picture))


@api.get("/{id}/tree", operation_id="tree", summary="What is under a unit",
         responses=answers_with(Tree, "csv", "xlsx", *PICTURES))  # fmt: skip
def tree(
    asked: Asking,
    id: Identifier,  # noqa: A002
    depth: Depth = None,
    offset: Offset = 0,
    limit: Limit = 500,
) -> Response:
    """The unit and all under it on the day, by depth and then identifier."""
    graph, at, language = asked.graph, asked.at, asked.language
    answer = structure.tree(graph, id, at, depth=depth, offset=offset, limit=limit)

    def picture() -> Diagram:
        # A tree needs its trunk: whichever page is read, the picture is of the first rows.
        drawn = structure.tree(graph, id, at, depth=depth, limit=limit) if offset else answer
        return structure_picture.tree_diagram(drawn, graph.schema, language)

    offer = Offer(
        name=f"{id}-tree",
        body=lambda: answer,
        table=lambda: structure_table.tree(
            whole_list(answer), structure.stream_tree(graph, id, at, depth=depth), language
        ),
        diagram=picture,
    )
    return respond(asked, offer)


@api.get("/{id}/ancestors", operation_id="ancestors", summary="What is above a unit",
         responses=answers_with(Ancestors, "csv", "xlsx"))  # fmt: skip
def ancestors(asked: Asking, id: Identifier) -> Response:  # noqa: A002
    """Everything above the unit on the day, nearest first, and the institution it belongs to."""
    answer = structure.ancestors(asked.graph, id, asked.at)
    offer = Offer(f"{id}-ancestors", lambda: answer, table=lambda: structure_table.ancestors(answer, asked.language))
    return respond(asked, offer)


@api.get("/{id}/days", operation_id="change_days", summary="Days on which the structure under a unit changed",
         responses=answers_with(ChangeDays, "csv", "xlsx"))  # fmt: skip
def days(asked: Asking, id: Identifier) -> Response:  # noqa: A002
    """Every day on which ties under the unit began or ended, latest first, with how many."""
    answer = change_days.change_days(asked.graph, id, asked.at)
    name = f"{id}-days"
    return respond(
        asked, Offer(name, lambda: answer, table=lambda: organisations.tables.change_days(answer, asked.language))
    )


@api.get("/{id}/difference", operation_id="difference", summary="What changed under a unit between two days",
         responses=answers_with(Difference, "csv", "xlsx", *PICTURES))  # fmt: skip
def changed(  # noqa: PLR0913  # the parameters of the address
    asked: Asking,
    id: Identifier,  # noqa: A002
    since: Annotated[Day, Query(alias="from", description="The first day.", examples=["2018-07-08"])],
    until: Annotated[
        Day | None, Query(alias="to", description="The last day; the day of the question when left out.")
    ] = None,
    offset: Offset = 0,
    limit: Limit = difference.ROWS,
) -> Response:
    """Units added, ended, moved and renamed, each with its day, its successors and the legal basis of the change."""
    graph, last = asked.graph, until or asked.at
    answer = difference.between(graph, id, since, last, offset=offset, limit=limit)
    return respond(asked, difference_offer(asked, answer))


def difference_offer(asked: Asked, answer: Difference) -> Offer:
    """A difference in every format."""
    graph, language, start = asked.graph, asked.language, answer.start.id

    def picture() -> Diagram:
        return organisations.pictures.difference_diagram(answer, graph.schema, language)

    return Offer(
        name=f"{start}-{answer.since}-{answer.at}",
        body=lambda: answer,
        table=lambda: organisations.tables.difference(
            whole_list(answer), difference.stream_between(graph, start, answer.since, answer.at), language
        ),
        diagram=picture,
    )
