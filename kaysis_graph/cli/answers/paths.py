"""`kaysis path`: how two records are connected."""

from rich.text import Text

from kaysis_graph.cli import display
from kaysis_graph.cli.open_graph import check_relations, kind_slugs, meant, opened_graph
from kaysis_graph.cli.options import OutputOptions
from kaysis_graph.cli.output import day_of, write_reply
from kaysis_graph.cli.terminal import Terminal
from kaysis_graph.paths.ask import Paths
from kaysis_graph.paths.question import PathQuestion
from kaysis_graph.paths.reply import path_reply


def write_paths(terminal: Terminal, said: PathQuestion, asked: OutputOptions) -> None:
    """The shortest way between two records, and the next; Misuse for an edge type nobody knows."""
    at = day_of(asked)
    with opened_graph(terminal) as graph:
        check_relations(graph, said.types)
        through = kind_slugs(graph, said.through)
        ends = {"from_": meant(terminal, graph, said.from_), "to": meant(terminal, graph, said.to)}
        avoid = tuple(meant(terminal, graph, record) for record in said.avoid)
        question = said.model_copy(update={**ends, "through": through, "avoid": avoid})
        reply = path_reply(graph, question, at, terminal.language)
        write_reply(terminal, asked, reply, lambda: _show_paths(terminal, reply.answer))


def _show_paths(terminal: Terminal, answer: Paths) -> None:
    ends = (display.named(terminal, answer.source), " ↔ ", display.named(terminal, answer.target))
    display.heading(terminal, Text.assemble(*ends))
    if not answer.paths:
        terminal.print(terminal.say("cli.no_path"), "yellow")
    for number, way in enumerate(answer.paths, 1):
        terminal.print()
        terminal.print(terminal.say("cli.path_number", number=number, steps=len(way)), "bold")
        if way:
            terminal.print(Text.assemble("  ", display.named(terminal, way[0].source)))
        for hop in way:
            over = " / ".join(
                f"{'↓' if crossing.along else '↑'} {display.edge(terminal, crossing.type)}" for crossing in hop.over
            )
            terminal.print(Text(f"    {over}", "dim"))
            terminal.print(Text.assemble("  ", display.named(terminal, hop.target)))
