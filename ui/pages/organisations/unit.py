"""The pages of the structure: the tree from its roots, and with a unit opened in it."""

from dataclasses import replace

from kaysis_graph.answers.answer import list_cut
from kaysis_graph.answers.known_things import KnownThings
from kaysis_graph.answers.reply import Reply
from kaysis_graph.organisations import branches
from kaysis_graph.organisations.branches import Branches
from kaysis_graph.organisations.question import ChartQuestion, UnitTreeQuestion
from kaysis_graph.organisations.reply import chart_reply, tree_reply
from kaysis_graph.render.formats import PICTURES
from ui.pages.answer_parts import another, downloads, notices, ways_of
from ui.pages.choice import Chooser
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
from ui.pages.reader import Asked


def unit_chooser(asked: Asked, words: str) -> Chooser:
    """What is asked where the name of an organisation fits several."""
    frame = frame_of(asked, "")
    return Chooser(frame.say("organisations"), frame.say("tree.about"), search_form(frame, words))


def roots_page(asked: Asked, reply: Reply[Branches, None], *, is_ever: bool) -> str:
    """The tree from its roots."""
    answer = reply.answer
    frame = frame_of(asked, frame_of(asked, "").say("organisations"))
    ways = ways_of(frame, reply)
    page = OrganisationPage(
        frame=frame,
        heading=frame.title,
        lead=(Cell(frame.say("tree.roots_lead", total=frame.number(answer.total))),),
        about=frame.say("tree.about"),
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
            switch=day_switch(frame, is_ever=is_ever),
            is_ever=is_ever,
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
    return rendered("organisation.html", page)


def unit_page(  # noqa: PLR0913  # what the address says
    asked: Asked, question: UnitTreeQuestion, under: str | None, offset: int, limit: int, *, is_ever: bool
) -> str:
    """A unit in its tree, come to by the parent `under`, beside what is around it."""
    graph, at, language, id = asked.graph, asked.at, asked.language, question.id  # noqa: A001  # as questions call it
    known = KnownThings(graph.on(at))
    chart = chart_reply(graph, ChartQuestion(id=id), at, language, known)
    near = chart.answer
    reply = tree_reply(graph, question, at, language, offset, limit, known)
    answer = reply.answer
    units = branches.children(graph, id, at, ever=True, limit=LEAVES) if is_ever else None
    way = branches.way_to(graph, id, at, under=under, known=known)
    frame = frame_of(asked, near.start.name(language), crumbs_of(frame_of(asked, ""), way))
    picture = chart.diagram
    # The picture of the page is that of the surroundings; all units under it are a list.
    ways = replace(ways_of(frame, reply), formats=("csv", "xlsx", "json"))
    page = OrganisationPage(
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
        picture_files=downloads(frame, replace(ways_of(frame, chart), formats=PICTURES)) if picture.arrows else (),
        section=section_of(frame, answer, limit),
        downloads=downloads(frame, ways),
        another=another(frame, ways),
    )
    return rendered("organisation.html", page)
