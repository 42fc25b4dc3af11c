"""The structure of the state: what is above a unit, and what is under it."""

from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.responses import RedirectResponse, Response

from api.answering import Ways, answer_page, day_kept, number, pages_of, text_of
from api.asking import PICTURES, Blank, Depth, Limit, Offset, Question
from api.choosing import Choices, choose_page, meant
from api.describing import answers_with
from api.frames import Cell, Frame, Link, frame_of
from api.offers import Offer, html, respond
from api.pages import Fact, Form, Input, Section
from kaysis_graph.answers import organisation, pictures, tables
from kaysis_graph.answers.organisation import Ancestors, Tree
from kaysis_graph.render.diagram import Diagram

api = APIRouter(prefix="/api/organisations", tags=["organisations"])
pages = APIRouter(include_in_schema=False)
Identifier = Annotated[str, Path(description="A DETSİS number.", examples=["99001009"])]
_ROWS = 200


@api.get("/{id}/tree", operation_id="tree", summary="What is under a unit",
         responses=answers_with(Tree, "csv", "xlsx", *PICTURES, "html"))  # fmt: skip
def tree(
    asked: Question,
    id: Identifier,  # noqa: A002  # the name in the address
    depth: Depth = None,
    offset: Offset = 0,
    limit: Limit = 500,
) -> Response:
    """The unit and all under it on the day, by depth and then identifier."""
    return _tree(asked, id, depth, offset, limit)


@api.get("/{id}/ancestors", operation_id="ancestors", summary="What is above a unit",
         responses=answers_with(Ancestors, "csv", "xlsx"))  # fmt: skip
def ancestors(asked: Question, id: Identifier) -> Response:  # noqa: A002
    """Everything above the unit on the day, nearest first, and the institution it belongs to."""
    answer = organisation.ancestors(asked.graph, id, asked.at)
    offer = Offer(f"{id}-ancestors", lambda: answer, table=lambda: tables.ancestors(answer, asked.language))
    return respond(asked, offer)


@pages.get("/organisations/{id}")
def page(
    asked: Question,
    id: Identifier,  # noqa: A002
    depth: Depth = None,
    offset: Offset = 0,
    limit: Limit = _ROWS,
) -> Response:
    """The unit with what is above and under it."""
    return _tree(asked, id, depth, offset, limit)


@pages.get("/organisations")
def choose(asked: Question, record: Annotated[str | None, Blank, Query()] = None, depth: Depth = None) -> Response:
    """The form of the question; what was typed leads to the answer, or to a choice."""
    frame = frame_of(asked, "")
    found = meant(asked, record, ["Organisation"]) if record else None
    if isinstance(found, str):
        return RedirectResponse(frame.link(f"/organisations/{found}", depth=depth), 303)
    choices = found if isinstance(found, Choices) else None
    links = [frame.link(f"/organisations/{name.id}", depth=depth) for name in (choices.names if choices else ())]
    heading = frame.say("organisations")
    form = _form(frame, record or "", depth)
    return html(choose_page(frame_of(asked, heading), heading, frame.say("organisations_about"), form, choices, links))


def _tree(asked: Question, identifier: str, depth: int | None, offset: int, limit: int) -> Response:
    graph, at, language = asked.graph, asked.at, asked.language
    answer = organisation.tree(graph, identifier, at, depth=depth, offset=offset, limit=limit)

    def picture() -> Diagram:
        # A tree needs its trunk: whichever page is read, the picture is of the first rows.
        drawn = organisation.tree(graph, identifier, at, depth=depth, limit=limit) if offset else answer
        return pictures.tree_diagram(drawn, graph.schema, language)

    def shown() -> str:
        frame = frame_of(asked, "")
        above = organisation.ancestors(graph, identifier, at)
        ways = Ways(
            page=f"/organisations/{identifier}",
            api=f"/api/organisations/{identifier}/tree",
            parameters={"depth": depth},
            command=["tree", identifier, *(["--depth", str(depth)] if depth else [])],
            formats=("csv", "xlsx", "json", *PICTURES),
            twin="subtree",
            takes={"id": identifier},
        )
        return answer_page(
            asked,
            answer,
            ways,
            heading=frame.say("tree_of", title=answer.start.name(language)),
            about=frame.say("organisations_about"),
            lead=(frame.thing(answer.start),),
            form=_form(frame, identifier, depth),
            sections=[_section(frame, answer, limit)],
            facts=_facts(frame, answer, above),
            diagram=None if offset else picture(),
            crumbs=(Link(frame.say("organisations"), frame.link("/organisations")),),
        )

    offer = Offer(
        name=f"{identifier}-tree",
        body=lambda: answer,
        page=shown,
        table=lambda: tables.tree(answer, organisation.stream_tree(graph, identifier, at, depth=depth), language),
        diagram=picture,
    )
    return respond(asked, offer)


def _section(frame: Frame, answer: Tree, limit: int) -> Section:
    previous, following = pages_of(frame, answer.offset, len(answer.rows), answer.total, limit)
    names = {answer.start.id: answer.start, **{row.thing.id: row.thing for row in answer.rows}}
    rows = tuple(
        (
            number(frame, row.depth),
            (frame.thing(row.thing),),
            (frame.thing(names[row.parent]),) if row.parent in names else text_of(row.parent),
            number(frame, row.units),
            (Cell(frame.say("yes")),) if row.is_institution else (),
        )
        for row in answer.rows
    )
    columns = tuple(frame.say(key) for key in ("depth", "unit", "parent", "units_under", "is_institution"))
    return Section(frame.say("table"), columns, rows, frame.say("no_units"), "", previous, following)


def _facts(frame: Frame, answer: Tree, above: Ancestors) -> list[Fact]:
    levels = tuple(
        Cell(f"{frame.say('depth')} {level}: {frame.number(count)}") for level, count in answer.depths.items()
    )
    facts = [Fact(frame.say("institution"), (frame.thing(above.institution),))]
    if above.rows:
        links = []
        for row in above.rows:
            cell = frame.thing(row.thing)
            links.append(Cell(cell.text, frame.link(f"/organisations/{row.thing.id}"), "", cell.badges, cell.id))
        facts.append(Fact(frame.say("above"), tuple(links)))
    facts.append(Fact(frame.say("total"), number(frame, answer.total)))
    if len(levels) > 1:
        facts.append(Fact(frame.say("by_depth"), levels))
    links_to = (
        Cell(frame.say("flows"), frame.link("/flows", organisation=answer.start.id)),
        Cell(frame.say("services"), frame.link("/services/table", organisation=answer.start.id, units="subtree")),
        Cell(frame.say("impact"), frame.link(f"/impact/organisation/{answer.start.id}")),
    )
    facts.append(Fact(frame.say("also_ask"), links_to))
    return facts


def _form(frame: Frame, record: str, depth: int | None) -> Form:
    inputs = (
        Input(
            "record",
            frame.say("flows_organisation"),
            record,
            hint=frame.say("flows_organisation_hint"),
            is_required=True,
            suggests=("organisation",),
        ),
        Input("depth", frame.say("deepest"), str(depth or ""), "number", hint=frame.say("deepest_hint")),
        *day_kept(frame),
    )
    return Form("organisations", "/organisations", inputs, frame.say("show"), frame.say("organisations"))
