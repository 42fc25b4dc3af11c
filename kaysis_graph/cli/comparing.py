"""What `kaysis tree --from --to` does: the structure under a unit on two days."""

from dataclasses import replace

from rich.text import Text

from kaysis_graph.answers import difference, tree_pictures, tree_tables
from kaysis_graph.answers.difference import Altered, Difference
from kaysis_graph.cli import showing
from kaysis_graph.cli.answering import limit_of
from kaysis_graph.cli.opening import day, meant, opened_graph
from kaysis_graph.cli.options import Asked
from kaysis_graph.cli.terminal import Terminal
from kaysis_graph.cli.writing import Forms, day_of, write


def tree_between(terminal: Terminal, name: str, since: str, until: str | None, asked: Asked) -> None:
    """What changed under a unit; the last day is that of the question when none is given."""
    last = day_of(replace(asked, at=until or asked.at))
    first = day(since)
    with opened_graph(terminal) as graph:
        start = meant(terminal, graph, name, "Organisation")
        answer = difference.between(graph, start, first, last, offset=asked.offset, limit=limit_of(asked))
        forms = Forms(
            answer,
            show=lambda: _show(terminal, answer),
            table=lambda: tree_tables.difference(answer, answer.rows, terminal.language),
            diagram=lambda: tree_pictures.difference_diagram(answer, graph.schema, terminal.language),
            rows=("rows", lambda: answer.rows),
        )
        write(terminal, asked, forms)


def _show(terminal: Terminal, answer: Difference) -> None:
    showing.heading(terminal, showing.named(terminal, answer.start))
    counts = {"before": terminal.number(answer.units_before), "after": terminal.number(answer.units_after)}
    terminal.print(terminal.say("tree.summary", total=terminal.number(answer.total), **counts))
    terminal.print()
    for row in answer.rows:
        _show_row(terminal, row)


def _show_row(terminal: Terminal, row: Altered) -> None:
    terminal.print(
        Text.assemble(
            (f"{tree_pictures.happened(row, terminal.language)}  ", "bold"), showing.named(terminal, row.thing)
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
