"""The page that lays two days of an organisation side by side."""

from dataclasses import replace
from datetime import date, timedelta

from kaysis_graph import organisations
from kaysis_graph.answers.answer import list_cut
from kaysis_graph.answers.reply import Reply
from kaysis_graph.errors import Invalid
from kaysis_graph.organisations.change_days import ChangeDay, ChangeDays
from kaysis_graph.organisations.difference import Altered, Difference
from kaysis_graph.organisations.question import ChangeDaysQuestion, DifferenceQuestion
from kaysis_graph.organisations.reply import change_days_reply, difference_reply
from ui.pages.answer_parts import another, downloads, notices, pages_of, ways_of
from ui.pages.frame import Frame, Link, frame_of
from ui.pages.organisations.tree_page import DifferencePage, Quick, UnitChange
from ui.pages.organisations.unit_parts import place_of, places
from ui.pages.page_parts import Form, Input, rendered
from ui.pages.picture import dated, inline
from ui.pages.reader import Asked

# The latest; the file has all of them.
_DAYS = 24
_SIGNS = {"added": "+", "ended": "−", "moved": "⇄", "returned": "↺", "renamed": "✎"}


def difference_page(asked: Asked, question: DifferenceQuestion, offset: int, limit: int) -> str:
    """The page of what differs between two days of an organisation; without a first day it is the form."""
    graph = asked.graph
    days = change_days_reply(graph, ChangeDaysQuestion(id=question.id), asked.at, asked.language).answer
    reply, problem = None, ""
    if question.from_ is not None:
        try:
            reply = difference_reply(graph, question, asked.at, asked.language, offset, limit)
        except Invalid as error:
            problem = " ".join(f"{held.text(asked.language)} {held.hint(asked.language)}" for held in error.problems)
    return rendered("organisation_difference.html", _page(asked, days, reply, question, problem, limit))


def _page(  # noqa: PLR0913  # a page part by part
    asked: Asked,
    days: ChangeDays,
    reply: Reply[Difference, Altered] | None,
    question: DifferenceQuestion,
    problem: str,
    limit: int,
) -> DifferencePage:
    answer = reply.answer if reply else None
    start, language = days.start, asked.language
    plain = frame_of(asked, "")
    title = start.name(language)
    heading = plain.say("tree.difference_heading", title=title)
    if answer is not None:
        heading = plain.say(
            "tree.difference_of", title=title, since=plain.day(answer.since), until=plain.day(answer.at)
        )
    crumbs = (
        Link(plain.say("organisations"), plain.link("/organisations")),
        Link(title, plain.link(f"/organisations/{start.id}")),
    )
    frame = frame_of(asked, heading, crumbs, has_day=False)
    picture = reply.diagram if reply else None
    # The question names both its days: without them there is no other.
    ways = replace(ways_of(frame, reply), is_of_today=False) if reply else None
    previous = following = None
    if answer is not None:
        previous, following = pages_of(frame, answer.offset, len(answer.rows), answer.total, limit)
    is_drawn = picture is not None and len(picture.nodes) > 1
    return DifferencePage(
        frame=frame,
        heading=heading,
        lead=place_of(frame, start),
        about=frame.say("tree.difference_about"),
        form=_form(frame, start.id, (question.from_, question.to or asked.at)),
        problem=problem,
        summary="" if answer is None else _summary(frame, answer),
        marks=() if answer is None else _marks(frame, answer),
        notices=_notices(frame, answer),
        changes=() if answer is None else tuple(_change(frame, row) for row in answer.rows),
        previous=previous,
        following=following,
        picture=inline(dated(picture, asked)) if picture is not None and is_drawn else None,
        picture_note="" if answer is None or is_drawn else frame.say("tree.no_difference"),
        days=tuple(_quick(frame, start.id, day) for day in days.rows[:_DAYS]),
        days_note=_days_note(frame, days),
        downloads=downloads(frame, ways) if ways else (),
        another=another(frame, ways) if ways else None,
    )


def _form(frame: Frame, identifier: str, chosen: tuple[date | None, date]) -> Form:
    since, until = chosen
    inputs = (
        Input("from", frame.say("tree.from"), since.isoformat() if since else "", "date", is_required=True),
        Input("to", frame.say("tree.to"), until.isoformat(), "date", is_required=True),
    )
    return Form("difference", f"/organisations/{identifier}/difference", inputs, frame.say("tree.compare"))


def _summary(frame: Frame, answer: Difference) -> str:
    if not answer.total:
        return frame.say("tree.no_difference")
    counts = {"before": frame.number(answer.units_before), "after": frame.number(answer.units_after)}
    return frame.say("tree.summary", total=frame.number(answer.total), **counts)


def _marks(frame: Frame, answer: Difference) -> tuple[tuple[str, str, str], ...]:
    """Each mark that was given: its name, its words, how often."""
    return tuple((mark, _said(frame, mark), frame.number(count)) for mark, count in answer.marks.items())


def _said(frame: Frame, mark: str) -> str:
    return f"{_SIGNS[mark]} {frame.say(f'tree.mark_{mark}')}"


def _said_of(frame: Frame, mark: str, row: Altered) -> str:
    """The mark in words, of what came again with the days it was away."""
    said = _said(frame, mark)
    if mark != "returned":
        return said
    return f"{said}: {', '.join(organisations.pictures.absences(row, frame.language))}"


def _notices(frame: Frame, answer: Difference | None) -> tuple[str, ...]:
    return () if answer is None else notices(frame, list_cut(answer.cut))


def _change(frame: Frame, row: Altered) -> UnitChange:
    return UnitChange(
        day="–" if row.day is None else frame.day(row.day),
        marks=tuple((mark, _said_of(frame, mark, row)) for mark in row.marks),
        unit=place_of(frame, row.thing),
        title_before=row.title_before or "",
        before=places(frame, row.parents_before),
        after=places(frame, row.parents_after),
        successors=places(frame, row.successors),
        bases=frame.things(row.bases),
        source=row.source or "",
    )


def _quick(frame: Frame, identifier: str, told: ChangeDay) -> Quick:
    """The way to what changed on one day: from the day before it."""
    before = told.day - timedelta(days=1)
    href = frame.link(f"/organisations/{identifier}/difference", **{"from": before, "to": told.day})
    return Quick(Link(frame.day(told.day), href), frame.number(told.began), frame.number(told.ended))


def _days_note(frame: Frame, days: ChangeDays) -> str:
    if len(days.rows) <= _DAYS:
        return ""
    return frame.say("tree.days_shown", total=frame.number(len(days.rows)), shown=frame.number(_DAYS))
