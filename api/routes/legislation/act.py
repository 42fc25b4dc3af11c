"""The page of one act, and its parts that can be asked for alone: levels of trees, repeals, who rests on it."""

from collections.abc import Mapping
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from api.openapi import answers_with
from api.request import Asking, Limit, Offset
from api.responses import Offer, respond
from kaysis_graph import legislation
from kaysis_graph.answers.answer import whole_list
from kaysis_graph.errors import Invalid, Problem
from kaysis_graph.facts.legal_basis import Relation
from kaysis_graph.legislation import act_summary, provision_tree, repeal_chains
from kaysis_graph.legislation.act_summary import Act
from kaysis_graph.legislation.amendments import Way
from kaysis_graph.legislation.dependency_tree import Direction
from kaysis_graph.legislation.provision_tree import ActBranches
from kaysis_graph.legislation.repeal_chains import RepealChain
from kaysis_graph.render.formats import SHEETS
from ui.pages.legislation.act import act_page

api = APIRouter(prefix="/api/legislation", tags=["legislation"])
pages = APIRouter(include_in_schema=False)
Identifier = Annotated[str, Path(description="An act or a provision.", examples=["kanun-5018", "kanun-5018.m9"])]
ChainName = Literal["repealed_by", "repealed"]
_WAYS: Mapping[ChainName, Way] = {"repealed_by": "of", "repealed": "by"}
Wanted = Annotated[Direction, Query(description="`up`: what it rests on; `down`: what rests on it.")]


@api.get("/{id}", operation_id="act", summary="An act at a glance",
         responses=answers_with(Act, "html"))  # fmt: skip
def one(asked: Asking, id: Identifier) -> Response:  # noqa: A002  # the name in the address
    """How it stands and why, what it rests on, what rests on it, what it repealed and what repealed it."""
    return respond(
        asked, Offer(id, lambda: act_summary.act(asked.graph, id, asked.at), page=lambda: act_page(asked, id))
    )


@api.get("/{id}/branches", operation_id="act_branches", summary="One level of the tree of an act",
         responses=answers_with(ActBranches, "csv", "xlsx"))  # fmt: skip
def level(  # noqa: PLR0913  # the parameters of the address
    asked: Asking,
    id: Identifier,  # noqa: A002
    direction: Wanted = "down",
    relation: Relation = "based_on",
    offset: Offset = 0,
    limit: Limit = 50,
) -> Response:
    """What rests on a text directly, or what it rests on, each with how many records lie one level beyond it."""
    graph, at = asked.graph, asked.at
    answer = provision_tree.of(graph, id, at, direction=direction, relation=relation, offset=offset, limit=limit)
    offer = Offer(
        f"{id}-{direction}",
        lambda: answer,
        table=lambda: legislation.tables.branches(
            whole_list(answer),
            provision_tree.stream(graph, id, at, direction=direction, relation=relation),
            asked.language,
        ),
    )
    return respond(asked, offer)


@api.get("/{id}/repeals", operation_id="repeals", summary="The chain of repeals of an act",
         responses=answers_with(RepealChain, *SHEETS))  # fmt: skip
def repeals(  # the parameters of the address
    asked: Asking,
    id: Identifier,  # noqa: A002
    chain: Annotated[
        ChainName | None,
        Query(description="`repealed_by`: what repealed it (when left out); `repealed`: what it repealed."),
    ] = None,
    way: Annotated[
        Way | None,
        Query(description="The former name of `chain`: `of` is `repealed_by`, `by` is `repealed`.", deprecated=True),
    ] = None,
    limit: Limit = 200,
) -> Response:
    """Step by step, wholly or in part, each with its day; `parent` names the act of the step before."""
    answer = repeal_chains.of(asked.graph, id, asked.at, way=_way(chain, way), limit=limit)
    offer = Offer(f"{id}-repeals", lambda: answer, table=lambda: legislation.tables.repeals(answer, asked.language))
    return respond(asked, offer)


def _way(chain: ChainName | None, way: Way | None) -> Way:
    """The chain by its name or by its former one; Invalid when both are given and say something else."""
    if chain is None:
        return way or "of"
    if way not in (None, _WAYS[chain]):
        values = f"chain={chain}, way={way}"
        raise Invalid([Problem("api.said_twice", {"parameter": "way"}, {"name": "chain", "values": values})])
    return _WAYS[chain]
