"""`kaysis tree`: the structure of an organisation, what is around it, and how two days of it differ."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import rich.tree
from rich.text import Text

from kaysis_graph import organisations
from kaysis_graph.answers.reply import Reply
from kaysis_graph.cli import display
from kaysis_graph.cli.exit_codes import Misasked, Misuse
from kaysis_graph.cli.open_graph import day, meant, opened_graph
from kaysis_graph.cli.options import OutputOptions
from kaysis_graph.cli.output import day_of, limit_of, write_reply
from kaysis_graph.cli.terminal import Terminal
from kaysis_graph.errors import Problem
from kaysis_graph.graph.graph import Graph
from kaysis_graph.organisations.difference import Altered, Difference
from kaysis_graph.organisations.question import (
    AncestorsQuestion,
    ChangeDaysQuestion,
    ChartQuestion,
    ChildrenQuestion,
    DifferenceQuestion,
    UnitTreeQuestion,
)
from kaysis_graph.organisations.reply import (
    ancestors_reply,
    change_days_reply,
    chart_reply,
    children_reply,
    difference_reply,
    roots_reply,
    tree_reply,
)
from kaysis_graph.organisations.structure import Ancestors, Tree
from kaysis_graph.organisations.surroundings import Ego


@dataclass(frozen=True)
class TreeRequest:
    """What was asked about the structure, as it was written; None and False are what was not said."""

    organisation: str | None
    up: bool = False
    around: bool = False
    ever: bool = False
    days: bool = False
    since: str | None = None
    until: str | None = None
    depth: int | None = None

    @property
    def subjects(self) -> list[str]:
        """The options of which each asks another question; none where it is what is under the unit."""
        said = {"--up": self.up, "--around": self.around, "--ever": self.ever, "--days": self.days}
        return [*(name for name, is_said in said.items() if is_said), *(["--from"] if self.since else [])]

    def problems(self) -> list[Problem]:
        """The options that say nothing beside the others."""
        subject, *others = self.subjects or [""]
        unfit = [*others, *(["--depth"] if self.depth is not None and subject else [])]
        found = [
            Problem("cli.unfit_option", {"parameter": name}, {"option": name, "subject": subject}) for name in unfit
        ]
        if self.until is not None and self.since is None:
            values = {"option": "--to", "subjects": "--from"}
            found.append(Problem("cli.option_of_others", {"parameter": "--to"}, values))
        return found


def write_tree(terminal: Terminal, said: TreeRequest, asked: OutputOptions) -> None:
    """What is asked about a unit, or about all; Misasked for options that say nothing beside the others."""
    if problems := said.problems():
        raise Misasked(problems)
    name = said.organisation
    if name is None and (said.subjects or said.depth is not None):
        raise Misuse("cli.whose_tree")
    # The last day of two is the day of the answer.
    at = day_of(replace(asked, at=said.until or asked.at))
    since = day(said.since) if said.since else None
    with opened_graph(terminal) as graph:
        unit = name and meant(terminal, graph, name, "Organisation")
        shown = _shown(terminal, graph, said, unit or "", (since, at), asked)
        write_reply(terminal, asked, shown.reply, shown.show, takes_limit=shown.takes_limit)


@dataclass(frozen=True)
class _Shown:
    """A reply with how people are shown it."""

    reply: Reply[Any, Any]
    show: Callable[[], None]
    takes_limit: bool = False


def _shown(  # noqa: PLR0913  # a request with what it needs
    terminal: Terminal,
    graph: Graph,
    said: TreeRequest,
    unit: str,
    days: tuple[date | None, date],
    asked: OutputOptions,
) -> _Shown:
    language, (since, at), limit = terminal.language, days, limit_of(asked)
    # The embedded engine refuses a LIMIT near 2³¹.
    most = min(limit, len(graph.on(at)))
    match said.subjects:
        case ["--from"]:
            question = DifferenceQuestion(id=unit, from_=since, to=at)
            changed = difference_reply(graph, question, at, language, asked.offset, limit)
            shown = _Shown(changed, lambda: _show(terminal, changed.answer))
        case ["--up"]:
            above = ancestors_reply(graph, AncestorsQuestion(id=unit), at, language)
            shown = _Shown(above, lambda: _show_ancestors(terminal, above.answer))
        case ["--around"]:
            around = chart_reply(graph, ChartQuestion(id=unit), at, language)
            shown = _Shown(around, lambda: _show_around(terminal, around.answer))
        case ["--ever"]:
            below = children_reply(graph, ChildrenQuestion(id=unit, ever=True), at, language, None, most)
            sheet = _sheet(terminal, below, "id", "state", "tie_from", "tie_to", "title")
            shown = replace(sheet, takes_limit=True)
        case ["--days"]:
            when = change_days_reply(graph, ChangeDaysQuestion(id=unit), at, language)
            shown = _sheet(terminal, when, "day", "began", "ended")
        case _ if not unit:
            sheet = _sheet(terminal, roots_reply(graph, at, language, limit=most), "id", "unit_count", "title")
            shown = replace(sheet, takes_limit=True)
        case _:
            tree = tree_reply(graph, UnitTreeQuestion(id=unit, depth=said.depth), at, language, asked.offset, limit)
            shown = _Shown(tree, lambda: _show_tree(terminal, tree.answer))
    return shown


def _sheet(terminal: Terminal, reply: Reply[Any, Any], *columns: str) -> _Shown:
    """A reply whose table is shown, in the columns that fit a screen."""
    return _Shown(reply, lambda: display.sheet(terminal, reply.table(reply.page_listing), columns))


def _show_around(terminal: Terminal, answer: Ego) -> None:
    for tie in answer.above:
        terminal.print(Text.assemble("↑ ", display.named(terminal, tie.parent)))
    if count := sum(answer.siblings.values()):
        terminal.print(terminal.say("tree.siblings", count=terminal.number(count)), "dim")
    if answer.above:
        terminal.print()
    _show_tree(terminal, answer)


def _show_tree(terminal: Terminal, answer: Tree | Ego) -> None:
    levels = display.counts(
        terminal, ((terminal.say("cli.level", depth=depth), count) for depth, count in answer.depths.items())
    )
    terminal.print(
        terminal.say("cli.tree_total", total=terminal.number(answer.total)) + (f" ({levels})" if levels else "")
    )
    terminal.print()
    root = rich.tree.Tree(display.named(terminal, answer.start), guide_style="dim")
    nodes = {answer.start.id: root}
    for row in answer.rows:
        label = display.named(terminal, row.thing)
        if row.is_institution:
            label.append(f" {terminal.say('cli.institution')}", "dim")
        if row.other_parents:
            label.append(f" {terminal.say('cli.also_under', ids=', '.join(row.other_parents))}", "dim")
        # On a later page the parent stands on an earlier one.
        nodes[row.thing.id] = nodes.get(row.parent, root).add(label)
    terminal.out.print(root)


def _show_ancestors(terminal: Terminal, answer: Ancestors) -> None:
    display.heading(terminal, display.named(terminal, answer.start))
    for row in answer.rows:
        label = Text.assemble("  " * row.depth, "↑ ", display.named(terminal, row.thing))
        if row.is_institution:
            label.append(f" {terminal.say('cli.institution')}", "dim")
        terminal.print(label)
    terminal.print(Text.assemble(terminal.say("cli.belongs_to"), " ", display.named(terminal, answer.institution)))


def _show(terminal: Terminal, answer: Difference) -> None:
    display.heading(terminal, display.named(terminal, answer.start))
    counts = {"before": terminal.number(answer.units_before), "after": terminal.number(answer.units_after)}
    terminal.print(terminal.say("tree.summary", total=terminal.number(answer.total), **counts))
    terminal.print()
    for row in answer.rows:
        _show_row(terminal, row)


def _show_row(terminal: Terminal, row: Altered) -> None:
    terminal.print(
        Text.assemble(
            (f"{organisations.pictures.happened(row, terminal.language)}  ", "bold"), display.named(terminal, row.thing)
        )
    )
    for key, things in (
        ("from_under", row.parents_before),
        ("to_under", row.parents_after),
        ("succeeded", row.successors),
    ):
        if things and (key == "succeeded" or row.parents_before != row.parents_after):
            said = ", ".join(f"{thing.id} {thing.full_name(terminal.language)}" for thing in things)
            terminal.print(f"    {terminal.say(f'tree.{key}')}: {said}", "dim")
    if row.source:
        terminal.print(f"    {row.source}", "dim")
