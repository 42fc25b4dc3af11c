"""The page where legislation begins: search, types, and what came into force or ended lately."""

from kaysis_graph.facts import legal_force
from kaysis_graph.legislation import turning_days
from kaysis_graph.legislation.turning_days import ForceDays, Turn
from ui.pages.choice import kind_of
from ui.pages.frame import Cell, Frame, Link, frame_of
from ui.pages.legislation.act_state import act_cell
from ui.pages.legislation.dependency_parts import question_form
from ui.pages.legislation.work_page import EntryPage
from ui.pages.page_parts import Form, Input, Section, rendered
from ui.pages.reader import Asked

TEXTS = ("Legislation", "Provision")
_SLUGS = ("legislation", "provision")
# What people type, shown where the graph has the act.
_EXAMPLES = ("5490", "5490 m.11", "5018 m.9", "657 sayılı Kanun", "Nüfus Hizmetleri Kanunu")
_NEEDED = {"5490": "kanun-5490", "5490 m.11": "kanun-5490.m11", "5018 m.9": "kanun-5018.m9",
           "657 sayılı Kanun": "kanun-657", "Nüfus Hizmetleri Kanunu": "kanun-5490"}  # fmt: skip


def entry_page(asked: Asked) -> str:
    """The page where legislation begins, as of the day."""
    told = turning_days.of(asked.graph, asked.at)
    view = asked.graph.on(asked.at)
    frame = frame_of(asked, frame_of(asked, "").say("legislation_short"))
    waiting = len(legal_force.unfounded_in_any(view).acts)
    page = EntryPage(
        frame=frame,
        heading=frame.say("legislation_short"),
        about=frame.say("acts.entry_about"),
        form=entry_form(frame, ""),
        examples=tuple(
            Link(said, frame.link("/legislation", record=said))
            for said in _EXAMPLES
            if kind_of(asked, _NEEDED[said]) is not None
        ),
        work=Link(frame.say("unfounded"), frame.link("/legislation/unfounded", mode="any")),
        work_lead=frame.say(
            "acts.work_waits" if waiting else "acts.work_done", count=frame.number(waiting), at=frame.day(asked.at)
        ),
        is_waiting=waiting > 0,
        types=_types(asked, frame, told),
        sections=(
            _section(frame, "before", told.before),
            *((_section(frame, "after", told.after),) if told.after else ()),
        ),
        walk=question_form(frame, "", "down", "based_on", None),
    )
    return rendered("acts.html", page)


def entry_form(frame: Frame, record: str) -> Form:
    """The form that takes an act by its number or name."""
    at = (Input("at", "", frame.at.isoformat(), "hidden"),) if frame.is_dated else ()
    hint = frame.say("acts.entry_written")
    label = frame.say("acts.entry_label")
    inputs = (Input("record", label, record, hint=hint, is_required=True, suggests=_SLUGS), *at)
    return Form("act", "/legislation", inputs, frame.say("show"), frame.say("legislation_short"))


def _types(asked: Asked, frame: Frame, told: ForceDays) -> tuple[tuple[Link, int], ...]:
    label = asked.graph.schema.label_of_code
    return tuple(
        (
            Link(
                label("legislation_type", name, asked.language),
                frame.link("/records/legislation", legislation_type=name),
            ),
            count,
        )
        for name, count in told.types.items()
    )


def _section(frame: Frame, side: str, turns: tuple[Turn, ...]) -> Section:
    columns = tuple(frame.say(key) for key in ("acts.column_on", "act", "acts.column_what", "acts.column_by"))
    rows = tuple(
        (
            (Cell(frame.day(turn.on)),),
            (act_cell(frame, turn.act),),
            (Cell(frame.say(f"acts.what_{turn.what}" if side == "before" else f"acts.will_{turn.what}")),),
            (act_cell(frame, turn.by),) if turn.by else (Cell("–"),),
        )
        for turn in turns
    )
    return Section(
        frame.say(f"acts.turned_{side}", at=frame.day(frame.at)), columns, rows, frame.say("acts.no_turns"), id=side
    )
