"""What the command that walks the graph act by act does."""

from rich.text import Text

from kaysis_graph import explorer
from kaysis_graph.cli import display
from kaysis_graph.cli.open_graph import opened_graph
from kaysis_graph.cli.options import OutputOptions
from kaysis_graph.cli.output import Forms, day_of, write
from kaysis_graph.cli.terminal import Terminal
from kaysis_graph.explorer.ask import Explored


def explore(terminal: Terminal, acts: list[str], asked: OutputOptions, *, ever: bool) -> None:
    """The records that the acts show, and the edges among them."""
    at = day_of(asked)
    with opened_graph(terminal) as graph:
        answer = explorer.ask.of(graph, acts, at, ever=ever)
        forms = Forms(
            answer,
            show=lambda: _show(terminal, answer),
            table=lambda: explorer.tables.explored_records(answer, terminal.language),
            diagram=lambda: explorer.picture.diagram_of(answer, graph.schema, terminal.language),
        )
        write(terminal, asked, forms)


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
