"""`kaysis path`: how two records are connected."""

from dataclasses import dataclass

from rich.text import Text

from kaysis_graph import paths
from kaysis_graph.cli import display
from kaysis_graph.cli.exit_codes import Misuse
from kaysis_graph.cli.open_graph import meant, opened_graph
from kaysis_graph.cli.options import OutputOptions
from kaysis_graph.cli.output import Forms, day_of, write
from kaysis_graph.cli.terminal import Terminal
from kaysis_graph.paths.ask import Paths
from kaysis_graph.records import reader


@dataclass(frozen=True)
class PathQuestion:
    """The question of `path`: its ends as they were written, how many ways, along what, through what and past what."""

    source: str
    target: str
    count: int
    relations: list[str] | None
    through: list[str] | None
    avoid: list[str] | None
    direction: paths.ask.Direction
    longest: int | None


def path(terminal: Terminal, ways: PathQuestion, asked: OutputOptions) -> None:
    """The shortest way between two records, and the next; Misuse for an edge type nobody knows."""
    at = day_of(asked)
    with opened_graph(terminal) as graph:
        known = graph.schema.edge_types
        if odd := [name for name in ways.relations or () if name not in known]:
            raise Misuse("cli.unknown_relation", value=odd[0], known=", ".join(known))
        through = [reader.known_kind(graph.schema, kind).name for kind in ways.through or ()]
        answer = paths.ask.between(
            graph,
            meant(terminal, graph, ways.source),
            meant(terminal, graph, ways.target),
            at,
            count=ways.count,
            types=ways.relations or None,
            through=through or None,
            avoid=[meant(terminal, graph, record) for record in ways.avoid or ()],
            direction=ways.direction,
            longest=ways.longest,
        )
        forms = Forms(
            answer,
            show=lambda: _show_paths(terminal, answer),
            table=lambda: paths.table.paths(answer, terminal.language),
            diagram=lambda: paths.picture.path_diagram(answer, graph.schema, terminal.language),
        )
        write(terminal, asked, forms)


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
