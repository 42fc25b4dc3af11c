"""Legislation: dependencies, whether an act is in force, and what has lost its ground."""

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from api.openapi import answers_with
from api.request import Asking, Depth, Limit, Offset
from api.responses import Offer, html, respond
from kaysis_graph import legislation
from kaysis_graph.answers.answer import whole_list
from kaysis_graph.facts.legal_basis import EDGE_TYPES, Relation
from kaysis_graph.legislation import dependency_table, dependency_tree
from kaysis_graph.legislation.dependency_tree import Dependencies, Direction, Force, Unfounded
from kaysis_graph.render.diagram import Diagram
from kaysis_graph.render.formats import OF_A_WALK
from kaysis_graph.render.table import Table
from ui.pages.answer_parts import Ways, answer_page, counts, number, pages_of, said
from ui.pages.frame import Cell, frame_of
from ui.pages.legislation.act import act_page
from ui.pages.legislation.dependency_parts import TEXTS, TWINS, crumbs_of, force_fact, question_form, turn_link
from ui.pages.page_parts import Fact, Section

api = APIRouter(prefix="/api/legislation", tags=["legislation"])
pages = APIRouter(include_in_schema=False)
Identifier = Annotated[str, Path(description="An act or a provision.", examples=["kanun-5018", "kanun-5018.m9"])]
Wanted = Annotated[Direction, Query(description="`up`: what it rests on; `down`: what rests on it.", examples=["down"])]
Related = Annotated[Relation, Query(examples=["based_on"])]
Mode = Annotated[Literal["all", "any"], Query(description="Whether all bases are lost, or any of them.")]
_ROWS = 100


@api.get("/unfounded", operation_id="unfounded", summary="Acts in force that lost what they rest on",
         responses=answers_with(Unfounded, "csv", "xlsx"))  # fmt: skip
def unfounded(asked: Asking, mode: Mode = "all", offset: Offset = 0, limit: Limit = 500) -> Response:
    """Acts in force on the day of which all, or any, bases are no longer in force."""
    return _unfounded(asked, mode, offset, limit)


@api.get("/{id}/dependencies", operation_id="dependencies", summary="What an act rests on, or what rests on it",
         responses=answers_with(Dependencies, *OF_A_WALK, "html"))  # fmt: skip
def dependencies(  # noqa: PLR0913  # the parameters of the address
    asked: Asking,
    id: Identifier,  # noqa: A002  # the name in the address
    direction: Wanted = "down",
    relation: Related = "based_on",
    depth: Depth = None,
    offset: Offset = 0,
    limit: Limit = 500,
) -> Response:
    """To any depth, by depth and then identifier; with another relation, what it repealed or amended, or by what."""
    return _dependencies(asked, id, direction, relation, depth, offset, limit)


@pages.get("/legislation/{id}")
def page(  # noqa: PLR0913  # the parameters of the address
    asked: Asking,
    id: Identifier,  # noqa: A002
    direction: Annotated[Direction | None, Query()] = None,
    relation: Annotated[Relation | None, Query()] = None,
    depth: Depth = None,
    offset: Annotated[int | None, Query(ge=0)] = None,
    limit: Annotated[int | None, Query(ge=1, le=1000)] = None,
) -> Response:
    """The page of the act; with a direction, a relation or a place in a list, the dependencies alone."""
    if all(said is None for said in (direction, relation, depth, offset, limit)):
        return html(act_page(asked, id))
    return _dependencies(asked, id, direction or "down", relation or "based_on", depth, offset or 0, limit or _ROWS)


@api.get("/{id}/force", operation_id="force", summary="Whether an act is in force, and why not",
         responses=answers_with(Force))  # fmt: skip
def force(asked: Asking, id: Identifier) -> Response:  # noqa: A002
    """By what it was repealed, and which of its bases have ended."""
    return respond(asked, Offer(f"{id}-force", lambda: dependency_tree.in_force(asked.graph, id, asked.at)))


def _dependencies(  # noqa: PLR0913  # the parameters of the address
    asked: Asking,
    identifier: str,
    direction: Direction,
    relation: Relation,
    depth: int | None,
    offset: int,
    limit: int,
) -> Response:
    graph, at, language = asked.graph, asked.at, asked.language
    walk = {"direction": direction, "relation": relation, "depth": depth}
    answer = dependency_tree.dependencies(
        graph, identifier, at, direction=direction, relation=relation, depth=depth, offset=offset, limit=limit
    )

    def picture() -> Diagram:
        # A tree needs its trunk: whichever page is read, the picture is of the first rows.
        drawn = answer
        if offset:
            drawn = dependency_tree.dependencies(
                graph, identifier, at, direction=direction, relation=relation, depth=depth, limit=limit
            )
        return legislation.picture.dependency_diagram(drawn, graph.schema, language)

    def table() -> Table:
        rows = dependency_tree.stream_dependencies(
            graph, identifier, at, direction=direction, relation=relation, depth=depth
        )
        return dependency_table.dependencies(whole_list(answer), rows, language)

    def page() -> str:
        command = ["legislation", identifier, "--direction", direction, "--relation", relation]
        ways = Ways(
            page=f"/legislation/{identifier}",
            api=f"/api/legislation/{identifier}/dependencies",
            parameters=walk,
            command=[*command, *(["--depth", str(depth)] if depth else [])],
            formats=OF_A_WALK,
            twin=TWINS[relation == "based_on", direction],
            edge_type=EDGE_TYPES[relation],
            takes={"id": identifier},
        )
        frame = frame_of(asked, "")
        previous, following = pages_of(frame, offset, len(answer.rows), answer.total, limit)
        rows = tuple(
            (
                number(frame, row.depth),
                (frame.thing(row.thing),),
                (frame.thing(row.via),) if row.via.id != identifier else said(frame, "itself"),
            )
            for row in answer.rows
        )
        heading = frame.say(f"dependencies_{relation}_{direction}", title=answer.start.name(language))
        columns = (frame.say("depth"), frame.say("record"), frame.say("via"))
        section = Section(frame.say("table"), columns, rows, frame.say("no_dependencies"), "", previous, following)
        levels = tuple(f"{frame.say('depth')} {level}: {frame.number(count)}" for level, count in answer.depths.items())
        facts = [Fact(frame.say("total"), number(frame, answer.total))]
        if answer.total:
            facts.append(Fact(frame.say("by_kind"), counts(frame, answer.kinds)))
        if len(levels) > 1:
            facts.append(Fact(frame.say("by_depth"), tuple(Cell(level) for level in levels)))
        if answer.start.kind in TEXTS:
            facts.append(force_fact(asked, frame, identifier))
            facts.append(turn_link(frame, identifier, direction, relation))
        return answer_page(
            asked,
            answer,
            ways,
            heading=heading,
            about=frame.say("legislation_about"),
            lead=(frame.thing(answer.start),),
            form=question_form(frame, identifier, direction, relation, depth),
            sections=[section],
            facts=facts,
            diagram=None if offset else picture(),
            crumbs=crumbs_of(frame),
        )

    offer = Offer(
        name=f"{identifier}-{relation}-{direction}",
        body=lambda: answer,
        page=page,
        table=table,
        diagram=picture,
    )
    return respond(asked, offer)


def _unfounded(asked: Asking, mode: Literal["all", "any"], offset: int, limit: int) -> Response:
    graph, at, language = asked.graph, asked.at, asked.language
    answer = dependency_tree.unfounded(graph, at, mode=mode, offset=offset, limit=limit)
    offer = Offer(
        name=f"unfounded-{mode}",
        body=lambda: answer,
        table=lambda: dependency_table.unfounded(
            whole_list(answer), dependency_tree.stream_unfounded(graph, at, mode=mode), language
        ),
    )
    return respond(asked, offer)
