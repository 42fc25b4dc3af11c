"""What `kaysis legislation` tells of an act beside what it rests on, and of acts that lost their ground."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from kaysis_graph.answers.answer import Answer, Thing
from kaysis_graph.cli import display, layout
from kaysis_graph.cli.answers import legislation
from kaysis_graph.cli.exit_codes import Misasked, Misuse
from kaysis_graph.cli.open_graph import meant, opened_graph
from kaysis_graph.cli.options import ActPart, ActRelation, OutputOptions
from kaysis_graph.cli.output import Forms, day_of, limit_of, write
from kaysis_graph.cli.terminal import Terminal
from kaysis_graph.errors import Problem
from kaysis_graph.graph.graph import Graph
from kaysis_graph.legislation import (
    act_summary,
    dependants,
    dependency_tree,
    lost_ground,
    provision_texts,
    repeal_chains,
    tables,
    timeline,
    timeline_picture,
    turning_days,
)
from kaysis_graph.legislation.act_summary import Act
from kaysis_graph.legislation.dependency_tree import Direction
from kaysis_graph.legislation.lost_ground import Grouping, Mode, Narrowing, Sort
from kaysis_graph.records import reader
from kaysis_graph.render import timeline as timeline_drawing
from kaysis_graph.render.table import Table

# Which options belong to what is asked for; all others say nothing there, and are refused.
_FITTING = {
    "": ("direction", "relation", "depth"),
    "--unfounded": ("type", "issuer", "base", "words", "group", "sort"),
    "--part resting": ("kind", "institution"),
    "--part text": ("words",),
}
_WITHOUT_ACT = ("--unfounded", "--part days")


@dataclass(frozen=True)
class LegislationRequest:
    """What was asked about legislation, as it was written; None is what was not said."""

    act: str | None = None
    part: ActPart | None = None
    unfounded: Mode | None = None
    direction: Direction | None = None
    relation: ActRelation | None = None
    depth: int | None = None
    kind: str | None = None
    institution: str | None = None
    words: str | None = None
    type: str | None = None
    issuer: str | None = None
    base: str | None = None
    group: Grouping | None = None
    sort: Sort | None = None

    @property
    def subject(self) -> str:
        """The option that tells what is asked for; empty where it is what an act rests on or what rests on it."""
        if self.unfounded is not None:
            return "--unfounded"
        return "" if self.part is None else f"--part {self.part}"

    def problems(self) -> list[Problem]:
        """The options that say nothing beside the others."""
        names = ("part", *dict.fromkeys(name for fitting in _FITTING.values() for name in fitting))
        fitting = {*_FITTING.get(self.subject, ()), *(() if self.unfounded else ("part",))}
        return [
            Problem("cli.unfit_option", {"parameter": f"--{name}"}, {"option": f"--{name}", "subject": self.subject})
            if self.subject
            else Problem("cli.option_of_others", {"parameter": f"--{name}"}, _owners(name))
            for name in names
            if getattr(self, name) is not None and name not in fitting
        ]

    @property
    def is_work_list(self) -> bool:
        """Whether the acts that lost their ground are narrowed, counted or put in another order."""
        return any(getattr(self, name) is not None for name in _FITTING["--unfounded"])


def legislation_of(terminal: Terminal, said: LegislationRequest, asked: OutputOptions) -> None:
    """What is asked about an act, or about all; Misasked for options that say nothing beside the others."""
    if problems := said.problems():
        raise Misasked(problems)
    if (said.act is None) != (said.subject in _WITHOUT_ACT):
        raise Misuse("cli.act_or_unfounded")
    match said.part:
        case None if said.unfounded is not None:
            _lost_ground(terminal, said, said.unfounded, asked)
        case None:
            legislation.write_dependencies(
                terminal, said.act, said.direction or "down", said.relation or "based_on", said.depth, asked
            )
        case part:
            _PARTS[part](terminal, said, asked)


def _owners(name: str) -> dict[str, object]:
    owners = [subject for subject, fitting in _FITTING.items() if name in fitting]
    return {"option": f"--{name}", "subjects": ", ".join(owners)}


def _lost_ground(terminal: Terminal, said: LegislationRequest, mode: Mode, asked: OutputOptions) -> None:
    if not said.is_work_list:
        legislation.write_unfounded(terminal, None, mode, asked)
        return
    at = day_of(asked)
    with opened_graph(terminal) as graph:
        issuer, base = said.issuer, said.base
        if issuer not in (None, lost_ground.NOBODY):
            issuer = meant(terminal, graph, str(issuer), "Organisation")
        if base is not None:
            base = meant(terminal, graph, base, "Legislation", "Provision")
        answer = lost_ground.of(
            graph,
            at,
            mode=mode,
            narrowing=Narrowing(said.type, issuer, base, said.words or ""),
            grouping=said.group or "issuer",
            sort=said.sort or "title",
            offset=asked.offset,
            limit=limit_of(asked),
        )
        groups = ((share.thing.full_name(terminal.language) if share.thing else share.key, share.count)
                  for share in answer.groups)  # fmt: skip
        heading = display.counts(terminal, groups)
        columns = ("id", "lost_count", "base", "ended_on", "title")
        sheet = _Sheet(answer, lambda: tables.lost_ground(answer, answer.rows, terminal.language), columns, heading)
        _write(terminal, asked, sheet)


def _resting(terminal: Terminal, said: LegislationRequest, asked: OutputOptions) -> None:
    at = day_of(asked)
    with opened_graph(terminal) as graph:
        kind = reader.known_kind(graph.schema, said.kind).name if said.kind else None
        institution = said.institution
        if institution not in (None, dependants.NOBODY):
            institution = meant(terminal, graph, str(institution), "Organisation")
        answer = dependants.of(
            graph,
            _act(terminal, graph, said),
            at,
            kind=kind,
            institution=institution,
            offset=asked.offset,
            limit=limit_of(asked),
        )
        kinds = ((display.plural(terminal, name), count) for name, count in answer.kinds.items())
        columns = ("depth", "kind", "id", "institution_title", "title")
        heading = display.counts(terminal, kinds)
        sheet = _Sheet(answer, lambda: tables.resting(answer, answer.rows, terminal.language), columns, heading)
        _write(terminal, asked, sheet)


def _text(terminal: Terminal, said: LegislationRequest, asked: OutputOptions) -> None:
    at = day_of(asked)
    with opened_graph(terminal) as graph:
        answer = provision_texts.of(
            graph,
            _act(terminal, graph, said),
            at,
            words=said.words or "",
            offset=asked.offset,
            limit=limit_of(asked),
        )
        columns = ("id", "place", "changed_on", "last_text")
        sheet = _Sheet(answer, lambda: tables.provisions(answer, answer.rows, terminal.language), columns)
        _write(terminal, asked, sheet)


def _timeline(terminal: Terminal, said: LegislationRequest, asked: OutputOptions) -> None:
    at = day_of(asked)
    with opened_graph(terminal) as graph:
        act = _act(terminal, graph, said)
        answer = timeline.of(graph, act, at, offset=asked.offset, limit=limit_of(asked))

        def drawn() -> str:
            picture = timeline_picture.picture(graph, act, at, terminal.language)
            return timeline_drawing.render(timeline_picture.dated(picture, at if asked.at else None))

        columns = ("on", "what", "by", "by_title")
        sheet = _Sheet(answer, lambda: tables.timeline(answer, answer.rows, terminal.language), columns)
        _write(terminal, asked, sheet, drawn)


def _repeals(terminal: Terminal, said: LegislationRequest, asked: OutputOptions) -> None:
    """What an act repealed, or what repealed it, step by step."""
    at = day_of(asked)
    with opened_graph(terminal) as graph:
        limit = asked.limit or repeal_chains.STEPS
        answer = repeal_chains.of(
            graph, _act(terminal, graph, said), at, way="of" if said.part == "repealed_by" else "by", limit=limit
        )
        columns = ("depth", "on", "id", "title")
        _write(terminal, asked, _Sheet(answer, lambda: tables.repeals(answer, terminal.language), columns))


def _overview(terminal: Terminal, said: LegislationRequest, asked: OutputOptions) -> None:
    at = day_of(asked)
    with opened_graph(terminal) as graph:
        answer = act_summary.act(graph, _act(terminal, graph, said), at)
        write(terminal, asked, Forms(answer, show=lambda: _show_overview(terminal, answer)))


def _force(terminal: Terminal, said: LegislationRequest, asked: OutputOptions) -> None:
    at = day_of(asked)
    with opened_graph(terminal) as graph:
        answer = dependency_tree.in_force(graph, _act(terminal, graph, said), at)

        def show() -> None:
            display.heading(terminal, display.named(terminal, answer.thing))
            legislation.show_force(terminal, answer)

        write(terminal, asked, Forms(answer, show=show))


def _days(terminal: Terminal, _: LegislationRequest, asked: OutputOptions) -> None:
    at = day_of(asked)
    with opened_graph(terminal) as graph:
        answer = turning_days.of(graph, at, limit=asked.limit or turning_days.ROWS)
        columns = ("on", "what", "id", "title")
        _write(terminal, asked, _Sheet(answer, lambda: tables.turns(answer, terminal.language), columns))


_PARTS: dict[ActPart, Callable[[Terminal, LegislationRequest, OutputOptions], None]] = {
    "overview": _overview,
    "force": _force,
    "resting": _resting,
    "text": _text,
    "timeline": _timeline,
    "repealed": _repeals,
    "repealed_by": _repeals,
    "days": _days,
}


def _act(terminal: Terminal, graph: Graph, said: LegislationRequest) -> str:
    return meant(terminal, graph, str(said.act), "Legislation", "Provision")


@dataclass(frozen=True)
class _Sheet:
    """An answer with its table, the columns of it that fit a screen, and what stands above them."""

    answer: Answer
    table: Callable[[], Table]
    columns: tuple[str, ...]
    heading: str = ""


def _write(terminal: Terminal, asked: OutputOptions, sheet: _Sheet, drawn: Callable[[], str] | None = None) -> None:
    forms = Forms(
        sheet.answer,
        show=lambda: display.sheet(terminal, sheet.table(), sheet.columns, sheet.heading),
        table=sheet.table,
        drawn=drawn,
    )
    write(terminal, asked, forms)


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
