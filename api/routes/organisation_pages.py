"""The pages of the structure: the tree from its roots, and with a unit opened in it."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import RedirectResponse, Response

from api.request import Blank, Cursor, Depth, Limit, Offset, Question
from api.responses import html
from api.routes.organisations import Identifier, Under
from kaysis_graph import organisations, text
from kaysis_graph.answers.answer import Thing, list_cut
from kaysis_graph.organisations import branches, structure, surroundings
from kaysis_graph.organisations.branches import Branch, Branches, Way
from kaysis_graph.organisations.structure import Tree
from kaysis_graph.organisations.surroundings import Ego
from kaysis_graph.records import reader
from kaysis_graph.render.formats import PICTURES
from ui.pages import record_fields
from ui.pages.answer_parts import Ways, another, day_kept, downloads, notices, number, pages_of, text_of
from ui.pages.choice import Choices, choose_page, meant
from ui.pages.frame import Cell, Cells, Frame, Link, frame_of
from ui.pages.life_facts import life_lines
from ui.pages.organisation_parts import Leaf, OrganisationPage, Panel
from ui.pages.page_parts import Fact, Form, Input, Section, rendered
from ui.pages.picture import dated, inline
from ui.pages.reader import Asked

pages = APIRouter(include_in_schema=False)
_ROWS = 200
# Of the units of an open one, as many as a list without script shows; the table has all of them.
_LEAVES = 100
Ever = Annotated[bool, Query()]
_FACTS = ("category", "status", "types", "level", "legal_personality", "budget_type", "valid_from", "valid_to")


@pages.get("/organisations")
def whole(
    asked: Question,
    record: Annotated[str | None, Blank, Query()] = None,
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
            choose_page(asked, frame_of(asked, heading), heading, about, _search(frame, record or ""), found, links)
        )
    answer = branches.roots(asked.graph, asked.at, cursor=cursor)
    frame = frame_of(asked, heading)
    ways = Ways("/organisations", "/api/organisations/roots", {}, ["list", "organisation"], ("csv", "xlsx", "json"))
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
            leaves=tuple(_leaf(frame, row) for row in answer.rows),
            following=Link(frame.say("next"), frame.here(cursor=answer.next_cursor)) if answer.next_cursor else None,
            selected="",
            under="",
            form=_search(frame, ""),
            switch=_switch(frame, is_ever=ever),
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
    asked: Question,
    id: Identifier,  # noqa: A002  # the name in the address
    under: Under = None,
    ever: Ever = False,  # a parameter of the address
    depth: Depth = None,
    offset: Offset = 0,
    limit: Limit = _ROWS,
) -> Response:
    """The unit in its tree, beside what is around it."""
    graph, at, language = asked.graph, asked.at, asked.language
    answer = structure.tree(graph, id, at, depth=depth, offset=offset, limit=limit)
    near = surroundings.around(graph, id, at)
    units = branches.children(graph, id, at, ever=True, limit=_LEAVES) if ever else None
    way = branches.way_to(graph, id, at, under=under)
    frame = frame_of(asked, near.start.name(language), _crumbs(frame_of(asked, ""), way))
    picture = organisations.pictures.ego_diagram(near, graph.schema, language)
    ways = Ways(
        page=f"/organisations/{id}",
        api=f"/api/organisations/{id}/tree",
        parameters={"depth": depth},
        command=["tree", id, *(["--depth", str(depth)] if depth else [])],
        formats=("csv", "xlsx", "json"),
        twin="subtree",
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
        panel=_panel(frame, way, near, units, under),
        questions=_questions(frame, id),
        facts=_facts(asked, frame, near),
        picture=inline(dated(picture, asked)) if picture.arrows else None,
        picture_note="" if picture.arrows else frame.say("tree.alone"),
        picture_files=downloads(frame, chart) if picture.arrows else (),
        section=_section(frame, answer, limit),
        downloads=downloads(frame, ways),
        another=another(frame, ways),
    )
    return html(rendered("organisation.html", told))


def _search(frame: Frame, said: str) -> Form:
    inputs = (
        Input(
            "record",
            frame.say("tree.search"),
            said,
            hint=frame.say("flows_organisation_hint"),
            is_required=True,
            suggests=("organisation",),
        ),
        *day_kept(frame),
    )
    return Form("tree-search", "/organisations", inputs, frame.say("search"), frame.say("tree.search"))


def _crumbs(frame: Frame, way: Way) -> tuple[Link, ...]:
    above = (
        Link(row.thing.name(frame.language), frame.link(f"/organisations/{row.thing.id}")) for row in way.rows[:-1]
    )
    return (Link(frame.say("organisations"), frame.link("/organisations")), *above)


def _panel(frame: Frame, way: Way, near: Ego, units: Branches | None, under: str | None) -> Panel:
    """The way down to the unit, opened, with the first units under it; `units` when they are those of any day."""
    if units is None:
        leaves, total = _direct(frame, near), near.depths.get(1, 0)
    else:
        leaves, total = tuple(_leaf(frame, row) for row in units.rows), units.total
    rest = None
    if total > len(leaves):
        rest = Link(frame.say("tree.more_units", count=frame.number(total - len(leaves))), "#table")
    for number_of, row in enumerate(reversed(way.rows)):
        leaves = (_leaf(frame, row, leaves, rest, is_current=number_of == 0),)
        rest = None
    is_ever = units is not None
    form, switch = _search(frame, ""), _switch(frame, is_ever=is_ever)
    return Panel(frame.say("tree.heading"), leaves, None, near.start.id, under or "", form, switch, is_ever)


def _direct(frame: Frame, near: Ego) -> tuple[Leaf, ...]:
    language = frame.language
    rows = text.in_order([row for row in near.rows if row.depth == 1], lambda row: row.thing.name(language), language)
    return tuple(Leaf(place(frame, row.thing), row.units, is_institution=row.is_institution) for row in rows[:_LEAVES])


def _switch(frame: Frame, *, is_ever: bool) -> Link:
    """The way to the same tree with the units that have ended, or without them."""
    if is_ever:
        return Link(frame.say("tree.ever_hide"), frame.here(ever=None))
    return Link(frame.say("tree.ever_show"), frame.here(ever="true"))


def _leaf(
    frame: Frame, row: Branch, leaves: tuple[Leaf, ...] = (), rest: Link | None = None, *, is_current: bool = False
) -> Leaf:
    others = tuple(
        Link(other.name(frame.language), frame.link(f"/organisations/{row.thing.id}", under=other.id))
        for other in row.other_parents
    )
    return Leaf(place(frame, row.thing), row.units, is_current, row.is_institution, others, leaves, rest)


def place(frame: Frame, thing: Thing) -> Cell:
    """A unit as a link to its place in the tree."""
    cell = frame.thing(thing)
    return Cell(cell.text, frame.link(f"/organisations/{thing.id}"), "", cell.badges, cell.id)


def places(frame: Frame, things: tuple[Thing, ...]) -> Cells:
    """Units as links to their places in the tree."""
    return tuple(place(frame, thing) for thing in things)


def _questions(frame: Frame, identifier: str) -> tuple[Link, ...]:
    return (
        Link(frame.say("tree.difference"), frame.link(f"/organisations/{identifier}/difference")),
        Link(frame.say("flows"), frame.link("/flows", organisation=identifier)),
        Link(frame.say("services"), frame.link("/services/table", organisation=identifier, units="subtree")),
        Link(frame.say("impact"), frame.link(f"/impact/organisation/{identifier}")),
        Link(frame.say("tree.explore"), frame.explore(identifier)),
        Link(frame.say("tree.record"), frame.link(f"/records/organisation/{identifier}")),
    )


def _facts(asked: Asked, frame: Frame, near: Ego) -> tuple[Fact, ...]:
    """What the record says of its place in the state, then what is above, before and after it."""
    schema = asked.graph.schema
    kind = schema.kinds["Organisation"]
    shown = reader.get(asked.graph.store, schema, near.start.id)
    record = shown.record
    said = {name: record.on(name, asked.at) for name in _FACTS}
    told = [
        Fact(kind.fields[name].label.of(frame.language), record_fields.cells_of(frame, kind.fields[name], value))
        for name, value in said.items()
        if value is not None
    ]
    institution = (Cell(frame.say("is_institution")),) if near.is_institution else places(frame, (near.institution,))
    facts = [Fact(frame.say("institution"), institution), *told, *life_lines(frame, kind, shown.life)]
    parents = tuple({tie.parent.id: tie.parent for tie in near.above}.values())
    for key, things in (
        ("above", parents),
        ("tree.predecessors", near.predecessors),
        ("tree.successors", near.successors),
    ):
        if things:
            facts.append(Fact(frame.say(key), places(frame, things)))
    if near.bases:
        facts.append(Fact(kind.edges["based_on"].label.of(frame.language), frame.things(near.bases)))
    return tuple(facts)


def _section(frame: Frame, answer: Tree, limit: int) -> Section:
    previous, following = pages_of(frame, answer.offset, len(answer.rows), answer.total, limit)
    names = {answer.start.id: answer.start, **{row.thing.id: row.thing for row in answer.rows}}
    rows = tuple(
        (
            number(frame, row.depth),
            (place(frame, row.thing),),
            (place(frame, names[row.parent]),) if row.parent in names else text_of(row.parent),
            number(frame, row.units),
            (Cell(frame.say("yes")),) if row.is_institution else (),
        )
        for row in answer.rows
    )
    columns = tuple(frame.say(key) for key in ("depth", "unit", "parent", "units_under", "is_institution"))
    levels = ", ".join(
        frame.say("tree.level", level=level, count=frame.number(count)) for level, count in answer.depths.items()
    )
    note = frame.say("tree.under_it", total=frame.number(answer.total), levels=levels) if answer.total else ""
    return Section(frame.say("tree.all_units"), columns, rows, frame.say("no_units"), note, previous, following)
