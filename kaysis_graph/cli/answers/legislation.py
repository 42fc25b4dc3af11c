"""`kaysis legislation`: what an act rests on and what rests on it, and acts that lost their ground."""

from typing import Literal

from rich.text import Text

from kaysis_graph import legislation
from kaysis_graph.cli import display
from kaysis_graph.cli.exit_codes import Misuse
from kaysis_graph.cli.open_graph import meant, opened_graph
from kaysis_graph.cli.options import OutputOptions
from kaysis_graph.cli.output import Forms, day_of, limit_of, write
from kaysis_graph.cli.terminal import Terminal
from kaysis_graph.graph.graph import Graph
from kaysis_graph.legislation import dependency_table, dependency_tree
from kaysis_graph.legislation.dependency_tree import Dependencies, Unfounded


def write_dependencies(  # noqa: PLR0913  # the options of the command
    terminal: Terminal,
    act: str | None,
    direction: dependency_tree.Direction,
    relation: Literal["based_on", "repeals", "amends"],
    depth: int | None,
    asked: OutputOptions,
) -> None:
    """What an act rests on, or what rests on it; Misuse without an act."""
    if act is None:
        raise Misuse("cli.act_or_unfounded")
    at = day_of(asked)
    with opened_graph(terminal) as graph:
        kinds = ("Legislation", "Provision") if direction == "down" else ()
        start = meant(terminal, graph, act, *kinds)
        answer = dependency_tree.dependencies(
            graph,
            start,
            at,
            direction=direction,
            relation=relation,
            depth=depth,
            offset=asked.offset,
            limit=limit_of(asked),
        )
        forms = Forms(
            answer,
            show=lambda: _show_dependencies(terminal, graph, answer),
            table=lambda: dependency_table.dependencies(answer, answer.rows, terminal.language),
            diagram=lambda: legislation.picture.dependency_diagram(answer, graph.schema, terminal.language),
            rows=("rows", lambda: answer.rows),
        )
        write(terminal, asked, forms)


def write_unfounded(terminal: Terminal, act: str | None, mode: Literal["all", "any"], asked: OutputOptions) -> None:
    """The acts in force that lost what they rest on; Misuse when an act was named beside it."""
    if act is not None:
        raise Misuse("cli.act_or_unfounded")
    at = day_of(asked)
    with opened_graph(terminal) as graph:
        answer = dependency_tree.unfounded(graph, at, mode=mode, offset=asked.offset, limit=limit_of(asked))
        forms = Forms(
            answer,
            show=lambda: _show_unfounded(terminal, answer),
            table=lambda: dependency_table.unfounded(answer, answer.rows, terminal.language),
            rows=("rows", lambda: answer.rows),
        )
        write(terminal, asked, forms)


def _show_dependencies(terminal: Terminal, graph: Graph, answer: Dependencies) -> None:
    display.heading(terminal, display.named(terminal, answer.start))
    if answer.start.kind in ("Legislation", "Provision"):
        show_force(terminal, dependency_tree.in_force(graph, answer.start.id, answer.at))
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


def show_force(terminal: Terminal, force: dependency_tree.Force) -> None:
    """Whether an act is in force, and what is against it."""
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
