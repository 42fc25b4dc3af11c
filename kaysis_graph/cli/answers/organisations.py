"""`kaysis tree` and `kaysis difference`: the structure of an organisation, and how two days of it differ."""

from dataclasses import replace

from rich.text import Text
from rich.tree import Tree as Branches

from kaysis_graph import organisations
from kaysis_graph.cli import display
from kaysis_graph.cli.open_graph import day, meant, opened_graph
from kaysis_graph.cli.options import OutputOptions
from kaysis_graph.cli.output import Forms, day_of, limit_of, write
from kaysis_graph.cli.terminal import Terminal
from kaysis_graph.organisations import (
    branches,
    change_days,
    difference,
    structure,
    structure_picture,
    structure_table,
    tables,
)
from kaysis_graph.organisations.difference import Altered, Difference
from kaysis_graph.organisations.structure import Ancestors, Tree


def tree(terminal: Terminal, name: str, depth: int | None, asked: OutputOptions) -> None:
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


def ancestors(terminal: Terminal, name: str, asked: OutputOptions) -> None:
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


def roots(terminal: Terminal, asked: OutputOptions) -> None:
    """The organisations that are part of no other."""
    at = day_of(asked)
    with opened_graph(terminal) as graph:
        # The embedded engine refuses a LIMIT near 2³¹.
        answer = branches.roots(graph, at, limit=min(limit_of(asked), len(graph.on(at))))
        columns = ("id", "unit_count", "title")
        forms = Forms(
            answer,
            show=lambda: display.sheet(terminal, tables.children(answer, terminal.language), columns),
            table=lambda: tables.children(answer, terminal.language),
        )
        write(terminal, asked, forms)


def days(terminal: Terminal, name: str, asked: OutputOptions) -> None:
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


def _show_tree(terminal: Terminal, answer: Tree) -> None:
    levels = display.counts(
        terminal, ((terminal.say("cli.level", depth=depth), count) for depth, count in answer.depths.items())
    )
    terminal.print(
        terminal.say("cli.tree_total", total=terminal.number(answer.total)) + (f" ({levels})" if levels else "")
    )
    terminal.print()
    root = Branches(display.named(terminal, answer.start), guide_style="dim")
    branches = {answer.start.id: root}
    for row in answer.rows:
        label = display.named(terminal, row.thing)
        if row.is_institution:
            label.append(f" {terminal.say('cli.institution')}", "dim")
        if row.other_parents:
            label.append(f" {terminal.say('cli.also_under', ids=', '.join(row.other_parents))}", "dim")
        # On a later page the parent stands on an earlier one.
        branches[row.thing.id] = branches.get(row.parent, root).add(label)
    terminal.out.print(root)


def _show_ancestors(terminal: Terminal, answer: Ancestors) -> None:
    display.heading(terminal, display.named(terminal, answer.start))
    for row in answer.rows:
        label = Text.assemble("  " * row.depth, "↑ ", display.named(terminal, row.thing))
        if row.is_institution:
            label.append(f" {terminal.say('cli.institution')}", "dim")
        terminal.print(label)
    terminal.print(Text.assemble(terminal.say("cli.belongs_to"), " ", display.named(terminal, answer.institution)))


def tree_between(terminal: Terminal, name: str, since: str, until: str | None, asked: OutputOptions) -> None:
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
