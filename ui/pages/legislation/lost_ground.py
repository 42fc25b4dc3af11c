"""The page of acts that lost their ground, as a list to be worked through."""

from dataclasses import replace

from kaysis_graph.answers.reply import Reply
from kaysis_graph.legislation.endings import Ending
from kaysis_graph.legislation.lost_ground import LostGround, LostGroundShare, Work
from kaysis_graph.legislation.question import Grouping, LostGroundQuestion, Sort
from ui.pages.answer_parts import another, day_kept, downloads, notices, pages_of, ways_of
from ui.pages.frame import Cell, Cells, Frame, Link, frame_of
from ui.pages.legislation.act_state import act_cell, act_cells, why_ended
from ui.pages.legislation.work_page import WorkGroup, WorkPage
from ui.pages.page_parts import Form, Input, Option, Section, rendered
from ui.pages.reader import Asked

_GROUPS = 30
_SORTS: tuple[Sort, ...] = ("title", "lost_on", "-lost_on", "lost")
_GROUPINGS: tuple[Grouping, ...] = ("issuer", "base", "type")


def lost_ground_page(asked: Asked, reply: Reply[LostGround, Work], question: LostGroundQuestion, limit: int) -> str:
    """The page of the acts that lost their ground, narrowed, grouped and sorted as asked."""
    told = reply.answer
    plain = frame_of(asked, "")
    crumbs = (Link(plain.say("legislation_short"), plain.link("/legislation")),)
    frame = frame_of(asked, plain.say("unfounded"), crumbs)
    ways = ways_of(frame, reply)
    previous, following = pages_of(frame, told.offset, len(told.rows), told.total, limit)
    columns = tuple(frame.say(key) for key in ("act", "acts.issuer", "acts.why", "count"))
    rows = tuple(_row(frame, row) for row in told.rows)
    lost = told.all if told.mode == "all" else told.any
    page = WorkPage(
        frame=frame,
        heading=frame.title,
        about=frame.say("unfounded_about"),
        lead=frame.say(f"unfounded_{told.mode}_lead", total=frame.number(told.total), at=frame.day(asked.at)),
        sound=told.based - lost,
        whole=told.based,
        progress=frame.say(
            f"acts.progress_{told.mode}", based=frame.number(told.based), sound=frame.number(told.based - lost),
            lost=frame.number(lost), share=frame.number(_percent(told.based - lost, told.based)),
        ),
        notices=notices(frame, told.cut),
        form=_form(frame, told, question),
        groupings=tuple(
            Link(frame.say(f"acts.group_{held}"), frame.here(group=held, offset=None), held == told.grouping)
            for held in _GROUPINGS
        ),
        groups=tuple(_group(frame, question, share) for share in told.groups[:_GROUPS]),
        more=frame.say("and_more", count=frame.number(len(told.groups) - _GROUPS))
        if len(told.groups) > _GROUPS
        else "",
        section=Section(frame.say("table"), columns, rows, frame.say("no_unfounded"), "", previous, following),
        downloads=downloads(frame, ways),
        another=another(frame, ways),
    )  # fmt: skip
    return rendered("act_work.html", page)


def _percent(part: int, whole: int) -> int:
    return round(100 * part / whole) if whole else 100


def _row(frame: Frame, row: Work) -> tuple[Cells, ...]:
    assert frame.schema is not None, "an act has one"
    kind = frame.schema.label_of_code("legislation_type", row.type, frame.language) if row.type else ""
    why = tuple(cell for ending in row.lost for cell in _why(frame, ending))
    return (
        (replace(act_cell(frame, row.act), kind=kind),),
        frame.things(row.issuers) or (Cell(frame.say("acts.no_issuer")),),
        why,
        (Cell(frame.say("lost_of", lost=frame.number(len(row.lost)), bases=frame.number(row.bases))),),
    )


def _why(frame: Frame, ending: Ending) -> Cells:
    """Which base ended when, and by what or with what it did."""
    cells = [act_cell(frame, ending.text), Cell(why_ended(frame, ending))]
    if ending.fell_with is not None:
        cells += [Cell(frame.say("acts.fell_with")), act_cell(frame, ending.fell_with)]
    if ending.by:
        cells += [Cell(frame.say("acts.repealed_by")), *act_cells(frame, ending.by)]
    return tuple(cells)


def _group(frame: Frame, question: LostGroundQuestion, share: LostGroundShare) -> WorkGroup:
    assert frame.schema is not None, "an act has one"
    if share.thing is not None:
        text = share.thing.full_name(frame.language)
    elif question.group == "type":
        text = frame.schema.label_of_code("legislation_type", share.key, frame.language)
    else:
        text = frame.say("acts.no_issuer")
    is_current = getattr(question, question.group) == share.key
    href = frame.here(**{question.group: None if is_current else share.key, "offset": None})
    return WorkGroup(Link(text, href, is_current), share.key if share.thing else "", share.count)


def _form(frame: Frame, told: LostGround, question: LostGroundQuestion) -> Form:
    assert frame.schema is not None, "an act has one"
    modes = tuple(Option(held, frame.say(f"mode_{held}")) for held in ("all", "any"))
    types = (
        Option("", frame.say("all")),
        *(
            Option(held, f"{frame.schema.label_of_code('legislation_type', held, frame.language)} ({count})")
            for held, count in told.types.items()
        ),
    )
    sorts = tuple(Option(held, frame.say(f"acts.sort_{held.replace('-', 'newest_')}")) for held in _SORTS)
    inputs = (
        Input("mode", frame.say("mode"), told.mode, "select", modes),
        Input("words", frame.say("acts.words_of_name"), question.words or ""),
        Input("type", frame.say("kind"), question.type or "", "select", types),
        Input("sort", frame.say("acts.sort"), question.sort, "select", sorts),
        Input("group", "", told.grouping, "hidden"),
        *(Input(name, "", value, "hidden") for name, value in _kept(question)),
        *day_kept(frame),
    )
    return Form("work", "/legislation/unfounded", inputs, frame.say("narrow"), frame.say("narrow"))


def _kept(question: LostGroundQuestion) -> list[tuple[str, str]]:
    return [(name, value) for name, value in (("issuer", question.issuer), ("base", question.base)) if value]
