"""`kaysis legislation`: what an act rests on and what rests on it, its parts, and acts that lost their ground."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from rich.text import Text

from kaysis_graph.answers.answer import Thing
from kaysis_graph.answers.institution_choice import NOBODY
from kaysis_graph.answers.question import Question, option_name
from kaysis_graph.answers.reply import Reply
from kaysis_graph.cli import display, layout
from kaysis_graph.cli.exit_codes import Misasked, Misuse
from kaysis_graph.cli.open_graph import meant, opened_graph
from kaysis_graph.cli.options import ActPart, OutputOptions, fitting_options
from kaysis_graph.cli.output import day_of, limit_of, write_reply
from kaysis_graph.cli.terminal import Terminal
from kaysis_graph.errors import Problem
from kaysis_graph.graph.graph import Graph
from kaysis_graph.legislation import dependency_tree, repeal_chains, turning_days
from kaysis_graph.legislation.act_summary import Act
from kaysis_graph.legislation.dependants import Resting
from kaysis_graph.legislation.dependency_tree import Dependencies, Force, Unfounded
from kaysis_graph.legislation.lost_ground import LostGround
from kaysis_graph.legislation.question import (
    ActQuestion,
    DependencyQuestion,
    ForceDaysQuestion,
    ForceQuestion,
    LostGroundQuestion,
    Mode,
    RepealQuestion,
    RestingQuestion,
    TextQuestion,
    TimelineQuestion,
    UnfoundedQuestion,
)
from kaysis_graph.legislation.reply import (
    act_reply,
    dependency_reply,
    force_days_reply,
    force_reply,
    lost_ground_reply,
    repeal_reply,
    resting_reply,
    text_reply,
    timeline_reply,
    unfounded_reply,
)

# What is asked for by the option that tells it; without one it is what an act rests on or what rests on it.
_QUESTIONS: Mapping[str, type[Question]] = {
    "": DependencyQuestion,
    "--unfounded": LostGroundQuestion,
    "--part overview": ActQuestion,
    "--part force": ForceQuestion,
    "--part resting": RestingQuestion,
    "--part text": TextQuestion,
    "--part timeline": TimelineQuestion,
    "--part repealed": RepealQuestion,
    "--part repealed_by": RepealQuestion,
    "--part days": ForceDaysQuestion,
}
_TEXTS = ("Legislation", "Provision")
# The fields that hold a record, and of which kinds it may be.
_RECORDS = {"id": _TEXTS, "base": _TEXTS, "issuer": ("Organisation",), "institution": ("Organisation",)}


@dataclass(frozen=True)
class LegislationRequest:
    """What was asked about legislation, as it was written; None is what was not said.

    `options` are those that are called like a field of the question they belong to.
    """

    act: str | None = None
    part: ActPart | None = None
    unfounded: Mode | None = None
    options: Mapping[str, Any] = field(default_factory=dict)

    @property
    def subject(self) -> str:
        """The option that tells what is asked for; empty where it is what an act rests on or what rests on it."""
        if self.unfounded is not None:
            return "--unfounded"
        return "" if self.part is None else f"--part {self.part}"

    @property
    def said(self) -> dict[str, Any]:
        """The options that were given."""
        return {name: value for name, value in self.options.items() if value is not None}

    def problems(self) -> list[Problem]:
        """The options that say nothing beside the others."""
        unfit = ["--part"] if self.unfounded and self.part else []
        # In the order of the questions, not of the command.
        names = dict.fromkeys(name for question in _QUESTIONS.values() for name in question.model_fields)
        fitting = _QUESTIONS[self.subject].model_fields
        unfit += [option_name(name) for name in names if name in self.said and name not in fitting]
        return [
            Problem("cli.unfit_option", {"parameter": option}, {"option": option, "subject": self.subject})
            if self.subject
            else Problem("cli.option_of_others", {"parameter": option}, _owners(option))
            for option in unfit
        ]

    def question(self) -> Question:
        """The question; Misasked for options that say nothing beside the others, Misuse for one act too many or few."""
        if problems := self.problems():
            raise Misasked(problems)
        asked = _QUESTIONS[self.subject]
        if (self.act is None) == ("id" in asked.model_fields):
            raise Misuse("cli.act_or_unfounded")
        # Neither narrowed nor counted nor put in another order, they are no work list.
        if self.unfounded and not self.said:
            return UnfoundedQuestion(mode=self.unfounded)
        values = {"id": self.act, "mode": self.unfounded, "chain": self.part, **self.said}
        known = {name: value for name, value in values.items() if value is not None and name in asked.model_fields}
        with fitting_options():
            return asked(**known)


def _owners(option: str) -> dict[str, object]:
    owners = [
        subject
        for subject, question in _QUESTIONS.items()
        if option in {option_name(name) for name in question.model_fields}
    ]
    return {"option": option, "subjects": ", ".join(owners)}


@dataclass(frozen=True)
class _Shown:
    """A reply with how people are shown it."""

    reply: Reply[Any, Any]
    show: Callable[[], None]
    takes_limit: bool = False


def write_legislation(terminal: Terminal, request: LegislationRequest, asked: OutputOptions) -> None:
    """What is asked about an act, or about all; Misasked for options that say nothing beside the others."""
    question = request.question()
    at = day_of(asked)
    with opened_graph(terminal) as graph:
        shown = _shown(terminal, graph, _named(terminal, graph, question), at, asked)
        write_reply(terminal, asked, shown.reply, shown.show, takes_limit=shown.takes_limit)


def _named(terminal: Terminal, graph: Graph, question: Question) -> Question:
    """The question with the identifiers of the records that people named."""
    found: dict[str, str] = {}
    for name, kinds in _RECORDS.items():
        value = getattr(question, name, None)
        if value not in (None, NOBODY):
            is_any = isinstance(question, DependencyQuestion) and question.direction == "up"
            found[name] = meant(terminal, graph, str(value), *(() if is_any else kinds))
    return question.model_copy(update=found)


def _shown(terminal: Terminal, graph: Graph, question: Question, at: date, asked: OutputOptions) -> _Shown:
    language = terminal.language
    page = (at, language, asked.offset, limit_of(asked))
    match question:
        case DependencyQuestion():
            walked = dependency_reply(graph, question, *page)
            shown = _Shown(walked, lambda: _show_dependencies(terminal, graph, walked.answer))
        case UnfoundedQuestion():
            unfounded = unfounded_reply(graph, question, *page)
            shown = _Shown(unfounded, lambda: _show_unfounded(terminal, unfounded.answer))
        case ActQuestion():
            act = act_reply(graph, question, at)
            shown = _Shown(act, lambda: _show_overview(terminal, act.answer))
        case ForceQuestion():
            force = force_reply(graph, question, at)
            shown = _Shown(force, lambda: _show_how_it_stands(terminal, force.answer))
        case LostGroundQuestion():
            columns = ("id", "lost_count", "base", "ended_on", "title")
            shown = _sheet(terminal, lost_ground_reply(graph, question, *page), *columns)
        case RestingQuestion():
            columns = ("depth", "kind", "id", "institution_title", "title")
            shown = _sheet(terminal, resting_reply(graph, question, *page), *columns)
        case TextQuestion():
            shown = _sheet(terminal, text_reply(graph, question, *page), "id", "place", "changed_on", "last_text")
        case TimelineQuestion():
            life = timeline_reply(graph, question, *page, at if asked.at else None)
            shown = _sheet(terminal, life, "on", "what", "by", "by_title")
        case RepealQuestion():
            chain = repeal_reply(graph, question, at, language, asked.limit or repeal_chains.STEPS)
            shown = replace(_sheet(terminal, chain, "depth", "on", "id", "title"), takes_limit=True)
        case _:
            days = force_days_reply(graph, at, language, asked.limit or turning_days.ROWS)
            shown = replace(_sheet(terminal, days, "on", "what", "id", "title"), takes_limit=True)
    return shown


def _sheet(terminal: Terminal, reply: Reply[Any, Any], *columns: str) -> _Shown:
    """A reply whose table is shown, in the columns that fit a screen, with its counts above."""

    def show() -> None:
        display.sheet(terminal, reply.table(reply.page_listing), columns, _counted(terminal, reply.answer))

    return _Shown(reply, show)


def _counted(terminal: Terminal, answer: object) -> str:
    match answer:
        case LostGround():
            groups = (
                (share.thing.full_name(terminal.language) if share.thing else share.key, share.count)
                for share in answer.groups
            )
            return display.counts(terminal, groups)
        case Resting():
            kinds = ((display.plural(terminal, name), count) for name, count in answer.kinds.items())
            return display.counts(terminal, kinds)
        case _:
            return ""


def _show_how_it_stands(terminal: Terminal, answer: Force) -> None:
    display.heading(terminal, display.named(terminal, answer.thing))
    _show_force(terminal, answer)


def _show_dependencies(terminal: Terminal, graph: Graph, answer: Dependencies) -> None:
    display.heading(terminal, display.named(terminal, answer.start))
    if answer.start.kind in ("Legislation", "Provision"):
        _show_force(terminal, dependency_tree.in_force(graph, answer.start.id, answer.at))
    kinds = display.counts(terminal, ((display.plural(terminal, name), count) for name, count in answer.kinds.items()))
    question = terminal.say(f"cli.asked_{answer.relation}_{answer.direction}")
    terminal.print(f"{question}: {terminal.number(answer.total)}" + (f" ({kinds})" if kinds else ""))
    terminal.print()
    lines = [
        (
            str(row.depth),
            display.kind(terminal, row.thing.kind),
            Text(row.thing.id, "cyan"),
            Text(row.via.id, "dim"),
            display.called(terminal, row.thing),
        )
        for row in answer.rows
    ]
    display.rows(terminal, ("depth", "kind", "id", "via", "title"), lines, right=(0,))


def _show_force(terminal: Terminal, force: Force) -> None:
    if force.is_in_force:
        terminal.print(terminal.say("cli.in_force"), "green")
    else:
        terminal.print(terminal.say("cli.not_in_force"), "yellow")
    if force.is_told_over:
        terminal.print(terminal.say("cli.told_over"))
    for thing in force.repealed_by:
        terminal.print(Text.assemble(terminal.say("cli.repealed_by"), " ", display.named(terminal, thing)))
    for thing in force.rests_on_ended:
        terminal.print(Text.assemble(terminal.say("cli.rests_on_ended"), " ", display.named(terminal, thing)))


def _show_unfounded(terminal: Terminal, answer: Unfounded) -> None:
    display.heading(terminal, terminal.say(f"cli.unfounded_{answer.mode}", count=terminal.number(answer.total)))
    terminal.print()
    for row in answer.rows:
        terminal.print(display.named(terminal, row.act))
        for base in row.lost:
            terminal.print(Text.assemble("    ↳ ", display.named(terminal, base)))


def _show_overview(terminal: Terminal, answer: Act) -> None:
    """The act at a glance: how it stands, and the first of what is on either side of it."""
    display.heading(terminal, display.named(terminal, answer.thing))
    _few(terminal, "cli.asked_based_on_up", (row.thing for row in answer.up), answer.up_total)
    _few(terminal, "cli.asked_based_on_down", (row.thing for row in answer.down), answer.down_total)
    _few(terminal, "cli.asked_repeals_up", (step.act for step in answer.repealed), len(answer.repealed))
    _few(terminal, "cli.asked_repeals_down", (step.act for step in answer.repealed_by), len(answer.repealed_by))
    counts = ((display.plural(terminal, held.kind), held.total) for held in answer.resting)
    if said := display.counts(terminal, counts):
        terminal.print()
        terminal.print(said)


def _few(terminal: Terminal, key: str, things: Iterable[Thing], total: int) -> None:
    if not total:
        return
    terminal.print()
    terminal.print(f"{terminal.say(key)}: {terminal.number(total)}", "bold")
    for thing in things:
        layout.indented(terminal, display.named(terminal, thing), 2)
