"""The pages of the structure: the tree from its roots, and with a unit opened in it."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import RedirectResponse, Response

from api.request import Asking, Cursor, Depth, Limit, Offset
from api.responses import html
from api.routes.organisations.units import Identifier, Under
from kaysis_graph import organisations
from kaysis_graph.answers.answer import list_cut
from kaysis_graph.answers.known_things import KnownThings
from kaysis_graph.organisations import branches, structure, surroundings
from kaysis_graph.render.formats import PICTURES
from ui.pages.answer_parts import Ways, another, downloads, notices
from ui.pages.choice import Choices, choose_page, meant
from ui.pages.frame import Cell, Link, frame_of
from ui.pages.organisations.tree_page import OrganisationPage, Panel
from ui.pages.organisations.unit_parts import (
    LEAVES,
    crumbs_of,
    day_switch,
    facts_of,
    leaf_of,
    panel_of,
    questions_of,
    search_form,
    section_of,
)
from ui.pages.page_parts import rendered
from ui.pages.picture import dated, inline

pages = APIRouter(include_in_schema=False)
_ROWS = 200
Ever = Annotated[bool, Query()]


@pages.get("/organisations")
def whole(
    asked: Asking,
    record: Annotated[str | None, Query()] = None,
    cursor: Cursor = None,
    ever: Ever = False,  # a parameter of the address
) -> Response:
    """The tree from its roots; words in its search lead to the unit, or to a choice."""
    frame = frame_of(asked, "")
    found = meant(asked, record, ["Organisation"]) if record else None
    if isinstance(found, str):
        return RedirectResponse(frame.link(f"/organisations/{found}"), 303)
    heading = frame.say("organisations")
    about = frame.say("tree.about")
    if isinstance(found, Choices):
        links = [frame.link(f"/organisations/{name.id}") for name in found.names]
        return html(
            choose_page(asked, frame_of(asked, heading), heading, about, search_form(frame, record or ""), found, links)
        )
    answer = branches.roots(asked.graph, asked.at, cursor=cursor)
    frame = frame_of(asked, heading)
    ways = Ways("/organisations", "/api/organisations/roots", {}, ["tree"], ("csv", "xlsx", "json"))
    page = OrganisationPage(
        frame=frame,
        heading=heading,
        lead=(Cell(frame.say("tree.roots_lead", total=frame.number(answer.total))),),
        about=about,
        notices=(),
        badges=(),
        id="",
        panel=Panel(
            heading=frame.say("tree.roots"),
            leaves=tuple(leaf_of(frame, row) for row in answer.rows),
            following=Link(frame.say("next"), frame.here(cursor=answer.next_cursor)) if answer.next_cursor else None,
            selected="",
            under="",
            form=search_form(frame, ""),
            switch=day_switch(frame, is_ever=ever),
            is_ever=ever,
        ),
        questions=(),
        facts=(),
        picture=None,
        picture_note="",
        picture_files=(),
        section=None,
        downloads=downloads(frame, ways),
        another=another(frame, ways),
    )
    return html(rendered("organisation.html", page))


@pages.get("/organisations/{id}")
def page(  # noqa: PLR0913  # the parameters of the address
    asked: Asking,
    id: Identifier,  # noqa: A002  # the name in the address
    under: Under = None,
    ever: Ever = False,  # a parameter of the address
    depth: Depth = None,
    offset: Offset = 0,
    limit: Limit = _ROWS,
) -> Response:
    """The unit in its tree, beside what is around it."""
    graph, at, language = asked.graph, asked.at, asked.language
    known = KnownThings(graph, graph.on(at))
    near = surroundings.around(graph, id, at, known)
    answer = structure.tree(graph, id, at, depth=depth, offset=offset, limit=limit, known=known)
    units = branches.children(graph, id, at, ever=True, limit=LEAVES) if ever else None
    way = branches.way_to(graph, id, at, under=under, known=known)
    frame = frame_of(asked, near.start.name(language), crumbs_of(frame_of(asked, ""), way))
    picture = organisations.pictures.ego_diagram(near, graph.schema, language)
    ways = Ways(
        page=f"/organisations/{id}",
        api=f"/api/organisations/{id}/tree",
        parameters={"depth": depth},
        command=["tree", id, *(["--depth", str(depth)] if depth else [])],
        formats=("csv", "xlsx", "json"),
        twin="organisations/twins/subtree",
        takes={"id": id},
    )
    chart = Ways("", f"/api/organisations/{id}/chart", {}, (), PICTURES)
    told = OrganisationPage(
        frame=frame,
        heading=frame.title,
        lead=(),
        about="",
        notices=notices(frame, list_cut(answer.cut)),
        badges=frame.thing(near.start).badges,
        id=id,
        panel=panel_of(frame, way, near, units, under),
        questions=questions_of(frame, id),
        facts=facts_of(asked, frame, near),
        picture=inline(dated(picture, asked)) if picture.arrows else None,
        picture_note="" if picture.arrows else frame.say("tree.alone"),
        picture_files=downloads(frame, chart) if picture.arrows else (),
        section=section_of(frame, answer, limit),
        downloads=downloads(frame, ways),
        another=another(frame, ways),
    )
    return html(rendered("organisation.html", told))
