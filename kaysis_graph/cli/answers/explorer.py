"""What the command that walks the graph step by step does."""

from rich.text import Text

from kaysis_graph.answers.institution_choice import NOBODY
from kaysis_graph.cli import display
from kaysis_graph.cli.open_graph import check_relations, kind_slugs, meant, opened_graph
from kaysis_graph.cli.options import OutputOptions
from kaysis_graph.cli.output import day_of, write_reply
from kaysis_graph.cli.terminal import Terminal
from kaysis_graph.explorer.ask import Explored
from kaysis_graph.explorer.question import ExplorerQuestion
from kaysis_graph.explorer.reply import explorer_reply


def write_explored(terminal: Terminal, said: ExplorerQuestion, asked: OutputOptions) -> None:
    """The records that the acts show, and the edges among them; Misuse for an edge type nobody knows."""
    at = day_of(asked)
    with opened_graph(terminal) as graph:
        check_relations(graph, said.types)
        kinds = kind_slugs(graph, said.kinds)
        institution = said.institution
        if institution not in (None, NOBODY):
            institution = meant(terminal, graph, str(institution), "Organisation")
        question = said.model_copy(update={"kinds": kinds, "institution": institution})
        reply = explorer_reply(graph, question, at, terminal.language)
        write_reply(terminal, asked, reply, lambda: _show(terminal, reply.answer))


def _show(terminal: Terminal, answer: Explored) -> None:
    lines = [
        (
            display.kind(terminal, node.thing.kind),
            Text(node.thing.id, "cyan"),
            display.called(terminal, node.thing),
            terminal.number(sum(count.total for count in node.counts)),
        )
        for node in answer.nodes
    ]
    display.rows(terminal, ("kind", "id", "title", "neighbours"), lines, right=(3,))
    terminal.print()
    for edge in answer.edges:
        told = Text(f"{edge.source} → {display.edge(terminal, edge.type)} → {edge.target}", "dim")
        terminal.print(told if edge.has_effect else display.marked(terminal, told, ["without_effect"]))
