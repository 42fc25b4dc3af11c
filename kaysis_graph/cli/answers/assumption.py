"""What `impact --assume` does: what would change if some records ended."""

from rich.text import Text

from kaysis_graph.cli import display, layout
from kaysis_graph.cli.open_graph import meant, opened_graph
from kaysis_graph.cli.options import OutputOptions
from kaysis_graph.cli.output import Forms, day_of, is_whole_list, write
from kaysis_graph.cli.terminal import Terminal
from kaysis_graph.impact import what_if
from kaysis_graph.impact.assumption import Chain, How
from kaysis_graph.impact.what_if_answer import Loss, WhatIf
from kaysis_graph.impact.what_if_words import about_loss, about_rule, title_of, what_if_diagram, what_if_table
from kaysis_graph.messages import say

_ON_SCREEN = 15


def what_if_of(terminal: Terminal, records: list[str], how: How, chain: Chain, asked: OutputOptions) -> None:
    """The figures before and after, and each list with its reasons."""
    at = day_of(asked)
    with opened_graph(terminal) as graph:
        first, *others = (meant(terminal, graph, record) for record in records)
        limit = None if is_whole_list(asked) else asked.limit or what_if.LISTED
        # What else is assumed of the others follows from their kind.
        what_if.check_assumption(graph, first, at, how)
        answer = what_if.of(graph, (first, *others), at, chain=chain, limit=limit)
        forms = Forms(
            answer,
            show=lambda: _show(terminal, answer),
            table=lambda: what_if_table(answer, terminal.language),
            diagram=lambda: what_if_diagram(answer, graph.schema, terminal.language),
        )
        write(terminal, asked, forms)


def _show(terminal: Terminal, answer: WhatIf) -> None:
    display.heading(terminal, title_of(answer, terminal.language))
    for figure in answer.figures:
        label = say(f"what_if.figure_{figure.name}", terminal.language)
        line = f"  {label}: {terminal.number(figure.before)} → {terminal.number(figure.after)}"
        terminal.print(line, "yellow" if figure.before != figure.after else "dim")
    for name, losses in (("acts", answer.acts), ("services", answer.services), ("others", answer.others)):
        _show_losses(terminal, answer, name, losses)
    if answer.documents:
        _heading(terminal, answer, "documents")
    for document in answer.documents[:_ON_SCREEN]:
        effect = say("what_if.document_effect", terminal.language, count=len(document.required_by))
        layout.indented(terminal, Text.assemble(display.named(terminal, document.document), f"  {effect}"), 2)
    if answer.flows:
        _heading(terminal, answer, "flows")
    for flow in answer.flows[:_ON_SCREEN]:
        names = f"{flow.sender.full_name(terminal.language)} → {flow.receiver.full_name(terminal.language)}"
        layout.indented(terminal, Text(f"{names}: {flow.before} → {flow.after}"), 2)
    if answer.tables:
        _heading(terminal, answer, "tables")
    for told in answer.tables[:_ON_SCREEN]:
        lines = Text.assemble(display.named(terminal, told.unit), f"  {told.before} → {told.after}")
        layout.indented(terminal, lines, 2)
    terminal.print()
    for said in about_rule(answer, terminal.language):
        terminal.print(said, "dim")


def _show_losses(terminal: Terminal, answer: WhatIf, name: str, losses: tuple[Loss, ...]) -> None:
    if not losses:
        return
    _heading(terminal, answer, name)
    for loss in losses[:_ON_SCREEN]:
        layout.indented(terminal, display.named(terminal, loss.thing), 2)
        layout.indented(terminal, Text(about_loss(loss, terminal.language), "red" if loss.is_whole else "dim"), 4)


def _heading(terminal: Terminal, answer: WhatIf, name: str) -> None:
    terminal.print()
    total = answer.totals[name]  # type: ignore[index]  # one of the sections
    display.heading(terminal, f"{say(f'what_if.{name}', terminal.language)} ({terminal.number(total)})")
