"""`kaysis tree`: the structure of an organisation, what is around it, and how two days of it differ."""

from dataclasses import dataclass, replace

import rich.tree
from rich.text import Text

from kaysis_graph import organisations
from kaysis_graph.cli import display
from kaysis_graph.cli.exit_codes import Misasked, Misuse
from kaysis_graph.cli.open_graph import day, meant, opened_graph
from kaysis_graph.cli.options import OutputOptions
from kaysis_graph.cli.output import Forms, day_of, limit_of, write
from kaysis_graph.cli.terminal import Terminal
from kaysis_graph.errors import Problem
from kaysis_graph.organisations import (
    branches,
    change_days,
    difference,
    structure,
    structure_picture,
    structure_table,
    surroundings,
    tables,
)
from kaysis_graph.organisations.branches import Branches
from kaysis_graph.organisations.difference import Altered, Difference
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


def tree_of(terminal: Terminal, said: TreeRequest, asked: OutputOptions) -> None:
    """What is asked about a unit, or about all; Misasked for options that say nothing beside the others."""
    if problems := said.problems():
        raise Misasked(problems)
    name = said.organisation
    if name is None:
        if said.subjects or said.depth is not None:
            raise Misuse("cli.whose_tree")
        _roots(terminal, asked)
        return
    match said.subjects:
        case ["--from"]:
            _tree_between(terminal, name, said.since or "", said.until, asked)
        case ["--up"]:
            _ancestors(terminal, name, asked)
        case ["--around"]:
            _around(terminal, name, asked)
        case ["--ever"]:
            _children_ever(terminal, name, asked)
        case ["--days"]:
            _days(terminal, name, asked)
        case _:
            _tree(terminal, name, said.depth, asked)


def _tree(terminal: Terminal, name: str, depth: int | None, asked: OutputOptions) -> None:
    """A unit and what is under it."""
    at = day_of(asked)
    with opened_graph(terminal) as graph:
        start = meant(terminal, graph, name, "Organisation")
        answer = structure.tree(graph, start, at, depth=depth, offset=asked.offset, limit=limit_of(asked))
        forms = Forms(
            answer,
            show=lambda: _show_tree(terminal, answer),
            table=lambda: structure_table.tree(answer, answer.rows, terminal.language),
            diagram=lambda: structure_picture.tree_diagram(answer, graph.schema, terminal.language),
            rows=("rows", lambda: answer.rows),
        )
        write(terminal, asked, forms)


def _ancestors(terminal: Terminal, name: str, asked: OutputOptions) -> None:
    """What is above a unit."""
    at = day_of(asked)
    with opened_graph(terminal) as graph:
        start = meant(terminal, graph, name, "Organisation")
        answer = structure.ancestors(graph, start, at)
        forms = Forms(
            answer,
            show=lambda: _show_ancestors(terminal, answer),
            table=lambda: structure_table.ancestors(answer, terminal.language),
        )
        write(terminal, asked, forms)


def _roots(terminal: Terminal, asked: OutputOptions) -> None:
    """The organisations that are part of no other."""
    at = day_of(asked)
    with opened_graph(terminal) as graph:
        # The embedded engine refuses a LIMIT near 2³¹.
        answer = branches.roots(graph, at, limit=min(limit_of(asked), len(graph.on(at))))
        _write_branches(terminal, answer, ("id", "unit_count", "title"), asked)


def _children_ever(terminal: Terminal, name: str, asked: OutputOptions) -> None:
    """The units directly under a unit, with those that ended, left or have not begun."""
    at = day_of(asked)
    with opened_graph(terminal) as graph:
        start = meant(terminal, graph, name, "Organisation")
        answer = branches.children(graph, start, at, ever=True, limit=min(limit_of(asked), len(graph.on(at))))
        _write_branches(terminal, answer, ("id", "state", "tie_from", "tie_to", "title"), asked)


def _write_branches(terminal: Terminal, answer: Branches, columns: tuple[str, ...], asked: OutputOptions) -> None:
    forms = Forms(
        answer,
        show=lambda: display.sheet(terminal, tables.children(answer, terminal.language), columns),
        table=lambda: tables.children(answer, terminal.language),
    )
    write(terminal, asked, forms)


def _around(terminal: Terminal, name: str, asked: OutputOptions) -> None:
    """A unit with all above it, its siblings counted, and two levels under it."""
    at = day_of(asked)
    with opened_graph(terminal) as graph:
        answer = surroundings.around(graph, meant(terminal, graph, name, "Organisation"), at)
        forms = Forms(
            answer,
            show=lambda: _show_around(terminal, answer),
            diagram=lambda: organisations.pictures.ego_diagram(answer, graph.schema, terminal.language),
        )
        write(terminal, asked, forms)


def _days(terminal: Terminal, name: str, asked: OutputOptions) -> None:
    """The days on which the structure under a unit changed."""
    at = day_of(asked)
    with opened_graph(terminal) as graph:
        answer = change_days.change_days(graph, meant(terminal, graph, name, "Organisation"), at)
        columns = ("day", "began", "ended")
        forms = Forms(
            answer,
            show=lambda: display.sheet(terminal, tables.change_days(answer, terminal.language), columns),
            table=lambda: tables.change_days(answer, terminal.language),
        )
        write(terminal, asked, forms)


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


def _tree_between(terminal: Terminal, name: str, since: str, until: str | None, asked: OutputOptions) -> None:
    """What changed under a unit; the last day is that of the question when none is given."""
    last = day_of(replace(asked, at=until or asked.at))
    first = day(since)
    with opened_graph(terminal) as graph:
        start = meant(terminal, graph, name, "Organisation")
        answer = difference.between(graph, start, first, last, offset=asked.offset, limit=limit_of(asked))
        forms = Forms(
            answer,
            show=lambda: _show(terminal, answer),
            table=lambda: organisations.tables.difference(answer, answer.rows, terminal.language),
            diagram=lambda: organisations.pictures.difference_diagram(answer, graph.schema, terminal.language),
            rows=("rows", lambda: answer.rows),
        )
        write(terminal, asked, forms)


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
