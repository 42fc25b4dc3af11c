"""The page of who rests on an act: by kind and institution."""

from kaysis_graph.answers.institution_choice import NOBODY
from kaysis_graph.answers.reply import Reply
from kaysis_graph.legislation.dependants import Rest, Resting
from kaysis_graph.legislation.question import RestingQuestion
from kaysis_graph.records.reader import known_kind
from ui.pages.answer_parts import answer_page, day_kept, number, pages_of, said, ways_of
from ui.pages.frame import Frame, Link, frame_of
from ui.pages.legislation.act_state import act_cell
from ui.pages.page_parts import Form, Input, Option, Section
from ui.pages.reader import Asked


def resting_page(asked: Asked, reply: Reply[Resting, Rest], question: RestingQuestion, limit: int) -> str:
    """The page of an answer as it was narrowed."""
    answer = reply.answer
    frame = frame_of(asked, "")
    name = answer.start.name(asked.language)
    previous, following = pages_of(frame, answer.offset, len(answer.rows), answer.total, limit)
    rows = tuple(
        (
            (act_cell(frame, row.thing),),
            (frame.thing(row.institution),) if row.institution else said(frame, "nobody"),
            (act_cell(frame, row.via),) if row.via.id != question.id else said(frame, "itself"),
            number(frame, row.depth),
        )
        for row in answer.rows
    )
    columns = tuple(frame.say(key) for key in ("record", "institution", "via", "depth"))
    section = Section(frame.say("table"), columns, rows, frame.say("acts.nothing_down"), "", previous, following)
    return answer_page(
        asked,
        answer,
        ways_of(frame, reply),
        heading=frame.say("acts.resting_on", title=name),
        about=frame.say("acts.resting_about"),
        lead=said(frame, "acts.resting_lead", total=frame.number(answer.total), at=frame.day(asked.at)),
        form=_form(frame, answer, question),
        sections=[section],
        crumbs=(
            Link(frame.say("legislation_short"), frame.link("/legislation")),
            Link(name, frame.link(f"/legislation/{question.id}")),
        ),
    )


def _form(frame: Frame, answer: Resting, question: RestingQuestion) -> Form:
    """The form that narrows what rests on an act: by kind and by institution."""
    assert frame.schema is not None, "an act has one"
    slug = known_kind(frame.schema, question.kind).slug if question.kind else ""
    known = [(frame.schema.kinds[name], count) for name, count in answer.kinds.items()]
    kinds = (
        Option("", frame.say("all")),
        *(Option(held.slug, f"{held.plural.of(frame.language)} ({frame.number(count)})") for held, count in known),
    )
    institutions = (
        Option("", frame.say("all")),
        *(
            Option(
                share.institution.id if share.institution else NOBODY,
                f"{share.institution.full_name(frame.language) if share.institution else frame.say('nobody')}"
                f" ({frame.number(share.count)})",
            )
            for share in answer.institutions
        ),
    )
    inputs = (
        Input("kind", frame.say("kind"), slug, "select", kinds),
        Input("institution", frame.say("institution"), question.institution or "", "select", institutions),
        *day_kept(frame),
    )
    return Form("resting", question.page(frame.schema), inputs, frame.say("narrow"), frame.say("narrow"))
