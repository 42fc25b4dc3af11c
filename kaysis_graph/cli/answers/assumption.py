"""What `impact --assume` does: what would change if some records ended."""

from rich.text import Text

from kaysis_graph.cli import display, layout
from kaysis_graph.cli.open_graph import meant, opened_graph
from kaysis_graph.cli.options import OutputOptions
from kaysis_graph.cli.output import day_of, write_reply
from kaysis_graph.cli.terminal import Terminal
from kaysis_graph.impact.assumption import How
from kaysis_graph.impact.what_if import LISTED, check_assumption
from kaysis_graph.impact.what_if_answer import Loss, WhatIf
from kaysis_graph.impact.what_if_question import WhatIfQuestion
from kaysis_graph.impact.what_if_reply import what_if_reply
from kaysis_graph.impact.what_if_words import about_loss, about_rule, title_of
from kaysis_graph.messages import say

_ON_SCREEN = 15


def write_what_if(terminal: Terminal, said: WhatIfQuestion, how: How, asked: OutputOptions) -> None:
    """The figures before and after, and each list with its reasons."""
    at = day_of(asked)
    with opened_graph(terminal) as graph:
        question = said.model_copy(update={"record": tuple(meant(terminal, graph, record) for record in said.record)})
        # What else is assumed of the others follows from their kind.
        check_assumption(graph, question.record[0], at, how)
        reply = what_if_reply(graph, question, at, terminal.language, asked.limit or LISTED)
        write_reply(terminal, asked, reply, lambda: _show(terminal, reply.answer), takes_limit=True)


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
