"""The page of a what-if: the assumption as a form, figures before and after, lists with reasons."""

from dataclasses import replace

from kaysis_graph.answers.answer import Thing
from kaysis_graph.answers.reply import Reply
from kaysis_graph.impact.what_if_answer import FlowLoss, Loss, TableLoss, WhatIf
from kaysis_graph.impact.what_if_question import WhatIfQuestion
from kaysis_graph.impact.what_if_words import about_assumed, about_loss, about_rule
from ui.pages.answer_parts import answer_page, day_kept, field_input, ways_of
from ui.pages.frame import Cell, Cells, Frame, Link, frame_of
from ui.pages.page_parts import Fact, Form, Section
from ui.pages.reader import Asked

_NAMED = 5


def what_if_page(asked: Asked, reply: Reply[WhatIf, object], question: WhatIfQuestion) -> str:
    """The page of an answer."""
    answer = reply.answer
    frame = frame_of(asked, "")
    heading = frame.say("what_if.heading")
    frame = frame_of(asked, heading)
    return answer_page(
        asked,
        answer,
        ways_of(frame, reply),
        heading=heading,
        about=frame.say("what_if.about"),
        lead=tuple(
            Cell(about_assumed(each, frame.language), frame.thing(each.thing).href, shape=frame.thing(each.thing).shape)
            for each in answer.assumed
        )
        + tuple(Cell(said) for said in about_rule(answer, frame.language)),
        form=assumption_form(frame, question),
        facts=_figures(frame, answer),
        sections=_sections(frame, answer),
        diagram=reply.diagram,
        crumbs=(Link(frame.say("impact"), frame.link("/impact")),),
    )


def assumption_form(frame: Frame, question: WhatIfQuestion) -> Form:
    """The form that asks what would be: one or several records, and how far what follows is followed."""
    records, chain = (field_input(frame, question, "what_if", name) for name in ("record", "chain"))
    inputs = (replace(records, is_required=True), chain, *day_kept(frame))
    return Form("what-if", "/impact/what-if", inputs, frame.say("show"), frame.say("what_if.heading"))


def _figures(frame: Frame, answer: WhatIf) -> tuple[Fact, ...]:
    def words(before: int, after: int) -> str:
        change = after - before
        sign = "+" if change > 0 else "−"
        moved = f" ({sign}{frame.number(abs(change))})" if change else ""
        return f"{frame.number(before)} → {frame.number(after)}{moved}"

    return tuple(
        Fact(frame.say(f"what_if.figure_{figure.name}"), (Cell(words(figure.before, figure.after)),))
        for figure in answer.figures
    )


def _sections(frame: Frame, answer: WhatIf) -> tuple[Section, ...]:
    made = [
        _losses(frame, answer, "acts", answer.acts),
        _losses(frame, answer, "services", answer.services),
        _losses(frame, answer, "others", answer.others),
        _section(
            frame,
            answer,
            "documents",
            ("document", "what_if.made_by", "what_if.required_by"),
            tuple(
                ((frame.thing(row.document),), _some(frame, row.made_by), _some(frame, row.required_by))
                for row in answer.documents
            ),
        ),
        _section(
            frame,
            answer,
            "flows",
            ("what_if.from", "what_if.to", "what_if.before", "what_if.after", "what_if.gone"),
            tuple(_flow(frame, row) for row in answer.flows),
        ),
        _section(
            frame,
            answer,
            "tables",
            ("what_if.unit", "what_if.before", "what_if.after", "what_if.struck", "what_if.in_vain"),
            tuple(_table(frame, row) for row in answer.tables),
        ),
    ]
    return tuple(section for section in made if section.rows) or (made[0],)


def _losses(frame: Frame, answer: WhatIf, name: str, losses: tuple[Loss, ...]) -> Section:
    rows = tuple(
        (
            (frame.thing(loss.thing),),
            (Cell(about_loss(loss, frame.language)),),
            frame.things(loss.lost[:_NAMED]),
            (frame.thing(loss.institution),) if loss.institution else (Cell("–"),),
        )
        for loss in losses
    )
    return _section(frame, answer, name, ("record", "what_if.effect", "what_if.lost", "institution"), rows)


def _flow(frame: Frame, row: FlowLoss) -> tuple[Cells, ...]:
    ends = ((frame.thing(row.sender),), (frame.thing(row.receiver),))
    return (*ends, *_counts(frame, row.before, row.after), _some(frame, row.documents))


def _table(frame: Frame, row: TableLoss) -> tuple[Cells, ...]:
    unit = frame.thing(row.unit)
    return ((unit,), *_counts(frame, row.before, row.after), _some(frame, row.struck), _some(frame, row.in_vain))


def _counts(frame: Frame, before: int, after: int) -> tuple[Cells, Cells]:
    one, other = (Cell(frame.number(count), is_number=True) for count in (before, after))
    return (one,), (other,)


def _some(frame: Frame, things: tuple[Thing, ...]) -> Cells:
    shown = frame.things(things[:_NAMED])
    rest = len(things) - len(shown)
    more = (Cell(frame.say("and_more", count=frame.number(rest))),) if rest else ()
    return (*shown, *more) or (Cell("–"),)


def _section(
    frame: Frame, answer: WhatIf, name: str, columns: tuple[str, ...], rows: tuple[tuple[Cells, ...], ...]
) -> Section:
    total = answer.totals[name]  # type: ignore[index]  # one of the sections
    heading = f"{frame.say(f'what_if.{name}')} ({frame.number(total)})"
    note = frame.say(f"what_if.{name}_about")
    if total > len(rows):
        note = f"{note} {frame.say('flows.first_of', shown=frame.number(len(rows)))}"
    empty = frame.say("what_if.empty")
    return Section(heading, tuple(frame.say(column) for column in columns), rows, empty, note, id=name)
