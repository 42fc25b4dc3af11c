"""The page of what an act rests on, or what rests on it."""

from kaysis_graph.answers.reply import Reply
from kaysis_graph.legislation.dependency_tree import Dependencies, Dependency
from kaysis_graph.legislation.question import DependencyQuestion
from ui.pages.answer_parts import answer_page, counts, number, pages_of, said, ways_of
from ui.pages.frame import Cell, frame_of
from ui.pages.legislation.dependency_parts import TEXTS, crumbs_of, force_fact, question_form, turn_link
from ui.pages.page_parts import Fact, Section
from ui.pages.reader import Asked


def dependencies_page(
    asked: Asked, reply: Reply[Dependencies, Dependency], question: DependencyQuestion, offset: int, limit: int
) -> str:
    """The page of an answer; its first page has the picture."""
    # The picture first: it names the rows of the page, which are then not asked for again.
    diagram = None if offset else reply.diagram
    answer = reply.answer
    direction, relation = question.direction, question.relation
    frame = frame_of(asked, "")
    previous, following = pages_of(frame, offset, len(answer.rows), answer.total, limit)
    rows = tuple(
        (
            number(frame, row.depth),
            (frame.thing(row.thing),),
            (frame.thing(row.via),) if row.via.id != question.id else said(frame, "itself"),
        )
        for row in answer.rows
    )
    columns = (frame.say("depth"), frame.say("record"), frame.say("via"))
    section = Section(frame.say("table"), columns, rows, frame.say("no_dependencies"), "", previous, following)
    levels = tuple(f"{frame.say('depth')} {level}: {frame.number(count)}" for level, count in answer.depths.items())
    facts = [Fact(frame.say("total"), number(frame, answer.total))]
    if answer.total:
        facts.append(Fact(frame.say("by_kind"), counts(frame, answer.kinds)))
    if len(levels) > 1:
        facts.append(Fact(frame.say("by_depth"), tuple(Cell(level) for level in levels)))
    if answer.start.kind in TEXTS:
        facts.append(force_fact(asked, frame, question.id))
        facts.append(turn_link(frame, question.id, direction, relation))
    return answer_page(
        asked,
        answer,
        ways_of(frame, reply),
        heading=frame.say(f"dependencies_{relation}_{direction}", title=answer.start.name(asked.language)),
        about=frame.say("legislation_about"),
        lead=(frame.thing(answer.start),),
        form=question_form(frame, question.id, direction, relation, question.depth),
        sections=[section],
        facts=facts,
        diagram=diagram,
        crumbs=crumbs_of(frame),
    )
